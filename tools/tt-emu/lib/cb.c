/* cb.c - circular buffers: the real counters, pointers and wrap rule.
 *
 * `received` and `acked` are the producer's and the consumer's counts of pages;
 * a pointer wraps only when it is equal to the end of the ring. A reserve or a
 * wait opens a window and moves nothing; a push or a pop closes pages of it.
 * A wait tags the bytes of its window; a pop makes stale what still has the
 * tag, so bytes that somebody wrote in between stay valid.
 *
 * After a report the call behaves as if the one that was missing had been there
 * (a push without a reserve waits for room), so that one mistake is one report.
 */
#include "machine.h"

#include "tt-emu/dataflow.h"

static EmuCounter reserve_blocked = EMU_COUNTER("cb", "reserve_blocked");
static EmuCounter wait_blocked = EMU_COUNTER("cb", "wait_blocked");

EmuCb *emu_cb(EmuCore *core, uint32_t id) {
  uint32_t count = core->device->info.cbs;
  if (id >= count)
    emu_refuse("circular buffer %u does not exist, the device has 0 to %u", id,
               count - 1);
  EmuCb *cb = &core->cb[id];
  if (!cb->configured)
    emu_refuse("circular buffer %u is used but the host configured none with "
               "that index on core (%u,%u)",
               id, core->x, core->y);
  return cb;
}

void cb_launch(EmuCore *core, const ProgramCb *program_cb) {
  const EmuCbSpec *spec = &program_cb->spec;
  for (uint32_t i = 0; i < EMU_MAX_CBS; i++) {
    if (!spec->used[i])
      continue;
    EmuCb *cb = &core->cb[i];
    core->cb_ids[core->cb_count++] = (uint8_t)i;
    *cb = (EmuCb){.configured = true,
                  .global = spec->global,
                  .id = (uint8_t)i,
                  .format = (EmuFormat)spec->format[i],
                  .tile_rows = spec->tile_rows[i],
                  .tile_columns = spec->tile_columns[i],
                  .base = program_cb->address,
                  .page_size = spec->page_size[i],
                  .pages = spec->total / spec->page_size[i]};
    for (int risc = 0; risc < EMU_RISCS; risc++)
      cb->write[risc] = cb->read[risc] = cb->base;
  }
  if (spec->global)
    shadow_clear(core, program_cb->address, spec->total,
                 EMU_SHADOW_STALE | EMU_SHADOW_WAITED);
  else
    shadow_forget(core, program_cb->address, spec->total);
}

void cb_exit_check(EmuCore *core) {
  for (uint32_t i = 0; i < EMU_MAX_CBS; i++) {
    EmuCb *cb = &core->cb[i];
    if (!cb->configured || cb->global || held(cb) == 0)
      continue;
    if (!cb->consumer && !cb->awaited) /* memory that nobody consumes */
      continue;
    EmuFiber *last = cb->producer;
    emu_report_at(last, last ? last->site : (EmuSite){"", 0},
                  EMU_CB_UNBALANCED_EXIT,
                  "circular buffer %u: %u pages pushed but %u popped when the "
                  "program ended",
                  i, cb->received, cb->acked);
  }
}

/*===- producer -----------------------------------------------------------===*/

typedef struct Request {
  EmuCb *cb;
  uint32_t pages;
} Request;

static bool has_room(void *state) {
  const Request *request = state;
  return request->cb->pages - held(request->cb) >= request->pages;
}

static void describe_room(void *state, char *text, size_t size) {
  const Request *request = state;
  snprintf(text, size,
           "room for %u pages in circular buffer %u (%u of %u pages are held)",
           request->pages, request->cb->id, held(request->cb),
           request->cb->pages);
}

static void await(bool (*ready)(void *),
                  void (*describe)(void *, char *, size_t), EmuCb *cb,
                  uint32_t pages, uint32_t providers) {
  Request request = {cb, pages};
  emu_wait_until(&(EmuWait){ready, describe, &request,
                            providers | 1u << EMU_BRISC | 1u << EMU_NCRISC});
}

