//===- import_kernel.c - from a grid to a kernel --------------------------===//
//
// The body of the scf.forall is moved, not copied: it becomes the body of the
// `tt.kernel`, is cut off from the function around it, and is then rewritten in
// place until block transfers are all that connects it with buffers.
//
//===----------------------------------------------------------------------===//

#include "import.h"
#include "index_arith.h"
#include "mlir-c/BuiltinTypes.h"
#include "stb_ds.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/IR.h"
#include "tt-c/gen/ScfOps.h"
#include "tt-c/gen/TtOps.h"
#include <inttypes.h>
#include <stdio.h>

//===--- The grid ---------------------------------------------------------===//

typedef struct {
  int64_t lower[TtImportMaxGrid], upper[TtImportMaxGrid], step[TtImportMaxGrid];
  int64_t extent[TtImportMaxGrid];
  intptr_t rank;
} Grid;

/// One bound per dimension from the static bounds of a forall and, for those
/// that are values, from constants.
static bool boundsGet(MlirOperation forall, intptr_t rank, const int64_t *fixed,
                      MlirValue (*value)(MlirOperation, intptr_t),
                      int64_t *bounds) {
  intptr_t dynamic = 0;
  for (intptr_t i = 0; i < rank; ++i) {
    bounds[i] = fixed[i];
    if (mlirShapedTypeIsDynamicSize(fixed[i]) &&
        !ttValueGetConstantInt(value(forall, dynamic++), &bounds[i]))
      return false;
  }
  return true;
}

static MlirLogicalResult gridGet(MlirOperation forall, Grid *grid) {
  intptr_t rank = ttScfForallGetNumStaticUpperBound(forall);
  grid->rank = rank;
  if (rank < 1 || rank > TtImportMaxGrid)
    return ttEmitOpError(forall,
                         "has %" PRIdPTR " dimensions but a grid of blocks has "
                         "1 to %d",
                         rank, TtImportMaxGrid);
  if (!boundsGet(forall, rank, ttScfForallGetStaticLowerBound(forall),
                 ttScfForallGetDynamicLowerBound, grid->lower) ||
      !boundsGet(forall, rank, ttScfForallGetStaticUpperBound(forall),
                 ttScfForallGetDynamicUpperBound, grid->upper) ||
      !boundsGet(forall, rank, ttScfForallGetStaticStep(forall),
                 ttScfForallGetDynamicStep, grid->step)) {
    TtDiagnostic *d = ttDiagnosticOpError(
        forall, "has a bound that is not a constant; the number of blocks is "
                "part of the program");
    ttDiagnosticHint(d, "use constant lower bounds, upper bounds and steps");
    return ttDiagnosticReport(d);
  }
  for (intptr_t i = 0; i < rank; ++i) {
    if (!ttIsIndex(grid->lower[i]) || !ttIsIndex(grid->upper[i]) ||
        !ttIsIndex(grid->step[i]))
      return ttEmitOpError(forall,
                           "has a bound or step of more than %" PRId64
                           " in dimension %" PRIdPTR,
                           TtIndexMost, i);
    int64_t span = grid->upper[i] - grid->lower[i];
    if (span <= 0 || grid->step[i] <= 0)
      return ttEmitOpError(forall, "has no blocks in dimension %" PRIdPTR, i);
    grid->extent[i] = (span + grid->step[i] - 1) / grid->step[i];
  }
  return mlirLogicalResultSuccess();
}

static void createKernel(TtImportKernel *kernel, const Grid *grid) {
  TtImportFunction *f = kernel->function;
  MlirBlock hostBody = mlirRegionGetFirstBlock(ttHostGetBody(f->host));
  TtBuilder b = ttBuilderAtEnd(f->context, hostBody);
  MlirStringRef base = ttHostGetSymName(f->host);
  char *name = NULL;
  for (size_t i = 0; i < base.length; ++i)
    arrput(name, base.data[i]);
  char number[24];
  int digits = snprintf(number, sizeof number, "_%d", f->numKernels++);
  for (int i = 0; i < digits; ++i)
    arrput(name, number[i]);
  MlirLocation loc = mlirOperationGetLocation(kernel->forall);
  kernel->kernel =
      ttKernelCreate(&b, loc, mlirStringRefCreate(name, (size_t)arrlen(name)),
                     grid->rank, grid->extent, f->schedule, (TtComputeAttr){0});
  arrfree(name);
  MlirType types[TtImportMaxGrid];
  MlirLocation locs[TtImportMaxGrid];
  for (intptr_t i = 0; i < grid->rank; ++i) {
    types[i] = mlirIndexTypeGet(f->context);
    locs[i] = loc;
  }
  kernel->body = mlirBlockCreate(grid->rank, types, locs);
  mlirRegionAppendOwnedBlock(ttKernelGetBody(kernel->kernel), kernel->body);
}

