//===- verify_ranges.c - ranges of index values ---------------------------===//
//
// Walks the loops of a kernel once, with the range of each loop's index; index
// expressions follow by interval arithmetic. The loop over a core's items
// ranges over all items of the grid.
//
//===----------------------------------------------------------------------===//

#include "verify_ranges.h"
#include "loop_body.h"
#include "mlir-c/AffineExpr.h"
#include "mlir-c/AffineMap.h"
#include "stb_ds.h"
#include "tt-c/IR.h"
#include "tt-c/gen/AffineOps.h"
#include "tt-c/gen/ArithOps.h"
#include "tt-c/gen/ScfOps.h"
#include "tt-c/gen/TtOps.h"

//===- intervals of index values ------------------------------------------===//

static VerifyInterval rangeOfExpr(const VerifyRanges *ranges,
                                  MlirAffineExpr expr, MlirOperation apply,
                                  intptr_t numDims) {
  if (mlirAffineExprIsAConstant(expr)) {
    int64_t value = mlirAffineConstantExprGetValue(expr);
    return verifyInterval(value, value);
  }
  if (mlirAffineExprIsADim(expr))
    return verifyRangeOf(
        ranges,
        mlirOperationGetOperand(apply, mlirAffineDimExprGetPosition(expr)));
  if (mlirAffineExprIsASymbol(expr))
    return verifyRangeOf(
        ranges, mlirOperationGetOperand(
                    apply, numDims + mlirAffineSymbolExprGetPosition(expr)));
  VerifyInterval a =
      rangeOfExpr(ranges, mlirAffineBinaryOpExprGetLHS(expr), apply, numDims);
  VerifyInterval b =
      rangeOfExpr(ranges, mlirAffineBinaryOpExprGetRHS(expr), apply, numDims);
  if (mlirAffineExprIsAAdd(expr))
    return verifyIntervalAdd(a, b);
  if (mlirAffineExprIsAMul(expr))
    return verifyIntervalMultiply(a, b);
  if (!b.known || b.low != b.high)
    return verifyIntervalUnknown();
  return mlirAffineExprIsAFloorDiv(expr) ? verifyIntervalFloorDiv(a, b.low)
         : mlirAffineExprIsAMod(expr)    ? verifyIntervalMod(a, b.low)
                                         : verifyIntervalUnknown();
}

static VerifyInterval rangeOfDigit(const VerifyRanges *ranges, MlirOperation op,
                                   intptr_t position) {
  intptr_t digits = ttAffineDelinearizeIndexGetNumMultiIndex(op);
  intptr_t skip = digits - ttAffineDelinearizeIndexGetNumStaticBasis(op);
  const int64_t *basis = ttAffineDelinearizeIndexGetStaticBasis(op);
  VerifyInterval range =
      verifyRangeOf(ranges, ttAffineDelinearizeIndexGetLinearIndex(op));
  if (ttAffineDelinearizeIndexGetNumDynamicBasis(op) > 0)
    return verifyIntervalUnknown();
  for (intptr_t i = digits - 1; i > position; --i)
    range = verifyIntervalFloorDiv(range, basis[i - skip]);
  return position == 0 ? range
                       : verifyIntervalMod(range, basis[position - skip]);
}

