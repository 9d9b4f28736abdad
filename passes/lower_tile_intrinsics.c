//===- lower_tile_intrinsics.c - tensors of scalars to blocks of tiles ----===//
//
// Takes kernels whose values are linalg on tensors of scalars. Leaves tile ops
// on tensors of `!tt.tile`, one per scalar op of a body, and offsets in tiles.
//
// One idea: each tensor of the old program has one block in the new one. This
// file walks the kernel in order and rebuilds what carries tensors; the parts
// that know an op each have their file (tile_lowering.h).
//
//===----------------------------------------------------------------------===//

#include "block_type.h"
#include "loop_body.h"
#include "mlir-c/BuiltinAttributes.h"
#include "mlir-c/BuiltinTypes.h"
#include "stb_ds.h"
#include "tile_lowering.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/IR.h"
#include "tt-c/gen/ArithOps.h"
#include "tt-c/gen/LinalgOps.h"
#include "tt-c/gen/Passes.h"
#include "tt-c/gen/ScfOps.h"
#include "tt-c/gen/TensorOps.h"
#include "tt-c/gen/TtOps.h"

static bool lowerBlock(TtTiling *tiling, MlirBlock block);

static bool isTensor(MlirValue value) {
  return mlirTypeIsARankedTensor(mlirValueGetType(value));
}

/// The value in the new program.
static MlirValue renewed(const TtTiling *tiling, MlirValue value) {
  return isTensor(value) ? ttTilingBlock(tiling, value) : value;
}

/// Lets `to` take the place of `from`.
static void replace(TtTiling *tiling, MlirValue from, MlirValue to) {
  if (isTensor(from))
    ttTilingMap(tiling, from, to);
  else
    mlirValueReplaceAllUsesOfWith(from, to);
}

//===- linalg -------------------------------------------------------------===//

static MlirValue lowerResult(TtTiling *tiling, const TtStructured *s,
                             intptr_t i) {
  TtSpace space = ttStructuredSpace(tiling, s, s->numInputs + i);
  unsigned loops = 0;
  for (int loop = 0; loop < s->numLoops; ++loop)
    loops |= s->extents[loop] == 1 ? 0 : 1u << loop;
  if (loops & ~ttSpaceLoops(space)) {
    bool isContraction;
    MlirValue block = ttTilingContract(tiling, s, i, &isContraction);
    return isContraction ? block : ttTilingReduce(tiling, s, i);
  }
  TtExpression e = ttExpressionBegin(tiling, s, space);
  MlirValue yielded = ttStructuredYield(s, i);
  MlirValue block = ttExpressionBlock(&e, yielded);
  TtDataFormat format;
  if (!mlirValueIsNull(block) &&
      ttScalarFormat(mlirValueGetType(yielded), &format))
    block =
        ttExpressionCast(&e, mlirOperationGetLocation(s->op), block, format);
  ttExpressionEnd(&e);
  return block;
}

static bool lowerStructured(TtTiling *tiling, MlirOperation op) {
  TtStructured s;
  if (!ttStructuredGet(op, &s))
    return false;
  for (intptr_t i = 0; i < s.numInits; ++i) {
    MlirValue result = mlirOperationGetResult(op, i);
    if (mlirTypeIsNull(ttTilingBlockType(tiling, op, result)))
      return false;
    MlirValue block = lowerResult(tiling, &s, i);
    if (mlirValueIsNull(block))
      return false;
    ttTilingMap(tiling, result, block);
  }
  arrput(tiling->dead, op);
  return true;
}

//===- tensor and constants -----------------------------------------------===//

static bool fillWith(TtTiling *tiling, MlirOperation op, double number) {
  MlirValue result = mlirOperationGetResult(op, 0);
  MlirType type = ttTilingBlockType(tiling, op, result);
  if (mlirTypeIsNull(type))
    return false;
  TtBuilder b = ttBuilderBefore(op);
  MlirOperation fill =
      ttFillCreate(&b, mlirOperationGetLocation(op), type, number);
  ttTilingMap(tiling, result, ttFillGetResult(fill));
  ++tiling->numTileOps;
  arrput(tiling->dead, op);
  return true;
}

