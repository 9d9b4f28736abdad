/* fiber.c - the stacks on which kernels run, and the one scheduler.
 *
 * A fiber runs until it waits for something. A wait is a predicate over the
 * state of the fiber's own core, looked at again whenever somebody changes that
 * state (emu_notify), so a blocked core costs nothing. Which runnable fiber
 * goes next is first come first served with seed 0, and drawn with any other;
 * then a fiber may also lose its turn at any device call.
 *
 * When nobody can run, the transfers under way land; when that wakes nobody
 * either, the program is deadlocked.
 */
#include "machine.h"

#include <setjmp.h>
#include <stb/stb_ds.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <ucontext.h>

enum { STACK_BYTES = 512 << 10, GUARD_BYTES = 4096, SPIN_LIMIT = 100000 };

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#endif
#ifdef SANITIZED
#include <sanitizer/common_interface_defs.h>
#endif

struct FiberContext {
  ucontext_t ucontext;
  jmp_buf jump;
  bool entered;
  void *stack;
  void (*entry)(void);
#ifdef SANITIZED
  const void *bottom; /* of the usable stack, and its size */
  size_t bytes;
  void *frames; /* the sanitizer's own, while the context does not run */
#endif
};

static struct {
  Fiber **runnable; /* stb_ds; from `head` on */
  size_t head;
  Fiber *current;
  Fiber **all;
  size_t count, done;
  struct FiberContext home;
  EmuCore *core; /* of the last dispatch */
  uint64_t dispatches, spins, calls;
  void **stacks; /* stb_ds: free ones */
} scheduler;

EmuFiber *emu_current(void) {
  return scheduler.current ? &scheduler.current->base : NULL;
}

uint64_t scheduler_progress(void) {
  return scheduler.dispatches + scheduler.calls;
}

