//===- sum_in_l1.c - sums that the packer adds up in L1 -------------------===//
//
// Takes the loops that add products to the blocks they carry out of a section.
// In their place the loops carry nothing, and a section in their innermost body
// yields the products of one step (or of a panel of steps): a `tt.accumulate`
// around them adds these up in a circular buffer. A sum that does not start at
// zero, or whose loops may run no trip, starts with what a first section packs.
//
//===----------------------------------------------------------------------===//

#include "block_type.h"
#include "index_arith.h"
#include "loop_body.h"
#include "mlir-c/BuiltinTypes.h"
#include "plan_contraction.h"
#include "section_values.h"
#include "sections.h"
#include "stb_ds.h"
#include "sum_loops.h"
#include "tt-c/IR.h"
#include "tt-c/gen/ScfOps.h"
#include "tt-c/gen/TtOps.h"
#include "unused_ops.h"

typedef struct {
  MlirOperation section; // that the loops are taken out of
  TtSubBlockShape sub;
  int64_t panel; // steps
  int capacity;
  MlirLocation loc;
  intptr_t count;  // of sums in the loop at hand
  MlirType *types; // stb_ds array: of the sums
  MlirValue *cbs;  // stb_ds array
} Summing;

//===- where sums go ------------------------------------------------------===//

// The circular buffer of sum `i` of a loop: the section's own if it yields the
// sum as it is, not to a loop that goes on with it.
static MlirValue bufferOfSum(const Summing *s, MlirOperation loop, intptr_t i,
                             bool isOutput) {
  MlirValue result = ttScfForGetResults(loop, i);
  MlirOpOperand use = mlirValueGetFirstUse(result);
  if (!isOutput || !ttYieldIsa(mlirOpOperandGetOwner(use)))
    return ttNewBlockBuffer(s->section, mlirValueGetType(result), "sum");
  return ttSectionGetCbs(s->section, mlirOpOperandGetOperandNumber(use));
}

//===- sections -----------------------------------------------------------===//

static TtBuilder insideOf(MlirOperation section) {
  return ttBuilderAtEnd(mlirOperationGetContext(section),
                        mlirRegionGetFirstBlock(ttSectionGetBody(section)));
}

// Clones what the value is computed from in the section.
static MlirValue cloneValue(MlirOperation section, MlirValue value,
                            const TtBuilder *b, TtMapping *mapping) {
  if (!mlirValueIsAOpResult(value))
    return value;
  MlirOperation op = mlirOpResultGetOwner(value);
  if (!ttOperationIsAncestor(section, op))
    return value;
  if (mlirValueIsNull(ttMappingLookup(mapping, value))) {
    for (intptr_t i = 0; i < mlirOperationGetNumOperands(op); ++i)
      cloneValue(section, mlirOperationGetOperand(op, i), b, mapping);
    ttBuilderInsert(b, ttCloneWithMapping(op, mapping));
  }
  return ttMappingLookup(mapping, value);
}

// Fills a section with clones of `values` and of what they are computed from.
static void yieldClones(const Summing *s, MlirOperation section, intptr_t count,
                        const MlirValue *values) {
  TtBuilder b = insideOf(section);
  TtMapping *mapping = ttMappingCreate();
  MlirValue *clones = NULL;
  for (intptr_t i = 0; i < count; ++i) {
    bool fill = mlirValueIsAOpResult(values[i]) &&
                ttFillIsa(mlirOpResultGetOwner(values[i]));
    arrput(clones,
           fill ? ttFillGetResult(ttBuilderInsert(
                      &b, ttCloneWithMapping(mlirOpResultGetOwner(values[i]),
                                             mapping)))
                : cloneValue(s->section, values[i], &b, mapping));
  }
  ttYieldCreate(&b, s->loc, count, clones);
  arrfree(clones);
  ttMappingDestroy(mapping);
}

//===- the start of a sum -------------------------------------------------===//

static bool isZero(MlirValue value) {
  return mlirValueIsAOpResult(value) &&
         ttFillIsa(mlirOpResultGetOwner(value)) &&
         ttFillGetValue(mlirOpResultGetOwner(value)) == 0.0;
}

static bool runsForSure(MlirOperation loop) {
  int64_t lower, upper;
  MlirOperation nested;
  return ttIndexIsConstant(ttScfForGetLowerBound(loop), &lower) &&
         ttIndexIsConstant(ttScfForGetUpperBound(loop), &upper) &&
         lower < upper && ttOnlyMultiplies(ttLoopBody(loop), &nested) &&
         (mlirOperationIsNull(nested) || runsForSure(nested));
}

// Whether the first products may be packed as they are.
static bool startsAtZero(MlirOperation loop) {
  for (intptr_t i = 0; i < ttScfForGetNumInitArgs(loop); ++i)
    if (!isZero(ttScfForGetInitArgs(loop, i)))
      return false;
  return runsForSure(loop);
}

