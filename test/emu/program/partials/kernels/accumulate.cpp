// accumulate.cpp - the packer adds each block of k to the pages of the block
// before, which were popped unread; the last one is copied to the output.
#include "api/compute/common.h"
#include "api/compute/compute_kernel_hw_startup.h"
#include "api/compute/matmul.h"
#include "api/compute/pack.h"
#include "api/compute/tile_move_copy.h"

void kernel_main() {
  constexpr uint32_t side = get_compile_time_arg_val(0);
  constexpr uint32_t blocks = get_compile_time_arg_val(1);
  constexpr uint32_t out = tt::CBIndex::c_16, partials = tt::CBIndex::c_24;

  compute_kernel_hw_startup<SrcOrder::Reverse>(0, 1, partials);
  matmul_block_init(0, 1, 0, 2, 2, 1);
  for (uint32_t k = 0; k < blocks; ++k) {
    cb_wait_front(0, side);
    cb_wait_front(1, side);
    for (uint32_t row = 0; row < side; row += 2)
      for (uint32_t column = 0; column < side; column += 2) {
        tile_regs_acquire();
        matmul_block(0, 1, row, column, 0, 0, 2, 2, 1);
        tile_regs_commit();
        cb_reserve_back(partials, 4);
        tile_regs_wait();
        pack_reconfig_l1_acc(k > 0);
        for (uint32_t i = 0; i < 4; ++i)
          pack_tile(i, partials);
        tile_regs_release();
        cb_push_back(partials, 4);
        if (k + 1 < blocks) {
          cb_wait_front(partials, 4);
          cb_pop_front(partials, 4);
        }
      }
    cb_pop_front(0, side);
    cb_pop_front(1, side);
  }
  pack_reconfig_l1_acc(0);
  copy_init(partials);
  for (uint32_t block = 0; block < side * side / 4; ++block) {
    tile_regs_acquire();
    cb_wait_front(partials, 4);
    for (uint32_t i = 0; i < 4; ++i)
      copy_tile(partials, i, i);
    cb_pop_front(partials, 4);
    tile_regs_commit();
    cb_reserve_back(out, 4);
    tile_regs_wait();
    for (uint32_t i = 0; i < 4; ++i)
      pack_tile(i, out);
    tile_regs_release();
    cb_push_back(out, 4);
  }
}
