/* cb_access.c - touching the bytes of a ring by hand: transfers, loads and
 * stores, and the addresses that kernels ask for to do it.
 *
 * A window grants access to its pages: the reserved one of the producer, the
 * awaited one of the consumer. A ring that nobody pushes to or pops from is
 * plain memory, and so is one that lies in an L1 buffer of the host.
 */
#include "machine.h"

#include "tt-emu/dataflow.h"

#include <stb/stb_ds.h>

EmuCb *core_cb_holding(EmuCore *core, uint32_t address) {
  for (uint32_t i = 0; i < core->cb_count; i++) {
    EmuCb *cb = &core->cb[core->cb_ids[i]];
    if (address >= cb->base && address < limit(cb))
      return cb;
  }
  return NULL;
}

/* The bytes lie in the `count` pages of the ring from page number `first`. */
static bool within(const EmuCb *cb, uint32_t address, uint32_t bytes,
                   uint32_t first, uint32_t count) {
  uint32_t low = (address - cb->base) / cb->page_size;
  uint32_t high = (address + bytes - 1 - cb->base) / cb->page_size;
  uint32_t front = first % cb->pages;
  uint32_t distance = (low + cb->pages - front) % cb->pages;
  return distance + (high - low) < count;
}

/* A ring nobody pushes to or pops from is plain memory. */
static bool is_fifo(const EmuCb *cb) {
  return !cb->global &&
         (cb->received || cb->acked || cb->reserved || cb->waited);
}

/* Any kernel of the core may fill pages that were reserved; to read them is for
 * the one that reserved them. */
static bool grants(const EmuCb *cb, const EmuFiber *fiber, uint32_t address,
                   uint32_t bytes, bool write) {
  if (!is_fifo(cb) || within(cb, address, bytes, cb->acked, cb->waited))
    return true;
  if (write || cb->reserver == fiber)
    return within(cb, address, bytes, cb->received, cb->reserved) ||
           (!write && within(cb, address, bytes, cb->acked, held(cb)));
  return cb->producer == fiber &&
         within(cb, address, bytes, cb->acked, held(cb));
}

/* The first ring around the bytes that refuses, NULL when one allows. */
static const EmuCb *refusal(EmuCore *core, const EmuFiber *fiber,
                            uint32_t address, uint32_t bytes, bool write) {
  const EmuCb *refused = NULL;
  for (uint32_t i = 0; i < core->cb_count; i++) {
    const EmuCb *cb = &core->cb[core->cb_ids[i]];
    if (address < cb->base || address >= limit(cb))
      continue;
    if (grants(cb, fiber, address, bytes, write))
      return NULL;
    refused = refused ? refused : cb;
  }
  return refused;
}

/* An open window of some ring holds the bytes. */
static bool in_window(EmuCore *core, uint32_t address, uint32_t bytes) {
  for (uint32_t i = 0; i < core->cb_count; i++) {
    const EmuCb *cb = &core->cb[core->cb_ids[i]];
    if (address >= cb->base && address + bytes <= limit(cb) && is_fifo(cb) &&
        grants(cb, NULL, address, bytes, true))
      return true;
  }
  return false;
}

/* The part of an open window that runs over the end of its ring: an address
 * there is that of no page. Returns the page that was meant. */
uint32_t cb_redirect(EmuFiber *fiber, uint32_t address, uint32_t bytes,
                     const char *how) {
  EmuCore *core = fiber->core;
  for (uint32_t i = 0; i < core->cb_count; i++) {
    const EmuCb *cb = &core->cb[core->cb_ids[i]];
    uint32_t end = limit(cb), pages = 0, start = 0;
    if (cb->write[fiber->risc] + cb->reserved * cb->page_size > end) {
      start = cb->write[fiber->risc];
      pages = cb->reserved;
    } else if (cb->read[fiber->risc] + cb->waited * cb->page_size > end) {
      start = cb->read[fiber->risc];
      pages = cb->waited;
    }
    if (!pages || address < start || address + bytes <= end ||
        address >= start + pages * cb->page_size)
      continue;
    if (in_window(core, address, bytes))
      continue;
    emu_report(EMU_CB_WINDOW,
               "%u bytes at L1 0x%x are %s: the window of %u pages starts at "
               "page %u of circular buffer %u, which ends after page %u",
               bytes, address, how, pages, (start - cb->base) / cb->page_size,
               cb->id, cb->pages - 1);
    return address >= end ? address - cb->pages * cb->page_size : address;
  }
  return address;
}

/* Bytes sent from, or stored to, a ring that nobody used so far: plain memory,
 * or pages that nobody waited for or reserved? The end of the program tells. */
typedef struct Early {
  EmuFiber *fiber;
  EmuSite site;
  EmuCb *cb;
  uint32_t address;
  bool write;
} Early;

