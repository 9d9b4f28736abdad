//===- registers.c - tile registers by linear scan ------------------------===//

#include "registers.h"
#include <stdlib.h>

typedef struct {
  int first, last; // steps
} Interval;

// Registers free at a step, and those written since acquire.
typedef struct {
  int capacity;
  int used;
  bool *busy;
  bool *dirty;
} RegisterFile;

static int outermostLoopEnd(const TtRegisterPlan *plan, int definition,
                            int use) {
  int end = use;
  for (int s = use; s > definition; --s)
    if (plan->steps[s].loopEnd > use && plan->steps[s].loopEnd - 1 > end)
      end = plan->steps[s].loopEnd - 1;
  return end;
}

static void extend(const TtRegisterPlan *plan, Interval *intervals, int value,
                   int step) {
  Interval *interval = &intervals[value];
  if (interval->first == TtNoStep)
    interval->first = step;
  int last = outermostLoopEnd(plan, interval->first, step);
  if (last > interval->last)
    interval->last = last;
}

static Interval *liveIntervals(const TtRegisterPlan *plan) {
  Interval *intervals =
      malloc((size_t)(plan->numValues + 1) * sizeof *intervals);
  for (int v = 0; v < plan->numValues; ++v)
    intervals[v] = (Interval){TtNoStep, TtNoStep};
  for (int s = 0; s < plan->numSteps; ++s) {
    const TtRegisterStep *step = &plan->steps[s];
    for (int i = 0; i < step->numOperands; ++i)
      extend(plan, intervals, step->operands[i], s);
    if (step->result != TtNoRegister)
      extend(plan, intervals, step->result, s);
  }
  for (int i = 0; i < plan->numYielded; ++i)
    intervals[plan->yielded[i]].last = plan->numSteps;
  return intervals;
}

static bool isFree(const RegisterFile *file, int reg, int tiles) {
  if (reg + tiles > file->capacity)
    return false;
  for (int i = 0; i < tiles; ++i)
    if (file->busy[reg + i])
      return false;
  return true;
}

static bool isClean(const RegisterFile *file, int reg, int tiles) {
  for (int i = 0; i < tiles; ++i)
    if (file->dirty[reg + i])
      return false;
  return true;
}

static int firstFree(const RegisterFile *file, int tiles, bool clean) {
  for (int reg = 0; reg + tiles <= file->capacity; ++reg)
    if (isFree(file, reg, tiles) && (!clean || isClean(file, reg, tiles)))
      return reg;
  return TtNoRegister;
}

static void mark(RegisterFile *file, int reg, int tiles, bool busy) {
  for (int i = 0; i < tiles; ++i) {
    file->busy[reg + i] = busy;
    file->dirty[reg + i] = true;
  }
  if (busy && reg + tiles > file->used)
    file->used = reg + tiles;
}

// An operand whose registers the result may take over: it dies here and is as
// large.
static int overwritten(const TtRegisterPlan *plan, const Interval *intervals,
                       const TtRegisterStep *step, int s) {
  for (int i = 0; i < step->numOperands; ++i) {
    int value = step->operands[i];
    if ((step->overwrites >> i & 1U) && intervals[value].last == s &&
        plan->values[value].tiles == plan->values[step->result].tiles)
      return value;
  }
  return TtNoRegister;
}

// In a loop, registers that are clean in the first trip are not in the next.
static bool inLoop(const TtRegisterPlan *plan, int s) {
  for (int t = 0; t < s; ++t)
    if (plan->steps[t].loopEnd > s)
      return true;
  return false;
}

static bool define(TtRegisterPlan *plan, const Interval *intervals,
                   RegisterFile *file, int s) {
  TtRegisterStep *step = &plan->steps[s];
  TtRegisterValue *result = &plan->values[step->result];
  if (result->reg != TtNoRegister)
    return true; // an accumulator, defined by an earlier step
  int over = overwritten(plan, intervals, step, s);
  if (over != TtNoRegister) {
    result->reg = plan->values[over].reg;
    return true;
  }
  result->reg = firstFree(file, result->tiles, step->accumulates);
  step->mustFill = step->accumulates && inLoop(plan, s);
  if (result->reg == TtNoRegister && step->accumulates) {
    result->reg = firstFree(file, result->tiles, false);
    step->mustFill = true;
  }
  if (result->reg == TtNoRegister)
    return false;
  mark(file, result->reg, result->tiles, true);
  return true;
}

static void release(const TtRegisterPlan *plan, const Interval *intervals,
                    RegisterFile *file, int s) {
  for (int v = 0; v < plan->numValues; ++v) {
    const TtRegisterValue *value = &plan->values[v];
    if (value->reg == TtNoRegister || intervals[v].last != s)
      continue;
    bool taken = false; // a result written over it lives on in its registers
    for (int w = 0; w < plan->numValues && !taken; ++w)
      taken = w != v && plan->values[w].reg == value->reg &&
              intervals[w].first == s && intervals[w].last > s;
    if (!taken)
      mark(file, value->reg, value->tiles, false);
  }
}

int ttPlanRegisters(TtRegisterPlan *plan, int capacity) {
  for (int v = 0; v < plan->numValues; ++v)
    plan->values[v].reg = TtNoRegister;
  Interval *intervals = liveIntervals(plan);
  RegisterFile file = {capacity, 0, calloc((size_t)capacity + 1, 1),
                       calloc((size_t)capacity + 1, 1)};
  bool fits = true;
  for (int s = 0; s < plan->numSteps && fits; ++s) {
    plan->steps[s].mustFill = false;
    if (plan->steps[s].result != TtNoRegister)
      fits = define(plan, intervals, &file, s);
    if (fits)
      release(plan, intervals, &file, s);
  }
  free(intervals);
  free(file.busy);
  free(file.dirty);
  return fits ? file.used : -1;
}
