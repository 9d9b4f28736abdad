/* rand.h - uniform random numbers. */
#pragma once

#include "api/compute/common_globals.h"

namespace ckernel {

ALWI void rand_tile_init(uint32_t seed = 0, EMU_SITE) {
  (void)seed;
  emu_sfpu_init(EMU_KEY_rand, 0, 0, site);
}
ALWI void rand_tile(uint32_t idst, uint32_t from, uint32_t scale, EMU_SITE) {
  emu_sfpu_unary(EMU_OP_rand_tile, 0, idst, 15, from, scale, 0, site);
}

} // namespace ckernel
