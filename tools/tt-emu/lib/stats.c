/* stats.c - counts of a run as JSON: {"group": {"name": value}}. A counter is a
 * static object at the place that counts; it is listed with its first use.
 */
#include "machine.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static EmuCounter *counters;

void emu_count(EmuCounter *counter, uint64_t amount) {
  counter->value += amount;
  if (counter->listed)
    return;
  counter->listed = true;
  counter->next = counters;
  counters = counter;
}

uint64_t stats_now_us(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

void stats_phase(const char *name, uint64_t since_us) {
  static EmuCounter phases[] = {EMU_COUNTER("microseconds", "compile"),
                                EMU_COUNTER("microseconds", "run")};
  emu_count(&phases[strcmp(name, "run") == 0], stats_now_us() - since_us);
}

typedef struct Peak {
  uint32_t x, y, bytes;
} Peak;

static struct {
  Peak *peaks;
  size_t count, room;
} peaks;

void stats_cb_peak(EmuCore *core) {
  uint32_t bytes = 0;
  for (uint32_t i = 0; i < EMU_MAX_CBS; i++)
    if (core->cb[i].configured)
      bytes += core->cb[i].peak * core->cb[i].page_size;
  for (size_t i = 0; i < peaks.count; i++)
    if (peaks.peaks[i].x == core->x && peaks.peaks[i].y == core->y) {
      if (bytes > peaks.peaks[i].bytes)
        peaks.peaks[i].bytes = bytes;
      return;
    }
  if (peaks.count == peaks.room) {
    peaks.room = peaks.room ? 2 * peaks.room : 64;
    peaks.peaks = realloc(peaks.peaks, peaks.room * sizeof *peaks.peaks);
  }
  peaks.peaks[peaks.count++] = (Peak){core->x, core->y, bytes};
}

static int by_name(const void *left, const void *right) {
  const EmuCounter *a = *(EmuCounter *const *)left;
  const EmuCounter *b = *(EmuCounter *const *)right;
  int group = strcmp(a->group, b->group);
  return group ? group : strcmp(a->name, b->name);
}

static void write_counters(FILE *file) {
  size_t count = 0;
  for (EmuCounter *c = counters; c; c = c->next)
    count++;
  EmuCounter **sorted = calloc(count + 1, sizeof(EmuCounter *));
  count = 0;
  for (EmuCounter *c = counters; c; c = c->next)
    sorted[count++] = c;
  qsort(sorted, count, sizeof(EmuCounter *), by_name);
  for (size_t i = 0; i < count; i++) {
    bool first = i == 0 || strcmp(sorted[i]->group, sorted[i - 1]->group);
    bool last =
        i + 1 == count || strcmp(sorted[i]->group, sorted[i + 1]->group);
    if (first)
      fprintf(file, "  \"%s\": {\n", sorted[i]->group);
    fprintf(file, "    \"%s\": %llu%s\n", sorted[i]->name,
            (unsigned long long)sorted[i]->value, last ? "" : ",");
    if (last)
      fprintf(file, "  },\n");
  }
  free(sorted);
}

static void write_all(FILE *file) {
  fprintf(file, "{\n  \"seed\": %llu,\n  \"arch\": \"%s\",\n",
          (unsigned long long)settings()->seed,
          settings()->arch == EMU_BLACKHOLE ? "blackhole" : "wormhole_b0");
  write_counters(file);
  fprintf(file, "  \"reports\": %zu,\n  \"cores\": [", report_count());
  for (size_t i = 0; i < peaks.count; i++)
    fprintf(file, "%s\n    {\"x\": %u, \"y\": %u, \"cb_peak_bytes\": %u}",
            i ? "," : "", peaks.peaks[i].x, peaks.peaks[i].y,
            peaks.peaks[i].bytes);
  fprintf(file, "\n  ]\n}\n");
}

bool stats_write(void) {
  const char *path = settings()->stats;
  if (!path)
    return true;
  FILE *file = fopen(path, "w");
  bool good = file != NULL;
  if (good) {
    write_all(file);
    good = !ferror(file);
    good = fclose(file) == 0 && good;
  }
  if (good)
    return true;
  int reason = errno;
  fflush(stdout);
  fprintf(stderr, "tt-emu: error: cannot write statistics to '%s': %s\n", path,
          strerror(reason));
  struct stat there;
  if (!stat(path, &there) && S_ISREG(there.st_mode))
    unlink(path);
  return false;
}
