/* fpu_arith.c - arithmetic of the matrix engine on whole tiles.
 *
 * The multipliers take 5 bits of a SrcA significand and 7 of a SrcB one (the
 * leading one included) in one pass; a fidelity is a number of passes: LoFi the
 * high parts only, HiFi2 adds the next 5 bits of SrcA, HiFi3 the rest of SrcB,
 * HiFi4 the product of the low parts. The last of TF32's bits never counts in
 * SrcA. Addition does not pass the multipliers. A matrix product accumulates 16
 * products at a time into DST, which rounds when it is 16 bits wide.
 */
#include "fpu.h"

#include <string.h>

/* Bits of binary32 below what a pass, or all passes, take. */
enum { PASS_COLUMNS = 16, A_HIGH_DROP = 19, A_ALL_DROP = 14, B_HIGH_DROP = 17 };

/* `tile` with only the high part of every significand. */
static void keep_high(float *restrict out, const float *restrict in,
                      uint32_t drop) {
  uint32_t mask = ~((1u << drop) - 1);
  for (uint32_t i = 0; i < EMU_TILE_ELEMENTS; ++i)
    out[i] = emu_bits_float(emu_float_bits(in[i]) & mask);
}

static void subtract(float *restrict out, const float *restrict a,
                     const float *restrict b) {
  for (uint32_t i = 0; i < EMU_TILE_ELEMENTS; ++i)
    out[i] = a[i] - b[i];
}

/* dst[m][n] += sum over `k` in [first, first + 16) of in0[m][k] * in1[k][n] */
static void multiply_pass(float *restrict dst, const float *restrict in0,
                          const float *restrict in1, uint32_t first) {
  for (uint32_t m = 0; m < EMU_TILE_SIDE; ++m) {
    float sum[EMU_TILE_SIDE];
    memcpy(sum, dst + m * EMU_TILE_SIDE, sizeof sum);
    for (uint32_t k = first; k < first + PASS_COLUMNS; ++k) {
      float factor = in0[m * EMU_TILE_SIDE + k];
      const float *row = in1 + k * EMU_TILE_SIDE;
      for (uint32_t n = 0; n < EMU_TILE_SIDE; ++n)
        sum[n] += factor * row[n];
    }
    memcpy(dst + m * EMU_TILE_SIDE, sum, sizeof sum);
  }
}

static void multiply(const EmuCore *core, float *dst, const float *in0,
                     const float *in1) {
  for (uint32_t k = 0; k < EMU_TILE_SIDE; k += PASS_COLUMNS) {
    multiply_pass(dst, in0, in1, k);
    emu_dst_round(core, dst, EMU_TILE_ELEMENTS);
  }
}

/* The operands as the fidelity sees them: product = a*b + extra_a*extra_b. */
typedef struct Passes {
  float a[EMU_TILE_ELEMENTS], b[EMU_TILE_ELEMENTS];
  float extra_a[EMU_TILE_ELEMENTS], extra_b[EMU_TILE_ELEMENTS];
  const float *use_b;
  bool extra;
} Passes;

static void split(Passes *passes, EmuFidelity fidelity, const float *a,
                  const float *b) {
  keep_high(passes->a, a, fidelity == EMU_LOFI ? A_HIGH_DROP : A_ALL_DROP);
  passes->use_b = b;
  passes->extra = fidelity == EMU_HIFI3;
  if (fidelity == EMU_HIFI4)
    return;
  keep_high(passes->b, b, B_HIGH_DROP);
  passes->use_b = passes->b;
  if (!passes->extra)
    return;
  keep_high(passes->extra_a, a, A_HIGH_DROP);
  subtract(passes->extra_b, b, passes->b);
}

void emu_fpu_matmul(const EmuCore *core, float *dst, const EmuTile *in0,
                    const EmuTile *in1) {
  /* in1 sits in SrcA, in0 in SrcB. */
  Passes passes;
  split(&passes, core->config.fidelity, in1->f, in0->f);
  multiply(core, dst, passes.use_b, passes.a);
  if (passes.extra)
    multiply(core, dst, passes.extra_b, passes.extra_a);
}

void emu_fpu_broadcast(EmuTile *tile, uint32_t broadcast) {
  if (broadcast == EMU_BCAST_NONE)
    return;
  for (uint32_t row = 0; row < EMU_TILE_SIDE; ++row)
    for (uint32_t column = 0; column < EMU_TILE_SIDE; ++column) {
      uint32_t from_row = broadcast == EMU_BCAST_COL ? row : 0;
      uint32_t from_column = broadcast == EMU_BCAST_ROW ? column : 0;
      if (row != from_row || column != from_column)
        tile->u[row * EMU_TILE_SIDE + column] =
            tile->u[from_row * EMU_TILE_SIDE + from_column];
    }
}

