//===- verify_programmed.c - inits and formats ----------------------------===//
//
// The programmed state: formats of SrcA, SrcB and packer, the FPU's call, the
// SFPU's call, the packer's modes. hw_startup once and first; a call finds its
// init and its formats; a reconfig, an uninit or another init undoes an init,
// an SFPU init undoes that of a matmul (METALIUM sheet §4.1 to §4.4).
//
//===----------------------------------------------------------------------===//

#include "tt-c/gen/TtOps.h"
#include "verify_inits.h"
#include <string.h>

static bool fits(const VerifyProgrammed *has, const VerifyProgrammed *needs) {
  if (needs->call != TtOpKindMatmulBlock || has->call != TtOpKindMatmulBlock)
    return memcmp(has, needs, sizeof *has) == 0;
  // A block may be smaller than its init's; which operand is held must agree
  // (METALIUM sheet §3.2).
  VerifyProgrammed same = *has;
  same.detail[1] = needs->detail[1];
  same.detail[2] = needs->detail[2];
  return memcmp(&same, needs, sizeof same) == 0 &&
         needs->detail[1] <= has->detail[1] &&
         needs->detail[2] <= has->detail[2] &&
         (needs->detail[1] >= needs->detail[2]) ==
             (has->detail[1] >= has->detail[2]);
}

static bool rejectInit(VerifyWalk *walk, MlirOperation op, const char *unit,
                       const VerifyProgrammed *has) {
  return verifyReject(walk, op, "runs without its init: the %s %s", unit,
                      has->call == 0
                          ? "has none since start or the last reconfig"
                          : "is programmed for another call");
}

static bool checkSource(VerifyWalk *walk, MlirOperation op,
                        const VerifyCall *call, int source,
                        int64_t programmed) {
  MlirStringRef cb = call->sources[source];
  if (cb.length == 0 || call->sourceFormats[source] == programmed)
    return true;
  return verifyReject(walk, op,
                      "unpacks @%.*s to Src%c, which is set to the format of "
                      "another circular buffer",
                      (int)cb.length, cb.data, "AB"[source]);
}

void verifyCallNeeds(const VerifyProgram *program, MlirOperation op,
                     VerifyCall *call) {
  VerifySources sources = verifySourcesOf(program, op);
  call->sources[0] = sources.a;
  call->sources[1] = sources.b;
  for (int i = 0; i < 2; ++i)
    if (call->sources[i].length)
      call->sourceFormats[i] = verifyUnpackFormat(program, call->sources[i]);
  call->fpu = call->numTiles > 0 || ttTransposeDestIsa(op);
  call->need = call->fpu ? verifyFpuNeedOf(program, op) : verifySfpuNeedOf(op);
}

// FPU operands are unpacked to SrcA and SrcB; a copy may go straight to a
// register of 32 bits.
static bool checkUnpackModes(VerifyWalk *walk, MlirOperation op,
                             const VerifyCall *call) {
  for (int i = 0; i < call->numTiles; ++i) {
    const VerifyRing *ring = &walk->program->rings[call->tiles[i].ring];
    if (ring->unpack != TtUnpackModeDest)
      continue;
    if (!ttCopyTileIsa(op) && !ttUnaryBcastIsa(op))
      return verifyReject(walk, op,
                          "takes @%.*s from SrcA or SrcB, but that circular "
                          "buffer unpacks to tile registers",
                          (int)ring->name.length, ring->name.data);
    if (!walk->program->compute.fp32Acc || ring->pageBytes != 4096)
      return verifyReject(walk, op,
                          "unpacks @%.*s to tile registers, which takes a "
                          "32-bit format and fp32 tile registers",
                          (int)ring->name.length, ring->name.data);
  }
  return true;
}

bool verifyProgrammedFor(VerifyWalk *walk, MlirOperation op,
                         const VerifyCall *call) {
  const VerifyState *state = verifyState(walk);
  if (!state->started)
    return verifyReject(walk, op, "runs before hw_startup");
  if (!checkUnpackModes(walk, op, call))
    return false;
  if (ttTypecastTileIsa(op) && !walk->program->compute.fp32Acc)
    return verifyReject(walk, op,
                        "converts 32-bit integers, which takes fp32 tile "
                        "registers");
  VerifyProgrammed need = call->need;
  if (need.call == TtOpKindMatmulTiles) // has no transpose of its own
    need.detail[0] = state->fpu.detail[0];
  if (!checkSource(walk, op, call, 0, state->srcA) ||
      !checkSource(walk, op, call, 1, state->srcB))
    return false;
  const VerifyProgrammed *has = call->fpu ? &state->fpu : &state->sfpu;
  return fits(has, &need) ||
         rejectInit(walk, op, call->fpu ? "FPU" : "SFPU", has);
}

bool verifyProgrammedForPack(VerifyWalk *walk, MlirOperation op, int ring,
                             int64_t content) {
  const VerifyState *state = verifyState(walk);
  const VerifyRing *out = &walk->program->rings[ring];
  if (!state->started)
    return verifyReject(walk, op, "runs before hw_startup");
  if (state->pack != 1 + (int64_t)out->format)
    return verifyReject(walk, op,
                        "packs to @%.*s, but the packer is set to the format "
                        "of another circular buffer",
                        (int)out->name.length, out->name.data);
  // The mask of a reduction zeroes what it does not leave.
  if (state->mask && content != VerifyReduced + state->mask - 1)
    return verifyReject(walk, op,
                        "packs a register that is not reduced along the "
                        "dimension for which the packer is masked; "
                        "reduce_uninit comes first");
  return true;
}

