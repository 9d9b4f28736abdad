// The planner of orders and sections on random graphs of tile ops. What it
// chooses is run through the register planner, and for small graphs compared
// with the best of all orders and cuts, found by trying each of them.
//
// RUN: %unit/section_split

#include "plan/section_split.h"
#include "plan/registers.h"
#include "stb_ds.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MaxNodes = 64, MaxValues = 128, Buffer = -1, Fill = -2, None = -1 };

typedef enum { Source, InPlace, Binary, Select, Loop } Kind;

// A tile op as the test sees it.
typedef struct {
  Kind kind;
  bool fpu;
  int numOperands;
  int operands[3]; // values, Buffer or Fill
  int results, firstResult;
  int scratch;
} Op;

typedef struct {
  int numOps, numValues;
  Op ops[MaxNodes];
  bool output[MaxValues], leaves[MaxValues];
  TtTileGraph graph;
} Program;

static uint64_t state = 1;

static int randomBelow(int bound) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (int)((state >> 33) % (uint64_t)bound);
}

//===- random programs ----------------------------------------------------===//

static bool isUsed(const Program *p, int value) {
  for (int n = 0; n < p->numOps; ++n)
    for (int i = 0; i < p->ops[n].numOperands; ++i)
      if (p->ops[n].operands[i] == value)
        return true;
  return false;
}

static int randomOperand(const Program *p, int reuse) {
  int choice = randomBelow(10);
  if (p->numValues == 0 || choice < 2)
    return choice == 0 ? Fill : Buffer;
  for (int v = p->numValues - 1; v >= 0; --v)
    if (randomBelow(10) >= reuse && !isUsed(p, v))
      return v;
  return randomBelow(p->numValues);
}

static void describe(Program *p, const Op *op) {
  TtTileNode node = {.scratch = op->scratch,
                     .results = op->results,
                     .firstResult = op->firstResult,
                     .streams = op->kind == Binary,
                     .fpu = op->kind == Binary && op->fpu};
  for (int i = 0; i < op->numOperands; ++i) {
    bool again = false;
    for (int j = 0; j < i; ++j)
      again = again || op->operands[j] == op->operands[i];
    if (op->operands[i] == Buffer)
      ++node.buffers;
    else if (op->operands[i] == Fill)
      ++node.fills;
    else if (!again)
      arrput(node.operands, op->operands[i]);
  }
  arrput(p->graph.nodes, node);
}

static void addOp(Program *p, int reuse) {
  static const int operands[] = {0, 1, 2, 3, 1};
  int choice = randomBelow(16);
  Op *op = &p->ops[p->numOps];
  *op = (Op){.kind = choice < 2    ? Source
                     : choice < 6  ? InPlace
                     : choice < 13 ? Binary
                     : choice < 15 ? Select
                                   : Loop,
             .fpu = randomBelow(2),
             .results = 1,
             .firstResult = p->numValues};
  op->numOperands = operands[op->kind];
  if (op->kind == Loop) {
    op->numOperands = op->results = 1 + randomBelow(2);
    op->scratch = randomBelow(2);
  }
  for (int i = 0; i < op->numOperands; ++i)
    op->operands[i] = randomOperand(p, reuse);
  // A loop accumulates onto one value once.
  if (op->kind == Loop && op->results == 2 &&
      op->operands[0] == op->operands[1] && op->operands[0] >= 0)
    op->operands[1] = Fill;
  ++p->numOps;
  p->numValues += op->results;
  describe(p, op);
}

static void randomProgram(Program *p, int ops, int reuse) {
  memset(p, 0, sizeof *p);
  while (p->numOps < ops)
    addOp(p, reuse);
  for (int n = 0; n < p->numOps; ++n)
    for (int r = 0; r < p->ops[n].results; ++r) {
      int v = p->ops[n].firstResult + r;
      p->output[v] = !isUsed(p, v) || randomBelow(8) == 0;
      p->leaves[v] = p->output[v] && isUsed(p, v) && randomBelow(3) == 0;
      TtTileValue value = {n, p->output[v], p->leaves[v]};
      arrput(p->graph.values, value);
    }
}

//===- registers of a section ---------------------------------------------===//

