// spill.cpp - partial sums are packed, and copied back for the next block of k.
// In the first block the output is reserved further with every sub-block, so
// that nobody packs over partial sums: the rings share their memory.
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
    uint32_t reserved = 0;
    for (uint32_t row = 0; row < side; row += 2)
      for (uint32_t column = 0; column < side; column += 2) {
        tile_regs_acquire();
        if (k > 0) {
          copy_init(partials);
          cb_wait_front(partials, 4);
          for (uint32_t i = 0; i < 4; ++i)
            copy_tile(partials, i, i);
          cb_pop_front(partials, 4);
          matmul_block_init(0, 1, 0, 2, 2, 1);
        }
        matmul_block(0, 1, row, column, 0, 0, 2, 2, 1);
        tile_regs_commit();
        tile_regs_wait();
        const uint32_t to = k + 1 < blocks ? partials : out;
        if (k == 0) {
          reserved += 4;
          cb_reserve_back(out, reserved);
        }
        cb_reserve_back(to, 4);
        for (uint32_t i = 0; i < 4; ++i)
          pack_tile(i, to);
        cb_push_back(to, 4);
        tile_regs_release();
      }
    cb_pop_front(0, side);
    cb_pop_front(1, side);
  }
}
