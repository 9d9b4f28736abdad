//===- import_loops.c - loops from 0 in steps of 1 ------------------------===//
//
// Later passes count productions of a loop by its trip count, so every loop
// over blocks says it. What the old induction variable was is an affine
// function of the new one, a constant in a loop of one iteration, and folds
// into the offsets that use it. Memrefs that a loop carries without ever
// changing them (bufferization leaves them) are used directly.
//
//===----------------------------------------------------------------------===//

#include "import.h"
#include "index_arith.h"
#include "loop_body.h"
#include "mlir-c/BuiltinTypes.h"
#include "stb_ds.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/IR.h"
#include "tt-c/gen/AffineOps.h"
#include "tt-c/gen/ScfOps.h"
#include "tt-c/gen/TtAttrs.h"

static MlirLogicalResult refuse(MlirOperation loop, const char *what,
                                const char *hint) {
  TtDiagnostic *d = ttDiagnosticOpError(loop, "%s", what);
  ttDiagnosticHint(d, "%s", hint);
  return ttDiagnosticReport(d);
}

static MlirLogicalResult checkLoop(MlirOperation loop, int64_t *lower,
                                   int64_t *upper, int64_t *step) {
  MlirBlock body = ttLoopBody(loop);
  if (!mlirTypeIsAIndex(mlirValueGetType(mlirBlockGetArgument(body, 0))))
    return refuse(loop, "does not count in 'index'",
                  "use an induction variable of type 'index'");
  if (!ttValueGetConstantInt(ttScfForGetLowerBound(loop), lower) ||
      !ttValueGetConstantInt(ttScfForGetUpperBound(loop), upper) ||
      !ttValueGetConstantInt(ttScfForGetStep(loop), step))
    return refuse(loop,
                  "has a bound or step that is not a constant; the number of "
                  "its iterations is part of the program",
                  "use constant bounds and a constant step");
  if (!ttIsIndex(*lower) || !ttIsIndex(*upper) || !ttIsIndex(*step))
    return refuse(loop, "has a bound or step beyond all indices",
                  "use numbers of at most 2147483647");
  if (*step <= 0)
    return refuse(loop, "has a step that is not positive",
                  "use a step of at least 1");
  for (intptr_t i = 0; i < ttScfForGetNumResults(loop); ++i)
    if (mlirTypeIsAMemRef(mlirValueGetType(ttScfForGetResults(loop, i))))
      return refuse(loop, "carries a memref from one iteration to the next",
                    "write to one memref that is allocated outside of the "
                    "loop, the same one each time");
  return mlirLogicalResultSuccess();
}

static void normalize(MlirOperation loop, int64_t lower, int64_t upper,
                      int64_t step) {
  MlirLocation loc = mlirOperationGetLocation(loop);
  int64_t trips = upper > lower ? (upper - lower + step - 1) / step : 0;
  TtBuilder before = ttBuilderBefore(loop);
  ttScfForSetLowerBound(loop, ttIndexConstant(&before, loc, 0));
  ttScfForSetUpperBound(loop, ttIndexConstant(&before, loc, trips));
  ttScfForSetStep(loop, ttIndexConstant(&before, loc, 1));
  MlirBlock body = ttLoopBody(loop);
  MlirContext context = mlirOperationGetContext(loop);
  TtBuilder start = ttBuilderAtStart(context, body);
  MlirValue counter = mlirBlockGetArgument(body, 0);
  if (trips == 1) {
    mlirValueReplaceAllUsesOfWith(counter, ttIndexConstant(&start, loc, lower));
    return;
  }
  MlirValue old = ttIndexScale(&start, loc, counter, step, lower);
  MlirOperation scaling = mlirOpResultGetOwner(old);
  mlirValueReplaceAllUsesExcept(counter, old, 1, &scaling);
}

//===--- Memrefs that loops carry -----------------------------------------===//

static bool isCarriedUnchanged(MlirOperation loop, MlirBlock body, intptr_t i) {
  MlirValue argument = mlirBlockGetArgument(body, i + 1);
  MlirValue next = mlirOperationGetOperand(mlirBlockGetTerminator(body), i);
  return mlirTypeIsAMemRef(mlirValueGetType(argument)) &&
         (mlirValueEqual(next, argument) ||
          mlirValueEqual(next, ttScfForGetInitArgs(loop, i)));
}

