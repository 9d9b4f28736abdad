/* transpose_wh.h - older spellings of transpose.h. */
#pragma once

#include "api/compute/transpose.h"

namespace ckernel {

ALWI void transpose_wh_init(uint32_t icb, uint32_t ocb = 16, EMU_SITE) {
  emu_hw_startup("transpose_wh_init", icb, icb, ocb, site);
  emu_copy_init("transpose_wh_init", icb, 1, 1, site);
}
ALWI void transpose_wh_init_short(uint32_t icb, EMU_SITE) {
  emu_copy_init("transpose_wh_init_short", icb, 1, 1, site);
}
ALWI void transpose_wh_tile(uint32_t icb, uint32_t itile, uint32_t idst,
                            EMU_SITE) {
  emu_transpose("transpose_wh_tile", icb, itile, idst, site);
}

} // namespace ckernel
