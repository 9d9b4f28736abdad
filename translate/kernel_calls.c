// Device ops as calls of the kernel API, one for one. Names come from the
// table of spellings and from the op table.

#include "kernel_state.h"

#include "tt-c/Diagnostics.h"
#include "tt-c/OpTable.h"

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static MlirLogicalResult printed(bool whole) {
  return whole ? mlirLogicalResultSuccess() : mlirLogicalResultFailure();
}

// `call(arguments);` as a statement, with the header that declares it.
void emitStatement(KernelPrinter *p, MlirOperation op, const char *call,
                   const char *header, const char *arguments) {
  if (header)
    useHeader(p, header);
  statementBegin(p, op);
  fprintf(p->body, "%s(%s);\n", call, arguments);
}

void emitCall(KernelPrinter *p, MlirOperation op, Call call,
              const char *arguments) {
  emitStatement(p, op, callName(p->api, call), callHeader(p->api, call),
                arguments);
}

// Texts of index operands, joined by commas after `first`; NULL after a
// diagnostic.
const char *argumentList(KernelPrinter *p, const char *first, int count, ...) {
  const char *text = first;
  va_list values;
  va_start(values, count);
  for (int i = 0; i < count && text; ++i) {
    const char *next = exprText(p, va_arg(values, MlirValue));
    if (!next)
      text = NULL;
    else
      text = *text ? textFormat(&p->pool, "%s, %s", text, next) : next;
  }
  va_end(values);
  return text;
}

const char *cbPair(KernelPrinter *p, MlirStringRef a, MlirStringRef b) {
  const char *first = cbName(p, a);
  return textFormat(&p->pool, "%s, %s", first, cbName(p, b));
}

// --- Circular buffers and data movement

static MlirLogicalResult printCBCall(KernelPrinter *p, MlirOperation op,
                                     const char *call, MlirStringRef cb,
                                     int64_t pages) {
  emitStatement(p, op, call,
                p->kernel->role == TtRoleCompute ? "cb_api.h" : NULL,
                textFormat(&p->pool, "%s, %" PRId64, cbName(p, cb), pages));
  return mlirLogicalResultSuccess();
}

static MlirLogicalResult printPageTransfer(KernelPrinter *p, MlirOperation op,
                                           Call call, MlirValue page,
                                           MlirValue accessor, MlirValue l1) {
  const char *id = exprText(p, page);
  const char *tensor = boundName(p, accessor);
  const char *address = exprText(p, l1);
  if (id && tensor && address)
    emitCall(p, op, call,
             textFormat(&p->pool, "%s, %s, %s", id, tensor, address));
  return printed(id && tensor && address);
}

static MlirLogicalResult printPointer(KernelPrinter *p, MlirOperation op,
                                      const char *call, MlirStringRef cb) {
  MlirValue result = mlirOperationGetResult(op, 0);
  if (valueUses(result).count == 0)
    return mlirLogicalResultSuccess();
  statementBegin(p, op);
  const char *of = cbName(p, cb);
  const char *name =
      freshName(p, "l1_", mlirStringRefCreateFromCString(of + strlen("cb_")));
  fprintf(p->body, "const uint32_t %s = %s(%s);\n", name, call, of);
  bindValue(p, result, name);
  return mlirLogicalResultSuccess();
}

// --- FPU

static MlirLogicalResult printMatmulBlock(KernelPrinter *p, MlirOperation op) {
  const char *cbs = cbPair(p, ttMatmulBlockGetIn0(op), ttMatmulBlockGetIn1(op));
  const char *text =
      argumentList(p, cbs, 3, ttMatmulBlockGetTile0(op),
                   ttMatmulBlockGetTile1(op), ttMatmulBlockGetDst(op));
  if (text)
    emitCall(p, op, CallMatmulBlock,
             textFormat(&p->pool, "%s, %d, %" PRId64 ", %" PRId64 ", %" PRId64,
                        text, ttMatmulBlockGetTranspose(op) ? 1 : 0,
                        ttMatmulBlockGetCt(op), ttMatmulBlockGetRt(op),
                        ttMatmulBlockGetKt(op)));
  return printed(text);
}

static MlirLogicalResult printCall(KernelPrinter *p, MlirOperation op,
                                   Call call, const char *text) {
  if (text)
    emitCall(p, op, call, text);
  return printed(text);
}

