/* format.c - tiles of plain formats between L1 bytes and registers.
 *
 * One pair of loops per storage width: a tile is 64 face rows of 16 elements,
 * and each of them is one run of consecutive memory on both sides.
 */
#include "format.h"

#include <string.h>

typedef struct FormatInfo {
  const char *name;
  uint32_t element_bits; /* 0: no tiles of this format */
  bool integer, is_signed, half, block;
} FormatInfo;

static const FormatInfo kFormats[] = {
    [EMU_FLOAT32] = {"Float32", 32, false, true, false, false},
    [EMU_FLOAT16] = {"Float16", 16, false, true, true, false},
    [EMU_BFP8] = {"Bfp8", 8, false, true, true, true},
    [EMU_BFP4] = {"Bfp4", 4, false, true, true, true},
    [EMU_TF32] = {"Tf32", 32, false, true, false, false},
    [EMU_FLOAT16_B] = {"Float16_b", 16, false, true, false, false},
    [EMU_BFP8_B] = {"Bfp8_b", 8, false, true, false, true},
    [EMU_BFP4_B] = {"Bfp4_b", 4, false, true, false, true},
    [EMU_INT32] = {"Int32", 32, true, true, false, false},
    [EMU_UINT16] = {"UInt16", 16, true, false, false, false},
    [EMU_LF8] = {"Lf8", 0, false, true, false, false},
    [EMU_BFP2] = {"Bfp2", 2, false, true, true, true},
    [EMU_INT16] = {"Int16", 16, true, true, false, false},
    [EMU_INT8] = {"Int8", 8, true, true, false, false},
    [EMU_BFP2_B] = {"Bfp2_b", 2, false, true, false, true},
    [EMU_UINT32] = {"UInt32", 32, true, false, false, false},
    [EMU_FP8_E4M3] = {"Fp8_e4m3", 0, false, true, false, false},
    [EMU_UINT8] = {"UInt8", 8, true, false, false, false},
    [EMU_RAW_UINT32] = {"RawUInt32", 32, true, false, false, false},
};

static const FormatInfo *info(EmuFormat format) {
  static const FormatInfo invalid = {"Invalid", 0, false, false, false, false};
  size_t index = (size_t)format;
  if (index >= sizeof kFormats / sizeof *kFormats || !kFormats[index].name)
    return &invalid;
  return &kFormats[index];
}

const char *emu_format_name(EmuFormat format) { return info(format)->name; }

uint32_t emu_format_tile_bytes(EmuFormat format) {
  const FormatInfo *entry = info(format);
  uint32_t exponents = entry->block ? EMU_TILE_ELEMENTS / EMU_FACE_SIDE : 0;
  return exponents + entry->element_bits * (EMU_TILE_ELEMENTS / 8);
}

bool emu_format_is_integer(EmuFormat format) { return info(format)->integer; }

bool emu_format_is_32bit(EmuFormat format) {
  return info(format)->element_bits == 32;
}

bool emu_format_is_half(EmuFormat format) { return info(format)->half; }

bool emu_format_is_block(EmuFormat format) { return info(format)->block; }

/*===- rows ---------------------------------------------------------------===*/

static void decode16(EmuFormat format, const uint8_t *restrict bytes,
                     uint32_t count, uint32_t *restrict words) {
  uint16_t element[EMU_TILE_SIDE];
  for (uint32_t done = 0; done < count; done += EMU_TILE_SIDE) {
    uint32_t run = count - done < EMU_TILE_SIDE ? count - done : EMU_TILE_SIDE;
    memcpy(element, bytes + 2 * done, 2 * run);
    uint32_t *out = words + done;
    if (format == EMU_FLOAT16_B)
      for (uint32_t i = 0; i < run; ++i)
        out[i] = (uint32_t)element[i] << 16;
    else if (format == EMU_FLOAT16)
      for (uint32_t i = 0; i < run; ++i)
        out[i] = emu_float_bits(emu_f16_to_f32(element[i]));
    else if (format == EMU_INT16)
      for (uint32_t i = 0; i < run; ++i)
        out[i] = (uint32_t)(int32_t)(int16_t)element[i];
    else
      for (uint32_t i = 0; i < run; ++i)
        out[i] = element[i];
  }
}

