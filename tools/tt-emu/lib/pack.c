/* pack.c - DST tiles to L1.
 *
 * The packer converts to the format that was programmed, whatever the CB holds,
 * and writes page after page of the reserved window unless told an index. Its
 * modes (edge mask of reductions, addition into L1, ReLU) stay until they are
 * reset, the last two even beyond the kernel.
 */
#include "compute.h"

#include <string.h>

/*===- values -------------------------------------------------------------===*/

/* Zeroes what the edge mask hides. */
static void apply_mask(EmuExtent mask, EmuTile *tile) {
  if (mask == EMU_EXTENT_FULL)
    return;
  for (uint32_t row = 0; row < EMU_TILE_SIDE; ++row)
    for (uint32_t column = 0; column < EMU_TILE_SIDE; ++column) {
      bool shown = (mask == EMU_EXTENT_COLUMN && column == 0) ||
                   (mask == EMU_EXTENT_ROW && row == 0) ||
                   (row == 0 && column == 0);
      if (!shown)
        tile->u[row * EMU_TILE_SIDE + column] = 0;
    }
}

enum { RELU_NONE, RELU_ZERO, RELU_MIN_THRESHOLD, RELU_MAX_THRESHOLD };

/* Mode in the low two bits, a bfloat16 threshold in the upper half. */
static void apply_relu(uint32_t config, EmuTile *tile) {
  uint32_t mode = config & 3;
  float threshold = emu_bits_float(config & 0xffff0000u);
  if (mode == RELU_NONE)
    return;
  for (uint32_t i = 0; i < EMU_TILE_ELEMENTS; ++i) {
    float value = tile->f[i];
    if (value < 0 || (mode == RELU_MIN_THRESHOLD && value <= threshold))
      value = 0;
    if (mode == RELU_MAX_THRESHOLD && value > threshold)
      value = threshold;
    tile->f[i] = value;
  }
}

EmuFormat emu_pack_format(const EmuCompute *compute, const EmuCb *cb) {
  /* Never started up: the packer writes something of the right size. */
  return compute->pack_format.set ? compute->pack_format.format : cb->format;
}

void emu_pack_read(EmuFiber *fiber, uint32_t dst, const EmuCb *cb,
                   EmuTile *tile) {
  EmuCompute *compute = emu_compute_of(fiber);
  EmuFormat format = emu_pack_format(compute, cb);
  EmuSlot *slot = emu_dst_read(fiber, dst);
  bool integer = emu_format_is_integer(format);
  emu_dst_load(fiber->core, slot, integer ? EMU_KIND_INTEGER : EMU_KIND_FLOAT);
  *tile = slot->tile;
  if (compute->pack_mask != EMU_EXTENT_FULL && slot->extent == EMU_EXTENT_FULL)
    emu_report(EMU_UNINIT_MISSING,
               "a whole tile is packed through the edge mask of a reduction\n"
               "reduce_init (line %u) set the mask; call reduce_uninit first",
               compute->pack_mask_site.line);
  apply_mask(compute->pack_mask, tile);
  if (!integer)
    apply_relu(compute->relu, tile);
}

/* Adds what the bytes already hold. */
static void accumulate(EmuCore *core, const EmuCb *cb, uint32_t address,
                       uint32_t bytes, EmuFormat format, EmuTile *tile) {
  EmuTile before;
  uint8_t copy[EMU_TILE_ELEMENTS * 4];
  memcpy(copy, emu_l1_read(core, address, bytes, EMU_ACCESS_ACCUMULATE, cb),
         bytes);
  emu_tile_decode(format, copy, &before);
  for (uint32_t i = 0; i < EMU_TILE_ELEMENTS; ++i)
    if (emu_format_is_integer(format))
      tile->u[i] += before.u[i];
    else
      tile->f[i] += before.f[i];
}

/*===- tiles --------------------------------------------------------------===*/