static MlirLogicalResult printReconfig(KernelPrinter *p, MlirOperation op) {
  if (!ttReconfigDataFormatHasSrcb(op))
    return printCall(p, op, CallReconfigSrca,
                     cbName(p, ttReconfigDataFormatGetSrca(op)));
  if (!ttReconfigDataFormatHasSrca(op))
    return printCall(p, op, CallReconfigSrcb,
                     cbName(p, ttReconfigDataFormatGetSrcb(op)));
  return printCall(p, op, CallReconfig,
                   cbPair(p, ttReconfigDataFormatGetSrca(op),
                          ttReconfigDataFormatGetSrcb(op)));
}

// The function's call in a family of three that stand in this order.
static Call ofFamily(Call add, TtFpuBinary function) {
  return (Call)((int)add + (function == TtFpuBinaryAdd   ? 0
                            : function == TtFpuBinarySub ? 1
                                                         : 2));
}

static MlirLogicalResult printReuse(KernelPrinter *p, MlirOperation op,
                                    Call call, bool dstFirst,
                                    const char *text) {
  const char *reuse = dstFirst ? "DEST_TO_SRCA" : "DEST_TO_SRCB";
  if (text)
    emitStatement(p, op,
                  textFormat(&p->pool, "%sEltwiseBinaryReuseDestType::%s>",
                             callName(p->api, call), reuse),
                  callHeader(p->api, call), text);
  return printed(text);
}

static MlirLogicalResult printPack(KernelPrinter *p, MlirOperation op) {
  const char *dst = exprText(p, ttPackTileGetDst(op));
  const char *cb = cbName(p, ttPackTileGetCb(op));
  MlirValue tile = ttPackTileGetTile(op);
  if (!dst)
    return mlirLogicalResultFailure();
  const char *text = textFormat(&p->pool, "%s, %s", dst, cb);
  if (mlirValueIsNull(tile))
    return printCall(p, op, CallPackTile, text);
  return printCall(p, op, CallPackTileAt, argumentList(p, text, 1, tile));
}

// --- SFPU

static const char *withTemplate(KernelPrinter *p, const char *call,
                                const char *template) {
  return *template ? textFormat(&p->pool, "%s<%s>", call, template) : call;
}

static uint32_t bitsOf(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof(bits));
  return bits;
}

static MlirLogicalResult printUnary(KernelPrinter *p, MlirOperation op) {
  const TtUnaryRow *row = ttUnaryRow(ttUnaryTileGetFunction(op));
  const char *text = exprText(p, ttUnaryTileGetDst(op));
  const char *comment = "";
  const float *params = ttUnaryTileGetParams(op);
  for (intptr_t i = 0; text && i < ttUnaryTileGetNumParams(op); ++i) {
    text =
        textFormat(&p->pool, "%s, 0x%08" PRIx32 "u", text, bitsOf(params[i]));
    comment =
        textFormat(&p->pool, "%s %.9g", i ? comment : " //", (double)params[i]);
  }
  if (!text)
    return mlirLogicalResultFailure();
  useHeader(p, row->header);
  statementBegin(p, op);
  fprintf(p->body, "%s(%s);%s\n", withTemplate(p, row->call, row->callTemplate),
          text, comment);
  return mlirLogicalResultSuccess();
}

static MlirLogicalResult printBinary(KernelPrinter *p, MlirOperation op) {
  const TtBinaryRow *row = ttBinaryRow(ttBinaryTileGetFunction(op));
  const char *text =
      argumentList(p, "", 3, ttBinaryTileGetLhs(op), ttBinaryTileGetRhs(op),
                   ttBinaryTileGetDst(op));
  if (text)
    emitStatement(p, op, withTemplate(p, row->call, row->callTemplate),
                  row->header, text);
  return printed(text);
}

static MlirLogicalResult printUnaryInit(KernelPrinter *p, MlirOperation op) {
  const TtUnaryRow *row = ttUnaryRow(ttUnaryTileInitGetFunction(op));
  emitStatement(p, op, withTemplate(p, row->init, row->initTemplate),
                row->header, "");
  return mlirLogicalResultSuccess();
}

static MlirLogicalResult printBinaryInit(KernelPrinter *p, MlirOperation op) {
  const TtBinaryRow *row = ttBinaryRow(ttBinaryTileInitGetFunction(op));
  emitStatement(p, op, withTemplate(p, row->init, row->initTemplate),
                row->header, "");
  return mlirLogicalResultSuccess();
}

