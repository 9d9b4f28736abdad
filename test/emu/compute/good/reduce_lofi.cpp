// in 0 Float16_b 4
// in 1 Float16_b 1 const 1.0078125
// out 16 Float32 1
// with fp32_dest lofi
// arg 0
// check reduce_row_lofi 0.00001

#include "api/compute/common.h"
#include "api/compute/compute_kernel_hw_startup.h"
#include "api/compute/reduce.h"

void kernel_main() {
  compute_kernel_hw_startup(0, 1, 16);
  reduce_init<PoolType::SUM, ReduceDim::REDUCE_ROW>(0, 1, 16);
  cb_wait_front(1, 1);
  tile_regs_acquire();
  for (uint32_t i = 0; i < 4; ++i) {
    cb_wait_front(0, 1);
    reduce_tile<PoolType::SUM, ReduceDim::REDUCE_ROW>(0, 1, 0, 0, 0);
    cb_pop_front(0, 1);
  }
  tile_regs_commit();
  cb_pop_front(1, 1);
  cb_reserve_back(16, 1);
  tile_regs_wait();
  pack_tile(0, 16);
  tile_regs_release();
  cb_push_back(16, 1);
  reduce_uninit();
}
