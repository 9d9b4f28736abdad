/* compile.c - kernels to shared objects, by the host compiler, at run time.
 *
 * Each role of a kernel is a small generated file that sets the arguments and
 * formats as macros and includes the kernel by its absolute path. What it and
 * the flags say is the key of a cache; an object is used again if the files it
 * was made from have the same contents. What is missing is compiled in
 * parallel.
 */
#define _GNU_SOURCE
#include "cache.h"
#include "compile_log.h"
#include "machine.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <spawn.h>
#include <stb/stb_ds.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/*===- compiling ----------------------------------------------------------===*/

static const char *compiler(void) {
  const char *chosen = getenv("TT_EMU_CXX");
  return chosen && *chosen ? chosen : "c++";
}

/* The program behind the command's first word, through links; the word itself
 * when it is not found. From malloc. */
static char *program_path(const char *command) {
  char name[PATH_MAX];
  snprintf(name, sizeof name, "%s", command);
  name[strcspn(name, " ")] = 0;
  char *paths = strdup(getenv("PATH") ? getenv("PATH") : ""), *rest = paths;
  char *found = strchr(name, '/') ? realpath(name, NULL) : NULL;
  for (char *dir; !found && (dir = strsep(&rest, ":"));) {
    char full[2 * PATH_MAX];
    snprintf(full, sizeof full, "%s/%s", dir, name);
    found = realpath(full, NULL);
  }
  free(paths);
  return found ? found : strdup(name);
}

bool compiler_is_clang(const char *command) {
  char *path = program_path(command);
  /* Also behind a launcher, as in `ccache clang++`. */
  bool clang = strstr(path, "clang") || strstr(command, "clang");
  free(path);
  return clang;
}

uint64_t compiler_stamp(const char *command) {
  char *path = program_path(command);
  struct stat made;
  bool there = !stat(path, &made);
  free(path);
  return there ? (uint64_t)made.st_size * 31 + (uint64_t)made.st_mtim.tv_sec
               : 0;
}

static const char *include_dir(void) {
  const char *chosen = getenv("TT_EMU_INCLUDE");
  return chosen && *chosen ? chosen : TT_EMU_INCLUDE_DIR;
}

/* Adds the words of a list; `prefix` goes before each. */
static void add_words(char ***command, const char *list, const char *separators,
                      const char *prefix) {
  char *copy = strdup(list ? list : ""), *rest = copy, *word;
  while ((word = strsep(&rest, separators)))
    if (*word) {
      char *full = malloc(strlen(prefix) + strlen(word) + 1);
      strcpy(full, prefix);
      strcat(full, word);
      arrput(*command, full);
    }
  free(copy);
}

static char **command_for(EmuRisc risc, const char *opt_level) {
  char **command = NULL;
  add_words(&command, compiler(), " ", "");
  add_words(&command,
            "-x c++ -std=c++17 -fPIC -shared -nostartfiles -nostdlib "
            "-fno-exceptions -fno-rtti -fvisibility=hidden -Wl,-z,now "
            "-fno-strict-aliasing -Wall -Werror "
            "-Wno-int-to-pointer-cast -Wno-array-bounds",
            " ", "");
  /* What the builds of the SDK do not mind. */
  add_words(&command,
            getenv("TT_EMU_STRICT")
                ? "-Wextra"
                : "-Wno-unknown-pragmas -Wno-deprecated-declarations "
                  "-Wno-unused-variable -Wno-unused-function "
                  "-Wno-unused-parameter -Wno-unused-but-set-variable "
                  "-Wno-sign-compare -Wno-missing-field-initializers "
                  "-Wno-parentheses -Wno-empty-body",
            " ", "");
  /* An address is 32 bits wide on the processors; see allow_casts for gcc. */
  if (compiler_is_clang(compiler()))
    add_words(&command, "-fms-extensions -Wno-pointer-to-int-cast", " ", "");
  add_words(&command, opt_level, " ", "");
  /* The accesses of data movement kernels are watched: instrument.c. The lines
   * of debug information of version 4 are read by every addr2line. */
  if (risc < EMU_UNPACK) {
    add_words(&command,
              "-g1 -gdwarf-4 -fno-builtin -fsanitize=thread "
              "-Wl,--wrap=memcpy,--wrap=memmove,--wrap=memset",
              " ", "");
    add_words(&command,
              compiler_is_clang(compiler())
                  ? "-mllvm -tsan-distinguish-volatile "
                    "-mllvm -tsan-instrument-func-entry-exit=0"
                  : "-Wno-tsan "
                    "--param=tsan-distinguish-volatile=1 "
                    "--param=tsan-instrument-func-entry-exit=0",
              " ", "");
  }
  add_words(&command, include_dir(), "\n", "-I");
  add_words(&command, getenv("TT_EMU_EXTRA_INCLUDE"), ":", "-I");
  add_words(&command, getenv("TT_EMU_CXXFLAGS"), " ", "");
  return command;
}

