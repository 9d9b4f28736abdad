//===- memory_access.c - what an op does to an on-chip buffer -------------===//

#include "memory_access.h"
#include "index_arith.h"
#include "loop_body.h"
#include "mlir-c/AffineExpr.h"
#include "mlir-c/AffineMap.h"
#include "mlir-c/BuiltinAttributes.h"
#include "mlir-c/BuiltinTypes.h"
#include "mlir-c/Dialect/Linalg.h"
#include "tt-c/IR.h"
#include "tt-c/gen/MemrefOps.h"
#include "tt-c/gen/ScfOps.h"

bool ttIsOnChipBuffer(MlirOperation op) {
  return ttMemrefAllocIsa(op) || ttMemrefAllocaIsa(op);
}

bool ttIsView(MlirOperation op) {
  return ttMemrefSubViewIsa(op) || ttMemrefCastIsa(op) ||
         ttMemrefMemorySpaceCastIsa(op) || ttMemrefExpandShapeIsa(op) ||
         ttMemrefCollapseShapeIsa(op);
}

bool ttIsWholeSubView(MlirOperation op) {
  MlirType from = mlirValueGetType(ttMemrefSubViewGetSource(op));
  MlirType to = mlirValueGetType(ttMemrefSubViewGetResult(op));
  intptr_t rank = mlirShapedTypeGetRank(from);
  if (mlirShapedTypeGetRank(to) != rank || ttMemrefSubViewGetNumOffsets(op) ||
      ttMemrefSubViewGetNumSizes(op) || ttMemrefSubViewGetNumStrides(op))
    return false;
  for (intptr_t i = 0; i < rank; ++i) {
    if (ttMemrefSubViewGetStaticOffsets(op)[i] != 0 ||
        ttMemrefSubViewGetStaticStrides(op)[i] != 1 ||
        ttMemrefSubViewGetStaticSizes(op)[i] !=
            mlirShapedTypeGetDimSize(from, i))
      return false;
  }
  return true;
}

MlirValue ttBufferBehind(MlirValue memref) {
  while (mlirValueIsAOpResult(memref)) {
    MlirOperation owner = mlirOpResultGetOwner(memref);
    if (!ttIsView(owner))
      break;
    memref = mlirOperationGetOperand(owner, 0);
  }
  return memref;
}

/// Whether a memref shows all of the buffer behind it.
static bool showsAll(MlirValue memref) {
  while (mlirValueIsAOpResult(memref)) {
    MlirOperation owner = mlirOpResultGetOwner(memref);
    if (!ttIsView(owner))
      break;
    if (ttMemrefSubViewIsa(owner) && !ttIsWholeSubView(owner))
      return false;
    memref = mlirOperationGetOperand(owner, 0);
  }
  return true;
}

bool ttCoversOperand(MlirOperation op, intptr_t index) {
  MlirAttribute maps = mlirLinalgGetIndexingMapsAttribute(op);
  if (mlirAttributeIsNull(maps) || index >= mlirArrayAttrGetNumElements(maps))
    return true;
  MlirAffineMap map =
      mlirAffineMapAttrGetValue(mlirArrayAttrGetElement(maps, index));
  return mlirAffineMapIsProjectedPermutation(map);
}

//===- Access of one op ---------------------------------------------------===//

typedef struct {
  MlirOperation op;
  MlirValue buffer; // null: count destinations
  bool reads, writes, writesAll;
  intptr_t destinations;
} EffectScan;

static void scanEffect(const TtEffect *effect, void *data) {
  EffectScan *scan = data;
  if (mlirValueIsNull(effect->value) ||
      !mlirTypeIsAMemRef(mlirValueGetType(effect->value)))
    return;
  if (effect->kind == TtEffectWrite)
    ++scan->destinations;
  if (mlirValueIsNull(scan->buffer) ||
      !mlirValueEqual(ttBufferBehind(effect->value), scan->buffer))
    return;
  if (effect->kind == TtEffectRead)
    scan->reads = true;
  if (effect->kind == TtEffectWrite) {
    scan->writes = true;
    scan->writesAll |= showsAll(effect->value);
  }
}

intptr_t ttNumMemrefDestinations(MlirOperation op) {
  EffectScan scan = {.op = op};
  ttOperationGetEffects(op, scanEffect, &scan);
  return scan.destinations;
}

static bool usesBuffer(MlirOperation op, MlirValue buffer) {
  for (intptr_t i = 0; i < mlirOperationGetNumOperands(op); ++i) {
    MlirValue operand = mlirOperationGetOperand(op, i);
    if (mlirTypeIsAMemRef(mlirValueGetType(operand)) &&
        mlirValueEqual(ttBufferBehind(operand), buffer))
      return true;
  }
  return false;
}

static bool coversAllDestinations(MlirOperation op, intptr_t destinations) {
  intptr_t count = mlirOperationGetNumOperands(op);
  for (intptr_t i = count - destinations; i < count; ++i) {
    if (!ttCoversOperand(op, i))
      return false;
  }
  return true;
}

