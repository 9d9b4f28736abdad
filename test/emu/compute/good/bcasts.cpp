// in 0 Float16_b 6
// in 1 Float16_b 6
// out 16 Float16_b 6
// check bcasts 0.016

// Each broadcast of a second operand, in both spellings.
#include "api/compute/bcast.h"
#include "api/compute/common.h"
#include "api/compute/compute_kernel_hw_startup.h"

static void one(uint32_t page) {
  switch (page) {
  case 0:
    add_bcast_rows_init_short(0, 1);
    return add_tiles_bcast_rows(0, 1, 0, 0, 0);
  case 1:
    add_bcast_scalar_init(0, 1);
    return add_tiles_bcast_scalar(0, 1, 0, 0, 0);
  case 2:
    sub_bcast_rows_init(0, 1);
    return sub_tiles_bcast_rows(0, 1, 0, 0, 0);
  case 3:
    mul_bcast_rows_init_short(0, 1);
    return mul_tiles_bcast_rows(0, 1, 0, 0, 0);
  case 4:
    mul_bcast_scalar_init_short(0, 1);
    return mul_tiles_bcast_scalar(0, 1, 0, 0, 0);
  default:
    bcast_init<ELWSUB, BroadcastType::COL>(0, 1);
    return sub_tiles_bcast<BroadcastType::COL>(0, 1, 0, 0, 0);
  }
}

void kernel_main() {
  compute_kernel_hw_startup(0, 1, 16);
  for (uint32_t page = 0; page < 6; ++page) {
    cb_wait_front(0, 1);
    cb_wait_front(1, 1);
    tile_regs_acquire();
    one(page);
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
