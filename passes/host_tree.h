//===- host_tree.h - hosts, kernels and block transfers of a module -------===//
//
// What passes before the split visit: every op of a kind in a module, and the
// two block transfers seen as one thing.
//
//===----------------------------------------------------------------------===//

#ifndef TT_PASSES_HOST_TREE_H
#define TT_PASSES_HOST_TREE_H

#include "mlir-c/IR.h"
#include "mlir-c/Support.h"
#include "tt-c/gen/TtAttrs.h"
#include <stdbool.h>

typedef MlirLogicalResult (*TtOpVisitor)(MlirOperation op, void *data);

/// Calls `visit` for every op below `root` that `isa` accepts, before the ops
/// nested in it, until one call fails; the visitor may not erase other ops.
MlirLogicalResult ttForEach(MlirOperation root, bool (*isa)(MlirOperation),
                            TtOpVisitor visit, void *data);

/// The op or the nearest one around it that `isa` accepts; there has to be one.
MlirOperation ttEnclosing(MlirOperation op, bool (*isa)(MlirOperation));

/// `tt.read_block` or `tt.write_block`.
bool ttIsBlockTransfer(MlirOperation op);

/// The type of the block that a transfer moves.
MlirType ttTransferBlockType(MlirOperation transfer);

/// Elements of the block along a dim of the buffer, whose type is `whole`; dims
/// that the block lacks have one.
int64_t ttTransferSize(MlirOperation transfer, MlirType whole, intptr_t dim);

/// Its offset along a dim of the buffer, and what of the block is valid there,
/// for as many dims as ttTransferNumValid says: all or none.
MlirValue ttTransferOffset(MlirOperation transfer, intptr_t dim);
MlirValue ttTransferValid(MlirOperation transfer, intptr_t dim);
intptr_t ttTransferNumValid(MlirOperation transfer);

/// Whether the block may end with the buffer along a dim of it.
bool ttTransferEnds(MlirOperation transfer, intptr_t dim);

/// The `tt.buffer` that a transfer names, or null after a diagnostic.
MlirOperation ttTransferBuffer(MlirOperation transfer);

/// The completed layout of a `tt.buffer`; failure after a diagnostic if
/// tt-infer-layout has not run.
MlirLogicalResult ttBufferLayoutOf(MlirOperation buffer, TtBufferAttr *info);

bool ttTransferHasGeometry(MlirOperation transfer);
TtTransferAttr ttTransferGeometry(MlirOperation transfer);

#endif // TT_PASSES_HOST_TREE_H
