// Verifiers of programs: each says one launch without contradiction. That the
// kernels keep their protocols is tt-verify's.

#include "mlir-c/BuiltinAttributes.h"
#include "mlir-c/BuiltinTypes.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/gen/Hooks.h"
#include "tt-c/gen/TtOps.h"
#include "verify_symbols.h"

#include <inttypes.h>
#include <stdlib.h>

static bool failed(MlirLogicalResult result) {
  return mlirLogicalResultIsFailure(result);
}

// --- tt.program

static MlirLogicalResult verifyItems(MlirOperation op) {
  int64_t items = 1;
  for (intptr_t i = 0; i < ttProgramGetNumGrid(op); ++i) {
    int64_t extent = ttProgramGetGrid(op)[i];
    if (extent < 1)
      return ttEmitOpError(op,
                           "has a grid with %" PRId64 " blocks along "
                           "dimension %" PRIdPTR,
                           extent, i);
    if (__builtin_mul_overflow(items, extent, &items) || items > INT32_MAX)
      return ttEmitOpError(op, "has a grid of more than %" PRId32 " blocks",
                           INT32_MAX);
  }
  TtPartitionAttr partition = ttProgramGetPartition(op);
  if (partition.items != items)
    return ttEmitOpError(op,
                         "partitions %" PRId64 " items, but its grid has "
                         "%" PRId64 " blocks",
                         partition.items, items);
  if (partition.block < 1)
    return ttEmitOpError(op, "has a partition in blocks of %" PRId64,
                         partition.block);
  return mlirLogicalResultSuccess();
}

MlirLogicalResult ttVerifyWorkAttr(TtWorkAttr work, TtVerifier *verifier) {
  if (work.numX != work.numY || work.numX != work.numStart ||
      work.numX != work.numCount)
    return ttVerifierError(verifier,
                           "work has %" PRIdPTR " x, %" PRIdPTR " y, %" PRIdPTR
                           " start and %" PRIdPTR " count",
                           work.numX, work.numY, work.numStart, work.numCount);
  for (intptr_t i = 0; i < work.numX; ++i)
    if (work.x[i] < 0 || work.y[i] < 0 || work.start[i] < 0 ||
        work.count[i] < 0)
      return ttVerifierError(verifier,
                             "work gives core (%" PRId64 ", %" PRId64
                             ") %" PRId64 " items from %" PRId64,
                             work.x[i], work.y[i], work.count[i],
                             work.start[i]);
  return mlirLogicalResultSuccess();
}

static MlirLogicalResult verifyCores(MlirOperation op) {
  TtWorkAttr work = ttProgramGetWork(op);
  MlirOperation host = ttVerifyEnclosing(op, ttHostIsa);
  TtDeviceAttr device = ttHostGetDevice(host);
  if (work.numX == 0)
    return ttEmitOpError(op, "has no cores");
  for (intptr_t i = 0; i < work.numX; ++i) {
    if (work.x[i] >= device.gridX || work.y[i] >= device.gridY)
      return ttEmitOpError(op,
                           "gives work to core (%" PRId64 ", %" PRId64
                           "), but the device has %" PRId64 "x%" PRId64
                           " cores",
                           work.x[i], work.y[i], device.gridX, device.gridY);
  }
  return mlirLogicalResultSuccess();
}

MlirLogicalResult ttVerifyProgram(MlirOperation op) {
  if (failed(verifyItems(op)))
    return mlirLogicalResultFailure();
  return verifyCores(op);
}

// Another circular buffer of this id in the program, or another kernel of this
// role, before `op`.
static MlirOperation earlierTwin(MlirOperation op) {
  MlirOperation other = mlirBlockGetFirstOperation(mlirOperationGetBlock(op));
  for (; !mlirOperationEqual(other, op);
       other = mlirOperationGetNextInBlock(other)) {
    if (ttCircularBufferIsa(op) && ttCircularBufferIsa(other) &&
        ttCircularBufferGetId(op) == ttCircularBufferGetId(other))
      return other;
    if (ttFuncIsa(op) && ttFuncIsa(other) &&
        ttFuncGetRole(op) == ttFuncGetRole(other))
      return other;
  }
  return (MlirOperation){NULL};
}

