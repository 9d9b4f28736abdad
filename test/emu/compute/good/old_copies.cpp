// in 0 Float16_b 4
// in 1 Float32 4
// out 16 Float16_b 8
// check copies 0.008

// The older spellings of copies, out of buffers of two formats.
#include "api/compute/common.h"
#include "api/compute/eltwise_unary/eltwise_unary.h"
#include "api/compute/tile_move_copy.h"

void kernel_main() {
  unary_op_init_common(0, 16);
  cb_wait_front(0, 4);
  cb_wait_front(1, 4);
  for (uint32_t i = 0; i < 2; ++i) {
    tile_regs_acquire();
    if (i == 0)
      copy_tile_to_dst_init_short(0);
    else
      copy_tile_to_dst_init_short_with_dt(0, 1);
    copy_block_matmul_partials(i, 0, 0, 4);
    tile_regs_commit();
    cb_reserve_back(16, 4);
    tile_regs_wait();
    pack_tile_block(0, 16, 4);
    tile_regs_release();
    cb_push_back(16, 4);
  }
  cb_pop_front(0, 4);
  cb_pop_front(1, 4);
}
