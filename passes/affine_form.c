//===- affine_form.c - an index value as a sum of terms -------------------===//

#include "affine_form.h"
#include "index_arith.h"
#include "mlir-c/AffineMap.h"
#include "tt-c/IR.h"
#include "tt-c/gen/AffineOps.h"
#include "tt-c/gen/ArithOps.h"
#include <stdlib.h>

static bool addValue(TtAffineForm *form, MlirValue value, int64_t factor);

/// Adds a * b; false if one of the numbers is not in the range of indices.
static bool addNumber(int64_t *sum, int64_t a, int64_t b) {
  if (!ttIsIndex(a) || !ttIsIndex(b) || !ttIsIndex(*sum + a * b))
    return false;
  *sum += a * b;
  return true;
}

static bool sameTerm(const TtAffineTerm *a, const TtAffineTerm *b) {
  if (!mlirValueIsNull(a->value) || !mlirValueIsNull(b->value))
    return mlirValueEqual(a->value, b->value);
  return mlirOperationEqual(a->apply, b->apply) &&
         mlirAffineExprEqual(a->part, b->part);
}

static bool addTerm(TtAffineForm *form, TtAffineTerm term) {
  for (intptr_t i = 0; i < form->numTerms; ++i) {
    if (!sameTerm(&form->terms[i], &term))
      continue;
    if (!addNumber(&form->terms[i].coefficient, term.coefficient, 1))
      return false;
    if (form->terms[i].coefficient == 0)
      form->terms[i] = form->terms[--form->numTerms];
    return true;
  }
  if (term.coefficient == 0)
    return true;
  size_t bytes = (size_t)(form->numTerms + 1) * sizeof *form->terms;
  TtAffineTerm *terms = realloc(form->terms, bytes);
  if (!terms)
    abort();
  form->terms = terms;
  form->terms[form->numTerms++] = term;
  return true;
}

/// Adds factor * another form.
static bool addForm(TtAffineForm *form, const TtAffineForm *other,
                    int64_t factor) {
  bool good = addNumber(&form->constant, other->constant, factor);
  for (intptr_t i = 0; i < other->numTerms && good; ++i) {
    TtAffineTerm term = other->terms[i];
    term.coefficient = 0;
    good = addNumber(&term.coefficient, other->terms[i].coefficient, factor) &&
           addTerm(form, term);
  }
  return good;
}

/// The map of an affine.apply or affine.min.
static MlirAffineMap mapOf(MlirOperation op) {
  return ttAffineApplyIsa(op) ? ttAffineApplyGetMap(op) : ttAffineMinGetMap(op);
}

static bool addExpr(TtAffineForm *form, MlirOperation apply,
                    MlirAffineExpr expr, int64_t factor);

/// The form of `expr floordiv divisor`, or of ceildiv or mod, where the
/// division leaves no rest; false if that is not known.
static bool exactDivision(TtAffineForm *form, MlirOperation apply,
                          MlirAffineExpr expr) {
  MlirAffineExpr divisor = mlirAffineBinaryOpExprGetRHS(expr);
  *form = (TtAffineForm){0};
  if (!mlirAffineExprIsAConstant(divisor))
    return false;
  int64_t number = mlirAffineConstantExprGetValue(divisor);
  intptr_t culprit;
  if (!addExpr(form, apply, mlirAffineBinaryOpExprGetLHS(expr), 1) ||
      number <= 0 || !ttAffineFormIsMultipleOf(form, number, &culprit))
    return false;
  if (mlirAffineExprIsAMod(expr))
    ttAffineFormDestroy(form);
  else
    ttAffineFormDivide(form, number);
  return true;
}

static bool addMultiple(TtAffineForm *form, MlirOperation apply,
                        MlirAffineExpr expr, int64_t factor, int64_t number);

static bool isConstant(MlirAffineExpr expr, int64_t *number) {
  if (!mlirAffineExprIsAConstant(expr))
    return false;
  *number = mlirAffineConstantExprGetValue(expr);
  return true;
}

