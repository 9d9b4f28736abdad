// The register planner on random sections: what it assigns is executed, trip by
// trip, and small ones are compared with the best of all assignments.
//
// RUN: %unit/registers

#include "plan/registers.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MaxSteps = 64, MaxValues = 64, MaxRegisters = 64 };

static uint64_t state;

static int randomBelow(int bound) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (int)((state >> 33) % (uint64_t)bound);
}

//===- random sections ----------------------------------------------------===//

typedef struct {
  TtRegisterPlan plan;
  TtRegisterValue values[MaxValues];
  TtRegisterStep steps[MaxSteps];
  int yielded[MaxValues];
  int visible[MaxValues]; // values that a step may use here
  int numVisible;
  int tiles;       // of most values
  bool mixedSizes; // some take one register
} Section;

static int newValue(Section *s, int tiles) {
  s->values[s->plan.numValues] = (TtRegisterValue){tiles, TtNoRegister};
  s->visible[s->numVisible++] = s->plan.numValues;
  return s->plan.numValues++;
}

static TtRegisterStep *newStep(Section *s) {
  TtRegisterStep *step = &s->steps[s->plan.numSteps++];
  *step = (TtRegisterStep){.result = TtNoRegister};
  return step;
}

static void addCompute(Section *s) {
  TtRegisterStep *step = newStep(s);
  int wanted = randomBelow(3);
  for (int i = 0; i < wanted && s->numVisible; ++i)
    step->operands[step->numOperands++] =
        s->visible[randomBelow(s->numVisible)];
  step->overwrites = (unsigned)randomBelow(4);
  step->accumulates = step->numOperands == 0 && randomBelow(2);
  bool one = s->mixedSizes && randomBelow(3) == 0;
  step->result = newValue(s, one ? 1 : s->tiles);
}

// A fill, a loop whose last computation accumulates onto it, and what else the
// body does. The accumulator's steps name one value.
static void addLoop(Section *s, int depth) {
  TtRegisterStep *fill = newStep(s);
  fill->accumulates = randomBelow(2);
  int accumulator = fill->result = newValue(s, s->tiles);
  int begin = s->plan.numSteps, outside = --s->numVisible;
  newStep(s);
  for (int n = randomBelow(3); n > 0; --n) {
    if (depth > 0 && randomBelow(3) == 0)
      addLoop(s, depth - 1);
    else
      addCompute(s);
  }
  TtRegisterStep *accumulate = newStep(s);
  accumulate->numOperands = 1;
  accumulate->operands[0] = accumulate->result = accumulator;
  if (s->numVisible) {
    accumulate->operands[1] = s->visible[randomBelow(s->numVisible)];
    accumulate->numOperands = 2;
  }
  newStep(s);
  s->steps[begin].loopEnd = s->plan.numSteps;
  s->numVisible = outside;
  s->visible[s->numVisible++] = accumulator;
}

static void randomSection(Section *s, int length, bool loops, bool mixed) {
  memset(s, 0, sizeof *s);
  s->tiles = 1 + randomBelow(3);
  s->mixedSizes = mixed;
  for (int i = 0; i < length; ++i) {
    if (loops && randomBelow(3) == 0)
      addLoop(s, 1);
    else
      addCompute(s);
  }
  for (int i = 0; i < s->numVisible; ++i)
    if (randomBelow(4) == 0)
      s->yielded[s->plan.numYielded++] = s->visible[i];
  s->plan.values = s->values;
  s->plan.steps = s->steps;
  s->plan.yielded = s->yielded;
}

//===- execution ----------------------------------------------------------===//

typedef struct {
  int holds[MaxRegisters]; // value, or -1
  bool dirty[MaxRegisters];
} Registers;

static void expectHolds(const Section *s, const Registers *r, int value) {
  for (int t = 0; t < s->values[value].tiles; ++t)
    assert_int_equal(r->holds[s->values[value].reg + t], value);
}

static void executeStep(const Section *s, const TtRegisterStep *step,
                        Registers *r, int used) {
  for (int i = 0; i < step->numOperands; ++i)
    expectHolds(s, r, step->operands[i]);
  if (step->result == TtNoRegister)
    return;
  const TtRegisterValue *result = &s->values[step->result];
  assert_true(result->reg >= 0 && result->reg + result->tiles <= used);
  for (int t = 0; t < result->tiles; ++t) {
    if (step->accumulates && !step->mustFill)
      assert_false(r->dirty[result->reg + t]);
    r->holds[result->reg + t] = step->result;
    r->dirty[result->reg + t] = true;
  }
}

static void execute(const Section *s, int first, int end, int trips,
                    Registers *r, int used) {
  for (int i = first; i < end; ++i) {
    const TtRegisterStep *step = &s->steps[i];
    if (!step->loopEnd) {
      executeStep(s, step, r, used);
      continue;
    }
    for (int trip = 0; trip < trips; ++trip)
      execute(s, i + 1, step->loopEnd, trips, r, used);
    i = step->loopEnd - 1;
  }
}

