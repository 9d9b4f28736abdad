// in 0 Float16_b 2
// out 16 Float16_b 2

#include "api/compute/common.h"
#include "api/compute/compute_kernel_hw_startup.h"
#include "api/compute/pack_untilize.h"
#include "api/compute/tile_move_copy.h"

void kernel_main() {
  compute_kernel_hw_startup(0, 16);
  pack_untilize_init<1>(0, 16);
  cb_wait_front(0, 1);
  cb_reserve_back(16, 1);
  pack_untilize_block<1>(0, 1, 16);
  cb_push_back(16, 1);
  cb_pop_front(0, 1);
  for (uint32_t i = 0; i < 1; ++i) {
    cb_wait_front(0, 1);
    tile_regs_acquire();
    copy_tile(0, 0, 0);
    tile_regs_commit();
    cb_pop_front(0, 1);
    cb_reserve_back(16, 1);
    tile_regs_wait();
    pack_tile(0, 16); // !! uninit-missing
    tile_regs_release();
    cb_push_back(16, 1);
  }
  pack_untilize_uninit(16);
}
