/* noc.c - transfers. A read's bytes land at its barrier; a write reads its
 * source at the flush or barrier, and lands at the barrier. In between the
 * bytes are marked in the shadow, and whoever touches them is reported.
 *
 * With a seed other than 0 a read may sample its source, and a write may read
 * its source or land, at any earlier time. Writes of one kernel on one NoC land
 * in order (except on Blackhole, where a multicast flag may overtake data that
 * was not flushed); increments are ordered with nothing.
 */
#include "machine.h"
#include "tt-emu/dataflow.h"

#include <stb/stb_ds.h>
#include <stdlib.h>
#include <string.h>

static EmuCounter read_bytes[2] = {EMU_COUNTER("noc0", "read_bytes"),
                                   EMU_COUNTER("noc1", "read_bytes")};
static EmuCounter reads[2] = {EMU_COUNTER("noc0", "reads"),
                              EMU_COUNTER("noc1", "reads")};
static EmuCounter write_bytes[2] = {EMU_COUNTER("noc0", "write_bytes"),
                                    EMU_COUNTER("noc1", "write_bytes")};
static EmuCounter writes[2] = {EMU_COUNTER("noc0", "writes"),
                               EMU_COUNTER("noc1", "writes")};
static EmuCounter multicasts[2] = {EMU_COUNTER("noc0", "multicasts"),
                                   EMU_COUNTER("noc1", "multicasts")};
static EmuCounter atomics[2] = {EMU_COUNTER("noc0", "atomics"),
                                EMU_COUNTER("noc1", "atomics")};
static EmuCounter read_barriers = EMU_COUNTER("barriers", "read");
static EmuCounter write_barriers = EMU_COUNTER("barriers", "write");
static EmuCounter flushes = EMU_COUNTER("barriers", "flush");

enum { BOTH = 1u << NOC_WRITE | 1u << NOC_ATOMIC };

static EmuDevice *device_of(const Fiber *fiber) {
  return fiber->base.core->device;
}

/*===- checks at issue ----------------------------------------------------===*/

static const char *target_text(const NocTarget *target, uint64_t address) {
  static char text[100];
  if (target->core)
    snprintf(text, sizeof text, "L1 0x%llx of core (%u,%u)",
             (unsigned long long)target->offset, target->core->x,
             target->core->y);
  else if (target->bank)
    snprintf(text, sizeof text, "DRAM 0x%llx behind NoC (%u,%u)",
             (unsigned long long)target->offset, target->bank->noc_x,
             target->bank->noc_y);
  else
    snprintf(text, sizeof text, "NoC (%u,%u), where there is no core or bank",
             (uint32_t)(address >> EMU_NOC_X_BIT) & 63,
             (uint32_t)(address >> EMU_NOC_Y_BIT) & 63);
  return text;
}

static bool remote_ok(EmuDevice *device, uint64_t address, uint32_t bytes,
                      const char *what, NocTarget *target) {
  if (noc_resolve(device, address, bytes, target))
    return true;
  emu_report(EMU_NOC_BOUNDS, "%s of %u bytes at %s: outside the memory", what,
             bytes, target_text(target, address));
  return false;
}

static bool local_ok(Fiber *self, uint32_t address, uint32_t bytes,
                     const char *what) {
  uint32_t size = device_of(self)->info.l1_size;
  if (address >= EMU_L1_ARGS && address <= size && bytes <= size - address)
    return true;
  emu_report(EMU_NOC_BOUNDS,
             "%s of %u bytes at L1 0x%x, which is outside 0x%x to 0x%x", what,
             bytes, address, EMU_L1_ARGS, size);
  return false;
}

static void check_alignment(const NocTarget *target, uint32_t local, bool read,
                            uint32_t dram_align) {
  uint32_t align = target->bank && read ? dram_align : 16;
  if (((uint32_t)target->offset ^ local) & (align - 1))
    emu_report(EMU_NOC_ALIGNMENT,
               "%s between L1 0x%x and %s 0x%llx: the two addresses must be "
               "equal modulo %u, they are %u and %u",
               read ? "read" : "write", local, target->bank ? "DRAM" : "L1",
               (unsigned long long)target->offset, align, local % align,
               (uint32_t)target->offset % align);
}

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
    shadow[i] = from[(target->offset + i) / DRAM_GRANULE];
}

