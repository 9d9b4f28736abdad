//===- section_emitter.c - device ops for the steps of a section
//-----------===//

#include "section_emitter.h"
#include "block_type.h"
#include "mlir-c/BuiltinAttributes.h"
#include "program_symbols.h"
#include "sections.h"
#include "stb_ds.h"
#include "tt-c/gen/TtOps.h"
#include <math.h>

//===- tile loops ---------------------------------------------------------===//

TtTileLoop ttTileLoopBegin(TtSectionEmitter *e, MlirLocation loc, int64_t rows,
                           int64_t cols) {
  TtTileLoop loop = {.b = e->b, .loc = loc, .cols = cols};
  loop.row = ttIndexEnterLoop(&loop.b, loc, rows);
  loop.col = ttIndexEnterLoop(&loop.b, loc, cols);
  return loop;
}

static MlirAffineExpr dim(const TtBuilder *b, intptr_t i) {
  return mlirAffineDimExprGet(b->context, i);
}

static MlirAffineExpr times(MlirAffineExpr expr, int64_t factor) {
  return mlirAffineMulExprGet(
      expr, mlirAffineConstantExprGet(mlirAffineExprGetContext(expr), factor));
}

// row * cols + col + base.
static MlirValue numbered(const TtTileLoop *loop, int64_t cols, int64_t base) {
  MlirAffineExpr expr = mlirAffineAddExprGet(
      mlirAffineAddExprGet(times(dim(&loop->b, 0), cols), dim(&loop->b, 1)),
      mlirAffineConstantExprGet(loop->b.context, base));
  MlirValue operands[] = {loop->row, loop->col};
  return ttIndexApply(&loop->b, loop->loc, expr, 2, operands);
}

MlirValue ttTileRegister(const TtTileLoop *loop, int base) {
  return numbered(loop, loop->cols, base);
}

MlirStringRef ttSectionOutputName(MlirOperation section, intptr_t i) {
  return mlirFlatSymbolRefAttrGetValue(
      mlirArrayAttrGetElement(ttSectionGetOutputs(section), i));
}

//===- tiles in circular buffers ------------------------------------------===//

// Where an operand's tiles are: a part, from (row, col), of the block at the
// front of a circular buffer.
typedef struct {
  MlirStringRef cb;
  TtBlock block;      // the whole production
  TtBlock part;       // what the section's sub-block takes of it
  MlirValue row, col; // null: zero
  int64_t order[2];   // the sub-block by which the production is ordered
} Front;

static Front frontOf(const TtSectionEmitter *e, MlirValue value) {
  MlirValue block;
  ttSectionValueInCB(value, e->section, &block);
  Front front = {.part = ttBlockGet(mlirValueGetType(block))};
  MlirOperation op = mlirOpResultGetOwner(block);
  if (ttSubBlockIsa(op)) {
    front.row = ttMappingLookupOrSelf(e->mapping, ttSubBlockGetRow(op));
    front.col = ttMappingLookupOrSelf(e->mapping, ttSubBlockGetCol(op));
    block = ttSubBlockGetOperand(op);
    // The block may have been unpacked before it was cut.
    for (op = mlirOpResultGetOwner(block); ttTypecastIsa(op);
         op = mlirOpResultGetOwner(block))
      block = ttTypecastGetOperand(op);
  }
  front.block = ttBlockGet(mlirValueGetType(block));
  front.cb = ttFrontBlockGetCb(op);
  const int64_t *order =
      ttCircularBufferGetOrder(ttFindCircularBuffer(op, front.cb));
  front.order[0] = order[0];
  front.order[1] = order[1];
  return front;
}

// Along one dim: the part lies in one sub-block of the order, whose number and
// the place in it follow from the part's first tile alone.
static bool withinOne(int64_t part, int64_t whole, int64_t order) {
  return order == whole || part == order;
}

static bool consecutive(const Front *front) {
  bool regular =
      withinOne(front->part.rows, front->block.rows, front->order[0]) &&
      withinOne(front->part.cols, front->block.cols, front->order[1]);
  return regular &&
         (front->part.rows == 1 || front->part.cols == front->order[1]);
}

