//===- verify_evaluate.c - index values along a path ----------------------===//
//
// The value of an index expression under the bindings of a walk: loop indices
// and pointers are bound, the rest follows from their operands. What the
// evaluation does not know is unknown, and the checks refuse to rely on it.
//
//===----------------------------------------------------------------------===//

#include "mlir-c/AffineExpr.h"
#include "mlir-c/AffineMap.h"
#include "stb_ds.h"
#include "tt-c/IR.h"
#include "tt-c/gen/AffineOps.h"
#include "tt-c/gen/ArithOps.h"
#include "verify_walk.h"

static const VerifyValue unknown = {VerifyUnknown, 0, 0, 0};

// The device computes in 32 bits: what leaves them is unknown, and the checks
// can add and multiply what they get.
static VerifyValue within32(VerifyValue value) {
  bool fits = -INT64_C(0xffffffff) <= value.number &&
              value.number <= INT64_C(0xffffffff);
  return fits ? value : unknown;
}

static VerifyValue numberOf(int64_t n) {
  return within32((VerifyValue){VerifyNumber, n, 0, 0});
}

//===- arithmetic ---------------------------------------------------------===//

static VerifyValue sum(VerifyValue a, VerifyValue b) {
  if (a.kind == VerifyNumber && b.kind == VerifyAddress) {
    VerifyValue swapped = a;
    a = b;
    b = swapped;
  }
  if (a.kind == VerifyUnknown || b.kind != VerifyNumber)
    return unknown;
  a.number += b.number;
  return within32(a);
}

static VerifyValue product(VerifyValue a, VerifyValue b) {
  // One times an address is that address.
  if (a.kind == VerifyAddress && b.kind == VerifyNumber && b.number == 1)
    return a;
  if (b.kind == VerifyAddress && a.kind == VerifyNumber && a.number == 1)
    return b;
  if (a.kind != VerifyNumber || b.kind != VerifyNumber ||
      __builtin_mul_overflow(a.number, b.number, &a.number))
    return unknown;
  return within32(a);
}

static int64_t floorQuotient(int64_t a, int64_t b) {
  return a / b - (a % b != 0 && a < 0);
}

// Quotient or remainder by a positive number.
static VerifyValue divided(VerifyValue a, VerifyValue b, bool remainder) {
  if (a.kind != VerifyNumber || b.kind != VerifyNumber || b.number <= 0)
    return unknown;
  int64_t quotient = floorQuotient(a.number, b.number);
  return numberOf(remainder ? a.number - quotient * b.number : quotient);
}

static VerifyValue ofExpr(MlirAffineExpr expr, const VerifyValue *operands,
                          intptr_t numDims) {
  if (mlirAffineExprIsAConstant(expr))
    return numberOf(mlirAffineConstantExprGetValue(expr));
  if (mlirAffineExprIsADim(expr))
    return operands[mlirAffineDimExprGetPosition(expr)];
  if (mlirAffineExprIsASymbol(expr))
    return operands[numDims + mlirAffineSymbolExprGetPosition(expr)];
  VerifyValue a = ofExpr(mlirAffineBinaryOpExprGetLHS(expr), operands, numDims);
  VerifyValue b = ofExpr(mlirAffineBinaryOpExprGetRHS(expr), operands, numDims);
  if (mlirAffineExprIsAAdd(expr))
    return sum(a, b);
  if (mlirAffineExprIsAMul(expr))
    return product(a, b);
  if (mlirAffineExprIsAFloorDiv(expr) || mlirAffineExprIsAMod(expr))
    return divided(a, b, mlirAffineExprIsAMod(expr));
  return unknown;
}

//===- ops ----------------------------------------------------------------===//

static VerifyValue ofApply(const VerifyWalk *walk, MlirOperation op) {
  MlirAffineMap map = ttAffineApplyGetMap(op);
  VerifyValue operands[16];
  intptr_t count = mlirOperationGetNumOperands(op);
  if (count > 16)
    return unknown;
  for (intptr_t i = 0; i < count; ++i)
    operands[i] = verifyEvaluate(walk, mlirOperationGetOperand(op, i));
  return ofExpr(mlirAffineMapGetResult(map, 0), operands,
                mlirAffineMapGetNumDims(map));
}