// The steps of one section, as the register planner takes them.
typedef struct {
  const Program *p;
  const int *nodes;
  int count;
  int tiles;
  int id[MaxValues]; // of a value in registers, or None
  TtRegisterValue *values;
  TtRegisterStep *steps;
  int *yielded;
} Steps;

static bool inSection(const Steps *s, int node) {
  for (int i = 0; i < s->count; ++i)
    if (s->nodes[i] == node)
      return true;
  return false;
}

static bool takes(const Op *op, int value) {
  for (int i = 0; i < op->numOperands; ++i)
    if (op->operands[i] == value)
      return true;
  return false;
}

static bool isYielded(const Steps *s, int value) {
  if (s->p->output[value])
    return true;
  for (int n = 0; n < s->p->numOps; ++n)
    if (takes(&s->p->ops[n], value) && !inSection(s, n))
      return true;
  return false;
}

static bool diesAt(const Steps *s, int value, int place) {
  if (value == Fill)
    return true;
  for (int i = place + 1; i < s->count; ++i)
    if (takes(&s->p->ops[s->nodes[i]], value))
      return false;
  return !isYielded(s, value);
}

static int newId(Steps *s, int tiles) {
  TtRegisterValue value = {tiles, TtNoRegister};
  arrput(s->values, value);
  return (int)arrlen(s->values) - 1;
}

static TtRegisterStep *newStep(Steps *s, int result) {
  TtRegisterStep step = {.result = result};
  arrput(s->steps, step);
  return &arrlast(s->steps);
}

static bool isInBuffer(const Steps *s, int operand) {
  return operand == Buffer || (operand != Fill && s->id[operand] == None);
}

static int bring(Steps *s, int operand, bool perTile) {
  if (operand >= 0 && s->id[operand] != None)
    return s->id[operand];
  int id = newId(s, perTile ? 1 : s->tiles);
  newStep(s, id);
  return id;
}

static void addInPlace(Steps *s, const Op *op, int operand) {
  int from = bring(s, operand, false), id = newId(s, s->tiles);
  TtRegisterStep *move = newStep(s, id);
  move->numOperands = 1;
  move->operands[0] = from;
  move->overwrites = 1;
  TtRegisterStep *step = newStep(s, id);
  step->numOperands = 1;
  step->operands[0] = id;
  s->id[op->firstResult] = id;
}

static void addBinary(Steps *s, const Op *op, int place) {
  int lhs = op->operands[0], rhs = op->operands[1];
  bool left = isInBuffer(s, lhs), right = isInBuffer(s, rhs);
  bool same = lhs == rhs && lhs >= 0;
  if (op->fpu && left && right) {
    s->id[op->firstResult] = newId(s, s->tiles);
    newStep(s, s->id[op->firstResult]);
    return;
  }
  if (op->fpu && (left || right)) {
    addInPlace(s, op, left ? rhs : lhs);
    return;
  }
  bool perTile[] = {left && !right && diesAt(s, rhs, place),
                    right && (left || diesAt(s, lhs, place))};
  int ids[2], first = perTile[0] ? 1 : 0;
  ids[first] = bring(s, op->operands[first], false);
  ids[1 - first] =
      same ? ids[first] : bring(s, op->operands[1 - first], perTile[1 - first]);
  s->id[op->firstResult] = newId(s, s->tiles);
  TtRegisterStep *step = newStep(s, s->id[op->firstResult]);
  step->numOperands = 2;
  memcpy(step->operands, ids, sizeof ids);
  step->overwrites = 3;
}

static void addSelect(Steps *s, const Op *op) {
  int ids[3];
  for (int i = 0; i < 3; ++i) {
    ids[i] = None;
    for (int j = 0; j < i && ids[i] == None; ++j)
      if (op->operands[j] == op->operands[i] && op->operands[i] >= 0)
        ids[i] = ids[j];
    if (ids[i] == None)
      ids[i] = bring(s, op->operands[i], false);
  }
  s->id[op->firstResult] = newId(s, s->tiles);
  TtRegisterStep *step = newStep(s, s->id[op->firstResult]);
  step->numOperands = 3;
  memcpy(step->operands, ids, sizeof ids);
  step->overwrites = 7;
}

