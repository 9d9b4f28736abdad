//===- insert_compute_init.c - startup, inits and reconfigs
//----------------===//
//
// Each call of a compute kernel needs certain formats in the unpackers and the
// packer and certain functions in FPU and SFPU. This pass writes those needs
// down as keys, lets the planner (plan/init_placement.h) place them, and turns
// what it placed into ops. `tt.hw_startup` sets the formats of the first call.
//
// Two circular buffers of one format and unpack mode are the same key: all
// tiles are 32x32, so nothing else differs in what is programmed.
//
//===----------------------------------------------------------------------===//

#include "plan/init_placement.h"
#include "program_symbols.h"
#include "stb_ds.h"
#include "tt-c/gen/Passes.h"
#include "tt-c/gen/TtOps.h"
#include <stdlib.h>
#include <string.h>

// What distinguishes one init from another: the op that makes it, and its
// numbers.
typedef struct {
  TtOpKind kind;
  int64_t numbers[6];
  const char *call; // SFPU: the init call, which several functions may share
} InitKey;

typedef struct {
  MlirOperation program;
  MlirOperation *ops; // stb_ds array: calls and loops, parallel to `nodes`
  TtInitNode *nodes;  // stb_ds array
  InitKey *keys;      // stb_ds array; key k is keys[k - 1]
} Kernel;

//===- keys ---------------------------------------------------------------===//

static int intern(Kernel *kernel, InitKey key) {
  for (ptrdiff_t i = 0; i < arrlen(kernel->keys); ++i)
    if (memcmp(&kernel->keys[i], &key, sizeof key) == 0)
      return (int)i + 1;
  arrput(kernel->keys, key);
  return (int)arrlen(kernel->keys);
}

// Format and unpack mode of a circular buffer, as a positive number.
static int formatOf(const Kernel *kernel, MlirStringRef cb) {
  MlirOperation op = ttFindCircularBuffer(kernel->program, cb);
  if (mlirOperationIsNull(op))
    return TtKeyNone;
  TtCBType type = ttCBTypeGet(ttCircularBufferGetType(op));
  return 1 + (int)ttTileTypeGet(type.tile).format * 2 +
         (int)ttCircularBufferGetUnpack(op);
}

static bool unpacksToRegisters(const Kernel *kernel, MlirStringRef cb) {
  MlirOperation op = ttFindCircularBuffer(kernel->program, cb);
  return !mlirOperationIsNull(op) &&
         ttCircularBufferGetUnpack(op) == TtUnpackModeDest;
}

// The packer is set to the format alone.
static int packFormatOf(const Kernel *kernel, MlirStringRef cb) {
  return formatOf(kernel, cb) - (unpacksToRegisters(kernel, cb) ? 1 : 0);
}

// Functions whose inits are the same call share a key.
static const char *sharedCall(const char *call) {
  for (int f = 0; f < TtUnaryFunctionNumCases; ++f)
    if (strcmp(ttUnaryFunctionRows()[f].init, call) == 0)
      return ttUnaryFunctionRows()[f].init;
  for (int f = 0; f < TtBinaryFunctionNumCases; ++f)
    if (strcmp(ttBinaryFunctionRows()[f].init, call) == 0)
      return ttBinaryFunctionRows()[f].init;
  return call;
}

//===- what each call needs -----------------------------------------------===//

static void needFpu(Kernel *kernel, TtInitNode *node, MlirOperation op,
                    int64_t n0, int64_t n1, int64_t n2, int64_t n3) {
  InitKey key;
  memset(&key, 0, sizeof key);
  key.kind = ttOpKind(op);
  int64_t numbers[] = {
      n0, n1, n2, n3, node->needs[TtSlotSrcA], node->needs[TtSlotSrcB]};
  memcpy(key.numbers, numbers, sizeof numbers);
  node->needs[TtSlotFpu] = intern(kernel, key);
}

static void needSfpu(Kernel *kernel, TtInitNode *node, MlirOperation op,
                     const char *call) {
  InitKey key;
  memset(&key, 0, sizeof key);
  key.kind = call ? TtOpKindNone : ttOpKind(op);
  key.call = call ? sharedCall(call) : NULL;
  if (ttTypecastTileIsa(op)) {
    key.numbers[0] = ttTypecastTileGetFrom(op);
    key.numbers[1] = ttTypecastTileGetTo(op);
  }
  node->needs[TtSlotSfpu] = intern(kernel, key);
}

