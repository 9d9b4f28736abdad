//===- verify_interval.h - ranges of index expressions --------------------===//
//
// Closed intervals of integers under the arithmetic of affine expressions. No
// IR in here.
//
//===----------------------------------------------------------------------===//

#ifndef TT_PASSES_VERIFY_INTERVAL_H
#define TT_PASSES_VERIFY_INTERVAL_H

#include <stdbool.h>
#include <stdint.h>

typedef struct {
  bool known; // false: any integer
  int64_t low, high;
} VerifyInterval;

VerifyInterval verifyInterval(int64_t low, int64_t high);
VerifyInterval verifyIntervalUnknown(void);
VerifyInterval verifyIntervalAdd(VerifyInterval a, VerifyInterval b);
VerifyInterval verifyIntervalMultiply(VerifyInterval a, VerifyInterval b);
/// Quotient and remainder by a positive number, rounding down.
VerifyInterval verifyIntervalFloorDiv(VerifyInterval a, int64_t divisor);
VerifyInterval verifyIntervalMod(VerifyInterval a, int64_t divisor);
/// The smallest interval with both.
VerifyInterval verifyIntervalJoin(VerifyInterval a, VerifyInterval b);
bool verifyIntervalWithin(VerifyInterval a, int64_t low, int64_t high);

#endif // TT_PASSES_VERIFY_INTERVAL_H
