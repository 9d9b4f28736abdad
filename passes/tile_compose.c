//===- tile_compose.c - functions spelled as several scalar ops -----------===//
//
// One idea: a function that the op table has and upstream's dialects have not
// is recognised by the formulas of its row, x / (1 + exp(-x)) for silu. The
// scalars that lead to a value become the terms of a formula, with each of them
// as x in turn; of the formulas that match, the one that says most wins. A
// spelling that is not recognised still computes what it says, one op at a
// time.
//
//===----------------------------------------------------------------------===//

#include "mlir-c/BuiltinTypes.h"
#include "plan/formula.h"
#include "stb_ds.h"
#include "tile_lowering.h"
#include "tt-c/gen/ArithOps.h"
#include "tt-c/gen/MathOps.h"
#include <stdlib.h>
#include <string.h>

// Longer spellings are not searched.
enum { MaxDepth = 12, MaxScalars = 32 };

//===- scalars as terms ---------------------------------------------------===//

typedef struct {
  const void *key; // pointer of the scalar value
  int value;       // its term
} TermEntry;

typedef struct {
  const TtStructured *structured;
  MlirValue x;
  TtTerms terms;
  TermEntry *done; // stb_ds map
} Terms;

static int termOf(Terms *t, MlirValue scalar, int depth);

static int operandTerm(Terms *t, MlirOperation op, intptr_t i, int depth) {
  return termOf(t, mlirOperationGetOperand(op, i), depth + 1);
}

static int choiceTerm(Terms *t, MlirOperation op, int depth) {
  MlirOperation compare = ttScalarOp(ttArithSelectGetCondition(op));
  if (mlirOperationIsNull(compare) || !ttArithCmpFIsa(compare))
    return -1;
  int a = operandTerm(t, compare, 0, depth);
  int b = operandTerm(t, compare, 1, depth);
  int chosen = operandTerm(t, op, 1, depth);
  int other = operandTerm(t, op, 2, depth);
  switch (ttArithCmpFGetPredicate(compare)) {
  case TtArithCmpFPredicateOGT:
    return ttTermChoice(&t->terms, false, a, b, chosen, other);
  case TtArithCmpFPredicateOGE:
    return ttTermChoice(&t->terms, true, a, b, chosen, other);
  case TtArithCmpFPredicateOLT:
    return ttTermChoice(&t->terms, false, b, a, chosen, other);
  case TtArithCmpFPredicateOLE:
    return ttTermChoice(&t->terms, true, b, a, chosen, other);
  default:
    return -1;
  }
}

static int powerTerm(Terms *t, MlirOperation op, int depth) {
  double exponent;
  int base = operandTerm(t, op, 0, depth);
  if (!ttScalarConstant(t->structured, ttMathPowFGetRhs(op), &exponent) ||
      (exponent != 2 && exponent != 3))
    return -1;
  int square = ttTermProduct(&t->terms, base, base);
  return exponent == 2 ? square : ttTermProduct(&t->terms, square, base);
}

// `exp` of `math.exp`.
static int functionTerm(Terms *t, MlirOperation op, int depth) {
  MlirStringRef full = mlirIdentifierStr(mlirOperationGetName(op));
  const char *dot = memchr(full.data, '.', full.length);
  size_t length = dot ? (size_t)(full.data + full.length - dot - 1) : 0;
  char name[TtTermName];
  if (length == 0 || length >= sizeof name)
    return -1;
  memcpy(name, dot + 1, length);
  name[length] = 0;
  int operand = operandTerm(t, op, 0, depth);
  return ttTermFunction(&t->terms, name, 1, &operand);
}

static int negativeTerm(Terms *t, int term) {
  return ttTermProduct(&t->terms, ttTermConstant(&t->terms, -1), term);
}

static int opTerm(Terms *t, MlirOperation op, int depth) {
  if (ttArithSelectIsa(op))
    return choiceTerm(t, op, depth);
  if (ttMathPowFIsa(op))
    return powerTerm(t, op, depth);
  if (mlirOperationGetNumOperands(op) == 1)
    return ttArithNegFIsa(op) ? negativeTerm(t, operandTerm(t, op, 0, depth))
                              : functionTerm(t, op, depth);
  if (mlirOperationGetNumOperands(op) != 2)
    return -1;
  const int operands[] = {operandTerm(t, op, 0, depth),
                          operandTerm(t, op, 1, depth)};
  if (ttArithAddFIsa(op))
    return ttTermSum(&t->terms, operands[0], operands[1]);
  if (ttArithSubFIsa(op))
    return ttTermSum(&t->terms, operands[0], negativeTerm(t, operands[1]));
  if (ttArithMulFIsa(op))
    return ttTermProduct(&t->terms, operands[0], operands[1]);
  if (ttArithDivFIsa(op))
    return ttTermQuotient(&t->terms, operands[0], operands[1]);
  if (ttArithMaximumFIsa(op) || ttArithMaxNumFIsa(op))
    return ttTermFunction(&t->terms, "max", 2, operands);
  if (ttArithMinimumFIsa(op) || ttArithMinNumFIsa(op))
    return ttTermFunction(&t->terms, "min", 2, operands);
  return -1;
}

static bool isInBody(const TtStructured *s, MlirOperation op) {
  return !mlirOperationIsNull(op) &&
         mlirBlockEqual(mlirOperationGetBlock(op), s->body);
}

