/* typecast.h - conversion of a DST tile; formats are given as their values. */
#pragma once

#include "api/compute/common_globals.h"

namespace ckernel {

template <uint32_t IN_DTYPE = 255, uint32_t OUT_DTYPE = 255>
ALWI void typecast_tile_init(EMU_SITE) {
  emu_sfpu_init(EMU_KEY_typecast, IN_DTYPE << 8 | OUT_DTYPE, 0, site);
}
template <uint32_t IN_DTYPE, uint32_t OUT_DTYPE, bool fp32 = DST_ACCUM_MODE>
ALWI void typecast_tile(uint32_t idst, EMU_SITE) {
  emu_sfpu_typecast(EMU_KEY_typecast, IN_DTYPE, OUT_DTYPE, idst, site);
}

} // namespace ckernel
