//===- split_device_kernel.c - one body, three kernels
//---------------------===//
//
// Takes the planned `tt.kernel`; leaves a `tt.program` in its place. The body
// is cloned once per role with a rule per op: a transfer stays with its role
// and becomes a `tt.front_block` where compute uses it, a section stays with
// compute and leaves only its loops to the others, index arithmetic goes along
// and is dropped again where nothing uses it. Order and trip counts are the
// same in all three, so productions match by construction.
//
//===----------------------------------------------------------------------===//

#include "block_type.h"
#include "index_arith.h"
#include "mlir-c/BuiltinAttributes.h"
#include "mlir-c/BuiltinTypes.h"
#include "stb_ds.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/IR.h"
#include "tt-c/gen/Passes.h"
#include "tt-c/gen/ScfOps.h"
#include "tt-c/gen/TtOps.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  void *cb;   // the tt.alloc_cb result
  char *name; // its symbol; owned
} Symbol;

typedef struct {
  TtRole role;
  TtMapping *mapping;
  Symbol *symbols; // stb_ds array, shared by the roles
} Split;

//===- circular buffers ---------------------------------------------------===//

static bool taken(const Symbol *symbols, const char *name) {
  for (ptrdiff_t i = 0; i < arrlen(symbols); ++i)
    if (strcmp(symbols[i].name, name) == 0)
      return true;
  return false;
}

// `cb_` and the buffer's name, with a number where a buffer has several.
static char *symbolFor(const Symbol *symbols, MlirStringRef name) {
  size_t size = name.length + 32;
  char *text = malloc(size);
  snprintf(text, size, "cb_%.*s", (int)name.length, name.data);
  for (int n = 1; taken(symbols, text); ++n)
    snprintf(text, size, "cb_%.*s_%d", (int)name.length, name.data, n);
  return text;
}

static MlirStringRef symbolOf(const Split *split, MlirValue cb) {
  for (ptrdiff_t i = 0; i < arrlen(split->symbols); ++i)
    if (split->symbols[i].cb == cb.ptr)
      return mlirStringRefCreateFromCString(split->symbols[i].name);
  return mlirStringRefCreateFromCString("");
}

static MlirLogicalResult declareBuffer(const TtBuilder *b, MlirOperation alloc,
                                       Symbol **symbols) {
  if (!ttAllocCbHasId(alloc))
    return ttEmitOpError(alloc, "is not planned yet; run tt-build-tile-dfg "
                                "before the split");
  MlirValue cb = ttAllocCbGetResult(alloc);
  Symbol symbol = {(void *)(uintptr_t)cb.ptr,
                   symbolFor(*symbols, ttAllocCbGetName(alloc))};
  arrput(*symbols, symbol);
  ttCircularBufferCreate(b, mlirOperationGetLocation(alloc),
                         mlirStringRefCreateFromCString(symbol.name),
                         mlirValueGetType(cb), ttAllocCbGetId(alloc),
                         ttAllocCbGetProduction(alloc), 2,
                         ttAllocCbGetOrder(alloc), ttAllocCbGetUnpack(alloc));
  return mlirLogicalResultSuccess();
}

//===- what a role keeps --------------------------------------------------===//

typedef struct {
  TtRole role;
  bool found;
} Search;

static MlirWalkResult findRole(MlirOperation op, void *data) {
  Search *search = data;
  search->found = (search->role == TtRoleReader && ttReadBlockIsa(op)) ||
                  (search->role == TtRoleWriter && ttWriteBlockIsa(op)) ||
                  (search->role == TtRoleCompute && ttSectionIsa(op));
  return search->found ? MlirWalkResultInterrupt : MlirWalkResultAdvance;
}

static bool holdsRole(MlirOperation op, TtRole role) {
  Search search = {role, false};
  mlirOperationWalk(op, findRole, &search, MlirWalkPreOrder);
  return search.found;
}

static bool isTileOp(MlirOperation op) {
  for (intptr_t i = 0; i < mlirOperationGetNumResults(op); ++i)
    if (ttTypeIsABlock(mlirValueGetType(mlirOperationGetResult(op, i))))
      return true;
  return false;
}

//===- transfers ----------------------------------------------------------===//

static MlirValue mapped(const Split *split, MlirValue value) {
  return ttMappingLookupOrSelf(split->mapping, value);
}

