//===- formula.h - formulas and what matches them -------------------------===//
//
// A formula is an expression over `x` with parameters `p` and `q`, as the op
// table spells functions: `x > 0 ? x : p * expm1(x)`. Formulas and the scalars
// of a body become terms of one normal form, in which the order and grouping of
// sums and products do not matter. No IR in here.
//
//===----------------------------------------------------------------------===//

#ifndef TT_PASSES_PLAN_FORMULA_H
#define TT_PASSES_PLAN_FORMULA_H

#include <stdbool.h>

typedef enum {
  TtTermX,
  TtTermOther,    // what no formula has
  TtTermSum,      // constant + factor * parameter + the operands
  TtTermProduct,  // constant * parameter * the operands; those inverted divide
  TtTermFunction, // `name` of the operands
  TtTermGreater,  // operand 0 > operand 1 ? operand 2 : operand 3
  TtTermNotLess   // the same with >=
} TtTermKind;

enum { TtTermOperands = 6, TtTermName = 12, TtFormulaParams = 2 };

typedef struct {
  TtTermKind kind;
  double constant;    // sums, products
  int param;          // of sums and products, or -1
  double paramFactor; // of sums
  int numOperands;
  int operands[TtTermOperands]; // terms of the same pool
  bool inverted[TtTermOperands];
  char name[TtTermName];
} TtTerm;

typedef struct {
  TtTerm *terms; // stb_ds array; each after its operands
} TtTerms;

void ttTermsDestroy(TtTerms *terms);

/// Each makes a term and returns its number, or -1 if it would have too many
/// operands or an operand is -1. A sum or product flattens those among its
/// operands; a choice with a constant on its left turns round.
int ttTermX(TtTerms *terms);
int ttTermOther(TtTerms *terms);
int ttTermConstant(TtTerms *terms, double number);
int ttTermSum(TtTerms *terms, int a, int b);
int ttTermProduct(TtTerms *terms, int a, int b);
int ttTermQuotient(TtTerms *terms, int a, int b);
int ttTermFunction(TtTerms *terms, const char *name, int numOperands,
                   const int *operands);
/// a > b ? c : d, or a >= b ? c : d.
int ttTermChoice(TtTerms *terms, bool orEqual, int a, int b, int c, int d);

/// The term of a formula, or -1 if it is none.
int ttFormulaParse(TtTerms *terms, const char *formula);

/// Whether a term is what the formula says; sets the parameters that the
/// formula has. The constants of the term have significands of `digits` bits:
/// one that these hold is the formula's own, another one its nearest. Outside
/// of functions that are never exact (exp, unlike max) the nearest is f32's.
/// In bf16, where 1/6 is 0.1669921875, 2 * 0.1669921875 is exact and 2 / 6 is
/// another number, which shows in f32. `*weight` is how much of the term the
/// formula names: more for a number than for a parameter, less for a parameter
/// that multiplies by 1.
bool ttFormulaMatch(const TtTerms *formula, int root, const TtTerms *terms,
                    int term, int digits, double *params, int *weight);

#endif // TT_PASSES_PLAN_FORMULA_H
