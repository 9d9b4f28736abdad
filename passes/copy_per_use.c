//===- copy_per_use.c - free blocks where they are used -------------------===//
//
// One idea: a constant block, or block floats that the unpacker widens, costs
// nothing where it is used and a circular buffer between sections, so every op
// that uses one gets its own.
//
//===----------------------------------------------------------------------===//

#include "block_type.h"
#include "sections.h"
#include "stb_ds.h"
#include "tt-c/Builder.h"
#include "tt-c/IR.h"
#include "tt-c/gen/ScfOps.h"
#include "tt-c/gen/TtOps.h"

bool ttWidensBlockFloats(MlirOperation op) {
  if (!ttTypecastIsa(op))
    return false;
  MlirValue from = ttTypecastGetOperand(op);
  TtDataFormat format = ttValueFormat(from);
  return (format == TtDataFormatBFP8B || format == TtDataFormatBFP4B) &&
         mlirValueIsAOpResult(from) &&
         ttReadBlockIsa(mlirOpResultGetOwner(from));
}

static MlirWalkResult collect(MlirOperation op, void *data) {
  MlirOperation **ops = data;
  if (ttFillIsa(op) || ttWidensBlockFloats(op))
    arrput(*ops, op);
  return MlirWalkResultAdvance;
}

static bool uses(MlirOperation user, MlirValue value) {
  for (intptr_t i = 0; i < mlirOperationGetNumOperands(user); ++i)
    if (mlirValueEqual(mlirOperationGetOperand(user, i), value))
      return true;
  return false;
}

// A copy right in front of the user, for all its operands; what a loop yields
// stays where it is.
static void copyFor(MlirOperation op, MlirOperation user) {
  if (ttScfYieldIsa(user) || ttWriteBlockIsa(user) ||
      !uses(user, mlirOperationGetResult(op, 0)))
    return;
  TtMapping *mapping = ttMappingCreate();
  TtBuilder b = ttBuilderBefore(user);
  MlirOperation copy = ttBuilderInsert(&b, ttCloneWithMapping(op, mapping));
  ttMappingDestroy(mapping);
  mlirOperationReplaceUsesOfWith(user, mlirOperationGetResult(op, 0),
                                 mlirOperationGetResult(copy, 0));
}

static void split(MlirOperation op) {
  MlirOperation *users = NULL;
  MlirValue value = mlirOperationGetResult(op, 0);
  for (MlirOpOperand use = mlirValueGetFirstUse(value);
       !mlirOpOperandIsNull(use); use = mlirOpOperandGetNextUse(use))
    arrput(users, mlirOpOperandGetOwner(use));
  for (ptrdiff_t i = 0; i < arrlen(users); ++i)
    copyFor(op, users[i]);
  arrfree(users);
  if (mlirOpOperandIsNull(mlirValueGetFirstUse(value)))
    mlirOperationDestroy(op);
}

void ttCopyPerUse(MlirOperation kernel) {
  MlirOperation *ops = NULL;
  mlirOperationWalk(kernel, collect, &ops, MlirWalkPreOrder);
  for (ptrdiff_t i = 0; i < arrlen(ops); ++i)
    split(ops[i]);
  arrfree(ops);
}
