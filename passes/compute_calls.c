//===- compute_calls.c - what the calls of a compute kernel need ----------===//

#include "compute_calls.h"
#include "index_arith.h"
#include "program_symbols.h"
#include "stb_ds.h"
#include "tt-c/gen/ScfOps.h"
#include <string.h>

//===- keys ---------------------------------------------------------------===//

static int intern(TtInitKey **keys, TtInitKey key) {
  for (ptrdiff_t i = 0; i < arrlen(*keys); ++i)
    if (memcmp(&(*keys)[i], &key, sizeof key) == 0)
      return (int)i + 1;
  arrput(*keys, key);
  return (int)arrlen(*keys);
}

static bool unpacksToRegisters(const TtComputeCalls *calls, MlirStringRef cb) {
  MlirOperation op = ttFindCircularBuffer(calls->program, cb);
  return !mlirOperationIsNull(op) &&
         ttCircularBufferGetUnpack(op) == TtUnpackModeDest;
}

// Format and unpack mode; the packer is set to the format alone.
int ttFormatKey(const TtComputeCalls *calls, TtStateSlot slot,
                MlirStringRef cb) {
  MlirOperation op = ttFindCircularBuffer(calls->program, cb);
  if (mlirOperationIsNull(op))
    return TtKeyNone;
  TtCBType type = ttCBTypeGet(ttCircularBufferGetType(op));
  int format = 1 + (int)ttTileTypeGet(type.tile).format * 2;
  return slot == TtSlotPack ? format
                            : format + (int)ttCircularBufferGetUnpack(op);
}

// Functions whose inits are the same call share a key: the first of their rows
// stands for it.
static void shareInit(TtInitKey *key, const char *init,
                      const char *initTemplate) {
  key->init = init;
  key->initTemplate = initTemplate;
  for (int f = 0; f < TtUnaryFunctionNumCases; ++f) {
    const TtUnaryFunctionRow *row = &ttUnaryFunctionRows()[f];
    if (strcmp(row->init, init) || strcmp(row->initTemplate, initTemplate))
      continue;
    key->init = row->init;
    key->initTemplate = row->initTemplate;
    return;
  }
  for (int f = 0; f < TtBinaryFunctionNumCases; ++f) {
    const TtBinaryFunctionRow *row = &ttBinaryFunctionRows()[f];
    if (strcmp(row->init, init) || strcmp(row->initTemplate, initTemplate))
      continue;
    key->init = row->init;
    key->initTemplate = row->initTemplate;
    return;
  }
}

//===- the matrix engine --------------------------------------------------===//

bool ttIsFpuCall(MlirOperation op) {
  return ttMatmulBlockIsa(op) || ttBinaryTilesIsa(op) ||
         ttReuseDestTilesIsa(op) || ttCopyTileIsa(op) || ttReduceTileIsa(op) ||
         ttUnaryBcastIsa(op) || ttTransposeTileIsa(op) ||
         ttTransposeDestIsa(op);
}

