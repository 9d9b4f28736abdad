//===- unused_ops.c - ops that nothing needs ------------------------------===//

#include "unused_ops.h"
#include "stb_ds.h"
#include "tt-c/IR.h"

bool ttOperationIsUnused(MlirOperation op) {
  for (intptr_t i = 0; i < mlirOperationGetNumResults(op); ++i)
    if (!mlirOpOperandIsNull(
            mlirValueGetFirstUse(mlirOperationGetResult(op, i))))
      return false;
  return mlirOperationGetNumResults(op) > 0 && ttOperationIsPure(op);
}

void ttEraseUnused(MlirBlock block) {
  MlirOperation *ops = NULL;
  for (MlirOperation op = mlirBlockGetFirstOperation(block);
       !mlirOperationIsNull(op); op = mlirOperationGetNextInBlock(op))
    arrput(ops, op);
  while (arrlen(ops) > 0) {
    MlirOperation op = arrpop(ops);
    if (ttOperationIsUnused(op))
      mlirOperationDestroy(op);
  }
  arrfree(ops);
}
