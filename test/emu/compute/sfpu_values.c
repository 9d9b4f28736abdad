/* sfpu_values.c - the vector engine's functions at chosen points.
 *
 * The expected values were computed from other formulas than the table's (with
 * another language's library). A unary row has x, p, q, r; a binary one x, y; a
 * ternary one x, y, z, p. Results agree to a part in a million.
 */
#include "sfpu.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

typedef enum Arity { UNARY, BINARY, TERNARY } Arity;

static const struct {
  Arity arity;
  const char *call;
  double in[4], want;
} kValues[] = {
#define VALUE(arity, call, a, b, c, d, want) {arity, #call, {a, b, c, d}, want},
#include "sfpu_values.def"
#undef VALUE
};

/* The table draws random numbers for one of its rows. */
uint64_t emu_random(void) { return 0; }

static const EmuSfpuRow *find(Arity arity, const char *call) {
  const EmuSfpuRow *rows = arity == UNARY    ? emu_sfpu_unaries
                           : arity == BINARY ? emu_sfpu_binaries
                                             : emu_sfpu_ternaries;
  int count = arity == UNARY    ? (int)EMU_SFPU_UNARIES
              : arity == BINARY ? (int)EMU_SFPU_BINARIES
                                : (int)EMU_SFPU_TERNARIES;
  for (int i = 0; i < count; ++i)
    if (!strcmp(rows[i].call, call))
      return &rows[i];
  return NULL;
}

static double evaluate(const EmuSfpuRow *row, Arity arity, const double *in) {
  uint32_t x[EMU_SFPU_RUN], y[EMU_SFPU_RUN], z[EMU_SFPU_RUN];
  for (int i = 0; i < EMU_SFPU_RUN; ++i) {
    x[i] = emu_float_bits((float)in[0]);
    y[i] = emu_float_bits((float)in[1]);
    z[i] = emu_float_bits((float)in[2]);
  }
  EmuSfpuParams params = {{emu_float_bits((float)in[arity == UNARY ? 1 : 3]),
                           emu_float_bits((float)in[2]),
                           emu_float_bits((float)in[3])}};
  row->function(x, x, y, z, &params);
  return (double)emu_bits_float(x[EMU_SFPU_RUN - 1]);
}

int main(void) {
  int wrong = 0;
  for (size_t i = 0; i < sizeof kValues / sizeof *kValues; ++i) {
    const EmuSfpuRow *row = find(kValues[i].arity, kValues[i].call);
    double want = kValues[i].want;
    double got = row ? evaluate(row, kValues[i].arity, kValues[i].in) : 1e300;
    double error = fabs(got - want);
    if (error <= 1e-6 * fmax(1, fabs(want)) || got == want)
      continue;
    ++wrong;
    fprintf(stderr, "%s(%g, %g, %g, %g) = %.9g, expected %.9g\n",
            kValues[i].call, kValues[i].in[0], kValues[i].in[1],
            kValues[i].in[2], kValues[i].in[3], got, want);
  }
  printf("sfpu: %zu values of 117 functions, %d wrong\n",
         sizeof kValues / sizeof *kValues, wrong);
  return wrong != 0;
}
