// in 0 Float32 4
// in 1 Float32 4
// out 16 Float32 4
// with fp32_dest to_dest=1
// check add 0.001

#include "api/compute/common.h"
#include "api/compute/compute_kernel_hw_startup.h"
#include "api/compute/eltwise_binary_sfpu.h"
#include "api/compute/tile_move_copy.h"

void kernel_main() {
  compute_kernel_hw_startup(0, 16);
  add_binary_tile_init();
  for (uint32_t i = 0; i < 4; ++i) {
    cb_wait_front(0, 1);
    cb_wait_front(1, 1);
    tile_regs_acquire();
    reconfig_data_format_srca(1, 0);
    copy_init(0);
    copy_tile(0, 0, 0);
    reconfig_data_format_srca(0, 1);
    copy_init(1);
    copy_tile(1, 0, 1);
    add_binary_tile(0, 1, 0);
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
