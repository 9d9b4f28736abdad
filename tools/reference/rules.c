// How far a device that rounds may be from the exact value (see rules.h;
// docs/checking.md has the formulas).
//
// tt_rule_<operation>(value, operand, error of the operand, …, format) returns
// the error of the result, where `value` is the exact result of exact operands:
// first what the errors of the operands can make of it, then one rounding of
// the format. A rounding may be to nearest or a truncation, so it costs one
// ulp, except where an exact result fits the format, and except casts, which
// round to nearest.

#include "rules.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

const FloatFormat tt_formats[3] = {
    {"bf16", 0x1p-7, 0x1p8, 0x1p-126, 0x1.fep127},
    {"f16", 0x1p-10, 0x1p11, 0x1p-14, 65504.0},
    {"f32", 0x1p-23, 0x1p24, 0x1p-126, 0x1.fffffep127},
};

// Functions the SFPU approximates are granted this many ulp instead of one: its
// polynomials are made for 16-bit formats.
static double approximation(int32_t format) { return format == 2 ? 4 : 2; }

// Operands of the matrix engine keep 11 significand bits and lose the rest by
// truncation.
#define TRUNCATION 0x1p-10
#define TRUNCATION_EXACT 0x1p11
// Its multipliers take 10 of them from one of their two operands (METALIUM
// sheet §7.8: 5 in each of two passes); the reference does not know which.
#define MULTIPLIED 0x1p-9
#define MULTIPLIED_EXACT 0x1p10

static int is_integer(double value) {
  return fabs(value) + 0x1p52 - 0x1p52 == fabs(value);
}

// Whether `value` needs no more significand bits than log2(exact): Veltkamp's
// splitting.
static int fits(double value, double exact) {
  if (isinf(value))
    return 1;
  double scaled = value * (0x1p53 / exact + 1.0);
  return scaled - (scaled - value) == value;
}

static double rounded(double value, double error, double ulps, int32_t format) {
  const FloatFormat *f = &tt_formats[format];
  int subnormal = value != 0 && fabs(value) < f->smallest;
  if (error == 0 && ulps <= 1 && fits(value, f->exact) && !subnormal)
    return 0;
  if (error == 0 && isinf(value))
    return 0; // where a running maximum starts
  double size = fabs(value) + error;
  if (!(size <= f->largest))
    return INFINITY;
  double flushed = fabs(value) - error < f->smallest ? f->smallest : 0;
  return error + ulps * f->ulp * size + flushed;
}

double tt_rule_fraction(double value) {
  return is_integer(value) ? 0 : 0x1p-30;
}

double tt_rule_total(double leaf_error, double magnitude, double additions,
                     int32_t format) {
  const FloatFormat *f = &tt_formats[format];
  if (additions < 1)
    return leaf_error;
  if (isinf(magnitude) && isfinite(leaf_error))
    return 0; // infinite, whatever is added to it
  if (is_integer(additions) && leaf_error == 0 && magnitude <= f->exact)
    return 0;
  return leaf_error + additions * (f->ulp * magnitude + f->smallest);
}

double tt_rule_to_integer(double value, double error) {
  if (trunc(value - error) == trunc(value + error))
    return trunc(value);
  fprintf(stderr,
          "an integer is made of %g, which may be off by %g: the reference "
          "cannot say which one\n",
          value, error);
  exit(1);
}

double tt_rule_truncated(double value, double error) {
  return error == 0 && fits(value, TRUNCATION_EXACT)
             ? 0
             : TRUNCATION * (fabs(value) + error);
}

double tt_rule_multiplied(double value, double error) {
  if (error == 0 && fits(value, MULTIPLIED_EXACT))
    return 0;
  double lost =
      error == 0 && fits(value, TRUNCATION_EXACT) ? TRUNCATION : MULTIPLIED;
  return lost * (fabs(value) + error);
}

double tt_rule_truncf(double value, double error, int32_t format) {
  return rounded(value, error, 0.5, format);
}

double tt_rule_overlap(double a, double ea, double b, double eb) {
  return ea + eb > 0 && fabs(a - b) <= ea + eb ? 1 : 0;
}

double tt_rule_either(double a, double ea, double b, double eb) {
  return fabs(a - b) + fmax(ea, eb);
}

// What a factor makes of an error; nothing of none, even if it is infinite.
static double scaled(double error, double factor) {
  return error == 0 ? 0 : error * fabs(factor);
}

double tt_rule_mulf(double value, double a, double ea, double b, double eb,
                    int32_t format) {
  return rounded(value, scaled(eb, a) + scaled(ea, b) + ea * eb, 1, format);
}

double tt_rule_divf(double value, double a, double ea, double b, double eb,
                    int32_t format) {
  double nearest = fabs(b) - eb;
  if (!(nearest > 0))
    return INFINITY;
  return rounded(value, (fabs(a) * eb / fabs(b) + ea) / nearest,
                 approximation(format), format);
}