bool verifyProgrammedAtEnd(const VerifyWalk *walk, MlirOperation kernel) {
  const VerifyState *state = verifyState(walk);
  if (state->l1Accumulates)
    return verifyReject(walk, kernel,
                        "ends while the packer adds to what is in L1, which "
                        "outlives the program");
  if (state->mask)
    return verifyReject(walk, kernel,
                        "ends with the packer masked for a reduction; "
                        "reduce_uninit is missing");
  if (state->fpu.call == TtOpKindUnaryBcast)
    return verifyReject(walk, kernel,
                        "ends with the unpacker set for a broadcast; "
                        "unary_bcast_uninit is missing");
  return true;
}

//===- steps --------------------------------------------------------------===//

static void undo(VerifyProgrammed *state) { memset(state, 0, sizeof *state); }

static bool startUp(VerifyWalk *walk, MlirOperation op) {
  VerifyState *state = verifyState(walk);
  const VerifyProgram *program = walk->program;
  if (state->started)
    return verifyReject(walk, op,
                        "starts the hardware a second time, which "
                        "races with units that run");
  int64_t in0 = verifyUnpackFormat(program, ttHwStartupGetIn0(op));
  int64_t in1 = verifyUnpackFormat(program, ttHwStartupGetIn1(op));
  bool reverse = ttHwStartupGetReverse(op);
  state->srcA = reverse ? in1 : in0;
  state->srcB = reverse ? in0 : in1;
  state->pack = verifyPackFormat(program, ttHwStartupGetOut(op));
  state->started = 1;
  return true;
}

// After a broadcast nothing but its uninit and itself may drive the unpacker.
static bool checkUninit(VerifyWalk *walk, MlirOperation op,
                        const VerifyProgrammed *next) {
  const VerifyProgrammed *has = &verifyState(walk)->fpu;
  if (has->call != TtOpKindUnaryBcast ||
      (next && memcmp(has, next, sizeof *has) == 0))
    return true;
  return verifyReject(walk, op,
                      "programs the unpacker while it is set for a broadcast; "
                      "unary_bcast_uninit comes first");
}

// A reduction masks the packer until its uninit; one along another dimension
// has another mask.
static bool maskPacker(VerifyWalk *walk, MlirOperation op) {
  int64_t mask = 1 + (int64_t)ttReduceInitGetDim(op);
  int64_t *has = &verifyState(walk)->mask;
  if (*has && *has != mask)
    return verifyReject(walk, op,
                        "masks the packer while the mask of a reduction along "
                        "another dimension is set; reduce_uninit comes first");
  *has = mask;
  return true;
}

// reduce_uninit and unary_bcast_uninit.
static VerifyOutcome stepUninit(VerifyWalk *walk, MlirOperation op) {
  VerifyState *state = verifyState(walk);
  bool reduce = ttReduceUninitIsa(op);
  if (!reduce && !ttUnaryBcastUninitIsa(op))
    return VerifyOther;
  bool pending =
      reduce ? state->mask != 0 : state->fpu.call == TtOpKindUnaryBcast;
  if (!pending) {
    verifyReject(walk, op, "ends what no init has begun");
    return VerifyFailed;
  }
  if (reduce)
    state->mask = 0;
  if (!reduce || state->fpu.call == TtOpKindReduceTile)
    undo(&state->fpu);
  return VerifyDone;
}

static bool reconfigure(VerifyWalk *walk, MlirOperation op) {
  VerifyState *state = verifyState(walk);
  if (ttReconfigDataFormatHasSrca(op))
    state->srcA =
        verifyUnpackFormat(walk->program, ttReconfigDataFormatGetSrca(op));
  if (ttReconfigDataFormatHasSrcb(op))
    state->srcB =
        verifyUnpackFormat(walk->program, ttReconfigDataFormatGetSrcb(op));
  undo(&state->fpu);
  return true;
}

VerifyOutcome verifyStepPrograms(VerifyWalk *walk, MlirOperation op) {
  VerifyState *state = verifyState(walk);
  VerifyProgrammed programmed;
  if (ttHwStartupIsa(op))
    return startUp(walk, op) ? VerifyDone : VerifyFailed;
  bool fpu = verifyFpuInitOf(walk->program, op, &programmed);
  bool sfpu = !fpu && verifySfpuInitOf(op, &programmed);
  VerifyOutcome uninit = stepUninit(walk, op);
  if (uninit != VerifyOther)
    return uninit;
  if (!fpu && !sfpu && !ttReconfigDataFormatIsa(op) &&
      !ttPackReconfigDataFormatIsa(op) && !ttPackReconfigL1AccIsa(op))
    return VerifyOther;
  if (!state->started) {
    verifyReject(walk, op, "comes before hw_startup");
    return VerifyFailed;
  }
  if ((fpu || ttReconfigDataFormatIsa(op)) &&
      !checkUninit(walk, op, fpu ? &programmed : NULL))
    return VerifyFailed;
  if (fpu) {
    state->fpu = programmed;
    if (ttReduceInitIsa(op) && !maskPacker(walk, op))
      return VerifyFailed;
  } else if (sfpu) {
    state->sfpu = programmed;
    if (state->fpu.call == TtOpKindMatmulBlock ||
        state->fpu.call == TtOpKindMatmulTiles)
      undo(&state->fpu);
  } else if (ttReconfigDataFormatIsa(op)) {
    reconfigure(walk, op);
  } else if (ttPackReconfigDataFormatIsa(op)) {
    state->pack =
        verifyPackFormat(walk->program, ttPackReconfigDataFormatGetCb(op));
  } else {
    state->l1Accumulates = ttPackReconfigL1AccGetEnable(op);
  }
  return VerifyDone;
}