static void addLoop(Steps *s, const Op *op) {
  for (int i = 0; i < op->results; ++i) {
    int from = bring(s, op->operands[i], false);
    int id = s->id[op->firstResult + i] = newId(s, s->tiles);
    TtRegisterStep *move = newStep(s, id);
    move->numOperands = 1;
    move->operands[0] = from;
    move->overwrites = 1;
  }
  ptrdiff_t begin = arrlen(s->steps);
  newStep(s, TtNoRegister);
  int scratch = op->scratch ? newId(s, s->tiles) : None;
  if (op->scratch)
    newStep(s, scratch);
  for (int i = 0; i < op->results; ++i) {
    TtRegisterStep *step = newStep(s, s->id[op->firstResult + i]);
    step->operands[step->numOperands++] = step->result;
    if (op->scratch)
      step->operands[step->numOperands++] = scratch;
  }
  newStep(s, TtNoRegister);
  s->steps[begin].loopEnd = (int)arrlen(s->steps);
}

static void addSteps(Steps *s, int place) {
  const Op *op = &s->p->ops[s->nodes[place]];
  switch (op->kind) {
  case Source:
    s->id[op->firstResult] = newId(s, s->tiles);
    newStep(s, s->id[op->firstResult]);
    break;
  case InPlace:
    addInPlace(s, op, op->operands[0]);
    break;
  case Binary:
    addBinary(s, op, place);
    break;
  case Select:
    addSelect(s, op);
    break;
  case Loop:
    addLoop(s, op);
    break;
  }
}

// Whether the nodes, in this order, run in one section.
static bool fits(const Program *p, const int *nodes, int count, int tiles,
                 int capacity) {
  Steps s = {.p = p, .nodes = nodes, .count = count, .tiles = tiles};
  for (int v = 0; v < p->numValues; ++v)
    s.id[v] = None;
  for (int i = 0; i < count; ++i)
    addSteps(&s, i);
  for (int v = 0; v < p->numValues; ++v)
    if (s.id[v] != None && isYielded(&s, v))
      arrput(s.yielded, s.id[v]);
  TtRegisterPlan plan = {(int)arrlen(s.values),  s.values,
                         (int)arrlen(s.steps),   s.steps,
                         (int)arrlen(s.yielded), s.yielded};
  bool fit = ttPlanRegisters(&plan, capacity) >= 0;
  arrfree(s.values);
  arrfree(s.steps);
  arrfree(s.yielded);
  return fit;
}

static int registersOf(const Program *p, const int *nodes, int count,
                       int tiles) {
  int capacity = 1;
  while (!fits(p, nodes, count, tiles, capacity))
    ++capacity;
  return capacity;
}

//===- the best of all ----------------------------------------------------===//

typedef struct {
  const Program *p;
  int capacity; // 0: one section, any number of registers
  int order[MaxNodes], section[MaxNodes];
  bool run[MaxNodes];
  int registers; // the fewest of one section
  int sections, throughBuffers;
} Best;

static int throughBuffers(const Program *p, const int *section) {
  int count = 0;
  for (int v = 0; v < p->numValues; ++v) {
    int maker = p->graph.values[v].node;
    bool taken = false;
    for (int n = 0; n < p->numOps; ++n)
      taken = taken || (takes(&p->ops[n], v) && section[n] != section[maker]);
    count += taken && !p->leaves[v];
  }
  return count;
}

static bool isReady(const Best *b, int node) {
  const Op *op = &b->p->ops[node];
  for (int i = 0; i < op->numOperands; ++i)
    if (op->operands[i] >= 0 &&
        !b->run[b->p->graph.values[op->operands[i]].node])
      return false;
  return !b->run[node];
}

static void tryAll(Best *b, int count, int begin, int sections);

static void tryEnd(Best *b, int count, int begin, int sections) {
  const Program *p = b->p;
  if (!b->capacity) {
    if (count < p->numOps)
      return;
    int registers = registersOf(p, b->order, count, 1);
    if (!b->registers || registers < b->registers)
      b->registers = registers;
    return;
  }
  if ((b->sections && sections > b->sections) ||
      !fits(p, b->order + begin, count - begin, 1, b->capacity))
    return;
  if (count < p->numOps) {
    tryAll(b, count, count, sections + 1);
    return;
  }
  int values = throughBuffers(p, b->section);
  if (!b->sections || sections < b->sections || values < b->throughBuffers) {
    b->sections = sections;
    b->throughBuffers = values;
  }
}

