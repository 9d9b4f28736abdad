/* math.c - SrcA and SrcB to DST tiles.
 *
 * MATH waits for the operands that its programmed operation takes, whatever
 * the call, and gives their banks back to UNPACK. What it writes of a DST tile
 * is that tile's extent. The arithmetic itself is in fpu_arith.c.
 */
#include "fpu.h"

#include <string.h>

/* DST tile as floats to accumulate on: undefined reads as zero. */
static EmuSlot *accumulator(EmuFiber *fiber, uint32_t dst) {
  EmuSlot *slot = emu_dst_slot(fiber, dst);
  emu_dst_fill_undefined(slot, emu_float_bits(0.0f));
  emu_dst_load(fiber->core, slot, EMU_KIND_FLOAT);
  return slot;
}

static const EmuTile *float_operand(EmuOperand *operand, const char *call) {
  if (operand->kind == EMU_KIND_INTEGER && !operand->foreign)
    emu_refuse("%s on an integer tile: the matrix engine is emulated for "
               "floats; use the integer operations of the vector engine",
               call);
  return &operand->tile;
}

static void run_copy(EmuFiber *fiber, uint32_t which, const EmuKey *key,
                     uint32_t dst) {
  EmuOperand *operand = emu_source_wait(fiber, which);
  EmuSlot *slot = emu_dst_slot(fiber, dst);
  slot->tile = operand->tile;
  slot->kind = operand->kind;
  slot->extent = EMU_EXTENT_FULL;
  emu_fpu_broadcast(&slot->tile, key->broadcast);
  if (operand->kind == EMU_KIND_FLOAT)
    emu_dst_round(fiber->core, slot->tile.f, EMU_TILE_ELEMENTS);
  emu_source_clear(fiber, which);
}

/* DST tile through a source register: 19 bits of it. */
static void from_dst(EmuFiber *fiber, uint32_t dst, EmuTile *tile) {
  EmuSlot *slot = accumulator(fiber, dst);
  for (uint32_t i = 0; i < EMU_TILE_ELEMENTS; ++i)
    tile->f[i] = emu_truncate_tf32(slot->tile.f[i]);
}

static void run_reuse(EmuFiber *fiber, const EmuKey *key, uint32_t dst,
                      const char *call) {
  bool to_a = key->reuse == EMU_REUSE_TO_A;
  uint32_t which = to_a ? EMU_SRC_B : EMU_SRC_A;
  EmuTile moved;
  const EmuTile *other = float_operand(emu_source_wait(fiber, which), call);
  from_dst(fiber, dst, &moved);
  EmuSlot *slot = accumulator(fiber, dst);
  memset(&slot->tile, 0, sizeof slot->tile);
  emu_fpu_binary(fiber->core, key, slot->tile.f, to_a ? &moved : other,
                 to_a ? other : &moved);
  if (slot->extent == EMU_EXTENT_NONE)
    slot->extent = EMU_EXTENT_FULL;
  emu_source_clear(fiber, which);
}

/* Slot of a reduction. What it does not write is no value: NaN, so that it
 * shows when something reads it all the same. */
static EmuSlot *reduced_slot(EmuFiber *fiber, const EmuKey *key, uint32_t dst) {
  float empty = key->pool == EMU_POOL_MAX ? emu_bits_float(0xff800000u) : 0.0f;
  EmuSlot *slot = emu_dst_slot(fiber, dst);
  bool fresh = slot->extent == EMU_EXTENT_NONE;
  emu_dst_fill_undefined(slot, 0x7fc0dead);
  emu_dst_load(fiber->core, slot, EMU_KIND_FLOAT);
  uint32_t count = key->dim == EMU_REDUCE_SCALAR ? 1 : EMU_TILE_SIDE;
  uint32_t step = key->dim == EMU_REDUCE_ROW ? EMU_TILE_SIDE : 1;
  for (uint32_t i = 0; fresh && i < count; ++i)
    slot->tile.f[i * step] = empty;
  return slot;
}

static void run_reduce(EmuFiber *fiber, const EmuKey *key, uint32_t dst,
                       const char *call) {
  static const EmuExtent kExtent[] = {EMU_EXTENT_COLUMN, EMU_EXTENT_ROW,
                                      EMU_EXTENT_SCALAR};
  EmuOperand *scaler = emu_source_wait(fiber, EMU_SRC_B);
  EmuOperand *in = emu_source_wait(fiber, EMU_SRC_A);
  EmuSlot *slot = reduced_slot(fiber, key, dst);
  emu_fpu_reduce(fiber->core, key, slot->tile.f, float_operand(in, call),
                 float_operand(scaler, call));
  slot->extent = kExtent[key->dim % 3];
  emu_source_clear(fiber, EMU_SRC_A);
  emu_source_clear(fiber, EMU_SRC_B);
}