void emu_pack_write(EmuFiber *fiber, EmuCb *cb, uint32_t address,
                    EmuTile *tile) {
  EmuCompute *compute = emu_compute_of(fiber);
  EmuFormat format = emu_pack_format(compute, cb);
  uint8_t bytes[EMU_TILE_ELEMENTS * 4];
  uint32_t size = emu_format_tile_bytes(format);
  if (!size)
    emu_refuse("cb %u holds tiles of format %s, which is not emulated", cb->id,
               emu_format_name(format));
  uint32_t own = emu_format_tile_bytes(cb->format);
  uint32_t inside = size < own ? size : own;
  if (compute->l1_accumulate && inside == size)
    accumulate(fiber->core, cb, address, size, format, tile);
  emu_tile_encode(format, tile, bytes);
  memcpy(emu_l1_write(fiber->core, address, inside, EMU_ACCESS_PACK, cb), bytes,
         inside);
  /* A wider format than the CB's runs into what follows. */
  if (size > inside && address + size <= EMU_L1_SLOT)
    memcpy(fiber->core->l1 + address + inside, bytes + inside, size - inside);
}

static void check_mode(const EmuCompute *compute, const char *call) {
  if (compute->pack_mode == EMU_PACK_UNTILIZE)
    emu_report(EMU_UNINIT_MISSING,
               "%s while the packer untilizes\n"
               "set at line %u; call pack_untilize_uninit first",
               call, compute->pack_mode_site.line);
  if (compute->pack_mode == EMU_PACK_ROWS)
    emu_report(EMU_UNINIT_MISSING,
               "%s while the packer packs single rows\n"
               "set at line %u; call pack_rows_uninit first",
               call, compute->pack_mode_site.line);
}

void emu_pack_check(EmuFiber *fiber, const char *call, const EmuCb *cb) {
  EmuCompute *compute = emu_compute_of(fiber);
  if (cb->tile_rows != EMU_TILE_SIDE || cb->tile_columns != EMU_TILE_SIDE)
    emu_refuse("cb %u holds tiles of %ux%u elements; compute kernels are "
               "emulated for tiles of 32x32",
               cb->id, cb->tile_rows, cb->tile_columns);
  if (compute->pack.state == EMU_UNIT_INITIAL)
    emu_report(EMU_INIT_MISSING, "%s without compute_kernel_hw_startup", call);
  emu_format_check(&compute->pack_format, NULL, cb, "the packer",
                   "pack_reconfig_data_format");
}

/* The first page of the tile; one that takes several needs all of them. */
static uint32_t tile_address(EmuFiber *fiber, EmuCb *cb, uint32_t index) {
  uint32_t bytes = emu_format_tile_bytes(cb->format);
  uint32_t pages = (bytes + cb->page_size - 1) / cb->page_size;
  uint32_t address = emu_cb_write_tile(fiber, cb, index);
  if (pages > 1)
    emu_cb_write_tile(fiber, cb, index + pages - 1);
  return address;
}

static void pack_one(EmuFiber *fiber, const char *call, uint32_t dst, EmuCb *cb,
                     uint32_t index, bool out_of_order) {
  static EmuCounter count = {.group = "tile_ops", .name = "pack"};
  EmuCompute *compute = emu_compute_of(fiber);
  EmuTile tile;
  check_mode(compute, call);
  emu_pack_check(fiber, call, cb);
  emu_pack_read(fiber, dst, cb, &tile);
  uint32_t address = tile_address(fiber, cb, out_of_order ? index : cb->packed);
  if (!out_of_order)
    ++cb->packed;
  emu_pack_write(fiber, cb, address, &tile);
  emu_count(&count, 1);
}

void emu_pack(const char *call, uint32_t dst, uint32_t ocb, uint32_t index,
              uint32_t out_of_order, uint32_t count, EmuSite site) {
  EmuFiber *fiber = emu_enter(site);
  if (fiber->risc != EMU_PACK)
    return;
  EmuCb *cb = emu_cb(fiber->core, ocb);
  if (!cb)
    return;
  for (uint32_t i = 0; i < count; ++i)
    pack_one(fiber, call, dst + i, cb, index + i, out_of_order != 0);
}

/*===- programming --------------------------------------------------------===*/

