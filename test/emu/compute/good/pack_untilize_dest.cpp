// in 0 Float16_b 2
// out 16 Float16_b 2
// check untilized 0

#include "api/compute/common.h"
#include "api/compute/compute_kernel_hw_startup.h"
#include "api/compute/pack_untilize.h"
#include "api/compute/tile_move_copy.h"

void kernel_main() {
  compute_kernel_hw_startup(0, 16);
  copy_init(0);
  pack_untilize_dest_init<2>(16);
  cb_wait_front(0, 2);
  tile_regs_acquire();
  copy_block(0, 0, 0, 2);
  tile_regs_commit();
  cb_pop_front(0, 2);
  cb_reserve_back(16, 2);
  tile_regs_wait();
  pack_untilize_dest<2>(16);
  tile_regs_release();
  cb_push_back(16, 2);
  pack_untilize_uninit(16);
}
