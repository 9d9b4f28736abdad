//===- lower_shared_to_cb.c - on-chip memory becomes values ---------------===//
//
// Takes local memrefs, linalg on them, and block transfers; leaves linalg on
// tensors (promote_memory.h), and each block transfer `via` a circular buffer
// of its own, of which only the geometry is known: as many pages as the
// productions in flight have.
//
//===----------------------------------------------------------------------===//

#include "first_iteration.h"
#include "host_tree.h"
#include "mlir-c/BuiltinTypes.h"
#include "promote_memory.h"
#include "stb_ds.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/gen/Passes.h"
#include "tt-c/gen/ScfOps.h"
#include "tt-c/gen/TtOps.h"
#include <inttypes.h>
#include <stdio.h>

typedef struct {
  MlirOperation *transfers; // stb_ds array, in program order
} Transfers;

static MlirLogicalResult addTransfer(MlirOperation op, void *data) {
  Transfers *list = data;
  arrput(list->transfers, op);
  return mlirLogicalResultSuccess();
}

static MlirLogicalResult ringType(MlirOperation transfer, MlirType *type) {
  if (!ttTransferHasGeometry(transfer)) {
    TtDiagnostic *d = ttDiagnosticOpError(transfer, "has no geometry");
    ttDiagnosticHint(d, "tt-propagate-layout sets it and runs before this "
                        "pass");
    return ttDiagnosticReport(d);
  }
  MlirOperation buffer = ttTransferBuffer(transfer);
  TtBufferAttr info;
  if (mlirOperationIsNull(buffer) ||
      mlirLogicalResultIsFailure(ttBufferLayoutOf(buffer, &info)))
    return mlirLogicalResultFailure();
  TtTransferAttr geometry = ttTransferGeometry(transfer);
  TtCBType ring = {
      .tile = ttTileTypeCreate(
          mlirOperationGetContext(transfer),
          (TtTileType){info.tileHeight, info.tileWidth, geometry.format})};
  if (__builtin_mul_overflow(geometry.pages, geometry.depth, &ring.pages) ||
      ring.pages > INT32_MAX)
    return ttEmitOpError(transfer,
                         "keeps %" PRId64 " productions of %" PRId64
                         " pages in flight, more than a circular buffer counts",
                         geometry.depth, geometry.pages);
  *type = ttCBTypeCreate(mlirOperationGetContext(transfer), ring);
  return mlirLogicalResultSuccess();
}

static MlirStringRef bufferName(MlirOperation transfer) {
  return ttReadBlockIsa(transfer) ? ttReadBlockGetBuffer(transfer)
                                  : ttWriteBlockGetBuffer(transfer);
}

/// Names the ring after its buffer; further rings of one buffer are numbered.
static void nameRing(MlirOperation ring, const Transfers *list,
                     ptrdiff_t index) {
  MlirStringRef name = bufferName(list->transfers[index]);
  int before = 0;
  for (ptrdiff_t i = 0; i < index; ++i)
    before += mlirStringRefEqual(bufferName(list->transfers[i]), name);
  if (before == 0) {
    ttAllocCbSetName(ring, name);
    return;
  }
  char *text = NULL;
  for (size_t i = 0; i < name.length; ++i)
    arrput(text, name.data[i]);
  char number[16];
  int length = snprintf(number, sizeof number, "_%d", before);
  for (int i = 0; i < length; ++i)
    arrput(text, number[i]);
  ttAllocCbSetName(ring, mlirStringRefCreate(text, (size_t)arrlen(text)));
  arrfree(text);
}

/// Operands `first` and on of a transfer.
static MlirValue *indexOperands(MlirOperation op, intptr_t first,
                                intptr_t count) {
  MlirValue *operands = NULL;
  for (intptr_t i = first; i < first + count; ++i)
    arrput(operands, mlirOperationGetOperand(op, i));
  return operands;
}

