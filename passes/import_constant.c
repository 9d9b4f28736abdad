//===- import_constant.c - tensors that kernels make ----------------------===//
//
// A tensor without contents, or of one number, is spelled in several ways. In
// kernels it is tensor.empty, and linalg.fill of a scalar constant.
//
//===----------------------------------------------------------------------===//

#include "import.h"
#include "mlir-c/BuiltinAttributes.h"
#include "mlir-c/BuiltinTypes.h"
#include "mlir-c/Dialect/Linalg.h"
#include "stb_ds.h"
#include "tt-c/gen/ArithOps.h"
#include "tt-c/gen/BufferizationOps.h"
#include "tt-c/gen/LinalgOps.h"
#include "tt-c/gen/TensorOps.h"

/// A tensor constant whose elements are all the same.
static bool isSplat(MlirOperation op) {
  return ttArithConstantIsa(op) &&
         mlirTypeIsARankedTensor(
             mlirValueGetType(ttArithConstantGetResult(op))) &&
         mlirAttributeIsADenseElements(ttArithConstantGetValue(op)) &&
         mlirDenseElementsAttrIsSplat(ttArithConstantGetValue(op));
}

static bool isUndefined(MlirOperation op) {
  return ttTensorEmptyIsa(op) || (ttBufferizationAllocTensorIsa(op) &&
                                  mlirOperationGetNumOperands(op) == 0);
}

bool ttImportMakesTensor(MlirOperation op) {
  return isUndefined(op) || isSplat(op) ||
         (ttLinalgFillIsa(op) && mlirOperationGetNumResults(op) == 1);
}

/// The number that `init`, a splat or a fill, consists of.
static MlirValue numberOf(const TtBuilder *b, MlirLocation loc,
                          MlirOperation init) {
  if (ttLinalgFillIsa(init))
    return ttLinalgFillGetInputs(init, 0);
  MlirAttribute value = ttArithConstantGetValue(init);
  return ttArithConstantGetResult(
      ttArithConstantCreate(b, loc, mlirDenseElementsAttrGetSplatValue(value)));
}

MlirValue ttImportInitialValue(TtImportKernel *kernel, const TtBuilder *b,
                               MlirLocation loc, MlirOperation init,
                               MlirType type) {
  MlirValue empty =
      ttTensorEmptyGetResult(ttTensorEmptyCreate(b, loc, type, 0, NULL));
  if (isUndefined(init))
    return empty;
  MlirValue number = numberOf(b, loc, init);
  MlirOperation fill =
      ttLinalgFillCreate(b, loc, 1, &type, 1, &number, 1, &empty);
  mlirLinalgFillBuiltinNamedOpRegion(fill);
  ttImportCapture(kernel, fill);
  return ttLinalgFillGetResultTensors(fill, 0);
}

void ttImportNormalizeTensors(TtImportKernel *kernel) {
  for (ptrdiff_t i = 0; i < arrlen(kernel->ops); ++i) {
    MlirOperation op = kernel->ops[i];
    if (!isSplat(op) && (!isUndefined(op) || ttTensorEmptyIsa(op)))
      continue;
    MlirValue old = mlirOperationGetResult(op, 0);
    TtBuilder b = ttBuilderAfter(op);
    mlirValueReplaceAllUsesOfWith(
        old, ttImportInitialValue(kernel, &b, mlirOperationGetLocation(op), op,
                                  mlirValueGetType(old)));
    mlirOperationDestroy(op);
  }
  ttImportKernelCollect(kernel);
}
