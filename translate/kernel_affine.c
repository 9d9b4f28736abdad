// Affine expressions as C++ on uint32_t. Sums wrap modulo 2^32, which index
// arithmetic may do in between; what is divided is an offset or an extent and
// not negative.

#include "kernel_state.h"

#include "mlir-c/AffineExpr.h"

#include <inttypes.h>
#include <string.h>

const char *parenthesise(KernelPrinter *p, Expr expr, int strength) {
  if (expr.strength <= strength)
    return expr.text;
  return textFormat(&p->pool, "(%s)", expr.text);
}

static Expr number(KernelPrinter *p, int64_t value) {
  // A negative constant is its value modulo 2^32, as everything else.
  const char *text =
      value < 0 ? textFormat(&p->pool, "0x%" PRIx32 "u", (uint32_t)value)
                : textFormat(&p->pool, "%" PRId64 "%s", value,
                             value > INT32_MAX ? "u" : "");
  return (Expr){text, StrengthAtom};
}

static bool constantOf(MlirAffineExpr expr, int64_t *value) {
  if (!mlirAffineExprIsAConstant(expr))
    return false;
  *value = mlirAffineConstantExprGetValue(expr);
  return true;
}

// `x` for an expression `x * -factor`, with the positive factor.
static bool negated(MlirAffineExpr expr, MlirAffineExpr *inner,
                    int64_t *factor) {
  int64_t value;
  if (!mlirAffineExprIsAMul(expr) ||
      !constantOf(mlirAffineBinaryOpExprGetRHS(expr), &value) || value >= 0)
    return false;
  *inner = mlirAffineBinaryOpExprGetLHS(expr);
  *factor = -value;
  return true;
}

static Expr minus(KernelPrinter *p, Expr from, Expr what) {
  return (Expr){textFormat(&p->pool, "%s - %s",
                           parenthesise(p, from, StrengthSum),
                           parenthesise(p, what, StrengthProduct)),
                StrengthSum};
}

static bool isZero(Expr expr) { return strcmp(expr.text, "0") == 0; }

static Expr product(KernelPrinter *p, Expr a, Expr b) {
  if (isZero(a) || isZero(b))
    return number(p, 0);
  return (Expr){textFormat(&p->pool, "%s * %s",
                           parenthesise(p, a, StrengthProduct),
                           parenthesise(p, b, StrengthAtom)),
                StrengthProduct};
}

static Expr scaled(KernelPrinter *p, Expr value, int64_t factor) {
  return factor == 1 ? value : product(p, value, number(p, factor));
}

static Expr sumText(KernelPrinter *p, MlirAffineExpr lhs, MlirAffineExpr rhs,
                    intptr_t numDims, const Expr *operands) {
  MlirAffineExpr inner;
  int64_t factor;
  if (negated(lhs, &inner, &factor) && !negated(rhs, &inner, &factor)) {
    MlirAffineExpr swap = lhs;
    lhs = rhs;
    rhs = swap;
  }
  Expr left = affineText(p, lhs, numDims, operands);
  if (constantOf(rhs, &factor) && factor < 0)
    return minus(p, left, number(p, -factor));
  if (negated(rhs, &inner, &factor))
    return minus(p, left,
                 scaled(p, affineText(p, inner, numDims, operands), factor));
  Expr right = affineText(p, rhs, numDims, operands);
  if (isZero(left) || isZero(right))
    return isZero(left) ? right : left;
  return (Expr){textFormat(&p->pool, "%s + %s",
                           parenthesise(p, left, StrengthSum),
                           parenthesise(p, right, StrengthSum)),
                StrengthSum};
}

static Expr quotient(KernelPrinter *p, MlirAffineExpr expr, Expr left,
                     Expr right) {
  int64_t divisor;
  if (mlirAffineExprIsACeilDiv(expr) &&
      constantOf(mlirAffineBinaryOpExprGetRHS(expr), &divisor))
    left = (Expr){textFormat(&p->pool, "%s + %" PRId64,
                             parenthesise(p, left, StrengthSum), divisor - 1),
                  StrengthSum};
  else if (mlirAffineExprIsACeilDiv(expr))
    left = (Expr){textFormat(&p->pool, "%s + %s - 1",
                             parenthesise(p, left, StrengthSum),
                             parenthesise(p, right, StrengthSum)),
                  StrengthSum};
  // `a / b % c` is read twice: always with parentheses.
  return (Expr){textFormat(&p->pool, "%s %s %s",
                           parenthesise(p, left, StrengthAtom),
                           mlirAffineExprIsAMod(expr) ? "%" : "/",
                           parenthesise(p, right, StrengthAtom)),
                StrengthProduct};
}

Expr affineText(KernelPrinter *p, MlirAffineExpr expr, intptr_t numDims,
                const Expr *operands) {
  int64_t value;
  if (constantOf(expr, &value))
    return number(p, value);
  if (mlirAffineExprIsADim(expr))
    return operands[mlirAffineDimExprGetPosition(expr)];
  if (mlirAffineExprIsASymbol(expr))
    return operands[numDims + mlirAffineSymbolExprGetPosition(expr)];
  MlirAffineExpr lhs = mlirAffineBinaryOpExprGetLHS(expr);
  MlirAffineExpr rhs = mlirAffineBinaryOpExprGetRHS(expr);
  if (mlirAffineExprIsAAdd(expr))
    return sumText(p, lhs, rhs, numDims, operands);
  Expr left = affineText(p, lhs, numDims, operands);
  Expr right = affineText(p, rhs, numDims, operands);
  if (mlirAffineExprIsAMul(expr))
    return product(p, left, right);
  return quotient(p, expr, left, right);
}

int affineCountUses(MlirAffineExpr expr, intptr_t numDims, intptr_t operand) {
  if (mlirAffineExprIsAConstant(expr))
    return 0;
  if (mlirAffineExprIsADim(expr))
    return mlirAffineDimExprGetPosition(expr) == operand;
  if (mlirAffineExprIsASymbol(expr))
    return numDims + mlirAffineSymbolExprGetPosition(expr) == operand;
  return affineCountUses(mlirAffineBinaryOpExprGetLHS(expr), numDims, operand) +
         affineCountUses(mlirAffineBinaryOpExprGetRHS(expr), numDims, operand);
}
