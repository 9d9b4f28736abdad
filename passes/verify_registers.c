//===- verify_registers.c - tile registers --------------------------------===//
//
// acquire -> math -> commit -> wait -> pack -> release, on every path; math
// only after acquire, packs only after wait; register numbers below the
// capacity; a register that is read or packed was written in the same section
// (METALIUM sheet §3.1, §9.2).
//
//===----------------------------------------------------------------------===//

#include "tt-c/gen/TtOps.h"
#include "verify_state.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

//===- what calls touch ---------------------------------------------------===//

static void tileOperand(const VerifyProgram *program, VerifyCall *call,
                        MlirStringRef cb, MlirValue tile, int64_t span) {
  call->tiles[call->numTiles].ring = verifyRingNamed(program, cb);
  call->tiles[call->numTiles].tile = tile;
  call->tiles[call->numTiles++].span = span;
}

// An extent of a block in tiles; one that no circular buffer holds is none.
static int64_t extentOf(int64_t tiles) {
  return tiles > 0 && tiles <= VerifyMaxPages ? tiles : 0;
}

static bool callOnCircularBuffers(const VerifyProgram *program,
                                  MlirOperation op, VerifyCall *call) {
  if (ttMatmulBlockIsa(op)) {
    int64_t ct = extentOf(ttMatmulBlockGetCt(op));
    int64_t rt = extentOf(ttMatmulBlockGetRt(op));
    int64_t kt = extentOf(ttMatmulBlockGetKt(op));
    tileOperand(program, call, ttMatmulBlockGetIn0(op),
                ttMatmulBlockGetTile0(op), (rt - 1) * kt + 1);
    tileOperand(program, call, ttMatmulBlockGetIn1(op),
                ttMatmulBlockGetTile1(op), ct);
    call->write = ttMatmulBlockGetDst(op);
    call->writeSpan = ct * rt;
  } else if (ttMatmulTilesIsa(op)) {
    tileOperand(program, call, ttMatmulTilesGetIn0(op),
                ttMatmulTilesGetTile0(op), 1);
    tileOperand(program, call, ttMatmulTilesGetIn1(op),
                ttMatmulTilesGetTile1(op), 1);
    call->write = ttMatmulTilesGetDst(op);
  } else if (ttBinaryTilesIsa(op)) {
    tileOperand(program, call, ttBinaryTilesGetIn0(op),
                ttBinaryTilesGetTile0(op), 1);
    tileOperand(program, call, ttBinaryTilesGetIn1(op),
                ttBinaryTilesGetTile1(op), 1);
    call->write = ttBinaryTilesGetDst(op);
  } else if (ttReuseDestTilesIsa(op)) {
    tileOperand(program, call, ttReuseDestTilesGetCb(op),
                ttReuseDestTilesGetTile(op), 1);
    call->write = call->reads[call->numReads++] = ttReuseDestTilesGetDst(op);
  } else if (ttCopyTileIsa(op)) {
    tileOperand(program, call, ttCopyTileGetCb(op), ttCopyTileGetTile(op), 1);
    call->write = ttCopyTileGetDst(op);
  } else {
    return false;
  }
  return true;
}

// Calls that change the shape of what a tile holds.
static bool callOnShapes(const VerifyProgram *program, MlirOperation op,
                         VerifyCall *call) {
  if (ttReduceTileIsa(op)) {
    tileOperand(program, call, ttReduceTileGetIn(op), ttReduceTileGetTile(op),
                1);
    tileOperand(program, call, ttReduceTileGetScaler(op),
                ttReduceTileGetScalerTile(op), 1);
    call->write = ttReduceTileGetDst(op);
    call->content =
        (VerifyContent)(VerifyReduced + (int)ttReduceTileGetDim(op));
  } else if (ttUnaryBcastIsa(op)) {
    tileOperand(program, call, ttUnaryBcastGetCb(op), ttUnaryBcastGetTile(op),
                1);
    call->write = ttUnaryBcastGetDst(op);
  } else if (ttTransposeTileIsa(op)) {
    tileOperand(program, call, ttTransposeTileGetCb(op),
                ttTransposeTileGetTile(op), 1);
    call->write = ttTransposeTileGetDst(op);
  } else {
    return false;
  }
  return true;
}

