/* where.h - selection by a condition tile. */
#pragma once

#include "api/compute/common_globals.h"
#include "tt-emu/device_types.h"

#define SFPU_WHERE
#include "tt-emu/sfpu_calls.h"
#undef SFPU_WHERE

namespace ckernel {

template <DataFormat format = DataFormat::Float16_b>
ALWI void where_tile(uint32_t idst0, uint32_t idst1, uint32_t idst2,
                     uint32_t odst, EMU_SITE) {
  if constexpr (format == DataFormat::Int32 || format == DataFormat::UInt32)
    where_int32_tile(idst0, idst1, idst2, odst, site);
  else
    where_fp32_tile(idst0, idst1, idst2, odst, site);
}

} // namespace ckernel
