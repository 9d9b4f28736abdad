//===- verify_trace.c - what a kernel does for certain items --------------===//
//
// A walk without an abstract state: every trip of every loop in which a wanted
// event is, with the work of the core given.
//
//===----------------------------------------------------------------------===//

#include "verify_trace.h"
#include "stb_ds.h"
#include "tt-c/gen/TtOps.h"

MlirOperation verifyBufferOf(const VerifyProgram *program, MlirValue accessor) {
  MlirOperation none = {NULL};
  if (!mlirValueIsAOpResult(accessor))
    return none;
  MlirOperation op = mlirOpResultGetOwner(accessor);
  return ttTensorAccessorIsa(op)
             ? verifyBufferNamed(program, ttTensorAccessorGetBuffer(op))
             : none;
}

static bool isRingEvent(MlirOperation op) {
  return ttCbReserveBackIsa(op) || ttCbPushBackIsa(op) ||
         ttCbWaitFrontIsa(op) || ttCbPopFrontIsa(op);
}

static bool isTransferEvent(MlirOperation op) {
  return ttNocAsyncReadPageIsa(op) || ttNocAsyncWritePageIsa(op) ||
         ttNocAsyncReadBarrierIsa(op);
}

//===- which loops are entered --------------------------------------------===//

typedef struct {
  const VerifyTracer *tracer;
  bool found;
} EventSearch;

static MlirWalkResult searchOp(MlirOperation op, void *data) {
  EventSearch *search = data;
  search->found = (search->tracer->rings && isRingEvent(op)) ||
                  (search->tracer->transfers && isTransferEvent(op));
  return search->found ? MlirWalkResultInterrupt : MlirWalkResultAdvance;
}

static bool enters(const VerifyWalk *walk, MlirOperation loop) {
  VerifyTracer *tracer = walk->data;
  for (ptrdiff_t i = 0; i < arrlen(tracer->eventful); ++i)
    if (tracer->eventful[i].loop == loop.ptr)
      return tracer->eventful[i].matters;
  EventSearch search = {tracer, false};
  mlirOperationWalk(loop, searchOp, &search, MlirWalkPreOrder);
  VerifyLoopNote note = {loop.ptr, search.found};
  arrput(tracer->eventful, note);
  return search.found;
}

//===- events -------------------------------------------------------------===//

static bool takeRing(VerifyWalk *walk, VerifyEvent event) {
  VerifyTracer *tracer = walk->data;
  switch (walk->node->kind) {
  case TtOpKindCbReserveBack:
    event.kind = VerifyReserve;
    break;
  case TtOpKindCbPushBack:
    event.kind = VerifyPush;
    break;
  case TtOpKindCbWaitFront:
    event.kind = VerifyWait;
    break;
  default:
    event.kind = VerifyPop;
    break;
  }
  event.ring = walk->node->ring;
  event.pages = walk->node->pages;
  return tracer->take(walk, tracer, &event);
}

static bool takeTransfer(VerifyWalk *walk, MlirOperation op,
                         VerifyEvent event) {
  VerifyTracer *tracer = walk->data;
  event.kind = VerifyReadBarrier;
  if (!ttNocAsyncReadBarrierIsa(op)) {
    bool reads = ttNocAsyncReadPageIsa(op);
    event.kind = reads ? VerifyReadPage : VerifyWritePage;
    VerifyValue page =
        verifyEvaluate(walk, reads ? ttNocAsyncReadPageGetPage(op)
                                   : ttNocAsyncWritePageGetPage(op));
    if (page.kind != VerifyNumber)
      return verifyReject(walk, op,
                          "cannot be decided by tt-verify: the page it moves "
                          "does not follow from the item and loop indices");
    event.page = page.number;
    event.buffer = verifyBufferOf(walk->program,
                                  reads ? ttNocAsyncReadPageGetAccessor(op)
                                        : ttNocAsyncWritePageGetAccessor(op));
  }
  return tracer->take(walk, tracer, &event);
}

static bool takeArgument(VerifyWalk *walk, MlirOperation op) {
  const VerifyTracer *tracer = walk->data;
  TtArgKind kind = ttRuntimeArgGetKind(op);
  VerifyValue value = {VerifyNumber,
                       kind == TtArgKindCount ? tracer->count : tracer->start,
                       0, 0};
  if (kind == TtArgKindCount || kind == TtArgKindStartId)
    verifyBind(walk, ttRuntimeArgGetResult(op), value);
  return true;
}

static bool step(VerifyWalk *walk, MlirOperation op) {
  const VerifyTracer *tracer = walk->data;
  VerifyEvent event = {.op = op,
                       .item = arrlen(walk->path) > 0 ? walk->path[0].trip : 0};
  switch (walk->node->kind) {
  case TtOpKindRuntimeArg:
    return takeArgument(walk, op);
  case TtOpKindCbReserveBack:
  case TtOpKindCbPushBack:
  case TtOpKindCbWaitFront:
  case TtOpKindCbPopFront:
    return !tracer->rings || takeRing(walk, event);
  case TtOpKindNocAsyncReadPage:
  case TtOpKindNocAsyncWritePage:
  case TtOpKindNocAsyncReadBarrier:
    return !tracer->transfers || takeTransfer(walk, op, event);
  default:
    return true;
  }
}

bool verifyTrace(const VerifyProgram *program, TtRole role, int64_t start,
                 int64_t count, VerifyTracer *tracer) {
  if (mlirOperationIsNull(program->kernels[role]))
    return true;
  tracer->start = start;
  tracer->count = count;
  VerifyWalk walk = {.program = program,
                     .role = role,
                     .step = step,
                     .enters = enters,
                     .data = tracer};
  bool ok = verifyWalkKernel(&walk, program->kernels[role]);
  verifyWalkFree(&walk);
  arrfree(tracer->eventful);
  return ok;
}
