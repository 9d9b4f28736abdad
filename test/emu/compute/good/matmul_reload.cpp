// in 0 Float16_b 8
// in 1 Float16_b 8
// out 16 Float16_b 4
// arg 2
// arg 2
// arg 4
// mid 24 Float32 4
// with fp32_dest
// check product 0.02

#include "api/compute/common.h"
#include "api/compute/compute_kernel_hw_startup.h"
#include "api/compute/matmul.h"
#include "api/compute/tile_move_copy.h"

void kernel_main() {
  constexpr uint32_t ct = get_compile_time_arg_val(0);
  constexpr uint32_t rt = get_compile_time_arg_val(1);
  constexpr uint32_t kt = get_compile_time_arg_val(2);
  constexpr uint32_t half = kt / 2;
  compute_kernel_hw_startup<SrcOrder::Reverse>(0, 1, 24);
  matmul_block_init(0, 1, 0, ct, rt, kt);
  cb_wait_front(0, rt * kt);
  cb_wait_front(1, kt * ct);
  for (uint32_t part = 0; part < 2; ++part) {
    const bool last = part == 1;
    const uint32_t out = last ? 16 : 24;
    tile_regs_acquire();
    if (part > 0) {
      reconfig_data_format_srca(1, 24);
      copy_init(24);
      cb_wait_front(24, rt * ct);
      copy_block(24, 0, 0, rt * ct);
      cb_pop_front(24, rt * ct);
      reconfig_data_format_srca(24, 1);
      matmul_block_init(0, 1, 0, ct, rt, kt);
    }
    for (uint32_t k = part * half; k < (part + 1) * half; ++k)
      matmul_block(0, 1, k, k * ct, 0, 0, ct, rt, kt);
    tile_regs_commit();
    if (last)
      pack_reconfig_data_format(24, 16);
    cb_reserve_back(out, rt * ct);
    tile_regs_wait();
    pack_block(0, out, rt * ct);
    tile_regs_release();
    cb_push_back(out, rt * ct);
  }
  cb_pop_front(0, rt * kt);
  cb_pop_front(1, kt * ct);
}