bool verifyCallOf(const VerifyProgram *program, MlirOperation op,
                  VerifyCall *call) {
  *call = (VerifyCall){.writeSpan = 1, .content = VerifyValued};
  if (callOnCircularBuffers(program, op, call) ||
      callOnShapes(program, op, call))
    return true;
  if (ttTransposeDestIsa(op)) {
    call->write = call->reads[call->numReads++] = ttTransposeDestGetDst(op);
  } else if (ttUnaryTileIsa(op)) {
    call->write = call->reads[call->numReads++] = ttUnaryTileGetDst(op);
  } else if (ttTypecastTileIsa(op)) {
    call->write = call->reads[call->numReads++] = ttTypecastTileGetDst(op);
  } else if (ttBinaryTileIsa(op)) {
    call->reads[call->numReads++] = ttBinaryTileGetLhs(op);
    call->reads[call->numReads++] = ttBinaryTileGetRhs(op);
    call->write = ttBinaryTileGetDst(op);
  } else if (ttFillTileIsa(op)) {
    call->write = ttFillTileGetDst(op);
    if (ttFillTileGetValue(op) == 0.0)
      call->content = VerifyZero;
  } else if (ttCopyDestValuesIsa(op)) {
    call->reads[call->numReads++] = ttCopyDestValuesGetSource(op);
    call->write = ttCopyDestValuesGetDst(op);
  } else if (ttWhereTileIsa(op)) {
    call->reads[call->numReads++] = ttWhereTileGetCondition(op);
    call->reads[call->numReads++] = ttWhereTileGetLhs(op);
    call->reads[call->numReads++] = ttWhereTileGetRhs(op);
    call->write = ttWhereTileGetDst(op);
  } else {
    return false;
  }
  return true;
}

//===- registers ----------------------------------------------------------===//

// The register number `value`, with `span` registers from it in range, or -1
// after a diagnostic.
static int64_t registerOf(VerifyWalk *walk, MlirOperation op, MlirValue value,
                          int64_t span) {
  VerifyValue number = verifyEvaluate(walk, value);
  int64_t capacity = verifyRegisters(walk->program);
  if (number.kind != VerifyNumber)
    verifyReject(walk, op,
                 "cannot be decided by tt-verify: the tile register it uses "
                 "is not known");
  else if (number.number < 0 || number.number + span > capacity)
    verifyReject(walk, op,
                 "uses tile registers %" PRId64 " to %" PRId64
                 ", but a section has %" PRId64 " (%s, %s sync)",
                 number.number, number.number + span - 1, capacity,
                 walk->program->compute.fp32Acc ? "fp32" : "16 bit",
                 walk->program->compute.fullSync ? "full" : "half");
  else
    return number.number;
  return -1;
}

// The content of a register that is read, or VerifyUntouched after a
// diagnostic.
static int64_t readRegister(VerifyWalk *walk, MlirOperation op, MlirValue value,
                            const char *what) {
  int64_t number = registerOf(walk, op, value, 1);
  if (number < 0)
    return VerifyUntouched;
  int64_t content = verifyState(walk)->content[number];
  if (content == VerifyUntouched)
    verifyReject(walk, op,
                 "%s tile register %" PRId64
                 ", which nothing has written since acquire",
                 what, number);
  return content;
}

static const char *const phaseText[] = {
    "after release or before any acquire", "between acquire and commit",
    "between commit and wait", "between wait and release"};

// FPU multiplication adds to the register; so what is there must be nothing.
static bool checkMultiplication(VerifyWalk *walk, MlirOperation op,
                                int64_t number) {
  if (!ttBinaryTilesIsa(op) || ttBinaryTilesGetFunction(op) != TtFpuBinaryMul ||
      verifyState(walk)->content[number] == VerifyUntouched ||
      verifyState(walk)->content[number] == VerifyZero)
    return true;
  return verifyReject(walk, op,
                      "adds its product to tile register %" PRId64
                      ", which already holds a value; mul_tiles has no form "
                      "that overwrites",
                      number);
}