static int termOf(Terms *t, MlirValue scalar, int depth) {
  ptrdiff_t known = hmgeti(t->done, scalar.ptr);
  if (known >= 0)
    return t->done[known].value;
  MlirOperation op = ttScalarOp(scalar);
  double number;
  int term = -1;
  if (mlirValueEqual(scalar, t->x))
    term = ttTermX(&t->terms);
  else if (ttScalarConstant(t->structured, scalar, &number))
    term = ttTermConstant(&t->terms, number);
  else if (isInBody(t->structured, op) && depth < MaxDepth)
    term = opTerm(t, op, depth);
  if (term < 0)
    term = ttTermOther(&t->terms);
  hmput(t->done, scalar.ptr, term);
  return term;
}

//===- formulas of the op table -------------------------------------------===//

struct TtTilingFormula {
  const TtUnaryFunctionRow *row;
  TtTerms terms;
  int root;
};
typedef TtTilingFormula Formula;

static void addFormulas(Formula **formulas, const TtUnaryFunctionRow *row,
                        intptr_t count, const char *const *texts) {
  for (intptr_t i = 0; i < count; ++i) {
    Formula formula = {.row = row};
    formula.root = ttFormulaParse(&formula.terms, texts[i]);
    arrput(*formulas, formula);
  }
}

// Those that a kernel may use.
static Formula *formulasFor(const TtComputeAttr *compute) {
  Formula *formulas = NULL;
  const TtUnaryFunctionRow *rows = ttUnaryFunctionRows();
  for (int i = 0; i < TtUnaryFunctionNumCases; ++i) {
    addFormulas(&formulas, &rows[i], rows[i].numFormulas, rows[i].formulas);
    if (compute->approx)
      addFormulas(&formulas, &rows[i], rows[i].numFastFormulas,
                  rows[i].fastFormulas);
  }
  return formulas;
}

void ttTilingFormulasDestroy(TtTiling *tiling) {
  for (ptrdiff_t i = 0; i < arrlen(tiling->formulas); ++i)
    ttTermsDestroy(&tiling->formulas[i].terms);
  arrfree(tiling->formulas);
}

//===- matching -----------------------------------------------------------===//

// Bits in the significand of a constant of the type.
static int digitsOf(MlirType type) {
  return mlirTypeIsABF16(type) ? 8 : mlirTypeIsAF16(type) ? 11 : 24;
}

// The scalars below `scalar` that could be x.
static void addCandidates(const TtStructured *s, MlirValue scalar, int depth,
                          MlirValue **candidates) {
  MlirOperation op = ttScalarOp(scalar);
  if (!isInBody(s, op) || depth == MaxDepth)
    return;
  for (intptr_t i = 0; i < mlirOperationGetNumOperands(op); ++i) {
    MlirValue operand = mlirOperationGetOperand(op, i);
    double number;
    bool known = arrlen(*candidates) == MaxScalars ||
                 ttScalarConstant(s, operand, &number);
    for (ptrdiff_t c = 0; c < arrlen(*candidates) && !known; ++c)
      known = mlirValueEqual((*candidates)[c], operand);
    if (known)
      continue;
    arrput(*candidates, operand);
    addCandidates(s, operand, depth + 1, candidates);
  }
}

static bool accept(const Formula *formula, const double *params,
                   TtComposition *found) {
  const TtUnaryFunctionRow *row = formula->row;
  if (row->ordered && params[0] > params[1])
    return false;
  found->function = row->value;
  found->numParams = row->params;
  for (int i = 0; i < row->params; ++i)
    found->params[i] = i < row->numDefaults ? strtof(row->defaults[i], NULL)
                                            : (float)params[i];
  return true;
}

// The formula that says most, if it says more than `*weight`.
static bool matchAt(const TtStructured *s, MlirValue scalar, MlirValue x,
                    const Formula *formulas, int *weight,
                    TtComposition *found) {
  Terms t = {.structured = s, .x = x};
  int root = termOf(&t, scalar, 0);
  int digits = digitsOf(mlirValueGetType(scalar));
  bool any = false;
  for (ptrdiff_t i = 0; i < arrlen(formulas); ++i) {
    double params[TtFormulaParams] = {0};
    int says;
    if (!ttFormulaMatch(&formulas[i].terms, formulas[i].root, &t.terms, root,
                        digits, params, &says) ||
        says <= *weight || !accept(&formulas[i], params, found))
      continue;
    found->operand = x;
    *weight = says;
    any = true;
  }
  ttTermsDestroy(&t.terms);
  hmfree(t.done);
  return any;
}

bool ttComposeMatch(const TtExpression *e, MlirValue scalar,
                    TtComposition *found) {
  const TtStructured *s = e->structured;
  if (!mlirTypeIsAFloat(mlirValueGetType(scalar)))
    return false;
  MlirValue *candidates = NULL;
  addCandidates(s, scalar, 0, &candidates);
  TtTiling *tiling = e->tiling;
  if (!tiling->formulas)
    tiling->formulas = formulasFor(&tiling->compute);
  int weight = 0;
  bool any = false;
  for (ptrdiff_t i = 0; i < arrlen(candidates); ++i)
    any |= matchAt(s, scalar, candidates[i], tiling->formulas, &weight, found);
  arrfree(candidates);
  return any;
}