double tt_rule_choose(double value, double a, double ea, double b, double eb,
                      int32_t format) {
  (void)value, (void)a, (void)b, (void)format;
  return fmax(ea, eb);
}

double tt_rule_absf(double value, double a, double ea, int32_t format) {
  (void)value, (void)a, (void)format;
  return ea;
}

double tt_rule_exp(double value, double a, double ea, int32_t format) {
  (void)a;
  return rounded(value, value * expm1(ea), approximation(format), format);
}

double tt_rule_exp2(double value, double a, double ea, int32_t format) {
  (void)a;
  return rounded(value, value * expm1(ea * 0x1.62e42fefa39efp-1),
                 approximation(format), format);
}

// exp(a) is evaluated before one is subtracted, so the rounding is that of
// exp(a).
double tt_rule_expm1(double value, double a, double ea, int32_t format) {
  double evaluation =
      approximation(format) * tt_formats[format].ulp * (value + 1);
  return rounded(value, exp(a) * expm1(ea) + evaluation, approximation(format),
                 format);
}

static double logarithm(double value, double a, double ea, double scale,
                        int32_t format) {
  if (!(a > ea))
    return INFINITY;
  return rounded(value, -log1p(-ea / a) * scale, approximation(format), format);
}

double tt_rule_log(double value, double a, double ea, int32_t format) {
  return logarithm(value, a, ea, 1, format);
}

double tt_rule_log2(double value, double a, double ea, int32_t format) {
  return logarithm(value, a, ea, 0x1.71547652b82fep+0, format);
}

double tt_rule_log10(double value, double a, double ea, int32_t format) {
  return logarithm(value, a, ea, 0x1.bcb7b1526e50ep-2, format);
}

// 1 + a is rounded before its logarithm is taken.
double tt_rule_log1p(double value, double a, double ea, int32_t format) {
  return logarithm(value, 1 + a, ea + tt_formats[format].ulp * fabs(1 + a), 1,
                   format);
}

// A negative operand within the error counts as zero: what feeds a root is
// usually clamped.
double tt_rule_sqrt(double value, double a, double ea, int32_t format) {
  double below = value - sqrt(fmax(a - ea, 0)),
         above = sqrt(fmax(a + ea, 0)) - value;
  return rounded(value, fmax(below, above), approximation(format), format);
}

double tt_rule_cbrt(double value, double a, double ea, int32_t format) {
  return rounded(value, fmax(value - cbrt(a - ea), cbrt(a + ea) - value),
                 approximation(format), format);
}

double tt_rule_rsqrt(double value, double a, double ea, int32_t format) {
  if (!(a > ea))
    return INFINITY;
  return rounded(value, 1 / sqrt(a - ea) - value, approximation(format),
                 format);
}

double tt_rule_tanh(double value, double a, double ea, int32_t format) {
  double flattest = tanh(fmax(fabs(a) - ea, 0));
  return rounded(value, ea * (1 - flattest * flattest), approximation(format),
                 format);
}

double tt_rule_erf(double value, double a, double ea, int32_t format) {
  double nearest = fmax(fabs(a) - ea, 0);
  return rounded(value, ea * 0x1.20dd750429b6dp+0 * exp(-nearest * nearest),
                 approximation(format), format);
}

// sin, cos, atan, asinh: nowhere steeper than one; the absolute accuracy of a
// range reduction is that of values near one.
double tt_rule_slope_one(double value, double a, double ea, int32_t format) {
  (void)a;
  return rounded(value, ea + tt_formats[format].ulp, approximation(format),
                 format);
}

double tt_rule_tan(double value, double a, double ea, int32_t format) {
  double cosine = fabs(cos(a)) - ea - tt_formats[format].ulp;
  if (!(cosine > 0))
    return INFINITY;
  return rounded(value, (ea + tt_formats[format].ulp) / (cosine * cosine),
                 approximation(format), format);
}

double tt_rule_asin(double value, double a, double ea, int32_t format) {
  double room = 1 - (fabs(a) + ea) * (fabs(a) + ea);
  if (!(room > 0))
    return INFINITY;
  return rounded(value, ea / sqrt(room) + tt_formats[format].ulp,
                 approximation(format), format);
}

double tt_rule_sinh(double value, double a, double ea, int32_t format) {
  double exponential = exp(fabs(a) + ea);
  return rounded(value,
                 exponential *
                     (ea + approximation(format) * tt_formats[format].ulp),
                 approximation(format), format);
}