static void await_room(EmuCb *cb, uint32_t pages) {
  await(has_room, describe_room, cb, pages, 1u << EMU_UNPACK);
}

void cb_reserve_for(EmuCore *core, uint32_t address) {
  EmuCb *cb = core_cb_holding(core, address);
  if (!cb)
    return;
  uint32_t pages = cb_pages_up_to(cb, address);
  await_room(cb, pages);
  if (pages > cb->reserved)
    cb->reserved = pages;
}

void emu_cb_reserve_back(uint32_t id, uint32_t pages, EmuSite site) {
  EmuFiber *self = emu_enter(site);
  EmuCb *cb = emu_cb(self->core, id);
  if (pages > cb->pages) {
    emu_report(EMU_CB_OVERFLOW,
               "%u pages reserved in circular buffer %u, which has %u: this "
               "never succeeds",
               pages, id, cb->pages);
    emu_stop();
  }
  uint64_t waits = fiber_of(self)->waits;
  await_room(cb, pages);
  emu_count(&reserve_blocked, fiber_of(self)->waits - waits);
  if (pages > cb->reserved)
    cb->reserved = pages;
  cb->reserver = self;
  cb->packed = 0;
}

static void check_producer(EmuFiber *self, EmuCb *cb) {
  if (!cb->producer)
    cb->producer = self;
  else if (cb->producer != self)
    emu_report(EMU_CB_TWO_PRODUCERS,
               "circular buffer %u is pushed by %s and by %s", cb->id,
               emu_risc_name(cb->producer->risc), emu_risc_name(self->risc));
}

/* Moves a pointer by the wrap rule of the hardware. */
static uint32_t advance(const EmuCb *cb, uint32_t pointer, uint32_t pages,
                        const char *what) {
  uint32_t next = pointer + pages * cb->page_size;
  if (next > limit(cb)) {
    emu_report(EMU_CB_WRAP,
               "%s of %u pages moves the pointer of circular buffer %u to page "
               "%u of %u: it wraps only when it meets the end exactly",
               what, pages, cb->id, (next - cb->base) / cb->page_size,
               cb->pages);
    return next - cb->pages * cb->page_size;
  }
  return next == limit(cb) ? cb->base : next;
}

static void check_pushed_bytes(EmuFiber *self, const EmuCb *cb,
                               uint32_t pages) {
  uint32_t start = cb->write[self->risc];
  uint32_t bytes = pages * cb->page_size;
  if (start + bytes > limit(cb))
    bytes = limit(cb) - start;
  if (noc_reading(self, start, bytes))
    emu_report(EMU_NOC_READ_IN_FLIGHT,
               "%u pages of circular buffer %u are pushed while a read into "
               "them is under way: no read barrier since it was issued",
               pages, cb->id);
  else if (shadow_any(self->core, start, bytes, EMU_SHADOW_RECEIVING)) {
    emu_report(EMU_NOC_WRITE_IN_FLIGHT,
               "%u pages of circular buffer %u are pushed while a write from "
               "another core into them has not landed: what told this kernel "
               "of it overtook it",
               pages, cb->id);
    shadow_clear(self->core, start, bytes, EMU_SHADOW_RECEIVING);
    shadow_set(self->core, start, bytes, EMU_SHADOW_DEFINED);
  }
}

static uint32_t check_push(EmuCb *cb, uint32_t pages) {
  if (pages > cb->pages) {
    emu_report(EMU_CB_OVERFLOW, "%u pages pushed to circular buffer %u of %u",
               pages, cb->id, cb->pages);
    return cb->reserved;
  }
  if (pages > cb->reserved && !(cb->pages - held(cb) >= pages &&
                                cb_resident_write(emu_current(), cb))) {
    emu_report(EMU_CB_WRITE_UNRESERVED,
               "%u pages pushed to circular buffer %u, %u are reserved", pages,
               cb->id, cb->reserved);
    await_room(cb, pages);
  }
  return pages;
}

