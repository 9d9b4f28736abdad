//===- narrow_section.c - the body of a section for one sub-block
//----------===//
//
// A section's body is written for its whole block; cut into a grid of
// sub-blocks it computes one of them. Block values that enter are cut by
// `tt.sub_block`, values that live in registers become smaller.
//
//===----------------------------------------------------------------------===//

#include "block_type.h"
#include "index_arith.h"
#include "loop_body.h"
#include "section_values.h"
#include "sections.h"
#include "tt-c/gen/ScfOps.h"
#include "tt-c/gen/TtOps.h"

typedef struct {
  MlirOperation section;
  TtBlock whole;
  TtSubBlockShape sub;
} Narrowing;

static MlirValue sum(const TtBuilder *b, MlirLocation loc, MlirValue lhs,
                     MlirValue rhs) {
  MlirAffineExpr expr = mlirAffineAddExprGet(
      mlirAffineDimExprGet(b->context, 0), mlirAffineDimExprGet(b->context, 1));
  MlirValue operands[] = {lhs, rhs};
  return ttIndexApply(b, loc, expr, 2, operands);
}

static MlirValue cut(const Narrowing *narrowing, MlirOperation op,
                     MlirValue value, bool rows, bool cols);

// The conversion of a part is a part of the conversion.
static MlirValue cutCast(const Narrowing *narrowing, MlirOperation op,
                         MlirOperation cast, bool rows, bool cols) {
  MlirValue part = cut(narrowing, op, ttTypecastGetOperand(cast), rows, cols);
  TtBlock block = ttBlockGet(mlirValueGetType(part));
  block.tile = ttBlockGet(mlirValueGetType(ttTypecastGetResult(cast))).tile;
  TtBuilder b = ttBuilderBefore(op);
  MlirOperation narrowed = ttTypecastCreate(&b, mlirOperationGetLocation(cast),
                                            ttBlockTypeGet(block), part);
  ttTypecastSetUnit(narrowed, ttTypecastGetUnit(cast));
  return ttTypecastGetResult(narrowed);
}

// The part of an operand that a sub-block of the result needs.
static MlirValue cut(const Narrowing *narrowing, MlirOperation op,
                     MlirValue value, bool rows, bool cols) {
  if (mlirValueIsAOpResult(value) && ttTypecastIsa(mlirOpResultGetOwner(value)))
    return cutCast(narrowing, op, mlirOpResultGetOwner(value), rows, cols);
  TtBlock block = ttBlockGet(mlirValueGetType(value));
  MlirBlock body =
      mlirRegionGetFirstBlock(ttSectionGetBody(narrowing->section));
  TtBuilder b = ttBuilderBefore(op);
  MlirLocation loc = mlirOperationGetLocation(op);
  MlirValue zero = ttIndexConstant(&b, loc, 0);
  MlirValue row = rows ? mlirBlockGetArgument(body, 0) : zero;
  MlirValue col = cols ? mlirBlockGetArgument(body, 1) : zero;
  if (mlirValueIsAOpResult(value) &&
      ttSubBlockIsa(mlirOpResultGetOwner(value))) { // a part of a part
    MlirOperation part = mlirOpResultGetOwner(value);
    row = sum(&b, loc, row, ttSubBlockGetRow(part));
    col = sum(&b, loc, col, ttSubBlockGetCol(part));
    value = ttSubBlockGetOperand(part);
  }
  if (rows)
    block.rows = narrowing->sub.rows;
  if (cols)
    block.cols = narrowing->sub.cols;
  return ttSubBlockGetResult(
      ttSubBlockCreate(&b, loc, ttBlockTypeGet(block), value, row, col));
}

static void cutOperand(const Narrowing *narrowing, MlirOperation op,
                       intptr_t index, bool rows, bool cols) {
  MlirValue value = mlirOperationGetOperand(op, index), block;
  if (ttSectionValueInCB(value, narrowing->section, &block))
    mlirOperationSetOperand(op, index, cut(narrowing, op, value, rows, cols));
}

