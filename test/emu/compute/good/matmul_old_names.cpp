// in 0 Float16_b 4
// in 1 Float16_b 4
// out 16 Float32 1
// arg 1
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
  mm_init(0, 1, 16);
  acquire_dst();
  for (uint32_t k = 0; k < kt; ++k) {
    cb_wait_front(0, 1);
    cb_wait_front(1, 1);
    if (k % 2)
      matmul_tile(0, 1, 0, 0, 0, false);
    else
      matmul_tiles(0, 1, 0, 0, 0, 0);
    cb_pop_front(0, 1);
    cb_pop_front(1, 1);
  }
  cb_reserve_back(16, rt * ct);
  pack_tile(0, 16);
  cb_push_back(16, rt * ct);
  release_dst();
}
