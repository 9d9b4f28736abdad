/* report.c - the rules, how a violation is printed, and the settings of a run.
 *
 * A report is one line `tt-emu: error: [rule] core (x,y) processor: file:line:
 * message` and detail lines. The same rule at the same line of the same kind of
 * processor is printed for the first core and counted for the others. When a
 * run had reports, the program ends with exit status 3.
 */
#include "machine.h"

#include <errno.h>
#include <stb/stb_ds.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { EXIT_REPORTED = 3 };

static const struct {
  const char *name;
  bool stops;
  const char *summary;
} rules[EMU_RULES] = {
    [EMU_DEADLOCK] = {"deadlock", true,
                      "every kernel waits and nothing is "
                      "under way that could wake one"},
    [EMU_CB_OVERFLOW] = {"cb-overflow", false,
                         "more pages pushed or reserved than the ring has"},
    [EMU_CB_UNDERFLOW] = {"cb-underflow", false,
                          "more pages popped than are there, or awaited than "
                          "the ring has"},
    [EMU_CB_WRAP] = {"cb-wrap", false,
                     "a push or pop moves a pointer over the end of the ring "
                     "instead of onto it"},
    [EMU_CB_WINDOW] = {"cb-window", false,
                       "a reserved or awaited window crosses the end of the "
                       "ring"},
    [EMU_CB_WRITE_UNRESERVED] = {"cb-write-unreserved", false,
                                 "pages written or pushed without a reserve"},
    [EMU_CB_READ_UNWAITED] = {"cb-read-unwaited", false,
                              "pages read or popped without a wait"},
    [EMU_CB_UNBALANCED_EXIT] = {"cb-unbalanced-exit", false,
                                "pages pushed and popped differ at the end of "
                                "the program"},
    [EMU_CB_TWO_PRODUCERS] = {"cb-two-producers", false,
                              "two processors push to one buffer"},
    [EMU_CB_TWO_CONSUMERS] = {"cb-two-consumers", false,
                              "two processors pop from one buffer"},
    [EMU_NOC_READ_IN_FLIGHT] = {"noc-read-in-flight", false,
                                "bytes used before the barrier of the read "
                                "that brings them"},
    [EMU_NOC_WRITE_IN_FLIGHT] = {"noc-write-in-flight", false,
                                 "source of a write reused before it left, or "
                                 "target read before it landed"},
    [EMU_NOC_ALIGNMENT] = {"noc-alignment", false,
                           "source and target of a transfer are not aligned "
                           "alike"},
    [EMU_NOC_BOUNDS] = {"noc-bounds", false,
                        "an access outside a memory or a buffer"},
    [EMU_NOC_EXIT_PENDING] = {"noc-exit-pending", false,
                              "a kernel returns with transfers under way"},
    [EMU_MCAST_COUNT] = {"mcast-count", false,
                         "a multicast names another number of destinations "
                         "than its rectangle has"},
    [EMU_SEM_RANGE] = {"sem-range", false,
                       "a semaphore that was not created on the core"},
    [EMU_DST_STATE] = {"dst-state", false,
                       "acquire, commit, wait and release out of order, or "
                       "math and packs outside their section"},
    [EMU_DST_INDEX] = {"dst-index", false,
                       "a tile register index beyond the capacity"},
    [EMU_DST_UNDEFINED] = {"dst-undefined", false,
                           "a tile register used without a value"},
    [EMU_INIT_MISSING] = {"init-missing", false,
                          "an operation without its init"},
    [EMU_INIT_STALE] = {"init-stale", false,
                        "an operation whose init was overwritten by another"},
    [EMU_INIT_ORDER] = {"init-order", false,
                        "start-up, reconfiguration and init in a wrong order"},
    [EMU_FORMAT_MISMATCH] = {"format-mismatch", false,
                             "a unit is programmed for another format than the "
                             "buffer has"},
    [EMU_UNINIT_MISSING] = {"uninit-missing", false,
                            "an operation that needs an uninit was left "
                            "without it"},
    [EMU_L1_ACC_LEAK] = {"l1-acc-leak", false,
                         "packer accumulation or ReLU left on at the end"},
    [EMU_L1_OVERFLOW] = {"l1-overflow", true,
                         "circular buffers and L1 buffers do not fit"},
    [EMU_ARG_RANGE] = {"arg-range", false,
                       "a kernel argument that the host did not set"},
    [EMU_POISON_READ] = {"poison-read", false, "bytes used that nothing wrote"},
};

const char *emu_rule_name(EmuRule rule) { return rules[rule].name; }
const char *emu_rule_summary(EmuRule rule) { return rules[rule].summary; }
bool emu_rule_stops(EmuRule rule) { return rules[rule].stops; }

const char *emu_risc_name(EmuRisc risc) {
  static const char *const names[EMU_RISCS] = {"brisc", "ncrisc", "unpack",
                                               "math", "pack"};
  return names[risc];
}

/*===- settings -----------------------------------------------------------===*/

static uint64_t number_of(const char *name) {
  const char *text = getenv(name);
  if (!text || !*text)
    return 0;
  char *end;
  errno = 0;
  uint64_t number = strtoull(text, &end, 0);
  if (*end || errno || text[strspn(text, " ")] == '-')
    emu_refuse("%s is '%s': a number is wanted", name, text);
  return number;
}

/* A grid is at most that of a chip without a row or column given away. */
static void read_grid(Settings *chosen) {
  const char *text = getenv("TT_EMU_GRID");
  if (!text || !*text)
    return;
  uint32_t most_x = chosen->arch == EMU_BLACKHOLE ? 14 : 8, most_y = 10;
  uint32_t x = 0, y = 0;
  int length = 0;
  if (sscanf(text, "%2ux%2u%n", &x, &y, &length) != 2 || text[length] || !x ||
      !y || x > most_x || y > most_y)
    emu_refuse("TT_EMU_GRID is '%s': columns x rows as in 8x7 is wanted, at "
               "most %ux%u",
               text, most_x, most_y);
  chosen->grid_x = x;
  chosen->grid_y = y;
}