/// Adds factor * expr, an expression over the operands of `apply`.
static bool addExpr(TtAffineForm *form, MlirOperation apply,
                    MlirAffineExpr expr, int64_t factor) {
  int64_t number;
  if (isConstant(expr, &number))
    return addNumber(&form->constant, factor, number);
  if (mlirAffineExprIsADim(expr)) {
    intptr_t position = mlirAffineDimExprGetPosition(expr);
    return addValue(form, mlirOperationGetOperand(apply, position), factor);
  }
  if (mlirAffineExprIsASymbol(expr)) {
    intptr_t position = mlirAffineSymbolExprGetPosition(expr) +
                        mlirAffineMapGetNumDims(mapOf(apply));
    return addValue(form, mlirOperationGetOperand(apply, position), factor);
  }
  MlirAffineExpr lhs = mlirAffineBinaryOpExprGetLHS(expr);
  MlirAffineExpr rhs = mlirAffineBinaryOpExprGetRHS(expr);
  if (mlirAffineExprIsAAdd(expr))
    return addExpr(form, apply, lhs, factor) &&
           addExpr(form, apply, rhs, factor);
  bool product = mlirAffineExprIsAMul(expr);
  if (product && isConstant(rhs, &number))
    return addMultiple(form, apply, lhs, factor, number);
  if (product && isConstant(lhs, &number))
    return addMultiple(form, apply, rhs, factor, number);
  TtAffineForm quotient = {0};
  bool exact = !product && exactDivision(&quotient, apply, expr);
  bool good = exact ? addForm(form, &quotient, factor)
                    : addTerm(form, (TtAffineTerm){factor, (MlirValue){NULL},
                                                   apply, expr});
  ttAffineFormDestroy(&quotient);
  return good;
}

/// Adds factor * number * expr.
static bool addMultiple(TtAffineForm *form, MlirOperation apply,
                        MlirAffineExpr expr, int64_t factor, int64_t number) {
  int64_t product = 0;
  return addNumber(&product, factor, number) &&
         addExpr(form, apply, expr, product);
}

/// The factors of an arith.muli with a constant operand.
static bool isMultiple(MlirOperation op, MlirValue *value, int64_t *number) {
  if (!ttArithMulIIsa(op))
    return false;
  MlirValue lhs = ttArithMulIGetLhs(op), rhs = ttArithMulIGetRhs(op);
  bool right = ttValueGetConstantInt(rhs, number);
  *value = right ? lhs : rhs;
  return right || ttValueGetConstantInt(lhs, number);
}

static bool addValue(TtAffineForm *form, MlirValue value, int64_t factor) {
  int64_t number, product = 0;
  MlirValue multiplied;
  if (ttValueGetConstantInt(value, &number))
    return addNumber(&form->constant, factor, number);
  MlirOperation op = {NULL};
  if (mlirValueIsAOpResult(value))
    op = mlirOpResultGetOwner(value);
  if (mlirOperationIsNull(op))
    return addTerm(form, (TtAffineTerm){factor, value, op, {NULL}});
  if (ttAffineApplyIsa(op))
    return addExpr(form, op, mlirAffineMapGetResult(ttAffineApplyGetMap(op), 0),
                   factor);
  if (ttArithAddIIsa(op))
    return addValue(form, ttArithAddIGetLhs(op), factor) &&
           addValue(form, ttArithAddIGetRhs(op), factor);
  if (ttArithSubIIsa(op))
    return addValue(form, ttArithSubIGetLhs(op), factor) &&
           addValue(form, ttArithSubIGetRhs(op), -factor);
  if (isMultiple(op, &multiplied, &number))
    return addNumber(&product, factor, number) &&
           addValue(form, multiplied, product);
  return addTerm(form, (TtAffineTerm){factor, value, {NULL}, {NULL}});
}

TtAffineForm ttAffineFormGet(MlirValue index) {
  TtAffineForm form = {0};
  if (addValue(&form, index, 1))
    return form;
  ttAffineFormDestroy(&form);
  addTerm(&form, (TtAffineTerm){1, index, {NULL}, {NULL}});
  return form;
}

bool ttAffineFormOfMin(MlirOperation min, intptr_t result, TtAffineForm *form) {
  *form = (TtAffineForm){0};
  return addExpr(form, min,
                 mlirAffineMapGetResult(ttAffineMinGetMap(min), result), 1);
}

bool ttAffineFormAdd(TtAffineForm *form, MlirValue index) {
  TtAffineForm added = ttAffineFormGet(index);
  bool good = addForm(form, &added, 1);
  ttAffineFormDestroy(&added);
  return good;
}

bool ttAffineFormAddConstant(TtAffineForm *form, int64_t number) {
  return addNumber(&form->constant, number, 1);
}

bool ttAffineFormEqual(const TtAffineForm *a, const TtAffineForm *b) {
  if (a->constant != b->constant || a->numTerms != b->numTerms)
    return false;
  for (intptr_t i = 0; i < a->numTerms; ++i) {
    intptr_t j = 0;
    while (j < b->numTerms && !sameTerm(&a->terms[i], &b->terms[j]))
      ++j;
    if (j == b->numTerms || a->terms[i].coefficient != b->terms[j].coefficient)
      return false;
  }
  return true;
}

void ttAffineFormDestroy(TtAffineForm *form) {
  free(form->terms);
  *form = (TtAffineForm){0};
}

