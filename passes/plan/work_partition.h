// Which core computes which blocks of a grid, with no IR in it.
//
// The blocks of a grid are numbered (items), and each core gets a contiguous
// range of the numbers. A numbering is a short program of digit extractions by
// constants; the planner's users evaluate it or translate it step by step, so
// that both see the same order.

#ifndef TT_PLAN_WORK_PARTITION_H
#define TT_PLAN_WORK_PARTITION_H

#include <stdbool.h>
#include <stdint.h>

enum { WorkMaxRank = 6, WorkMaxSteps = 16, WorkMaxValues = 48 };

// Order of the last two dimensions; those before them are always row-major.
typedef enum {
  WorkRowMajor,
  WorkColumnMajor,
  // Rectangle by rectangle, row by row over the rectangles and in each; those
  // at the right and bottom edges are what is left.
  WorkRectangles
} WorkOrder;

typedef struct {
  int rank;                     // 1 to WorkMaxRank
  int64_t extents[WorkMaxRank]; // blocks per dimension, outermost first
  WorkOrder order;
  int64_t rectRows, rectCols; // blocks per rectangle, for WorkRectangles
} WorkGrid;

typedef enum { WorkDigits, WorkLinear, WorkSelect } WorkStepKind;

// One step; its results are numbered on from those of the steps before it.
typedef struct {
  WorkStepKind kind;
  int source;
  // WorkDigits: `count` results, the digits of `source` in a mixed radix,
  // most significant first.
  int count;
  int64_t basis[WorkMaxRank];
  // WorkLinear: source * factor + other.
  // WorkSelect: source < bound ? below : other.
  int64_t factor, bound;
  int below, other;
} WorkStep;

// How an item's number becomes block indices. Value 0 is the number itself.
typedef struct {
  int numSteps;
  WorkStep steps[WorkMaxSteps];
  int numValues;
  int rank;
  int coordinates[WorkMaxRank]; // values that are the block indices
} WorkNumbering;

typedef struct {
  int64_t x, y; // column and row of the core
  int64_t start, count;
} WorkCore;

typedef struct {
  int64_t items;
  int64_t numCores;
  WorkCore *cores; // owned; row by row, every count at least 1
} WorkPlan;

// Blocks of the grid, or -1 if they do not fit 31 bits or the grid is not one.
int64_t workGridItems(const WorkGrid *grid);

// The numbering of a valid grid.
void workNumber(const WorkGrid *grid, WorkNumbering *numbering);

// Block indices of an item.
void workItemBlock(const WorkNumbering *numbering, int64_t item,
                   int64_t *coordinates);

// Gives contiguous ranges, balanced to within one item, to the first cores of
// `columns` x `rows`, as many as there are items. False if out of memory or
// for an empty core grid.
bool workPlanBalanced(const WorkGrid *grid, int64_t columns, int64_t rows,
                      WorkPlan *plan);

// Gives the blocks of each rectangle to one core, row by row. False if out of
// memory or if there are more rectangles than cores.
bool workPlanOwners(const WorkGrid *grid, int64_t columns, int64_t rows,
                    WorkPlan *plan);

// Rectangles of a grid in WorkRectangles order.
int64_t workGridRectangles(const WorkGrid *grid);

void workPlanFree(WorkPlan *plan);

#endif
