//===- verify_pages.c - page numbers within their buffers -----------------===//
//
// The page number of each transfer as an interval over all items of the grid
// and all trips of its loops. Where the interval leaves the buffer, the items
// are gone through one by one: either one of them is the counter-example, or
// the interval was wider than the truth.
//
//===----------------------------------------------------------------------===//

#include "mlir-c/AffineExpr.h"
#include "mlir-c/AffineMap.h"
#include "stb_ds.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/IR.h"
#include "tt-c/gen/AffineOps.h"
#include "tt-c/gen/ArithOps.h"
#include "tt-c/gen/ScfOps.h"
#include "tt-c/gen/TtOps.h"
#include "verify_interval.h"
#include "verify_races.h"
#include "verify_trace.h"
#include <inttypes.h>

typedef struct {
  const void *index; // of a loop
  VerifyInterval range;
} Range;

typedef struct {
  const VerifyProgram *program;
  TtRole role;
  Range *ranges; // stb_ds array: the loops around
  bool unproved; // some page number may be outside
} Bounds;

static VerifyInterval rangeOf(const Bounds *bounds, MlirValue value);

//===- intervals of index values ------------------------------------------===//

static VerifyInterval rangeOfExpr(const Bounds *bounds, MlirAffineExpr expr,
                                  MlirOperation apply, intptr_t numDims) {
  if (mlirAffineExprIsAConstant(expr)) {
    int64_t value = mlirAffineConstantExprGetValue(expr);
    return verifyInterval(value, value);
  }
  if (mlirAffineExprIsADim(expr))
    return rangeOf(bounds, mlirOperationGetOperand(
                               apply, mlirAffineDimExprGetPosition(expr)));
  if (mlirAffineExprIsASymbol(expr))
    return rangeOf(bounds,
                   mlirOperationGetOperand(
                       apply, numDims + mlirAffineSymbolExprGetPosition(expr)));
  VerifyInterval a =
      rangeOfExpr(bounds, mlirAffineBinaryOpExprGetLHS(expr), apply, numDims);
  VerifyInterval b =
      rangeOfExpr(bounds, mlirAffineBinaryOpExprGetRHS(expr), apply, numDims);
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

static VerifyInterval rangeOfDigit(const Bounds *bounds, MlirOperation op,
                                   intptr_t position) {
  intptr_t digits = ttAffineDelinearizeIndexGetNumMultiIndex(op);
  intptr_t skip = digits - ttAffineDelinearizeIndexGetNumStaticBasis(op);
  const int64_t *basis = ttAffineDelinearizeIndexGetStaticBasis(op);
  VerifyInterval range =
      rangeOf(bounds, ttAffineDelinearizeIndexGetLinearIndex(op));
  if (ttAffineDelinearizeIndexGetNumDynamicBasis(op) > 0)
    return verifyIntervalUnknown();
  for (intptr_t i = digits - 1; i > position; --i)
    range = verifyIntervalFloorDiv(range, basis[i - skip]);
  return position == 0 ? range
                       : verifyIntervalMod(range, basis[position - skip]);
}

static VerifyInterval rangeOf(const Bounds *bounds, MlirValue value) {
  int64_t constant;
  if (ttValueGetConstantInt(value, &constant))
    return verifyInterval(constant, constant);
  for (ptrdiff_t i = arrlen(bounds->ranges); i-- > 0;)
    if (bounds->ranges[i].index == value.ptr)
      return bounds->ranges[i].range;
  if (!mlirValueIsAOpResult(value))
    return verifyIntervalUnknown();
  MlirOperation op = mlirOpResultGetOwner(value);
  if (ttAffineApplyIsa(op)) {
    MlirAffineMap map = ttAffineApplyGetMap(op);
    return rangeOfExpr(bounds, mlirAffineMapGetResult(map, 0), op,
                       mlirAffineMapGetNumDims(map));
  }
  if (ttAffineDelinearizeIndexIsa(op))
    return rangeOfDigit(bounds, op, mlirOpResultGetResultNumber(value));
  if (ttArithSelectIsa(op))
    return verifyIntervalJoin(rangeOf(bounds, ttArithSelectGetTrueValue(op)),
                              rangeOf(bounds, ttArithSelectGetFalseValue(op)));
  if (ttArithAddIIsa(op))
    return verifyIntervalAdd(rangeOf(bounds, mlirOperationGetOperand(op, 0)),
                             rangeOf(bounds, mlirOperationGetOperand(op, 1)));
  if (ttArithMulIIsa(op))
    return verifyIntervalMultiply(
        rangeOf(bounds, mlirOperationGetOperand(op, 0)),
        rangeOf(bounds, mlirOperationGetOperand(op, 1)));
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

static VerifyInterval rangeOfIndex(const Bounds *bounds, MlirOperation loop) {
  if (isItemLoop(loop))
    return verifyInterval(0, bounds->program->partition.items - 1);
  VerifyInterval lower = rangeOf(bounds, ttScfForGetLowerBound(loop));
  VerifyInterval upper = rangeOf(bounds, ttScfForGetUpperBound(loop));
  if (!lower.known || !upper.known || upper.high <= lower.low)
    return verifyIntervalUnknown();
  return verifyInterval(lower.low, upper.high - 1);
}

//===- every transfer of a kernel -----------------------------------------===//

static void checkTransfer(Bounds *bounds, MlirOperation op) {
  bool reads = ttNocAsyncReadPageIsa(op);
  MlirOperation buffer = verifyBufferOf(
      bounds->program, reads ? ttNocAsyncReadPageGetAccessor(op)
                             : ttNocAsyncWritePageGetAccessor(op));
  VerifyInterval page = rangeOf(bounds, reads ? ttNocAsyncReadPageGetPage(op)
                                              : ttNocAsyncWritePageGetPage(op));
  if (mlirOperationIsNull(buffer) || !ttBufferHasAccessor(buffer) ||
      !verifyIntervalWithin(page, 0, ttBufferGetAccessor(buffer).pages - 1))
    bounds->unproved = true;
}

static void checkBlock(Bounds *bounds, MlirBlock block) {
  for (MlirOperation op = mlirBlockGetFirstOperation(block);
       !mlirOperationIsNull(op); op = mlirOperationGetNextInBlock(op)) {
    if (ttScfForIsa(op)) {
      MlirBlock body = mlirRegionGetFirstBlock(ttScfForGetRegion(op));
      Range range = {mlirBlockGetArgument(body, 0).ptr,
                     rangeOfIndex(bounds, op)};
      arrput(bounds->ranges, range);
      checkBlock(bounds, body);
      (void)arrpop(bounds->ranges);
    } else if (ttNocAsyncReadPageIsa(op) || ttNocAsyncWritePageIsa(op)) {
      checkTransfer(bounds, op);
    }
  }
}

//===- one by one ---------------------------------------------------------===//

static bool takePage(const VerifyWalk *walk, VerifyTracer *tracer,
                     const VerifyEvent *event) {
  int64_t *visited = tracer->data;
  if (event->kind == VerifyReadBarrier)
    return true;
  int64_t pages = ttBufferGetAccessor(event->buffer).pages;
  if (event->page < 0 || event->page >= pages)
    return verifyReject(walk, event->op,
                        "moves page %" PRId64 " of a buffer of %" PRId64
                        " pages for item %" PRId64,
                        event->page, pages, event->item);
  if (++*visited <= VerifyMaxMoves)
    return true;
  return verifyReject(walk, event->op,
                      "cannot be decided by tt-verify: its pages follow from "
                      "no interval, and %d moves do not go through all items",
                      VerifyMaxMoves);
}

static bool checkKernel(const VerifyProgram *program, TtRole role) {
  MlirOperation kernel = program->kernels[role];
  if (mlirOperationIsNull(kernel))
    return true;
  Bounds bounds = {.program = program, .role = role};
  checkBlock(&bounds, mlirRegionGetFirstBlock(ttFuncGetBody(kernel)));
  arrfree(bounds.ranges);
  if (!bounds.unproved)
    return true;
  int64_t visited = 0;
  VerifyTracer tracer = {.transfers = true, .take = takePage, .data = &visited};
  return verifyTrace(program, role, 0, program->partition.items, &tracer);
}

MlirLogicalResult verifyPages(const VerifyProgram *program) {
  for (int role = 0; role < TtRoleNumCases; ++role)
    if (!checkKernel(program, (TtRole)role))
      return mlirLogicalResultFailure();
  return verifyRaces(program);
}
