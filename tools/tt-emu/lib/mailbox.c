/* mailbox.c - words that UNPACK, which alone knows where a buffer's front is,
 * sends to MATH and PACK, and the tiles it holds still for them meanwhile.
 */
#include "compute.h"
#include "machine.h"

#include <string.h>

static EmuMailbox *box_of(EmuCore *core, EmuRisc risc) {
  return &core->compute->mailbox[risc == EMU_PACK];
}

static bool has_room(void *state) {
  const EmuMailbox *box = state;
  return box->sent - box->taken < EMU_MAILBOX_WORDS;
}
static void describe_room(void *state, char *text, size_t size) {
  (void)state;
  snprintf(text, size, "room in a mailbox of %d words", EMU_MAILBOX_WORDS);
}

static bool has_mail(void *state) {
  const EmuMailbox *box = state;
  return box->sent != box->taken;
}
static void describe_mail(void *state, char *text, size_t size) {
  (void)state;
  snprintf(text, size, "a word from unpack");
}

static void send(EmuFiber *fiber, EmuRisc to, uint32_t word) {
  EmuMailbox *box = box_of(fiber->core, to);
  emu_wait_until(&(EmuWait){has_room, describe_room, box, 1u << to});
  box->words[box->sent++ % EMU_MAILBOX_WORDS] = word;
  emu_notify(fiber->core);
}

static uint32_t receive(EmuFiber *fiber) {
  EmuMailbox *box = box_of(fiber->core, fiber->risc);
  emu_wait_until(&(EmuWait){has_mail, describe_mail, box, 1u << EMU_UNPACK});
  uint32_t word = box->words[box->taken++ % EMU_MAILBOX_WORDS];
  emu_notify(fiber->core);
  return word;
}

/* `word` of UNPACK, on all three. */
static uint32_t share(EmuFiber *fiber, uint32_t word) {
  if (fiber->risc != EMU_UNPACK)
    return receive(fiber);
  send(fiber, EMU_MATH, word);
  send(fiber, EMU_PACK, word);
  return word;
}

/* What UNPACK has for the address; the others need not know. */
static uint32_t address_of(EmuFiber *fiber, uint32_t cb, uint32_t tile) {
  const EmuCb *ring = emu_cb(fiber->core, cb);
  return ring->read[EMU_UNPACK] + tile * ring->page_size;
}

uint32_t emu_tile_address(uint32_t cb, uint32_t tile, EmuSite site) {
  EmuFiber *fiber = emu_enter(site);
  return share(fiber,
               fiber->risc == EMU_UNPACK ? address_of(fiber, cb, tile) : 0);
}

uint32_t emu_tile_word(uint32_t cb, uint32_t tile, uint32_t offset,
                       uint32_t bytes, EmuSite site) {
  EmuFiber *fiber = emu_enter(site);
  uint32_t word = 0;
  if (fiber->risc == EMU_UNPACK) {
    uint32_t address = address_of(fiber, cb, tile) + offset;
    if (cb_check_read(fiber->core, fiber, address, bytes, "read"))
      emu_l1_read(fiber->core, address, bytes, EMU_ACCESS_RISC, NULL);
    memcpy(&word, fiber->core->l1 + address, bytes);
  }
  return share(fiber, word);
}

static bool is_free(void *state) {
  return ((EmuCore *)state)->compute->tile_holders == 0;
}
static void describe_free(void *state, char *text, size_t size) {
  snprintf(text, size, "%u of math and pack to release a tile",
           ((EmuCore *)state)->compute->tile_holders);
}

static bool is_held(void *state) { return !is_free(state); }
static void describe_held(void *state, char *text, size_t size) {
  (void)state;
  snprintf(text, size, "unpack to get a tile that can be released");
}

uint32_t emu_tile_get(uint32_t cb, uint32_t tile, EmuSite site) {
  EmuFiber *fiber = emu_enter(site);
  if (fiber->risc == EMU_UNPACK)
    fiber->core->compute->tile_holders += 2;
  return emu_tile_address(cb, tile, site);
}

void emu_tile_release(EmuSite site) {
  EmuFiber *fiber = emu_enter(site);
  EmuCore *core = fiber->core;
  if (fiber->risc == EMU_UNPACK) {
    emu_wait_until(&(EmuWait){is_free, describe_free, core,
                              1u << EMU_MATH | 1u << EMU_PACK});
    return;
  }
  emu_wait_until(&(EmuWait){is_held, describe_held, core, 1u << EMU_UNPACK});
  core->compute->tile_holders--;
  emu_notify(core);
}
