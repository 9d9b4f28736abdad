//===- verify_tile_ops.c - verifiers of the ops on blocks of tiles --------===//
//
// One idea: grids fit as matrices do, and formats are ones that the unit that
// must compute the op can take.
//
//===----------------------------------------------------------------------===//

#include "mlir-c/BuiltinTypes.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/gen/Hooks.h"
#include "tt-c/gen/TtOps.h"
#include <inttypes.h>
#include <stdlib.h>

typedef struct {
  int64_t rows, cols;
  TtTileType tile;
} Block;

static Block blockOf(MlirValue value) {
  MlirType type = mlirValueGetType(value);
  return (Block){mlirShapedTypeGetDimSize(type, 0),
                 mlirShapedTypeGetDimSize(type, 1),
                 ttTileTypeGet(mlirShapedTypeGetElementType(type))};
}

static bool isInteger(TtDataFormat format) {
  switch (format) {
  case TtDataFormatI32:
  case TtDataFormatU32:
  case TtDataFormatU16:
  case TtDataFormatU8:
    return true;
  default:
    return false;
  }
}

static bool sameTileShape(Block a, Block b) {
  return a.tile.height == b.tile.height && a.tile.width == b.tile.width;
}

static MlirLogicalResult wrongGrid(MlirOperation op, const char *what, Block is,
                                   int64_t rows, int64_t cols) {
  return ttEmitOpError(op,
                       "has %s of %" PRId64 "x%" PRId64 " tiles, but needs "
                       "%" PRId64 "x%" PRId64,
                       what, is.rows, is.cols, rows, cols);
}

static MlirLogicalResult wrongTile(MlirOperation op) {
  return ttEmitOpError(op, "changes the shape of the tiles");
}

/// Functions of the table work either on floating-point formats or on 32-bit
/// integers.
static MlirLogicalResult checkFormat(MlirOperation op, const char *function,
                                     int integer, TtDataFormat format) {
  if (integer ? format == TtDataFormatI32 || format == TtDataFormatU32
              : !isInteger(format))
    return mlirLogicalResultSuccess();
  return ttEmitOpError(op, "computes '%s', a function of %s, on tiles of %s",
                       function, integer ? "32-bit integers" : "floats",
                       ttDataFormatToString(format));
}

MlirLogicalResult ttVerifyUnary(MlirOperation op) {
  const TtUnaryFunctionRow *row = ttUnaryFunctionRow(ttUnaryGetFunction(op));
  intptr_t count = ttUnaryGetNumParams(op);
  if (count != row->params)
    return ttEmitOpError(op, "has %" PRIdPTR " params, but '%s' takes %d",
                         count, row->name, row->params);
  return checkFormat(op, row->name, row->integer,
                     blockOf(ttUnaryGetResult(op)).tile.format);
}

MlirLogicalResult ttVerifyBinary(MlirOperation op) {
  const TtBinaryFunctionRow *row = ttBinaryFunctionRow(ttBinaryGetFunction(op));
  if (ttBinaryHasUnit(op) && ttBinaryGetUnit(op) != TtUnitSFPU && !row->fpu)
    return ttEmitOpError(op,
                         "computes '%s' on unit '%s', but only the SFPU does",
                         row->name, ttUnitToString(ttBinaryGetUnit(op)));
  return checkFormat(op, row->name, row->integer,
                     blockOf(ttBinaryGetResult(op)).tile.format);
}

MlirLogicalResult ttVerifyTypecast(MlirOperation op) {
  Block from = blockOf(ttTypecastGetOperand(op));
  Block to = blockOf(ttTypecastGetResult(op));
  if (from.rows != to.rows || from.cols != to.cols)
    return wrongGrid(op, "a result", to, from.rows, from.cols);
  return sameTileShape(from, to) ? mlirLogicalResultSuccess() : wrongTile(op);
}

/// Formats with 5 and with 8 bits of exponent do not meet in one FPU op.
static bool isHalf(TtDataFormat format) { return format == TtDataFormatF16; }
static bool isBrain(TtDataFormat format) {
  return format == TtDataFormatBF16 || format == TtDataFormatBFP8B ||
         format == TtDataFormatBFP4B;
}