/// What a loop carries apart from memrefs that stay the same.
typedef struct {
  MlirValue *inits, *nexts, *results; // stb_ds arrays
  MlirType *types;
} Carried;

static void dropUnchanged(MlirOperation loop, MlirBlock body, Carried *kept) {
  MlirOperation yield = mlirBlockGetTerminator(body);
  intptr_t count = ttScfForGetNumInitArgs(loop);
  for (intptr_t i = 0; i < count; ++i) {
    MlirValue init = ttScfForGetInitArgs(loop, i);
    if (!isCarriedUnchanged(loop, body, i))
      continue;
    mlirValueReplaceAllUsesOfWith(mlirBlockGetArgument(body, i + 1), init);
    mlirValueReplaceAllUsesOfWith(ttScfForGetResults(loop, i), init);
  }
  bool *drop = NULL;
  for (intptr_t i = 0; i < count; ++i) {
    arrput(drop, isCarriedUnchanged(loop, body, i));
    if (drop[i])
      continue;
    arrput(kept->inits, ttScfForGetInitArgs(loop, i));
    arrput(kept->nexts, mlirOperationGetOperand(yield, i));
    arrput(kept->results, ttScfForGetResults(loop, i));
    arrput(kept->types, mlirValueGetType(ttScfForGetResults(loop, i)));
  }
  for (intptr_t i = count - 1; i >= 0; --i)
    if (drop[i])
      mlirBlockEraseArgument(body, (unsigned)(i + 1));
  arrfree(drop);
  mlirOperationSetOperands(yield, arrlen(kept->nexts), kept->nexts);
}

static void useDirectly(MlirOperation loop) {
  MlirBlock body = ttLoopBody(loop);
  Carried kept = {NULL, NULL, NULL, NULL};
  dropUnchanged(loop, body, &kept);
  TtBuilder b = ttBuilderBefore(loop);
  MlirOperation fresh = ttScfForCreate(
      &b, mlirOperationGetLocation(loop), arrlen(kept.types), kept.types,
      ttScfForGetLowerBound(loop), ttScfForGetUpperBound(loop),
      ttScfForGetStep(loop), arrlen(kept.inits), kept.inits);
  mlirRegionTakeBody(ttScfForGetRegion(fresh), ttScfForGetRegion(loop));
  for (ptrdiff_t i = 0; i < arrlen(kept.results); ++i)
    mlirValueReplaceAllUsesOfWith(kept.results[i],
                                  ttScfForGetResults(fresh, i));
  MlirAttribute stages =
      mlirOperationGetDiscardableAttributeByName(loop, ttNumStagesAttrName());
  if (!mlirAttributeIsNull(stages))
    mlirOperationSetDiscardableAttributeByName(fresh, ttNumStagesAttrName(),
                                               stages);
  mlirOperationDestroy(loop);
  arrfree(kept.inits);
  arrfree(kept.nexts);
  arrfree(kept.results);
  arrfree(kept.types);
}

void ttImportUncarryMemrefs(TtImportKernel *kernel) {
  bool changed = false;
  for (ptrdiff_t i = arrlen(kernel->ops) - 1; i >= 0; --i) {
    MlirOperation loop = kernel->ops[i];
    bool found = false;
    if (!ttScfForIsa(loop))
      continue;
    MlirBlock body = ttLoopBody(loop);
    for (intptr_t j = 0; j < ttScfForGetNumInitArgs(loop); ++j)
      found |= isCarriedUnchanged(loop, body, j);
    if (found)
      useDirectly(loop);
    changed |= found;
  }
  if (changed)
    ttImportKernelCollect(kernel);
}

//===--- Bounds -----------------------------------------------------------===//

MlirLogicalResult ttImportNormalizeLoops(TtImportKernel *kernel) {
  for (ptrdiff_t i = 0; i < arrlen(kernel->ops); ++i) {
    MlirOperation loop = kernel->ops[i];
    int64_t lower, upper, step;
    if (!ttScfForIsa(loop) || ttImportIsElementNest(loop))
      continue;
    if (mlirLogicalResultIsFailure(checkLoop(loop, &lower, &upper, &step)))
      return mlirLogicalResultFailure();
    if (lower != 0 || step != 1 || upper == 1)
      normalize(loop, lower, upper, step);
  }
  return mlirLogicalResultSuccess();
}
