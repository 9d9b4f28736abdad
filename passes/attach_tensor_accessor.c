//===- attach_tensor_accessor.c - page numbering of every buffer ----------===//
//
// Takes `tt.buffer` with `info`; leaves `accessor`. Pages are tiles, numbered
// row-major over (batch, row, column).
//
//===----------------------------------------------------------------------===//

#include "host_tree.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/gen/Passes.h"
#include "tt-c/gen/TtOps.h"
#include <inttypes.h>

static MlirLogicalResult attach(MlirOperation buffer, void *unused) {
  (void)unused;
  TtBufferAttr info;
  if (mlirLogicalResultIsFailure(ttBufferLayoutOf(buffer, &info)))
    return mlirLogicalResultFailure();
  TtAccessorInfoAttr accessor = {
      .rowStride = info.cols, .sharded = info.layout == TtBufferLayoutSharded};
  // Kernels compute page ids in 32 bits.
  if (__builtin_mul_overflow(info.rows, info.cols, &accessor.batchStride) ||
      __builtin_mul_overflow(info.batch, accessor.batchStride,
                             &accessor.pages) ||
      accessor.pages > INT32_MAX)
    return ttEmitOpError(buffer,
                         "has %" PRId64 " x %" PRId64 " x %" PRId64
                         " tiles, but page ids reach %" PRId32,
                         info.batch, info.rows, info.cols, INT32_MAX);
  ttBufferSetAccessor(buffer, accessor);
  return mlirLogicalResultSuccess();
}

MlirLogicalResult
ttRunAttachTensorAccessor(TtPass *pass, MlirOperation op,
                          const TtAttachTensorAccessorOptions *options) {
  (void)pass;
  (void)options;
  return ttForEach(op, ttBufferIsa, attach, NULL);
}
