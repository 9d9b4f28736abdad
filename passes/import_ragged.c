//===- import_ragged.c - blocks that end with the buffer ------------------===//
//
// A slice of `min(64, rows left)` rows is a block of 64 rows of which fewer may
// be valid. So a size that is a minimum with a constant becomes that constant,
// the minimum is remembered as the slice's extent, and what is computed from
// the slice gets static shapes in turn: every production of a circular buffer
// then has the same pages.
//
//===----------------------------------------------------------------------===//

#include "import.h"
#include "import_slice.h"
#include "loop_body.h"
#include "mlir-c/BuiltinTypes.h"
#include "stb_ds.h"
#include "tt-c/IR.h"
#include "tt-c/gen/AffineOps.h"
#include "tt-c/gen/ArithOps.h"
#include "tt-c/gen/MemrefOps.h"
#include "tt-c/gen/ScfOps.h"
#include "tt-c/gen/TensorOps.h"
#include <string.h>

/// The smallest constant that `value` never exceeds, because it is a minimum
/// with it.
static bool boundGet(MlirValue value, int64_t *bound) {
  if (ttValueGetConstantInt(value, bound))
    return true;
  if (!mlirValueIsAOpResult(value))
    return false;
  MlirOperation op = mlirOpResultGetOwner(value);
  int64_t other;
  bool found = false;
  if (ttArithMinSIIsa(op)) {
    found = boundGet(ttArithMinSIGetLhs(op), bound);
    if (boundGet(ttArithMinSIGetRhs(op), &other)) {
      *bound = found && *bound < other ? *bound : other;
      found = true;
    }
    return found;
  }
  if (!ttAffineMinIsa(op))
    return false;
  MlirAffineMap map = ttAffineMinGetMap(op);
  for (intptr_t i = 0; i < mlirAffineMapGetNumResults(map); ++i) {
    MlirAffineExpr expr = mlirAffineMapGetResult(map, i);
    if (!mlirAffineExprIsAConstant(expr))
      continue;
    other = mlirAffineConstantExprGetValue(expr);
    *bound = found && *bound < other ? *bound : other;
    found = true;
  }
  return found;
}

static bool isDynamic(MlirType type) {
  return (mlirTypeIsAMemRef(type) || mlirTypeIsARankedTensor(type)) &&
         !mlirShapedTypeHasStaticShape(type) &&
         mlirShapedTypeGetRank(type) <= TtImportMaxRank;
}

/// The type with its dynamic dimensions replaced by `sizes`, in order.
static MlirType withSizes(MlirType type, const int64_t *sizes) {
  int64_t shape[TtImportMaxRank];
  intptr_t rank = mlirShapedTypeGetRank(type);
  for (intptr_t i = 0; i < rank; ++i)
    shape[i] = mlirShapedTypeIsDynamicDim(type, i)
                   ? *sizes++
                   : mlirShapedTypeGetDimSize(type, i);
  MlirType element = mlirShapedTypeGetElementType(type);
  if (mlirTypeIsARankedTensor(type))
    return mlirRankedTensorTypeGet(rank, shape, element,
                                   mlirRankedTensorTypeGetEncoding(type));
  return mlirMemRefTypeGet(element, rank, shape, mlirMemRefTypeGetLayout(type),
                           mlirMemRefTypeGetMemorySpace(type));
}

//===--- Slices -----------------------------------------------------------===//

static void replace(MlirOperation old, MlirOperation op) {
  for (intptr_t i = 0; i < mlirOperationGetNumResults(old); ++i)
    mlirValueReplaceAllUsesOfWith(mlirOperationGetResult(old, i),
                                  mlirOperationGetResult(op, i));
  mlirOperationDestroy(old);
}

static void resizeSlice(TtImportKernel *kernel, MlirOperation op,
                        const TtImportSlice *slice) {
  TtImportExtentEntry entry = {0};
  int64_t sizes[TtImportMaxRank], bounds[TtImportMaxRank];
  intptr_t dynamic = 0;
  for (intptr_t i = 0; i < slice->rank; ++i) {
    sizes[i] = slice->sizes[i];
    if (!mlirShapedTypeIsDynamicSize(sizes[i]))
      continue;
    MlirValue size = slice->size(op, dynamic);
    if (!boundGet(size, &sizes[i]))
      return;
    bounds[dynamic++] = sizes[i];
    entry.value.sizes[i] = size;
  }
  MlirType type = slice->type;
  if (isDynamic(type) && mlirValueIsNull(slice->part))
    type = withSizes(type, bounds);
  MlirOperation resized = ttImportSliceResize(op, slice, type, sizes);
  replace(op, resized);
  ttImportNoteSlice(kernel, resized, &entry, sizes, slice->rank);
  entry.key = resized.ptr;
  hmputs(kernel->function->extents, entry);
}

