// tt-reference: seeded data, the reference on it, and the comparison with what
// the artifacts computed.
//
//   tt-reference run LIBRARY SIGNATURE FUNCTION FOLDER [--seed N] [--integers]
//   [--range POSITION LOW HIGH]...
//     Writes every argument's data to FOLDER/argument<i>.bin, runs the
//     reference, and writes for each output what the comparison needs
//     (.reference) and its value rounded to the buffer's format (.rounded).
//   tt-reference compare SIGNATURE FUNCTION FOLDER LABEL POSITION FILE
//     POSITION is argument<i> or result<i>. Exit status: see compareOutput.

#include "data.h"

#include "rules.h"

#include <dlfcn.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  uint64_t seed;
  bool integers; // small integers only, on which most arithmetic is exact
  int numRanges;
  struct {
    int position;
    double low, high;
  } ranges[256];
} DataOptions;

// splitmix64
static uint64_t nextRandom(uint64_t *state) {
  uint64_t z = *state += 0x9e3779b97f4a7c15;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
  z = (z ^ z >> 27) * 0x94d049bb133111eb;
  return z ^ z >> 31;
}

static double uniform(uint64_t *state) {
  return (double)(nextRandom(state) >> 11) * 0x1p-53;
}

static double draw(uint64_t *state, bool integers, bool hasRange, double low,
                   double high) {
  if (!hasRange && !integers)
    return uniform(state) + uniform(state) -
           1; // between -1 and 1, mostly near 0
  if (!hasRange)
    return (double)(nextRandom(state) >> 62 & 1) -
           (double)(nextRandom(state) >> 62 & 1); // -1, 0, 0 or 1
  double first = ceil(low), numIntegers = floor(high) - first + 1;
  if (integers && numIntegers >= 1)
    return first + floor(uniform(state) * numIntegers);
  return low + uniform(state) * (high - low);
}

static void fillArgument(const Buffer *buffer, void *raw,
                         const DataOptions *options) {
  uint64_t state =
      options->seed * 0x2545f4914f6cdd1d + (uint64_t)buffer->position;
  bool hasRange = buffer->format < 0, isSigned = buffer->dtype[0] == 'i';
  double low = isSigned ? -8 : 0, high = 8;
  for (int i = 0; i < options->numRanges; i++)
    if (options->ranges[i].position == buffer->position) {
      hasRange = true;
      low = options->ranges[i].low;
      high = options->ranges[i].high;
    }
  for (size_t i = 0; i < buffer->count; i++)
    encode(buffer, raw, i,
           draw(&state, options->integers || buffer->format < 0, hasRange, low,
                high));
  roundBlocks(buffer, raw);
}

// What the reference works on: tracked values for floats, the integers
// themselves otherwise.
static void *makeTracked(const Buffer *buffer, const void *raw) {
  size_t elementBytes =
      buffer->format < 0 ? buffer->itemSize : 4 * sizeof(double);
  size_t bytes = (buffer->count * elementBytes + 63) / 64 * 64;
  double *tracked = aligned_alloc(64, bytes ? bytes : 64);
  if (!tracked)
    return NULL;
  if (buffer->format < 0) {
    memcpy(tracked, raw, buffer->count * elementBytes);
    return tracked;
  }
  for (size_t i = 0; i < buffer->count; i++) {
    double value = decode(buffer, raw, i);
    double components[4] = {value, 0, fabs(value), tt_rule_fraction(value)};
    memcpy(tracked + 4 * i, components, sizeof components);
  }
  return tracked;
}

static bool writeOutput(const Buffer *buffer, const void *tracked,
                        const char *folder) {
  char path[4096];
  size_t elementBytes =
      buffer->format < 0 ? buffer->itemSize : 4 * sizeof(double);
  bufferPath(path, sizeof path, folder, buffer, "reference");
  if (!writeRaw(path, tracked, buffer->count * elementBytes))
    return false;
  void *raw = calloc(buffer->count + 1, buffer->itemSize);
  if (!raw)
    return false;
  for (size_t i = 0; i < buffer->count; i++)
    encode(buffer, raw, i,
           buffer->format < 0 ? decode(buffer, tracked, i)
                              : ((const double *)tracked)[4 * i]);
  roundBlocks(buffer, raw);
  bufferPath(path, sizeof path, folder, buffer, "rounded");
  bool ok = writeRaw(path, raw, buffer->count * buffer->itemSize);
  free(raw);
  return ok;
}

