//===- element_linear.c - indices of several loop variables ---------------===//

#include "element_linear.h"
#include "mlir-c/AffineMap.h"
#include "stb_ds.h"
#include "tt-c/IR.h"
#include "tt-c/gen/AffineOps.h"
#include "tt-c/gen/ArithOps.h"

bool ttLinearAdd(TtLinear *linear, int loop, int64_t coefficient) {
  for (int i = 0; i < linear->count; ++i) {
    if (linear->loops[i] == loop)
      return !__builtin_add_overflow(linear->coefficients[i], coefficient,
                                     &linear->coefficients[i]);
  }
  if (linear->count == TtElementMaxRank)
    return false;
  linear->loops[linear->count] = loop;
  linear->coefficients[linear->count++] = coefficient;
  return true;
}

//===- Groups -------------------------------------------------------------===//

/// Orders a sum by coefficients and checks that each is the product of the
/// extents before it; `total` is the number of values of the sum.
static bool countsByOne(const TtElementNest *nest, TtLinear *linear,
                        int64_t *total) {
  *total = 1;
  for (int i = 0; i < linear->count; ++i) {
    int next = i;
    for (int j = i + 1; j < linear->count; ++j) {
      if (linear->coefficients[j] < linear->coefficients[next])
        next = j;
    }
    int loop = linear->loops[next];
    int64_t coefficient = linear->coefficients[next];
    linear->loops[next] = linear->loops[i];
    linear->coefficients[next] = linear->coefficients[i];
    linear->loops[i] = loop;
    linear->coefficients[i] = coefficient;
    const TtElementLoop *l = &nest->loops[loop];
    if (coefficient != *total || l->lower != 0 || l->extent < 1 ||
        __builtin_mul_overflow(*total, l->extent, total))
      return false;
  }
  return true;
}

static bool sameGroup(const TtElementGroup *group, const TtLinear *linear,
                      int64_t width) {
  if (group->count != linear->count || group->width != width)
    return false;
  for (int i = 0; i < group->count; ++i) {
    if (group->members[i] != linear->loops[i] ||
        group->coefficients[i] != linear->coefficients[i])
      return false;
  }
  return true;
}

static int addDigit(TtElementNest *nest, const TtLinear *linear,
                    int64_t extent) {
  MlirOperation owner = nest->loops[linear->loops[0]].owner;
  arrput(nest->loops,
         ((TtElementLoop){(MlirValue){NULL}, owner, 0, extent, false}));
  return (int)arrlen(nest->loops) - 1;
}

/// The group of a sum with this width, made when it is first seen; null if its
/// loops count in another way already.
static const TtElementGroup *groupOf(TtElementNest *nest, TtLinear *linear,
                                     int64_t width) {
  int64_t total;
  if (!countsByOne(nest, linear, &total) || width < 1 || total % width != 0)
    return NULL;
  for (ptrdiff_t i = 0; i < arrlen(nest->groups); ++i) {
    if (sameGroup(&nest->groups[i], linear, width))
      return &nest->groups[i];
  }
  TtElementGroup group = {.count = linear->count, .width = width};
  for (int i = 0; i < linear->count; ++i) {
    if (nest->loops[linear->loops[i]].isMember)
      return NULL;
    group.members[i] = linear->loops[i];
    group.coefficients[i] = linear->coefficients[i];
  }
  for (int i = 0; i < linear->count; ++i)
    nest->loops[linear->loops[i]].isMember = true;
  group.high = addDigit(nest, linear, total / width);
  group.low = addDigit(nest, linear, width);
  arrput(nest->groups, group);
  return &nest->groups[arrlen(nest->groups) - 1];
}

bool ttLinearLoop(TtElementNest *nest, const TtLinear *linear, int *loop) {
  TtLinear sum = *linear;
  if (sum.count == 1 && sum.coefficients[0] == 1) {
    *loop = sum.loops[0];
    return true;
  }
  int64_t total;
  if (!countsByOne(nest, &sum, &total))
    return false;
  const TtElementGroup *group = groupOf(nest, &sum, total);
  if (group)
    *loop = group->low;
  return group != NULL;
}

//===- Digits -------------------------------------------------------------===//

