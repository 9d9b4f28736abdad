// in 0 Float16_b 4
// in 1 Float16_b 4
// mid 24 Float32 1
// out 16 Float32 1
// arg 1
// arg 1
// arg 4
// with fp32_dest
// check product 0.012

// Partial sums reloaded, three times through TF32 (2^-10), with every older
// spelling of the inits in between.
#include "api/compute/common.h"
#include "api/compute/matmul.h"
#include "api/compute/tile_move_copy.h"

static void back_to_matmul(uint32_t k) {
  switch (k) {
  case 1:
    return mm_init_short_with_dt(0, 1, 24);
  case 2:
    return mm_block_init_short_with_dt(0, 1, 24, 0, 1, 1, 1);
  default:
    reconfig_data_format_srca(24, 1);
    return k % 2 ? mm_init_short(0, 1) : mm_block_init_short(0, 1, 0, 1, 1, 1);
  }
}

void kernel_main() {
  constexpr uint32_t kt = get_compile_time_arg_val(2);
  mm_block_init(0, 1, 24, 0, 1, 1, 1);
  for (uint32_t k = 0; k < kt; ++k) {
    const uint32_t out = k + 1 < kt ? 24 : 16;
    acquire_dst();
    if (k) {
      copy_tile_to_dst_init_short_with_dt(1, 24);
      cb_wait_front(24, 1);
      copy_tile(24, 0, 0);
      cb_pop_front(24, 1);
      back_to_matmul(k);
    }
    cb_wait_front(0, 1);
    cb_wait_front(1, 1);
    matmul_block(0, 1, 0, 0, 0, 0, 1, 1, 1);
    cb_pop_front(0, 1);
    cb_pop_front(1, 1);
    cb_reserve_back(out, 1);
    pack_tile(0, out);
    cb_push_back(out, 1);
    release_dst();
  }
}
