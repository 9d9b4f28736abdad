//===- split_section.c - sections that need few registers -----------------===//
//
// A section whose block does not fit the tile registers at once gets the order
// of ops that needs the fewest, which allows the largest sub-block. If not even
// one tile of each value fits, several sections in sequence replace it; a value
// that one leaves to a later one goes through a circular buffer. The choice is
// that of plan/section_split.h; here the section is made again after it.
//
// Conversions of what enters and constants cost nothing and are made again in
// each section that uses them; conversions of what is computed stay with it.
//
//===----------------------------------------------------------------------===//

#include "block_type.h"
#include "plan/section_split.h"
#include "section_graph.h"
#include "section_steps.h"
#include "sections.h"
#include "stb_ds.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/IR.h"
#include "tt-c/Registration.h"
#include "tt-c/gen/TtOps.h"
#include "unused_ops.h"

// What a part packs.
typedef struct {
  MlirValue value; // of the section that is split
  MlirValue cb;
  intptr_t result; // of that section, -1 if for later parts only
  int part;
  bool shared; // later parts take it from here
} Output;

typedef struct {
  MlirOperation section;
  MlirBlock body;
  TtSectionGraph graph;
  TtSectionSplit split;
  Output *outputs; // stb_ds array
  TtMapping *mapping;
  MlirOperation *placed; // stb_ds array: ops made again in the current part
  TtBuilder b;           // the end of its body
} Splitter;

//===- where ops go -------------------------------------------------------===//

// The op of the body that defines the value, or null if it enters.
static MlirOperation definition(const Splitter *s, MlirValue value) {
  MlirOperation none = {NULL};
  if (!mlirValueIsAOpResult(value))
    return none;
  MlirOperation op = mlirOpResultGetOwner(value);
  return mlirBlockEqual(mlirOperationGetBlock(op), s->body) ? op : none;
}

// The part that computes what `op` defines, or -1 for what any part may make.
static int partOf(const Splitter *s, MlirOperation op) {
  int node = ttSectionGraphFind(&s->graph, op);
  while (node < 0 && ttTypecastIsa(op)) { // in the registers of its operand
    op = definition(s, ttTypecastGetOperand(op));
    if (mlirOperationIsNull(op))
      return -1;
    node = ttSectionGraphFind(&s->graph, op);
  }
  return node < 0 ? -1 : s->split.section[node];
}

//===- outputs ------------------------------------------------------------===//

static void addResults(Splitter *s) {
  MlirOperation yield = mlirBlockGetTerminator(s->body);
  for (intptr_t i = 0; i < ttSectionGetNumResults(s->section); ++i) {
    MlirValue value = mlirOperationGetOperand(yield, i);
    MlirOperation op = definition(s, value);
    Output output = {value, ttSectionGetCbs(s->section, i), i,
                     mlirOperationIsNull(op) ? -1 : partOf(s, op), false};
    for (ptrdiff_t n = 0; n < arrlen(s->graph.yields); ++n)
      if (s->graph.yields[n] == i)
        output.part = s->split.section[n];
    arrput(s->outputs, output);
  }
}

// Part `to` takes the value from part `from`.
static void share(Splitter *s, MlirValue value, int from, int to) {
  for (ptrdiff_t i = 0; i < arrlen(s->outputs); ++i) {
    Output *output = &s->outputs[i];
    if (!mlirValueEqual(output->value, value))
      continue;
    output->shared =
        output->shared || (output->result >= 0 &&
                           ttSectionResultIsShared(s->section, output->result));
    if (output->shared)
      return;
  }
  if (ttExplains())
    ttEmitRemark(mlirOperationGetLocation(mlirOpResultGetOwner(value)),
                 "goes from section %d of its computation to section %d "
                 "through a circular buffer",
                 from + 1, to + 1);
  MlirValue cb = ttNewBlockBuffer(mlirOpResultGetOwner(value),
                                  mlirValueGetType(value), "part");
  Output output = {value, cb, -1, from, true};
  arrput(s->outputs, output);
}

typedef struct {
  Splitter *splitter;
  int part;
} Taker;

static MlirWalkResult shareOperands(MlirOperation op, void *data) {
  Taker *taker = data;
  for (intptr_t i = 0; i < mlirOperationGetNumOperands(op); ++i) {
    MlirValue value = mlirOperationGetOperand(op, i);
    MlirOperation from = definition(taker->splitter, value);
    int part = mlirOperationIsNull(from) ? -1 : partOf(taker->splitter, from);
    if (part >= 0 && part != taker->part)
      share(taker->splitter, value, part, taker->part);
  }
  return MlirWalkResultAdvance;
}