static void readVia(MlirOperation op, MlirValue ring) {
  TtBuilder b = ttBuilderBefore(op);
  intptr_t numOffsets = ttReadBlockGetNumOffsets(op);
  intptr_t numValid = ttReadBlockGetNumValid(op);
  MlirValue *offsets = indexOperands(op, 0, numOffsets);
  MlirValue *valid = indexOperands(op, numOffsets, numValid);
  MlirOperation made = ttReadBlockCreate(
      &b, mlirOperationGetLocation(op), ttTransferBlockType(op),
      ttReadBlockGetBuffer(op), numOffsets, offsets, numValid, valid, ring);
  if (ttReadBlockHasFill(op))
    ttReadBlockSetFill(made, ttReadBlockGetFill(op));
  if (ttReadBlockHasStages(op))
    ttReadBlockSetStages(made, ttReadBlockGetStages(op));
  ttReadBlockSetTransfer(made, ttReadBlockGetTransfer(op));
  mlirValueReplaceAllUsesOfWith(ttReadBlockGetResult(op),
                                ttReadBlockGetResult(made));
  arrfree(offsets);
  arrfree(valid);
}

static void writeVia(MlirOperation op, MlirValue ring) {
  TtBuilder b = ttBuilderBefore(op);
  intptr_t numOffsets = ttWriteBlockGetNumOffsets(op);
  intptr_t numValid = ttWriteBlockGetNumValid(op);
  MlirValue *offsets = indexOperands(op, 1, numOffsets);
  MlirValue *valid = indexOperands(op, 1 + numOffsets, numValid);
  MlirOperation made = ttWriteBlockCreate(
      &b, mlirOperationGetLocation(op), ttWriteBlockGetValue(op),
      ttWriteBlockGetBuffer(op), numOffsets, offsets, numValid, valid, ring);
  ttWriteBlockSetTransfer(made, ttWriteBlockGetTransfer(op));
  arrfree(offsets);
  arrfree(valid);
}

/// Makes the ring of every transfer at the top of the body.
static MlirLogicalResult makeRings(MlirOperation kernel, const Transfers *list,
                                   MlirValue **rings) {
  MlirBlock body = mlirRegionGetFirstBlock(ttKernelGetBody(kernel));
  TtBuilder top = ttBuilderAtStart(mlirOperationGetContext(kernel), body);
  for (ptrdiff_t i = 0; i < arrlen(list->transfers); ++i) {
    MlirOperation op = list->transfers[i];
    MlirType type;
    if (mlirLogicalResultIsFailure(ringType(op, &type)))
      return mlirLogicalResultFailure();
    MlirOperation ring = ttAllocCbCreate(&top, mlirOperationGetLocation(op),
                                         type, ttTransferGeometry(op).pages);
    nameRing(ring, list, i);
    arrput(*rings, ttAllocCbGetResult(ring));
  }
  return mlirLogicalResultSuccess();
}

static MlirLogicalResult startLoop(MlirOperation loop, void *unused) {
  (void)unused;
  ttStartWithFirstValue(loop);
  return mlirLogicalResultSuccess();
}

static MlirLogicalResult lower(MlirOperation kernel, void *unused) {
  (void)unused;
  if (mlirLogicalResultIsFailure(ttPromoteMemory(kernel)))
    return mlirLogicalResultFailure();
  ttForEach(kernel, ttScfForIsa, startLoop, NULL);
  Transfers list = {NULL};
  ttForEach(kernel, ttIsBlockTransfer, addTransfer, &list);
  MlirValue *rings = NULL;
  MlirLogicalResult result = makeRings(kernel, &list, &rings);
  for (ptrdiff_t i = 0; i < arrlen(rings) && mlirLogicalResultIsSuccess(result);
       ++i) {
    MlirOperation op = list.transfers[i];
    if (ttReadBlockIsa(op))
      readVia(op, rings[i]);
    else
      writeVia(op, rings[i]);
    mlirOperationDestroy(op);
  }
  arrfree(rings);
  arrfree(list.transfers);
  return result;
}

MlirLogicalResult
ttRunLowerSharedToCB(TtPass *pass, MlirOperation op,
                     const TtLowerSharedToCBOptions *options) {
  (void)pass;
  (void)options;
  return ttForEach(op, ttKernelIsa, lower, NULL);
}
