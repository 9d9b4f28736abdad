//===- import_tensor.c - accesses to buffers as values --------------------===//
//
// Where a slice of a buffer is used as a value it is read, once, where the
// slice is taken. A destination whose old contents the op ignores is not read:
// it becomes an empty tensor. What the grid inserts in parallel is written at
// the end of the body.
//
//===----------------------------------------------------------------------===//

#include "import.h"
#include "mlir-c/BuiltinTypes.h"
#include "stb_ds.h"
#include "tt-c/gen/TensorOps.h"

typedef struct {
  void *key; // pointer of a tensor that is a view
  MlirValue value;
} Reads; // stb_ds map

/// Whether `op` is a linalg op that overwrites this operand and never looks at
/// what it held.
static bool isOverwritten(MlirOperation op, intptr_t operand) {
  intptr_t count = mlirOperationGetNumOperands(op);
  if (!ttImportIsLinalg(op) || mlirOperationGetNumRegions(op) == 0 ||
      operand < count - mlirOperationGetNumResults(op))
    return false;
  MlirBlock body = mlirRegionGetFirstBlock(mlirOperationGetRegion(op, 0));
  if (mlirBlockIsNull(body) || mlirBlockGetNumArguments(body) != count)
    return false;
  return mlirOpOperandIsNull(
      mlirValueGetFirstUse(mlirBlockGetArgument(body, operand)));
}

static MlirValue emptyBefore(MlirOperation op, const TtImportView *view) {
  TtBuilder b = ttBuilderBefore(op);
  return ttTensorEmptyGetResult(ttTensorEmptyCreate(
      &b, mlirOperationGetLocation(op), ttImportViewTensorType(view), 0, NULL));
}

/// Where the value is read: after the op that slices, or first in the body for
/// a whole buffer.
static TtBuilder readPlace(TtImportKernel *kernel, MlirValue value) {
  if (mlirValueIsAOpResult(value) &&
      ttImportIsViewOp(mlirOpResultGetOwner(value)) &&
      !ttImportFunctionLookup(kernel->function, value))
    return ttBuilderAfter(mlirOpResultGetOwner(value));
  return ttBuilderAfter(kernel->marker);
}

static void readOperand(TtImportKernel *kernel, MlirOperation op,
                        intptr_t operand, Reads **reads) {
  MlirValue value = mlirOperationGetOperand(op, operand);
  TtImportView view;
  if (!mlirTypeIsARankedTensor(mlirValueGetType(value)) ||
      !ttImportViewGet(kernel->function, value, &view))
    return;
  MlirValue now;
  ptrdiff_t known = hmgeti(*reads, (void *)value.ptr);
  if (isOverwritten(op, operand)) {
    now = emptyBefore(op, &view);
  } else if (known >= 0) {
    now = (*reads)[known].value;
  } else {
    TtBuilder b = readPlace(kernel, value);
    now = ttImportViewRead(kernel, &b, mlirOperationGetLocation(op), &view);
    hmput(*reads, (void *)value.ptr, now);
  }
  mlirOperationSetOperand(op, operand, now);
  ttImportViewDestroy(&view);
}

static void write(TtImportKernel *kernel, MlirOperation insert) {
  TtImportView view;
  if (!ttImportViewGetInsertion(kernel->function, insert, &view))
    return;
  TtBuilder b =
      ttBuilderBeforeTerminator(kernel->function->context, kernel->body);
  ttImportViewWrite(kernel, &b, mlirOperationGetLocation(insert), &view,
                    ttTensorParallelInsertSliceGetSource(insert));
  ttImportViewDestroy(&view);
}

/// What the result of a slicing op on local values simply is: all of a value is
/// the value, what is inserted over all of another replaces it, and a slice of
/// a constant tensor is a smaller one. Null if it is no such thing.
static MlirValue foldedSlice(TtImportKernel *kernel, MlirOperation op) {
  MlirValue null = {NULL};
  bool extract = ttTensorExtractSliceIsa(op);
  if (!extract && !ttTensorInsertSliceIsa(op))
    return null;
  MlirType result = mlirValueGetType(mlirOperationGetResult(op, 0));
  MlirValue source = mlirOperationGetOperand(op, 0);
  if (mlirTypeEqual(result, mlirValueGetType(source)))
    return source;
  if (!extract || !mlirValueIsAOpResult(source) ||
      !ttImportMakesTensor(mlirOpResultGetOwner(source)))
    return null;
  TtBuilder b = ttBuilderBefore(op);
  return ttImportInitialValue(kernel, &b, mlirOperationGetLocation(op),
                              mlirOpResultGetOwner(source), result);
}

static void foldSlice(TtImportKernel *kernel, MlirOperation op) {
  MlirValue folded = foldedSlice(kernel, op);
  if (!mlirValueIsNull(folded))
    mlirValueReplaceAllUsesOfWith(mlirOperationGetResult(op, 0), folded);
}

MlirLogicalResult ttImportTensors(TtImportKernel *kernel) {
  Reads *reads = NULL;
  for (ptrdiff_t i = 0; i < arrlen(kernel->ops); ++i) {
    MlirOperation op = kernel->ops[i];
    if (ttImportIsViewOp(op))
      continue;
    bool insertion = ttTensorParallelInsertSliceIsa(op);
    intptr_t count = insertion ? 1 : mlirOperationGetNumOperands(op);
    for (intptr_t j = 0; j < count; ++j)
      readOperand(kernel, op, j, &reads);
  }
  hmfree(reads);
  for (ptrdiff_t i = 0; i < arrlen(kernel->ops); ++i) {
    if (ttTensorParallelInsertSliceIsa(kernel->ops[i]))
      write(kernel, kernel->ops[i]);
    else
      foldSlice(kernel, kernel->ops[i]);
  }
  return mlirLogicalResultSuccess();
}
