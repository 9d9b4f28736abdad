//===- verify_inits.c - what inits program and calls need -----------------===//
//
// Both sides of the programmed state in one form, so that they can be compared:
// what an init leaves, and what the call must find. A CB counts as what is
// programmed for it: its format and unpack mode.
//
//===----------------------------------------------------------------------===//

#include "verify_inits.h"
#include "tt-c/gen/TtOps.h"
#include <string.h>

//===- formats ------------------------------------------------------------===//

// What an unpacker is set to for a circular buffer; the mode is part of it.
int64_t verifyUnpackFormat(const VerifyProgram *program, MlirStringRef cb) {
  int ring = verifyRingNamed(program, cb);
  return ring < 0 ? -1
                  : 1 + 2 * (int64_t)program->rings[ring].format +
                        (int64_t)program->rings[ring].unpack;
}

int64_t verifyPackFormat(const VerifyProgram *program, MlirStringRef cb) {
  int ring = verifyRingNamed(program, cb);
  return ring < 0 ? -1 : 1 + (int64_t)program->rings[ring].format;
}

// Whether the unpacker puts the tiles straight into registers.
static bool skipsSources(const VerifyProgram *program, MlirStringRef cb) {
  int ring = verifyRingNamed(program, cb);
  if (ring < 0)
    return false;
  TtDataFormat format = program->rings[ring].format;
  return format == TtDataFormatI32 || format == TtDataFormatU32 ||
         (format == TtDataFormatF32 &&
          program->rings[ring].unpack == TtUnpackModeDest);
}

// A broadcast goes through SrcB, but to registers by way of SrcA. matmul swaps:
// in1 goes to SrcA. Reuse feeds what is not the register.
VerifySources verifySourcesOf(const VerifyProgram *program, MlirOperation op) {
  VerifySources sources = {{NULL, 0}, {NULL, 0}};
  if (ttMatmulBlockIsa(op))
    return (VerifySources){ttMatmulBlockGetIn1(op), ttMatmulBlockGetIn0(op)};
  if (ttMatmulTilesIsa(op))
    return (VerifySources){ttMatmulTilesGetIn1(op), ttMatmulTilesGetIn0(op)};
  if (ttBinaryTilesIsa(op))
    return (VerifySources){ttBinaryTilesGetIn0(op), ttBinaryTilesGetIn1(op)};
  if (ttReduceTileIsa(op))
    return (VerifySources){ttReduceTileGetIn(op), ttReduceTileGetScaler(op)};
  if (ttCopyTileIsa(op))
    sources.a = ttCopyTileGetCb(op);
  else if (ttTransposeTileIsa(op))
    sources.a = ttTransposeTileGetCb(op);
  else if (ttUnaryBcastIsa(op))
    *(skipsSources(program, ttUnaryBcastGetCb(op)) ? &sources.a : &sources.b) =
        ttUnaryBcastGetCb(op);
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
  state.formats[0] = first.length ? verifyUnpackFormat(program, first) : 0;
  state.formats[1] = second.length ? verifyUnpackFormat(program, second) : 0;
  return state;
}

//===- what an init programs ----------------------------------------------===//

static VerifyProgrammed reduceState(const VerifyProgram *program,
                                    TtReduceKind kind, TtReduceDim dim,
                                    MlirStringRef in, MlirStringRef scaler,
                                    MlirStringRef out) {
  VerifyProgrammed state = fpuInit(program, TtOpKindReduceTile, in, scaler);
  state.detail[0] = kind;
  state.detail[1] = dim;
  state.detail[2] = verifyPackFormat(program, out);
  return state;
}

static VerifyProgrammed bcastState(const VerifyProgram *program, TtBcastDim dim,
                                   MlirStringRef cb) {
  MlirStringRef none = {NULL, 0};
  VerifyProgrammed state = fpuInit(program, TtOpKindUnaryBcast, cb, none);
  state.detail[0] = dim;
  return state;
}

static bool shapeInitOf(const VerifyProgram *program, MlirOperation op,
                        VerifyProgrammed *state) {
  MlirStringRef none = {NULL, 0};
  if (ttReduceInitIsa(op))
    *state = reduceState(program, ttReduceInitGetKind(op),
                         ttReduceInitGetDim(op), ttReduceInitGetIn(op),
                         ttReduceInitGetScaler(op), ttReduceInitGetOut(op));
  else if (ttUnaryBcastInitIsa(op))
    *state = bcastState(program, ttUnaryBcastInitGetDim(op),
                        ttUnaryBcastInitGetCb(op));
  else if (ttTransposeInitIsa(op))
    *state =
        fpuInit(program, TtOpKindTransposeTile, ttTransposeInitGetCb(op), none);
  else if (ttTransposeDestInitIsa(op))
    *state = fpuInit(program, TtOpKindTransposeDest, none, none);
  else
    return false;
  return true;
}

bool verifyFpuInitOf(const VerifyProgram *program, MlirOperation op,
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
    return shapeInitOf(program, op, state);
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

static VerifyProgrammed typecastState(TtDataFormat from, TtDataFormat to) {
  VerifyProgrammed state = sfpuState(TtOpKindTypecastTile, from);
  state.detail[1] = to;
  return state;
}

bool verifySfpuInitOf(MlirOperation op, VerifyProgrammed *state) {
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
  else if (ttWhereTileInitIsa(op))
    *state = sfpuState(TtOpKindWhereTile, 0);
  else if (ttTypecastTileInitIsa(op))
    *state = typecastState(ttTypecastTileInitGetFrom(op),
                           ttTypecastTileInitGetTo(op));
  else
    return false;
  return true;
}

//===- what a call needs --------------------------------------------------===//

// The programmed state that fits an FPU call: the init it would have written.
VerifyProgrammed verifyFpuNeedOf(const VerifyProgram *program,
                                 MlirOperation op) {
  MlirStringRef none = {NULL, 0};
  VerifyProgrammed need;
  if (ttReduceTileIsa(op))
    return reduceState(program, ttReduceTileGetKind(op), ttReduceTileGetDim(op),
                       ttReduceTileGetIn(op), ttReduceTileGetScaler(op),
                       ttReduceTileGetOut(op));
  if (ttUnaryBcastIsa(op))
    return bcastState(program, ttUnaryBcastGetDim(op), ttUnaryBcastGetCb(op));
  if (ttTransposeTileIsa(op))
    return fpuInit(program, TtOpKindTransposeTile, ttTransposeTileGetCb(op),
                   none);
  if (ttTransposeDestIsa(op))
    return fpuInit(program, TtOpKindTransposeDest, none, none);
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

VerifyProgrammed verifySfpuNeedOf(MlirOperation op) {
  if (ttUnaryTileIsa(op))
    return sfpuState(TtOpKindUnaryTile, unaryInit(ttUnaryTileGetFunction(op)));
  if (ttBinaryTileIsa(op))
    return sfpuState(TtOpKindBinaryTile,
                     binaryInit(ttBinaryTileGetFunction(op)));
  if (ttTypecastTileIsa(op))
    return typecastState(ttTypecastTileGetFrom(op), ttTypecastTileGetTo(op));
  return sfpuState(ttOpKind(op), 0);
}
