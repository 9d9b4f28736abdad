// Index computations as expressions: constants, affine ops and arith on index.

#include "kernel_state.h"

#include "mlir-c/AffineExpr.h"
#include "mlir-c/BuiltinAttributes.h"
#include "mlir-c/BuiltinTypes.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/IR.h"
#include "tt-c/gen/AffineOps.h"
#include "tt-c/gen/ArithOps.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const Expr failed = {NULL, StrengthAtom};

// An arith op of two operands that is an operator of C++.
typedef struct {
  bool (*isa)(MlirOperation);
  const char *symbol;
  int strength;
  int left, right; // strengths that the operands need
} Operator;

static const Operator operators[] = {
    {ttArithAddIIsa, "+", StrengthSum, StrengthSum, StrengthSum},
    {ttArithMulIIsa, "*", StrengthProduct, StrengthProduct, StrengthAtom},
    {ttArithSubIIsa, "-", StrengthSum, StrengthSum, StrengthProduct},
    {ttArithDivUIIsa, "/", StrengthProduct, StrengthAtom, StrengthAtom},
    {ttArithDivSIIsa, "/", StrengthProduct, StrengthAtom, StrengthAtom},
    {ttArithFloorDivSIIsa, "/", StrengthProduct, StrengthAtom, StrengthAtom},
    {ttArithRemUIIsa, "%", StrengthProduct, StrengthAtom, StrengthAtom},
    {ttArithRemSIIsa, "%", StrengthProduct, StrengthAtom, StrengthAtom},
    {ttArithAndIIsa, "&", StrengthBitAnd, StrengthAtom, StrengthAtom},
    {ttArithOrIIsa, "|", StrengthBitOr, StrengthAtom, StrengthAtom},
    {ttArithXOrIIsa, "^", StrengthBitXor, StrengthAtom, StrengthAtom},
};

static const Operator *operatorOf(MlirOperation op) {
  for (size_t i = 0; i < sizeof(operators) / sizeof(*operators); ++i)
    if (operators[i].isa(op))
      return &operators[i];
  return NULL;
}

static bool isMinimum(MlirOperation op) {
  return ttArithMinUIIsa(op) || ttArithMinSIIsa(op);
}
static bool isMaximum(MlirOperation op) {
  return ttArithMaxUIIsa(op) || ttArithMaxSIIsa(op);
}
static bool isCast(MlirOperation op) {
  return ttArithIndexCastIsa(op) || ttArithIndexCastUIIsa(op) ||
         ttArithExtUIIsa(op);
}

bool isExpression(MlirOperation op) {
  return ttArithConstantIsa(op) || ttAffineApplyIsa(op) ||
         ttAffineDelinearizeIndexIsa(op) || ttAffineLinearizeIndexIsa(op) ||
         ttAffineMinIsa(op) || ttAffineMaxIsa(op) || operatorOf(op) ||
         isMinimum(op) || isMaximum(op) || ttArithCmpIIsa(op) ||
         ttArithSelectIsa(op) || isCast(op);
}

static Expr constantText(KernelPrinter *p, MlirOperation op) {
  MlirAttribute value = ttArithConstantGetValue(op);
  if (!mlirAttributeIsAInteger(value) && !mlirAttributeIsABool(value)) {
    ttEmitOpError(op, "is no index or i1 and cannot be printed in a kernel");
    return failed;
  }
  MlirType type = mlirAttributeGetType(value);
  if (mlirTypeIsAInteger(type) && mlirIntegerTypeGetWidth(type) == 1)
    return (Expr){mlirBoolAttrGetValue(value) ? "true" : "false", StrengthAtom};
  MlirAffineExpr expr = mlirAffineConstantExprGet(
      mlirOperationGetContext(op), mlirIntegerAttrGetValueInt(value));
  return affineText(p, expr, 0, NULL);
}

// Expressions of all operands; NULL after a diagnostic. Freed by the caller.
static Expr *operandExprs(KernelPrinter *p, MlirOperation op) {
  intptr_t count = mlirOperationGetNumOperands(op);
  Expr *exprs = calloc((size_t)count + 1, sizeof(*exprs));
  if (!exprs)
    abort();
  for (intptr_t i = 0; i < count; ++i) {
    exprs[i] = exprOf(p, mlirOperationGetOperand(op, i));
    if (!exprs[i].text) {
      free(exprs);
      return NULL;
    }
  }
  return exprs;
}

