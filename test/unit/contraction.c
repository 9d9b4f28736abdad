// The plan of a contraction against all ways to run it, and its time against a
// simulation of reader and compute with two panels of room between them.
//
// RUN: %unit/contraction

#include "plan/contraction.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

static uint64_t state = 1;

static int64_t below(int64_t bound) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (int64_t)((state >> 33) % (uint64_t)bound);
}

static TtContraction randomContraction(void) {
  static const int64_t bytes[] = {1088, 2048, 4096};
  return (TtContraction){
      .rows = 1 + below(6),
      .cols = 1 + below(6),
      .registers = 8,
      .depth = 1 + below(3),
      .steps = below(4) ? 1 + below(12) : 0,
      .uneven = below(4) == 0,
      .sums = 1 + below(2),
      .blocks = 1 + below(4),
      .readsPanels = below(3) > 0,
      .sumsInL1 = below(3) > 0,
      .sumIsOutput = below(2) > 0,
      .lhsTileBytes = bytes[below(3)],
      .rhsTileBytes = bytes[below(3)],
      .sumTileBytes = bytes[1 + below(2)],
      .outTileBytes = bytes[below(3)],
      .freeBytes = 1024 * (16 + below(1400)),
      .productCycles = (double)(16 * (1 + below(4))),
      .readBytesPerCycle = (double)(4 + below(30)),
  };
}

// Registers: of the sums alone, and with what follows the loop.
typedef struct {
  int64_t capacity, perTile;
} Registers;

static bool fits(TtSubBlockShape shape, bool sumInL1, void *data) {
  const Registers *r = data;
  return shape.rows * shape.cols * (sumInL1 ? 1 : r->perTile) <= r->capacity;
}

static int64_t panelBytes(const TtContraction *c, int64_t panel) {
  return c->sums * panel * c->depth *
         (c->rows * c->lhsTileBytes + c->cols * c->rhsTileBytes);
}

static int64_t sumBytes(const TtContraction *c, bool sumInL1) {
  return sumInL1 && !c->sumIsOutput
             ? c->rows * c->cols * c->sums * c->sumTileBytes
             : 0;
}

// Whether a way may be taken at all.
static bool isAWay(const TtContraction *c, Registers *r, TtSubBlockShape sub,
                   bool sumInL1, int64_t panel) {
  if (c->rows % sub.rows || c->cols % sub.cols || !fits(sub, sumInL1, r) ||
      panelBytes(c, panel) + sumBytes(c, sumInL1) > c->freeBytes)
    return false;
  bool whole = sub.rows == c->rows && sub.cols == c->cols;
  if (!sumInL1)
    return whole ? panel == 1 : c->readsPanels && panel == c->steps;
  if (!c->sumsInL1 || panel == c->steps)
    return false;
  return panel == 1 ||
         (c->readsPanels && !c->uneven && c->steps && c->steps % panel == 0);
}

static double work(const TtContractionPlan *plan) {
  const TtContractionCycles *cycles = &plan->cycles;
  double most = cycles->math;
  if (cycles->unpack > most)
    most = cycles->unpack;
  if (cycles->pack > most)
    most = cycles->pack;
  return most + cycles->finish;
}

typedef void (*Check)(const TtContractionPlan *other, TtContractionPlan *plan);

static void forEachWay(const TtContraction *c, Registers *r, Check check,
                       TtContractionPlan *plan) {
  int64_t steps = c->steps ? c->steps : 16;
  for (int64_t h = 1; h <= c->rows; ++h)
    for (int64_t w = 1; w <= c->cols; ++w)
      for (int64_t panel = 1; panel <= steps; ++panel)
        for (int inL1 = 0; inL1 < 2; ++inL1) {
          TtSubBlockShape sub = {h, w};
          TtContractionPlan other;
          if (!isAWay(c, r, sub, inL1, panel))
            continue;
          assert_true(ttContractionCost(c, sub, inL1, panel, &other));
          check(&other, plan);
        }
}

static void keepLeast(const TtContractionPlan *other, TtContractionPlan *best) {
  if (best->sub.rows == 0 || other->total < best->total)
    *best = *other;
}

static double least;

// Nothing that is as fast does less work, or the same with less traffic or L1.
static void isNotBetter(const TtContractionPlan *other,
                        TtContractionPlan *plan) {
  if (other->total > 1.02 * least)
    return;
  assert_true(work(plan) <= work(other));
  double traffic = plan->cycles.unpack + plan->cycles.pack;
  double others = other->cycles.unpack + other->cycles.pack;
  if (work(plan) == work(other))
    assert_true(traffic <= others);
  if (work(plan) == work(other) && traffic == others)
    assert_true(plan->bytes <= other->bytes);
}

static void isTheBestWay(void **unused) {
  (void)unused;
  for (int i = 0; i < 3000; ++i) {
    TtContraction c = randomContraction();
    Registers r = {1 + below(8), 1 + below(3)};
    TtContractionPlan plan = ttPlanContraction(&c, fits, &r), fastest = {0};
    forEachWay(&c, &r, keepLeast, &fastest);
    assert_int_equal(plan.sub.rows == 0, fastest.sub.rows == 0);
    if (plan.sub.rows == 0)
      continue;
    assert_true(isAWay(&c, &r, plan.sub, plan.sumInL1, plan.panel));
    least = fastest.total;
    assert_true(plan.total <= 1.02 * least);
    forEachWay(&c, &r, isNotBetter, &plan);
  }
}

