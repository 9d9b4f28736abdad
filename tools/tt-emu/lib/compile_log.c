/* compile_log.c - reads and prints what the compiler of kernels said. */
#include "compile_log.h"
#include "cache.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

/* What is behind some errors, and what to do. */
static const char *note_for(const char *line) {
  static const char *const below[] = {"TTI_", "TT_OP_", "llk_",
                                      "sfpi", "vFloat", "ckernel_"};
  if (!strstr(line, "error:"))
    return NULL;
  /* As gcc and as clang say it. */
  if ((strstr(line, "No such file or directory") ||
       strstr(line, "file not found")) &&
      !strstr(line, "llk_") && !strstr(line, "ckernel_") &&
      !strstr(line, "sfpi"))
    return "headers of an SDK besides api/ and tt-metalium/ come from a folder "
           "named with --include or TT_EMU_EXTRA_INCLUDE";
  for (size_t i = 0; i < sizeof below / sizeof *below; i++)
    if (strstr(line, below[i]))
      return "instructions (TTI_*), llk_* functions and sfpi code are not "
             "emulated: use the calls of api/compute";
  return NULL;
}

/* What the compiler said; nothing at all when the disk is full. */
void log_print(const char *path, const char *compiler, int status) {
  FILE *file = fopen(path, "r");
  char line[4096];
  const char *note = NULL;
  bool any = false;
  while (file && fgets(line, sizeof line, file)) {
    any = true;
    fputs(line, stderr);
    note = note ? note : note_for(line);
  }
  if (!any)
    fprintf(stderr,
            "tt-emu: error: the compiler '%s' ended with %s %d and left no "
            "message in '%s'\n",
            compiler, WIFSIGNALED(status) ? "signal" : "status",
            WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status),
            cache_dir());
  if (note)
    fprintf(stderr, "tt-emu: note: %s\n", note);
  if (file)
    fclose(file);
}

bool log_is_of_casts(const char *path) {
  FILE *file = fopen(path, "r");
  char line[4096];
  bool any = false, other = false;
  while (file && fgets(line, sizeof line, file)) {
    if (!strstr(line, "error:") && !strstr(line, "warning:"))
      continue;
    bool cast = strstr(line, "loses precision") != NULL;
    any |= cast;
    other |= !cast;
  }
  if (file)
    fclose(file);
  return any && !other;
}