// A word that is compared as signed: differences of extents may be negative.
static const char *signedText(KernelPrinter *p, Expr expr) {
  if (strspn(expr.text, "0123456789") == strlen(expr.text))
    return expr.text;
  return textFormat(&p->pool, "static_cast<int32_t>(%s)", expr.text);
}

// `a < b ? a : b`
static Expr choose(KernelPrinter *p, const char *compare, Expr a, Expr b) {
  return (Expr){textFormat(&p->pool, "%s %s %s ? %s : %s", signedText(p, a),
                           compare, signedText(p, b),
                           parenthesise(p, a, StrengthBitOr),
                           parenthesise(p, b, StrengthBitOr)),
                StrengthChoice};
}

static Expr mapText(KernelPrinter *p, MlirOperation op, MlirAffineMap map,
                    const char *compare) {
  Expr *operands = operandExprs(p, op);
  if (!operands)
    return failed;
  intptr_t dims = mlirAffineMapGetNumDims(map);
  Expr result = affineText(p, mlirAffineMapGetResult(map, 0), dims, operands);
  for (intptr_t i = 1; i < mlirAffineMapGetNumResults(map); ++i)
    result =
        choose(p, compare, result,
               affineText(p, mlirAffineMapGetResult(map, i), dims, operands));
  free(operands);
  return result;
}

static Expr delinearizeText(KernelPrinter *p, MlirOperation op,
                            intptr_t result) {
  if (ttAffineDelinearizeIndexGetNumDynamicBasis(op) > 0) {
    ttEmitOpError(op, "has a basis that is not constant");
    return failed;
  }
  intptr_t results = mlirOperationGetNumResults(op);
  intptr_t count = ttAffineDelinearizeIndexGetNumStaticBasis(op);
  const int64_t *basis = ttAffineDelinearizeIndexGetStaticBasis(op);
  // Without an outer bound the basis starts at the second result.
  intptr_t shift = results - count;
  int64_t divisor = 1;
  for (intptr_t i = result + 1; i < results; ++i)
    divisor *= basis[i - shift];
  if (result > 0 && basis[result - shift] == 1)
    return (Expr){"0", StrengthAtom};
  Expr expr = exprOf(p, ttAffineDelinearizeIndexGetLinearIndex(op));
  if (!expr.text)
    return failed;
  if (divisor > 1)
    expr = (Expr){textFormat(&p->pool, "%s / %" PRId64,
                             parenthesise(p, expr, StrengthAtom), divisor),
                  StrengthProduct};
  if (result > 0)
    expr = (Expr){textFormat(&p->pool, "%s %% %" PRId64,
                             parenthesise(p, expr, StrengthAtom),
                             basis[result - shift]),
                  StrengthProduct};
  return expr;
}

static Expr linearizeText(KernelPrinter *p, MlirOperation op) {
  if (ttAffineLinearizeIndexGetNumDynamicBasis(op) > 0) {
    ttEmitOpError(op, "has a basis that is not constant");
    return failed;
  }
  intptr_t count = ttAffineLinearizeIndexGetNumMultiIndex(op);
  intptr_t shift = count - ttAffineLinearizeIndexGetNumStaticBasis(op);
  const int64_t *basis = ttAffineLinearizeIndexGetStaticBasis(op);
  const char *text =
      operandText(p, ttAffineLinearizeIndexGetMultiIndex(op, 0), StrengthAtom);
  for (intptr_t i = 1; text && i < count; ++i) {
    const char *next =
        operandText(p, ttAffineLinearizeIndexGetMultiIndex(op, i), StrengthSum);
    text = next ? textFormat(&p->pool,
                             i + 1 < count ? "(%s * %" PRId64 " + %s)"
                                           : "%s * %" PRId64 " + %s",
                             text, basis[i - shift], next)
                : NULL;
  }
  return (Expr){text, count > 1 ? StrengthSum : StrengthAtom};
}

