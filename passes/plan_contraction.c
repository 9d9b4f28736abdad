//===- plan_contraction.c - how the contractions of a section run ---------===//
//
// Describes the contractions of a section to the planner (plan/contraction.h),
// and does what it chose: the whole block in tile registers, sub-blocks with
// panels of their operands (hoist_panels.c), or sums in L1 (sum_in_l1.c).
//
//===----------------------------------------------------------------------===//

#include "plan_contraction.h"
#include "block_type.h"
#include "buffer_memory.h"
#include "host_tree.h"
#include "index_arith.h"
#include "sections.h"
#include "stb_ds.h"
#include "sum_loops.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/IR.h"
#include "tt-c/Registration.h"
#include "tt-c/gen/ScfOps.h"
#include "tt-c/gen/TtOps.h"

//===- products -----------------------------------------------------------===//

typedef struct {
  MlirOperation section;
  TtContraction *contraction;
  void **cbs;    // stb_ds array: those of the operands
  int64_t depth; // tiles of k of all products
  bool unknown;  // steps of one of them
} Products;

// The circular buffer of a block that enters a section, or null.
static MlirValue bufferOf(MlirValue block) {
  while (mlirValueIsAOpResult(block)) {
    MlirOperation op = mlirOpResultGetOwner(block);
    if (ttReadBlockIsa(op))
      return ttReadBlockGetCb(op);
    if (ttSectionIsa(op) || ttAccumulateIsa(op))
      return mlirOperationGetOperand(op, mlirOpResultGetResultNumber(block));
    if (!ttTypecastIsa(op))
      break;
    block = ttTypecastGetOperand(op);
  }
  return (MlirValue){NULL};
}

static int64_t tileBytes(MlirValue block) {
  MlirValue cb = bufferOf(block);
  MlirType type = mlirValueGetType(block);
  MlirType tile = mlirValueIsNull(cb) ? ttBlockGet(type).tile
                                      : ttCBTypeGet(mlirValueGetType(cb)).tile;
  return ttTileBytes(ttTileTypeGet(tile).format);
}

static int64_t largest(int64_t a, int64_t b) { return a > b ? a : b; }

static int64_t smallest(int64_t a, int64_t b) { return a < b ? a : b; }

enum { MostSteps = 1 << 30 }; // more are counted as so many

// Trips of the loops around a product, 0 if they are not known.
static int64_t stepsAround(MlirOperation op, MlirOperation section) {
  int64_t steps = 1;
  for (MlirOperation loop = mlirOperationGetParentOperation(op);
       !mlirOperationEqual(loop, section);
       loop = mlirOperationGetParentOperation(loop)) {
    int64_t lower, upper;
    if (!ttScfForIsa(loop) ||
        !ttIndexIsConstant(ttScfForGetLowerBound(loop), &lower) ||
        !ttIndexIsConstant(ttScfForGetUpperBound(loop), &upper))
      return 0;
    steps *= smallest(largest(upper - lower, 0), MostSteps);
    steps = smallest(steps, MostSteps);
  }
  return steps;
}

static MlirWalkResult addProduct(MlirOperation op, void *data) {
  Products *products = data;
  if (!ttMmaIsa(op))
    return MlirWalkResultAdvance;
  TtContraction *c = products->contraction;
  MlirValue lhs = ttMmaGetLhs(op), rhs = ttMmaGetRhs(op);
  int64_t steps = stepsAround(op, products->section);
  int64_t depth = ttBlockGet(mlirValueGetType(lhs)).cols;
  c->uneven |= c->sums > 0 && steps != c->steps;
  c->steps = steps;
  c->sums++;
  c->depth = largest(c->depth, depth);
  products->unknown |= steps == 0;
  products->depth += depth * steps;
  c->lhsTileBytes = largest(c->lhsTileBytes, tileBytes(lhs));
  c->rhsTileBytes = largest(c->rhsTileBytes, tileBytes(rhs));
  c->sumTileBytes = largest(c->sumTileBytes, tileBytes(ttMmaGetResult(op)));
  arrput(products->cbs, (void *)(uintptr_t)bufferOf(lhs).ptr);
  arrput(products->cbs, (void *)(uintptr_t)bufferOf(rhs).ptr);
  return MlirWalkResultAdvance;
}

// Steps of loops that differ, as so many of the deepest for each.
static void evenOut(const Products *products) {
  TtContraction *c = products->contraction;
  int64_t tiles = c->depth * c->sums;
  if (c->uneven)
    c->steps = products->unknown ? 0 : (products->depth + tiles - 1) / tiles;
}

