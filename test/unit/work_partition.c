// The partition planner against brute force on random grids.
//
// RUN: %unit/work_partition

#include "plan/work_partition.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static uint64_t state;

static int64_t randomBelow(int64_t bound) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (int64_t)((state >> 33) % (uint64_t)bound);
}

static WorkGrid randomGrid(void) {
  WorkGrid grid = {.rank = (int)(1 + randomBelow(4))};
  for (int i = 0; i < grid.rank; ++i)
    grid.extents[i] = 1 + randomBelow(9);
  grid.order = (WorkOrder)randomBelow(3);
  grid.rectRows = 1 + randomBelow(5);
  grid.rectCols = 1 + randomBelow(5);
  return grid;
}

static int64_t rowMajorNumber(const WorkGrid *grid, const int64_t *block) {
  int64_t number = 0;
  for (int i = 0; i < grid->rank; ++i) {
    assert_in_range(block[i], 0, grid->extents[i] - 1);
    number = number * grid->extents[i] + block[i];
  }
  return number;
}

// Where a block comes in the order: keys from most to least significant.
static void sortKeys(const WorkGrid *grid, const int64_t *block,
                     int64_t *keys) {
  int last = grid->rank - 1;
  memset(keys, 0, 8 * sizeof *keys);
  for (int i = 0; i < last - 1; ++i)
    keys[i] = block[i];
  int64_t row = last > 0 ? block[last - 1] : 0, col = block[last];
  int64_t *k = keys + 4;
  if (grid->order == WorkRectangles && last > 0) {
    k[0] = row / grid->rectRows;
    k[1] = col / grid->rectCols;
  }
  k[2] = grid->order == WorkColumnMajor ? col : row;
  k[3] = grid->order == WorkColumnMajor ? row : col;
}

static int compareKeys(const int64_t *a, const int64_t *b) {
  for (int i = 0; i < 8; ++i) {
    if (a[i] != b[i])
      return a[i] < b[i] ? -1 : 1;
  }
  return 0;
}

static void numberingIsABijectionInOrder(void **unused) {
  (void)unused;
  for (int round = 0; round < 2000; ++round) {
    WorkGrid grid = randomGrid();
    WorkNumbering numbering;
    workNumber(&grid, &numbering);
    int64_t items = workGridItems(&grid);
    char *seen = calloc((size_t)items, 1);
    int64_t keys[2][8], block[WorkMaxRank];
    for (int64_t item = 0; item < items; ++item) {
      workItemBlock(&numbering, item, block);
      int64_t number = rowMajorNumber(&grid, block);
      assert_int_equal(seen[number], 0);
      seen[number] = 1;
      sortKeys(&grid, block, keys[item % 2]);
      if (item > 0)
        assert_int_equal(compareKeys(keys[(item + 1) % 2], keys[item % 2]), -1);
    }
    free(seen);
  }
}

static void checkCores(const WorkPlan *plan, int64_t columns, int64_t rows) {
  int64_t next = 0;
  for (int64_t i = 0; i < plan->numCores; ++i) {
    const WorkCore *core = &plan->cores[i];
    assert_int_equal(core->y * columns + core->x, i);
    assert_in_range(core->x, 0, columns - 1);
    assert_in_range(core->y, 0, rows - 1);
    assert_int_equal(core->start, next);
    assert_true(core->count >= 1);
    next += core->count;
  }
  assert_int_equal(next, plan->items);
}

static void checkBalanced(WorkGrid grid, int64_t columns, int64_t rows) {
  WorkPlan plan;
  assert_true(workPlanBalanced(&grid, columns, rows, &plan));
  int64_t items = workGridItems(&grid), cores = columns * rows;
  assert_int_equal(plan.items, items);
  assert_int_equal(plan.numCores, items < cores ? items : cores);
  checkCores(&plan, columns, rows);
  int64_t least = INT64_MAX, most = 0;
  for (int64_t i = 0; i < plan.numCores; ++i) {
    int64_t count = plan.cores[i].count;
    least = count < least ? count : least;
    most = count > most ? count : most;
  }
  assert_true(most - least <= 1);
  workPlanFree(&plan);
}

static void balancedPlansCoverEveryItemOnce(void **unused) {
  (void)unused;
  for (int round = 0; round < 2000; ++round)
    checkBalanced(randomGrid(), 1 + randomBelow(12), 1 + randomBelow(10));
}

static void edgesOfThePartition(void **unused) {
  (void)unused;
  const int64_t items[] = {1, 7, 63, 64, 65, 128, 1000};
  for (size_t i = 0; i < sizeof items / sizeof *items; ++i) {
    WorkGrid grid = {.rank = 1, .extents = {items[i]}};
    checkBalanced(grid, 8, 8);
    checkBalanced(grid, 2, 2);
    checkBalanced(grid, 1, 1);
  }
}

static void ownersComputeTheirRectangle(void **unused) {
  (void)unused;
  for (int round = 0; round < 2000; ++round) {
    WorkGrid grid = randomGrid();
    grid.order = WorkRectangles;
    if (grid.rank == 1)
      grid.rectRows = 1;
    int64_t columns = 1 + randomBelow(8), rows = 1 + randomBelow(8);
    WorkPlan plan;
    bool planned = workPlanOwners(&grid, columns, rows, &plan);
    assert_int_equal(planned, workGridRectangles(&grid) <= columns * rows);
    if (!planned)
      continue;
    checkCores(&plan, columns, rows);
    WorkNumbering numbering;
    workNumber(&grid, &numbering);
    for (int64_t i = 0; i < plan.numCores; ++i) {
      int64_t first[WorkMaxRank], block[WorkMaxRank];
      const WorkCore *core = &plan.cores[i];
      workItemBlock(&numbering, core->start, first);
      for (int64_t item = 0; item < core->count; ++item) {
        workItemBlock(&numbering, core->start + item, block);
        int last = grid.rank - 1;
        assert_int_equal(block[last] / grid.rectCols,
                         first[last] / grid.rectCols);
        if (last > 0)
          assert_int_equal(block[last - 1] / grid.rectRows,
                           first[last - 1] / grid.rectRows);
      }
    }
    workPlanFree(&plan);
  }
}

static void invalidGridsAreRejected(void **unused) {
  (void)unused;
  WorkPlan plan;
  WorkGrid empty = {.rank = 2, .extents = {4, 0}};
  assert_int_equal(workGridItems(&empty), -1);
  assert_false(workPlanBalanced(&empty, 8, 8, &plan));
  WorkGrid huge = {.rank = 3, .extents = {1 << 20, 1 << 20, 1 << 30}};
  assert_int_equal(workGridItems(&huge), -1);
  WorkGrid good = {.rank = 1, .extents = {4}};
  assert_false(workPlanBalanced(&good, 0, 8, &plan));
}

int main(void) {
  state = 20240607;
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(numberingIsABijectionInOrder),
      cmocka_unit_test(balancedPlansCoverEveryItemOnce),
      cmocka_unit_test(edgesOfThePartition),
      cmocka_unit_test(ownersComputeTheirRectangle),
      cmocka_unit_test(invalidGridsAreRejected),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
