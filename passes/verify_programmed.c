//===- verify_programmed.c - inits and formats ----------------------------===//
//
// The programmed state: formats of SrcA, SrcB and packer, the FPU's call, the
// SFPU's call. hw_startup once and first; a call finds its init and its
// formats; a reconfig or another init undoes an init, an SFPU init undoes that
// of a matmul (METALIUM sheet §4.1 to §4.4).
//
//===----------------------------------------------------------------------===//

#include "tt-c/gen/TtOps.h"
#include "verify_state.h"
#include <inttypes.h>
#include <string.h>

//===- formats ------------------------------------------------------------===//

// What an unpacker is set to for a circular buffer; the mode is part of it.
static int64_t unpackFormat(const VerifyProgram *program, MlirStringRef cb) {
  int ring = verifyRingNamed(program, cb);
  return ring < 0 ? -1
                  : 1 + 2 * (int64_t)program->rings[ring].format +
                        (int64_t)program->rings[ring].unpack;
}

static int64_t packFormat(const VerifyProgram *program, MlirStringRef cb) {
  int ring = verifyRingNamed(program, cb);
  return ring < 0 ? -1 : 1 + (int64_t)program->rings[ring].format;
}

typedef struct {
  MlirStringRef a, b; // circular buffers fed to SrcA and SrcB; length 0: none
} Sources;

static const Sources noSources = {{NULL, 0}, {NULL, 0}};

// matmul swaps: in1 goes to SrcA. Reuse feeds what is not the register.
static Sources sourcesOf(MlirOperation op) {
  Sources sources = noSources;
  if (ttMatmulBlockIsa(op))
    return (Sources){ttMatmulBlockGetIn1(op), ttMatmulBlockGetIn0(op)};
  if (ttMatmulTilesIsa(op))
    return (Sources){ttMatmulTilesGetIn1(op), ttMatmulTilesGetIn0(op)};
  if (ttBinaryTilesIsa(op))
    return (Sources){ttBinaryTilesGetIn0(op), ttBinaryTilesGetIn1(op)};
  if (ttCopyTileIsa(op))
    sources.a = ttCopyTileGetCb(op);
  else if (ttReuseDestTilesIsa(op))
    *(ttReuseDestTilesGetDstFirst(op) ? &sources.b : &sources.a) =
        ttReuseDestTilesGetCb(op);
  return sources;
}

static VerifyProgrammed fpuInit(const VerifyProgram *program, TtOpKind call,
                                MlirStringRef first, MlirStringRef second) {
  VerifyProgrammed state;
  memset(&state, 0, sizeof state);
  state.call = call;
  state.formats[0] = first.length ? unpackFormat(program, first) : 0;
  state.formats[1] = second.length ? unpackFormat(program, second) : 0;
  return state;
}

//===- what an init programs ----------------------------------------------===//

static bool fpuInitOf(const VerifyProgram *program, MlirOperation op,
                      VerifyProgrammed *state) {
  MlirStringRef none = {NULL, 0};
  if (ttMatmulBlockInitIsa(op)) {
    *state = fpuInit(program, TtOpKindMatmulBlock, ttMatmulBlockInitGetIn0(op),
                     ttMatmulBlockInitGetIn1(op));
    state->detail[0] = ttMatmulBlockInitGetTranspose(op);
    state->detail[1] = ttMatmulBlockInitGetCt(op);
    state->detail[2] = ttMatmulBlockInitGetRt(op);
    state->detail[3] = ttMatmulBlockInitGetKt(op);
  } else if (ttMatmulInitIsa(op)) {
    *state = fpuInit(program, TtOpKindMatmulTiles, ttMatmulInitGetIn0(op),
                     ttMatmulInitGetIn1(op));
    state->detail[0] = ttMatmulInitGetTranspose(op);
  } else if (ttBinaryTilesInitIsa(op)) {
    *state = fpuInit(program, TtOpKindBinaryTiles, ttBinaryTilesInitGetIn0(op),
                     ttBinaryTilesInitGetIn1(op));
    state->detail[0] = ttBinaryTilesInitGetFunction(op);
  } else if (ttReuseDestInitIsa(op)) {
    *state = fpuInit(program, TtOpKindReuseDestTiles, ttReuseDestInitGetCb(op),
                     none);
    state->detail[0] = ttReuseDestInitGetFunction(op);
    state->detail[1] = ttReuseDestInitGetDstFirst(op);
  } else if (ttCopyInitIsa(op)) {
    *state = fpuInit(program, TtOpKindCopyTile, ttCopyInitGetCb(op), none);
  } else {
    return false;
  }
  return true;
}

