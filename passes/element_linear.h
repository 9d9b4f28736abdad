//===- element_linear.h - indices of several loop variables ---------------===//
//
// Frontends run threads over a block by one number, `i * 128 + thread`, and get
// the row and column from its quotient and remainder.
//
//===----------------------------------------------------------------------===//

#ifndef TT_PASSES_ELEMENT_LINEAR_H
#define TT_PASSES_ELEMENT_LINEAR_H

#include "element_nest.h"

/// A sum of loop variables.
typedef struct {
  int loops[TtElementMaxRank];
  int64_t coefficients[TtElementMaxRank];
  int count;
} TtLinear;

/// Adds coefficient * loop's variable; false if there is no room for it or its
/// number.
bool ttLinearAdd(TtLinear *linear, int loop, int64_t coefficient);

/// The loop that a sum counts: its only one, or one over all that the sum can
/// be. False if the sum does not count up by one.
bool ttLinearLoop(TtElementNest *nest, const TtLinear *linear, int *loop);

/// The loop that a quotient or remainder of such a sum counts. False if `term`
/// is something else.
bool ttDigitLoop(TtElementNest *nest, const TtAffineTerm *term, int *loop);

#endif // TT_PASSES_ELEMENT_LINEAR_H
