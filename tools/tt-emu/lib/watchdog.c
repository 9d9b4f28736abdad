/* watchdog.c - a kernel that loops without a device call keeps everybody else
 * from running; on the hardware it hangs. It is reported as a deadlock after
 * seconds of processor time in which the scheduler saw nothing.
 */
#define _GNU_SOURCE
#include "machine.h"

#include <signal.h>
#include <string.h>
#include <sys/time.h>

enum { SECONDS = 10 };

static struct {
  uint64_t progress;
  int quiet;
  struct sigaction before;
} watchdog;

static void on_tick(int number) {
  (void)number;
  uint64_t now = scheduler_progress();
  if (now != watchdog.progress) {
    watchdog.progress = now;
    watchdog.quiet = 0;
    return;
  }
  EmuFiber *fiber = emu_current();
  if (++watchdog.quiet < SECONDS || !fiber)
    return;
  emu_report_at(fiber, fiber->site, EMU_DEADLOCK,
                "the kernel ran for %d s after this call without another: an "
                "endless loop",
                SECONDS);
}

static void set_timer(int seconds) {
  struct itimerval every = {{seconds, 0}, {seconds, 0}};
  setitimer(ITIMER_VIRTUAL, &every, NULL);
}

void watchdog_start(void) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = on_tick;
  action.sa_flags = SA_RESTART | SA_ONSTACK;
  sigaction(SIGVTALRM, &action, &watchdog.before);
  watchdog.quiet = 0;
  set_timer(1);
}

void watchdog_stop(void) {
  set_timer(0);
  sigaction(SIGVTALRM, &watchdog.before, NULL);
}