MlirStringRef ttFpuCallOperand(MlirOperation op, TtStateSlot source) {
  bool a = source == TtSlotSrcA;
  if (ttMatmulBlockIsa(op)) // the other way round (METALIUM sheet §3.1)
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

static bool feeds(const TtComputeCalls *calls, MlirOperation op,
                  TtStateSlot source) {
  bool a = source == TtSlotSrcA;
  if (ttReuseDestTilesIsa(op)) // the register goes to the other
    return ttReuseDestTilesGetDstFirst(op) != a;
  // Through SrcB; what is unpacked to tile registers is as for a copy
  // (METALIUM sheet §4.3).
  if (ttUnaryBcastIsa(op))
    return unpacksToRegisters(calls, ttUnaryBcastGetCb(op)) == a;
  if (ttTransposeDestIsa(op))
    return false;
  return a || !(ttCopyTileIsa(op) || ttTransposeTileIsa(op));
}

static int maskKey(TtReduceDim dim) { return TtMaskOff + 1 + (int)dim; }

// What tells the inits of one kind of call apart, but for the formats.
static void numbersOf(const TtComputeCalls *calls, MlirOperation op,
                      int64_t *numbers) {
  if (ttMatmulBlockIsa(op)) {
    numbers[0] = ttMatmulBlockGetCt(op);
    numbers[1] = ttMatmulBlockGetRt(op);
    numbers[2] = ttMatmulBlockGetKt(op);
    numbers[3] = ttMatmulBlockGetTranspose(op);
  } else if (ttBinaryTilesIsa(op)) {
    numbers[0] = (int64_t)ttBinaryTilesGetFunction(op);
  } else if (ttReuseDestTilesIsa(op)) {
    numbers[0] = (int64_t)ttReuseDestTilesGetFunction(op);
    numbers[1] = ttReuseDestTilesGetDstFirst(op);
  } else if (ttReduceTileIsa(op)) {
    numbers[0] = (int64_t)ttReduceTileGetKind(op);
    numbers[1] = (int64_t)ttReduceTileGetDim(op);
    numbers[2] = ttFormatKey(calls, TtSlotPack, ttReduceTileGetOut(op));
  } else if (ttUnaryBcastIsa(op)) {
    numbers[0] = (int64_t)ttUnaryBcastGetDim(op);
  }
}

static int fpuKey(TtComputeCalls *calls, MlirOperation op) {
  TtFpuOperation operation = {0, 0, TtKeyNone, false, false};
  if (feeds(calls, op, TtSlotSrcA))
    operation.srcA =
        ttFormatKey(calls, TtSlotSrcA, ttFpuCallOperand(op, TtSlotSrcA));
  if (feeds(calls, op, TtSlotSrcB))
    operation.srcB =
        ttFormatKey(calls, TtSlotSrcB, ttFpuCallOperand(op, TtSlotSrcB));
  if (ttReduceTileIsa(op))
    operation.mask = maskKey(ttReduceTileGetDim(op));
  operation.fragile = ttMatmulBlockIsa(op);
  operation.ends = ttUnaryBcastIsa(op);
  TtInitKey key;
  memset(&key, 0, sizeof key);
  key.kind = ttOpKind(op);
  numbersOf(calls, op, key.numbers);
  key.numbers[4] = operation.srcA;
  key.numbers[5] = operation.srcB;
  int number = intern(&calls->fpuKeys, key);
  if (number > arrlen(calls->operations))
    arrput(calls->operations, operation);
  return number;
}

//===- the vector engine --------------------------------------------------===//

static int sfpuKey(TtComputeCalls *calls, MlirOperation op) {
  TtInitKey key;
  memset(&key, 0, sizeof key);
  if (ttUnaryTileIsa(op)) {
    const TtUnaryFunctionRow *row =
        ttUnaryFunctionRow(ttUnaryTileGetFunction(op));
    shareInit(&key, row->init, row->initTemplate);
  } else if (ttBinaryTileIsa(op)) {
    const TtBinaryFunctionRow *row =
        ttBinaryFunctionRow(ttBinaryTileGetFunction(op));
    shareInit(&key, row->init, row->initTemplate);
  } else {
    key.kind = ttOpKind(op);
  }
  if (ttTypecastTileIsa(op)) {
    key.numbers[0] = (int64_t)ttTypecastTileGetFrom(op);
    key.numbers[1] = (int64_t)ttTypecastTileGetTo(op);
  }
  return intern(&calls->sfpuKeys, key);
}

static bool isSfpuCall(MlirOperation op) {
  return ttUnaryTileIsa(op) || ttBinaryTileIsa(op) || ttFillTileIsa(op) ||
         ttCopyDestValuesIsa(op) || ttWhereTileIsa(op) || ttTypecastTileIsa(op);
}

//===- the kernel ---------------------------------------------------------===//

// Whether `op` needs state, and which.
static bool needsOf(TtComputeCalls *calls, MlirOperation op, int *needs) {
  if (ttIsFpuCall(op)) {
    needs[TtSlotFpu] = fpuKey(calls, op);
  } else if (isSfpuCall(op)) {
    needs[TtSlotSfpu] = sfpuKey(calls, op);
  } else if (ttPackTileIsa(op)) {
    needs[TtSlotPack] = ttFormatKey(calls, TtSlotPack, ttPackTileGetCb(op));
    needs[TtSlotMask] = ttPackTileHasReduced(op)
                            ? maskKey(ttPackTileGetReduced(op))
                            : TtMaskOff;
  } else {
    return false;
  }
  return true;
}

// How often a loop runs if that is known, else 0.
static int tripsOf(MlirOperation loop) {
  int64_t lower, upper, step;
  if (!ttScfForIsa(loop) ||
      !ttIndexIsConstant(ttScfForGetLowerBound(loop), &lower) ||
      !ttIndexIsConstant(ttScfForGetUpperBound(loop), &upper) ||
      !ttIndexIsConstant(ttScfForGetStep(loop), &step) || step <= 0 ||
      upper <= lower || upper - lower > 1 << 20)
    return 0;
  return (int)((upper - lower + step - 1) / step);
}

static void collect(TtComputeCalls *calls, MlirBlock block) {
  for (MlirOperation op = mlirBlockGetFirstOperation(block);
       !mlirOperationIsNull(op); op = mlirOperationGetNextInBlock(op)) {
    TtInitNode node;
    memset(&node, 0, sizeof node);
    bool loop = mlirOperationGetNumRegions(op) > 0;
    if (!loop && !needsOf(calls, op, node.needs))
      continue;
    if (loop)
      node.trips = tripsOf(op);
    arrput(calls->ops, op);
    arrput(calls->nodes, node);
    ptrdiff_t index = arrlen(calls->nodes) - 1;
    if (!loop)
      continue;
    for (intptr_t i = 0; i < mlirOperationGetNumRegions(op); ++i) {
      MlirBlock body = mlirRegionGetFirstBlock(mlirOperationGetRegion(op, i));
      if (!mlirBlockIsNull(body)) // an `if` may have no else
        collect(calls, body);
    }
    calls->nodes[index].loopEnd = (int)arrlen(calls->nodes);
  }
}

void ttComputeCallsCollect(MlirOperation program, MlirOperation func,
                           TtComputeCalls *calls) {
  *calls = (TtComputeCalls){.program = program};
  collect(calls, mlirRegionGetFirstBlock(ttFuncGetBody(func)));
}

void ttComputeCallsDestroy(TtComputeCalls *calls) {
  arrfree(calls->ops);
  arrfree(calls->nodes);
  arrfree(calls->sfpuKeys);
  arrfree(calls->fpuKeys);
  arrfree(calls->operations);
}

static bool needs(const TtComputeCalls *calls, ptrdiff_t node, TtStateSlot slot,
                  int key) {
  const int *of = calls->nodes[node].needs;
  if (!of[TtSlotFpu] || slot == TtSlotFpu)
    return of[slot] == key;
  const TtFpuOperation *op = &calls->operations[of[TtSlotFpu] - 1];
  return (slot == TtSlotSrcA && op->srcA == key) ||
         (slot == TtSlotSrcB && op->srcB == key) ||
         (slot == TtSlotMask && op->mask == key);
}

MlirOperation ttComputeCallOf(const TtComputeCalls *calls,
                              const TtInitAction *action) {
  ptrdiff_t count = arrlen(calls->nodes), from = action->place;
  bool endOfLoop = action->atEnd && from < count;
  if (action->uninit)
    from = (endOfLoop ? calls->nodes[from].loopEnd : from) - 1 + count;
  for (ptrdiff_t i = 0; i < count; ++i) {
    ptrdiff_t node = (action->uninit ? from - i : from + i) % count;
    if (needs(calls, node, action->slot, action->key))
      return calls->ops[node];
  }
  return (MlirOperation){NULL};
}
