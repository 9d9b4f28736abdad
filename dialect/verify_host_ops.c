//===- verify_host_ops.c - hosts, buffers and kernels ---------------------===//

#include "mlir-c/BuiltinTypes.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/gen/Hooks.h"
#include "tt-c/gen/TtOps.h"
#include <inttypes.h>

//===--- tt.host ----------------------------------------------------------===//

static bool samePosition(MlirAttribute a, MlirAttribute b) {
  return !mlirAttributeIsNull(a) && mlirAttributeEqual(a, b);
}

static MlirLogicalResult verifyPositions(MlirOperation buffer) {
  for (MlirOperation other = mlirOperationGetNextInBlock(buffer);
       !mlirOperationIsNull(other) && ttBufferIsa(other);
       other = mlirOperationGetNextInBlock(other)) {
    bool argument = samePosition(ttBufferGetArgumentAttr(buffer),
                                 ttBufferGetArgumentAttr(other));
    if (!argument && !samePosition(ttBufferGetResultAttr(buffer),
                                   ttBufferGetResultAttr(other)))
      continue;
    TtDiagnostic *d = ttDiagnosticOpError(
        other, "is the same %s of the function as another buffer",
        argument ? "argument" : "result");
    ttDiagnosticNote(d, mlirOperationGetLocation(buffer), "the other buffer");
    return ttDiagnosticReport(d);
  }
  return mlirLogicalResultSuccess();
}

/// The cores that have the shards of a buffer are cores of the device.
static MlirLogicalResult verifyShardCores(MlirOperation op,
                                          const TtDeviceAttr *device) {
  if (!ttBufferHasInfo(op))
    return mlirLogicalResultSuccess();
  TtBufferAttr info = ttBufferGetInfo(op);
  if (info.shardColumns == 0 || mlirAttributeIsNull(info.shard))
    return mlirLogicalResultSuccess();
  TtNdShardAttr shard = ttNdShardAttrGet(info.shard);
  int64_t shards = 1, cores = info.shardColumns * device->gridY;
  for (intptr_t i = 0; i < shard.numGrid && shards <= cores; ++i)
    shards *= shard.grid[i];
  if (info.shardColumns <= device->gridX && shards <= cores)
    return mlirLogicalResultSuccess();
  return ttEmitOpError(op,
                       "has shards in %" PRId64
                       " columns of cores, but the device has %" PRId64
                       "x%" PRId64 " (columns x rows)",
                       info.shardColumns, device->gridX, device->gridY);
}

MlirLogicalResult ttVerifyHost(MlirOperation op) {
  TtDeviceAttr device = ttHostGetDevice(op);
  if (device.gridX < 1 || device.gridY < 1 || device.cbs < 1 ||
      device.dstTiles < 4 || device.l1Bytes <= device.l1Base)
    return ttEmitOpError(op, "has a device without cores, circular buffers, "
                             "tile registers or free L1");
  MlirBlock body = mlirRegionGetFirstBlock(ttHostGetBody(op));
  MlirOperation inner = mlirBlockGetFirstOperation(body);
  for (; !mlirOperationIsNull(inner);
       inner = mlirOperationGetNextInBlock(inner)) {
    if (!ttBufferIsa(inner) && !ttKernelIsa(inner) && !ttProgramIsa(inner))
      return ttEmitOpError(inner, "stands in a 'tt.host', which holds buffers, "
                                  "kernels and programs");
    if (ttBufferIsa(inner) &&
        (mlirLogicalResultIsFailure(verifyPositions(inner)) ||
         mlirLogicalResultIsFailure(verifyShardCores(inner, &device))))
      return mlirLogicalResultFailure();
  }
  return mlirLogicalResultSuccess();
}

//===--- tt.buffer --------------------------------------------------------===//

static MlirLogicalResult verifyDirection(MlirOperation op) {
  bool argument = ttBufferHasArgument(op), result = ttBufferHasResult(op);
  const char *wanted = NULL;
  switch (ttBufferGetDirection(op)) {
  case TtDirectionIn:
    wanted = argument && !result ? NULL : "be an argument and no result";
    break;
  case TtDirectionInOut:
    wanted = argument ? NULL : "be an argument";
    break;
  case TtDirectionOut:
    wanted = argument || result ? NULL : "be an argument or a result";
    break;
  case TtDirectionScratch:
    wanted = argument || result ? "be neither argument nor result" : NULL;
    break;
  }
  if (!wanted)
    return mlirLogicalResultSuccess();
  return ttEmitOpError(op, "has direction '%s', so it must %s",
                       ttDirectionToString(ttBufferGetDirection(op)), wanted);
}

/// Axes that are cut are the buffer's, and the shards hold all of it.
static MlirLogicalResult verifyCut(MlirOperation op, MlirAttribute attribute) {
  if (mlirAttributeIsNull(attribute))
    return mlirLogicalResultSuccess();
  int64_t rank = mlirShapedTypeGetRank(ttBufferGetType(op));
  TtNdShardAttr shard = ttNdShardAttrGet(attribute);
  for (intptr_t i = 0; i < shard.numAxes; ++i) {
    int64_t axis = shard.axes[i];
    if (axis >= rank)
      return ttEmitOpError(op,
                           "is cut along axis %" PRId64 " but has axes 0 to "
                           "%" PRId64,
                           axis, rank - 1);
    int64_t size = mlirShapedTypeGetDimSize(ttBufferGetType(op), axis);
    if (shard.grid[i] * shard.shape[i] < size)
      return ttEmitOpError(op,
                           "has %" PRId64 " elements along axis %" PRId64
                           " but its %" PRId64 " shards hold %" PRId64,
                           size, axis, shard.grid[i],
                           shard.grid[i] * shard.shape[i]);
  }
  return mlirLogicalResultSuccess();
}

