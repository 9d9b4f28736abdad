//===- first_iteration.c - buffers cleared in the first iteration ---------===//

#include "first_iteration.h"
#include "affine_form.h"
#include "index_arith.h"
#include "loop_body.h"
#include "mlir-c/BuiltinTypes.h"
#include "tt-c/IR.h"
#include "tt-c/gen/ArithOps.h"
#include "tt-c/gen/ScfOps.h"

static bool constantBounds(MlirOperation loop, int64_t *lower) {
  int64_t upper;
  return ttIndexIsConstant(ttScfForGetLowerBound(loop), lower) &&
         ttIndexIsConstant(ttScfForGetUpperBound(loop), &upper) &&
         *lower < upper;
}

/// Whether `condition` compares the loop's variable with its first value;
/// `equal` is whether it holds in the first iteration or in all others.
static bool asksForFirst(MlirOperation loop, int64_t lower, MlirValue condition,
                         bool *equal) {
  if (!mlirValueIsAOpResult(condition))
    return false;
  MlirOperation compare = mlirOpResultGetOwner(condition);
  if (!ttArithCmpIIsa(compare))
    return false;
  TtArithCmpIPredicate predicate = ttArithCmpIGetPredicate(compare);
  *equal = predicate == TtArithCmpIPredicateEq;
  int64_t number;
  if ((!*equal && predicate != TtArithCmpIPredicateNe) ||
      !mlirTypeIsAIndex(mlirValueGetType(ttArithCmpIGetLhs(compare))) ||
      !ttIndexIsConstant(ttArithCmpIGetRhs(compare), &number))
    return false;
  TtAffineForm form = ttAffineFormGet(ttArithCmpIGetLhs(compare));
  bool first = form.numTerms == 1 && !mlirValueIsNull(form.terms[0].value) &&
               mlirValueEqual(form.terms[0].value,
                              mlirBlockGetArgument(ttLoopBody(loop), 0)) &&
               form.terms[0].coefficient * lower + form.constant == number;
  ttAffineFormDestroy(&form);
  return first;
}

static bool isOutside(MlirValue value, MlirOperation loop) {
  MlirOperation owner =
      mlirValueIsABlockArgument(value)
          ? mlirBlockGetParentOperation(mlirBlockArgumentGetOwner(value))
          : mlirOpResultGetOwner(value);
  return !ttOperationIsAncestor(loop, owner);
}

/// Whether a value can be computed before the loop: from values there, by ops
/// without effects.
static bool canHoist(MlirValue value, MlirOperation loop) {
  if (isOutside(value, loop))
    return true;
  if (!mlirValueIsAOpResult(value))
    return false;
  MlirOperation owner = mlirOpResultGetOwner(value);
  if (!ttOperationIsMemoryEffectFree(owner))
    return false;
  for (intptr_t i = 0; i < mlirOperationGetNumOperands(owner); ++i) {
    if (!canHoist(mlirOperationGetOperand(owner, i), loop))
      return false;
  }
  return true;
}

static void hoist(MlirValue value, MlirOperation loop) {
  if (isOutside(value, loop))
    return;
  MlirOperation owner = mlirOpResultGetOwner(value);
  for (intptr_t i = 0; i < mlirOperationGetNumOperands(owner); ++i)
    hoist(mlirOperationGetOperand(owner, i), loop);
  mlirOperationMoveBefore(owner, loop);
}

static MlirOperation yieldOf(MlirRegion region) {
  return mlirBlockGetTerminator(mlirRegionGetFirstBlock(region));
}

/// The branch of the loop's body whose yield is the only use of a carried
/// value, and the number of that result; null if there is none.
static MlirOperation onlyBranch(MlirOperation loop, MlirValue carried,
                                intptr_t *result, bool *inElse) {
  MlirOperation none = {NULL};
  MlirOpOperand use = mlirValueGetFirstUse(carried);
  if (mlirOpOperandIsNull(use) ||
      !mlirOpOperandIsNull(mlirOpOperandGetNextUse(use)))
    return none;
  MlirOperation yield = mlirOpOperandGetOwner(use);
  MlirOperation branch = mlirOperationGetParentOperation(yield);
  if (!ttScfYieldIsa(yield) || !ttScfIfIsa(branch) ||
      !mlirBlockEqual(mlirOperationGetBlock(branch), ttLoopBody(loop)))
    return none;
  *result = (intptr_t)mlirOpOperandGetOperandNumber(use);
  *inElse = mlirOperationEqual(yield, yieldOf(ttScfIfGetElseRegion(branch)));
  return branch;
}

static void startWith(MlirOperation loop, int64_t lower, intptr_t number) {
  MlirValue carried = mlirBlockGetArgument(ttLoopBody(loop), number + 1);
  intptr_t result;
  bool inElse, equal;
  MlirOperation branch = onlyBranch(loop, carried, &result, &inElse);
  if (mlirOperationIsNull(branch) ||
      !asksForFirst(loop, lower, ttScfIfGetCondition(branch), &equal) ||
      equal != inElse)
    return;
  MlirOperation other = yieldOf(inElse ? ttScfIfGetThenRegion(branch)
                                       : ttScfIfGetElseRegion(branch));
  MlirValue first = mlirOperationGetOperand(other, result);
  if (!canHoist(first, loop))
    return;
  hoist(first, loop);
  // Operands of the loop: its bounds and step, then the initial values.
  mlirOperationSetOperand(loop, 3 + number, first);
  mlirValueReplaceAllUsesOfWith(mlirOperationGetResult(branch, result),
                                carried);
}

void ttStartWithFirstValue(MlirOperation loop) {
  int64_t lower;
  if (!constantBounds(loop, &lower))
    return;
  for (intptr_t i = 0; i < ttScfForGetNumInitArgs(loop); ++i)
    startWith(loop, lower, i);
}
