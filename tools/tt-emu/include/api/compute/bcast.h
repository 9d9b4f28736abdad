/* bcast.h - arithmetic with a broadcast second operand, and broadcast copies.
 */
#pragma once

#include "api/compute/common.h"

namespace ckernel {

#define EMU_BCAST(name, op, suffix, dim)                                       \
  ALWI void name##_bcast_##suffix##_init(uint32_t icb0, uint32_t icb1,         \
                                         EMU_SITE) {                           \
    emu_binary_init(#name "_bcast_" #suffix "_init", op, dim, icb0, icb1, 0,   \
                    site);                                                     \
  }                                                                            \
  ALWI void name##_bcast_##suffix##_init_short(uint32_t icb0 = 0,              \
                                               uint32_t icb1 = 1, EMU_SITE) {  \
    emu_binary_init(#name "_bcast_" #suffix "_init_short", op, dim, icb0,      \
                    icb1, 0, site);                                            \
  }                                                                            \
  ALWI void name##_tiles_bcast_##suffix(                                       \
      uint32_t icb0, uint32_t icb1, uint32_t itile0, uint32_t itile1,          \
      uint32_t idst, uint32_t bcast_row_idx = 0, EMU_SITE) {                   \
    emu_binary(#name "_tiles_bcast_" #suffix, op, dim, icb0, icb1, itile0,     \
               itile1, idst, bcast_row_idx, site);                             \
  }
#define EMU_BCASTS(name, op)                                                   \
  EMU_BCAST(name, op, rows, EMU_BCAST_ROW)                                     \
  EMU_BCAST(name, op, cols, EMU_BCAST_COL)                                     \
  EMU_BCAST(name, op, scalar, EMU_BCAST_SCALAR)                                \
  template <BroadcastType dim>                                                 \
  ALWI void name##_tiles_bcast(uint32_t icb0, uint32_t icb1, uint32_t itile0,  \
                               uint32_t itile1, uint32_t idst,                 \
                               uint32_t bcast_row_idx = 0, EMU_SITE) {         \
    emu_binary(#name "_tiles_bcast", op, uint32_t(dim), icb0, icb1, itile0,    \
               itile1, idst, bcast_row_idx, site);                             \
  }

EMU_BCASTS(add, EMU_ADD)
EMU_BCASTS(sub, EMU_SUB)
EMU_BCASTS(mul, EMU_MUL)
#undef EMU_BCASTS
#undef EMU_BCAST

/* Older: with "tiles", for the scalar alone. */
ALWI void mul_tiles_bcast_scalar_init_short(uint32_t icb0 = 0,
                                            uint32_t icb1 = 1, EMU_SITE) {
  mul_bcast_scalar_init_short(icb0, icb1, site);
}
ALWI void sub_tiles_bcast_scalar_init_short(uint32_t icb0 = 0,
                                            uint32_t icb1 = 1, EMU_SITE) {
  sub_bcast_scalar_init_short(icb0, icb1, site);
}
template <EltwiseBinaryType op, BroadcastType dim>
ALWI void bcast_init(uint32_t icb0, uint32_t icb1, EMU_SITE) {
  emu_binary_init("bcast_init", emu_of(op), uint32_t(dim), icb0, icb1, 0, site);
}
template <EltwiseBinaryType op, BroadcastType dim>
ALWI void any_tiles_bcast(uint32_t icb0, uint32_t icb1, uint32_t itile0,
                          uint32_t itile1, uint32_t idst,
                          uint32_t bcast_row_idx = 0, EMU_SITE) {
  emu_binary("any_tiles_bcast", emu_of(op), uint32_t(dim), icb0, icb1, itile0,
             itile1, idst, bcast_row_idx, site);
}
/* Older: with the startup. */
template <EltwiseBinaryType op, BroadcastType dim>
void init_bcast(uint32_t icb0, uint32_t icb1, uint32_t ocb = 16, EMU_SITE) {
  emu_hw_startup("init_bcast", icb0, icb1, ocb, site);
  emu_binary_init("init_bcast", emu_of(op), uint32_t(dim), icb0, icb1, 0, site);
}

/*===- one operand --------------------------------------------------------===*/

template <BroadcastType dim>
ALWI void unary_bcast_init(uint32_t icb, EMU_SITE) {
  emu_unary_bcast_init("unary_bcast_init", uint32_t(dim), icb, site);
}
/* Older: with the startup. */
template <BroadcastType dim>
ALWI void unary_bcast_init(uint32_t icb, uint32_t ocb, EMU_SITE) {
  emu_hw_startup("unary_bcast_init", icb, icb, ocb, site);
  emu_unary_bcast_init("unary_bcast_init", uint32_t(dim), icb, site);
}
template <BroadcastType dim>
ALWI void unary_bcast(uint32_t icb, uint32_t in_tile_index,
                      uint32_t dst_tile_index, EMU_SITE) {
  emu_unary_bcast("unary_bcast", uint32_t(dim), icb, in_tile_index,
                  dst_tile_index, site);
}
template <BroadcastType dim>
ALWI void unary_bcast_uninit(uint32_t icb, EMU_SITE) {
  emu_unary_bcast_uninit("unary_bcast_uninit", icb, site);
}
template <BroadcastType old_dim, BroadcastType new_dim>
void reconfigure_unary_bcast(uint32_t old_icb, uint32_t new_icb,
                             uint32_t old_ocb, uint32_t new_ocb, EMU_SITE) {
  reconfig_data_format(old_icb, new_icb, old_icb, new_icb, site);
  emu_unary_bcast_uninit("reconfigure_unary_bcast", old_icb, site);
  emu_unary_bcast_init("reconfigure_unary_bcast", uint32_t(new_dim), new_icb,
                       site);
  pack_reconfig_data_format(old_ocb, new_ocb, site);
}

} // namespace ckernel