// A literal that reads back as the same number, or its bits where C++ has no
// literal.
static MlirLogicalResult printFill(KernelPrinter *p, MlirOperation op) {
  const char *dst = exprText(p, ttFillTileGetDst(op));
  float value = (float)ttFillTileGetValue(op);
  if (!dst)
    return mlirLogicalResultFailure();
  if (ttFillTileGetInteger(op))
    return printCall(p, op, CallFillTileInt,
                     textFormat(&p->pool, "%s, 0x%08" PRIx32 "u", dst,
                                (uint32_t)(int64_t)ttFillTileGetValue(op)));
  if (!isfinite(value))
    return printCall(
        p, op, CallFillTileBits,
        textFormat(&p->pool, "%s, 0x%08" PRIx32 "u", dst, bitsOf(value)));
  const char *digits = textFormat(&p->pool, "%.9g", (double)value);
  for (int precision = 1; precision < 9; ++precision) {
    const char *shorter =
        textFormat(&p->pool, "%.*g", precision, (double)value);
    if (bitsOf(strtof(shorter, NULL)) == bitsOf(value)) {
      digits = shorter;
      break;
    }
  }
  const char *point = strpbrk(digits, ".e") ? "" : ".0";
  return printCall(p, op, CallFillTile,
                   textFormat(&p->pool, "%s, %s%sf", dst, digits, point));
}

// --- All of them

static MlirLogicalResult printMovementOp(KernelPrinter *p, MlirOperation op) {
  switch (ttOpKind(op)) {
  case TtOpKindCbReserveBack:
    return printCBCall(p, op, "cb_reserve_back", ttCbReserveBackGetCb(op),
                       ttCbReserveBackGetPages(op));
  case TtOpKindCbPushBack:
    return printCBCall(p, op, "cb_push_back", ttCbPushBackGetCb(op),
                       ttCbPushBackGetPages(op));
  case TtOpKindCbWaitFront:
    return printCBCall(p, op, "cb_wait_front", ttCbWaitFrontGetCb(op),
                       ttCbWaitFrontGetPages(op));
  case TtOpKindCbPopFront:
    return printCBCall(p, op, "cb_pop_front", ttCbPopFrontGetCb(op),
                       ttCbPopFrontGetPages(op));
  case TtOpKindGetWritePtr:
    return printPointer(p, op, "get_write_ptr", ttGetWritePtrGetCb(op));
  case TtOpKindGetReadPtr:
    return printPointer(p, op, "get_read_ptr", ttGetReadPtrGetCb(op));
  case TtOpKindNocAsyncReadPage:
    return printPageTransfer(p, op, CallReadPage, ttNocAsyncReadPageGetPage(op),
                             ttNocAsyncReadPageGetAccessor(op),
                             ttNocAsyncReadPageGetL1(op));
  case TtOpKindNocAsyncWritePage:
    return printPageTransfer(
        p, op, CallWritePage, ttNocAsyncWritePageGetPage(op),
        ttNocAsyncWritePageGetAccessor(op), ttNocAsyncWritePageGetL1(op));
  case TtOpKindNocAsyncReadBarrier:
    emitStatement(p, op, "noc_async_read_barrier", NULL, "");
    return mlirLogicalResultSuccess();
  case TtOpKindNocAsyncWriteBarrier:
    emitStatement(p, op, "noc_async_write_barrier", NULL, "");
    return mlirLogicalResultSuccess();
  case TtOpKindNone: {
    TtDiagnostic *d = ttDiagnosticOpError(op, "cannot be printed in a kernel");
    ttDiagnosticHint(d, "loops, conditions, affine ops and the arithmetic of "
                        "arith on indices can");
    return ttDiagnosticReport(d);
  }
  default:
    return printShapeOp(p, op);
  }
}

