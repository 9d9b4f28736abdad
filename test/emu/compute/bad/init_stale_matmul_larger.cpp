// in 0 Float16_b 2
// in 1 Float16_b 2
// out 16 Float16_b 4

#include "api/compute/common.h"
#include "api/compute/compute_kernel_hw_startup.h"
#include "api/compute/matmul.h"

void kernel_main() {
  compute_kernel_hw_startup<SrcOrder::Reverse>(0, 1, 16);
  matmul_block_init(0, 1, 0, 2, 1, 1);
  cb_wait_front(0, 2);
  cb_wait_front(1, 2);
  tile_regs_acquire();
  matmul_block(0, 1, 0, 0, 0, 0, 2, 2, 1); // !! init-stale
  tile_regs_commit();
  cb_pop_front(0, 2);
  cb_pop_front(1, 2);
  cb_reserve_back(16, 4);
  tile_regs_wait();
  pack_block(0, 16, 4);
  tile_regs_release();
  cb_push_back(16, 4);
}
