// in 0 Float16_b 8
// in 1 Float16_b 8
// out 16 Float16_b 4
// mid 24 Float16_b 4
// arg 2
// arg 2
// arg 4
// with fp32_dest
// check product 0.06

#include "api/compute/common.h"
#include "api/compute/compute_kernel_hw_startup.h"
#include "api/compute/matmul.h"
#include "api/compute/tile_move_copy.h"

void kernel_main() {
  constexpr uint32_t ct = get_compile_time_arg_val(0);
  constexpr uint32_t rt = get_compile_time_arg_val(1);
  constexpr uint32_t kt = get_compile_time_arg_val(2);
  constexpr uint32_t block_w = kt / 2;
  constexpr bool transpose = false;
  reconfig_data_format_srca(0);
  reconfig_data_format_srcb(1);
  pack_reconfig_data_format(16);
  mm_block_init(0, 1, 24, transpose, ct, rt, kt);
  cb_wait_front(0, rt * kt);
  cb_wait_front(1, kt * ct);
  for (uint32_t block = 0; block < 2; ++block) {
    const uint32_t out = block == 1 ? 16 : 24;
    acquire_dst();
    if (block == 1) {
      copy_tile_to_dst_init_short_with_dt(1, 24);
      cb_wait_front(24, rt * ct);
      for (uint32_t i = 0; i < rt * ct; ++i)
        copy_tile(24, i, i);
      cb_pop_front(24, rt * ct);
      mm_block_init_short_with_dt(0, 1, 24, transpose, ct, rt, kt);
    }
    for (uint32_t k = block * block_w; k < (block + 1) * block_w; ++k)
      ckernel::matmul_block(0, 1, k, k * ct, 0, transpose, ct, rt, kt);
    cb_reserve_back(out, rt * ct);
    for (uint32_t i = 0; i < rt * ct; ++i)
      pack_tile(i, out);
    cb_push_back(out, rt * ct);
    release_dst();
  }
  cb_pop_front(0, rt * kt);
  cb_pop_front(1, kt * ct);
}
