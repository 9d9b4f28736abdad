//===- propagate_layout.c - geometry of every block transfer --------------===//
//
// Takes `tt.read_block` and `tt.write_block` of buffers with `info`; leaves
// `transfer` on each. One production is one block, padded to whole tiles; its
// depth is what the user asked of the loop around it, else two: one production
// is filled while the other is used.
//
//===----------------------------------------------------------------------===//

#include "host_tree.h"
#include "mlir-c/BuiltinTypes.h"
#include "plan/ceil_div.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/gen/Passes.h"
#include "tt-c/gen/TtOps.h"
#include <inttypes.h>

enum { DefaultDepth = 2 };

/// Tiles of a block: those of its last two dimensions, once per index of the
/// dimensions before them; 0 for a block without elements. False if 64 bits do
/// not hold the number.
static bool blockPages(MlirType block, TtBufferAttr info, int64_t *pages) {
  intptr_t rank = mlirShapedTypeGetRank(block);
  *pages = 1;
  for (intptr_t i = 0; i < rank; ++i) {
    int64_t tile = i == rank - 1   ? info.tileWidth
                   : i == rank - 2 ? info.tileHeight
                                   : 1;
    if (info.packed)
      tile = info.tileHeight * info.tileWidth;
    int64_t tiles = ttCeilDiv(mlirShapedTypeGetDimSize(block, i), tile);
    if (__builtin_mul_overflow(*pages, tiles, pages))
      return false;
  }
  return true;
}

static MlirLogicalResult depthOf(MlirOperation transfer, int64_t *depth) {
  *depth = DefaultDepth;
  if (!ttReadBlockIsa(transfer) || !ttReadBlockHasStages(transfer))
    return mlirLogicalResultSuccess();
  *depth = ttReadBlockGetStages(transfer);
  if (*depth >= 1)
    return mlirLogicalResultSuccess();
  TtDiagnostic *d = ttDiagnosticOpError(
      transfer, "has %" PRId64 " stages, but needs at least 1", *depth);
  ttDiagnosticHint(d, "'tt.num_stages' of its loop counts the blocks in "
                      "flight; 2 overlaps transfer and compute");
  return ttDiagnosticReport(d);
}

static MlirLogicalResult complete(MlirOperation transfer, void *unused) {
  (void)unused;
  MlirOperation buffer = ttTransferBuffer(transfer);
  TtBufferAttr info;
  int64_t depth;
  if (mlirOperationIsNull(buffer) ||
      mlirLogicalResultIsFailure(ttBufferLayoutOf(buffer, &info)) ||
      mlirLogicalResultIsFailure(depthOf(transfer, &depth)))
    return mlirLogicalResultFailure();
  MlirType block = ttTransferBlockType(transfer);
  if (!mlirShapedTypeHasStaticShape(block)) {
    TtDiagnostic *d =
        ttDiagnosticOpError(transfer, "moves a block of dynamic shape");
    ttDiagnosticHint(d, "blocks have static shapes; 'valid' says how much of "
                        "one lies inside the buffer");
    return ttDiagnosticReport(d);
  }
  TtTransferAttr geometry = {
      .pageBytes = info.pageBytes, .depth = depth, .format = info.format};
  if (!blockPages(block, info, &geometry.pages)) {
    TtDiagnostic *d = ttDiagnosticOpError(
        transfer, "moves a block of more tiles than 64 bits can count");
    ttDiagnosticHint(d, "a block lies in the L1 of a core, which holds a few "
                        "hundred tiles");
    return ttDiagnosticReport(d);
  }
  if (geometry.pages < 1)
    return ttEmitOpError(transfer, "moves a block without elements");
  if (ttReadBlockIsa(transfer))
    ttReadBlockSetTransfer(transfer, geometry);
  else
    ttWriteBlockSetTransfer(transfer, geometry);
  return mlirLogicalResultSuccess();
}

MlirLogicalResult
ttRunPropagateLayout(TtPass *pass, MlirOperation op,
                     const TtPropagateLayoutOptions *options) {
  (void)pass;
  (void)options;
  return ttForEach(op, ttIsBlockTransfer, complete, NULL);
}