static void runsRight(void **unused) {
  (void)unused;
  int planned = 0;
  for (int round = 0; round < 20000; ++round) {
    Section s;
    randomSection(&s, 1 + randomBelow(5), round % 4, round % 2);
    int capacity = 1 + randomBelow(16);
    int used = ttPlanRegisters(&s.plan, capacity);
    if (used < 0)
      continue;
    ++planned;
    assert_true(used <= capacity);
    for (int trips = 0; trips <= 2; ++trips) {
      Registers r;
      memset(&r, 0, sizeof r);
      memset(r.holds, -1, sizeof r.holds);
      execute(&s, 0, s.plan.numSteps, trips, &r, used);
      for (int i = 0; i < s.plan.numYielded; ++i)
        expectHolds(&s, &r, s.yielded[i]);
    }
  }
  assert_true(planned > 5000);
}

//===- the best assignment ------------------------------------------------===//

// Straight-line sections: whether some choice of registers runs within
// `capacity`, by trying all.
static bool liveAfter(const Section *s, int value, int step) {
  for (int i = 0; i < s->plan.numYielded; ++i)
    if (s->yielded[i] == value)
      return true;
  for (int i = step + 1; i < s->plan.numSteps; ++i)
    for (int o = 0; o < s->steps[i].numOperands; ++o)
      if (s->steps[i].operands[o] == value)
        return true;
  return false;
}

// Whether the result may be put on registers that hold `value` now.
static bool mayTake(const Section *s, int step, int value) {
  const TtRegisterStep *now = &s->steps[step];
  bool operand = false, overwrite = false;
  for (int o = 0; o < now->numOperands; ++o) {
    operand = operand || now->operands[o] == value;
    overwrite =
        overwrite || (now->operands[o] == value && (now->overwrites >> o & 1U));
  }
  if (liveAfter(s, value, step))
    return false;
  return !operand ||
         (overwrite && s->values[value].tiles == s->values[now->result].tiles);
}

static bool placeFrom(Section *s, int step, int capacity, const int *holds) {
  if (step == s->plan.numSteps)
    return true;
  int result = s->steps[step].result, tiles = s->values[result].tiles;
  for (int reg = 0; reg + tiles <= capacity; ++reg) {
    bool possible = true;
    for (int t = 0; t < tiles && possible; ++t) {
      int value = holds[reg + t];
      possible = value < 0 || mayTake(s, step, value);
      // Tile by tile, an operand is overwritten in its own place only.
      if (possible && value >= 0)
        for (int o = 0; o < s->steps[step].numOperands; ++o)
          if (s->steps[step].operands[o] == value)
            possible = s->values[value].reg == reg;
    }
    if (!possible)
      continue;
    int next[MaxRegisters];
    memcpy(next, holds, sizeof next);
    for (int t = 0; t < tiles; ++t)
      next[reg + t] = result;
    s->values[result].reg = reg;
    if (placeFrom(s, step + 1, capacity, next))
      return true;
  }
  return false;
}

static void usesNoMoreThanTheBest(void **unused) {
  (void)unused;
  for (int round = 0; round < 4000; ++round) {
    Section s;
    randomSection(&s, 1 + randomBelow(6), false, false);
    for (int capacity = 1; capacity <= 8; ++capacity) {
      int none[MaxRegisters];
      memset(none, -1, sizeof none);
      bool fits = ttPlanRegisters(&s.plan, capacity) >= 0;
      assert_int_equal(fits, placeFrom(&s, 0, capacity, none));
    }
  }
}

static void fillsOnlyWhereItMust(void **unused) {
  (void)unused;
  TtRegisterValue values[] = {{2, 0}, {2, 0}, {2, 0}};
  // Clean, clean, then onto what the first has left.
  TtRegisterStep steps[] = {
      {.result = 0, .accumulates = true},
      {.numOperands = 1, .operands = {0}, .result = 1, .accumulates = true},
      {.numOperands = 1, .operands = {1}, .result = 2, .accumulates = true}};
  int yielded[] = {2};
  TtRegisterPlan plan = {3, values, 3, steps, 1, yielded};
  assert_int_equal(ttPlanRegisters(&plan, 6), 6);
  assert_false(steps[0].mustFill || steps[1].mustFill || steps[2].mustFill);
  assert_int_equal(ttPlanRegisters(&plan, 4), 4);
  assert_false(steps[0].mustFill || steps[1].mustFill);
  assert_true(steps[2].mustFill);
  assert_int_equal(ttPlanRegisters(&plan, 3), -1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(runsRight),
      cmocka_unit_test(usesNoMoreThanTheBest),
      cmocka_unit_test(fillsOnlyWhereItMust),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