void emu_pack_init(const char *call, uint32_t ocb, EmuSite site) {
  EmuFiber *fiber = emu_enter(site);
  EmuCompute *compute = emu_compute_of(fiber);
  (void)ocb;
  if (fiber->risc != EMU_PACK)
    return;
  if (compute->pack.state == EMU_UNIT_INITIAL)
    emu_report(EMU_INIT_MISSING, "%s without compute_kernel_hw_startup", call);
  compute->pack.state = EMU_UNIT_READY;
  compute->pack_mode = EMU_PACK_TILES;
}

void emu_pack_reconfig(const char *call, uint32_t ocb, EmuSite site) {
  static EmuCounter count = {.group = "reconfigs", .name = "pack"};
  EmuFiber *fiber = emu_enter(site);
  EmuCompute *compute = emu_compute_of(fiber);
  const EmuCb *cb = emu_cb(fiber->core, ocb);
  if (fiber->risc != EMU_PACK || !cb)
    return;
  (void)call;
  emu_format_program(&compute->pack_format, fiber->core, cb, site);
  emu_count(&count, 1);
}

void emu_pack_l1_acc(uint32_t enable, EmuSite site) {
  EmuFiber *fiber = emu_enter(site);
  EmuCompute *compute = emu_compute_of(fiber);
  if (fiber->risc != EMU_PACK)
    return;
  compute->l1_accumulate = enable != 0;
  compute->l1_accumulate_site = site;
}

void emu_pack_relu(uint32_t config, EmuSite site) {
  EmuFiber *fiber = emu_enter(site);
  EmuCompute *compute = emu_compute_of(fiber);
  if (fiber->risc != EMU_PACK)
    return;
  compute->relu = config;
  compute->relu_site = site;
}

/*===- single rows --------------------------------------------------------===*/

enum { ROW_ELEMENTS = 16, MAX_ROWS = 64 };

void emu_pack_rows_init(uint32_t rows, EmuSite site) {
  EmuFiber *fiber = emu_enter(site);
  EmuCompute *compute = emu_compute_of(fiber);
  if (rows == 0 || rows > MAX_ROWS)
    emu_refuse("pack_rows_init: %u rows; valid are 1 to %u", rows,
               (unsigned)MAX_ROWS);
  if (fiber->risc != EMU_PACK)
    return;
  compute->pack_mode = EMU_PACK_ROWS;
  compute->pack_mode_site = site;
  compute->pack_columns = rows;
}

void emu_pack_rows(uint32_t dst, uint32_t ocb, uint32_t index, EmuSite site) {
  EmuFiber *fiber = emu_enter(site);
  EmuCompute *compute = emu_compute_of(fiber);
  EmuCb *cb = emu_cb(fiber->core, ocb);
  if (fiber->risc != EMU_PACK || !cb)
    return;
  if (compute->pack_mode != EMU_PACK_ROWS) {
    emu_report(EMU_INIT_MISSING, "pack_rows without pack_rows_init");
    return;
  }
  EmuFormat format = emu_pack_format(compute, cb);
  emu_pack_check(fiber, "pack_rows", cb);
  if (emu_format_is_block(format))
    emu_refuse("pack_rows to cb %u of format %s: block floats have no rows",
               ocb, emu_format_name(format));
  EmuTile tile;
  emu_pack_read(fiber, dst, cb, &tile);
  uint32_t step = emu_format_tile_bytes(format) / MAX_ROWS;
  uint32_t rows = compute->pack_columns;
  uint8_t *out = emu_l1_write(fiber->core, emu_cb_write_tile(fiber, cb, index),
                              step * rows, EMU_ACCESS_PACK, cb);
  for (uint32_t row = 0; row < rows; ++row)
    emu_row_encode(format, tile.u + emu_face_row(row / 16, row % 16),
                   ROW_ELEMENTS, out + row * step);
}

void emu_pack_rows_uninit(EmuSite site) {
  EmuFiber *fiber = emu_enter(site);
  if (fiber->risc == EMU_PACK)
    emu_compute_of(fiber)->pack_mode = EMU_PACK_TILES;
}
