//===- verify_walk.c - loops of a kernel, executed over abstract states ---===//
//
// A kernel is a deterministic machine over its abstract state. If no step in a
// loop depends on the loop's index, the states at its head are a sequence
// s0, s1, … in which a repeated state repeats for ever; the state after n trips
// is then read off the period. See verify_walk.h.
//
//===----------------------------------------------------------------------===//

#include "verify_walk.h"
#include "loop_body.h"
#include "stb_ds.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/IR.h"
#include "tt-c/gen/ArithOps.h"
#include "tt-c/gen/ScfOps.h"
#include "tt-c/gen/TtOps.h"
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Trips that are executed one by one before the walk gives up.
enum { MaxTrips = 1 << 20, MaxHeads = 4096 };

static bool walkBlock(VerifyWalk *walk, MlirBlock block);

//===- reports ------------------------------------------------------------===//

static void notePath(const VerifyWalk *walk, TtDiagnostic *d) {
  for (ptrdiff_t i = arrlen(walk->path); i-- > 0;) {
    const VerifyTrip *trip = &walk->path[i];
    MlirLocation loc = mlirOperationGetLocation(trip->loop);
    if (trip->trips < 0)
      ttDiagnosticNote(d, loc, "on the path: trip %" PRId64 " of this loop",
                       trip->trip + 1);
    else
      ttDiagnosticNote(
          d, loc, "on the path: trip %" PRId64 " of %" PRId64 " of this loop",
          trip->trip + 1, trip->trips);
  }
}

bool verifyReject(const VerifyWalk *walk, MlirOperation op, const char *format,
                  ...) {
  char text[512];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  TtDiagnostic *d = ttDiagnosticOpError(op, "%s", text);
  notePath(walk, d);
  (void)ttDiagnosticReport(d);
  return false;
}

//===- whether a loop's index reaches the state ---------------------------===//

static bool dependsOn(MlirValue value, MlirValue index) {
  if (mlirValueEqual(value, index))
    return true;
  if (!mlirValueIsAOpResult(value))
    return false;
  MlirOperation op = mlirOpResultGetOwner(value);
  for (intptr_t i = 0; i < mlirOperationGetNumOperands(op); ++i)
    if (dependsOn(mlirOperationGetOperand(op, i), index))
      return true;
  return false;
}

typedef struct {
  const VerifyWalk *walk;
  MlirValue index;
  bool found;
} IndexSearch;

static MlirWalkResult searchOp(MlirOperation op, void *data) {
  IndexSearch *search = data;
  for (intptr_t i = 0; i < mlirOperationGetNumOperands(op); ++i)
    if ((ttScfForIsa(op) || search->walk->matters(op, i)) &&
        dependsOn(mlirOperationGetOperand(op, i), search->index)) {
      search->found = true;
      return MlirWalkResultInterrupt;
    }
  return MlirWalkResultAdvance;
}

static bool indexMatters(VerifyWalk *walk, MlirOperation loop, MlirBlock body) {
  for (ptrdiff_t i = 0; i < arrlen(walk->notes); ++i)
    if (walk->notes[i].loop == loop.ptr)
      return walk->notes[i].matters;
  IndexSearch search = {walk, mlirBlockGetArgument(body, 0), false};
  for (MlirOperation op = mlirBlockGetFirstOperation(body);
       !mlirOperationIsNull(op) && !search.found;
       op = mlirOperationGetNextInBlock(op))
    mlirOperationWalk(op, searchOp, &search, MlirWalkPreOrder);
  VerifyLoopNote note = {loop.ptr, search.found};
  arrput(walk->notes, note);
  return search.found;
}

//===- loops --------------------------------------------------------------===//

// The state at the beginning of each trip so far: a state is large and differs
// late, so that digests are compared first.
typedef struct {
  char *states;    // stb_ds array
  size_t *digests; // stb_ds array, one per state
} Heads;

static size_t digestOf(const VerifyWalk *walk) {
  return stbds_hash_bytes(walk->state, walk->stateBytes, 0);
}

