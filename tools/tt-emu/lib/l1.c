/* l1.c - checked access to a core's L1 and its shadow.
 *
 * The shadow has a byte per byte. The usual case, a stretch that is all defined
 * and otherwise untouched, is decided eight bytes at a time; a violation is
 * then looked for byte by byte, to say where it is.
 */
#include "machine.h"

#include <string.h>

static uint8_t scratch[EMU_L1_SLOT];

static uint64_t broadcast(uint8_t bits) { return 0x0101010101010101ull * bits; }

/* All bytes have `all` and none has any of `none`. */
static bool shadow_is(const uint8_t *shadow, uint32_t bytes, uint8_t all,
                      uint8_t none) {
  uint64_t want = broadcast(all), mask = broadcast((uint8_t)(all | none));
  uint64_t wrong = 0;
  uint32_t i = 0;
  for (; i + 8 <= bytes; i += 8) {
    uint64_t word;
    memcpy(&word, shadow + i, 8);
    wrong |= (word & mask) ^ want;
  }
  for (; i < bytes; i++)
    wrong |= (uint64_t)((shadow[i] & (all | none)) ^ all);
  return wrong == 0;
}

bool shadow_any(const EmuCore *core, uint32_t address, uint32_t bytes,
                uint8_t bits) {
  return !shadow_is(core->shadow + address, bytes, 0, bits);
}

bool shadow_all(const EmuCore *core, uint32_t address, uint32_t bytes,
                uint8_t bits) {
  return shadow_is(core->shadow + address, bytes, bits, 0);
}

void shadow_set(EmuCore *core, uint32_t address, uint32_t bytes, uint8_t bits) {
  uint8_t *shadow = core->shadow + address;
  for (uint32_t i = 0; i < bytes; i++)
    shadow[i] |= bits;
}

void shadow_clear(EmuCore *core, uint32_t address, uint32_t bytes,
                  uint8_t bits) {
  uint8_t *shadow = core->shadow + address;
  for (uint32_t i = 0; i < bytes; i++)
    shadow[i] = (uint8_t)(shadow[i] & ~bits);
}

/* Looks before it writes: memory that was never touched stays so. */
void shadow_forget(EmuCore *core, uint32_t address, uint32_t bytes) {
  enum { BLOCK = 4096 };
  while (bytes) {
    uint32_t part = bytes < BLOCK ? bytes : BLOCK;
    if (shadow_any(core, address, part, 0xff))
      memset(core->shadow + address, 0, part);
    address += part;
    bytes -= part;
  }
}

void shadow_written(EmuCore *core, uint32_t address, uint32_t bytes) {
  uint8_t *shadow = core->shadow + address;
  const uint8_t keep =
      EMU_SHADOW_READING | EMU_SHADOW_SENDING | EMU_SHADOW_RECEIVING;
  for (uint32_t i = 0; i < bytes; i++)
    shadow[i] = (uint8_t)((shadow[i] & keep) | EMU_SHADOW_DEFINED);
}

void shadow_retire(EmuCore *core, uint32_t address, uint32_t bytes) {
  uint8_t *shadow = core->shadow + address;
  for (uint32_t i = 0; i < bytes; i++) {
    uint8_t tagged = shadow[i] & EMU_SHADOW_WAITED;
    uint8_t stale = (uint8_t)(tagged / EMU_SHADOW_WAITED * EMU_SHADOW_STALE);
    shadow[i] = (uint8_t)((shadow[i] & ~EMU_SHADOW_WAITED) | stale);
  }
}

static const char *access_name(EmuAccess access) {
  switch (access) {
  case EMU_ACCESS_UNPACK:
    return "unpacked";
  case EMU_ACCESS_PACK:
    return "packed";
  case EMU_ACCESS_ACCUMULATE:
    return "accumulated to";
  case EMU_ACCESS_NOC:
    return "sent";
  case EMU_ACCESS_RISC:
    return "accessed";
  }
  return "accessed";
}