enum { MaxRank = 8 };

static void splitRead(Split *split, const TtBuilder *b, MlirOperation op) {
  MlirLocation loc = mlirOperationGetLocation(op);
  MlirStringRef cb = symbolOf(split, ttReadBlockGetCb(op));
  MlirType type = mlirValueGetType(ttReadBlockGetResult(op));
  if (split->role == TtRoleCompute)
    ttMappingMapValue(
        split->mapping, ttReadBlockGetResult(op),
        ttFrontBlockGetResult(ttFrontBlockCreate(b, loc, type, cb)));
  if (split->role != TtRoleReader)
    return;
  MlirValue offsets[MaxRank], valid[MaxRank];
  intptr_t numOffsets = ttReadBlockGetNumOffsets(op);
  intptr_t numValid = ttReadBlockGetNumValid(op);
  for (intptr_t i = 0; i < numOffsets; ++i)
    offsets[i] = mapped(split, ttReadBlockGetOffsets(op, i));
  for (intptr_t i = 0; i < numValid; ++i)
    valid[i] = mapped(split, ttReadBlockGetValid(op, i));
  TtBlock block = ttBlockGet(type);
  int64_t shape[] = {block.rows, block.cols};
  MlirOperation fetch =
      ttFetchBlockCreate(b, loc, ttReadBlockGetBuffer(op), numOffsets, offsets,
                         numValid, valid, cb, 2, shape);
  if (ttReadBlockHasFill(op))
    ttFetchBlockSetFill(fetch, ttReadBlockGetFill(op));
}

static void splitConstant(Split *split, const TtBuilder *b, MlirOperation op) {
  MlirLocation loc = mlirOperationGetLocation(op);
  MlirStringRef cb = symbolOf(split, ttConstantTileGetCb(op));
  MlirValue result = ttConstantTileGetResult(op);
  if (split->role == TtRoleReader)
    ttFillBlockCreate(b, loc, ttConstantTileGetValue(op), cb);
  if (split->role == TtRoleCompute)
    ttMappingMapValue(split->mapping, result,
                      ttFrontBlockGetResult(ttFrontBlockCreate(
                          b, loc, mlirValueGetType(result), cb)));
}

static void splitWrite(Split *split, const TtBuilder *b, MlirOperation op) {
  if (split->role != TtRoleWriter)
    return;
  MlirValue offsets[MaxRank], valid[MaxRank];
  intptr_t numOffsets = ttWriteBlockGetNumOffsets(op);
  intptr_t numValid = ttWriteBlockGetNumValid(op);
  for (intptr_t i = 0; i < numOffsets; ++i)
    offsets[i] = mapped(split, ttWriteBlockGetOffsets(op, i));
  for (intptr_t i = 0; i < numValid; ++i)
    valid[i] = mapped(split, ttWriteBlockGetValid(op, i));
  TtBlock block = ttBlockGet(mlirValueGetType(ttWriteBlockGetValue(op)));
  int64_t shape[] = {block.rows, block.cols};
  ttStoreBlockCreate(b, mlirOperationGetLocation(op),
                     symbolOf(split, ttWriteBlockGetCb(op)),
                     ttWriteBlockGetBuffer(op), numOffsets, offsets, numValid,
                     valid, 2, shape);
}

//===- structure ----------------------------------------------------------===//

static MlirLogicalResult splitBlock(Split *split, MlirBlock from, TtBuilder b,
                                    bool inSection);

static bool usedByCompute(MlirValue value) {
  for (MlirOpOperand use = mlirValueGetFirstUse(value);
       !mlirOpOperandIsNull(use); use = mlirOpOperandGetNextUse(use))
    if (!ttWriteBlockIsa(mlirOpOperandGetOwner(use)))
      return true;
  return false;
}

// What later sections take of a section, they take from a circular buffer.
static void frontsOfResults(Split *split, const TtBuilder *b,
                            MlirOperation op) {
  for (intptr_t i = 0; i < ttSectionGetNumResults(op); ++i) {
    MlirValue result = ttSectionGetResults(op, i);
    if (usedByCompute(result))
      ttMappingMapValue(
          split->mapping, result,
          ttFrontBlockGetResult(ttFrontBlockCreate(
              b, mlirOperationGetLocation(op), mlirValueGetType(result),
              symbolOf(split, ttSectionGetCbs(op, i)))));
  }
}

