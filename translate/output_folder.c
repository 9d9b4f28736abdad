// Writes artifacts to a folder: every file under a temporary name first, then
// all renamed. An error or an interrupt before the renames leaves no new file,
// an interrupt during them waits for the last; of two runs in one folder the
// second waits for the first.

#include "artifacts.h"
#include "tt-c/Diagnostics.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

//===- interrupts wait ----------------------------------------------------===//

static const int interrupts[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
enum { NumInterrupts = sizeof interrupts / sizeof *interrupts };

static volatile sig_atomic_t held; // the signal that came, or 0

static void hold(int signal) { held = signal; }

// Blocking them would not do: they would go to another thread.
static void holdInterrupts(struct sigaction *before) {
  struct sigaction holds = {.sa_handler = hold, .sa_flags = SA_RESTART};
  held = 0;
  for (int i = 0; i < NumInterrupts; ++i) {
    sigaction(interrupts[i], NULL, &before[i]);
    if (before[i].sa_handler != SIG_IGN)
      sigaction(interrupts[i], &holds, NULL);
  }
}

static void releaseInterrupts(const struct sigaction *before) {
  for (int i = 0; i < NumInterrupts; ++i)
    sigaction(interrupts[i], &before[i], NULL);
  if (held)
    raise(held);
}

//===- files --------------------------------------------------------------===//

static MlirLogicalResult cannot(MlirOperation module, const char *what,
                                const char *path, int error) {
  return ttEmitError(mlirOperationGetLocation(module), "cannot %s '%s': %s",
                     what, path, strerror(error));
}

// Makes a folder and those above it.
static MlirLogicalResult makeFolder(MlirOperation module, const char *path,
                                    TextPool *pool) {
  char *prefix = (char *)textCopy(pool, mlirStringRefCreateFromCString(path));
  for (char *slash = prefix + 1;; ++slash) {
    if (*slash != '/' && *slash != 0)
      continue;
    bool last = *slash == 0;
    *slash = 0;
    if (mkdir(prefix, 0777) != 0 && errno != EEXIST)
      return cannot(module, "make folder", prefix, errno);
    if (last)
      break;
    *slash = '/';
  }
  struct stat status;
  if (stat(path, &status) != 0)
    return cannot(module, "use folder", path, errno);
  return S_ISDIR(status.st_mode) ? mlirLogicalResultSuccess()
                                 : cannot(module, "use folder", path, ENOTDIR);
}

static MlirLogicalResult makeFolderOf(MlirOperation module, const char *path,
                                      TextPool *pool) {
  const char *slash = strrchr(path, '/');
  return makeFolder(
      module, textCopy(pool, mlirStringRefCreate(path, (size_t)(slash - path))),
      pool);
}

static MlirLogicalResult writeFile(MlirOperation module, const char *path,
                                   const Artifact *artifact) {
  FILE *file = fopen(path, "w");
  if (!file)
    return cannot(module, "write", path, errno);
  errno = 0;
  bool whole =
      fwrite(artifact->text, 1, artifact->length, file) == artifact->length;
  whole &= fflush(file) == 0;
  int error = errno;
  if (fclose(file) != 0 && whole) {
    error = errno;
    whole = false;
  }
  return whole ? mlirLogicalResultSuccess()
               : cannot(module, "write", path, error);
}

typedef struct {
  const char **temporary, **final;
  size_t count;
} Files;

static MlirLogicalResult writeTemporaries(MlirOperation module,
                                          const char *directory,
                                          const Artifacts *artifacts,
                                          const char *kind, Files *files,
                                          TextPool *pool) {
  for (size_t i = 0; i < artifacts->count; ++i) {
    const Artifact *artifact = &artifacts->items[i];
    if (!artifactMatches(artifact, kind))
      continue;
    const char *final = textFormat(pool, "%s/%s", directory, artifact->path);
    const char *temporary =
        textFormat(pool, "%s.%ld.part", final, (long)getpid());
    if (mlirLogicalResultIsFailure(makeFolderOf(module, final, pool)))
      return mlirLogicalResultFailure();
    struct stat status;
    if (stat(final, &status) == 0 && S_ISDIR(status.st_mode))
      return cannot(module, "write", final, EISDIR);
    files->final[files->count] = final;
    files->temporary[files->count++] = temporary;
    if (held ||
        mlirLogicalResultIsFailure(writeFile(module, temporary, artifact)))
      return mlirLogicalResultFailure();
  }
  return mlirLogicalResultSuccess();
}

static MlirLogicalResult renameAll(MlirOperation module, const Files *files) {
  for (size_t i = 0; i < files->count; ++i)
    if (rename(files->temporary[i], files->final[i]) != 0)
      return cannot(module, "write", files->final[i], errno);
  return mlirLogicalResultSuccess();
}

// The lock goes with the descriptor. Where a file system has none, each file is
// still whole. An interrupt ends the wait.
static int lockFolder(const char *directory) {
  int folder = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const struct timespec pause = {.tv_nsec = 20 * 1000 * 1000};
  while (folder >= 0 && !held && flock(folder, LOCK_EX | LOCK_NB) != 0 &&
         (errno == EWOULDBLOCK || errno == EINTR))
    nanosleep(&pause, NULL);
  return folder;
}

MlirLogicalResult artifactsWrite(MlirOperation module, const char *directory,
                                 const Artifacts *artifacts, const char *kind) {
  TextPool pool = {0};
  size_t room = artifacts->count + 1;
  Files files = {calloc(room, sizeof(char *)), calloc(room, sizeof(char *)), 0};
  if (!files.temporary || !files.final)
    abort();
  struct sigaction before[NumInterrupts];
  holdInterrupts(before);
  int folder = -1;
  MlirLogicalResult result = makeFolder(module, directory, &pool);
  if (mlirLogicalResultIsSuccess(result)) {
    folder = lockFolder(directory);
    result =
        writeTemporaries(module, directory, artifacts, kind, &files, &pool);
  }
  if (mlirLogicalResultIsSuccess(result))
    result = renameAll(module, &files);
  for (size_t i = 0; i < files.count; ++i)
    unlink(files.temporary[i]);
  if (folder >= 0)
    close(folder);
  releaseInterrupts(before);
  free(files.temporary);
  free(files.final);
  textFree(&pool);
  return result;
}
