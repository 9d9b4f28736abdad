/* sfpu.c - the vector engine: runs table rows over DST tiles.
 *
 * An operation needs the init of its own kind to be the last one. After a
 * foreign one the constants and address modes in it are wrong: the tile holds
 * garbage. Stores into a 16-bit DST round to nearest even, or drop the lower
 * bits where the call does.
 */
#include "sfpu.h"

#include <math.h>
#include <string.h>

enum { GARBAGE_BITS = 0x7fc0dead };

static EmuRisc runs_in(uint32_t flags) {
  return flags & EMU_SFPU_ON_PACK ? EMU_PACK : EMU_MATH;
}

void emu_sfpu_init(int32_t key, uint32_t options, uint32_t flags,
                   EmuSite site) {
  static EmuCounter count = {.group = "inits", .name = "sfpu"};
  EmuFiber *fiber = emu_enter(site);
  EmuCompute *compute = emu_compute_of(fiber);
  if (fiber->risc != runs_in(flags))
    return;
  compute->sfpu_key = key;
  compute->sfpu_options = options;
  compute->sfpu_site = site;
  emu_count(&count, 1);
  /* Records all 32 replay slots; matmul keeps its program in the upper ones. */
  if (flags & EMU_SFPU_REPLAYS_ALL && compute->math.key.op == EMU_MATH_MATMUL) {
    compute->math.key.lost = 1;
    compute->math.call = emu_sfpu_inits[key];
    compute->math.site = site;
  }
}

bool emu_sfpu_require(EmuCompute *compute, const char *call, EmuSfpuKey key,
                      bool check_options, uint32_t options) {
  if (compute->sfpu_key < 0)
    emu_report(EMU_INIT_MISSING, "%s without %s", call, emu_sfpu_inits[key]);
  else if (compute->sfpu_key != (int32_t)key)
    emu_report(EMU_INIT_STALE,
               "%s runs what %s (line %u) programmed\ncall %s "
               "before it",
               call, emu_sfpu_inits[compute->sfpu_key], compute->sfpu_site.line,
               emu_sfpu_inits[key]);
  else if (check_options && compute->sfpu_options != options)
    emu_report(EMU_INIT_STALE,
               "%s and the %s of line %u have different template options", call,
               emu_sfpu_inits[key], compute->sfpu_site.line);
  else
    return true;
  return false;
}

/* Values that were computed, as a store into DST leaves them. */
static void store(const EmuCore *core, EmuTile *tile, EmuKind kind,
                  uint32_t rounding) {
  if (kind == EMU_KIND_INTEGER || core->config.fp32_dest_acc_en)
    return;
  const EmuFormatSlot *format = &core->compute->math_format[EMU_SRC_A];
  bool half = format->set && emu_format_is_half(format->format);
  if (rounding == EMU_ROUND_TRUNCATE && !half)
    for (uint32_t i = 0; i < EMU_TILE_ELEMENTS; ++i)
      tile->f[i] = emu_truncate_bf16(tile->f[i]);
  else
    emu_dst_round(core, tile->f, EMU_TILE_ELEMENTS);
}

/* Calls for 32-bit integers read the whole width of a DST tile. */
static void check_width(const EmuCore *core, const EmuSfpuRow *row) {
  if (!core->config.fp32_dest_acc_en && strstr(row->call, "int32"))
    emu_report(EMU_FORMAT_MISMATCH,
               "%s works on 32-bit integers, and DST is 16 bits wide\n"
               "set fp32_dest_acc_en in the ComputeConfig",
               row->call);
}

static EmuExtent smaller(EmuExtent a, EmuExtent b) { return a < b ? a : b; }

typedef struct Inputs {
  EmuSlot *slot[3];
  uint32_t count;
} Inputs;

static EmuSlot *input(EmuFiber *fiber, uint32_t dst, const EmuSfpuRow *row) {
  EmuSlot *slot =
      row->writes_only ? emu_dst_slot(fiber, dst) : emu_dst_read(fiber, dst);
  emu_dst_load(fiber->core, slot, row->kind);
  return slot;
}

