// in 0 Float16_b 4 real -4 4
// in 1 Float16_b 1 const 1
// mid 24 Float16_b 1
// mid 25 Float16_b 4
// mid 26 Float16_b 1
// out 16 Float16_b 4
// with fp32_dest
// check softmax 0.01

#include "api/compute/bcast.h"
#include "api/compute/common.h"
#include "api/compute/compute_kernel_api.h"
#include "api/compute/compute_kernel_hw_startup.h"
#include "api/compute/eltwise_unary/exp.h"
#include "api/compute/eltwise_unary/recip.h"
#include "api/compute/reduce.h"

void kernel_main() {
  compute_kernel_hw_startup(0, 1, 24);
  cb_wait_front(0, 4);
  cb_wait_front(1, 1);
  // 24: maximum of each row
  reduce_init<PoolType::MAX, ReduceDim::REDUCE_ROW>(0, 1, 24);
  tile_regs_acquire();
  for (uint32_t i = 0; i < 4; ++i)
    reduce_tile<PoolType::MAX, ReduceDim::REDUCE_ROW>(0, 1, i, 0, 0);
  tile_regs_commit();
  cb_reserve_back(24, 1);
  tile_regs_wait();
  pack_tile(0, 24);
  tile_regs_release();
  cb_push_back(24, 1);
  reduce_uninit();
  // 25: exp(x - maximum)
  sub_bcast_cols_init(0, 24);
  exp_tile_init();
  cb_wait_front(24, 1);
  cb_reserve_back(25, 4);
  for (uint32_t i = 0; i < 4; ++i) {
    tile_regs_acquire();
    sub_tiles_bcast_cols(0, 24, i, 0, 0);
    exp_tile(0);
    tile_regs_commit();
    tile_regs_wait();
    pack_tile(0, 25);
    tile_regs_release();
  }
  cb_push_back(25, 4);
  cb_pop_front(24, 1);
  cb_pop_front(0, 4);
  // 26: one over the sum of each row
  cb_wait_front(25, 4);
  reduce_init<PoolType::SUM, ReduceDim::REDUCE_ROW>(25, 1, 26);
  recip_tile_init();
  tile_regs_acquire();
  for (uint32_t i = 0; i < 4; ++i)
    reduce_tile<PoolType::SUM, ReduceDim::REDUCE_ROW>(25, 1, i, 0, 0);
  recip_tile(0, VectorMode::C);
  tile_regs_commit();
  cb_reserve_back(26, 1);
  tile_regs_wait();
  pack_tile(0, 26);
  tile_regs_release();
  cb_push_back(26, 1);
  reduce_uninit();
  cb_pop_front(1, 1);
  // 16: the products
  cb_wait_front(26, 1);
  mul_bcast_cols_init(25, 26);
  for (uint32_t i = 0; i < 4; ++i) {
    tile_regs_acquire();
    mul_tiles_bcast_cols(25, 26, i, 0, 0);
    tile_regs_commit();
    cb_reserve_back(16, 1);
    tile_regs_wait();
    pack_tile(0, 16);
    tile_regs_release();
    cb_push_back(16, 1);
  }
  cb_pop_front(25, 4);
  cb_pop_front(26, 1);
}