static void run_binary(EmuFiber *fiber, const EmuKey *key, uint32_t dst,
                       const char *call) {
  EmuOperand *b = emu_source_wait(fiber, EMU_SRC_B);
  EmuOperand *a = emu_source_wait(fiber, EMU_SRC_A);
  EmuSlot *slot = accumulator(fiber, dst);
  const EmuTile *ta = float_operand(a, call), *tb = float_operand(b, call);
  emu_fpu_binary(fiber->core, key, slot->tile.f, ta, tb);
  slot->extent = EMU_EXTENT_FULL;
  emu_source_clear(fiber, EMU_SRC_A);
  emu_source_clear(fiber, EMU_SRC_B);
}

static void run_multiply(EmuFiber *fiber, const EmuKey *key, uint32_t dst,
                         const char *call) {
  const EmuTile *in1 = float_operand(emu_source_wait(fiber, EMU_SRC_A), call);
  const EmuTile *in0 = float_operand(emu_source_wait(fiber, EMU_SRC_B), call);
  EmuSlot *slot = accumulator(fiber, dst);
  if (key->lost)
    memset(&slot->tile, 0xff, sizeof slot->tile);
  else
    emu_fpu_matmul(fiber->core, slot->tile.f, in0, in1);
  /* Added to a reduced tile, it counts no further than that. */
  if (slot->extent == EMU_EXTENT_NONE || key->lost)
    slot->extent = EMU_EXTENT_FULL;
}

static void run_matmul(EmuFiber *fiber, const EmuKey *key, uint32_t dst,
                       uint32_t ct, uint32_t rt, const char *call) {
  static EmuCounter count = {.group = "tile_ops", .name = "matmul"};
  uint32_t outer = key->by_rows ? rt : ct, inner = key->by_rows ? ct : rt;
  uint32_t held = key->by_rows ? EMU_SRC_B : EMU_SRC_A;
  for (uint32_t o = 0; o < outer; ++o) {
    for (uint32_t i = 0; i < inner; ++i) {
      uint32_t row = key->by_rows ? o : i, column = key->by_rows ? i : o;
      run_multiply(fiber, key, dst + row * ct + column, call);
      emu_source_clear(fiber, held == EMU_SRC_B ? EMU_SRC_A : EMU_SRC_B);
    }
    emu_source_clear(fiber, held);
  }
  emu_count(&count, (uint64_t)ct * rt);
}

void emu_math_run(EmuFiber *fiber, uint32_t dst, uint32_t ct, uint32_t rt,
                  const char *call) {
  static EmuCounter copies = {.group = "tile_ops", .name = "copy"};
  static EmuCounter binaries = {.group = "tile_ops", .name = "fpu_binary"};
  static EmuCounter reduces = {.group = "tile_ops", .name = "reduce"};
  EmuKey key = emu_compute_of(fiber)->math.key;
  switch ((EmuMathOp)key.op) {
  case EMU_MATH_COPY:
  case EMU_MATH_COPY_B:
    run_copy(fiber, key.op == EMU_MATH_COPY ? EMU_SRC_A : EMU_SRC_B, &key, dst);
    emu_count(&copies, 1);
    break;
  case EMU_MATH_MATMUL:
    run_matmul(fiber, &key, dst, ct, rt, call);
    break;
  case EMU_MATH_ADD:
  case EMU_MATH_SUB:
  case EMU_MATH_MUL:
    if (key.reuse)
      run_reuse(fiber, &key, dst, call);
    else
      run_binary(fiber, &key, dst, call);
    emu_count(&binaries, 1);
    break;
  case EMU_MATH_REDUCE:
    run_reduce(fiber, &key, dst, call);
    emu_count(&reduces, 1);
    break;
  case EMU_MATH_TRANSPOSE_DEST:
  case EMU_MATH_NONE: /* whatever was in DST stays */
    for (uint32_t i = 0; i < ct * rt; ++i) {
      EmuSlot *slot = emu_dst_slot(fiber, dst + i);
      if (slot->extent == EMU_EXTENT_NONE)
        slot->extent = EMU_EXTENT_FULL;
    }
    break;
  }
}
