//===- layout_aware_work_partition.c - the blocks of each grid to cores ---===//
//
// Takes `tt.kernel` with `grid` and `schedule`; leaves `partition`, `work` and
// `contractions`. The planner decides (plan/work_partition.h): contiguous
// ranges, balanced to within one item; where the output is sharded over L1 and
// the order is the shards', the core that owns a shard computes it.
//
//===----------------------------------------------------------------------===//

#include "contraction_extents.h"
#include "host_tree.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/gen/Passes.h"
#include "tt-c/gen/TtOps.h"
#include "work_grid.h"
#include <inttypes.h>
#include <stdlib.h>

/// Whether the cores that own the shards of the output compute them.
static bool ownersCompute(MlirOperation kernel) {
  if (ttKernelGetSchedule(kernel).order != TtOrderMatchShard)
    return false;
  MlirOperation output = ttKernelShardedOutput(kernel);
  return !mlirOperationIsNull(output) &&
         ttBufferGetInfo(output).memory == TtMemoryL1;
}

static MlirLogicalResult makePlan(MlirOperation kernel, const WorkGrid *grid,
                                  bool owners, WorkPlan *plan) {
  int64_t columns, rows;
  if (mlirLogicalResultIsFailure(ttKernelCoreGrid(kernel, &columns, &rows)))
    return mlirLogicalResultFailure();
  if (!owners && workPlanBalanced(grid, columns, rows, plan))
    return mlirLogicalResultSuccess();
  if (owners && workPlanOwners(grid, columns, rows, plan))
    return mlirLogicalResultSuccess();
  if (owners && workGridRectangles(grid) > columns * rows)
    return ttEmitOpError(kernel,
                         "writes %" PRId64 " shards, but has %" PRId64
                         " cores (%" PRId64 "x%" PRId64 ")",
                         workGridRectangles(grid), columns * rows, columns,
                         rows);
  return ttEmitOpError(kernel, "has too many blocks to plan in this memory");
}

static void setWork(MlirOperation kernel, const WorkPlan *plan,
                    int64_t *numbers) {
  intptr_t n = (intptr_t)plan->numCores;
  int64_t *x = numbers, *y = x + n, *start = y + n, *count = start + n;
  for (intptr_t i = 0; i < n; ++i) {
    x[i] = plan->cores[i].x;
    y[i] = plan->cores[i].y;
    start[i] = plan->cores[i].start;
    count[i] = plan->cores[i].count;
  }
  ttKernelSetWork(kernel, (TtWorkAttr){n, x, n, y, n, start, n, count});
}

static MlirLogicalResult setPlan(MlirOperation kernel, const WorkPlan *plan,
                                 bool owners) {
  TtScheduleAttr schedule = ttKernelGetSchedule(kernel);
  int64_t *numbers = calloc((size_t)plan->numCores * 4, sizeof *numbers);
  if (!numbers)
    return ttEmitOpError(kernel, "has too many cores to plan in this memory");
  setWork(kernel, plan, numbers);
  free(numbers);
  TtPartitionMode mode =
      owners ? TtPartitionModeLocalShard : TtPartitionModeGlobal;
  ttKernelSetPartition(kernel,
                       (TtPartitionAttr){mode, schedule.order, schedule.block,
                                         plan->items, plan->numCores});
  MlirAttribute contractions = ttKernelContractions(kernel);
  if (!mlirAttributeIsNull(contractions))
    ttKernelSetContractions(kernel, contractions);
  return mlirLogicalResultSuccess();
}

static MlirLogicalResult partition(MlirOperation kernel, void *unused) {
  (void)unused;
  WorkGrid grid;
  WorkPlan plan;
  bool owners = ownersCompute(kernel);
  if (mlirLogicalResultIsFailure(ttKernelWorkGrid(kernel, &grid)) ||
      mlirLogicalResultIsFailure(makePlan(kernel, &grid, owners, &plan)))
    return mlirLogicalResultFailure();
  MlirLogicalResult result = setPlan(kernel, &plan, owners);
  workPlanFree(&plan);
  return result;
}

MlirLogicalResult ttRunLayoutAwareWorkPartition(
    TtPass *pass, MlirOperation op,
    const TtLayoutAwareWorkPartitionOptions *options) {
  (void)pass;
  (void)options;
  return ttForEach(op, ttKernelIsa, partition, NULL);
}
