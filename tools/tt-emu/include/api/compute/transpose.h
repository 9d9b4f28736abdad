/* transpose.h - transposition of a tile on its way to DST, or in DST. */
#pragma once

#include "api/compute/common.h"
#include "api/compute/transpose_dest.h"

namespace ckernel {

ALWI void transpose_init(uint32_t icb, EMU_SITE) {
  emu_copy_init("transpose_init", icb, 1, 1, site);
}
ALWI void transpose_tile(uint32_t icb, uint32_t itile, uint32_t idst,
                         EMU_SITE) {
  emu_transpose("transpose_tile", icb, itile, idst, site);
}

} // namespace ckernel
