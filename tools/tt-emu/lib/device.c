/* device.c - the device: cores with their L1 in one sparse memory file, DRAM
 * banks, and the map from NoC coordinates to them.
 *
 * Memory is reserved, not used: a page of L1 or DRAM exists once it is touched.
 */
#define _GNU_SOURCE
#include "machine.h"
#include "tt-emu/dataflow.h"

#include <stb/stb_ds.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static EmuDevice *open_device;
static char error_text[4096];

bool host_error(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(error_text, sizeof error_text, format, arguments);
  va_end(arguments);
  return false;
}

const char *emu_error(void) { return error_text; }

EmuDevice *emu_device(void) { return open_device; }

bool device_is_open(const EmuDevice *device) {
  return (device && device == open_device) ||
         host_error("the device is used after it was closed");
}

EmuArch emu_arch(void) { return settings()->arch; }

/* METALIUM facts: grids as the compute grid with dispatch reserved; L1 size and
 * first free byte; DRAM banks and alignments of both chips. */
void emu_device_info(EmuDeviceInfo *info) {
  static const EmuDeviceInfo wormhole = {false, 8,          8,  1499136, 103424,
                                         12,    1ull << 30, 32, 16,      32};
  static const EmuDeviceInfo blackhole = {
      true, 13, 10, 1572864, 111360, 8, 4278190080ull, 64, 16, 64};
  *info = settings()->arch == EMU_BLACKHOLE ? blackhole : wormhole;
  if (settings()->grid_x)
    info->grid_x = settings()->grid_x;
  if (settings()->grid_y)
    info->grid_y = settings()->grid_y;
}

/* Translated coordinates: workers start at 18 on Wormhole; Blackhole has two
 * columns that are no workers between the seventh and the eighth. */
bool emu_noc_of_core(uint32_t x, uint32_t y, uint32_t *noc_x, uint32_t *noc_y) {
  EmuDeviceInfo info;
  emu_device_info(&info);
  if (x >= info.grid_x || y >= info.grid_y)
    return host_error("core (%u,%u) is outside the compute grid of %ux%u", x, y,
                      info.grid_x, info.grid_y);
  *noc_x = !info.blackhole ? 18 + x : x < 7 ? 1 + x : 3 + x;
  *noc_y = info.blackhole ? 2 + y : 18 + y;
  return true;
}

void emu_noc_of_dram(uint32_t bank, uint32_t *noc_x, uint32_t *noc_y) {
  *noc_x = 17;
  *noc_y = 12 + bank;
  if (settings()->arch == EMU_WORMHOLE_B0) {
    *noc_x = 16 + bank % 2;
    *noc_y = 2 + bank / 2;
  }
}

static void *reserve(uint64_t bytes) {
  void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  return memory == MAP_FAILED ? NULL : memory;
}

static void release(void *memory, uint64_t bytes) {
  if (memory)
    munmap(memory, bytes);
}

static bool make_memories(EmuDevice *device) {
  size_t l1_bytes = (size_t)device->core_count * EMU_L1_SLOT;
  device->l1_file = memfd_create("tt-emu-l1", MFD_CLOEXEC);
  if (device->l1_file < 0 || ftruncate(device->l1_file, (off_t)l1_bytes))
    return host_error("no memory file for the L1 of %u cores",
                      device->core_count);
  void *l1 = mmap(NULL, l1_bytes, PROT_READ | PROT_WRITE, MAP_SHARED,
                  device->l1_file, 0);
  device->l1 = l1 == MAP_FAILED ? NULL : l1;
  device->shadow = reserve(l1_bytes);
  if (!device->l1 || !device->shadow)
    return host_error("no address space for the L1 of %u cores",
                      device->core_count);
  uint32_t banks = device->info.dram_banks;
  device->banks = calloc(banks, sizeof *device->banks);
  for (uint32_t i = 0; i < banks; i++) {
    DramBank *bank = &device->banks[i];
    bank->bytes = reserve(device->info.dram_bank_size);
    bank->shadow = reserve(device->info.dram_bank_size / DRAM_GRANULE);
    if (!bank->bytes || !bank->shadow)
      return host_error("no address space for DRAM bank %u", i);
    emu_noc_of_dram(i, &bank->noc_x, &bank->noc_y);
    device->bank_at[bank->noc_y][bank->noc_x] = (int16_t)i;
  }
  return true;
}

