// The placement of inits, reconfigs and uninits, on random kernels and on those
// that are recorded from the pipeline (record_calls.py).
//
// Each placement is executed, with every choice of trip counts of its loops
// from 0 to 2, on the state machine of the hardware; leaving out any one action
// must break it; and it must cost what the best of all placements costs, which
// a search over all states at all places finds.
//
// RUN: %unit/init_placement

#include "inputs/init_kernels.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

//===- properties ---------------------------------------------------------===//

static void everyCallFindsItsState(void **unused) {
  (void)unused;
  for (int round = 0; round < 20000; ++round) {
    Kernel k;
    randomKernel(&k, 1 + randomBelow(8));
    assert_true(alwaysRight(&k, -1));
    free(k.actions);
  }
}

static void nothingCanBeLeftOut(void **unused) {
  (void)unused;
  for (int round = 0; round < 5000; ++round) {
    Kernel k;
    randomKernel(&k, 1 + randomBelow(6));
    for (int i = 0; i < k.numActions; ++i)
      assert_false(alwaysRight(&k, i));
    free(k.actions);
  }
}

static void noPlacementIsBetter(void **unused) {
  (void)unused;
  for (int round = 0; round < 60; ++round) {
    Kernel k;
    randomKernel(&k, 1 + randomBelow(5));
    assert_int_equal(costOf(&k), searchKernel(&k));
    free(k.actions);
  }
}

// SFPU first, then matmul, both in front of the loop.
static void sfpuComesBeforeMatmul(void **unused) {
  (void)unused;
  Kernel k = {
      .plan = {3, NULL, 1, NULL, {1, 1}},
      .nodes = {{3, 0, {0}},
                {.needs = {[TtSlotFpu] = 1}},
                {.needs = {[TtSlotSfpu] = 1}}},
      .operations = {{1, 1, TtKeyNone, true, false}},
  };
  planKernel(&k);
  assert_int_equal(k.numActions, 2);
  for (int i = 0; i < 2; ++i) {
    assert_int_equal(k.actions[i].slot, i ? TtSlotFpu : TtSlotSfpu);
    assert_int_equal(k.actions[i].place, 0);
    assert_false(k.actions[i].atEnd);
  }
  free(k.actions);
}

// A whole tile packed in front of a reduced one: the mask is set again.
static void theMaskComesBack(void **unused) {
  (void)unused;
  Kernel k = {
      .plan = {4, NULL, 1, NULL, {1, 1, 1}},
      .nodes = {{.needs = {[TtSlotFpu] = 1}},
                {.needs = {[TtSlotPack] = 1, [TtSlotMask] = TtMaskOff}},
                {.needs = {[TtSlotPack] = 1, [TtSlotMask] = 2}},
                {.needs = {[TtSlotPack] = 1, [TtSlotMask] = TtMaskOff}}},
      .operations = {{1, 1, 2, false, false}},
  };
  planKernel(&k);
  assert_true(alwaysRight(&k, -1));
  assert_int_equal(k.numActions, 4);
  free(k.actions);
}

//===- recorded kernels ---------------------------------------------------===//

static int number(FILE *file) {
  int value;
  assert_int_equal(fscanf(file, "%d", &value), 1);
  return value;
}

static void readNodes(FILE *file, Kernel *k, int *actions, int weight) {
  char word[16];
  while (fscanf(file, "%15s", word) == 1 && strcmp(word, "end") != 0) {
    if (strcmp(word, "action") == 0) {
      *actions += weight;
      continue;
    }
    int index = k->plan.numNodes;
    assert_true(index < MaxNodes);
    TtInitNode *node = addNode(k);
    if (strcmp(word, "loop") == 0) {
      int trips = node->trips = number(file);
      readNodes(file, k, actions, weight * (trips ? trips : TtAssumedTrips));
      k->nodes[index].loopEnd = k->plan.numNodes;
      continue;
    }
    assert_string_equal(word, "call");
    for (int slot = 0; slot < TtNumSlots; ++slot)
      node->needs[slot] = number(file);
  }
}

static const char *recorded;

// What the pass has put into the kernel costs what the best placement costs.
static void recordedKernelsAreBest(void **unused) {
  (void)unused;
  FILE *file = fopen(recorded, "r");
  assert_non_null(file);
  int kernels = 0;
  for (char word[16]; fscanf(file, "%15s", word) == 1; ++kernels) {
    Kernel k;
    memset(&k, 0, sizeof k);
    assert_string_equal(word, "kernel");
    for (int slot = 0; slot <= TtSlotPack; ++slot)
      k.plan.entry[slot] = number(file);
    k.plan.numOperations = number(file);
    assert_true(k.plan.numOperations <= MaxOperations);
    for (int i = 0; i < k.plan.numOperations; ++i) {
      TtFpuOperation *op = &k.operations[i];
      op->srcA = number(file);
      op->srcB = number(file);
      op->mask = number(file);
      op->fragile = number(file);
      op->ends = number(file);
    }
    int actions = 0;
    readNodes(file, &k, &actions, 1);
    assert_int_equal(actions, searchKernel(&k));
  }
  fclose(file);
  assert_true(kernels > 0);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(everyCallFindsItsState),
      cmocka_unit_test(nothingCanBeLeftOut),
      cmocka_unit_test(noPlacementIsBetter),
      cmocka_unit_test(sfpuComesBeforeMatmul),
      cmocka_unit_test(theMaskComesBack),
  };
  const struct CMUnitTest ofFile[] = {
      cmocka_unit_test(recordedKernelsAreBest),
  };
  if (argc < 2)
    return cmocka_run_group_tests(tests, NULL, NULL);
  recorded = argv[1];
  return cmocka_run_group_tests(ofFile, NULL, NULL);
}
