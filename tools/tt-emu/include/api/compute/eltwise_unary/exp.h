/* exp.h - exponential. The fast approximation without clamping records all
 * replay slots, those of matmul included. */
#pragma once

#include "api/compute/common_globals.h"

namespace ckernel {

/* Template options came in two generations: (approx, scale, clamping) and
 * (approx, fast, scale, clamping). */
template <bool approx, auto... rest> constexpr bool emu_exp_is_fast() {
  return approx && emu_option<InputClamping, rest...>(
                       InputClamping::ClampToNegative) == InputClamping::None;
}

template <bool approx = false, auto... rest> ALWI void exp_tile_init(EMU_SITE) {
  emu_sfpu_init(EMU_KEY_exp, approx,
                emu_exp_is_fast<approx, rest...>() ? EMU_SFPU_REPLAYS_ALL : 0,
                site);
}

template <bool approx = false, auto... rest>
ALWI void exp_tile(uint32_t idst, EmuVectorMode vector_mode = VectorMode::RC,
                   uint16_t scale = 0x3F80, EMU_SITE) {
  emu_sfpu_unary(EMU_OP_exp_tile, approx, idst, vector_mode.faces(),
                 uint32_t(scale) << 16, 0, 0, site);
}

/* The same in PACK, beside a matmul in MATH. */
template <bool approx = false, auto... rest>
ALWI void exp_packthread_tile_init(EMU_SITE) {
  emu_sfpu_init(EMU_KEY_exp, approx, EMU_SFPU_ON_PACK, site);
}

template <bool approx = false, auto... rest>
ALWI void exp_packthread_tile(uint32_t idst,
                              EmuVectorMode vector_mode = VectorMode::RC,
                              uint16_t scale = 0x3F80, EMU_SITE) {
  emu_sfpu_unary(EMU_OP_exp_tile, approx | EMU_SFPU_ON_PACK, idst,
                 vector_mode.faces(), uint32_t(scale) << 16, 0, 0, site);
}

} // namespace ckernel
