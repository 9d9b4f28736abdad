//===- unused_ops.c - ops that nothing needs ------------------------------===//

#include "unused_ops.h"
#include "tt-c/IR.h"

bool ttOperationIsUnused(MlirOperation op) {
  for (intptr_t i = 0; i < mlirOperationGetNumResults(op); ++i)
    if (!mlirOpOperandIsNull(
            mlirValueGetFirstUse(mlirOperationGetResult(op, i))))
      return false;
  return mlirOperationGetNumResults(op) > 0 && ttOperationIsPure(op);
}
