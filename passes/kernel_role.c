//===- kernel_role.c - what a role keeps of a kernel body -----------------===//

#include "kernel_role.h"
#include "block_type.h"
#include "index_arith.h"
#include "loop_body.h"
#include "mlir-c/BuiltinAttributes.h"
#include "mlir-c/BuiltinTypes.h"
#include "sections.h"
#include "stb_ds.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/gen/ScfOps.h"
#include "tt-c/gen/TtOps.h"

static MlirStringRef symbolOf(const TtRoleSplit *split, MlirValue cb) {
  for (ptrdiff_t i = 0; i < arrlen(split->symbols); ++i)
    if (split->symbols[i].cb == cb.ptr)
      return mlirStringRefCreateFromCString(split->symbols[i].name);
  return mlirStringRefCreateFromCString("");
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

//===- transfers ----------------------------------------------------------===//

static MlirValue mapped(const TtRoleSplit *split, MlirValue value) {
  return ttMappingLookupOrSelf(split->mapping, value);
}

// The copies of `count` operands from `first` on; an stb_ds array.
static MlirValue *mappedOperands(const TtRoleSplit *split, MlirOperation op,
                                 intptr_t first, intptr_t count) {
  MlirValue *values = NULL;
  for (intptr_t i = 0; i < count; ++i)
    arrput(values, mapped(split, mlirOperationGetOperand(op, first + i)));
  return values;
}

// In compute a value is the block at the front of a circular buffer.
static void frontOf(TtRoleSplit *split, const TtBuilder *b, MlirLocation loc,
                    MlirValue value, MlirStringRef cb) {
  ttMappingMapValue(split->mapping, value,
                    ttFrontBlockGetResult(ttFrontBlockCreate(
                        b, loc, mlirValueGetType(value), cb)));
}

static void splitRead(TtRoleSplit *split, const TtBuilder *b,
                      MlirOperation op) {
  MlirLocation loc = mlirOperationGetLocation(op);
  MlirStringRef cb = symbolOf(split, ttReadBlockGetCb(op));
  MlirType type = mlirValueGetType(ttReadBlockGetResult(op));
  if (split->role == TtRoleCompute)
    frontOf(split, b, loc, ttReadBlockGetResult(op), cb);
  if (split->role != TtRoleReader)
    return;
  intptr_t numOffsets = ttReadBlockGetNumOffsets(op);
  MlirValue *offsets = mappedOperands(split, op, 0, numOffsets);
  TtBlock block = ttBlockGet(type);
  int64_t shape[] = {block.rows, block.cols};
  ttFetchBlockCreate(b, loc, ttReadBlockGetBuffer(op), numOffsets, offsets, cb,
                     2, shape);
  arrfree(offsets);
}

static void splitConstant(TtRoleSplit *split, const TtBuilder *b,
                          MlirOperation op) {
  MlirLocation loc = mlirOperationGetLocation(op);
  MlirStringRef cb = symbolOf(split, ttConstantTileGetCb(op));
  MlirValue result = ttConstantTileGetResult(op);
  if (split->role == TtRoleReader)
    ttFillBlockCreate(b, loc, ttConstantTileGetValue(op), cb);
  if (split->role == TtRoleCompute)
    frontOf(split, b, loc, result, cb);
}

static void splitWrite(TtRoleSplit *split, const TtBuilder *b,
                       MlirOperation op) {
  if (split->role != TtRoleWriter)
    return;
  intptr_t numOffsets = ttWriteBlockGetNumOffsets(op);
  MlirValue *offsets = mappedOperands(split, op, 1, numOffsets);
  TtBlock block = ttBlockGet(mlirValueGetType(ttWriteBlockGetValue(op)));
  int64_t shape[] = {block.rows, block.cols};
  ttStoreBlockCreate(b, mlirOperationGetLocation(op),
                     symbolOf(split, ttWriteBlockGetCb(op)),
                     ttWriteBlockGetBuffer(op), numOffsets, offsets, 2, shape);
  arrfree(offsets);
}

//===- structure ----------------------------------------------------------===//

static MlirLogicalResult splitBlock(TtRoleSplit *split, MlirBlock from,
                                    TtBuilder b, bool inSection);

// Writers and the loops that carry a section's result have it through circular
// buffers of their own.
static bool usedBySections(MlirValue value) {
  for (MlirOpOperand use = mlirValueGetFirstUse(value);
       !mlirOpOperandIsNull(use); use = mlirOpOperandGetNextUse(use)) {
    intptr_t number;
    if (!ttWriteBlockIsa(mlirOpOperandGetOwner(use)) &&
        mlirOperationIsNull(ttCarryingLoop(use, &number)))
      return true;
  }
  return false;
}

// What later sections take of a section or a sum, they take from a circular
// buffer: operand i of the op for result i.
static void frontsOfResults(TtRoleSplit *split, const TtBuilder *b,
                            MlirOperation op) {
  for (intptr_t i = 0; i < mlirOperationGetNumResults(op); ++i) {
    MlirValue result = mlirOperationGetResult(op, i);
    if (usedBySections(result))
      frontOf(split, b, mlirOperationGetLocation(op), result,
              symbolOf(split, mlirOperationGetOperand(op, i)));
  }
}

// The circular buffer that carries block `i` around a loop: its initial value
// is yielded into it.
static MlirStringRef carriedThrough(const TtRoleSplit *split,
                                    MlirOperation loop, intptr_t i) {
  MlirValue init = ttScfForGetInitArgs(loop, i);
  return symbolOf(split, ttSectionGetCbs(mlirOpResultGetOwner(init),
                                         mlirOpResultGetResultNumber(init)));
}

// The names of the circular buffers that the op has as operands.
static MlirAttribute outputNames(const TtRoleSplit *split, const TtBuilder *b,
                                 MlirOperation op) {
  MlirAttribute *names = NULL;
  for (intptr_t i = 0; i < mlirOperationGetNumOperands(op); ++i)
    arrput(names,
           mlirFlatSymbolRefAttrGet(
               b->context, symbolOf(split, mlirOperationGetOperand(op, i))));
  MlirAttribute array = mlirArrayAttrGet(b->context, arrlen(names), names);
  arrfree(names);
  return array;
}

// For compute a section keeps its shape; its circular buffers become names.
static MlirLogicalResult splitSection(TtRoleSplit *split, const TtBuilder *b,
                                      MlirOperation op) {
  MlirLocation loc = mlirOperationGetLocation(op);
  MlirOperation section = ttSectionCreate(
      b, loc, 0, NULL, ttSectionGetNumGrid(op), ttSectionGetGrid(op), 0, NULL);
  ttSectionSetOutputs(section, outputNames(split, b, op));
  ttSectionSetStartsSum(section, ttSectionGetStartsSum(op));
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
static MlirLogicalResult
splitSectionLoops(TtRoleSplit *split, const TtBuilder *b, MlirOperation op) {
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

// Only compute sums up; to the others it is what it does in its body.
static MlirLogicalResult splitAccumulate(TtRoleSplit *split, const TtBuilder *b,
                                         MlirOperation op) {
  MlirBlock from = mlirRegionGetFirstBlock(ttAccumulateGetBody(op));
  if (split->role != TtRoleCompute)
    return splitBlock(split, from, *b, false);
  MlirOperation sum =
      ttAccumulateCreate(b, mlirOperationGetLocation(op), 0, NULL, 0, NULL);
  ttAccumulateSetOutputs(sum, outputNames(split, b, op));
  int64_t *pages = NULL;
  for (intptr_t i = 0; i < ttAccumulateGetNumResults(op); ++i)
    arrput(pages, ttBlockTiles(ttBlockGet(
                      mlirValueGetType(ttAccumulateGetResults(op, i)))));
  ttAccumulateSetPages(sum, arrlen(pages), pages);
  arrfree(pages);
  MlirBlock to = mlirBlockCreate(0, NULL, NULL);
  mlirRegionAppendOwnedBlock(ttAccumulateGetBody(sum), to);
  if (mlirLogicalResultIsFailure(
          splitBlock(split, from, ttBuilderAtEnd(b->context, to), false)))
    return mlirLogicalResultFailure();
  frontsOfResults(split, b, op);
  return mlirLogicalResultSuccess();
}

static MlirLogicalResult checkCarried(MlirOperation loop) {
  bool planned = ttLoopCarriesThroughBuffers(loop);
  for (intptr_t i = 0; i < ttScfForGetNumInitArgs(loop); ++i) {
    if (!ttTypeIsABlock(mlirValueGetType(ttScfForGetResults(loop, i))))
      return ttEmitOpError(loop, "carries a value that is not a block from one "
                                 "iteration to the next");
    MlirValue init = ttScfForGetInitArgs(loop, i);
    if (planned && (!mlirValueIsAOpResult(init) ||
                    !ttSectionIsa(mlirOpResultGetOwner(init))))
      return ttEmitOpError(loop, "carries a block that is in no circular "
                                 "buffer; run tt-build-tile-dfg before the "
                                 "split");
  }
  return mlirLogicalResultSuccess();
}

// In compute's sections loops keep what they carry. Elsewhere they keep their
// index; a block that they carry is at the front of its circular buffer in each
// iteration, and once more behind the loop.
static MlirLogicalResult splitLoop(TtRoleSplit *split, const TtBuilder *b,
                                   MlirOperation op, bool inSection) {
  MlirLocation loc = mlirOperationGetLocation(op);
  if (mlirLogicalResultIsFailure(checkCarried(op)))
    return mlirLogicalResultFailure();
  bool carries = inSection && split->role == TtRoleCompute;
  intptr_t count = carries ? ttScfForGetNumInitArgs(op) : 0;
  MlirType *types = NULL;
  MlirValue *inits = NULL;
  for (intptr_t i = 0; i < count; ++i) {
    arrput(types, mlirValueGetType(ttScfForGetResults(op, i)));
    arrput(inits, mapped(split, ttScfForGetInitArgs(op, i)));
  }
  MlirOperation loop = ttScfForCreate(
      b, loc, count, types, mapped(split, ttScfForGetLowerBound(op)),
      mapped(split, ttScfForGetUpperBound(op)),
      mapped(split, ttScfForGetStep(op)), count, inits);
  MlirBlock from = ttLoopBody(op);
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
  bool throughBuffers =
      split->role == TtRoleCompute && ttLoopCarriesThroughBuffers(op);
  for (intptr_t i = 0; throughBuffers && i < ttScfForGetNumInitArgs(op); ++i)
    frontOf(split, &body, loc, mlirBlockGetArgument(from, i + 1),
            carriedThrough(split, op, i));
  if (mlirLogicalResultIsFailure(splitBlock(split, from, body, inSection)))
    return mlirLogicalResultFailure();
  if (!carries)
    ttScfYieldCreate(&body, loc, 0, NULL);
  for (intptr_t i = 0; throughBuffers && i < ttScfForGetNumInitArgs(op); ++i)
    frontOf(split, b, loc, ttScfForGetResults(op, i),
            carriedThrough(split, op, i));
  return mlirLogicalResultSuccess();
}

static MlirLogicalResult splitOp(TtRoleSplit *split, const TtBuilder *b,
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
  if (ttAccumulateIsa(op))
    return splitAccumulate(split, b, op);
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
  if ((terminator || ttYieldsBlocks(op)) && !keepsTiles)
    return mlirLogicalResultSuccess();
  if (mlirOperationGetNumRegions(op) > 0 ||
      (!terminator && !ttOperationIsPure(op)))
    return ttEmitOpError(op, "has no place in reader, compute or writer");
  ttBuilderInsert(b, ttCloneWithMapping(op, split->mapping));
  return mlirLogicalResultSuccess();
}

static MlirLogicalResult splitBlock(TtRoleSplit *split, MlirBlock from,
                                    TtBuilder b, bool inSection) {
  for (MlirOperation op = mlirBlockGetFirstOperation(from);
       !mlirOperationIsNull(op); op = mlirOperationGetNextInBlock(op))
    if (mlirLogicalResultIsFailure(splitOp(split, &b, op, inSection)))
      return mlirLogicalResultFailure();
  return mlirLogicalResultSuccess();
}

MlirLogicalResult ttSplitBlock(TtRoleSplit *split, MlirBlock from,
                               TtBuilder b) {
  return splitBlock(split, from, b, false);
}
