/* window.c - L1 at its own addresses. Kernels turn L1 addresses into pointers
 * and dereference them; the addresses are small numbers, so the L1 of the
 * running core is mapped there, from the memory file behind all L1s, when a
 * kernel touches one. A core that never does costs nothing.
 */
#define _GNU_SOURCE
#include "machine.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>

static struct {
  EmuDevice *device;
  EmuCore *running, *mapped;
  size_t bytes;
  bool usable;
  struct sigaction before, before_divide;
  stack_t alternate;
} window;

static void *at(void) { return (void *)(uintptr_t)EMU_L1_WINDOW; }

static bool in_l1(uintptr_t address) {
  return address >= EMU_L1_WINDOW && address < window.device->info.l1_size;
}

bool window_map(uintptr_t address) {
  if (!window.usable || !window.running || !in_l1(address))
    return false;
  if (window.mapped == window.running)
    return false;
  off_t offset = window.running->l1 - window.device->l1 + EMU_L1_WINDOW;
  if (mmap(at(), window.bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED,
           window.device->l1_file, offset) == MAP_FAILED)
    return false;
  window.mapped = window.running;
  return true;
}

static void close_window(void) {
  mmap(at(), window.bytes, PROT_NONE,
       MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE, -1, 0);
  window.mapped = NULL;
}

bool window_open(const EmuCore *core) { return core && window.mapped == core; }

void window_switch(EmuCore *core) {
  window.running = core;
  if (window.mapped && window.mapped != core)
    close_window();
}

/* Where the fault happened, for the report. */
static const void *fault_pc(const void *context) {
#if defined(__x86_64__)
  return (const char *)(uintptr_t)((const ucontext_t *)context)
             ->uc_mcontext.gregs[REG_RIP] +
         1;
#else
  (void)context;
  return NULL;
#endif
}

/* What a kernel did that this computer cannot do; the processors of the device
 * do not trap. */
static void refuse_fault(int number, const void *address) {
  if (number == SIGFPE)
    emu_refuse("the kernel divides by zero (or the least integer by -1): the "
               "device does not trap, a quotient by zero is all ones there");
  if (!window.usable && in_l1((uintptr_t)address))
    emu_refuse("the kernel dereferenced L1 address %p, and L1 cannot be mapped "
               "from 0x%x on in this process: is vm.mmap_min_addr higher, or "
               "something else there?",
               address, EMU_L1_WINDOW);
  emu_refuse("the kernel dereferenced address %p, which is no L1 address of "
             "its core (or overflowed its stack)",
             address);
}

static void on_fault(int number, siginfo_t *info, void *context) {
  if (number == SIGSEGV && window_map((uintptr_t)info->si_addr))
    return;
  if (emu_current()) {
    fiber_of(emu_current())->pc = fault_pc(context);
    refuse_fault(number, info->si_addr);
  }
  sigaction(number, number == SIGFPE ? &window.before_divide : &window.before,
            NULL);
}

void window_install(EmuDevice *device) {
  window.device = device;
  window.bytes = device->info.l1_size - EMU_L1_WINDOW;
  void *got = mmap(
      at(), window.bytes, PROT_NONE,
      MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE | MAP_NORESERVE, -1, 0);
  window.usable = got == at();
  if (got != MAP_FAILED && !window.usable)
    munmap(got, window.bytes);
  window.alternate.ss_size = 1 << 16;
  window.alternate.ss_sp = malloc(window.alternate.ss_size);
  sigaltstack(&window.alternate, NULL);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = on_fault;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
  sigaction(SIGSEGV, &action, &window.before);
  sigaction(SIGFPE, &action, &window.before_divide);
}

void window_remove(void) {
  if (window.usable)
    munmap(at(), window.bytes);
  sigaction(SIGSEGV, &window.before, NULL);
  sigaction(SIGFPE, &window.before_divide, NULL);
  stack_t none = {.ss_flags = SS_DISABLE};
  sigaltstack(&none, NULL);
  free(window.alternate.ss_sp);
  memset(&window, 0, sizeof window);
}
