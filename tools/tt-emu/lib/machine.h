/* machine.h - what the data movement side of the emulator shares: the device,
 * its memories, the transfers under way, programs and the scheduler.
 */
#ifndef TT_EMU_MACHINE_H
#define TT_EMU_MACHINE_H

#include "emu.h"
#include "tt-emu/host.h"

#include <stdio.h>

/* Where the emulated firmware keeps things in L1. All of it lies above 64 KiB,
 * the lowest address a process may map, because kernels dereference some. */
enum {
  EMU_L1_ARGS = 0x10000,       /* runtime arguments, one block per processor */
  EMU_L1_ARGS_STRIDE = 0x1000, /* unique words first, then common ones */
  EMU_L1_COMMON_ARGS = 0x800,
  EMU_L1_SEMAPHORES = 0x16000, /* 16 bytes each */
  EMU_L1_ZEROS = 0x17000,      /* a page of zeros kernels may read */
  EMU_L1_WINDOW = 0x10000      /* first address of the dereference window */
};

/*===- NoC transfers ------------------------------------------------------===*/

typedef enum NocKind { NOC_READ, NOC_WRITE, NOC_POSTED, NOC_ATOMIC } NocKind;

/* A transfer between its issue and its completion. */
typedef struct NocOp {
  NocKind kind;
  uint8_t noc;
  uint8_t trid;
  bool multicast, loopback, flag;
  bool reported;  /* named in a report already */
  uint32_t local; /* L1 address on the issuing core */
  uint32_t bytes;
  uint64_t remote;  /* encoded NoC address */
  uint32_t value;   /* atomic increment */
  uint8_t *payload; /* source bytes, once they were read; malloc */
  uint8_t *payload_shadow;
  EmuSite site;
  EmuFiber *issuer;
} NocOp;

/*===- fibers -------------------------------------------------------------===*/

typedef enum FiberState {
  FIBER_IDLE,
  FIBER_RUNNABLE,
  FIBER_BLOCKED,
  FIBER_DONE
} FiberState;

typedef struct Fiber {
  EmuFiber base; /* first: an EmuFiber of ours is a Fiber */
  FiberState state;
  EmuWait wait;
  struct FiberContext *context; /* fiber.c */
  NocOp *reads;                 /* stb_ds arrays, in order of issue */
  NocOp *writes;
  bool listed;        /* among those with writes under way */
  uint8_t trid;       /* of the next transfers */
  uint64_t saved[4];  /* addresses and sizes of the *_set_state calls */
  const void *pc;     /* of the load or store being checked */
  uint32_t last_load; /* address of the last volatile load */
  uint32_t rounds;    /* such loads in a row */
  uint32_t loads;     /* of any address */
  uint8_t *globals;
  bool spinning;    /* gave up its turn while polling memory */
  uint32_t polling; /* address it polls */
  uint64_t waits;   /* times it blocked */
} Fiber;

static inline Fiber *fiber_of(EmuFiber *fiber) { return (Fiber *)fiber; }

/* Runs the fibers given until all are done; reports a deadlock. */
void scheduler_run(Fiber **fibers, size_t count);
/* Gives up the turn of the current fiber. */
void scheduler_yield(void);
/* Dispatches and device calls so far: stands still in an endless loop. */
uint64_t scheduler_progress(void);
/* Ends a run that does not get on for seconds of processor time. */
void watchdog_start(void);
void watchdog_stop(void);
/* A poll of `address` by the current fiber that may be part of a loop. */
void scheduler_poll(uint32_t address);
void fiber_start(Fiber *fiber, void (*entry)(void));
void fiber_free(Fiber *fiber);

/*===- memory -------------------------------------------------------------===*/

enum { DRAM_GRANULE = 16 }; /* bytes per shadow byte of DRAM */

typedef struct DramBank {
  uint8_t *bytes;
  uint8_t *shadow;
  uint32_t noc_x, noc_y;
} DramBank;

/* A free-list allocator over an address range, by first fit. */
typedef struct Span {
  uint64_t start, size;
} Span;
typedef struct Allocator {
  uint64_t start, end, align;
  bool top_down;
  Span *used; /* stb_ds, sorted by start */
} Allocator;

void allocator_init(Allocator *allocator, uint64_t start, uint64_t end,
                    uint64_t align, bool top_down);
/* UINT64_MAX when there is no room. */
uint64_t allocator_take(Allocator *allocator, uint64_t size);
void allocator_give(Allocator *allocator, uint64_t start);
/* Lowest address in use; the end when nothing is. */
uint64_t allocator_lowest(const Allocator *allocator);