static MlirLogicalResult twinError(MlirOperation op, MlirOperation twin) {
  TtDiagnostic *d;
  if (ttFuncIsa(op))
    d = ttDiagnosticOpError(op, "is the second %s of its program",
                            ttRoleToString(ttFuncGetRole(op)));
  else
    d = ttDiagnosticOpError(op, "has id %" PRId64 " of another circular buffer",
                            ttCircularBufferGetId(op));
  ttDiagnosticNote(d, mlirOperationGetLocation(twin), "the other is here");
  return ttDiagnosticReport(d);
}

MlirLogicalResult ttVerifyProgramRegions(MlirOperation op) {
  MlirBlock body = mlirRegionGetFirstBlock(ttProgramGetBody(op));
  for (MlirOperation inner = mlirBlockGetFirstOperation(body);
       !mlirOperationIsNull(inner);
       inner = mlirOperationGetNextInBlock(inner)) {
    if (!ttCircularBufferIsa(inner) && !ttFuncIsa(inner) &&
        !ttDeclareSemaphoreIsa(inner))
      return ttEmitOpError(inner, "has no place in a program, which holds "
                                  "circular buffers, semaphores and kernels");
    MlirOperation twin = earlierTwin(inner);
    if (!mlirOperationIsNull(twin))
      return twinError(inner, twin);
  }
  return mlirLogicalResultSuccess();
}

// --- tt.circular_buffer

MlirLogicalResult ttVerifyCircularBuffer(MlirOperation op) {
  TtCBType type = ttCBTypeGet(ttCircularBufferGetType(op));
  int64_t production = ttCircularBufferGetProduction(op);
  int64_t id = ttCircularBufferGetId(op);
  TtDeviceAttr device = ttHostGetDevice(ttVerifyEnclosing(op, ttHostIsa));
  if (production < 1 || type.pages % production != 0)
    return ttEmitOpError(op,
                         "holds %" PRId64 " pages, which is no multiple of "
                         "its production of %" PRId64,
                         type.pages, production);
  if (id < 0 || id >= device.cbs)
    return ttEmitOpError(op,
                         "has id %" PRId64 ", but a core of the device has "
                         "%" PRId64 " circular buffers",
                         id, device.cbs);
  if (ttCircularBufferGetNumOrder(op) != 2 ||
      ttCircularBufferGetOrder(op)[0] < 1 ||
      ttCircularBufferGetOrder(op)[1] < 1)
    return ttEmitOpError(op, "needs an order of two positive numbers, the rows "
                             "and columns of a sub-block in tiles");
  return mlirLogicalResultSuccess();
}

// --- tt.func

static MlirLogicalResult verifyArgs(MlirOperation op, const char *what,
                                    MlirAttribute list) {
  intptr_t count =
      mlirAttributeIsNull(list) ? 0 : mlirArrayAttrGetNumElements(list);
  for (intptr_t i = 0; i < count; ++i) {
    TtArgAttr arg = ttArgAttrGet(mlirArrayAttrGetElement(list, i));
    bool named = !mlirAttributeIsNull(arg.buffer);
    if (named != (arg.kind == TtArgKindAddress))
      return ttEmitOpError(op, "has '%s' %" PRIdPTR " '%s' %s a buffer", what,
                           i, ttArgKindToString(arg.kind),
                           named ? "with" : "without");
    if (named && mlirOperationIsNull(ttRequireBuffer(
                     op, mlirFlatSymbolRefAttrGetValue(arg.buffer))))
      return mlirLogicalResultFailure();
  }
  return mlirLogicalResultSuccess();
}

MlirLogicalResult ttVerifyFunc(MlirOperation op) {
  if (failed(verifyArgs(op, "compile_args", ttFuncGetCompileArgs(op))) ||
      failed(verifyArgs(op, "common_args", ttFuncGetCommonArgs(op))) ||
      failed(verifyArgs(op, "core_args", ttFuncGetCoreArgs(op))))
    return mlirLogicalResultFailure();
  if (!ttFuncHasAccessors(op))
    return mlirLogicalResultSuccess();
  MlirAttribute accessors = ttFuncGetAccessors(op);
  intptr_t count = mlirArrayAttrGetNumElements(accessors);
  if (count > 0 && ttFuncGetRole(op) == TtRoleCompute)
    return ttEmitOpError(op, "is a compute kernel, which has no accessors");
  for (intptr_t i = 0; i < count; ++i)
    if (mlirOperationIsNull(
            ttRequireBuffer(op, mlirFlatSymbolRefAttrGetValue(
                                    mlirArrayAttrGetElement(accessors, i)))))
      return mlirLogicalResultFailure();
  return mlirLogicalResultSuccess();
}