//===--- What follows from them -------------------------------------------===//

/// An allocation or empty tensor; all its operands are sizes.
static void resizeNew(TtImportKernel *kernel, MlirOperation op) {
  MlirType type = mlirValueGetType(mlirOperationGetResult(op, 0));
  int64_t bounds[TtImportMaxRank];
  intptr_t count = mlirOperationGetNumOperands(op);
  for (intptr_t i = 0; i < count; ++i)
    if (i >= TtImportMaxRank ||
        !boundGet(mlirOperationGetOperand(op, i), &bounds[i]))
      return;
  TtBuilder b = ttBuilderBefore(op);
  MlirLocation loc = mlirOperationGetLocation(op);
  MlirType fixed = withSizes(type, bounds);
  MlirOperation made =
      ttTensorEmptyIsa(op)
          ? ttTensorEmptyCreate(&b, loc, fixed, 0, NULL)
          : ttMemrefAllocCreate(&b, loc, fixed, 0, NULL, 0, NULL);
  MlirValue sizes[TtImportMaxRank] = {{NULL}};
  for (intptr_t i = 0, next = 0; i < mlirShapedTypeGetRank(type); ++i)
    if (mlirShapedTypeIsDynamicDim(type, i))
      sizes[i] = mlirOperationGetOperand(op, next++);
  ttImportNoteSizes(kernel, mlirOperationGetResult(made, 0), sizes);
  replace(op, made);
}

static void setType(MlirValue value, MlirType type) {
  if (isDynamic(mlirValueGetType(value)))
    mlirValueSetType(value, type);
}

/// Results of a linalg op have the types of its last operands.
static MlirLogicalResult retypeLinalg(TtImportKernel *kernel,
                                      MlirOperation op) {
  intptr_t results = mlirOperationGetNumResults(op);
  intptr_t first = mlirOperationGetNumOperands(op) - results;
  for (intptr_t i = 0; i < results; ++i) {
    MlirValue init = mlirOperationGetOperand(op, first + i);
    setType(mlirOperationGetResult(op, i), mlirValueGetType(init));
    ttImportNoteSame(kernel, mlirOperationGetResult(op, i), init);
  }
  return ttImportNoteLinalg(kernel, op);
}

static void retypeLoop(TtImportKernel *kernel, MlirOperation loop) {
  MlirBlock body = ttLoopBody(loop);
  for (intptr_t i = 0; i < ttScfForGetNumInitArgs(loop); ++i) {
    MlirValue init = ttScfForGetInitArgs(loop, i);
    setType(mlirBlockGetArgument(body, i + 1), mlirValueGetType(init));
    setType(ttScfForGetResults(loop, i), mlirValueGetType(init));
    ttImportNoteSame(kernel, mlirBlockGetArgument(body, i + 1), init);
    ttImportNoteSame(kernel, ttScfForGetResults(loop, i), init);
  }
}

static MlirLogicalResult resize(TtImportKernel *kernel, MlirOperation op) {
  TtImportSlice slice;
  if (ttImportSliceGet(op, &slice)) {
    if (slice.numSizes > 0 && slice.rank <= TtImportMaxRank)
      resizeSlice(kernel, op, &slice);
  } else if (ttMemrefAllocIsa(op) || ttMemrefAllocaIsa(op) ||
             ttTensorEmptyIsa(op)) {
    if (mlirOperationGetNumOperands(op) > 0)
      resizeNew(kernel, op);
  } else if (ttImportIsLinalg(op)) {
    return retypeLinalg(kernel, op);
  } else if (ttScfForIsa(op)) {
    retypeLoop(kernel, op);
  } else if (ttTensorCastIsa(op) || ttMemrefCastIsa(op)) {
    MlirValue source = mlirOperationGetOperand(op, 0);
    if (!isDynamic(mlirValueGetType(source)))
      setType(mlirOperationGetResult(op, 0), mlirValueGetType(source));
    ttImportNoteSame(kernel, mlirOperationGetResult(op, 0), source);
  }
  return mlirLogicalResultSuccess();
}

MlirLogicalResult ttImportNormalizeShapes(TtImportKernel *kernel) {
  for (ptrdiff_t i = 0; i < arrlen(kernel->ops); ++i)
    if (mlirLogicalResultIsFailure(resize(kernel, kernel->ops[i])))
      return mlirLogicalResultFailure();
  ttImportKernelCollect(kernel);
  return mlirLogicalResultSuccess();
}
