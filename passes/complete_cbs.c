//===- complete_cbs.c - circular buffers, completed
//------------------------===//
//
// A conceptual circular buffer knows its tile, its block and its name. Here it
// gets the order of its tiles (that of the producing section), its production,
// which is one sub-block of that order, where its consumer unpacks it, its
// number, and as many blocks as fit L1.
//
//===----------------------------------------------------------------------===//

#include "block_type.h"
#include "buffer_memory.h"
#include "plan/circular_buffers.h"
#include "section_program.h"
#include "sections.h"
#include "stb_ds.h"
#include "tt-c/Device.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/IR.h"
#include "tt-c/Registration.h"
#include "tt-c/gen/TtOps.h"

typedef struct {
  MlirOperation *allocs; // stb_ds array
  TtCBRequest *requests; // stb_ds array, parallel
} Buffers;

// The reader's op that fills `cb`, or null.
static MlirOperation readingFrom(MlirValue cb) {
  for (MlirOpOperand use = mlirValueGetFirstUse(cb); !mlirOpOperandIsNull(use);
       use = mlirOpOperandGetNextUse(use))
    if (ttReadBlockIsa(mlirOpOperandGetOwner(use)) ||
        ttConstantTileIsa(mlirOpOperandGetOwner(use)))
      return mlirOpOperandGetOwner(use);
  return (MlirOperation){NULL};
}

// A section that fills `cb`, or null. What a loop carries is filled by two.
static MlirOperation sectionFilling(MlirValue cb) {
  for (MlirOpOperand use = mlirValueGetFirstUse(cb); !mlirOpOperandIsNull(use);
       use = mlirOpOperandGetNextUse(use))
    if (ttSectionIsa(mlirOpOperandGetOwner(use)))
      return mlirOpOperandGetOwner(use);
  return (MlirOperation){NULL};
}

//===- order --------------------------------------------------------------===//

static void setOrder(MlirOperation alloc, int64_t rows, int64_t cols) {
  int64_t order[] = {rows, cols};
  ttAllocCbSetOrder(alloc, 2, order);
}

static void orderLikeSection(MlirOperation alloc, MlirOperation section) {
  MlirOperation yield = mlirBlockGetTerminator(
      mlirRegionGetFirstBlock(ttSectionGetBody(section)));
  TtBlock sub = ttBlockGet(mlirValueGetType(mlirOperationGetOperand(yield, 0)));
  setOrder(alloc, sub.rows, sub.cols);
}

// A production is one sub-block of the order.
static void setProduction(MlirOperation alloc) {
  const int64_t *order = ttAllocCbGetOrder(alloc);
  ttAllocCbSetProduction(alloc, order[0] * order[1]);
}

static void setUnpack(MlirOperation alloc, MlirValue value) {
  bool dest = ttBlockIsWide(value) && ttBlockModes(value) == TtWantsDest;
  ttAllocCbSetUnpack(alloc, dest ? TtUnpackModeDest : TtUnpackModeSrc);
}

// The value that goes through `cb`: the result of a sum or, if none is packed
// there, of `section`.
static MlirValue valueThrough(MlirOperation section, MlirValue cb) {
  MlirOperation op = section;
  for (MlirOpOperand use = mlirValueGetFirstUse(cb); !mlirOpOperandIsNull(use);
       use = mlirOpOperandGetNextUse(use))
    if (ttAccumulateIsa(mlirOpOperandGetOwner(use)))
      op = mlirOpOperandGetOwner(use);
  intptr_t i = 0;
  while (!mlirValueEqual(mlirOperationGetOperand(op, i), cb))
    ++i;
  return mlirOperationGetResult(op, i);
}

static void describeFilled(MlirOperation alloc, MlirOperation section,
                           TtCBRequest *request) {
  MlirValue value = valueThrough(section, ttAllocCbGetResult(alloc));
  MlirOpOperand use = mlirValueGetFirstUse(value);
  bool written =
      !mlirOpOperandIsNull(use) && ttWriteBlockIsa(mlirOpOperandGetOwner(use));
  intptr_t number;
  if (!mlirOpOperandIsNull(use) &&
      !mlirOperationIsNull(ttCarryingLoop(use, &number)))
    request->minDepth = request->depth = 2; // the old block and the new one
  request->kind = written ? TtCBOutput : TtCBIntermediate;
  ttAllocCbSetUnpack(alloc, TtUnpackModeSrc);
  if (!written)
    setUnpack(alloc, value);
  orderLikeSection(alloc, section);
  setProduction(alloc);
}

static MlirLogicalResult describe(MlirOperation alloc, TtCBRequest *request) {
  MlirValue cb = ttAllocCbGetResult(alloc);
  TtCBType type = ttCBTypeGet(mlirValueGetType(cb));
  request->pageBytes = ttTileBytes(ttTileTypeGet(type.tile).format);
  request->blockPages = ttAllocCbGetProduction(alloc);
  request->depth = type.pages / request->blockPages;
  request->minDepth = 1;
  MlirOperation section = sectionFilling(cb);
  if (!mlirOperationIsNull(section)) {
    describeFilled(alloc, section, request);
    return mlirLogicalResultSuccess();
  }
  request->kind = TtCBInput;
  MlirOperation read = readingFrom(cb);
  if (mlirOperationIsNull(read))
    return ttEmitOpError(alloc, "is neither filled nor emptied");
  MlirValue value = mlirOperationGetResult(read, 0);
  TtBlock block = ttBlockGet(mlirValueGetType(value));
  request->blockPages = ttBlockTiles(block);
  if (!ttAllocCbHasOrder(alloc)) // a panel has one already
    setOrder(alloc, block.rows, block.cols);
  setProduction(alloc);
  setUnpack(alloc, value);
  return mlirLogicalResultSuccess();
}

