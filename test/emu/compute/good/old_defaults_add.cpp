// in 0 Float16_b 4
// in 1 Float16_b 4
// out 16 Float16_b 4
// check add 0.008

// Buffers 0, 1 and 16 are those of calls that name none.
#define ELTWISE_OP add_tiles
#define ELTWISE_OP_CODE 0
#include "compute_kernel_api/eltwise_binary.h"

namespace NAMESPACE {
void MAIN {
  binary_op_init_common(0, 1);
  for (uint32_t i = 0; i < 4; ++i) {
    if (i == 0)
      add_tiles_init();
    else if (i == 1)
      binary_op_specific_init<false, ELWADD>();
    else if (i == 2)
      binary_op_specific_init<true>(ELTWISE_OP_CODE);
    else
      add_tiles_init_nof();
    cb_wait_front(0, 1);
    cb_wait_front(1, 1);
    acquire_dst(tt::DstMode::Half);
    ELTWISE_OP(0, 1, 0, 0, 0);
    cb_reserve_back(16, 1);
    pack_tile(0, 16);
    cb_push_back(16, 1);
    release_dst(tt::DstMode::Half);
    cb_pop_front(0, 1);
    cb_pop_front(1, 1);
  }
}
} // namespace NAMESPACE