double tt_rule_powf(double value, double a, double ea, double b, double eb,
                    int32_t format) {
  if (!(a > ea))
    return ea == 0 && eb == 0 ? rounded(value, 0, approximation(format), format)
                              : INFINITY;
  double logError = -log1p(-ea / a), size = fabs(log(a));
  double exponent = (fabs(b) + eb) * logError + size * eb +
                    tt_formats[format].ulp * fabs(b) * size;
  return rounded(value, fabs(value) * expm1(exponent), approximation(format),
                 format);
}

double tt_rule_floor(double value, double a, double ea, int32_t format) {
  return rounded(value, fmax(floor(a + ea) - value, value - floor(a - ea)), 1,
                 format);
}

double tt_rule_ceil(double value, double a, double ea, int32_t format) {
  return rounded(value, fmax(ceil(a + ea) - value, value - ceil(a - ea)), 1,
                 format);
}

double tt_rule_trunc(double value, double a, double ea, int32_t format) {
  return rounded(value, fmax(trunc(a + ea) - value, value - trunc(a - ea)), 1,
                 format);
}

double tt_rule_nearest(double value, double a, double ea, int32_t format) {
  return rounded(value, fmax(round(a + ea) - value, value - round(a - ea)), 1,
                 format);
}

double tt_rule_erfc(double value, double a, double ea, int32_t format) {
  double nearest = fmax(fabs(a) - ea, 0), unit = tt_formats[format].ulp;
  return rounded(value,
                 ea * 0x1.20dd750429b6dp+0 * exp(-nearest * nearest) + unit,
                 approximation(format), format);
}

double tt_rule_atanh(double value, double a, double ea, int32_t format) {
  double unit = tt_formats[format].ulp, farthest = fabs(a) + ea + unit;
  if (!(farthest < 1))
    return INFINITY;
  return rounded(value, (ea + unit) / (1 - farthest * farthest),
                 approximation(format), format);
}

double tt_rule_acosh(double value, double a, double ea, int32_t format) {
  double unit = tt_formats[format].ulp, nearest = a - ea - unit * fabs(a);
  if (!(nearest > 1))
    return INFINITY;
  return rounded(value, (ea + unit * fabs(a)) / sqrt(nearest * nearest - 1),
                 approximation(format), format);
}

double tt_rule_atan2(double value, double a, double ea, double b, double eb,
                     int32_t format) {
  double distance = hypot(a, b) - hypot(ea, eb), unit = tt_formats[format].ulp;
  if (!(distance > 0))
    return INFINITY;
  return rounded(value, hypot(ea, eb) / distance * 2 + 4 * unit,
                 approximation(format), format);
}

double tt_rule_copysign(double value, double a, double ea, double b, double eb,
                        int32_t format) {
  (void)format;
  return fabs(b) > eb || eb == 0 ? ea : 2 * fabs(value) + ea + 0 * a;
}

// One element of a block float: the 16 elements of a group share the exponent
// of the largest of them, `largest` bounds their absolute values, and `digits`
// bits hold an element's, its leading one included. To nearest; what would need
// one bit more is clamped.
double tt_rule_block(double value, double error, double largest,
                     int32_t digits) {
  if (!(largest <= tt_formats[0].largest))
    return INFINITY;
  int exponent;
  frexp(largest, &exponent);
  double unit = ldexp(1, exponent - digits), end = ldexp(1, exponent) - unit;
  if (error == 0 && is_integer(value / unit) && fabs(value) <= end)
    return 0;
  double clamped = fabs(value) + error - end;
  return error + fmax(fmax(unit / 2, clamped), tt_formats[0].smallest);
}

static void roundGroup(double *tracked, int64_t count, int32_t digits,
                       int32_t format) {
  double errors[TT_BLOCK], largest = 0;
  for (int64_t i = 0; i < count; i++) {
    const double *at = tracked + 4 * i;
    errors[i] = tt_rule_total(at[1], at[2], at[3], format);
    largest = fmax(largest, fabs(at[0]) + errors[i]);
    if (isnan(errors[i]) || isnan(at[0]))
      largest = INFINITY;
  }
  for (int64_t i = 0; i < count; i++) {
    double *at = tracked + 4 * i;
    at[1] = tt_rule_block(at[0], errors[i], largest, digits);
    at[2] = fabs(at[0]);
    at[3] = tt_rule_fraction(at[0]);
  }
}

// Rounds the tracked values of a contiguous buffer in place. The reference
// passes its address as an integer.
void tt_rule_round_blocks(int64_t address, int64_t rows, int64_t columns,
                          int32_t digits, int32_t format) {
  double *tracked = (double *)(uintptr_t)address;
  for (int64_t row = 0; row < rows; row++)
    for (int64_t column = 0; column < columns; column += TT_BLOCK) {
      int64_t rest = columns - column;
      roundGroup(tracked + 4 * (row * columns + column),
                 rest < TT_BLOCK ? rest : TT_BLOCK, digits, format);
    }
}
