/* transfer.c - how transfers move bytes, and when. A read's bytes land at its
 * barrier; a write reads its source at the flush or barrier, and lands at the
 * barrier. In between the bytes are marked in the shadow. A posted write has a
 * flush of its own and no barrier: it lands when the program gets quiet.
 *
 * With a seed other than 0 a read may sample its source, and a write may read
 * its source or land, at any earlier time. Writes of one kernel on one NoC land
 * in order; increments are ordered with nothing.
 */
#include "transfer.h"

#include "tt-emu/dataflow.h"

#include <stb/stb_ds.h>
#include <stdlib.h>
#include <string.h>

enum { ALL = 1u << NOC_WRITE | 1u << NOC_POSTED | 1u << NOC_ATOMIC };

/*===- moving bytes -------------------------------------------------------===*/

/* Shadow of the target as one defined-bit per byte. */
static void sample_shadow(const NocTarget *target, uint32_t bytes,
                          uint8_t *shadow) {
  if (target->core) {
    const uint8_t *from = target->core->shadow + target->offset;
    for (uint32_t i = 0; i < bytes; i++)
      shadow[i] = from[i] & (EMU_SHADOW_READING | EMU_SHADOW_RECEIVING)
                      ? 0
                      : from[i] & EMU_SHADOW_DEFINED;
    return;
  }
  const uint8_t *from = target->bank->shadow;
  for (uint32_t i = 0; i < bytes; i++)
    shadow[i] = from[(target->offset + i) / DRAM_GRANULE] & EMU_SHADOW_DEFINED;
}

static const uint8_t *target_bytes(const NocTarget *target) {
  return (target->core ? target->core->l1 : target->bank->bytes) +
         target->offset;
}

void sample_read(Fiber *fiber, NocOp *op) {
  NocTarget source;
  if (op->payload ||
      !noc_resolve(device_of(fiber), op->remote, op->bytes, &source))
    return;
  op->payload = malloc(op->bytes);
  op->payload_shadow = malloc(op->bytes);
  memcpy(op->payload, target_bytes(&source), op->bytes);
  sample_shadow(&source, op->bytes, op->payload_shadow);
}

static void land_read(Fiber *fiber, NocOp *op) {
  EmuCore *core = fiber->base.core;
  if (op->payload) {
    memcpy(core->l1 + op->local, op->payload, op->bytes);
    memcpy(core->shadow + op->local, op->payload_shadow, op->bytes);
    free(op->payload);
    free(op->payload_shadow);
    return;
  }
  NocTarget source;
  if (!noc_resolve(core->device, op->remote, op->bytes, &source))
    return;
  memmove(core->l1 + op->local, target_bytes(&source), op->bytes);
  sample_shadow(&source, op->bytes, core->shadow + op->local);
}

/* The source of a write is read: from now on it may be overwritten. */
void sample_write(Fiber *fiber, NocOp *op) {
  if (op->payload || !is_write(op))
    return;
  EmuCore *core = fiber->base.core;
  op->payload = malloc(op->bytes);
  memcpy(op->payload, core->l1 + op->local, op->bytes);
  shadow_clear(core, op->local, op->bytes, EMU_SHADOW_SENDING);
  for (ptrdiff_t i = 0; i < arrlen(fiber->writes); i++) {
    NocOp *other = &fiber->writes[i];
    if (is_write(other) && !other->payload &&
        other->local < op->local + op->bytes &&
        op->local < other->local + other->bytes)
      shadow_set(core, other->local, other->bytes, EMU_SHADOW_SENDING);
  }
}

/* The shadow of DRAM bytes: where it begins, and its size. */
static uint8_t *granules(const NocTarget *target, uint32_t bytes,
                         size_t *count) {
  uint64_t first = target->offset / DRAM_GRANULE;
  *count = (size_t)((target->offset + bytes - 1) / DRAM_GRANULE - first + 1);
  return target->bank->shadow + first;
}

void mark_dram(const NocTarget *target, uint32_t bytes) {
  size_t count;
  uint8_t *shadow = granules(target, bytes, &count);
  for (size_t i = 0; i < count; i++)
    shadow[i] |= EMU_SHADOW_RECEIVING;
}

static void deliver(const NocTarget *target, const NocOp *op) {
  if (target->bank) {
    memcpy(target->bank->bytes + target->offset, op->payload, op->bytes);
    size_t count;
    uint8_t *shadow = granules(target, op->bytes, &count);
    memset(shadow, EMU_SHADOW_DEFINED, count);
    return;
  }
  EmuCore *core = target->core;
  uint32_t offset = (uint32_t)target->offset;
  if (!op->flag && !op->reported &&
      shadow_any(core, offset, op->bytes, EMU_SHADOW_RECEIVING))
    cb_check_landing(core, op, offset);
  memcpy(core->l1 + offset, op->payload, op->bytes);
  shadow_written(core, offset, op->bytes);
  shadow_clear(core, offset, op->bytes, EMU_SHADOW_RECEIVING);
  emu_notify(core);
}