static void multiply_elements(const EmuCore *core, float *restrict dst,
                              const float *a, const float *b) {
  Passes passes;
  split(&passes, core->config.fidelity, a, b);
  for (uint32_t i = 0; i < EMU_TILE_ELEMENTS; ++i)
    dst[i] += passes.a[i] * passes.use_b[i];
  if (!passes.extra)
    return;
  emu_dst_round(core, dst, EMU_TILE_ELEMENTS);
  for (uint32_t i = 0; i < EMU_TILE_ELEMENTS; ++i)
    dst[i] += passes.extra_a[i] * passes.extra_b[i];
}

void emu_fpu_binary(const EmuCore *core, const EmuKey *key, float *dst,
                    const EmuTile *a, const EmuTile *b) {
  EmuTile spread;
  if (key->broadcast != EMU_BCAST_NONE) {
    spread = *b;
    emu_fpu_broadcast(&spread, key->broadcast);
    b = &spread;
  }
  if (key->op == EMU_MATH_MUL) {
    multiply_elements(core, dst, a->f, b->f);
  } else {
    float sign = key->op == EMU_MATH_SUB ? -1.0f : 1.0f;
    for (uint32_t i = 0; i < EMU_TILE_ELEMENTS; ++i) {
      float value = a->f[i] + sign * b->f[i];
      dst[i] = key->accumulate ? dst[i] + value : value;
    }
  }
  emu_dst_round(core, dst, EMU_TILE_ELEMENTS);
}

/*===- reductions ---------------------------------------------------------===*/

static uint32_t reduced_to(uint32_t dim, uint32_t row, uint32_t column) {
  return dim == EMU_REDUCE_ROW   ? row * EMU_TILE_SIDE
         : dim == EMU_REDUCE_COL ? column
                                 : 0;
}

/* The factor of an element: from row 0 of the scaler's face, at the position
 * of the element in the direction that is summed up. */
static float scale_at(const EmuTile *scaler, uint32_t kept, uint32_t row,
                      uint32_t column, bool over_rows) {
  uint32_t face = (row / EMU_FACE_SIDE) * 2 + column / EMU_FACE_SIDE;
  uint32_t at = (over_rows ? row : column) % EMU_FACE_SIDE;
  return emu_bits_float(scaler->u[emu_face_row(face, 0) + at] & kept);
}

/* A maximum is scaled by the exponents of the factors alone. */
static void reduce_max(float *dst, uint32_t dim, const EmuTile *in,
                       const EmuTile *scaler) {
  const uint32_t kept = 0x7f800000u;
  for (uint32_t row = 0; row < EMU_TILE_SIDE; ++row)
    for (uint32_t column = 0; column < EMU_TILE_SIDE; ++column) {
      float value = in->f[row * EMU_TILE_SIDE + column] *
                    scale_at(scaler, kept, row, column, dim != EMU_REDUCE_ROW);
      if (dim == EMU_REDUCE_SCALAR)
        value *= scale_at(scaler, kept, row, column, false);
      float *out = dst + reduced_to(dim, row, column);
      if (value > *out || *out != *out)
        *out = value;
    }
}

/* Sums and averages pass the multipliers: elements in SrcA, factors in SrcB. A
 * sum over both directions is scaled once more, which is exact here. */
static void reduce_sum(const EmuCore *core, float *dst, uint32_t dim,
                       const EmuTile *in, const EmuTile *scaler) {
  const uint32_t kept = 0xffffffffu;
  float factors[EMU_TILE_ELEMENTS];
  for (uint32_t i = 0; i < EMU_TILE_ELEMENTS; ++i)
    factors[i] = scale_at(scaler, kept, i / EMU_TILE_SIDE, i % EMU_TILE_SIDE,
                          dim != EMU_REDUCE_ROW);
  Passes passes;
  split(&passes, core->config.fidelity, in->f, factors);
  for (uint32_t i = 0; i < EMU_TILE_ELEMENTS; ++i) {
    uint32_t row = i / EMU_TILE_SIDE, column = i % EMU_TILE_SIDE;
    float value = passes.a[i] * passes.use_b[i];
    if (passes.extra)
      value += passes.extra_a[i] * passes.extra_b[i];
    if (dim == EMU_REDUCE_SCALAR)
      value *= scale_at(scaler, kept, row, column, false);
    dst[reduced_to(dim, row, column)] += value;
  }
}

void emu_fpu_reduce(const EmuCore *core, const EmuKey *key, float *dst,
                    const EmuTile *in, const EmuTile *scaler) {
  if (key->pool == EMU_POOL_MAX)
    reduce_max(dst, key->dim, in, scaler);
  else
    reduce_sum(core, dst, key->dim, in, scaler);
  emu_dst_round(core, dst, EMU_TILE_ELEMENTS);
}
