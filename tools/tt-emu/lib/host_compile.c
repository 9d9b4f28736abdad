/* host_compile.c - a host program by the host compiler.
 *
 * Most of that time goes into reading headers. The includes that the program
 * begins with, and nothing else, are therefore compiled once and kept in the
 * cache: the program still sees only what it includes itself.
 */
#define _GNU_SOURCE
#include "cache.h"
#include "emu.h"
#include "machine.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <spawn.h>
#include <stb/stb_ds.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static bool is_directive(const char *line) {
  return !strncmp(line, "#include <", 10);
}

static bool is_skipped(const char *line) {
  return line[0] == '\n' || !strncmp(line, "//", 2);
}

/* The lines `#include <…>` in front of everything else, from malloc. */
static char *first_includes(const char *source) {
  FILE *file = fopen(source, "r");
  char *text = NULL, *line = NULL;
  size_t size = 0, room = 0;
  FILE *out = open_memstream(&text, &size);
  while (file && getline(&line, &room, file) > 0 &&
         (is_directive(line) || is_skipped(line)))
    if (is_directive(line))
      fputs(line, out);
  free(line);
  fclose(out);
  if (file)
    fclose(file);
  return text;
}

/* Runs the compiler; what it says goes to stderr, or nowhere. */
static int run_compiler(const char *const *command, bool quiet) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  if (quiet) {
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, 1, 2);
  }
  pid_t process;
  int failed = posix_spawnp(&process, command[0], &actions, NULL,
                            (char *const *)(uintptr_t)command, environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed && !quiet)
    fprintf(stderr,
            "tt-emu: cannot run the compiler '%s': %s; TT_EMU_CXX names "
            "another\n",
            command[0], strerror(failed));
  if (failed)
    return 127;
  int status = 0;
  while (waitpid(process, &status, 0) < 0 && errno == EINTR)
    ;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static const char *host_compiler(void) {
  const char *own = getenv("TT_EMU_HOST_CXX"), *shared = getenv("TT_EMU_CXX");
  return own && *own ? own : shared && *shared ? shared : "c++";
}

/* Runs the compiler with the flags, an stb_ds array that begins with its own
 * words, and what follows them up to a NULL. */
static int compile(const char *const *flags, const char *const *rest,
                   bool quiet) {
  const char **command = NULL;
  for (ptrdiff_t i = 0; i < arrlen(flags); i++)
    arrput(command, flags[i]);
  while (*rest)
    arrput(command, *rest++);
  arrput(command, NULL);
  int status = run_compiler(command, quiet);
  arrfree(command);
  return status;
}

/* Compiles the header at `path` for programs with these flags. */
static bool precompile(const char *path, const char *const *flags) {
  char object[PATH_MAX + 8], depend[PATH_MAX + 16];
  struct timespec started;
  clock_gettime(CLOCK_REALTIME, &started);
  snprintf(object, sizeof object, "%s.gch", path);
  char *temporary = cache_temporary(object);
  snprintf(depend, sizeof depend, "%s.d", object);
  const char *const rest[] = {"-x",   "c++-header", path,      "-MD", "-MF",
                              depend, "-o",         temporary, NULL};
  bool good = !compile(flags, rest, true) && !rename(temporary, object);
  if (good)
    cache_seal(object, started);
  else
    unlink(temporary);
  free(temporary);
  return good;
}

/* The header to include in front of the program; false: there is none, and
 * whatever is wrong will show where the program is compiled. */
static bool header_for(const char *source, const char *const *flags, char *path,
                       size_t size) {
  char *text = first_includes(source), object[PATH_MAX + 8];
  uint64_t hash =
      cache_hash(text, 0xcbf29ce484222325ull ^ compiler_stamp(flags[0]));
  for (ptrdiff_t i = 0; i < arrlen(flags); i++)
    hash = cache_hash(flags[i], hash);
  snprintf(path, size, "%s/host-%016llx.hpp", cache_dir(),
           (unsigned long long)hash);
  snprintf(object, sizeof object, "%s.gch", path);
  bool good = *text && (cache_is_fresh(object) ||
                        (cache_write(path, text) && precompile(path, flags)));
  free(text);
  return good;
}

int emu_compile_host(const char *source, const char *program,
                     const char *lib_dir) {
  const char *level = getenv("TT_EMU_HOST_OPT");
  const char *chosen = getenv("TT_EMU_INCLUDE");
  char include[PATH_MAX + 8], lib[PATH_MAX + 8], rpath[PATH_MAX + 16];
  char header[PATH_MAX];
  snprintf(include, sizeof include, "-I%s",
           chosen && *chosen ? chosen : TT_EMU_INCLUDE_DIR);
  snprintf(lib, sizeof lib, "-L%s", lib_dir);
  snprintf(rpath, sizeof rpath, "-Wl,-rpath,%s", lib_dir);
  const char **flags = NULL;
  char *compiler = strdup(host_compiler()), *words = compiler, *word;
  while ((word = strsep(&words, " "))) /* there may be a launcher */
    if (*word)
      arrput(flags, word);
  arrput(flags, "-std=c++20");
  arrput(flags, level && *level ? level : "-O1");
  arrput(flags, "-Wno-narrowing");
  arrput(flags, include);
  /* Whether a header still holds is for the cache to say, not for the dates of
   * the files behind it. */
  if (compiler_is_clang(host_compiler())) {
    arrput(flags, "-fpch-validate-input-files-content");
    arrput(flags, "-fpch-instantiate-templates");
  }
  if (*TT_EMU_SANITIZE)
    arrput(flags, TT_EMU_SANITIZE);
  const char *const rest[] = {"-include", header, source,     "-o", program,
                              lib,        rpath,  "-ltt-emu", NULL};
  /* Without the header if it cannot be included twice, or to show an error. */
  int status = 1;
  if (header_for(source, flags, header, sizeof header))
    status = compile(flags, rest, true);
  if (status)
    status = compile(flags, rest + 2, false);
  arrfree(flags);
  free(compiler);
  return status;
}
