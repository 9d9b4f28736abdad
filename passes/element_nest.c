//===- element_nest.c - loops over the elements of a block ----------------===//

#include "element_nest.h"
#include "index_arith.h"
#include "mlir-c/BuiltinTypes.h"
#include "stb_ds.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/IR.h"
#include "tt-c/gen/MemrefOps.h"
#include "tt-c/gen/ScfOps.h"
#include <inttypes.h>

static MlirLogicalResult success(void) { return mlirLogicalResultSuccess(); }
static MlirLogicalResult failure(void) { return mlirLogicalResultFailure(); }
static bool failed(MlirLogicalResult result) {
  return mlirLogicalResultIsFailure(result);
}

bool ttIsElementAccess(MlirOperation op) {
  return ttMemrefLoadIsa(op) || ttMemrefStoreIsa(op);
}

bool ttIsStore(const TtElementAccess *access) {
  return ttMemrefStoreIsa(access->op);
}

static bool isLoop(MlirOperation op) {
  return ttScfForIsa(op) || ttScfParallelIsa(op) || ttScfForallIsa(op);
}

static bool isTerminator(MlirOperation op) {
  return ttScfYieldIsa(op) || ttScfReduceIsa(op) || ttScfInParallelIsa(op);
}

bool ttIsElementScalarOp(MlirOperation op) {
  for (intptr_t i = 0; i < mlirOperationGetNumOperands(op); ++i) {
    if (mlirTypeIsAShaped(mlirValueGetType(mlirOperationGetOperand(op, i))))
      return false;
  }
  for (intptr_t i = 0; i < mlirOperationGetNumResults(op); ++i) {
    if (mlirTypeIsAShaped(mlirValueGetType(mlirOperationGetResult(op, i))))
      return false;
  }
  return mlirOperationGetNumRegions(op) == 0 && ttOperationIsPure(op);
}

typedef struct {
  MlirBlock body;       // of the loop in question
  bool indexes, others; // its variables index elements; there is more than that
} Content;

/// Whether a value is computed from a variable of the loop.
static bool dependsOn(MlirValue value, MlirBlock body) {
  if (mlirValueIsABlockArgument(value))
    return mlirBlockEqual(mlirBlockArgumentGetOwner(value), body);
  MlirOperation owner = mlirOpResultGetOwner(value);
  for (intptr_t i = 0; i < mlirOperationGetNumOperands(owner); ++i) {
    if (dependsOn(mlirOperationGetOperand(owner, i), body))
      return true;
  }
  return false;
}

static MlirWalkResult look(MlirOperation op, void *data) {
  Content *content = data;
  if (ttIsElementAccess(op)) {
    for (intptr_t i = 0; i < mlirOperationGetNumOperands(op); ++i) {
      MlirValue operand = mlirOperationGetOperand(op, i);
      if (mlirTypeIsAIndex(mlirValueGetType(operand)))
        content->indexes |= dependsOn(operand, content->body);
    }
  } else if (!isLoop(op) && !isTerminator(op) && !ttScfIfIsa(op) &&
             !ttIsElementScalarOp(op)) {
    content->others = true;
  }
  return MlirWalkResultAdvance;
}

bool ttIsElementLoop(MlirOperation op) {
  if (!isLoop(op))
    return false;
  Content content = {mlirRegionGetFirstBlock(mlirOperationGetRegion(op, 0)),
                     false, false};
  mlirOperationWalk(op, look, &content, MlirWalkPreOrder);
  return content.indexes && !content.others;
}

//===- Loops --------------------------------------------------------------===//

static MlirLogicalResult refuseLoop(MlirOperation loop, const char *what,
                                    const char *hint) {
  TtDiagnostic *d = ttDiagnosticOpError(loop, "%s", what);
  ttDiagnosticHint(d, "%s", hint);
  return ttDiagnosticReport(d);
}

static MlirLogicalResult addLoop(TtElementNest *nest, MlirOperation op,
                                 MlirValue variable, bool known, int64_t lower,
                                 int64_t upper, int64_t step) {
  if (!known || step < 1)
    return refuseLoop(op, "over elements needs constant bounds",
                      "the loops over a block run over all of it");
  int64_t extent = upper > lower ? (upper - lower + step - 1) / step : 0;
  if (extent == 0 || (step != 1 && extent != 1))
    return refuseLoop(op, "over elements needs steps of 1 and an iteration",
                      "a block is computed as a whole; strides are for the "
                      "copies that fill it");
  arrput(nest->loops, ((TtElementLoop){variable, op, lower, extent, false}));
  return success();
}

