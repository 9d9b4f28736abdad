//===- verify_block_ops.c - block transfers, their buffers and rings ------===//

#include "mlir-c/BuiltinAttributes.h"
#include "mlir-c/BuiltinTypes.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/gen/Hooks.h"
#include "tt-c/gen/TtOps.h"
#include <inttypes.h>

//===--- Types ------------------------------------------------------------===//

MlirLogicalResult ttVerifyTileType(TtTileType value, TtVerifier *verifier) {
  bool height = value.height >= 1 && value.height <= 32 &&
                (value.height & (value.height - 1)) == 0;
  bool width = value.width == 16 || value.width == 32;
  if (!height || !width)
    return ttVerifierError(verifier,
                           "tile of %" PRId64 "x%" PRId64
                           " elements: tiles have 1, 2, 4, 8, 16 or 32 rows "
                           "and 16 or 32 columns",
                           value.height, value.width);
  if (value.format == TtDataFormatInferred)
    return ttVerifierError(verifier, "tile must have a format");
  return mlirLogicalResultSuccess();
}

MlirLogicalResult ttVerifyCBType(TtCBType value, TtVerifier *verifier) {
  if (value.pages < 1)
    return ttVerifierError(
        verifier, "circular buffer of %" PRId64 " pages: a ring has at least 1",
        value.pages);
  if (value.pages > INT32_MAX)
    return ttVerifierError(verifier,
                           "circular buffer of %" PRId64
                           " pages: a ring has at most %" PRId32,
                           value.pages, INT32_MAX);
  if (!ttTypeIsATile(value.tile))
    return ttVerifierError(verifier,
                           "pages of a circular buffer must be !tt.tile");
  return mlirLogicalResultSuccess();
}

//===--- Block transfers --------------------------------------------------===//

/// What tt.read_block and tt.write_block have in common.
typedef struct {
  MlirOperation op;
  MlirType block;
  MlirValue cb;
  MlirAttribute buffer;
  intptr_t numOffsets, numValid;
} Transfer;

static Transfer readGet(MlirOperation op) {
  return (Transfer){op,
                    mlirValueGetType(ttReadBlockGetResult(op)),
                    ttReadBlockGetCb(op),
                    ttReadBlockGetBufferAttr(op),
                    ttReadBlockGetNumOffsets(op),
                    ttReadBlockGetNumValid(op)};
}

static Transfer writeGet(MlirOperation op) {
  return (Transfer){op,
                    mlirValueGetType(ttWriteBlockGetValue(op)),
                    ttWriteBlockGetCb(op),
                    ttWriteBlockGetBufferAttr(op),
                    ttWriteBlockGetNumOffsets(op),
                    ttWriteBlockGetNumValid(op)};
}

static MlirLogicalResult verifyTransfer(const Transfer *transfer) {
  MlirType block = transfer->block;
  MlirType element = mlirShapedTypeGetElementType(block);
  if (ttTypeIsATile(element) && mlirShapedTypeGetRank(block) != 2)
    return ttEmitOpError(transfer->op,
                         "has a block of tiles with %" PRId64
                         " dimensions but must have 2",
                         mlirShapedTypeGetRank(block));
  if (transfer->numValid != 0 && transfer->numValid != transfer->numOffsets)
    return ttEmitOpError(
        transfer->op, "has %" PRIdPTR " valid extents but %" PRIdPTR " offsets",
        transfer->numValid, transfer->numOffsets);
  if (transfer->numValid != 0 && ttTypeIsATile(element))
    return ttEmitOpError(transfer->op, "has valid extents, but tiles are moved "
                                       "whole");
  if (mlirValueIsNull(transfer->cb) || !ttTypeIsATile(element))
    return mlirLogicalResultSuccess();
  TtCBType cb = ttCBTypeGet(mlirValueGetType(transfer->cb));
  if (!mlirTypeEqual(cb.tile, element))
    return ttEmitOpError(transfer->op, "moves other tiles than the pages of "
                                       "its circular buffer");
  return mlirLogicalResultSuccess();
}

