/* fpu.c - matrix engine operations: one init and one call per family.
 *
 * A call names its tiles to UNPACK and its DST index to MATH; both then run
 * what their macro slots hold (unpack.c, math.c). Whether that is what the call
 * means is checked against the key that its own init would have programmed.
 */
#include "compute.h"

#include <string.h>

/*===- the two halves of an operation -------------------------------------===*/

void emu_family_operands(EmuFamily *family, const EmuFiber *fiber,
                         const EmuCb *a, const EmuCb *b) {
  family->unpack.formats[EMU_SRC_A] = emu_format_number(fiber, a);
  family->unpack.formats[EMU_SRC_B] = emu_format_number(fiber, b);
}

void emu_family_init(EmuFiber *fiber, const char *call, const EmuFamily *family,
                     EmuSite site) {
  static EmuCounter count = {.group = "inits", .name = "fpu"};
  EmuCompute *compute = emu_compute_of(fiber);
  if (fiber->risc == EMU_UNPACK) {
    emu_unit_init(&compute->unpack, &family->unpack, call, site);
    compute->unpack.uninit = family->uninit;
  } else if (fiber->risc == EMU_MATH) {
    emu_unit_init(&compute->math, &family->math, call, site);
    emu_count(&count, 1);
  }
}

void emu_family_run(EmuFiber *fiber, const char *call, const EmuFamily *family,
                    EmuTileRef a, EmuTileRef b, uint32_t row, uint32_t dst) {
  EmuCompute *compute = emu_compute_of(fiber);
  if (fiber->risc == EMU_UNPACK) {
    EmuFamily wanted = *family;
    emu_family_operands(&wanted, fiber, a.cb, b.cb);
    emu_unit_require(&compute->unpack, &wanted.unpack, call, family->init);
    emu_unpack_run(fiber, a, b, row);
  } else if (fiber->risc == EMU_MATH) {
    emu_unit_require(&compute->math, &family->math, call, family->init);
    emu_math_run(fiber, dst, 1, 1, call);
  }
}

EmuTileRef emu_tile_ref(EmuFiber *fiber, uint32_t cb, uint32_t index) {
  return (EmuTileRef){true, emu_cb(fiber->core, cb), index};
}

static const EmuTileRef kNoTile = {false, NULL, 0};

/*===- matmul -------------------------------------------------------------===*/

static EmuFamily matmul_family(EmuFiber *fiber, uint32_t in0, uint32_t in1,
                               uint32_t transpose, uint32_t ct, uint32_t rt,
                               uint32_t kt) {
  bool by_rows = ct >= rt;
  EmuFamily family = {.unpack = {.op = EMU_UNPACK_MATMUL,
                                 .swap_faces = transpose != 0,
                                 .swap_in_face = transpose != 0,
                                 .by_rows = by_rows,
                                 .ct = ct,
                                 .rt = rt,
                                 .kt = kt},
                      .math = {.op = EMU_MATH_MATMUL,
                               .by_rows = by_rows,
                               .ct = ct,
                               .rt = rt,
                               .kt = kt},
                      .init = "matmul_init"};
  emu_family_operands(&family, fiber, emu_cb(fiber->core, in1),
                      emu_cb(fiber->core, in0));
  return family;
}

void emu_matmul_init(const char *call, uint32_t in0, uint32_t in1,
                     uint32_t transpose, uint32_t ct, uint32_t rt, uint32_t kt,
                     EmuSite site) {
  EmuFiber *fiber = emu_enter(site);
  EmuFamily family = matmul_family(fiber, in0, in1, transpose, ct, rt, kt);
  emu_family_init(fiber, call, &family, site);
}

static void unpack_block(EmuFiber *fiber, EmuTileRef in0, EmuTileRef in1,
                         uint32_t ct, uint32_t rt, uint32_t kt) {
  EmuKey key = emu_compute_of(fiber)->unpack.key;
  bool by_rows = ct >= rt;
  uint32_t outer = by_rows ? rt : ct, inner = by_rows ? ct : rt;
  for (uint32_t o = 0; o < outer; ++o)
    for (uint32_t i = 0; i < inner; ++i) {
      uint32_t row = by_rows ? o : i, column = by_rows ? i : o;
      EmuTileRef left = in0, right = in1;
      left.index += row * kt;
      right.index += column;
      if (i == 0 || !by_rows)
        emu_unpack_operand(fiber, EMU_SRC_B, left, &key);
      if (i == 0 || by_rows)
        emu_unpack_operand(fiber, EMU_SRC_A, right, &key);
    }
}

