/* compile.c - kernels to shared objects, by the host compiler, at run time.
 *
 * Each role of a kernel is a small generated file that sets the arguments and
 * formats as macros and includes the kernel by its absolute path. What it and
 * the flags say is the key of a cache; an object is used again if no file it
 * was made from is newer. What is missing is compiled in parallel.
 */
#define _GNU_SOURCE
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

/*===- text ---------------------------------------------------------------===*/

typedef struct Text {
  char *bytes; /* stb_ds, not terminated until text_end */
} Text;

__attribute__((format(printf, 2, 3))) static void add(Text *text,
                                                      const char *format, ...) {
  char line[8192];
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(line, sizeof line, format, arguments);
  va_end(arguments);
  if (length >= (int)sizeof line)
    length = (int)sizeof line - 1;
  for (int i = 0; i < length; i++)
    arrput(text->bytes, line[i]);
}

static const char *text_end(Text *text) {
  arrput(text->bytes, 0);
  return text->bytes;
}

static uint64_t hash_text(const char *text, uint64_t hash) {
  for (; *text; text++)
    hash = (hash ^ (uint8_t)*text) * 0x100000001b3ull;
  return hash;
}

/*===- places -------------------------------------------------------------===*/

static const char *cache_dir(void) {
  static char path[PATH_MAX];
  if (path[0])
    return path;
  const char *chosen = getenv("TT_EMU_CACHE"), *xdg = getenv("XDG_CACHE_HOME"),
             *home = getenv("HOME");
  if (chosen && *chosen)
    snprintf(path, sizeof path, "%s", chosen);
  else if (xdg && *xdg)
    snprintf(path, sizeof path, "%s/tt-emu", xdg);
  else
    snprintf(path, sizeof path, "%s/.cache/tt-emu", home ? home : "/tmp");
  for (char *slash = path + 1; (slash = strchr(slash, '/')); slash++) {
    *slash = 0;
    mkdir(path, 0777);
    *slash = '/';
  }
  if (mkdir(path, 0777) && errno != EEXIST)
    emu_refuse("cannot make the cache directory '%s': %s; TT_EMU_CACHE names "
               "another",
               path, strerror(errno));
  return path;
}

/* Absolute path of a kernel file: as given, then below the directories that
 * TT-Metalium looks in. */
static char *find_kernel(const char *path) {
  static const char *const roots[] = {"TT_METAL_KERNEL_PATH",
                                      "TT_METAL_RUNTIME_ROOT", "TT_METAL_HOME",
                                      "TT_EMU_KERNEL_PATH"};
  char *found = realpath(path, NULL);
  for (size_t i = 0; !found && i < sizeof roots / sizeof *roots; i++) {
    const char *root = getenv(roots[i]);
    if (!root || path[0] == '/')
      continue;
    char full[PATH_MAX];
    snprintf(full, sizeof full, "%s/%s", root, path);
    found = realpath(full, NULL);
  }
  if (!found)
    host_error("kernel file '%s' does not exist (looked in the current "
               "directory, TT_METAL_KERNEL_PATH, TT_METAL_RUNTIME_ROOT, "
               "TT_METAL_HOME and TT_EMU_KERNEL_PATH)",
               path);
  return found;
}

static bool write_file(const char *path, const char *text) {
  char temporary[PATH_MAX];
  snprintf(temporary, sizeof temporary, "%s.%d", path, (int)getpid());
  FILE *file = fopen(temporary, "w");
  if (!file)
    return host_error("cannot write '%s': %s", temporary, strerror(errno));
  fputs(text, file);
  if (fclose(file) || rename(temporary, path))
    return host_error("cannot write '%s': %s", path, strerror(errno));
  return true;
}

/*===- the generated file -------------------------------------------------===*/

static void add_defines(Text *text, const EmuKernel *kernel) {
  for (ptrdiff_t i = 0; i < arrlen(kernel->define_names); i++)
    add(text, "#define %s %s\n", kernel->define_names[i],
        kernel->define_values[i]);
  add(text, "#define KERNEL_COMPILE_TIME_ARGS ");
  for (ptrdiff_t i = 0; i < arrlen(kernel->compile_args); i++)
    add(text, "%s%u", i ? ", " : "", kernel->compile_args[i]);
  add(text, "\n#define EMU_NAMED_ARGS ");
  for (ptrdiff_t i = 0; i < arrlen(kernel->names); i++)
    add(text, "%s{\"%s\", %u}", i ? ", " : "", kernel->names[i],
        kernel->named_values[i]);
  add(text, "\n");
}

/* Formats and page sizes are constants of a kernel, from the CBs of its first
 * cores that have them. */
