/* tilize.c - tiles from and to row-major data.
 *
 * A row-major block is 32 rows of `tiles` x 32 elements, in as many bytes as
 * its tiles have. The block calls go through DST one tile (or one block row)
 * at a time and hand the sections over themselves, so no tile_regs call
 * surrounds them.
 */
#include "compute.h"

#include <string.h>

/*===- row-major operands -------------------------------------------------===*/

typedef struct Block {
  EmuCb *cb;
  uint32_t address, tiles;
  EmuFormat format;
} Block;

/* The waited pages that hold `tiles` tiles from page `first` on. */
static Block block_in(EmuFiber *fiber, uint32_t id, uint32_t first,
                      uint32_t tiles) {
  EmuCompute *compute = emu_compute_of(fiber);
  const EmuFormatSlot *slot = &compute->unpack_format[EMU_SRC_A];
  Block block = {emu_cb(fiber->core, id), 0, tiles, EMU_FLOAT16_B};
  if (!block.cb)
    return block;
  emu_format_check(slot, fiber->core, block.cb, "SrcA",
                   "reconfig_data_format_srca");
  block.format = slot->set ? slot->format : block.cb->format;
  uint32_t bytes = tiles * emu_format_tile_bytes(block.format);
  uint32_t pages = (bytes + block.cb->page_size - 1) / block.cb->page_size;
  block.address = emu_cb_read_tile(fiber, block.cb, first);
  if (pages > 1)
    emu_cb_read_tile(fiber, block.cb, first + pages - 1);
  return block;
}

static void fill_operand(EmuFiber *fiber, const EmuTile *tile,
                         EmuFormat format) {
  EmuOperand *operand = emu_source_bank(fiber, EMU_SRC_A);
  operand->tile = *tile;
  operand->whole = false;
  operand->foreign = false;
  operand->kind =
      emu_format_is_integer(format) ? EMU_KIND_INTEGER : EMU_KIND_FLOAT;
  if (format == EMU_FLOAT32)
    for (uint32_t i = 0; i < EMU_TILE_ELEMENTS; ++i)
      operand->tile.f[i] = emu_truncate_tf32(operand->tile.f[i]);
  emu_source_fill(fiber, EMU_SRC_A);
}

/* Tile `index` of a block row, gathered from its 32 rows. */
static void gather(EmuFiber *fiber, const Block *block, uint32_t index) {
  EmuTile tile;
  uint32_t step = emu_format_tile_bytes(block->format) / EMU_TILE_SIDE;
  for (uint32_t row = 0; row < EMU_TILE_SIDE; ++row) {
    uint32_t at = block->address + (row * block->tiles + index) * step;
    emu_row_decode(
        block->format,
        emu_l1_read(fiber->core, at, step, EMU_ACCESS_UNPACK, block->cb),
        EMU_TILE_SIDE, tile.u + row * EMU_TILE_SIDE);
  }
  fill_operand(fiber, &tile, block->format);
}

/* The elements of tile `from` that are among index * 1024 ... of the block's
 * row-major order, arranged so that packing face after face writes them
 * consecutively. */
static void spread(EmuTile *out, const EmuTile *in, uint32_t from,
                   uint32_t tiles, uint32_t index) {
  uint32_t columns = tiles * EMU_TILE_SIDE;
  for (uint32_t i = 0; i < EMU_TILE_ELEMENTS; ++i) {
    uint32_t element = index * EMU_TILE_ELEMENTS + i;
    uint32_t row = element / columns, column = element % columns;
    uint32_t face = i / 256, line = i % 256 / EMU_FACE_SIDE;
    if (column / EMU_TILE_SIDE == from)
      out->u[emu_face_row(face, line) + i % EMU_FACE_SIDE] =
          in->u[row * EMU_TILE_SIDE + column % EMU_TILE_SIDE];
  }
}

static void untilize_operand(EmuFiber *fiber, const Block *block,
                             uint32_t index) {
  uint32_t bytes = emu_format_tile_bytes(block->format);
  EmuTile in, out;
  for (uint32_t i = 0; i < block->tiles; ++i) {
    emu_tile_decode(block->format,
                    emu_l1_read(fiber->core, block->address + i * bytes, bytes,
                                EMU_ACCESS_UNPACK, block->cb),
                    &in);
    spread(&out, &in, i, block->tiles, index);
  }
  fill_operand(fiber, &out, block->format);
}

/*===- tilize and untilize ------------------------------------------------===*/

static EmuFamily rows_family(EmuUnpackOp op, uint32_t tiles) {
  bool tilizes = op == EMU_UNPACK_TILIZE;
  return (EmuFamily){.unpack = {.op = (uint8_t)op, .block = tiles},
                     .math = {.op = EMU_MATH_COPY},
                     .init = tilizes ? "tilize_init" : "untilize_init",
                     .uninit = tilizes ? "tilize_uninit" : "untilize_uninit"};
}

