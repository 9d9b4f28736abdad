/* oracles.c - expected results in double arithmetic, one small function each.
 *
 * An oracle sees decoded tiles (element [page][row][column]) and writes one
 * expected output. Tolerances are relative to the largest magnitude around:
 * 2^-8 is an ulp of bfloat16.
 */
#include "oracles.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*===- data ---------------------------------------------------------------===*/

static uint64_t state = 88172645463325252ull;

static double uniform(void) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return (double)(state >> 11) * 0x1p-53;
}

void tensor_fill(Tensor *tensor, const char *kind, double low, double high) {
  uint32_t bytes = emu_format_tile_bytes(tensor->format);
  tensor->bytes = calloc(tensor->pages, bytes);
  for (uint32_t page = 0; page < tensor->pages; ++page) {
    EmuTile tile;
    for (uint32_t i = 0; i < EMU_TILE_ELEMENTS; ++i) {
      double value = low + (high - low) * uniform();
      if (!strcmp(kind, "int"))
        value = floor(value);
      if (emu_format_is_integer(tensor->format))
        tile.i[i] = (int32_t)floor(value);
      else
        tile.f[i] = (float)value;
    }
    emu_tile_encode(tensor->format, &tile, tensor->bytes + page * bytes);
  }
}

typedef double Page[EMU_TILE_SIDE][EMU_TILE_SIDE];
static Page values[MAX_TENSORS][MAX_PAGES];

static void decode(const Tensor *tensor, Page *pages) {
  uint32_t bytes = emu_format_tile_bytes(tensor->format);
  for (uint32_t page = 0; page < tensor->pages; ++page) {
    EmuTile tile;
    emu_tile_decode(tensor->format, tensor->bytes + page * bytes, &tile);
    for (uint32_t i = 0; i < EMU_TILE_ELEMENTS; ++i)
      pages[page][i / 32][i % 32] = emu_format_is_integer(tensor->format)
                                        ? (double)tile.i[i]
                                        : (double)tile.f[i];
  }
}

/*===- oracles ------------------------------------------------------------===*/

/* Inputs in order of their lines; expected value of an output element. */
typedef struct Query {
  const Page *a, *b, *c;
  uint32_t pages_a;
  const uint32_t *args;
  uint32_t page, row, column;
} Query;
typedef double Oracle(const Query *query);

#define A (q->a[q->page][q->row][q->column])
#define B (q->b[q->page][q->row][q->column])
#define C (q->c[q->page][q->row][q->column])
#define ELEMENT(name, expression)                                              \
  static double name(const Query *q) { return (expression); }

static double bits(uint32_t word) { return (double)emu_bits_float(word); }

ELEMENT(copy, A)
ELEMENT(add, A + B)
ELEMENT(sub, A - B)
ELEMENT(mul, A *B)
ELEMENT(divide, A / B)
ELEMENT(mul_add, A *B + C)
ELEMENT(exponential, exp(A))
ELEMENT(silu, A / (1 + exp(-A)))
ELEMENT(gelu, 0.5 * A * (1 + erf(A / sqrt(2))))
ELEMENT(sigmoid, 1 / (1 + exp(-A)))
ELEMENT(hyperbolic, tanh(A))
ELEMENT(rsqrt, 1 / sqrt(A))
ELEMENT(relu, A > 0 ? A : 0)
ELEMENT(scale, A *bits(q->args[0]))
ELEMENT(choose, A != 0 ? B : C)
ELEMENT(greater, A > B)
ELEMENT(maximum, fmax(A, B))
ELEMENT(add_col, A + q->b[q->page][q->row][0])
ELEMENT(mul_row, A * q->b[q->page][0][q->column])
ELEMENT(sub_scalar, A - q->b[q->page][0][0])
ELEMENT(spread_row, q->a[q->page][0][q->column])
ELEMENT(spread_col, q->a[q->page][q->row][0])
ELEMENT(transpose, q->a[q->page][q->column][q->row])
ELEMENT(integer, (double)(int64_t)A)
ELEMENT(and_bits, (double)((int32_t)A &(int32_t)B))
ELEMENT(constant, bits(q->args[0]))

/* The pages of the kernels that try one call after the other. */
static double bcasts(const Query *q) {
  const Page *b = &q->b[q->page];
  double row = (*b)[0][q->column], scalar = (*b)[0][0];
  double column = (*b)[q->row][0];
  const double wanted[] = {A + row, A + scalar, A - row,
                           A * row, A * scalar, A - column};
  return wanted[q->page];
}
static double integers(const Query *q) {
  int32_t a = (int32_t)A, b = (int32_t)B;
  const int32_t wanted[] = {a - b, a * b, a * (1 << b), a >> b, abs(a), 77};
  return wanted[q->page];
}
/* Four pages of the first input, then four of the second. */
static double copies(const Query *q) {
  const Page *from = q->page < 4 ? &q->a[q->page] : &q->b[q->page - 4];
  return (*from)[q->row][q->column];
}

