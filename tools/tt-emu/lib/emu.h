/* emu.h - the emulator's internal interface: what a core is made of, how its
 * memory is touched, how a fiber waits, how a mistake is reported.
 *
 * Data movement (CBs, NoC, semaphores, host) and compute (formats, registers,
 * units) are built on this header and know each other only through it.
 *
 * The rules of the house:
 *  - A device function starts with `emu_enter(site)`: it records where in the
 *    kernel source we are, is a legal preemption point, and returns the fiber.
 *  - Memory of a core is touched through emu_l1_read/emu_l1_write only: they
 *    check bounds and shadow state and report. Addresses are the real ones, a
 *    byte offset from 0 in the L1 of that core.
 *  - A fiber blocks with emu_wait_until. Whoever changes state that a fiber of
 *    a core could be waiting for calls emu_notify(core) afterwards. A predicate
 *    looks at the state of its own core only.
 *  - emu_report names a rule. It returns unless the rule stops the run (see
 *    emu_rule_stops); the caller then goes on with what the hardware might do.
 */
#ifndef TT_EMU_EMU_H
#define TT_EMU_EMU_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tt-emu/site.h"

enum {
  EMU_MAX_CBS = 64,
  EMU_L1_SLOT = 2 << 20, /* address space of one core's L1, bytes */
  EMU_MAX_SEMAPHORES = 16,
  EMU_MAX_ARGS = 341
};

typedef struct EmuDevice EmuDevice;
typedef struct EmuCore EmuCore;
typedef struct EmuFiber EmuFiber;
typedef struct EmuCb EmuCb;
typedef struct EmuKernel EmuKernel;
typedef struct EmuCompute EmuCompute; /* defined by the compute side */

/*===- processors ---------------------------------------------------------===*/

typedef enum EmuRisc {
  EMU_BRISC,  /* RISCV_0 */
  EMU_NCRISC, /* RISCV_1 */
  EMU_UNPACK,
  EMU_MATH,
  EMU_PACK,
  EMU_RISCS
} EmuRisc;

const char *emu_risc_name(EmuRisc risc); /* "brisc" ... "pack" */

typedef enum EmuArch { EMU_WORMHOLE_B0, EMU_BLACKHOLE } EmuArch;

/*===- rules --------------------------------------------------------------===*/

typedef enum EmuRule {
  EMU_DEADLOCK,
  EMU_CB_OVERFLOW,
  EMU_CB_UNDERFLOW,
  EMU_CB_WRAP,
  EMU_CB_WINDOW,
  EMU_CB_WRITE_UNRESERVED,
  EMU_CB_READ_UNWAITED,
  EMU_CB_UNBALANCED_EXIT,
  EMU_CB_TWO_PRODUCERS,
  EMU_CB_TWO_CONSUMERS,
  EMU_NOC_READ_IN_FLIGHT,
  EMU_NOC_WRITE_IN_FLIGHT,
  EMU_NOC_ALIGNMENT,
  EMU_NOC_BOUNDS,
  EMU_NOC_EXIT_PENDING,
  EMU_MCAST_COUNT,
  EMU_SEM_RANGE,
  EMU_DST_STATE,
  EMU_DST_INDEX,
  EMU_DST_UNDEFINED,
  EMU_INIT_MISSING,
  EMU_INIT_STALE,
  EMU_INIT_ORDER,
  EMU_FORMAT_MISMATCH,
  EMU_UNINIT_MISSING,
  EMU_L1_ACC_LEAK,
  EMU_L1_OVERFLOW,
  EMU_ARG_RANGE,
  EMU_POISON_READ,
  EMU_RULES
} EmuRule;

/* Compiles a host program; the exit status of the compiler. */
int emu_compile_host(const char *source, const char *program,
                     const char *lib_dir);

const char *emu_rule_name(EmuRule rule);    /* "cb-overflow" */
const char *emu_rule_summary(EmuRule rule); /* one line for `tt-emu rules` */
bool emu_rule_stops(EmuRule rule);