static void addShared(Splitter *s) {
  for (ptrdiff_t i = 0; i < arrlen(s->split.order); ++i) {
    int node = s->split.order[i];
    Taker taker = {s, s->split.section[node]};
    if (!mlirOperationIsNull(s->graph.ops[node]))
      mlirOperationWalk(s->graph.ops[node], shareOperands, &taker,
                        MlirWalkPreOrder);
  }
}

//===- parts --------------------------------------------------------------===//

static void place(Splitter *s, MlirOperation op);

static bool isPlaced(const Splitter *s, MlirOperation op) {
  for (ptrdiff_t i = 0; i < arrlen(s->placed); ++i)
    if (mlirOperationEqual(s->placed[i], op))
      return true;
  return false;
}

// What any part may make is made where it is used.
static void bring(Splitter *s, MlirValue value) {
  MlirOperation op = definition(s, value);
  if (!mlirOperationIsNull(op) && partOf(s, op) < 0 && !isPlaced(s, op))
    place(s, op);
}

static MlirWalkResult bringOperands(MlirOperation op, void *data) {
  for (intptr_t i = 0; i < mlirOperationGetNumOperands(op); ++i)
    bring(data, mlirOperationGetOperand(op, i));
  return MlirWalkResultAdvance;
}

static void placeConversions(Splitter *s, MlirOperation op) {
  for (intptr_t i = 0; i < mlirOperationGetNumResults(op); ++i)
    for (MlirOpOperand use =
             mlirValueGetFirstUse(mlirOperationGetResult(op, i));
         !mlirOpOperandIsNull(use); use = mlirOpOperandGetNextUse(use)) {
      MlirOperation user = mlirOpOperandGetOwner(use);
      if (ttTypecastIsa(user) && ttSectionGraphFind(&s->graph, user) < 0 &&
          !isPlaced(s, user))
        place(s, user);
    }
}

static void place(Splitter *s, MlirOperation op) {
  mlirOperationWalk(op, bringOperands, s, MlirWalkPreOrder);
  ttBuilderInsert(&s->b, ttCloneWithMapping(op, s->mapping));
  arrput(s->placed, op);
  if (partOf(s, op) >= 0)
    placeConversions(s, op);
}

// The last op of the part, for its place in the source.
static MlirLocation locationOf(const Splitter *s, int part) {
  MlirLocation loc = mlirOperationGetLocation(s->section);
  for (ptrdiff_t i = 0;
       part + 1 < s->split.sections && i < arrlen(s->split.order); ++i) {
    MlirOperation op = s->graph.ops[s->split.order[i]];
    if (s->split.section[s->split.order[i]] == part && !mlirOperationIsNull(op))
      loc = mlirOperationGetLocation(op);
  }
  return loc;
}

static MlirOperation createSection(Splitter *s, int part) {
  MlirType *types = NULL;
  MlirValue *cbs = NULL;
  for (ptrdiff_t i = 0; i < arrlen(s->outputs); ++i)
    if (s->outputs[i].part == part) {
      arrput(types, mlirValueGetType(s->outputs[i].value));
      arrput(cbs, s->outputs[i].cb);
    }
  TtBuilder before = ttBuilderBefore(s->section);
  MlirOperation section =
      ttNewSection(&before, locationOf(s, part), arrlen(types), types, cbs);
  s->b = ttBuilderAtEnd(before.context,
                        mlirRegionGetFirstBlock(ttSectionGetBody(section)));
  arrfree(types);
  arrfree(cbs);
  return section;
}

static void yieldOutputs(Splitter *s, MlirOperation section, int part) {
  MlirValue *values = NULL;
  for (ptrdiff_t i = 0; i < arrlen(s->outputs); ++i)
    if (s->outputs[i].part == part) {
      bring(s, s->outputs[i].value);
      arrput(values, ttMappingLookupOrSelf(s->mapping, s->outputs[i].value));
    }
  ttYieldCreate(&s->b, mlirOperationGetLocation(section), arrlen(values),
                values);
  arrfree(values);
}

