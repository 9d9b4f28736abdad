//===- formula.c - formulas and what matches them -------------------------===//

#include "plan/formula.h"
#include "stb_ds.h"
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

//===- terms --------------------------------------------------------------===//

void ttTermsDestroy(TtTerms *terms) { arrfree(terms->terms); }

static int add(TtTerms *terms, TtTerm term) {
  arrput(terms->terms, term);
  return (int)arrlen(terms->terms) - 1;
}

static TtTerm empty(TtTermKind kind) {
  return (TtTerm){
      .kind = kind, .constant = kind == TtTermProduct ? 1 : 0, .param = -1};
}

int ttTermX(TtTerms *terms) { return add(terms, empty(TtTermX)); }
int ttTermOther(TtTerms *terms) { return add(terms, empty(TtTermOther)); }

int ttTermConstant(TtTerms *terms, double number) {
  TtTerm term = empty(TtTermProduct);
  term.constant = number;
  return add(terms, term);
}

static bool isConstant(const TtTerm *term) {
  return term->kind == TtTermProduct && term->numOperands == 0 &&
         term->param < 0;
}

static bool addOperand(TtTerm *term, int operand, bool inverted) {
  if (term->numOperands == TtTermOperands)
    return false;
  term->operands[term->numOperands] = operand;
  term->inverted[term->numOperands++] = inverted;
  return true;
}

// A sum of nothing but one operand is that operand; so is a product.
static int finish(TtTerms *terms, TtTerm term) {
  bool neutral = term.constant == (term.kind == TtTermProduct ? 1 : 0);
  if (neutral && term.param < 0 && term.numOperands == 1 && !term.inverted[0])
    return term.operands[0];
  if (term.kind == TtTermSum && term.param < 0 && term.numOperands == 0)
    return ttTermConstant(terms, term.constant);
  return add(terms, term);
}

static bool sumInto(TtTerm *sum, const TtTerms *terms, int number) {
  const TtTerm *term = &terms->terms[number];
  bool parameter = term->kind == TtTermProduct && term->numOperands == 0;
  if (parameter && term->param < 0) {
    sum->constant += term->constant;
    return true;
  }
  if (!parameter && term->kind != TtTermSum)
    return addOperand(sum, number, false);
  if (term->param >= 0) {
    if (sum->param >= 0)
      return false;
    sum->param = term->param;
    sum->paramFactor = parameter ? term->constant : term->paramFactor;
  }
  if (!parameter)
    sum->constant += term->constant;
  for (int i = 0; i < term->numOperands; ++i)
    if (!addOperand(sum, term->operands[i], false))
      return false;
  return true;
}

int ttTermSum(TtTerms *terms, int a, int b) {
  TtTerm sum = empty(TtTermSum);
  if (a < 0 || b < 0 || !sumInto(&sum, terms, a) || !sumInto(&sum, terms, b))
    return -1;
  return finish(terms, sum);
}

static bool multiplyInto(TtTerm *product, const TtTerms *terms, int number,
                         bool inverted) {
  const TtTerm *term = &terms->terms[number];
  if (term->kind != TtTermProduct)
    return addOperand(product, number, inverted);
  if (term->param >= 0) {
    if (product->param >= 0 || inverted)
      return false;
    product->param = term->param;
  }
  product->constant = inverted ? product->constant / term->constant
                               : product->constant * term->constant;
  for (int i = 0; i < term->numOperands; ++i)
    if (!addOperand(product, term->operands[i], term->inverted[i] != inverted))
      return false;
  return true;
}

static int multiply(TtTerms *terms, int a, int b, bool inverted) {
  TtTerm product = empty(TtTermProduct);
  if (a < 0 || b < 0 || !multiplyInto(&product, terms, a, false) ||
      !multiplyInto(&product, terms, b, inverted))
    return -1;
  return finish(terms, product);
}

int ttTermProduct(TtTerms *terms, int a, int b) {
  return multiply(terms, a, b, false);
}

int ttTermQuotient(TtTerms *terms, int a, int b) {
  return multiply(terms, a, b, true);
}

int ttTermFunction(TtTerms *terms, const char *name, int numOperands,
                   const int *operands) {
  TtTerm term = empty(TtTermFunction);
  if (strlen(name) >= sizeof term.name)
    return -1;
  strcpy(term.name, name);
  for (int i = 0; i < numOperands; ++i)
    if (operands[i] < 0 || !addOperand(&term, operands[i], false))
      return -1;
  return add(terms, term);
}

