//===- layout_transfers.c - checks of block transfers against layouts -----===//
//
// What kernels read and write of buffers must fit how these are kept. Reads
// that overlap their neighbours by part of a tile, and writes that end within a
// tile of the buffer, are refused here, where the user's op is still what is
// seen.
//
//===----------------------------------------------------------------------===//

#include "affine_form.h"
#include "host_tree.h"
#include "infer_layout.h"
#include "mlir-c/BuiltinTypes.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/IR.h"
#include "tt-c/gen/TtOps.h"
#include <inttypes.h>
#include <stdlib.h>

/// Elements that two neighbouring blocks of `size` at this offset share, or 0.
static int64_t overlapOf(const TtAffineForm *offset, int64_t size) {
  int64_t step = 0;
  for (intptr_t i = 0; i < offset->numTerms; ++i) {
    int64_t coefficient = llabs(offset->terms[i].coefficient);
    if (step == 0 || coefficient < step)
      step = coefficient;
  }
  return step > 0 && step < size ? size - step : 0;
}

/// Along one dimension of a read that is cut into tiles.
static MlirLogicalResult checkOverlap(MlirOperation read, intptr_t dim,
                                      int64_t size, int64_t tile) {
  TtAffineForm offset = ttAffineFormGet(ttReadBlockGetOffsets(read, dim));
  int64_t overlap = overlapOf(&offset, size);
  bool wholeTiles = overlap % tile == 0 && offset.constant % tile == 0;
  ttAffineFormDestroy(&offset);
  if (overlap == 0 || wholeTiles)
    return mlirLogicalResultSuccess();
  TtDiagnostic *d = ttDiagnosticOpError(
      read,
      "reads blocks of %" PRId64 " elements along dimension %" PRIdPTR
      " that overlap by %" PRId64
      " (a halo), which is not whole tiles of %" PRId64,
      size, dim, overlap, tile);
  ttDiagnosticHint(d,
                   "read whole tiles at multiples of %" PRId64
                   " elements, neighbours as blocks of their own, or lay "
                   "the shifted data out in another argument",
                   tile);
  return ttDiagnosticReport(d);
}

/// Along one dimension of a write that is cut into tiles: a block that ends in
/// a tile ends with the buffer, for the tile is written whole.
static MlirLogicalResult checkEnd(MlirOperation write, MlirType buffer,
                                  intptr_t dim, int64_t tile) {
  int64_t size = ttTransferSize(write, buffer, dim), number;
  int64_t length = mlirShapedTypeGetDimSize(buffer, dim);
  if (size % tile == 0 ||
      (ttValueGetConstantInt(ttTransferOffset(write, dim), &number) &&
       number >= length - size))
    return mlirLogicalResultSuccess();
  TtDiagnostic *d =
      ttDiagnosticOpError(write,
                          "writes blocks of %" PRId64 " of %" PRId64
                          " elements along dimension %" PRIdPTR
                          ", which end within a tile of %" PRId64,
                          size, length, dim, tile);
  ttDiagnosticHint(d,
                   "tiles are written whole: write multiples of %" PRId64
                   " elements, or up to the end of the buffer",
                   tile);
  return ttDiagnosticReport(d);
}

static MlirLogicalResult checkTransfer(MlirOperation op, void *data) {
  (void)data;
  MlirOperation buffer = ttTransferBuffer(op);
  TtBufferAttr info;
  if (mlirOperationIsNull(buffer) ||
      mlirLogicalResultIsFailure(ttBufferLayoutOf(buffer, &info)))
    return mlirLogicalResultFailure();
  MlirType block = ttTransferBlockType(op);
  if (ttTypeIsATile(mlirShapedTypeGetElementType(block)))
    return ttEmitOpError(op, "moves tiles already; layouts are inferred while "
                             "blocks have elements");
  MlirType whole = ttBufferGetType(buffer);
  intptr_t rank = mlirShapedTypeGetRank(whole);
  MlirLogicalResult result = mlirLogicalResultSuccess();
  for (intptr_t dim = rank - 1; !info.packed && dim >= 0 && dim >= rank - 2 &&
                                mlirLogicalResultIsSuccess(result);
       --dim) {
    int64_t tile = dim == rank - 1 ? info.tileWidth : info.tileHeight;
    result = ttReadBlockIsa(op)
                 ? checkOverlap(op, dim, ttTransferSize(op, whole, dim), tile)
                 : checkEnd(op, whole, dim, tile);
  }
  return result;
}

MlirLogicalResult ttCheckTransfers(MlirOperation kernel) {
  return ttForEach(kernel, ttIsBlockTransfer, checkTransfer, NULL);
}
