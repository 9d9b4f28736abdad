//===- tile_softmax.c - linalg.softmax ------------------------------------===//
//
// One idea: e^(x - max) / sum, with the maximum and the sum along one dim and
// repeated along it.
//
//===----------------------------------------------------------------------===//

#include "block_type.h"
#include "mlir-c/BuiltinTypes.h"
#include "stb_ds.h"
#include "tile_lowering.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/gen/LinalgOps.h"
#include "tt-c/gen/TtOps.h"
#include <math.h>

static const MlirValue None = {NULL};

/// The reduction of `block` along a dim, repeated along it.
static MlirValue spread(TtTiling *tiling, const TtBuilder *b, MlirLocation loc,
                        TtReduceKind kind, bool rows, MlirValue block) {
  MlirType type = mlirValueGetType(block);
  TtBlock grid = ttBlockGet(type);
  MlirType reduced = ttBlockTypeGet(
      (TtBlock){rows ? grid.rows : 1, rows ? 1 : grid.cols, grid.tile});
  MlirValue edge = ttReduceGetResult(ttReduceCreate(
      b, loc, reduced, kind, rows ? TtReduceDimRow : TtReduceDimCol, block,
      None, None));
  tiling->numTileOps += 2;
  return ttBcastGetResult(
      ttBcastCreate(b, loc, type, rows ? TtBcastDimCol : TtBcastDimRow, edge));
}

static bool refuse(MlirOperation op, const char *what, const char *hint) {
  TtDiagnostic *d = ttDiagnosticOpError(op, "%s", what);
  ttDiagnosticHint(d, "%s", hint);
  ttDiagnosticReport(d);
  return false;
}

bool ttTilingLowerSoftmax(TtTiling *tiling, MlirOperation op) {
  MlirValue input = ttLinalgSoftmaxGetInput(op);
  MlirValue result = mlirOperationGetResult(op, 0);
  if (mlirTypeIsNull(ttTilingBlockType(tiling, op, result)))
    return false;
  int dim = (int)ttLinalgSoftmaxGetDimension(op);
  TtPlace place = ttTilingPlace(tiling, input);
  int64_t length = mlirShapedTypeGetDimSize(mlirValueGetType(input), dim);
  if ((dim != place.row && dim != place.col) || ttTilingIsPacked(tiling, input))
    return refuse(op, "runs along a dim that is not one of its matrix",
                  "use the last dim or the one before it, of a block of at "
                  "least two dims");
  TtBuilder b = ttBuilderBefore(op);
  MlirLocation loc = mlirOperationGetLocation(op);
  MlirValue x = ttTilingBlock(tiling, input);
  bool rows = dim == place.col;
  TtDimOfBlock along = {!rows, length, ttTilingEdge(tiling, op, dim)};
  x = ttTilingMask(tiling, &b, op, along, x, -INFINITY);
  if (mlirValueIsNull(x))
    return false;
  MlirValue largest = spread(tiling, &b, loc, TtReduceKindMax, rows, x);
  MlirValue shifted = ttBinaryGetResult(
      ttBinaryCreate(&b, loc, TtBinaryFunctionSub, x, largest));
  MlirValue power =
      ttUnaryGetResult(ttUnaryCreate(&b, loc, TtUnaryFunctionExp, shifted));
  MlirValue sum = spread(tiling, &b, loc, TtReduceKindSum, rows, power);
  MlirValue quotient = ttBinaryGetResult(
      ttBinaryCreate(&b, loc, TtBinaryFunctionDiv, power, sum));
  tiling->numTileOps += 3;
  ttTilingMap(tiling, result, quotient);
  arrput(tiling->dead, op);
  return true;
}