static bool lowerConstant(TtTiling *tiling, MlirOperation op) {
  MlirAttribute value = ttArithConstantGetValue(op);
  if (mlirAttributeIsADenseElements(value) &&
      mlirDenseElementsAttrIsSplat(value)) {
    MlirAttribute number = mlirDenseElementsAttrGetSplatValue(value);
    if (mlirAttributeIsAFloat(number))
      return fillWith(tiling, op, mlirFloatAttrGetValueDouble(number));
    if (mlirAttributeIsAInteger(number))
      return fillWith(tiling, op, (double)mlirIntegerAttrGetValueInt(number));
  }
  TtDiagnostic *d =
      ttDiagnosticOpError(op, "is a block with different constant elements");
  ttDiagnosticHint(d, "a constant block has one number in all elements; pass "
                      "other data as an argument");
  ttDiagnosticReport(d);
  return false;
}

/// A reshape that adds or drops dims of 1 around the same rows and columns.
static bool lowerReshape(TtTiling *tiling, MlirOperation op) {
  MlirValue from = mlirOperationGetOperand(op, 0);
  MlirValue to = mlirOperationGetResult(op, 0);
  MlirType type = ttTilingBlockType(tiling, op, to);
  if (mlirTypeIsNull(type))
    return false;
  MlirValue block = ttTilingBlock(tiling, from);
  if (!ttTilingReshape(tiling, op, from, to, &block))
    return false;
  ttTilingMap(tiling, to, block);
  arrput(tiling->dead, op);
  return true;
}

//===- scf ----------------------------------------------------------------===//

static bool lowerFor(TtTiling *tiling, MlirOperation op) {
  intptr_t count = ttScfForGetNumInitArgs(op);
  MlirBlock old = ttLoopBody(op);
  arrput(tiling->dead, op);
  MlirValue *inits = NULL;
  MlirType *types = NULL;
  MlirLocation *locs = NULL;
  MlirLocation loc = mlirOperationGetLocation(op);
  arrput(types, mlirValueGetType(mlirBlockGetArgument(old, 0)));
  arrput(locs, loc);
  for (intptr_t i = 0; i < count; ++i) {
    arrput(inits, renewed(tiling, ttScfForGetInitArgs(op, i)));
    arrput(types, mlirValueGetType(arrlast(inits)));
    arrput(locs, loc);
  }
  TtBuilder b = ttBuilderBefore(op);
  MlirOperation loop = ttScfForCreate(
      &b, loc, count, types + 1, ttScfForGetLowerBound(op),
      ttScfForGetUpperBound(op), ttScfForGetStep(op), count, inits);
  MlirBlock body = mlirBlockCreate(count + 1, types, locs);
  mlirRegionAppendOwnedBlock(ttScfForGetRegion(loop), body);
  ttBlockSplice(body, (MlirOperation){NULL}, old);
  for (intptr_t i = 0; i <= count; ++i)
    replace(tiling, mlirBlockGetArgument(old, i),
            mlirBlockGetArgument(body, i));
  for (intptr_t i = 0; i < count; ++i)
    replace(tiling, ttScfForGetResults(op, i), ttScfForGetResults(loop, i));
  arrfree(inits);
  arrfree(types);
  arrfree(locs);
  return lowerBlock(tiling, body);
}

static bool lowerBranch(TtTiling *tiling, MlirRegion from, MlirRegion to) {
  MlirBlock old = mlirRegionGetFirstBlock(from);
  if (mlirBlockIsNull(old))
    return true;
  MlirBlock body = mlirBlockCreate(0, NULL, NULL);
  mlirRegionAppendOwnedBlock(to, body);
  ttBlockSplice(body, (MlirOperation){NULL}, old);
  return lowerBlock(tiling, body);
}

static bool lowerIf(TtTiling *tiling, MlirOperation op) {
  arrput(tiling->dead, op);
  MlirType *types = NULL;
  for (intptr_t i = 0; i < ttScfIfGetNumResults(op); ++i) {
    MlirValue result = ttScfIfGetResults(op, i);
    MlirType type = isTensor(result) ? ttTilingBlockType(tiling, op, result)
                                     : mlirValueGetType(result);
    if (mlirTypeIsNull(type))
      return arrfree(types), false;
    arrput(types, type);
  }
  TtBuilder b = ttBuilderBefore(op);
  MlirOperation branch =
      ttScfIfCreate(&b, mlirOperationGetLocation(op), arrlen(types), types,
                    ttScfIfGetCondition(op));
  arrfree(types);
  for (intptr_t i = 0; i < ttScfIfGetNumResults(op); ++i)
    replace(tiling, ttScfIfGetResults(op, i), ttScfIfGetResults(branch, i));
  return lowerBranch(tiling, ttScfIfGetThenRegion(op),
                     ttScfIfGetThenRegion(branch)) &&
         lowerBranch(tiling, ttScfIfGetElseRegion(op),
                     ttScfIfGetElseRegion(branch));
}

