//===- ceil_div.h - division that rounds up -------------------------------===//

#ifndef TT_PASSES_PLAN_CEIL_DIV_H
#define TT_PASSES_PLAN_CEIL_DIV_H

#include <stdint.h>

/// How many parts of `b` cover `a`; neither is negative, and `b` is not 0.
/// Holds for every `a`, unlike (a + b - 1) / b.
static inline int64_t ttCeilDiv(int64_t a, int64_t b) {
  return a / b + (a % b != 0);
}

#endif // TT_PASSES_PLAN_CEIL_DIV_H
