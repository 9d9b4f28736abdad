/* reconfig_data_format.h - formats of SrcA and SrcB. The forms with an old
 * operand do nothing when the formats agree. */
#pragma once

#include "api/compute/common_globals.h"

namespace ckernel {

template <auto... options>
ALWI void reconfig_data_format_srca(const uint32_t srca_new, EMU_SITE) {
  emu_reconfig("reconfig_data_format_srca", EMU_OPERAND_A, srca_new, srca_new,
               site);
}
template <auto... options>
ALWI void reconfig_data_format_srcb(const uint32_t srcb_new, EMU_SITE) {
  emu_reconfig("reconfig_data_format_srcb", EMU_OPERAND_B, srcb_new, srcb_new,
               site);
}
template <auto... options>
ALWI void reconfig_data_format_srca(const uint32_t srca_old,
                                    const uint32_t srca_new, EMU_SITE) {
  if (emu_formats_differ(srca_old, srca_new))
    reconfig_data_format_srca(srca_new, site);
}
template <auto... options>
ALWI void reconfig_data_format_srcb(const uint32_t srcb_old,
                                    const uint32_t srcb_new, EMU_SITE) {
  if (emu_formats_differ(srcb_old, srcb_new))
    reconfig_data_format_srcb(srcb_new, site);
}
/* With SrcOrder::Reverse the first operand is SrcB's (matmul). */
template <auto... options>
ALWI void reconfig_data_format(const uint32_t first, const uint32_t second,
                               EMU_SITE) {
  constexpr bool reverse =
      emu_option<SrcOrder, options...>(SrcOrder::Regular) == SrcOrder::Reverse;
  emu_reconfig("reconfig_data_format", EMU_OPERAND_A | EMU_OPERAND_B,
               reverse ? second : first, reverse ? first : second, site);
}
template <auto... options>
ALWI void reconfig_data_format(const uint32_t srca_old, const uint32_t srca_new,
                               const uint32_t srcb_old, const uint32_t srcb_new,
                               EMU_SITE) {
  reconfig_data_format_srca(srca_old, srca_new, site);
  reconfig_data_format_srcb(srcb_old, srcb_new, site);
}
template <auto... options>
ALWI void reconfig_full_operand(const uint32_t first, const uint32_t second,
                                EMU_SITE) {
  reconfig_data_format<options...>(first, second, site);
}
template <auto... options>
ALWI void reconfig_tile_shape(const uint32_t first, const uint32_t second,
                              EMU_SITE) {
  reconfig_data_format<options...>(first, second, site);
}

/*===- older spellings ----------------------------------------------------===*/

ALWI void unpack_reconfig_data_format(const uint32_t srca_new,
                                      const uint32_t srcb_new, EMU_SITE) {
  reconfig_data_format(srca_new, srcb_new, site);
}
ALWI void unpack_reconfig_data_format(const uint32_t srca_old,
                                      const uint32_t srca_new,
                                      const uint32_t srcb_old,
                                      const uint32_t srcb_new, EMU_SITE) {
  reconfig_data_format(srca_old, srca_new, srcb_old, srcb_new, site);
}
ALWI void unpack_reconfig_data_format_srca(const uint32_t srca_new, EMU_SITE) {
  reconfig_data_format_srca(srca_new, site);
}
ALWI void unpack_reconfig_data_format_srca(const uint32_t srca_old,
                                           const uint32_t srca_new, EMU_SITE) {
  reconfig_data_format_srca(srca_old, srca_new, site);
}
ALWI void unpack_reconfig_data_format_srcb(const uint32_t srcb_new, EMU_SITE) {
  reconfig_data_format_srcb(srcb_new, site);
}
ALWI void unpack_reconfig_data_format_srcb(const uint32_t srcb_old,
                                           const uint32_t srcb_new, EMU_SITE) {
  reconfig_data_format_srcb(srcb_old, srcb_new, site);
}

} // namespace ckernel
