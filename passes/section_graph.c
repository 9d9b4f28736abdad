//===- section_graph.c - a section as a graph for its planner -------------===//
//
// Made from the section's register steps, so that both mean the same: the steps
// of one op of the body are a node, their registers its operands and results.
// A value that several steps redefine (an accumulator) is a value of the graph
// for each.
//
//===----------------------------------------------------------------------===//

#include "section_graph.h"
#include "block_type.h"
#include "section_steps.h"
#include "sections.h"
#include "stb_ds.h"
#include "tt-c/gen/ScfOps.h"
#include "tt-c/gen/TtOps.h"
#include <limits.h>

typedef struct {
  TtSectionGraph *graph;
  MlirOperation section;
  TtSectionProgram program;
  int *current; // stb_ds array, by register value: the graph's, or -1
} Builder;

// The steps of a node.
typedef struct {
  ptrdiff_t begin, end;
} Steps;

static bool contains(const int *values, int value) {
  for (ptrdiff_t i = 0; i < arrlen(values); ++i)
    if (values[i] == value)
      return true;
  return false;
}

static bool definedBefore(const Builder *b, Steps steps, ptrdiff_t step,
                          int id) {
  for (ptrdiff_t s = steps.begin; s < step; ++s)
    if (b->program.registerSteps[s].result == id)
      return true;
  return false;
}

static bool usedAfter(const Builder *b, Steps steps, int id) {
  for (ptrdiff_t s = steps.end; s < arrlen(b->program.registerSteps); ++s)
    for (int i = 0; i < b->program.registerSteps[s].numOperands; ++i)
      if (b->program.registerSteps[s].operands[i] == id)
        return true;
  return contains(b->program.yielded, id);
}

// Register values that the steps take from others; an stb_ds array.
static int *takenIds(const Builder *b, Steps steps) {
  int *ids = NULL;
  for (ptrdiff_t s = steps.begin; s < steps.end; ++s)
    for (int i = 0; i < b->program.registerSteps[s].numOperands; ++i) {
      int id = b->program.registerSteps[s].operands[i];
      if (!definedBefore(b, steps, s, id) && !contains(ids, id))
        arrput(ids, id);
    }
  return ids;
}

// Register values that the steps leave; an stb_ds array.
static int *leftIds(const Builder *b, Steps steps) {
  int *ids = NULL;
  for (ptrdiff_t s = steps.begin; s < steps.end; ++s) {
    int id = b->program.registerSteps[s].result;
    if (id != TtNoRegister && !contains(ids, id) && usedAfter(b, steps, id))
      arrput(ids, id);
  }
  return ids;
}

//===- loops --------------------------------------------------------------===//

// Registers that a loop takes beside those of what it takes and leaves: its
// steps are planned alone, with all of these alive from start to end.
static int scratchOf(const Builder *b, Steps steps, const int *taken,
                     const int *left) {
  TtRegisterStep *alone = NULL;
  TtRegisterValue *values = NULL;
  int *alive = NULL;
  for (ptrdiff_t v = 0; v < arrlen(b->program.registers); ++v) {
    TtRegisterValue value = {1, TtNoRegister};
    arrput(values, value);
  }
  for (ptrdiff_t i = 0; i < arrlen(taken); ++i) {
    TtRegisterStep enters = {.result = taken[i]};
    arrput(alone, enters);
    arrput(alive, taken[i]);
  }
  int shift = (int)(arrlen(alone) - steps.begin);
  for (ptrdiff_t s = steps.begin; s < steps.end; ++s) {
    TtRegisterStep step = b->program.registerSteps[s];
    step.loopEnd += step.loopEnd ? shift : 0;
    step.accumulates = false; // any register will do
    arrput(alone, step);
  }
  for (ptrdiff_t i = 0; i < arrlen(left); ++i)
    if (!contains(taken, left[i]))
      arrput(alive, left[i]);
  TtRegisterPlan plan = {(int)arrlen(values), values, (int)arrlen(alone), alone,
                         (int)arrlen(alive),  alive};
  int most = (int)arrlen(values);
  int scratch = ttPlanRegisters(&plan, most) - (int)arrlen(alive);
  arrfree(alone);
  arrfree(values);
  arrfree(alive);
  return scratch;
}

//===- nodes --------------------------------------------------------------===//

// Copies and constants in front of a loop are the values that it carries.
static void countBrought(const Builder *b, Steps steps, TtTileNode *node) {
  for (ptrdiff_t s = steps.begin; s < steps.end; ++s) {
    TtSectionStepKind kind = b->program.steps[s].kind;
    if (kind == TtStepLoopBegin)
      return;
    node->buffers += kind == TtStepCopy;
    node->fills += kind == TtStepFill;
  }
}

static void describeBinary(MlirOperation op, TtTileNode *node) {
  node->streams = true;
  // What takes a circular buffer and is no FPU op cannot become one.
  node->fpu = ttBinaryGetUnit(op) != TtUnitSFPU ||
              (node->buffers == 0 && ttBinaryMayUseFpu(op));
}

