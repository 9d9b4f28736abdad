//===- section_emitter.c - device ops for section steps -------------------===//

#include "section_emitter.h"
#include "block_type.h"
#include "front_tiles.h"
#include "index_arith.h"
#include "mlir-c/BuiltinAttributes.h"
#include "sections.h"
#include "stb_ds.h"
#include "tt-c/gen/TtOps.h"
#include <math.h>

typedef struct Step {
  TtSectionEmitter *e;
  const TtSectionStep *step;
  const TtRegisterStep *registers;
  MlirLocation loc;
  const struct Step *copy; // the per-tile copy in front of the step, or null
} Step;

static int base(const Step *s, int value) {
  return s->e->program.registers[value].reg;
}

static int resultBase(const Step *s) { return base(s, s->registers->result); }

static MlirValue resultRegister(const Step *s, const TtTileLoop *loop) {
  return ttTileRegister(loop, resultBase(s));
}

static TtTileLoop flatLoop(const Step *s) {
  return ttTileLoopBegin(&s->e->b, s->loc, 1,
                         s->e->program.registers[s->registers->result].tiles);
}

static TtTileLoop loopOverResult(const Step *s) {
  MlirValue result = mlirOperationGetResult(s->step->op, 0);
  TtBlock block = ttBlockGet(mlirValueGetType(result));
  return ttTileLoopBegin(&s->e->b, s->loc, block.rows, block.cols);
}

// One loop if the tiles of every front are consecutive, else rows and columns.
static TtTileLoop loopOverFronts(const Step *s, const TtFrontTiles *fronts,
                                 int count) {
  bool flat = true;
  for (int i = 0; i < count; ++i)
    flat = flat && ttFrontTilesAreConsecutive(&fronts[i]);
  if (flat || count == 0)
    return flatLoop(s);
  return ttTileLoopBegin(&s->e->b, s->loc, fronts[0].part.rows,
                         fronts[0].part.cols);
}

static TtFrontTiles frontOf(const Step *s, MlirValue value) {
  return ttFrontTilesOf(s->e->section, s->e->mapping, value);
}

static MlirValue loopTile(const TtTileLoop *loop, const TtFrontTiles *front) {
  return ttFrontTileIndex(loop, front, loop->row, loop->col);
}

static void emitFillTiles(const Step *s, double value, bool integer) {
  TtTileLoop loop = flatLoop(s);
  MlirOperation fill =
      ttFillTileCreate(&loop.b, s->loc, resultRegister(s, &loop), value);
  ttFillTileSetInteger(fill, integer);
}

static void emitFill(const Step *s) {
  if (s->registers->mustFill || !s->registers->accumulates)
    emitFillTiles(s, ttFillGetValue(mlirOpResultGetOwner(s->step->source)),
                  ttFormatIsInteger(ttValueFormat(s->step->source)));
}

static void emitCopy(const Step *s) {
  TtFrontTiles front = frontOf(s, s->step->source);
  TtTileLoop loop = loopOverFronts(s, &front, 1);
  ttCopyTileCreate(&loop.b, s->loc, front.cb, loopTile(&loop, &front),
                   resultRegister(s, &loop));
}

static void emitMove(const Step *s) {
  int from = base(s, s->registers->operands[0]);
  if (from == resultBase(s))
    return;
  TtTileLoop loop = flatLoop(s);
  ttCopyDestValuesCreate(&loop.b, s->loc, ttTileRegister(&loop, from),
                         resultRegister(s, &loop));
}

static void emitUnary(const Step *s) {
  MlirOperation op = s->step->op;
  TtTileLoop loop = flatLoop(s);
  MlirOperation tile = ttUnaryTileCreate(
      &loop.b, s->loc, ttUnaryGetFunction(op), resultRegister(s, &loop));
  if (ttUnaryGetNumParams(op) > 0)
    ttUnaryTileSetParams(tile, ttUnaryGetNumParams(op), ttUnaryGetParams(op));
}

// Registers hold floats as f32, whatever the format they came from.
static TtDataFormat inRegisters(MlirOperation cast, MlirValue block) {
  TtDataFormat format = ttValueFormat(block);
  if (!ttFormatIsInteger(format))
    return TtDataFormatF32;
  return ttTypecastGetIsUnsigned(cast) ? TtDataFormatU32 : format;
}

static void emitCast(const Step *s) {
  MlirOperation op = s->step->op;
  TtTileLoop loop = flatLoop(s);
  ttTypecastTileCreate(
      &loop.b, s->loc, inRegisters(op, ttTypecastGetOperand(op)),
      inRegisters(op, ttTypecastGetResult(op)), resultRegister(s, &loop));
}

