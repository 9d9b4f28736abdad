//===- insert_compute_init.c - startup, inits and reconfigs
//----------------===//
//
// Each call of a compute kernel needs certain formats in the unpackers and the
// packer, certain functions in FPU and SFPU, and the packer's mask of a
// reduction or none. compute_calls.h has those needs; the planner
// (plan/init_placement.h) places what programs them; here that becomes ops.
// `tt.hw_startup` sets the formats of the first call.
//
//===----------------------------------------------------------------------===//

#include "compute_calls.h"
#include "program_symbols.h"
#include "stb_ds.h"
#include "tt-c/gen/Passes.h"
#include <stdlib.h>

//===- making the ops -----------------------------------------------------===//

static void createFpuInit(const TtBuilder *b, MlirLocation loc,
                          MlirOperation op) {
  if (ttMatmulBlockIsa(op)) {
    MlirOperation init = ttMatmulBlockInitCreate(
        b, loc, ttMatmulBlockGetIn0(op), ttMatmulBlockGetIn1(op),
        ttMatmulBlockGetCt(op), ttMatmulBlockGetRt(op), ttMatmulBlockGetKt(op));
    ttMatmulBlockInitSetTranspose(init, ttMatmulBlockGetTranspose(op));
  } else if (ttBinaryTilesIsa(op)) {
    ttBinaryTilesInitCreate(b, loc, ttBinaryTilesGetFunction(op),
                            ttBinaryTilesGetIn0(op), ttBinaryTilesGetIn1(op));
  } else if (ttReuseDestTilesIsa(op)) {
    MlirOperation init = ttReuseDestInitCreate(
        b, loc, ttReuseDestTilesGetFunction(op), ttReuseDestTilesGetCb(op));
    ttReuseDestInitSetDstFirst(init, ttReuseDestTilesGetDstFirst(op));
  } else if (ttReduceTileIsa(op)) {
    ttReduceInitCreate(b, loc, ttReduceTileGetKind(op), ttReduceTileGetDim(op),
                       ttReduceTileGetIn(op), ttReduceTileGetScaler(op),
                       ttReduceTileGetOut(op));
  } else if (ttUnaryBcastIsa(op)) {
    ttUnaryBcastInitCreate(b, loc, ttUnaryBcastGetDim(op),
                           ttUnaryBcastGetCb(op));
  } else if (ttTransposeTileIsa(op)) {
    ttTransposeInitCreate(b, loc, ttTransposeTileGetCb(op));
  } else if (ttTransposeDestIsa(op)) {
    ttTransposeDestInitCreate(b, loc);
  } else {
    ttCopyInitCreate(b, loc, ttCopyTileGetCb(op));
  }
}

static void createSfpuInit(const TtBuilder *b, MlirLocation loc,
                           MlirOperation op) {
  if (ttUnaryTileIsa(op))
    ttUnaryTileInitCreate(b, loc, ttUnaryTileGetFunction(op));
  else if (ttBinaryTileIsa(op))
    ttBinaryTileInitCreate(b, loc, ttBinaryTileGetFunction(op));
  else if (ttFillTileIsa(op))
    ttFillTileInitCreate(b, loc);
  else if (ttWhereTileIsa(op))
    ttWhereTileInitCreate(b, loc);
  else if (ttTypecastTileIsa(op))
    ttTypecastTileInitCreate(b, loc, ttTypecastTileGetFrom(op),
                             ttTypecastTileGetTo(op));
  else
    ttCopyDestValuesInitCreate(b, loc);
}

static void createFormat(const TtBuilder *b, MlirLocation loc, MlirOperation op,
                         TtStateSlot slot) {
  if (slot == TtSlotPack) {
    ttPackReconfigDataFormatCreate(b, loc, ttPackTileGetCb(op));
    return;
  }
  MlirOperation reconfig = ttReconfigDataFormatCreate(b, loc);
  if (slot == TtSlotSrcA)
    ttReconfigDataFormatSetSrca(reconfig, ttFpuCallOperand(op, slot));
  else
    ttReconfigDataFormatSetSrcb(reconfig, ttFpuCallOperand(op, slot));
}

static void createUninit(const TtBuilder *b, MlirLocation loc, MlirOperation op,
                         TtStateSlot slot) {
  if (slot == TtSlotMask)
    ttReduceUninitCreate(b, loc);
  else
    ttUnaryBcastUninitCreate(b, loc, ttUnaryBcastGetDim(op),
                             ttUnaryBcastGetCb(op));
}

