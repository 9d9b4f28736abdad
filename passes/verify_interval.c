//===- verify_interval.c - ranges of index expressions --------------------===//
//
// Bounds are exact for an expression in which each index occurs once. What
// overflows is unknown.
//
//===----------------------------------------------------------------------===//

#include "verify_interval.h"

VerifyInterval verifyInterval(int64_t low, int64_t high) {
  return (VerifyInterval){true, low, high};
}

VerifyInterval verifyIntervalUnknown(void) {
  return (VerifyInterval){false, 0, 0};
}

VerifyInterval verifyIntervalAdd(VerifyInterval a, VerifyInterval b) {
  if (!a.known || !b.known || __builtin_add_overflow(a.low, b.low, &a.low) ||
      __builtin_add_overflow(a.high, b.high, &a.high))
    return verifyIntervalUnknown();
  return a;
}

VerifyInterval verifyIntervalMultiply(VerifyInterval a, VerifyInterval b) {
  const int64_t left[] = {a.low, a.high}, right[] = {b.low, b.high};
  VerifyInterval product = {a.known && b.known, INT64_MAX, INT64_MIN};
  for (int i = 0; i < 4 && product.known; ++i) {
    int64_t corner;
    if (__builtin_mul_overflow(left[i / 2], right[i % 2], &corner))
      return verifyIntervalUnknown();
    product.low = corner < product.low ? corner : product.low;
    product.high = corner > product.high ? corner : product.high;
  }
  return product.known ? product : verifyIntervalUnknown();
}

static int64_t floorQuotient(int64_t a, int64_t b) {
  return a / b - (a % b != 0 && a < 0);
}

VerifyInterval verifyIntervalFloorDiv(VerifyInterval a, int64_t divisor) {
  if (!a.known || divisor <= 0)
    return verifyIntervalUnknown();
  return verifyInterval(floorQuotient(a.low, divisor),
                        floorQuotient(a.high, divisor));
}

VerifyInterval verifyIntervalMod(VerifyInterval a, int64_t divisor) {
  if (!a.known || divisor <= 0)
    return verifyIntervalUnknown();
  int64_t period = floorQuotient(a.low, divisor);
  if (period != floorQuotient(a.high, divisor))
    return verifyInterval(0, divisor - 1);
  return verifyInterval(a.low - period * divisor, a.high - period * divisor);
}

VerifyInterval verifyIntervalJoin(VerifyInterval a, VerifyInterval b) {
  if (!a.known || !b.known)
    return verifyIntervalUnknown();
  return verifyInterval(a.low < b.low ? a.low : b.low,
                        a.high > b.high ? a.high : b.high);
}

bool verifyIntervalWithin(VerifyInterval a, int64_t low, int64_t high) {
  return a.known && a.low >= low && a.high <= high;
}
