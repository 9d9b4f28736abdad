//===- infer_layout.h - what the files of tt-infer-layout share -----------===//

#ifndef TT_PASSES_INFER_LAYOUT_H
#define TT_PASSES_INFER_LAYOUT_H

#include "mlir-c/IR.h"
#include "mlir-c/Support.h"
#include "tt-c/gen/TtAttrs.h"
#include <stdbool.h>

/// Whether every op that meets elements of the 1-D buffer of this name computes
/// element by element on 1-D blocks only (packed_vectors.c).
bool ttIsUsedElementwiseOnly(MlirOperation host, MlirStringRef buffer);

/// Checks the shards of a buffer: whole tiles, the whole tensor, within the
/// device's grid and L1 (layout_shards.c).
MlirLogicalResult ttCheckShards(MlirOperation host, MlirOperation buffer,
                                const TtBufferAttr *info);

/// Checks that a kernel's block transfers move whole, unpadded tiles of buffers
/// with `info` (layout_transfers.c).
MlirLogicalResult ttCheckTransfers(MlirOperation kernel);

#endif // TT_PASSES_INFER_LAYOUT_H
