/* buffer.c - buffers in DRAM and L1: where each page lies, and copying between
 * them and host memory.
 *
 * Interleaved: page p lies in bank p modulo the banks, at the same address plus
 * p / banks aligned pages. Sharded: the host says which pages a core holds.
 */
#include "machine.h"
#include "tt-emu/dataflow.h"

#include <stb/stb_ds.h>
#include <stdlib.h>
#include <string.h>

struct EmuBuffer {
  EmuDevice *device;
  uint64_t opening; /* of the device it lies on */
  uint64_t size, page_size, aligned;
  uint32_t pages, address;
  bool l1, released; /* its memory may be another buffer's */
  uint32_t shards, shard_pages;
  uint32_t *core; /* by shard: index of the core */
  uint32_t *page_of;
  uint32_t *slot; /* by page: position in page_of, sharded only */
};

/* The device the buffer lies on is the open one. Its pointer says nothing: the
 * next device may be at the same place. */
static bool is_alive(const EmuBuffer *buffer) {
  return emu_device() && emu_device()->opening == buffer->opening;
}

static bool check_alive(const EmuBuffer *buffer) {
  if (buffer->released)
    return host_error("the buffer at 0x%x is used after it was deallocated",
                      buffer->address);
  return is_alive(buffer) ||
         host_error("the buffer at 0x%x is used after its device was closed",
                    buffer->address);
}

static uint64_t per_bank(const EmuBuffer *buffer) {
  uint64_t banks = emu_bank_count(!buffer->l1);
  if (!buffer->shards)
    return (buffer->pages + banks - 1) / banks * buffer->aligned;
  uint64_t most = 1;
  for (uint32_t i = 0; i < buffer->shards; i++) {
    uint64_t same = 0;
    for (uint32_t j = 0; j < buffer->shards; j++)
      same += buffer->core[j] == buffer->core[i];
    most = same > most ? same : most;
  }
  return most * buffer->shard_pages * buffer->aligned;
}

/* How many earlier shards lie on the same core. */
static uint32_t shard_depth(const EmuBuffer *buffer, uint32_t shard) {
  uint32_t depth = 0;
  for (uint32_t i = 0; i < shard; i++)
    depth += buffer->core[i] == buffer->core[shard];
  return depth;
}

static void locate(const EmuBuffer *buffer, uint32_t page, uint8_t **bytes,
                   uint8_t **shadow) {
  EmuDevice *device = buffer->device;
  uint64_t bank, offset;
  if (buffer->shards) {
    uint32_t slot = buffer->slot[page];
    uint32_t shard = slot / buffer->shard_pages;
    bank = buffer->core[shard];
    offset = buffer->address +
             ((uint64_t)shard_depth(buffer, shard) * buffer->shard_pages +
              slot % buffer->shard_pages) *
                 buffer->aligned;
  } else {
    uint64_t banks = emu_bank_count(!buffer->l1);
    bank = page % banks;
    offset = buffer->address + page / banks * buffer->aligned;
  }
  if (buffer->l1) {
    *bytes = device->cores[bank].l1 + offset;
    *shadow = device->cores[bank].shadow + offset;
  } else {
    *bytes = device->banks[bank].bytes + offset;
    *shadow = device->banks[bank].shadow + offset / DRAM_GRANULE;
  }
}

/* A page of this interleaved DRAM buffer is at the offset in the bank. */
static bool holds_dram(const EmuBuffer *buffer, uint64_t bank, uint64_t offset,
                       uint32_t bytes) {
  if (buffer->l1 || offset < buffer->address)
    return false;
  uint64_t last = (offset + bytes - 1 - buffer->address) / buffer->aligned;
  if (buffer->shards)
    return last * buffer->aligned < per_bank(buffer);
  return last * emu_bank_count(true) + bank < buffer->pages;
}

bool buffer_covers(EmuDevice *device, const NocTarget *target, uint32_t bytes,
                   const char *what) {
  uint64_t bank = (uint64_t)(target->bank - device->banks);
  EmuBuffer *near = NULL;
  if (device->raw_dram ||
      (device->last_buffer &&
       holds_dram(device->last_buffer, bank, target->offset, bytes)))
    return true;
  for (ptrdiff_t i = 0; i < arrlen(device->buffers); i++) {
    EmuBuffer *buffer = device->buffers[i];
    if (holds_dram(buffer, bank, target->offset, bytes)) {
      device->last_buffer = buffer;
      return true;
    }
    if (!buffer->l1 && !buffer->shards && target->offset >= buffer->address &&
        (!near || buffer->address > near->address))
      near = buffer;
  }
  if (near)
    emu_report(EMU_NOC_BOUNDS,
               "%s of %u bytes at DRAM 0x%llx of bank %llu: no buffer is there "
               "(it would be page %llu of the buffer at 0x%x, which has %u)",
               what, bytes, (unsigned long long)target->offset,
               (unsigned long long)bank,
               (unsigned long long)((target->offset - near->address) /
                                        near->aligned * emu_bank_count(true) +
                                    bank),
               near->address, near->pages);
  else
    emu_report(EMU_NOC_BOUNDS,
               "%s of %u bytes at DRAM 0x%llx of bank %llu: no buffer is there",
               what, bytes, (unsigned long long)target->offset,
               (unsigned long long)bank);
  return false;
}

