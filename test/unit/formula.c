// Formulas of the op table against random spellings of them: what is spelled
// otherwise is found, and what is found has the formula's values.
//
// RUN: %unit/formula

#include "plan/formula.h"
#include "stb_ds.h"
#include "tt-c/OpTable.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static unsigned state = 1;
static int draw(int bound) {
  state = state * 1664525u + 1013904223u;
  return (int)((state >> 8) % (unsigned)bound);
}

//===- values -------------------------------------------------------------===//

static double evaluate(const TtTerms *terms, int number, double x,
                       const double *params);

static double function(const char *name, double a, double b) {
  static const struct {
    const char *name;
    double (*of)(double);
  } functions[] = {{"exp", exp},     {"expm1", expm1}, {"log", log},
                   {"log1p", log1p}, {"tanh", tanh},   {"erf", erf},
                   {"erfc", erfc},   {"sqrt", sqrt},   {"absf", fabs},
                   {"trunc", trunc}};
  if (strcmp(name, "max") == 0)
    return a > b ? a : b;
  if (strcmp(name, "min") == 0)
    return a < b ? a : b;
  for (size_t i = 0; i < sizeof functions / sizeof *functions; ++i)
    if (strcmp(functions[i].name, name) == 0)
      return functions[i].of(a);
  fail_msg("no function %s", name);
  return 0;
}

static double evaluate(const TtTerms *terms, int number, double x,
                       const double *params) {
  const TtTerm *term = &terms->terms[number];
  double v[TtTermOperands] = {0};
  for (int i = 0; i < term->numOperands; ++i)
    v[i] = evaluate(terms, term->operands[i], x, params);
  double result = term->constant;
  double param = term->param < 0 ? 1 : params[term->param];
  switch (term->kind) {
  case TtTermX:
    return x;
  case TtTermSum:
    result += term->param < 0 ? 0 : param * term->paramFactor;
    for (int i = 0; i < term->numOperands; ++i)
      result += v[i];
    return result;
  case TtTermProduct:
    result *= param;
    for (int i = 0; i < term->numOperands; ++i)
      result = term->inverted[i] ? result / v[i] : result * v[i];
    return result;
  case TtTermFunction:
    return function(term->name, v[0], v[1]);
  case TtTermGreater:
    return v[0] > v[1] ? v[2] : v[3];
  case TtTermNotLess:
    return v[0] >= v[1] ? v[2] : v[3];
  case TtTermOther:
    break;
  }
  return NAN;
}

//===- spellings ----------------------------------------------------------===//

typedef struct {
  const TtTerms *from;
  const double *params;
  TtTerms *to;
} Speller;

static int spell(Speller *s, int number);

// The parts in any order, each combined in one of the ways there are.
static int combine(Speller *s, const TtTerm *term, int constant,
                   bool isProduct) {
  int parts[TtTermOperands + 1], count = 0;
  bool inverted[TtTermOperands + 1];
  for (int i = 0; i < term->numOperands; ++i) {
    inverted[count] = term->inverted[i];
    parts[count++] = spell(s, term->operands[i]);
  }
  double neutral = isProduct ? 1 : 0;
  if (s->to->terms[constant].constant != neutral || draw(2)) {
    inverted[count] = false;
    parts[count++] = constant;
  }
  int result = ttTermConstant(s->to, neutral);
  while (count > 0) {
    int i = draw(count);
    int part = parts[i];
    bool divides = inverted[i];
    parts[i] = parts[--count];
    inverted[i] = inverted[count];
    if (!isProduct)
      result = draw(2) ? ttTermSum(s->to, part, result)
                       : ttTermSum(s->to, result, part);
    else if (divides)
      result = ttTermQuotient(s->to, result, part);
    else
      result = draw(2)
                   ? ttTermProduct(s->to, result, part)
                   : ttTermQuotient(
                         s->to, result,
                         ttTermQuotient(s->to, ttTermConstant(s->to, 1), part));
  }
  return result;
}

