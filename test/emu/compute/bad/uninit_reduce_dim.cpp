// in 0 Float16_b 2
// in 1 Float16_b 2 const 1
// out 16 Float16_b 2

#include "api/compute/common.h"
#include "api/compute/compute_kernel_hw_startup.h"
#include "api/compute/reduce.h"

constexpr PoolType kSum = PoolType::SUM;
constexpr ReduceDim kRow = ReduceDim::REDUCE_ROW;
constexpr ReduceDim kColumn = ReduceDim::REDUCE_COL;

void kernel_main() {
  compute_kernel_hw_startup(0, 1, 16);
  cb_wait_front(1, 2);
  for (uint32_t i = 0; i < 2; ++i) {
    cb_wait_front(0, 1);
    tile_regs_acquire();
    if (i == 0)
      reduce_init<kSum, kRow>(0, 1, 16);
    else
      reduce_init<kSum, kColumn>(0, 1, 16); // !! uninit-missing
    if (i == 0)
      reduce_tile<kSum, kRow>(0, 1, 0, 0, 0);
    else
      reduce_tile<kSum, kColumn>(0, 1, 0, 0, 0);
    tile_regs_commit();
    cb_pop_front(0, 1);
    cb_reserve_back(16, 1);
    tile_regs_wait();
    pack_tile(0, 16);
    tile_regs_release();
    cb_push_back(16, 1);
  }
  reduce_uninit();
  cb_pop_front(1, 2);
}