static void addNode(Builder *b, MlirOperation op, intptr_t yield, Steps steps) {
  int *taken = takenIds(b, steps), *left = leftIds(b, steps);
  int index = (int)arrlen(b->graph->graph.nodes);
  TtTileNode node = {.results = (int)arrlen(left),
                     .firstResult = (int)arrlen(b->graph->graph.values)};
  for (ptrdiff_t i = 0; i < arrlen(taken); ++i)
    arrput(node.operands, b->current[taken[i]]);
  countBrought(b, steps, &node);
  if (!mlirOperationIsNull(op) && ttBinaryIsa(op))
    describeBinary(op, &node);
  if (!mlirOperationIsNull(op) && ttScfForIsa(op))
    node.scratch = scratchOf(b, steps, taken, left);
  for (ptrdiff_t i = 0; i < arrlen(left); ++i) {
    b->current[left[i]] = (int)arrlen(b->graph->graph.values);
    TtTileValue value = {index, false, false};
    arrput(b->graph->graph.values, value);
  }
  arrput(b->graph->graph.nodes, node);
  arrput(b->graph->ops, op);
  arrput(b->graph->yields, yield);
  arrfree(taken);
  arrfree(left);
}

// The op of the section's body that holds the op.
static MlirOperation inBody(const Builder *b, MlirOperation op) {
  while (!mlirOperationEqual(mlirOperationGetParentOperation(op), b->section))
    op = mlirOperationGetParentOperation(op);
  return op;
}

static void addNodes(Builder *b) {
  ptrdiff_t count = arrlen(b->program.steps);
  for (Steps steps = {0, 0}; steps.begin < count; steps.begin = steps.end) {
    MlirOperation op = inBody(b, b->program.steps[steps.begin].op);
    if (ttYieldIsa(op))
      break; // brings what is yielded as it entered
    for (steps.end = steps.begin;
         steps.end < count &&
         mlirOperationEqual(inBody(b, b->program.steps[steps.end].op), op);)
      ++steps.end;
    addNode(b, op, -1, steps);
  }
}

static void addYielded(Builder *b) {
  MlirOperation none = {NULL};
  for (intptr_t i = 0; i < arrlen(b->program.yielded); ++i) {
    int id = b->program.yielded[i];
    for (ptrdiff_t s = 0; s < arrlen(b->program.steps); ++s)
      if (ttYieldIsa(b->program.steps[s].op) &&
          b->program.registerSteps[s].result == id)
        addNode(b, none, i, (Steps){s, s + 1});
    TtTileValue *value = &b->graph->graph.values[b->current[id]];
    value->output = true;
    value->leaves = value->leaves || ttSectionResultIsShared(b->section, i);
  }
}

bool ttSectionResultIsShared(MlirOperation section, intptr_t i) {
  MlirOperation yield = mlirBlockGetTerminator(
      mlirRegionGetFirstBlock(ttSectionGetBody(section)));
  MlirValue yielded = mlirOperationGetOperand(yield, i);
  MlirValue result = ttSectionGetResults(section, i);
  if (!mlirValueIsAOpResult(yielded) ||
      ttTypecastIsa(mlirOpResultGetOwner(yielded)) ||
      (ttBlockIsWide(result) && ttBlockModes(result) != TtWantsDest))
    return false;
  for (MlirOpOperand use = mlirValueGetFirstUse(result);
       !mlirOpOperandIsNull(use); use = mlirOpOperandGetNextUse(use)) {
    MlirOperation user = mlirOpOperandGetOwner(use);
    if (ttWriteBlockIsa(user) || ttScfForIsa(user) || ttScfYieldIsa(user))
      return false;
  }
  return true;
}

//===- the graph ----------------------------------------------------------===//

MlirLogicalResult ttSectionGraphBuild(MlirOperation section,
                                      TtSectionGraph *graph) {
  *graph = (TtSectionGraph){.ops = NULL};
  Builder b = {.graph = graph, .section = section};
  TtBlock whole = ttBlockGet(mlirValueGetType(ttSectionGetResults(section, 0)));
  TtSubBlock one = {whole.rows, whole.cols, 1, 1};
  MlirLogicalResult built = ttSectionProgramBuild(section, one, &b.program);
  if (mlirLogicalResultIsSuccess(built)) {
    for (ptrdiff_t v = 0; v < arrlen(b.program.registers); ++v)
      arrput(b.current, -1);
    addNodes(&b);
    addYielded(&b);
  }
  arrfree(b.current);
  ttSectionProgramDestroy(&b.program);
  return built;
}

void ttSectionGraphDestroy(TtSectionGraph *graph) {
  ttTileGraphDestroy(&graph->graph);
  arrfree(graph->ops);
  arrfree(graph->yields);
}

int ttSectionGraphFind(const TtSectionGraph *graph, MlirOperation op) {
  for (ptrdiff_t n = 0; n < arrlen(graph->ops); ++n)
    if (mlirOperationEqual(graph->ops[n], op))
      return (int)n;
  return -1;
}