// The term in another way, with numbers for its parameters.
static int spell(Speller *s, int number) {
  TtTerm term = s->from->terms[number];
  int v[TtTermOperands];
  double param = term.param < 0 ? 0 : s->params[term.param];
  switch (term.kind) {
  case TtTermX:
    return ttTermX(s->to);
  case TtTermSum:
    return combine(
        s, &term,
        ttTermConstant(s->to, term.constant + param * term.paramFactor), false);
  case TtTermProduct:
    return combine(s, &term,
                   ttTermConstant(s->to, term.param < 0
                                             ? term.constant
                                             : term.constant * param),
                   true);
  default:
    break;
  }
  for (int i = 0; i < term.numOperands; ++i)
    v[i] = spell(s, term.operands[i]);
  bool commutes =
      strcmp(term.name, "max") == 0 || strcmp(term.name, "min") == 0;
  if (term.kind == TtTermFunction && commutes && draw(2)) {
    int swapped[] = {v[1], v[0]};
    return ttTermFunction(s->to, term.name, 2, swapped);
  }
  if (term.kind == TtTermFunction)
    return ttTermFunction(s->to, term.name, term.numOperands, v);
  bool orEqual = term.kind == TtTermNotLess;
  // A constant on the left turns round, which turns this back.
  return draw(2) ? ttTermChoice(s->to, orEqual, v[0], v[1], v[2], v[3])
                 : ttTermChoice(s->to, !orEqual, v[1], v[0], v[3], v[2]);
}

//===- the op table -------------------------------------------------------===//

static const double points[] = {-31,     -3.5, -1.25, -0.375, -0.0625, 0,
                                0.03125, 0.5,  0.75,  1.5,    2.875,   40};

static void checkSpellings(const char *text) {
  TtTerms formula = {NULL};
  int root = ttFormulaParse(&formula, text);
  if (root < 0)
    fail_msg("'%s' is no formula", text);
  for (int trial = 0; trial < 50; ++trial) {
    double meant[TtFormulaParams] = {0.25 + draw(8), 0.5 + draw(4)};
    double params[TtFormulaParams] = {meant[0], meant[1]};
    TtTerms spelled = {NULL};
    Speller speller = {&formula, meant, &spelled};
    int term = spell(&speller, root), weight;
    assert_true(term >= 0);
    if (!ttFormulaMatch(&formula, root, &spelled, term, 53, params, &weight))
      fail_msg("a spelling of '%s' is not found", text);
    assert_true(weight > 0);
    for (size_t i = 0; i < sizeof points / sizeof *points; ++i) {
      double is = evaluate(&formula, root, points[i], params);
      double must = evaluate(&spelled, term, points[i], NULL);
      if (fabs(is - must) > 1e-9 * fabs(must))
        fail_msg("'%s' of %g is %g, not %g", text, points[i], is, must);
    }
    ttTermsDestroy(&spelled);
  }
  ttTermsDestroy(&formula);
}

static void everyRow(void **unused) {
  (void)unused;
  const TtUnaryRow *rows = ttUnaryFunctionRows();
  int count = 0;
  for (int i = 0; i < TtUnaryFunctionNumCases; ++i) {
    for (intptr_t f = 0; f < rows[i].numFormulas; ++f, ++count)
      checkSpellings(rows[i].formulas[f]);
    for (intptr_t f = 0; f < rows[i].numFastFormulas; ++f, ++count)
      checkSpellings(rows[i].fastFormulas[f]);
  }
  assert_true(count > 30);
}

//===- random terms -------------------------------------------------------===//

static int randomTerm(TtTerms *terms, int depth) {
  static const double numbers[] = {0, 1, -1, 0.5, 2, 6};
  static const char *const names[] = {"exp", "tanh", "log1p", "expm1", "absf"};
  int kind = depth == 0 ? draw(2) : draw(8);
  if (kind == 0)
    return ttTermX(terms);
  if (kind == 1)
    return ttTermConstant(terms, numbers[draw(6)]);
  int a = randomTerm(terms, depth - 1);
  if (kind == 2)
    return ttTermFunction(terms, names[draw(5)], 1, &a);
  int b = randomTerm(terms, depth - 1);
  const int both[] = {a, b};
  switch (kind) {
  case 3:
    return ttTermSum(terms, a, b);
  case 4:
    return ttTermProduct(terms, a, b);
  case 5:
    return ttTermQuotient(terms, a, b);
  case 6:
    return ttTermFunction(terms, draw(2) ? "max" : "min", 2, both);
  default:
    return ttTermChoice(terms, draw(2) != 0, a, ttTermConstant(terms, 0), b,
                        randomTerm(terms, depth - 1));
  }
}