//===- the device ---------------------------------------------------------===//

static bool isAmong(void *const *cbs, MlirValue cb) {
  for (ptrdiff_t i = 0; i < arrlen(cbs); ++i)
    if (cbs[i] == cb.ptr)
      return true;
  return false;
}

// Tiles of the largest block that goes through a circular buffer.
static int64_t blockTilesOf(MlirValue cb) {
  int64_t tiles = 0;
  for (MlirOpOperand use = mlirValueGetFirstUse(cb); !mlirOpOperandIsNull(use);
       use = mlirOpOperandGetNextUse(use)) {
    MlirOperation op = mlirOpOperandGetOwner(use);
    intptr_t result = ttSectionIsa(op) || ttAccumulateIsa(op)
                          ? (intptr_t)mlirOpOperandGetOperandNumber(use)
                          : 0;
    if (result < mlirOperationGetNumResults(op))
      tiles = largest(tiles, ttBlockTiles(ttBlockGet(mlirValueGetType(
                                 mlirOperationGetResult(op, result)))));
  }
  return tiles;
}

// L1 that is left if all other circular buffers hold one block each.
static int64_t freeBytes(MlirOperation kernel, void *const *operands) {
  int64_t left = ttHostFreeL1(mlirOperationGetParentOperation(kernel));
  MlirBlock body = mlirRegionGetFirstBlock(ttKernelGetBody(kernel));
  for (MlirOperation op = mlirBlockGetFirstOperation(body);
       !mlirOperationIsNull(op); op = mlirOperationGetNextInBlock(op)) {
    if (!ttAllocCbIsa(op) || isAmong(operands, ttAllocCbGetResult(op)))
      continue;
    MlirValue cb = ttAllocCbGetResult(op);
    MlirType tile = ttCBTypeGet(mlirValueGetType(cb)).tile;
    left -= blockTilesOf(cb) * ttTileBytes(ttTileTypeGet(tile).format);
  }
  return left;
}

// Cycles of a tile product, by fidelity (METALIUM sheet §7.8).
static double productCycles(TtFidelity fidelity) {
  switch (fidelity) {
  case TtFidelityLoFi:
    return 16;
  case TtFidelityHiFi2:
    return 32;
  case TtFidelityHiFi3:
    return 48;
  default:
    return 64;
  }
}

// What one core reads per cycle: what its NoC port takes (METALIUM sheet
// §7.10), or its share of what DRAM gives (§7.9).
static double readRate(TtDeviceAttr device, int64_t cores) {
  bool blackhole = device.arch == TtArchBlackhole;
  double port = blackhole ? 60.0 : 28.1;
  double dram = (blackhole ? 512e3 : 288e3) * 0.92 / (double)device.clockMhz;
  double share = dram / (double)cores;
  return share < port ? share : port;
}

static void describeDevice(MlirOperation kernel, void *const *operands,
                           TtContraction *c) {
  TtDeviceAttr device =
      ttHostGetDevice(mlirOperationGetParentOperation(kernel));
  int64_t cores = 1;
  c->blocks = 1;
  if (ttKernelHasWork(kernel)) {
    TtWorkAttr work = ttKernelGetWork(kernel);
    cores = largest(work.numCount, 1);
    for (intptr_t i = 0; i < work.numCount; ++i)
      c->blocks = largest(c->blocks, work.count[i]);
  }
  c->freeBytes = freeBytes(kernel, operands);
  c->productCycles = productCycles(ttKernelGetCompute(kernel).fidelity);
  c->readBytesPerCycle = readRate(device, cores);
}

bool ttDescribeContraction(MlirOperation section, TtContraction *contraction) {
  MlirValue result = ttSectionGetResults(section, 0);
  TtBlock whole = ttBlockGet(mlirValueGetType(result));
  MlirOperation culprit;
  *contraction = (TtContraction){.rows = whole.rows, .cols = whole.cols};
  contraction->readsPanels = !ttWhyNoPanels(section, &culprit);
  contraction->sumsInL1 = ttLoopsOnlySumUp(section);
  contraction->sumIsOutput = ttYieldsSumsOnly(section);
  contraction->outTileBytes = tileBytes(result);
  Products products = {section, contraction, NULL, 0, false};
  mlirOperationWalk(section, addProduct, &products, MlirWalkPreOrder);
  evenOut(&products);
  describeDevice(ttEnclosing(section, ttKernelIsa), products.cbs, contraction);
  arrfree(products.cbs);
  return contraction->sums > 0;
}