/* A block may be smaller than the one its init was called for as long as the
 * init holds the same operand (METALIUM sheet §3.2). */
static void allow_smaller(EmuKey *wanted, const EmuKey *has) {
  if (wanted->by_rows != has->by_rows || wanted->ct > has->ct ||
      wanted->rt > has->rt)
    return;
  wanted->ct = has->ct;
  wanted->rt = has->rt;
}

void emu_matmul(const char *call, uint32_t in0, uint32_t in1, uint32_t index0,
                uint32_t index1, uint32_t dst, uint32_t transpose, uint32_t ct,
                uint32_t rt, uint32_t kt, EmuSite site) {
  EmuFiber *fiber = emu_enter(site);
  EmuCompute *compute = emu_compute_of(fiber);
  bool unpacks = fiber->risc == EMU_UNPACK;
  if (fiber->risc == EMU_PACK)
    return;
  EmuUnit *unit = unpacks ? &compute->unpack : &compute->math;
  bool block = transpose != EMU_AS_INIT;
  EmuFamily family =
      matmul_family(fiber, in0, in1, block ? transpose : 0, ct, rt, kt);
  EmuKey *wanted = unpacks ? &family.unpack : &family.math;
  if (block) {
    allow_smaller(wanted, &unit->key);
  } else {
    family.unpack.swap_faces = compute->unpack.key.swap_faces;
    family.unpack.swap_in_face = compute->unpack.key.swap_in_face;
  }
  emu_unit_require(unit, wanted, call,
                   block ? "matmul_block_init" : "matmul_init");
  if (!unpacks) {
    emu_math_run(fiber, dst, ct, rt, call);
    return;
  }
  EmuTileRef left = emu_tile_ref(fiber, in0, index0);
  EmuTileRef right = emu_tile_ref(fiber, in1, index1);
  if (unit->key.op == EMU_UNPACK_MATMUL)
    unpack_block(fiber, left, right, ct, rt, kt);
  else
    emu_unpack_run(fiber, right, left, 0);
}

/*===- element-wise -------------------------------------------------------===*/

static const uint8_t kMathOf[] = {EMU_MATH_ADD, EMU_MATH_SUB, EMU_MATH_MUL};

static EmuFamily binary_family(uint32_t op, uint32_t broadcast,
                               uint32_t accumulate) {
  static const char *const kInit[] = {"add_init", "sub_init", "mul_init"};
  return (EmuFamily){
      .unpack = {.op = EMU_UNPACK_AB, .broadcast = (uint8_t)broadcast},
      .math = {.op = kMathOf[op],
               .broadcast = (uint8_t)broadcast,
               .accumulate = op != EMU_MUL && accumulate},
      .init = broadcast ? "its bcast init" : kInit[op]};
}

void emu_binary_init(const char *call, uint32_t op, uint32_t broadcast,
                     uint32_t a, uint32_t b, uint32_t accumulate,
                     EmuSite site) {
  EmuFiber *fiber = emu_enter(site);
  EmuFamily family = binary_family(op, broadcast, accumulate);
  emu_family_operands(&family, fiber, emu_cb(fiber->core, a),
                      emu_cb(fiber->core, b));
  emu_family_init(fiber, call, &family, site);
}

void emu_binary_unpack_init(const char *call, uint32_t a, uint32_t b,
                            EmuSite site) {
  EmuFiber *fiber = emu_enter(site);
  EmuFamily family = {.unpack = {.op = EMU_UNPACK_AB}};
  emu_family_operands(&family, fiber, emu_cb(fiber->core, a),
                      emu_cb(fiber->core, b));
  if (fiber->risc == EMU_UNPACK)
    emu_unit_init(&emu_compute_of(fiber)->unpack, &family.unpack, call, site);
}