int ttTermChoice(TtTerms *terms, bool orEqual, int a, int b, int c, int d) {
  if (a < 0 || b < 0 || c < 0 || d < 0)
    return -1;
  if (isConstant(&terms->terms[a]) && !isConstant(&terms->terms[b]))
    return ttTermChoice(terms, !orEqual, b, a, d, c);
  TtTerm term = empty(orEqual ? TtTermNotLess : TtTermGreater);
  const int operands[] = {a, b, c, d};
  for (int i = 0; i < 4; ++i)
    addOperand(&term, operands[i], false);
  return add(terms, term);
}

//===- formulas -----------------------------------------------------------===//

typedef struct {
  TtTerms *terms;
  const char *at;
} Parser;

static int parseChoice(Parser *p);

static bool take(Parser *p, const char *token) {
  while (*p->at == ' ')
    ++p->at;
  size_t length = strlen(token);
  if (strncmp(p->at, token, length) != 0)
    return false;
  p->at += length;
  return true;
}

static int parseNamed(Parser *p) {
  char name[TtTermName];
  size_t length = 0;
  while (isalnum((unsigned char)*p->at) && length + 1 < sizeof name)
    name[length++] = *p->at++;
  name[length] = 0;
  if (strcmp(name, "x") == 0)
    return ttTermX(p->terms);
  if (strcmp(name, "p") == 0 || strcmp(name, "q") == 0) {
    TtTerm term = empty(TtTermProduct);
    term.param = name[0] - 'p';
    return add(p->terms, term);
  }
  int operands[2], count = 0;
  if (length == 0 || !take(p, "("))
    return -1;
  do
    operands[count++] = parseChoice(p);
  while (count < 2 && take(p, ","));
  return take(p, ")") ? ttTermFunction(p->terms, name, count, operands) : -1;
}

static int parseFactor(Parser *p) {
  if (take(p, "-"))
    return ttTermProduct(p->terms, ttTermConstant(p->terms, -1),
                         parseFactor(p));
  if (take(p, "(")) {
    int inner = parseChoice(p);
    return take(p, ")") ? inner : -1;
  }
  if (!isdigit((unsigned char)*p->at))
    return parseNamed(p);
  char *end;
  double number = strtod(p->at, &end);
  p->at = end;
  return ttTermConstant(p->terms, number);
}

static int parseProduct(Parser *p) {
  int left = parseFactor(p);
  for (;;)
    if (take(p, "*"))
      left = ttTermProduct(p->terms, left, parseFactor(p));
    else if (take(p, "/"))
      left = ttTermQuotient(p->terms, left, parseFactor(p));
    else
      return left;
}

static int parseSum(Parser *p) {
  int left = parseProduct(p);
  for (;;)
    if (take(p, "+"))
      left = ttTermSum(p->terms, left, parseProduct(p));
    else if (take(p, "-"))
      left = ttTermSum(p->terms, left,
                       ttTermProduct(p->terms, ttTermConstant(p->terms, -1),
                                     parseProduct(p)));
    else
      return left;
}

static int parseChoice(Parser *p) {
  int left = parseSum(p);
  if (!take(p, ">"))
    return left;
  bool orEqual = take(p, "=");
  int right = parseSum(p);
  int chosen = take(p, "?") ? parseChoice(p) : -1;
  int other = take(p, ":") ? parseChoice(p) : -1;
  return ttTermChoice(p->terms, orEqual, left, right, chosen, other);
}

int ttFormulaParse(TtTerms *terms, const char *formula) {
  Parser p = {terms, formula};
  int root = parseChoice(&p);
  return *p.at == 0 ? root : -1;
}

//===- matching -----------------------------------------------------------===//

typedef struct {
  double params[TtFormulaParams];
  bool bound[TtFormulaParams];
  int weight;
} Binding;

// What a term of a formula says.
enum { WeighTerm = 4, WeighNumber = 3, WeighParam = 1 };

typedef struct {
  const TtTerms *formula, *terms;
  int digits;
  int inRounded; // functions around the term whose results are never exact
  Binding binding;
} Matcher;

static bool match(Matcher *m, int formula, int term);

// Up to what doubles lose where constants are gathered.
static bool isSame(double a, double b) {
  return fabs(a - b) <= 0x1p-50 * fabs(b);
}

// Whether a number of the terms is what became of one of the formula: the same,
// or half a unit in the last place away if the format has not this one.
static bool isRounded(const Matcher *m, double number, double meant) {
  enum { DigitsOfF32 = 24 };
  if (isSame(number, meant))
    return true;
  int exponent, digits = m->digits;
  if (!m->inRounded && digits < DigitsOfF32)
    digits = DigitsOfF32;
  double units = ldexp(frexp(meant, &exponent), digits);
  return units != trunc(units) &&
         fabs(ldexp(number, digits - exponent) - units) <= 0.5;
}