/* MATH and PACK of one tile: a section around a copy and a pack. */
static void section_tile(EmuFiber *fiber, const char *call,
                         const EmuFamily *family, uint32_t ocb,
                         uint32_t out_index) {
  EmuTileRef none = {false, NULL, 0};
  EmuSite site = fiber->site;
  emu_tile_regs_acquire(site);
  if (fiber->risc == EMU_MATH)
    emu_family_run(fiber, call, family, none, none, 0, 0);
  emu_tile_regs_commit(site);
  emu_tile_regs_wait(site);
  emu_pack(call, 0, ocb, out_index, 1, 1, site);
  emu_tile_regs_release(site);
}

static void check_rows(EmuFiber *fiber, const char *call, uint32_t icb) {
  const EmuCb *cb = emu_cb(fiber->core, icb);
  if (cb && emu_format_is_block(cb->format))
    emu_refuse("%s reads cb %u of format %s; row-major data has no block "
               "floats",
               call, icb, emu_format_name(cb->format));
}

void emu_tilize_init(const char *call, uint32_t icb, uint32_t tiles,
                     uint32_t ocb, EmuSite site) {
  EmuFiber *fiber = emu_enter(site);
  EmuFamily family = rows_family(EMU_UNPACK_TILIZE, tiles);
  (void)ocb;
  check_rows(fiber, call, icb);
  emu_family_init(fiber, call, &family, site);
}

void emu_tilize_block(const char *call, uint32_t icb, uint32_t tiles,
                      uint32_t ocb, uint32_t in_index, uint32_t out_index,
                      EmuSite site) {
  EmuFiber *fiber = emu_enter(site);
  EmuCompute *compute = emu_compute_of(fiber);
  EmuFamily family = rows_family(EMU_UNPACK_TILIZE, tiles);
  Block block = {NULL, 0, tiles, EMU_FLOAT16_B};
  if (fiber->risc == EMU_UNPACK) {
    check_rows(fiber, call, icb);
    emu_unit_require(&compute->unpack, &family.unpack, call, family.init);
    if (compute->unpack.key.op != EMU_UNPACK_NONE)
      block = block_in(fiber, icb, in_index, tiles);
  }
  for (uint32_t i = 0; i < tiles; ++i) {
    if (block.cb)
      gather(fiber, &block, i);
    section_tile(fiber, call, &family, ocb, out_index + i);
  }
}

static void uninit(EmuSite site) {
  EmuFiber *fiber = emu_enter(site);
  EmuCompute *compute = emu_compute_of(fiber);
  if (fiber->risc == EMU_UNPACK)
    emu_unit_uninit(&compute->unpack, site);
  else if (fiber->risc == EMU_MATH)
    emu_unit_uninit(&compute->math, site);
}

void emu_tilize_uninit(const char *call, uint32_t icb, uint32_t ocb,
                       EmuSite site) {
  (void)call, (void)icb, (void)ocb;
  uninit(site);
}

void emu_untilize_init(const char *call, uint32_t icb, EmuSite site) {
  EmuFiber *fiber = emu_enter(site);
  EmuFamily family = rows_family(EMU_UNPACK_UNTILIZE, 0);
  (void)icb;
  emu_family_init(fiber, call, &family, site);
}

void emu_untilize_block(const char *call, uint32_t icb, uint32_t tiles,
                        uint32_t ocb, EmuSite site) {
  EmuFiber *fiber = emu_enter(site);
  EmuCompute *compute = emu_compute_of(fiber);
  EmuFamily family = rows_family(EMU_UNPACK_UNTILIZE, 0);
  Block block = {NULL, 0, tiles, EMU_FLOAT16_B};
  if (fiber->risc == EMU_UNPACK) {
    emu_unit_require(&compute->unpack, &family.unpack, call, family.init);
    if (compute->unpack.key.op != EMU_UNPACK_NONE)
      block = block_in(fiber, icb, 0, tiles);
  }
  for (uint32_t i = 0; i < tiles; ++i) {
    if (block.cb)
      untilize_operand(fiber, &block, i);
    section_tile(fiber, call, &family, ocb, i);
  }
}

void emu_untilize_uninit(const char *call, uint32_t icb, EmuSite site) {
  (void)call, (void)icb;
  uninit(site);
}

/*===- untilizing packer --------------------------------------------------===*/

static void set_untilize(EmuCompute *compute, uint32_t block, uint32_t full,
                         EmuSite site) {
  compute->pack_mode = EMU_PACK_UNTILIZE;
  compute->pack_mode_site = site;
  compute->pack_columns = block << 16 | full;
}

