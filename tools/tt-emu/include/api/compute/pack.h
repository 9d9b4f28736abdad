/* pack.h - DST to circular buffers. */
#pragma once

#include "api/compute/common_globals.h"

namespace ckernel {

ALWI void pack_init(uint32_t ocb, EMU_SITE) {
  emu_pack_init("pack_init", ocb, site);
}
template <bool out_of_order_output = false>
ALWI void pack_tile(uint32_t ifrom_dst, uint32_t icb,
                    std::uint32_t output_tile_index = 0, EMU_SITE) {
  emu_pack("pack_tile", ifrom_dst, icb, output_tile_index, out_of_order_output,
           1, site);
}
ALWI void pack_block(uint32_t ifrom_dst, uint32_t icb, uint32_t ntiles,
                     EMU_SITE) {
  emu_pack("pack_block", ifrom_dst, icb, 0, 0, ntiles, site);
}
ALWI void pack_tile_block(uint32_t ifrom_dst, uint32_t icb, uint32_t ntiles,
                          EMU_SITE) {
  emu_pack("pack_tile_block", ifrom_dst, icb, 0, 0, ntiles, site);
}
ALWI void matmul_pack_tile(uint32_t ifrom_dst, uint32_t icb, uint32_t ntiles,
                           EMU_SITE) {
  emu_pack("matmul_pack_tile", ifrom_dst, icb, 0, 0, ntiles, site);
}
template <auto... options>
ALWI void pack_reconfig_data_format(const uint32_t new_operand, EMU_SITE) {
  emu_pack_reconfig("pack_reconfig_data_format", new_operand, site);
}
template <auto... options>
ALWI void pack_reconfig_data_format(const uint32_t old_operand,
                                    const uint32_t new_operand, EMU_SITE) {
  if (emu_formats_differ(old_operand, new_operand))
    emu_pack_reconfig("pack_reconfig_data_format", new_operand, site);
}
ALWI void pack_reconfig_l1_acc(const uint32_t l1_acc_en, EMU_SITE) {
  emu_pack_l1_acc(l1_acc_en, site);
}
ALWI void pack_relu_config(const uint32_t config, EMU_SITE) {
  emu_pack_relu(config, site);
}
ALWI void pack_rows_init(uint32_t num_rows, EMU_SITE) {
  emu_pack_rows_init(num_rows, site);
}
ALWI void pack_rows(uint32_t idst, uint32_t ocb, uint32_t output_index = 0,
                    EMU_SITE) {
  emu_pack_rows(idst, ocb, output_index, site);
}
ALWI void pack_rows_uninit(EMU_SITE) { emu_pack_rows_uninit(site); }

} // namespace ckernel
