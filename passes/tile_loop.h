//===- tile_loop.h - loops over the tiles of a sub-block ------------------===//
//
// What a step of a section does, it does for each tile of the sub-block: in a
// loop over its rows around one over its columns. Tile t of a value whose first
// register is `base` is in register base + t.
//
//===----------------------------------------------------------------------===//

#ifndef TT_PASSES_TILE_LOOP_H
#define TT_PASSES_TILE_LOOP_H

#include "tt-c/Builder.h"
#include <stdint.h>

typedef struct {
  TtBuilder b; // in the loop's body
  MlirLocation loc;
  MlirValue row, col; // in tiles, from the sub-block's first
  int64_t cols;       // tiles per row of what is numbered
} TtTileLoop;

/// Builds the loops over `rows` times `cols` tiles; no loop where there is one.
/// One row serves for tiles that need a number only: `col`.
TtTileLoop ttTileLoopBegin(const TtBuilder *b, MlirLocation loc, int64_t rows,
                           int64_t cols);

/// Register `base` + number of the loop's tile.
MlirValue ttTileRegister(const TtTileLoop *loop, int base);

#endif // TT_PASSES_TILE_LOOP_H
