//===- buffer_memory.c - see the header -----------------------------------===//

#include "buffer_memory.h"
#include "mlir-c/BuiltinTypes.h"
#include "plan/ceil_div.h"
#include "tt-c/Device.h"
#include "tt-c/gen/TtOps.h"

int64_t ttTileAlong(const TtBufferAttr *info, intptr_t rank, int64_t axis) {
  if (axis == rank - 1)
    return info->packed ? info->tileHeight * info->tileWidth : info->tileWidth;
  return axis == rank - 2 ? info->tileHeight : 1;
}

/// At most INT64_MAX, which is more than any device has of anything.
static int64_t product(int64_t a, int64_t b) {
  int64_t result;
  return __builtin_mul_overflow(a, b, &result) ? INT64_MAX : result;
}

int64_t ttShardExtent(MlirType tensor, const TtBufferAttr *info, int64_t axis) {
  TtNdShardAttr shard = ttNdShardAttrGet(info->shard);
  for (intptr_t i = 0; i < shard.numAxes; ++i)
    if (shard.axes[i] == axis)
      return shard.shape[i];
  return mlirShapedTypeGetDimSize(tensor, axis);
}

// As it lies in L1.
static int64_t pageBytes(const TtBufferAttr *info, const TtDeviceAttr *device) {
  return ttCeilDiv(info->pageBytes, device->l1Align) * device->l1Align;
}

int64_t ttShardBytes(MlirType tensor, const TtBufferAttr *info,
                     const TtDeviceAttr *device) {
  intptr_t rank = mlirShapedTypeGetRank(tensor);
  int64_t bytes = pageBytes(info, device);
  for (intptr_t axis = 0; axis < rank; ++axis)
    bytes = product(bytes, ttCeilDiv(ttShardExtent(tensor, info, axis),
                                     ttTileAlong(info, rank, axis)));
  return bytes;
}

// Pages go round the banks, of which each core has one.
static int64_t bytesOnCore(MlirOperation buffer, const TtDeviceAttr *device) {
  TtBufferAttr info = ttBufferGetInfo(buffer);
  if (info.layout == TtBufferLayoutSharded)
    return ttShardBytes(ttBufferGetType(buffer), &info, device);
  int64_t pages = product(product(info.batch, info.rows), info.cols);
  return product(ttCeilDiv(pages, device->gridX * device->gridY),
                 pageBytes(&info, device));
}

int64_t ttHostFreeL1(MlirOperation host) {
  TtDeviceAttr device = ttHostGetDevice(host);
  int64_t left = ttDeviceUsableL1(&device);
  MlirBlock body = mlirRegionGetFirstBlock(ttHostGetBody(host));
  for (MlirOperation op = mlirBlockGetFirstOperation(body);
       !mlirOperationIsNull(op) && left > 0;
       op = mlirOperationGetNextInBlock(op)) {
    if (!ttBufferIsa(op) || !ttBufferHasInfo(op) ||
        ttBufferGetInfo(op).memory != TtMemoryL1)
      continue;
    int64_t bytes = bytesOnCore(op, &device);
    left = bytes < left ? left - bytes : 0;
  }
  return left;
}
