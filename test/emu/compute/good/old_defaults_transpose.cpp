// in 0 Float16_b 4
// out 16 Float16_b 4
// check transpose 0

#include "compute_kernel_api/transpose_wh.h"

namespace NAMESPACE {
void MAIN {
  transpose_wh_init(0);
  for (uint32_t i = 0; i < 4; ++i) {
    cb_wait_front(0, 1);
    acquire_dst();
    transpose_wh_tile(0, 0, 0);
    cb_reserve_back(16, 1);
    pack_tile(0, 16);
    cb_push_back(16, 1);
    release_dst();
    cb_pop_front(0, 1);
  }
}
} // namespace NAMESPACE