void emu_cb_push_back(uint32_t id, uint32_t pages, EmuSite site) {
  EmuFiber *self = emu_enter(site);
  EmuCb *cb = emu_cb(self->core, id);
  check_producer(self, cb);
  cb_meets_producer(cb);
  pages = check_push(cb, pages);
  check_pushed_bytes(self, cb, pages);
  cb->write[self->risc] = advance(cb, cb->write[self->risc], pages, "push");
  cb->received += pages;
  cb->reserved = cb->reserved > pages ? cb->reserved - pages : 0;
  cb->packed = 0;
  if (held(cb) > cb->peak)
    cb->peak = held(cb);
  emu_notify(self->core);
}

/*===- consumer -----------------------------------------------------------===*/

static bool has_pages(void *state) {
  const Request *request = state;
  return held(request->cb) >= request->pages;
}

static void describe_pages(void *state, char *text, size_t size) {
  const Request *request = state;
  snprintf(text, size, "%u pages in circular buffer %u (%u are there)",
           request->pages, request->cb->id, held(request->cb));
}

/* Tags the bytes of the pages that a wait adds to the window. */
static void tag_window(EmuFiber *self, EmuCb *cb, uint32_t pages) {
  uint32_t first = cb->read[self->risc] + cb->waited * cb->page_size;
  uint32_t bytes = (pages - cb->waited) * cb->page_size;
  uint32_t ring = cb->pages * cb->page_size;
  if (first >= limit(cb))
    first -= ring;
  uint32_t straight = limit(cb) - first;
  if (bytes > straight) {
    shadow_set(self->core, cb->base, bytes - straight, EMU_SHADOW_WAITED);
    bytes = straight;
  }
  shadow_set(self->core, first, bytes, EMU_SHADOW_WAITED);
}

static void await_pages(EmuFiber *self, EmuCb *cb, uint32_t pages) {
  await(has_pages, describe_pages, cb, pages, 1u << EMU_PACK);
  cb->awaited = true;
  if (pages > cb->waited && pages <= cb->pages) {
    tag_window(self, cb, pages);
    cb->waited = pages;
  }
}

void emu_cb_wait_front(uint32_t id, uint32_t pages, EmuSite site) {
  EmuFiber *self = emu_enter(site);
  EmuCb *cb = emu_cb(self->core, id);
  if (pages > cb->pages) {
    emu_report(EMU_CB_UNDERFLOW,
               "%u pages awaited in circular buffer %u, which has %u: this "
               "never succeeds",
               pages, id, cb->pages);
    emu_stop();
  }
  uint64_t waits = fiber_of(self)->waits;
  await_pages(self, cb, pages);
  cb_meets_consumer(cb);
  emu_count(&wait_blocked, fiber_of(self)->waits - waits);
}

static void check_consumer(EmuFiber *self, EmuCb *cb) {
  if (!cb->consumer)
    cb->consumer = self;
  else if (cb->consumer != self)
    emu_report(EMU_CB_TWO_CONSUMERS,
               "circular buffer %u is popped by %s and by %s", cb->id,
               emu_risc_name(cb->consumer->risc), emu_risc_name(self->risc));
}

static void retire_bytes(EmuFiber *self, const EmuCb *cb, uint32_t pages) {
  uint32_t start = cb->read[self->risc];
  uint32_t bytes = pages * cb->page_size;
  if (start + bytes > limit(cb))
    bytes = limit(cb) - start;
  NocOp *op;
  while ((op = noc_sending(self->core, self, start, bytes))) {
    op->reported = true;
    emu_report(EMU_NOC_WRITE_IN_FLIGHT,
               "%u pages of circular buffer %u are popped while the write of "
               "%u bytes issued at line %u may still read them: no write "
               "barrier or flush since it was issued",
               pages, cb->id, op->bytes, op->site.line);
  }
  /* A buffer of the host keeps its contents when its pages are popped. */
  if (cb->global)
    shadow_clear(self->core, start, bytes, EMU_SHADOW_WAITED);
  else
    shadow_retire(self->core, start, bytes);
}