/// Packing is for buffers of one dimension.
static MlirLogicalResult verifyInfo(MlirOperation op) {
  int64_t rank = mlirShapedTypeGetRank(ttBufferGetType(op));
  TtBufferAttr info = ttBufferGetInfo(op);
  if (info.packed && rank != 1)
    return ttEmitOpError(op, "is packed but has %" PRId64 " dimensions", rank);
  return verifyCut(op, info.shard);
}

static MlirLogicalResult verifyAccessor(MlirOperation op) {
  TtBufferAttr info = ttBufferGetInfo(op);
  TtAccessorInfoAttr accessor = ttBufferGetAccessor(op);
  int64_t pages = info.batch * info.rows * info.cols;
  if (!ttBufferHasInfo(op))
    return ttEmitOpError(op, "has an accessor but no info");
  if (accessor.pages == pages)
    return mlirLogicalResultSuccess();
  return ttEmitOpError(op,
                       "has an accessor of %" PRId64
                       " pages but an info of %" PRId64 " tiles",
                       accessor.pages, pages);
}

MlirLogicalResult ttVerifyBuffer(MlirOperation op) {
  MlirType type = ttBufferGetType(op);
  if (!mlirShapedTypeHasStaticShape(type))
    return ttEmitOpError(op, "has a type whose shape is not static");
  for (intptr_t i = 0; i < mlirShapedTypeGetRank(type); ++i)
    if (mlirShapedTypeGetDimSize(type, i) > INT32_MAX)
      return ttEmitOpError(op,
                           "has %" PRId64 " elements in dimension %" PRIdPTR
                           ", but indices go to %" PRId32,
                           mlirShapedTypeGetDimSize(type, i), i, INT32_MAX);
  if ((ttBufferHasArgument(op) && ttBufferGetArgument(op) < 0) ||
      (ttBufferHasResult(op) && ttBufferGetResult(op) < 0))
    return ttEmitOpError(op, "has a negative position");
  if (mlirLogicalResultIsFailure(verifyDirection(op)))
    return mlirLogicalResultFailure();
  if (ttBufferHasFill(op) && (ttBufferGetDirection(op) == TtDirectionIn ||
                              ttBufferGetDirection(op) == TtDirectionInOut))
    return ttEmitOpError(op, "has a fill, but the caller fills it");
  if (ttBufferHasFill(op) && ttBufferGetFill(op) != 0 &&
      ttBufferGetFill(op) != 1)
    return ttEmitOpError(op, "has a fill of %g, but the host fills with 0 or 1",
                         ttBufferGetFill(op));
  if (ttBufferHasLayout(op) &&
      mlirLogicalResultIsFailure(verifyCut(op, ttBufferGetLayout(op).shard)))
    return mlirLogicalResultFailure();
  if (ttBufferHasInfo(op) && mlirLogicalResultIsFailure(verifyInfo(op)))
    return mlirLogicalResultFailure();
  return ttBufferHasAccessor(op) ? verifyAccessor(op)
                                 : mlirLogicalResultSuccess();
}

//===--- tt.kernel --------------------------------------------------------===//

MlirLogicalResult ttVerifyKernel(MlirOperation op) {
  intptr_t rank = ttKernelGetNumGrid(op);
  if (rank < 1)
    return ttEmitOpError(op, "has a grid of no dimensions");
  for (intptr_t i = 0; i < rank; ++i) {
    int64_t extent = ttKernelGetGrid(op)[i];
    if (extent < 1)
      return ttEmitOpError(op, "has no blocks in dimension %" PRIdPTR, i);
    if (extent > INT32_MAX)
      return ttEmitOpError(op,
                           "has %" PRId64 " blocks in dimension %" PRIdPTR
                           ", but indices go to %" PRId32,
                           extent, i, INT32_MAX);
  }
  if (ttKernelGetCompute(op).fp32Acc == TtFp32AccOff)
    return ttEmitOpError(op, "has compute with fp32_acc = false, which only a "
                             "function says; leave it out");
  MlirBlock body = mlirRegionGetFirstBlock(ttKernelGetBody(op));
  intptr_t count = mlirBlockGetNumArguments(body);
  for (intptr_t i = 0; i < count; ++i)
    if (!mlirTypeIsAIndex(mlirValueGetType(mlirBlockGetArgument(body, i))))
      return ttEmitOpError(op, "has a block argument that is no index");
  // Once the work is given to cores, the grid may have become a loop over it.
  if (count != rank && !(count == 2 && ttKernelHasWork(op)))
    return ttEmitOpError(op,
                         "has %" PRIdPTR
                         " block arguments but a grid of %" PRIdPTR
                         " dimensions",
                         count, rank);
  return mlirLogicalResultSuccess();
}
