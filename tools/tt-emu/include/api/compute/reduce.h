/* reduce.h - reductions within a tile. The defaults of the template arguments
 * are macros of the kernel, as in the SDK. */
#pragma once

#include "api/compute/common.h"

#ifdef REDUCE_OP
#define EMU_REDUCE_OP = REDUCE_OP
#else
#define EMU_REDUCE_OP
#endif
#ifdef REDUCE_DIM
#define EMU_REDUCE_DIM = REDUCE_DIM
#else
#define EMU_REDUCE_DIM
#endif

namespace ckernel {

template <PoolType pool EMU_REDUCE_OP, ReduceDim dim EMU_REDUCE_DIM,
          auto... options>
ALWI void reduce_init(uint32_t icb, uint32_t icb_scaler, uint32_t ocb,
                      EMU_SITE) {
  (void)ocb;
  emu_reduce_init("reduce_init", uint32_t(pool), uint32_t(dim), icb, icb_scaler,
                  site);
}
template <PoolType pool EMU_REDUCE_OP, ReduceDim dim EMU_REDUCE_DIM,
          auto... options>
ALWI void reduce_tile(uint32_t icb, uint32_t icb_scaler, uint32_t itile,
                      uint32_t itile_scaler, uint32_t idst, EMU_SITE) {
  emu_reduce("reduce_tile", uint32_t(pool), uint32_t(dim), icb, icb_scaler,
             itile, itile_scaler, idst, site);
}
template <auto... options> ALWI void reduce_uninit(EMU_SITE) {
  emu_reduce_uninit("reduce_uninit", site);
}
template <auto... options> ALWI void reduce_uninit(uint32_t icb, EMU_SITE) {
  (void)icb;
  emu_reduce_uninit("reduce_uninit", site);
}

/*===- older spellings ----------------------------------------------------===*/

template <bool at_start, PoolType pool EMU_REDUCE_OP,
          ReduceDim dim EMU_REDUCE_DIM, auto... options>
ALWI void reduce_init(uint32_t icb, uint32_t icb_scaler, uint32_t ocb = 16,
                      EMU_SITE) {
  emu_hw_startup("reduce_init", icb, icb_scaler, ocb, site);
  emu_reduce_init("reduce_init", uint32_t(pool), uint32_t(dim), icb, icb_scaler,
                  site);
}

template <bool at_start, PoolType pool EMU_REDUCE_OP,
          ReduceDim dim EMU_REDUCE_DIM, auto... options>
ALWI void reduce_init_delta(uint32_t icb = 0, uint32_t icb_scaler = 1,
                            uint32_t ocb = 16, EMU_SITE) {
  (void)ocb;
  emu_reduce_init("reduce_init_delta", uint32_t(pool), uint32_t(dim), icb,
                  icb_scaler, site);
}
template <auto... options>
ALWI void reduce_revert_delta(uint32_t ocb = 16, EMU_SITE) {
  (void)ocb;
  emu_reduce_uninit("reduce_revert_delta", site);
}

} // namespace ckernel

#undef EMU_REDUCE_OP
#undef EMU_REDUCE_DIM
