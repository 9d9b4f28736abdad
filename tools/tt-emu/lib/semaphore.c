/* semaphore.c - semaphores are words of L1; arguments are too. What a kernel
 * asks about itself is answered here.
 */
#include "machine.h"
#include "tt-emu/dataflow.h"

#include <stb/stb_ds.h>
#include <stdlib.h>
#include <string.h>

/* A kernel may ask for the address of a semaphore that only other cores have:
 * it is the same on all of them. Whether it exists is asked where it is used.
 */
uint32_t emu_semaphore(uint32_t id, EmuSite site) {
  emu_enter(site);
  if (id >= EMU_MAX_SEMAPHORES)
    emu_report(EMU_SEM_RANGE, "semaphore %u: a core has at most %d", id,
               EMU_MAX_SEMAPHORES);
  return EMU_L1_SEMAPHORES + 16 * (id % EMU_MAX_SEMAPHORES);
}

bool semaphore_check(const EmuFiber *fiber, const EmuCore *core,
                     uint64_t address) {
  if (address < EMU_L1_SEMAPHORES ||
      address >= EMU_L1_SEMAPHORES + 16 * EMU_MAX_SEMAPHORES)
    return true;
  uint32_t id = (uint32_t)(address - EMU_L1_SEMAPHORES) / 16;
  const EmuProgram *program = fiber->kernel->program;
  for (ptrdiff_t i = 0; i < arrlen(program->semaphores); i++)
    if (program->semaphores[i].id == id &&
        ranges_hold(program->semaphores[i].ranges, core->x, core->y))
      return true;
  emu_report(EMU_SEM_RANGE, "semaphore %u was not created on core (%u,%u)", id,
             core->x, core->y);
  return false;
}

static bool word_ok(const EmuFiber *fiber, uint32_t address) {
  if (address >= EMU_L1_ARGS && address % 4 == 0 &&
      address + 4 <= fiber->core->device->info.l1_size)
    return semaphore_check(fiber, fiber->core, address);
  emu_report(EMU_SEM_RANGE, "0x%x is no address of a semaphore in L1", address);
  return false;
}

void emu_semaphore_set(uint32_t address, uint32_t value, EmuSite site) {
  EmuFiber *self = emu_enter(site);
  if (!word_ok(self, address))
    return;
  memcpy(self->core->l1 + address, &value, 4);
  shadow_written(self->core, address, 4);
  emu_notify(self->core);
}

typedef struct Level {
  const uint8_t *word;
  uint32_t address, value;
  bool minimum;
} Level;

static uint32_t level_now(const Level *level) {
  uint32_t now;
  memcpy(&now, level->word, 4);
  return now;
}

static bool reached(void *state) {
  const Level *level = state;
  uint32_t now = level_now(level);
  return level->minimum ? now >= level->value : now == level->value;
}

const char *word_name(uint32_t address, char *text, size_t size) {
  if (address >= EMU_L1_SEMAPHORES &&
      address < EMU_L1_SEMAPHORES + 16 * EMU_MAX_SEMAPHORES)
    snprintf(text, size, "semaphore %u", (address - EMU_L1_SEMAPHORES) / 16);
  else
    snprintf(text, size, "the word at L1 0x%x", address);
  return text;
}

static void describe_level(void *state, char *text, size_t size) {
  const Level *level = state;
  char name[48];
  snprintf(text, size, "%s to be %s%u (it is %u)",
           word_name(level->address, name, sizeof name),
           level->minimum ? "at least " : "", level->value, level_now(level));
}

void emu_semaphore_wait(uint32_t address, uint32_t value, bool minimum,
                        EmuSite site) {
  EmuFiber *self = emu_enter(site);
  if (!word_ok(self, address))
    return;
  Level level = {self->core->l1 + address, address, value, minimum};
  emu_wait_until(&(EmuWait){reached, describe_level, &level, 0});
}

/*===- arguments and identity ---------------------------------------------===*/

uint32_t emu_arg_address(uint32_t index, bool common, EmuSite site) {
  EmuFiber *self = emu_enter(site);
  uint32_t count = kernel_arg_count(self, common);
  if (index >= count) {
    emu_report(EMU_ARG_RANGE,
               "%sruntime argument %u is read, the host set %u for this kernel "
               "on core (%u,%u)",
               common ? "common " : "", index, count, self->core->x,
               self->core->y);
    index = index < EMU_MAX_ARGS ? index : 0;
  }
  uint32_t base = EMU_L1_ARGS + (uint32_t)self->risc * EMU_L1_ARGS_STRIDE;
  return base + (common ? EMU_L1_COMMON_ARGS : 0) + 4 * index;
}

