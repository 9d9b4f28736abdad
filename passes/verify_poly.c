//===- verify_poly.c - polynomials of trip counts -------------------------===//
//
// Terms in no particular order; equality is that the difference has none. An
// overflow makes a polynomial unknown.
//
//===----------------------------------------------------------------------===//

#include "verify_poly.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

VerifyPoly verifyPolyUnknown(void) {
  VerifyPoly a;
  memset(&a, 0, sizeof a);
  return a;
}

VerifyPoly verifyPolyConstant(int64_t value) {
  VerifyPoly a = verifyPolyUnknown();
  a.known = true;
  if (value != 0)
    a.terms[a.numTerms++].factor = value;
  return a;
}

VerifyPoly verifyPolySymbol(int symbol) {
  VerifyPoly a = verifyPolyConstant(1);
  a.terms[0].powers[symbol] = 1;
  return a;
}

static void addTerm(VerifyPoly *a, VerifyTerm term) {
  for (int i = 0; i < a->numTerms; ++i) {
    VerifyTerm *own = &a->terms[i];
    if (memcmp(own->powers, term.powers, sizeof own->powers) != 0)
      continue;
    if (__builtin_add_overflow(own->factor, term.factor, &own->factor))
      a->known = false;
    if (own->factor == 0)
      *own = a->terms[--a->numTerms];
    return;
  }
  if (term.factor == 0)
    return;
  if (a->numTerms == VerifyMaxTerms)
    a->known = false;
  else
    a->terms[a->numTerms++] = term;
}

VerifyPoly verifyPolyAdd(VerifyPoly a, VerifyPoly b) {
  a.known = a.known && b.known;
  for (int i = 0; i < b.numTerms && a.known; ++i)
    addTerm(&a, b.terms[i]);
  return a;
}

VerifyPoly verifyPolyMultiply(VerifyPoly a, VerifyPoly b) {
  VerifyPoly product = verifyPolyConstant(0);
  product.known = a.known && b.known;
  for (int i = 0; i < a.numTerms; ++i)
    for (int j = 0; j < b.numTerms && product.known; ++j) {
      VerifyTerm term;
      memset(&term, 0, sizeof term);
      for (int s = 0; s < VerifyMaxSymbols; ++s)
        term.powers[s] = (uint8_t)(a.terms[i].powers[s] + b.terms[j].powers[s]);
      if (__builtin_mul_overflow(a.terms[i].factor, b.terms[j].factor,
                                 &term.factor))
        product.known = false;
      else
        addTerm(&product, term);
    }
  return product;
}

VerifyPoly verifyPolySubtract(VerifyPoly a, VerifyPoly b) {
  return verifyPolyAdd(a, verifyPolyMultiply(verifyPolyConstant(-1), b));
}

bool verifyPolyEqual(const VerifyPoly *a, const VerifyPoly *b) {
  VerifyPoly difference = verifyPolySubtract(*a, *b);
  return difference.known && difference.numTerms == 0;
}

bool verifyPolyIsConstant(const VerifyPoly *a, int64_t *value) {
  static const VerifyTerm one;
  *value = 0;
  if (!a->known || a->numTerms > 1)
    return false;
  if (a->numTerms == 0)
    return true;
  *value = a->terms[0].factor;
  return memcmp(a->terms[0].powers, one.powers, sizeof one.powers) == 0;
}

int64_t verifyPolyAt(const VerifyPoly *a, const int64_t *symbols) {
  int64_t value = 0;
  for (int i = 0; i < a->numTerms; ++i) {
    int64_t term = a->terms[i].factor;
    for (int s = 0; s < VerifyMaxSymbols; ++s)
      for (int p = 0; p < a->terms[i].powers[s]; ++p)
        term *= symbols[s];
    value += term;
  }
  return value;
}

void verifyPolyPrint(const VerifyPoly *a, const char *const *names, char *text,
                     size_t size) {
  size_t used = (size_t)snprintf(text, size, "%s",
                                 !a->known          ? "an unknown number of"
                                 : a->numTerms == 0 ? "0"
                                                    : "");
  for (int i = 0; i < a->numTerms && a->known && used < size; ++i) {
    used += (size_t)snprintf(text + used, size - used, "%s%" PRId64,
                             i ? " + " : "", a->terms[i].factor);
    for (int s = 0; s < VerifyMaxSymbols; ++s)
      for (int p = 0; p < a->terms[i].powers[s] && used < size; ++p)
        used += (size_t)snprintf(text + used, size - used, "*%s", names[s]);
  }
}
