//===- import_view.c - slices of buffers ----------------------------------===//
//
// A view is found by walking from a value up through subviews, slices and
// casts to a buffer, adding offsets on the way. Offsets are kept as sums of
// terms, so that equal blocks are recognised however they were spelled, and a
// transfer can be made anywhere its terms are known.
//
//===----------------------------------------------------------------------===//

#include "import.h"
#include "import_slice.h"
#include "index_arith.h"
#include "mlir-c/BuiltinAttributes.h"
#include "mlir-c/BuiltinTypes.h"
#include "stb_ds.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/IR.h"
#include "tt-c/gen/MemrefOps.h"
#include "tt-c/gen/TensorOps.h"
#include "tt-c/gen/TtOps.h"
#include <inttypes.h>
#include <string.h>

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

const MlirValue *ttImportExtentsOf(const TtImportFunction *function,
                                   MlirOperation op) {
  TtImportExtentEntry *extents = function->extents;
  if (!extents) // a look-up would make a map that nobody owns
    return NULL;
  ptrdiff_t index = hmgeti(extents, op.ptr);
  return index < 0 ? NULL : function->extents[index].value.sizes;
}

/// False if an offset in the buffer is greater than indices are.
static bool narrow(const TtImportFunction *function, TtImportView *view,
                   MlirOperation op, const TtImportSlice *slice) {
  const MlirValue *extents = ttImportExtentsOf(function, op);
  intptr_t dynamic = 0;
  bool good = true;
  for (intptr_t i = 0; i < slice->rank; ++i) {
    int dim = view->dims[i];
    TtAffineForm *offset = &view->offsets[dim];
    good &= mlirShapedTypeIsDynamicStrideOrOffset(slice->offsets[i])
                ? ttAffineFormAdd(offset, slice->offset(op, dynamic++))
                : ttAffineFormAddConstant(offset, slice->offsets[i]);
    if (extents && !mlirValueIsNull(extents[i]))
      view->valid[dim] = extents[i];
    view->sizes[dim] = slice->sizes[i];
  }
  dropUnitDims(view, slice->type);
  return good;
}

