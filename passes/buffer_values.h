//===- buffer_values.h - the value that each on-chip buffer holds ---------===//
//
// The reaching definitions at one point of a kernel body: per buffer the tensor
// that was last written to it. Views are read by extracting from that tensor
// and written by inserting into it.
//
//===----------------------------------------------------------------------===//

#ifndef TT_PASSES_BUFFER_VALUES_H
#define TT_PASSES_BUFFER_VALUES_H

#include "mlir-c/IR.h"
#include "mlir-c/Support.h"
#include "tt-c/Builder.h"

enum { TtMaxBufferRank = 8 };

/// The on-chip buffers of a kernel body; arrays of stb_ds.
typedef struct {
  MlirValue *buffers;
} TtBuffers;

/// Per buffer the value it holds; null before the first write.
typedef struct {
  const TtBuffers *of;
  MlirValue *values;
} TtBufferValues;

TtBufferValues ttBufferValuesCreate(const TtBuffers *of);
TtBufferValues ttBufferValuesCopy(TtBufferValues from);
void ttBufferValuesFree(TtBufferValues *values);

/// Number of a buffer, or -1 if `memref` shows no on-chip buffer of the kernel.
intptr_t ttBufferNumber(const TtBuffers *buffers, MlirValue memref);

/// The tensor type with a memref's shape.
MlirType ttTensorTypeOf(MlirType memref);

/// A tensor without contents.
MlirValue ttEmptyValue(const TtBuilder *b, MlirLocation loc, MlirType type);

/// What `memref` holds. Null after a diagnostic at `reader` if nothing was
/// written to its buffer.
MlirValue ttReadMemref(TtBufferValues *values, const TtBuilder *b,
                       MlirOperation reader, MlirValue memref);

/// The same, but without contents if nothing was written.
MlirValue ttPeekMemref(TtBufferValues *values, const TtBuilder *b,
                       MlirLocation loc, MlirValue memref);

/// Makes `value` what `memref` holds.
void ttWriteMemref(TtBufferValues *values, const TtBuilder *b, MlirLocation loc,
                   MlirValue memref, MlirValue value);

#endif // TT_PASSES_BUFFER_VALUES_H