// Functions that share an init call are one programmed state: the first of
// their rows stands for it.
static int64_t unaryInit(TtUnaryFunction function) {
  const TtUnaryFunctionRow *row = ttUnaryFunctionRow(function);
  for (int64_t i = 0; i < TtUnaryFunctionNumCases; ++i)
    if (strcmp(ttUnaryFunctionRows()[i].init, row->init) == 0 &&
        strcmp(ttUnaryFunctionRows()[i].initTemplate, row->initTemplate) == 0)
      return i;
  return -1;
}

static int64_t binaryInit(TtBinaryFunction function) {
  const TtBinaryFunctionRow *row = ttBinaryFunctionRow(function);
  for (int64_t i = 0; i < TtBinaryFunctionNumCases; ++i)
    if (strcmp(ttBinaryFunctionRows()[i].init, row->init) == 0 &&
        strcmp(ttBinaryFunctionRows()[i].initTemplate, row->initTemplate) == 0)
      return i;
  return -1;
}

static VerifyProgrammed sfpuState(TtOpKind call, int64_t detail) {
  VerifyProgrammed state;
  memset(&state, 0, sizeof state);
  state.call = call;
  state.detail[0] = detail;
  return state;
}

static bool sfpuInitOf(MlirOperation op, VerifyProgrammed *state) {
  if (ttUnaryTileInitIsa(op))
    *state =
        sfpuState(TtOpKindUnaryTile, unaryInit(ttUnaryTileInitGetFunction(op)));
  else if (ttBinaryTileInitIsa(op))
    *state = sfpuState(TtOpKindBinaryTile,
                       binaryInit(ttBinaryTileInitGetFunction(op)));
  else if (ttFillTileInitIsa(op))
    *state = sfpuState(TtOpKindFillTile, 0);
  else if (ttCopyDestValuesInitIsa(op))
    *state = sfpuState(TtOpKindCopyDestValues, 0);
  else
    return false;
  return true;
}

//===- what a call needs --------------------------------------------------===//

// The programmed state that fits an FPU call: the init it would have written.
static VerifyProgrammed fpuNeedOf(const VerifyProgram *program,
                                  MlirOperation op) {
  MlirStringRef none = {NULL, 0};
  VerifyProgrammed need;
  if (ttMatmulBlockIsa(op)) {
    need = fpuInit(program, TtOpKindMatmulBlock, ttMatmulBlockGetIn0(op),
                   ttMatmulBlockGetIn1(op));
    need.detail[0] = ttMatmulBlockGetTranspose(op);
    need.detail[1] = ttMatmulBlockGetCt(op);
    need.detail[2] = ttMatmulBlockGetRt(op);
    need.detail[3] = ttMatmulBlockGetKt(op);
  } else if (ttMatmulTilesIsa(op)) {
    need = fpuInit(program, TtOpKindMatmulTiles, ttMatmulTilesGetIn0(op),
                   ttMatmulTilesGetIn1(op));
  } else if (ttBinaryTilesIsa(op)) {
    need = fpuInit(program, TtOpKindBinaryTiles, ttBinaryTilesGetIn0(op),
                   ttBinaryTilesGetIn1(op));
    need.detail[0] = ttBinaryTilesGetFunction(op);
  } else if (ttReuseDestTilesIsa(op)) {
    need = fpuInit(program, TtOpKindReuseDestTiles, ttReuseDestTilesGetCb(op),
                   none);
    need.detail[0] = ttReuseDestTilesGetFunction(op);
    need.detail[1] = ttReuseDestTilesGetDstFirst(op);
  } else {
    need = fpuInit(program, TtOpKindCopyTile, ttCopyTileGetCb(op), none);
  }
  return need;
}

static VerifyProgrammed sfpuNeedOf(MlirOperation op) {
  if (ttUnaryTileIsa(op))
    return sfpuState(TtOpKindUnaryTile, unaryInit(ttUnaryTileGetFunction(op)));
  if (ttBinaryTileIsa(op))
    return sfpuState(TtOpKindBinaryTile,
                     binaryInit(ttBinaryTileGetFunction(op)));
  return sfpuState(ttOpKind(op), 0);
}

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