bool ttImportViewGetInsertion(const TtImportFunction *function,
                              MlirOperation insert, TtImportView *view) {
  TtImportSlice slice;
  if (!ttImportSliceGet(insert, &slice) ||
      !ttImportViewGet(function, slice.whole, view))
    return false;
  if (narrow(function, view, insert, &slice))
    return true;
  ttImportViewDestroy(view);
  return false;
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

MlirValue ttImportRootOf(MlirValue value) {
  while (mlirValueIsAOpResult(value) &&
         ttImportIsViewOp(mlirOpResultGetOwner(value)))
    value = mlirOperationGetOperand(mlirOpResultGetOwner(value), 0);
  return value;
}

bool ttImportIsView(const TtImportKernel *kernel, MlirValue value) {
  TtImportView view;
  if (!ttImportViewGet(kernel->function, value, &view))
    return false;
  ttImportViewDestroy(&view);
  return true;
}

void ttImportViewDestroy(TtImportView *view) {
  for (int i = 0; i < view->rank; ++i)
    ttAffineFormDestroy(&view->offsets[i]);
}

bool ttImportSameExtent(MlirValue a, MlirValue b) {
  if (mlirValueIsNull(a) || mlirValueIsNull(b) || mlirValueEqual(a, b))
    return a.ptr == b.ptr;
  return mlirValueIsAOpResult(a) && mlirValueIsAOpResult(b) &&
         ttOperationEquivalent(mlirOpResultGetOwner(a),
                               mlirOpResultGetOwner(b));
}

bool ttImportViewEqual(const TtImportView *a, const TtImportView *b) {
  if (a->root->buffer != b->root->buffer || a->viewRank != b->viewRank)
    return false;
  for (int i = 0; i < a->rank; ++i)
    if (a->sizes[i] != b->sizes[i] ||
        !ttImportSameExtent(a->valid[i], b->valid[i]) ||
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

/// The extents in all dimensions if one is not that of the block; returns how
/// many were filled in.
static intptr_t buildExtents(const TtBuilder *b, MlirLocation loc,
                             const TtImportView *view, MlirValue *valid) {
  bool ragged = false;
  for (int i = 0; i < view->rank; ++i)
    ragged |= !mlirValueIsNull(view->valid[i]);
  for (int i = 0; i < view->rank && ragged; ++i)
    valid[i] = mlirValueIsNull(view->valid[i])
                   ? ttIndexConstant(b, loc, view->sizes[i])
                   : view->valid[i];
  return ragged ? view->rank : 0;
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
  if (!mlirOperationIsNull(kernel->function->buffers[buffer].fill))
    return ttImportInitialValue(kernel, b, loc,
                                kernel->function->buffers[buffer].fill, type);
  MlirValue offsets[TtImportMaxRank], valid[TtImportMaxRank];
  buildOffsets(b, loc, view, offsets);
  intptr_t numValid = buildExtents(b, loc, view, valid);
  const char *name = kernel->function->buffers[buffer].name;
  MlirOperation read = ttReadBlockCreate(
      b, loc, type, mlirStringRefCreateFromCString(name), view->rank, offsets,
      numValid, valid, (MlirValue){NULL});
  record(kernel, read, buffer, view);
  MlirAttribute stages = stagesAt(b);
  if (!mlirAttributeIsNull(stages))
    ttReadBlockSetStages(read, mlirIntegerAttrGetValueInt(stages));
  return ttReadBlockGetResult(read);
}

void ttImportViewWrite(TtImportKernel *kernel, const TtBuilder *b,
                       MlirLocation loc, const TtImportView *view,
                       MlirValue value) {
  MlirValue offsets[TtImportMaxRank], valid[TtImportMaxRank];
  buildOffsets(b, loc, view, offsets);
  intptr_t numValid = buildExtents(b, loc, view, valid);
  const char *name = kernel->function->buffers[view->root->buffer].name;
  MlirOperation op = ttWriteBlockCreate(
      b, loc, value, mlirStringRefCreateFromCString(name), view->rank, offsets,
      numValid, valid, (MlirValue){NULL});
  record(kernel, op, view->root->buffer, view);
}

/// A part of a block that ends with the buffer must say what of it is valid.
static bool losesExtent(const TtImportFunction *function, MlirOperation op,
                        const TtImportSlice *slice, const TtImportView *view) {
  const MlirValue *extents = ttImportExtentsOf(function, op);
  for (intptr_t i = 0; i < slice->rank; ++i) {
    int dim = view->dims[i];
    bool whole = slice->sizes[i] == view->sizes[dim] && slice->offsets[i] == 0;
    if (!mlirValueIsNull(view->valid[dim]) && !whole &&
        !(extents && !mlirValueIsNull(extents[i])))
      return true;
  }
  return false;
}

static MlirLogicalResult checkSlice(const TtImportFunction *function,
                                    MlirOperation op,
                                    const TtImportSlice *slice,
                                    TtImportView *view) {
  TtDiagnostic *d;
  for (intptr_t i = 0; i < slice->rank; ++i) {
    if (slice->strides[i] == 1)
      continue;
    d = ttDiagnosticOpError(
        op, "takes every n-th element of a buffer in dimension %d", (int)i);
    ttDiagnosticHint(d, "blocks are contiguous: use stride 1");
    return ttDiagnosticReport(d);
  }
  if (!losesExtent(function, op, slice, view))
    return narrow(function, view, op, slice)
               ? mlirLogicalResultSuccess()
               : ttEmitOpError(op,
                               "takes a part of a buffer more than %" PRId64
                               " elements behind its beginning",
                               TtIndexMost);
  d = ttDiagnosticOpError(op, "takes a constant part of a block that may end "
                              "before it");
  ttDiagnosticHint(d, "make its size a minimum with what is left, as that of "
                      "the block is");
  return ttDiagnosticReport(d);
}

MlirLogicalResult ttImportCheckViews(TtImportKernel *kernel) {
  MlirLogicalResult result = mlirLogicalResultSuccess();
  for (ptrdiff_t i = 0;
       i < arrlen(kernel->ops) && mlirLogicalResultIsSuccess(result); ++i) {
    TtImportSlice slice;
    TtImportView view;
    MlirOperation op = kernel->ops[i];
    if (!ttImportSliceGet(op, &slice) ||
        !ttImportViewGet(kernel->function, slice.whole, &view))
      continue;
    result = checkSlice(kernel->function, op, &slice, &view);
    ttImportViewDestroy(&view);
  }
  return result;
}