static const uint8_t *target_bytes(const NocTarget *target) {
  return (target->core ? target->core->l1 : target->bank->bytes) +
         target->offset;
}

static void sample_read(Fiber *fiber, NocOp *op) {
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
static void sample_write(Fiber *fiber, NocOp *op) {
  if (op->payload || op->kind != NOC_WRITE)
    return;
  EmuCore *core = fiber->base.core;
  op->payload = malloc(op->bytes);
  memcpy(op->payload, core->l1 + op->local, op->bytes);
  shadow_clear(core, op->local, op->bytes, EMU_SHADOW_SENDING);
  for (ptrdiff_t i = 0; i < arrlen(fiber->writes); i++) {
    NocOp *other = &fiber->writes[i];
    if (other->kind == NOC_WRITE && !other->payload &&
        other->local < op->local + op->bytes &&
        op->local < other->local + other->bytes)
      shadow_set(core, other->local, other->bytes, EMU_SHADOW_SENDING);
  }
}

static void deliver(const NocTarget *target, const NocOp *op) {
  if (target->bank) {
    memcpy(target->bank->bytes + target->offset, op->payload, op->bytes);
    uint64_t first = target->offset / DRAM_GRANULE;
    uint64_t last = (target->offset + op->bytes - 1) / DRAM_GRANULE;
    memset(target->bank->shadow + first, EMU_SHADOW_DEFINED,
           (size_t)(last - first + 1));
    return;
  }
  EmuCore *core = target->core;
  uint32_t offset = (uint32_t)target->offset;
  memcpy(core->l1 + offset, op->payload, op->bytes);
  shadow_written(core, offset, op->bytes);
  shadow_clear(core, offset, op->bytes, EMU_SHADOW_RECEIVING);
  emu_notify(core);
}

typedef struct Rectangle {
  uint32_t x0, y0, x1, y1;
} Rectangle;

/* Corners of a multicast address as smallest and largest. False: they are in
 * the order of the other NoC. */
static bool rectangle_of(uint64_t address, uint8_t noc, Rectangle *rectangle) {
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

/* Calls `visit` for each core of the rectangle that the multicast reaches. */
static uint32_t each_receiver(Fiber *fiber, const NocOp *op,
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

static void land_increment(const NocTarget *target, const NocOp *op) {
  if (!target->core)
    return;
  uint32_t word;
  memcpy(&word, target->core->l1 + target->offset, 4);
  word += op->value;
  memcpy(target->core->l1 + target->offset, &word, 4);
  shadow_written(target->core, (uint32_t)target->offset, 4);
  emu_notify(target->core);
}

static void land_write(Fiber *fiber, NocOp *op) {
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

static bool selected(const NocOp *op, int noc, int32_t trid) {
  return (noc < 0 || op->noc == noc) && (trid < 0 || op->trid == trid);
}

/* Lands the writes of a fiber that match, in order. */
static bool land_matching(Fiber *fiber, int noc, int32_t trid, unsigned kinds,
                          size_t most) {
  size_t landed = 0;
  ptrdiff_t kept = 0;
  NocOp *list = fiber->writes;
  ptrdiff_t count = arrlen(list);
  for (ptrdiff_t i = 0; i < count; i++) {
    NocOp op = list[i];
    if (landed < most && kinds & 1u << op.kind && selected(&op, noc, trid)) {
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

const NocOp *noc_sending(EmuCore *core, uint32_t address, uint32_t bytes) {
  if (!shadow_any(core, address, bytes, EMU_SHADOW_SENDING))
    return NULL;
  for (int risc = 0; risc < EMU_RISCS; risc++) {
    Fiber *fiber = (Fiber *)core->fiber[risc];
    for (ptrdiff_t i = 0; fiber && i < arrlen(fiber->writes); i++) {
      const NocOp *op = &fiber->writes[i];
      if (op->kind == NOC_WRITE && !op->payload &&
          op->local < address + bytes && address < op->local + op->bytes)
        return op;
    }
  }
  return NULL;
}

/*===- time ---------------------------------------------------------------===*/

static Fiber **pending; /* stb_ds: fibers that may have writes under way */

static void note_pending(Fiber *fiber) {
  if (arrlen(fiber->writes) == 1)
    arrput(pending, fiber);
}

bool noc_land_all(void) {
  bool any = false;
  for (ptrdiff_t i = 0; i < arrlen(pending); i++)
    any |= land_matching(pending[i], -1, -1, BOTH, SIZE_MAX);
  if (pending)
    arrsetlen(pending, 0);
  return any;
}

void noc_tick(void) {
  if (!settings()->seed || !arrlen(pending) || emu_random() & 3)
    return;
  size_t at = (size_t)(emu_random() % (uint64_t)arrlen(pending));
  Fiber *fiber = pending[at];
  if (arrlen(fiber->writes) == 0) {
    arrdelswap(pending, at);
    return;
  }
  land_matching(fiber, -1, -1, BOTH, 1);
  if (arrlen(fiber->writes) == 0)
    arrdelswap(pending, at);
}

static void report_pending(Fiber *fiber, const NocOp *op, const char *what,
                           const char *barrier) {
  emu_report_at(&fiber->base, op->site, EMU_NOC_EXIT_PENDING,
                "the kernel returned while this %s of %u bytes is under way: "
                "no %s after it",
                what, op->bytes, barrier);
}

void noc_exit_check(Fiber *fiber) {
  if (arrlen(fiber->reads))
    report_pending(fiber, &fiber->reads[0], "read", "noc_async_read_barrier");
  for (ptrdiff_t i = 0; i < arrlen(fiber->writes); i++)
    if (fiber->writes[i].kind == NOC_WRITE && !fiber->writes[i].flag) {
      report_pending(fiber, &fiber->writes[i], "write",
                     "noc_async_write_barrier");
      break;
    }
  for (ptrdiff_t i = 0; i < arrlen(fiber->reads); i++)
    land_read(fiber, &fiber->reads[i]);
  arrfree(fiber->reads);
}

/*===- device functions ---------------------------------------------------===*/

void emu_noc_read(uint64_t source, uint32_t target, uint32_t bytes, uint8_t noc,
                  EmuSite site) {
  Fiber *self = fiber_of(emu_enter(site));
  EmuCore *core = self->base.core;
  NocTarget remote;
  if (bytes == 0 ||
      !remote_ok(core->device, source, bytes, "NoC read", &remote) ||
      !local_ok(self, target, bytes, "NoC read into"))
    return;
  check_alignment(&remote, target, true, core->device->info.dram_align);
  const NocOp *sending = noc_sending(core, target, bytes);
  if (sending)
    shadow_check_overwrite(core, target, bytes);
  shadow_set(core, target, bytes, EMU_SHADOW_READING);
  NocOp op = {.kind = NOC_READ,
              .noc = noc,
              .trid = self->trid,
              .local = target,
              .bytes = bytes,
              .remote = source,
              .site = site};
  if (settings()->seed && (emu_random() & 1))
    sample_read(self, &op);
  arrput(self->reads, op);
  emu_count(&reads[noc & 1], 1);
  emu_count(&read_bytes[noc & 1], bytes);
}

static void mark_receiving(const NocTarget *target, const NocOp *op) {
  if (!target->core)
    return;
  uint32_t size = target->core->device->info.l1_size;
  if (target->offset + op->bytes <= size)
    shadow_set(target->core, (uint32_t)target->offset, op->bytes,
               EMU_SHADOW_RECEIVING);
}

static void enqueue_write(Fiber *self, NocOp op) {
  if (!op.payload)
    shadow_set(self->base.core, op.local, op.bytes, EMU_SHADOW_SENDING);
  arrput(self->writes, op);
  note_pending(self);
  if (settings()->seed && (emu_random() & 3) == 0)
    sample_write(self, &arrlast(self->writes));
}

void emu_noc_write(uint32_t source, uint64_t target, uint32_t bytes,
                   uint8_t noc, EmuSite site) {
  Fiber *self = fiber_of(emu_enter(site));
  EmuCore *core = self->base.core;
  NocTarget remote;
  if (bytes == 0 ||
      !remote_ok(core->device, target, bytes, "NoC write", &remote) ||
      !local_ok(self, source, bytes, "NoC write from"))
    return;
  check_alignment(&remote, source, false, core->device->info.dram_align);
  emu_l1_read(core, source, bytes, EMU_ACCESS_NOC, NULL);
  NocOp op = {.kind = NOC_WRITE,
              .noc = noc,
              .trid = self->trid,
              .local = source,
              .bytes = bytes,
              .remote = target,
              .site = site};
  mark_receiving(&remote, &op);
  enqueue_write(self, op);
  emu_count(&writes[noc & 1], 1);
  emu_count(&write_bytes[noc & 1], bytes);
}

static void check_multicast(Fiber *self, const NocOp *op,
                            uint32_t destinations) {
  Rectangle r;
  if (!rectangle_of(op->remote, op->noc, &r))
    emu_report(EMU_MCAST_COUNT,
               "the corners of the rectangle (%u,%u)-(%u,%u) are in the order "
               "of the other NoC: on NoC %u the start is the %s corner",
               r.x0, r.y0, r.x1, r.y1, op->noc, op->noc ? "last" : "first");
  uint32_t count = each_receiver(self, op, NULL);
  if (count != destinations)
    emu_report(EMU_MCAST_COUNT,
               "multicast to NoC (%u,%u)-(%u,%u) says %u destinations, the "
               "rectangle has %u cores %s the sender",
               r.x0, r.y0, r.x1, r.y1, destinations, count,
               op->loopback ? "with" : "without");
  else if (count == 0)
    emu_report(EMU_MCAST_COUNT,
               "multicast to NoC (%u,%u)-(%u,%u) reaches no core: it hangs",
               r.x0, r.y0, r.x1, r.y1);
}

void emu_noc_multicast(uint32_t source, uint64_t target, uint32_t bytes,
                       uint32_t destinations, bool loopback, bool flag,
                       uint8_t noc, EmuSite site) {
  Fiber *self = fiber_of(emu_enter(site));
  EmuCore *core = self->base.core;
  uint64_t offset = target & 0xfffffffffull;
  if (bytes == 0 || !local_ok(self, source, bytes, "multicast from"))
    return;
  if (offset < EMU_L1_ARGS || offset + bytes > core->device->info.l1_size) {
    emu_report(EMU_NOC_BOUNDS, "multicast of %u bytes to L1 0x%llx: outside L1",
               bytes, (unsigned long long)offset);
    return;
  }
  NocOp op = {.kind = NOC_WRITE,
              .noc = noc,
              .trid = self->trid,
              .multicast = true,
              .loopback = loopback,
              .flag = flag,
              .local = source,
              .bytes = bytes,
              .remote = target,
              .site = site};
  check_multicast(self, &op, destinations);
  if (!flag)
    emu_l1_read(core, source, bytes, EMU_ACCESS_NOC, NULL);
  emu_count(&multicasts[noc & 1], 1);
  emu_count(&write_bytes[noc & 1], bytes);
  if (flag && emu_arch() == EMU_BLACKHOLE) {
    land_write(self, &op);
    return;
  }
  if (!flag)
    each_receiver(self, &op, mark_receiving);
  enqueue_write(self, op);
}

void emu_noc_inline_write(uint64_t target, uint32_t value, uint8_t byte_enable,
                          uint8_t noc, EmuSite site) {
  Fiber *self = fiber_of(emu_enter(site));
  NocTarget remote;
  if (!remote_ok(device_of(self), target, 4, "inline write", &remote))
    return;
  if (remote.bank) {
    emu_report(EMU_NOC_BOUNDS, "inline write to %s: only L1 takes them",
               target_text(&remote, target));
    return;
  }
  uint8_t word[4];
  memcpy(word, remote.core->l1 + remote.offset, 4);
  for (int i = 0; i < 4; i++)
    if (byte_enable & 1 << i)
      word[i] = (uint8_t)(value >> 8 * i);
  NocOp op = {.kind = NOC_WRITE,
              .noc = noc,
              .trid = self->trid,
              .flag = true,
              .bytes = 4,
              .remote = target,
              .payload = malloc(4),
              .site = site};
  memcpy(op.payload, word, 4);
  enqueue_write(self, op);
  emu_count(&writes[noc & 1], 1);
  emu_count(&write_bytes[noc & 1], 4);
}

void emu_noc_increment(uint64_t target, uint32_t amount, uint8_t noc,
                       EmuSite site) {
  Fiber *self = fiber_of(emu_enter(site));
  NocTarget remote;
  if (!remote_ok(device_of(self), target, 4, "atomic increment", &remote))
    return;
  if (remote.bank || remote.offset % 4) {
    emu_report(EMU_NOC_BOUNDS, "atomic increment of %s: only words of L1",
               target_text(&remote, target));
    return;
  }
  NocOp op = {.kind = NOC_ATOMIC,
              .noc = noc,
              .value = amount,
              .remote = target,
              .site = site};
  emu_count(&atomics[noc & 1], 1);
  if (settings()->seed && (emu_random() & 1)) {
    op.payload = malloc(1);
    arrput(self->writes, op);
    note_pending(self);
    return;
  }
  land_increment(&remote, &op);
}

void emu_noc_write_flag(uint32_t source, uint64_t target, uint8_t noc,
                        EmuSite site) {
  Fiber *self = fiber_of(emu_enter(site));
  NocTarget remote;
  if (!remote_ok(device_of(self), target, 4, "write of a flag", &remote) ||
      !local_ok(self, source, 4, "write of a flag from"))
    return;
  check_alignment(&remote, source, false, 16);
  enqueue_write(self, (NocOp){.kind = NOC_WRITE,
                              .noc = noc,
                              .trid = self->trid,
                              .flag = true,
                              .local = source,
                              .bytes = 4,
                              .remote = target,
                              .site = site});
  emu_count(&writes[noc & 1], 1);
  emu_count(&write_bytes[noc & 1], 4);
}

void emu_noc_one_packet(uint32_t bytes, EmuSite site) {
  uint32_t most = emu_arch() == EMU_BLACKHOLE ? 16384 : 8192;
  if (bytes <= most)
    return;
  emu_enter(site);
  emu_report(EMU_NOC_BOUNDS, "one packet of %u bytes, %u are the most", bytes,
             most);
}

uint64_t *emu_noc_saved(void) { return fiber_of(emu_current())->saved; }

void emu_noc_set_trid(uint32_t trid, uint8_t noc, EmuSite site) {
  (void)noc;
  fiber_of(emu_enter(site))->trid = (uint8_t)trid;
}

void emu_noc_read_barrier(uint8_t noc, int32_t trid, EmuSite site) {
  Fiber *self = fiber_of(emu_enter(site));
  NocOp *list = self->reads;
  ptrdiff_t count = arrlen(list), kept = 0;
  for (ptrdiff_t i = 0; i < count; i++) {
    if (selected(&list[i], noc, trid))
      land_read(self, &list[i]);
    else
      list[kept++] = list[i];
  }
  if (list)
    arrsetlen(self->reads, (size_t)kept);
  emu_count(&read_barriers, 1);
  emu_notify(self->base.core);
}

void emu_noc_write_barrier(uint8_t noc, int32_t trid, EmuSite site) {
  Fiber *self = fiber_of(emu_enter(site));
  land_matching(self, noc, trid, 1u << NOC_WRITE, SIZE_MAX);
  emu_count(&write_barriers, 1);
}

void emu_noc_flush(uint8_t noc, int32_t trid, EmuSite site) {
  Fiber *self = fiber_of(emu_enter(site));
  for (ptrdiff_t i = 0; i < arrlen(self->writes); i++)
    if (selected(&self->writes[i], noc, trid))
      sample_write(self, &self->writes[i]);
  emu_count(&flushes, 1);
}

void emu_noc_atomic_barrier(uint8_t noc, EmuSite site) {
  Fiber *self = fiber_of(emu_enter(site));
  land_matching(self, noc, -1, 1u << NOC_ATOMIC, SIZE_MAX);
}
