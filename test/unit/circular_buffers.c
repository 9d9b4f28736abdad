// The plan of circular buffers on random requests against all choices of
// depths.
//
// RUN: %unit/circular_buffers

#include "plan/circular_buffers.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MaxBuffers = 70 };

static uint64_t state;

static int64_t randomBelow(int64_t bound) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (int64_t)((state >> 33) % (uint64_t)bound);
}

static void randomRequests(int64_t count, TtCBRequest *requests) {
  for (int64_t i = 0; i < count; ++i) {
    int64_t minDepth = 1 + randomBelow(2);
    requests[i] = (TtCBRequest){.kind = (TtCBClass)randomBelow(3),
                                .pageBytes = 1024 << randomBelow(3),
                                .blockPages = 1 + randomBelow(16),
                                .minDepth = minDepth,
                                .depth = minDepth + randomBelow(3),
                                .id = -1};
  }
}

static int64_t bytesAt(const TtCBRequest *request, int64_t depth) {
  return request->pageBytes * request->blockPages * depth;
}

static int64_t sum(int64_t count, const TtCBRequest *requests, bool least) {
  int64_t total = 0;
  for (int64_t i = 0; i < count; ++i)
    total +=
        bytesAt(&requests[i], least ? requests[i].minDepth : requests[i].depth);
  return total;
}

static int64_t firstOf(TtCBClass kind) {
  return kind == TtCBInput ? 0 : kind == TtCBOutput ? 16 : 24;
}

// Ids are distinct, and each is the first that was free from its class's start.
static void checkIds(int64_t count, const TtCBRequest *requests,
                     int64_t maxIds) {
  bool taken[MaxBuffers] = {false};
  for (int64_t i = 0; i < count; ++i) {
    int64_t id = requests[i].id;
    assert_in_range(id, 0, maxIds - 1);
    assert_false(taken[id]);
    int64_t free = firstOf(requests[i].kind);
    while (taken[free % maxIds])
      ++free;
    assert_int_equal(id, free % maxIds);
    taken[id] = true;
  }
}

static void checkDepths(int64_t count, const TtCBRequest *before,
                        const TtCBRequest *after, int64_t budget) {
  int64_t total = sum(count, after, false);
  assert_true(total <= budget);
  bool fitted = sum(count, before, false) <= budget;
  int64_t smallestCut = INT64_MAX;
  for (int64_t i = 0; i < count; ++i) {
    assert_in_range(after[i].depth, before[i].minDepth, before[i].depth);
    if (after[i].depth < before[i].depth) {
      assert_false(fitted);
      if (bytesAt(&after[i], 1) < smallestCut)
        smallestCut = bytesAt(&after[i], 1);
    }
  }
  // Nothing is taken beyond what the budget asks: of all cuts, at least one
  // could not be given back.
  if (smallestCut < INT64_MAX) {
    bool needed = false;
    for (int64_t i = 0; i < count; ++i)
      needed = needed || (after[i].depth < before[i].depth &&
                          total + bytesAt(&after[i], 1) > budget);
    assert_true(needed);
  }
}

static void fitsWheneverItCan(void **unused) {
  (void)unused;
  int results[3] = {0, 0, 0};
  for (int round = 0; round < 20000; ++round) {
    TtCBRequest before[MaxBuffers], after[MaxBuffers];
    int64_t maxIds = round % 2 ? 32 : 64;
    int64_t count = 1 + randomBelow(round % 5 ? 6 : 66);
    randomRequests(count, before);
    memcpy(after, before, sizeof after);
    int64_t budget = randomBelow(count * 96 * 1024);
    TtCBPlanResult result = ttPlanCircularBuffers(count, after, maxIds, budget);
    ++results[result];
    if (count > maxIds) {
      assert_int_equal(result, TtCBPlanTooMany);
      continue;
    }
    checkIds(count, after, maxIds);
    // The least depths fit, or nothing does.
    bool possible = sum(count, before, true) <= budget;
    assert_int_equal(result, possible ? TtCBPlanOk : TtCBPlanTooLarge);
    if (possible)
      checkDepths(count, before, after, budget);
    else
      assert_int_equal(sum(count, after, false), sum(count, before, true));
  }
  for (int i = 0; i < 3; ++i)
    assert_true(results[i] > 100);
}

static void numbersByClass(void **unused) {
  (void)unused;
  TtCBRequest r[] = {{TtCBInput, 2048, 1, 1, 2, -1},
                     {TtCBOutput, 2048, 1, 1, 2, -1},
                     {TtCBInput, 2048, 1, 1, 2, -1},
                     {TtCBIntermediate, 2048, 1, 1, 1, -1}};
  assert_int_equal(ttPlanCircularBuffers(4, r, 32, 1 << 20), TtCBPlanOk);
  assert_int_equal(r[0].id, 0);
  assert_int_equal(r[1].id, 16);
  assert_int_equal(r[2].id, 1);
  assert_int_equal(r[3].id, 24);
}

// What 64 bits do not count is too large, and what is far too deep is lowered
// at once.
static void takesAnyNumbers(void **unused) {
  (void)unused;
  TtCBRequest r[] = {{TtCBInput, 4096, INT32_MAX, 1, INT32_MAX, -1},
                     {TtCBOutput, 4096, INT32_MAX, 1, INT32_MAX, -1}};
  assert_int_equal(ttPlanCircularBuffers(2, r, 32, 1 << 20), TtCBPlanTooLarge);
  TtCBRequest deep[] = {{TtCBInput, 2048, 1, 1, INT64_MAX / 4096, -1},
                        {TtCBOutput, 2048, 1, 1, 2, -1}};
  assert_int_equal(ttPlanCircularBuffers(2, deep, 32, 1 << 20), TtCBPlanOk);
  assert_int_equal(deep[0].depth, 510);
  assert_int_equal(deep[1].depth, 2);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(fitsWheneverItCan),
      cmocka_unit_test(numbersByClass),
      cmocka_unit_test(takesAnyNumbers),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
