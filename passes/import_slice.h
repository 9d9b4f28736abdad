//===- import_slice.h - the slicing ops as one ----------------------------===//

#ifndef TT_PASSES_IMPORT_SLICE_H
#define TT_PASSES_IMPORT_SLICE_H

#include "tt-c/Builder.h"
#include <stdbool.h>
#include <stdint.h>

/// What memref.subview, tensor.extract_slice, tensor.insert_slice and
/// tensor.parallel_insert_slice have in common. In the arrays, what is dynamic
/// is marked as such; `offset`, `size` and `stride` give these in order.
typedef struct {
  MlirValue whole; // what is sliced or inserted into
  MlirValue part;  // what is inserted, or null
  MlirType type;   // of the slice
  intptr_t rank;
  const int64_t *offsets, *sizes, *strides;
  intptr_t numOffsets, numSizes, numStrides; // dynamic ones
  MlirValue (*offset)(MlirOperation op, intptr_t i);
  MlirValue (*size)(MlirOperation op, intptr_t i);
  MlirValue (*stride)(MlirOperation op, intptr_t i);
} TtImportSlice;

bool ttImportSliceGet(MlirOperation op, TtImportSlice *slice);

/// The same slice with these constant sizes, in front of `op`; `type` is the
/// slice's. Returns the new op.
MlirOperation ttImportSliceResize(MlirOperation op, const TtImportSlice *slice,
                                  MlirType type, const int64_t *sizes);

#endif // TT_PASSES_IMPORT_SLICE_H
