// in 0 Float16_b 4
// in 1 Float16_b 4
// out 16 Float16_b 1
// arg 1
// arg 1
// arg 4
// check product 0.05

#include "compute_kernel_api/matmul.h"

namespace NAMESPACE {
void MAIN {
  constexpr uint32_t kt = get_compile_time_arg_val(2);
  mm_block_init();
  acquire_dst();
  for (uint32_t k = 0; k < kt; ++k) {
    cb_wait_front(0, 1);
    cb_wait_front(1, 1);
    matmul_block(0, 1, 0, 0, 0, false, 1, 1, 1);
    cb_pop_front(0, 1);
    cb_pop_front(1, 1);
  }
  cb_reserve_back(16, 1);
  pack_tile(0, 16);
  cb_push_back(16, 1);
  release_dst();
}
} // namespace NAMESPACE