/// Moves the ops over; old block indices become affine functions of the new, or
/// constants where there is one block: as such they are part of offsets, so
/// that the block is the same as one without the index.
static void takeBody(TtImportKernel *kernel, const Grid *grid) {
  MlirBlock from =
      mlirRegionGetFirstBlock(ttScfForallGetRegion(kernel->forall));
  TtBuilder b = ttBuilderAtEnd(kernel->function->context, kernel->body);
  MlirLocation loc = mlirOperationGetLocation(kernel->forall);
  for (intptr_t i = 0; i < grid->rank; ++i) {
    MlirValue index =
        grid->extent[i] == 1
            ? ttIndexConstant(&b, loc, grid->lower[i])
            : ttIndexScale(&b, loc, mlirBlockGetArgument(kernel->body, i),
                           grid->step[i], grid->lower[i]);
    mlirValueReplaceAllUsesOfWith(mlirBlockGetArgument(from, i), index);
  }
  kernel->marker = mlirOpResultGetOwner(ttIndexConstant(&b, loc, 0));
  ttBlockSplice(kernel->body, (MlirOperation){NULL}, from);
}

//===--- Capture ----------------------------------------------------------===//

static MlirValue capture(TtImportKernel *kernel, MlirValue value) {
  const TtImportValue *entry = ttImportFunctionLookup(kernel->function, value);
  if (!entry || entry->kind != TtImportPure)
    return value;
  ptrdiff_t known = hmgeti(kernel->captured, (void *)value.ptr);
  if (known >= 0)
    return kernel->captured[known].value;
  MlirOperation copy = mlirOperationClone(entry->op);
  for (intptr_t i = 0; i < mlirOperationGetNumOperands(copy); ++i)
    mlirOperationSetOperand(copy, i,
                            capture(kernel, mlirOperationGetOperand(copy, i)));
  TtBuilder b = ttBuilderBefore(kernel->marker);
  ttBuilderInsert(&b, copy);
  for (intptr_t i = 0; i < mlirOperationGetNumResults(copy); ++i)
    hmput(kernel->captured, (void *)mlirOperationGetResult(entry->op, i).ptr,
          mlirOperationGetResult(copy, i));
  return hmget(kernel->captured, (void *)value.ptr);
}

void ttImportCapture(TtImportKernel *kernel, MlirOperation op) {
  for (intptr_t i = 0; i < mlirOperationGetNumOperands(op); ++i) {
    MlirValue value = mlirOperationGetOperand(op, i);
    MlirValue inside = capture(kernel, value);
    if (!mlirValueEqual(value, inside))
      mlirOperationSetOperand(op, i, inside);
  }
}

static MlirWalkResult captureOperands(MlirOperation op, void *data) {
  ttImportCapture(data, op);
  return MlirWalkResultAdvance;
}

//===--- Order and cleaning up --------------------------------------------===//

static void collectBlock(TtImportKernel *kernel, MlirBlock block) {
  for (MlirOperation op = mlirBlockGetFirstOperation(block);
       !mlirOperationIsNull(op); op = mlirOperationGetNextInBlock(op)) {
    arrput(kernel->ops, op);
    if (ttImportIsLinalg(op) || ttImportIsElementNest(op))
      continue;
    for (intptr_t i = 0; i < mlirOperationGetNumRegions(op); ++i) {
      MlirBlock inner = mlirRegionGetFirstBlock(mlirOperationGetRegion(op, i));
      for (; !mlirBlockIsNull(inner); inner = mlirBlockGetNextInRegion(inner))
        collectBlock(kernel, inner);
    }
  }
}