static void add_formats(Text *text, const EmuKernel *kernel) {
  const EmuProgram *program = kernel->program;
  uint32_t format[EMU_MAX_CBS], page[EMU_MAX_CBS], tile[EMU_MAX_CBS];
  for (int i = 0; i < EMU_MAX_CBS; i++) {
    format[i] = EMU_FORMAT_INVALID;
    page[i] = 0;
    tile[i] = 32 << 16 | 32;
  }
  for (ptrdiff_t c = arrlen(program->cbs) - 1; c >= 0; c--) {
    const ProgramCb *cb = &program->cbs[c];
    bool shared = false;
    for (ptrdiff_t r = 0; r < arrlen(kernel->ranges); r++)
      for (ptrdiff_t s = 0; s < arrlen(cb->ranges); s++)
        shared |= kernel->ranges[r].x0 <= cb->ranges[s].x1 &&
                  cb->ranges[s].x0 <= kernel->ranges[r].x1 &&
                  kernel->ranges[r].y0 <= cb->ranges[s].y1 &&
                  cb->ranges[s].y0 <= kernel->ranges[r].y1;
    for (int i = 0; shared && i < EMU_MAX_CBS; i++)
      if (cb->spec.used[i]) {
        format[i] = cb->spec.format[i];
        page[i] = cb->spec.page_size[i];
        tile[i] = cb->spec.tile_rows[i] << 16 | cb->spec.tile_columns[i];
      }
  }
  const char *const names[3] = {"EMU_CB_FORMATS", "EMU_CB_PAGES",
                                "EMU_CB_TILES"};
  const uint32_t *const values[3] = {format, page, tile};
  for (int t = 0; t < 3; t++) {
    add(text, "#define %s ", names[t]);
    for (int i = 0; i < EMU_MAX_CBS; i++)
      add(text, "%s%u", i ? "," : "", values[t][i]);
    add(text, "\n");
  }
}

static void add_role(Text *text, const EmuKernel *kernel, EmuRisc risc) {
  static const char *const roles[EMU_RISCS] = {
      "#define COMPILE_FOR_BRISC 1\n#define PROCESSOR_INDEX 0\n",
      "#define COMPILE_FOR_NCRISC 1\n#define PROCESSOR_INDEX 1\n",
      "#define COMPILE_FOR_TRISC 0\n#define TRISC_UNPACK 1\n"
      "#define UCK_CHLKC_UNPACK 1\n#define NAMESPACE chlkc_unpack\n",
      "#define COMPILE_FOR_TRISC 1\n#define TRISC_MATH 1\n"
      "#define UCK_CHLKC_MATH 1\n#define NAMESPACE chlkc_math\n",
      "#define COMPILE_FOR_TRISC 2\n#define TRISC_PACK 1\n"
      "#define UCK_CHLKC_PACK 1\n#define NAMESPACE chlkc_pack\n"};
  add(text, "#define TT_EMU 1\n#define %s 1\n%s",
      emu_arch() == EMU_BLACKHOLE ? "ARCH_BLACKHOLE" : "ARCH_WORMHOLE",
      roles[risc]);
  if (risc < EMU_UNPACK) {
    add(text, "#define NOC_INDEX %u\n#define NOC_MODE 0\n", kernel->noc);
    return;
  }
  const EmuComputeConfig *config = &kernel->config;
  add(text,
      "#define MATH_FIDELITY %d\n#define DST_ACCUM_MODE %s\n"
      "#define EMU_DST_FULL_SYNC %d\n#define APPROX %s\n"
      "#define MAIN emu_main()\n",
      (int)config->fidelity, config->fp32_dest_acc_en ? "true" : "false",
      config->dst_full_sync_en, config->math_approx_mode ? "true" : "false");
  if (config->fp32_dest_acc_en)
    add(text, "#define FP32_DEST_ACC_EN 1\n");
}

static const char *frame_text(const EmuKernel *kernel, EmuRisc risc,
                              const char *path, Text *text) {
  add_role(text, kernel, risc);
  add_defines(text, kernel);
  add_formats(text, kernel);
  add(text, "#include \"tt-emu/frame.h\"\n#include \"%s\"\nEMU_ENTRY\n", path);
  return text_end(text);
}

/*===- compiling ----------------------------------------------------------===*/

