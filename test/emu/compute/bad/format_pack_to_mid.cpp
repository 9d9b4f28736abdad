// in 0 Float16_b 2
// mid 24 Bfp8_b 1
// out 16 Float16_b 2

#include "api/compute/common.h"
#include "api/compute/compute_kernel_hw_startup.h"
#include "api/compute/tile_move_copy.h"

void kernel_main() {
  compute_kernel_hw_startup(0, 16);
  copy_init(0);
  for (uint32_t i = 0; i < 2; ++i) {
    cb_wait_front(0, 1);
    tile_regs_acquire();
    copy_tile(0, 0, 0);
    tile_regs_commit();
    cb_pop_front(0, 1);
    cb_reserve_back(16, 1);
    tile_regs_wait();
    cb_reserve_back(24, 1);
    pack_tile(0, 24); // !! format-mismatch
    cb_push_back(24, 1);
    cb_wait_front(24, 1);
    cb_pop_front(24, 1);
    pack_tile(0, 16);
    tile_regs_release();
    cb_push_back(16, 1);
  }
}
