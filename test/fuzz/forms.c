/* forms.c - what coverage-fuzz begins from, and whose its findings are. */
#include "forms.h"
#include "stock.h"
#include "trial.h"

#include "tt-c/Registration.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static bool writeForm(const char *path, const Buffer *form, int steps) {
  FILE *file = fopen(path, "wb");
  bool written = file && fprintf(file, "// steps %d 0\n", steps) >= 0 &&
                 fwrite(form->data, 1, form->size, file) == form->size;
  if (file && fclose(file))
    written = false;
  if (!written)
    fprintf(stderr, "ir-fuzz: cannot write '%s'\n", path);
  return written;
}

int writeForms(const char *folder, const Buffer *modules, size_t count,
               uint64_t seed) {
  Random random = randomFrom(seed, 0);
  MlirContext context = trialContext();
  bool written = true;
  ttRegisterAllPasses();
  for (size_t i = 0; written && i < 2 * count; i++) {
    int steps =
        i % 2 ? 1 + (int)randomBelow(&random, (size_t)pipelineLength() - 1) : 0;
    Buffer form = trialForm(context, &modules[i / 2], steps, 0);
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%zu-%d.mlir", folder, i / 2, steps);
    written = writeForm(path, &form, steps);
    free(form.data);
  }
  mlirContextDestroy(context);
  return written ? 0 : 2;
}

int judgeInput(const char *stock, const Buffer *input) {
  char folder[512];
  if (!stockFolder(folder, sizeof folder))
    return 2;
  bool upstream = stockCrashes(stock, input, folder, STOCK_SECONDS);
  rmdir(folder);
  return upstream ? 0 : 1;
}
