//===- verify_balance.c - pages pushed are pages popped -------------------===//
//
// Each circular buffer has one kernel that fills it and one that empties it,
// and over a run as many pages are pushed as are popped. Pages are counted as
// polynomials of what a core is given (count, Mt, …), so the balance holds for
// every amount of work (METALIUM sheet §9.1).
//
//===----------------------------------------------------------------------===//

#include "loop_body.h"
#include "mlir-c/AffineExpr.h"
#include "mlir-c/AffineMap.h"
#include "stb_ds.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/IR.h"
#include "tt-c/gen/AffineOps.h"
#include "tt-c/gen/ArithOps.h"
#include "tt-c/gen/ScfOps.h"
#include "tt-c/gen/TtOps.h"
#include "verify_poly.h"
#include "verify_state.h"
#include <inttypes.h>

_Static_assert((int)TtArgKindNumCases <= (int)VerifyMaxSymbols,
               "every kind of argument is a symbol");

//===- trip counts --------------------------------------------------------===//

static VerifyPoly polyOf(MlirValue value);

static VerifyPoly polyOfExpr(MlirAffineExpr expr, MlirOperation apply,
                             intptr_t numDims) {
  if (mlirAffineExprIsAConstant(expr))
    return verifyPolyConstant(mlirAffineConstantExprGetValue(expr));
  if (mlirAffineExprIsADim(expr))
    return polyOf(
        mlirOperationGetOperand(apply, mlirAffineDimExprGetPosition(expr)));
  if (mlirAffineExprIsASymbol(expr))
    return polyOf(mlirOperationGetOperand(
        apply, numDims + mlirAffineSymbolExprGetPosition(expr)));
  bool sum = mlirAffineExprIsAAdd(expr);
  if (!sum && !mlirAffineExprIsAMul(expr))
    return verifyPolyUnknown();
  VerifyPoly a = polyOfExpr(mlirAffineBinaryOpExprGetLHS(expr), apply, numDims);
  VerifyPoly b = polyOfExpr(mlirAffineBinaryOpExprGetRHS(expr), apply, numDims);
  return sum ? verifyPolyAdd(a, b) : verifyPolyMultiply(a, b);
}

// An index value as a polynomial of the arguments of the kernel.
static VerifyPoly polyOf(MlirValue value) {
  int64_t constant;
  if (ttValueGetConstantInt(value, &constant))
    return verifyPolyConstant(constant);
  if (!mlirValueIsAOpResult(value))
    return verifyPolyUnknown();
  MlirOperation op = mlirOpResultGetOwner(value);
  if (ttRuntimeArgIsa(op))
    return verifyPolySymbol((int)ttRuntimeArgGetKind(op));
  if (ttCompileArgIsa(op))
    return verifyPolySymbol((int)ttCompileArgGetKind(op));
  if (ttAffineApplyIsa(op)) {
    MlirAffineMap map = ttAffineApplyGetMap(op);
    return polyOfExpr(mlirAffineMapGetResult(map, 0), op,
                      mlirAffineMapGetNumDims(map));
  }
  if (!ttArithAddIIsa(op) && !ttArithSubIIsa(op) && !ttArithMulIIsa(op))
    return verifyPolyUnknown();
  VerifyPoly a = polyOf(mlirOperationGetOperand(op, 0));
  VerifyPoly b = polyOf(mlirOperationGetOperand(op, 1));
  return ttArithAddIIsa(op)   ? verifyPolyAdd(a, b)
         : ttArithSubIIsa(op) ? verifyPolySubtract(a, b)
                              : verifyPolyMultiply(a, b);
}

static VerifyPoly tripsOf(MlirOperation loop) {
  VerifyPoly span = verifyPolySubtract(polyOf(ttScfForGetUpperBound(loop)),
                                       polyOf(ttScfForGetLowerBound(loop)));
  int64_t step, length;
  if (!ttValueGetConstantInt(ttScfForGetStep(loop), &step) || step <= 0)
    return verifyPolyUnknown();
  if (verifyPolyIsConstant(&span, &length))
    return verifyPolyConstant(length <= 0 ? 0 : (length - 1) / step + 1);
  return step == 1 ? span : verifyPolyUnknown();
}

//===- counting -----------------------------------------------------------===//

// What one role does to one circular buffer.
typedef struct {
  VerifyPoly pushed, popped;
  MlirOperation fills, empties; // an op that does, or null
} Use;

typedef struct {
  const VerifyProgram *program;
  Use *uses; // one per circular buffer
} Count;

static Use *useOf(Count *count, MlirStringRef cb) {
  int ring = verifyRingNamed(count->program, cb);
  return ring < 0 ? NULL : &count->uses[ring];
}

static void countOp(Count *count, MlirOperation op, const VerifyPoly *times) {
  VerifyCall call;
  Use *use = NULL;
  if (ttCbPushBackIsa(op) && (use = useOf(count, ttCbPushBackGetCb(op))))
    use->pushed = verifyPolyAdd(
        use->pushed, verifyPolyMultiply(
                         *times, verifyPolyConstant(ttCbPushBackGetPages(op))));
  else if (ttCbPopFrontIsa(op) && (use = useOf(count, ttCbPopFrontGetCb(op))))
    use->popped = verifyPolyAdd(
        use->popped, verifyPolyMultiply(
                         *times, verifyPolyConstant(ttCbPopFrontGetPages(op))));
  if (ttCbPushBackIsa(op) ||
      (ttCbReserveBackIsa(op) &&
       (use = useOf(count, ttCbReserveBackGetCb(op)))) ||
      (ttGetWritePtrIsa(op) && (use = useOf(count, ttGetWritePtrGetCb(op)))) ||
      (ttPackTileIsa(op) && (use = useOf(count, ttPackTileGetCb(op))))) {
    if (use)
      use->fills = op;
  } else if (ttCbPopFrontIsa(op) ||
             (ttCbWaitFrontIsa(op) &&
              (use = useOf(count, ttCbWaitFrontGetCb(op)))) ||
             (ttGetReadPtrIsa(op) &&
              (use = useOf(count, ttGetReadPtrGetCb(op))))) {
    if (use)
      use->empties = op;
  } else if (verifyCallOf(count->program, op, &call)) {
    for (int i = 0; i < call.numTiles; ++i)
      if (call.tiles[i].ring >= 0)
        count->uses[call.tiles[i].ring].empties = op;
  }
}

