//===- import_view.c - slices of buffers ----------------------------------===//
//
// A view is found by walking from a value up through subviews, slices and
// casts to a buffer, adding offsets on the way. Offsets are kept as sums of
// terms, so that equal blocks are recognised however they were spelled, and a
// transfer can be made anywhere its terms are known.
//
//===----------------------------------------------------------------------===//

#include "import.h"
#include "index_arith.h"
#include "mlir-c/BuiltinAttributes.h"
#include "mlir-c/BuiltinTypes.h"
#include "stb_ds.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/gen/MemrefOps.h"
#include "tt-c/gen/TensorOps.h"
#include "tt-c/gen/TtOps.h"
#include <string.h>

/// What the slicing ops of memref and tensor have in common.
typedef struct {
  MlirValue source; // what is sliced
  MlirType type;    // of the slice
  intptr_t rank;
  const int64_t *offsets, *sizes, *strides;
  MlirValue (*offset)(MlirOperation op, intptr_t i); // dynamic ones in order
} Slice;

static bool sliceGet(MlirOperation op, Slice *slice) {
  if (ttMemrefSubViewIsa(op)) {
    *slice = (Slice){ttMemrefSubViewGetSource(op),
                     mlirValueGetType(ttMemrefSubViewGetResult(op)),
                     ttMemrefSubViewGetNumStaticOffsets(op),
                     ttMemrefSubViewGetStaticOffsets(op),
                     ttMemrefSubViewGetStaticSizes(op),
                     ttMemrefSubViewGetStaticStrides(op),
                     ttMemrefSubViewGetOffsets};
    return true;
  }
  if (ttTensorExtractSliceIsa(op)) {
    *slice = (Slice){ttTensorExtractSliceGetSource(op),
                     mlirValueGetType(ttTensorExtractSliceGetResult(op)),
                     ttTensorExtractSliceGetNumStaticOffsets(op),
                     ttTensorExtractSliceGetStaticOffsets(op),
                     ttTensorExtractSliceGetStaticSizes(op),
                     ttTensorExtractSliceGetStaticStrides(op),
                     ttTensorExtractSliceGetOffsets};
    return true;
  }
  if (ttTensorParallelInsertSliceIsa(op)) {
    *slice = (Slice){ttTensorParallelInsertSliceGetDest(op),
                     mlirValueGetType(ttTensorParallelInsertSliceGetSource(op)),
                     ttTensorParallelInsertSliceGetNumStaticOffsets(op),
                     ttTensorParallelInsertSliceGetStaticOffsets(op),
                     ttTensorParallelInsertSliceGetStaticSizes(op),
                     ttTensorParallelInsertSliceGetStaticStrides(op),
                     ttTensorParallelInsertSliceGetOffsets};
    return true;
  }
  return false;
}

static bool isCast(MlirOperation op) {
  return ttMemrefCastIsa(op) || ttTensorCastIsa(op);
}

bool ttImportIsViewOp(MlirOperation op) {
  return ttMemrefSubViewIsa(op) || ttTensorExtractSliceIsa(op) || isCast(op);
}

static bool wholeView(const TtImportFunction *function, MlirValue value,
                      TtImportView *view) {
  const TtImportValue *root = ttImportFunctionLookup(function, value);
  if (!root || root->kind == TtImportPure)
    return false;
  MlirType type = function->buffers[root->buffer].type;
  *view = (TtImportView){.root = root,
                         .element = mlirShapedTypeGetElementType(type),
                         .rank = (int)mlirShapedTypeGetRank(type)};
  view->viewRank = view->rank;
  for (int i = 0; i < view->rank; ++i) {
    view->sizes[i] = mlirShapedTypeGetDimSize(type, i);
    view->dims[i] = i;
  }
  return true;
}

/// Keeps the dimensions of the view that are in the slice's type, in order; the
/// others have size 1.
static void dropUnitDims(TtImportView *view, MlirType type) {
  int kept = 0, rank = (int)mlirShapedTypeGetRank(type);
  for (int i = 0; i < view->viewRank && kept < rank; ++i)
    if (mlirShapedTypeGetDimSize(type, kept) == view->sizes[view->dims[i]])
      view->dims[kept++] = view->dims[i];
  view->viewRank = kept;
}

static void narrow(TtImportView *view, MlirOperation op, const Slice *slice) {
  intptr_t dynamic = 0;
  for (intptr_t i = 0; i < slice->rank; ++i) {
    int dim = view->dims[i];
    if (mlirShapedTypeIsDynamicStrideOrOffset(slice->offsets[i]))
      ttAffineFormAdd(&view->offsets[dim], slice->offset(op, dynamic++), 1);
    else
      view->offsets[dim].constant += slice->offsets[i];
    view->sizes[dim] = slice->sizes[i];
  }
  dropUnitDims(view, slice->type);
}

bool ttImportViewGetInsertion(const TtImportFunction *function,
                              MlirOperation insert, TtImportView *view) {
  Slice slice;
  if (!sliceGet(insert, &slice) ||
      !ttImportViewGet(function, slice.source, view))
    return false;
  narrow(view, insert, &slice);
  return true;
}

