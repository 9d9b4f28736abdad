/* eltwise_unary.h - startup for one operand, older spellings. */
#pragma once

#include "api/compute/common.h"

namespace ckernel {

ALWI void unary_op_init_common(uint32_t icb, uint32_t ocb = 16, EMU_SITE) {
  emu_hw_startup("unary_op_init_common", icb, icb, ocb, site);
  emu_copy_init("unary_op_init_common", icb, 0, 0, site);
}
ALWI void unary_op_init_common_no_pack(uint32_t icb, EMU_SITE) {
  emu_copy_init("unary_op_init_common_no_pack", icb, 0, 0, site);
}
ALWI void init_sfpu(uint32_t icb, uint32_t ocb = 16, EMU_SITE) {
  emu_hw_startup("init_sfpu", icb, icb, ocb, site);
  emu_copy_init("init_sfpu", icb, 0, 0, site);
}

} // namespace ckernel
