// in 0 Float16_b 4
// in 1 Float16_b 8
// out 16 Float32 2
// arg 2
// arg 1
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
  matmul_block_init(0, 1, 0, ct, rt, kt);
  tile_regs_acquire();
  cb_wait_front(0, rt * kt);
  cb_wait_front(1, kt * ct);
  matmul_block_k_loop(0, 1, 0, 0, 0, 0, ct, rt, kt, kt, 1, ct);
  tile_regs_commit();
  cb_pop_front(0, rt * kt);
  cb_pop_front(1, kt * ct);
  cb_reserve_back(16, rt * ct);
  tile_regs_wait();
  pack_block(0, 16, rt * ct);
  tile_regs_release();
  cb_push_back(16, rt * ct);
}
