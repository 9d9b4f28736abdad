//===- import_slice.c - the slicing ops as one ----------------------------===//

#include "import_slice.h"
#include "import.h"
#include "tt-c/gen/MemrefOps.h"
#include "tt-c/gen/TensorOps.h"

// The accessors of the four ops have the same names after the op's.
#define SLICE(Op, Whole, Part, Type)                                           \
  (TtImportSlice) {                                                            \
    Whole, Part, Type, Op##GetNumStaticOffsets(op), Op##GetStaticOffsets(op),  \
        Op##GetStaticSizes(op), Op##GetStaticStrides(op),                      \
        Op##GetNumOffsets(op), Op##GetNumSizes(op), Op##GetNumStrides(op),     \
        Op##GetOffsets, Op##GetSizes, Op##GetStrides                           \
  }

bool ttImportSliceGet(MlirOperation op, TtImportSlice *slice) {
  MlirValue none = {NULL};
  if (ttMemrefSubViewIsa(op))
    *slice = SLICE(ttMemrefSubView, ttMemrefSubViewGetSource(op), none,
                   mlirValueGetType(ttMemrefSubViewGetResult(op)));
  else if (ttTensorExtractSliceIsa(op))
    *slice = SLICE(ttTensorExtractSlice, ttTensorExtractSliceGetSource(op),
                   none, mlirValueGetType(ttTensorExtractSliceGetResult(op)));
  else if (ttTensorInsertSliceIsa(op))
    *slice = SLICE(ttTensorInsertSlice, ttTensorInsertSliceGetDest(op),
                   ttTensorInsertSliceGetSource(op),
                   mlirValueGetType(ttTensorInsertSliceGetSource(op)));
  else if (ttTensorParallelInsertSliceIsa(op))
    *slice = SLICE(ttTensorParallelInsertSlice,
                   ttTensorParallelInsertSliceGetDest(op),
                   ttTensorParallelInsertSliceGetSource(op),
                   mlirValueGetType(ttTensorParallelInsertSliceGetSource(op)));
  else
    return false;
  return true;
}

#undef SLICE

MlirOperation ttImportSliceResize(MlirOperation op, const TtImportSlice *slice,
                                  MlirType type, const int64_t *sizes) {
  TtBuilder b = ttBuilderBefore(op);
  MlirLocation loc = mlirOperationGetLocation(op);
  MlirValue offsets[TtImportMaxRank], strides[TtImportMaxRank];
  for (intptr_t i = 0; i < slice->numOffsets; ++i)
    offsets[i] = slice->offset(op, i);
  for (intptr_t i = 0; i < slice->numStrides; ++i)
    strides[i] = slice->stride(op, i);
  intptr_t rank = slice->rank;
  if (ttMemrefSubViewIsa(op))
    return ttMemrefSubViewCreate(&b, loc, type, slice->whole, slice->numOffsets,
                                 offsets, 0, NULL, slice->numStrides, strides,
                                 rank, slice->offsets, rank, sizes, rank,
                                 slice->strides);
  if (ttTensorExtractSliceIsa(op))
    return ttTensorExtractSliceCreate(
        &b, loc, type, slice->whole, slice->numOffsets, offsets, 0, NULL,
        slice->numStrides, strides, rank, slice->offsets, rank, sizes, rank,
        slice->strides);
  if (ttTensorInsertSliceIsa(op))
    return ttTensorInsertSliceCreate(
        &b, loc, slice->part, slice->whole, slice->numOffsets, offsets, 0, NULL,
        slice->numStrides, strides, rank, slice->offsets, rank, sizes, rank,
        slice->strides);
  return ttTensorParallelInsertSliceCreate(
      &b, loc, slice->part, slice->whole, slice->numOffsets, offsets, 0, NULL,
      slice->numStrides, strides, rank, slice->offsets, rank, sizes, rank,
      slice->strides);
}
