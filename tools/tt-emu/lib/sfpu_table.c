/* sfpu_table.c - the vector engine's operations, generated from the rows that
 * also declare the calls to kernels.
 *
 * Each row's expression becomes one function over a face row: floats are
 * computed in double and rounded once to binary32, which is what the vector
 * engine's polynomials are meant to give; integers wrap.
 */
#include "sfpu.h"

#include <math.h>
#include <string.h>

#ifndef M_SQRT1_2
#define M_SQRT1_2 0.70710678118654752440
#endif
#ifndef M_PI
#define M_PI 3.14159265358979323846
#endif

/*===- integers -----------------------------------------------------------===*/

static int32_t emu_wrap_add(int32_t x, int32_t y) {
  return (int32_t)((uint32_t)x + (uint32_t)y);
}

static int32_t emu_wrap_sub(int32_t x, int32_t y) {
  return (int32_t)((uint32_t)x - (uint32_t)y);
}

static int32_t emu_wrap_mul(int32_t x, int32_t y) {
  return (int32_t)((uint32_t)x * (uint32_t)y);
}

static int32_t emu_shift_left(int32_t x, int32_t by) {
  return by < 0 || by > 31 ? 0 : (int32_t)((uint32_t)x << by);
}

static int32_t emu_shift_right_logical(int32_t x, int32_t by) {
  return by < 0 || by > 31 ? 0 : (int32_t)((uint32_t)x >> by);
}

static int32_t emu_shift_right(int32_t x, int32_t by) {
  if (by < 0 || by > 31)
    by = 31;
  return x < 0 ? ~(~x >> by) : x >> by;
}

static double emu_round_decimals(double x, uint32_t decimals) {
  double scale = pow(10, (int32_t)decimals);
  return nearbyint(x * scale) / scale;
}

static int32_t emu_gcd(int32_t x, int32_t y) {
  uint32_t a = x < 0 ? 0u - (uint32_t)x : (uint32_t)x;
  uint32_t b = y < 0 ? 0u - (uint32_t)y : (uint32_t)y;
  while (b) {
    uint32_t rest = a % b;
    a = b;
    b = rest;
  }
  return (int32_t)a;
}

static int32_t emu_lcm(int32_t x, int32_t y) {
  int32_t divisor = emu_gcd(x, y);
  int32_t product = divisor ? emu_wrap_mul(x / divisor, y) : 0;
  return product < 0 ? emu_wrap_sub(0, product) : product;
}

/*===- functions that libm does not have ----------------------------------===*/

/* Newton's method on erf, from a start that is right at the ends. */
static double emu_erfinv(double x) {
  if (!(fabs(x) < 1))
    return fabs(x) == 1 ? x * HUGE_VAL : NAN;
  double tail = log(1 - x * x), half = 2 / (M_PI * 0.147) + tail / 2;
  double y = copysign(sqrt(sqrt(half * half - tail / 0.147) - half), x);
  for (int step = 0; step < 4; ++step)
    y -= (erf(y) - x) * exp(y * y) * (sqrt(M_PI) / 2);
  return y;
}

/* Modified Bessel function of the first kind, order 0 or 1, by its series:
 * all terms have one sign. */
static double emu_bessel_i(double x, int order) {
  double quarter = x * x / 4, term = order ? x / 2 : 1, sum = term;
  for (int k = 1; k < 500 && term != 0; ++k) {
    term *= quarter / ((double)k * (k + order));
    sum += term;
    if (fabs(term) < 1e-18 * fabs(sum))
      break;
  }
  return sum;
}

/*===- functions ----------------------------------------------------------===*/

static double load_F(uint32_t word) { return (double)emu_bits_float(word); }
static uint32_t store_F(double value) { return emu_float_bits((float)value); }
static int32_t load_I(uint32_t word) { return (int32_t)word; }
static uint32_t store_I(int32_t value) { return (uint32_t)value; }

#define TYPE_F double
#define TYPE_I int32_t

#define BODY(call, domain, ...)                                                \
  static TYPE_##domain value_##call(TYPE_##domain x, TYPE_##domain y,          \
                                    TYPE_##domain z, TYPE_##domain p,          \
                                    TYPE_##domain q, TYPE_##domain r) {        \
    (void)x, (void)y, (void)z, (void)p, (void)q, (void)r;                      \
    return (TYPE_##domain)(__VA_ARGS__);                                       \
  }                                                                            \
  static void run_##call(uint32_t *out, const uint32_t *x, const uint32_t *y,  \
                         const uint32_t *z, const EmuSfpuParams *params) {     \
    TYPE_##domain p = load_##domain(params->word[0]);                          \
    TYPE_##domain q = load_##domain(params->word[1]);                          \
    TYPE_##domain r = load_##domain(params->word[2]);                          \
    for (uint32_t i = 0; i < EMU_SFPU_RUN; ++i)                                \
      out[i] = store_##domain(value_##call(load_##domain(x[i]),                \
                                           load_##domain(y[i]),                \
                                           load_##domain(z[i]), p, q, r));     \
  }

