/* mask.h - elements whose mask is zero become zero or infinite. The mask is the
 * tile after the data, whatever the argument says. */
#pragma once

#include "api/compute/common_globals.h"
#include "tt-emu/device_types.h"

#define SFPU_MASK
#include "tt-emu/sfpu_calls.h"
#undef SFPU_MASK

namespace ckernel {

ALWI void mask_tile(uint32_t idst_data, uint32_t idst2_mask,
                    DataFormat data_format = DataFormat::Float16_b, EMU_SITE) {
  (void)idst2_mask;
  if (data_format == DataFormat::Int32)
    mask_int32_tile(idst_data, idst_data + 1, idst_data, site);
  else
    mask_float_tile(idst_data, idst_data + 1, idst_data, site);
}
ALWI void mask_posinf_tile(uint32_t idst_data, uint32_t idst2_mask, EMU_SITE) {
  (void)idst2_mask;
  mask_posinf_float_tile(idst_data, idst_data + 1, idst_data, site);
}

} // namespace ckernel