static bool checkSource(VerifyWalk *walk, MlirOperation op, MlirStringRef cb,
                        int64_t programmed, const char *source) {
  if (cb.length == 0 || unpackFormat(walk->program, cb) == programmed)
    return true;
  return verifyReject(walk, op,
                      "unpacks @%.*s to %s, which is set to the format of "
                      "another circular buffer",
                      (int)cb.length, cb.data, source);
}

// FPU operands are unpacked to SrcA and SrcB; a copy may go straight to a
// register of 32 bits.
static bool checkUnpackModes(VerifyWalk *walk, MlirOperation op,
                             const VerifyCall *call) {
  for (int i = 0; i < call->numTiles; ++i) {
    const VerifyRing *ring = &walk->program->rings[call->tiles[i].ring];
    if (ring->unpack != TtUnpackModeDest)
      continue;
    if (!ttCopyTileIsa(op))
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
    return verifyReject(walk, op, "runs before tt.hw_startup");
  if (!checkUnpackModes(walk, op, call))
    return false;
  bool fpu = call->numTiles > 0;
  VerifyProgrammed need = fpu ? fpuNeedOf(walk->program, op) : sfpuNeedOf(op);
  if (ttMatmulTilesIsa(op)) // the call has no transpose of its own
    need.detail[0] = state->fpu.detail[0];
  Sources sources = sourcesOf(op);
  if (!checkSource(walk, op, sources.a, state->srcA, "SrcA") ||
      !checkSource(walk, op, sources.b, state->srcB, "SrcB"))
    return false;
  const VerifyProgrammed *has = fpu ? &state->fpu : &state->sfpu;
  return fits(has, &need) || rejectInit(walk, op, fpu ? "FPU" : "SFPU", has);
}

bool verifyProgrammedForPack(VerifyWalk *walk, MlirOperation op, int ring) {
  const VerifyRing *out = &walk->program->rings[ring];
  if (!verifyState(walk)->started)
    return verifyReject(walk, op, "runs before tt.hw_startup");
  if (verifyState(walk)->pack == 1 + (int64_t)out->format)
    return true;
  return verifyReject(walk, op,
                      "packs to @%.*s, but the packer is set to the format of "
                      "another circular buffer",
                      (int)out->name.length, out->name.data);
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
  int64_t in0 = unpackFormat(program, ttHwStartupGetIn0(op));
  int64_t in1 = unpackFormat(program, ttHwStartupGetIn1(op));
  bool reverse = ttHwStartupGetReverse(op);
  state->srcA = reverse ? in1 : in0;
  state->srcB = reverse ? in0 : in1;
  state->pack = packFormat(program, ttHwStartupGetOut(op));
  state->started = 1;
  return true;
}

static bool reconfigure(VerifyWalk *walk, MlirOperation op) {
  VerifyState *state = verifyState(walk);
  if (ttReconfigDataFormatHasSrca(op))
    state->srcA = unpackFormat(walk->program, ttReconfigDataFormatGetSrca(op));
  if (ttReconfigDataFormatHasSrcb(op))
    state->srcB = unpackFormat(walk->program, ttReconfigDataFormatGetSrcb(op));
  undo(&state->fpu);
  return true;
}

VerifyOutcome verifyStepPrograms(VerifyWalk *walk, MlirOperation op) {
  VerifyState *state = verifyState(walk);
  VerifyProgrammed programmed;
  if (ttHwStartupIsa(op))
    return startUp(walk, op) ? VerifyDone : VerifyFailed;
  bool fpu = fpuInitOf(walk->program, op, &programmed);
  bool sfpu = !fpu && sfpuInitOf(op, &programmed);
  if (!fpu && !sfpu && !ttReconfigDataFormatIsa(op) &&
      !ttPackReconfigDataFormatIsa(op) && !ttPackReconfigL1AccIsa(op))
    return VerifyOther;
  if (!state->started) {
    verifyReject(walk, op, "comes before tt.hw_startup");
    return VerifyFailed;
  }
  if (fpu) {
    state->fpu = programmed;
  } else if (sfpu) {
    state->sfpu = programmed;
    if (state->fpu.call == TtOpKindMatmulBlock ||
        state->fpu.call == TtOpKindMatmulTiles)
      undo(&state->fpu);
  } else if (ttReconfigDataFormatIsa(op)) {
    reconfigure(walk, op);
  } else if (ttPackReconfigDataFormatIsa(op)) {
    state->pack = packFormat(walk->program, ttPackReconfigDataFormatGetCb(op));
  } else {
    state->l1Accumulates = ttPackReconfigL1AccGetEnable(op);
  }
  return VerifyDone;
}