//===- L1 -----------------------------------------------------------------===//

static MlirLogicalResult reportTooLarge(MlirOperation kernel, Buffers *buffers,
                                        const TtDeviceAttr *device,
                                        int64_t budget) {
  int64_t total = 0;
  for (ptrdiff_t i = 0; i < arrlen(buffers->requests); ++i)
    total += ttCBRequestBytes(&buffers->requests[i]);
  TtDiagnostic *diagnostic = ttDiagnosticOpError(
      kernel, "needs %lld B of L1 for circular buffers but a core has %lld B%s",
      (long long)total, (long long)budget,
      budget < ttDeviceUsableL1(device) ? " beside the buffers in L1" : "");
  for (ptrdiff_t i = 0; i < arrlen(buffers->requests); ++i) {
    const TtCBRequest *request = &buffers->requests[i];
    MlirStringRef name = ttAllocCbGetName(buffers->allocs[i]);
    ttDiagnosticNote(diagnostic, mlirOperationGetLocation(buffers->allocs[i]),
                     "%.*s: a block of %lld pages of %lld B, %lld deep: %lld B",
                     (int)name.length, name.data,
                     (long long)request->blockPages,
                     (long long)request->pageBytes, (long long)request->depth,
                     (long long)ttCBRequestBytes(request));
  }
  ttDiagnosticHint(diagnostic, budget < ttDeviceUsableL1(device)
                                   ? "smaller blocks may fit, or leave the "
                                     "buffers in DRAM"
                                   : "smaller blocks would fit");
  return ttDiagnosticReport(diagnostic);
}

static MlirLogicalResult reportTooMany(MlirOperation kernel, ptrdiff_t count,
                                       int64_t most) {
  TtDiagnostic *diagnostic = ttDiagnosticOpError(
      kernel, "needs %lld circular buffers but a core has %lld",
      (long long)count, (long long)most);
  ttDiagnosticHint(diagnostic,
                   "each input, each output and each block that the matrix "
                   "engine takes from another computation has one: give a part "
                   "of the computation a grid of its own, with a buffer for "
                   "what the other part reads");
  return ttDiagnosticReport(diagnostic);
}

static void explainBuffers(const Buffers *buffers, int64_t budget) {
  for (ptrdiff_t i = 0; i < arrlen(buffers->requests); ++i) {
    const TtCBRequest *request = &buffers->requests[i];
    MlirStringRef name = ttAllocCbGetName(buffers->allocs[i]);
    ttEmitRemark(mlirOperationGetLocation(buffers->allocs[i]),
                 "circular buffer %lld (%.*s): %lld pages of %lld B, %lld "
                 "blocks: %lld of %lld B of L1",
                 (long long)request->id, (int)name.length, name.data,
                 (long long)request->blockPages, (long long)request->pageBytes,
                 (long long)request->depth,
                 (long long)ttCBRequestBytes(request), (long long)budget);
  }
}

static MlirLogicalResult plan(MlirOperation kernel, Buffers *buffers,
                              MlirOperation host) {
  TtDeviceAttr device = ttHostGetDevice(host);
  int64_t budget = ttHostFreeL1(host);
  ptrdiff_t count = arrlen(buffers->requests);
  switch (ttPlanCircularBuffers(count, buffers->requests, device.cbs, budget)) {
  case TtCBPlanOk:
    break;
  case TtCBPlanTooMany:
    return reportTooMany(kernel, count, device.cbs);
  case TtCBPlanTooLarge:
    return reportTooLarge(kernel, buffers, &device, budget);
  }
  if (ttExplains())
    explainBuffers(buffers, budget);
  for (ptrdiff_t i = 0; i < count; ++i) {
    const TtCBRequest *request = &buffers->requests[i];
    MlirValue cb = ttAllocCbGetResult(buffers->allocs[i]);
    TtCBType type = ttCBTypeGet(mlirValueGetType(cb));
    type.pages = request->blockPages * request->depth;
    mlirValueSetType(cb, ttCBTypeCreate(mlirOperationGetContext(kernel), type));
    ttAllocCbSetId(buffers->allocs[i], request->id);
  }
  return mlirLogicalResultSuccess();
}

MlirLogicalResult ttCompleteCircularBuffers(MlirOperation kernel,
                                            MlirOperation host) {
  Buffers buffers = {NULL, NULL};
  MlirLogicalResult result = mlirLogicalResultSuccess();
  MlirBlock body = mlirRegionGetFirstBlock(ttKernelGetBody(kernel));
  for (MlirOperation op = mlirBlockGetFirstOperation(body);
       !mlirOperationIsNull(op) && mlirLogicalResultIsSuccess(result);
       op = mlirOperationGetNextInBlock(op)) {
    if (!ttAllocCbIsa(op))
      continue;
    TtCBRequest request = {0};
    result = describe(op, &request);
    arrput(buffers.allocs, op);
    arrput(buffers.requests, request);
  }
  if (mlirLogicalResultIsSuccess(result))
    result = plan(kernel, &buffers, host);
  arrfree(buffers.allocs);
  arrfree(buffers.requests);
  return result;
}
