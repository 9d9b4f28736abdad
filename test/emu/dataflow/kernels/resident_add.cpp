// Sums the tiles of two rings that lie in buffers of the host into a third: no
// other kernel is on their other sides, so nothing is awaited or reserved.
#include "api/compute/common.h"
#include "api/compute/compute_kernel_hw_startup.h"
#include "api/compute/eltwise_binary.h"
#include "api/debug/assert.h"

void kernel_main() {
  constexpr uint32_t tiles = get_compile_time_arg_val(0);
  constexpr auto left = tt::CBIndex::c_0, right = tt::CBIndex::c_1,
                 sum = tt::CBIndex::c_2;
  const auto &ring = get_local_cb_interface(left);
  ASSERT(ring.fifo_num_pages == tiles);
  ASSERT(16 * ring.fifo_page_size == uint32_t(get_tile_size(left)));
  ASSERT(ring.fifo_size == tiles * ring.fifo_page_size);
  compute_kernel_hw_startup(left, right, sum);
  add_init(left, right);
  for (uint32_t i = 0; i < tiles; ++i) {
    tile_regs_acquire();
    add_tiles(left, right, 0, 0, 0);
    tile_regs_commit();
    cb_pop_front(left, 1);
    cb_pop_front(right, 1);
    tile_regs_wait();
    pack_tile(0, sum);
    tile_regs_release();
    cb_push_back(sum, 1);
  }
}
