// Compares an output of the artifacts with the reference, element by element,
// each with its own bound.

#include "data.h"

#include "rules.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct {
  size_t failures, unbounded;
  double maxError, maxUlps, maxShare; // share: error over bound
  double sumBound, sumSquares;
} Comparison;

static double ulpOf(int format, double value) {
  const FloatFormat *f = &tt_formats[format];
  int exponent;
  frexp(fmax(fabs(value), f->smallest), &exponent);
  return ldexp(f->ulp, exponent - 1);
}

// Elements of a block format have the ulp of the largest in their group.
static double ulpAt(const Buffer *buffer, const double *references,
                    size_t index) {
  if (buffer->blockDigits == 0)
    return ulpOf(buffer->format, references[4 * index]);
  size_t columns = (size_t)buffer->shape[buffer->rank - 1],
         row = index / columns * columns,
         first = row + (index - row) / TT_BLOCK * TT_BLOCK;
  double largest = 0;
  for (size_t i = first; i < first + TT_BLOCK && i < row + columns; i++)
    largest = fmax(largest, fabs(references[4 * i]));
  int exponent;
  frexp(largest, &exponent);
  return ldexp(1, exponent - buffer->blockDigits);
}

static void printPlace(const Buffer *buffer, size_t index) {
  int64_t at[16];
  for (int i = buffer->rank; i-- > 0; index /= (size_t)buffer->shape[i])
    at[i] = (int64_t)(index % (size_t)buffer->shape[i]);
  for (int i = 0; i < buffer->rank; i++)
    printf("%s%" PRId64, i ? ", " : "", at[i]);
}

static void printFailure(Comparison *c, const Buffer *buffer, size_t index,
                         double got, double want, double bound) {
  if (c->failures++ >= 5)
    return;
  printf("  [");
  printPlace(buffer, index);
  printf("] is %.9g, must be %.9g within %.3g\n", got, want, bound);
}

// `references` holds the four components of a tracked value per element.
static void compareFloat(Comparison *c, const Buffer *buffer, size_t index,
                         const double *references, double got) {
  const double *reference = references + 4 * index;
  double want = reference[0];
  double bound =
      tt_rule_total(reference[1], reference[2], reference[3], buffer->format);
  if (!isfinite(want) || !isfinite(bound)) {
    c->unbounded++;
    return;
  }
  c->sumBound += bound;
  c->sumSquares += want * want;
  if (isinf(got) && fabs(want) + bound >= tt_formats[buffer->format].largest &&
      signbit(got) == signbit(want))
    return;
  double error = fabs(got - want);
  if (!(error <= bound))
    printFailure(c, buffer, index, got, want, bound);
  if (isnan(error))
    error = INFINITY;
  c->maxError = fmax(c->maxError, error);
  c->maxUlps = fmax(c->maxUlps, error / ulpAt(buffer, references, index));
  if (error > 0)
    c->maxShare = fmax(c->maxShare, error / bound);
}

static void printShape(const Buffer *buffer) {
  for (int i = 0; i < buffer->rank; i++)
    printf("%" PRId64 "x", buffer->shape[i]);
  printf("%s", buffer->dtype);
  if (buffer->blockDigits)
    printf(" as bfp%d_b", buffer->blockDigits + 1);
}

static int report(const Comparison *c, const Function *function,
                  const Buffer *buffer, const char *label) {
  printf("@%s %s ", function->name, label);
  printShape(buffer);
  size_t bounded = buffer->count - c->unbounded;
  double rms = bounded ? sqrt(c->sumSquares / (double)bounded) : 0,
         mean = bounded ? c->sumBound / (double)bounded : 0;
  if (buffer->format < 0)
    printf(": %zu of %zu differ", c->failures, buffer->count);
  else
    printf(": max error %.3g (%.3g ulp), %.3g of its bound; mean bound %.3g, "
           "rms value %.3g",
           c->maxError, c->maxUlps, c->maxShare, mean, rms);
  if (c->unbounded)
    printf("; %zu of %zu elements without a bound", c->unbounded,
           buffer->count);
  bool nothingChecked = 2 * c->unbounded > buffer->count;
  bool loose = mean > rms / 8 && mean > 0;
  bool failed = c->failures > 0 || nothingChecked;
  if (c->failures)
    printf("; %zu of %zu elements outside", c->failures, buffer->count);
  printf(": %s\n", failed ? "FAIL" : loose ? "ok, loose" : "ok");
  return failed ? 1 : loose ? 3 : 0;
}

int compareOutput(const Function *function, const Buffer *buffer,
                  const char *label, const char *folder, const char *output) {
  char path[4096];
  bufferPath(path, sizeof path, folder, buffer, "reference");
  size_t elementBytes =
      buffer->format < 0 ? buffer->itemSize : 4 * sizeof(double);
  void *reference = readRaw(path, buffer->count * elementBytes);
  void *raw = readRaw(output, buffer->count * buffer->itemSize);
  Comparison c = {0};
  for (size_t i = 0; reference && raw && i < buffer->count; i++) {
    double got = decode(buffer, raw, i);
    if (buffer->format >= 0)
      compareFloat(&c, buffer, i, reference, got);
    else if (got != decode(buffer, reference, i))
      printFailure(&c, buffer, i, got, decode(buffer, reference, i), 0);
  }
  int status = reference && raw ? report(&c, function, buffer, label) : 1;
  free(reference);
  free(raw);
  return status;
}
