/* transpose_wh_dest.h - older spellings of transposition in DST. */
#pragma once

#include "api/compute/transpose.h"

namespace ckernel {

template <auto... options> ALWI void transpose_wh_dest_init_short(EMU_SITE) {
  emu_transpose_dest_init("transpose_wh_dest_init_short", site);
}
template <auto... options>
ALWI void transpose_wh_dest(uint32_t idst, EMU_SITE) {
  emu_transpose_dest("transpose_wh_dest", idst, site);
}

} // namespace ckernel