static MlirAffineExpr number(const TtBuilder *b, int64_t value) {
  return mlirAffineConstantExprGet(b->context, value);
}

// Sub-block and place in it of tile `first + inner` along one dim.
static void locate(const TtBuilder *b, MlirAffineExpr first,
                   MlirAffineExpr inner, int64_t part, int64_t whole,
                   int64_t order, MlirAffineExpr *sub, MlirAffineExpr *place) {
  MlirAffineExpr all = mlirAffineAddExprGet(first, inner);
  if (order == whole) {
    *sub = number(b, 0);
    *place = all;
  } else if (part == order) { // parts begin where sub-blocks do
    *sub = mlirAffineFloorDivExprGet(first, number(b, order));
    *place = inner;
  } else {
    *sub = mlirAffineFloorDivExprGet(all, number(b, order));
    *place = mlirAffineModExprGet(all, number(b, order));
  }
}

// Index of tile (row, col) of the part, from the front of the circular buffer.
static MlirValue tileIndex(const TtTileLoop *loop, const Front *front,
                           MlirValue row, MlirValue col) {
  const TtBuilder *b = &loop->b;
  bool cut = !mlirValueIsNull(front->row);
  MlirAffineExpr zero = number(b, 0);
  MlirAffineExpr subRow, subCol, r, c;
  locate(b, cut ? dim(b, 2) : zero, dim(b, 0), front->part.rows,
         front->block.rows, front->order[0], &subRow, &r);
  locate(b, cut ? dim(b, 3) : zero, dim(b, 1), front->part.cols,
         front->block.cols, front->order[1], &subCol, &c);
  MlirAffineExpr sub = mlirAffineAddExprGet(
      times(subRow, front->block.cols / front->order[1]), subCol);
  MlirAffineExpr expr =
      mlirAffineAddExprGet(times(sub, front->order[0] * front->order[1]),
                           mlirAffineAddExprGet(times(r, front->order[1]), c));
  MlirValue operands[] = {row, col, front->row, front->col};
  return ttIndexApply(b, loop->loc, expr, cut ? 4 : 2, operands);
}

static MlirValue loopTile(const TtTileLoop *loop, const Front *front) {
  return tileIndex(loop, front, loop->row, loop->col);
}

//===- steps --------------------------------------------------------------===//

typedef struct {
  TtSectionEmitter *e;
  const TtSectionStep *step;
  const TtRegisterStep *registers;
  MlirLocation loc;
} Step;

static int base(const Step *s, int value) {
  return s->e->program.registers[value].reg;
}

static int resultBase(const Step *s) { return base(s, s->registers->result); }

static TtTileLoop flatLoop(const Step *s) {
  return ttTileLoopBegin(s->e, s->loc, 1,
                         s->e->program.registers[s->registers->result].tiles);
}

// One loop if the tiles of every front are consecutive, else rows and columns.
static TtTileLoop loopOverFronts(const Step *s, const Front *fronts,
                                 int count) {
  bool flat = true;
  for (int i = 0; i < count; ++i)
    flat = flat && consecutive(&fronts[i]);
  if (flat || count == 0)
    return flatLoop(s);
  return ttTileLoopBegin(s->e, s->loc, fronts[0].part.rows,
                         fronts[0].part.cols);
}

static TtDataFormat formatOf(MlirValue block) {
  return ttBlockFormat(ttBlockGet(mlirValueGetType(block)));
}

static void emitFillTiles(const Step *s, double value, bool integer) {
  TtTileLoop loop = flatLoop(s);
  MlirOperation fill = ttFillTileCreate(
      &loop.b, s->loc, ttTileRegister(&loop, resultBase(s)), value);
  ttFillTileSetInteger(fill, integer);
}

static void emitFill(const Step *s) {
  if (s->registers->mustFill || !s->registers->accumulates)
    emitFillTiles(s, ttFillGetValue(mlirOpResultGetOwner(s->step->source)),
                  ttFormatIsInteger(formatOf(s->step->source)));
}

