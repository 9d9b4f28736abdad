// in 0 Float32 4
// out 16 Float32 4
// with fp32_dest to_dest=0
// check untilized 0

#include "api/compute/pack_untilize.h"
#include "api/compute/common.h"
#include "api/compute/compute_kernel_hw_startup.h"

void kernel_main() {
  compute_kernel_hw_startup(0, 16);
  pack_untilize_init<2, 4>(0, 16);
  cb_reserve_back(16, 4);
  for (uint32_t block = 0; block < 2; ++block) {
    cb_wait_front(0, 2);
    pack_untilize_block<2, 4>(0, 1, 16, block);
    cb_pop_front(0, 2);
  }
  cb_push_back(16, 4);
  pack_untilize_uninit(16);
}
