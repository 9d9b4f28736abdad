//===- verify_kernel.c - one kernel along all its paths -------------------===//
//
// Walks a kernel over its abstract state (verify_state.h) and holds what is
// left at its end: nothing may be in flight, reserved or unread, and the
// hardware is as the next program expects it.
//
//===----------------------------------------------------------------------===//

#include "stb_ds.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/IR.h"
#include "tt-c/gen/TtOps.h"
#include "verify_state.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

//===- steps --------------------------------------------------------------===//

static bool step(VerifyWalk *walk, MlirOperation op) {
  TtOpKind kind = walk->node->kind;
  if (kind == TtOpKindRuntimeArg || kind == TtOpKindCompileArg ||
      kind == TtOpKindTensorAccessor)
    return true;
  VerifyOutcome outcome = verifyStepWindow(walk, op);
  if (outcome == VerifyOther && walk->role != TtRoleCompute)
    outcome = verifyStepTransfer(walk, op);
  if (outcome == VerifyOther && walk->role == TtRoleCompute)
    outcome = verifyStepRegisters(walk, op);
  if (outcome == VerifyOther && walk->role == TtRoleCompute)
    outcome = verifyStepPrograms(walk, op);
  if (outcome == VerifyOther)
    return verifyReject(walk, op,
                        "is nothing that a finished %s kernel does; tt-verify "
                        "knows no rule for it",
                        ttRoleToString(walk->role));
  return outcome == VerifyDone;
}

// Page numbers do not reach the state; registers, tiles and addresses do.
static bool matters(MlirOperation op, intptr_t operand) {
  if (ttOpKind(op) == TtOpKindNone)
    return false;
  return operand > 0 ||
         (!ttNocAsyncReadPageIsa(op) && !ttNocAsyncWritePageIsa(op));
}

//===- after an unknown number of trips -----------------------------------===//

// What was programmed stays known only if every number of trips leaves it so.
static void joinNumber(int64_t *into, int64_t other) {
  if (*into != other)
    *into = 0;
}

static void joinProgrammed(VerifyProgrammed *into,
                           const VerifyProgrammed *other) {
  if (memcmp(into, other, sizeof *into) != 0)
    memset(into, 0, sizeof *into);
}

// Windows and phases of the heads are compared by verifyKernel's last check:
// a head that differs there keeps the difference in the joined state.
static void joinWindow(VerifyWindow *into, const VerifyWindow *other) {
  if (other->back != into->back)
    into->back = VerifyNowhere;
  if (other->front != into->front)
    into->front = VerifyNowhere;
  if (other->reserved > into->reserved)
    into->reserved = other->reserved;
  if (other->waited > into->waited)
    into->waited = other->waited;
  if (other->stored != into->stored)
    into->stored = VerifyNowhere;
  if (other->readsInFlight > into->readsInFlight)
    into->readsInFlight = other->readsInFlight;
  if (other->writesInFlight > into->writesInFlight)
    into->writesInFlight = other->writesInFlight;
  for (int i = 0; i < VerifyPageWords; ++i) {
    into->filled[i] &= other->filled[i];
    into->sent[i] &= other->sent[i];
  }
}

static void join(VerifyWalk *walk, const char *heads, size_t count) {
  VerifyState *state = verifyState(walk);
  ptrdiff_t rings = arrlen(walk->program->rings);
  for (size_t h = 0; h < count; ++h) {
    const VerifyState *head =
        (const VerifyState *)(const void *)(heads + h * walk->stateBytes);
    if (head->phase != VerifyFree)
      state->phase = head->phase;
    joinNumber(&state->started, head->started);
    joinNumber(&state->srcA, head->srcA);
    joinNumber(&state->srcB, head->srcB);
    joinNumber(&state->pack, head->pack);
    joinProgrammed(&state->fpu, &head->fpu);
    joinProgrammed(&state->sfpu, &head->sfpu);
    state->l1Accumulates |= head->l1Accumulates;
    if (head->mask)
      state->mask = head->mask;
    for (ptrdiff_t i = 0; i < rings; ++i)
      joinWindow(&state->windows[i], &head->windows[i]);
  }
}

//===- the end of a kernel ------------------------------------------------===//

static bool endsClean(const VerifyWalk *walk, MlirOperation kernel) {
  const VerifyState *state = verifyState(walk);
  if (state->phase != VerifyFree)
    return verifyReject(walk, kernel,
                        "ends without tile_regs_release after "
                        "tile_regs_%s",
                        state->phase == VerifyMath        ? "acquire"
                        : state->phase == VerifyCommitted ? "commit"
                                                          : "wait");
  if (!verifyProgrammedAtEnd(walk, kernel))
    return false;
  for (ptrdiff_t i = 0; i < arrlen(walk->program->rings); ++i) {
    const VerifyWindow *window = &state->windows[i];
    MlirStringRef name = walk->program->rings[i].name;
    const char *what = window->reserved > 0        ? "reserved but not pushed"
                       : window->waited > 0        ? "waited for but not popped"
                       : window->readsInFlight > 0 ? "with reads in flight"
                       : window->writesInFlight > 0 ? "with writes in flight"
                                                    : NULL;
    if (what)
      return verifyReject(walk, kernel, "ends with pages of @%.*s %s",
                          (int)name.length, name.data, what);
  }
  return true;
}

MlirLogicalResult verifyKernel(const VerifyProgram *program, TtRole role) {
  MlirOperation kernel = program->kernels[role];
  if (mlirOperationIsNull(kernel))
    return mlirLogicalResultSuccess();
  if (verifyRegisters(program) > VerifyMaxRegisters)
    return ttEmitOpError(program->op,
                         "has a device with %" PRId64
                         " tile registers in a section; tt-verify follows %d",
                         verifyRegisters(program), VerifyMaxRegisters);
  VerifyWalk walk = {.program = program,
                     .role = role,
                     .step = step,
                     .join = join,
                     .matters = matters};
  walk.stateBytes = sizeof(VerifyState) +
                    (size_t)arrlen(program->rings) * sizeof(VerifyWindow);
  walk.state = calloc(1, walk.stateBytes);
  bool ok =
      walk.state && verifyWalkKernel(&walk, kernel) && endsClean(&walk, kernel);
  free(walk.state);
  verifyWalkFree(&walk);
  return ok ? mlirLogicalResultSuccess() : mlirLogicalResultFailure();
}
