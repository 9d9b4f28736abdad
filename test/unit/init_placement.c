// The placement of inits and reconfigs on random kernels: each is executed,
// with every choice of trip counts of its loops from 0 to 2, on the state
// machine of the hardware.
//
// RUN: %unit/init_placement

#include "plan/init_placement.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MaxNodes = 24, MaxLoops = 3 };

static uint64_t state;

static int randomBelow(int bound) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (int)((state >> 33) % (uint64_t)bound);
}

//===- random kernels -----------------------------------------------------===//

typedef struct {
  TtInitNode nodes[MaxNodes];
  int numNodes, numLoops;
  int entry[TtNumSlots];
  const TtInitAction *actions;
  int numActions;
} Kernel;

// Keys of the Fpu slot stand for one operation on one pair of formats, as in
// the pass: key = 1 + operation * 4 + srcA * 2 + srcB. Operation 0 is matmul.
static void addCall(Kernel *k) {
  TtInitNode *node = &k->nodes[k->numNodes++];
  *node = (TtInitNode){0};
  switch (randomBelow(4)) {
  case 0:
    node->needs[TtSlotSfpu] = 1 + randomBelow(3);
    break;
  case 1:
    node->needs[TtSlotPack] = 1 + randomBelow(2);
    break;
  default: {
    int operation = randomBelow(3), a = randomBelow(2), b = randomBelow(2);
    node->needs[TtSlotSrcA] = 1 + a;
    if (operation < 2) // the third reads SrcA only
      node->needs[TtSlotSrcB] = 1 + b;
    else
      b = 0;
    node->needs[TtSlotFpu] = 1 + operation * 4 + a * 2 + b;
    node->fragile = operation == 0;
  }
  }
}

static void addBody(Kernel *k, int length, int depth) {
  for (int i = 0; i < length; ++i) {
    bool loop = k->numLoops < MaxLoops && depth < 2 &&
                k->numNodes + 6 < MaxNodes && randomBelow(3) == 0;
    if (!loop) {
      if (k->numNodes + 2 < MaxNodes)
        addCall(k);
      continue;
    }
    int index = k->numNodes++;
    k->nodes[index] = (TtInitNode){0};
    ++k->numLoops;
    addBody(k, 1 + randomBelow(3), depth + 1);
    k->nodes[index].loopEnd = k->numNodes;
  }
}

static void randomKernel(Kernel *k, int length) {
  memset(k, 0, sizeof *k);
  addBody(k, length, 0);
  for (int slot = 0; slot < TtNumSlots; ++slot)
    k->entry[slot] = TtKeyUnknown;
  if (randomBelow(2))
    for (int slot = 0; slot <= TtSlotPack; ++slot)
      k->entry[slot] = 1 + randomBelow(2);
}

//===- the hardware -------------------------------------------------------===//

typedef struct {
  const Kernel *kernel;
  int skip; // an action left out, or -1
  int trips[MaxNodes];
  int slots[TtNumSlots];
  bool matmul; // the Fpu slot holds a matmul
  bool wrong;
  int executed;
} Run;

static void programSlot(Run *run, const TtInitAction *action) {
  const TtInitNode *source = &run->kernel->nodes[action->source];
  run->slots[action->slot] = source->needs[action->slot];
  ++run->executed;
  bool format = action->slot == TtSlotSrcA || action->slot == TtSlotSrcB;
  if (format || (action->slot == TtSlotSfpu && run->matmul))
    run->slots[TtSlotFpu] = TtKeyUnknown;
  if (action->slot == TtSlotFpu) {
    run->matmul = source->fragile;
    // An init takes the formats as they are: they must be right before it.
    for (int slot = TtSlotSrcA; slot <= TtSlotSrcB; ++slot)
      if (source->needs[slot] && run->slots[slot] != source->needs[slot])
        run->slots[TtSlotFpu] = TtKeyUnknown;
  }
}

static void programBefore(Run *run, int node) {
  for (int i = 0; i < run->kernel->numActions; ++i)
    if (run->kernel->actions[i].before == node && i != run->skip)
      programSlot(run, &run->kernel->actions[i]);
}