static void emitCopy(const Step *s) {
  Front front = frontOf(s->e, s->step->source);
  TtTileLoop loop = loopOverFronts(s, &front, 1);
  ttCopyTileCreate(&loop.b, s->loc, front.cb, loopTile(&loop, &front),
                   ttTileRegister(&loop, resultBase(s)));
}

static void emitMove(const Step *s) {
  int from = base(s, s->registers->operands[0]);
  if (from == resultBase(s))
    return;
  TtTileLoop loop = flatLoop(s);
  ttCopyDestValuesCreate(&loop.b, s->loc, ttTileRegister(&loop, from),
                         ttTileRegister(&loop, resultBase(s)));
}

static void emitUnary(const Step *s) {
  MlirOperation op = s->step->op;
  TtTileLoop loop = flatLoop(s);
  MlirOperation tile =
      ttUnaryTileCreate(&loop.b, s->loc, ttUnaryGetFunction(op),
                        ttTileRegister(&loop, resultBase(s)));
  if (ttUnaryGetNumParams(op) > 0)
    ttUnaryTileSetParams(tile, ttUnaryGetNumParams(op), ttUnaryGetParams(op));
}

// Registers hold floats as f32, whatever the format they came from.
static TtDataFormat inRegisters(MlirOperation cast, MlirValue block) {
  TtDataFormat format = formatOf(block);
  if (!ttFormatIsInteger(format))
    return TtDataFormatF32;
  return ttTypecastGetIsUnsigned(cast) ? TtDataFormatU32 : format;
}

static void emitCast(const Step *s) {
  MlirOperation op = s->step->op;
  TtTileLoop loop = flatLoop(s);
  ttTypecastTileCreate(&loop.b, s->loc,
                       inRegisters(op, ttTypecastGetOperand(op)),
                       inRegisters(op, ttTypecastGetResult(op)),
                       ttTileRegister(&loop, resultBase(s)));
}

// A register operand: tile t of the value, or the one register that all tiles
// of a copied block pass through.
static MlirValue operandRegister(const Step *s, const TtTileLoop *loop,
                                 int value, int perTile) {
  if (value == perTile)
    return ttIndexConstant(&loop->b, s->loc, base(s, value));
  return ttTileRegister(loop, base(s, value));
}

// `copy` is the per-tile copy in front of the step, or null.
static void emitBinary(const Step *s, const Step *copy) {
  Front front = {0};
  if (copy)
    front = frontOf(s->e, copy->step->source);
  TtTileLoop loop = loopOverFronts(s, &front, copy ? 1 : 0);
  int perTile = copy ? copy->registers->result : TtNoRegister;
  if (copy)
    ttCopyTileCreate(&loop.b, s->loc, front.cb, loopTile(&loop, &front),
                     ttIndexConstant(&loop.b, s->loc, base(s, perTile)));
  ttBinaryTileCreate(
      &loop.b, s->loc, ttBinaryGetFunction(s->step->op),
      operandRegister(s, &loop, s->registers->operands[0], perTile),
      operandRegister(s, &loop, s->registers->operands[1], perTile),
      ttTileRegister(&loop, resultBase(s)));
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
  Front fronts[] = {frontOf(s->e, ttBinaryGetLhs(op)),
                    frontOf(s->e, ttBinaryGetRhs(op))};
  TtTileLoop loop = loopOverFronts(s, fronts, 2);
  ttBinaryTilesCreate(&loop.b, s->loc, fpuFunction(op), fronts[0].cb,
                      fronts[1].cb, loopTile(&loop, &fronts[0]),
                      loopTile(&loop, &fronts[1]),
                      ttTileRegister(&loop, resultBase(s)));
}

