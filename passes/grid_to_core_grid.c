//===- grid_to_core_grid.c - the grid becomes the loop over items ---------===//
//
// Takes `tt.kernel` whose block arguments are block indices; leaves one whose
// arguments are `start` and `count`, with a loop over the items of a core. The
// block indices come back from the item's number by the planner's numbering,
// step by step: every divisor is a constant.
//
//===----------------------------------------------------------------------===//

#include "host_tree.h"
#include "index_arith.h"
#include "mlir-c/BuiltinAttributes.h"
#include "mlir-c/BuiltinTypes.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/IR.h"
#include "tt-c/gen/AffineOps.h"
#include "tt-c/gen/ArithOps.h"
#include "tt-c/gen/Passes.h"
#include "tt-c/gen/TtOps.h"
#include "work_grid.h"
#include <inttypes.h>

static void emitDigits(const TtBuilder *b, MlirLocation loc,
                       const WorkStep *step, MlirValue source,
                       MlirValue *results) {
  MlirType index = mlirIndexTypeGet(b->context), types[WorkMaxRank];
  for (int i = 0; i < step->count; ++i)
    types[i] = index;
  MlirOperation op = ttAffineDelinearizeIndexCreate(
      b, loc, step->count, types, source, 0, NULL, step->count, step->basis);
  for (int i = 0; i < step->count; ++i)
    results[i] = ttAffineDelinearizeIndexGetMultiIndex(op, i);
}

static MlirValue emitLinear(const TtBuilder *b, MlirLocation loc,
                            int64_t factor, MlirValue high, MlirValue low) {
  MlirAffineExpr expr = mlirAffineAddExprGet(
      mlirAffineMulExprGet(mlirAffineDimExprGet(b->context, 0),
                           mlirAffineConstantExprGet(b->context, factor)),
      mlirAffineDimExprGet(b->context, 1));
  return ttIndexApply(b, loc, expr, 2, (MlirValue[]){high, low});
}

static MlirValue emitSelect(const TtBuilder *b, MlirLocation loc,
                            const WorkStep *step, const MlirValue *values) {
  MlirValue bound = ttIndexConstant(b, loc, step->bound);
  MlirValue below = ttArithCmpIGetResult(ttArithCmpICreate(
      b, loc, TtArithCmpIPredicateSlt, values[step->source], bound));
  return ttArithSelectGetResult(ttArithSelectCreate(
      b, loc, below, values[step->below], values[step->other]));
}

/// Emits the numbering; value 0 is the item.
static void emitNumbering(const TtBuilder *b, MlirLocation loc,
                          const WorkNumbering *numbering, MlirValue *values) {
  int next = 1;
  for (int i = 0; i < numbering->numSteps; ++i) {
    const WorkStep *step = &numbering->steps[i];
    MlirValue source = values[step->source];
    switch (step->kind) {
    case WorkDigits:
      emitDigits(b, loc, step, source, values + next);
      break;
    case WorkLinear:
      values[next] =
          emitLinear(b, loc, step->factor, source, values[step->other]);
      break;
    case WorkSelect:
      values[next] = emitSelect(b, loc, step, values);
      break;
    }
    next += step->count;
  }
}

static MlirLogicalResult checkKernel(MlirOperation kernel, MlirBlock body,
                                     const WorkGrid *grid) {
  if (!ttKernelHasPartition(kernel)) {
    TtDiagnostic *d = ttDiagnosticOpError(kernel, "has no partition");
    ttDiagnosticHint(d, "tt-layout-aware-work-partition sets it and runs "
                        "before this pass");
    return ttDiagnosticReport(d);
  }
  int64_t items = workGridItems(grid);
  if (ttKernelGetPartition(kernel).items != items)
    return ttEmitOpError(kernel,
                         "has a partition of %" PRId64
                         " items, but its grid has %" PRId64 " blocks",
                         ttKernelGetPartition(kernel).items, items);
  if (mlirBlockGetNumArguments(body) == grid->rank)
    return mlirLogicalResultSuccess();
  return ttEmitOpError(kernel,
                       "has %" PRIdPTR
                       " block arguments, but its grid has %d dimensions",
                       mlirBlockGetNumArguments(body), grid->rank);
}

static MlirLogicalResult convert(MlirOperation kernel, void *unused) {
  (void)unused;
  MlirRegion region = ttKernelGetBody(kernel);
  MlirBlock old = mlirRegionGetFirstBlock(region);
  WorkGrid grid;
  if (mlirLogicalResultIsFailure(ttKernelWorkGrid(kernel, &grid)) ||
      mlirLogicalResultIsFailure(checkKernel(kernel, old, &grid)))
    return mlirLogicalResultFailure();
  WorkNumbering numbering;
  workNumber(&grid, &numbering);

  MlirContext context = mlirOperationGetContext(kernel);
  MlirLocation loc = mlirOperationGetLocation(kernel);
  MlirType index = mlirIndexTypeGet(context);
  MlirBlock body = mlirBlockCreate(2, (MlirType[]){index, index},
                                   (MlirLocation[]){loc, loc});
  mlirRegionAppendOwnedBlock(region, body);
  TtBuilder top = ttBuilderAtEnd(context, body);
  MlirValue start = mlirBlockGetArgument(body, 0);
  MlirValue end = ttArithAddIGetResult(
      ttArithAddICreate(&top, loc, start, mlirBlockGetArgument(body, 1)));
  TtBuilder inLoop;
  MlirValue values[WorkMaxValues];
  values[0] = ttIndexLoop(&top, loc, start, end, &inLoop);
  emitNumbering(&inLoop, loc, &numbering, values);
  for (int i = 0; i < grid.rank; ++i)
    mlirValueReplaceAllUsesOfWith(mlirBlockGetArgument(old, i),
                                  values[numbering.coordinates[i]]);
  ttBlockSplice(inLoop.block, inLoop.before, old);
  mlirBlockDetach(old);
  mlirBlockDestroy(old);
  return mlirLogicalResultSuccess();
}

MlirLogicalResult ttRunGridToCoreGrid(TtPass *pass, MlirOperation op,
                                      const TtGridToCoreGridOptions *options) {
  (void)pass;
  (void)options;
  return ttForEach(op, ttKernelIsa, convert, NULL);
}
