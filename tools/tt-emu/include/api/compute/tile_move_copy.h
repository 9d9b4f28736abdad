/* tile_move_copy.h - circular buffers to DST. */
#pragma once

#include "api/compute/common.h"

namespace ckernel {

ALWI void copy_init(uint32_t cbid, uint32_t transpose = 0,
                    uint32_t transpose_within_16x16_face = false, EMU_SITE) {
  emu_copy_init("copy_init", cbid, transpose, transpose_within_16x16_face,
                site);
}
ALWI void copy_tile(uint32_t in_cb_id, uint32_t in_tile_index,
                    uint32_t dst_tile_index, EMU_SITE) {
  emu_copy("copy_tile", in_cb_id, in_tile_index, dst_tile_index, 1, site);
}
ALWI void copy_block(uint32_t in_cb_id, uint32_t start_in_tile_index,
                     uint32_t start_dst_tile_index, uint32_t ntiles, EMU_SITE) {
  emu_copy("copy_block", in_cb_id, start_in_tile_index, start_dst_tile_index,
           ntiles, site);
}

/*===- older spellings ----------------------------------------------------===*/

ALWI void
copy_tile_to_dst_init_short(uint32_t cbid = 0, uint32_t transpose = 0,
                            uint32_t transpose_within_16x16_face = false,
                            EMU_SITE) {
  emu_copy_init("copy_tile_to_dst_init_short", cbid, transpose,
                transpose_within_16x16_face, site);
}
ALWI void copy_tile_init(uint32_t cbid = 0, EMU_SITE) {
  emu_copy_init("copy_tile_init", cbid, 0, 0, site);
}
ALWI void copy_tile_to_dst_init_short_with_dt(uint32_t old_cbid,
                                              uint32_t new_cbid,
                                              uint32_t transpose = 0,
                                              EMU_SITE) {
  reconfig_data_format_srca(old_cbid, new_cbid, site);
  emu_copy_init("copy_tile_to_dst_init_short_with_dt", new_cbid, transpose, 0,
                site);
}
ALWI void copy_block_matmul_partials(uint32_t in_cb_id,
                                     uint32_t start_in_tile_index,
                                     uint32_t start_dst_tile_index,
                                     uint32_t ntiles, EMU_SITE) {
  emu_copy("copy_block_matmul_partials", in_cb_id, start_in_tile_index,
           start_dst_tile_index, ntiles, site);
}

} // namespace ckernel