static Early *early; /* stb_ds */

bool cb_too_early(EmuFiber *fiber, uint32_t address, uint32_t bytes) {
  EmuCb *cb = core_cb_holding(fiber->core, address);
  if (!cb || cb->global || is_fifo(cb) ||
      shadow_all(fiber->core, address, bytes, EMU_SHADOW_DEFINED))
    return false;
  Early one = {fiber, fiber->site, cb, address, false};
  arrput(early, one);
  return true;
}

/* The first store of a kernel to a ring stands for those that follow it. */
static void note_early_store(EmuCore *core, EmuFiber *fiber, uint32_t address,
                             uint32_t bytes) {
  EmuCb *cb = core_cb_holding(core, address);
  if (!cb || cb->global || is_fifo(cb) || in_window(core, address, bytes))
    return;
  for (ptrdiff_t i = 0; i < arrlen(early); i++)
    if (early[i].write && early[i].cb == cb && early[i].fiber == fiber)
      return;
  Early one = {fiber, site_of_access(fiber_of(fiber)), cb, address, true};
  arrput(early, one);
}

void cb_settle_early(void) {
  for (ptrdiff_t i = 0; i < arrlen(early); i++) {
    const Early *one = &early[i];
    uint32_t page = (one->address - one->cb->base) / one->cb->page_size;
    if (one->write) {
      if (one->cb->received)
        emu_report_at(one->fiber, one->site, EMU_CB_WRITE_UNRESERVED,
                      "page %u of circular buffer %u is written before anybody "
                      "reserved it",
                      page, one->cb->id);
    } else if (one->cb->received || one->cb->awaited)
      emu_report_at(one->fiber, one->site, EMU_CB_READ_UNWAITED,
                    "page %u of circular buffer %u is sent before anybody "
                    "pushed to it, and without a wait",
                    page, one->cb->id);
    else
      emu_report_at(one->fiber, one->site, EMU_POISON_READ,
                    "page %u of circular buffer %u (L1 0x%x) is sent but was "
                    "never written",
                    page, one->cb->id, one->address);
  }
  arrfree(early);
}

bool cb_check_read(EmuCore *core, EmuFiber *fiber, uint32_t address,
                   uint32_t bytes, const char *how) {
  const EmuCb *cb = refusal(core, fiber, address, bytes, false);
  if (cb)
    emu_report(EMU_CB_READ_UNWAITED,
               "page %u of circular buffer %u (L1 0x%x) is %s, %u pages were "
               "waited for",
               (address - cb->base) / cb->page_size, cb->id, address, how,
               cb->waited);
  return !cb;
}

bool cb_check_write(EmuCore *core, EmuFiber *fiber, uint32_t address,
                    uint32_t bytes, const char *how) {
  const EmuCb *cb = refusal(core, fiber, address, bytes, true);
  if (!cb)
    note_early_store(core, fiber, address, bytes);
  else
    emu_report(EMU_CB_WRITE_UNRESERVED,
               "page %u of circular buffer %u (L1 0x%x) is %s, %u pages are "
               "reserved and %u are held",
               (address - cb->base) / cb->page_size, cb->id, address, how,
               cb->reserved, held(cb));
  return !cb;
}

uint32_t cb_pages_up_to(const EmuCb *cb, uint32_t address) {
  uint32_t page = (address - cb->base) / cb->page_size;
  return (page + cb->pages - cb->received % cb->pages) % cb->pages + 1;
}

void cb_check_landing(EmuCore *core, const NocOp *op, uint32_t address) {
  const EmuCb *cb = refusal(core, op->issuer, address, op->bytes, true);
  if (cb)
    emu_report_at(op->issuer, op->site, EMU_CB_WRITE_UNRESERVED,
                  "this write lands in page %u of circular buffer %u of core "
                  "(%u,%u), which has reserved %u pages and holds %u",
                  (address - cb->base) / cb->page_size, cb->id, core->x,
                  core->y, cb->reserved, held(cb));
}

/*===- where the pages are ------------------------------------------------===*/

uint32_t emu_cb_write_ptr(uint32_t id, EmuSite site) {
  EmuFiber *self = emu_enter(site);
  return emu_cb(self->core, id)->write[self->risc];
}

uint32_t emu_cb_read_ptr(uint32_t id, EmuSite site) {
  EmuFiber *self = emu_enter(site);
  return emu_cb(self->core, id)->read[self->risc];
}

EmuRing emu_cb_ring(uint32_t id, EmuSite site) {
  EmuFiber *self = emu_enter(site);
  const EmuCb *cb = emu_cb(self->core, id);
  return (EmuRing){cb->base, cb->page_size, cb->pages, cb->read[self->risc],
                   cb->write[self->risc]};
}