/* What make_memories made of a device, all of it or a part. */
static void free_device(EmuDevice *device) {
  size_t l1_bytes = (size_t)device->core_count * EMU_L1_SLOT;
  release(device->l1, l1_bytes);
  release(device->shadow, l1_bytes);
  if (device->l1_file >= 0)
    close(device->l1_file);
  for (uint32_t i = 0; device->banks && i < device->info.dram_banks; i++) {
    release(device->banks[i].bytes, device->info.dram_bank_size);
    release(device->banks[i].shadow,
            device->info.dram_bank_size / DRAM_GRANULE);
  }
  free(device->banks);
  free(device->cores);
  free(device);
}

static void make_cores(EmuDevice *device) {
  for (uint32_t i = 0; i < device->core_count; i++) {
    EmuCore *core = &device->cores[i];
    core->device = device;
    core->x = i % device->info.grid_x;
    core->y = i / device->info.grid_x;
    emu_noc_of_core(core->x, core->y, &core->noc_x, &core->noc_y);
    core->l1 = device->l1 + (size_t)i * EMU_L1_SLOT;
    core->shadow = device->shadow + (size_t)i * EMU_L1_SLOT;
    device->core_at[core->noc_y][core->noc_x] = (int16_t)i;
  }
}

EmuDevice *emu_device_open(void) {
  static uint64_t openings;
  if (open_device) {
    host_error("the device is open already: there is one, close it first");
    return NULL;
  }
  EmuDevice *device = calloc(1, sizeof *device);
  emu_device_info(&device->info);
  device->opening = ++openings;
  memset(device->core_at, -1, sizeof device->core_at);
  memset(device->bank_at, -1, sizeof device->bank_at);
  device->core_count = device->info.grid_x * device->info.grid_y;
  device->cores = calloc(device->core_count, sizeof *device->cores);
  if (!make_memories(device)) {
    free_device(device);
    return NULL;
  }
  make_cores(device);
  allocator_init(&device->dram, 0x400, device->info.dram_bank_size, 0x400,
                 false);
  allocator_init(&device->l1_buffers, device->info.l1_base,
                 device->info.l1_size, 64, true);
  window_install(device);
  open_device = device;
  return device;
}

void emu_device_close(EmuDevice *device) {
  if (!device || device != open_device)
    return;
  window_remove();
  for (uint32_t i = 0; i < device->core_count; i++)
    emu_compute_free(&device->cores[i]);
  arrfree(device->dram.used);
  arrfree(device->l1_buffers.used);
  arrfree(device->buffers);
  free_device(device);
  open_device = NULL;
}

EmuCore *device_core(EmuDevice *device, uint32_t x, uint32_t y) {
  if (x >= device->info.grid_x || y >= device->info.grid_y)
    return NULL;
  return &device->cores[y * device->info.grid_x + x];
}

EmuCore *device_core_at_noc(EmuDevice *device, uint32_t x, uint32_t y) {
  if (x > 63 || y > 63 || device->core_at[y][x] < 0)
    return NULL;
  return &device->cores[device->core_at[y][x]];
}

bool noc_resolve(EmuDevice *device, uint64_t address, uint32_t bytes,
                 NocTarget *target) {
  uint32_t x = (uint32_t)(address >> EMU_NOC_X_BIT) & 63;
  uint32_t y = (uint32_t)(address >> EMU_NOC_Y_BIT) & 63;
  *target = (NocTarget){NULL, NULL, address & 0xfffffffffull};
  if (device->core_at[y][x] >= 0) {
    target->core = &device->cores[device->core_at[y][x]];
    return target->offset >= EMU_L1_ARGS &&
           target->offset + bytes <= device->info.l1_size;
  }
  if (device->bank_at[y][x] >= 0) {
    target->bank = &device->banks[device->bank_at[y][x]];
    return target->offset + bytes <= device->info.dram_bank_size;
  }
  return false;
}