// Whatever matches has the formula's values, at every point.
static void whatMatchesIsEqual(void **unused) {
  (void)unused;
  const TtUnaryRow *rows = ttUnaryFunctionRows();
  int matches = 0;
  for (int trial = 0; trial < 20000; ++trial) {
    TtTerms terms = {NULL};
    int term = randomTerm(&terms, 1 + draw(3));
    for (int i = 0; i < TtUnaryFunctionNumCases && term >= 0; ++i)
      for (intptr_t f = 0; f < rows[i].numFormulas; ++f) {
        TtTerms formula = {NULL};
        int root = ttFormulaParse(&formula, rows[i].formulas[f]), weight;
        double params[TtFormulaParams] = {0};
        if (ttFormulaMatch(&formula, root, &terms, term, 53, params, &weight)) {
          ++matches;
          for (size_t p = 0; p < sizeof points / sizeof *points; ++p) {
            double is = evaluate(&formula, root, points[p], params);
            double must = evaluate(&terms, term, points[p], NULL);
            if (is != must && !(isnan(is) && isnan(must)) &&
                !(fabs(is - must) <= 1e-9 * fabs(must)))
              fail_msg("'%s' of %g is %g, not %g", rows[i].formulas[f],
                       points[p], is, must);
          }
        }
        ttTermsDestroy(&formula);
      }
    ttTermsDestroy(&terms);
  }
  assert_true(matches > 100);
}

static void noFormula(void **unused) {
  (void)unused;
  static const char *const texts[] = {
      "",       "x +", "1 / p",     "x > 0",   "exp x",    "x > 0 ? x",
      "(x + 1", "y",   "x * p * q", "exp(x))", "x ? 1 : 2"};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; ++i) {
    TtTerms terms = {NULL};
    assert_int_equal(ttFormulaParse(&terms, texts[i]), -1);
    ttTermsDestroy(&terms);
  }
}

// A number that the format has is itself; of any other one, the nearest, which
// is f32's where the arithmetic may come out exact.
static void roundedNumbers(void **unused) {
  (void)unused;
  enum { F32 = 24, F16 = 11, BF16 = 8 };
  static const struct {
    const char *formula, *spelled;
    int digits;
    bool match;
  } cases[] = {
      {"exp(x) - 1", "exp(x) - 1", BF16, true},
      {"exp(x) - 1", "exp(x) - 0.99609375", BF16, false},
      {"exp(x) - 1", "exp(x) - 1.0078125", BF16, false},
      {"exp(x) - 1", "exp(x) - 0.99951171875", F16, false},
      {"exp(x) - 1", "exp(x) - 0.999999940395355224609375", F32, false},
      {"x / 6", "x / 6", BF16, true},
      {"erf(x / 6)", "erf(x * 0.1669921875)", BF16, true},
      {"erf(x / 6)", "erf(x * 0.166015625)", BF16, false},
      {"erf(x / 6)", "erf(x * 0.16796875)", BF16, false},
      {"erf(max(x / 6, 0))", "erf(max(x * 0.1669921875, 0))", BF16, true},
      {"x / 6", "x * 0.1669921875", BF16, false},
      {"floor(x / 6)", "floor(x * 0.1669921875)", BF16, false},
      {"max(absf(x), 1) / 6", "max(absf(x), 1) * 0.1666259765625", F16, false},
      {"max(absf(x), 1) / 6", "max(absf(x), 1) / 6", F16, true},
      {"x > 0 ? x / 6 : exp(x)", "x > 0 ? x / 6 : exp(x)", BF16, true},
      {"x > 0 ? x / 6 : exp(x)", "x > 0 ? x * 0.1669921875 : exp(x)", BF16,
       false},
      {"x / 6", "x * 0.16666667163372039794921875", F32, true},
      {"x / 6", "x * 0.1666666567325592041015625", F32, false},
      {"x / 6", "x * 0.1669921875", F32, false},
      {"0.70710678118654752 * x", "x / 1.41421353816986083984375", F32, true},
      {"erf(0.70710678118654752 * x)", "erf(x / 1.4140625)", BF16, true},
      {"max(x, p) + min(x, p)", "max(x, 0.5) + min(x, 0.5)", BF16, true},
      {"max(x, p) + min(x, p)", "max(x, 0.5) + min(x, 0.498046875)", BF16,
       false}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    TtTerms formula = {NULL}, spelled = {NULL};
    int root = ttFormulaParse(&formula, cases[i].formula), weight;
    int term = ttFormulaParse(&spelled, cases[i].spelled);
    double params[TtFormulaParams] = {0};
    assert_true(root >= 0 && term >= 0);
    if (ttFormulaMatch(&formula, root, &spelled, term, cases[i].digits, params,
                       &weight) != cases[i].match)
      fail_msg("'%s' is %s'%s' of %d digits", cases[i].spelled,
               cases[i].match ? "not " : "", cases[i].formula, cases[i].digits);
    ttTermsDestroy(&formula);
    ttTermsDestroy(&spelled);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(everyRow), cmocka_unit_test(whatMatchesIsEqual),
      cmocka_unit_test(roundedNumbers), cmocka_unit_test(noFormula)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