static void needsOfFpuCall(Kernel *kernel, MlirOperation op, TtInitNode *node) {
  int *needs = node->needs;
  if (ttMatmulBlockIsa(op)) {
    // in0 goes to SrcB, in1 to SrcA (METALIUM sheet §3.1).
    needs[TtSlotSrcA] = formatOf(kernel, ttMatmulBlockGetIn1(op));
    needs[TtSlotSrcB] = formatOf(kernel, ttMatmulBlockGetIn0(op));
    needFpu(kernel, node, op, ttMatmulBlockGetCt(op), ttMatmulBlockGetRt(op),
            ttMatmulBlockGetKt(op), ttMatmulBlockGetTranspose(op));
    node->fragile = true;
  } else if (ttBinaryTilesIsa(op)) {
    needs[TtSlotSrcA] = formatOf(kernel, ttBinaryTilesGetIn0(op));
    needs[TtSlotSrcB] = formatOf(kernel, ttBinaryTilesGetIn1(op));
    needFpu(kernel, node, op, ttBinaryTilesGetFunction(op), 0, 0, 0);
  } else if (ttReuseDestTilesIsa(op)) {
    bool dstFirst = ttReuseDestTilesGetDstFirst(op);
    needs[dstFirst ? TtSlotSrcB : TtSlotSrcA] =
        formatOf(kernel, ttReuseDestTilesGetCb(op));
    needFpu(kernel, node, op, ttReuseDestTilesGetFunction(op), dstFirst, 0, 0);
  } else if (ttReduceTileIsa(op)) {
    needs[TtSlotSrcA] = formatOf(kernel, ttReduceTileGetIn(op));
    needs[TtSlotSrcB] = formatOf(kernel, ttReduceTileGetScaler(op));
    needFpu(kernel, node, op, ttReduceTileGetKind(op), ttReduceTileGetDim(op),
            formatOf(kernel, ttReduceTileGetOut(op)), 0);
  } else if (ttUnaryBcastIsa(op)) {
    // Through SrcB; what is unpacked to tile registers is as for a copy
    // (METALIUM sheet §4.3).
    bool toRegisters = unpacksToRegisters(kernel, ttUnaryBcastGetCb(op));
    needs[toRegisters ? TtSlotSrcA : TtSlotSrcB] =
        formatOf(kernel, ttUnaryBcastGetCb(op));
    needFpu(kernel, node, op, ttUnaryBcastGetDim(op), 0, 0, 0);
  } else if (ttTransposeTileIsa(op)) {
    needs[TtSlotSrcA] = formatOf(kernel, ttTransposeTileGetCb(op));
    needFpu(kernel, node, op, 0, 0, 0, 0);
  } else if (ttTransposeDestIsa(op)) {
    needFpu(kernel, node, op, 0, 0, 0, 0);
  } else if (ttCopyTileIsa(op)) {
    needs[TtSlotSrcA] = formatOf(kernel, ttCopyTileGetCb(op));
    needFpu(kernel, node, op, 0, 0, 0, 0);
  }
}

static bool isFpuCall(MlirOperation op) {
  return ttMatmulBlockIsa(op) || ttBinaryTilesIsa(op) ||
         ttReuseDestTilesIsa(op) || ttCopyTileIsa(op) || ttReduceTileIsa(op) ||
         ttUnaryBcastIsa(op) || ttTransposeTileIsa(op) ||
         ttTransposeDestIsa(op);
}

// Whether `op` needs state, and which.
static bool needsOf(Kernel *kernel, MlirOperation op, TtInitNode *node) {
  if (isFpuCall(op))
    needsOfFpuCall(kernel, op, node);
  else if (ttUnaryTileIsa(op))
    needSfpu(kernel, node, op,
             ttUnaryFunctionRow(ttUnaryTileGetFunction(op))->init);
  else if (ttBinaryTileIsa(op))
    needSfpu(kernel, node, op,
             ttBinaryFunctionRow(ttBinaryTileGetFunction(op))->init);
  else if (ttFillTileIsa(op) || ttCopyDestValuesIsa(op) || ttWhereTileIsa(op) ||
           ttTypecastTileIsa(op))
    needSfpu(kernel, node, op, NULL);
  else if (ttReduceUninitIsa(op) || ttUnaryBcastUninitIsa(op))
    node->spoilsFpu = true;
  else if (ttPackTileIsa(op))
    node->needs[TtSlotPack] = packFormatOf(kernel, ttPackTileGetCb(op));
  else
    return false;
  return true;
}

static void collect(Kernel *kernel, MlirBlock block) {
  for (MlirOperation op = mlirBlockGetFirstOperation(block);
       !mlirOperationIsNull(op); op = mlirOperationGetNextInBlock(op)) {
    TtInitNode node;
    memset(&node, 0, sizeof node);
    bool loop = mlirOperationGetNumRegions(op) > 0;
    if (!loop && !needsOf(kernel, op, &node))
      continue;
    arrput(kernel->ops, op);
    arrput(kernel->nodes, node);
    ptrdiff_t index = arrlen(kernel->nodes) - 1;
    if (!loop)
      continue;
    for (intptr_t i = 0; i < mlirOperationGetNumRegions(op); ++i)
      collect(kernel, mlirRegionGetFirstBlock(mlirOperationGetRegion(op, i)));
    kernel->nodes[index].loopEnd = (int)arrlen(kernel->nodes);
  }
}

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