static void emitReuse(const Step *s) {
  MlirOperation op = s->step->op;
  bool dstFirst = ttBinaryGetUnit(op) == TtUnitReuseA;
  Front front =
      frontOf(s->e, dstFirst ? ttBinaryGetRhs(op) : ttBinaryGetLhs(op));
  TtTileLoop loop = loopOverFronts(s, &front, 1);
  MlirOperation reuse = ttReuseDestTilesCreate(
      &loop.b, s->loc, fpuFunction(op), front.cb, loopTile(&loop, &front),
      ttTileRegister(&loop, resultBase(s)));
  ttReuseDestTilesSetDstFirst(reuse, dstFirst);
}

// Whether one call can walk the rows of the part, and by which stride.
static bool rowsAtStride(const Front *front, int64_t *stride) {
  *stride = front->order[1];
  if (front->part.rows == 1 ||
      withinOne(front->part.rows, front->block.rows, front->order[0]))
    return true;
  *stride = front->block.cols;
  return front->order[0] == 1 || front->order[1] == front->block.cols;
}

// Whether one call can walk the columns of the part.
static bool colsConsecutive(const Front *front) {
  return front->part.cols == 1 || front->order[0] == 1 ||
         withinOne(front->part.cols, front->block.cols, front->order[1]);
}

// All rows and columns of the sub-block at once, one step of k a call. Rows or
// columns that the order of an operand's tiles tears apart get calls of their
// own.
static void emitMma(const Step *s) {
  MlirOperation op = s->step->op;
  Front lhs = frontOf(s->e, ttMmaGetLhs(op));
  Front rhs = frontOf(s->e, ttMmaGetRhs(op));
  int64_t stride;
  int64_t rt = rowsAtStride(&lhs, &stride) ? lhs.part.rows : 1;
  int64_t ct = colsConsecutive(&rhs) ? rhs.part.cols : 1;
  TtBuilder before = s->e->b;
  TtTileLoop calls =
      ttTileLoopBegin(s->e, s->loc, lhs.part.rows / rt, rhs.part.cols / ct);
  calls.cols = rhs.part.cols;
  s->e->b = calls.b;
  TtTileLoop loop = ttTileLoopBegin(s->e, s->loc, 1, lhs.part.cols);
  s->e->b = before;
  calls.b = loop.b;
  ttMatmulBlockCreate(&loop.b, s->loc, lhs.cb, rhs.cb,
                      tileIndex(&loop, &lhs, calls.row, loop.col),
                      tileIndex(&loop, &rhs, loop.col, calls.col),
                      ttTileRegister(&calls, resultBase(s)), ct, rt, stride);
}

// The tiles that one tile of the result is reduced from.
static void emitReduce(const Step *s) {
  MlirOperation op = s->step->op;
  TtReduceDim dim = ttReduceGetDim(op);
  bool max = ttReduceGetKind(op) == TtReduceKindMax;
  if (s->registers->mustFill)
    emitFillTiles(s, max ? -INFINITY : 0.0, false);
  Front in = frontOf(s->e, ttReduceGetOperand(op));
  Front scaler = frontOf(s->e, ttReduceGetScaler(op));
  TtBlock block = ttBlockGet(mlirValueGetType(ttReduceGetResult(op)));
  TtTileLoop outer = ttTileLoopBegin(s->e, s->loc, block.rows, block.cols);
  MlirValue dst = ttTileRegister(&outer, resultBase(s));
  TtTileLoop inner = outer;
  MlirValue row = outer.row, col = outer.col;
  if (dim != TtReduceDimRow)
    row = ttIndexEnterLoop(&inner.b, s->loc, in.part.rows);
  if (dim != TtReduceDimCol)
    col = ttIndexEnterLoop(&inner.b, s->loc, in.part.cols);
  MlirValue zero = ttIndexConstant(&inner.b, s->loc, 0);
  ttReduceTileCreate(&inner.b, s->loc, ttReduceGetKind(op), dim, in.cb,
                     scaler.cb, ttSectionOutputName(s->e->section, 0),
                     tileIndex(&inner, &in, row, col), zero, dst);
}

