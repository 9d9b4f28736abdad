// in 0 Float16_b 4
// in 1 Float16_b 4
// out 16 Float16_b 4
// check add_col 0.008

#include "api/compute/bcast.h"
#include "api/compute/common.h"

void kernel_main() {
  init_bcast<ELWADD, BroadcastType::COL>(0, 1, 16);
  for (uint32_t i = 0; i < 4; ++i) {
    cb_wait_front(0, 1);
    cb_wait_front(1, 1);
    tile_regs_acquire();
    if (i % 2)
      any_tiles_bcast<ELWADD, BroadcastType::COL>(0, 1, 0, 0, 0);
    else
      add_tiles_bcast<BroadcastType::COL>(0, 1, 0, 0, 0);
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