// --- Block transfers of the split kernels

typedef struct {
  MlirStringRef buffer, cb;
  intptr_t numOffsets, numShape;
  const int64_t *shape;
  TtRole role;
} Transfer;

static MlirLogicalResult verifyTransfer(MlirOperation op, const Transfer *t) {
  MlirOperation func = ttVerifyEnclosing(op, ttFuncIsa);
  if (mlirOperationIsNull(func) || ttFuncGetRole(func) != t->role)
    return ttEmitOpError(op, "belongs in a %s kernel", ttRoleToString(t->role));
  MlirOperation buffer = ttRequireBuffer(op, t->buffer);
  MlirOperation cb = ttRequireCircularBuffer(op, t->cb);
  if (mlirOperationIsNull(buffer) || mlirOperationIsNull(cb))
    return mlirLogicalResultFailure();
  int64_t rank = mlirShapedTypeGetRank(ttBufferGetType(buffer));
  if (t->numOffsets != rank)
    return ttEmitOpError(op,
                         "has %" PRIdPTR " offsets into a buffer of rank "
                         "%" PRId64,
                         t->numOffsets, rank);
  if (t->numShape != 2 || t->shape[0] < 1 || t->shape[1] < 1)
    return ttEmitOpError(op, "needs a shape of two positive numbers, the rows "
                             "and columns of the block in tiles");
  int64_t production = ttCircularBufferGetProduction(cb);
  int64_t tiles;
  if (__builtin_mul_overflow(t->shape[0], t->shape[1], &tiles))
    return ttEmitOpError(op, "moves more tiles than 64 bits count");
  if (tiles % production != 0)
    return ttEmitOpError(op,
                         "moves %" PRId64 " tiles, but '@%.*s' is filled "
                         "%" PRId64 " pages at a time",
                         tiles, (int)t->cb.length, t->cb.data, production);
  return mlirLogicalResultSuccess();
}

MlirLogicalResult ttVerifyFetchBlock(MlirOperation op) {
  return verifyTransfer(op,
                        &(Transfer){.buffer = ttFetchBlockGetBuffer(op),
                                    .cb = ttFetchBlockGetCb(op),
                                    .numOffsets = ttFetchBlockGetNumOffsets(op),
                                    .numShape = ttFetchBlockGetNumShape(op),
                                    .shape = ttFetchBlockGetShape(op),
                                    .role = TtRoleReader});
}

MlirLogicalResult ttVerifyStoreBlock(MlirOperation op) {
  return verifyTransfer(op,
                        &(Transfer){.buffer = ttStoreBlockGetBuffer(op),
                                    .cb = ttStoreBlockGetCb(op),
                                    .numOffsets = ttStoreBlockGetNumOffsets(op),
                                    .numShape = ttStoreBlockGetNumShape(op),
                                    .shape = ttStoreBlockGetShape(op),
                                    .role = TtRoleWriter});
}

MlirLogicalResult ttVerifyFrontBlock(MlirOperation op) {
  MlirOperation cb = ttRequireCircularBuffer(op, ttFrontBlockGetCb(op));
  if (mlirOperationIsNull(cb))
    return mlirLogicalResultFailure();
  MlirType tile = ttCBTypeGet(ttCircularBufferGetType(cb)).tile;
  MlirType block = mlirValueGetType(ttFrontBlockGetResult(op));
  if (!mlirTypeEqual(mlirShapedTypeGetElementType(block), tile)) {
    char *text = ttTypeToText(tile);
    ttEmitOpError(op, "is no block of '%s', which its circular buffer holds",
                  text);
    free(text);
    return mlirLogicalResultFailure();
  }
  return mlirLogicalResultSuccess();
}
