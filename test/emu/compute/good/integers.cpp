// in 0 Int32 6 int -1000 1000
// in 1 Int32 6 int 0 8
// out 16 Int32 6
// with fp32_dest
// check integers 0

// Functions of the vector engine on integers.
#include "api/compute/binary_shift.h"
#include "api/compute/common.h"
#include "api/compute/compute_kernel_api.h"
#include "api/compute/compute_kernel_hw_startup.h"
#include "api/compute/eltwise_unary/fill.h"
#include "api/compute/mul_int_sfpu.h"
#include "api/compute/sub_int_sfpu.h"
#include "api/compute/tile_move_copy.h"

static void one(uint32_t page) {
  switch (page) {
  case 0:
    sub_int_tile_init();
    return sub_int_tile<DataFormat::Int32>(0, 1, 0);
  case 1:
    mul_int_tile_init<DataFormat::Int32>();
    return mul_int_tile<DataFormat::Int32>(0, 1, 0);
  case 2:
    binary_shift_tile_init();
    return binary_left_shift_tile<DataFormat::Int32>(0, 1, 0);
  case 3:
    binary_shift_tile_init();
    return binary_right_shift_tile<DataFormat::Int32>(0, 1, 0);
  case 4:
    abs_tile_init();
    return abs_tile_int32(0);
  default:
    fill_tile_init();
    return fill_tile_int<DataFormat::Int32>(0, 77);
  }
}

void kernel_main() {
  compute_kernel_hw_startup(0, 1, 16);
  for (uint32_t page = 0; page < 6; ++page) {
    cb_wait_front(0, 1);
    cb_wait_front(1, 1);
    tile_regs_acquire();
    copy_init(0);
    copy_tile(0, 0, 0);
    copy_tile(1, 0, 1);
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