static void at_exit(void);

const Settings *settings(void) {
  static Settings chosen;
  static bool known;
  if (known)
    return &chosen;
  known = true;
  const char *arch = getenv("TT_EMU_ARCH");
  if (arch && !strcmp(arch, "blackhole"))
    chosen.arch = EMU_BLACKHOLE;
  else if (arch && *arch && strcmp(arch, "wormhole_b0"))
    emu_refuse("TT_EMU_ARCH is '%s': wormhole_b0 and blackhole are known",
               arch);
  chosen.seed = number_of("TT_EMU_SEED");
  chosen.stop_after = number_of("TT_EMU_STOP_AFTER");
  chosen.stats = getenv("TT_EMU_STATS");
  read_grid(&chosen);
  atexit(at_exit);
  return &chosen;
}

uint64_t emu_random(void) {
  static uint64_t state;
  if (!state)
    state = settings()->seed * 0x9e3779b97f4a7c15ull + 1;
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return state * 0x2545f4914f6cdd1dull >> 11;
}

/*===- reports ------------------------------------------------------------===*/

typedef struct Seen {
  EmuRule rule;
  EmuRisc risc;
  EmuSite site;
  uint64_t times;
} Seen;

static Seen *seen; /* stb_ds */

size_t report_count(void) { return (size_t)arrlen(seen); }

const char *emu_short_path(const char *path) {
  static char here[4096];
  if (!here[0] && !getcwd(here, sizeof here - 1))
    return path;
  size_t length = strlen(here);
  if (!strncmp(path, here, length) && path[length] == '/')
    return path + length + 1;
  return path;
}

static bool first_time(EmuRule rule, EmuRisc risc, EmuSite site) {
  for (ptrdiff_t i = 0; i < arrlen(seen); i++) {
    Seen *known = &seen[i];
    if (known->rule == rule && known->risc == risc &&
        known->site.line == site.line &&
        (known->site.file == site.file ||
         !strcmp(known->site.file, site.file))) {
      known->times++;
      return false;
    }
  }
  arrput(seen, ((Seen){rule, risc, site, 1}));
  return true;
}

static void print_details(const char *text) {
  while (text && *text) {
    const char *end = strchr(text, '\n');
    int length = end ? (int)(end - text) : (int)strlen(text);
    fprintf(stderr, "    %.*s\n", length, text);
    text = end ? end + 1 : NULL;
  }
}

static void report(EmuFiber *fiber, EmuSite site, EmuRule rule,
                   const char *format, va_list arguments) {
  if (first_time(rule, fiber ? fiber->risc : EMU_RISCS, site)) {
    size_t size = 1 << 17;
    char *text = malloc(size);
    vsnprintf(text, size, format, arguments);
    char *details = strchr(text, '\n');
    if (details)
      *details++ = 0;
    fflush(stdout);
    if (fiber)
      fprintf(stderr, "tt-emu: error: [%s] core (%u,%u) %s: %s:%u: %s\n",
              rules[rule].name, fiber->core->x, fiber->core->y,
              emu_risc_name(fiber->risc), emu_short_path(site.file), site.line,
              text);
    else
      fprintf(stderr, "tt-emu: error: [%s] host: %s\n", rules[rule].name, text);
    print_details(details);
    free(text);
  }
  if (rules[rule].stops && fiber)
    exit(EXIT_REPORTED);
}

static EmuSite current_site(const EmuFiber *fiber) {
  if (!fiber)
    return (EmuSite){"", 0};
  const Fiber *self = (const Fiber *)fiber;
  return self->pc ? site_of_access(self) : fiber->site;
}

void emu_report(EmuRule rule, const char *format, ...) {
  EmuFiber *fiber = emu_current();
  va_list arguments;
  va_start(arguments, format);
  report(fiber, current_site(fiber), rule, format, arguments);
  va_end(arguments);
}

void emu_report_at(EmuFiber *fiber, EmuSite site, EmuRule rule,
                   const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  report(fiber, site, rule, format, arguments);
  va_end(arguments);
}

_Noreturn void emu_stop(void) { exit(EXIT_REPORTED); }

_Noreturn void emu_refuse(const char *format, ...) {
  EmuFiber *fiber = emu_current();
  va_list arguments;
  va_start(arguments, format);
  fflush(stdout);
  fprintf(stderr, "tt-emu: error: ");
  if (fiber) {
    EmuSite site = current_site(fiber);
    fprintf(stderr, "core (%u,%u) %s: %s:%u: ", fiber->core->x, fiber->core->y,
            emu_risc_name(fiber->risc), emu_short_path(site.file), site.line);
  }
  vfprintf(stderr, format, arguments);
  fprintf(stderr, "\n");
  va_end(arguments);
  fflush(NULL);
  _exit(EXIT_REPORTED);
}

static void at_exit(void) {
  bool written = stats_write();
  uint64_t repeated = 0;
  for (ptrdiff_t i = 0; i < arrlen(seen); i++)
    repeated += seen[i].times - 1;
  if (!arrlen(seen)) {
    fflush(NULL);
    if (!written)
      _exit(EXIT_FAILURE);
    return;
  }
  fflush(stdout);
  fprintf(stderr, "tt-emu: %td violation%s reported, %llu repetition%s\n",
          arrlen(seen), arrlen(seen) == 1 ? "" : "s",
          (unsigned long long)repeated, repeated == 1 ? "" : "s");
  fflush(NULL);
  _exit(EXIT_REPORTED);
}
