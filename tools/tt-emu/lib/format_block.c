/* format_block.c - block floats: 16 elements of a face row share an exponent.
 *
 * The shared exponent is the largest of the 16 elements. A mantissa is a
 * magnitude with its leading one written out, so an element is
 * sign * magnitude * 2^(exponent - bias - (magnitude bits - 1)). Packing rounds
 * the exact value to nearest even and clamps what would need one bit more.
 * Formats with an `_b` have 8-bit exponents, the others 5-bit ones.
 */
#include "format.h"

#include <string.h>

enum { BIAS_B = 127, BIAS_A = 15, EXPONENT_BYTES = 64 };

typedef struct Block {
  uint32_t element_bits; /* sign and magnitude */
  int32_t bias, max_exponent;
} Block;

static Block block_of(EmuFormat format) {
  bool half = emu_format_is_half(format);
  Block block = {8, half ? BIAS_A : BIAS_B, half ? 31 : 255};
  if (format == EMU_BFP4 || format == EMU_BFP4_B)
    block.element_bits = 4;
  if (format == EMU_BFP2 || format == EMU_BFP2_B)
    block.element_bits = 2;
  return block;
}

/* 2^exponent, also where that is a denormal or zero. */
static float power_of_two(int32_t exponent) {
  if (exponent > 127)
    return emu_bits_float(0x7f800000u);
  if (exponent >= -126)
    return emu_bits_float((uint32_t)(exponent + 127) << 23);
  return exponent < -149 ? 0.0f
                         : emu_bits_float(1u << (uint32_t)(exponent + 149));
}

void emu_block_decode(EmuFormat format, const uint8_t *bytes, EmuTile *tile) {
  Block block = block_of(format);
  uint32_t bits = block.element_bits;
  uint32_t sign = 1u << (bits - 1), mask = sign - 1;
  const uint8_t *mantissa = bytes + EXPONENT_BYTES;
  for (uint32_t run = 0; run < EXPONENT_BYTES; ++run) {
    int32_t exponent = (int32_t)bytes[run] - block.bias - (int32_t)(bits - 2);
    /* In two steps: 2^exponent alone can be too small for binary32. */
    float low = power_of_two(exponent < 0 ? exponent / 2 : 0);
    float high =
        power_of_two(exponent < 0 ? exponent - exponent / 2 : exponent);
    float *out =
        tile->f + emu_face_row(run / EMU_FACE_SIDE, run % EMU_FACE_SIDE);
    for (uint32_t i = 0; i < EMU_FACE_SIDE; ++i) {
      uint32_t at = (run * EMU_FACE_SIDE + i) * bits;
      uint32_t element = (uint32_t)mantissa[at / 8] >> (at % 8);
      float value = (float)(element & mask) * low * high;
      out[i] = element & sign ? -value : value;
    }
  }
}

static int32_t exponent_of(uint32_t word) {
  return (int32_t)((word >> 23) & 0xffu);
}

/* The 24-bit significand shifted right, rounded to nearest even. */
static uint32_t shift_round(uint32_t significand, uint32_t shift) {
  if (shift > 25)
    return 0;
  uint32_t kept = significand >> shift;
  uint32_t rest = significand & ((1u << shift) - 1);
  uint32_t half = 1u << (shift - 1);
  return kept + (rest > half || (rest == half && (kept & 1)));
}

static uint32_t encode_element(uint32_t word, int32_t shared, uint32_t bits) {
  int32_t exponent = exponent_of(word);
  if (exponent == 0) /* zero and denormals */
    return 0;
  uint32_t limit = (1u << (bits - 1)) - 1, magnitude = limit;
  if (exponent <= shared) {
    uint32_t drop = 24 - (bits - 1) + (uint32_t)(shared - exponent);
    magnitude = shift_round(0x800000u | (word & 0x7fffffu), drop);
  }
  if (magnitude > limit)
    magnitude = limit;
  uint32_t sign = (word >> 31) << (bits - 1);
  return magnitude ? sign | magnitude : 0;
}

void emu_block_encode(EmuFormat format, const EmuTile *tile, uint8_t *bytes) {
  Block block = block_of(format);
  uint32_t bits = block.element_bits;
  uint8_t *mantissa = bytes + EXPONENT_BYTES;
  memset(mantissa, 0, EMU_TILE_ELEMENTS * bits / 8);
  for (uint32_t run = 0; run < EXPONENT_BYTES; ++run) {
    const uint32_t *in =
        tile->u + emu_face_row(run / EMU_FACE_SIDE, run % EMU_FACE_SIDE);
    int32_t largest = 0;
    for (uint32_t i = 0; i < EMU_FACE_SIDE; ++i)
      largest = exponent_of(in[i]) > largest ? exponent_of(in[i]) : largest;
    int32_t rebased = largest - BIAS_B + block.bias;
    if (largest == 0 || rebased < 0)
      rebased = 0;
    if (rebased > block.max_exponent)
      rebased = block.max_exponent;
    bytes[run] = (uint8_t)rebased;
    int32_t shared = rebased + BIAS_B - block.bias;
    for (uint32_t i = 0; i < EMU_FACE_SIDE; ++i) {
      uint32_t at = (run * EMU_FACE_SIDE + i) * bits;
      uint32_t element = largest ? encode_element(in[i], shared, bits) : 0;
      mantissa[at / 8] = (uint8_t)(mantissa[at / 8] | element << (at % 8));
    }
  }
}
