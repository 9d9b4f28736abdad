// RUN: %unit/error_rules
//
// The error rules against a device that rounds: operations computed in a small
// format with every rounding going down, up or to nearest at random must stay
// within the bound, and the bound must not be far from what they reach.

#include "rules.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

double tt_rule_mulf(double, double, double, double, double, int32_t);
double tt_rule_truncated(double, double);
double tt_rule_multiplied(double, double);
double tt_rule_divf(double, double, double, double, double, int32_t);
double tt_rule_truncf(double, double, int32_t);
double tt_rule_exp(double, double, double, int32_t);
double tt_rule_log(double, double, double, int32_t);
double tt_rule_tanh(double, double, double, int32_t);
double tt_rule_erf(double, double, double, int32_t);
double tt_rule_sqrt(double, double, double, int32_t);
double tt_rule_rsqrt(double, double, double, int32_t);
double tt_rule_block(double, double, double, int32_t);
void tt_rule_round_blocks(int64_t, int64_t, int64_t, int32_t, int32_t);
double tt_rule_powf(double, double, double, double, double, int32_t);

static uint64_t state = 1;

static double uniform(double low, double high) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return low + (double)(state >> 11) * 0x1p-53 * (high - low);
}

// `value` with the given ulp of 1.0; direction -1 rounds towards zero, 0 to
// nearest, 1 away from zero.
static double roundTo(double value, double ulp, int direction) {
  int exponent;
  double units = frexp(fabs(value), &exponent) * 2 / ulp;
  units = direction == 0  ? nearbyint(units)
          : direction < 0 ? floor(units)
                          : ceil(units);
  return copysign(ldexp(units * ulp / 2, exponent), value);
}

static double device(double value, int32_t format) {
  return roundTo(value, tt_formats[format].ulp, (int)uniform(0, 3) - 1);
}

typedef double UnaryRule(double, double, double, int32_t);

static void checkUnary(double (*f)(double), UnaryRule *rule, double low,
                       double high) {
  for (int32_t format = 0; format < 3; format++) {
    double closest = 0;
    for (int i = 0; i < 20000; i++) {
      double a = uniform(low, high), ea = uniform(0, 0.02) * fabs(a);
      double bound = rule(f(a), a, ea, format);
      double got = device(f(a + (uniform(0, 1) < 0.5 ? ea : -ea)), format);
      double error = fabs(got - f(a));
      assert_true(error <= bound);
      closest = fmax(closest, error / bound);
    }
    assert_true(closest > 0.3);
  }
}

static double inverseRoot(double a) { return 1 / sqrt(a); }

static void functions(void **unused) {
  (void)unused;
  checkUnary(exp, tt_rule_exp, -4, 4);
  checkUnary(log, tt_rule_log, 0.25, 4);
  checkUnary(tanh, tt_rule_tanh, -4, 4);
  checkUnary(erf, tt_rule_erf, -3, 3);
  checkUnary(sqrt, tt_rule_sqrt, 0, 4);
  checkUnary(inverseRoot, tt_rule_rsqrt, 0.1, 4);
}

static void productsAndQuotients(void **unused) {
  (void)unused;
  for (int i = 0; i < 60000; i++) {
    int32_t format = i % 3;
    double a = uniform(-2, 2), b = uniform(0.5, 2);
    double ea = uniform(0, 0.1), eb = uniform(0, 0.1);
    double x = a + uniform(-ea, ea), y = b + uniform(-eb, eb);
    assert_true(fabs(device(x * y, format) - a * b) <=
                tt_rule_mulf(a * b, a, ea, b, eb, format));
    assert_true(fabs(device(x / y, format) - a / b) <=
                tt_rule_divf(a / b, a, ea, b, eb, format));
    double power = tt_rule_powf(pow(b, a), b, eb, a, ea, format);
    assert_true(fabs(device(pow(y, x), format) - pow(b, a)) <= power);
  }
}

// A sum of products in an arbitrary order, with truncated operands.
static void contractions(void **unused) {
  (void)unused;
  enum { K = 64 };
  const double additions = K;
  for (int trial = 0; trial < 600; trial++) {
    int32_t format = trial % 3;
    double sum = 0, got = 0, leaf = 0, magnitude = 0;
    int stride = 2 * (trial % 31) + 1; // odd, so that it visits every index
    double x[K], y[K];
    for (int k = 0; k < K; k++) {
      x[k] = (double)(float)uniform(-1, 1);
      y[k] = (double)(float)uniform(-1, 1);
      sum += x[k] * y[k];
      double ex = tt_rule_multiplied(x[k], 0);
      double ey = tt_rule_multiplied(y[k], 0);
      leaf += tt_rule_mulf(x[k] * y[k], x[k], ex, y[k], ey, format);
      magnitude += fabs(x[k] * y[k]);
    }
    for (int k = 0; k < K; k++) {
      int at = (k * stride) % K;
      double product = roundTo(x[at], 0x1p-9, -1) * roundTo(y[at], 0x1p-10, -1);
      got = device(got + device(product, format), format);
    }
    assert_true(fabs(got - sum) <=
                tt_rule_total(leaf, magnitude, additions + 0.5, format));
  }
}

