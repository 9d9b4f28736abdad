/* format.h - number formats of tiles in L1 and of the registers.
 *
 * A tile in L1 is four faces of 16x16 elements (rows 0-15 columns 0-15, then
 * columns 16-31, then the lower two), row-major in a face. Block floats put one
 * shared exponent byte per face row first, then the packed sign-magnitude
 * mantissas. In registers a tile is 32x32 row-major 32-bit words: binary32 for
 * floats, two's complement for integers.
 */
#ifndef TT_EMU_LIB_FORMAT_H
#define TT_EMU_LIB_FORMAT_H

#include <stdbool.h>
#include <stdint.h>

#include "tt-emu/site.h"

enum { EMU_TILE_SIDE = 32, EMU_TILE_ELEMENTS = 1024, EMU_FACE_SIDE = 16 };

typedef union EmuTile {
  float f[EMU_TILE_ELEMENTS];
  int32_t i[EMU_TILE_ELEMENTS];
  uint32_t u[EMU_TILE_ELEMENTS];
} EmuTile;

typedef union EmuWord {
  float f;
  uint32_t u;
} EmuWord;

/* "Float16_b"; "Invalid" for what is no format. */
const char *emu_format_name(EmuFormat format);
/* Bytes of a 32x32 tile in L1; 0 for a format that has no tiles here. */
uint32_t emu_format_tile_bytes(EmuFormat format);
bool emu_format_is_integer(EmuFormat format);
/* Integers and floats of 32 bits: go to DST past SrcA when asked to. */
bool emu_format_is_32bit(EmuFormat format);
/* Half precision and its block floats (5-bit exponents). */
bool emu_format_is_half(EmuFormat format);

/* Tile bytes to row-major words and back; the format has tile bytes. Encoding
 * rounds to nearest even, integers saturate. */
void emu_tile_decode(EmuFormat format, const uint8_t *bytes, EmuTile *tile);
void emu_tile_encode(EmuFormat format, const EmuTile *tile, uint8_t *bytes);
/* The same for `count` consecutive elements without faces (row-major data);
 * block floats have no such form. */
void emu_row_decode(EmuFormat format, const uint8_t *bytes, uint32_t count,
                    uint32_t *words);
void emu_row_encode(EmuFormat format, const uint32_t *words, uint32_t count,
                    uint8_t *bytes);

/* The faces of block floats (format_block.c). */
void emu_block_decode(EmuFormat format, const uint8_t *bytes, EmuTile *tile);
void emu_block_encode(EmuFormat format, const EmuTile *tile, uint8_t *bytes);
bool emu_format_is_block(EmuFormat format);

/* Row-major index of the first element of row `row` of face `face`. */
static inline uint32_t emu_face_row(uint32_t face, uint32_t row) {
  return ((face >> 1) * EMU_FACE_SIDE + row) * EMU_TILE_SIDE +
         (face & 1) * EMU_FACE_SIDE;
}

static inline uint32_t emu_float_bits(float value) {
  EmuWord word = {.f = value};
  return word.u;
}

static inline float emu_bits_float(uint32_t bits) {
  EmuWord word = {.u = bits};
  return word.f;
}

/*===- single numbers -----------------------------------------------------===*/

/* Keeps the upper `32 - drop` bits, rounding to nearest even; NaN stays NaN. */
static inline uint32_t emu_round_bits(uint32_t bits, uint32_t drop) {
  uint32_t half = (1u << (drop - 1)) - 1u;
  uint32_t rounded = bits + half + ((bits >> drop) & 1u);
  uint32_t quiet = bits | 0x00400000u;
  bool nan = (bits & 0x7fffffffu) > 0x7f800000u;
  return (nan ? quiet : rounded) & ~((1u << drop) - 1u);
}

static inline float emu_round_bf16(float value) {
  return emu_bits_float(emu_round_bits(emu_float_bits(value), 16));
}

static inline float emu_truncate_bf16(float value) {
  return emu_bits_float(emu_float_bits(value) & 0xffff0000u);
}

/* What survives a source register: 8 bits of exponent, 10 of mantissa. */
static inline float emu_truncate_tf32(float value) {
  return emu_bits_float(emu_float_bits(value) & 0xffffe000u);
}

static inline uint16_t emu_f32_to_bf16(float value) {
  return (uint16_t)(emu_round_bits(emu_float_bits(value), 16) >> 16);
}

static inline float emu_bf16_to_f32(uint16_t bits) {
  return emu_bits_float((uint32_t)bits << 16);
}

/* Scaling by 2^112 moves the half's exponent (and its denormals) to where
 * binary32 wants it; all-ones exponents are put right afterwards. */
static inline float emu_f16_to_f32(uint16_t bits) {
  uint32_t magnitude = (uint32_t)(bits & 0x7fffu) << 13;
  uint32_t scaled = emu_float_bits(emu_bits_float(magnitude) * 0x1p112f);
  uint32_t special = magnitude | 0x7f800000u;
  uint32_t value = magnitude >= 0x0f800000u ? special : scaled;
  return emu_bits_float(value | (uint32_t)(bits & 0x8000u) << 16);
}

static inline uint16_t emu_f32_to_f16(float value) {
  uint32_t bits = emu_float_bits(value);
  uint32_t sign = (bits >> 16) & 0x8000u;
  uint32_t magnitude = bits & 0x7fffffffu;
  if (magnitude > 0x7f800000u)
    return (uint16_t)(sign | 0x7e00u | ((magnitude >> 13) & 0x3ffu));
  if (magnitude >= 0x477ff000u) /* rounds to 65536 or more */
    return (uint16_t)(sign | 0x7c00u);
  if (magnitude < 0x38800000u) { /* below 2^-14: the adder does the rounding */
    float aligned = emu_bits_float(magnitude) + 0.5f;
    return (uint16_t)(sign | (emu_float_bits(aligned) - 0x3f000000u));
  }
  uint32_t rounded = magnitude + 0xfffu + ((magnitude >> 13) & 1u);
  return (uint16_t)(sign | ((rounded - 0x38000000u) >> 13));
}

static inline float emu_round_f16(float value) {
  return emu_f16_to_f32(emu_f32_to_f16(value));
}

#endif