void emu_row_decode(EmuFormat format, const uint8_t *bytes, uint32_t count,
                    uint32_t *words) {
  switch (info(format)->element_bits) {
  case 32:
    memcpy(words, bytes, (size_t)count * 4);
    if (format == EMU_TF32)
      for (uint32_t i = 0; i < count; ++i)
        words[i] &= 0xffffe000u;
    break;
  case 16:
    decode16(format, bytes, count, words);
    break;
  default:
    for (uint32_t i = 0; i < count; ++i)
      words[i] =
          format == EMU_INT8 ? (uint32_t)(int32_t)(int8_t)bytes[i] : bytes[i];
  }
}

/* Saturates a register integer to `bits`; unsigned formats read the register
 * as the two's complement number it holds. */
static uint32_t saturate(uint32_t word, uint32_t bits, bool is_signed) {
  int32_t value = (int32_t)word;
  int32_t high = is_signed ? (1 << (bits - 1)) - 1 : (1 << bits) - 1;
  int32_t low = is_signed ? -(1 << (bits - 1)) : 0;
  return (uint32_t)(value < low ? low : value > high ? high : value);
}

void emu_row_encode(EmuFormat format, const uint32_t *words, uint32_t count,
                    uint8_t *bytes) {
  const FormatInfo *entry = info(format);
  if (entry->element_bits == 32) {
    memcpy(bytes, words, (size_t)count * 4);
    for (uint32_t i = 0; format == EMU_TF32 && i < count; ++i) {
      uint32_t word = emu_round_bits(words[i], 13);
      memcpy(bytes + 4 * (size_t)i, &word, 4);
    }
    return;
  }
  if (entry->element_bits == 8) {
    for (uint32_t i = 0; i < count; ++i)
      bytes[i] = (uint8_t)saturate(words[i], 8, entry->is_signed);
    return;
  }
  for (uint32_t i = 0; i < count; ++i) {
    uint16_t element;
    if (format == EMU_FLOAT16_B)
      element = (uint16_t)(emu_round_bits(words[i], 16) >> 16);
    else if (format == EMU_FLOAT16)
      element = emu_f32_to_f16(emu_bits_float(words[i]));
    else
      element = (uint16_t)saturate(words[i], 16, entry->is_signed);
    memcpy(bytes + 2 * (size_t)i, &element, 2);
  }
}

/*===- tiles --------------------------------------------------------------===*/

void emu_tile_decode(EmuFormat format, const uint8_t *bytes, EmuTile *tile) {
  const FormatInfo *entry = info(format);
  if (entry->block) {
    emu_block_decode(format, bytes, tile);
    return;
  }
  uint32_t step = EMU_FACE_SIDE * entry->element_bits / 8;
  for (uint32_t face = 0; face < 4; ++face)
    for (uint32_t row = 0; row < EMU_FACE_SIDE; ++row, bytes += step)
      emu_row_decode(format, bytes, EMU_FACE_SIDE,
                     tile->u + emu_face_row(face, row));
}

void emu_tile_encode(EmuFormat format, const EmuTile *tile, uint8_t *bytes) {
  const FormatInfo *entry = info(format);
  if (entry->block) {
    emu_block_encode(format, tile, bytes);
    return;
  }
  uint32_t step = EMU_FACE_SIDE * entry->element_bits / 8;
  for (uint32_t face = 0; face < 4; ++face)
    for (uint32_t row = 0; row < EMU_FACE_SIDE; ++row, bytes += step)
      emu_row_encode(format, tile->u + emu_face_row(face, row), EMU_FACE_SIDE,
                     bytes);
}
