// Verifiers of device ops: every circular buffer and buffer that one names
// exists, counts fit, and each op stands in a kernel whose processor has it.

#include "mlir-c/BuiltinAttributes.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/OpTable.h"
#include "tt-c/gen/Hooks.h"
#include "tt-c/gen/TtOps.h"
#include "verify_symbols.h"

#include <inttypes.h>

// --- Circular buffers

static MlirLogicalResult verifyPages(MlirOperation op, MlirStringRef name,
                                     int64_t pages) {
  MlirOperation cb = ttRequireCircularBuffer(op, name);
  if (mlirOperationIsNull(cb))
    return mlirLogicalResultFailure();
  int64_t capacity = ttCBTypeGet(ttCircularBufferGetType(cb)).pages;
  if (pages >= 1 && pages <= capacity)
    return mlirLogicalResultSuccess();
  TtDiagnostic *d = ttDiagnosticOpError(
      op, "counts %" PRId64 " pages, but '@%.*s' holds %" PRId64, pages,
      (int)name.length, name.data, capacity);
  ttDiagnosticNote(d, mlirOperationGetLocation(cb), "declared here");
  return ttDiagnosticReport(d);
}

MlirLogicalResult ttVerifyCbReserveBack(MlirOperation op) {
  return verifyPages(op, ttCbReserveBackGetCb(op), ttCbReserveBackGetPages(op));
}
MlirLogicalResult ttVerifyCbPushBack(MlirOperation op) {
  return verifyPages(op, ttCbPushBackGetCb(op), ttCbPushBackGetPages(op));
}
MlirLogicalResult ttVerifyCbWaitFront(MlirOperation op) {
  return verifyPages(op, ttCbWaitFrontGetCb(op), ttCbWaitFrontGetPages(op));
}
MlirLogicalResult ttVerifyCbPopFront(MlirOperation op) {
  return verifyPages(op, ttCbPopFrontGetCb(op), ttCbPopFrontGetPages(op));
}

MlirLogicalResult ttVerifyReconfigDataFormat(MlirOperation op) {
  if (!ttReconfigDataFormatHasSrca(op) && !ttReconfigDataFormatHasSrcb(op))
    return ttEmitOpError(op, "names neither 'srca' nor 'srcb'");
  return mlirLogicalResultSuccess();
}

MlirLogicalResult ttVerifyRuntimeArg(MlirOperation op) {
  TtArgKind kind = ttRuntimeArgGetKind(op);
  bool named = ttRuntimeArgHasBuffer(op);
  if (named != (kind == TtArgKindAddress))
    return ttEmitOpError(op, named ? "has a buffer, which only an 'address' has"
                                   : "is an 'address' without a buffer");
  if (ttRuntimeArgHasScope(op) != ttRuntimeArgHasIndex(op))
    return ttEmitOpError(op, "has one of 'scope' and 'index' without the "
                             "other");
  if (ttRuntimeArgHasScope(op) &&
      ttRuntimeArgGetScope(op) == TtArgScopeCompileTime)
    return ttEmitOpError(op, "has scope 'compile_time'; that is a "
                             "'tt.compile_arg'");
  if (named &&
      mlirOperationIsNull(ttRequireBuffer(op, ttRuntimeArgGetBuffer(op))))
    return mlirLogicalResultFailure();
  return mlirLogicalResultSuccess();
}

// --- What the ops of a kernel name, checked once for the whole kernel

// Circular buffers that an op names, three at most; the pointers of unused
// places are null.
typedef struct {
  MlirStringRef names[3];
} NamedCBs;

static NamedCBs namedByMath(MlirOperation op) {
  switch (ttOpKind(op)) {
  case TtOpKindMatmulInit:
    return (NamedCBs){{ttMatmulInitGetIn0(op), ttMatmulInitGetIn1(op)}};
  case TtOpKindMatmulTiles:
    return (NamedCBs){{ttMatmulTilesGetIn0(op), ttMatmulTilesGetIn1(op)}};
  case TtOpKindMatmulBlockInit:
    return (NamedCBs){
        {ttMatmulBlockInitGetIn0(op), ttMatmulBlockInitGetIn1(op)}};
  case TtOpKindMatmulBlock:
    return (NamedCBs){{ttMatmulBlockGetIn0(op), ttMatmulBlockGetIn1(op)}};
  case TtOpKindBinaryTilesInit:
    return (NamedCBs){
        {ttBinaryTilesInitGetIn0(op), ttBinaryTilesInitGetIn1(op)}};
  case TtOpKindBinaryTiles:
    return (NamedCBs){{ttBinaryTilesGetIn0(op), ttBinaryTilesGetIn1(op)}};
  case TtOpKindReuseDestInit:
    return (NamedCBs){{ttReuseDestInitGetCb(op)}};
  case TtOpKindReuseDestTiles:
    return (NamedCBs){{ttReuseDestTilesGetCb(op)}};
  default:
    return (NamedCBs){0};
  }
}

static NamedCBs namedBy(MlirOperation op) {
  switch (ttOpKind(op)) {
  case TtOpKindHwStartup:
    return (NamedCBs){
        {ttHwStartupGetIn0(op), ttHwStartupGetIn1(op), ttHwStartupGetOut(op)}};
  case TtOpKindReconfigDataFormat:
    return (NamedCBs){
        {ttReconfigDataFormatGetSrca(op), ttReconfigDataFormatGetSrcb(op)}};
  case TtOpKindPackReconfigDataFormat:
    return (NamedCBs){{ttPackReconfigDataFormatGetCb(op)}};
  case TtOpKindCopyInit:
    return (NamedCBs){{ttCopyInitGetCb(op)}};
  case TtOpKindCopyTile:
    return (NamedCBs){{ttCopyTileGetCb(op)}};
  case TtOpKindPackTile:
    return (NamedCBs){{ttPackTileGetCb(op)}};
  case TtOpKindGetWritePtr:
    return (NamedCBs){{ttGetWritePtrGetCb(op)}};
  case TtOpKindGetReadPtr:
    return (NamedCBs){{ttGetReadPtrGetCb(op)}};
  default:
    return namedByMath(op);
  }
}

