/* matmul.h - products of tiles and blocks. in0 goes to SrcB, in1 to SrcA. */
#pragma once

#include "api/compute/common.h"

namespace ckernel {

ALWI void matmul_init(uint32_t in0_cb_id, uint32_t in1_cb_id,
                      const uint32_t transpose = 0, EMU_SITE) {
  emu_matmul_init("matmul_init", in0_cb_id, in1_cb_id, transpose, 1, 1, 1,
                  site);
}
ALWI void matmul_block_init(uint32_t in0_cb_id, uint32_t in1_cb_id,
                            const uint32_t transpose = 0, uint32_t ct_dim = 1,
                            uint32_t rt_dim = 1, uint32_t kt_dim = 1,
                            EMU_SITE) {
  emu_matmul_init("matmul_block_init", in0_cb_id, in1_cb_id, transpose, ct_dim,
                  rt_dim, kt_dim, site);
}
ALWI void matmul_tiles(uint32_t in0_cb_id, uint32_t in1_cb_id,
                       uint32_t in0_tile_index, uint32_t in1_tile_index,
                       uint32_t idst, EMU_SITE) {
  emu_matmul("matmul_tiles", in0_cb_id, in1_cb_id, in0_tile_index,
             in1_tile_index, idst, EMU_AS_INIT, 1, 1, 1, site);
}
/* Older: the transposition repeated. */
ALWI void matmul_tiles(uint32_t in0_cb_id, uint32_t in1_cb_id,
                       uint32_t in0_tile_index, uint32_t in1_tile_index,
                       uint32_t idst, const uint32_t transpose, EMU_SITE) {
  (void)transpose;
  emu_matmul("matmul_tiles", in0_cb_id, in1_cb_id, in0_tile_index,
             in1_tile_index, idst, EMU_AS_INIT, 1, 1, 1, site);
}
ALWI void matmul_block(uint32_t in0_cb_id, uint32_t in1_cb_id,
                       uint32_t in0_tile_index, uint32_t in1_tile_index,
                       uint32_t idst, const uint32_t transpose, uint32_t ct_dim,
                       uint32_t rt_dim, uint32_t kt_dim, EMU_SITE) {
  emu_matmul("matmul_block", in0_cb_id, in1_cb_id, in0_tile_index,
             in1_tile_index, idst, transpose != 0, ct_dim, rt_dim, kt_dim,
             site);
}
ALWI void matmul_block_k_loop(uint32_t in0_cb_id, uint32_t in1_cb_id,
                              uint32_t in0_tile_index, uint32_t in1_tile_index,
                              uint32_t idst, const uint32_t transpose,
                              uint32_t ct_dim, uint32_t rt_dim, uint32_t kt_dim,
                              uint32_t k_steps, uint32_t in0_k_stride,
                              uint32_t in1_k_stride, EMU_SITE) {
  for (uint32_t k = 0; k < k_steps; ++k)
    matmul_block(in0_cb_id, in1_cb_id, in0_tile_index + k * in0_k_stride,
                 in1_tile_index + k * in1_k_stride, idst, transpose, ct_dim,
                 rt_dim, kt_dim, site);
}

/*===- older spellings ----------------------------------------------------===*/

ALWI void matmul_tile(uint32_t in0_cb_id, uint32_t in1_cb_id,
                      uint32_t in0_tile_index, uint32_t in1_tile_index,
                      uint32_t idst, const uint32_t transpose = 0, EMU_SITE) {
  (void)transpose;
  emu_matmul("matmul_tile", in0_cb_id, in1_cb_id, in0_tile_index,
             in1_tile_index, idst, EMU_AS_INIT, 1, 1, 1, site);
}
ALWI void mm_init_short(uint32_t in0_cb_id = 0, uint32_t in1_cb_id = 1,
                        const uint32_t transpose = 0, EMU_SITE) {
  emu_matmul_init("mm_init_short", in0_cb_id, in1_cb_id, transpose, 1, 1, 1,
                  site);
}
ALWI void mm_init(uint32_t in0_cb_id = 0, uint32_t in1_cb_id = 1,
                  uint32_t out_cb_id = 16, const uint32_t transpose = 0,
                  EMU_SITE) {
  emu_hw_startup("mm_init", in1_cb_id, in0_cb_id, out_cb_id, site);
  emu_matmul_init("mm_init", in0_cb_id, in1_cb_id, transpose, 1, 1, 1, site);
}
ALWI void mm_init_short_with_dt(uint32_t in0_cb_id, uint32_t in1_cb_id,
                                uint32_t c_in_old_srca,
                                const uint32_t transpose = 0, EMU_SITE) {
  reconfig_data_format_srca(c_in_old_srca, in1_cb_id, site);
  emu_matmul_init("mm_init_short_with_dt", in0_cb_id, in1_cb_id, transpose, 1,
                  1, 1, site);
}
ALWI void mm_block_init_short(uint32_t in0_cb_id = 0, uint32_t in1_cb_id = 1,
                              const uint32_t transpose = 0, uint32_t ct_dim = 1,
                              uint32_t rt_dim = 1, uint32_t kt_dim = 1,
                              EMU_SITE) {
  emu_matmul_init("mm_block_init_short", in0_cb_id, in1_cb_id, transpose,
                  ct_dim, rt_dim, kt_dim, site);
}
ALWI void mm_block_init(uint32_t in0_cb_id = 0, uint32_t in1_cb_id = 1,
                        uint32_t out_cb_id = 16, const uint32_t transpose = 0,
                        uint32_t ct_dim = 1, uint32_t rt_dim = 1,
                        uint32_t kt_dim = 1, EMU_SITE) {
  emu_hw_startup("mm_block_init", in1_cb_id, in0_cb_id, out_cb_id, site);
  emu_matmul_init("mm_block_init", in0_cb_id, in1_cb_id, transpose, ct_dim,
                  rt_dim, kt_dim, site);
}
ALWI void mm_block_init_short_with_dt(uint32_t in0_cb_id, uint32_t in1_cb_id,
                                      uint32_t old_in1_cb_id,
                                      const uint32_t transpose = 0,
                                      uint32_t ct_dim = 1, uint32_t rt_dim = 1,
                                      uint32_t kt_dim = 1, EMU_SITE) {
  reconfig_data_format_srca(old_in1_cb_id, in1_cb_id, site);
  mm_block_init_short(in0_cb_id, in1_cb_id, transpose, ct_dim, rt_dim, kt_dim,
                      site);
}
ALWI void mm_block_init_short_with_both_dt(
    uint32_t in0_cb_id, uint32_t in1_cb_id, uint32_t old_in0_cb_id,
    uint32_t old_in1_cb_id, const uint32_t transpose = 0, uint32_t ct_dim = 1,
    uint32_t rt_dim = 1, uint32_t kt_dim = 1, EMU_SITE) {
  reconfig_data_format(old_in1_cb_id, in1_cb_id, old_in0_cb_id, in0_cb_id,
                       site);
  mm_block_init_short(in0_cb_id, in1_cb_id, transpose, ct_dim, rt_dim, kt_dim,
                      site);
}

} // namespace ckernel