static void *stack_take(void) {
  if (arrlen(scheduler.stacks) > 0)
    return arrpop(scheduler.stacks);
  void *stack = mmap(NULL, STACK_BYTES, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (stack == MAP_FAILED)
    emu_refuse("no memory for the stack of a kernel (%d KiB)",
               STACK_BYTES >> 10);
  mprotect(stack, GUARD_BYTES, PROT_NONE);
  return stack;
}

#ifdef SANITIZED
/* The sanitizer is told which stack is in use, and which one is left for good.
 */
static void switch_from_to(struct FiberContext *from, struct FiberContext *to) {
  bool done = scheduler.current && scheduler.current->state == FIBER_DONE;
  __sanitizer_start_switch_fiber(done ? NULL : &from->frames, to->bottom,
                                 to->bytes);
  swapcontext(&from->ucontext, &to->ucontext);
  __sanitizer_finish_switch_fiber(from->frames, NULL, NULL);
}
#else
/* Switches between the scheduler's own stack and a fiber's. glibc's
 * swapcontext makes a system call; it is used for the first entry only. */
static void switch_from_to(struct FiberContext *from, struct FiberContext *to) {
  if (_setjmp(from->jump))
    return;
  if (to->entered)
    _longjmp(to->jump, 1);
  to->entered = true;
  setcontext(&to->ucontext);
}
#endif

static void fiber_main(void) {
#ifdef SANITIZED
  __sanitizer_finish_switch_fiber(NULL, &scheduler.home.bottom,
                                  &scheduler.home.bytes);
#endif
  Fiber *self = scheduler.current;
  self->context->entry();
  if (self->base.risc >= EMU_UNPACK)
    emu_compute_exit(&self->base);
  noc_exit_check(self);
  self->state = FIBER_DONE;
  scheduler.done++;
  emu_notify(self->base.core);
  switch_from_to(self->context, &scheduler.home);
}

void fiber_start(Fiber *fiber, void (*entry)(void)) {
  struct FiberContext *context = calloc(1, sizeof *context);
  context->stack = stack_take();
  context->entry = entry;
  getcontext(&context->ucontext);
  context->ucontext.uc_stack.ss_sp = (char *)context->stack + GUARD_BYTES;
  context->ucontext.uc_stack.ss_size = STACK_BYTES - GUARD_BYTES;
  context->ucontext.uc_link = NULL;
#ifdef SANITIZED
  context->bottom = context->ucontext.uc_stack.ss_sp;
  context->bytes = context->ucontext.uc_stack.ss_size;
#endif
  makecontext(&context->ucontext, fiber_main, 0);
  fiber->context = context;
  fiber->state = FIBER_RUNNABLE;
}

void fiber_free(Fiber *fiber) {
  if (fiber->context) {
    arrput(scheduler.stacks, fiber->context->stack);
    free(fiber->context);
  }
  globals_release(fiber);
  arrfree(fiber->reads);
  arrfree(fiber->writes);
  free(fiber->globals);
  free(fiber);
}

static void make_runnable(Fiber *fiber) {
  fiber->state = FIBER_RUNNABLE;
  arrput(scheduler.runnable, fiber);
}

void emu_notify(EmuCore *core) {
  for (int risc = 0; risc < EMU_RISCS; risc++) {
    Fiber *fiber = (Fiber *)core->fiber[risc];
    if (fiber && fiber->state == FIBER_BLOCKED &&
        fiber->wait.ready(fiber->wait.state))
      make_runnable(fiber);
  }
}

/* A store through a pointer may be what another kernel of the core waits for.
 */
static void give_up(Fiber *self) {
  if (window_open(self->base.core))
    emu_notify(self->base.core);
  switch_from_to(self->context, &scheduler.home);
}

void scheduler_yield(void) {
  make_runnable(scheduler.current);
  give_up(scheduler.current);
}

void scheduler_poll(uint32_t address) {
  Fiber *self = scheduler.current;
  if (!self)
    return;
  self->spinning = true;
  self->polling = address;
  scheduler_yield();
}

void emu_wait_until(const EmuWait *wait) {
  Fiber *self = scheduler.current;
  self->spinning = false;
  if (wait->ready(wait->state))
    return;
  self->waits++;
  do {
    self->wait = *wait;
    self->state = FIBER_BLOCKED;
    give_up(self);
  } while (!wait->ready(wait->state));
}

EmuFiber *emu_enter(EmuSite site) {
  Fiber *self = scheduler.current;
  scheduler.calls++;
  self->base.site = site;
  self->spinning = false;
  self->last_load = 0;
  if (settings()->seed && (emu_random() & 15) == 0)
    scheduler_yield();
  return &self->base;
}

/* Why the kernels of the same core that could help do not. */
static size_t print_providers(const Fiber *fiber, char *text, size_t size) {
  size_t used = 0;
  if (fiber->state != FIBER_BLOCKED || !fiber->wait.providers)
    return 0;
  bool any = false;
  for (int risc = 0; risc < EMU_RISCS && used + 1 < size; risc++) {
    const Fiber *other = (Fiber *)fiber->base.core->fiber[risc];
    if (!(fiber->wait.providers & 1u << risc) || !other || other == fiber)
      continue;
    any = true;
    const char *state = other->state == FIBER_DONE      ? "has returned"
                        : other->state == FIBER_BLOCKED ? "is blocked itself"
                                                        : "is polling";
    int n =
        snprintf(text + used, size - used, "\n    %s could provide it but %s",
                 emu_risc_name((EmuRisc)risc), state);
    used += n > 0 ? (size_t)n : 0;
  }
  if (!any)
    used = (size_t)snprintf(text, size,
                            "\n    no kernel of this core provides "
                            "it");
  return used < size ? used : size - 1;
}

static void print_who_waits(char *text, size_t size) {
  size_t used = 0;
  for (size_t i = 0; i < scheduler.count && used + 1 < size; i++) {
    Fiber *fiber = scheduler.all[i];
    if (fiber->state != FIBER_BLOCKED && !fiber->spinning)
      continue;
    if (fiber->state == FIBER_DONE)
      continue;
    char what[200];
    if (fiber->state == FIBER_BLOCKED)
      fiber->wait.describe(fiber->wait.state, what, sizeof what);
    else
      snprintf(what, sizeof what, "a change of L1 0x%x, which it polls",
               fiber->polling);
    int n = snprintf(
        text + used, size - used, "\ncore (%u,%u) %s at %s:%u waits for %s",
        fiber->base.core->x, fiber->base.core->y,
        emu_risc_name(fiber->base.risc), emu_short_path(fiber->base.site.file),
        fiber->base.site.line, what);
    used += n > 0 ? (size_t)n : 0;
    used += print_providers(fiber, text + used, size - used);
  }
}

static void report_deadlock(const char *why) {
  cb_settle_early();
  size_t size = 1 << 16;
  char *text = malloc(size);
  text[0] = 0;
  print_who_waits(text, size);
  Fiber *first = NULL;
  for (size_t i = 0; i < scheduler.count && !first; i++)
    if (scheduler.all[i]->state != FIBER_DONE)
      first = scheduler.all[i];
  size_t left = scheduler.count - scheduler.done;
  emu_report_at(first ? &first->base : NULL,
                first ? first->base.site : (EmuSite){"", 0}, EMU_DEADLOCK,
                "%s: %zu of %zu kernels have not returned%s", why, left,
                scheduler.count, text);
  free(text);
}

static Fiber *pick(void) {
  size_t waiting = (size_t)arrlen(scheduler.runnable) - scheduler.head;
  if (!waiting)
    return NULL;
  if (settings()->seed && waiting > 1) {
    size_t other = scheduler.head + (size_t)(emu_random() % waiting);
    Fiber *swap = scheduler.runnable[other];
    scheduler.runnable[other] = scheduler.runnable[scheduler.head];
    scheduler.runnable[scheduler.head] = swap;
  }
  Fiber *fiber = scheduler.runnable[scheduler.head++];
  if (scheduler.head > 4096) {
    arrdeln(scheduler.runnable, 0, scheduler.head);
    scheduler.head = 0;
  }
  return fiber;
}

/* Polling fibers are always runnable, so a program that only polls never gets
 * quiet: land what is under way now and then, and give up in the end. */
static void watch_polling(Fiber *fiber) {
  if (!fiber->spinning) {
    scheduler.spins = 0;
    return;
  }
  scheduler.spins++;
  if (scheduler.spins % 256 == 0 && noc_land_all())
    scheduler.spins = 0;
  if (scheduler.spins > SPIN_LIMIT)
    report_deadlock("nothing changes while kernels poll memory");
}

static void dispatch(Fiber *fiber) {
  if (fiber->base.core != scheduler.core) {
    scheduler.core = fiber->base.core;
    window_switch(scheduler.core);
  }
  globals_switch(fiber);
  scheduler.current = fiber;
  fiber->state = FIBER_IDLE;
  switch_from_to(&scheduler.home, fiber->context);
  scheduler.current = NULL;
}

void scheduler_run(Fiber **fibers, size_t count) {
  scheduler.all = fibers;
  scheduler.count = count;
  scheduler.done = 0;
  scheduler.spins = 0;
  scheduler.home.entered = true;
  for (size_t i = 0; i < count; i++)
    arrput(scheduler.runnable, fibers[i]);
  watchdog_start();
  while (scheduler.done < count) {
    Fiber *fiber = pick();
    if (!fiber) {
      if (!noc_land_all())
        report_deadlock("every kernel waits");
      continue;
    }
    scheduler.dispatches++;
    if (settings()->stop_after && scheduler.dispatches > settings()->stop_after)
      report_deadlock("stopped by --stop-after");
    watch_polling(fiber);
    noc_tick();
    dispatch(fiber);
  }
  watchdog_stop();
  noc_land_all();
  arrfree(scheduler.runnable);
  scheduler.head = 0;
  scheduler.count = 0;
  scheduler.core = NULL;
  window_switch(NULL);
}