static void exactness(void **unused) {
  (void)unused;
  assert_true(tt_rule_mulf(6, 2, 0, 3, 0, 0) == 0);
  assert_true(tt_rule_mulf(1 + 0x1p-8, 1 + 0x1p-8, 0, 1, 0, 0) > 0);
  assert_true(tt_rule_truncf(0.75, 0, 0) == 0);
  assert_true(tt_rule_truncated(1 + 0x1p-10, 0) == 0);
  assert_true(tt_rule_truncated(1 + 0x1p-11, 0) > 0);
  assert_true(tt_rule_multiplied(1 + 0x1p-9, 0) == 0);
  assert_true(tt_rule_multiplied(1 + 0x1p-10, 0) >= 0x1p-10);
  // 200 additions of integers whose sum is exact in bf16, and not any more.
  assert_true(tt_rule_total(0, 256, 200, 0) == 0);
  assert_true(tt_rule_total(0, 257, 200, 0) > 0);
  assert_true(tt_rule_total(0, 256, 200 + tt_rule_fraction(0.5), 0) > 0);
  assert_true(isinf(tt_rule_truncf(1e6, 0, 1)));
  assert_true(isinf(tt_rule_rsqrt(1, 0.1, 0.2, 2)));
}

// `count` numbers as a block format keeps them, every step from the definition.
static void keepBlock(double *values, int count, int digits) {
  int shared = -1000, exponent;
  for (int i = 0; i < count; i++)
    if (values[i] != 0 && (frexp(values[i], &exponent), exponent > shared))
      shared = exponent;
  for (int i = 0; i < count; i++) {
    double magnitude = nearbyint(ldexp(fabs(values[i]), digits - shared));
    if (magnitude > ldexp(1, digits) - 1)
      magnitude = ldexp(1, digits) - 1;
    values[i] = copysign(ldexp(magnitude, shared - digits), values[i]);
  }
}

// Rows of 37 elements: two groups of 16 and one of 5.
static void blocks(void **unused) {
  (void)unused;
  enum { ROWS = 3, COLUMNS = 37, COUNT = ROWS * COLUMNS };
  double closest = 0;
  for (int trial = 0; trial < 4000; trial++) {
    int digits = trial % 2 ? 7 : 3;
    double tracked[4 * COUNT], got[COUNT], scale = exp2(uniform(-9, 9));
    for (int i = 0; i < COUNT; i++) {
      double value = scale * uniform(-1, 1);
      double error = trial % 3 ? fabs(value) * uniform(0, 0.1) : 0;
      got[i] = value + (uniform(0, 1) < 0.5 ? error : -error);
      double components[4] = {value, error, fabs(value), 0};
      for (int c = 0; c < 4; c++)
        tracked[4 * i + c] = components[c];
    }
    tt_rule_round_blocks((int64_t)(intptr_t)tracked, ROWS, COLUMNS, digits, 0);
    for (int row = 0; row < ROWS; row++)
      for (int column = 0; column < COLUMNS; column += 16)
        keepBlock(got + row * COLUMNS + column,
                  COLUMNS - column < 16 ? COLUMNS - column : 16, digits);
    for (int i = 0; i < COUNT; i++) {
      double error = fabs(got[i] - tracked[4 * i]);
      assert_true(error <= tracked[4 * i + 1]);
      closest = fmax(closest, error / tracked[4 * i + 1]);
    }
  }
  assert_true(closest > 0.95);
}

static void exactBlocks(void **unused) {
  (void)unused;
  assert_true(tt_rule_block(127, 0, 127, 7) == 0);
  assert_true(tt_rule_block(1, 0, 127, 7) == 0);
  assert_true(tt_rule_block(1, 0, 128, 7) == 1);
  assert_true(tt_rule_block(7, 0, 7, 3) == 0 && tt_rule_block(7, 0, 8, 3) == 1);
  assert_true(tt_rule_block(7.75, 0, 7.75, 3) == 0.75);
  assert_true(tt_rule_block(0, 0, 0, 3) == 0);
  assert_true(isinf(tt_rule_block(1, 0, INFINITY, 7)));
}

// A running maximum starts at minus infinity, which every device holds exactly.
static void infinitiesAreExact(void **unused) {
  (void)unused;
  for (int32_t format = 0; format < 3; format++) {
    assert_true(tt_rule_total(0, INFINITY, 1, format) == 0);
    assert_true(tt_rule_mulf(-INFINITY, -INFINITY, 0, 0.5, 0, format) == 0);
    assert_true(isinf(tt_rule_mulf(-INFINITY, -INFINITY, 1, 0.5, 0, format)));
    assert_true(tt_rule_exp(0, -INFINITY, 0, format) < 0x1p-13);
  }
  assert_true(tt_rule_truncated(-INFINITY, 0) == 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(functions),
      cmocka_unit_test(productsAndQuotients),
      cmocka_unit_test(contractions),
      cmocka_unit_test(exactness),
      cmocka_unit_test(blocks),
      cmocka_unit_test(exactBlocks),
      cmocka_unit_test(infinitiesAreExact),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
