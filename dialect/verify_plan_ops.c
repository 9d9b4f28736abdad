//===- verify_plan_ops.c - verifiers of sections and sub-blocks -----------===//
//
// One idea: a section's sub-blocks tile its results exactly, and each result is
// packed by one circular buffer, in that buffer's format; so is each sum.
//
//===----------------------------------------------------------------------===//

#include "mlir-c/BuiltinAttributes.h"
#include "mlir-c/BuiltinTypes.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/IR.h"
#include "tt-c/gen/Hooks.h"
#include "tt-c/gen/TtOps.h"
#include <inttypes.h>

static int64_t tilesAlong(MlirValue block, int dim) {
  return mlirShapedTypeGetDimSize(mlirValueGetType(block), dim);
}

static MlirType tileOf(MlirValue block) {
  return mlirShapedTypeGetElementType(mlirValueGetType(block));
}

static MlirLogicalResult checkBody(MlirOperation op, MlirBlock body) {
  if (ttSectionGetNumGrid(op) != 2 || ttSectionGetGrid(op)[0] < 1 ||
      ttSectionGetGrid(op)[1] < 1)
    return ttEmitOpError(op, "needs a grid of two positive numbers, the "
                             "sub-blocks along rows and columns");
  bool indices = mlirBlockGetNumArguments(body) == 2;
  for (int i = 0; indices && i < 2; ++i)
    indices = mlirTypeIsAIndex(mlirValueGetType(mlirBlockGetArgument(body, i)));
  if (!indices)
    return ttEmitOpError(op, "needs a body with two index arguments, the first "
                             "tile row and column of the sub-block");
  MlirOperation last = mlirBlockGetTerminator(body);
  if (mlirOperationIsNull(last) || !ttYieldIsa(last))
    return ttEmitOpError(op, "needs a body that ends in 'tt.yield'");
  return mlirLogicalResultSuccess();
}

static MlirLogicalResult checkResult(MlirOperation op, intptr_t i,
                                     MlirValue yielded) {
  MlirValue result = ttSectionGetResults(op, i);
  MlirType cb = mlirValueGetType(ttSectionGetCbs(op, i));
  static const char *const sides[] = {"rows", "columns"};
  for (int dim = 0; dim < 2; ++dim) {
    int64_t parts = ttSectionGetGrid(op)[dim], part = tilesAlong(yielded, dim);
    if (tilesAlong(result, dim) % parts != 0 ||
        tilesAlong(result, dim) / parts != part)
      return ttEmitOpError(op,
                           "has result %" PRIdPTR " with %" PRId64 " %s of "
                           "tiles, but %" PRId64 " sub-blocks of %" PRId64,
                           i, tilesAlong(result, dim), sides[dim], parts, part);
  }
  if (!mlirTypeEqual(tileOf(result), ttCBTypeGet(cb).tile)) {
    return ttEmitOpError(op,
                         "packs result %" PRIdPTR " into a circular buffer "
                         "with tiles of another type",
                         i);
  }
  return mlirLogicalResultSuccess();
}

MlirLogicalResult ttVerifySectionRegions(MlirOperation op) {
  MlirBlock body = mlirRegionGetFirstBlock(ttSectionGetBody(op));
  if (mlirLogicalResultIsFailure(checkBody(op, body)))
    return mlirLogicalResultFailure();
  MlirOperation yield = mlirBlockGetTerminator(body);
  intptr_t yielded = ttYieldGetNumValues(yield);
  intptr_t results = ttSectionGetNumResults(op);
  intptr_t cbs = ttSectionGetNumCbs(op);
  if (ttSectionHasOutputs(op)) {
    intptr_t outputs = mlirArrayAttrGetNumElements(ttSectionGetOutputs(op));
    if (results || cbs)
      return ttEmitOpError(op, "has both 'to' and results or 'via'; after the "
                               "split a section names its circular buffers");
    if (outputs != yielded)
      return ttEmitOpError(
          op, "yields %" PRIdPTR " blocks to %" PRIdPTR " circular buffers",
          yielded, outputs);
    return mlirLogicalResultSuccess();
  }
  if (results != yielded || cbs != yielded)
    return ttEmitOpError(op,
                         "yields %" PRIdPTR " blocks, has %" PRIdPTR
                         " results and %" PRIdPTR " circular buffers",
                         yielded, results, cbs);
  for (intptr_t i = 0; i < results; ++i)
    if (mlirLogicalResultIsFailure(
            checkResult(op, i, ttYieldGetValues(yield, i))))
      return mlirLogicalResultFailure();
  return mlirLogicalResultSuccess();
}

static MlirLogicalResult checkAccumulateOutputs(MlirOperation op) {
  if (ttAccumulateGetNumResults(op) || ttAccumulateGetNumCbs(op))
    return ttEmitOpError(op, "has both 'to' and results or 'via'; after the "
                             "split it names its circular buffers");
  intptr_t outputs = mlirArrayAttrGetNumElements(ttAccumulateGetOutputs(op));
  intptr_t pages = ttAccumulateHasPages(op) ? ttAccumulateGetNumPages(op) : 0;
  if (outputs == pages)
    return mlirLogicalResultSuccess();
  return ttEmitOpError(op,
                       "names %" PRIdPTR " circular buffers, but the pages of "
                       "%" PRIdPTR,
                       outputs, pages);
}

MlirLogicalResult ttVerifyAccumulate(MlirOperation op) {
  if (ttAccumulateHasOutputs(op))
    return checkAccumulateOutputs(op);
  intptr_t results = ttAccumulateGetNumResults(op);
  if (results != ttAccumulateGetNumCbs(op))
    return ttEmitOpError(
        op, "has %" PRIdPTR " results and %" PRIdPTR " circular buffers",
        results, ttAccumulateGetNumCbs(op));
  for (intptr_t i = 0; i < results; ++i) {
    MlirType cb = mlirValueGetType(ttAccumulateGetCbs(op, i));
    if (!mlirTypeEqual(tileOf(ttAccumulateGetResults(op, i)),
                       ttCBTypeGet(cb).tile))
      return ttEmitOpError(op,
                           "sums up result %" PRIdPTR " in a circular buffer "
                           "with tiles of another type",
                           i);
  }
  return mlirLogicalResultSuccess();
}

MlirLogicalResult ttVerifySubBlock(MlirOperation op) {
  MlirValue from = ttSubBlockGetOperand(op), to = ttSubBlockGetResult(op);
  if (!mlirTypeEqual(tileOf(from), tileOf(to)))
    return ttEmitOpError(op, "changes the type of the tiles");
  MlirValue offsets[] = {ttSubBlockGetRow(op), ttSubBlockGetCol(op)};
  static const char *const sides[] = {"rows", "columns"};
  for (int dim = 0; dim < 2; ++dim) {
    int64_t offset = 0, part = tilesAlong(to, dim), all = tilesAlong(from, dim);
    ttValueGetConstantInt(offsets[dim], &offset);
    if (offset < 0 || part > all || offset > all - part)
      return ttEmitOpError(op,
                           "takes %" PRId64 " %s of tiles from %" PRId64
                           " on, of a block that has %" PRId64,
                           part, sides[dim], offset, all);
  }
  return mlirLogicalResultSuccess();
}
