// in 0 Float16_b 4
// in 1 Float16_b 4
// mid 24 Float32 1
// out 16 Float32 1
// arg 1
// arg 1
// arg 4
// with fp32_dest
// check product 0.012

#include "compute_kernel_api/matmul.h"
#include "compute_kernel_api/tile_move_copy.h"

namespace NAMESPACE {
void MAIN {
  constexpr uint32_t kt = get_compile_time_arg_val(2);
  mm_init(0, 1, 24);
  for (uint32_t k = 0; k < kt; ++k) {
    const uint32_t out = k + 1 < kt ? 24 : 16;
    acquire_dst(tt::DstMode::Tile);
    if (k) {
      unpack_reconfig_data_format_srca(1, 24);
      copy_tile_to_dst_init_short(24);
      cb_wait_front(24, 1);
      copy_tile(24, 0, 0);
      cb_pop_front(24, 1);
      unpack_reconfig_data_format(1, 0);
      k % 2 ? mm_init_short() : mm_block_init_short();
    }
    cb_wait_front(0, 1);
    cb_wait_front(1, 1);
    matmul_tiles(0, 1, 0, 0, 0, false);
    cb_pop_front(0, 1);
    cb_pop_front(1, 1);
    cb_reserve_back(out, 1);
    pack_tile(0, out);
    cb_push_back(out, 1);
    release_dst(tt::DstMode::Tile);
  }
}
} // namespace NAMESPACE
