/* compute_kernel_api.h - the basic set of vector engine calls. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_API
#include "tt-emu/sfpu_calls.h"
#undef SFPU_API

namespace ckernel {

template <PoolType pool, DataFormat format, auto... options>
ALWI void sfpu_reduce_init(EMU_SITE) {
  emu_sfpu_init(EMU_KEY_sfpu_reduce, uint32_t(pool) << 8 | uint32_t(format), 0,
                site);
}
template <PoolType pool, DataFormat format,
          ReduceDim dim = ReduceDim::REDUCE_COL, auto... options>
ALWI void sfpu_reduce(uint32_t idst, uint32_t ct_dim = 1, uint32_t rt_dim = 1,
                      EMU_SITE) {
  if (ct_dim * rt_dim != 1)
    emu_unsupported("sfpu_reduce over several tiles",
                    "reduce tile by tile and add the results", site);
  emu_sfpu_reduce(uint32_t(pool) << 8 | uint32_t(format), uint32_t(pool),
                  uint32_t(dim), uint32_t(format), idst, site);
}
ALWI void sfpu_add_top_row_init(EMU_SITE) {
  emu_sfpu_init(EMU_KEY_add_top_row, 0, 0, site);
}
template <DataFormat format>
ALWI void sfpu_add_top_row(uint32_t dst_tile_0, uint32_t dst_tile_1,
                           uint32_t dst_tile_out, EMU_SITE) {
  emu_sfpu_add_top_row(uint32_t(format), dst_tile_0, dst_tile_1, dst_tile_out,
                       site);
}

/*===- calls that are refused ---------------------------------------------===*/

#define EMU_REFUSED_SORT "sorting networks have no emulation; sort on the host"
ALWI void topk_tile_init(EMU_SITE) {
  emu_unsupported("topk_tile_init", EMU_REFUSED_SORT, site);
}
template <auto... options>
ALWI void topk_local_sort(uint32_t, int, int, int = 0, int = 0, int = 0,
                          EMU_SITE) {
  emu_unsupported("topk_local_sort", EMU_REFUSED_SORT, site);
}
template <auto... options> ALWI void topk_merge(uint32_t, int, int, EMU_SITE) {
  emu_unsupported("topk_merge", EMU_REFUSED_SORT, site);
}
template <auto... options>
ALWI void topk_rebuild(uint32_t, bool, int, int, int, int, EMU_SITE) {
  emu_unsupported("topk_rebuild", EMU_REFUSED_SORT, site);
}
template <auto... options> ALWI void max_reduce_with_indices_init(EMU_SITE) {
  emu_unsupported("max_reduce_with_indices_init", EMU_REFUSED_SORT, site);
}
template <auto... options>
ALWI void max_reduce_with_indices(uint32_t, uint32_t, uint32_t = 0, EMU_SITE) {
  emu_unsupported("max_reduce_with_indices", EMU_REFUSED_SORT, site);
}
#undef EMU_REFUSED_SORT

} // namespace ckernel