void ttImportKernelCollect(TtImportKernel *kernel) {
  arrsetlen(kernel->ops, 0);
  collectBlock(kernel, kernel->body);
}

static bool isUnused(MlirOperation op) {
  for (intptr_t i = 0; i < mlirOperationGetNumResults(op); ++i)
    if (!mlirOpOperandIsNull(
            mlirValueGetFirstUse(mlirOperationGetResult(op, i))))
      return false;
  return mlirOperationGetNumResults(op) > 0 && ttOperationIsPure(op);
}

/// Removes views and whatever else nothing uses any more; what still uses a
/// buffer then does so in a way that is no access to a block.
static MlirLogicalResult cleanUp(TtImportKernel *kernel) {
  mlirOperationDestroy(mlirBlockGetTerminator(kernel->body));
  ttImportKernelCollect(kernel);
  for (ptrdiff_t i = arrlen(kernel->ops) - 1; i >= 0; --i) {
    MlirOperation op = kernel->ops[i];
    if (isUnused(op)) {
      mlirOperationDestroy(op);
      continue;
    }
    mlirOperationRemoveDiscardableAttributeByName(op, ttNumStagesAttrName());
    for (intptr_t j = 0; j < mlirOperationGetNumOperands(op); ++j) {
      if (!ttImportFunctionLookup(kernel->function,
                                  mlirOperationGetOperand(op, j)))
        continue;
      TtDiagnostic *d = ttDiagnosticOpError(
          op, "uses a buffer but neither reads nor writes a block of it");
      ttDiagnosticHint(d, "in a grid, buffers are read and written by linalg "
                          "ops, copies, slices and loops over elements");
      return ttDiagnosticReport(d);
    }
  }
  return mlirLogicalResultSuccess();
}

static MlirLogicalResult rewrite(TtImportKernel *kernel) {
  mlirOperationWalk(kernel->kernel, captureOperands, kernel, MlirWalkPreOrder);
  ttImportKernelCollect(kernel);
  ttImportUncarryMemrefs(kernel);
  if (mlirLogicalResultIsFailure(ttImportNormalizeShapes(kernel)) ||
      mlirLogicalResultIsFailure(ttImportCheckBody(kernel)) ||
      mlirLogicalResultIsFailure(ttImportCheckViews(kernel)) ||
      mlirLogicalResultIsFailure(ttImportCheckParts(kernel)) ||
      mlirLogicalResultIsFailure(ttImportNormalizeLoops(kernel)))
    return mlirLogicalResultFailure();
  ttImportNormalizeTensors(kernel);
  if (mlirLogicalResultIsFailure(ttImportTensors(kernel)) ||
      mlirLogicalResultIsFailure(ttImportElementViews(kernel)))
    return mlirLogicalResultFailure();
  ttImportKernelCollect(kernel);
  if (mlirLogicalResultIsFailure(ttImportMemrefs(kernel)) ||
      mlirLogicalResultIsFailure(cleanUp(kernel)) ||
      mlirLogicalResultIsFailure(ttImportKernelEffects(kernel)))
    return mlirLogicalResultFailure();
  TtComputeAttr compute;
  if (mlirLogicalResultIsFailure(ttImportResolveCompute(
          kernel->function->defaults, kernel->function->func, kernel->kernel,
          &compute)))
    return mlirLogicalResultFailure();
  ttKernelSetCompute(kernel->kernel, compute);
  return mlirLogicalResultSuccess();
}

MlirLogicalResult ttImportKernelRun(TtImportFunction *function,
                                    MlirOperation forall) {
  TtImportKernel kernel = {.function = function, .forall = forall};
  Grid grid;
  if (mlirLogicalResultIsFailure(gridGet(forall, &grid)))
    return mlirLogicalResultFailure();
  createKernel(&kernel, &grid);
  takeBody(&kernel, &grid);
  MlirLogicalResult result = rewrite(&kernel);
  arrfree(kernel.ops);
  hmfree(kernel.captured);
  hmfree(kernel.transfers);
  hmfree(kernel.sizes);
  hmfree(kernel.filled);
  hmfree(function->extents);
  return result;
}
