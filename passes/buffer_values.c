//===- buffer_values.c - the value that each on-chip buffer holds ---------===//

#include "buffer_values.h"
#include "memory_access.h"
#include "mlir-c/BuiltinAttributes.h"
#include "mlir-c/BuiltinTypes.h"
#include "stb_ds.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/gen/MemrefOps.h"
#include "tt-c/gen/TensorOps.h"

TtBufferValues ttBufferValuesCreate(const TtBuffers *of) {
  TtBufferValues values = {of, NULL};
  for (ptrdiff_t i = 0; i < arrlen(of->buffers); ++i)
    arrput(values.values, ((MlirValue){NULL}));
  return values;
}

TtBufferValues ttBufferValuesCopy(TtBufferValues from) {
  TtBufferValues values = {from.of, NULL};
  for (ptrdiff_t i = 0; i < arrlen(from.values); ++i)
    arrput(values.values, from.values[i]);
  return values;
}

void ttBufferValuesFree(TtBufferValues *values) { arrfree(values->values); }

intptr_t ttBufferNumber(const TtBuffers *buffers, MlirValue memref) {
  MlirValue buffer = ttBufferBehind(memref);
  for (ptrdiff_t i = 0; i < arrlen(buffers->buffers); ++i) {
    if (mlirValueEqual(buffers->buffers[i], buffer))
      return i;
  }
  return -1;
}

MlirType ttTensorTypeOf(MlirType memref) {
  int64_t shape[TtMaxBufferRank];
  intptr_t rank = mlirShapedTypeGetRank(memref);
  for (intptr_t i = 0; i < rank && i < TtMaxBufferRank; ++i)
    shape[i] = mlirShapedTypeGetDimSize(memref, i);
  return mlirRankedTensorTypeGet(rank, shape,
                                 mlirShapedTypeGetElementType(memref),
                                 mlirAttributeGetNull());
}

MlirValue ttEmptyValue(const TtBuilder *b, MlirLocation loc, MlirType type) {
  return ttTensorEmptyGetResult(ttTensorEmptyCreate(b, loc, type, 0, NULL));
}

//===- Views --------------------------------------------------------------===//

/// Offsets, sizes and strides of a subview, in the form tensor ops take them.
typedef struct {
  MlirValue dynamic[3][TtMaxBufferRank];
  intptr_t numDynamic[3];
  intptr_t rank;
  const int64_t *fixed[3];
} Slice;

static Slice sliceOf(MlirOperation subview) {
  Slice s = {.rank = ttMemrefSubViewGetNumStaticOffsets(subview),
             .numDynamic = {ttMemrefSubViewGetNumOffsets(subview),
                            ttMemrefSubViewGetNumSizes(subview),
                            ttMemrefSubViewGetNumStrides(subview)},
             .fixed = {ttMemrefSubViewGetStaticOffsets(subview),
                       ttMemrefSubViewGetStaticSizes(subview),
                       ttMemrefSubViewGetStaticStrides(subview)}};
  for (intptr_t i = 0; i < s.numDynamic[0]; ++i)
    s.dynamic[0][i] = ttMemrefSubViewGetOffsets(subview, i);
  for (intptr_t i = 0; i < s.numDynamic[1]; ++i)
    s.dynamic[1][i] = ttMemrefSubViewGetSizes(subview, i);
  for (intptr_t i = 0; i < s.numDynamic[2]; ++i)
    s.dynamic[2][i] = ttMemrefSubViewGetStrides(subview, i);
  return s;
}

/// A tensor in the shape of `type`, which `view` (a cast or reshape) relates to
/// the shape of the value; `inverse` goes from the view to its source.
static MlirValue reshape(const TtBuilder *b, MlirLocation loc,
                         MlirOperation view, bool inverse, MlirType type,
                         MlirValue value) {
  bool expand = ttMemrefExpandShapeIsa(view);
  if (!expand && !ttMemrefCollapseShapeIsa(view))
    return value;
  MlirAttribute groups = expand ? ttMemrefExpandShapeGetReassociation(view)
                                : ttMemrefCollapseShapeGetReassociation(view);
  if (expand == inverse)
    return ttTensorCollapseShapeGetResult(
        ttTensorCollapseShapeCreate(b, loc, type, value, groups));
  int64_t shape[TtMaxBufferRank];
  intptr_t rank = mlirShapedTypeGetRank(type);
  for (intptr_t i = 0; i < rank; ++i)
    shape[i] = mlirShapedTypeGetDimSize(type, i);
  return ttTensorExpandShapeGetResult(ttTensorExpandShapeCreate(
      b, loc, type, value, groups, 0, NULL, rank, shape));
}

