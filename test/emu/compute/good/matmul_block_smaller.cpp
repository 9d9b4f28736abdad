// in 0 Float16_b 6
// in 1 Float16_b 12
// out 16 Float16_b 8
// arg 4
// arg 2
// arg 3
// check product 0.08

#include "api/compute/common.h"
#include "api/compute/compute_kernel_hw_startup.h"
#include "api/compute/matmul.h"

void kernel_main() {
  constexpr uint32_t ct = get_compile_time_arg_val(0);
  constexpr uint32_t rt = get_compile_time_arg_val(1);
  constexpr uint32_t kt = get_compile_time_arg_val(2);
  compute_kernel_hw_startup<SrcOrder::Reverse>(0, 1, 16);
  // One init for blocks of this shape and of all that are smaller.
  matmul_block_init(0, 1, 0, ct + 2, rt + 1, kt);
  cb_wait_front(0, rt * kt);
  cb_wait_front(1, kt * ct);
  tile_regs_acquire();
  for (uint32_t k = 0; k < kt; ++k)
    matmul_block(0, 1, k, k * ct, 0, 0, ct, rt, kt);
  tile_regs_commit();
  cb_pop_front(0, rt * kt);
  cb_pop_front(1, kt * ct);
  cb_reserve_back(16, rt * ct);
  tile_regs_wait();
  pack_block(0, 16, rt * ct);
  tile_regs_release();
  cb_push_back(16, rt * ct);
}
