// See the header. The ragged rectangles at the edges are why a numbering has
// selections: every divisor stays a constant, chosen by a comparison.

#include "plan/work_partition.h"
#include "plan/ceil_div.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

int64_t workGridItems(const WorkGrid *grid) {
  int64_t items = 1;
  for (int i = 0; i < grid->rank; ++i) {
    if (grid->extents[i] < 1 ||
        __builtin_mul_overflow(items, grid->extents[i], &items) ||
        items > INT32_MAX)
      return -1;
  }
  return items;
}

static int64_t gridRows(const WorkGrid *grid) {
  return grid->rank > 1 ? grid->extents[grid->rank - 2] : 1;
}

static int64_t gridCols(const WorkGrid *grid) {
  return grid->extents[grid->rank - 1];
}

int64_t workGridRectangles(const WorkGrid *grid) {
  int64_t count = ttCeilDiv(gridRows(grid), grid->rectRows) *
                  ttCeilDiv(gridCols(grid), grid->rectCols);
  for (int i = 0; i + 2 < grid->rank; ++i)
    count *= grid->extents[i];
  return count;
}

//===- Numbering ----------------------------------------------------------===//

static WorkStep *addStep(WorkNumbering *n, WorkStepKind kind, int source,
                         int results) {
  assert(n->numSteps < WorkMaxSteps);
  WorkStep *step = &n->steps[n->numSteps++];
  memset(step, 0, sizeof *step);
  step->kind = kind;
  step->source = source;
  step->count = results;
  n->numValues += results;
  return step;
}

// Returns the first (most significant) of two digits.
static int addTwoDigits(WorkNumbering *n, int source, int64_t high,
                        int64_t low) {
  int first = n->numValues;
  WorkStep *step = addStep(n, WorkDigits, source, 2);
  step->basis[0] = high;
  step->basis[1] = low;
  return first;
}

static int addSelect(WorkNumbering *n, int source, int64_t bound, int below,
                     int other) {
  int result = n->numValues;
  WorkStep *step = addStep(n, WorkSelect, source, 1);
  step->bound = bound;
  step->below = below;
  step->other = other;
  return result;
}

static int addLinear(WorkNumbering *n, int source, int64_t factor, int other) {
  int result = n->numValues;
  WorkStep *step = addStep(n, WorkLinear, source, 1);
  step->factor = factor;
  step->other = other;
  return result;
}

typedef struct {
  int high, low;
} DigitPair;

// Digits of `source` with a low radix that is `regular` where `where` is below
// `bound` and `last` at the edge; `last` is 0 if there is no edge.
static DigitPair addEdgeDigits(WorkNumbering *n, int source, int64_t high,
                               int64_t regular, int64_t last, int where,
                               int64_t bound) {
  if (bound == 0)
    regular = last;
  int first = addTwoDigits(n, source, high, regular);
  if (last == 0 || bound == 0)
    return (DigitPair){first, first + 1};
  int edge = addTwoDigits(n, source, high, last);
  return (DigitPair){addSelect(n, where, bound, first, edge),
                     addSelect(n, where, bound, first + 1, edge + 1)};
}

static void numberRectangles(const WorkGrid *grid, WorkNumbering *n, int source,
                             int *row, int *col) {
  int64_t rows = gridRows(grid), cols = gridCols(grid);
  int64_t h = grid->rectRows, w = grid->rectCols;
  int64_t lastRows = rows % h, lastCols = cols % w;
  // A band is a row of rectangles.
  int band = addTwoDigits(n, source, ttCeilDiv(rows, h), h * cols);
  DigitPair rect = addEdgeDigits(n, band + 1, ttCeilDiv(cols, w), h * w,
                                 lastRows * w, band, rows / h);
  DigitPair in = addEdgeDigits(n, rect.low, h < rows ? h : rows, w, lastCols,
                               rect.high, cols / w);
  *row = addLinear(n, band, h, in.high);
  *col = addLinear(n, rect.high, w, in.low);
}

// The digits of the item in the grid's extents, with the last two swapped or
// taken together.
static int addGridDigits(const WorkGrid *grid, WorkNumbering *n, bool swap,
                         bool together) {
  int first = n->numValues, last = grid->rank - 1;
  WorkStep *step = addStep(n, WorkDigits, 0, together ? last : grid->rank);
  memcpy(step->basis, grid->extents, sizeof step->basis);
  if (swap) {
    step->basis[last - 1] = grid->extents[last];
    step->basis[last] = grid->extents[last - 1];
  }
  if (together)
    step->basis[last - 1] = grid->extents[last - 1] * grid->extents[last];
  return first;
}

