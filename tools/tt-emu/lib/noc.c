/* noc.c - what kernels ask of the NoC: each call is checked against the
 * memories it names, recorded, and left to transfer.c to happen in its time.
 */
#include "transfer.h"

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
    return !target->bank || buffer_covers(device, target, bytes, what);
  emu_report(EMU_NOC_BOUNDS, "%s of %u bytes at %s: outside the memory", what,
             bytes, target_text(target, address));
  return false;
}

static bool local_ok(Fiber *self, uint32_t address, uint32_t bytes,
                     const char *what) {
  uint32_t size = device_of(self)->info.l1_size;
  if (address >= EMU_L1_ARGS && address <= size && bytes <= size - address)
    return true;
  emu_report(EMU_NOC_BOUNDS, "%s L1 0x%x of %u bytes: outside 0x%x to 0x%x",
             what, address, bytes, EMU_L1_ARGS, size);
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

/* A read is ordered with no write, not even with one of its own kernel: it gets
 * the bytes from before or after. */
static void check_landed(const NocTarget *source, uint32_t bytes) {
  Fiber *writer;
  NocOp *op = dram_writing(source, bytes, &writer);
  if (!op)
    return;
  emu_report(
      EMU_NOC_WRITE_IN_FLIGHT,
      "read of %u bytes at DRAM 0x%llx, where the write of %u bytes that "
      "%s of core (%u,%u) issued at line %u may not have landed: no "
      "write barrier since it was issued",
      bytes, (unsigned long long)source->offset, op->bytes,
      emu_risc_name(writer->base.risc), writer->base.core->x,
      writer->base.core->y, op->site.line);
  land_writes(writer, op->noc, -1, 1u << op->kind, SIZE_MAX);
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
  check_landed(&remote, bytes);
  target = cb_redirect(&self->base, target, bytes, "read into");
  if (!cb_check_write(core, &self->base, target, bytes, "read into"))
    cb_reserve_for(core, target + bytes - 1);
  shadow_check_overwrite(core, target, bytes);
  shadow_set(core, target, bytes, EMU_SHADOW_READING);
  NocOp op = {.kind = NOC_READ,
              .noc = noc,
              .trid = self->trid,
              .local = target,
              .bytes = bytes,
              .remote = source,
              .issuer = &self->base,
              .site = site};
  if (settings()->seed && (emu_random() & 1))
    sample_read(self, &op);
  arrput(self->reads, op);
  emu_count(&reads[noc & 1], 1);
  emu_count(&read_bytes[noc & 1], bytes);
}

/* What a kernel sends must be its to read, and written. */
static void check_source(Fiber *self, uint32_t source, uint32_t bytes) {
  EmuCore *core = self->base.core;
  if (!cb_too_early(&self->base, source, bytes) &&
      cb_check_read(core, &self->base, source, bytes, "sent"))
    emu_l1_read(core, source, bytes, EMU_ACCESS_NOC, NULL);
}

static void mark_receiving(const NocTarget *target, const NocOp *op) {
  if (!target->core) {
    mark_dram(target, op->bytes);
    return;
  }
  uint32_t size = target->core->device->info.l1_size;
  if (target->offset + op->bytes <= size)
    shadow_set(target->core, (uint32_t)target->offset, op->bytes,
               EMU_SHADOW_RECEIVING);
}

static void issue_write(NocKind kind, uint32_t source, uint64_t target,
                        uint32_t bytes, uint8_t noc, EmuSite site) {
  Fiber *self = fiber_of(emu_enter(site));
  EmuCore *core = self->base.core;
  NocTarget remote;
  if (bytes == 0 ||
      !remote_ok(core->device, target, bytes, "NoC write", &remote) ||
      !local_ok(self, source, bytes, "NoC write from"))
    return;
  check_alignment(&remote, source, false, core->device->info.dram_align);
  source = cb_redirect(&self->base, source, bytes, "sent");
  check_source(self, source, bytes);
  NocOp op = {.kind = kind,
              .noc = noc,
              .trid = self->trid,
              .local = source,
              .bytes = bytes,
              .remote = target,
              .issuer = &self->base,
              .site = site};
  mark_receiving(&remote, &op);
  enqueue_write(self, op);
  emu_count(&writes[noc & 1], 1);
  emu_count(&write_bytes[noc & 1], bytes);
}

void emu_noc_write(uint32_t source, uint64_t target, uint32_t bytes,
                   uint8_t noc, EmuSite site) {
  issue_write(NOC_WRITE, source, target, bytes, noc, site);
}

void emu_noc_write_posted(uint32_t source, uint64_t target, uint32_t bytes,
                          uint8_t noc, EmuSite site) {
  issue_write(NOC_POSTED, source, target, bytes, noc, site);
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

/* Data that has not left the core: on Blackhole a flag may overtake it. */
static bool holds_back(const Fiber *self, uint8_t noc) {
  for (ptrdiff_t i = 0; i < arrlen(self->writes); i++)
    if (self->writes[i].noc == noc && !self->writes[i].payload)
      return true;
  return false;
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
              .issuer = &self->base,
              .site = site};
  check_multicast(self, &op, destinations);
  if (!flag)
    check_source(self, source, bytes);
  emu_count(&multicasts[noc & 1], 1);
  emu_count(&write_bytes[noc & 1], bytes);
  if (flag && emu_arch() == EMU_BLACKHOLE && holds_back(self, noc)) {
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
  if (remote.core)
    semaphore_check(&self->base, remote.core, remote.offset);
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
              .issuer = &self->base,
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
  semaphore_check(&self->base, remote.core, remote.offset);
  NocOp op = {.kind = NOC_ATOMIC,
              .noc = noc,
              .value = amount,
              .remote = target,
              .issuer = &self->base,
              .site = site};
  emu_count(&atomics[noc & 1], 1);
  if (settings()->seed && (emu_random() & 1)) {
    enqueue_write(self, op);
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
  if (remote.core)
    semaphore_check(&self->base, remote.core, remote.offset);
  enqueue_write(self, (NocOp){.kind = NOC_WRITE,
                              .noc = noc,
                              .trid = self->trid,
                              .flag = true,
                              .local = source,
                              .bytes = 4,
                              .remote = target,
                              .issuer = &self->base,
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
  land_reads(self, noc, trid);
  emu_count(&read_barriers, 1);
  emu_notify(self->base.core);
}

void emu_noc_write_barrier(uint8_t noc, int32_t trid, EmuSite site) {
  Fiber *self = fiber_of(emu_enter(site));
  if (arrlen(self->writes))
    scheduler_yield(); /* while this kernel waits, others see what they see */
  land_writes(self, noc, trid, 1u << NOC_WRITE, SIZE_MAX);
  emu_count(&write_barriers, 1);
}

static void flush(Fiber *self, NocKind kind, uint8_t noc, int32_t trid) {
  for (ptrdiff_t i = 0; i < arrlen(self->writes); i++)
    if (self->writes[i].kind == kind &&
        op_selected(&self->writes[i], noc, trid))
      sample_write(self, &self->writes[i]);
  emu_count(&flushes, 1);
}

void emu_noc_flush(uint8_t noc, int32_t trid, EmuSite site) {
  flush(fiber_of(emu_enter(site)), NOC_WRITE, noc, trid);
}

void emu_noc_flush_posted(uint8_t noc, EmuSite site) {
  flush(fiber_of(emu_enter(site)), NOC_POSTED, noc, -1);
}

void emu_noc_atomic_barrier(uint8_t noc, EmuSite site) {
  Fiber *self = fiber_of(emu_enter(site));
  land_writes(self, noc, -1, 1u << NOC_ATOMIC, SIZE_MAX);
}
