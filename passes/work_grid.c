//===- work_grid.c - the grid of a kernel as the planner sees it ----------===//
//
// `block_linear<k>` is rectangles of k x k blocks, `match_shard` rectangles of
// as many blocks as a shard of the output holds.
//
//===----------------------------------------------------------------------===//

#include "work_grid.h"
#include "host_tree.h"
#include "mlir-c/BuiltinTypes.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/gen/TtOps.h"
#include <inttypes.h>

static MlirLogicalResult findSharded(MlirOperation write, void *found) {
  MlirOperation buffer = ttTransferBuffer(write);
  if (mlirOperationIsNull(buffer))
    return mlirLogicalResultFailure();
  if (!ttBufferHasInfo(buffer) ||
      mlirAttributeIsNull(ttBufferGetInfo(buffer).shard))
    return mlirLogicalResultSuccess();
  *(MlirOperation *)found = write;
  return mlirLogicalResultFailure(); // found: the walk ends
}

static MlirOperation shardedWrite(MlirOperation kernel) {
  MlirOperation found = {NULL};
  ttForEach(kernel, ttWriteBlockIsa, findSharded, &found);
  return found;
}

MlirOperation ttKernelShardedOutput(MlirOperation kernel) {
  MlirOperation write = shardedWrite(kernel);
  return mlirOperationIsNull(write) ? write : ttTransferBuffer(write);
}

/// Blocks of one shard along one of the last two axes of the output: all of
/// them if the axis is not cut. `fromLast` is 0 for columns, 1 for rows.
static MlirLogicalResult shardBlocks(MlirOperation write, MlirOperation buffer,
                                     int fromLast, int64_t extent,
                                     int64_t *blocks) {
  MlirType block = ttTransferBlockType(write);
  MlirType whole = ttBufferGetType(buffer);
  int64_t axis = mlirShapedTypeGetRank(whole) - 1 - fromLast;
  intptr_t blockDim = mlirShapedTypeGetRank(block) - 1 - fromLast;
  *blocks = extent;
  if (axis < 0 || blockDim < 0)
    return mlirLogicalResultSuccess();
  int64_t size = mlirShapedTypeGetDimSize(block, blockDim);
  int64_t length = mlirShapedTypeGetDimSize(whole, axis);
  if ((length + size - 1) / size != extent)
    return ttEmitOpError(write,
                         "cannot match shards: axis %" PRId64 " of %" PRId64
                         " elements in blocks of %" PRId64
                         " is not the grid's %" PRId64 " blocks",
                         axis, length, size, extent);
  TtNdShardAttr shard = ttNdShardAttrGet(ttBufferGetInfo(buffer).shard);
  for (intptr_t i = 0; i < shard.numAxes; ++i) {
    if (shard.axes[i] != axis)
      continue;
    if (shard.shape[i] % size != 0)
      return ttEmitOpError(write,
                           "cannot match shards: a shard has %" PRId64
                           " elements along axis %" PRId64
                           ", which is no multiple of the block's %" PRId64,
                           shard.shape[i], axis, size);
    *blocks = shard.shape[i] / size;
  }
  return mlirLogicalResultSuccess();
}

static MlirLogicalResult matchShard(MlirOperation kernel, WorkGrid *grid) {
  MlirOperation write = shardedWrite(kernel);
  if (mlirOperationIsNull(write)) {
    TtDiagnostic *d = ttDiagnosticOpError(
        kernel, "has order 'match_shard', but no buffer it writes is sharded");
    ttDiagnosticHint(d, "give its output a sharded '#tt.layout', or use "
                        "'row_major', 'column_major' or 'block_linear'");
    return ttDiagnosticReport(d);
  }
  MlirOperation buffer = ttTransferBuffer(write);
  int64_t rows = grid->rank > 1 ? grid->extents[grid->rank - 2] : 1;
  int64_t cols = grid->extents[grid->rank - 1];
  grid->rectRows = 1;
  if (mlirLogicalResultIsFailure(
          shardBlocks(write, buffer, 0, cols, &grid->rectCols)) ||
      (grid->rank > 1 && mlirLogicalResultIsFailure(shardBlocks(
                             write, buffer, 1, rows, &grid->rectRows))))
    return mlirLogicalResultFailure();
  return mlirLogicalResultSuccess();
}

static MlirLogicalResult readExtents(MlirOperation kernel, WorkGrid *grid) {
  intptr_t rank = ttKernelGetNumGrid(kernel);
  if (rank < 1 || rank > WorkMaxRank)
    return ttEmitOpError(kernel,
                         "has a grid of %" PRIdPTR
                         " dimensions, but 1 to %d are numbered",
                         rank, WorkMaxRank);
  grid->rank = (int)rank;
  for (intptr_t i = 0; i < rank; ++i)
    grid->extents[i] = ttKernelGetGrid(kernel)[i];
  if (workGridItems(grid) >= 1)
    return mlirLogicalResultSuccess();
  return ttEmitOpError(kernel,
                       "needs a grid of 1 to %" PRId32
                       " blocks, with 1 or more in each dimension",
                       INT32_MAX);
}

MlirLogicalResult ttKernelWorkGrid(MlirOperation kernel, WorkGrid *grid) {
  *grid = (WorkGrid){.order = WorkRowMajor, .rectRows = 1, .rectCols = 1};
  TtScheduleAttr schedule = ttKernelGetSchedule(kernel);
  if (mlirLogicalResultIsFailure(readExtents(kernel, grid)))
    return mlirLogicalResultFailure();
  switch (schedule.order) {
  case TtOrderRowMajor:
    return mlirLogicalResultSuccess();
  case TtOrderColumnMajor:
    grid->order = WorkColumnMajor;
    return mlirLogicalResultSuccess();
  case TtOrderBlockLinear:
    grid->order = WorkRectangles;
    grid->rectRows = grid->rectCols = schedule.block;
    if (schedule.block >= 1 && schedule.block <= INT32_MAX)
      return mlirLogicalResultSuccess();
    return ttEmitOpError(kernel,
                         "has order 'block_linear' with block %" PRId64
                         ", but needs 1 to %" PRId32,
                         schedule.block, INT32_MAX);
  case TtOrderMatchShard:
    grid->order = WorkRectangles;
    return matchShard(kernel, grid);
  }
  return ttEmitOpError(kernel, "has an unknown order");
}