#define SFPU_ALL
#define SFPU_KIND(key, shape, init)
#define SFPU_INIT(key, shape, init)
#define SFPU_UNARY(call, key, shape, params, domain, ...)                      \
  BODY(call, domain, __VA_ARGS__)
#define SFPU_BINARY(call, key, shape, domain, ...)                             \
  BODY(call, domain, __VA_ARGS__)
#define SFPU_TERNARY(call, key, shape, params, domain, ...)                    \
  BODY(call, domain, __VA_ARGS__)
#include "tt-emu/sfpu_binary.def"
#include "tt-emu/sfpu_unary.def"
#undef SFPU_KIND
#undef SFPU_UNARY
#undef SFPU_BINARY
#undef SFPU_TERNARY

/* exp(x * p); the caller passes 1 for a call without a scale. */
BODY(exp_tile, F, exp(x *p))

/* Uniform in [from, from + scale); the generator is part of the run. */
static void run_rand_tile(uint32_t *out, const uint32_t *x, const uint32_t *y,
                          const uint32_t *z, const EmuSfpuParams *params) {
  (void)x, (void)y, (void)z;
  float from = emu_bits_float(params->word[0]);
  float scale = emu_bits_float(params->word[1]);
  for (uint32_t i = 0; i < EMU_SFPU_RUN; ++i)
    out[i] =
        emu_float_bits(from + scale * ((float)(emu_random() >> 40) * 0x1p-24f));
}

/*===- tables -------------------------------------------------------------===*/

#define KIND_F EMU_KIND_FLOAT
#define KIND_I EMU_KIND_INTEGER
#define CHECKS_PLAIN false
#define CHECKS_OPTIONS false
#define CHECKS_MODE false
#define CHECKS_ROUNDED false
#define CHECKS_CHECKS true

#define ROW(call, key, shape, domain)                                          \
  [EMU_OP_##call] = {#call,          run_##call,                               \
                     EMU_KEY_##key,  KIND_##domain,                            \
                     CHECKS_##shape, EMU_KEY_##key == EMU_KEY_fill},

#define SFPU_KIND(key, shape, init)
#define SFPU_UNARY(call, key, shape, params, domain, ...)                      \
  ROW(call, key, shape, domain)
const EmuSfpuRow emu_sfpu_unaries[EMU_SFPU_UNARIES] = {
#include "tt-emu/sfpu_unary.def"
    [EMU_OP_exp_tile] = {"exp_tile", run_exp_tile, EMU_KEY_exp, EMU_KIND_FLOAT,
                         true, false},
    [EMU_OP_rand_tile] = {"rand_tile", run_rand_tile, EMU_KEY_rand,
                          EMU_KIND_FLOAT, false, true},
};
#undef SFPU_UNARY

#define SFPU_BINARY(call, key, shape, domain, ...) ROW(call, key, shape, domain)
#define SFPU_TERNARY(call, key, shape, params, domain, ...)
const EmuSfpuRow emu_sfpu_binaries[EMU_SFPU_BINARIES] = {
#include "tt-emu/sfpu_binary.def"
};
#undef SFPU_BINARY
#undef SFPU_TERNARY

#define SFPU_BINARY(call, key, shape, domain, ...)
#define SFPU_TERNARY(call, key, shape, params, domain, ...)                    \
  ROW(call, key, shape, domain)
const EmuSfpuRow emu_sfpu_ternaries[EMU_SFPU_TERNARIES] = {
#include "tt-emu/sfpu_binary.def"
};
#undef SFPU_BINARY
#undef SFPU_TERNARY
#undef SFPU_KIND

#define SFPU_KIND(key, shape, init) [EMU_KEY_##key] = #init,
#define SFPU_UNARY(call, key, shape, params, domain, ...)
#define SFPU_BINARY(call, key, shape, domain, ...)
#define SFPU_TERNARY(call, key, shape, params, domain, ...)
const char *const emu_sfpu_inits[EMU_SFPU_KEYS] = {
#include "tt-emu/sfpu_binary.def"
#include "tt-emu/sfpu_unary.def"
    [EMU_KEY_exp] = "exp_tile_init",
    [EMU_KEY_typecast] = "typecast_tile_init",
    [EMU_KEY_copy_dest] = "copy_dest_values_init",
    [EMU_KEY_rand] = "rand_tile_init",
    [EMU_KEY_sfpu_reduce] = "sfpu_reduce_init",
    [EMU_KEY_add_top_row] = "sfpu_add_top_row_init",
};
