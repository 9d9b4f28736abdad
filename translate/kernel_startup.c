// Startup and matmul inits, which older trees have as one call.

#include "kernel_state.h"

#include "tt-c/Diagnostics.h"

#include <inttypes.h>

static const char *matmulInitText(KernelPrinter *p, MlirOperation init,
                                  const char *out) {
  bool block = ttMatmulBlockInitIsa(init);
  const char *cbs =
      block ? cbPair(p, ttMatmulBlockInitGetIn0(init),
                     ttMatmulBlockInitGetIn1(init))
            : cbPair(p, ttMatmulInitGetIn0(init), ttMatmulInitGetIn1(init));
  if (out)
    cbs = textFormat(&p->pool, "%s, %s", cbs, out);
  if (!block)
    return ttMatmulInitGetTranspose(init) ? textFormat(&p->pool, "%s, 1", cbs)
                                          : cbs;
  return textFormat(&p->pool, "%s, %d, %" PRId64 ", %" PRId64 ", %" PRId64, cbs,
                    ttMatmulBlockInitGetTranspose(init) ? 1 : 0,
                    ttMatmulBlockInitGetCt(init), ttMatmulBlockInitGetRt(init),
                    ttMatmulBlockInitGetKt(init));
}

static MlirWalkResult findMatmulInit(MlirOperation op, void *found) {
  if (!ttMatmulInitIsa(op) && !ttMatmulBlockInitIsa(op))
    return MlirWalkResultAdvance;
  *(MlirOperation *)found = op;
  return MlirWalkResultInterrupt;
}

// What programs no hardware state: arguments and index computations.
static bool isScalar(MlirOperation op) {
  return isExpression(op) || ttRuntimeArgIsa(op) || ttCompileArgIsa(op);
}

// Where the API has one call for startup and matmul init, startup takes the
// shape of the kernel's first matmul init, which is left out if it follows at
// once.
static MlirLogicalResult printJoinedStartup(KernelPrinter *p,
                                            MlirOperation op) {
  MlirOperation init = {NULL};
  mlirOperationWalk(p->kernel->op, findMatmulInit, &init, MlirWalkPreOrder);
  if (mlirOperationIsNull(init)) {
    TtDiagnostic *d = ttDiagnosticOpError(
        op, "is 'reverse' in a kernel without a matmul init");
    ttDiagnosticHint(d,
                     "api '%s' starts up for matmul and prepares it in one "
                     "call",
                     apiToString(p->api));
    return ttDiagnosticReport(d);
  }
  Call call =
      ttMatmulBlockInitIsa(init) ? CallMatmulBlockStartup : CallMatmulStartup;
  emitCall(p, op, call,
           matmulInitText(p, init, cbName(p, ttHwStartupGetOut(op))));
  MlirOperation next = mlirOperationGetNextInBlock(op);
  while (!mlirOperationIsNull(next) && isScalar(next))
    next = mlirOperationGetNextInBlock(next);
  if (mlirOperationEqual(next, init))
    p->startedMatmul = init;
  return mlirLogicalResultSuccess();
}

MlirLogicalResult printStartup(KernelPrinter *p, MlirOperation op) {
  bool reverse = ttHwStartupGetReverse(op);
  Call call = reverse ? CallHwStartupReverse : CallHwStartup;
  if (!callName(p->api, call))
    return printJoinedStartup(p, op);
  const char *in = cbPair(p, ttHwStartupGetIn0(op), ttHwStartupGetIn1(op));
  emitCall(
      p, op, call,
      textFormat(&p->pool, "%s, %s", in, cbName(p, ttHwStartupGetOut(op))));
  return mlirLogicalResultSuccess();
}

MlirLogicalResult printMatmulInit(KernelPrinter *p, MlirOperation op) {
  if (mlirOperationEqual(op, p->startedMatmul))
    return mlirLogicalResultSuccess();
  emitCall(p, op,
           ttMatmulBlockInitIsa(op) ? CallMatmulBlockInit : CallMatmulInit,
           matmulInitText(p, op, NULL));
  return mlirLogicalResultSuccess();
}