static const char *headAt(const VerifyWalk *walk, const Heads *heads,
                          ptrdiff_t i) {
  return heads->states + (size_t)i * walk->stateBytes;
}

static ptrdiff_t findHead(const VerifyWalk *walk, const Heads *heads) {
  size_t digest = digestOf(walk);
  for (ptrdiff_t i = 0; i < arrlen(heads->digests); ++i)
    if (heads->digests[i] == digest &&
        memcmp(headAt(walk, heads, i), walk->state, walk->stateBytes) == 0)
      return i;
  return -1;
}

static void addHead(const VerifyWalk *walk, Heads *heads) {
  arrput(heads->digests, digestOf(walk));
  memcpy(arraddnptr(heads->states, walk->stateBytes), walk->state,
         walk->stateBytes);
}

static bool walkTrip(VerifyWalk *walk, MlirOperation loop, MlirBlock body,
                     int64_t trip) {
  arrlast(walk->path).trip = trip;
  VerifyValue index = {VerifyUnknown, 0, 0, 0};
  VerifyValue lower = verifyEvaluate(walk, ttScfForGetLowerBound(loop));
  VerifyValue step = verifyEvaluate(walk, ttScfForGetStep(loop));
  if (lower.kind == VerifyNumber && step.kind == VerifyNumber)
    index =
        (VerifyValue){VerifyNumber, lower.number + trip * step.number, 0, 0};
  verifyBind(walk, mlirBlockGetArgument(body, 0), index);
  return walkBlock(walk, body);
}

static bool walkEveryTrip(VerifyWalk *walk, MlirOperation loop, MlirBlock body,
                          int64_t trips) {
  if (trips > MaxTrips)
    return verifyReject(walk, loop,
                        "cannot be decided by tt-verify: each of its %" PRId64
                        " trips does something else, and it follows %d",
                        trips, MaxTrips);
  for (int64_t trip = 0; trip < trips; ++trip)
    if (!walkTrip(walk, loop, body, trip))
      return false;
  return true;
}

// Trips whose effect on the state is the same function each time; `trips` is
// negative if their number is unknown.
static bool walkUntilPeriodic(VerifyWalk *walk, MlirOperation loop,
                              MlirBlock body, int64_t trips) {
  Heads heads = {NULL, NULL};
  bool ok = true;
  ptrdiff_t first = -1;
  for (int64_t trip = 0; ok && (trips < 0 || trip < trips); ++trip) {
    ptrdiff_t count = arrlen(heads.digests);
    first = findHead(walk, &heads);
    if (first >= 0) {
      int64_t period = count - first;
      if (trips >= 0)
        memcpy(walk->state,
               headAt(walk, &heads, first + (trips - first) % period),
               walk->stateBytes);
      break;
    }
    if (count == MaxHeads) {
      ok = verifyReject(walk, loop,
                        "cannot be decided by tt-verify: its state has not "
                        "repeated after %d trips",
                        MaxHeads);
      break;
    }
    addHead(walk, &heads);
    ok = walkTrip(walk, loop, body, trip);
  }
  if (ok && trips < 0)
    walk->join(walk, heads.states, (size_t)arrlen(heads.digests));
  arrfree(heads.states);
  arrfree(heads.digests);
  return ok;
}

static bool walkLoop(VerifyWalk *walk, MlirOperation loop) {
  if (walk->enters && !walk->enters(walk, loop))
    return true;
  if (mlirOperationGetNumResults(loop) > 0)
    return verifyReject(walk, loop,
                        "carries values, which no finished kernel does");
  VerifyValue lower = verifyEvaluate(walk, ttScfForGetLowerBound(loop));
  VerifyValue upper = verifyEvaluate(walk, ttScfForGetUpperBound(loop));
  VerifyValue step = verifyEvaluate(walk, ttScfForGetStep(loop));
  if (step.kind != VerifyNumber || step.number <= 0)
    return verifyReject(walk, loop, "has a step that is no positive constant");
  int64_t span, trips = -1;
  bool known = lower.kind == VerifyNumber && upper.kind == VerifyNumber &&
               !__builtin_sub_overflow(upper.number, lower.number, &span);
  if (known)
    trips = span <= 0 ? 0 : (span - 1) / step.number + 1;
  MlirBlock body = ttLoopBody(loop);
  VerifyTrip entry = {loop, 0, trips};
  arrput(walk->path, entry);
  bool ok;
  if (known && (!walk->state || indexMatters(walk, loop, body)))
    ok = walkEveryTrip(walk, loop, body, trips);
  else if (walk->state)
    ok = walkUntilPeriodic(walk, loop, body, trips);
  else
    ok = verifyReject(walk, loop,
                      "cannot be decided by tt-verify: its trip count follows "
                      "neither from constants nor from the work of a core");
  if (ok)
    (void)arrpop(walk->path);
  return ok;
}