// What a sum starts with, in a circular buffer if it has to be computed.
static MlirLogicalResult bufferedStart(const Summing *s, MlirValue *init) {
  MlirValue block;
  if (ttSectionValueInCB(*init, s->section, &block) ||
      (mlirValueIsAOpResult(*init) && ttFillIsa(mlirOpResultGetOwner(*init))))
    return mlirLogicalResultSuccess();
  MlirType type = mlirValueGetType(*init);
  MlirValue cb = ttNewBlockBuffer(s->section, type, "block");
  TtBuilder b = ttBuilderBefore(s->section);
  MlirOperation section = ttNewSection(&b, s->loc, 1, &type, &cb);
  yieldClones(s, section, 1, init);
  *init = ttSectionGetResults(section, 0);
  return ttPlanSection(section, s->capacity);
}

// The section that packs what the sums start with.
static void packStart(const Summing *s, const TtBuilder *b,
                      const MlirValue *inits) {
  MlirOperation section = ttNewSection(b, s->loc, s->count, s->types, s->cbs);
  yieldClones(s, section, s->count, inits);
  ttSectionSetStartsSum(section, true);
  ttNarrowSection(section, s->sub);
}

//===- the loops ----------------------------------------------------------===//

// Zeros for the products of a section to start from.
static MlirValue *zeros(const Summing *s, const TtBuilder *b) {
  MlirValue *values = NULL;
  for (intptr_t i = 0; i < s->count; ++i)
    arrput(values, ttFillGetResult(ttFillCreate(b, s->loc, s->types[i], 0.0)));
  return values;
}

// The section of one step: the products of the loop's body.
static MlirOperation multiply(const Summing *s, MlirOperation loop,
                              const TtBuilder *b) {
  MlirBlock from = ttLoopBody(loop);
  MlirOperation yield = mlirBlockGetTerminator(from);
  MlirOperation section = ttNewSection(b, s->loc, s->count, s->types, s->cbs);
  TtBuilder in = insideOf(section);
  MlirValue *starts = zeros(s, &in), *sums = NULL;
  for (intptr_t i = 0; i < s->count; ++i)
    mlirValueReplaceAllUsesOfWith(mlirBlockGetArgument(from, i + 1), starts[i]);
  MlirOperation next;
  for (MlirOperation op = mlirBlockGetFirstOperation(from);
       !mlirOperationEqual(op, yield); op = next) {
    next = mlirOperationGetNextInBlock(op);
    if (!ttMmaIsa(op) && !ttTypecastIsa(op)) {
      mlirOperationMoveBefore(op, section);
      continue;
    }
    mlirOperationRemoveFromParent(op);
    ttBuilderInsert(&in, op);
  }
  for (intptr_t i = 0; i < s->count; ++i)
    arrput(sums, mlirOperationGetOperand(yield, i));
  ttYieldCreate(&in, s->loc, s->count, sums);
  arrfree(starts);
  arrfree(sums);
  ttNarrowSection(section, s->sub);
  return section;
}

// The same loops, carrying nothing; returns the section in the innermost.
static MlirOperation runSteps(const Summing *s, MlirOperation loop,
                              const TtBuilder *b) {
  TtBuilder body;
  MlirBlock from = ttLoopBody(loop);
  MlirValue index = ttIndexLoop(b, mlirOperationGetLocation(loop),
                                ttScfForGetLowerBound(loop),
                                ttScfForGetUpperBound(loop), &body);
  mlirValueReplaceAllUsesOfWith(mlirBlockGetArgument(from, 0), index);
  MlirOperation nested;
  ttOnlyMultiplies(from, &nested);
  if (mlirOperationIsNull(nested))
    return multiply(s, loop, &body);
  MlirOperation section = {NULL}, next;
  for (MlirOperation op = mlirBlockGetFirstOperation(from); !ttScfYieldIsa(op);
       op = next) {
    next = mlirOperationGetNextInBlock(op);
    if (mlirOperationEqual(op, nested))
      section = runSteps(s, nested, &body);
    else
      mlirOperationMoveBefore(op, body.before);
  }
  return section;
}