/// What a view shows of the value of its source.
static MlirValue throughView(const TtBuilder *b, MlirLocation loc,
                             MlirOperation view, MlirValue source) {
  MlirType type =
      ttTensorTypeOf(mlirValueGetType(mlirOperationGetResult(view, 0)));
  if (!ttMemrefSubViewIsa(view))
    return reshape(b, loc, view, false, type, source);
  if (ttIsWholeSubView(view))
    return source;
  Slice s = sliceOf(view);
  return ttTensorExtractSliceGetResult(ttTensorExtractSliceCreate(
      b, loc, type, source, s.numDynamic[0], s.dynamic[0], s.numDynamic[1],
      s.dynamic[1], s.numDynamic[2], s.dynamic[2], s.rank, s.fixed[0], s.rank,
      s.fixed[1], s.rank, s.fixed[2]));
}

static bool isView(MlirValue memref) {
  return mlirValueIsAOpResult(memref) && ttIsView(mlirOpResultGetOwner(memref));
}

MlirValue ttPeekMemref(TtBufferValues *values, const TtBuilder *b,
                       MlirLocation loc, MlirValue memref) {
  if (isView(memref)) {
    MlirOperation view = mlirOpResultGetOwner(memref);
    MlirValue source =
        ttPeekMemref(values, b, loc, mlirOperationGetOperand(view, 0));
    return throughView(b, loc, view, source);
  }
  MlirValue value = values->values[ttBufferNumber(values->of, memref)];
  if (!mlirValueIsNull(value))
    return value;
  return ttEmptyValue(b, loc, ttTensorTypeOf(mlirValueGetType(memref)));
}

MlirValue ttReadMemref(TtBufferValues *values, const TtBuilder *b,
                       MlirOperation reader, MlirValue memref) {
  intptr_t number = ttBufferNumber(values->of, memref);
  if (!mlirValueIsNull(values->values[number]))
    return ttPeekMemref(values, b, mlirOperationGetLocation(reader), memref);
  TtDiagnostic *d = ttDiagnosticOpError(
      reader, "reads an on-chip buffer that nothing was written to");
  MlirOperation alloc = mlirOpResultGetOwner(values->of->buffers[number]);
  ttDiagnosticNote(d, mlirOperationGetLocation(alloc),
                   "the buffer is allocated here; fill it or copy a block into "
                   "it before this op");
  ttDiagnosticReport(d);
  return (MlirValue){NULL};
}

void ttWriteMemref(TtBufferValues *values, const TtBuilder *b, MlirLocation loc,
                   MlirValue memref, MlirValue value) {
  if (!isView(memref)) {
    values->values[ttBufferNumber(values->of, memref)] = value;
    return;
  }
  MlirOperation view = mlirOpResultGetOwner(memref);
  MlirValue source = mlirOperationGetOperand(view, 0);
  if (ttMemrefSubViewIsa(view) && !ttIsWholeSubView(view)) {
    MlirValue old = ttPeekMemref(values, b, loc, source);
    Slice s = sliceOf(view);
    value = ttTensorInsertSliceGetResult(ttTensorInsertSliceCreate(
        b, loc, value, old, s.numDynamic[0], s.dynamic[0], s.numDynamic[1],
        s.dynamic[1], s.numDynamic[2], s.dynamic[2], s.rank, s.fixed[0], s.rank,
        s.fixed[1], s.rank, s.fixed[2]));
  } else if (!ttMemrefSubViewIsa(view)) {
    MlirType type = ttTensorTypeOf(mlirValueGetType(source));
    value = reshape(b, loc, view, true, type, value);
  }
  ttWriteMemref(values, b, loc, source, value);
}