//===- blocks -------------------------------------------------------------===//

static VerifyNode decode(const VerifyProgram *program, MlirOperation op) {
  VerifyNode node = {op, ttOpKind(op), ttScfForIsa(op), -1, 0, -1, NULL};
  MlirStringRef cb;
  switch (node.kind) {
  case TtOpKindCbReserveBack:
    cb = ttCbReserveBackGetCb(op), node.pages = ttCbReserveBackGetPages(op);
    break;
  case TtOpKindCbPushBack:
    cb = ttCbPushBackGetCb(op), node.pages = ttCbPushBackGetPages(op);
    break;
  case TtOpKindCbWaitFront:
    cb = ttCbWaitFrontGetCb(op), node.pages = ttCbWaitFrontGetPages(op);
    break;
  case TtOpKindCbPopFront:
    cb = ttCbPopFrontGetCb(op), node.pages = ttCbPopFrontGetPages(op);
    break;
  default:
    return node;
  }
  node.ring = verifyRingNamed(program, cb);
  return node;
}

// Index values and terminators: evaluated where they are used.
static bool isArithmetic(const VerifyNode *node) {
  return node->kind == TtOpKindNone && !node->loop &&
         mlirOperationGetNumRegions(node->op) == 0 &&
         ttOperationIsPure(node->op);
}

static VerifyNode *nodesOf(VerifyWalk *walk, MlirBlock block) {
  for (ptrdiff_t i = 0; i < arrlen(walk->blocks); ++i)
    if (walk->blocks[i].block == block.ptr)
      return walk->blocks[i].nodes;
  VerifyBlockNodes decoded = {block.ptr, NULL};
  for (MlirOperation op = mlirBlockGetFirstOperation(block);
       !mlirOperationIsNull(op); op = mlirOperationGetNextInBlock(op)) {
    VerifyNode node = decode(walk->program, op);
    if (!isArithmetic(&node)) {
      arrput(decoded.nodes, node);
    } else if (ttArithConstantIsa(op)) {
      MlirValue constant = ttArithConstantGetResult(op);
      verifyBind(walk, constant, verifyEvaluate(walk, constant));
    }
  }
  arrput(walk->blocks, decoded);
  return decoded.nodes;
}

static bool walkBlock(VerifyWalk *walk, MlirBlock block) {
  VerifyNode *nodes = nodesOf(walk, block);
  for (ptrdiff_t i = 0; i < arrlen(nodes); ++i) {
    walk->node = &nodes[i];
    if (nodes[i].loop ? !walkLoop(walk, nodes[i].op)
                      : !walk->step(walk, nodes[i].op))
      return false;
  }
  return true;
}

bool verifyWalkKernel(VerifyWalk *walk, MlirOperation kernel) {
  return walkBlock(walk, mlirRegionGetFirstBlock(ttFuncGetBody(kernel)));
}

void verifyWalkFree(VerifyWalk *walk) {
  arrfree(walk->bindings);
  arrfree(walk->path);
  arrfree(walk->notes);
  for (ptrdiff_t i = 0; i < arrlen(walk->blocks); ++i) {
    for (ptrdiff_t n = 0; n < arrlen(walk->blocks[i].nodes); ++n)
      free(walk->blocks[i].nodes[n].call);
    arrfree(walk->blocks[i].nodes);
  }
  arrfree(walk->blocks);
}
