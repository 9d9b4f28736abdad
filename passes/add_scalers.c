//===- add_scalers.c - constant tiles that reductions multiply by
//----------===//
//
// The matrix engine reduces by multiplying with a scaler tile. The reader makes
// one per kernel and number. A scale that the tile's format holds exactly goes
// there; any other is applied to the result, in tile registers.
//
//===----------------------------------------------------------------------===//

#include "block_type.h"
#include "mlir-c/BuiltinTypes.h"
#include "sections.h"
#include "stb_ds.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/gen/TtOps.h"
#include <math.h>
#include <string.h>

typedef struct {
  double value;
  TtDataFormat format;
  MlirValue tile;
} Scaler;

typedef struct {
  MlirOperation kernel;
  Scaler *scalers; // stb_ds array
} Scalers;

// A power of two within the range of both 16-bit formats.
static bool isExact(double value) {
  int exponent;
  return fabs(frexp(value, &exponent)) == 0.5 && exponent > -13 &&
         exponent < 15;
}

static MlirValue makeTile(Scalers *scalers, double value, TtDataFormat format) {
  for (ptrdiff_t i = 0; i < arrlen(scalers->scalers); ++i)
    if (scalers->scalers[i].value == value &&
        scalers->scalers[i].format == format)
      return scalers->scalers[i].tile;
  MlirContext context = mlirOperationGetContext(scalers->kernel);
  MlirLocation loc = mlirOperationGetLocation(scalers->kernel);
  TtBuilder b = ttBuilderAtStart(
      context, mlirRegionGetFirstBlock(ttKernelGetBody(scalers->kernel)));
  TtBlock block = {1, 1,
                   ttTileTypeCreate(context, (TtTileType){32, 32, format})};
  MlirType type = ttCBTypeCreate(context, (TtCBType){1, block.tile});
  MlirOperation alloc = ttAllocCbCreate(&b, loc, type, 1);
  ttAllocCbSetName(alloc, mlirStringRefCreateFromCString("scaler"));
  Scaler scaler = {
      value, format,
      ttConstantTileGetResult(ttConstantTileCreate(
          &b, loc, ttBlockTypeGet(block), value, ttAllocCbGetResult(alloc)))};
  arrput(scalers->scalers, scaler);
  return scaler.tile;
}

static MlirValue multiplied(const TtBuilder *b, MlirLocation loc,
                            MlirValue value, double factor) {
  float param = (float)factor;
  MlirOperation scale = ttUnaryCreate(b, loc, TtUnaryFunctionMulScalar, value);
  ttUnarySetParams(scale, 1, &param);
  return ttUnaryGetResult(scale);
}

static MlirLogicalResult addScaler(Scalers *scalers, MlirOperation op) {
  double scale = ttReduceGetScale(op);
  bool exact = isExact(scale) && ttReduceGetKind(op) == TtReduceKindSum;
  bool apart = scale != 1.0 && !exact;
  MlirValue acc = ttReduceGetAcc(op);
  if (apart && !mlirValueIsNull(acc))
    return ttEmitOpError(op,
                         "scales by %g while it accumulates; scale the "
                         "result instead",
                         scale);
  TtDataFormat format = ttValueFormat(ttReduceGetOperand(op));
  MlirValue scaler =
      makeTile(scalers, exact ? scale : 1.0,
               format == TtDataFormatF16 ? TtDataFormatF16 : TtDataFormatBF16);
  TtBuilder b = ttBuilderBefore(op);
  MlirLocation loc = mlirOperationGetLocation(op);
  MlirOperation reduce = ttReduceCreate(
      &b, loc, mlirValueGetType(ttReduceGetResult(op)), ttReduceGetKind(op),
      ttReduceGetDim(op), ttReduceGetOperand(op), acc, scaler);
  MlirValue result = ttReduceGetResult(reduce);
  if (apart)
    result = multiplied(&b, loc, result, scale);
  mlirValueReplaceAllUsesOfWith(ttReduceGetResult(op), result);
  mlirOperationDestroy(op);
  return mlirLogicalResultSuccess();
}

static MlirWalkResult collect(MlirOperation op, void *data) {
  MlirOperation **ops = data;
  if (ttReduceIsa(op))
    arrput(*ops, op);
  return MlirWalkResultAdvance;
}

MlirLogicalResult ttAddScalers(MlirOperation kernel) {
  Scalers scalers = {kernel, NULL};
  MlirOperation *ops = NULL;
  mlirOperationWalk(kernel, collect, &ops, MlirWalkPreOrder);
  MlirLogicalResult result = mlirLogicalResultSuccess();
  for (ptrdiff_t i = 0; i < arrlen(ops) && mlirLogicalResultIsSuccess(result);
       ++i)
    result = addScaler(&scalers, ops[i]);
  arrfree(ops);
  arrfree(scalers.scalers);
  return result;
}