static void emitBcast(const Step *s) {
  MlirOperation op = s->step->op;
  TtBcastDim dim = ttBcastGetDim(op);
  Front in = frontOf(s->e, ttBcastGetOperand(op));
  TtBlock block = ttBlockGet(mlirValueGetType(ttBcastGetResult(op)));
  TtTileLoop loop = ttTileLoopBegin(s->e, s->loc, block.rows, block.cols);
  MlirValue zero = ttIndexConstant(&loop.b, s->loc, 0);
  MlirValue tile = tileIndex(&loop, &in, dim == TtBcastDimCol ? loop.row : zero,
                             dim == TtBcastDimRow ? loop.col : zero);
  ttUnaryBcastCreate(&loop.b, s->loc, dim, in.cb, tile,
                     ttTileRegister(&loop, resultBase(s)));
}

static void emitTranspose(const Step *s) {
  MlirOperation op = s->step->op;
  Front in = frontOf(s->e, ttTransposeGetOperand(op));
  TtBlock block = ttBlockGet(mlirValueGetType(ttTransposeGetResult(op)));
  TtTileLoop loop = ttTileLoopBegin(s->e, s->loc, block.rows, block.cols);
  MlirValue tile = tileIndex(&loop, &in, loop.col, loop.row);
  MlirValue dst = ttTileRegister(&loop, resultBase(s));
  if (!ttTransposesInRegisters(op)) {
    ttTransposeTileCreate(&loop.b, s->loc, in.cb, tile, dst);
    return;
  }
  ttCopyTileCreate(&loop.b, s->loc, in.cb, tile, dst);
  TtTileLoop flat = flatLoop(s);
  ttTransposeDestCreate(&flat.b, s->loc, ttTileRegister(&flat, resultBase(s)));
}

static void emitSelect(const Step *s) {
  TtTileLoop loop = flatLoop(s);
  MlirValue registers[3];
  for (int i = 0; i < 3; ++i)
    registers[i] = ttTileRegister(&loop, base(s, s->registers->operands[i]));
  MlirOperation where =
      ttWhereTileCreate(&loop.b, s->loc, registers[0], registers[1],
                        registers[2], ttTileRegister(&loop, resultBase(s)));
  ttWhereTileSetInteger(
      where, ttFormatIsInteger(formatOf(ttSelectGetResult(s->step->op))));
}

static void emitStep(const Step *s, const Step *copy) {
  switch (s->step->kind) {
  case TtStepFill:
    emitFill(s);
    break;
  case TtStepCopy:
    if (!s->step->perTile)
      emitCopy(s);
    break;
  case TtStepMove:
    emitMove(s);
    break;
  case TtStepUnary:
    emitUnary(s);
    break;
  case TtStepCast:
    emitCast(s);
    break;
  case TtStepBinary:
    emitBinary(s, copy);
    break;
  case TtStepFpu:
    emitFpu(s);
    break;
  case TtStepReuse:
    emitReuse(s);
    break;
  case TtStepMma:
    emitMma(s);
    break;
  case TtStepReduce:
    emitReduce(s);
    break;
  case TtStepBcast:
    emitBcast(s);
    break;
  case TtStepTranspose:
    emitTranspose(s);
    break;
  case TtStepSelect:
    emitSelect(s);
    break;
  case TtStepLoopBegin:
  case TtStepLoopEnd:
    break;
  }
}

void ttEmitStepsOf(TtSectionEmitter *e, MlirOperation op) {
  Step copy;
  bool copied = false;
  for (; e->cursor < arrlen(e->program.steps); ++e->cursor) {
    const TtSectionStep *step = &e->program.steps[e->cursor];
    if (!mlirOperationEqual(step->op, op) || step->kind == TtStepLoopBegin ||
        step->kind == TtStepLoopEnd)
      return;
    Step s = {e, step, &e->program.registerSteps[e->cursor],
              mlirOperationGetLocation(op)};
    emitStep(&s, copied ? &copy : NULL);
    copied = step->kind == TtStepCopy && step->perTile;
    if (copied)
      copy = s;
  }
}