void emu_binary(const char *call, uint32_t op, uint32_t broadcast, uint32_t a,
                uint32_t b, uint32_t index_a, uint32_t index_b, uint32_t dst,
                uint32_t row, EmuSite site) {
  EmuFiber *fiber = emu_enter(site);
  EmuFamily family = binary_family(op, broadcast, 0);
  /* Only the init says whether to accumulate. */
  if (op != EMU_MUL)
    family.math.accumulate = emu_compute_of(fiber)->math.key.accumulate;
  emu_family_run(fiber, call, &family, emu_tile_ref(fiber, a, index_a),
                 emu_tile_ref(fiber, b, index_b), row, dst);
}

static EmuFamily reuse_family(uint32_t op, uint32_t reuse) {
  bool to_a = reuse == EMU_REUSE_TO_A;
  return (EmuFamily){.unpack = {.op = to_a ? EMU_UNPACK_B : EMU_UNPACK_A,
                                .reuse = (uint8_t)reuse},
                     .math = {.op = kMathOf[op], .reuse = (uint8_t)reuse},
                     .init = "its reuse_dest init"};
}

void emu_reuse_init(const char *call, uint32_t op, uint32_t reuse, uint32_t cb,
                    EmuSite site) {
  EmuFiber *fiber = emu_enter(site);
  EmuFamily family = reuse_family(op, reuse);
  const EmuCb *other = emu_cb(fiber->core, cb);
  bool to_a = reuse == EMU_REUSE_TO_A;
  emu_family_operands(&family, fiber, to_a ? NULL : other, to_a ? other : NULL);
  emu_family_init(fiber, call, &family, site);
}

void emu_reuse(const char *call, uint32_t op, uint32_t reuse, uint32_t cb,
               uint32_t index, uint32_t dst, EmuSite site) {
  EmuFiber *fiber = emu_enter(site);
  EmuFamily family = reuse_family(op, reuse);
  EmuTileRef tile = emu_tile_ref(fiber, cb, index);
  bool to_a = reuse == EMU_REUSE_TO_A;
  emu_family_run(fiber, call, &family, to_a ? kNoTile : tile,
                 to_a ? tile : kNoTile, 0, dst);
}

/*===- copies -------------------------------------------------------------===*/

EmuFamily emu_family_copy(bool swap_faces, bool swap_in_face) {
  return (EmuFamily){.unpack = {.op = EMU_UNPACK_A,
                                .swap_faces = swap_faces,
                                .swap_in_face = swap_in_face},
                     .math = {.op = EMU_MATH_COPY},
                     .init = "copy_init"};
}

void emu_copy_init(const char *call, uint32_t cb, uint32_t transpose,
                   uint32_t transpose_in_face, EmuSite site) {
  EmuFiber *fiber = emu_enter(site);
  EmuFamily family = emu_family_copy(transpose != 0, transpose_in_face != 0);
  emu_family_operands(&family, fiber, emu_cb(fiber->core, cb), NULL);
  emu_family_init(fiber, call, &family, site);
}

void emu_copy(const char *call, uint32_t cb, uint32_t index, uint32_t dst,
              uint32_t count, EmuSite site) {
  EmuFiber *fiber = emu_enter(site);
  const EmuUnit *unpack = &emu_compute_of(fiber)->unpack;
  /* A transposing copy is a copy whose own init said so. */
  bool own = unpack->key.op == EMU_UNPACK_A && unpack->call &&
             strncmp(unpack->call, "transpose", 9) != 0;
  EmuFamily family = emu_family_copy(own && unpack->key.swap_faces,
                                     own && unpack->key.swap_in_face);
  for (uint32_t i = 0; i < count; ++i)
    emu_family_run(fiber, call, &family, emu_tile_ref(fiber, cb, index + i),
                   kNoTile, 0, dst + i);
}

void emu_transpose(const char *call, uint32_t cb, uint32_t index, uint32_t dst,
                   EmuSite site) {
  EmuFiber *fiber = emu_enter(site);
  EmuFamily family = emu_family_copy(1, 1);
  family.init = "transpose_init";
  emu_family_run(fiber, call, &family, emu_tile_ref(fiber, cb, index), kNoTile,
                 0, dst);
}
