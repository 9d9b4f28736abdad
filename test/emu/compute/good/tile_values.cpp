// in 0 Int32 4 const 1077936128
// out 16 Float32 4
// arg 0x40400000
// with fp32_dest
// check constant 0

// A word of a tile, on all three processors, in each spelling.
#include "api/compute/cb_api.h"
#include "api/compute/common.h"
#include "api/compute/compute_kernel_hw_startup.h"
#include "api/compute/eltwise_unary/fill.h"

static uint32_t word(uint32_t way) {
  uint32_t value;
  volatile uint32_t *tile;
  switch (way) {
  case 0:
    return read_tile_value(0, 0, 33);
  case 1:
    value = read_tile_value<uint16_t>(0, 0, 9);
    return value << 16 | read_tile_value<uint16_t>(0, 0, 8);
  case 2:
    return ((volatile uint32_t *)get_tile_address(0, 0))[7];
  default:
    cb_get_tile(0, 0, &tile);
    value = tile[4];
    cb_release_tile(0);
    return value;
  }
}

void kernel_main() {
  compute_kernel_hw_startup(0, 16);
  fill_tile_init();
  for (uint32_t i = 0; i < 4; ++i) {
    cb_wait_front(0, 1);
    const uint32_t bits = word(i);
    tile_regs_acquire();
    fill_tile_bitcast(0, bits);
    tile_regs_commit();
    cb_pop_front(0, 1);
    cb_reserve_back(16, 1);
    tile_regs_wait();
    if (bits == get_compile_time_arg_val(0))
      pack_tile(0, 16);
    tile_regs_release();
    cb_push_back(16, 1);
  }
}
