// The polynomials and intervals of tt-verify against evaluation at points.
//
// RUN: %unit/verify_numbers

#include "verify_interval.h"
#include "verify_poly.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static uint64_t state;

static int64_t randomBetween(int64_t low, int64_t high) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return low + (int64_t)((state >> 33) % (uint64_t)(high - low + 1));
}

static const char *const names[VerifyMaxSymbols] = {
    "n", "m", "k", "x3", "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11"};

//===- polynomials --------------------------------------------------------===//

static VerifyPoly randomPoly(void) {
  VerifyPoly a = verifyPolyConstant(randomBetween(-3, 3));
  for (int64_t terms = randomBetween(0, 3); terms > 0; --terms) {
    VerifyPoly term = verifyPolyConstant(randomBetween(-3, 3));
    for (int64_t factors = randomBetween(1, 2); factors > 0; --factors)
      term =
          verifyPolyMultiply(term, verifyPolySymbol((int)randomBetween(0, 2)));
    a = verifyPolyAdd(a, term);
  }
  return a;
}

static void randomPoint(int64_t *symbols) {
  for (int s = 0; s < VerifyMaxSymbols; ++s)
    symbols[s] = randomBetween(-5, 5);
}

static void arithmeticAgreesWithEvaluation(void **unused) {
  (void)unused;
  for (int trial = 0; trial < 2000; ++trial) {
    VerifyPoly a = randomPoly(), b = randomPoly();
    VerifyPoly sum = verifyPolyAdd(a, b);
    VerifyPoly difference = verifyPolySubtract(a, b);
    VerifyPoly product = verifyPolyMultiply(a, b);
    int64_t point[VerifyMaxSymbols];
    randomPoint(point);
    int64_t x = verifyPolyAt(&a, point), y = verifyPolyAt(&b, point);
    assert_true(sum.known && difference.known && product.known);
    assert_int_equal(verifyPolyAt(&sum, point), x + y);
    assert_int_equal(verifyPolyAt(&difference, point), x - y);
    assert_int_equal(verifyPolyAt(&product, point), x * y);
  }
}

static void equalityIsOfPolynomials(void **unused) {
  (void)unused;
  for (int trial = 0; trial < 500; ++trial) {
    VerifyPoly a = randomPoly(), b = randomPoly(), c = randomPoly();
    VerifyPoly left = verifyPolyMultiply(verifyPolyAdd(a, b), c);
    VerifyPoly right =
        verifyPolyAdd(verifyPolyMultiply(c, b), verifyPolyMultiply(a, c));
    assert_true(verifyPolyEqual(&left, &right));
    VerifyPoly more = verifyPolyAdd(right, verifyPolyConstant(1));
    assert_false(verifyPolyEqual(&left, &more));
  }
  VerifyPoly unknown = verifyPolyUnknown();
  assert_false(verifyPolyEqual(&unknown, &unknown));
}

static void overflowIsUnknown(void **unused) {
  (void)unused;
  VerifyPoly large = verifyPolyConstant(INT64_MAX);
  assert_false(verifyPolyAdd(large, large).known);
  assert_false(verifyPolyMultiply(large, large).known);
}

static void constantsAreFound(void **unused) {
  (void)unused;
  int64_t value;
  VerifyPoly end = verifyPolyAdd(verifyPolySymbol(0), verifyPolyConstant(7));
  VerifyPoly span = verifyPolySubtract(end, verifyPolySymbol(0));
  assert_true(verifyPolyIsConstant(&span, &value));
  assert_int_equal(value, 7);
  assert_false(verifyPolyIsConstant(&end, &value));
  VerifyPoly zero = verifyPolySubtract(end, end);
  assert_true(verifyPolyIsConstant(&zero, &value));
  assert_int_equal(value, 0);
}

static void textNamesSymbols(void **unused) {
  (void)unused;
  VerifyPoly a = verifyPolyMultiply(
      verifyPolyConstant(8),
      verifyPolyMultiply(verifyPolySymbol(0), verifyPolySymbol(2)));
  char text[64];
  verifyPolyPrint(&a, names, text, sizeof text);
  assert_string_equal(text, "8*n*k");
  VerifyPoly zero = verifyPolyConstant(0);
  verifyPolyPrint(&zero, names, text, sizeof text);
  assert_string_equal(text, "0");
  char little[4];
  verifyPolyPrint(&a, names, little, sizeof little);
  assert_string_equal(little, "8*n");
}

//===- intervals ----------------------------------------------------------===//

static VerifyInterval randomInterval(void) {
  int64_t low = randomBetween(-20, 20);
  return verifyInterval(low, low + randomBetween(0, 15));
}

static int64_t floorQuotient(int64_t a, int64_t b) {
  int64_t quotient = a / b;
  return quotient * b > a ? quotient - 1 : quotient;
}

// Smallest and largest of a list grown one by one.
static void grow(VerifyInterval *range, int64_t value) {
  VerifyInterval point = verifyInterval(value, value);
  *range = range->known ? verifyIntervalJoin(*range, point) : point;
}

static void assertSame(VerifyInterval a, VerifyInterval b) {
  assert_true(a.known && b.known);
  assert_int_equal(a.low, b.low);
  assert_int_equal(a.high, b.high);
}

static void intervalsAreExact(void **unused) {
  (void)unused;
  for (int trial = 0; trial < 500; ++trial) {
    VerifyInterval a = randomInterval(), b = randomInterval();
    int64_t divisor = randomBetween(1, 9);
    VerifyInterval sum = {0}, product = {0}, quotient = {0}, rest = {0};
    for (int64_t x = a.low; x <= a.high; ++x) {
      for (int64_t y = b.low; y <= b.high; ++y) {
        grow(&sum, x + y);
        grow(&product, x * y);
      }
      grow(&quotient, floorQuotient(x, divisor));
      grow(&rest, x - divisor * floorQuotient(x, divisor));
    }
    assertSame(verifyIntervalAdd(a, b), sum);
    assertSame(verifyIntervalMultiply(a, b), product);
    assertSame(verifyIntervalFloorDiv(a, divisor), quotient);
    VerifyInterval mod = verifyIntervalMod(a, divisor);
    assert_true(verifyIntervalWithin(rest, mod.low, mod.high));
    assert_true(verifyIntervalWithin(mod, 0, divisor - 1));
  }
}

static void unknownStaysUnknown(void **unused) {
  (void)unused;
  VerifyInterval a = verifyInterval(0, 3), unknown = verifyIntervalUnknown();
  assert_false(verifyIntervalAdd(a, unknown).known);
  assert_false(verifyIntervalMultiply(unknown, a).known);
  assert_false(verifyIntervalFloorDiv(a, 0).known);
  assert_false(verifyIntervalMod(unknown, 4).known);
  assert_false(verifyIntervalJoin(a, unknown).known);
  assert_false(verifyIntervalWithin(unknown, INT64_MIN, INT64_MAX));
  assert_false(verifyIntervalMultiply(verifyInterval(0, INT64_MAX), a).known);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(arithmeticAgreesWithEvaluation),
      cmocka_unit_test(equalityIsOfPolynomials),
      cmocka_unit_test(overflowIsUnknown),
      cmocka_unit_test(constantsAreFound),
      cmocka_unit_test(textNamesSymbols),
      cmocka_unit_test(intervalsAreExact),
      cmocka_unit_test(unknownStaysUnknown),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