static void countBlock(Count *count, MlirBlock block, VerifyPoly times) {
  for (MlirOperation op = mlirBlockGetFirstOperation(block);
       !mlirOperationIsNull(op); op = mlirOperationGetNextInBlock(op)) {
    if (ttScfForIsa(op))
      countBlock(count, ttLoopBody(op), verifyPolyMultiply(times, tripsOf(op)));
    else
      countOp(count, op, &times);
  }
}

//===- one producer, one consumer, as much in as out ----------------------===//

// The only role that fills (or empties) circular buffer `ring`, or -1 after a
// diagnostic.
static int onlyRole(const VerifyProgram *program, Use *const uses[],
                    ptrdiff_t ring, bool fills) {
  int found = -1;
  for (int role = 0; role < TtRoleNumCases; ++role) {
    MlirOperation op =
        fills ? uses[role][ring].fills : uses[role][ring].empties;
    if (mlirOperationIsNull(op))
      continue;
    if (found >= 0) {
      MlirOperation other =
          fills ? uses[found][ring].fills : uses[found][ring].empties;
      TtDiagnostic *d = ttDiagnosticOpError(
          program->rings[ring].op, "has two %s, the %s and the %s",
          fills ? "producers" : "consumers", ttRoleToString((TtRole)found),
          ttRoleToString((TtRole)role));
      ttDiagnosticNote(d, mlirOperationGetLocation(other), "one is here");
      ttDiagnosticNote(d, mlirOperationGetLocation(op), "the other is here");
      (void)ttDiagnosticReport(d);
      return -1;
    }
    found = role;
  }
  if (found < 0)
    ttEmitOpError(program->rings[ring].op, "has no %s",
                  fills ? "producer" : "consumer");
  return found;
}

static void noteExample(TtDiagnostic *d, const VerifyPoly *pushed,
                        const VerifyPoly *popped) {
  if (!pushed->known || !popped->known)
    return;
  int64_t symbols[VerifyMaxSymbols];
  for (int s = 0; s < VerifyMaxSymbols; ++s)
    symbols[s] = 1;
  int64_t in = verifyPolyAt(pushed, symbols),
          out = verifyPolyAt(popped, symbols);
  ttDiagnosticHint(
      d, "with one item: %" PRId64 " pages in, %" PRId64 " pages out; %s", in,
      out,
      in > out ? "the producer waits for room that never comes, "
                 "or pages are left over"
               : "the consumer waits for pages that never come");
}

static MlirLogicalResult checkRing(const VerifyProgram *program,
                                   Use *const uses[], ptrdiff_t ring) {
  int producer = onlyRole(program, uses, ring, true);
  if (producer < 0)
    return mlirLogicalResultFailure();
  int consumer = onlyRole(program, uses, ring, false);
  if (consumer < 0)
    return mlirLogicalResultFailure();
  const VerifyPoly *pushed = &uses[producer][ring].pushed;
  const VerifyPoly *popped = &uses[consumer][ring].popped;
  if (verifyPolyEqual(pushed, popped))
    return mlirLogicalResultSuccess();
  const char *names[VerifyMaxSymbols] = {0};
  for (int s = 0; s < TtArgKindNumCases; ++s)
    names[s] = ttArgKindToString((TtArgKind)s);
  char in[160], out[160];
  verifyPolyPrint(pushed, names, in, sizeof in);
  verifyPolyPrint(popped, names, out, sizeof out);
  TtDiagnostic *d = ttDiagnosticOpError(
      program->rings[ring].op,
      "is not balanced: the %s pushes %s pages, the %s pops %s",
      ttRoleToString((TtRole)producer), in, ttRoleToString((TtRole)consumer),
      out);
  noteExample(d, pushed, popped);
  ttDiagnosticNote(d, mlirOperationGetLocation(uses[producer][ring].fills),
                   "the producer is here");
  ttDiagnosticNote(d, mlirOperationGetLocation(uses[consumer][ring].empties),
                   "the consumer is here");
  return ttDiagnosticReport(d);
}

MlirLogicalResult verifyBalance(const VerifyProgram *program) {
  Use *uses[TtRoleNumCases] = {0};
  for (int role = 0; role < TtRoleNumCases; ++role) {
    Use none = {verifyPolyConstant(0), verifyPolyConstant(0), {NULL}, {NULL}};
    for (ptrdiff_t i = 0; i < arrlen(program->rings); ++i)
      arrput(uses[role], none);
    Count count = {program, uses[role]};
    if (!mlirOperationIsNull(program->kernels[role]))
      countBlock(&count,
                 mlirRegionGetFirstBlock(ttFuncGetBody(program->kernels[role])),
                 verifyPolyConstant(1));
  }
  MlirLogicalResult result = mlirLogicalResultSuccess();
  for (ptrdiff_t i = 0; i < arrlen(program->rings); ++i)
    if (mlirLogicalResultIsFailure(checkRing(program, uses, i)))
      result = mlirLogicalResultFailure();
  for (int role = 0; role < TtRoleNumCases; ++role)
    arrfree(uses[role]);
  return result;
}
