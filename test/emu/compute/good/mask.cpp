// in 0 Float16_b 4
// in 1 Float16_b 4 int 0 2
// out 16 Float16_b 4
// check mul 0

#include "compute_kernel_api/mask.h"
#include "compute_kernel_api/eltwise_unary/eltwise_unary.h"
#include "compute_kernel_api/tile_move_copy.h"

namespace NAMESPACE {
void MAIN {
  init_sfpu(0);
  mask_tile_init();
  for (uint32_t i = 0; i < 4; ++i) {
    cb_wait_front(0, 1);
    cb_wait_front(1, 1);
    acquire_dst();
    copy_tile(0, 0, 2);
    copy_tile(1, 0, 3);
    mask_tile(2, 3);
    cb_reserve_back(16, 1);
    pack_tile(2, 16);
    cb_push_back(16, 1);
    release_dst();
    cb_pop_front(0, 1);
    cb_pop_front(1, 1);
  }
}
} // namespace NAMESPACE
