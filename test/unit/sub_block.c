// The choice of sub-blocks against all divisors.
//
// RUN: %unit/sub_block

#include "plan/sub_block.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

typedef struct {
  int64_t capacity, maxRows;
} Limit;

static bool fits(TtSubBlockShape shape, void *data) {
  const Limit *limit = data;
  return shape.rows * shape.cols <= limit->capacity &&
         shape.rows <= limit->maxRows;
}

static bool inOneRun(TtSubBlockShape shape, int64_t cols) {
  return shape.rows == 1 || shape.cols == cols;
}

// Whether `a` comes before `b` by the documented preference.
static bool before(TtSubBlockShape a, TtSubBlockShape b, int64_t cols) {
  int64_t keysA[] = {-a.rows * a.cols, !inOneRun(a, cols),
                     llabs(a.rows - a.cols), -a.cols};
  int64_t keysB[] = {-b.rows * b.cols, !inOneRun(b, cols),
                     llabs(b.rows - b.cols), -b.cols};
  for (int i = 0; i < 4; ++i)
    if (keysA[i] != keysB[i])
      return keysA[i] < keysB[i];
  return false;
}

static void check(int64_t rows, int64_t cols, Limit limit) {
  TtSubBlockShape got = ttPlanSubBlock(rows, cols, 144, fits, &limit);
  bool any = false;
  for (int64_t h = 1; h <= rows; ++h)
    for (int64_t w = 1; w <= cols; ++w) {
      TtSubBlockShape shape = {h, w};
      if (rows % h || cols % w || !fits(shape, &limit))
        continue;
      any = true;
      assert_false(before(shape, got, cols));
    }
  if (!any) {
    assert_int_equal(got.rows, 0);
    assert_int_equal(got.cols, 0);
    return;
  }
  assert_true(fits(got, &limit));
  assert_int_equal(rows % got.rows, 0);
  assert_int_equal(cols % got.cols, 0);
}

static void isTheBestDivisor(void **unused) {
  (void)unused;
  for (int64_t rows = 1; rows <= 12; ++rows)
    for (int64_t cols = 1; cols <= 12; ++cols)
      for (int64_t capacity = 0; capacity <= 16; ++capacity)
        for (int64_t maxRows = 0; maxRows <= 4; ++maxRows)
          check(rows, cols, (Limit){capacity, maxRows});
}

static void prefersConsecutiveTiles(void **unused) {
  (void)unused;
  Limit limit = {4, 16};
  TtSubBlockShape row = ttPlanSubBlock(8, 8, 16, fits, &limit);
  assert_int_equal(row.rows, 1);
  assert_int_equal(row.cols, 4);
  TtSubBlockShape rows = ttPlanSubBlock(8, 2, 16, fits, &limit);
  assert_int_equal(rows.rows, 2);
  assert_int_equal(rows.cols, 2);
}

static void stopsAtTheMost(void **unused) {
  (void)unused;
  Limit limit = {16, 16};
  TtSubBlockShape small = ttPlanSubBlock(8, 8, 8, fits, &limit);
  assert_int_equal(small.rows * small.cols, 8);
  // Does not look at every shape of a block that is far too large.
  TtSubBlockShape huge = ttPlanSubBlock(INT64_MAX, INT64_MAX, 8, fits, &limit);
  assert_int_equal(huge.rows * huge.cols, 7);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(isTheBestDivisor),
      cmocka_unit_test(prefersConsecutiveTiles),
      cmocka_unit_test(stopsAtTheMost),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