static bool movesData(TtOpKind kind) {
  return kind == TtOpKindNocAsyncReadPage ||
         kind == TtOpKindNocAsyncReadBarrier ||
         kind == TtOpKindNocAsyncWritePage ||
         kind == TtOpKindNocAsyncWriteBarrier ||
         kind == TtOpKindTensorAccessor || kind == TtOpKindGetReadPtr ||
         kind == TtOpKindGetWritePtr;
}

static bool computes(TtOpKind kind) {
  switch (kind) {
  case TtOpKindTileRegsAcquire:
  case TtOpKindTileRegsCommit:
  case TtOpKindTileRegsWait:
  case TtOpKindTileRegsRelease:
  case TtOpKindHwStartup:
  case TtOpKindReconfigDataFormat:
  case TtOpKindPackReconfigDataFormat:
  case TtOpKindPackReconfigL1Acc:
  case TtOpKindCopyInit:
  case TtOpKindCopyTile:
  case TtOpKindMatmulInit:
  case TtOpKindMatmulTiles:
  case TtOpKindMatmulBlockInit:
  case TtOpKindMatmulBlock:
  case TtOpKindBinaryTilesInit:
  case TtOpKindBinaryTiles:
  case TtOpKindReuseDestInit:
  case TtOpKindReuseDestTiles:
  case TtOpKindUnaryTileInit:
  case TtOpKindUnaryTile:
  case TtOpKindBinaryTileInit:
  case TtOpKindBinaryTile:
  case TtOpKindFillTileInit:
  case TtOpKindFillTile:
  case TtOpKindCopyDestValuesInit:
  case TtOpKindCopyDestValues:
  case TtOpKindTypecastTileInit:
  case TtOpKindTypecastTile:
  case TtOpKindWhereTileInit:
  case TtOpKindWhereTile:
  case TtOpKindReduceInit:
  case TtOpKindReduceTile:
  case TtOpKindReduceUninit:
  case TtOpKindUnaryBcastInit:
  case TtOpKindUnaryBcast:
  case TtOpKindUnaryBcastUninit:
  case TtOpKindTransposeInit:
  case TtOpKindTransposeTile:
  case TtOpKindPackTile:
    return true;
  default:
    return false;
  }
}

static MlirLogicalResult verifyExtents(MlirOperation op, int64_t ct, int64_t rt,
                                       int64_t kt) {
  if (ct >= 1 && rt >= 1 && kt >= 1)
    return mlirLogicalResultSuccess();
  return ttEmitOpError(op,
                       "has extents ct %" PRId64 ", rt %" PRId64
                       " and kt %" PRId64 ", which must be positive",
                       ct, rt, kt);
}

static MlirLogicalResult verifyCounts(MlirOperation op) {
  switch (ttOpKind(op)) {
  case TtOpKindMatmulBlockInit:
    return verifyExtents(op, ttMatmulBlockInitGetCt(op),
                         ttMatmulBlockInitGetRt(op),
                         ttMatmulBlockInitGetKt(op));
  case TtOpKindMatmulBlock:
    return verifyExtents(op, ttMatmulBlockGetCt(op), ttMatmulBlockGetRt(op),
                         ttMatmulBlockGetKt(op));
  case TtOpKindUnaryTile: {
    const TtUnaryRow *row = ttUnaryRow(ttUnaryTileGetFunction(op));
    if (ttUnaryTileGetNumParams(op) == row->params)
      return mlirLogicalResultSuccess();
    return ttEmitOpError(op, "has %" PRIdPTR " parameters, but '%s' takes %d",
                         ttUnaryTileGetNumParams(op), row->name, row->params);
  }
  case TtOpKindTensorAccessor:
    return mlirOperationIsNull(
               ttRequireBuffer(op, ttTensorAccessorGetBuffer(op)))
               ? mlirLogicalResultFailure()
               : mlirLogicalResultSuccess();
  default:
    return mlirLogicalResultSuccess();
  }
}

static MlirLogicalResult verifyInKernel(MlirOperation op, TtRole role) {
  TtOpKind kind = ttOpKind(op);
  if (role == TtRoleCompute ? movesData(kind) : computes(kind))
    return ttEmitOpError(op, "has no place in a %s kernel",
                         ttRoleToString(role));
  NamedCBs cbs = namedBy(op);
  for (int i = 0; i < 3; ++i)
    if (cbs.names[i].data &&
        mlirOperationIsNull(ttRequireCircularBuffer(op, cbs.names[i])))
      return mlirLogicalResultFailure();
  return verifyCounts(op);
}

typedef struct {
  TtRole role;
  bool failed;
} Walk;

static MlirWalkResult visit(MlirOperation op, void *data) {
  Walk *walk = data;
  walk->failed = mlirLogicalResultIsFailure(verifyInKernel(op, walk->role));
  return walk->failed ? MlirWalkResultInterrupt : MlirWalkResultAdvance;
}

MlirLogicalResult ttVerifyFuncRegions(MlirOperation op) {
  Walk walk = {ttFuncGetRole(op), false};
  mlirOperationWalk(op, visit, &walk, MlirWalkPreOrder);
  return walk.failed ? mlirLogicalResultFailure() : mlirLogicalResultSuccess();
}
