//===- host_tree.c - see the header ---------------------------------------===//

#include "host_tree.h"
#include "block_type.h"
#include "mlir-c/BuiltinTypes.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/IR.h"
#include "tt-c/gen/TtOps.h"

typedef struct {
  bool (*isa)(MlirOperation);
  TtOpVisitor visit;
  void *data;
  MlirLogicalResult result;
} Walk;

static MlirWalkResult step(MlirOperation op, void *data) {
  Walk *walk = data;
  if (!walk->isa(op))
    return MlirWalkResultAdvance;
  walk->result = walk->visit(op, walk->data);
  return mlirLogicalResultIsSuccess(walk->result) ? MlirWalkResultAdvance
                                                  : MlirWalkResultInterrupt;
}

MlirLogicalResult ttForEach(MlirOperation root, bool (*isa)(MlirOperation),
                            TtOpVisitor visit, void *data) {
  Walk walk = {isa, visit, data, mlirLogicalResultSuccess()};
  mlirOperationWalk(root, step, &walk, MlirWalkPreOrder);
  return walk.result;
}

MlirOperation ttEnclosing(MlirOperation op, bool (*isa)(MlirOperation)) {
  while (!isa(op))
    op = mlirOperationGetParentOperation(op);
  return op;
}

bool ttIsBlockTransfer(MlirOperation op) {
  return ttReadBlockIsa(op) || ttWriteBlockIsa(op);
}

MlirType ttTransferBlockType(MlirOperation transfer) {
  return mlirValueGetType(ttReadBlockIsa(transfer)
                              ? ttReadBlockGetResult(transfer)
                              : ttWriteBlockGetValue(transfer));
}

int64_t ttTransferSize(MlirOperation transfer, MlirType whole, intptr_t dim) {
  MlirType block = ttTransferBlockType(transfer);
  for (intptr_t i = 0; i < mlirShapedTypeGetRank(block); ++i)
    if (ttWholeDim(whole, block, i) == dim)
      return mlirShapedTypeGetDimSize(block, i);
  return 1;
}

MlirValue ttTransferOffset(MlirOperation transfer, intptr_t dim) {
  return ttReadBlockIsa(transfer) ? ttReadBlockGetOffsets(transfer, dim)
                                  : ttWriteBlockGetOffsets(transfer, dim);
}

intptr_t ttTransferNumValid(MlirOperation transfer) {
  return ttReadBlockIsa(transfer) ? ttReadBlockGetNumValid(transfer)
                                  : ttWriteBlockGetNumValid(transfer);
}

MlirValue ttTransferValid(MlirOperation transfer, intptr_t dim) {
  return ttReadBlockIsa(transfer) ? ttReadBlockGetValid(transfer, dim)
                                  : ttWriteBlockGetValid(transfer, dim);
}

MlirOperation ttTransferBuffer(MlirOperation transfer) {
  MlirAttribute symbol = ttReadBlockIsa(transfer)
                             ? ttReadBlockGetBufferAttr(transfer)
                             : ttWriteBlockGetBufferAttr(transfer);
  MlirOperation buffer = ttLookupNearestSymbol(transfer, symbol);
  if (!mlirOperationIsNull(buffer) && ttBufferIsa(buffer))
    return buffer;
  MlirStringRef name = ttReadBlockIsa(transfer)
                           ? ttReadBlockGetBuffer(transfer)
                           : ttWriteBlockGetBuffer(transfer);
  ttEmitOpError(transfer, "names @%.*s, which is no 'tt.buffer' of its host",
                (int)name.length, name.data);
  return (MlirOperation){NULL};
}

bool ttTransferEnds(MlirOperation transfer, intptr_t dim) {
  MlirOperation buffer = ttTransferBuffer(transfer);
  int64_t valid;
  if (ttTransferNumValid(transfer) == 0 || mlirOperationIsNull(buffer))
    return false;
  return !ttValueGetConstantInt(ttTransferValid(transfer, dim), &valid) ||
         valid != ttTransferSize(transfer, ttBufferGetType(buffer), dim);
}

MlirLogicalResult ttBufferLayoutOf(MlirOperation buffer, TtBufferAttr *info) {
  if (!ttBufferHasInfo(buffer)) {
    TtDiagnostic *d = ttDiagnosticOpError(buffer, "has no completed layout");
    ttDiagnosticHint(d, "tt-infer-layout sets it and runs before this pass");
    return ttDiagnosticReport(d);
  }
  *info = ttBufferGetInfo(buffer);
  return mlirLogicalResultSuccess();
}

bool ttTransferHasGeometry(MlirOperation transfer) {
  return ttReadBlockIsa(transfer) ? ttReadBlockHasTransfer(transfer)
                                  : ttWriteBlockHasTransfer(transfer);
}

TtTransferAttr ttTransferGeometry(MlirOperation transfer) {
  return ttReadBlockIsa(transfer) ? ttReadBlockGetTransfer(transfer)
                                  : ttWriteBlockGetTransfer(transfer);
}
