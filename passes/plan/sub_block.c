//===- sub_block.c - how much of a block shares one acquire
//----------------===//

#include "sub_block.h"

static int64_t magnitude(int64_t value) { return value < 0 ? -value : value; }

static bool consecutive(TtSubBlockShape shape, int64_t cols) {
  return shape.rows == 1 || shape.cols == cols;
}

static bool better(TtSubBlockShape a, TtSubBlockShape b, int64_t cols) {
  if (a.rows * a.cols != b.rows * b.cols)
    return a.rows * a.cols > b.rows * b.cols;
  if (consecutive(a, cols) != consecutive(b, cols))
    return consecutive(a, cols);
  int64_t skewA = magnitude(a.rows - a.cols),
          skewB = magnitude(b.rows - b.cols);
  if (skewA != skewB)
    return skewA < skewB;
  return a.cols > b.cols;
}

TtSubBlockShape ttPlanSubBlock(int64_t rows, int64_t cols, int64_t most,
                               bool (*fits)(TtSubBlockShape shape, void *data),
                               void *data) {
  TtSubBlockShape best = {0, 0};
  for (int64_t h = 1; h <= rows && h <= most; ++h)
    for (int64_t w = 1; w <= cols && w <= most / h; ++w) {
      TtSubBlockShape shape = {h, w};
      if (rows % h == 0 && cols % w == 0 && better(shape, best, cols) &&
          fits(shape, data))
        best = shape;
    }
  return best;
}
