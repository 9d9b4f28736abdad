/* cache.c - the folder of compiled kernels: where it is, what is in it that is
 * still good, and where the files of kernels are.
 */
#define _GNU_SOURCE
#include "cache.h"

#include "machine.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

uint64_t cache_hash(const char *text, uint64_t hash) {
  for (; *text; text++)
    hash = (hash ^ (uint8_t)*text) * 0x100000001b3ull;
  return hash;
}

const char *cache_dir(void) {
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

/* Absolute path of a kernel file: as given, below the folder that `tt-emu run`
 * runs, then below the directories that TT-Metalium looks in. */
char *cache_find_kernel(const char *path) {
  static const char *const roots[] = {"TT_EMU_RUN_DIR", "TT_METAL_KERNEL_PATH",
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
               "directory, %sTT_METAL_KERNEL_PATH, TT_METAL_RUNTIME_ROOT, "
               "TT_METAL_HOME and TT_EMU_KERNEL_PATH)",
               path, getenv("TT_EMU_RUN_DIR") ? "the folder that runs, " : "");
  return found;
}

char *cache_temporary(const char *path) {
  char name[PATH_MAX];
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  snprintf(name, sizeof name, "%s.%d-%lx", path, (int)getpid(),
           (unsigned long)now.tv_nsec);
  return strdup(name);
}

bool cache_write(const char *path, const char *text) {
  char *temporary = cache_temporary(path);
  FILE *file = fopen(temporary, "w");
  bool good = file && fputs(text, file) >= 0;
  good = file && fclose(file) == 0 && good;
  good = good && rename(temporary, path) == 0;
  if (!good) {
    host_error("cannot write '%s': %s; TT_EMU_CACHE names another folder", path,
               strerror(errno));
    unlink(temporary);
  }
  free(temporary);
  return good;
}

static bool later(struct timespec a, struct timespec b) {
  return a.tv_sec != b.tv_sec ? a.tv_sec > b.tv_sec : a.tv_nsec > b.tv_nsec;
}

/* Hash of the contents of the files that an object was made from, 0 when one is
 * missing. The list is the compiler's own, as for make. `newest` is advanced to
 * the time of the last change of one. */
static uint64_t hash_sources(const char *object, struct timespec *newest) {
  char path[PATH_MAX], word[PATH_MAX], block[4096];
  snprintf(path, sizeof path, "%s.d", object);
  FILE *list = fopen(path, "r");
  uint64_t hash = 0xcbf29ce484222325ull;
  bool missing = !list;
  while (!missing && fscanf(list, "%4095s", word) == 1) {
    size_t length = strlen(word);
    if (!strcmp(word, "\\") || word[length - 1] == ':')
      continue;
    FILE *file = fopen(word, "rb");
    struct stat made;
    missing = !file || fstat(fileno(file), &made);
    if (!missing && later(made.st_mtim, *newest))
      *newest = made.st_mtim;
    while (file && (length = fread(block, 1, sizeof block, file)))
      for (size_t i = 0; i < length; i++)
        hash = (hash ^ (uint8_t)block[i]) * 0x100000001b3ull;
    if (file)
      fclose(file);
  }
  if (list)
    fclose(list);
  return missing ? 0 : hash | 1;
}

/* The object is there and its sources are what they were. */
bool cache_is_fresh(const char *object) {
  char path[PATH_MAX];
  struct stat made;
  if (stat(object, &made))
    return false;
  snprintf(path, sizeof path, "%s.sum", object);
  FILE *file = fopen(path, "r");
  unsigned long long known = 0;
  bool read = file && fscanf(file, "%llx", &known) == 1;
  if (file)
    fclose(file);
  struct timespec newest = {0, 0};
  return read && known && known == hash_sources(object, &newest);
}

void cache_seal(const char *object, struct timespec started) {
  char path[PATH_MAX], text[32];
  struct timespec newest = {0, 0};
  uint64_t hash = hash_sources(object, &newest);
  snprintf(path, sizeof path, "%s.sum", object);
  snprintf(text, sizeof text, "%llx\n",
           (unsigned long long)(later(newest, started) ? 0 : hash));
  cache_write(path, text);
}
