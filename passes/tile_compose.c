//===- tile_compose.c - functions spelled as several scalar ops -----------===//
//
// One idea: a function that the op table has and upstream's dialects have not
// is recognised by its usual spellings: sigmoid as 1 / (1 + e^-x), gelu as
// x/2 (1 + erf(x / sqrt 2)), and so on. A spelling that is not recognised still
// computes what it says, one op at a time.
//
// The fast form of gelu, with tanh, is another function than the exact one; it
// is taken for it only if the kernel asks for approximations.
//
//===----------------------------------------------------------------------===//

#include "tile_lowering.h"
#include "tt-c/gen/ArithOps.h"
#include "tt-c/gen/MathOps.h"
#include <math.h>

typedef bool (*IsaFunction)(MlirOperation op);

/// What a product consists of: constants multiplied, and the other factors.
typedef struct {
  double constant;
  int numFactors;
  MlirValue factors[4];
} Product;

static bool near(double a, double b) { return fabs(a - b) <= 1e-3 * fabs(b); }

static bool isNumber(const TtStructured *s, MlirValue scalar, double number) {
  double constant;
  return ttScalarConstant(s, scalar, &constant) && constant == number;
}

/// The operand of a unary op of a kind.
static bool isUnary(MlirValue scalar, IsaFunction isa, MlirValue *x) {
  MlirOperation op = ttScalarOp(scalar);
  if (mlirOperationIsNull(op) || !isa(op))
    return false;
  *x = mlirOperationGetOperand(op, 0);
  return true;
}

static bool isBinary(MlirValue scalar, IsaFunction isa, MlirValue *lhs,
                     MlirValue *rhs) {
  MlirOperation op = ttScalarOp(scalar);
  if (mlirOperationIsNull(op) || !isa(op))
    return false;
  *lhs = mlirOperationGetOperand(op, 0);
  *rhs = mlirOperationGetOperand(op, 1);
  return true;
}

/// number `isa` x, in either order.
static bool withNumber(const TtStructured *s, MlirValue scalar, IsaFunction isa,
                       double number, MlirValue *x) {
  MlirValue lhs, rhs;
  if (!isBinary(scalar, isa, &lhs, &rhs))
    return false;
  *x = isNumber(s, lhs, number) ? rhs : lhs;
  return isNumber(s, lhs, number) || isNumber(s, rhs, number);
}

static bool addFactors(const TtStructured *s, MlirValue scalar, Product *p) {
  MlirValue lhs, rhs;
  double number;
  if (ttScalarConstant(s, scalar, &number)) {
    p->constant *= number;
    return true;
  }
  if (isBinary(scalar, ttArithMulFIsa, &lhs, &rhs))
    return addFactors(s, lhs, p) && addFactors(s, rhs, p);
  if (isBinary(scalar, ttArithDivFIsa, &lhs, &rhs) &&
      ttScalarConstant(s, rhs, &number) && number != 0) {
    p->constant /= number;
    return addFactors(s, lhs, p);
  }
  if (p->numFactors == 4)
    return false;
  p->factors[p->numFactors++] = scalar;
  return true;
}

static bool isNegated(const TtStructured *s, MlirValue scalar, MlirValue *x) {
  MlirValue lhs, rhs;
  if (isUnary(scalar, ttArithNegFIsa, x))
    return true;
  if (isBinary(scalar, ttArithSubFIsa, &lhs, &rhs) && isNumber(s, lhs, 0)) {
    *x = rhs;
    return true;
  }
  return withNumber(s, scalar, ttArithMulFIsa, -1, x);
}

/// 1 + e^-x.
static bool isSigmoidDivisor(const TtStructured *s, MlirValue scalar,
                             MlirValue *x) {
  MlirValue power, exponent;
  return withNumber(s, scalar, ttArithAddFIsa, 1, &power) &&
         isUnary(power, ttMathExpIsa, &exponent) && isNegated(s, exponent, x);
}

static bool isSigmoid(const TtStructured *s, MlirValue scalar, MlirValue *x) {
  MlirValue lhs, rhs, power;
  if (!isBinary(scalar, ttArithDivFIsa, &lhs, &rhs))
    return false;
  if (isNumber(s, lhs, 1))
    return isSigmoidDivisor(s, rhs, x);
  return isUnary(lhs, ttMathExpIsa, x) &&
         withNumber(s, rhs, ttArithAddFIsa, 1, &power) &&
         mlirValueEqual(power, lhs);
}