bool rectangle_of(uint64_t address, uint8_t noc, Rectangle *rectangle) {
  const int start = EMU_NOC_START_BIT;
  uint32_t xs = (uint32_t)(address >> (EMU_NOC_X_BIT + start)) & 63;
  uint32_t ys = (uint32_t)(address >> (EMU_NOC_Y_BIT + start)) & 63;
  uint32_t xe = (uint32_t)(address >> EMU_NOC_X_BIT) & 63;
  uint32_t ye = (uint32_t)(address >> EMU_NOC_Y_BIT) & 63;
  bool ordered = noc ? xs >= xe && ys >= ye : xs <= xe && ys <= ye;
  *rectangle = (Rectangle){xs < xe ? xs : xe, ys < ye ? ys : ye,
                           xs < xe ? xe : xs, ys < ye ? ye : ys};
  return ordered;
}

uint32_t each_receiver(Fiber *fiber, const NocOp *op,
                       void (*visit)(const NocTarget *, const NocOp *)) {
  Rectangle r;
  rectangle_of(op->remote, op->noc, &r);
  uint32_t count = 0;
  for (uint32_t y = r.y0; y <= r.y1; y++)
    for (uint32_t x = r.x0; x <= r.x1; x++) {
      EmuCore *core = device_core_at_noc(device_of(fiber), x, y);
      if (!core || (core == fiber->base.core && !op->loopback))
        continue;
      count++;
      NocTarget target = {core, NULL, op->remote & 0xfffffffffull};
      if (visit)
        visit(&target, op);
    }
  return count;
}

void land_increment(const NocTarget *target, const NocOp *op) {
  if (!target->core)
    return;
  uint32_t word;
  memcpy(&word, target->core->l1 + target->offset, 4);
  word += op->value;
  memcpy(target->core->l1 + target->offset, &word, 4);
  shadow_written(target->core, (uint32_t)target->offset, 4);
  emu_notify(target->core);
}

void land_write(Fiber *fiber, NocOp *op) {
  NocTarget target;
  sample_write(fiber, op);
  if (op->multicast)
    each_receiver(fiber, op, deliver);
  else if (noc_resolve(device_of(fiber), op->remote, op->bytes, &target)) {
    if (op->kind == NOC_ATOMIC)
      land_increment(&target, op);
    else
      deliver(&target, op);
  }
  free(op->payload);
  op->payload = NULL;
}

bool op_selected(const NocOp *op, int noc, int32_t trid) {
  return (noc < 0 || op->noc == noc) && (trid < 0 || op->trid == trid);
}

/* Lands the writes of a fiber that match, in order. */
bool land_writes(Fiber *fiber, int noc, int32_t trid, unsigned kinds,
                 size_t most) {
  size_t landed = 0;
  ptrdiff_t kept = 0;
  NocOp *list = fiber->writes;
  ptrdiff_t count = arrlen(list);
  for (ptrdiff_t i = 0; i < count; i++) {
    NocOp op = list[i];
    if (landed < most && kinds & 1u << op.kind && op_selected(&op, noc, trid)) {
      /* Out of the list first: sampling looks at the others. */
      list[i].payload = (uint8_t *)list;
      land_write(fiber, &op);
      landed++;
    } else {
      list[kept++] = op;
    }
  }
  if (list)
    arrsetlen(fiber->writes, (size_t)kept);
  return landed != 0;
}

NocOp *noc_sending(EmuCore *core, EmuFiber *only, uint32_t address,
                   uint32_t bytes) {
  if (!shadow_any(core, address, bytes, EMU_SHADOW_SENDING))
    return NULL;
  for (int risc = 0; risc < EMU_RISCS; risc++) {
    Fiber *fiber = (Fiber *)core->fiber[risc];
    if (!fiber || (only && only != &fiber->base))
      continue;
    for (ptrdiff_t i = 0; i < arrlen(fiber->writes); i++) {
      NocOp *op = &fiber->writes[i];
      if (is_write(op) && !op->payload && !op->reported &&
          op->local < address + bytes && address < op->local + op->bytes)
        return op;
    }
  }
  return NULL;
}

void land_reads(Fiber *fiber, uint8_t noc, int32_t trid) {
  NocOp *list = fiber->reads;
  ptrdiff_t count = arrlen(list), kept = 0;
  for (ptrdiff_t i = 0; i < count; i++) {
    if (op_selected(&list[i], noc, trid))
      land_read(fiber, &list[i]);
    else
      list[kept++] = list[i];
  }
  if (list)
    arrsetlen(fiber->reads, (size_t)kept);
}

