/* untilize.h - tiles to row-major data, on the unpacker's side. */
#pragma once

#include "api/compute/common.h"

namespace ckernel {

ALWI void untilize_init(uint32_t icb, EMU_SITE) {
  emu_untilize_init("untilize_init", icb, site);
}
template <uint32_t block_ct_dim = 1>
ALWI void untilize_block(uint32_t icb, uint32_t block, uint32_t ocb, EMU_SITE) {
  emu_untilize_block("untilize_block", icb, block, ocb, site);
}
ALWI void untilize_uninit(uint32_t icb, EMU_SITE) {
  emu_untilize_uninit("untilize_uninit", icb, site);
}

/*===- older spellings ----------------------------------------------------===*/

ALWI void untilize_init(uint32_t icb, uint32_t ocb, EMU_SITE) {
  emu_hw_startup("untilize_init", icb, icb, ocb, site);
  emu_untilize_init("untilize_init", icb, site);
}
ALWI void untilize_init_short(uint32_t icb, EMU_SITE) {
  emu_untilize_init("untilize_init_short", icb, site);
}

} // namespace ckernel