static bool isSilu(const TtStructured *s, MlirValue scalar, MlirValue *x) {
  MlirValue lhs, rhs;
  if (isBinary(scalar, ttArithDivFIsa, &lhs, &rhs))
    return isSigmoidDivisor(s, rhs, x) && mlirValueEqual(*x, lhs);
  if (!isBinary(scalar, ttArithMulFIsa, &lhs, &rhs))
    return false;
  return (isSigmoid(s, lhs, x) && mlirValueEqual(*x, rhs)) ||
         (isSigmoid(s, rhs, x) && mlirValueEqual(*x, lhs));
}

/// sqrt(2 / pi) (x + 0.044715 x^3), in the spellings of frameworks.
static bool isTanhArgument(const TtStructured *s, MlirValue scalar,
                           MlirValue x) {
  Product outer = {.constant = 1}, cube = {.constant = 1};
  MlirValue lhs, rhs, base, exponent;
  if (!addFactors(s, scalar, &outer) || outer.numFactors != 1 ||
      !near(outer.constant, 0.7978845608) ||
      !isBinary(outer.factors[0], ttArithAddFIsa, &lhs, &rhs))
    return false;
  MlirValue small = mlirValueEqual(lhs, x) ? rhs : lhs;
  if ((!mlirValueEqual(lhs, x) && !mlirValueEqual(rhs, x)) ||
      !addFactors(s, small, &cube) || !near(cube.constant, 0.044715))
    return false;
  if (cube.numFactors == 1)
    return isBinary(cube.factors[0], ttMathPowFIsa, &base, &exponent) &&
           mlirValueEqual(base, x) && isNumber(s, exponent, 3);
  for (int i = 0; i < cube.numFactors; ++i)
    if (!mlirValueEqual(cube.factors[i], x))
      return false;
  return cube.numFactors == 3;
}

/// Whether `inner` is 1 + erf(x / sqrt 2), or its fast form.
static bool isGeluFactor(const TtExpression *e, MlirValue inner, MlirValue x) {
  const TtStructured *s = e->structured;
  MlirValue curve, argument;
  if (!withNumber(s, inner, ttArithAddFIsa, 1, &curve))
    return false;
  if (isUnary(curve, ttMathErfIsa, &argument)) {
    Product p = {.constant = 1};
    return addFactors(s, argument, &p) && p.numFactors == 1 &&
           near(p.constant, 0.7071067812) && mlirValueEqual(p.factors[0], x);
  }
  return e->tiling->compute.approx &&
         isUnary(curve, ttMathTanhIsa, &argument) &&
         isTanhArgument(s, argument, x);
}

static bool isGelu(const TtExpression *e, MlirValue scalar, MlirValue *x) {
  Product p = {.constant = 1};
  MlirValue lhs, rhs;
  if (!isBinary(scalar, ttArithMulFIsa, &lhs, &rhs) ||
      !addFactors(e->structured, scalar, &p) || p.numFactors != 2 ||
      p.constant != 0.5)
    return false;
  for (int i = 0; i < 2; ++i) {
    *x = p.factors[i];
    if (isGeluFactor(e, p.factors[1 - i], *x))
      return true;
  }
  return false;
}

/// The value selected where x > 0 or x >= 0, and the one elsewhere.
static bool isSignSelection(const TtStructured *s, MlirValue scalar,
                            MlirValue *x, MlirValue *positive,
                            MlirValue *negative) {
  MlirOperation op = ttScalarOp(scalar);
  if (mlirOperationIsNull(op) || !ttArithSelectIsa(op))
    return false;
  MlirOperation compare = ttScalarOp(ttArithSelectGetCondition(op));
  if (mlirOperationIsNull(compare) || !ttArithCmpFIsa(compare) ||
      !isNumber(s, ttArithCmpFGetRhs(compare), 0))
    return false;
  *x = ttArithCmpFGetLhs(compare);
  *positive = ttArithSelectGetTrueValue(op);
  *negative = ttArithSelectGetFalseValue(op);
  switch (ttArithCmpFGetPredicate(compare)) {
  case TtArithCmpFPredicateOGT:
  case TtArithCmpFPredicateOGE:
    return true;
  default:
    return false;
  }
}

static bool isRelu(const TtStructured *s, MlirValue scalar, MlirValue *x) {
  MlirValue positive, negative;
  return isSignSelection(s, scalar, x, &positive, &negative) &&
         mlirValueEqual(positive, *x) && isNumber(s, negative, 0);
}

