//===- affine_form.c - an index value as a sum of terms -------------------===//

#include "affine_form.h"
#include "index_arith.h"
#include "mlir-c/AffineMap.h"
#include "tt-c/IR.h"
#include "tt-c/gen/AffineOps.h"
#include "tt-c/gen/ArithOps.h"
#include <stdlib.h>

static void addValue(TtAffineForm *form, MlirValue value, int64_t factor);

static bool sameTerm(const TtAffineTerm *a, const TtAffineTerm *b) {
  if (!mlirValueIsNull(a->value) || !mlirValueIsNull(b->value))
    return mlirValueEqual(a->value, b->value);
  return mlirOperationEqual(a->apply, b->apply) &&
         mlirAffineExprEqual(a->part, b->part);
}

static void addTerm(TtAffineForm *form, TtAffineTerm term) {
  for (intptr_t i = 0; i < form->numTerms; ++i) {
    if (!sameTerm(&form->terms[i], &term))
      continue;
    form->terms[i].coefficient += term.coefficient;
    if (form->terms[i].coefficient == 0)
      form->terms[i] = form->terms[--form->numTerms];
    return;
  }
  if (term.coefficient == 0)
    return;
  size_t bytes = (size_t)(form->numTerms + 1) * sizeof *form->terms;
  TtAffineTerm *terms = realloc(form->terms, bytes);
  if (!terms)
    abort();
  form->terms = terms;
  form->terms[form->numTerms++] = term;
}

static void addExpr(TtAffineForm *form, MlirOperation apply,
                    MlirAffineExpr expr, int64_t factor);

/// Adds factor * (expr floordiv divisor), or of ceildiv, where the division
/// leaves no rest; false if that is not known.
static bool addExactDivision(TtAffineForm *form, MlirOperation apply,
                             MlirAffineExpr expr, int64_t factor) {
  MlirAffineExpr divisor = mlirAffineBinaryOpExprGetRHS(expr);
  if (!mlirAffineExprIsAConstant(divisor))
    return false;
  int64_t number = mlirAffineConstantExprGetValue(divisor);
  TtAffineForm inner = {0};
  addExpr(&inner, apply, mlirAffineBinaryOpExprGetLHS(expr), 1);
  intptr_t culprit;
  bool exact = number > 0 && ttAffineFormIsMultipleOf(&inner, number, &culprit);
  if (exact && !mlirAffineExprIsAMod(expr)) {
    ttAffineFormDivide(&inner, number);
    form->constant += factor * inner.constant;
    for (intptr_t i = 0; i < inner.numTerms; ++i) {
      inner.terms[i].coefficient *= factor;
      addTerm(form, inner.terms[i]);
    }
  }
  ttAffineFormDestroy(&inner);
  return exact;
}

static bool isConstant(MlirAffineExpr expr, int64_t *number) {
  if (!mlirAffineExprIsAConstant(expr))
    return false;
  *number = mlirAffineConstantExprGetValue(expr);
  return true;
}

/// Adds factor * expr, an expression over the operands of `apply`.
static void addExpr(TtAffineForm *form, MlirOperation apply,
                    MlirAffineExpr expr, int64_t factor) {
  int64_t number;
  if (isConstant(expr, &number)) {
    form->constant += factor * number;
    return;
  }
  if (mlirAffineExprIsADim(expr)) {
    intptr_t position = mlirAffineDimExprGetPosition(expr);
    addValue(form, mlirOperationGetOperand(apply, position), factor);
    return;
  }
  if (mlirAffineExprIsASymbol(expr)) {
    intptr_t position = mlirAffineSymbolExprGetPosition(expr) +
                        mlirAffineMapGetNumDims(ttAffineApplyGetMap(apply));
    addValue(form, mlirOperationGetOperand(apply, position), factor);
    return;
  }
  MlirAffineExpr lhs = mlirAffineBinaryOpExprGetLHS(expr);
  MlirAffineExpr rhs = mlirAffineBinaryOpExprGetRHS(expr);
  if (mlirAffineExprIsAAdd(expr)) {
    addExpr(form, apply, lhs, factor);
    addExpr(form, apply, rhs, factor);
    return;
  }
  if (mlirAffineExprIsAMul(expr) && isConstant(rhs, &number)) {
    addExpr(form, apply, lhs, factor * number);
    return;
  }
  if (mlirAffineExprIsAMul(expr) && isConstant(lhs, &number)) {
    addExpr(form, apply, rhs, factor * number);
    return;
  }
  if (!mlirAffineExprIsAMul(expr) &&
      addExactDivision(form, apply, expr, factor))
    return;
  addTerm(form, (TtAffineTerm){factor, (MlirValue){NULL}, apply, expr});
}

/// Adds factor * the product of an arith.muli with a constant operand.
static bool addProduct(TtAffineForm *form, MlirOperation op, int64_t factor) {
  MlirValue lhs = ttArithMulIGetLhs(op), rhs = ttArithMulIGetRhs(op);
  int64_t number;
  if (ttValueGetConstantInt(rhs, &number))
    addValue(form, lhs, factor * number);
  else if (ttValueGetConstantInt(lhs, &number))
    addValue(form, rhs, factor * number);
  else
    return false;
  return true;
}

static void addValue(TtAffineForm *form, MlirValue value, int64_t factor) {
  int64_t number;
  if (ttValueGetConstantInt(value, &number)) {
    form->constant += factor * number;
    return;
  }
  MlirOperation op = {NULL};
  if (mlirValueIsAOpResult(value))
    op = mlirOpResultGetOwner(value);
  if (mlirOperationIsNull(op)) {
    addTerm(form, (TtAffineTerm){factor, value, op, {NULL}});
  } else if (ttAffineApplyIsa(op)) {
    addExpr(form, op, mlirAffineMapGetResult(ttAffineApplyGetMap(op), 0),
            factor);
  } else if (ttArithAddIIsa(op)) {
    addValue(form, ttArithAddIGetLhs(op), factor);
    addValue(form, ttArithAddIGetRhs(op), factor);
  } else if (ttArithSubIIsa(op)) {
    addValue(form, ttArithSubIGetLhs(op), factor);
    addValue(form, ttArithSubIGetRhs(op), -factor);
  } else if (!ttArithMulIIsa(op) || !addProduct(form, op, factor)) {
    addTerm(form, (TtAffineTerm){factor, value, {NULL}, {NULL}});
  }
}

TtAffineForm ttAffineFormGet(MlirValue index) {
  TtAffineForm form = {0};
  addValue(&form, index, 1);
  return form;
}

void ttAffineFormAdd(TtAffineForm *form, MlirValue index, int64_t factor) {
  addValue(form, index, factor);
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
  MlirAffineMap whole = ttAffineApplyGetMap(term->apply);
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

static MlirBlock blockOf(const TtAffineTerm *term) {
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
    int own = depthOf(blockOf(&form->terms[i]));
    if (own < depth)
      continue;
    if (own > depth)
      last = (MlirOperation){NULL};
    depth = own;
    block = blockOf(&form->terms[i]);
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
