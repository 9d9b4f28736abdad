/* coverage_fuzz.c - libFuzzer on the entry points in C: the parser with our
 * dialect, the passes, the printers and what the C interface says about each
 * op.
 *
 * An input is a module in text form. The line `// steps FROM COUNT` at its
 * beginning gives so many passes of the pipeline, from the FROMth on; without
 * it, all of them and then the printers. Bytecode is left to ir-fuzz: what
 * damaged bytecode does to upstream's reader would be most of what is found.
 */
#include "trial.h"

#include "tt-c/Registration.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Inputs that share a context: it keeps every type and attribute. */
enum { INPUTS = 200 };

/* libFuzzer's own change of bytes; the new size. */
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most);

/* Called by libFuzzer. */
int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most,
                               unsigned seed);
size_t LLVMFuzzerCustomCrossOver(const uint8_t *one, size_t oneSize,
                                 const uint8_t *two, size_t twoSize,
                                 uint8_t *out, size_t most, unsigned seed);

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc;
  (void)argv;
  ttRegisterAllPasses();
  return 0;
}

static TrialPlan planOf(const Buffer *input) {
  int from = 0, count = 0, length = pipelineLength();
  if (sscanf(input->data, "// steps %d %d", &from, &count) != 2 || from < 0 ||
      from >= length)
    from = count = 0;
  TrialPlan plan = {{0}, 0, count <= 0 || count >= length - from};
  int end = plan.print ? length : from + count;
  for (int step = from; step < end; step++)
    plan.steps[plan.count++] = step;
  return plan;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static MlirContext context;
  static int left;
  if (size > 4 && !memcmp(data, "ML\xefR", 4))
    return -1;
  if (!left) {
    context = trialContext();
    left = INPUTS;
  }
  Buffer input = bufferCopy((const char *)data, size);
  TrialPlan plan = planOf(&input);
  if (trialRun(context, &input, &plan) == TrialSilent) {
    fprintf(stderr, "coverage-fuzz: refused without an error\n");
    abort();
  }
  free(input.data);
  if (!--left)
    mlirContextDestroy(context);
  return 0;
}

/* As many bytes of a changed text as there is room for. */
static size_t give(Buffer changed, uint8_t *out, size_t most) {
  size_t size = changed.size < most ? changed.size : most;
  memcpy(out, changed.data, size);
  free(changed.data);
  return size;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most,
                               unsigned seed) {
  Random random = randomFrom(seed, size);
  if (size == 0 || randomBelow(&random, 4) == 0)
    return LLVMFuzzerMutate(data, size, most);
  Buffer text = bufferCopy((const char *)data, size);
  size = give(mutateText(&random, &text, &text), data, most);
  free(text.data);
  return size;
}

size_t LLVMFuzzerCustomCrossOver(const uint8_t *one, size_t oneSize,
                                 const uint8_t *two, size_t twoSize,
                                 uint8_t *out, size_t most, unsigned seed) {
  Random random = randomFrom(seed, oneSize + twoSize);
  if (!oneSize || !twoSize)
    return 0;
  Buffer text = bufferCopy((const char *)one, oneSize),
         other = bufferCopy((const char *)two, twoSize);
  size_t size = give(mutateText(&random, &text, &other), out, most);
  free(text.data);
  free(other.data);
  return size;
}