// The circular buffer that an FPU call feeds to SrcA (or SrcB).
static MlirStringRef operandIn(MlirOperation op, TtStateSlot slot) {
  bool a = slot == TtSlotSrcA;
  if (ttMatmulBlockIsa(op))
    return a ? ttMatmulBlockGetIn1(op) : ttMatmulBlockGetIn0(op);
  if (ttBinaryTilesIsa(op))
    return a ? ttBinaryTilesGetIn0(op) : ttBinaryTilesGetIn1(op);
  if (ttReuseDestTilesIsa(op))
    return ttReuseDestTilesGetCb(op);
  if (ttReduceTileIsa(op))
    return a ? ttReduceTileGetIn(op) : ttReduceTileGetScaler(op);
  if (ttUnaryBcastIsa(op))
    return ttUnaryBcastGetCb(op);
  if (ttTransposeTileIsa(op))
    return ttTransposeTileGetCb(op);
  return ttCopyTileGetCb(op);
}

static void createAction(const Kernel *kernel, const TtInitAction *action) {
  MlirOperation op = kernel->ops[action->source];
  TtBuilder b = ttBuilderBefore(kernel->ops[action->before]);
  MlirLocation loc = mlirOperationGetLocation(op);
  switch (action->slot) {
  case TtSlotSrcA:
    ttReconfigDataFormatSetSrca(ttReconfigDataFormatCreate(&b, loc),
                                operandIn(op, TtSlotSrcA));
    break;
  case TtSlotSrcB:
    ttReconfigDataFormatSetSrcb(ttReconfigDataFormatCreate(&b, loc),
                                operandIn(op, TtSlotSrcB));
    break;
  case TtSlotPack:
    ttPackReconfigDataFormatCreate(&b, loc, ttPackTileGetCb(op));
    break;
  case TtSlotSfpu:
    createSfpuInit(&b, loc, op);
    break;
  case TtSlotFpu:
    createFpuInit(&b, loc, op);
    break;
  case TtNumSlots:
    break;
  }
}

//===- startup ------------------------------------------------------------===//

static ptrdiff_t firstThat(const Kernel *kernel, bool (*isa)(MlirOperation)) {
  for (ptrdiff_t i = 0; i < arrlen(kernel->ops); ++i)
    if (isa(kernel->ops[i]))
      return i;
  return -1;
}

// The circular buffers of the first FPU call and of the first pack; a kernel
// that unpacks nothing starts with its output. Sets the formats in `state`.
static void createStartup(const Kernel *kernel, MlirOperation func,
                          int *state) {
  ptrdiff_t pack = firstThat(kernel, ttPackTileIsa);
  if (pack < 0)
    return; // nothing is computed
  ptrdiff_t fpu = firstThat(kernel, isFpuCall);
  MlirStringRef out = ttPackTileGetCb(kernel->ops[pack]);
  MlirStringRef a = out, b = out;
  bool reverse = false;
  if (fpu >= 0) {
    MlirOperation op = kernel->ops[fpu];
    reverse = ttMatmulBlockIsa(op);
    a = operandIn(op, TtSlotSrcA);
    b = operandIn(op, TtSlotSrcB);
  }
  TtBuilder builder =
      ttBuilderAtStart(mlirOperationGetContext(func),
                       mlirRegionGetFirstBlock(ttFuncGetBody(func)));
  MlirOperation startup =
      ttHwStartupCreate(&builder, mlirOperationGetLocation(func),
                        reverse ? b : a, reverse ? a : b, out);
  ttHwStartupSetReverse(startup, reverse);
  state[TtSlotSrcA] = formatOf(kernel, a);
  state[TtSlotSrcB] = formatOf(kernel, b);
  state[TtSlotPack] = packFormatOf(kernel, out);
}

//===- the pass -----------------------------------------------------------===//

static void initKernel(MlirOperation program, MlirOperation func) {
  Kernel kernel = {program, NULL, NULL, NULL};
  collect(&kernel, mlirRegionGetFirstBlock(ttFuncGetBody(func)));
  int state[TtNumSlots];
  for (int slot = 0; slot < TtNumSlots; ++slot)
    state[slot] = TtKeyUnknown;
  createStartup(&kernel, func, state);
  int numActions;
  TtInitAction *actions =
      ttPlanInits((int)arrlen(kernel.nodes), kernel.nodes, state, &numActions);
  for (int i = 0; i < numActions; ++i)
    createAction(&kernel, &actions[i]);
  free(actions);
  arrfree(kernel.ops);
  arrfree(kernel.nodes);
  arrfree(kernel.keys);
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
