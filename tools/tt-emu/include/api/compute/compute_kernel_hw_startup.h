/* compute_kernel_hw_startup.h - the one configuration of all units. */
#pragma once

#include "api/compute/common_globals.h"

namespace ckernel {

template <SrcOrder order = SrcOrder::Regular>
ALWI void compute_kernel_hw_startup(uint32_t icb0, uint32_t icb1, uint32_t ocb,
                                    EMU_SITE) {
  constexpr bool reverse = order == SrcOrder::Reverse;
  emu_hw_startup("compute_kernel_hw_startup", reverse ? icb1 : icb0,
                 reverse ? icb0 : icb1, ocb, site);
}
template <SrcOrder order = SrcOrder::Regular>
ALWI void compute_kernel_hw_startup(uint32_t icb0, uint32_t ocb, EMU_SITE) {
  emu_hw_startup("compute_kernel_hw_startup", icb0, icb0, ocb, site);
}

} // namespace ckernel
