//===- tile_values.c - tensors of scalars as blocks of tiles --------------===//
//
// One idea: a tensor's last two dims run along rows and columns of its tiles;
// dims before them must be 1; a 1-D tensor is one row, one column, or packed.
//
//===----------------------------------------------------------------------===//

#include "block_type.h"
#include "mlir-c/BuiltinTypes.h"
#include "plan/ceil_div.h"
#include "stb_ds.h"
#include "tile_lowering.h"
#include "tt-c/Diagnostics.h"
#include <stdlib.h>

MlirValue ttTilingBlock(const TtTiling *tiling, MlirValue tensor) {
  TtBlockEntry *blocks = tiling->blocks;
  if (!blocks) // a look-up would make a map that nobody owns
    return (MlirValue){NULL};
  return hmget(blocks, tensor.ptr);
}

void ttTilingMap(TtTiling *tiling, MlirValue tensor, MlirValue block) {
  hmput(tiling->blocks, tensor.ptr, block);
}

TtVectorKind ttTilingVector(const TtTiling *tiling, MlirValue tensor) {
  TtVectorEntry *vectors = tiling->vectors;
  return vectors ? hmget(vectors, tensor.ptr) : TtVectorRow;
}

bool ttTilingIsPacked(const TtTiling *tiling, MlirValue tensor) {
  return mlirShapedTypeGetRank(mlirValueGetType(tensor)) == 1 &&
         ttTilingVector(tiling, tensor) == TtVectorPacked;
}

bool ttScalarFormat(MlirType scalar, TtDataFormat *format) {
  if (mlirTypeIsAF32(scalar))
    *format = TtDataFormatF32;
  else if (mlirTypeIsABF16(scalar))
    *format = TtDataFormatBF16;
  else if (mlirTypeIsAF16(scalar))
    *format = TtDataFormatF16;
  else if (!mlirTypeIsAInteger(scalar))
    return false;
  else if (mlirIntegerTypeGetWidth(scalar) == 1)
    *format = TtDataFormatBF16; // truth values are 1.0 and 0.0
  else if (mlirIntegerTypeGetWidth(scalar) == 32)
    *format =
        mlirIntegerTypeIsUnsigned(scalar) ? TtDataFormatU32 : TtDataFormatI32;
  else
    return false;
  return true;
}

MlirType ttElementBlockType(MlirContext context, int64_t rows, int64_t cols,
                            bool packed, TtDataFormat format) {
  TtTileType tile = {TtTileSide, TtTileSide, format};
  return ttBlockTypeGet(
      (TtBlock){ttCeilDiv(rows, TtTileSide),
                ttCeilDiv(cols, packed ? TtTileElements : TtTileSide),
                ttTileTypeCreate(context, tile)});
}

static MlirType refuse(MlirOperation op, MlirType type, const char *why,
                       const char *what) {
  char *text = ttTypeToText(type);
  TtDiagnostic *d =
      ttDiagnosticOpError(op, "has the block '%s', %s", text, why);
  free(text);
  ttDiagnosticHint(d, "%s", what);
  ttDiagnosticReport(d);
  return (MlirType){NULL};
}

MlirType ttTilingBlockType(const TtTiling *tiling, MlirOperation op,
                           MlirValue tensor) {
  MlirType type = mlirValueGetType(tensor);
  TtDataFormat format;
  if (!mlirShapedTypeHasStaticShape(type))
    return refuse(
        op, type, "whose size is not known at compile time",
        "give the block a static size; the shape of the whole problem "
        "may be ragged, that of a block may not");
  if (!ttScalarFormat(mlirShapedTypeGetElementType(type), &format))
    return refuse(op, type, "whose elements no tile can hold",
                  "tiles hold f32, bf16, f16 and 32-bit integers");
  TtPlace place = ttTilingPlace(tiling, tensor);
  int64_t rank = mlirShapedTypeGetRank(type);
  for (int64_t i = 0; i < rank; ++i)
    if (i != place.row && i != place.col &&
        mlirShapedTypeGetDimSize(type, i) != 1)
      return refuse(op, type, "with more than one matrix in it",
                    "make every dim before the last two 1: one batch entry per "
                    "block, more of them in the grid or in a loop");
  int64_t rows = place.row < 0 ? 1 : mlirShapedTypeGetDimSize(type, place.row);
  int64_t cols = place.col < 0 ? 1 : mlirShapedTypeGetDimSize(type, place.col);
  if (rows == 0 || cols == 0)
    return refuse(op, type, "which is empty", "leave empty blocks out");
  return ttElementBlockType(tiling->context, rows, cols,
                            ttTilingIsPacked(tiling, tensor), format);
}

TtPlace ttTilingPlace(const TtTiling *tiling, MlirValue tensor) {
  int rank = (int)mlirShapedTypeGetRank(mlirValueGetType(tensor));
  if (rank == 0)
    return (TtPlace){-1, -1};
  if (rank == 1 && ttTilingVector(tiling, tensor) == TtVectorColumn)
    return (TtPlace){0, -1};
  return (TtPlace){rank - 2, rank - 1};
}
