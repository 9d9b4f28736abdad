//===- lower_to_sfpu.c - element loops become linalg.generic --------------===//
//
// Takes loops that load, compute and store single elements of on-chip buffers,
// and the same written with thread ids instead of loops; leaves
// `linalg.generic` on those buffers. What is no loop over elements is gone
// through for those in it.
//
//===----------------------------------------------------------------------===//

#include "element_generic.h"
#include "host_tree.h"
#include "mlir-c/BuiltinTypes.h"
#include "stb_ds.h"
#include "tt-c/gen/Passes.h"
#include "tt-c/gen/TtOps.h"

static bool failed(MlirLogicalResult result) {
  return mlirLogicalResultIsFailure(result);
}

static bool hasStore(const TtElementNest *nest) {
  for (ptrdiff_t i = 0; i < arrlen(nest->accesses); ++i) {
    if (ttIsStore(&nest->accesses[i]))
      return true;
  }
  return false;
}

/// A loop that stores nothing does nothing.
static MlirLogicalResult lowerLoop(MlirOperation loop) {
  TtElementNest nest = {0};
  MlirLogicalResult result = ttElementNestAdd(&nest, loop);
  if (!failed(result))
    result = ttElementNestFindAccesses(&nest);
  if (!failed(result) && hasStore(&nest))
    result = ttElementNestEmit(&nest);
  ttElementNestFree(&nest);
  if (!failed(result))
    mlirOperationDestroy(loop);
  return result;
}

static bool isUnused(MlirOperation op) {
  for (intptr_t i = 0; i < mlirOperationGetNumResults(op); ++i) {
    if (!mlirOpOperandIsNull(
            mlirValueGetFirstUse(mlirOperationGetResult(op, i))))
      return false;
  }
  return true;
}

/// Whether the run goes over all of what it accesses in its one iteration: a
/// loop over one element is gone by now.
static bool isOneElement(const TtElementNest *run) {
  for (ptrdiff_t i = 0; i < arrlen(run->accesses); ++i) {
    MlirType type = mlirValueGetType(run->accesses[i].memref);
    for (intptr_t d = 0; d < mlirShapedTypeGetRank(type); ++d)
      if (mlirShapedTypeGetDimSize(type, d) != 1)
        return false;
  }
  return true;
}

/// A run of ops without loops: one element per thread, or a block of one. Left
/// alone if it is neither.
static MlirLogicalResult lowerThreads(TtElementNest *run) {
  MlirLogicalResult result = mlirLogicalResultSuccess();
  bool accesses = false;
  for (ptrdiff_t i = 0; i < arrlen(run->ops); ++i)
    accesses |= ttIsElementAccess(run->ops[i]);
  if (accesses)
    result = ttElementNestFindAccesses(run);
  bool lower = !failed(result) && hasStore(run) &&
               (arrlen(run->loops) > 0 || isOneElement(run));
  if (lower)
    result = ttElementNestEmit(run);
  for (ptrdiff_t i = arrlen(run->ops) - 1; lower && i >= 0; --i) {
    if (!failed(result) && isUnused(run->ops[i]))
      mlirOperationDestroy(run->ops[i]);
  }
  ttElementNestFree(run);
  *run = (TtElementNest){0};
  return result;
}

static MlirLogicalResult lowerBlock(MlirBlock block);

static MlirLogicalResult lowerOp(MlirOperation op) {
  if (ttIsElementLoop(op))
    return lowerLoop(op);
  for (intptr_t i = 0; i < mlirOperationGetNumRegions(op); ++i) {
    MlirBlock block = mlirRegionGetFirstBlock(mlirOperationGetRegion(op, i));
    if (!mlirBlockIsNull(block) && failed(lowerBlock(block)))
      return mlirLogicalResultFailure();
  }
  return mlirLogicalResultSuccess();
}

static MlirLogicalResult lowerBlock(MlirBlock block) {
  TtElementNest run = {0};
  MlirOperation next;
  for (MlirOperation op = mlirBlockGetFirstOperation(block);
       !mlirOperationIsNull(op); op = next) {
    next = mlirOperationGetNextInBlock(op);
    bool scalar = ttIsElementScalarOp(op) && mlirOperationGetNumResults(op) > 0;
    if (ttIsElementAccess(op) || scalar) {
      ttElementNestAdd(&run, op);
      continue;
    }
    if (failed(lowerThreads(&run)) || failed(lowerOp(op)))
      return mlirLogicalResultFailure();
  }
  return lowerThreads(&run);
}

static MlirLogicalResult lower(MlirOperation kernel, void *unused) {
  (void)unused;
  return lowerBlock(mlirRegionGetFirstBlock(ttKernelGetBody(kernel)));
}

MlirLogicalResult ttRunLowerToSfpu(TtPass *pass, MlirOperation op,
                                   const TtLowerToSfpuOptions *options) {
  (void)pass;
  (void)options;
  return ttForEach(op, ttKernelIsa, lower, NULL);
}