typedef struct Job {
  KernelImage *image;
  EmuKernel *kernel;
  EmuRisc risc;
  char *source; /* generated file */
  char *log;
  char *temporary;
  bool permissive;
  struct timespec started;
  pid_t process;
} Job;

static KernelImage **images; /* stb_ds: everything loaded in this process */

static char *format_path(const char *format, ...) {
  char path[PATH_MAX];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(path, sizeof path, format, arguments);
  va_end(arguments);
  return strdup(path);
}

static KernelImage *image_for(const char *key) {
  for (ptrdiff_t i = 0; i < arrlen(images); i++)
    if (!strcmp(images[i]->key, key))
      return images[i];
  KernelImage *image = calloc(1, sizeof *image);
  image->key = strdup(key);
  image->path = format_path("%s/%s.so", cache_dir(), key);
  arrput(images, image);
  return image;
}

static bool start_job(Job *job, const char *opt_level) {
  char **command = command_for(job->risc, opt_level);
  if (job->permissive)
    add_words(&command, "-fpermissive -Wno-error", " ", "");
  else
    job->temporary = cache_temporary(job->image->path);
  clock_gettime(CLOCK_REALTIME, &job->started);
  job->log = job->log ? job->log : format_path("%s.log", job->temporary);
  char *depend = format_path("%s.d", job->image->path);
  const char *const rest[] = {"-MD",          "-MF",       depend, "-o",
                              job->temporary, job->source, NULL};
  for (int i = 0; rest[i]; i++)
    arrput(command, strdup(rest[i]));
  arrput(command, NULL);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 1, job->log,
                                   O_WRONLY | O_CREAT | O_TRUNC, 0666);
  posix_spawn_file_actions_adddup2(&actions, 1, 2);
  int failed =
      posix_spawnp(&job->process, command[0], &actions, NULL, command, environ);
  posix_spawn_file_actions_destroy(&actions);
  for (ptrdiff_t i = 0; i < arrlen(command); i++)
    free(command[i]);
  arrfree(command);
  free(depend);
  if (failed)
    return host_error("cannot run the compiler '%s': %s; TT_EMU_CXX names "
                      "another",
                      compiler(), strerror(failed));
  return true;
}

static bool keep_object(const Job *job) {
  if (rename(job->temporary, job->image->path))
    return host_error("cannot write '%s': %s; TT_EMU_CACHE names another "
                      "folder",
                      job->image->path, strerror(errno));
  cache_seal(job->image->path, job->started);
  return true;
}

static int wait_for(const Job *job) {
  int status = 0;
  while (waitpid(job->process, &status, 0) < 0 && errno == EINTR)
    ;
  return status;
}

/* gcc refuses to make a 32-bit word of an address unless it is permissive in
 * everything. It is where that is the only error, provided it then has nothing
 * else to say. */
static bool allow_casts(Job *job, const char *opt_level, int *status) {
  if (compiler_is_clang(compiler()) || !log_is_of_casts(job->log))
    return false;
  job->permissive = true;
  if (!start_job(job, opt_level))
    return false;
  *status = wait_for(job);
  return *status == 0 && log_is_of_casts(job->log);
}

static bool finish_job(Job *job, const char *opt_level) {
  int status = wait_for(job);
  bool good = status == 0 || allow_casts(job, opt_level, &status);
  if (!good) {
    /* The roles of a kernel mostly fail alike: one of them says it. */
    if (!job->kernel->failed)
      log_print(job->log, compiler(), status);
    job->kernel->failed = true;
    host_error("kernel '%s' does not compile for %s", job->kernel->path,
               emu_risc_name(job->risc));
  }
  good = good && keep_object(job);
  if (!good)
    unlink(job->temporary);
  unlink(job->log);
  free(job->log);
  free(job->temporary);
  return good;
}

