//===- tile_loop.c - loops over the tiles of a sub-block ------------------===//

#include "tile_loop.h"
#include "index_arith.h"

TtTileLoop ttTileLoopBegin(const TtBuilder *b, MlirLocation loc, int64_t rows,
                           int64_t cols) {
  TtTileLoop loop = {.b = *b, .loc = loc, .cols = cols};
  loop.row = ttIndexEnterLoop(&loop.b, loc, rows);
  loop.col = ttIndexEnterLoop(&loop.b, loc, cols);
  return loop;
}

MlirValue ttTileRegister(const TtTileLoop *loop, int base) {
  MlirContext context = loop->b.context;
  MlirAffineExpr row =
      mlirAffineMulExprGet(mlirAffineDimExprGet(context, 0),
                           mlirAffineConstantExprGet(context, loop->cols));
  MlirAffineExpr number =
      mlirAffineAddExprGet(row, mlirAffineDimExprGet(context, 1));
  MlirAffineExpr expr =
      mlirAffineAddExprGet(number, mlirAffineConstantExprGet(context, base));
  MlirValue operands[] = {loop->row, loop->col};
  return ttIndexApply(&loop->b, loop->loc, expr, 2, operands);
}