static EmuBuffer *buffer_at(EmuDevice *device, bool dram, uint32_t base) {
  EmuBuffer *last = device->last_paged;
  if (last && last->address == base && last->l1 != dram)
    return last;
  for (ptrdiff_t i = 0; i < arrlen(device->buffers); i++)
    if (device->buffers[i]->address == base && device->buffers[i]->l1 != dram)
      return device->last_paged = device->buffers[i];
  return NULL;
}

uint64_t buffer_pages_at(EmuDevice *device, bool dram, uint32_t base,
                         uint64_t aligned) {
  const EmuBuffer *buffer = buffer_at(device, dram, base);
  if (!buffer || buffer->shards || !aligned)
    return UINT64_MAX;
  if (aligned == buffer->aligned)
    return buffer->pages;
  return per_bank(buffer) / aligned * emu_bank_count(dram);
}

/* Of the first `bytes` of a page. */
static size_t shadow_bytes(const EmuBuffer *buffer, uint64_t bytes) {
  uint64_t unit = buffer->l1 ? 1 : DRAM_GRANULE;
  return (size_t)((bytes + unit - 1) / unit);
}

static bool take_shards(EmuBuffer *buffer, const EmuBufferSpec *spec) {
  buffer->shards = spec->shards;
  buffer->shard_pages = spec->shard_pages;
  buffer->core = malloc(spec->shards * sizeof(uint32_t));
  buffer->slot = malloc(buffer->pages * sizeof(uint32_t));
  memset(buffer->slot, 0, buffer->pages * sizeof(uint32_t));
  for (uint32_t i = 0; i < spec->shards; i++) {
    EmuDevice *device = buffer->device;
    if (buffer->l1 && !device_core(device, spec->core_x[i], spec->core_y[i]))
      return host_error("shard %u on core (%u,%u): the compute grid is %ux%u",
                        i, spec->core_x[i], spec->core_y[i],
                        device->info.grid_x, device->info.grid_y);
    buffer->core[i] =
        buffer->l1 ? spec->core_y[i] * device->info.grid_x + spec->core_x[i]
                   : spec->core_x[i];
    for (uint32_t j = 0; j < spec->shard_pages; j++) {
      uint32_t page = spec->page_of[i * spec->shard_pages + j];
      if (page < buffer->pages)
        buffer->slot[page] = i * spec->shard_pages + j;
    }
  }
  return true;
}

EmuBuffer *emu_buffer_create(EmuDevice *device, const EmuBufferSpec *spec) {
  if (!device_is_open(device))
    return NULL;
  if (!spec->page_size || spec->size % spec->page_size) {
    host_error("buffer size %llu B must be a multiple of its page size %llu B",
               (unsigned long long)spec->size,
               (unsigned long long)spec->page_size);
    return NULL;
  }
  EmuBuffer *buffer = calloc(1, sizeof *buffer);
  uint64_t align = emu_page_align(!spec->l1);
  buffer->device = device;
  buffer->opening = device->opening;
  buffer->size = spec->size;
  buffer->page_size = spec->page_size;
  buffer->aligned = (spec->page_size + align - 1) / align * align;
  buffer->pages = (uint32_t)(spec->size / spec->page_size);
  buffer->l1 = spec->l1;
  if (spec->shards && !take_shards(buffer, spec)) {
    emu_buffer_free(buffer);
    return NULL;
  }
  Allocator *allocator = spec->l1 ? &device->l1_buffers : &device->dram;
  uint64_t bytes = per_bank(buffer);
  uint64_t at = allocator_take(allocator, bytes ? bytes : 1);
  if (at == UINT64_MAX) {
    host_error("Out of Memory: Not enough space to allocate %llu B %s buffer "
               "across %u banks, where each bank needs to store %llu B",
               (unsigned long long)spec->size, spec->l1 ? "L1" : "DRAM",
               emu_bank_count(!spec->l1), (unsigned long long)bytes);
    if (spec->l1)
      emu_report(EMU_L1_OVERFLOW, "%s", emu_error());
    buffer->address = 0;
    emu_buffer_free(buffer);
    return NULL;
  }
  buffer->address = (uint32_t)at;
  for (uint32_t page = 0; page < buffer->pages; page++) {
    uint8_t *data, *shadow;
    locate(buffer, page, &data, &shadow);
    memset(shadow, 0, shadow_bytes(buffer, buffer->page_size));
  }
  arrput(device->buffers, buffer);
  return buffer;
}

static void forget(EmuBuffer *buffer) {
  EmuDevice *device = buffer->device;
  device->last_buffer = device->last_paged = NULL;
  for (size_t i = 0; i < arrlenu(device->buffers); i++)
    if (device->buffers[i] == buffer) {
      arrdelswap(device->buffers, i);
      return;
    }
}