static MlirValue argument(MlirRegion body, intptr_t i) {
  return mlirBlockGetArgument(mlirRegionGetFirstBlock(body), i);
}

static MlirLogicalResult addFor(TtElementNest *nest, MlirOperation op) {
  int64_t lower = 0, upper = 0, step = 0;
  bool known = ttIndexIsConstant(ttScfForGetLowerBound(op), &lower) &&
               ttIndexIsConstant(ttScfForGetUpperBound(op), &upper) &&
               ttIndexIsConstant(ttScfForGetStep(op), &step);
  return addLoop(nest, op, argument(ttScfForGetRegion(op), 0), known, lower,
                 upper, step);
}

static MlirLogicalResult addParallel(TtElementNest *nest, MlirOperation op) {
  for (intptr_t i = 0; i < ttScfParallelGetNumLowerBound(op); ++i) {
    int64_t lower = 0, upper = 0, step = 0;
    bool known = ttIndexIsConstant(ttScfParallelGetLowerBound(op, i), &lower) &&
                 ttIndexIsConstant(ttScfParallelGetUpperBound(op, i), &upper) &&
                 ttIndexIsConstant(ttScfParallelGetStep(op, i), &step);
    if (failed(addLoop(nest, op, argument(ttScfParallelGetRegion(op), i), known,
                       lower, upper, step)))
      return failure();
  }
  return success();
}

static MlirLogicalResult addForall(TtElementNest *nest, MlirOperation op) {
  bool known = ttScfForallGetNumDynamicLowerBound(op) == 0 &&
               ttScfForallGetNumDynamicUpperBound(op) == 0 &&
               ttScfForallGetNumDynamicStep(op) == 0;
  for (intptr_t i = 0; i < ttScfForallGetNumStaticUpperBound(op); ++i) {
    if (failed(addLoop(nest, op, argument(ttScfForallGetRegion(op), i), known,
                       ttScfForallGetStaticLowerBound(op)[i],
                       ttScfForallGetStaticUpperBound(op)[i],
                       ttScfForallGetStaticStep(op)[i])))
      return failure();
  }
  return success();
}

static MlirLogicalResult addLoopsOf(TtElementNest *nest, MlirOperation op) {
  if (mlirOperationGetNumResults(op) > 0)
    return refuseLoop(op, "over elements carries values",
                      "accumulate in an on-chip buffer, or write the reduction "
                      "as a 'linalg' op");
  if (ttScfForIsa(op))
    return addFor(nest, op);
  return ttScfParallelIsa(op) ? addParallel(nest, op) : addForall(nest, op);
}

MlirLogicalResult ttElementNestAdd(TtElementNest *nest, MlirOperation op) {
  if (mlirOperationIsNull(nest->first))
    nest->first = op;
  if (!isLoop(op)) {
    arrput(nest->ops, op);
    if (mlirOperationGetNumRegions(op) == 0)
      return success();
    return refuseLoop(op, "cannot be part of a loop over elements",
                      "choose between values with 'arith.select'");
  }
  if (failed(addLoopsOf(nest, op)))
    return failure();
  MlirBlock body = mlirRegionGetFirstBlock(mlirOperationGetRegion(op, 0));
  MlirOperation inner = {NULL};
  for (MlirOperation next = mlirBlockGetFirstOperation(body);
       !mlirOperationIsNull(next); next = mlirOperationGetNextInBlock(next)) {
    if (isTerminator(next))
      continue;
    if (isLoop(next) && !mlirOperationIsNull(inner))
      return refuseLoop(next, "is the second loop in one loop over elements",
                        "give each statement its own loops over the block");
    if (isLoop(next))
      inner = next;
    if (failed(ttElementNestAdd(nest, next)))
      return failure();
  }
  return success();
}

void ttElementNestFree(TtElementNest *nest) {
  for (ptrdiff_t i = 0; i < arrlen(nest->accesses); ++i) {
    for (intptr_t d = 0; d < nest->accesses[i].rank; ++d)
      ttAffineFormDestroy(&nest->accesses[i].rests[d]);
  }
  arrfree(nest->accesses);
  arrfree(nest->groups);
  arrfree(nest->loops);
  arrfree(nest->ops);
}
