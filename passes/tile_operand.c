//===- tile_operand.c - an operand brought to a result's loops ------------===//
//
// One idea: an operand and a result each have a loop along rows and one along
// columns of their tiles; where the pairs differ, the block is transposed, or
// repeated along the loop it lacks, or both.
//
//===----------------------------------------------------------------------===//

#include "block_type.h"
#include "tile_lowering.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/gen/TtOps.h"

/// Repeats a block along the loops of `to` that `from` lacks.
static MlirValue repeat(TtTiling *tiling, const TtBuilder *b, MlirLocation loc,
                        const TtStructured *s, MlirValue block, TtSpace from,
                        TtSpace to) {
  bool rows = from.row != to.row, cols = from.col != to.col;
  if (!rows && !cols)
    return block;
  TtBcastDim dim = rows && cols ? TtBcastDimScalar
                   : rows       ? TtBcastDimRow
                                : TtBcastDimCol;
  TtDataFormat format = ttValueFormat(block);
  MlirType type = ttSpaceType(tiling, s, to, format);
  ++tiling->numTileOps;
  return ttBcastGetResult(ttBcastCreate(b, loc, type, dim, block));
}

MlirValue ttTilingMoveBlock(TtTiling *tiling, const TtBuilder *b,
                            MlirOperation op, const TtStructured *s,
                            MlirValue block, TtSpace from, TtSpace to) {
  MlirLocation loc = mlirOperationGetLocation(op);
  bool scalar = from.row < 0 && from.col < 0;
  bool sameTiles = scalar || from.packed == to.packed;
  bool fits = sameTiles && (from.row < 0 || from.row == to.row) &&
              (from.col < 0 || from.col == to.col);
  if (fits)
    return repeat(tiling, b, loc, s, block, from, to);
  TtSpace turned = {from.col, from.row, false};
  bool fitsTurned = sameTiles && (turned.row < 0 || turned.row == to.row) &&
                    (turned.col < 0 || turned.col == to.col);
  if (fitsTurned)
    return repeat(tiling, b, loc, s, ttTilingTranspose(tiling, b, loc, block),
                  turned, to);
  TtDiagnostic *d = ttDiagnosticOpError(
      op, "reads an operand along a loop that its result does not have in the "
          "same matrix");
  ttDiagnosticHint(d, "an operand may be the result's block, its transpose, or "
                      "one row, column or element of it that repeats");
  ttDiagnosticReport(d);
  return (MlirValue){NULL};
}

MlirValue ttExpressionOperand(TtExpression *e, intptr_t operand) {
  const TtStructured *s = e->structured;
  MlirValue tensor = mlirOperationGetOperand(s->op, operand);
  return ttTilingMoveBlock(e->tiling, &e->builder, s->op, s,
                           ttTilingBlock(e->tiling, tensor),
                           ttStructuredSpace(e->tiling, s, operand), e->space);
}