// Digit `position` of the linear index; the outermost digit has what is left.
static VerifyValue ofDelinearize(const VerifyWalk *walk, MlirOperation op,
                                 intptr_t position) {
  intptr_t digits = ttAffineDelinearizeIndexGetNumMultiIndex(op);
  intptr_t numBasis = ttAffineDelinearizeIndexGetNumStaticBasis(op);
  const int64_t *basis = ttAffineDelinearizeIndexGetStaticBasis(op);
  VerifyValue value =
      verifyEvaluate(walk, ttAffineDelinearizeIndexGetLinearIndex(op));
  if (ttAffineDelinearizeIndexGetNumDynamicBasis(op) > 0)
    return unknown;
  for (intptr_t i = digits - 1; i > position; --i)
    value = divided(value, numberOf(basis[i - (digits - numBasis)]), false);
  if (position == 0)
    return value;
  return divided(value, numberOf(basis[position - (digits - numBasis)]), true);
}

static bool compare(TtArithCmpIPredicate predicate, int64_t a, int64_t b) {
  switch (predicate) {
  case TtArithCmpIPredicateEq:
    return a == b;
  case TtArithCmpIPredicateNe:
    return a != b;
  case TtArithCmpIPredicateSlt:
    return a < b;
  case TtArithCmpIPredicateSle:
    return a <= b;
  case TtArithCmpIPredicateSgt:
    return a > b;
  case TtArithCmpIPredicateSge:
    return a >= b;
  case TtArithCmpIPredicateUlt:
    return (uint64_t)a < (uint64_t)b;
  case TtArithCmpIPredicateUle:
    return (uint64_t)a <= (uint64_t)b;
  case TtArithCmpIPredicateUgt:
    return (uint64_t)a > (uint64_t)b;
  case TtArithCmpIPredicateUge:
    return (uint64_t)a >= (uint64_t)b;
  }
  return false;
}

static VerifyValue ofOperation(const VerifyWalk *walk, MlirOperation op,
                               intptr_t result) {
  if (ttAffineApplyIsa(op))
    return ofApply(walk, op);
  if (ttAffineDelinearizeIndexIsa(op))
    return ofDelinearize(walk, op, result);
  if (ttArithSelectIsa(op)) {
    VerifyValue condition = verifyEvaluate(walk, ttArithSelectGetCondition(op));
    if (condition.kind != VerifyNumber)
      return unknown;
    return verifyEvaluate(walk, condition.number
                                    ? ttArithSelectGetTrueValue(op)
                                    : ttArithSelectGetFalseValue(op));
  }
  if (mlirOperationGetNumOperands(op) != 2)
    return unknown;
  VerifyValue a = verifyEvaluate(walk, mlirOperationGetOperand(op, 0));
  VerifyValue b = verifyEvaluate(walk, mlirOperationGetOperand(op, 1));
  if (ttArithAddIIsa(op))
    return sum(a, b);
  if (ttArithMulIIsa(op))
    return product(a, b);
  if (ttArithSubIIsa(op) && b.kind == VerifyNumber)
    return sum(a, numberOf(-b.number));
  if (ttArithCmpIIsa(op) && a.kind == VerifyNumber && b.kind == VerifyNumber)
    return numberOf(compare(ttArithCmpIGetPredicate(op), a.number, b.number));
  return unknown;
}

VerifyValue verifyEvaluate(const VerifyWalk *walk, MlirValue value) {
  for (ptrdiff_t i = arrlen(walk->bindings); i-- > 0;)
    if (walk->bindings[i].value == value.ptr)
      return walk->bindings[i].known;
  int64_t constant;
  if (ttValueGetConstantInt(value, &constant))
    return numberOf(constant);
  if (!mlirValueIsAOpResult(value))
    return unknown;
  return ofOperation(walk, mlirOpResultGetOwner(value),
                     mlirOpResultGetResultNumber(value));
}

void verifyBind(VerifyWalk *walk, MlirValue value, VerifyValue known) {
  for (ptrdiff_t i = arrlen(walk->bindings); i-- > 0;)
    if (walk->bindings[i].value == value.ptr) {
      walk->bindings[i].known = known;
      return;
    }
  VerifyBinding binding = {value.ptr, known};
  arrput(walk->bindings, binding);
}
