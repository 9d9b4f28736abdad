/* transpose_dest.h - transposition of a tile in DST. */
#pragma once

#include "api/compute/common.h"

namespace ckernel {

template <auto... options> ALWI void transpose_dest_init(EMU_SITE) {
  emu_transpose_dest_init("transpose_dest_init", site);
}
template <auto... options> ALWI void transpose_dest(uint32_t idst, EMU_SITE) {
  emu_transpose_dest("transpose_dest", idst, site);
}

} // namespace ckernel
