// out 16 Float32 2
// with fp32_dest
// arg 0x40600000
// check constant 0.4286

// Uniform from 2 to 5: within 3/7 of 3.5.
#include "api/compute/eltwise_unary/rand.h"
#include "api/compute/common.h"
#include "api/compute/compute_kernel_hw_startup.h"

void kernel_main() {
  compute_kernel_hw_startup(16, 16);
  rand_tile_init(7);
  for (uint32_t i = 0; i < 2; ++i) {
    tile_regs_acquire();
    rand_tile(0, 0x40000000, 0x40400000);
    tile_regs_commit();
    cb_reserve_back(16, 1);
    tile_regs_wait();
    pack_tile(0, 16);
    tile_regs_release();
    cb_push_back(16, 1);
  }
}