void workNumber(const WorkGrid *grid, WorkNumbering *n) {
  memset(n, 0, sizeof *n);
  n->numValues = 1;
  n->rank = grid->rank;
  if (grid->rank == 1)
    return;
  int last = grid->rank - 1;
  bool rectangles = grid->order == WorkRectangles;
  bool swap = grid->order == WorkColumnMajor;
  // A 2-D grid in rectangles has no digits in front of them.
  int first = rectangles && grid->rank == 2
                  ? 0
                  : addGridDigits(grid, n, swap, rectangles);
  for (int i = 0; i <= last; ++i)
    n->coordinates[i] = first + i;
  if (swap) {
    n->coordinates[last - 1] = first + last;
    n->coordinates[last] = first + last - 1;
  }
  if (rectangles)
    numberRectangles(grid, n, first + last - 1, &n->coordinates[last - 1],
                     &n->coordinates[last]);
}

static void evaluate(const WorkStep *step, int64_t *values, int *numValues) {
  int64_t *results = values + *numValues;
  int64_t source = values[step->source];
  switch (step->kind) {
  case WorkDigits:
    for (int i = step->count - 1; i > 0; --i) {
      results[i] = source % step->basis[i];
      source /= step->basis[i];
    }
    results[0] = source;
    break;
  case WorkLinear:
    results[0] = source * step->factor + values[step->other];
    break;
  case WorkSelect:
    results[0] =
        source < step->bound ? values[step->below] : values[step->other];
    break;
  }
  *numValues += step->count;
}

void workItemBlock(const WorkNumbering *n, int64_t item, int64_t *coordinates) {
  int64_t values[WorkMaxValues] = {item};
  int numValues = 1;
  for (int i = 0; i < n->numSteps; ++i)
    evaluate(&n->steps[i], values, &numValues);
  for (int i = 0; i < n->rank; ++i)
    coordinates[i] = values[n->coordinates[i]];
}

//===- Partition ----------------------------------------------------------===//

static bool allocateCores(WorkPlan *plan, int64_t items, int64_t numCores,
                          int64_t columns) {
  *plan = (WorkPlan){.items = items, .numCores = numCores};
  plan->cores = calloc((size_t)numCores, sizeof *plan->cores);
  if (!plan->cores)
    return false;
  for (int64_t i = 0; i < numCores; ++i) {
    plan->cores[i].x = i % columns;
    plan->cores[i].y = i / columns;
  }
  return true;
}

bool workPlanBalanced(const WorkGrid *grid, int64_t columns, int64_t rows,
                      WorkPlan *plan) {
  *plan = (WorkPlan){0};
  int64_t items = workGridItems(grid), cores = columns * rows;
  if (items < 1 || columns < 1 || rows < 1)
    return false;
  if (items < cores)
    cores = items;
  if (!allocateCores(plan, items, cores, columns))
    return false;
  int64_t start = 0;
  for (int64_t i = 0; i < cores; ++i) {
    plan->cores[i].start = start;
    plan->cores[i].count = items / cores + (i < items % cores ? 1 : 0);
    start += plan->cores[i].count;
  }
  return true;
}

bool workPlanOwners(const WorkGrid *grid, int64_t columns, int64_t rows,
                    WorkPlan *plan) {
  *plan = (WorkPlan){0};
  int64_t items = workGridItems(grid);
  if (items < 1 || columns < 1 || rows < 1)
    return false;
  int64_t rectangles = workGridRectangles(grid), start = 0, i = 0;
  if (rectangles > columns * rows ||
      !allocateCores(plan, items, rectangles, columns))
    return false;
  int64_t h = grid->rectRows, w = grid->rectCols;
  int64_t outer = items / (gridRows(grid) * gridCols(grid));
  for (int64_t o = 0; o < outer; ++o) {
    for (int64_t r = 0; r < gridRows(grid); r += h) {
      for (int64_t c = 0; c < gridCols(grid); c += w, ++i) {
        int64_t height = gridRows(grid) - r, width = gridCols(grid) - c;
        plan->cores[i].start = start;
        plan->cores[i].count =
            (height < h ? height : h) * (width < w ? width : w);
        start += plan->cores[i].count;
      }
    }
  }
  return true;
}

void workPlanFree(WorkPlan *plan) {
  free(plan->cores);
  *plan = (WorkPlan){0};
}
