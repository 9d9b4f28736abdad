// Calls that change the shape of what they read: reductions, broadcasts,
// transposes; selection and conversion; and words that a kernel writes to its
// L1.

#include "kernel_state.h"

#include "tt-c/Diagnostics.h"

#include <inttypes.h>

static MlirLogicalResult print(KernelPrinter *p, MlirOperation op, Call call,
                               const char *template, const char *text) {
  const char *name = callName(p->api, call);
  if (!name)
    return ttEmitOpError(op,
                         "has no call in api '%s' that leaves the programmed "
                         "formats alone; use api 'current'",
                         apiToString(p->api));
  if (!text)
    return mlirLogicalResultFailure();
  if (*template)
    name = textFormat(&p->pool, "%s%s>", name, template);
  emitStatement(p, op, name, callHeader(p->api, call), text);
  return mlirLogicalResultSuccess();
}

static const char *reduction(KernelPrinter *p, TtReduceKind kind,
                             TtReduceDim dim) {
  static const char *const dims[] = {"REDUCE_ROW", "REDUCE_COL",
                                     "REDUCE_SCALAR"};
  return textFormat(&p->pool, "PoolType::%s, ReduceDim::%s",
                    kind == TtReduceKindMax ? "MAX" : "SUM", dims[dim]);
}

static const char *broadcast(KernelPrinter *p, TtBcastDim dim) {
  static const char *const dims[] = {"ROW", "COL", "SCALAR"};
  return textFormat(&p->pool, "BroadcastType::%s", dims[dim]);
}

static MlirLogicalResult printReduceInit(KernelPrinter *p, MlirOperation op) {
  const char *in = cbPair(p, ttReduceInitGetIn(op), ttReduceInitGetScaler(op));
  return print(
      p, op, CallReduceInit,
      reduction(p, ttReduceInitGetKind(op), ttReduceInitGetDim(op)),
      textFormat(&p->pool, "%s, %s", in, cbName(p, ttReduceInitGetOut(op))));
}

static MlirLogicalResult printReduceTile(KernelPrinter *p, MlirOperation op) {
  return print(
      p, op, CallReduceTile,
      reduction(p, ttReduceTileGetKind(op), ttReduceTileGetDim(op)),
      argumentList(p,
                   cbPair(p, ttReduceTileGetIn(op), ttReduceTileGetScaler(op)),
                   3, ttReduceTileGetTile(op), ttReduceTileGetScalerTile(op),
                   ttReduceTileGetDst(op)));
}

// Selection is by the format that the tile registers hold.
static MlirLogicalResult printWhere(KernelPrinter *p, MlirOperation op) {
  bool wide = ttProgramGetCompute(p->program->op).fp32Acc;
  return print(p, op, CallWhereTile,
               ttWhereTileGetInteger(op) ? "DataFormat::Int32"
               : wide                    ? "DataFormat::Float32"
                                         : "DataFormat::Float16_b",
               argumentList(p, "", 4, ttWhereTileGetCondition(op),
                            ttWhereTileGetLhs(op), ttWhereTileGetRhs(op),
                            ttWhereTileGetDst(op)));
}

// The formats as numbers, which is what the call's template takes.
static MlirLogicalResult printTypecast(KernelPrinter *p, MlirOperation op,
                                       Call call, TtDataFormat from,
                                       TtDataFormat to, const char *text) {
  return print(p, op, call,
               textFormat(&p->pool,
                          "static_cast<uint32_t>(DataFormat::%s), "
                          "static_cast<uint32_t>(DataFormat::%s)",
                          formatName(from), formatName(to)),
               text);
}

static MlirLogicalResult printL1Store(KernelPrinter *p, MlirOperation op) {
  const char *address = exprText(p, ttL1StoreGetAddress(op));
  if (!address)
    return mlirLogicalResultFailure();
  statementBegin(p, op);
  fprintf(p->body,
          "*reinterpret_cast<volatile tt_l1_ptr uint32_t *>(%s) = "
          "0x%08" PRIx64 "u;\n",
          address, (uint64_t)ttL1StoreGetWord(op));
  return mlirLogicalResultSuccess();
}

MlirLogicalResult printShapeOp(KernelPrinter *p, MlirOperation op) {
  switch (ttOpKind(op)) {
  case TtOpKindReduceInit:
    return printReduceInit(p, op);
  case TtOpKindReduceTile:
    return printReduceTile(p, op);
  case TtOpKindReduceUninit:
    return print(p, op, CallReduceUninit, "", "");
  case TtOpKindUnaryBcastInit:
    return print(p, op, CallUnaryBcastInit,
                 broadcast(p, ttUnaryBcastInitGetDim(op)),
                 cbName(p, ttUnaryBcastInitGetCb(op)));
  case TtOpKindUnaryBcast:
    return print(p, op, CallUnaryBcast, broadcast(p, ttUnaryBcastGetDim(op)),
                 argumentList(p, cbName(p, ttUnaryBcastGetCb(op)), 2,
                              ttUnaryBcastGetTile(op), ttUnaryBcastGetDst(op)));
  case TtOpKindUnaryBcastUninit:
    return print(p, op, CallUnaryBcastUninit,
                 broadcast(p, ttUnaryBcastUninitGetDim(op)),
                 cbName(p, ttUnaryBcastUninitGetCb(op)));
  case TtOpKindTransposeInit:
    return print(p, op, CallTransposeInit, "",
                 cbName(p, ttTransposeInitGetCb(op)));
  case TtOpKindTransposeTile:
    return print(p, op, CallTransposeTile, "",
                 argumentList(p, cbName(p, ttTransposeTileGetCb(op)), 2,
                              ttTransposeTileGetTile(op),
                              ttTransposeTileGetDst(op)));
  case TtOpKindTransposeDestInit:
    return print(p, op, CallTransposeDestInit, "", "");
  case TtOpKindTransposeDest:
    return print(p, op, CallTransposeDest, "",
                 argumentList(p, "", 1, ttTransposeDestGetDst(op)));
  case TtOpKindWhereTileInit:
    return print(p, op, CallWhereInit, "", "");
  case TtOpKindWhereTile:
    return printWhere(p, op);
  case TtOpKindTypecastTileInit:
    return printTypecast(p, op, CallTypecastInit, ttTypecastTileInitGetFrom(op),
                         ttTypecastTileInitGetTo(op), "");
  case TtOpKindTypecastTile:
    return printTypecast(p, op, CallTypecastTile, ttTypecastTileGetFrom(op),
                         ttTypecastTileGetTo(op),
                         exprText(p, ttTypecastTileGetDst(op)));
  case TtOpKindL1Store:
    return printL1Store(p, op);
  default:
    return ttEmitOpError(op, "has no call in a kernel; run --tt-v5-pipeline to "
                             "its end first");
  }
}
