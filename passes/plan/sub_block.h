//===- sub_block.h - how much of a block shares one acquire
//----------------===//
//
// A section runs once per sub-block, and all tiles of a sub-block are in
// registers at once. The larger the sub-block, the fewer the sections, inits
// and (in a contraction) the reads of each operand.
//
//===----------------------------------------------------------------------===//

#ifndef TT_PLAN_SUB_BLOCK_H
#define TT_PLAN_SUB_BLOCK_H

#include <stdbool.h>
#include <stdint.h>

typedef struct {
  int64_t rows, cols;
} TtSubBlockShape;

/// The largest sub-block of a `rows` x `cols` block that divides it and for
/// which `fits` answers yes, of no more than `most` tiles; among equally large
/// ones, one whose tiles are consecutive in the block (whole rows, or part of
/// one row), then the squarer, then the wider. `{0, 0}` if not even one tile
/// fits.
TtSubBlockShape ttPlanSubBlock(int64_t rows, int64_t cols, int64_t most,
                               bool (*fits)(TtSubBlockShape shape, void *data),
                               void *data);

#endif // TT_PLAN_SUB_BLOCK_H