static bool isLeakyRelu(const TtStructured *s, MlirValue scalar, MlirValue *x,
                        float *slope) {
  MlirValue positive, negative;
  Product p = {.constant = 1};
  if (!isSignSelection(s, scalar, x, &positive, &negative) ||
      !mlirValueEqual(positive, *x) || !addFactors(s, negative, &p) ||
      p.numFactors != 1 || !mlirValueEqual(p.factors[0], *x))
    return false;
  *slope = (float)p.constant;
  return true;
}

static bool isElu(const TtStructured *s, MlirValue scalar, MlirValue *x,
                  float *alpha) {
  MlirValue positive, negative, argument, power, one;
  Product p = {.constant = 1};
  if (!isSignSelection(s, scalar, x, &positive, &negative) ||
      !mlirValueEqual(positive, *x) || !addFactors(s, negative, &p) ||
      p.numFactors != 1)
    return false;
  *alpha = (float)p.constant;
  if (isUnary(p.factors[0], ttMathExpM1Isa, &argument))
    return mlirValueEqual(argument, *x);
  return isBinary(p.factors[0], ttArithSubFIsa, &power, &one) &&
         isNumber(s, one, 1) && isUnary(power, ttMathExpIsa, &argument) &&
         mlirValueEqual(argument, *x);
}

/// min(max(x, low), high), in either order of the two.
static bool isClamp(const TtStructured *s, MlirValue scalar, MlirValue *x,
                    float *bounds) {
  MlirOperation op = ttScalarOp(scalar);
  MlirValue inner, bound, lhs, rhs;
  if (mlirOperationIsNull(op))
    return false;
  bool isMin = ttArithMinimumFIsa(op) || ttArithMinNumFIsa(op);
  bool isMax = ttArithMaximumFIsa(op) || ttArithMaxNumFIsa(op);
  if (!isMin && !isMax)
    return false;
  inner = mlirOperationGetOperand(op, 0);
  bound = mlirOperationGetOperand(op, 1);
  double outerBound, innerBound;
  if (!ttScalarConstant(s, bound, &outerBound))
    return false;
  if (!isBinary(inner, isMin ? ttArithMaximumFIsa : ttArithMinimumFIsa, &lhs,
                &rhs) &&
      !isBinary(inner, isMin ? ttArithMaxNumFIsa : ttArithMinNumFIsa, &lhs,
                &rhs))
    return false;
  if (!ttScalarConstant(s, rhs, &innerBound))
    return false;
  *x = lhs;
  bounds[0] = (float)(isMin ? innerBound : outerBound);
  bounds[1] = (float)(isMin ? outerBound : innerBound);
  return bounds[0] <= bounds[1];
}

static bool isRsqrt(const TtStructured *s, MlirValue scalar, MlirValue *x) {
  MlirValue lhs, rhs;
  return isBinary(scalar, ttArithDivFIsa, &lhs, &rhs) && isNumber(s, lhs, 1) &&
         isUnary(rhs, ttMathSqrtIsa, x);
}

static bool isSoftsign(const TtStructured *s, MlirValue scalar, MlirValue *x) {
  MlirValue lhs, rhs, size;
  return isBinary(scalar, ttArithDivFIsa, &lhs, &rhs) &&
         withNumber(s, rhs, ttArithAddFIsa, 1, &size) &&
         isUnary(size, ttMathAbsFIsa, x) && mlirValueEqual(*x, lhs);
}

bool ttComposeMatch(const TtExpression *e, MlirValue scalar,
                    TtComposition *found) {
  const TtStructured *s = e->structured;
  MlirValue *x = &found->operand;
  found->numParams = 0;
  if (isSigmoid(s, scalar, x))
    found->function = TtUnaryFunctionSigmoid;
  else if (isSilu(s, scalar, x))
    found->function = TtUnaryFunctionSilu;
  else if (isGelu(e, scalar, x))
    found->function = TtUnaryFunctionGelu;
  else if (isRelu(s, scalar, x))
    found->function = TtUnaryFunctionRelu;
  else if (isRsqrt(s, scalar, x))
    found->function = TtUnaryFunctionRsqrt;
  else if (isSoftsign(s, scalar, x))
    found->function = TtUnaryFunctionSoftsign;
  else if (isLeakyRelu(s, scalar, x, found->params))
    found->function = TtUnaryFunctionLeakyRelu, found->numParams = 1;
  else if (isElu(s, scalar, x, found->params))
    found->function = TtUnaryFunctionElu, found->numParams = 1;
  else if (isClamp(s, scalar, x, found->params))
    found->function = TtUnaryFunctionClamp, found->numParams = 2;
  else
    return false;
  double number;
  return !ttScalarConstant(s, *x, &number);
}
