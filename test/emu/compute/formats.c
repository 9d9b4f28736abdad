/* formats.c - every conversion bit by bit against an oracle of another kind.
 *
 * bfloat16 and TF32: distance to both neighbours in exact double arithmetic.
 * Half: the compiler's _Float16. Block floats: exact scaling with ldexp and
 * nearbyint. 16-bit sides are exhaustive; 32-bit sides take every upper half
 * with the lower halves at which rounding decides.
 */
#include "format.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static unsigned failures;

static void expect(bool holds, const char *what, uint32_t input) {
  if (holds)
    return;
  if (failures++ < 20)
    fprintf(stderr, "%s: wrong for 0x%08x\n", what, input);
}

static bool is_nan_bits(uint32_t bits) {
  return (bits & 0x7fffffffu) > 0x7f800000u;
}

static const uint32_t kLower[] = {0,      1,      0x0fff, 0x1000, 0x1001,
                                  0x1fff, 0x2000, 0x3000, 0x7fff, 0x8000,
                                  0x8001, 0xefff, 0xf000, 0xffff};

/* The magnitude that bits of `drop` fewer stand for, in a double. */
static double magnitude(uint32_t bits) {
  if ((bits & 0x7fffffffu) == 0x7f800000u)
    return ldexp(1, 128); /* where the next finite number would be */
  return (double)fabsf(emu_bits_float(bits));
}

/* `result` is `input` rounded to nearest even with `drop` bits removed. */
static bool nearest_even(uint32_t input, uint32_t result, uint32_t drop) {
  uint32_t step = 1u << drop;
  if (is_nan_bits(input))
    return is_nan_bits(result);
  if ((input ^ result) >> 31 || result & (step - 1))
    return false;
  uint32_t positive = result & 0x7fffffffu;
  double value = magnitude(input), here = magnitude(positive);
  double up = positive >= 0x7f800000u ? INFINITY : magnitude(positive + step);
  double down = positive ? magnitude(positive - step) : -INFINITY;
  double error = fabs(value - here);
  double best = fmin(fabs(up - value), fabs(value - down));
  return error < best || (error == best && !(positive & step));
}

static void test_bf16(void) {
  for (uint32_t upper = 0; upper < 0x10000; ++upper) {
    double value = (double)emu_bf16_to_f32((uint16_t)upper);
    double direct = (double)emu_bits_float(upper << 16);
    expect(value == direct || (value != value && direct != direct),
           "bf16 to f32", upper);
    for (size_t i = 0; i < sizeof kLower / sizeof *kLower; ++i) {
      uint32_t bits = upper << 16 | kLower[i];
      float input = emu_bits_float(bits);
      expect(nearest_even(bits, (uint32_t)emu_f32_to_bf16(input) << 16, 16),
             "f32 to bf16", bits);
      expect(nearest_even(bits, emu_round_bits(bits, 13), 13), "f32 to tf32",
             bits);
      expect(is_nan_bits(bits) ||
                 emu_float_bits(emu_truncate_bf16(input)) == upper << 16,
             "bf16 truncation", bits);
      expect(is_nan_bits(bits) ||
                 emu_float_bits(emu_truncate_tf32(input)) == (bits >> 13) << 13,
             "tf32 truncation", bits);
    }
  }
}

/* A type that ISO C does not know yet; here it is the oracle. */
__extension__ typedef _Float16 Half;

