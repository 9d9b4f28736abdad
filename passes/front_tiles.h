//===- front_tiles.h - where the tiles that a section reads are -----------===//
//
// A section reads a part, the sub-block at hand, of the block at the front of a
// circular buffer. The block's tiles lie there sub-block by sub-block of the
// order that the buffer declares, row by row within each. So the index of a
// tile follows from the part's first tile and the tile's place in the part; and
// the order decides which tiles of the part are neighbours.
//
//===----------------------------------------------------------------------===//

#ifndef TT_PASSES_FRONT_TILES_H
#define TT_PASSES_FRONT_TILES_H

#include "block_type.h"
#include "tile_loop.h"
#include "tt-c/IR.h"
#include <stdbool.h>

/// The tiles of one operand; all extents are in tiles.
typedef struct {
  MlirStringRef cb;
  TtBlock block;      // the whole production
  TtBlock part;       // what the section's sub-block takes of it
  MlirValue row, col; // the part's first tile in the block; null: zero
  int64_t order[2];   // the sub-block by which the production is ordered
} TtFrontTiles;

/// The tiles of a value of `section` that lives in a circular buffer (see
/// ttSectionValueInCB). `mapping` takes values of the section's body to emitted
/// ones.
TtFrontTiles ttFrontTilesOf(MlirOperation section, const TtMapping *mapping,
                            MlirValue value);

/// Whether the part's tiles are consecutive, so that a number finds them.
bool ttFrontTilesAreConsecutive(const TtFrontTiles *front);

/// Whether one call can walk the rows of the part, and by which stride.
bool ttFrontRowsHaveStride(const TtFrontTiles *front, int64_t *stride);

/// Whether one call can walk the columns of the part.
bool ttFrontColsAreConsecutive(const TtFrontTiles *front);

/// Index of tile (`row`, `col`) of the part, from the front of the circular
/// buffer; computed in the body of `loop`.
MlirValue ttFrontTileIndex(const TtTileLoop *loop, const TtFrontTiles *front,
                           MlirValue row, MlirValue col);

#endif // TT_PASSES_FRONT_TILES_H