static void run(EmuFiber *fiber, const EmuSfpuRow *row, const Inputs *in,
                EmuSlot *out, uint32_t faces, const EmuSfpuParams *params,
                uint32_t rounding, bool sane) {
  check_width(fiber->core, row);
  EmuTile result = out->tile;
  EmuExtent extent = EMU_EXTENT_FULL;
  const EmuSlot *x = in->slot[0];
  const EmuSlot *y = in->slot[in->count > 1 ? 1 : 0];
  const EmuSlot *z = in->slot[in->count > 2 ? 2 : 0];
  for (uint32_t face = 0; face < 4; ++face)
    for (uint32_t line = 0; faces & (1u << face) && line < EMU_FACE_SIDE;
         ++line) {
      uint32_t at = emu_face_row(face, line);
      row->function(result.u + at, x->tile.u + at, y->tile.u + at,
                    z->tile.u + at, params);
    }
  for (uint32_t i = 0; i < in->count && !row->writes_only; ++i)
    extent = smaller(extent, in->slot[i]->extent);
  if (!sane)
    for (uint32_t i = 0; i < EMU_TILE_ELEMENTS; ++i)
      result.u[i] = GARBAGE_BITS;
  store(fiber->core, &result, row->kind, rounding);
  out->tile = result;
  out->kind = row->kind;
  out->extent = extent;
}

void emu_sfpu_unary(int32_t operation, uint32_t options, uint32_t dst,
                    uint32_t faces, uint32_t p0, uint32_t p1, uint32_t p2,
                    EmuSite site) {
  static EmuCounter count = {.group = "tile_ops", .name = "sfpu_unary"};
  EmuFiber *fiber = emu_enter(site);
  if (fiber->risc != runs_in(options))
    return;
  options &= ~EMU_SFPU_ON_PACK;
  const EmuSfpuRow *row = &emu_sfpu_unaries[operation];
  bool sane = emu_sfpu_require(emu_compute_of(fiber), row->call, row->key,
                               row->checks_options, options);
  Inputs in = {{input(fiber, dst, row), NULL, NULL}, 1};
  const EmuSfpuParams params = {{p0, p1, p2}};
  run(fiber, row, &in, in.slot[0], faces, &params, EMU_ROUND_NEAREST, sane);
  emu_count(&count, 1);
}

void emu_sfpu_binary(int32_t operation, uint32_t dst0, uint32_t dst1,
                     uint32_t out, uint32_t rounding, EmuSite site) {
  static EmuCounter count = {.group = "tile_ops", .name = "sfpu_binary"};
  EmuFiber *fiber = emu_enter(site);
  if (fiber->risc != EMU_MATH)
    return;
  const EmuSfpuRow *row = &emu_sfpu_binaries[operation];
  bool sane =
      emu_sfpu_require(emu_compute_of(fiber), row->call, row->key, false, 0);
  Inputs in = {{input(fiber, dst0, row), input(fiber, dst1, row), NULL}, 2};
  const EmuSfpuParams params = {{0, 0, 0}};
  run(fiber, row, &in, emu_dst_slot(fiber, out), 15, &params, rounding, sane);
  emu_count(&count, 1);
}

void emu_sfpu_ternary(int32_t operation, uint32_t dst0, uint32_t dst1,
                      uint32_t dst2, uint32_t out, uint32_t param,
                      EmuSite site) {
  static EmuCounter count = {.group = "tile_ops", .name = "sfpu_ternary"};
  EmuFiber *fiber = emu_enter(site);
  if (fiber->risc != EMU_MATH)
    return;
  const EmuSfpuRow *row = &emu_sfpu_ternaries[operation];
  bool sane =
      emu_sfpu_require(emu_compute_of(fiber), row->call, row->key, false, 0);
  Inputs in = {{input(fiber, dst0, row), input(fiber, dst1, row),
                input(fiber, dst2, row)},
               3};
  const EmuSfpuParams params = {{param, 0, 0}};
  run(fiber, row, &in, emu_dst_slot(fiber, out), 15, &params, EMU_ROUND_NEAREST,
      sane);
  emu_count(&count, 1);
}