static const char *compiler(void) {
  const char *chosen = getenv("TT_EMU_CXX");
  return chosen && *chosen ? chosen : "c++";
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
            "-fno-strict-aliasing -Wall -Wextra -Werror "
            "-Wno-int-to-pointer-cast -Wno-unknown-pragmas "
            "-Wno-deprecated-declarations -Wno-unused-variable "
            "-Wno-unused-function -Wno-unused-parameter "
            "-Wno-unused-but-set-variable -Wno-array-bounds",
            " ", "");
  add_words(&command, opt_level, " ", "");
  /* The accesses of data movement kernels are watched: instrument.c. */
  if (risc < EMU_UNPACK) {
    add_words(&command,
              "-g1 -fno-builtin -fsanitize=thread "
              "-Wl,--wrap=memcpy,--wrap=memmove,--wrap=memset",
              " ", "");
    add_words(&command,
              strstr(compiler(), "clang")
                  ? "-mllvm -tsan-distinguish-volatile "
                    "-mllvm -tsan-instrument-func-entry-exit=0"
                  : "--param=tsan-distinguish-volatile=1 "
                    "--param=tsan-instrument-func-entry-exit=0",
              " ", "");
  }
  add_words(&command, include_dir(), "\n", "-I");
  add_words(&command, getenv("TT_EMU_EXTRA_INCLUDE"), ":", "-I");
  add_words(&command, getenv("TT_EMU_CXXFLAGS"), " ", "");
  return command;
}

/* The object is there and no file it was made from is newer. */
static bool is_fresh(const char *object) {
  struct stat made, part;
  if (stat(object, &made))
    return false;
  char path[PATH_MAX], word[PATH_MAX];
  snprintf(path, sizeof path, "%s.d", object);
  FILE *file = fopen(path, "r");
  if (!file)
    return false;
  bool fresh = true;
  while (fresh && fscanf(file, "%4095s", word) == 1) {
    size_t length = strlen(word);
    if (!strcmp(word, "\\") || word[length - 1] == ':')
      continue;
    fresh =
        !stat(word, &part) && (part.st_mtim.tv_sec < made.st_mtim.tv_sec ||
                               (part.st_mtim.tv_sec == made.st_mtim.tv_sec &&
                                part.st_mtim.tv_nsec <= made.st_mtim.tv_nsec));
  }
  fclose(file);
  return fresh;
}

typedef struct Job {
  KernelImage *image;
  EmuKernel *kernel;
  EmuRisc risc;
  char *source; /* generated file */
  char *log;
  char *temporary;
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
  job->temporary = format_path("%s.%d", job->image->path, (int)getpid());
  job->log = format_path("%s.log", job->temporary);
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

static void print_log(const char *path) {
  FILE *file = fopen(path, "r");
  char line[4096];
  while (file && fgets(line, sizeof line, file))
    fputs(line, stderr);
  if (file)
    fclose(file);
}

static bool finish_job(Job *job) {
  int status = 0;
  while (waitpid(job->process, &status, 0) < 0 && errno == EINTR)
    ;
  bool good = WIFEXITED(status) && WEXITSTATUS(status) == 0 &&
              rename(job->temporary, job->image->path) == 0;
  if (!good) {
    print_log(job->log);
    host_error("kernel '%s' does not compile for %s", job->kernel->path,
               emu_risc_name(job->risc));
    unlink(job->temporary);
  }
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
    good = finish_job(&jobs[finished++]) && good;
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
    return find_kernel(kernel->path);
  uint64_t hash = hash_text(kernel->source, 0xcbf29ce484222325ull);
  char *path =
      format_path("%s/text-%016llx.cpp", cache_dir(), (unsigned long long)hash);
  struct stat there;
  if (stat(path, &there) && !write_file(path, kernel->source)) {
    free(path);
    return NULL;
  }
  return path;
}

static bool add_job(Job **jobs, EmuKernel *kernel, EmuRisc risc,
                    const char *path, const char *opt_level) {
  Text text = {NULL};
  const char *frame = frame_text(kernel, risc, path, &text);
  char **command = command_for(risc, opt_level);
  uint64_t low = hash_text(frame, 0xcbf29ce484222325ull), high = 0x9e3779b9;
  for (ptrdiff_t i = 0; i < arrlen(command); i++) {
    low = hash_text(command[i], low);
    free(command[i]);
  }
  arrfree(command);
  high = hash_text(frame, low * 31 + high);
  char key[64];
  snprintf(key, sizeof key, "%s-%016llx%016llx", emu_risc_name(risc),
           (unsigned long long)low, (unsigned long long)high);
  KernelImage *image = image_for(key);
  kernel->image[risc] = image;
  bool good = true, queued = image->entry || is_fresh(image->path);
  for (ptrdiff_t i = 0; i < arrlen(*jobs); i++)
    queued |= (*jobs)[i].image == image;
  if (!queued) {
    Job job = {.image = image, .kernel = kernel, .risc = risc};
    job.source = format_path("%s/%s.cpp", cache_dir(), key);
    good = write_file(job.source, frame);
    arrput(*jobs, job);
  }
  arrfree(text.bytes);
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
