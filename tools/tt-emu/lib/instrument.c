/* instrument.c - loads and stores of data movement kernels.
 *
 * Kernels dereference L1 addresses. They are compiled with the compiler's
 * thread sanitizer instrumentation, whose runtime is not linked: the calls it
 * makes before every access to memory that is not local come here. An access to
 * L1 is checked like any other, at the line it is on; the rest goes by.
 *
 * Volatile loads of the same address in a row are a poll: they give the other
 * kernels a turn, and become a wait in the end.
 */
#define _GNU_SOURCE
#include "machine.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

typedef enum Access { LOAD, POLL, STORE } Access;

static void check_load(EmuCore *core, EmuFiber *fiber, uint32_t address,
                       uint32_t bytes, bool polled) {
  if (address >= EMU_L1_SEMAPHORES &&
      address < EMU_L1_SEMAPHORES + 16 * EMU_MAX_SEMAPHORES)
    return;
  if (!cb_check_read(core, fiber, address, bytes, "read"))
    return;
  if (polled && shadow_any(core, address, bytes, EMU_SHADOW_RECEIVING))
    return;
  emu_l1_read(core, address, bytes, EMU_ACCESS_RISC, NULL);
}

typedef struct Poll {
  const uint8_t *word;
  uint32_t address, before;
} Poll;

static bool changed(void *state) {
  const Poll *poll = state;
  return memcmp(poll->word, &poll->before, 4) != 0;
}

static void describe_poll(void *state, char *text, size_t size) {
  const Poll *poll = state;
  char name[48];
  snprintf(text, size, "%s to change, which it polls (it is %u)",
           word_name(poll->address, name, sizeof name), poll->before);
}

/* The first rounds of a loop that polls give others their turn; then the kernel
 * waits until the word changes. A loop over many words yields now and then. */
static void poll(Fiber *fiber, uint32_t address) {
  enum { ROUNDS = 32, MANY = 1024 };
  bool again = fiber->last_load == address;
  fiber->rounds = again ? fiber->rounds + 1 : 0;
  fiber->last_load = address;
  if (fiber->rounds > ROUNDS) {
    uint32_t aligned = address & ~3u;
    Poll state = {fiber->base.core->l1 + aligned, aligned, 0};
    memcpy(&state.before, state.word, 4);
    emu_wait_until(&(EmuWait){changed, describe_poll, &state, 0});
    fiber->rounds = 0;
  } else if (again || ++fiber->loads % MANY == 0) {
    scheduler_poll(address);
  }
}

static void l1_access(uint32_t address, size_t bytes, Access access,
                      const void *pc) {
  EmuFiber *self = emu_current();
  if (!self || address + bytes > self->core->device->info.l1_size)
    return;
  Fiber *fiber = fiber_of(self);
  fiber->pc = pc;
  window_map(address);
  semaphore_check(self, self->core, address);
  if (access == STORE) {
    fiber->last_load = 0;
    if (cb_check_write(self->core, self, address, (uint32_t)bytes, "written"))
      emu_l1_write(self->core, address, (uint32_t)bytes, EMU_ACCESS_RISC, NULL);
    else
      shadow_written(self->core, address, (uint32_t)bytes);
  } else {
    if (access == POLL)
      poll(fiber, address);
    check_load(self->core, self, address, (uint32_t)bytes, access == POLL);
  }
  fiber->pc = NULL;
}

static inline void seen(const volatile void *pointer, size_t bytes,
                        Access access, const void *pc) {
  uintptr_t address = (uintptr_t)pointer;
  if (address < EMU_L1_SLOT && address >= EMU_L1_WINDOW && bytes)
    l1_access((uint32_t)address, bytes, access, pc);
}

/*===- what the compiler calls --------------------------------------------===*/

#define PC __builtin_return_address(0)
#define HOOKS(N)                                                               \
  void __tsan_read##N(void *p);                                                \
  void __tsan_write##N(void *p);                                               \
  void __tsan_unaligned_read##N(void *p);                                      \
  void __tsan_unaligned_write##N(void *p);                                     \
  void __tsan_volatile_read##N(void *p);                                       \
  void __tsan_volatile_write##N(void *p);                                      \
  void __tsan_unaligned_volatile_read##N(void *p);                             \
  void __tsan_unaligned_volatile_write##N(void *p);                            \
  void __tsan_read##N(void *p) { seen(p, N, LOAD, PC); }                       \
  void __tsan_write##N(void *p) { seen(p, N, STORE, PC); }                     \
  void __tsan_unaligned_read##N(void *p) { seen(p, N, LOAD, PC); }             \
  void __tsan_unaligned_write##N(void *p) { seen(p, N, STORE, PC); }           \
  void __tsan_volatile_read##N(void *p) { seen(p, N, POLL, PC); }              \
  void __tsan_volatile_write##N(void *p) { seen(p, N, STORE, PC); }            \
  void __tsan_unaligned_volatile_read##N(void *p) { seen(p, N, POLL, PC); }    \
  void __tsan_unaligned_volatile_write##N(void *p) { seen(p, N, STORE, PC); }

HOOKS(1)
HOOKS(2)
HOOKS(4)
HOOKS(8)
HOOKS(16)

void __tsan_init(void);
void __tsan_func_entry(void *pc);
void __tsan_func_exit(void);
void __tsan_read_range(void *p, unsigned long bytes);
void __tsan_write_range(void *p, unsigned long bytes);
void __tsan_vptr_update(void **p, void *value);
void __tsan_init(void) {}
void __tsan_func_entry(void *pc) { (void)pc; }
void __tsan_func_exit(void) {}
void __tsan_read_range(void *p, unsigned long bytes) {
  seen(p, bytes, LOAD, PC);
}
void __tsan_write_range(void *p, unsigned long bytes) {
  seen(p, bytes, STORE, PC);
}
void __tsan_vptr_update(void **p, void *value) {
  (void)p;
  (void)value;
}

