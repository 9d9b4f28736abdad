// in 0 Float16_b 8
// in 1 Float16_b 8
// out 16 Float32 4
// arg 2
// arg 2
// arg 4
// with fp32_dest
// check product 0.00001

#include "api/compute/common.h"
#include "api/compute/compute_kernel_hw_startup.h"
#include "api/compute/matmul.h"

void kernel_main() {
  constexpr uint32_t ct = get_compile_time_arg_val(0);
  constexpr uint32_t rt = get_compile_time_arg_val(1);
  constexpr uint32_t kt = get_compile_time_arg_val(2);
  compute_kernel_hw_startup<SrcOrder::Reverse>(0, 1, 16);
  matmul_init(0, 1);
  cb_wait_front(0, rt * kt);
  cb_wait_front(1, kt * ct);
  for (uint32_t r = 0; r < rt; ++r)
    for (uint32_t c = 0; c < ct; ++c) {
      tile_regs_acquire();
      for (uint32_t k = 0; k < kt; ++k)
        matmul_tiles(0, 1, r * kt + k, k * ct + c, 0);
      tile_regs_commit();
      cb_reserve_back(16, 1);
      tile_regs_wait();
      pack_tile(0, 16);
      tile_regs_release();
      cb_push_back(16, 1);
    }
  cb_pop_front(0, rt * kt);
  cb_pop_front(1, kt * ct);
}