/* Reports a violation at the current fiber's site (or on the host when no fiber
 * runs). The text after the first newline becomes detail lines. The same rule
 * at the same line of the same processor is printed once and counted. */
void emu_report(EmuRule rule, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The same about another place (a call remembered from earlier). */
void emu_report_at(EmuFiber *fiber, EmuSite site, EmuRule rule,
                   const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* A problem of the emulated program that is no rule (unsupported call, bad
 * argument): prints and ends the run. Says what, why, what would work. */
_Noreturn void emu_refuse(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/*===- circular buffers ---------------------------------------------------===*/

struct EmuCb {
  bool configured;
  bool global;  /* memory is that of an L1 buffer */
  bool awaited; /* somebody waited for pages */
  uint8_t id;
  EmuFormat format;
  uint32_t tile_rows, tile_columns; /* 32x32 unless the host said otherwise */
  uint32_t base;                    /* L1 byte address */
  uint32_t page_size;               /* bytes */
  uint32_t pages;                   /* capacity */
  uint32_t received, acked; /* pages pushed and popped since the launch */
  uint32_t reserved;        /* pages of the open producer window */
  uint32_t waited;          /* pages of the open consumer window */
  uint32_t packed;          /* tiles appended by the packer in the window */
  uint32_t peak;            /* most pages held at once */
  /* Every processor keeps its own pointers: one that never pushed still has
   * the base in `write`. */
  uint32_t write[EMU_RISCS], read[EMU_RISCS];
  EmuFiber *reserver;            /* who reserved last */
  EmuFiber *producer, *consumer; /* who pushed or popped first; NULL: nobody */
  /* Who read without a wait, wrote without a reserve, and where: cb_resident.c.
   */
  EmuFiber *reads_resident, *writes_resident;
  EmuSite read_at, written_at;
};

/* The CB `id` of the core; refuses an id that was not configured (NULL after
 * the report when it goes on). */
EmuCb *emu_cb(EmuCore *core, uint32_t id);

/* Unpacker: L1 address of tile `index` of the waited window of the running
 * fiber. Reports cb-read-unwaited when the window is too small, cb-window when
 * the tile crosses the end of the ring. */
uint32_t emu_cb_read_tile(EmuFiber *fiber, EmuCb *cb, uint32_t index);
/* Packer: L1 address of tile `index` of the reserved window. Reports
 * cb-write-unreserved and cb-window. For appending packs the caller passes
 * `cb->packed` and increments it; reserve and push set it to 0. */
uint32_t emu_cb_write_tile(EmuFiber *fiber, EmuCb *cb, uint32_t index);

/*===- L1 -----------------------------------------------------------------===*/

typedef enum EmuAccess {
  EMU_ACCESS_UNPACK,     /* operand of the unpacker */
  EMU_ACCESS_PACK,       /* result of the packer */
  EMU_ACCESS_ACCUMULATE, /* packer reading what it adds to: stale is fine */
  EMU_ACCESS_NOC,
  EMU_ACCESS_RISC /* load or store of the processor itself */
} EmuAccess;

/* Shadow bits, one byte per byte of L1. */
enum {
  EMU_SHADOW_DEFINED = 1,   /* written since the launch (or by the host) */
  EMU_SHADOW_READING = 2,   /* target of a NoC read without a barrier yet */
  EMU_SHADOW_SENDING = 4,   /* source of a NoC write not flushed yet */
  EMU_SHADOW_WAITED = 8,    /* in a waited window and not written since */
  EMU_SHADOW_STALE = 16,    /* popped and not written since */
  EMU_SHADOW_RECEIVING = 32 /* target of a NoC write that has not landed */
};

/* Checked access to `bytes` at `address`; `cb` names the buffer in reports
 * (NULL: none). The pointer is valid until the fiber blocks. Out of bounds is
 * reported and answered with scratch memory. A write marks the bytes defined.
 */
const uint8_t *emu_l1_read(EmuCore *core, uint32_t address, uint32_t bytes,
                           EmuAccess access, const EmuCb *cb);
uint8_t *emu_l1_write(EmuCore *core, uint32_t address, uint32_t bytes,
                      EmuAccess access, const EmuCb *cb);

/*===- kernels and fibers -------------------------------------------------===*/

typedef enum EmuFidelity {
  EMU_LOFI = 0,
  EMU_HIFI2 = 2,
  EMU_HIFI3 = 3,
  EMU_HIFI4 = 4
} EmuFidelity;

typedef struct EmuComputeConfig {
  EmuFidelity fidelity;
  bool fp32_dest_acc_en;
  bool dst_full_sync_en;
  bool bfp8_pack_precise;
  bool math_approx_mode;
  bool unpack_to_dest_fp32[EMU_MAX_CBS];
} EmuComputeConfig;

struct EmuFiber {
  EmuCore *core;
  EmuRisc risc;
  EmuKernel *kernel; /* core.c, kernel.c */
  EmuSite site;      /* last device call */
  uint32_t noc;      /* its NoC, data movement only */
};

/* The fiber that runs now; NULL on the host. */
EmuFiber *emu_current(void);
/* Start of every device function. */
EmuFiber *emu_enter(EmuSite site);

typedef struct EmuWait {
  bool (*ready)(void *state); /* pure; looks at the fiber's own core */
  /* Writes "cb 3: 4 pages wanted, 2 there" into text. */
  void (*describe)(void *state, char *text, size_t size);
  void *state;
  uint32_t providers; /* bit set of EmuRisc of this core that could help;
                         0: another core */
} EmuWait;

/* Returns at once if ready, else blocks the current fiber until it is. */
void emu_wait_until(const EmuWait *wait);
/* State of `core` changed: blocked fibers look again. */
void emu_notify(EmuCore *core);

/*===- cores --------------------------------------------------------------===*/

struct EmuCore {
  EmuDevice *device;
  uint32_t x, y; /* logical */
  uint32_t noc_x, noc_y;
  uint8_t *l1;     /* L1 bytes, index = address */
  uint8_t *shadow; /* one byte per byte */
  EmuCb cb[EMU_MAX_CBS];
  uint8_t cb_ids[EMU_MAX_CBS]; /* the configured ones */
  uint32_t cb_count;
  EmuFiber *fiber[EMU_RISCS]; /* of the running program; NULL: no kernel */
  EmuComputeConfig config;    /* of the compute kernel of the running program */
  EmuCompute *compute; /* NULL until the first launch; owned by compute */
};

EmuArch emu_arch(void);
/* Order and times that the hardware leaves open are drawn from here. */
uint64_t emu_random(void);

/*===- what the compute side provides -------------------------------------===*/

/* Before the three fibers of a compute kernel start. State that survives a
 * launch on the hardware (packer L1 accumulation, ReLU) survives here. */
void emu_compute_launch(EmuCore *core);
/* A compute fiber returned from its kernel, current and at its last site. */
void emu_compute_exit(EmuFiber *fiber);
/* The device is closed. */
void emu_compute_free(EmuCore *core);

/*===- statistics ---------------------------------------------------------===*/

/* A named count in the statistics, one static object per place that counts:
 *   static EmuCounter count = {"tile_ops", "matmul_tiles"};
 * emu_count(&count,1); It enters the report with its first use: {"tile_ops":
 * {"matmul_tiles": 1}}. */
typedef struct EmuCounter {
  const char *group, *name;
  uint64_t value;
  struct EmuCounter *next;
  bool listed;
} EmuCounter;

#define EMU_COUNTER(group, name)                                               \
  { (group), (name), 0, NULL, false }

void emu_count(EmuCounter *counter, uint64_t amount);

#endif