/// Against the buffer that the op names.
static MlirLogicalResult verifySymbol(const Transfer *transfer,
                                      TtSymbols *symbols) {
  MlirStringRef name = mlirFlatSymbolRefAttrGetValue(transfer->buffer);
  MlirOperation buffer =
      ttSymbolsLookup(symbols, transfer->op, transfer->buffer);
  if (mlirOperationIsNull(buffer) || !ttBufferIsa(buffer))
    return ttEmitOpError(transfer->op, "names '%.*s', which is no 'tt.buffer'",
                         (int)name.length, name.data);
  MlirType type = ttBufferGetType(buffer);
  intptr_t rank = mlirShapedTypeGetRank(type);
  if (transfer->numOffsets != rank)
    return ttEmitOpError(
        transfer->op,
        "has %" PRIdPTR " offsets but '%.*s' has %" PRIdPTR " dimensions",
        transfer->numOffsets, (int)name.length, name.data, rank);
  MlirType element = mlirShapedTypeGetElementType(transfer->block);
  if (ttTypeIsATile(element)) {
    bool other = ttBufferHasInfo(buffer) && ttBufferGetInfo(buffer).format !=
                                                ttTileTypeGet(element).format;
    return other ? ttEmitOpError(transfer->op,
                                 "has tiles of another format than '%.*s'",
                                 (int)name.length, name.data)
                 : mlirLogicalResultSuccess();
  }
  if (!mlirTypeEqual(element, mlirShapedTypeGetElementType(type)))
    return ttEmitOpError(transfer->op,
                         "has elements of another type than '%.*s'",
                         (int)name.length, name.data);
  if (mlirShapedTypeGetRank(transfer->block) > rank)
    return ttEmitOpError(transfer->op,
                         "has a block with more dimensions than '%.*s'",
                         (int)name.length, name.data);
  return mlirLogicalResultSuccess();
}

MlirLogicalResult ttVerifyReadBlock(MlirOperation op) {
  Transfer transfer = readGet(op);
  return verifyTransfer(&transfer);
}

MlirLogicalResult ttVerifyReadBlockSymbols(MlirOperation op,
                                           TtSymbols *symbols) {
  Transfer transfer = readGet(op);
  return verifySymbol(&transfer, symbols);
}

MlirLogicalResult ttVerifyWriteBlock(MlirOperation op) {
  Transfer transfer = writeGet(op);
  return verifyTransfer(&transfer);
}

MlirLogicalResult ttVerifyWriteBlockSymbols(MlirOperation op,
                                            TtSymbols *symbols) {
  Transfer transfer = writeGet(op);
  return verifySymbol(&transfer, symbols);
}

//===--- tt.alloc_cb ------------------------------------------------------===//

MlirLogicalResult ttVerifyAllocCb(MlirOperation op) {
  TtCBType cb = ttCBTypeGet(mlirValueGetType(ttAllocCbGetResult(op)));
  int64_t production = ttAllocCbGetProduction(op);
  if (production < 1 || cb.pages % production != 0)
    return ttEmitOpError(op,
                         "has %" PRId64
                         " pages, which is no whole number of productions of "
                         "%" PRId64 " pages",
                         cb.pages, production);
  if (ttAllocCbHasId(op) && (ttAllocCbGetId(op) < 0 || ttAllocCbGetId(op) > 63))
    return ttEmitOpError(op, "has id %" PRId64 " but ids are 0 to 63",
                         ttAllocCbGetId(op));
  if (!ttAllocCbHasOrder(op))
    return mlirLogicalResultSuccess();
  const int64_t *order = ttAllocCbGetOrder(op);
  if (ttAllocCbGetNumOrder(op) != 2 || order[0] < 1 || order[1] < 1)
    return ttEmitOpError(op, "has an order that is not rows and columns of a "
                             "sub-block");
  int64_t tiles;
  if (__builtin_mul_overflow(order[0], order[1], &tiles) ||
      production % tiles != 0)
    return ttEmitOpError(op,
                         "has an order of %" PRId64 "x%" PRId64
                         " tiles, which does not divide a production of "
                         "%" PRId64 " pages",
                         order[0], order[1], production);
  return mlirLogicalResultSuccess();
}
