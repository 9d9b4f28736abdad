/* print.c - what kernels print: text, numbers and slices of tiles.
 *
 * Numbers are written as C++ streams write them (DPRINT <<), or as fmt does
 * (DEVICE_PRINT), by one specification: EmuPrintSpec of print.h.
 */
#include "format.h"
#include "machine.h"
#include "tt-emu/print_spec.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* As on the hardware, nothing is printed unless it was asked for. */
void emu_print(const char *text, size_t bytes) {
  static int wanted = -1;
  if (wanted < 0)
    wanted = getenv("TT_METAL_DPRINT_CORES") || getenv("TT_EMU_DPRINT");
  if (wanted)
    fwrite(text, 1, bytes, stdout);
}

/*===- fields -------------------------------------------------------------===*/

static void fill(char with, size_t count) {
  while (count--)
    emu_print(&with, 1);
}

/* `prefix` is the sign and the base, which zeros come after. */
static void field(const char *prefix, const char *body, bool number,
                  const EmuPrintSpec *spec) {
  size_t before = strlen(prefix), length = before + strlen(body);
  size_t missing = spec->width > length ? spec->width - length : 0;
  bool zeros = spec->zeros && number && !spec->align;
  char align = spec->align ? spec->align : number || spec->stream ? '>' : '<';
  size_t left = zeros || align == '<' ? 0
                : align == '^'        ? missing / 2
                                      : missing;
  fill(spec->fill, left);
  emu_print(prefix, before);
  fill('0', zeros ? missing : 0);
  emu_print(body, length - before);
  fill(spec->fill, zeros ? 0 : missing - left);
}

void emu_print_text(const char *text, const EmuPrintSpec *spec) {
  field("", text, false, spec);
}

void emu_print_integer(uint64_t magnitude, bool negative,
                       const EmuPrintSpec *spec) {
  char digits[72], *at = digits + sizeof digits, type = spec->type;
  uint64_t base = type == 'x' || type == 'X'   ? 16
                  : type == 'o'                ? 8
                  : type == 'b' || type == 'B' ? 2
                                               : 10;
  const char *letters = type == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
  *--at = 0;
  do
    *--at = letters[magnitude % base];
  while (magnitude /= base);
  char prefix[4] = "";
  size_t used = 0;
  if (negative || spec->sign)
    prefix[used++] = negative ? '-' : spec->sign;
  if (spec->alternate && base != 10) {
    prefix[used++] = '0';
    if (base != 8)
      prefix[used++] = type;
  }
  prefix[used] = 0;
  field(prefix, at, true, spec);
}

/* The fewest digits that read back as the same number. */
static void shortest(char *text, size_t size, double value, bool single) {
  for (int digits = single ? 6 : 15; digits <= 17; digits++) {
    snprintf(text, size, "%.*g", digits, value);
    bool same = single ? strtof(text, NULL) == (float)value
                       : strtod(text, NULL) == value;
    if (same || value != value)
      return;
  }
}

void emu_print_real(double value, bool single, const EmuPrintSpec *spec) {
  char text[400];
  bool exact = !spec->type && spec->precision < 0;
  double magnitude = value < 0 ? -value : value;
  char form[] = {'%', '.', '*', spec->type ? spec->type : 'g', 0};
  if (exact)
    shortest(text, sizeof text, magnitude, single);
  else
    snprintf(text, sizeof text, form, spec->precision < 0 ? 6 : spec->precision,
             magnitude);
  char prefix[] = {value < 0 ? '-' : spec->sign, 0};
  field(prefix, text, true, spec);
}

/*===- formats ------------------------------------------------------------===*/

static uint32_t digits(const char **at) {
  uint32_t value = 0;
  while (isdigit((unsigned char)**at))
    value = value * 10 + (uint32_t)(*(*at)++ - '0');
  return value;
}

static bool is_align(char c) { return c == '<' || c == '>' || c == '^'; }

