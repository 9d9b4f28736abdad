//===- verify_poly.h - polynomials of trip counts -------------------------===//
//
// Integer polynomials in a few symbols, as pages pushed and popped are counted:
// each loop multiplies by its trip count. No IR in here.
//
//===----------------------------------------------------------------------===//

#ifndef TT_PASSES_VERIFY_POLY_H
#define TT_PASSES_VERIFY_POLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { VerifyMaxSymbols = 12, VerifyMaxTerms = 32 };

typedef struct {
  int64_t factor;
  uint8_t powers[VerifyMaxSymbols];
} VerifyTerm;

typedef struct {
  bool known; // false: not a polynomial, or too large a one
  int numTerms;
  VerifyTerm terms[VerifyMaxTerms]; // no two with equal powers, none with 0
} VerifyPoly;

VerifyPoly verifyPolyConstant(int64_t value);
VerifyPoly verifyPolySymbol(int symbol);
VerifyPoly verifyPolyUnknown(void);
VerifyPoly verifyPolyAdd(VerifyPoly a, VerifyPoly b);
VerifyPoly verifyPolySubtract(VerifyPoly a, VerifyPoly b);
VerifyPoly verifyPolyMultiply(VerifyPoly a, VerifyPoly b);

/// Whether both are known and the same polynomial.
bool verifyPolyEqual(const VerifyPoly *a, const VerifyPoly *b);
/// Whether `a` is a number, and which.
bool verifyPolyIsConstant(const VerifyPoly *a, int64_t *value);
int64_t verifyPolyAt(const VerifyPoly *a, const int64_t *symbols);

/// Text such as `8*count*Kt + 4`; `names` has VerifyMaxSymbols entries.
void verifyPolyPrint(const VerifyPoly *a, const char *const *names, char *text,
                     size_t size);

#endif // TT_PASSES_VERIFY_POLY_H
