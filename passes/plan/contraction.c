//===- contraction.c - where the sums of a contraction live ---------------===//

#include "contraction.h"

// Cycles and bytes (METALIUM sheet §7.8, §7.11).
static const double unpackerBytesPerCycle = 64;  // of one: 4 x 128 bit
static const double unpackersBytesPerCycle = 80; // of both: 5 x 128 bit
static const double packerBytesPerCycle = 64;
static const double sectionCycles = 30; // acquire and commit
static const double switchCycles =
    500; // reconfigs and inits, to the copy of the sum and back
static const double pageCycles = 60; // issue of one read
static const double engineUtilisation = 0.9;
static const double sameTime = 1.02;

enum { AssumedSteps = 16 }; // of a loop without constant bounds

static double larger(double a, double b) { return a > b ? a : b; }

static int64_t stepsOf(const TtContraction *c) {
  return c->steps > 0 ? c->steps : AssumedSteps;
}

// Bytes of the operands of one step.
static int64_t stepBytes(const TtContraction *c) {
  return c->depth * c->sums *
         (c->rows * c->lhsTileBytes + c->cols * c->rhsTileBytes);
}

static int64_t subBlocks(const TtContraction *c, TtSubBlockShape sub) {
  return c->rows / sub.rows * (c->cols / sub.cols);
}

//===- one block ----------------------------------------------------------===//

// One step of k of one sub-block. The engine holds two tiles of the shorter
// side while those of the longer one stream past; left operands are held where
// the sub-block is at least as wide as high.
static double unpackCycles(const TtContraction *c, TtSubBlockShape sub) {
  bool wide = sub.cols >= sub.rows;
  int64_t held = wide ? sub.rows : sub.cols;
  int64_t streamed = (held + 1) / 2 * (wide ? sub.cols : sub.rows);
  double lhs = (double)((wide ? held : streamed) * c->lhsTileBytes);
  double rhs = (double)((wide ? streamed : held) * c->rhsTileBytes);
  return larger(larger(lhs, rhs) / unpackerBytesPerCycle,
                (lhs + rhs) / unpackersBytesPerCycle);
}

static TtContractionCycles cyclesOf(const TtContraction *c, TtSubBlockShape sub,
                                    bool sumInL1, int64_t panels) {
  double depth = (double)(c->depth * stepsOf(c) * c->sums);
  double tiles = (double)(c->rows * c->cols * c->sums);
  double subs = (double)subBlocks(c, sub);
  double packs = sumInL1 ? (double)panels : 1;
  double reads = (double)(c->rows + c->cols) * depth;
  double bytes =
      (double)(c->rows * c->lhsTileBytes + c->cols * c->rhsTileBytes) * depth;
  TtContractionCycles cycles = {0};
  cycles.reader = larger(reads * pageCycles, bytes / c->readBytesPerCycle);
  cycles.unpack = subs * depth * unpackCycles(c, sub);
  cycles.math = (double)(c->rows * c->cols) * depth * c->productCycles /
                    engineUtilisation +
                subs * packs * sectionCycles;
  // Adding reads L1 as well as it writes it.
  cycles.pack = sumInL1 ? 2 * packs * tiles * (double)c->sumTileBytes
                        : tiles * (double)c->outTileBytes;
  cycles.pack /= packerBytesPerCycle;
  if (sumInL1 && !c->sumIsOutput)
    cycles.finish =
        switchCycles +
        tiles * larger((double)c->sumTileBytes / unpackerBytesPerCycle,
                       (double)c->outTileBytes / packerBytesPerCycle);
  return cycles;
}

static double computeCycles(const TtContractionCycles *cycles) {
  return larger(larger(cycles->unpack, cycles->math), cycles->pack) +
         cycles->finish;
}

bool ttContractionCost(const TtContraction *c, TtSubBlockShape sub,
                       bool sumInL1, int64_t panel, TtContractionPlan *plan) {
  int64_t operands;
  if (__builtin_mul_overflow(panel, stepBytes(c), &operands) ||
      operands > INT64_MAX / 4)
    return false;
  int64_t sums = sumInL1 && !c->sumIsOutput
                     ? c->rows * c->cols * c->sums * c->sumTileBytes
                     : 0;
  *plan = (TtContractionPlan){.sub = sub, .sumInL1 = sumInL1, .panel = panel};
  plan->overlaps = 2 * operands + sums <= c->freeBytes;
  plan->bytes = (plan->overlaps ? 2 : 1) * operands + sums;
  int64_t panels = (stepsOf(c) + panel - 1) / panel;
  plan->cycles = cyclesOf(c, sub, sumInL1, panels);
  double compute = computeCycles(&plan->cycles);
  double reader = plan->cycles.reader, blocks = (double)c->blocks;
  plan->total = plan->overlaps
                    ? reader / (double)panels + blocks * larger(reader, compute)
                    : blocks * (reader + compute);
  return plan->bytes <= c->freeBytes;
}