static void lowerYield(TtTiling *tiling, MlirOperation op) {
  MlirValue *values = NULL;
  for (intptr_t i = 0; i < ttScfYieldGetNumResults(op); ++i)
    arrput(values, renewed(tiling, ttScfYieldGetResults(op, i)));
  TtBuilder b = ttBuilderBefore(op);
  ttScfYieldCreate(&b, mlirOperationGetLocation(op), arrlen(values), values);
  arrfree(values);
  arrput(tiling->dead, op);
}

//===- The walk -----------------------------------------------------------===//

static bool touchesTensors(MlirOperation op) {
  for (intptr_t i = 0; i < mlirOperationGetNumOperands(op); ++i)
    if (isTensor(mlirOperationGetOperand(op, i)))
      return true;
  for (intptr_t i = 0; i < mlirOperationGetNumResults(op); ++i)
    if (isTensor(mlirOperationGetResult(op, i)))
      return true;
  return mlirOperationGetNumRegions(op) > 0;
}

static bool refuse(MlirOperation op) {
  TtDiagnostic *d = ttDiagnosticOpError(op, "is not supported in a kernel");
  ttDiagnosticHint(d, "blocks are computed by linalg ops with element-wise, "
                      "contracting or reducing bodies, in scf.for and scf.if; "
                      "parts of a block are read from its buffer");
  ttDiagnosticReport(d);
  return false;
}

static bool lowerOp(TtTiling *tiling, MlirOperation op) {
  if (ttReadBlockIsa(op))
    return ttTilingLowerRead(tiling, op);
  if (ttWriteBlockIsa(op))
    return ttTilingLowerWrite(tiling, op);
  if (ttScfForIsa(op))
    return lowerFor(tiling, op);
  if (ttScfIfIsa(op))
    return lowerIf(tiling, op);
  if (ttScfYieldIsa(op))
    return lowerYield(tiling, op), true;
  if (ttTensorEmptyIsa(op))
    return fillWith(tiling, op, 0);
  if (ttTensorExpandShapeIsa(op) || ttTensorCollapseShapeIsa(op))
    return lowerReshape(tiling, op);
  if (!touchesTensors(op))
    return true;
  if (ttArithConstantIsa(op))
    return lowerConstant(tiling, op);
  if (ttOperationIsStructured(op))
    return lowerStructured(tiling, op);
  if (ttLinalgSoftmaxIsa(op))
    return ttTilingLowerSoftmax(tiling, op);
  return refuse(op);
}

static bool lowerBlock(TtTiling *tiling, MlirBlock block) {
  MlirOperation next;
  for (MlirOperation op = mlirBlockGetFirstOperation(block);
       !mlirOperationIsNull(op); op = next) {
    next = mlirOperationGetNextInBlock(op);
    if (!lowerOp(tiling, op))
      return false;
  }
  return true;
}

static bool lowerKernel(TtPass *pass, MlirOperation kernel) {
  TtTiling tiling = {.context = mlirOperationGetContext(kernel),
                     .compute = ttKernelGetCompute(kernel)};
  ttTilingFindEdges(&tiling, kernel);
  bool done =
      ttTilingPlaceVectors(&tiling, kernel) &&
      lowerBlock(&tiling, mlirRegionGetFirstBlock(ttKernelGetBody(kernel)));
  for (intptr_t i = arrlen(tiling.dead); done && i-- > 0;)
    mlirOperationDestroy(tiling.dead[i]);
  ttPassAddStatistic(pass, TtLowerTileIntrinsicsStatisticNumTileOps,
                     tiling.numTileOps);
  ttTilingFormulasDestroy(&tiling);
  arrfree(tiling.dead);
  arrfree(tiling.edges);
  arrfree(tiling.masks);
  hmfree(tiling.blocks);
  hmfree(tiling.vectors);
  return done;
}

typedef struct {
  TtPass *pass;
  bool failed;
} Walk;

static MlirWalkResult visit(MlirOperation op, void *data) {
  Walk *walk = data;
  if (!ttKernelIsa(op))
    return MlirWalkResultAdvance;
  walk->failed |= !lowerKernel(walk->pass, op);
  return MlirWalkResultSkip;
}

MlirLogicalResult
ttRunLowerTileIntrinsics(TtPass *pass, MlirOperation op,
                         const TtLowerTileIntrinsicsOptions *options) {
  (void)options;
  Walk walk = {pass, false};
  mlirOperationWalk(op, visit, &walk, MlirWalkPreOrder);
  return walk.failed ? mlirLogicalResultFailure() : mlirLogicalResultSuccess();
}