bool noc_reading(EmuFiber *fiber, uint32_t address, uint32_t bytes) {
  if (!shadow_any(fiber->core, address, bytes, EMU_SHADOW_READING))
    return false;
  bool any = false;
  Fiber *self = fiber_of(fiber);
  for (ptrdiff_t i = 0; i < arrlen(self->reads); i++) {
    NocOp *op = &self->reads[i];
    if (op->local < address + bytes && address < op->local + op->bytes) {
      any |= !op->reported;
      op->reported = true;
    }
  }
  return any;
}

/*===- time ---------------------------------------------------------------===*/

static Fiber **pending; /* stb_ds: fibers that may have writes under way */

static void note_pending(Fiber *fiber) {
  if (fiber->listed)
    return;
  fiber->listed = true;
  arrput(pending, fiber);
}

void enqueue_write(Fiber *fiber, NocOp op) {
  if (is_write(&op) && !op.payload)
    shadow_set(fiber->base.core, op.local, op.bytes, EMU_SHADOW_SENDING);
  arrput(fiber->writes, op);
  note_pending(fiber);
  if (is_write(&op) && settings()->seed && (emu_random() & 3) == 0)
    sample_write(fiber, &arrlast(fiber->writes));
}

NocOp *dram_writing(const NocTarget *target, uint32_t bytes, Fiber **writer) {
  if (!target->bank)
    return NULL;
  size_t count, at = 0;
  const uint8_t *shadow = granules(target, bytes, &count);
  while (at < count && !(shadow[at] & EMU_SHADOW_RECEIVING))
    at++;
  for (ptrdiff_t i = 0; at < count && i < arrlen(pending); i++)
    for (ptrdiff_t k = 0; k < arrlen(pending[i]->writes); k++) {
      NocOp *op = &pending[i]->writes[k];
      NocTarget to;
      if (is_write(op) && !op->multicast && !op->flag && !op->reported &&
          noc_resolve(device_of(*pending), op->remote, op->bytes, &to) &&
          to.bank == target->bank && to.offset < target->offset + bytes &&
          target->offset < to.offset + op->bytes) {
        *writer = pending[i];
        return op;
      }
    }
  return NULL;
}

bool noc_land_all(void) {
  bool any = false;
  for (ptrdiff_t i = 0; i < arrlen(pending); i++) {
    pending[i]->listed = false;
    any |= land_writes(pending[i], -1, -1, ALL, SIZE_MAX);
  }
  if (pending)
    arrsetlen(pending, 0);
  return any;
}

void noc_tick(void) {
  if (!settings()->seed || !arrlen(pending) || emu_random() & 3)
    return;
  size_t at = (size_t)(emu_random() % (uint64_t)arrlen(pending));
  Fiber *fiber = pending[at];
  land_writes(fiber, -1, -1, ALL, 1);
  if (arrlen(fiber->writes))
    return;
  fiber->listed = false;
  arrdelswap(pending, at);
}

static void report_pending(Fiber *fiber, const NocOp *op, const char *what,
                           const char *barrier) {
  emu_report_at(&fiber->base, op->site, EMU_NOC_EXIT_PENDING,
                "the kernel returned while this %s of %u bytes is under way: "
                "no %s after it",
                what, op->bytes, barrier);
}

/* A multicast that a flag follows is taken as received: the receivers wait for
 * the flag, which cannot overtake it. */
static bool flag_follows(const Fiber *fiber, ptrdiff_t at) {
  for (ptrdiff_t i = at + 1; i < arrlen(fiber->writes); i++)
    if (fiber->writes[i].flag && fiber->writes[i].noc == fiber->writes[at].noc)
      return true;
  return false;
}

void noc_exit_check(Fiber *fiber) {
  for (ptrdiff_t i = 0; i < arrlen(fiber->reads); i++)
    if (!fiber->reads[i].reported) {
      report_pending(fiber, &fiber->reads[i], "read", "noc_async_read_barrier");
      break;
    }
  for (ptrdiff_t i = 0; i < arrlen(fiber->writes); i++) {
    const NocOp *op = &fiber->writes[i];
    bool posted = op->kind == NOC_POSTED;
    if (!is_write(op) || op->flag || op->reported || (posted && op->payload) ||
        (op->multicast && flag_follows(fiber, i)))
      continue;
    report_pending(fiber, op, posted ? "posted write" : "write",
                   posted ? "noc_async_posted_writes_flushed"
                          : "noc_async_write_barrier");
    break;
  }
  for (ptrdiff_t i = 0; i < arrlen(fiber->reads); i++)
    land_read(fiber, &fiber->reads[i]);
  arrfree(fiber->reads);
}