static TtAccess accessOfLeaf(MlirOperation op, MlirValue buffer) {
  TtAccess access = {0};
  if (ttIsView(op) || ttMemrefDeallocIsa(op) || !usesBuffer(op, buffer))
    return access;
  EffectScan scan = {.op = op, .buffer = buffer};
  bool known = ttOperationGetEffects(op, scanEffect, &scan);
  // An element that is stored leaves the rest, whatever the shape.
  bool all = scan.writesAll && !ttMemrefStoreIsa(op) &&
             coversAllDestinations(op, scan.destinations);
  access.reads = scan.reads || !known;
  access.mayWrite = scan.writes || !known;
  access.mustWrite = scan.writes && all;
  access.keepsPart = scan.writes && !all;
  access.first = access.reads ? op : (MlirOperation){NULL};
  return access;
}

//===- Access of structured control flow ----------------------------------===//

/// What `a` and then `b` do.
static TtAccess inSequence(TtAccess a, TtAccess b) {
  TtAccess both = a;
  if (!a.mustWrite) {
    both.reads |= b.reads;
    both.keepsPart |= b.keepsPart;
    if (!a.mayWrite && mlirOperationIsNull(a.first))
      both.first = b.first;
  }
  both.mayWrite |= b.mayWrite;
  both.mustWrite |= b.mustWrite;
  return both;
}

TtAccess ttAccessOfBlock(MlirBlock block, MlirValue buffer) {
  TtAccess access = {0};
  if (mlirBlockIsNull(block))
    return access;
  for (MlirOperation op = mlirBlockGetFirstOperation(block);
       !mlirOperationIsNull(op); op = mlirOperationGetNextInBlock(op))
    access = inSequence(access, ttAccessOf(op, buffer));
  return access;
}

static TtAccess accessOfIf(MlirOperation op, MlirValue buffer) {
  TtAccess a = ttAccessOfBlock(
      mlirRegionGetFirstBlock(ttScfIfGetThenRegion(op)), buffer);
  TtAccess b = ttAccessOfBlock(
      mlirRegionGetFirstBlock(ttScfIfGetElseRegion(op)), buffer);
  TtAccess either = {.reads = a.reads || b.reads,
                     .keepsPart = a.keepsPart || b.keepsPart,
                     .mayWrite = a.mayWrite || b.mayWrite,
                     .mustWrite = a.mustWrite && b.mustWrite,
                     .first = mlirOperationIsNull(a.first) ? b.first : a.first};
  return either;
}

static bool runsAtLeastOnce(MlirOperation loop) {
  int64_t lower, upper;
  return ttIndexIsConstant(ttScfForGetLowerBound(loop), &lower) &&
         ttIndexIsConstant(ttScfForGetUpperBound(loop), &upper) &&
         lower < upper;
}

static MlirWalkResult findUse(MlirOperation op, void *data) {
  EffectScan *scan = data;
  if (!usesBuffer(op, scan->buffer))
    return MlirWalkResultAdvance;
  scan->reads = true;
  return MlirWalkResultInterrupt;
}

TtAccess ttAccessOf(MlirOperation op, MlirValue buffer) {
  if (ttScfForIsa(op)) {
    TtAccess body = ttAccessOfBlock(ttLoopBody(op), buffer);
    body.mustWrite &= runsAtLeastOnce(op);
    return body;
  }
  if (ttScfIfIsa(op))
    return accessOfIf(op, buffer);
  if (mlirOperationGetNumRegions(op) == 0 ||
      !mlirAttributeIsNull(mlirLinalgGetIndexingMapsAttribute(op)))
    return accessOfLeaf(op, buffer);
  // Other control flow has no promotion; all that matters is whether it is
  // there.
  EffectScan scan = {.buffer = buffer};
  mlirOperationWalk(op, findUse, &scan, MlirWalkPreOrder);
  return (TtAccess){.reads = scan.reads,
                    .mayWrite = scan.reads,
                    .first = scan.reads ? op : (MlirOperation){NULL}};
}

bool ttNeededAfter(MlirOperation op, MlirValue buffer) {
  MlirBlock home =
      mlirOperationGetBlock(mlirOpResultGetOwner(buffer)); // where it is made
  for (;;) {
    for (MlirOperation next = mlirOperationGetNextInBlock(op);
         !mlirOperationIsNull(next); next = mlirOperationGetNextInBlock(next)) {
      TtAccess access = ttAccessOf(next, buffer);
      if (access.reads || access.keepsPart)
        return true;
      if (access.mustWrite)
        return false;
    }
    MlirBlock block = mlirOperationGetBlock(op);
    if (mlirBlockEqual(block, home))
      return false;
    op = mlirBlockGetParentOperation(block);
    if (ttScfForIsa(op)) {
      TtAccess again = ttAccessOfBlock(block, buffer);
      if (again.reads || again.keepsPart)
        return true;
    }
  }
}
