//===- infer_layout.h - what the files of tt-infer-layout share -----------===//

#ifndef TT_PASSES_INFER_LAYOUT_H
#define TT_PASSES_INFER_LAYOUT_H

#include "mlir-c/IR.h"
#include "mlir-c/Support.h"
#include "tt-c/gen/TtAttrs.h"
#include <stdbool.h>

/// The 1-D buffers of a host that are kept as rows of tiles; all others are
/// packed (packed_vectors.c). An stb_ds array, owned by the caller.
MlirOperation *ttRowVectors(MlirOperation host);

/// Checks the shards of a buffer: whole tiles, the whole tensor, within the
/// device's grid and L1 (layout_shards.c).
MlirLogicalResult ttCheckShards(MlirOperation host, MlirOperation buffer,
                                const TtBufferAttr *info);

/// How far the blocks of a host's kernels reach in the last two dims of a
/// buffer, in elements: its own extents, or the end of a block that ends with
/// it.
typedef struct {
  int64_t rows, cols;
  bool isRead; // some block that may end with it
} TtReach;

/// Fails after a diagnostic at a transfer whose block may end anywhere else
/// (layout_ragged.c).
MlirLogicalResult ttReachOfBlocks(MlirOperation host, MlirOperation buffer,
                                  TtReach *reach);

/// Checks that a kernel's block transfers move whole tiles of buffers
/// with `info` (layout_transfers.c).
MlirLogicalResult ttCheckTransfers(MlirOperation kernel);

#endif // TT_PASSES_INFER_LAYOUT_H