static void oneWayIsOfThatWay(void **unused) {
  (void)unused;
  for (int i = 0; i < 500; ++i) {
    TtContraction c = randomContraction();
    Registers r = {1 + below(8), 1};
    TtContractionPlan all = ttPlanContraction(&c, fits, &r);
    for (int inL1 = 0; inL1 < 2; ++inL1) {
      TtContractionPlan plan = ttPlanContractionWay(&c, inL1, fits, &r);
      if (plan.sub.rows == 0)
        continue;
      assert_int_equal(plan.sumInL1, inL1);
      assert_true(all.sub.rows > 0 && all.total <= 1.02 * plan.total);
    }
  }
}

static void countsL1(void **unused) {
  (void)unused;
  for (int i = 0; i < 1000; ++i) {
    TtContraction c = randomContraction();
    TtContractionPlan plan;
    TtSubBlockShape sub = {1, 1};
    bool inL1 = below(2);
    int64_t panel = 1 + below(4);
    bool fit = ttContractionCost(&c, sub, inL1, panel, &plan);
    int64_t one = panelBytes(&c, panel), sums = sumBytes(&c, inL1);
    assert_int_equal(fit, one + sums <= c.freeBytes);
    assert_int_equal(plan.overlaps, 2 * one + sums <= c.freeBytes);
    assert_int_equal(plan.bytes, (plan.overlaps ? 2 : 1) * one + sums);
  }
}

// The end of the last panel, if the reader is at most `room` panels ahead.
static double simulate(int64_t panels, int64_t room, double reading,
                       double computing) {
  double *done = calloc((size_t)(panels + 1), sizeof *done);
  double read = 0;
  for (int64_t p = 1; p <= panels; ++p) {
    if (p > room && done[p - room] > read)
      read = done[p - room];
    read += reading;
    done[p] = (read > done[p - 1] ? read : done[p - 1]) + computing;
  }
  double end = done[panels];
  free(done);
  return end;
}

static void timeIsThatOfAPipeline(void **unused) {
  (void)unused;
  for (int i = 0; i < 1000; ++i) {
    TtContraction c = randomContraction();
    c.steps = 1 + below(12);
    int64_t panels = c.steps; // of one step
    TtContractionPlan plan;
    TtSubBlockShape sub = {1, 1};
    ttContractionCost(&c, sub, true, 1, &plan);
    double reading = plan.cycles.reader / (double)panels;
    double computing = work(&plan) / (double)panels;
    double end =
        simulate(panels * c.blocks, plan.overlaps ? 2 : 1, reading, computing);
    // Where the reader is the slower one the model counts its first panel
    // twice, for the last panel's products.
    double slack = 1e-6 * end + (plan.overlaps ? reading : 0);
    assert_true(plan.total >= end - slack && plan.total <= end + slack);
  }
}

static void widerIsBetterThanHigher(void **unused) {
  (void)unused;
  TtContraction c = {.rows = 4,
                     .cols = 4,
                     .registers = 4,
                     .depth = 1,
                     .steps = 4,
                     .sums = 1,
                     .blocks = 1,
                     .readsPanels = true,
                     .lhsTileBytes = 2048,
                     .rhsTileBytes = 2048,
                     .sumTileBytes = 4096,
                     .outTileBytes = 2048,
                     .freeBytes = 1 << 20,
                     .productCycles = 16,
                     .readBytesPerCycle = 28};
  Registers two = {2, 1}, four = {4, 1};
  TtContractionPlan plan = ttPlanContraction(&c, fits, &two);
  assert_int_equal(plan.sub.rows, 1);
  assert_int_equal(plan.sub.cols, 2);
  // Four products take four tiles from 2 x 2, five from 1 x 4.
  plan = ttPlanContraction(&c, fits, &four);
  assert_int_equal(plan.sub.rows, 2);
  assert_int_equal(plan.sub.cols, 2);
}

// Operands of more bytes than 64 bits count fit no L1.
static void takesAnyNumbers(void **unused) {
  (void)unused;
  const int64_t most = 1 << 20;
  TtContraction c = {.rows = most,
                     .cols = most,
                     .depth = most,
                     .steps = 1 << 30,
                     .sums = 1,
                     .blocks = 1,
                     .readsPanels = true,
                     .lhsTileBytes = 4096,
                     .rhsTileBytes = 4096,
                     .freeBytes = INT64_MAX,
                     .readBytesPerCycle = 28};
  TtSubBlockShape sub = {1, 1};
  TtContractionPlan plan;
  assert_true(ttContractionCost(&c, sub, false, 1, &plan));
  assert_false(ttContractionCost(&c, sub, false, c.steps, &plan));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(isTheBestWay),
      cmocka_unit_test(oneWayIsOfThatWay),
      cmocka_unit_test(countsL1),
      cmocka_unit_test(timeIsThatOfAPipeline),
      cmocka_unit_test(widerIsBetterThanHigher),
      cmocka_unit_test(takesAnyNumbers),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