static MlirOperation makePart(Splitter *s, int part) {
  arrsetlen(s->placed, 0);
  MlirOperation section = createSection(s, part);
  for (ptrdiff_t i = 0; i < arrlen(s->split.order); ++i) {
    int node = s->split.order[i];
    if (s->split.section[node] == part &&
        !mlirOperationIsNull(s->graph.ops[node]))
      place(s, s->graph.ops[node]);
  }
  yieldOutputs(s, section, part);
  intptr_t result = 0;
  for (ptrdiff_t i = 0; i < arrlen(s->outputs); ++i) {
    const Output *output = &s->outputs[i];
    if (output->part != part)
      continue;
    MlirValue made = ttSectionGetResults(section, result++);
    if (output->result >= 0)
      mlirValueReplaceAllUsesOfWith(
          ttSectionGetResults(s->section, output->result), made);
    if (output->shared)
      ttMappingMapValue(s->mapping, output->value, made);
  }
  return section;
}

//===- one section --------------------------------------------------------===//

static void explain(const Splitter *s, int capacity, int before) {
  MlirLocation loc = mlirOperationGetLocation(s->section);
  if (s->split.sections > 1)
    ttEmitRemark(loc,
                 "computes in %d sections, one after the other: more values "
                 "live at once than the %d tile registers of a section hold; "
                 "values through circular buffers: %d%s",
                 s->split.sections, capacity, s->split.throughBuffers,
                 s->split.best ? "" : " (not all choices were tried)");
  else
    ttEmitRemark(loc,
                 "computes in an order in which %d values live at once, not "
                 "the %d of the order written",
                 (s->split.peak + 1) / 2, (before + 1) / 2);
}

static MlirLogicalResult fitSection(MlirOperation section, int capacity);

static MlirLogicalResult makeAgain(Splitter *s, int capacity) {
  s->mapping = ttMappingCreate();
  MlirOperation *parts = NULL;
  addResults(s);
  addShared(s);
  for (int part = 0; part < s->split.sections; ++part)
    arrput(parts, makePart(s, part));
  ttMappingDestroy(s->mapping);
  mlirOperationDestroy(s->section);
  MlirLogicalResult result = mlirLogicalResultSuccess();
  if (s->split.sections > 1)
    for (ptrdiff_t i = 0;
         i < arrlen(parts) && mlirLogicalResultIsSuccess(result); ++i)
      result = fitSection(parts[i], capacity);
  arrfree(parts);
  arrfree(s->outputs);
  arrfree(s->placed);
  return result;
}

static bool isInOrder(const TtSectionSplit *split) {
  for (int i = 0; i < arrlen(split->order); ++i)
    if (split->order[i] != i)
      return false;
  return split->sections == 1;
}

// Whether all tiles of the block fit in the order written.
static bool fitsWhole(MlirOperation section, int capacity) {
  TtBlock whole = ttBlockGet(mlirValueGetType(ttSectionGetResults(section, 0)));
  TtSubBlock sub = {whole.rows, whole.cols, whole.rows, whole.cols};
  TtSectionProgram program;
  bool fits = mlirLogicalResultIsSuccess(
                  ttSectionProgramBuild(section, sub, &program)) &&
              ttSectionProgramPlan(&program, capacity) >= 0;
  ttSectionProgramDestroy(&program);
  return fits;
}

static MlirLogicalResult fitSection(MlirOperation section, int capacity) {
  Splitter s = {.section = section,
                .body = mlirRegionGetFirstBlock(ttSectionGetBody(section))};
  ttEraseUnused(s.body); // a part of nothing else would have no result
  if (mlirLogicalResultIsFailure(ttChooseUnits(section)))
    return mlirLogicalResultFailure();
  MlirLogicalResult result = ttSectionGraphBuild(section, &s.graph);
  if (mlirLogicalResultIsSuccess(result) && !fitsWhole(section, capacity)) {
    bool possible = ttPlanSectionSplit(&s.graph.graph, capacity, &s.split);
    if (possible && !isInOrder(&s.split)) {
      if (ttExplains())
        explain(&s, capacity, ttTileGraphPeak(&s.graph.graph));
      result = makeAgain(&s, capacity);
    }
    ttSectionSplitDestroy(&s.split);
  }
  ttSectionGraphDestroy(&s.graph);
  return result;
}

static MlirWalkResult collect(MlirOperation op, void *data) {
  MlirOperation **sections = data;
  if (ttSectionIsa(op))
    arrput(*sections, op);
  return MlirWalkResultAdvance;
}

MlirLogicalResult ttFitSections(MlirOperation kernel, int capacity) {
  MlirOperation *sections = NULL;
  mlirOperationWalk(kernel, collect, &sections, MlirWalkPreOrder);
  MlirLogicalResult result = mlirLogicalResultSuccess();
  for (ptrdiff_t i = 0;
       i < arrlen(sections) && mlirLogicalResultIsSuccess(result); ++i)
    result = fitSection(sections[i], capacity);
  arrfree(sections);
  return result;
}
