// in 0 Float16_b 2
// out 16 Float16_b 2

#include "api/compute/common.h"
#include "api/compute/compute_kernel_hw_startup.h"
#include "api/compute/untilize.h"

void kernel_main() {
  compute_kernel_hw_startup(0, 16);
  untilize_init(0); // !! uninit-missing
  cb_wait_front(0, 2);
  cb_reserve_back(16, 2);
  untilize_block(0, 2, 16);
  cb_push_back(16, 2);
  cb_pop_front(0, 2);
}