// For compute a section keeps its shape; its circular buffers become names.
static MlirLogicalResult splitSection(Split *split, const TtBuilder *b,
                                      MlirOperation op) {
  MlirLocation loc = mlirOperationGetLocation(op);
  MlirOperation section = ttSectionCreate(
      b, loc, 0, NULL, ttSectionGetNumGrid(op), ttSectionGetGrid(op), 0, NULL);
  MlirAttribute *outputs = NULL;
  for (intptr_t i = 0; i < ttSectionGetNumCbs(op); ++i)
    arrput(outputs, mlirFlatSymbolRefAttrGet(
                        b->context, symbolOf(split, ttSectionGetCbs(op, i))));
  ttSectionSetOutputs(section,
                      mlirArrayAttrGet(b->context, arrlen(outputs), outputs));
  arrfree(outputs);
  MlirBlock from = mlirRegionGetFirstBlock(ttSectionGetBody(op));
  MlirType index = mlirIndexTypeGet(b->context);
  MlirType types[] = {index, index};
  MlirLocation locs[] = {loc, loc};
  MlirBlock to = mlirBlockCreate(2, types, locs);
  mlirRegionAppendOwnedBlock(ttSectionGetBody(section), to);
  for (intptr_t i = 0; i < 2; ++i)
    ttMappingMapValue(split->mapping, mlirBlockGetArgument(from, i),
                      mlirBlockGetArgument(to, i));
  if (mlirLogicalResultIsFailure(
          splitBlock(split, from, ttBuilderAtEnd(b->context, to), true)))
    return mlirLogicalResultFailure();
  frontsOfResults(split, b, op);
  return mlirLogicalResultSuccess();
}

// For reader and writer only the loops over sub-blocks are left of a section.
static MlirLogicalResult splitSectionLoops(Split *split, const TtBuilder *b,
                                           MlirOperation op) {
  MlirLocation loc = mlirOperationGetLocation(op);
  MlirBlock from = mlirRegionGetFirstBlock(ttSectionGetBody(op));
  TtBlock block = ttBlockGet(mlirValueGetType(ttSectionGetResults(op, 0)));
  const int64_t *grid = ttSectionGetGrid(op);
  int64_t extent[] = {block.rows / grid[0], block.cols / grid[1]};
  TtBuilder inner = *b;
  for (intptr_t i = 0; i < 2; ++i) {
    MlirValue first;
    if (grid[i] == 1) {
      first = ttIndexConstant(&inner, loc, 0);
    } else {
      TtBuilder body;
      MlirValue n = ttIndexCountedLoop(&inner, loc, grid[i], &body);
      inner = body;
      first = ttIndexScale(&inner, loc, n, extent[i], 0);
    }
    ttMappingMapValue(split->mapping, mlirBlockGetArgument(from, i), first);
  }
  return splitBlock(split, from, inner, true);
}

// In compute's sections loops keep what they carry, elsewhere only their index.
static MlirLogicalResult splitLoop(Split *split, const TtBuilder *b,
                                   MlirOperation op, bool inSection) {
  MlirLocation loc = mlirOperationGetLocation(op);
  bool carries = inSection && split->role == TtRoleCompute;
  intptr_t count = ttScfForGetNumInitArgs(op);
  MlirType *types = NULL;
  MlirValue *inits = NULL;
  for (intptr_t i = 0; i < count; ++i) {
    MlirValue result = ttScfForGetResults(op, i);
    if (!ttTypeIsABlock(mlirValueGetType(result)))
      return ttEmitOpError(op, "carries a value that is not a block from one "
                               "iteration to the next");
    arrput(types, mlirValueGetType(result));
    arrput(inits, mapped(split, ttScfForGetInitArgs(op, i)));
  }
  if (!carries)
    count = 0;
  MlirOperation loop = ttScfForCreate(
      b, loc, count, types, mapped(split, ttScfForGetLowerBound(op)),
      mapped(split, ttScfForGetUpperBound(op)),
      mapped(split, ttScfForGetStep(op)), count, inits);
  MlirBlock from = mlirRegionGetFirstBlock(ttScfForGetRegion(op));
  MlirType index = mlirIndexTypeGet(b->context);
  MlirBlock to = mlirBlockCreate(1, &index, &loc);
  for (intptr_t i = 0; i < count; ++i)
    mlirBlockAddArgument(to, types[i], loc);
  mlirRegionAppendOwnedBlock(ttScfForGetRegion(loop), to);
  for (intptr_t i = 0; i < mlirBlockGetNumArguments(to); ++i)
    ttMappingMapValue(split->mapping, mlirBlockGetArgument(from, i),
                      mlirBlockGetArgument(to, i));
  for (intptr_t i = 0; i < count; ++i)
    ttMappingMapValue(split->mapping, ttScfForGetResults(op, i),
                      ttScfForGetResults(loop, i));
  arrfree(types);
  arrfree(inits);
  TtBuilder body = ttBuilderAtEnd(b->context, to);
  if (mlirLogicalResultIsFailure(splitBlock(split, from, body, inSection)))
    return mlirLogicalResultFailure();
  if (!carries)
    ttScfYieldCreate(&body, loc, 0, NULL);
  return mlirLogicalResultSuccess();
}