//===- what was chosen, and why -------------------------------------------===//

static void explainWay(MlirLocation loc, const char *verdict, const char *way,
                       const TtContractionPlan *plan, const TtContraction *c) {
  const TtContractionCycles *cycles = &plan->cycles;
  ttEmitRemark(loc,
               "%s: %s, sub-blocks of %lld x %lld: %.0f cycles (per block: "
               "reader %.0f, unpack %.0f, math %.0f, pack %.0f, after the loop "
               "%.0f), %lld of %lld B of L1",
               verdict, way, (long long)plan->sub.rows,
               (long long)plan->sub.cols, plan->total, cycles->reader,
               cycles->unpack, cycles->math, cycles->pack, cycles->finish,
               (long long)plan->bytes, (long long)c->freeBytes);
}

static const char *nameOfWay(const TtContraction *c,
                             const TtContractionPlan *plan) {
  if (plan->sumInL1)
    return "sums in L1, to which the packer adds";
  if (plan->sub.rows == c->rows && plan->sub.cols == c->cols)
    return "all sums in tile registers";
  return "sums in tile registers, with panels of all of k";
}

static void explain(MlirOperation section, const TtContraction *c,
                    const TtContractionPlan *plan, int capacity,
                    TtContractionFits fits, void *data) {
  MlirLocation loc = mlirOperationGetLocation(section);
  int64_t runs = c->rows / plan->sub.rows * (c->cols / plan->sub.cols);
  if (runs == 1)
    ttEmitRemark(loc,
                 "sums up %lld x %lld tiles in one section: all values fit its "
                 "%d tile registers",
                 (long long)c->rows, (long long)c->cols, capacity);
  else if (plan->sumInL1)
    ttEmitRemark(loc,
                 "sums up %lld x %lld tiles with %d tile registers: %lld "
                 "sub-blocks of %lld x %lld, %lld step(s) of k at a time, are "
                 "added to the sum in L1",
                 (long long)c->rows, (long long)c->cols, capacity,
                 (long long)runs, (long long)plan->sub.rows,
                 (long long)plan->sub.cols, (long long)plan->panel);
  else
    ttEmitRemark(loc,
                 "sums up %lld x %lld tiles with %d tile registers: %lld "
                 "sub-blocks of %lld x %lld, each over all of k",
                 (long long)c->rows, (long long)c->cols, capacity,
                 (long long)runs, (long long)plan->sub.rows,
                 (long long)plan->sub.cols);
  explainWay(loc, "chosen", nameOfWay(c, plan), plan, c);
  TtContractionPlan other = ttPlanContractionWay(c, !plan->sumInL1, fits, data);
  if (other.sub.rows > 0)
    explainWay(loc, "instead of", nameOfWay(c, &other), &other, c);
}

//===- doing it -----------------------------------------------------------===//

// The plan; one that exceeds L1 if none fits it, for the table of circular
// buffers that is reported then.
static TtContractionPlan choose(const TtContraction *contraction,
                                TtContractionFits fits, void *data) {
  TtContractionPlan plan = ttPlanContraction(contraction, fits, data);
  if (plan.sub.rows > 0)
    return plan;
  TtContraction unlimited = *contraction;
  unlimited.freeBytes = INT64_MAX;
  return ttPlanContraction(&unlimited, fits, data);
}

MlirLogicalResult ttRunContraction(MlirOperation section,
                                   const TtContraction *contraction,
                                   int capacity, TtContractionFits fits,
                                   void *data) {
  TtSubBlockShape one = {1, 1};
  if (!fits(one, false, data) &&
      !(contraction->sumsInL1 && fits(one, true, data)))
    return ttReportTooManyValues(section, capacity);
  TtContractionPlan plan = choose(contraction, fits, data);
  if (plan.sub.rows == 0)
    return mlirLogicalResultIsFailure(ttHoistPanels(section)) // says why
               ? mlirLogicalResultFailure()
               : ttReportTooManyValues(section, capacity);
  if (ttExplains())
    explain(section, contraction, &plan, capacity, fits, data);
  if (plan.sumInL1)
    return ttSumInL1(section, plan.sub, plan.panel, capacity);
  if (plan.sub.rows == contraction->rows && plan.sub.cols == contraction->cols)
    return mlirLogicalResultSuccess();
  if (mlirLogicalResultIsFailure(ttHoistPanels(section)))
    return mlirLogicalResultFailure();
  ttNarrowSection(section, plan.sub);
  return mlirLogicalResultSuccess();
}