/* One 32x32 product per output page p = r * ct + c, over kt: A is rt x kt tiles
 * row-major, B is kt x ct; args: ct, rt, kt. */
static double product(const Query *q) {
  uint32_t ct = q->args[0], kt = q->args[2];
  uint32_t r = q->page / ct, c = q->page % ct;
  double sum = 0;
  for (uint32_t k = 0; k < kt; ++k)
    for (uint32_t i = 0; i < 32; ++i)
      sum += q->a[r * kt + k][q->row][i] * q->b[k * ct + c][i][q->column];
  return sum;
}

/* `value` with the significand bits that a multiplier of a source takes: its
 * binary32 without the lower `drop` bits. */
static double keep(double value, uint32_t drop) {
  return bits(emu_float_bits((float)value) & ~((1u << drop) - 1));
}

/* One product as a fidelity has it: SrcA gives 5 bits a pass, SrcB 7. */
static double passes(double a, double b, bool low_a, bool low_b) {
  double high_a = keep(a, 19), high_b = keep(b, 17), sum = high_a * high_b;
  sum += low_a ? (a - high_a) * high_b : 0;
  return sum + (low_b ? high_a * (b - high_b) : 0);
}

/* in0 is in SrcB, in1 in SrcA. */
static double product_passes(const Query *q, bool low_a, bool low_b) {
  double sum = 0;
  for (uint32_t i = 0; i < 32; ++i)
    sum += passes(q->b[q->page][i][q->column], q->a[q->page][q->row][i], low_a,
                  low_b);
  return sum;
}
static double product_lofi(const Query *q) {
  return product_passes(q, false, false);
}
static double product_hifi2(const Query *q) {
  return product_passes(q, true, false);
}
static double product_hifi3(const Query *q) {
  return product_passes(q, true, true);
}

/* Sums in bfloat16: cut off, or rounded to nearest even. */
static double add_cut(const Query *q) { return keep(A + B, 16); }
static double add_nearest(const Query *q) {
  return (double)emu_bf16_to_f32(emu_f32_to_bf16((float)(A + B)));
}

static double product_transposed(const Query *q) {
  double sum = 0;
  for (uint32_t i = 0; i < 32; ++i)
    sum += q->a[q->page][q->row][i] * q->b[q->page][q->column][i];
  return sum;
}

/* Reductions of all pages of A into one; args: 0 sum, 1 max. */
static double reduced(const Query *q, bool rows, bool columns) {
  bool is_max = q->args[0] == 1;
  double result = is_max ? -INFINITY : 0;
  for (uint32_t page = 0; page < q->pages_a; ++page)
    for (uint32_t i = 0; i < 1024; ++i) {
      uint32_t row = i / 32, column = i % 32;
      if ((!rows && row != q->row) || (!columns && column != q->column))
        continue;
      double value = q->a[page][row][column];
      result = is_max ? fmax(result, value) : result + value;
    }
  return result;
}

static double reduce_row(const Query *q) {
  return q->column ? 0 : reduced(q, false, true);
}
static double reduce_col(const Query *q) {
  return q->row ? 0 : reduced(q, true, false);
}
/* Only the first row is compared: the rest is left as it was. */
static double reduce_col_top(const Query *q) {
  return q->row ? A : reduced(q, true, false);
}
static double reduce_all(const Query *q) {
  return q->row || q->column ? 0 : reduced(q, true, true);
}

/* Sums of rows of all pages, the scaler in SrcB. */
static double reduce_row_passes(const Query *q, bool low_a, bool low_b) {
  double sum = 0;
  for (uint32_t i = 0; !q->column && i < q->pages_a * 32; ++i)
    sum += passes(q->a[i / 32][q->row][i % 32], q->b[0][0][0], low_a, low_b);
  return sum;
}
static double reduce_row_lofi(const Query *q) {
  return reduce_row_passes(q, false, false);
}
static double reduce_row_hifi2(const Query *q) {
  return reduce_row_passes(q, true, false);
}
static double reduce_row_hifi3(const Query *q) {
  return reduce_row_passes(q, true, true);
}

/* Softmax along each row of all pages side by side. */
static double softmax(const Query *q) {
  double largest = -INFINITY, sum = 0;
  for (uint32_t i = 0; i < q->pages_a * 32; ++i)
    largest = fmax(largest, q->a[i / 32][q->row][i % 32]);
  for (uint32_t i = 0; i < q->pages_a * 32; ++i)
    sum += exp(q->a[i / 32][q->row][i % 32] - largest);
  return exp(A - largest) / sum;
}

