// How often a value's text would appear: what decides between printing a
// computation in place and naming it.

#include "kernel_state.h"

#include "mlir-c/AffineExpr.h"
#include "tt-c/gen/AffineOps.h"
#include "tt-c/gen/ArithOps.h"

static bool isLive(MlirOperation op) {
  if (!isExpression(op) && !ttTensorAccessorIsa(op))
    return true;
  for (intptr_t i = 0; i < mlirOperationGetNumResults(op); ++i)
    for (MlirOpOperand use =
             mlirValueGetFirstUse(mlirOperationGetResult(op, i));
         !mlirOpOperandIsNull(use); use = mlirOpOperandGetNextUse(use))
      if (isLive(mlirOpOperandGetOwner(use)))
        return true;
  return false;
}

static int mapUses(MlirAffineMap map, intptr_t operand) {
  int count = 0;
  for (intptr_t r = 0; r < mlirAffineMapGetNumResults(map); ++r)
    count += affineCountUses(mlirAffineMapGetResult(map, r),
                             mlirAffineMapGetNumDims(map), operand);
  return count;
}

// Times that `user` prints its operand.
static int weight(MlirOperation user, intptr_t operand) {
  if (ttAffineApplyIsa(user))
    return mapUses(ttAffineApplyGetMap(user), operand);
  if (ttAffineMinIsa(user))
    return 2 * mapUses(ttAffineMinGetMap(user), operand);
  if (ttAffineMaxIsa(user))
    return 2 * mapUses(ttAffineMaxGetMap(user), operand);
  if (ttArithMinUIIsa(user) || ttArithMaxUIIsa(user) || ttArithMinSIIsa(user) ||
      ttArithMaxSIIsa(user))
    return 2;
  if (!ttAffineDelinearizeIndexIsa(user))
    return 1;
  int live = 0;
  for (intptr_t i = 0; i < mlirOperationGetNumResults(user); ++i)
    live += valueUses(mlirOperationGetResult(user, i)).count > 0;
  return live;
}

ValueUses valueUses(MlirValue value) {
  ValueUses uses = {0, false};
  MlirBlock home = mlirValueIsABlockArgument(value)
                       ? mlirBlockArgumentGetOwner(value)
                       : mlirOperationGetBlock(mlirOpResultGetOwner(value));
  for (MlirOpOperand use = mlirValueGetFirstUse(value);
       !mlirOpOperandIsNull(use); use = mlirOpOperandGetNextUse(use)) {
    MlirOperation user = mlirOpOperandGetOwner(use);
    if (!isLive(user))
      continue;
    uses.count += weight(user, mlirOpOperandGetOperandNumber(use));
    uses.inner |= !mlirBlockEqual(home, mlirOperationGetBlock(user));
  }
  return uses;
}