static bool addSum(TtElementNest *nest, TtLinear *sum, MlirValue value,
                   int64_t factor) {
  TtAffineForm form = ttAffineFormGet(value);
  bool good = form.constant == 0;
  for (intptr_t i = 0; i < form.numTerms && good; ++i) {
    int loop = ttElementLoopOf(nest, form.terms[i].value);
    int64_t product;
    good =
        loop != TtNoLoop &&
        !__builtin_mul_overflow(form.terms[i].coefficient, factor, &product) &&
        ttLinearAdd(sum, loop, product);
  }
  ttAffineFormDestroy(&form);
  return good;
}

/// Adds factor * an expression over the operands of an affine.apply.
static bool addExpr(TtElementNest *nest, TtLinear *sum, MlirOperation apply,
                    MlirAffineExpr expr, int64_t factor) {
  if (mlirAffineExprIsADim(expr))
    return addSum(
        nest, sum,
        mlirOperationGetOperand(apply, mlirAffineDimExprGetPosition(expr)),
        factor);
  if (mlirAffineExprIsASymbol(expr))
    return addSum(
        nest, sum,
        mlirOperationGetOperand(
            apply, mlirAffineSymbolExprGetPosition(expr) +
                       mlirAffineMapGetNumDims(ttAffineApplyGetMap(apply))),
        factor);
  if (!mlirAffineExprIsAAdd(expr) && !mlirAffineExprIsAMul(expr))
    return false;
  MlirAffineExpr lhs = mlirAffineBinaryOpExprGetLHS(expr);
  MlirAffineExpr rhs = mlirAffineBinaryOpExprGetRHS(expr);
  if (mlirAffineExprIsAAdd(expr))
    return addExpr(nest, sum, apply, lhs, factor) &&
           addExpr(nest, sum, apply, rhs, factor);
  int64_t product;
  return mlirAffineExprIsAConstant(rhs) &&
         !__builtin_mul_overflow(factor, mlirAffineConstantExprGetValue(rhs),
                                 &product) &&
         addExpr(nest, sum, apply, lhs, product);
}

/// A quotient or remainder: what is divided, by what, and which of the two.
typedef struct {
  TtLinear sum;
  int64_t width;
  bool isQuotient;
} Division;

static bool divisionOfExpr(TtElementNest *nest, const TtAffineTerm *term,
                           Division *division) {
  MlirAffineExpr expr = term->part;
  division->isQuotient = mlirAffineExprIsAFloorDiv(expr);
  if (!division->isQuotient && !mlirAffineExprIsAMod(expr))
    return false;
  MlirAffineExpr width = mlirAffineBinaryOpExprGetRHS(expr);
  if (!mlirAffineExprIsAConstant(width))
    return false;
  division->width = mlirAffineConstantExprGetValue(width);
  return addExpr(nest, &division->sum, term->apply,
                 mlirAffineBinaryOpExprGetLHS(expr), 1);
}

static bool divisionOfValue(TtElementNest *nest, MlirValue value,
                            Division *division) {
  if (!mlirValueIsAOpResult(value))
    return false;
  MlirOperation op = mlirOpResultGetOwner(value);
  division->isQuotient =
      ttArithDivUIIsa(op) || ttArithDivSIIsa(op) || ttArithFloorDivSIIsa(op);
  if (ttAffineDelinearizeIndexIsa(op)) {
    if (mlirOperationGetNumResults(op) != 2 ||
        ttAffineDelinearizeIndexGetNumDynamicBasis(op) > 0)
      return false;
    intptr_t last = ttAffineDelinearizeIndexGetNumStaticBasis(op) - 1;
    division->width = ttAffineDelinearizeIndexGetStaticBasis(op)[last];
    division->isQuotient = mlirOpResultGetResultNumber(value) == 0;
  } else if (!division->isQuotient && !ttArithRemUIIsa(op) &&
             !ttArithRemSIIsa(op)) {
    return false;
  } else if (!ttValueGetConstantInt(mlirOperationGetOperand(op, 1),
                                    &division->width)) {
    return false;
  }
  return addSum(nest, &division->sum, mlirOperationGetOperand(op, 0), 1);
}

bool ttDigitLoop(TtElementNest *nest, const TtAffineTerm *term, int *loop) {
  Division division = {.width = 0};
  bool good = mlirValueIsNull(term->value)
                  ? divisionOfExpr(nest, term, &division)
                  : divisionOfValue(nest, term->value, &division);
  const TtElementGroup *group =
      good ? groupOf(nest, &division.sum, division.width) : NULL;
  if (group)
    *loop = division.isQuotient ? group->high : group->low;
  return group != NULL;
}
