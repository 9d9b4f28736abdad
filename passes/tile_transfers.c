//===- tile_transfers.c - block reads and writes in tiles -----------------===//
//
// One idea: an offset in elements is a multiple of the tile in every term, or
// the transfer is refused and the term named.
//
//===----------------------------------------------------------------------===//

#include "affine_form.h"
#include "block_type.h"
#include "mlir-c/BuiltinTypes.h"
#include "stb_ds.h"
#include "tile_lowering.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/IR.h"
#include "tt-c/gen/TtOps.h"
#include <inttypes.h>

enum { MaxRank = 8 };

static void refuseOffset(MlirOperation op, intptr_t dim, int64_t divisor,
                         const TtAffineForm *form, intptr_t culprit) {
  TtDiagnostic *d = ttDiagnosticOpError(
      op,
      "has offset %" PRIdPTR " that is not known to be a multiple of %" PRId64
      " elements, the tile",
      dim, divisor);
  if (culprit < 0)
    ttDiagnosticHint(d, "its constant part is %" PRId64, form->constant);
  else
    ttDiagnosticNote(d, ttAffineTermLocation(&form->terms[culprit]),
                     "this index is in it %" PRId64 " time%s; a multiple of "
                     "%" PRId64 " times would do",
                     form->terms[culprit].coefficient,
                     form->terms[culprit].coefficient == 1 ? "" : "s", divisor);
  ttDiagnosticReport(d);
}

/// Divides the offsets of the tile dims; those before stay in elements.
static bool divideOffsets(MlirOperation op, intptr_t count, MlirValue *offsets,
                          bool packed) {
  for (intptr_t i = count > 2 ? count - 2 : 0; i < count; ++i) {
    int64_t divisor = packed ? TtTileElements : TtTileSide;
    TtAffineForm form = ttAffineFormGet(offsets[i]);
    TtBuilder b = ttAffineFormEarliest(&form, op);
    intptr_t culprit;
    bool exact = ttAffineFormIsMultipleOf(&form, divisor, &culprit);
    if (exact) {
      ttAffineFormDivide(&form, divisor);
      offsets[i] = ttAffineFormBuild(&b, mlirOperationGetLocation(op), &form);
    } else {
      refuseOffset(op, i, divisor, &form, culprit);
    }
    ttAffineFormDestroy(&form);
    if (!exact)
      return false;
  }
  return true;
}

/// The block type with the format of the circular buffer that carries it.
static MlirType carriedType(MlirType block, MlirValue cb) {
  if (mlirValueIsNull(cb))
    return block;
  TtBlock carried = ttBlockGet(block);
  carried.tile = ttCBTypeGet(mlirValueGetType(cb)).tile;
  return ttBlockTypeGet(carried);
}

static bool rightTile(MlirOperation op, MlirType block) {
  TtTileType tile = ttTileTypeGet(ttBlockGet(block).tile);
  if (tile.height == TtTileSide && tile.width == TtTileSide)
    return true;
  TtDiagnostic *d = ttDiagnosticOpError(
      op, "moves tiles of %" PRId64 "x%" PRId64, tile.height, tile.width);
  ttDiagnosticHint(d, "tiles of 32x32 are supported; leave the tile out of the "
                      "buffer's layout");
  ttDiagnosticReport(d);
  return false;
}

static MlirValue cast(TtTiling *tiling, const TtBuilder *b, MlirLocation loc,
                      MlirValue block, MlirType type) {
  if (mlirTypeEqual(mlirValueGetType(block), type))
    return block;
  ++tiling->numTileOps;
  return ttTypecastGetResult(ttTypecastCreate(b, loc, type, block));
}

/// Whether a 1-D block lies in its buffer the other way than in the kernel.
static bool liesOtherwise(const TtTiling *tiling, MlirOperation op,
                          MlirAttribute buffer, MlirValue tensor) {
  MlirType type = mlirValueGetType(tensor);
  if (mlirShapedTypeGetRank(type) != 1)
    return false;
  MlirOperation target = ttLookupNearestSymbol(op, buffer);
  if (mlirOperationIsNull(target))
    return false;
  MlirType whole = ttBufferGetType(target);
  int64_t rank = mlirShapedTypeGetRank(whole);
  bool storedAsColumn = rank > 1 &&
                        mlirShapedTypeGetDimSize(whole, rank - 1) == 1 &&
                        mlirShapedTypeGetDimSize(type, 0) != 1;
  TtVectorKind kind = ttTilingVector(tiling, tensor);
  return kind != TtVectorPacked && storedAsColumn != (kind == TtVectorColumn);
}