// A register operand: tile t of the value, or the one register that all tiles
// of a copied block pass through.
static MlirValue operandRegister(const Step *s, const TtTileLoop *loop,
                                 int value, int perTile) {
  if (value == perTile)
    return ttIndexConstant(&loop->b, s->loc, base(s, value));
  return ttTileRegister(loop, base(s, value));
}

static void emitBinary(const Step *s) {
  const Step *copy = s->copy;
  TtFrontTiles front = {0};
  if (copy)
    front = frontOf(s, copy->step->source);
  TtTileLoop loop = loopOverFronts(s, &front, copy ? 1 : 0);
  int perTile = copy ? copy->registers->result : TtNoRegister;
  if (copy)
    ttCopyTileCreate(&loop.b, s->loc, front.cb, loopTile(&loop, &front),
                     ttIndexConstant(&loop.b, s->loc, base(s, perTile)));
  ttBinaryTileCreate(
      &loop.b, s->loc, ttBinaryGetFunction(s->step->op),
      operandRegister(s, &loop, s->registers->operands[0], perTile),
      operandRegister(s, &loop, s->registers->operands[1], perTile),
      resultRegister(s, &loop));
}

static TtFpuBinary fpuFunction(MlirOperation op) {
  switch (ttBinaryGetFunction(op)) {
  case TtBinaryFunctionSub:
    return TtFpuBinarySub;
  case TtBinaryFunctionMul:
    return TtFpuBinaryMul;
  default:
    return TtFpuBinaryAdd;
  }
}

static void emitFpu(const Step *s) {
  MlirOperation op = s->step->op;
  if (s->registers->mustFill)
    emitFillTiles(s, 0.0, false);
  TtFrontTiles fronts[] = {frontOf(s, ttBinaryGetLhs(op)),
                           frontOf(s, ttBinaryGetRhs(op))};
  TtTileLoop loop = loopOverFronts(s, fronts, 2);
  ttBinaryTilesCreate(&loop.b, s->loc, fpuFunction(op), fronts[0].cb,
                      fronts[1].cb, loopTile(&loop, &fronts[0]),
                      loopTile(&loop, &fronts[1]), resultRegister(s, &loop));
}

static void emitReuse(const Step *s) {
  MlirOperation op = s->step->op;
  bool dstFirst = ttBinaryGetUnit(op) == TtUnitReuseA;
  TtFrontTiles front =
      frontOf(s, dstFirst ? ttBinaryGetRhs(op) : ttBinaryGetLhs(op));
  TtTileLoop loop = loopOverFronts(s, &front, 1);
  MlirOperation reuse =
      ttReuseDestTilesCreate(&loop.b, s->loc, fpuFunction(op), front.cb,
                             loopTile(&loop, &front), resultRegister(s, &loop));
  ttReuseDestTilesSetDstFirst(reuse, dstFirst);
}

// All rows and columns of the sub-block at once, one step of k a call. Rows or
// columns that the order of an operand's tiles tears apart get calls of their
// own.
static void emitMma(const Step *s) {
  MlirOperation op = s->step->op;
  TtFrontTiles lhs = frontOf(s, ttMmaGetLhs(op));
  TtFrontTiles rhs = frontOf(s, ttMmaGetRhs(op));
  int64_t stride;
  int64_t rt = ttFrontRowsHaveStride(&lhs, &stride) ? lhs.part.rows : 1;
  int64_t ct = ttFrontColsAreConsecutive(&rhs) ? rhs.part.cols : 1;
  TtTileLoop calls =
      ttTileLoopBegin(&s->e->b, s->loc, lhs.part.rows / rt, rhs.part.cols / ct);
  calls.cols = rhs.part.cols;
  TtTileLoop loop = ttTileLoopBegin(&calls.b, s->loc, 1, lhs.part.cols);
  calls.b = loop.b;
  ttMatmulBlockCreate(&loop.b, s->loc, lhs.cb, rhs.cb,
                      ttFrontTileIndex(&loop, &lhs, calls.row, loop.col),
                      ttFrontTileIndex(&loop, &rhs, loop.col, calls.col),
                      resultRegister(s, &calls), ct, rt, stride);
}

