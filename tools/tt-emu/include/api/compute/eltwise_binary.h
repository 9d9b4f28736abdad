/* eltwise_binary.h - element-wise arithmetic of the matrix engine. */
#pragma once

#include "api/compute/common.h"

namespace ckernel {

#define EMU_BINARY(name, op)                                                   \
  ALWI void name##_init(uint32_t icb0, uint32_t icb1,                          \
                        bool acc_to_dest = false, EMU_SITE) {                  \
    emu_binary_init(#name "_init", op, EMU_BCAST_NONE, icb0, icb1,             \
                    acc_to_dest, site);                                        \
  }                                                                            \
  ALWI void name##_tiles_init(uint32_t icb0 = 0, uint32_t icb1 = 1,            \
                              bool acc_to_dest = false, EMU_SITE) {            \
    emu_binary_init(#name "_tiles_init", op, EMU_BCAST_NONE, icb0, icb1,       \
                    acc_to_dest, site);                                        \
  }                                                                            \
  ALWI void name##_tiles(uint32_t icb0, uint32_t icb1, uint32_t itile0,        \
                         uint32_t itile1, uint32_t idst, EMU_SITE) {           \
    emu_binary(#name "_tiles", op, EMU_BCAST_NONE, icb0, icb1, itile0, itile1, \
               idst, 0, site);                                                 \
  }                                                                            \
  template <EltwiseBinaryReuseDestType reuse>                                  \
  ALWI void name##_reuse_dest_init(uint32_t icb0, EMU_SITE) {                  \
    emu_reuse_init(#name "_reuse_dest_init", op, uint32_t(reuse), icb0, site); \
  }                                                                            \
  template <EltwiseBinaryReuseDestType reuse>                                  \
  ALWI void name##_reuse_dest_tiles(uint32_t in_cb_id, uint32_t in_tile_index, \
                                    uint32_t dst_tile_index, EMU_SITE) {       \
    emu_reuse(#name "_reuse_dest_tiles", op, uint32_t(reuse), in_cb_id,        \
              in_tile_index, dst_tile_index, site);                            \
  }

EMU_BINARY(add, EMU_ADD)
EMU_BINARY(sub, EMU_SUB)
EMU_BINARY(mul, EMU_MUL)
#undef EMU_BINARY

/*===- older spellings ----------------------------------------------------===*/

ALWI void binary_op_init_common(uint32_t icb0, uint32_t icb1, uint32_t ocb = 16,
                                EMU_SITE) {
  emu_hw_startup("binary_op_init_common", icb0, icb1, ocb, site);
  emu_binary_unpack_init("binary_op_init_common", icb0, icb1, site);
}
template <bool full_init, EltwiseBinaryType type>
ALWI void binary_tiles_init(uint32_t icb0, uint32_t icb1,
                            bool acc_to_dest = false, EMU_SITE) {
  emu_binary_init("binary_tiles_init", emu_of(type), EMU_BCAST_NONE, icb0, icb1,
                  acc_to_dest, site);
}
/* Of MATH alone, after a startup that leaves UNPACK ready. */
#ifdef TRISC_MATH
#define EMU_MATH_INIT(call, op, icb0, icb1)                                    \
  emu_binary_init(call, op, EMU_BCAST_NONE, icb0, icb1, 0, site)
#else
#define EMU_MATH_INIT(call, op, icb0, icb1) (void)site
#endif
ALWI void add_tiles_init_nof(EMU_SITE) {
  EMU_MATH_INIT("add_tiles_init_nof", EMU_ADD, 0, 1);
}
ALWI void sub_tiles_init_nof(EMU_SITE) {
  EMU_MATH_INIT("sub_tiles_init_nof", EMU_SUB, 0, 1);
}
ALWI void mul_tiles_init_f(EMU_SITE) {
  EMU_MATH_INIT("mul_tiles_init_f", EMU_MUL, 0, 1);
}
template <bool full_init = false, EltwiseBinaryType type = ELWADD>
ALWI void binary_op_specific_init(uint32_t icb0 = 0, uint32_t icb1 = 1,
                                  EMU_SITE) {
  if constexpr (full_init)
    emu_binary_init("binary_op_specific_init", emu_of(type), EMU_BCAST_NONE,
                    icb0, icb1, 0, site);
  else
    EMU_MATH_INIT("binary_op_specific_init", emu_of(type), icb0, icb1);
}
#ifdef ELTWISE_OP_CODE
/* The oldest form, of kernels that are told their operation: the argument is
 * that define (0: add, 1: sub, 2: mul). */
template <bool full_init = false>
ALWI void binary_op_specific_init(int op_code, EMU_SITE) {
  (void)op_code;
  binary_op_specific_init<full_init, ELTWISE_OP_CODE == 0   ? ELWADD
                                     : ELTWISE_OP_CODE == 1 ? ELWSUB
                                                            : ELWMUL>(0, 1,
                                                                      site);
}
#endif
#undef EMU_MATH_INIT
template <EltwiseBinaryType type = EltwiseBinaryType::ELWADD,
          EltwiseBinaryReuseDestType reuse = EltwiseBinaryReuseDestType::NONE>
ALWI void binary_dest_reuse_tiles_init(uint32_t icb0 = 0, EMU_SITE) {
  emu_reuse_init("binary_dest_reuse_tiles_init", emu_of(type), uint32_t(reuse),
                 icb0, site);
}
template <EltwiseBinaryType type = EltwiseBinaryType::ELWADD,
          EltwiseBinaryReuseDestType reuse = EltwiseBinaryReuseDestType::NONE>
ALWI void binary_dest_reuse_tiles(uint32_t in_cb_id, uint32_t in_tile_index,
                                  uint32_t dst_tile_index, EMU_SITE) {
  emu_reuse("binary_dest_reuse_tiles", emu_of(type), uint32_t(reuse), in_cb_id,
            in_tile_index, dst_tile_index, site);
}

} // namespace ckernel
