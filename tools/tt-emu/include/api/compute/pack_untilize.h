/* pack_untilize.h - tiles to row-major data, on the packer's side. */
#pragma once

#include "api/compute/common.h"

namespace ckernel {

template <uint32_t block_ct_dim = 8, uint32_t full_ct_dim = block_ct_dim>
ALWI void pack_untilize_init(uint32_t icb, uint32_t ocb, EMU_SITE) {
  emu_pack_untilize_init("pack_untilize_init", icb, ocb, block_ct_dim,
                         full_ct_dim, 1, site);
}
template <uint32_t block_ct_dim = 8, uint32_t full_ct_dim = block_ct_dim>
ALWI void pack_untilize_block(uint32_t icb, uint32_t block_rt_dim, uint32_t ocb,
                              uint32_t block_c_index = 0, EMU_SITE) {
  emu_pack_untilize_block("pack_untilize_block", icb, block_rt_dim, ocb,
                          block_ct_dim, full_ct_dim, block_c_index, site);
}
template <uint32_t block_ct_dim = 8, uint32_t full_ct_dim = block_ct_dim,
          bool diagonal = false, auto... options>
ALWI void pack_untilize_dest_init(uint32_t ocb, uint32_t face_r_dim = 16,
                                  uint32_t num_faces = 4, EMU_SITE) {
  static_assert(!diagonal, "diagonal pack_untilize is not emulated");
  (void)face_r_dim, (void)num_faces;
  emu_pack_untilize_init("pack_untilize_dest_init", ocb, ocb, block_ct_dim,
                         full_ct_dim, 0, site);
}
template <uint32_t block_ct_dim = 8, uint32_t full_ct_dim = block_ct_dim,
          bool diagonal = false, auto... options>
ALWI void pack_untilize_dest(uint32_t ocb, uint32_t block_rt_dim = 1,
                             uint32_t block_c_index = 0,
                             uint32_t face_r_dim = 16, uint32_t num_faces = 4,
                             uint32_t tile_dst_offset = 0, EMU_SITE) {
  static_assert(!diagonal, "diagonal pack_untilize is not emulated");
  (void)face_r_dim, (void)num_faces;
  emu_pack_untilize_dest("pack_untilize_dest", ocb, block_rt_dim, block_c_index,
                         block_ct_dim, full_ct_dim, tile_dst_offset, site);
}
ALWI void pack_untilize_uninit(uint32_t ocb = 16, EMU_SITE) {
  emu_pack_untilize_uninit("pack_untilize_uninit", ocb, site);
}

/*===- older spellings ----------------------------------------------------===*/

template <uint32_t block_ct_dim = 8, uint32_t full_ct_dim = block_ct_dim>
ALWI void pack_untilize_init_short(uint32_t icb, uint32_t ocb, EMU_SITE) {
  emu_pack_untilize_init("pack_untilize_init_short", icb, ocb, block_ct_dim,
                         full_ct_dim, 1, site);
}
template <uint32_t block_ct_dim = 8, uint32_t full_ct_dim = block_ct_dim,
          bool diagonal = false, auto... options>
ALWI void pack_untilize_dst_init_short(uint32_t ocb, uint32_t face_r_dim = 16,
                                       uint32_t num_faces = 4, EMU_SITE) {
  static_assert(!diagonal, "diagonal pack_untilize is not emulated");
  (void)face_r_dim, (void)num_faces;
  emu_pack_untilize_init("pack_untilize_dst_init_short", ocb, ocb, block_ct_dim,
                         full_ct_dim, 0, site);
}
template <uint32_t block_ct_dim = 8, uint32_t full_ct_dim = block_ct_dim,
          bool diagonal = false, auto... options>
ALWI void pack_untilize_dst(uint32_t ocb, uint32_t block_rt_dim = 1,
                            uint32_t block_c_index = 0,
                            uint32_t face_r_dim = 16, uint32_t num_faces = 4,
                            EMU_SITE) {
  pack_untilize_dest<block_ct_dim, full_ct_dim, diagonal>(
      ocb, block_rt_dim, block_c_index, face_r_dim, num_faces, 0, site);
}

} // namespace ckernel
