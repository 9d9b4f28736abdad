// in 0 Float16_b 3
// out 16 Float16_b 3
// check tilized 0

#include "api/compute/tilize.h"
#include "api/compute/common.h"
#include "api/compute/compute_kernel_hw_startup.h"

void kernel_main() {
  compute_kernel_hw_startup(0, 16);
  tilize_init(0, 3, 16);
  cb_wait_front(0, 3);
  cb_reserve_back(16, 3);
  tilize_block(0, 3, 16);
  cb_push_back(16, 3);
  cb_pop_front(0, 3);
  tilize_uninit(0, 16);
}
