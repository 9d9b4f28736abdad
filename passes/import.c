//===- import.c - tt-import: from a frontend's module to hosts and kernels ===//
//
// Takes functions whose top-level scf.foralls are grids, on memrefs or on
// tensors. Leaves one `tt.host` per function and in it one `tt.kernel` per
// grid, whose accesses to buffers are block transfers. Which of the two forms
// came in cannot be told afterwards. What `import.h` lists, in the order it
// runs.
//
//===----------------------------------------------------------------------===//

#include "import.h"
#include "tt-c/gen/BuiltinOps.h"
#include "tt-c/gen/FuncOps.h"

MlirLogicalResult ttRunImport(TtPass *pass, MlirOperation op,
                              const TtImportOptions *options) {
  TtImportDefaults defaults;
  if (mlirLogicalResultIsFailure(
          ttImportResolveDefaults(op, options, &defaults)))
    return mlirLogicalResultFailure();
  MlirBlock body = mlirRegionGetFirstBlock(ttBuiltinModuleGetBodyRegion(op));
  MlirOperation next, func = mlirBlockGetFirstOperation(body);
  for (; !mlirOperationIsNull(func); func = next) {
    next = mlirOperationGetNextInBlock(func);
    int64_t numKernels = 0;
    if (!ttFuncFuncIsa(func))
      continue;
    if (mlirLogicalResultIsFailure(
            ttImportFunctionRun(&defaults, func, &numKernels)))
      return mlirLogicalResultFailure();
    ttPassAddStatistic(pass, TtImportStatisticNumKernels, numKernels);
  }
  mlirOperationRemoveDiscardableAttributeByName(op, ttDeviceAttrName());
  return mlirLogicalResultSuccess();
}