static bool bind(Matcher *m, int param, double value) {
  if (m->binding.bound[param])
    return isSame(value, m->binding.params[param]);
  m->binding.params[param] = value;
  m->binding.bound[param] = true;
  return true;
}

// Operands i and on of the formula to those of the term not yet `used`, in any
// order.
static bool matchAnyOrder(Matcher *m, const TtTerm *formula, const TtTerm *term,
                          int i, unsigned used) {
  if (i == formula->numOperands)
    return true;
  for (int j = 0; j < term->numOperands; ++j) {
    if (used & (1U << j) || formula->inverted[i] != term->inverted[j])
      continue;
    Binding before = m->binding;
    if (match(m, formula->operands[i], term->operands[j]) &&
        matchAnyOrder(m, formula, term, i + 1, used | 1U << j))
      return true;
    m->binding = before;
  }
  return false;
}

// A term that is no sum (or product) is one of one operand.
static TtTerm asKind(const TtTerms *terms, int number, TtTermKind kind) {
  const TtTerm *term = &terms->terms[number];
  if (term->kind == kind)
    return *term;
  TtTerm wrapped = empty(kind);
  if (kind == TtTermSum && isConstant(term))
    wrapped.constant = term->constant;
  else
    addOperand(&wrapped, number, false);
  return wrapped;
}

static bool matchArithmetic(Matcher *m, const TtTerm *formula, int number) {
  TtTerm term = asKind(m->terms, number, formula->kind);
  if (term.numOperands != formula->numOperands ||
      !matchAnyOrder(m, formula, &term, 0, 0))
    return false;
  bool named = m->terms->terms[number].kind == formula->kind;
  m->binding.weight += named ? WeighTerm : 0;
  if (formula->param < 0) {
    bool neutral = formula->constant == (formula->kind == TtTermProduct);
    m->binding.weight += neutral ? 0 : WeighNumber;
    return isRounded(m, term.constant, formula->constant);
  }
  m->binding.weight += named ? WeighParam : -WeighParam;
  double value =
      formula->kind == TtTermProduct
          ? term.constant / formula->constant
          : (term.constant - formula->constant) * formula->paramFactor;
  return bind(m, formula->param, value);
}

static bool matchInOrder(Matcher *m, const TtTerm *formula,
                         const TtTerm *term) {
  for (int i = 0; i < formula->numOperands; ++i)
    if (!match(m, formula->operands[i], term->operands[i]))
      return false;
  return true;
}

static bool commutes(const TtTerm *formula) {
  return formula->kind == TtTermFunction &&
         (strcmp(formula->name, "max") == 0 ||
          strcmp(formula->name, "min") == 0);
}

// Whether what comes out may be as exact as what goes in.
static bool isExact(const TtTerm *formula) {
  static const char *const names[] = {"max",  "min",   "absf",  "floor",
                                      "ceil", "trunc", "round", "roundeven"};
  bool exact = formula->kind != TtTermFunction;
  for (size_t i = 0; i < sizeof names / sizeof *names; ++i)
    exact |= strcmp(formula->name, names[i]) == 0;
  return exact;
}

static bool match(Matcher *m, int formulaNumber, int number) {
  const TtTerm *formula = &m->formula->terms[formulaNumber];
  const TtTerm *term = &m->terms->terms[number];
  if (formula->kind == TtTermSum || formula->kind == TtTermProduct)
    return matchArithmetic(m, formula, number);
  if (formula->kind != term->kind || formula->kind == TtTermOther ||
      formula->numOperands != term->numOperands ||
      strcmp(formula->name, term->name) != 0)
    return false;
  m->binding.weight += WeighTerm;
  m->inRounded += !isExact(formula);
  bool matches = commutes(formula) ? matchAnyOrder(m, formula, term, 0, 0)
                                   : matchInOrder(m, formula, term);
  m->inRounded -= !isExact(formula);
  return matches;
}

bool ttFormulaMatch(const TtTerms *formula, int root, const TtTerms *terms,
                    int term, int digits, double *params, int *weight) {
  Matcher m = {.formula = formula, .terms = terms, .digits = digits};
  if (root < 0 || term < 0 || !match(&m, root, term))
    return false;
  for (int i = 0; i < TtFormulaParams; ++i)
    if (m.binding.bound[i])
      params[i] = m.binding.params[i];
  *weight = m.binding.weight;
  return true;
}
