//===- unpack_modes.c - wide values in Src and in tile registers
//-----------===//
//
// A circular buffer has one unpack mode. 32-bit values lose mantissa in SrcA
// and SrcB (METALIUM sheet §3.2), so what only wants them in tile registers
// unpacks them there; the matrix engine takes them from Src. A value that is
// wanted both ways goes through two circular buffers.
//
//===----------------------------------------------------------------------===//

#include "block_type.h"
#include "loop_body.h"
#include "sections.h"
#include "stb_ds.h"
#include "tt-c/IR.h"
#include "tt-c/gen/ScfOps.h"
#include "tt-c/gen/TtOps.h"

bool ttBlockIsWide(MlirValue block) {
  TtDataFormat format = ttValueFormat(block);
  return format == TtDataFormatF32 || format == TtDataFormatI32 ||
         format == TtDataFormatU32;
}

// A tile op packs what it computes right into the circular buffer that carries
// it; anything else is copied there, through tile registers.
static bool isPacked(MlirValue value) {
  if (!mlirValueIsAOpResult(value))
    return false;
  MlirOperation op = mlirOpResultGetOwner(value);
  return !ttReadBlockIsa(op) && !ttConstantTileIsa(op) &&
         !ttLoopCarriesThroughBuffers(op);
}

// How the trips of a loop, and what follows it, want carried block `i`.
static unsigned carriedModes(MlirOperation loop, intptr_t i) {
  MlirBlock body = ttLoopBody(loop);
  return ttBlockModes(mlirBlockGetArgument(body, i + 1)) |
         ttBlockModes(ttScfForGetResults(loop, i));
}

// Conversions between floats are the unpacker's or the packer's.
static bool castsByUnpacking(MlirOperation op) {
  if (!ttTypecastIsa(op))
    return false;
  MlirType from = mlirValueGetType(ttTypecastGetOperand(op));
  MlirType to = mlirValueGetType(ttTypecastGetResult(op));
  return ttFormatIsInteger(ttBlockFormat(ttBlockGet(from))) ==
         ttFormatIsInteger(ttBlockFormat(ttBlockGet(to)));
}

unsigned ttUseModes(MlirOpOperand use) {
  MlirOperation user = mlirOpOperandGetOwner(use);
  unsigned operand = mlirOpOperandGetOperandNumber(use);
  if (ttSubBlockIsa(user) || castsByUnpacking(user))
    return ttBlockModes(mlirOperationGetResult(user, 0));
  intptr_t carried;
  MlirOperation loop = ttCarryingLoop(use, &carried);
  if (!mlirOperationIsNull(loop) && isPacked(mlirOpOperandGetValue(use)))
    return carriedModes(loop, carried);
  bool matrix = (ttMmaIsa(user) && operand < 2) ||
                (ttReduceIsa(user) && operand == 0) ||
                (ttTransposeIsa(user) && !ttTransposesInRegisters(user));
  return matrix ? TtWantsSrc : TtWantsDest;
}

unsigned ttBlockModes(MlirValue block) {
  unsigned modes = 0;
  for (MlirOpOperand use = mlirValueGetFirstUse(block);
       !mlirOpOperandIsNull(use); use = mlirOpOperandGetNextUse(use))
    modes |= ttUseModes(use);
  return modes;
}

bool ttTransposesInRegisters(MlirOperation transpose) {
  return ttBlockIsWide(ttTransposeGetOperand(transpose));
}

// Replaces the uses that want exactly `mode`.
static void replaceUses(MlirValue from, MlirValue to, unsigned mode) {
  MlirOpOperand *uses = NULL;
  for (MlirOpOperand use = mlirValueGetFirstUse(from);
       !mlirOpOperandIsNull(use); use = mlirOpOperandGetNextUse(use))
    if (ttUseModes(use) == mode)
      arrput(uses, use);
  for (ptrdiff_t i = 0; i < arrlen(uses); ++i)
    mlirOperationSetOperand(mlirOpOperandGetOwner(uses[i]),
                            (intptr_t)mlirOpOperandGetOperandNumber(uses[i]),
                            to);
  arrfree(uses);
}

// The read again, through a circular buffer of its own, for tile registers.
static void duplicate(MlirOperation read) {
  MlirOperation alloc = mlirOpResultGetOwner(ttReadBlockGetCb(read));
  TtMapping *mapping = ttMappingCreate();
  TtBuilder afterAlloc = ttBuilderAfter(alloc);
  ttBuilderInsert(&afterAlloc, ttCloneWithMapping(alloc, mapping));
  TtBuilder afterRead = ttBuilderAfter(read);
  MlirOperation copy =
      ttBuilderInsert(&afterRead, ttCloneWithMapping(read, mapping));
  ttMappingDestroy(mapping);
  replaceUses(ttReadBlockGetResult(read), ttReadBlockGetResult(copy),
              TtWantsDest);
}

