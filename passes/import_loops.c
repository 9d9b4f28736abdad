//===- import_loops.c - loops from 0 in steps of 1 ------------------------===//
//
// Later passes count productions of a loop by its trip count, so every loop
// over blocks says it. What the old induction variable was is an affine
// function of the new one, and folds into the offsets that use it.
//
//===----------------------------------------------------------------------===//

#include "import.h"
#include "index_arith.h"
#include "mlir-c/BuiltinTypes.h"
#include "stb_ds.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/gen/AffineOps.h"
#include "tt-c/gen/ScfOps.h"

static MlirLogicalResult refuse(MlirOperation loop, const char *what,
                                const char *hint) {
  TtDiagnostic *d = ttDiagnosticOpError(loop, "%s", what);
  ttDiagnosticHint(d, "%s", hint);
  return ttDiagnosticReport(d);
}

static MlirLogicalResult checkLoop(MlirOperation loop, int64_t *lower,
                                   int64_t *upper, int64_t *step) {
  MlirBlock body = mlirRegionGetFirstBlock(ttScfForGetRegion(loop));
  if (!mlirTypeIsAIndex(mlirValueGetType(mlirBlockGetArgument(body, 0))))
    return refuse(loop, "does not count in 'index'",
                  "use an induction variable of type 'index'");
  if (!ttIndexIsConstant(ttScfForGetLowerBound(loop), lower) ||
      !ttIndexIsConstant(ttScfForGetUpperBound(loop), upper) ||
      !ttIndexIsConstant(ttScfForGetStep(loop), step))
    return refuse(loop,
                  "has a bound or step that is not a constant; the number of "
                  "its iterations is part of the program",
                  "use constant bounds and a constant step");
  if (*step <= 0)
    return refuse(loop, "has a step that is not positive",
                  "use a step of at least 1");
  for (intptr_t i = 0; i < ttScfForGetNumResults(loop); ++i)
    if (mlirTypeIsAMemRef(mlirValueGetType(ttScfForGetResults(loop, i))))
      return refuse(loop, "carries a memref from one iteration to the next",
                    "write to one memref that is allocated outside of the "
                    "loop; canonicalize removes those that never change");
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
  MlirBlock body = mlirRegionGetFirstBlock(ttScfForGetRegion(loop));
  MlirContext context = mlirOperationGetContext(loop);
  TtBuilder start = ttBuilderAtStart(context, body);
  MlirValue counter = mlirBlockGetArgument(body, 0);
  MlirValue old = ttIndexScale(&start, loc, counter, step, lower);
  MlirOperation scaling = mlirOpResultGetOwner(old);
  mlirValueReplaceAllUsesExcept(counter, old, 1, &scaling);
}

MlirLogicalResult ttImportNormalizeLoops(TtImportKernel *kernel) {
  for (ptrdiff_t i = 0; i < arrlen(kernel->ops); ++i) {
    MlirOperation loop = kernel->ops[i];
    int64_t lower, upper, step;
    if (!ttScfForIsa(loop) || ttImportIsElementNest(loop))
      continue;
    if (mlirLogicalResultIsFailure(checkLoop(loop, &lower, &upper, &step)))
      return mlirLogicalResultFailure();
    if (lower != 0 || step != 1)
      normalize(loop, lower, upper, step);
  }
  return mlirLogicalResultSuccess();
}
