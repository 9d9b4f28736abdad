//===- buffer_memory.h - what buffers take of a core's L1 -----------------===//

#ifndef TT_PASSES_BUFFER_MEMORY_H
#define TT_PASSES_BUFFER_MEMORY_H

#include "mlir-c/IR.h"
#include "tt-c/gen/TtAttrs.h"

/// Elements of a tile along an axis of a buffer of that rank.
int64_t ttTileAlong(const TtBufferAttr *info, intptr_t rank, int64_t axis);

/// Elements of a shard along an axis of the tensor; all if it is not cut.
int64_t ttShardExtent(MlirType tensor, const TtBufferAttr *info, int64_t axis);

/// Bytes of the shard of one core; INT64_MAX if they are more.
int64_t ttShardBytes(MlirType tensor, const TtBufferAttr *info,
                     const TtDeviceAttr *device);

/// Bytes of L1 that every core has for circular buffers beside the firmware and
/// the buffers of the host that are in L1, which lie at the same addresses on
/// all cores; 0 if those do not fit.
int64_t ttHostFreeL1(MlirOperation host);

#endif // TT_PASSES_BUFFER_MEMORY_H