// Panels of several steps: the loop runs over them, and in the section over the
// steps of one.
static MlirOperation runPanels(const Summing *s, MlirOperation loop,
                               const TtBuilder *b) {
  int64_t steps;
  ttIndexIsConstant(ttScfForGetUpperBound(loop), &steps);
  TtBuilder body;
  MlirValue outer = ttIndexCountedLoop(b, s->loc, steps / s->panel, &body);
  MlirOperation section =
      ttNewSection(&body, s->loc, s->count, s->types, s->cbs);
  TtBuilder in = insideOf(section);
  MlirValue *starts = zeros(s, &in), *sums = NULL;
  mlirOperationSetOperand(loop, 1, ttIndexConstant(&in, s->loc, s->panel));
  for (intptr_t i = 0; i < s->count; ++i) {
    mlirOperationSetOperand(loop, TtFirstInit + i, starts[i]);
    arrput(sums, ttScfForGetResults(loop, i));
  }
  mlirOperationRemoveFromParent(loop);
  ttBuilderInsert(&in, loop);
  MlirValue inner = mlirBlockGetArgument(ttLoopBody(loop), 0);
  TtBuilder first = ttBuilderAtStart(b->context, ttLoopBody(loop));
  MlirAffineExpr step = mlirAffineAddExprGet(
      mlirAffineMulExprGet(mlirAffineDimExprGet(b->context, 0),
                           mlirAffineConstantExprGet(b->context, s->panel)),
      mlirAffineDimExprGet(b->context, 1));
  MlirValue operands[] = {outer, inner};
  MlirValue index = ttIndexApply(&first, s->loc, step, 2, operands);
  MlirOperation apply = mlirOpResultGetOwner(index);
  mlirValueReplaceAllUsesExcept(inner, index, 1, &apply);
  ttYieldCreate(&in, s->loc, s->count, sums);
  arrfree(starts);
  arrfree(sums);
  (void)ttHoistPanels(section); // the plan asked whether it can
  ttNarrowSection(section, s->sub);
  return section;
}

//===- one loop -----------------------------------------------------------===//

static MlirLogicalResult sumUp(Summing *s, MlirOperation loop, bool isOutput) {
  s->loc = mlirOperationGetLocation(loop);
  s->count = ttScfForGetNumInitArgs(loop);
  MlirValue *inits = NULL;
  for (intptr_t i = 0; i < s->count; ++i) {
    arrput(s->types, mlirValueGetType(ttScfForGetResults(loop, i)));
    arrput(s->cbs, bufferOfSum(s, loop, i, isOutput));
    arrput(inits, ttScfForGetInitArgs(loop, i));
  }
  bool zero = startsAtZero(loop);
  MlirLogicalResult result = mlirLogicalResultSuccess();
  for (intptr_t i = 0; i < s->count && mlirLogicalResultIsSuccess(result); ++i)
    result = bufferedStart(s, &inits[i]);
  TtBuilder b = ttBuilderBefore(s->section);
  MlirOperation sum =
      ttAccumulateCreate(&b, s->loc, s->count, s->types, s->count, s->cbs);
  MlirBlock body = mlirBlockCreate(0, NULL, NULL);
  mlirRegionAppendOwnedBlock(ttAccumulateGetBody(sum), body);
  TtBuilder in = ttBuilderAtEnd(b.context, body);
  if (!zero)
    packStart(s, &in, inits);
  for (intptr_t i = 0; i < s->count; ++i)
    mlirValueReplaceAllUsesOfWith(ttScfForGetResults(loop, i),
                                  ttAccumulateGetResults(sum, i));
  bool panels = s->panel > 1;
  MlirOperation products =
      panels ? runPanels(s, loop, &in) : runSteps(s, loop, &in);
  ttSectionSetStartsSum(products, zero);
  if (!panels)
    mlirOperationDestroy(loop);
  arrfree(inits);
  arrfree(s->types);
  arrfree(s->cbs);
  return result;
}

//===- what is left -------------------------------------------------------===//

static void replaceBySums(MlirOperation section) {
  MlirOperation yield = mlirBlockGetTerminator(
      mlirRegionGetFirstBlock(ttSectionGetBody(section)));
  for (intptr_t i = 0; i < ttYieldGetNumValues(yield); ++i)
    mlirValueReplaceAllUsesOfWith(ttSectionGetResults(section, i),
                                  ttYieldGetValues(yield, i));
  mlirOperationDestroy(section);
}

MlirLogicalResult ttSumInL1(MlirOperation section, TtSubBlockShape sub,
                            int64_t panel, int capacity) {
  Summing s = {
      .section = section, .sub = sub, .panel = panel, .capacity = capacity};
  bool isOutput = ttYieldsSumsOnly(section);
  MlirOperation *loops = ttSumLoops(section);
  MlirLogicalResult result = mlirLogicalResultSuccess();
  for (ptrdiff_t i = 0; i < arrlen(loops) && mlirLogicalResultIsSuccess(result);
       ++i)
    result = sumUp(&s, loops[i], isOutput);
  arrfree(loops);
  if (mlirLogicalResultIsFailure(result))
    return result;
  if (isOutput) {
    replaceBySums(section);
    return result;
  }
  ttEraseUnused(mlirRegionGetFirstBlock(ttSectionGetBody(section)));
  return ttPlanSection(section, capacity);
}
