/* reg_api.h - DST sections. */
#pragma once

#include "api/compute/common_globals.h"

namespace tt {
enum DstMode : uint8_t { Full, Half, Tile, NUM_DST_MODES };
} // namespace tt

namespace ckernel {

ALWI void tile_regs_acquire(EMU_SITE) { emu_tile_regs_acquire(site); }
ALWI void tile_regs_commit(EMU_SITE) { emu_tile_regs_commit(site); }
ALWI void tile_regs_wait(EMU_SITE) { emu_tile_regs_wait(site); }
ALWI void tile_regs_release(EMU_SITE) { emu_tile_regs_release(site); }

/* Older: both units at once; the oldest named how DST is divided. */
ALWI void acquire_dst(EMU_SITE) {
  emu_tile_regs_acquire(site);
  emu_tile_regs_wait(site);
}
ALWI void release_dst(EMU_SITE) {
  emu_tile_regs_commit(site);
  emu_tile_regs_release(site);
}

ALWI void acquire_dst(tt::DstMode, EMU_SITE) { acquire_dst(site); }
ALWI void release_dst(tt::DstMode, EMU_SITE) { release_dst(site); }

} // namespace ckernel