// The rows of a transposed block are the columns of its operand.
static void cutTransposed(const Narrowing *narrowing, MlirOperation op) {
  MlirBlock body =
      mlirRegionGetFirstBlock(ttSectionGetBody(narrowing->section));
  MlirValue value = ttTransposeGetOperand(op);
  TtBlock part = {narrowing->sub.cols, narrowing->sub.rows,
                  ttBlockGet(mlirValueGetType(value)).tile};
  TtBuilder b = ttBuilderBefore(op);
  MlirOperation cutting = ttSubBlockCreate(
      &b, mlirOperationGetLocation(op), ttBlockTypeGet(part), value,
      mlirBlockGetArgument(body, 1), mlirBlockGetArgument(body, 0));
  ttTransposeSetOperand(op, ttSubBlockGetResult(cutting));
}

static bool isBlockOperand(MlirOperation op, intptr_t i) {
  return ttTypeIsABlock(mlirValueGetType(mlirOperationGetOperand(op, i)));
}

static void narrowType(const Narrowing *narrowing, MlirValue value) {
  if (!ttTypeIsABlock(mlirValueGetType(value)))
    return;
  TtBlock block = ttBlockGet(mlirValueGetType(value));
  if (block.rows == narrowing->whole.rows)
    block.rows = narrowing->sub.rows;
  if (block.cols == narrowing->whole.cols)
    block.cols = narrowing->sub.cols;
  mlirValueSetType(value, ttBlockTypeGet(block));
}

// A conversion of what enters the section: its users cut it.
static bool isEntering(const Narrowing *narrowing, MlirOperation op) {
  MlirValue block;
  return ttTypecastIsa(op) && ttSectionValueInCB(ttTypecastGetResult(op),
                                                 narrowing->section, &block);
}

static MlirWalkResult narrow(MlirOperation op, void *data) {
  const Narrowing *narrowing = data;
  if (mlirOperationEqual(op, narrowing->section) || ttReadBlockIsa(op) ||
      ttSubBlockIsa(op) || isEntering(narrowing, op))
    return MlirWalkResultAdvance;
  if (ttMmaIsa(op)) {
    cutOperand(narrowing, op, 0, true, false);
    cutOperand(narrowing, op, 1, false, true);
    cutOperand(narrowing, op, 2, true, true);
  } else if (ttReduceIsa(op)) {
    TtReduceDim dim = ttReduceGetDim(op);
    cutOperand(narrowing, op, 0, dim == TtReduceDimRow, dim == TtReduceDimCol);
    if (!mlirValueIsNull(ttReduceGetAcc(op)))
      cutOperand(narrowing, op, 1, true, true);
  } else if (ttBcastIsa(op)) {
    TtBcastDim dim = ttBcastGetDim(op);
    cutOperand(narrowing, op, 0, dim == TtBcastDimCol, dim == TtBcastDimRow);
  } else if (ttTransposeIsa(op)) {
    cutTransposed(narrowing, op);
  } else {
    for (intptr_t i = 0; i < mlirOperationGetNumOperands(op); ++i)
      if (isBlockOperand(op, i))
        cutOperand(narrowing, op, i, true, true);
  }
  for (intptr_t i = 0; i < mlirOperationGetNumResults(op); ++i)
    narrowType(narrowing, mlirOperationGetResult(op, i));
  if (ttScfForIsa(op)) {
    MlirBlock body = ttLoopBody(op);
    for (intptr_t i = 1; i < mlirBlockGetNumArguments(body); ++i)
      narrowType(narrowing, mlirBlockGetArgument(body, i));
  }
  return MlirWalkResultAdvance;
}

void ttNarrowSection(MlirOperation section, TtSubBlockShape sub) {
  TtBlock whole = ttBlockGet(mlirValueGetType(ttSectionGetResults(section, 0)));
  int64_t grid[] = {whole.rows / sub.rows, whole.cols / sub.cols};
  ttSectionSetGrid(section, 2, grid);
  Narrowing narrowing = {section, whole, sub};
  mlirOperationWalk(section, narrow, &narrowing, MlirWalkPreOrder);
}