bool ttImportViewGet(const TtImportFunction *function, MlirValue value,
                     TtImportView *view) {
  if (wholeView(function, value, view))
    return true;
  if (!mlirValueIsAOpResult(value))
    return false;
  MlirOperation op = mlirOpResultGetOwner(value);
  if (isCast(op))
    return ttImportViewGet(function, mlirOperationGetOperand(op, 0), view);
  return ttImportIsViewOp(op) && ttImportViewGetInsertion(function, op, view);
}

void ttImportViewDestroy(TtImportView *view) {
  for (int i = 0; i < view->rank; ++i)
    ttAffineFormDestroy(&view->offsets[i]);
}

bool ttImportViewEqual(const TtImportView *a, const TtImportView *b) {
  if (a->root->buffer != b->root->buffer || a->viewRank != b->viewRank)
    return false;
  for (int i = 0; i < a->rank; ++i)
    if (a->sizes[i] != b->sizes[i] ||
        !ttAffineFormEqual(&a->offsets[i], &b->offsets[i]))
      return false;
  for (int i = 0; i < a->viewRank; ++i)
    if (a->dims[i] != b->dims[i])
      return false;
  return true;
}

static void shapeGet(const TtImportView *view, int64_t *shape) {
  for (int i = 0; i < view->viewRank; ++i)
    shape[i] = view->sizes[view->dims[i]];
}

MlirType ttImportViewTensorType(const TtImportView *view) {
  int64_t shape[TtImportMaxRank];
  shapeGet(view, shape);
  return mlirRankedTensorTypeGet(view->viewRank, shape, view->element,
                                 mlirAttributeGetNull());
}

MlirType ttImportViewMemrefType(const TtImportView *view) {
  int64_t shape[TtImportMaxRank];
  shapeGet(view, shape);
  return mlirMemRefTypeContiguousGet(view->element, view->viewRank, shape,
                                     mlirAttributeGetNull());
}

static void buildOffsets(const TtBuilder *b, MlirLocation loc,
                         const TtImportView *view, MlirValue *offsets) {
  for (int i = 0; i < view->rank; ++i)
    offsets[i] = ttAffineFormBuild(b, loc, &view->offsets[i]);
}

/// The user's `tt.num_stages` for transfers made at the builder's place.
static MlirAttribute stagesAt(const TtBuilder *b) {
  MlirOperation op = mlirBlockGetParentOperation(b->block);
  for (; !ttKernelIsa(op); op = mlirOperationGetParentOperation(op)) {
    MlirAttribute stages =
        mlirOperationGetDiscardableAttributeByName(op, ttNumStagesAttrName());
    if (!mlirAttributeIsNull(stages))
      return stages;
  }
  return mlirAttributeGetNull();
}

static void record(TtImportKernel *kernel, MlirOperation op, int buffer,
                   const TtImportView *view) {
  TtImportTransferEntry entry = {.key = op.ptr, .value.buffer = buffer};
  memcpy(entry.value.sizes, view->sizes, sizeof entry.value.sizes);
  hmputs(kernel->transfers, entry);
}

MlirValue ttImportViewRead(TtImportKernel *kernel, const TtBuilder *b,
                           MlirLocation loc, const TtImportView *view) {
  const TtImportValue *root = view->root;
  MlirType type = ttImportViewTensorType(view);
  int buffer = root->kind == TtImportPending ? root->initial : root->buffer;
  if (buffer < 0)
    return ttImportInitialValue(kernel, b, loc, root->op, type);
  MlirValue offsets[TtImportMaxRank];
  buildOffsets(b, loc, view, offsets);
  const char *name = kernel->function->buffers[buffer].name;
  MlirOperation read =
      ttReadBlockCreate(b, loc, type, mlirStringRefCreateFromCString(name),
                        view->rank, offsets, 0, NULL, (MlirValue){NULL});
  record(kernel, read, buffer, view);
  MlirAttribute stages = stagesAt(b);
  if (!mlirAttributeIsNull(stages))
    ttReadBlockSetStages(read, mlirIntegerAttrGetValueInt(stages));
  return ttReadBlockGetResult(read);
}

void ttImportViewWrite(TtImportKernel *kernel, const TtBuilder *b,
                       MlirLocation loc, const TtImportView *view,
                       MlirValue value) {
  MlirValue offsets[TtImportMaxRank];
  buildOffsets(b, loc, view, offsets);
  const char *name = kernel->function->buffers[view->root->buffer].name;
  MlirOperation op =
      ttWriteBlockCreate(b, loc, value, mlirStringRefCreateFromCString(name),
                         view->rank, offsets, 0, NULL, (MlirValue){NULL});
  record(kernel, op, view->root->buffer, view);
}

MlirLogicalResult ttImportCheckViews(TtImportKernel *kernel) {
  for (ptrdiff_t i = 0; i < arrlen(kernel->ops); ++i) {
    Slice slice;
    TtImportView view;
    MlirOperation op = kernel->ops[i];
    if (!sliceGet(op, &slice) ||
        !ttImportViewGet(kernel->function, slice.source, &view))
      continue;
    ttImportViewDestroy(&view);
    for (intptr_t j = 0; j < slice.rank; ++j) {
      if (slice.strides[j] == 1)
        continue;
      TtDiagnostic *d = ttDiagnosticOpError(
          op, "takes every n-th element of a buffer in dimension %d", (int)j);
      ttDiagnosticHint(d, "blocks are contiguous: use stride 1");
      return ttDiagnosticReport(d);
    }
  }
  return mlirLogicalResultSuccess();
}
