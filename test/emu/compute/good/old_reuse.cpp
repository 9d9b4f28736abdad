// in 0 Float16_b 4
// in 1 Float16_b 4
// in 2 Float16_b 4
// out 16 Float16_b 4
// check mul_add 0.016

// The older spellings of arithmetic on a tile in DST.
#include "api/compute/common.h"
#include "api/compute/eltwise_binary.h"
#include "api/compute/tile_move_copy.h"

void kernel_main() {
  constexpr auto to_a = EltwiseBinaryReuseDestType::DEST_TO_SRCA;
  constexpr auto to_b = EltwiseBinaryReuseDestType::DEST_TO_SRCB;
  binary_op_init_common(0, 1, 16);
  for (uint32_t i = 0; i < 4; ++i) {
    cb_wait_front(0, 1);
    cb_wait_front(1, 1);
    cb_wait_front(2, 1);
    tile_regs_acquire();
    copy_tile_init(0);
    copy_tile(0, 0, 0);
    binary_dest_reuse_tiles_init<ELWMUL, to_a>(1);
    binary_dest_reuse_tiles<ELWMUL, to_a>(1, 0, 0);
    binary_dest_reuse_tiles_init<ELWADD, to_b>(2);
    binary_dest_reuse_tiles<ELWADD, to_b>(2, 0, 0);
    tile_regs_commit();
    cb_pop_front(0, 1);
    cb_pop_front(1, 1);
    cb_pop_front(2, 1);
    cb_reserve_back(16, 1);
    tile_regs_wait();
    pack_tile(0, 16);
    tile_regs_release();
    cb_push_back(16, 1);
  }
}
