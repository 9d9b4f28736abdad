//===- block_type.h - the type of a block value ---------------------------===//

#ifndef TT_PASSES_BLOCK_TYPE_H
#define TT_PASSES_BLOCK_TYPE_H

#include "mlir-c/IR.h"
#include "tt-c/gen/TtAttrs.h"
#include <stdbool.h>
#include <stdint.h>

/// A rank-2 tensor of tiles: its grid in tiles and the tile.
typedef struct {
  int64_t rows, cols;
  MlirType tile;
} TtBlock;

/// Whether `type` is a static rank-2 tensor of `!tt.tile`.
bool ttTypeIsABlock(MlirType type);
TtBlock ttBlockGet(MlirType type);
MlirType ttBlockTypeGet(TtBlock block);
/// At most INT32_MAX, which is more than any core holds.
int64_t ttBlockTiles(TtBlock block);
TtDataFormat ttBlockFormat(TtBlock block);
/// The dim of `whole` that dim `dim` of a part of it lies along: a part may
/// lack dims of 1.
intptr_t ttWholeDim(MlirType whole, MlirType part, intptr_t dim);

/// The format of a value that is a block.
TtDataFormat ttValueFormat(MlirValue block);

bool ttFormatIsInteger(TtDataFormat format);

/// Whether SrcA and SrcB may hold the two formats at once: f16 has 5 bits of
/// exponent, all other floats 8.
bool ttExponentsMeet(TtDataFormat a, TtDataFormat b);

/// Bytes of one tile of 32x32 elements in L1 and DRAM (METALIUM sheet §7.5).
int64_t ttTileBytes(TtDataFormat format);

#endif // TT_PASSES_BLOCK_TYPE_H