//===- all ways -----------------------------------------------------------===//

typedef void (*Visit)(const TtContractionPlan *plan, TtContractionPlan *best,
                      double least);

static void keepFastest(const TtContractionPlan *plan, TtContractionPlan *best,
                        double least) {
  (void)least;
  if (best->sub.rows == 0 || plan->total < best->total)
    *best = *plan;
}

static bool better(const TtContractionPlan *a, const TtContractionPlan *b) {
  double workA = computeCycles(&a->cycles), workB = computeCycles(&b->cycles);
  if (workA != workB)
    return workA < workB;
  double trafficA = a->cycles.unpack + a->cycles.pack;
  double trafficB = b->cycles.unpack + b->cycles.pack;
  if (trafficA != trafficB)
    return trafficA < trafficB;
  if (a->bytes != b->bytes)
    return a->bytes < b->bytes;
  return a->sub.cols > b->sub.cols;
}

static void keepBest(const TtContractionPlan *plan, TtContractionPlan *best,
                     double least) {
  if (plan->total > sameTime * least)
    return;
  if (best->sub.rows == 0 || better(plan, best))
    *best = *plan;
}

// Whether the way exists for sub-blocks of `sub` and panels of `panel` steps.
static bool isPossible(const TtContraction *c, TtSubBlockShape sub,
                       bool sumInL1, int64_t panel) {
  if (sumInL1)
    return c->sumsInL1 && panel != c->steps &&
           (panel == 1 || (c->readsPanels && !c->uneven && c->steps > 0 &&
                           c->steps % panel == 0));
  if (subBlocks(c, sub) == 1)
    return panel == 1;
  return c->readsPanels && panel == c->steps;
}

static void visitPanel(const TtContraction *c, TtSubBlockShape sub,
                       bool sumInL1, int64_t panel, Visit visit,
                       TtContractionPlan *best, double least) {
  TtContractionPlan plan;
  if (isPossible(c, sub, sumInL1, panel) &&
      ttContractionCost(c, sub, sumInL1, panel, &plan))
    visit(&plan, best, least);
}

// All panels are divisors of the number of steps: small ones, then those that
// they leave.
static void visitShape(const TtContraction *c, TtSubBlockShape sub,
                       bool sumInL1, Visit visit, TtContractionPlan *best,
                       double least) {
  int64_t steps = stepsOf(c), small = 1;
  for (; small * small <= steps; ++small)
    if (steps % small == 0)
      visitPanel(c, sub, sumInL1, small, visit, best, least);
  while (--small > 0)
    if (steps % small == 0 && steps / small != small)
      visitPanel(c, sub, sumInL1, steps / small, visit, best, least);
}

static TtContractionPlan visitWays(const TtContraction *c, const bool ways[2],
                                   TtContractionFits fits, void *data,
                                   Visit visit, double least) {
  TtContractionPlan best = {0};
  for (int64_t h = 1; h <= c->rows && h <= c->registers; ++h)
    for (int64_t w = 1; w <= c->cols && w <= c->registers / h; ++w)
      for (int way = 0; way < 2; ++way) {
        TtSubBlockShape sub = {h, w};
        if (c->rows % h == 0 && c->cols % w == 0 && ways[way] &&
            fits(sub, way, data))
          visitShape(c, sub, way, visit, &best, least);
      }
  return best;
}

static TtContractionPlan planWays(const TtContraction *c, const bool ways[2],
                                  TtContractionFits fits, void *data) {
  TtContractionPlan fastest = visitWays(c, ways, fits, data, keepFastest, 0);
  return visitWays(c, ways, fits, data, keepBest, fastest.total);
}

TtContractionPlan ttPlanContraction(const TtContraction *contraction,
                                    TtContractionFits fits, void *data) {
  const bool ways[] = {true, true};
  return planWays(contraction, ways, fits, data);
}

TtContractionPlan ttPlanContractionWay(const TtContraction *contraction,
                                       bool sumInL1, TtContractionFits fits,
                                       void *data) {
  const bool ways[] = {!sumInL1, sumInL1};
  return planWays(contraction, ways, fits, data);
}