/*===- conversions and copies ---------------------------------------------===*/

static uint32_t to_integer(double value, EmuFormat format) {
  double low = -2147483648.0, high = 2147483647.0;
  if (format == EMU_UINT16 || format == EMU_UINT8) {
    low = 0;
    high = format == EMU_UINT16 ? 65535.0 : 255.0;
  } else if (format == EMU_UINT32) {
    low = 0;
    high = 4294967295.0;
  }
  /* 32-bit integers are cut out of the significand; others are rounded. */
  value = emu_format_is_32bit(format) ? trunc(value) : nearbyint(value);
  value = value != value ? 0 : value < low ? low : value > high ? high : value;
  return value < 0 ? (uint32_t)(int32_t)value : (uint32_t)value;
}

static void convert(EmuFiber *fiber, EmuSlot *slot, EmuFormat from,
                    EmuFormat to) {
  bool integer_in = emu_format_is_integer(from);
  bool integer_out = emu_format_is_integer(to);
  emu_dst_load(fiber->core, slot,
               integer_in ? EMU_KIND_INTEGER : EMU_KIND_FLOAT);
  for (uint32_t i = 0; i < EMU_TILE_ELEMENTS; ++i) {
    uint32_t word = slot->tile.u[i];
    if (integer_in && !integer_out)
      slot->tile.f[i] = from == EMU_UINT32 ? (float)word : (float)(int32_t)word;
    else if (!integer_in && integer_out)
      slot->tile.u[i] = to_integer((double)emu_bits_float(word), to);
    else if (!integer_in && to == EMU_FLOAT16_B)
      slot->tile.f[i] = emu_round_bf16(emu_bits_float(word));
  }
  slot->kind = integer_out ? EMU_KIND_INTEGER : EMU_KIND_FLOAT;
  if (!integer_out)
    emu_dst_round(fiber->core, slot->tile.f, EMU_TILE_ELEMENTS);
}

void emu_sfpu_typecast(int32_t key, uint32_t from, uint32_t to, uint32_t dst,
                       EmuSite site) {
  EmuFiber *fiber = emu_enter(site);
  EmuFormat in = (EmuFormat)from, out = (EmuFormat)to;
  if (fiber->risc != EMU_MATH)
    return;
  bool wide = (emu_format_is_32bit(in) && emu_format_is_integer(in)) ||
              (emu_format_is_32bit(out) && emu_format_is_integer(out));
  if (wide && !fiber->core->config.fp32_dest_acc_en)
    emu_refuse("typecast from %s to %s needs a 32-bit DST: set "
               "fp32_dest_acc_en in the ComputeConfig",
               emu_format_name(in), emu_format_name(out));
  EmuSlot *slot = emu_dst_read(fiber, dst);
  /* Between float formats of one register width nothing is to do. */
  bool nothing = !emu_format_is_integer(in) && !emu_format_is_integer(out) &&
                 !(in == EMU_FLOAT32 && out == EMU_FLOAT16_B);
  if (nothing)
    return;
  emu_sfpu_require(emu_compute_of(fiber), "typecast_tile", (EmuSfpuKey)key,
                   true, from << 8 | to);
  convert(fiber, slot, in, out);
}

void emu_sfpu_copy(int32_t key, uint32_t from, uint32_t to, EmuSite site) {
  EmuFiber *fiber = emu_enter(site);
  if (fiber->risc != EMU_MATH)
    return;
  emu_sfpu_require(emu_compute_of(fiber), "copy_dest_values", (EmuSfpuKey)key,
                   false, 0);
  const EmuSlot *source = emu_dst_read(fiber, from);
  *emu_dst_slot(fiber, to) = *source;
}