VerifyInterval verifyRangeOf(const VerifyRanges *ranges, MlirValue value) {
  int64_t constant;
  if (ttValueGetConstantInt(value, &constant))
    return verifyInterval(constant, constant);
  for (ptrdiff_t i = arrlen(ranges->loops); i-- > 0;)
    if (ranges->loops[i].index == value.ptr)
      return ranges->loops[i].range;
  if (!mlirValueIsAOpResult(value))
    return verifyIntervalUnknown();
  MlirOperation op = mlirOpResultGetOwner(value);
  if (ttAffineApplyIsa(op)) {
    MlirAffineMap map = ttAffineApplyGetMap(op);
    return rangeOfExpr(ranges, mlirAffineMapGetResult(map, 0), op,
                       mlirAffineMapGetNumDims(map));
  }
  if (ttAffineDelinearizeIndexIsa(op))
    return rangeOfDigit(ranges, op, mlirOpResultGetResultNumber(value));
  if (ttArithSelectIsa(op))
    return verifyIntervalJoin(
        verifyRangeOf(ranges, ttArithSelectGetTrueValue(op)),
        verifyRangeOf(ranges, ttArithSelectGetFalseValue(op)));
  if (ttArithAddIIsa(op))
    return verifyIntervalAdd(
        verifyRangeOf(ranges, mlirOperationGetOperand(op, 0)),
        verifyRangeOf(ranges, mlirOperationGetOperand(op, 1)));
  if (ttArithMulIIsa(op))
    return verifyIntervalMultiply(
        verifyRangeOf(ranges, mlirOperationGetOperand(op, 0)),
        verifyRangeOf(ranges, mlirOperationGetOperand(op, 1)));
  return verifyIntervalUnknown();
}

//===- ranges of loop indices ---------------------------------------------===//

static bool isArgument(MlirValue value, TtArgKind kind) {
  if (!mlirValueIsAOpResult(value))
    return false;
  MlirOperation op = mlirOpResultGetOwner(value);
  return ttRuntimeArgIsa(op) && ttRuntimeArgGetKind(op) == kind;
}

// From start to start + count: over all cores, the items of the grid.
static bool isItemLoop(MlirOperation loop) {
  MlirValue upper = ttScfForGetUpperBound(loop);
  if (!isArgument(ttScfForGetLowerBound(loop), TtArgKindStartId) ||
      !mlirValueIsAOpResult(upper))
    return false;
  MlirOperation sum = mlirOpResultGetOwner(upper);
  if (!ttArithAddIIsa(sum))
    return false;
  MlirValue a = mlirOperationGetOperand(sum, 0);
  MlirValue b = mlirOperationGetOperand(sum, 1);
  return (isArgument(a, TtArgKindStartId) && isArgument(b, TtArgKindCount)) ||
         (isArgument(b, TtArgKindStartId) && isArgument(a, TtArgKindCount));
}

static VerifyInterval rangeOfIndex(const VerifyRanges *ranges,
                                   MlirOperation loop) {
  if (isItemLoop(loop))
    return verifyInterval(0, ranges->program->partition.items - 1);
  VerifyInterval lower = verifyRangeOf(ranges, ttScfForGetLowerBound(loop));
  VerifyInterval upper = verifyRangeOf(ranges, ttScfForGetUpperBound(loop));
  if (!lower.known || !upper.known || upper.high <= lower.low)
    return verifyIntervalUnknown();
  return verifyInterval(lower.low, upper.high - 1);
}

//===- the transfers of a kernel ------------------------------------------===//

static void visitBlock(VerifyRanges *ranges, MlirBlock block,
                       VerifyTransferVisitor visit, void *data) {
  for (MlirOperation op = mlirBlockGetFirstOperation(block);
       !mlirOperationIsNull(op); op = mlirOperationGetNextInBlock(op)) {
    if (ttScfForIsa(op)) {
      MlirBlock body = ttLoopBody(op);
      VerifyLoopRange loop = {mlirBlockGetArgument(body, 0).ptr,
                              rangeOfIndex(ranges, op), isItemLoop(op)};
      arrput(ranges->loops, loop);
      visitBlock(ranges, body, visit, data);
      (void)arrpop(ranges->loops);
    } else if (ttNocAsyncReadPageIsa(op) || ttNocAsyncWritePageIsa(op)) {
      visit(ranges, op, data);
    }
  }
}

void verifyEachTransfer(const VerifyProgram *program, TtRole role,
                        VerifyTransferVisitor visit, void *data) {
  MlirOperation kernel = program->kernels[role];
  if (mlirOperationIsNull(kernel))
    return;
  VerifyRanges ranges = {program, NULL};
  visitBlock(&ranges, mlirRegionGetFirstBlock(ttFuncGetBody(kernel)), visit,
             data);
  arrfree(ranges.loops);
}