void emu_pack_untilize_init(const char *call, uint32_t icb, uint32_t ocb,
                            uint32_t block, uint32_t full, uint32_t copy,
                            EmuSite site) {
  EmuFiber *fiber = emu_enter(site);
  (void)ocb;
  if (copy) {
    EmuFamily family = emu_family_copy(false, false);
    emu_family_operands(&family, fiber, emu_cb(fiber->core, icb), NULL);
    emu_family_init(fiber, call, &family, site);
  }
  if (fiber->risc == EMU_PACK)
    set_untilize(emu_compute_of(fiber), block, full, site);
}

/* A row of `block` DST tiles to rows of `full` tiles from `column` on. */
static void write_rows(EmuFiber *fiber, EmuCb *cb, uint32_t dst,
                       uint32_t tile_row, uint32_t block, uint32_t full,
                       uint32_t column) {
  EmuFormat format = emu_pack_format(emu_compute_of(fiber), cb);
  uint32_t step = emu_format_tile_bytes(format) / EMU_TILE_SIDE;
  uint32_t base = emu_cb_write_tile(fiber, cb, 0) + tile_row * full * step * 32;
  for (uint32_t i = 0; i < block; ++i) {
    EmuTile tile;
    emu_pack_read(fiber, dst + i, cb, &tile);
    for (uint32_t row = 0; row < EMU_TILE_SIDE; ++row) {
      uint32_t at = base + (row * full + column * block + i) * step;
      emu_row_encode(format, tile.u + row * EMU_TILE_SIDE, EMU_TILE_SIDE,
                     emu_l1_write(fiber->core, at, step, EMU_ACCESS_PACK, cb));
    }
  }
}

static void pack_rows(EmuFiber *fiber, const char *call, uint32_t ocb,
                      uint32_t dst, uint32_t tile_row, uint32_t block,
                      uint32_t full, uint32_t column) {
  EmuCompute *compute = emu_compute_of(fiber);
  EmuCb *cb = emu_cb(fiber->core, ocb);
  if (!cb)
    return;
  if (compute->pack_mode != EMU_PACK_UNTILIZE)
    emu_report(EMU_INIT_MISSING, "%s without its pack_untilize init", call);
  else if (compute->pack_columns != (block << 16 | full))
    emu_report(EMU_INIT_STALE,
               "%s packs %u of %u tiles, the init of line %u said %u of %u",
               call, block, full, compute->pack_mode_site.line,
               compute->pack_columns >> 16, compute->pack_columns & 0xffff);
  emu_pack_check(fiber, call, cb);
  if (emu_format_is_block(emu_pack_format(compute, cb)))
    emu_refuse("%s writes cb %u of format %s; row-major data has no block "
               "floats",
               call, ocb, emu_format_name(cb->format));
  write_rows(fiber, cb, dst, tile_row, block, full, column);
}

void emu_pack_untilize_block(const char *call, uint32_t icb, uint32_t rows,
                             uint32_t ocb, uint32_t block, uint32_t full,
                             uint32_t column, EmuSite site) {
  EmuFiber *fiber = emu_enter(site);
  EmuFamily family = emu_family_copy(false, false);
  EmuTileRef none = {false, NULL, 0};
  family.init = "pack_untilize_init";
  for (uint32_t row = 0; row < rows; ++row) {
    emu_tile_regs_acquire(site);
    for (uint32_t i = 0; i < block; ++i)
      emu_family_run(fiber, call, &family,
                     emu_tile_ref(fiber, icb, row * block + i), none, 0, i);
    emu_tile_regs_commit(site);
    emu_tile_regs_wait(site);
    if (fiber->risc == EMU_PACK)
      pack_rows(fiber, call, ocb, 0, row, block, full, column);
    emu_tile_regs_release(site);
  }
}

void emu_pack_untilize_dest(const char *call, uint32_t ocb, uint32_t rows,
                            uint32_t column, uint32_t block, uint32_t full,
                            uint32_t dst, EmuSite site) {
  EmuFiber *fiber = emu_enter(site);
  if (fiber->risc != EMU_PACK)
    return;
  for (uint32_t row = 0; row < rows; ++row)
    pack_rows(fiber, call, ocb, dst + row * block, row, block, full, column);
}

void emu_pack_untilize_uninit(const char *call, uint32_t ocb, EmuSite site) {
  EmuFiber *fiber = emu_enter(site);
  (void)call, (void)ocb;
  if (fiber->risc == EMU_PACK)
    emu_compute_of(fiber)->pack_mode = EMU_PACK_TILES;
}
