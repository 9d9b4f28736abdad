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

/// A block has one entry of each axis in front of the last two, and a core one
/// shard, so that a shard has one as well.
static MlirLogicalResult checkBatch(MlirOperation write, MlirOperation buffer) {
  MlirType whole = ttBufferGetType(buffer);
  TtNdShardAttr shard = ttNdShardAttrGet(ttBufferGetInfo(buffer).shard);
  for (intptr_t axis = 0; axis + 2 < mlirShapedTypeGetRank(whole); ++axis) {
    int64_t size = mlirShapedTypeGetDimSize(whole, axis);
    for (intptr_t i = 0; i < shard.numAxes; ++i)
      if (shard.axes[i] == axis)
        size = shard.shape[i];
    if (size != 1)
      return ttEmitOpError(write,
                           "cannot match shards: a shard has %" PRId64
                           " elements along axis %" PRIdPTR
                           ", but a block has one",
                           size, axis);
  }
  return mlirLogicalResultSuccess();
}

static bool isWholeWidth(MlirOperation write, MlirOperation buffer) {
  MlirType block = ttTransferBlockType(write);
  MlirType whole = ttBufferGetType(buffer);
  intptr_t last = mlirShapedTypeGetRank(whole) - 1;
  intptr_t blockLast = mlirShapedTypeGetRank(block) - 1;
  return last > 0 && blockLast > 0 &&
         mlirShapedTypeGetDimSize(block, blockLast) >=
             mlirShapedTypeGetDimSize(whole, last);
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
  if (mlirLogicalResultIsFailure(checkBatch(write, buffer)))
    return mlirLogicalResultFailure();
  int64_t rows = grid->rank > 1 ? grid->extents[grid->rank - 2] : 1;
  int64_t cols = grid->extents[grid->rank - 1];
  grid->rectRows = 1;
  // Blocks as wide as the buffer have no columns in the grid.
  if (cols > 1 && isWholeWidth(write, buffer))
    return shardBlocks(write, buffer, 1, cols, &grid->rectCols);
  if (mlirLogicalResultIsFailure(
          shardBlocks(write, buffer, 0, cols, &grid->rectCols)) ||
      (grid->rank > 1 && mlirLogicalResultIsFailure(shardBlocks(
                             write, buffer, 1, rows, &grid->rectRows))))
    return mlirLogicalResultFailure();
  return mlirLogicalResultSuccess();
}

void ttKernelCoreGrid(MlirOperation kernel, int64_t *columns, int64_t *rows) {
  TtScheduleAttr schedule = ttKernelGetSchedule(kernel);
  TtDeviceAttr device =
      ttHostGetDevice(mlirOperationGetParentOperation(kernel));
  *columns = schedule.gridX == 0 ? device.gridX : schedule.gridX;
  *rows = schedule.gridY == 0 ? device.gridY : schedule.gridY;
}

void ttHostCoreGrid(MlirOperation host, int64_t *columns, int64_t *rows) {
  MlirBlock body = mlirRegionGetFirstBlock(ttHostGetBody(host));
  MlirOperation op = mlirBlockGetFirstOperation(body);
  while (!mlirOperationIsNull(op) && !ttKernelIsa(op))
    op = mlirOperationGetNextInBlock(op);
  if (!mlirOperationIsNull(op)) {
    ttKernelCoreGrid(op, columns, rows);
    return;
  }
  TtDeviceAttr device = ttHostGetDevice(host);
  *columns = device.gridX;
  *rows = device.gridY;
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