/* Kernels are linked with --wrap for these. */
void *__wrap_memcpy(void *to, const void *from, size_t bytes);
void *__wrap_memmove(void *to, const void *from, size_t bytes);
void *__wrap_memset(void *to, int value, size_t bytes);
void *__wrap_memcpy(void *to, const void *from, size_t bytes) {
  seen(from, bytes, LOAD, PC);
  seen(to, bytes, STORE, PC);
  return memmove(to, from, bytes);
}
void *__wrap_memmove(void *to, const void *from, size_t bytes) {
  seen(from, bytes, LOAD, PC);
  seen(to, bytes, STORE, PC);
  return memmove(to, from, bytes);
}
void *__wrap_memset(void *to, int value, size_t bytes) {
  seen(to, bytes, STORE, PC);
  return memset(to, value, bytes);
}

/* What clang makes of copies of structs. */
void *__tsan_memcpy(void *to, const void *from, size_t bytes)
    __attribute__((alias("__wrap_memcpy")));
void *__tsan_memmove(void *to, const void *from, size_t bytes)
    __attribute__((alias("__wrap_memmove")));
void *__tsan_memset(void *to, int value, size_t bytes)
    __attribute__((alias("__wrap_memset")));

/*===- atomic accesses ----------------------------------------------------===*/

/* Loads and stores are ordinary instructions, a processor sees its own in
 * order, and fibers do not preempt one another. */
#define ATOMICS(N)                                                             \
  uint##N##_t __tsan_atomic##N##_load(const volatile void *p, int order);      \
  void __tsan_atomic##N##_store(volatile void *p, uint##N##_t value,           \
                                int order);                                    \
  uint##N##_t __tsan_atomic##N##_load(const volatile void *p, int order) {     \
    (void)order;                                                               \
    seen(p, N / 8, POLL, PC);                                                  \
    return *(const volatile uint##N##_t *)p;                                   \
  }                                                                            \
  void __tsan_atomic##N##_store(volatile void *p, uint##N##_t value,           \
                                int order) {                                   \
    (void)order;                                                               \
    seen(p, N / 8, STORE, PC);                                                 \
    *(volatile uint##N##_t *)p = value;                                        \
  }

ATOMICS(8)
ATOMICS(16)
ATOMICS(32)

/* The processors of Blackhole have instructions for these, on words; there are
 * none that compare. */
static uint32_t *changed_word(volatile void *p, const void *pc) {
  if (emu_arch() != EMU_BLACKHOLE) {
    Fiber *fiber = fiber_of(emu_current());
    fiber->pc = pc;
    emu_enter(site_of_access(fiber));
    emu_refuse("Wormhole's processors have no instruction for an atomic "
               "read-modify-write; use noc_semaphore_inc");
  }
  seen(p, 4, LOAD, pc);
  seen(p, 4, STORE, pc);
  return (uint32_t *)(uintptr_t)p;
}
#define MODIFY(name, ...)                                                      \
  uint32_t __tsan_atomic32_##name(volatile void *p, uint32_t value,            \
                                  int order);                                  \
  uint32_t __tsan_atomic32_##name(volatile void *p, uint32_t value,            \
                                  int order) {                                 \
    (void)order;                                                               \
    uint32_t *word = changed_word(p, PC), before = *word;                      \
    *word = __VA_ARGS__;                                                       \
    return before;                                                             \
  }

MODIFY(exchange, value)
MODIFY(fetch_add, before + value)
MODIFY(fetch_sub, before - value)
MODIFY(fetch_and, before &value)
MODIFY(fetch_or, before | value)
MODIFY(fetch_xor, before ^ value)

void __tsan_atomic_thread_fence(int order);
void __tsan_atomic_signal_fence(int order);
void __tsan_atomic_thread_fence(int order) { (void)order; }
void __tsan_atomic_signal_fence(int order) { (void)order; }

/*===- places -------------------------------------------------------------===*/

/* Asks the debug information; the place of the last call of the fiber if there
 * is none. Only for reports. */
EmuSite site_of_access(const Fiber *fiber) {
  static struct {
    const void *pc;
    EmuSite site;
  } known[256];
  static size_t count;
  for (size_t i = 0; i < count; i++)
    if (known[i].pc == fiber->pc)
      return known[i].site;
  EmuSite site = fiber->base.site;
  Dl_info info;
  if (!dladdr(fiber->pc, &info) || !info.dli_fname)
    return site;
  char command[4400], line[4200];
  snprintf(command, sizeof command, "addr2line -e '%s' 0x%lx 2>/dev/null",
           info.dli_fname,
           (unsigned long)((const char *)fiber->pc - 1 -
                           (const char *)info.dli_fbase));
  FILE *pipe = popen(command, "r");
  if (pipe && fgets(line, sizeof line, pipe)) {
    char *colon = strrchr(line, ':');
    uint32_t number = colon ? (uint32_t)strtoul(colon + 1, NULL, 10) : 0;
    if (number) {
      *colon = 0;
      site = (EmuSite){strdup(line), number};
    }
  }
  if (pipe)
    pclose(pipe);
  if (count < sizeof known / sizeof *known) {
    known[count].pc = fiber->pc;
    known[count++].site = site;
  }
  return site;
}