static uint16_t half_bits(Half value) {
  uint16_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

static void test_f16(void) {
  for (uint32_t upper = 0; upper < 0x10000; ++upper) {
    uint16_t half = (uint16_t)upper;
    Half value;
    memcpy(&value, &half, sizeof value);
    float expected = (float)value, got = emu_f16_to_f32(half);
    bool nan = expected != expected;
    expect(nan ? got != got : emu_float_bits(expected) == emu_float_bits(got),
           "f16 to f32", upper);
    for (size_t i = 0; i < sizeof kLower / sizeof *kLower; ++i) {
      uint32_t bits = upper << 16 | kLower[i];
      float input = emu_bits_float(bits);
      uint16_t want = half_bits((Half)input), have = emu_f32_to_f16(input);
      expect(is_nan_bits(bits) ? (have & 0x7fff) > 0x7c00 : want == have,
             "f32 to f16", bits);
    }
  }
}

/*===- tiles --------------------------------------------------------------===*/

static uint32_t random_state = 12345;

static uint32_t random_word(void) {
  random_state = random_state * 1664525u + 1013904223u;
  return random_state ^ random_state >> 15;
}

/* Element `i` of the tile's memory order: four faces, row-major in a face. */
static uint32_t position(uint32_t i) {
  uint32_t face = i / 256, row = i % 256 / 16, column = i % 16;
  return ((face / 2) * 16 + row) * 32 + (face % 2) * 16 + column;
}

static void test_plain_tile(EmuFormat format, uint32_t bytes) {
  uint8_t in[4096], out[4096];
  EmuTile tile;
  for (uint32_t i = 0; i < 1024 * bytes; ++i)
    in[i] = (uint8_t)random_word();
  for (uint32_t i = 0; i < 1024; ++i) /* no NaN: their payloads may change */
    if (format == EMU_FLOAT32 || format == EMU_FLOAT16_B ||
        format == EMU_FLOAT16)
      in[i * bytes + bytes - 1] &= 0xbb;
  emu_tile_decode(format, in, &tile);
  emu_tile_encode(format, &tile, out);
  expect(!memcmp(in, out, 1024 * bytes), emu_format_name(format), bytes);
  for (uint32_t i = 0; i < 1024; ++i) {
    uint32_t raw = 0;
    memcpy(&raw, in + i * bytes, bytes);
    uint32_t word = tile.u[position(i)];
    if (format == EMU_FLOAT16_B)
      raw <<= 16;
    if (format == EMU_INT8)
      raw = (uint32_t)(int32_t)(int8_t)raw;
    if (format != EMU_FLOAT16)
      expect(word == raw, "place of an element", i);
  }
  expect(emu_format_tile_bytes(format) == 1024 * bytes, "tile bytes", bytes);
}

static void random_tile(EmuTile *tile, uint32_t spread) {
  for (uint32_t i = 0; i < 1024; ++i) {
    uint32_t exponent = 127 - spread / 2 + random_word() % spread;
    tile->u[i] = (random_word() & 0x807fffffu) | exponent << 23;
    if (random_word() % 16 == 0)
      tile->u[i] = 0;
    if (random_word() % 4 == 0) /* ties */
      tile->u[i] &= 0xfffe0000u;
  }
}

static void check_block(EmuFormat format, uint32_t bits, const EmuTile *in) {
  uint8_t bytes[4096];
  EmuTile out;
  bool half = emu_format_is_half(format);
  int32_t limit = (1 << (bits - 1)) - 1;
  emu_tile_encode(format, in, bytes);
  emu_tile_decode(format, bytes, &out);
  for (uint32_t run = 0; run < 64; ++run) {
    int largest = -1000;
    for (uint32_t i = 0; i < 16; ++i) {
      int exponent;
      double value = (double)in->f[position(run * 16 + i)];
      frexp(value, &exponent);
      if (value != 0 && exponent - 1 > largest)
        largest = exponent - 1;
    }
    if (half)
      largest = largest < -15 ? -15 : largest > 16 ? 16 : largest;
    for (uint32_t i = 0; i < 16; ++i) {
      double value = (double)in->f[position(run * 16 + i)];
      double unit = ldexp(1, largest - (int)(bits - 2));
      double steps = nearbyint(fabs(value) / unit);
      double want = fmin(steps, limit) * unit;
      double got = (double)out.f[position(run * 16 + i)];
      expect(fabs(got) == want && (want == 0 || (got < 0) == (value < 0)),
             emu_format_name(format), in->u[position(run * 16 + i)]);
    }
  }
}

/* Every byte of an 8-bit block float is the number it is read as. */
static void check_block_bytes(void) {
  uint8_t bytes[1088];
  EmuTile tile;
  for (uint32_t exponent = 0; exponent < 256; ++exponent) {
    memset(bytes, (int)exponent, 64);
    for (uint32_t i = 0; i < 1024; ++i)
      bytes[64 + i] = (uint8_t)i;
    emu_tile_decode(EMU_BFP8_B, bytes, &tile);
    for (uint32_t i = 0; i < 256; ++i) {
      double want = ldexp((double)(i & 127), (int)exponent - 127 - 6);
      float rounded = (float)(i & 128 ? -want : want);
      expect(tile.f[position(i)] == rounded, "Bfp8_b to f32",
             exponent << 8 | i);
    }
  }
}

static void test_blocks(void) {
  static const struct {
    EmuFormat format;
    uint32_t bits, bytes;
  } kBlocks[] = {{EMU_BFP8_B, 8, 1088}, {EMU_BFP4_B, 4, 576},
                 {EMU_BFP2_B, 2, 320},  {EMU_BFP8, 8, 1088},
                 {EMU_BFP4, 4, 576},    {EMU_BFP2, 2, 320}};
  for (size_t i = 0; i < sizeof kBlocks / sizeof *kBlocks; ++i) {
    expect(emu_format_tile_bytes(kBlocks[i].format) == kBlocks[i].bytes,
           "block tile bytes", kBlocks[i].bytes);
    for (uint32_t round = 0; round < 40; ++round) {
      EmuTile tile;
      random_tile(&tile, 2 + round);
      check_block(kBlocks[i].format, kBlocks[i].bits, &tile);
    }
  }
  check_block_bytes();
}

static void test_saturation(void) {
  static const uint32_t kIn[] = {0, 255, 256, 65535, 65536, 0xffffffff};
  uint8_t bytes[12];
  uint16_t wide[6];
  emu_row_encode(EMU_UINT8, kIn, 6, bytes);
  expect(bytes[1] == 255 && bytes[2] == 255 && bytes[5] == 0, "UInt8", 0);
  emu_row_encode(EMU_UINT16, kIn, 6, bytes);
  memcpy(wide, bytes, sizeof wide);
  expect(wide[2] == 256 && wide[3] == 65535 && wide[4] == 65535 && wide[5] == 0,
         "UInt16", 0);
  emu_row_encode(EMU_INT8, kIn, 6, bytes);
  expect(bytes[1] == 127 && bytes[5] == 0xff, "Int8", 0);
}

int main(void) {
  test_bf16();
  test_f16();
  test_plain_tile(EMU_FLOAT32, 4);
  test_plain_tile(EMU_INT32, 4);
  test_plain_tile(EMU_UINT32, 4);
  test_plain_tile(EMU_FLOAT16_B, 2);
  test_plain_tile(EMU_FLOAT16, 2);
  test_plain_tile(EMU_UINT16, 2);
  test_plain_tile(EMU_UINT8, 1);
  test_plain_tile(EMU_INT8, 1);
  test_blocks();
  test_saturation();
  printf("formats: %s\n", failures ? "FAILED" : "all conversions agree");
  return failures != 0;
}