struct EmuDevice {
  EmuDeviceInfo info;
  uint64_t opening; /* number of the opening: pointers are used again */
  EmuCore *cores;   /* row-major over the grid */
  uint32_t core_count;
  int l1_file; /* memory file behind all L1s */
  uint8_t *l1, *shadow;
  DramBank *banks;
  Allocator dram, l1_buffers;
  EmuBuffer **buffers;                 /* stb_ds */
  EmuBuffer *last_buffer, *last_paged; /* found last, by address and by page */
  bool raw_dram;                       /* the host wrote DRAM by address */
  int16_t core_at[64][64];             /* by NoC y, x; -1: none */
  int16_t bank_at[64][64];
};

EmuDevice *emu_device(void); /* the open one, or NULL */
/* Whether this is the open one; host_error when not. */
bool device_is_open(const EmuDevice *device);
EmuCore *device_core(EmuDevice *device, uint32_t x, uint32_t y);
EmuCore *device_core_at_noc(EmuDevice *device, uint32_t x, uint32_t y);

/* Target of a NoC address: a stretch of the memory of a core or a bank. */
typedef struct NocTarget {
  EmuCore *core;   /* or NULL */
  DramBank *bank;  /* or NULL */
  uint64_t offset; /* in that memory */
} NocTarget;

/* False when nothing is there or the stretch leaves the memory. */
bool noc_resolve(EmuDevice *device, uint64_t address, uint32_t bytes,
                 NocTarget *target);

/* The window through which the running core's L1 appears at its own
 * addresses; moved when a kernel dereferences one. */
void window_install(EmuDevice *device);
void window_remove(void);
void window_switch(EmuCore *core); /* core now running, NULL: none */
bool window_map(uintptr_t address);

/* Shadow bits of a stretch of L1. */
void shadow_set(EmuCore *core, uint32_t address, uint32_t bytes, uint8_t bits);
void shadow_clear(EmuCore *core, uint32_t address, uint32_t bytes,
                  uint8_t bits);
/* All of the bytes have all of the bits. */
bool shadow_all(const EmuCore *core, uint32_t address, uint32_t bytes,
                uint8_t bits);
bool shadow_any(const EmuCore *core, uint32_t address, uint32_t bytes,
                uint8_t bits);
/* Nothing is known of the bytes any more. */
void shadow_forget(EmuCore *core, uint32_t address, uint32_t bytes);
/* A pop: what was not written since its wait is stale. */
void shadow_retire(EmuCore *core, uint32_t address, uint32_t bytes);
/* The bytes were just written: defined, and no longer anything else. */
void shadow_written(EmuCore *core, uint32_t address, uint32_t bytes);
/* A store over the source of a write under way. */
void shadow_check_overwrite(EmuCore *core, uint32_t address, uint32_t bytes);
/* The CB whose ring holds the address, NULL: none. */
EmuCb *core_cb_holding(EmuCore *core, uint32_t address);

/*===- transfers (noc.c) --------------------------------------------------===*/

bool noc_land_all(void); /* true if anything was under way */
void noc_exit_check(Fiber *fiber);
void noc_tick(void); /* once a dispatch: with a seed, something may land */
/* A write (of one fiber, or of any) whose source overlaps and was not read. */
NocOp *noc_sending(EmuCore *core, EmuFiber *only, uint32_t address,
                   uint32_t bytes);
/* A read of the fiber into the bytes is under way; marks them reported. */
bool noc_reading(EmuFiber *fiber, uint32_t address, uint32_t bytes);
/* Reports a DRAM access outside every buffer; false then. */
bool buffer_covers(EmuDevice *device, const NocTarget *target, uint32_t bytes,
                   const char *what);
/* How many pages of `aligned` bytes the interleaved buffer at `base` has;
 * UINT64_MAX when no such buffer is there. */
uint64_t buffer_pages_at(EmuDevice *device, bool dram, uint32_t base,
                         uint64_t aligned);

/*===- programs -----------------------------------------------------------===*/

typedef struct KernelImage {
  char *key;  /* of the cache */
  char *path; /* of the shared object */
  void *handle;
  void (*entry)(void);
  uint8_t *globals; /* writable data of the object, one copy for all cores */
  size_t globals_size;
  uint8_t *globals_initial;
  EmuFiber *globals_owner;
} KernelImage;

struct EmuKernel {
  EmuProgram *program;
  uint32_t id;
  char *path, *source; /* of a kernel given as text */
  EmuKernelKind kind;
  EmuRisc risc; /* data movement */
  uint32_t noc;
  bool dynamic_noc; /* shares its NoC with the other one */
  EmuComputeConfig config;
  uint32_t *compile_args; /* stb_ds */
  char **names;           /* stb_ds: named compile-time arguments */
  uint32_t *named_values;
  char **define_names, **define_values;
  EmuRange *ranges;
  uint32_t *common_args;
  bool common_set;
  struct CoreArgs {
    uint32_t x, y;
    uint32_t *words;
  } * args;         /* stb_ds */
  int32_t *args_at; /* by core index: position in args or -1 */
  const char *opt_level;
  bool failed; /* to compile, in one of its roles */
  KernelImage *image[EMU_RISCS];
};