static VerifyOutcome stepCall(VerifyWalk *walk, MlirOperation op,
                              const VerifyCall *call) {
  VerifyState *state = verifyState(walk);
  if (state->phase != VerifyMath) {
    verifyReject(walk, op, "computes %s; math is between acquire and commit",
                 phaseText[state->phase]);
    return VerifyFailed;
  }
  if (call->writeSpan < 1) {
    verifyReject(walk, op,
                 "computes a block of no tiles, or of more than any "
                 "circular buffer holds");
    return VerifyFailed;
  }
  if (!verifyProgrammedFor(walk, op, call))
    return VerifyFailed;
  for (int i = 0; i < call->numTiles; ++i)
    if (!verifyTilesAtFront(walk, op, call->tiles[i].ring, call->tiles[i].tile,
                            call->tiles[i].span))
      return VerifyFailed;
  int64_t content = call->content;
  for (int i = 0; i < call->numReads; ++i) {
    int64_t read = readRegister(walk, op, call->reads[i], "reads");
    if (read == VerifyUntouched)
      return VerifyFailed;
    // What is computed from a reduced tile counts no further than it.
    if (read >= VerifyReduced)
      content = read;
  }
  int64_t number = registerOf(walk, op, call->write, call->writeSpan);
  if (number < 0 || !checkMultiplication(walk, op, number))
    return VerifyFailed;
  // A product is added to what is there, which counts no further than before.
  bool adds = ttMatmulBlockIsa(op) || ttMatmulTilesIsa(op);
  for (int64_t i = number; i < number + call->writeSpan; ++i)
    if (!adds || state->content[i] < VerifyReduced)
      state->content[i] = content;
  return VerifyDone;
}

static VerifyOutcome stepPack(VerifyWalk *walk, MlirOperation op) {
  VerifyState *state = verifyState(walk);
  int ring = verifyRingNamed(walk->program, ttPackTileGetCb(op));
  bool ok = true;
  if (state->phase != VerifyPacking)
    ok = verifyReject(walk, op, "packs %s; packs are between wait and release",
                      phaseText[state->phase]);
  else if (ring < 0)
    ok = verifyReject(walk, op, "names no circular buffer");
  int64_t content = ok ? readRegister(walk, op, ttPackTileGetDst(op), "packs")
                       : VerifyUntouched;
  ok = content != VerifyUntouched &&
       verifyProgrammedForPack(walk, op, ring, content) &&
       verifyPackIntoWindow(walk, op, ring, ttPackTileGetTile(op));
  return ok ? VerifyDone : VerifyFailed;
}

//===- phases -------------------------------------------------------------===//

static VerifyOutcome enter(VerifyWalk *walk, MlirOperation op, VerifyPhase from,
                           VerifyPhase to) {
  VerifyState *state = verifyState(walk);
  if (state->phase != (int64_t)from) {
    verifyReject(walk, op, "comes %s, not %s", phaseText[state->phase],
                 phaseText[from]);
    return VerifyFailed;
  }
  state->phase = to;
  if (to == VerifyFree || to == VerifyMath)
    memset(state->content, 0, sizeof state->content);
  return VerifyDone;
}

VerifyOutcome verifyStepRegisters(VerifyWalk *walk, MlirOperation op) {
  switch (walk->node->kind) {
  case TtOpKindTileRegsAcquire:
    return enter(walk, op, VerifyFree, VerifyMath);
  case TtOpKindTileRegsCommit:
    return enter(walk, op, VerifyMath, VerifyCommitted);
  case TtOpKindTileRegsWait:
    return enter(walk, op, VerifyCommitted, VerifyPacking);
  case TtOpKindTileRegsRelease:
    return enter(walk, op, VerifyPacking, VerifyFree);
  case TtOpKindPackTile:
    return stepPack(walk, op);
  default:
    break;
  }
  if (!walk->node->call) {
    VerifyCall call;
    if (!verifyCallOf(walk->program, op, &call))
      return VerifyOther;
    for (int i = 0; i < call.numTiles; ++i)
      if (call.tiles[i].ring < 0) {
        verifyReject(walk, op, "names no circular buffer");
        return VerifyFailed;
      }
    verifyCallNeeds(walk->program, op, &call);
    walk->node->call = malloc(sizeof call);
    if (!walk->node->call) {
      verifyReject(walk, op, "cannot be verified: out of memory");
      return VerifyFailed;
    }
    memcpy(walk->node->call, &call, sizeof call);
  }
  return stepCall(walk, op, walk->node->call);
}