static bool isCarriedBothWays(MlirOperation loop, intptr_t i) {
  return ttBlockIsWide(ttScfForGetResults(loop, i)) &&
         carriedModes(loop, i) == (TtWantsSrc | TtWantsDest);
}

// The loop with each block that is wanted both ways carried a second time, for
// tile registers.
static void carryTwice(MlirOperation loop) {
  MlirValue *inits = NULL, *yielded = NULL;
  MlirType *types = NULL;
  intptr_t *twice = NULL;
  MlirBlock body = ttLoopBody(loop);
  MlirOperation yield = mlirBlockGetTerminator(body);
  intptr_t count = ttScfForGetNumInitArgs(loop);
  for (intptr_t i = 0; i < count; ++i) {
    arrput(inits, ttScfForGetInitArgs(loop, i));
    arrput(types, mlirValueGetType(inits[i]));
    arrput(yielded, mlirOperationGetOperand(yield, i));
    if (isCarriedBothWays(loop, i))
      arrput(twice, i);
  }
  for (ptrdiff_t n = 0; n < arrlen(twice); ++n) {
    arrput(inits, inits[twice[n]]);
    arrput(types, types[twice[n]]);
    arrput(yielded, yielded[twice[n]]);
  }
  MlirLocation loc = mlirOperationGetLocation(loop);
  TtBuilder b = ttBuilderBefore(loop);
  MlirOperation made = ttScfForCreate(
      &b, loc, arrlen(types), types, ttScfForGetLowerBound(loop),
      ttScfForGetUpperBound(loop), ttScfForGetStep(loop), arrlen(inits), inits);
  ttRegionTakeBody(ttScfForGetRegion(made), ttScfForGetRegion(loop));
  body = ttLoopBody(made);
  for (ptrdiff_t n = 0; n < arrlen(twice); ++n) {
    MlirValue again = mlirBlockAddArgument(body, types[twice[n]], loc);
    replaceUses(mlirBlockGetArgument(body, twice[n] + 1), again, TtWantsDest);
    replaceUses(ttScfForGetResults(loop, twice[n]),
                ttScfForGetResults(made, count + n), TtWantsDest);
  }
  for (intptr_t i = 0; i < count; ++i)
    mlirValueReplaceAllUsesOfWith(ttScfForGetResults(loop, i),
                                  ttScfForGetResults(made, i));
  TtBuilder end = ttBuilderBefore(yield);
  ttScfYieldCreate(&end, mlirOperationGetLocation(yield), arrlen(yielded),
                   yielded);
  mlirOperationDestroy(yield);
  mlirOperationDestroy(loop);
  arrfree(inits);
  arrfree(types);
  arrfree(yielded);
  arrfree(twice);
}

static MlirWalkResult collectReads(MlirOperation op, void *data) {
  MlirOperation **reads = data;
  if (ttReadBlockIsa(op) && ttBlockIsWide(ttReadBlockGetResult(op)) &&
      ttBlockModes(ttReadBlockGetResult(op)) == (TtWantsSrc | TtWantsDest))
    arrput(*reads, op);
  return MlirWalkResultAdvance;
}

static MlirWalkResult collectLoops(MlirOperation op, void *data) {
  MlirOperation **loops = data;
  if (!ttLoopCarriesThroughBuffers(op))
    return MlirWalkResultAdvance;
  for (intptr_t i = 0; i < ttScfForGetNumInitArgs(op); ++i)
    if (isCarriedBothWays(op, i)) {
      arrput(*loops, op);
      break;
    }
  return MlirWalkResultAdvance;
}

void ttDuplicateWideBlocks(MlirOperation kernel) {
  MlirOperation *ops = NULL;
  mlirOperationWalk(kernel, collectLoops, &ops, MlirWalkPostOrder);
  for (ptrdiff_t i = 0; i < arrlen(ops); ++i)
    carryTwice(ops[i]);
  arrsetlen(ops, 0);
  mlirOperationWalk(kernel, collectReads, &ops, MlirWalkPreOrder);
  for (ptrdiff_t i = 0; i < arrlen(ops); ++i)
    duplicate(ops[i]);
  arrfree(ops);
}