typedef struct ProgramCb {
  EmuRange *ranges;
  EmuCbSpec spec;
  uint32_t address;
} ProgramCb;

typedef struct ProgramSemaphore {
  EmuRange *ranges;
  uint32_t id, initial;
} ProgramSemaphore;

struct EmuProgram {
  EmuKernel **kernels;
  ProgramCb *cbs;
  ProgramSemaphore *semaphores;
};

bool ranges_hold(const EmuRange *ranges, uint32_t x, uint32_t y);
/* Words of the unique (or common) arguments of the fiber's kernel. */
uint32_t kernel_arg_count(const EmuFiber *fiber, bool common);
const uint32_t *kernel_args(const EmuFiber *fiber, bool common);
/* Text of the file to compile, from malloc. */
char *frame_text(const EmuKernel *kernel, EmuRisc risc, const char *path);
/* `c++` may be either. */
bool compiler_is_clang(const char *command);
/* Changes when another compiler is installed. */
uint64_t compiler_stamp(const char *command);
/* Compiles and loads what the kernels need; false: see host_error. */
bool compile_program(EmuDevice *device, EmuProgram *program);
/* Global variables of kernels: found at load, swapped at a dispatch. */
void globals_find(KernelImage *image);
void globals_switch(Fiber *fiber);
void globals_release(Fiber *fiber);

/*===- CBs, semaphores ----------------------------------------------------===*/

static inline uint32_t held(const EmuCb *cb) {
  return cb->received - cb->acked;
}
/* First address behind the ring. */
static inline uint32_t limit(const EmuCb *cb) {
  return cb->base + cb->pages * cb->page_size;
}
void cb_launch(EmuCore *core, const ProgramCb *cb);
void cb_exit_check(EmuCore *core);
/* Whether a read needs no wait, or a write no reserve, because the ring lies in
 * a buffer of the host and nobody is known to be on its other side. */
bool cb_resident_read(EmuFiber *fiber, EmuCb *cb);
bool cb_resident_write(EmuFiber *fiber, EmuCb *cb);
/* Somebody is: the reads or writes let pass so far are reported. */
void cb_meets_producer(EmuCb *cb);
void cb_meets_consumer(EmuCb *cb);
/* Whether `fiber` may read or write bytes that lie in a ring by hand (NoC or
 * load and store): reports and returns false when no window of its grants it.
 */
bool cb_check_read(EmuCore *core, EmuFiber *fiber, uint32_t address,
                   uint32_t bytes, const char *how);
/* Notes a read that came before any use of its ring; reported at the end. */
bool cb_too_early(EmuFiber *fiber, uint32_t address, uint32_t bytes);
void cb_settle_early(void);
/* Pages from the producer's end of the data to the page of the address. */
uint32_t cb_pages_up_to(const EmuCb *cb, uint32_t address);
/* The reserve that a write into the ring lacked. */
void cb_reserve_for(EmuCore *core, uint32_t address);
uint32_t cb_redirect(EmuFiber *fiber, uint32_t address, uint32_t bytes,
                     const char *how);
/* The same for a write of another core that lands here. */
void cb_check_landing(EmuCore *core, const NocOp *op, uint32_t address);
bool cb_check_write(EmuCore *core, EmuFiber *fiber, uint32_t address,
                    uint32_t bytes, const char *how);

/* Reports sem-range for a semaphore that was not created on `core`. */
bool semaphore_check(const EmuFiber *fiber, const EmuCore *core,
                     uint64_t address);
/* "semaphore 3" or "the word at L1 0x12345" */
const char *word_name(uint32_t address, char *text, size_t size);

/*===- host side errors ---------------------------------------------------===*/

/* Remembers the message for emu_error(); returns false. */
bool host_error(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*===- reports and statistics ---------------------------------------------===*/

typedef struct Settings {
  EmuArch arch;
  uint64_t seed;
  uint64_t stop_after;     /* dispatches, 0: no limit */
  const char *stats;       /* file or NULL */
  uint32_t grid_x, grid_y; /* 0: of the architecture */
} Settings;

const Settings *settings(void);
uint64_t stats_now_us(void);
void stats_phase(const char *name, uint64_t since_us);
void stats_cb_peak(EmuCore *core);
size_t report_count(void);
/* Ends the run after a report from which it cannot go on. */
_Noreturn void emu_stop(void);
/* Where the load or store is that the fiber is at. */
EmuSite site_of_access(const Fiber *fiber);
/* A kernel looked at L1 through a pointer since the window was opened. */
bool window_open(const EmuCore *core);
bool stats_write(void); /* at the end, if a file was asked for */
/* The path relative to the current directory when it lies below it. */
const char *emu_short_path(const char *path);

#endif
