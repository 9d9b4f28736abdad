// compute.cpp - the block of C stays in the tile registers over all of k.
#include "api/compute/common.h"
#include "api/compute/compute_kernel_hw_startup.h"
#include "api/compute/matmul.h"
#include "api/compute/pack.h"

void kernel_main() {
  constexpr uint32_t block = get_compile_time_arg_val(0);
  constexpr uint32_t tiles = get_compile_time_arg_val(1);
  constexpr uint32_t cb_a = tt::CBIndex::c_0;
  constexpr uint32_t cb_b = tt::CBIndex::c_1;
  constexpr uint32_t cb_c = tt::CBIndex::c_16;

  compute_kernel_hw_startup<SrcOrder::Reverse>(cb_a, cb_b, cb_c);
  matmul_init(cb_a, cb_b);
  tile_regs_acquire();
  for (uint32_t k = 0; k < tiles; ++k) {
    cb_wait_front(cb_a, block);
    cb_wait_front(cb_b, block);
    for (uint32_t i = 0; i < block; ++i)
      for (uint32_t j = 0; j < block; ++j)
        matmul_tiles(cb_a, cb_b, i, j, i * block + j);
    cb_pop_front(cb_a, block);
    cb_pop_front(cb_b, block);
  }
  tile_regs_commit();
  cb_reserve_back(cb_c, block * block);
  tile_regs_wait();
  for (uint32_t i = 0; i < block * block; ++i)
    pack_tile(i, cb_c);
  tile_regs_release();
  cb_push_back(cb_c, block * block);
}
