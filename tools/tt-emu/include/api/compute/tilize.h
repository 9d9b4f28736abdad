/* tilize.h - row-major data to tiles. */
#pragma once

#include "api/compute/common.h"

namespace ckernel {

ALWI void tilize_init(uint32_t icb, uint32_t block, uint32_t ocb, EMU_SITE) {
  emu_tilize_init("tilize_init", icb, block, ocb, site);
}
ALWI void tilize_block(uint32_t icb, uint32_t block, uint32_t ocb,
                       uint32_t input_tile_index = 0,
                       uint32_t output_tile_index = 0, EMU_SITE) {
  emu_tilize_block("tilize_block", icb, block, ocb, input_tile_index,
                   output_tile_index, site);
}
ALWI void tilize_uninit(uint32_t icb = 0, uint32_t ocb = 16, EMU_SITE) {
  emu_tilize_uninit("tilize_uninit", icb, ocb, site);
}

/*===- older and faster spellings -----------------------------------------===*/

/* Without the output: with the startup. */
ALWI void tilize_init(uint32_t icb, uint32_t block, EMU_SITE) {
  emu_hw_startup("tilize_init", icb, icb, 16, site);
  emu_tilize_init("tilize_init", icb, block, 16, site);
}
ALWI void tilize_init_short(uint32_t icb, uint32_t block, uint32_t ocb = 16,
                            EMU_SITE) {
  emu_tilize_init("tilize_init_short", icb, block, ocb, site);
}
ALWI void tilize_init_short_with_dt(uint32_t old_icb, uint32_t new_icb,
                                    uint32_t block, uint32_t ocb, EMU_SITE) {
  reconfig_data_format_srca(old_icb, new_icb, site);
  emu_tilize_init("tilize_init_short_with_dt", new_icb, block, ocb, site);
}
ALWI void tilize_uninit_with_dt(uint32_t old_icb, uint32_t new_icb,
                                uint32_t ocb, EMU_SITE) {
  emu_tilize_uninit("tilize_uninit_with_dt", old_icb, ocb, site);
  reconfig_data_format_srca(old_icb, new_icb, site);
}
ALWI void fast_tilize_init(uint32_t icb, uint32_t full_dim, uint32_t ocb,
                           EMU_SITE) {
  emu_tilize_init("fast_tilize_init", icb, full_dim, ocb, site);
}
ALWI void fast_tilize_block(uint32_t icb, uint32_t block, uint32_t ocb,
                            uint32_t input_tile_index = 0,
                            uint32_t output_tile_index = 0, EMU_SITE) {
  emu_tilize_block("fast_tilize_block", icb, block, ocb, input_tile_index,
                   output_tile_index, site);
}
ALWI void fast_tilize_uninit(uint32_t icb, uint32_t ocb, EMU_SITE) {
  emu_tilize_uninit("fast_tilize_uninit", icb, ocb, site);
}

} // namespace ckernel