static MlirLogicalResult printSfpuOp(KernelPrinter *p, MlirOperation op) {
  switch (ttOpKind(op)) {
  case TtOpKindUnaryTileInit:
    return printUnaryInit(p, op);
  case TtOpKindUnaryTile:
    return printUnary(p, op);
  case TtOpKindBinaryTileInit:
    return printBinaryInit(p, op);
  case TtOpKindBinaryTile:
    return printBinary(p, op);
  case TtOpKindFillTileInit:
    return printCall(p, op, CallFillInit, "");
  case TtOpKindFillTile:
    return printFill(p, op);
  case TtOpKindCopyDestValuesInit:
    return printCall(p, op, CallCopyDestInit, "");
  case TtOpKindCopyDestValues:
    return printCall(p, op, CallCopyDest,
                     argumentList(p, "", 2, ttCopyDestValuesGetSource(op),
                                  ttCopyDestValuesGetDst(op)));
  default:
    return printMovementOp(p, op);
  }
}

static MlirLogicalResult printStateOp(KernelPrinter *p, MlirOperation op) {
  switch (ttOpKind(op)) {
  case TtOpKindTileRegsAcquire:
    return printCall(p, op, CallTileRegsAcquire, "");
  case TtOpKindTileRegsCommit:
    return printCall(p, op, CallTileRegsCommit, "");
  case TtOpKindTileRegsWait:
    return printCall(p, op, CallTileRegsWait, "");
  case TtOpKindTileRegsRelease:
    return printCall(p, op, CallTileRegsRelease, "");
  case TtOpKindHwStartup:
    return printStartup(p, op);
  case TtOpKindReconfigDataFormat:
    return printReconfig(p, op);
  case TtOpKindPackReconfigDataFormat:
    return printCall(p, op, CallPackReconfig,
                     cbName(p, ttPackReconfigDataFormatGetCb(op)));
  case TtOpKindPackReconfigL1Acc:
    return printCall(p, op, CallPackReconfigL1Acc,
                     ttPackReconfigL1AccGetEnable(op) ? "1" : "0");
  default:
    return printSfpuOp(p, op);
  }
}

MlirLogicalResult printDeviceOp(KernelPrinter *p, MlirOperation op) {
  switch (ttOpKind(op)) {
  case TtOpKindCopyInit:
    return printCall(p, op, CallCopyInit, cbName(p, ttCopyInitGetCb(op)));
  case TtOpKindCopyTile:
    return printCall(p, op, CallCopyTile,
                     argumentList(p, cbName(p, ttCopyTileGetCb(op)), 2,
                                  ttCopyTileGetTile(op), ttCopyTileGetDst(op)));
  case TtOpKindMatmulInit:
  case TtOpKindMatmulBlockInit:
    return printMatmulInit(p, op);
  case TtOpKindMatmulTiles:
    return printCall(
        p, op, CallMatmulTiles,
        argumentList(
            p, cbPair(p, ttMatmulTilesGetIn0(op), ttMatmulTilesGetIn1(op)), 3,
            ttMatmulTilesGetTile0(op), ttMatmulTilesGetTile1(op),
            ttMatmulTilesGetDst(op)));
  case TtOpKindMatmulBlock:
    return printMatmulBlock(p, op);
  case TtOpKindBinaryTilesInit:
    return printCall(
        p, op, ofFamily(CallAddInit, ttBinaryTilesInitGetFunction(op)),
        cbPair(p, ttBinaryTilesInitGetIn0(op), ttBinaryTilesInitGetIn1(op)));
  case TtOpKindBinaryTiles:
    return printCall(
        p, op, ofFamily(CallAddTiles, ttBinaryTilesGetFunction(op)),
        argumentList(
            p, cbPair(p, ttBinaryTilesGetIn0(op), ttBinaryTilesGetIn1(op)), 3,
            ttBinaryTilesGetTile0(op), ttBinaryTilesGetTile1(op),
            ttBinaryTilesGetDst(op)));
  case TtOpKindReuseDestInit:
    return printReuse(
        p, op, ofFamily(CallAddReuseInit, ttReuseDestInitGetFunction(op)),
        ttReuseDestInitGetDstFirst(op), cbName(p, ttReuseDestInitGetCb(op)));
  case TtOpKindReuseDestTiles:
    return printReuse(
        p, op, ofFamily(CallAddReuseTiles, ttReuseDestTilesGetFunction(op)),
        ttReuseDestTilesGetDstFirst(op),
        argumentList(p, cbName(p, ttReuseDestTilesGetCb(op)), 2,
                     ttReuseDestTilesGetTile(op), ttReuseDestTilesGetDst(op)));
  case TtOpKindPackTile:
    return printPack(p, op);
  default:
    return printStateOp(p, op);
  }
}
