/* transfer.h - between the calls on the NoC (noc.c) and the movement of bytes
 * (transfer.c).
 */
#ifndef TT_EMU_TRANSFER_H
#define TT_EMU_TRANSFER_H

#include "machine.h"

static inline bool is_write(const NocOp *op) {
  return op->kind == NOC_WRITE || op->kind == NOC_POSTED;
}

static inline EmuDevice *device_of(const Fiber *fiber) {
  return fiber->base.core->device;
}

/* Corners of a multicast, smallest first. */
typedef struct Rectangle {
  uint32_t x0, y0, x1, y1;
} Rectangle;

/* False: the corners are in the order of the other NoC. */
bool rectangle_of(uint64_t address, uint8_t noc, Rectangle *rectangle);
/* Calls `visit` (may be NULL) for each core that a multicast reaches, returns
 * how many there are. */
uint32_t each_receiver(Fiber *fiber, const NocOp *op,
                       void (*visit)(const NocTarget *, const NocOp *));

/* Reads the source of a transfer now. */
void sample_read(Fiber *fiber, NocOp *op);
void sample_write(Fiber *fiber, NocOp *op);
/* Completes the reads of a fiber that match; trid below 0: all. */
void land_reads(Fiber *fiber, uint8_t noc, int32_t trid);
/* Completes writes and increments: `kinds` is a bit set of NocKind. */
bool land_writes(Fiber *fiber, int noc, int32_t trid, unsigned kinds,
                 size_t most);
void land_write(Fiber *fiber, NocOp *op);
void land_increment(const NocTarget *target, const NocOp *op);
/* Notes that a write to DRAM is under way. */
void mark_dram(const NocTarget *target, uint32_t bytes);
/* Such a write into the bytes, and whose it is; NULL: none. */
NocOp *dram_writing(const NocTarget *target, uint32_t bytes, Fiber **writer);
bool op_selected(const NocOp *op, int noc, int32_t trid);
/* Puts a write among those under way. */
void enqueue_write(Fiber *fiber, NocOp op);

#endif