static MlirLogicalResult checkMmaFormats(MlirOperation op, Block lhs, Block rhs,
                                         Block acc) {
  TtDataFormat a = lhs.tile.format, b = rhs.tile.format;
  if (isInteger(a) || isInteger(b) || isInteger(acc.tile.format)) {
    return ttEmitOpError(op,
                         "multiplies tiles of %s by %s onto %s; the matrix "
                         "unit takes floats",
                         ttDataFormatToString(a), ttDataFormatToString(b),
                         ttDataFormatToString(acc.tile.format));
  }
  if ((isHalf(a) && isBrain(b)) || (isBrain(a) && isHalf(b))) {
    TtDiagnostic *d =
        ttDiagnosticOpError(op, "multiplies tiles of %s by tiles of %s",
                            ttDataFormatToString(a), ttDataFormatToString(b));
    ttDiagnosticHint(d, "they differ in the bits of the exponent; cast one of "
                        "them, or both to f32");
    return ttDiagnosticReport(d);
  }
  return mlirLogicalResultSuccess();
}

MlirLogicalResult ttVerifyMma(MlirOperation op) {
  Block lhs = blockOf(ttMmaGetLhs(op)), rhs = blockOf(ttMmaGetRhs(op));
  Block acc = blockOf(ttMmaGetAcc(op));
  bool turnedA = ttMmaGetTransposeA(op), turnedB = ttMmaGetTransposeB(op);
  int64_t m = turnedA ? lhs.cols : lhs.rows, k = turnedA ? lhs.rows : lhs.cols;
  int64_t n = turnedB ? rhs.rows : rhs.cols;
  if ((turnedB ? rhs.cols : rhs.rows) != k)
    return turnedB ? wrongGrid(op, "a right operand", rhs, n, k)
                   : wrongGrid(op, "a right operand", rhs, k, n);
  if (acc.rows != m || acc.cols != n)
    return wrongGrid(op, "an accumulator", acc, m, n);
  if (!sameTileShape(lhs, rhs) || !sameTileShape(lhs, acc))
    return ttEmitOpError(op, "has operands with tiles of different shapes");
  return checkMmaFormats(op, lhs, rhs, acc);
}

MlirLogicalResult ttVerifyBcast(MlirOperation op) {
  Block from = blockOf(ttBcastGetOperand(op));
  Block to = blockOf(ttBcastGetResult(op));
  TtBcastDim dim = ttBcastGetDim(op);
  int64_t rows = dim == TtBcastDimCol ? to.rows : 1;
  int64_t cols = dim == TtBcastDimRow ? to.cols : 1;
  if (from.rows != rows || from.cols != cols)
    return wrongGrid(op, "an operand", from, rows, cols);
  if (!sameTileShape(from, to))
    return wrongTile(op);
  if (from.tile.format != to.tile.format)
    return ttEmitOpError(op, "makes tiles of %s from tiles of %s",
                         ttDataFormatToString(to.tile.format),
                         ttDataFormatToString(from.tile.format));
  return mlirLogicalResultSuccess();
}

MlirLogicalResult ttVerifyReduce(MlirOperation op) {
  Block from = blockOf(ttReduceGetOperand(op));
  Block to = blockOf(ttReduceGetResult(op));
  TtReduceDim dim = ttReduceGetDim(op);
  int64_t rows = dim == TtReduceDimRow ? from.rows : 1;
  int64_t cols = dim == TtReduceDimCol ? from.cols : 1;
  if (to.rows != rows || to.cols != cols)
    return wrongGrid(op, "a result", to, rows, cols);
  if (!sameTileShape(from, to))
    return wrongTile(op);
  MlirValue acc = ttReduceGetAcc(op), result = ttReduceGetResult(op);
  if (!mlirValueIsNull(acc) &&
      !mlirTypeEqual(mlirValueGetType(acc), mlirValueGetType(result))) {
    char *is = ttTypeToText(mlirValueGetType(acc));
    char *needs = ttTypeToText(mlirValueGetType(result));
    MlirLogicalResult failed = ttEmitOpError(
        op, "has the accumulator '%s', but needs the type of its result, '%s'",
        is, needs);
    free(is);
    free(needs);
    return failed;
  }
  if (isInteger(from.tile.format) || isInteger(to.tile.format))
    return ttEmitOpError(op, "reduces tiles of %s to %s; the FPU takes floats",
                         ttDataFormatToString(from.tile.format),
                         ttDataFormatToString(to.tile.format));
  return mlirLogicalResultSuccess();
}

MlirLogicalResult ttVerifyTranspose(MlirOperation op) {
  Block from = blockOf(ttTransposeGetOperand(op));
  Block to = blockOf(ttTransposeGetResult(op));
  if (to.rows != from.cols || to.cols != from.rows)
    return wrongGrid(op, "a result", to, from.cols, from.rows);
  if (to.tile.height != from.tile.width || to.tile.width != from.tile.height)
    return wrongTile(op);
  if (from.tile.format != to.tile.format)
    return ttEmitOpError(op, "makes tiles of %s from tiles of %s",
                         ttDataFormatToString(to.tile.format),
                         ttDataFormatToString(from.tile.format));
  return mlirLogicalResultSuccess();
}
