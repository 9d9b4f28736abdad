//===- infer_layout.c - tt-infer-layout: a layout for every buffer --------===//
//
// Takes buffers with or without the user's `layout`; leaves `info`, complete:
// tile grid, format, page, shards. Rows and columns of tiles are the last two
// dimensions, everything in front of them is batch. A 1-D buffer is one row of
// tiles, of which only row 0 holds anything; if all that kernels do with it is
// element-wise, every tile is packed with 1,024 of its elements instead.
//
//===----------------------------------------------------------------------===//

#include "infer_layout.h"
#include "block_type.h"
#include "buffer_memory.h"
#include "import.h"
#include "mlir-c/BuiltinTypes.h"
#include "plan/ceil_div.h"
#include "stb_ds.h"
#include "tt-c/Device.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/gen/TtOps.h"
#include "work_grid.h"
#include <inttypes.h>
#include <stdlib.h>

/// Block-float formats have the exponents of bf16 and f32.
static bool keepsAsBlocks(TtDataFormat asked, TtDataFormat elements) {
  return (asked == TtDataFormatBFP8B || asked == TtDataFormatBFP4B) &&
         (elements == TtDataFormatBF16 || elements == TtDataFormatF32);
}

/// The format that the user asks for, checked against the element type.
static MlirLogicalResult formatOf(MlirOperation buffer,
                                  const TtLayoutAttr *layout,
                                  TtDataFormat *format) {
  MlirType element = mlirShapedTypeGetElementType(ttBufferGetType(buffer));
  if (!ttImportElementFormat(element, format)) {
    char *text = ttTypeToText(element);
    MlirLogicalResult failed = ttEmitOpError(
        buffer, "has elements of type '%s', for which there is no tile format",
        text);
    free(text);
    return failed;
  }
  TtDataFormat asked = layout->format;
  if (asked == TtDataFormatInferred || asked == *format)
    return mlirLogicalResultSuccess();
  if (keepsAsBlocks(asked, *format)) {
    *format = asked;
    return mlirLogicalResultSuccess();
  }
  TtDiagnostic *d = ttDiagnosticOpError(
      buffer, "is asked to be kept as '%s', but its elements are '%s'",
      ttDataFormatToString(asked), ttDataFormatToString(*format));
  ttDiagnosticHint(d, "leave out 'format', or give the buffer that element "
                      "type; bf16 and f32 may be kept as bfp8_b or bfp4_b");
  return ttDiagnosticReport(d);
}

static MlirLogicalResult checkTile(MlirOperation buffer,
                                   const TtLayoutAttr *layout) {
  if (layout->tileHeight == 32 && layout->tileWidth == 32)
    return mlirLogicalResultSuccess();
  TtDiagnostic *d = ttDiagnosticOpError(
      buffer, "is asked for tiles of %" PRId64 "x%" PRId64 " elements",
      layout->tileHeight, layout->tileWidth);
  ttDiagnosticHint(d, "tiles of 32x32 are supported");
  return ttDiagnosticReport(d);
}

/// What blocks that end with the buffer need beyond its last tiles. A shard is
/// what one core has, and holds no padding of whole tiles. Elsewhere it is
/// zero, unless kernels that move larger blocks write it.
static MlirLogicalResult pad(MlirOperation buffer, const TtBufferAttr *info,
                             const TtReach *reach) {
  TtDirection direction = ttBufferGetDirection(buffer);
  if (reach->isRead &&
      (direction == TtDirectionScratch || direction == TtDirectionOut))
    ttBufferSetFill(buffer, 0);
  if (info->layout != TtBufferLayoutSharded)
    return mlirLogicalResultSuccess();
  TtDiagnostic *d = ttDiagnosticOpError(
      buffer, "is sharded, but blocks of it reach beyond its end");
  ttDiagnosticHint(d, "use a block size that divides the tensor, or leave the "
                      "buffer interleaved");
  return ttDiagnosticReport(d);
}