static void *makeBuffer(const Buffer *buffer, const DataOptions *options,
                        const char *folder) {
  void *raw = calloc(buffer->count + 1, buffer->itemSize);
  if (!raw)
    return NULL;
  bool ok = true;
  if (!buffer->isResult) {
    char path[4096];
    fillArgument(buffer, raw, options);
    bufferPath(path, sizeof path, folder, buffer, "bin");
    ok = writeRaw(path, raw, buffer->count * buffer->itemSize);
  }
  void *tracked = ok ? makeTracked(buffer, raw) : NULL;
  free(raw);
  return tracked;
}

static int runReference(const char *library, const Function *function,
                        const char *folder, const DataOptions *options) {
  void *handle = dlopen(library, RTLD_NOW);
  if (!handle) {
    fprintf(stderr, "%s\n", dlerror());
    return 1;
  }
  char name[64];
  snprintf(name, sizeof name, "tt_check_entry_%d", function->number);
  void (*entry)(void **);
  void *symbol = dlsym(handle, name);
  memcpy(
      &entry, &symbol,
      sizeof entry); // ISO C has no conversion from object to function pointers
  void *buffers[256] = {NULL};
  bool ok = symbol != NULL;
  for (int i = 0; i < function->numBuffers && ok; i++) {
    buffers[i] = makeBuffer(&function->buffers[i], options, folder);
    ok = buffers[i] != NULL;
  }
  if (ok)
    entry(buffers);
  for (int i = 0; i < function->numBuffers; i++) {
    if (ok && function->buffers[i].isWritten)
      ok = writeOutput(&function->buffers[i], buffers[i], folder);
    free(buffers[i]);
  }
  dlclose(handle);
  if (!ok)
    fprintf(stderr, "the reference of '%s' could not run\n", function->name);
  return ok ? 0 : 1;
}

static bool readOptions(int argc, char **argv, DataOptions *options) {
  for (int i = 0; i < argc; i++) {
    if (strcmp(argv[i], "--integers") == 0) {
      options->integers = true;
    } else if (strcmp(argv[i], "--seed") == 0 && i + 1 < argc) {
      options->seed = strtoull(argv[++i], NULL, 10);
    } else if (strcmp(argv[i], "--range") == 0 && i + 3 < argc &&
               options->numRanges < 256) {
      int n = options->numRanges++;
      options->ranges[n].position = atoi(argv[i + 1]);
      options->ranges[n].low = strtod(argv[i + 2], NULL);
      options->ranges[n].high = strtod(argv[i + 3], NULL);
      i += 3;
    } else {
      fprintf(stderr, "unknown option '%s'\n", argv[i]);
      return false;
    }
  }
  return true;
}

static int compareAt(const Function *function, char **argv) {
  for (int i = 0; i < function->numBuffers; i++) {
    char position[32];
    const Buffer *buffer = &function->buffers[i];
    snprintf(position, sizeof position, "%s%d",
             buffer->isResult ? "result" : "argument", buffer->position);
    if (strcmp(position, argv[1]) == 0)
      return compareOutput(function, buffer, argv[0], argv[-1], argv[2]);
  }
  fprintf(stderr, "'%s' has no buffer '%s'\n", function->name, argv[1]);
  return 1;
}

int main(int argc, char **argv) {
  static Function function;
  // A file that may not grow any more is an error of the write.
  signal(SIGXFSZ, SIG_IGN);
  if (argc >= 6 && strcmp(argv[1], "run") == 0) {
    static DataOptions options;
    if (!readFunction(argv[3], argv[4], &function) ||
        !readOptions(argc - 6, argv + 6, &options))
      return 1;
    return runReference(argv[2], &function, argv[5], &options);
  }
  if (argc == 8 && strcmp(argv[1], "compare") == 0)
    return readFunction(argv[2], argv[3], &function)
               ? compareAt(&function, argv + 5)
               : 1;
  fprintf(
      stderr,
      "usage: tt-reference run LIBRARY SIGNATURE FUNCTION FOLDER [OPTIONS] |\n"
      "       tt-reference compare SIGNATURE FUNCTION FOLDER LABEL POSITION "
      "FILE\n");
  return 2;
}
