/* copy_dest_values.h - DST tile to DST tile. */
#pragma once

#include "api/compute/common_globals.h"

namespace ckernel {

ALWI void copy_dest_values_init(EMU_SITE) {
  emu_sfpu_init(EMU_KEY_copy_dest, 0, 0, site);
}
template <auto... options>
ALWI void copy_dest_values(uint32_t idst_in, uint32_t idst_out, EMU_SITE) {
  emu_sfpu_copy(EMU_KEY_copy_dest, idst_in, idst_out, site);
}

} // namespace ckernel