static Expr compareText(KernelPrinter *p, MlirOperation op) {
  static const struct {
    const char *symbol;
    bool isSigned;
  } rows[] = {[TtArithCmpIPredicateEq] = {"==", false},
              [TtArithCmpIPredicateNe] = {"!=", false},
              [TtArithCmpIPredicateSlt] = {"<", true},
              [TtArithCmpIPredicateSle] = {"<=", true},
              [TtArithCmpIPredicateSgt] = {">", true},
              [TtArithCmpIPredicateSge] = {">=", true},
              [TtArithCmpIPredicateUlt] = {"<", false},
              [TtArithCmpIPredicateUle] = {"<=", false},
              [TtArithCmpIPredicateUgt] = {">", false},
              [TtArithCmpIPredicateUge] = {">=", false}};
  TtArithCmpIPredicate predicate = ttArithCmpIGetPredicate(op);
  Expr lhs = exprOf(p, ttArithCmpIGetLhs(op));
  Expr rhs = exprOf(p, ttArithCmpIGetRhs(op));
  if (!lhs.text || !rhs.text)
    return failed;
  bool isSigned = rows[predicate].isSigned;
  const char *left =
      isSigned ? signedText(p, lhs) : parenthesise(p, lhs, StrengthSum);
  const char *right =
      isSigned ? signedText(p, rhs) : parenthesise(p, rhs, StrengthSum);
  return (Expr){
      textFormat(&p->pool, "%s %s %s", left, rows[predicate].symbol, right),
      StrengthCompare};
}

static Expr selectText(KernelPrinter *p, MlirOperation op) {
  const char *condition =
      operandText(p, ttArithSelectGetCondition(op), StrengthBitOr);
  const char *yes =
      operandText(p, ttArithSelectGetTrueValue(op), StrengthBitOr);
  const char *no =
      operandText(p, ttArithSelectGetFalseValue(op), StrengthBitOr);
  if (!condition || !yes || !no)
    return failed;
  return (Expr){textFormat(&p->pool, "%s ? %s : %s", condition, yes, no),
                StrengthChoice};
}

static Expr operatorText(KernelPrinter *p, MlirOperation op,
                         const Operator *row) {
  const char *lhs = operandText(p, mlirOperationGetOperand(op, 0), row->left);
  const char *rhs = operandText(p, mlirOperationGetOperand(op, 1), row->right);
  if (!lhs || !rhs)
    return failed;
  return (Expr){textFormat(&p->pool, "%s %s %s", lhs, row->symbol, rhs),
                row->strength};
}

static Expr minMaxText(KernelPrinter *p, MlirOperation op,
                       const char *compare) {
  Expr *operands = operandExprs(p, op);
  Expr result =
      operands ? choose(p, compare, operands[0], operands[1]) : failed;
  free(operands);
  return result;
}

static Expr opText(KernelPrinter *p, MlirOperation op, MlirValue value) {
  if (ttArithConstantIsa(op))
    return constantText(p, op);
  if (ttAffineApplyIsa(op))
    return mapText(p, op, ttAffineApplyGetMap(op), "");
  if (ttAffineDelinearizeIndexIsa(op))
    return delinearizeText(p, op, mlirOpResultGetResultNumber(value));
  if (ttAffineLinearizeIndexIsa(op))
    return linearizeText(p, op);
  if (ttAffineMinIsa(op))
    return mapText(p, op, ttAffineMinGetMap(op), "<");
  if (ttAffineMaxIsa(op))
    return mapText(p, op, ttAffineMaxGetMap(op), ">");
  if (ttArithCmpIIsa(op))
    return compareText(p, op);
  if (ttArithSelectIsa(op))
    return selectText(p, op);
  if (isCast(op))
    return exprOf(p, mlirOperationGetOperand(op, 0));
  if (isMinimum(op) || isMaximum(op))
    return minMaxText(p, op, isMinimum(op) ? "<" : ">");
  const Operator *row = operatorOf(op);
  if (row)
    return operatorText(p, op, row);
  ttEmitOpError(op, "cannot be printed in a kernel");
  return failed;
}

Expr exprOf(KernelPrinter *p, MlirValue value) {
  const char *name = boundName(p, value);
  if (name)
    return (Expr){name, StrengthAtom};
  if (mlirValueIsAOpResult(value))
    return opText(p, mlirOpResultGetOwner(value), value);
  ttEmitError(mlirValueGetLocation(value),
              "block argument of a kernel has no name");
  return failed;
}

const char *operandText(KernelPrinter *p, MlirValue value, int strength) {
  Expr expr = exprOf(p, value);
  return expr.text ? parenthesise(p, expr, strength) : NULL;
}

const char *exprText(KernelPrinter *p, MlirValue value) {
  return exprOf(p, value).text;
}
