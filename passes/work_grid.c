//===- work_grid.c - the grid of a kernel as the planner sees it ----------===//
//
// `block_linear<k>` is rectangles of k x k blocks, `match_shard` rectangles of
// as many blocks as a shard of the output holds: dimensions of the grid follow
// the axes of the output, in order.
//
//===----------------------------------------------------------------------===//

#include "work_grid.h"
#include "affine_form.h"
#include "buffer_memory.h"
#include "host_tree.h"
#include "mlir-c/BuiltinTypes.h"
#include "plan/ceil_div.h"
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

enum { NoGridDim = -1, ManyGridDims = -2 };

/// The dimension of the grid that an offset follows, if it is one.
static int gridDimOf(MlirOperation kernel, MlirValue offset) {
  MlirBlock body = mlirRegionGetFirstBlock(ttKernelGetBody(kernel));
  TtAffineForm form = ttAffineFormGet(offset);
  int dim = form.numTerms == 0 ? NoGridDim : ManyGridDims;
  for (intptr_t i = 0; form.numTerms == 1 && i < ttKernelGetNumGrid(kernel);
       ++i)
    if (mlirValueEqual(form.terms[0].value, mlirBlockGetArgument(body, i)))
      dim = (int)i;
  ttAffineFormDestroy(&form);
  return dim;
}

typedef struct {
  MlirOperation write;
  int64_t axis;
  int64_t length, block, shard; // elements along the axis
} ShardAxis;

/// A block has all of the axis, and so has a shard.
static MlirLogicalResult checkUncut(const ShardAxis *a) {
  if (a->shard >= a->length)
    return mlirLogicalResultSuccess();
  return ttEmitOpError(a->write,
                       "cannot match shards: a shard has %" PRId64
                       " elements along axis %" PRId64
                       ", but a block all of its %" PRId64,
                       a->shard, a->axis, a->length);
}

/// How many blocks a shard has along an axis that follows dimension `dim` of
/// the grid. Numbers go through a shard in the last two dimensions.
static MlirLogicalResult shardBlocks(const ShardAxis *a, int dim,
                                     WorkGrid *grid) {
  if (ttCeilDiv(a->length, a->block) != grid->extents[dim])
    return ttEmitOpError(a->write,
                         "cannot match shards: axis %" PRId64 " of %" PRId64
                         " elements in blocks of %" PRId64
                         " is not the grid's %" PRId64 " blocks",
                         a->axis, a->length, a->block, grid->extents[dim]);
  if (a->shard % a->block != 0 && a->shard < a->length)
    return ttEmitOpError(a->write,
                         "cannot match shards: a shard has %" PRId64
                         " elements along axis %" PRId64
                         ", which is no multiple of the block's %" PRId64,
                         a->shard, a->axis, a->block);
  int64_t blocks = ttCeilDiv(a->shard, a->block);
  if (dim == grid->rank - 1)
    grid->rectCols = blocks;
  else if (dim == grid->rank - 2)
    grid->rectRows = blocks;
  else if (blocks != 1)
    return ttEmitOpError(a->write,
                         "cannot match shards: a shard has %" PRId64
                         " blocks along axis %" PRId64
                         ", but only the last two dimensions of the grid go "
                         "through a shard",
                         blocks, a->axis);
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
  ShardAxis axis = {.write = write};
  MlirOperation buffer = ttTransferBuffer(write);
  MlirType whole = ttBufferGetType(buffer);
  TtBufferAttr info = ttBufferGetInfo(buffer);
  int behind = grid->rank; // the dimension that the axis behind this follows
  for (axis.axis = mlirShapedTypeGetRank(whole) - 1; axis.axis >= 0;
       --axis.axis) {
    axis.length = mlirShapedTypeGetDimSize(whole, axis.axis);
    axis.block = ttTransferSize(write, whole, axis.axis);
    axis.shard = ttShardExtent(whole, &info, axis.axis);
    int dim = gridDimOf(kernel, ttTransferOffset(write, axis.axis));
    if (dim == ManyGridDims || dim >= behind)
      return ttEmitOpError(write,
                           "cannot match shards: its offset along axis %" PRId64
                           " does not follow the grid",
                           axis.axis);
    behind = dim == NoGridDim ? behind : dim;
    if (mlirLogicalResultIsFailure(dim == NoGridDim
                                       ? checkUncut(&axis)
                                       : shardBlocks(&axis, dim, grid)))
      return mlirLogicalResultFailure();
  }
  return mlirLogicalResultSuccess();
}

MlirLogicalResult ttKernelCoreGrid(MlirOperation kernel, int64_t *columns,
                                   int64_t *rows) {
  TtScheduleAttr schedule = ttKernelGetSchedule(kernel);
  TtDeviceAttr device =
      ttHostGetDevice(mlirOperationGetParentOperation(kernel));
  *columns = schedule.gridX == 0 ? device.gridX : schedule.gridX;
  *rows = schedule.gridY == 0 ? device.gridY : schedule.gridY;
  if (*columns >= 1 && *columns <= device.gridX && *rows >= 1 &&
      *rows <= device.gridY)
    return mlirLogicalResultSuccess();
  TtDiagnostic *d = ttDiagnosticOpError(
      kernel,
      "needs a core grid of %" PRId64 "x%" PRId64 ", but %s has %" PRId64
      "x%" PRId64 " cores (columns x rows)",
      *columns, *rows, ttArchToString(device.arch), device.gridX, device.gridY);
  ttDiagnosticHint(d, "leave 'grid_x' and 'grid_y' out of the schedule to use "
                      "the whole device");
  return ttDiagnosticReport(d);
}

MlirLogicalResult ttHostCoreGrid(MlirOperation host, int64_t *columns,
                                 int64_t *rows) {
  TtDeviceAttr device = ttHostGetDevice(host);
  *columns = device.gridX;
  *rows = device.gridY;
  MlirBlock body = mlirRegionGetFirstBlock(ttHostGetBody(host));
  MlirOperation op = mlirBlockGetFirstOperation(body);
  for (bool first = true; !mlirOperationIsNull(op);
       op = mlirOperationGetNextInBlock(op)) {
    int64_t width, height;
    if (!ttKernelIsa(op))
      continue;
    if (mlirLogicalResultIsFailure(ttKernelCoreGrid(op, &width, &height)))
      return mlirLogicalResultFailure();
    if (!first && (width != *columns || height != *rows))
      return ttEmitOpError(op,
                           "has %" PRId64 "x%" PRId64
                           " cores and an earlier kernel %" PRId64 "x%" PRId64
                           ", but shards are dealt to those of one grid",
                           width, height, *columns, *rows);
    first = false;
    *columns = width;
    *rows = height;
  }
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
