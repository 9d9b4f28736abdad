/* sfpu_special.c - vector engine operations that are not element by element:
 * reductions within DST and sums of top rows.
 */
#include "sfpu.h"

#include <math.h>
#include <string.h>

/* Accumulates `value` the way of a pool; integers as they are. */
static double pooled(uint32_t pool, double sum, double value) {
  if (pool == EMU_POOL_MAX)
    return value > sum ? value : sum;
  if (pool == EMU_POOL_MIN)
    return value < sum ? value : sum;
  return sum + value;
}

static double element(const EmuSlot *slot, uint32_t at) {
  return slot->kind == EMU_KIND_INTEGER ? (double)slot->tile.i[at]
                                        : (double)slot->tile.f[at];
}

static void set(EmuSlot *slot, uint32_t at, double value) {
  if (slot->kind == EMU_KIND_INTEGER)
    slot->tile.i[at] = (int32_t)value;
  else
    slot->tile.f[at] = (float)value;
}

/* Column sums end up in row 0, row sums in column 0. */
static void reduce(EmuSlot *slot, uint32_t pool, bool columns) {
  for (uint32_t line = 0; line < EMU_TILE_SIDE; ++line) {
    double sum = pool == EMU_POOL_MAX   ? -HUGE_VAL
                 : pool == EMU_POOL_MIN ? HUGE_VAL
                                        : 0;
    for (uint32_t i = 0; i < EMU_TILE_SIDE; ++i)
      sum = pooled(pool, sum,
                   element(slot, columns ? i * EMU_TILE_SIDE + line
                                         : line * EMU_TILE_SIDE + i));
    if (pool == EMU_POOL_AVG)
      sum /= (double)EMU_TILE_SIDE;
    set(slot, columns ? line : line * EMU_TILE_SIDE, sum);
  }
}

void emu_sfpu_reduce(uint32_t options, uint32_t pool, uint32_t dim,
                     uint32_t format, uint32_t dst, EmuSite site) {
  static EmuCounter count = EMU_COUNTER("tile_ops", "sfpu_reduce");
  EmuFiber *fiber = emu_enter(site);
  if (fiber->risc != EMU_MATH)
    return;
  bool sane = emu_sfpu_require(emu_compute_of(fiber), "sfpu_reduce",
                               EMU_KEY_sfpu_reduce, true, options);
  EmuSlot *slot = emu_dst_read(fiber, dst);
  emu_dst_load(fiber->core, slot,
               emu_format_is_integer((EmuFormat)format) ? EMU_KIND_INTEGER
                                                        : EMU_KIND_FLOAT);
  reduce(slot, pool, dim == EMU_REDUCE_COL);
  if (!sane)
    memset(&slot->tile, 0xff, sizeof slot->tile);
  if (slot->kind == EMU_KIND_FLOAT)
    emu_dst_round(fiber->core, slot->tile.f, EMU_TILE_ELEMENTS);
  slot->extent = dim == EMU_REDUCE_COL ? EMU_EXTENT_ROW : EMU_EXTENT_COLUMN;
  emu_count(&count, 1);
}

void emu_sfpu_add_top_row(uint32_t format, uint32_t dst0, uint32_t dst1,
                          uint32_t out, EmuSite site) {
  EmuFiber *fiber = emu_enter(site);
  if (fiber->risc != EMU_MATH)
    return;
  emu_sfpu_require(emu_compute_of(fiber), "sfpu_add_top_row",
                   EMU_KEY_add_top_row, false, 0);
  EmuKind kind = emu_format_is_integer((EmuFormat)format) ? EMU_KIND_INTEGER
                                                          : EMU_KIND_FLOAT;
  EmuSlot *a = emu_dst_read(fiber, dst0), *b = emu_dst_read(fiber, dst1);
  emu_dst_load(fiber->core, a, kind);
  emu_dst_load(fiber->core, b, kind);
  EmuSlot *result = emu_dst_slot(fiber, out);
  result->kind = kind;
  for (uint32_t i = 0; i < EMU_TILE_SIDE; ++i)
    set(result, i, element(a, i) + element(b, i));
  if (result->extent == EMU_EXTENT_NONE)
    result->extent = EMU_EXTENT_ROW;
}
