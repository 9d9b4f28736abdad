// in 0 Float16_b 4
// out 16 Float16_b 4
// check transpose 0

// The older spellings of transposition, on the way into DST and in it.
#include "api/compute/common.h"
#include "api/compute/tile_move_copy.h"
#include "api/compute/transpose_wh.h"
#include "api/compute/transpose_wh_dest.h"

void kernel_main() {
  transpose_wh_init(0, 16);
  for (uint32_t i = 0; i < 4; ++i) {
    cb_wait_front(0, 1);
    tile_regs_acquire();
    if (i % 2) {
      copy_tile_to_dst_init_short(0);
      copy_tile(0, 0, 0);
      transpose_wh_dest_init_short();
      transpose_wh_dest(0);
    } else {
      if (i)
        transpose_wh_init_short(0);
      transpose_wh_tile(0, 0, 0);
    }
    tile_regs_commit();
    cb_pop_front(0, 1);
    cb_reserve_back(16, 1);
    tile_regs_wait();
    pack_tile(0, 16);
    tile_regs_release();
    cb_push_back(16, 1);
  }
}