/* [[fill]align][sign][#][0][width][.precision][type] */
static EmuPrintSpec spec_of(const char *at) {
  EmuPrintSpec spec = EMU_PRINT_PLAIN;
  if (*at && is_align(at[1])) {
    spec.fill = *at++;
    spec.align = *at++;
  } else if (is_align(*at)) {
    spec.align = *at++;
  }
  if (*at == '+' || *at == ' ' || *at == '-')
    spec.sign = *at == '-' ? (char)0 : *at, at++;
  if (*at == '#')
    spec.alternate = true, at++;
  if (*at == '0')
    spec.zeros = true, at++;
  spec.width = digits(&at);
  if (*at == '.') {
    at++;
    spec.precision = (int32_t)digits(&at);
  }
  spec.type = *at == '}' || *at == 'd' || *at == 's' ? (char)0 : *at;
  return spec;
}

bool emu_print_field(const char **format, EmuPrintSpec *spec,
                     uint32_t *argument) {
  const char *at = *format, *from = at;
  for (; *at; at++) {
    if (*at != '{' && *at != '}')
      continue;
    emu_print(from, (size_t)(at - from));
    from = at + 1;
    if (at[1] == *at) { /* doubled: the character itself */
      at++;
      continue;
    }
    if (*at == '}')
      continue;
    at++;
    if (isdigit((unsigned char)*at))
      *argument = digits(&at);
    *spec = spec_of(*at == ':' ? at + 1 : "}");
    const char *end = strchr(at, '}');
    *format = end ? end + 1 : at + strlen(at);
    return true;
  }
  emu_print(from, (size_t)(at - from));
  *format = at;
  return false;
}

/*===- slices of tiles ----------------------------------------------------===*/

/* Bytes of the print buffer that an element takes; block formats send the
 * exponent along. 0: a format that is not printed. */
static uint32_t printed_bytes(EmuFormat format) {
  switch (format) {
  case EMU_FLOAT32:
  case EMU_INT32:
  case EMU_UINT32:
    return 4;
  case EMU_FLOAT16_B:
  case EMU_UINT16:
  case EMU_BFP8_B:
  case EMU_BFP4_B:
    return 2;
  case EMU_INT8:
  case EMU_UINT8:
    return 1;
  default:
    return 0;
  }
}

/* Where the i-th element of the memory of a tile is in it. */
static uint32_t place_of(uint32_t i) {
  uint32_t face = i / 256, row = i % 256 / 16, column = i % 16;
  return (face / 2 * 16 + row) * EMU_TILE_SIDE + face % 2 * 16 + column;
}

static void print_element(const EmuTile *tile, EmuFormat format, uint32_t at,
                          const EmuPrintSpec *spec) {
  if (!emu_format_is_integer(format))
    emu_print_real((double)tile->f[at], true, spec);
  else
    emu_print_integer(tile->i[at] < 0 ? 0u - (uint32_t)tile->i[at]
                                      : tile->u[at],
                      format != EMU_UINT32 && tile->i[at] < 0, spec);
}

void emu_print_slice(const EmuPrintSlice *slice, EmuFormat format,
                     const EmuPrintSpec *spec) {
  EmuFiber *self = emu_current();
  char note[64];
  uint32_t each = printed_bytes(format), count = 0;
  if (self->risc == EMU_MATH || !each) {
    snprintf(note, sizeof note, "(no slice of circular buffer %u %s)",
             slice->cb, each ? "in math" : "in its format");
    emu_print(note, strlen(note));
    return;
  }
  const EmuCb *cb = emu_cb(self->core, slice->cb);
  uint32_t bytes = emu_format_tile_bytes(format);
  uint32_t address = (slice->write_pointer ? cb->write : cb->read)[self->risc] +
                     slice->tile * bytes;
  EmuTile tile;
  emu_tile_decode(format, self->core->l1 + address, &tile);
  for (uint32_t h = slice->h0; h < slice->h1; h += slice->hs) {
    for (uint32_t w = slice->w0; w < slice->w1; w += slice->ws, count++) {
      if ((count + 1) * each > slice->most_bytes) {
        snprintf(note, sizeof note, "(cut after %u elements)\n", count);
        emu_print(note, strlen(note));
        return;
      }
      uint32_t at = h % EMU_TILE_SIDE * EMU_TILE_SIDE + w % EMU_TILE_SIDE;
      print_element(&tile, format, slice->untilized ? at : place_of(at), spec);
      if (w + slice->ws < slice->w1)
        emu_print(" ", 1);
    }
    if (slice->line_per_row)
      emu_print("\n", 1);
  }
}