uint32_t emu_arg(uint32_t index, bool common, EmuSite site) {
  uint32_t address = emu_arg_address(index, common, site), word;
  memcpy(&word, emu_current()->core->l1 + address, 4);
  return word;
}

const uint8_t *emu_my_x(void) {
  static uint8_t x[2];
  x[0] = x[1] = (uint8_t)emu_current()->core->noc_x;
  return x;
}

const uint8_t *emu_my_y(void) {
  static uint8_t y[2];
  y[0] = y[1] = (uint8_t)emu_current()->core->noc_y;
  return y;
}

static EmuRange range_of(const EmuFiber *fiber) {
  EmuRange *ranges = fiber->kernel->ranges;
  for (ptrdiff_t i = 0; i < arrlen(ranges); i++)
    if (fiber->core->x >= ranges[i].x0 && fiber->core->x <= ranges[i].x1 &&
        fiber->core->y >= ranges[i].y0 && fiber->core->y <= ranges[i].y1)
      return ranges[i];
  return (EmuRange){0, 0, 0, 0};
}

uint32_t emu_logical_x(bool relative) {
  EmuFiber *self = emu_current();
  return self->core->x - (relative ? range_of(self).x0 : 0);
}

uint32_t emu_logical_y(bool relative) {
  EmuFiber *self = emu_current();
  return self->core->y - (relative ? range_of(self).y0 : 0);
}

/*===- banks --------------------------------------------------------------===*/

uint64_t emu_noc_self(uint32_t address, uint8_t noc) {
  (void)noc;
  EmuCore *core = emu_current()->core;
  return (uint64_t)core->noc_x << EMU_NOC_X_BIT |
         (uint64_t)core->noc_y << EMU_NOC_Y_BIT | address;
}

uint32_t emu_bank_count(bool dram) {
  EmuDevice *device = emu_device();
  return dram ? device->info.dram_banks : device->core_count;
}

uint32_t emu_page_align(bool dram) {
  EmuDevice *device = emu_device();
  return dram ? device->info.dram_align : device->info.l1_align;
}

uint64_t emu_noc_bank(bool dram, uint32_t bank, uint32_t offset, EmuSite site) {
  EmuFiber *self = emu_current();
  EmuDevice *device = self->core->device;
  if (bank >= emu_bank_count(dram)) {
    emu_enter(site);
    emu_report(EMU_NOC_BOUNDS, "%s bank %u, the device has %u",
               dram ? "DRAM" : "L1", bank, emu_bank_count(dram));
    bank = 0;
  }
  uint64_t x = dram ? device->banks[bank].noc_x : device->cores[bank].noc_x;
  uint64_t y = dram ? device->banks[bank].noc_y : device->cores[bank].noc_y;
  return x << EMU_NOC_X_BIT | y << EMU_NOC_Y_BIT | offset;
}

uint64_t emu_noc_page(bool dram, uint32_t base, uint32_t aligned, uint32_t page,
                      uint32_t offset, EmuSite site) {
  uint64_t pages = buffer_pages_at(emu_device(), dram, base, aligned);
  if (page >= pages) {
    emu_enter(site);
    emu_report(EMU_NOC_BOUNDS,
               "page %u of the %s buffer at 0x%x, which has %llu pages", page,
               dram ? "DRAM" : "L1", base, (unsigned long long)pages);
    /* On with a page it has, not with what lies behind. */
    page = pages ? (uint32_t)pages - 1 : 0;
  }
  uint32_t banks = emu_bank_count(dram);
  return emu_noc_bank(dram, page % banks,
                      base + page / banks * aligned + offset, site);
}

bool emu_page_range(uint32_t page, uint32_t pages, EmuSite site) {
  if (page < pages)
    return true;
  emu_enter(site);
  emu_report(EMU_NOC_BOUNDS, "page %u of a buffer of %u pages", page, pages);
  return false;
}

/*===- debugging ----------------------------------------------------------===*/

void emu_assert(bool holds, const char *text, EmuSite site) {
  emu_enter(site);
  if (!holds)
    emu_refuse("assertion failed in the kernel: %s", text);
}

void emu_poll(EmuSite site) {
  emu_enter(site);
  scheduler_poll(0);
}
