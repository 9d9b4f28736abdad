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
#include "sections.h"
#include "stb_ds.h"
#include "tt-c/IR.h"
#include "tt-c/gen/TtOps.h"

bool ttBlockIsWide(MlirValue block) {
  TtDataFormat format = ttBlockFormat(ttBlockGet(mlirValueGetType(block)));
  return format == TtDataFormatF32 || format == TtDataFormatI32 ||
         format == TtDataFormatU32;
}

unsigned ttUseModes(MlirOpOperand use) {
  MlirOperation user = mlirOpOperandGetOwner(use);
  unsigned operand = mlirOpOperandGetOperandNumber(use);
  if (ttSubBlockIsa(user) || ttTypecastIsa(user))
    return ttBlockModes(mlirOperationGetResult(user, 0));
  bool matrix = (ttMmaIsa(user) && operand < 2) ||
                (ttReduceIsa(user) && operand == 0) || ttTransposeIsa(user);
  return matrix ? TtWantsSrc : TtWantsDest;
}

unsigned ttBlockModes(MlirValue block) {
  unsigned modes = 0;
  for (MlirOpOperand use = mlirValueGetFirstUse(block);
       !mlirOpOperandIsNull(use); use = mlirOpOperandGetNextUse(use))
    modes |= ttUseModes(use);
  return modes;
}

// Replaces the uses that want exactly `mode`.
static void replaceUses(MlirValue from, MlirValue to, unsigned mode) {
  MlirOperation *users = NULL;
  for (MlirOpOperand use = mlirValueGetFirstUse(from);
       !mlirOpOperandIsNull(use); use = mlirOpOperandGetNextUse(use))
    if (ttUseModes(use) == mode)
      arrput(users, mlirOpOperandGetOwner(use));
  for (ptrdiff_t i = 0; i < arrlen(users); ++i)
    mlirOperationReplaceUsesOfWith(users[i], from, to);
  arrfree(users);
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

static MlirWalkResult collect(MlirOperation op, void *data) {
  MlirOperation **reads = data;
  if (ttReadBlockIsa(op) && ttBlockIsWide(ttReadBlockGetResult(op)) &&
      ttBlockModes(ttReadBlockGetResult(op)) == (TtWantsSrc | TtWantsDest))
    arrput(*reads, op);
  return MlirWalkResultAdvance;
}

void ttDuplicateReads(MlirOperation kernel) {
  MlirOperation *reads = NULL;
  mlirOperationWalk(kernel, collect, &reads, MlirWalkPreOrder);
  for (ptrdiff_t i = 0; i < arrlen(reads); ++i)
    duplicate(reads[i]);
  arrfree(reads);
}
