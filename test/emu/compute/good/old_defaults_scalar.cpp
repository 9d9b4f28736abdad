// in 0 Float16_b 4
// in 1 Float16_b 4
// out 16 Float16_b 4
// check sub_scalar 0.008

#include "compute_kernel_api/bcast.h"
#include "compute_kernel_api/eltwise_binary.h"

namespace NAMESPACE {
void MAIN {
  binary_op_init_common(0, 1);
  for (uint32_t i = 0; i < 4; ++i) {
    mul_tiles_bcast_scalar_init_short();
    sub_tiles_bcast_scalar_init_short(0, 1);
    cb_wait_front(0, 1);
    cb_wait_front(1, 1);
    acquire_dst();
    sub_tiles_bcast_scalar(0, 1, 0, 0, 0);
    cb_reserve_back(16, 1);
    pack_tile(0, 16);
    cb_push_back(16, 1);
    release_dst();
    cb_pop_front(0, 1);
    cb_pop_front(1, 1);
  }
}
} // namespace NAMESPACE