static MlirLogicalResult splitOp(Split *split, const TtBuilder *b,
                                 MlirOperation op, bool inSection) {
  bool keepsTiles = inSection && split->role == TtRoleCompute;
  if (ttAllocCbIsa(op))
    return mlirLogicalResultSuccess();
  if (ttReadBlockIsa(op)) {
    splitRead(split, b, op);
    return mlirLogicalResultSuccess();
  }
  if (ttConstantTileIsa(op)) {
    splitConstant(split, b, op);
    return mlirLogicalResultSuccess();
  }
  if (ttWriteBlockIsa(op)) {
    splitWrite(split, b, op);
    return mlirLogicalResultSuccess();
  }
  if (ttSectionIsa(op) && split->role == TtRoleCompute)
    return splitSection(split, b, op);
  if (ttSectionIsa(op))
    return holdsRole(op, split->role) ? splitSectionLoops(split, b, op)
                                      : mlirLogicalResultSuccess();
  if (ttScfForIsa(op))
    return keepsTiles || holdsRole(op, split->role)
               ? splitLoop(split, b, op, inSection)
               : mlirLogicalResultSuccess();
  bool terminator = ttYieldIsa(op) || ttScfYieldIsa(op);
  if ((terminator || isTileOp(op)) && !keepsTiles)
    return mlirLogicalResultSuccess();
  if (mlirOperationGetNumRegions(op) > 0 ||
      (!terminator && !ttOperationIsPure(op)))
    return ttEmitOpError(op, "has no place in reader, compute or writer");
  ttBuilderInsert(b, ttCloneWithMapping(op, split->mapping));
  return mlirLogicalResultSuccess();
}

static MlirLogicalResult splitBlock(Split *split, MlirBlock from, TtBuilder b,
                                    bool inSection) {
  for (MlirOperation op = mlirBlockGetFirstOperation(from);
       !mlirOperationIsNull(op); op = mlirOperationGetNextInBlock(op))
    if (mlirLogicalResultIsFailure(splitOp(split, &b, op, inSection)))
      return mlirLogicalResultFailure();
  return mlirLogicalResultSuccess();
}

//===- what nothing uses --------------------------------------------------===//

static MlirWalkResult collect(MlirOperation op, void *data) {
  MlirOperation **ops = data;
  arrput(*ops, op);
  return MlirWalkResultAdvance;
}

static bool isUnused(MlirOperation op) {
  for (intptr_t i = 0; i < mlirOperationGetNumResults(op); ++i)
    if (!mlirOpOperandIsNull(
            mlirValueGetFirstUse(mlirOperationGetResult(op, i))))
      return false;
  return mlirOperationGetNumResults(op) > 0 && ttOperationIsPure(op);
}

static void dropUnused(MlirOperation func) {
  MlirOperation *ops = NULL;
  mlirOperationWalk(func, collect, &ops, MlirWalkPreOrder);
  for (ptrdiff_t i = arrlen(ops) - 1; i > 0; --i)
    if (mlirOperationGetNumRegions(ops[i]) == 0 && isUnused(ops[i]))
      mlirOperationDestroy(ops[i]);
  arrfree(ops);
}

//===- the program --------------------------------------------------------===//