void emu_buffer_release(EmuBuffer *buffer) {
  if (buffer->address && !buffer->released && is_alive(buffer)) {
    forget(buffer);
    allocator_give(buffer->l1 ? &buffer->device->l1_buffers
                              : &buffer->device->dram,
                   buffer->address);
  }
  buffer->released = true;
}

void emu_buffer_free(EmuBuffer *buffer) {
  if (!buffer)
    return;
  emu_buffer_release(buffer);
  free(buffer->core);
  free(buffer->slot);
  free(buffer);
}

uint32_t emu_buffer_address(const EmuBuffer *buffer) { return buffer->address; }

bool emu_buffer_write(EmuBuffer *buffer, const void *data, uint64_t bytes) {
  if (!check_alive(buffer))
    return false;
  if (bytes > buffer->size)
    return host_error("%llu B written to a buffer of %llu B",
                      (unsigned long long)bytes,
                      (unsigned long long)buffer->size);
  const uint8_t *from = data;
  for (uint32_t page = 0; bytes; page++) {
    uint8_t *to, *shadow;
    locate(buffer, page, &to, &shadow);
    uint64_t part = bytes < buffer->page_size ? bytes : buffer->page_size;
    memcpy(to, from, part);
    memset(shadow, EMU_SHADOW_DEFINED, shadow_bytes(buffer, part));
    from += part;
    bytes -= part;
  }
  return true;
}

/* A buffer read back of which nothing was ever written. Parts may be: padding
 * that no kernel writes. */
static void check_written(const EmuBuffer *buffer) {
  for (uint32_t page = 0; page < buffer->pages; page++) {
    uint8_t *bytes, *shadow;
    locate(buffer, page, &bytes, &shadow);
    for (size_t i = 0; i < shadow_bytes(buffer, buffer->page_size); i++)
      if (shadow[i] & EMU_SHADOW_DEFINED)
        return;
  }
  emu_report(EMU_POISON_READ,
             "the host reads the buffer at 0x%x, to which nothing was ever "
             "written",
             buffer->address);
}

bool emu_buffer_read(EmuBuffer *buffer, void *data, uint64_t bytes) {
  if (!check_alive(buffer))
    return false;
  if (bytes > buffer->size)
    return host_error("%llu B read from a buffer of %llu B",
                      (unsigned long long)bytes,
                      (unsigned long long)buffer->size);
  check_written(buffer);
  uint8_t *to = data;
  for (uint32_t page = 0; bytes; page++) {
    uint8_t *from, *shadow;
    locate(buffer, page, &from, &shadow);
    uint64_t part = bytes < buffer->page_size ? bytes : buffer->page_size;
    memcpy(to, from, part);
    to += part;
    bytes -= part;
  }
  return true;
}

/*===- raw access ---------------------------------------------------------===*/

static uint8_t *core_bytes(EmuDevice *device, uint32_t x, uint32_t y,
                           uint32_t address, uint32_t bytes, bool write) {
  if (!device_is_open(device))
    return NULL;
  EmuCore *core = device_core(device, x, y);
  if (!core || address > device->info.l1_size ||
      bytes > device->info.l1_size - address) {
    host_error("%u bytes at L1 0x%x of core (%u,%u): outside the device", bytes,
               address, x, y);
    return NULL;
  }
  if (write)
    memset(core->shadow + address, EMU_SHADOW_DEFINED, bytes);
  return core->l1 + address;
}

bool emu_core_write(EmuDevice *device, uint32_t x, uint32_t y, uint32_t address,
                    const void *data, uint32_t bytes) {
  uint8_t *to = core_bytes(device, x, y, address, bytes, true);
  if (to)
    memcpy(to, data, bytes);
  return to != NULL;
}

bool emu_core_read(EmuDevice *device, uint32_t x, uint32_t y, uint32_t address,
                   void *data, uint32_t bytes) {
  uint8_t *from = core_bytes(device, x, y, address, bytes, false);
  if (from)
    memcpy(data, from, bytes);
  return from != NULL;
}

static bool dram_ok(EmuDevice *device, uint32_t bank, uint32_t address,
                    uint32_t bytes) {
  if (!device_is_open(device))
    return false;
  if (bank < device->info.dram_banks &&
      (uint64_t)address + bytes <= device->info.dram_bank_size)
    return true;
  return host_error("%u bytes at 0x%x of DRAM bank %u: outside the device",
                    bytes, address, bank);
}

bool emu_dram_write(EmuDevice *device, uint32_t bank, uint32_t address,
                    const void *data, uint32_t bytes) {
  if (!dram_ok(device, bank, address, bytes))
    return false;
  device->raw_dram = true;
  memcpy(device->banks[bank].bytes + address, data, bytes);
  uint32_t first = address / DRAM_GRANULE;
  memset(device->banks[bank].shadow + first, EMU_SHADOW_DEFINED,
         (address + bytes + DRAM_GRANULE - 1) / DRAM_GRANULE - first);
  return true;
}

bool emu_dram_read(EmuDevice *device, uint32_t bank, uint32_t address,
                   void *data, uint32_t bytes) {
  if (!dram_ok(device, bank, address, bytes))
    return false;
  memcpy(data, device->banks[bank].bytes + address, bytes);
  return true;
}
