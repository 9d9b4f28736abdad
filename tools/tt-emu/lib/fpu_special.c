/* fpu_special.c - matrix engine operations with a tail: broadcast copies and
 * reductions, which leave modes that have to be undone, and transposition in
 * DST.
 */
#include "fpu.h"

#include <string.h>

/*===- broadcast copies ---------------------------------------------------===*/

/* 32-bit data goes to DST directly, SrcB being too narrow for it. */
static EmuFamily bcast_family(const EmuFiber *fiber, uint32_t broadcast,
                              const EmuCb *cb) {
  bool whole = cb && emu_format_whole(fiber->core, cb);
  uint8_t unpack = whole ? EMU_UNPACK_A : EMU_UNPACK_B;
  uint8_t math = whole ? EMU_MATH_COPY : EMU_MATH_COPY_B;
  EmuFamily family = {.unpack = {.op = unpack, .broadcast = (uint8_t)broadcast},
                      .math = {.op = math, .broadcast = (uint8_t)broadcast},
                      .init = "unary_bcast_init",
                      .uninit = "unary_bcast_uninit"};
  emu_family_operands(&family, fiber, whole ? cb : NULL, whole ? NULL : cb);
  return family;
}

void emu_unary_bcast_init(const char *call, uint32_t broadcast, uint32_t cb,
                          EmuSite site) {
  EmuFiber *fiber = emu_enter(site);
  EmuFamily family = bcast_family(fiber, broadcast, emu_cb(fiber->core, cb));
  emu_family_init(fiber, call, &family, site);
}

void emu_unary_bcast(const char *call, uint32_t broadcast, uint32_t cb,
                     uint32_t index, uint32_t dst, EmuSite site) {
  EmuFiber *fiber = emu_enter(site);
  EmuTileRef tile = emu_tile_ref(fiber, cb, index), none = {false, NULL, 0};
  EmuFamily family = bcast_family(fiber, broadcast, tile.cb);
  bool from_a = family.unpack.op == EMU_UNPACK_A;
  emu_family_run(fiber, call, &family, from_a ? tile : none,
                 from_a ? none : tile, 0, dst);
}

/* Whether 32-bit data was on its way to DST is known from the CB alone. */
void emu_unary_bcast_uninit(const char *call, uint32_t cb, EmuSite site) {
  EmuFiber *fiber = emu_enter(site);
  EmuCompute *compute = emu_compute_of(fiber);
  const EmuKey *key = &compute->unpack.key;
  EmuFamily family =
      bcast_family(fiber, key->broadcast, emu_cb(fiber->core, cb));
  if (fiber->risc == EMU_UNPACK && compute->unpack.uninit &&
      !emu_key_equal(key, &family.unpack))
    emu_report(EMU_UNINIT_MISSING,
               "%s for cb %u does not undo %s (line %u), which was for a "
               "buffer of another format",
               call, cb, compute->unpack.call, compute->unpack.site.line);
  if (fiber->risc == EMU_UNPACK)
    emu_unit_uninit(&compute->unpack, site);
  else if (fiber->risc == EMU_MATH)
    emu_unit_uninit(&compute->math, site);
}

/*===- reductions ---------------------------------------------------------===*/

static EmuFamily reduce_family(uint32_t pool, uint32_t dim) {
  /* An average is a sum; the scaler makes the difference. */
  uint8_t kind = pool == EMU_POOL_AVG ? EMU_POOL_SUM : (uint8_t)pool;
  return (EmuFamily){
      .unpack = {.op = EMU_UNPACK_REDUCE, .pool = kind, .dim = (uint8_t)dim},
      .math = {.op = EMU_MATH_REDUCE, .pool = kind, .dim = (uint8_t)dim},
      .init = "reduce_init"};
}

void emu_reduce_init(const char *call, uint32_t pool, uint32_t dim, uint32_t cb,
                     uint32_t scaler, EmuSite site) {
  static const EmuExtent kMask[] = {EMU_EXTENT_COLUMN, EMU_EXTENT_ROW,
                                    EMU_EXTENT_SCALAR};
  EmuFiber *fiber = emu_enter(site);
  EmuCompute *compute = emu_compute_of(fiber);
  EmuFamily family = reduce_family(pool, dim);
  emu_family_operands(&family, fiber, emu_cb(fiber->core, cb),
                      emu_cb(fiber->core, scaler));
  if (pool == EMU_POOL_MIN)
    emu_refuse("%s: the matrix engine has no minimum; reduce the negated tile "
               "with MAX, or use sfpu_reduce",
               call);
  emu_family_init(fiber, call, &family, site);
  if (fiber->risc == EMU_PACK) {
    if (compute->pack_mask != EMU_EXTENT_FULL &&
        compute->pack_mask != kMask[dim % 3])
      emu_report(EMU_UNINIT_MISSING,
                 "%s while the packer masks for a reduction along another "
                 "dimension\n"
                 "set at line %u; call reduce_uninit first",
                 call, compute->pack_mask_site.line);
    compute->pack_mask = kMask[dim % 3];
    compute->pack_mask_site = site;
  }
}

void emu_reduce(const char *call, uint32_t pool, uint32_t dim, uint32_t cb,
                uint32_t scaler, uint32_t index, uint32_t scaler_index,
                uint32_t dst, EmuSite site) {
  EmuFiber *fiber = emu_enter(site);
  EmuFamily family = reduce_family(pool, dim);
  emu_family_run(fiber, call, &family, emu_tile_ref(fiber, cb, index),
                 emu_tile_ref(fiber, scaler, scaler_index), 0, dst);
}

void emu_reduce_uninit(const char *call, EmuSite site) {
  EmuFiber *fiber = emu_enter(site);
  (void)call;
  if (fiber->risc == EMU_PACK)
    emu_compute_of(fiber)->pack_mask = EMU_EXTENT_FULL;
}

/*===- transposition in DST -----------------------------------------------===*/

static const EmuKey kTransposeDest = {.op = EMU_MATH_TRANSPOSE_DEST};

void emu_transpose_dest_init(const char *call, EmuSite site) {
  EmuFiber *fiber = emu_enter(site);
  if (fiber->risc == EMU_MATH)
    emu_unit_init(&emu_compute_of(fiber)->math, &kTransposeDest, call, site);
}

void emu_transpose_dest(const char *call, uint32_t dst, EmuSite site) {
  static EmuCounter count = {.group = "tile_ops", .name = "transpose_dest"};
  EmuFiber *fiber = emu_enter(site);
  EmuCompute *compute = emu_compute_of(fiber);
  if (fiber->risc != EMU_MATH)
    return;
  emu_unit_require(&compute->math, &kTransposeDest, call,
                   "transpose_dest_init");
  EmuSlot *slot = emu_dst_read(fiber, dst);
  if (compute->math.key.op != EMU_MATH_TRANSPOSE_DEST)
    return;
  emu_tile_transpose(&slot->tile, true, true);
  slot->extent = slot->extent == EMU_EXTENT_ROW      ? EMU_EXTENT_COLUMN
                 : slot->extent == EMU_EXTENT_COLUMN ? EMU_EXTENT_ROW
                                                     : slot->extent;
  emu_count(&count, 1);
}
