//===- layout_transfers.c - checks of block transfers against layouts -----===//
//
// What kernels read and write of buffers must fit how these are kept. Blocks
// with a valid extent, and blocks that overlap their neighbours by part of a
// tile, are refused here, where the user's op is still what is seen.
//
//===----------------------------------------------------------------------===//

#include "infer_layout.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/gen/TtOps.h"

static MlirLogicalResult checkTransfer(MlirOperation op) {
  bool ragged = (ttReadBlockIsa(op) && ttReadBlockGetNumValid(op) > 0) ||
                (ttWriteBlockIsa(op) && ttWriteBlockGetNumValid(op) > 0);
  if (!ragged)
    return mlirLogicalResultSuccess();
  TtDiagnostic *d =
      ttDiagnosticOpError(op, "transfers blocks that reach beyond the buffer");
  ttDiagnosticHint(d, "blocks at the edge are not padded: use a block size "
                      "that divides the tensor");
  return ttDiagnosticReport(d);
}

static MlirWalkResult visit(MlirOperation op, void *data) {
  bool *failed = data;
  *failed = mlirLogicalResultIsFailure(checkTransfer(op));
  return *failed ? MlirWalkResultInterrupt : MlirWalkResultAdvance;
}

MlirLogicalResult ttCheckTransfers(MlirOperation kernel) {
  bool failed = false;
  mlirOperationWalk(kernel, visit, &failed, MlirWalkPreOrder);
  return failed ? mlirLogicalResultFailure() : mlirLogicalResultSuccess();
}