/* Element (row, column) of row-major data with 32 * pages columns, kept in
 * memory order in tile pages: where tile decoding puts it. */
static double row_major(const Page *pages, uint32_t tiles, uint32_t row,
                        uint32_t column) {
  uint32_t at = row * tiles * 32 + column, in_page = at % 1024;
  uint32_t face = in_page / 256, line = in_page % 256 / 16;
  return pages[at / 1024][face / 2 * 16 + line][face % 2 * 16 + in_page % 16];
}

static double tilized(const Query *q) {
  return row_major(q->a, q->pages_a, q->row, q->page * 32 + q->column);
}

static double untilized(const Query *q) {
  uint32_t face = q->row / 16 * 2 + q->column / 16;
  uint32_t at = q->page * 1024 + face * 256 + q->row % 16 * 16 + q->column % 16;
  uint32_t row = at / (q->pages_a * 32), column = at % (q->pages_a * 32);
  return q->a[column / 32][row][column % 32];
}

static const struct {
  const char *name;
  Oracle *oracle;
} kOracles[] = {{"copy", copy},
                {"add", add},
                {"sub", sub},
                {"mul", mul},
                {"div", divide},
                {"mul_add", mul_add},
                {"exp", exponential},
                {"silu", silu},
                {"gelu", gelu},
                {"sigmoid", sigmoid},
                {"tanh", hyperbolic},
                {"rsqrt", rsqrt},
                {"relu", relu},
                {"scale", scale},
                {"where", choose},
                {"greater", greater},
                {"max", maximum},
                {"add_col", add_col},
                {"mul_row", mul_row},
                {"sub_scalar", sub_scalar},
                {"spread_row", spread_row},
                {"spread_col", spread_col},
                {"transpose", transpose},
                {"integer", integer},
                {"and", and_bits},
                {"constant", constant},
                {"bcasts", bcasts},
                {"integers", integers},
                {"copies", copies},
                {"product", product},
                {"product_lofi", product_lofi},
                {"product_hifi2", product_hifi2},
                {"product_hifi3", product_hifi3},
                {"add_cut", add_cut},
                {"add_nearest", add_nearest},
                {"product_transposed", product_transposed},
                {"reduce_row", reduce_row},
                {"reduce_row_lofi", reduce_row_lofi},
                {"reduce_row_hifi2", reduce_row_hifi2},
                {"reduce_row_hifi3", reduce_row_hifi3},
                {"reduce_col", reduce_col},
                {"reduce_all", reduce_all},
                {"reduce_col_top", reduce_col_top},
                {"softmax", softmax},
                {"tilized", tilized},
                {"untilized", untilized}};

static Oracle *find_oracle(const char *name) {
  for (size_t i = 0; i < sizeof kOracles / sizeof *kOracles; ++i)
    if (!strcmp(kOracles[i].name, name))
      return kOracles[i].oracle;
  fprintf(stderr, "run_compute: no oracle named %s\n", name);
  exit(2);
}

static bool differs(double want, double got, double tolerance) {
  if (want == got || (want != want && got != got))
    return false;
  return !(fabs(want - got) <= tolerance * fmax(1, fabs(want)));
}

int check_oracle(const char *name, const Tensor *tensors, uint32_t count,
                 const uint32_t *args, double tolerance) {
  if (!strcmp(name, "none"))
    return 0;
  Oracle *oracle = find_oracle(name);
  Query query = {.args = args};
  uint32_t inputs = 0, wrong = 0;
  const Page **places[] = {&query.a, &query.b, &query.c};
  for (uint32_t i = 0; i < count; ++i) {
    if (tensors[i].role == 'm')
      continue;
    decode(&tensors[i], values[i]);
    if (tensors[i].role == 'i' && inputs < 3) {
      query.pages_a = inputs ? query.pages_a : tensors[i].pages;
      *places[inputs++] = (const Page *)values[i];
    }
  }
  for (uint32_t i = 0; i < count; ++i)
    for (uint32_t at = 0;
         tensors[i].role == 'o' && at < tensors[i].pages * 1024; ++at) {
      query.page = at / 1024;
      query.row = at % 1024 / 32;
      query.column = at % 32;
      double want = oracle(&query);
      double got = values[i][query.page][query.row][query.column];
      if (differs(want, got, tolerance) && wrong++ < 5)
        fprintf(stderr,
                "run_compute: cb %u page %u [%u][%u]: %g, expected %g\n",
                tensors[i].cb, query.page, query.row, query.column, got, want);
    }
  if (wrong)
    fprintf(stderr, "run_compute: %u elements are wrong\n", wrong);
  return wrong ? 1 : 0;
}
