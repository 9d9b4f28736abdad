// in 0 Float16_b 4
// in 1 Float16_b 4
// in 2 Float32 4
// mid 24 Float32 1
// out 16 Float16_b 4
// with fp32_dest
// check mul_add 0.01

// Two formats in turn, through each form of the reconfigurations.
#include "api/compute/common.h"
#include "api/compute/compute_kernel_hw_startup.h"
#include "api/compute/eltwise_binary.h"

static void leave(uint32_t left, uint32_t right, uint32_t out) {
  tile_regs_commit();
  cb_pop_front(left, 1);
  cb_pop_front(right, 1);
  cb_reserve_back(out, 1);
  tile_regs_wait();
  pack_tile(0, out);
  tile_regs_release();
  cb_push_back(out, 1);
}

static void to_floats(uint32_t i) {
  switch (i) {
  case 0:
    return reconfig_data_format(0, 24, 1, 2);
  case 1:
    return reconfig_data_format<SrcOrder::Reverse>(2, 24);
  case 2:
    return reconfig_full_operand(24, 2);
  default:
    reconfig_data_format_srca(0, 24);
    return reconfig_data_format_srcb(2);
  }
}

void kernel_main() {
  compute_kernel_hw_startup(0, 1, 24);
  for (uint32_t i = 0; i < 4; ++i) {
    if (i) {
      reconfig_tile_shape(0, 1);
      pack_reconfig_data_format(24);
    }
    pack_init(24);
    mul_init(0, 1);
    cb_wait_front(0, 1);
    cb_wait_front(1, 1);
    tile_regs_acquire();
    mul_tiles(0, 1, 0, 0, 0);
    leave(0, 1, 24);
    to_floats(i);
    pack_reconfig_data_format(24, 16);
    add_init(24, 2);
    cb_wait_front(24, 1);
    cb_wait_front(2, 1);
    tile_regs_acquire();
    add_tiles(24, 2, 0, 0, 0);
    leave(24, 2, 16);
  }
}