/* Runs the jobs, as many at a time as there are processors. */
static bool run_jobs(Job *jobs, const char *opt_level) {
  long width = sysconf(_SC_NPROCESSORS_ONLN);
  ptrdiff_t started = 0, finished = 0;
  bool good = true;
  while (finished < started || (good && started < arrlen(jobs))) {
    if (good && started < arrlen(jobs) && started - finished < width) {
      good = start_job(&jobs[started], opt_level);
      started += good;
      continue;
    }
    good = finish_job(&jobs[finished++], opt_level) && good;
  }
  return good;
}

/*===- loading ------------------------------------------------------------===*/

static bool load(KernelImage *image) {
  if (image->entry)
    return true;
  image->handle = dlopen(image->path, RTLD_NOW | RTLD_LOCAL);
  if (!image->handle)
    return host_error("cannot load a kernel: %s", dlerror());
  void *entry = dlsym(image->handle, "emu_kernel_entry");
  memcpy(&image->entry, &entry, sizeof entry);
  globals_find(image);
  return entry || host_error("'%s' has no entry", image->path);
}

/* The file of a kernel given as text. */
static char *file_of(EmuKernel *kernel) {
  if (!kernel->source)
    return cache_find_kernel(kernel->path);
  uint64_t hash = cache_hash(kernel->source, 0xcbf29ce484222325ull);
  char *path =
      format_path("%s/text-%016llx.cpp", cache_dir(), (unsigned long long)hash);
  struct stat there;
  if (stat(path, &there) && !cache_write(path, kernel->source)) {
    free(path);
    return NULL;
  }
  return path;
}

static bool add_job(Job **jobs, EmuKernel *kernel, EmuRisc risc,
                    const char *path, const char *opt_level) {
  char *frame = frame_text(kernel, risc, path);
  char **command = command_for(risc, opt_level);
  uint64_t low = cache_hash(frame, 0xcbf29ce484222325ull), high = 0x9e3779b9;
  for (ptrdiff_t i = 0; i < arrlen(command); i++) {
    low = cache_hash(command[i], low);
    free(command[i]);
  }
  arrfree(command);
  high = cache_hash(frame, low * 31 + high + compiler_stamp(compiler()));
  char key[64];
  snprintf(key, sizeof key, "%s-%016llx%016llx", emu_risc_name(risc),
           (unsigned long long)low, (unsigned long long)high);
  KernelImage *image = image_for(key);
  kernel->image[risc] = image;
  bool good = true, queued = image->entry || cache_is_fresh(image->path);
  for (ptrdiff_t i = 0; i < arrlen(*jobs); i++)
    queued |= (*jobs)[i].image == image;
  if (!queued) {
    Job job = {.image = image, .kernel = kernel, .risc = risc};
    job.source = format_path("%s/%s.cpp", cache_dir(), key);
    good = cache_write(job.source, frame);
    arrput(*jobs, job);
  }
  free(frame);
  return good;
}

static bool gather(Job **jobs, EmuKernel *kernel, const char *opt_level) {
  char *path = file_of(kernel);
  if (!path)
    return false;
  bool good = true;
  if (kernel->kind == EMU_DATA_MOVEMENT)
    good = add_job(jobs, kernel, kernel->risc, path, opt_level);
  for (int risc = EMU_UNPACK;
       good && kernel->kind == EMU_COMPUTE && risc < EMU_RISCS; risc++)
    good = add_job(jobs, kernel, (EmuRisc)risc, path, opt_level);
  free(path);
  return good;
}

bool compile_program(EmuDevice *device, EmuProgram *program) {
  (void)device;
  const char *opt_level = getenv("TT_EMU_OPT");
  opt_level = opt_level && *opt_level ? opt_level : "-O1";
  Job *jobs = NULL;
  bool good = true;
  for (ptrdiff_t i = 0; i < arrlen(program->kernels) && good; i++)
    good = gather(&jobs, program->kernels[i], opt_level);
  good = good && run_jobs(jobs, opt_level);
  for (ptrdiff_t i = 0; i < arrlen(jobs); i++)
    free(jobs[i].source);
  arrfree(jobs);
  for (ptrdiff_t i = 0; i < arrlen(program->kernels) && good; i++)
    for (int risc = 0; risc < EMU_RISCS && good; risc++)
      if (program->kernels[i]->image[risc])
        good = load(program->kernels[i]->image[risc]);
  return good;
}
