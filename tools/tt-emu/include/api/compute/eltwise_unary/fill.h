/* fill.h - constants into DST. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_FILL
#include "tt-emu/sfpu_calls.h"
#undef SFPU_FILL

namespace ckernel {

ALWI void fill_tile(uint32_t idst, float param0, EMU_SITE) {
  fill_tile_bitcast(idst, __builtin_bit_cast(uint32_t, param0), site);
}

} // namespace ckernel