// The tiles that one tile of the result is reduced from.
static void emitReduce(const Step *s) {
  MlirOperation op = s->step->op;
  TtReduceDim dim = ttReduceGetDim(op);
  bool max = ttReduceGetKind(op) == TtReduceKindMax;
  if (s->registers->mustFill)
    emitFillTiles(s, max ? -INFINITY : 0.0, false);
  TtFrontTiles in = frontOf(s, ttReduceGetOperand(op));
  TtFrontTiles scaler = frontOf(s, ttReduceGetScaler(op));
  TtTileLoop outer = loopOverResult(s);
  MlirValue dst = resultRegister(s, &outer);
  TtTileLoop inner = outer;
  MlirValue row = outer.row, col = outer.col;
  if (dim != TtReduceDimRow)
    row = ttIndexEnterLoop(&inner.b, s->loc, in.part.rows);
  if (dim != TtReduceDimCol)
    col = ttIndexEnterLoop(&inner.b, s->loc, in.part.cols);
  MlirValue zero = ttIndexConstant(&inner.b, s->loc, 0);
  ttReduceTileCreate(&inner.b, s->loc, ttReduceGetKind(op), dim, in.cb,
                     scaler.cb, ttSectionOutputName(s->e->section, 0),
                     ttFrontTileIndex(&inner, &in, row, col), zero, dst);
}

static void emitBcast(const Step *s) {
  MlirOperation op = s->step->op;
  TtBcastDim dim = ttBcastGetDim(op);
  TtFrontTiles in = frontOf(s, ttBcastGetOperand(op));
  TtTileLoop loop = loopOverResult(s);
  MlirValue zero = ttIndexConstant(&loop.b, s->loc, 0);
  MlirValue tile =
      ttFrontTileIndex(&loop, &in, dim == TtBcastDimCol ? loop.row : zero,
                       dim == TtBcastDimRow ? loop.col : zero);
  ttUnaryBcastCreate(&loop.b, s->loc, dim, in.cb, tile,
                     resultRegister(s, &loop));
}

static void emitTranspose(const Step *s) {
  MlirOperation op = s->step->op;
  TtFrontTiles in = frontOf(s, ttTransposeGetOperand(op));
  TtTileLoop loop = loopOverResult(s);
  MlirValue tile = ttFrontTileIndex(&loop, &in, loop.col, loop.row);
  MlirValue dst = resultRegister(s, &loop);
  if (!ttTransposesInRegisters(op)) {
    ttTransposeTileCreate(&loop.b, s->loc, in.cb, tile, dst);
    return;
  }
  ttCopyTileCreate(&loop.b, s->loc, in.cb, tile, dst);
  TtTileLoop flat = flatLoop(s);
  ttTransposeDestCreate(&flat.b, s->loc, resultRegister(s, &flat));
}

static void emitSelect(const Step *s) {
  TtTileLoop loop = flatLoop(s);
  MlirValue registers[3];
  for (int i = 0; i < 3; ++i)
    registers[i] = ttTileRegister(&loop, base(s, s->registers->operands[i]));
  MlirOperation where =
      ttWhereTileCreate(&loop.b, s->loc, registers[0], registers[1],
                        registers[2], resultRegister(s, &loop));
  ttWhereTileSetInteger(
      where, ttFormatIsInteger(ttValueFormat(ttSelectGetResult(s->step->op))));
}

typedef void Emit(const Step *s);

// Null for the begin and the end of a loop, which are for the caller.
static Emit *emitterOf(TtSectionStepKind kind) {
  switch (kind) {
  case TtStepFill:
    return emitFill;
  case TtStepCopy:
    return emitCopy;
  case TtStepMove:
    return emitMove;
  case TtStepUnary:
    return emitUnary;
  case TtStepCast:
    return emitCast;
  case TtStepBinary:
    return emitBinary;
  case TtStepFpu:
    return emitFpu;
  case TtStepReuse:
    return emitReuse;
  case TtStepMma:
    return emitMma;
  case TtStepReduce:
    return emitReduce;
  case TtStepBcast:
    return emitBcast;
  case TtStepTranspose:
    return emitTranspose;
  case TtStepSelect:
    return emitSelect;
  case TtStepLoopBegin:
  case TtStepLoopEnd:
    break;
  }
  return NULL;
}

MlirStringRef ttSectionOutputName(MlirOperation section, intptr_t i) {
  return mlirFlatSymbolRefAttrGetValue(
      mlirArrayAttrGetElement(ttSectionGetOutputs(section), i));
}

void ttEmitStepsOf(TtSectionEmitter *e, MlirOperation op) {
  Step copy;
  bool copied = false;
  for (; e->cursor < arrlen(e->program.steps); ++e->cursor) {
    const TtSectionStep *step = &e->program.steps[e->cursor];
    Emit *emit = emitterOf(step->kind);
    if (!emit || !mlirOperationEqual(step->op, op))
      return;
    Step s = {e, step, &e->program.registerSteps[e->cursor],
              mlirOperationGetLocation(op), copied ? &copy : NULL};
    copied = step->kind == TtStepCopy && step->perTile;
    if (copied)
      copy = s;
    else if (!step->isHeld)
      emit(&s);
  }
}