static MlirLogicalResult makeKernel(const TtBuilder *b, MlirOperation kernel,
                                    TtRole role, Symbol *symbols) {
  MlirLocation loc = mlirOperationGetLocation(kernel);
  MlirOperation func = ttFuncCreate(
      b, loc, mlirStringRefCreateFromCString(ttRoleToString(role)), role);
  MlirBlock to = mlirBlockCreate(0, NULL, NULL);
  mlirRegionAppendOwnedBlock(ttFuncGetBody(func), to);
  MlirBlock from = mlirRegionGetFirstBlock(ttKernelGetBody(kernel));
  TtBuilder body = ttBuilderAtEnd(b->context, to);
  Split split = {role, ttMappingCreate(), symbols};
  TtArgKind kinds[] = {TtArgKindStartId, TtArgKindCount};
  for (intptr_t i = 0; i < 2; ++i)
    ttMappingMapValue(
        split.mapping, mlirBlockGetArgument(from, i),
        ttRuntimeArgGetResult(ttRuntimeArgCreate(&body, loc, kinds[i])));
  MlirLogicalResult result = splitBlock(&split, from, body, false);
  ttMappingDestroy(split.mapping);
  if (mlirLogicalResultIsSuccess(result))
    dropUnused(func);
  return result;
}

static MlirLogicalResult fillProgram(const TtBuilder *b, MlirOperation kernel,
                                     Symbol **symbols) {
  MlirBlock body = mlirRegionGetFirstBlock(ttKernelGetBody(kernel));
  for (MlirOperation op = mlirBlockGetFirstOperation(body);
       !mlirOperationIsNull(op); op = mlirOperationGetNextInBlock(op))
    if (ttAllocCbIsa(op) &&
        mlirLogicalResultIsFailure(declareBuffer(b, op, symbols)))
      return mlirLogicalResultFailure();
  for (int role = 0; role < TtRoleNumCases; ++role)
    if (mlirLogicalResultIsFailure(
            makeKernel(b, kernel, (TtRole)role, *symbols)))
      return mlirLogicalResultFailure();
  return mlirLogicalResultSuccess();
}

static MlirLogicalResult splitKernel(MlirOperation kernel) {
  MlirBlock body = mlirRegionGetFirstBlock(ttKernelGetBody(kernel));
  if (!ttKernelHasPartition(kernel) || !ttKernelHasWork(kernel) ||
      mlirBlockGetNumArguments(body) != 2)
    return ttEmitOpError(kernel, "is not partitioned yet; run "
                                 "tt-layout-aware-work-partition and "
                                 "tt-grid-to-core-grid before the split");
  TtBuilder b = ttBuilderBefore(kernel);
  MlirOperation program = ttProgramCreate(
      &b, mlirOperationGetLocation(kernel), ttKernelGetSymName(kernel),
      ttKernelGetNumGrid(kernel), ttKernelGetGrid(kernel),
      ttKernelGetSchedule(kernel), ttKernelGetCompute(kernel),
      ttKernelGetPartition(kernel), ttKernelGetWork(kernel));
  if (ttKernelHasContractions(kernel))
    ttProgramSetContractions(program, ttKernelGetContractions(kernel));
  MlirBlock inside = mlirBlockCreate(0, NULL, NULL);
  mlirRegionAppendOwnedBlock(ttProgramGetBody(program), inside);
  TtBuilder in = ttBuilderAtEnd(b.context, inside);
  Symbol *symbols = NULL;
  MlirLogicalResult result = fillProgram(&in, kernel, &symbols);
  for (ptrdiff_t i = 0; i < arrlen(symbols); ++i)
    free(symbols[i].name);
  arrfree(symbols);
  mlirOperationDestroy(mlirLogicalResultIsSuccess(result) ? kernel : program);
  return result;
}

MlirLogicalResult
ttRunSplitDeviceKernel(TtPass *pass, MlirOperation host,
                       const TtSplitDeviceKernelOptions *options) {
  (void)pass;
  (void)options;
  MlirOperation next;
  for (MlirOperation op = mlirBlockGetFirstOperation(
           mlirRegionGetFirstBlock(ttHostGetBody(host)));
       !mlirOperationIsNull(op); op = next) {
    next = mlirOperationGetNextInBlock(op);
    if (ttKernelIsa(op) && mlirLogicalResultIsFailure(splitKernel(op)))
      return mlirLogicalResultFailure();
  }
  return mlirLogicalResultSuccess();
}