bool ttAffineFormIsMultipleOf(const TtAffineForm *form, int64_t divisor,
                              intptr_t *culprit) {
  for (intptr_t i = 0; i < form->numTerms; ++i) {
    *culprit = i;
    if (form->terms[i].coefficient % divisor)
      return false;
  }
  *culprit = -1;
  return form->constant % divisor == 0;
}

void ttAffineFormDivide(TtAffineForm *form, int64_t divisor) {
  form->constant /= divisor;
  for (intptr_t i = 0; i < form->numTerms; ++i)
    form->terms[i].coefficient /= divisor;
}

static MlirValue buildTerm(const TtBuilder *b, MlirLocation loc,
                           const TtAffineTerm *term) {
  if (!mlirValueIsNull(term->value))
    return term->value;
  MlirAffineMap whole = mapOf(term->apply);
  MlirAffineExpr part = term->part;
  MlirAffineMap map =
      mlirAffineMapGet(b->context, mlirAffineMapGetNumDims(whole),
                       mlirAffineMapGetNumSymbols(whole), 1, &part);
  intptr_t count = mlirOperationGetNumOperands(term->apply);
  MlirValue *operands = malloc((size_t)count * sizeof *operands);
  if (!operands)
    abort();
  for (intptr_t i = 0; i < count; ++i)
    operands[i] = mlirOperationGetOperand(term->apply, i);
  MlirValue value =
      ttAffineApplyGetResult(ttAffineApplyCreate(b, loc, map, count, operands));
  free(operands);
  return value;
}

MlirValue ttAffineFormBuild(const TtBuilder *b, MlirLocation loc,
                            const TtAffineForm *form) {
  MlirAffineExpr sum = mlirAffineConstantExprGet(b->context, form->constant);
  size_t count = (size_t)form->numTerms;
  MlirValue *operands = malloc((count + 1) * sizeof *operands);
  if (!operands)
    abort();
  for (intptr_t i = 0; i < form->numTerms; ++i) {
    operands[i] = buildTerm(b, loc, &form->terms[i]);
    MlirAffineExpr term = mlirAffineMulExprGet(
        mlirAffineDimExprGet(b->context, i),
        mlirAffineConstantExprGet(b->context, form->terms[i].coefficient));
    sum = mlirAffineAddExprGet(sum, term);
  }
  MlirValue value = ttIndexApply(b, loc, sum, form->numTerms, operands);
  free(operands);
  return value;
}

MlirBlock ttAffineTermBlock(const TtAffineTerm *term) {
  if (mlirValueIsNull(term->value))
    return mlirOperationGetBlock(term->apply);
  if (mlirValueIsABlockArgument(term->value))
    return mlirBlockArgumentGetOwner(term->value);
  return mlirOperationGetBlock(mlirOpResultGetOwner(term->value));
}

/// Depth of a block in regions.
static int depthOf(MlirBlock block) {
  int depth = 0;
  MlirOperation parent = mlirBlockGetParentOperation(block);
  for (; !mlirOperationIsNull(parent);
       parent = mlirOperationGetParentOperation(parent))
    ++depth;
  return depth;
}

/// The op that defines a term, or null for an argument of the block.
static MlirOperation definitionOf(const TtAffineTerm *term) {
  if (mlirValueIsNull(term->value))
    return term->apply;
  if (mlirValueIsABlockArgument(term->value))
    return (MlirOperation){NULL};
  return mlirOpResultGetOwner(term->value);
}

TtBuilder ttAffineFormEarliest(const TtAffineForm *form, MlirOperation use) {
  MlirBlock block = {NULL};
  MlirOperation last = {NULL};
  int depth = -1;
  for (intptr_t i = 0; i < form->numTerms; ++i) {
    MlirOperation op = definitionOf(&form->terms[i]);
    int own = depthOf(ttAffineTermBlock(&form->terms[i]));
    if (own < depth)
      continue;
    if (own > depth)
      last = (MlirOperation){NULL};
    depth = own;
    block = ttAffineTermBlock(&form->terms[i]);
    if (mlirOperationIsNull(last) ||
        (!mlirOperationIsNull(op) && mlirOperationIsBeforeInBlock(last, op)))
      last = op;
  }
  if (depth < 0)
    return ttBuilderBefore(use);
  if (mlirOperationIsNull(last))
    return ttBuilderAtStart(mlirOperationGetContext(use), block);
  return ttBuilderAfter(last);
}

MlirLocation ttAffineTermLocation(const TtAffineTerm *term) {
  if (mlirValueIsNull(term->value))
    return mlirOperationGetLocation(term->apply);
  return mlirValueGetLocation(term->value);
}
