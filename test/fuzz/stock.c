/* stock.c - whether a crash is upstream's. */
#define _GNU_SOURCE
#include "stock.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { BAD_ACCESS = 99 };

/* What coverage-fuzz may take at once, and what a program needs to start. */
static const rlim_t mostMemory = (rlim_t)8 << 30;

/* Runs the command; what it says on stderr goes to the file `says`. More than
 * `memory` bytes of addresses, unless it is 0, are a crash. */
static int run(char *const *command, const char *says, rlim_t memory,
               rlim_t seconds) {
  pid_t child = fork();
  if (child == 0) {
    int nowhere = open("/dev/null", O_WRONLY);
    int said = open(says, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    dup2(nowhere, 1);
    dup2(said, 2);
    /* A hang counts as well; a program may say where it was. */
    struct rlimit limit = {seconds, seconds + 5};
    setrlimit(RLIMIT_CPU, &limit);
    struct rlimit addresses = {memory, memory};
    if (memory)
      setrlimit(RLIMIT_AS, &addresses);
    execvp(command[0], command);
    _exit(127);
  }
  int status = 0;
  while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
    ;
  return child > 0 ? status : 0;
}

static int runSilently(char *const *command, rlim_t memory, rlim_t seconds) {
  return run(command, "/dev/null", memory, seconds);
}

static bool crashesOn(const char *program, const char *path, rlim_t seconds) {
  char *command[] = {(char *)(uintptr_t)program, "--allow-unregistered-dialect",
                     "--split-input-file", (char *)(uintptr_t)path, NULL};
  return WIFSIGNALED(runSilently(command, mostMemory, seconds));
}

/* Damaged bytecode makes the reader write where it must not; whether that ends
   the program depends on what lies there. */
static bool misusesMemory(const char *program, const char *path) {
  char code[32];
  snprintf(code, sizeof code, "--error-exitcode=%d", BAD_ACCESS);
  char *command[] = {"valgrind",
                     "-q",
                     "--exit-on-first-error=yes",
                     code,
                     (char *)(uintptr_t)program,
                     "--allow-unregistered-dialect",
                     "--mlir-disable-threading",
                     (char *)(uintptr_t)path,
                     NULL};
  int status = runSilently(command, 0, STOCK_SECONDS);
  return WIFEXITED(status) && WEXITSTATUS(status) == BAD_ACCESS;
}

/* Each result of an op by its number, as the operand of an unknown op. */
static void writeResults(const char *line, size_t size, FILE *out) {
  for (size_t i = 0, name = 0; i < size; i++) {
    if (line[i] == '%')
      name = i;
    if (line[i] != '#' || line[name] != '%')
      continue;
    size_t stop = i + 1;
    while (stop < size && isdigit((unsigned char)line[stop]))
      stop++;
    fprintf(out, "\"x.y\"(%.*s) : (index) -> ()\n// -----\n",
            (int)(stop - name), line + name);
  }
}

/* Each line as a module, and attributes and operands in it on unknown ops. */
static void writeLines(const Buffer *input, FILE *out) {
  const char *line = input->data, *end = input->data + input->size;
  while (line < end) {
    const char *stop = memchr(line, '\n', (size_t)(end - line));
    stop = stop ? stop : end;
    size_t size = (size_t)(stop - line);
    fprintf(out, "%.*s\n// -----\n", (int)size, line);
    const char *open = memchr(line, '{', size),
               *close = memrchr(line, '}', size);
    if (open && close && open < close)
      fprintf(out, "\"x.y\"() %.*s : () -> ()\n// -----\n",
              (int)(close + 1 - open), open);
    writeResults(line, size, out);
    line = stop + 1;
  }
}

static bool save(const Buffer *input, bool lines, const char *path) {
  FILE *file = fopen(path, "wb");
  if (!file)
    return false;
  if (lines)
    writeLines(input, file);
  else
    fwrite(input->data, 1, input->size, file);
  return !fclose(file);
}

bool isBytecode(const Buffer *input) {
  return input->size > 4 && !memcmp(input->data, "ML\xefR", 4);
}

/* Whether the line of a stack dump is about a function that we wrote: not what
 * upstream's generator makes of a list of attributes to read. */
static bool isOurs(const char *line) {
  return (strstr(line, "libtt") || strstr(line, "mlir::tt::")) &&
         !strstr(line, "::readProperties(mlir::DialectBytecodeReader&") &&
         !strstr(line, "mlir::DialectBytecodeReader::");
}

bool readerCrashes(const char *program, const Buffer *input, const char *folder,
                   unsigned seconds) {
  char path[PATH_MAX], says[PATH_MAX], line[4096];
  snprintf(path, sizeof path, "%s/reader.mlirbc", folder);
  snprintf(says, sizeof says, "%s/reader.txt", folder);
  if (!save(input, false, path))
    return false;
  char *command[] = {(char *)(uintptr_t)program, "--mlir-disable-threading",
                     path, NULL};
  bool crashed = WIFSIGNALED(run(command, says, 0, seconds)), inReader = false;
  FILE *file = fopen(says, "r");
  /* From the innermost frame outwards. */
  while (crashed && !inReader && file && fgets(line, sizeof line, file)) {
    crashed = !isOurs(line);
    inReader = crashed && strstr(line, "mlir::readBytecodeFile(");
  }
  if (file)
    fclose(file);
  unlink(path);
  unlink(says);
  return inReader;
}

bool stockFolder(char *path, size_t room) {
  const char *scratch = getenv("TMPDIR");
  int size =
      snprintf(path, room, "%s/ir-fuzz-XXXXXX", scratch ? scratch : "/tmp");
  if (size < (int)room && mkdtemp(path))
    return true;
  perror("ir-fuzz: mkdtemp");
  return false;
}

bool stockCrashes(const char *program, const Buffer *input, const char *folder,
                  unsigned seconds) {
  char path[PATH_MAX];
  bool crashes = false;
  for (int lines = 0; lines < 2 && !crashes; lines++) {
    snprintf(path, sizeof path, "%s/stock.mlir", folder);
    if (!save(input, lines, path))
      return false;
    crashes = crashesOn(program, path, seconds) ||
              (isBytecode(input) && misusesMemory(program, path));
    unlink(path);
    if (isBytecode(input))
      break;
  }
  return crashes;
}