static void runNodes(Run *run, int first, int end) {
  for (int n = first; n < end; ++n) {
    const TtInitNode *node = &run->kernel->nodes[n];
    programBefore(run, n);
    if (node->loopEnd) {
      for (int trip = 0; trip < run->trips[n]; ++trip)
        runNodes(run, n + 1, node->loopEnd);
      n = node->loopEnd - 1;
      continue;
    }
    for (int slot = 0; slot < TtNumSlots; ++slot)
      if (node->needs[slot] && run->slots[slot] != node->needs[slot])
        run->wrong = true;
  }
}

// Whether every choice of trip counts finds what it needs.
static bool alwaysRight(const Kernel *k, int skip) {
  int combinations = 1;
  for (int i = 0; i < k->numLoops; ++i)
    combinations *= 3;
  for (int c = 0; c < combinations; ++c) {
    Run run = {.kernel = k, .skip = skip};
    int rest = c;
    for (int n = 0; n < k->numNodes; ++n)
      if (k->nodes[n].loopEnd) {
        run.trips[n] = rest % 3;
        rest /= 3;
      }
    memcpy(run.slots, k->entry, sizeof run.slots);
    runNodes(&run, 0, k->numNodes);
    if (run.wrong)
      return false;
  }
  return true;
}

//===- properties ---------------------------------------------------------===//

// The innermost loop around a node, or -1.
static int loopAround(const Kernel *k, int node) {
  int loop = -1;
  for (int n = 0; n < node; ++n)
    if (k->nodes[n].loopEnd > node)
      loop = n;
  return loop;
}

// Whether the calls of the loop differ in what they need in `slot`, or what
// they program there spoils each other's.
static bool varies(const Kernel *k, int loop, TtStateSlot slot) {
  int key = TtKeyNone;
  bool fragile = false;
  for (int n = loop + 1; n < k->nodes[loop].loopEnd; ++n) {
    int need = k->nodes[n].needs[slot];
    fragile = fragile || k->nodes[n].fragile;
    if (need && key && need != key)
      return true;
    key = need ? need : key;
  }
  if (slot != TtSlotFpu)
    return false;
  return varies(k, loop, TtSlotSrcA) || varies(k, loop, TtSlotSrcB) ||
         (fragile && varies(k, loop, TtSlotSfpu));
}

static void checkHoisted(const Kernel *k) {
  for (int i = 0; i < k->numActions; ++i) {
    int loop = loopAround(k, k->actions[i].before);
    if (loop >= 0)
      assert_true(varies(k, loop, k->actions[i].slot));
  }
}

static void everyCallFindsItsState(void **unused) {
  (void)unused;
  for (int round = 0; round < 20000; ++round) {
    Kernel k;
    randomKernel(&k, 1 + randomBelow(8));
    TtInitAction *actions =
        ttPlanInits(k.numNodes, k.nodes, k.entry, &k.numActions);
    k.actions = actions;
    assert_true(alwaysRight(&k, -1));
    checkHoisted(&k);
    free(actions);
  }
}

static void nothingCanBeLeftOut(void **unused) {
  (void)unused;
  for (int round = 0; round < 20000; ++round) {
    Kernel k;
    randomKernel(&k, 1 + randomBelow(6));
    TtInitAction *actions =
        ttPlanInits(k.numNodes, k.nodes, k.entry, &k.numActions);
    k.actions = actions;
    for (int i = 0; i < k.numActions; ++i)
      assert_false(alwaysRight(&k, i));
    free(actions);
  }
}

// An element-wise loop: SFPU first, then matmul, both in front of the loop.
static void sfpuComesBeforeMatmul(void **unused) {
  (void)unused;
  TtInitNode nodes[] = {
      {.loopEnd = 3},
      {.needs = {1, 1, 0, 0, 1}, .fragile = true},
      {.needs = {0, 0, 0, 1, 0}},
  };
  int entry[TtNumSlots] = {1, 1, 1, TtKeyUnknown, TtKeyUnknown};
  int count;
  TtInitAction *actions = ttPlanInits(3, nodes, entry, &count);
  assert_int_equal(count, 2);
  assert_int_equal(actions[0].slot, TtSlotSfpu);
  assert_int_equal(actions[1].slot, TtSlotFpu);
  assert_int_equal(actions[0].before, 0);
  assert_int_equal(actions[1].before, 0);
  free(actions);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(everyCallFindsItsState),
      cmocka_unit_test(nothingCanBeLeftOut),
      cmocka_unit_test(sfpuComesBeforeMatmul),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
