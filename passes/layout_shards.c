//===- layout_shards.c - checks of sharded layouts ------------------------===//
//
// A shard is what one core keeps: whole tiles of the last two dimensions, all
// shards together the whole tensor, one core of the device each, and with the
// firmware's part within L1.
//
//===----------------------------------------------------------------------===//

#include "buffer_memory.h"
#include "infer_layout.h"
#include "mlir-c/BuiltinTypes.h"
#include "plan/ceil_div.h"
#include "tt-c/Device.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/gen/TtOps.h"
#include "work_grid.h"
#include <inttypes.h>

static MlirLogicalResult checkAxis(MlirOperation buffer,
                                   const TtBufferAttr *info,
                                   const TtNdShardAttr *shard, intptr_t i) {
  MlirType type = ttBufferGetType(buffer);
  intptr_t rank = mlirShapedTypeGetRank(type);
  int64_t axis = shard->axes[i];
  int64_t tile = ttTileAlong(info, rank, axis);
  int64_t extent = mlirShapedTypeGetDimSize(type, axis);
  if (shard->shape[i] > ttCeilDiv(extent, tile) * tile)
    return ttEmitOpError(buffer,
                         "has shards of %" PRId64
                         " elements along axis %" PRId64 ", which has %" PRId64,
                         shard->shape[i], axis, extent);
  if (shard->shape[i] % tile != 0) {
    TtDiagnostic *d = ttDiagnosticOpError(
        buffer,
        "has shards of %" PRId64 " elements along axis %" PRId64
        ", which are no whole tiles of %" PRId64,
        shard->shape[i], axis, tile);
    ttDiagnosticHint(d, "use a shard size of %" PRId64,
                     (shard->shape[i] / tile + 1) * tile);
    return ttDiagnosticReport(d);
  }
  return mlirLogicalResultSuccess();
}

MlirLogicalResult ttCheckShards(MlirOperation host, MlirOperation buffer,
                                const TtBufferAttr *info) {
  bool sharded = info->layout == TtBufferLayoutSharded;
  if (sharded == mlirAttributeIsNull(info->shard))
    return ttEmitOpError(buffer, sharded ? "is sharded but has no 'shard'"
                                         : "has a 'shard' but is not sharded");
  if (!sharded)
    return mlirLogicalResultSuccess();
  TtNdShardAttr shard = ttNdShardAttrGet(info->shard);
  TtDeviceAttr device = ttHostGetDevice(host);
  if (shard.order != TtOrderRowMajor || shard.align != 0)
    return ttEmitOpError(buffer,
                         "has a shard with %s, but shards are dealt to "
                         "the cores row by row and lie side by side",
                         shard.align != 0 ? "'align'"
                                          : ttOrderToString(shard.order));
  for (intptr_t i = 0; i < shard.numAxes; ++i)
    if (mlirLogicalResultIsFailure(checkAxis(buffer, info, &shard, i)))
      return mlirLogicalResultFailure();
  if (info->memory != TtMemoryL1)
    return mlirLogicalResultSuccess();
  int64_t columns, rows;
  if (mlirLogicalResultIsFailure(ttHostCoreGrid(host, &columns, &rows)))
    return mlirLogicalResultFailure();
  int64_t shards = 1;
  for (intptr_t i = 0; i < shard.numGrid && shards <= columns * rows; ++i)
    shards *= shard.grid[i];
  if (shards > columns * rows)
    return ttEmitOpError(buffer,
                         "has %" PRId64
                         " or more shards, but there are %" PRId64 "x%" PRId64
                         " cores (columns x rows)",
                         shards, columns, rows);
  int64_t bytes = ttShardBytes(ttBufferGetType(buffer), info, &device);
  if (bytes > ttDeviceUsableL1(&device)) {
    TtDiagnostic *d = ttDiagnosticOpError(
        buffer,
        "needs %" PRId64 " B of L1 for each shard but a core has %" PRId64 " B",
        bytes, ttDeviceUsableL1(&device));
    ttDiagnosticHint(d, "use more and smaller shards");
    return ttDiagnosticReport(d);
  }
  return mlirLogicalResultSuccess();
}
