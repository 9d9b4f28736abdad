// in 0 Float32 1
// out 16 Float32 1
// with fp32_dest to_dest=0
// arg 0
// check reduce_col_top 0.0001

#include "api/compute/common.h"
#include "api/compute/compute_kernel_api.h"
#include "api/compute/compute_kernel_hw_startup.h"
#include "api/compute/tile_move_copy.h"

void kernel_main() {
  compute_kernel_hw_startup(0, 16);
  copy_init(0);
  sfpu_reduce_init<PoolType::SUM, DataFormat::Float32>();
  cb_wait_front(0, 1);
  tile_regs_acquire();
  copy_tile(0, 0, 0);
  sfpu_reduce<PoolType::SUM, DataFormat::Float32>(0);
  tile_regs_commit();
  cb_pop_front(0, 1);
  cb_reserve_back(16, 1);
  tile_regs_wait();
  pack_tile(0, 16);
  tile_regs_release();
  cb_push_back(16, 1);
}