/* "circular buffer 3, page 1 of 4 (L1 0x19c00)" */
static const char *place(EmuCore *core, uint32_t address, const EmuCb *cb) {
  static char text[100];
  if (!cb)
    cb = core_cb_holding(core, address);
  if (cb && address >= cb->base)
    snprintf(text, sizeof text, "circular buffer %u, page %u of %u (L1 0x%x)",
             cb->id, (address - cb->base) / cb->page_size, cb->pages, address);
  else
    snprintf(text, sizeof text, "L1 0x%x", address);
  return text;
}

static bool in_bounds(EmuCore *core, uint32_t address, uint32_t bytes,
                      EmuAccess access) {
  uint32_t size = core->device->info.l1_size;
  if (address >= EMU_L1_ARGS && address <= size && bytes <= size - address)
    return true;
  emu_report(EMU_NOC_BOUNDS,
             "%u bytes are %s at L1 0x%x, which is outside 0x%x to 0x%x", bytes,
             access_name(access), address, EMU_L1_ARGS, size);
  return false;
}

static void report_read(EmuCore *core, uint32_t address, uint32_t bytes,
                        EmuAccess access, const EmuCb *cb) {
  const char *how = access_name(access);
  for (uint32_t i = 0; i < bytes; i++) {
    uint8_t bits = core->shadow[address + i];
    const char *where = place(core, address + i, cb);
    if (bits & EMU_SHADOW_READING) {
      emu_report(EMU_NOC_READ_IN_FLIGHT,
                 "%s is %s while a NoC read into it is under way: no read "
                 "barrier since it was issued",
                 where, how);
      return;
    }
    if (bits & EMU_SHADOW_RECEIVING) {
      emu_report(EMU_NOC_WRITE_IN_FLIGHT,
                 "%s is %s while a NoC write from another core into it has not "
                 "landed: nothing orders the two",
                 where, how);
      shadow_clear(core, address, bytes, EMU_SHADOW_RECEIVING);
      shadow_set(core, address, bytes, EMU_SHADOW_DEFINED);
      return;
    }
    if (!(bits & EMU_SHADOW_DEFINED)) {
      emu_report(EMU_POISON_READ,
                 "%s is %s but byte %u of the %u was never written", where, how,
                 i, bytes);
      return;
    }
    if (bits & EMU_SHADOW_STALE && access != EMU_ACCESS_ACCUMULATE) {
      emu_report(EMU_POISON_READ,
                 "%s is %s but byte %u of the %u was popped and not written "
                 "since",
                 where, how, i, bytes);
      return;
    }
  }
}

const uint8_t *emu_l1_read(EmuCore *core, uint32_t address, uint32_t bytes,
                           EmuAccess access, const EmuCb *cb) {
  if (!in_bounds(core, address, bytes, access))
    return scratch;
  uint8_t bad = EMU_SHADOW_READING | EMU_SHADOW_RECEIVING;
  if (access != EMU_ACCESS_ACCUMULATE)
    bad |= EMU_SHADOW_STALE;
  if (!shadow_is(core->shadow + address, bytes, EMU_SHADOW_DEFINED, bad))
    report_read(core, address, bytes, access, cb);
  return core->l1 + address;
}

void shadow_check_overwrite(EmuCore *core, uint32_t address, uint32_t bytes) {
  if (!shadow_any(core, address, bytes,
                  EMU_SHADOW_SENDING | EMU_SHADOW_READING))
    return;
  NocOp *op = noc_sending(core, NULL, address, bytes);
  if (op) {
    op->reported = true;
    emu_report(EMU_NOC_WRITE_IN_FLIGHT,
               "%s is overwritten while the write of %u bytes issued at line "
               "%u may still read it: no write barrier or flush since",
               place(core, address, NULL), op->bytes, op->site.line);
  } else if (shadow_any(core, address, bytes, EMU_SHADOW_READING))
    emu_report(EMU_NOC_READ_IN_FLIGHT,
               "%s is written while a NoC read into it is under way",
               place(core, address, NULL));
}

uint8_t *emu_l1_write(EmuCore *core, uint32_t address, uint32_t bytes,
                      EmuAccess access, const EmuCb *cb) {
  (void)cb;
  if (!in_bounds(core, address, bytes, access))
    return scratch;
  shadow_check_overwrite(core, address, bytes);
  shadow_written(core, address, bytes);
  return core->l1 + address;
}
