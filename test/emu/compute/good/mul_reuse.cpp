// in 0 Float16_b 4
// in 1 Float16_b 4
// out 16 Float16_b 4
// check mul 0.008

#include "api/compute/common.h"
#include "api/compute/compute_kernel_hw_startup.h"
#include "api/compute/eltwise_binary.h"
#include "api/compute/tile_move_copy.h"

void kernel_main() {
  constexpr auto to_b = EltwiseBinaryReuseDestType::DEST_TO_SRCB;
  compute_kernel_hw_startup(0, 1, 16);
  for (uint32_t i = 0; i < 4; ++i) {
    cb_wait_front(0, 1);
    cb_wait_front(1, 1);
    tile_regs_acquire();
    copy_init(1);
    copy_tile(1, 0, 0);
    mul_reuse_dest_init<to_b>(0);
    mul_reuse_dest_tiles<to_b>(0, 0, 0);
    tile_regs_commit();
    cb_pop_front(0, 1);
    cb_pop_front(1, 1);
    cb_reserve_back(16, 1);
    tile_regs_wait();
    pack_tile(0, 16);
    tile_regs_release();
    cb_push_back(16, 1);
  }
}