static void tryAll(Best *b, int count, int begin, int sections) {
  if (count > begin)
    tryEnd(b, count, begin, sections);
  for (int n = 0; n < b->p->numOps; ++n) {
    if (!isReady(b, n))
      continue;
    b->run[n] = true;
    b->order[count] = n;
    b->section[n] = sections;
    tryAll(b, count + 1, begin, sections);
    b->run[n] = false;
  }
}

//===- tests --------------------------------------------------------------===//

static void checkSplit(const Program *p, const TtSectionSplit *split,
                       int capacity) {
  bool run[MaxNodes] = {false};
  assert_int_equal(arrlen(split->order), p->numOps);
  for (int i = 0, begin = 0; i < p->numOps; ++i) {
    int n = split->order[i];
    const Op *op = &p->ops[n];
    for (int o = 0; o < op->numOperands; ++o)
      assert_true(op->operands[o] < 0 ||
                  run[p->graph.values[op->operands[o]].node]);
    assert_false(run[n]);
    run[n] = true;
    bool ends = i + 1 == p->numOps ||
                split->section[split->order[i + 1]] != split->section[n];
    if (!ends)
      continue;
    assert_true(fits(p, split->order + begin, i + 1 - begin, 1, capacity));
    begin = i + 1;
    assert_int_equal(split->section[n],
                     begin == p->numOps
                         ? split->sections - 1
                         : split->section[split->order[begin]] - 1);
  }
  assert_int_equal(throughBuffers(p, split->section), split->throughBuffers);
}

// One section: the planner's count is what the register planner needs, for any
// number of tiles, and no order needs fewer.
static void checkOrder(const Program *p) {
  TtSectionSplit split;
  assert_true(ttPlanSectionSplit(&p->graph, 100, &split));
  assert_int_equal(split.sections, 1);
  assert_true(split.best);
  for (int tiles = 1; tiles <= 3; ++tiles)
    assert_int_equal(registersOf(p, split.order, p->numOps, tiles),
                     split.peak / 2 * tiles + split.peak % 2);
  Best best = {.p = p};
  tryAll(&best, 0, 0, 1);
  assert_int_equal(best.registers, (split.peak + 1) / 2);
  ttSectionSplitDestroy(&split);
}

static int checkSections(const Program *p) {
  int several = 0;
  for (int capacity = 1; capacity <= 5; ++capacity) {
    TtSectionSplit split;
    Best best = {.p = p, .capacity = capacity};
    tryAll(&best, 0, 0, 1);
    bool possible = ttPlanSectionSplit(&p->graph, capacity, &split);
    assert_int_equal(possible, best.sections > 0);
    if (possible) {
      checkSplit(p, &split, capacity);
      assert_true(split.best);
      assert_int_equal(split.sections, best.sections);
      assert_int_equal(split.throughBuffers, best.throughBuffers);
      several += split.sections > 1;
    }
    ttSectionSplitDestroy(&split);
  }
  return several;
}

static void smallOnesAreTheBest(void **unused) {
  (void)unused;
  int several = 0;
  for (int round = 0; round < 3000; ++round) {
    Program p;
    randomProgram(&p, 1 + randomBelow(6), randomBelow(11));
    checkOrder(&p);
    several += checkSections(&p);
    ttTileGraphDestroy(&p.graph);
  }
  assert_true(several > 1000);
}

static void largeOnesRun(void **unused) {
  (void)unused;
  for (int round = 0; round < 15; ++round) {
    Program p;
    randomProgram(&p, 20 + randomBelow(40), randomBelow(11));
    for (int capacity = 4; capacity <= 16; capacity *= 2) {
      TtSectionSplit split;
      assert_true(ttPlanSectionSplit(&p.graph, capacity, &split));
      checkSplit(&p, &split, capacity);
      ttSectionSplitDestroy(&split);
    }
    ttTileGraphDestroy(&p.graph);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(smallOnesAreTheBest),
      cmocka_unit_test(largeOnesRun),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