static MlirType turnedType(MlirType block) {
  TtBlock grid = ttBlockGet(block);
  return ttBlockTypeGet((TtBlock){grid.cols, grid.rows, grid.tile});
}

static bool tooManyDims(MlirOperation op, intptr_t count) {
  if (count <= MaxRank)
    return false;
  ttEmitOpError(op, "has %" PRIdPTR " offsets; at most %d are supported", count,
                MaxRank);
  return true;
}

bool ttTilingLowerRead(TtTiling *tiling, MlirOperation op) {
  MlirValue offsets[MaxRank], result = ttReadBlockGetResult(op);
  intptr_t count = ttReadBlockGetNumOffsets(op);
  if (tooManyDims(op, count))
    return false;
  for (intptr_t i = 0; i < count; ++i)
    offsets[i] = ttReadBlockGetOffsets(op, i);
  TtBuilder b = ttBuilderBefore(op);
  MlirType type = ttTilingBlockType(tiling, op, result);
  bool packed = ttTilingIsPacked(tiling, result);
  if (mlirTypeIsNull(type) || !divideOffsets(op, count, offsets, packed))
    return false;
  bool turned = liesOtherwise(tiling, op, ttReadBlockGetBufferAttr(op), result);
  if (turned)
    type = turnedType(type);
  MlirValue cb = ttReadBlockGetCb(op);
  MlirType moved = carriedType(type, cb);
  if (!rightTile(op, moved))
    return false;
  MlirLocation loc = mlirOperationGetLocation(op);
  MlirOperation read = ttReadBlockCreate(
      &b, loc, moved, ttReadBlockGetBuffer(op), count, offsets, 0, NULL, cb);
  if (ttReadBlockHasStages(op))
    ttReadBlockSetStages(read, ttReadBlockGetStages(op));
  if (ttReadBlockHasTransfer(op))
    ttReadBlockSetTransfer(read, ttReadBlockGetTransfer(op));
  MlirValue block = cast(tiling, &b, loc, ttReadBlockGetResult(read), type);
  if (turned)
    block = ttTilingTranspose(tiling, &b, loc, block);
  if (!ttTilingFillRead(tiling, &b, op, &block))
    return false;
  ttTilingMap(tiling, result, block);
  arrput(tiling->dead, op);
  return true;
}

bool ttTilingLowerWrite(TtTiling *tiling, MlirOperation op) {
  MlirValue offsets[MaxRank], value = ttWriteBlockGetValue(op);
  intptr_t count = ttWriteBlockGetNumOffsets(op);
  if (tooManyDims(op, count))
    return false;
  for (intptr_t i = 0; i < count; ++i)
    offsets[i] = ttWriteBlockGetOffsets(op, i);
  TtBuilder b = ttBuilderBefore(op);
  bool packed = ttTilingIsPacked(tiling, value);
  if (!divideOffsets(op, count, offsets, packed))
    return false;
  MlirValue block = ttTilingBlock(tiling, value), cb = ttWriteBlockGetCb(op);
  MlirLocation loc = mlirOperationGetLocation(op);
  if (liesOtherwise(tiling, op, ttWriteBlockGetBufferAttr(op), value))
    block = ttTilingTranspose(tiling, &b, loc, block);
  block = ttTilingClearBehind(tiling, &b, op, block);
  if (mlirValueIsNull(block))
    return false;
  MlirType moved = carriedType(mlirValueGetType(block), cb);
  if (!rightTile(op, moved))
    return false;
  MlirOperation write = ttWriteBlockCreate(
      &b, loc, cast(tiling, &b, loc, block, moved), ttWriteBlockGetBuffer(op),
      count, offsets, 0, NULL, cb);
  if (ttWriteBlockHasTransfer(op))
    ttWriteBlockSetTransfer(write, ttWriteBlockGetTransfer(op));
  arrput(tiling->dead, op);
  return true;
}
