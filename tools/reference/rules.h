// How far a device that rounds may be from the exact value, operation by
// operation (docs/checking.md explains each rule).
//
// Compiled twice: to LLVM bitcode that is linked into every reference, and into
// tt-reference for the comparison.

#ifndef TT_REFERENCE_RULES_H
#define TT_REFERENCE_RULES_H

#include <stdint.h>

typedef struct {
  const char *name;
  double ulp;      // of 1.0: 2^(1 - significand bits)
  double exact;    // 2^(significand bits): integers up to here are exact
  double smallest; // normal number; what is below may be flushed to zero
  double largest;
} FloatFormat;

extern const FloatFormat
    tt_formats[3]; // bf16, f16, f32: the order of Format in ir.h

// Elements of a row that share an exponent in a block format.
#define TT_BLOCK 16

// The error of a value of `format` with the given leaf error, sum of absolute
// terms and additions.
double tt_rule_total(double leaf_error, double magnitude, double additions,
                     int32_t format);
// What `additions` of a leaf holds: 0 for an integer, a fraction below 1 for
// anything else.
double tt_rule_fraction(double value);

#endif