static TtBuilder builderAt(const TtComputeCalls *calls, MlirOperation func,
                           const TtInitAction *action) {
  if (!action->atEnd)
    return ttBuilderBefore(calls->ops[action->place]);
  if (action->place == (int)arrlen(calls->ops))
    return ttBuilderAtEnd(mlirOperationGetContext(func),
                          mlirRegionGetFirstBlock(ttFuncGetBody(func)));
  return ttBuilderBefore(mlirBlockGetTerminator(mlirRegionGetFirstBlock(
      mlirOperationGetRegion(calls->ops[action->place], 0))));
}

static void createAction(const TtComputeCalls *calls, MlirOperation func,
                         const TtInitAction *action) {
  MlirOperation op = ttComputeCallOf(calls, action);
  TtBuilder b = builderAt(calls, func, action);
  MlirLocation loc = mlirOperationGetLocation(op);
  if (action->uninit)
    createUninit(&b, loc, op, action->slot);
  else if (action->slot == TtSlotFpu)
    createFpuInit(&b, loc, op);
  else if (action->slot == TtSlotSfpu)
    createSfpuInit(&b, loc, op);
  else
    createFormat(&b, loc, op, action->slot);
}

//===- startup ------------------------------------------------------------===//

static MlirOperation firstThat(const TtComputeCalls *calls,
                               bool (*isa)(MlirOperation)) {
  for (ptrdiff_t i = 0; i < arrlen(calls->ops); ++i)
    if (isa(calls->ops[i]))
      return calls->ops[i];
  return (MlirOperation){NULL};
}

// The circular buffers of the first FPU call and of the first pack; a kernel
// that unpacks nothing starts with its output. Sets the formats in `state`.
static void createStartup(const TtComputeCalls *calls, MlirOperation func,
                          int *state) {
  MlirOperation pack = firstThat(calls, ttPackTileIsa);
  if (mlirOperationIsNull(pack))
    return; // nothing is computed
  MlirOperation fpu = firstThat(calls, ttIsFpuCall);
  MlirStringRef out = ttPackTileGetCb(pack);
  MlirStringRef a = out, b = out;
  bool reverse = false;
  if (!mlirOperationIsNull(fpu)) {
    reverse = ttMatmulBlockIsa(fpu);
    a = ttFpuCallOperand(fpu, TtSlotSrcA);
    b = ttFpuCallOperand(fpu, TtSlotSrcB);
  }
  TtBuilder builder =
      ttBuilderAtStart(mlirOperationGetContext(func),
                       mlirRegionGetFirstBlock(ttFuncGetBody(func)));
  MlirOperation startup =
      ttHwStartupCreate(&builder, mlirOperationGetLocation(func),
                        reverse ? b : a, reverse ? a : b, out);
  ttHwStartupSetReverse(startup, reverse);
  state[TtSlotSrcA] = ttFormatKey(calls, TtSlotSrcA, a);
  state[TtSlotSrcB] = ttFormatKey(calls, TtSlotSrcB, b);
  state[TtSlotPack] = ttFormatKey(calls, TtSlotPack, out);
}

//===- the pass -----------------------------------------------------------===//

static void initKernel(MlirOperation program, MlirOperation func) {
  TtComputeCalls calls;
  ttComputeCallsCollect(program, func, &calls);
  TtInitKernel kernel = {.numNodes = (int)arrlen(calls.nodes),
                         .nodes = calls.nodes,
                         .numOperations = (int)arrlen(calls.operations),
                         .operations = calls.operations};
  createStartup(&calls, func, kernel.entry);
  int numActions;
  TtInitAction *actions = ttPlanInits(&kernel, &numActions);
  for (int i = 0; i < numActions; ++i)
    createAction(&calls, func, &actions[i]);
  free(actions);
  ttComputeCallsDestroy(&calls);
}

static MlirWalkResult visit(MlirOperation op, void *data) {
  (void)data;
  if (!ttFuncIsa(op))
    return MlirWalkResultAdvance;
  if (ttFuncGetRole(op) == TtRoleCompute)
    initKernel(mlirOperationGetParentOperation(op), op);
  return MlirWalkResultSkip;
}

MlirLogicalResult
ttRunInsertComputeInit(TtPass *pass, MlirOperation host,
                       const TtInsertComputeInitOptions *options) {
  (void)pass;
  (void)options;
  mlirOperationWalk(host, visit, NULL, MlirWalkPreOrder);
  return mlirLogicalResultSuccess();
}