/// The tile grid of a tensor: up to the end of the last block of it.
static MlirLogicalResult fillGrid(MlirOperation host, MlirOperation buffer,
                                  TtBufferAttr *info) {
  MlirType type = ttBufferGetType(buffer);
  intptr_t rank = mlirShapedTypeGetRank(type);
  int64_t cols = rank > 0 ? mlirShapedTypeGetDimSize(type, rank - 1) : 1;
  int64_t rows = rank > 1 ? mlirShapedTypeGetDimSize(type, rank - 2) : 1;
  TtReach reach;
  if (mlirLogicalResultIsFailure(ttReachOfBlocks(host, buffer, &reach)))
    return mlirLogicalResultFailure();
  info->batch = 1;
  for (intptr_t i = 0; i + 2 < rank; ++i)
    if (__builtin_mul_overflow(info->batch, mlirShapedTypeGetDimSize(type, i),
                               &info->batch)) {
      TtDiagnostic *d = ttDiagnosticOpError(
          buffer, "has more matrices in its batch than 64 bits can count");
      ttDiagnosticHint(d, "page ids, one for each tile, reach %" PRId32,
                       INT32_MAX);
      return ttDiagnosticReport(d);
    }
  int64_t width =
      info->packed ? info->tileHeight * info->tileWidth : info->tileWidth;
  info->rows = ttCeilDiv(reach.rows, info->tileHeight);
  info->cols = ttCeilDiv(reach.cols, width);
  bool padded = info->rows > ttCeilDiv(rows, info->tileHeight) ||
                info->cols > ttCeilDiv(cols, width);
  return padded ? pad(buffer, info, &reach) : mlirLogicalResultSuccess();
}

static MlirLogicalResult inferBuffer(MlirOperation host, MlirOperation buffer,
                                     MlirOperation *rowVectors) {
  TtLayoutAttr layout = {.memory = TtMemoryDRAM,
                         .layout = TtBufferLayoutInterleaved,
                         .tileHeight = 32,
                         .tileWidth = 32,
                         .format = TtDataFormatInferred};
  if (ttBufferHasLayout(buffer))
    layout = ttBufferGetLayout(buffer);
  TtBufferAttr info = {.memory = layout.memory,
                       .layout = layout.layout,
                       .tileHeight = layout.tileHeight,
                       .tileWidth = layout.tileWidth,
                       .shard = layout.shard};
  if (mlirLogicalResultIsFailure(checkTile(buffer, &layout)) ||
      mlirLogicalResultIsFailure(formatOf(buffer, &layout, &info.format)))
    return mlirLogicalResultFailure();
  info.pageBytes = ttTileBytes(info.format);
  info.packed = mlirShapedTypeGetRank(ttBufferGetType(buffer)) == 1;
  for (ptrdiff_t i = 0; i < arrlen(rowVectors); ++i)
    info.packed &= !mlirOperationEqual(rowVectors[i], buffer);
  if (mlirLogicalResultIsFailure(fillGrid(host, buffer, &info)) ||
      mlirLogicalResultIsFailure(ttCheckShards(host, buffer, &info)))
    return mlirLogicalResultFailure();
  int64_t rows;
  if (info.layout == TtBufferLayoutSharded && info.memory == TtMemoryL1 &&
      mlirLogicalResultIsFailure(
          ttHostCoreGrid(host, &info.shardColumns, &rows)))
    return mlirLogicalResultFailure();
  ttBufferSetInfo(buffer, info);
  return mlirLogicalResultSuccess();
}

/// The buffers in L1, all at once.
static MlirLogicalResult checkL1(MlirOperation host) {
  TtDeviceAttr device = ttHostGetDevice(host);
  int64_t all = ttDeviceUsableL1(&device), left = ttHostFreeL1(host);
  if (left > 0)
    return mlirLogicalResultSuccess();
  TtDiagnostic *d = ttDiagnosticOpError(
      host,
      "keeps buffers in L1 that leave nothing of the %" PRId64
      " B of a core for circular buffers",
      all);
  ttDiagnosticHint(d, "leave the larger ones in DRAM");
  return ttDiagnosticReport(d);
}

static MlirLogicalResult inferHost(MlirOperation host) {
  MlirOperation *rowVectors = ttRowVectors(host);
  MlirLogicalResult result = mlirLogicalResultSuccess();
  MlirBlock body = mlirRegionGetFirstBlock(ttHostGetBody(host));
  MlirOperation op = mlirBlockGetFirstOperation(body);
  for (; !mlirOperationIsNull(op) && mlirLogicalResultIsSuccess(result);
       op = mlirOperationGetNextInBlock(op)) {
    if (ttBufferIsa(op))
      result = inferBuffer(host, op, rowVectors);
    else if (ttKernelIsa(op))
      result = ttCheckTransfers(op);
  }
  arrfree(rowVectors);
  return mlirLogicalResultIsSuccess(result) ? checkL1(host) : result;
}

MlirLogicalResult ttRunInferLayout(TtPass *pass, MlirOperation op,
                                   const TtInferLayoutOptions *options) {
  (void)pass, (void)options;
  return inferHost(op);
}
