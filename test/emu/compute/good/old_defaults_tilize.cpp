// in 0 Float16_b 3
// out 16 Float16_b 3
// check tilized 0

#include "compute_kernel_api/tilize.h"

namespace NAMESPACE {
void MAIN {
  tilize_init(0, 3);
  cb_wait_front(0, 3);
  cb_reserve_back(16, 3);
  tilize_block(0, 3, 16);
  cb_push_back(16, 3);
  cb_pop_front(0, 3);
  tilize_uninit(0);
}
} // namespace NAMESPACE