static uint32_t check_pop(EmuFiber *self, EmuCb *cb, uint32_t pages) {
  if (pages <= cb->waited)
    return pages;
  if (pages > cb->pages || (cb->waited && pages > held(cb))) {
    emu_report(EMU_CB_UNDERFLOW,
               "%u pages popped from circular buffer %u, which holds %u of %u",
               pages, cb->id, held(cb), cb->pages);
    return cb->waited;
  }
  emu_report(EMU_CB_READ_UNWAITED,
             "%u pages popped from circular buffer %u, %u were waited for",
             pages, cb->id, cb->waited);
  await_pages(self, cb, pages);
  return pages;
}

void emu_cb_pop_front(uint32_t id, uint32_t pages, EmuSite site) {
  EmuFiber *self = emu_enter(site);
  EmuCb *cb = emu_cb(self->core, id);
  check_consumer(self, cb);
  bool resident =
      pages > cb->waited && pages <= cb->pages && cb_resident_read(self, cb);
  if (!resident)
    pages = check_pop(self, cb, pages);
  retire_bytes(self, cb, pages);
  cb->read[self->risc] = advance(cb, cb->read[self->risc], pages, "pop");
  if (resident) /* never counted as pushed */
    return;
  cb->acked += pages;
  cb->waited = cb->waited > pages ? cb->waited - pages : 0;
  emu_notify(self->core);
}

/*===- questions ----------------------------------------------------------===*/

bool emu_cb_reservable(uint32_t id, uint32_t pages, EmuSite site) {
  EmuFiber *self = emu_enter(site);
  Request request = {emu_cb(self->core, id), pages};
  if (has_room(&request))
    return true;
  scheduler_poll(request.cb->base);
  return has_room(&request);
}

bool emu_cb_available(uint32_t id, uint32_t pages, EmuSite site) {
  EmuFiber *self = emu_enter(site);
  Request request = {emu_cb(self->core, id), pages};
  if (has_pages(&request))
    return true;
  scheduler_poll(request.cb->base);
  return has_pages(&request);
}

/*===- tiles, for the units -----------------------------------------------===*/

static uint32_t tile_address(const EmuCb *cb, uint32_t pointer, uint32_t index,
                             const char *what) {
  uint32_t address = pointer + index * cb->page_size;
  if (address >= limit(cb)) {
    emu_report(EMU_CB_WINDOW,
               "%s tile %u of circular buffer %u lies behind the end of the "
               "ring of %u pages (the window starts at page %u)",
               what, index, cb->id, cb->pages,
               (pointer - cb->base) / cb->page_size);
    address = cb->base + (address - cb->base) % (cb->pages * cb->page_size);
  }
  return address;
}

uint32_t emu_cb_read_tile(EmuFiber *fiber, EmuCb *cb, uint32_t index) {
  if (index >= cb->waited && !cb_resident_read(fiber, cb)) {
    emu_report(EMU_CB_READ_UNWAITED,
               "tile %u of circular buffer %u is read, %u pages were waited "
               "for",
               index, cb->id, cb->waited);
    if (index < cb->pages)
      await(has_pages, describe_pages, cb, index + 1, 1u << EMU_PACK);
  }
  return tile_address(cb, cb->read[fiber->risc], index, "read");
}

uint32_t emu_cb_write_tile(EmuFiber *fiber, EmuCb *cb, uint32_t index) {
  if (index >= cb->reserved && !cb_resident_write(fiber, cb))
    emu_report(EMU_CB_WRITE_UNRESERVED,
               "tile %u of circular buffer %u is written, %u pages are "
               "reserved",
               index, cb->id, cb->reserved);
  return tile_address(cb, cb->write[fiber->risc], index, "written");
}
