//===- tile_reshape.c - the same elements under another shape -------------===//
//
// One idea: shapes that differ in dims of 1 have the same rows and columns, or
// each other's; the block stays, or is transposed.
//
//===----------------------------------------------------------------------===//

#include "block_type.h"
#include "mlir-c/BuiltinTypes.h"
#include "tile_lowering.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/gen/TtOps.h"

MlirValue ttTilingTranspose(TtTiling *tiling, const TtBuilder *b,
                            MlirLocation loc, MlirValue block) {
  TtBlock grid = ttBlockGet(mlirValueGetType(block));
  MlirType type = ttBlockTypeGet((TtBlock){grid.cols, grid.rows, grid.tile});
  ++tiling->numTileOps;
  return ttTransposeGetResult(ttTransposeCreate(b, loc, type, block));
}

/// Elements along rows and columns of the tiles of a tensor.
static void sidesOf(const TtTiling *tiling, MlirValue tensor, int64_t *rows,
                    int64_t *cols) {
  MlirType type = mlirValueGetType(tensor);
  TtPlace place = ttTilingPlace(tiling, tensor);
  *rows = place.row < 0 ? 1 : mlirShapedTypeGetDimSize(type, place.row);
  *cols = place.col < 0 ? 1 : mlirShapedTypeGetDimSize(type, place.col);
}

bool ttTilingReshape(TtTiling *tiling, MlirOperation op, MlirValue from,
                     MlirValue to, MlirValue *block) {
  int64_t rows, cols, newRows, newCols;
  sidesOf(tiling, from, &rows, &cols);
  sidesOf(tiling, to, &newRows, &newCols);
  bool packed = ttTilingIsPacked(tiling, from);
  if (packed == ttTilingIsPacked(tiling, to)) {
    if (rows == newRows && cols == newCols)
      return true;
    bool vector = rows == 1 || cols == 1;
    if (!packed && vector && rows == newCols && cols == newRows) {
      TtBuilder b = ttBuilderBefore(op);
      *block =
          ttTilingTranspose(tiling, &b, mlirOperationGetLocation(op), *block);
      return true;
    }
  }
  TtDiagnostic *d =
      ttDiagnosticOpError(op, "moves elements from one tile to another");
  ttDiagnosticHint(d,
                   "reshapes that add or drop dims of 1 are supported; others "
                   "are made on the buffer, before the kernel");
  ttDiagnosticReport(d);
  return false;
}
