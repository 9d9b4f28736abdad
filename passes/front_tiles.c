//===- front_tiles.c - where the tiles that a section reads are -----------===//

#include "front_tiles.h"
#include "index_arith.h"
#include "program_symbols.h"
#include "section_values.h"
#include "tt-c/gen/TtOps.h"

//===- affine expressions -------------------------------------------------===//

static MlirAffineExpr dim(const TtBuilder *b, intptr_t i) {
  return mlirAffineDimExprGet(b->context, i);
}

static MlirAffineExpr number(const TtBuilder *b, int64_t value) {
  return mlirAffineConstantExprGet(b->context, value);
}

static MlirAffineExpr times(MlirAffineExpr expr, int64_t factor) {
  return mlirAffineMulExprGet(
      expr, mlirAffineConstantExprGet(mlirAffineExprGetContext(expr), factor));
}

//===- the order ----------------------------------------------------------===//

// Along one dim: the part lies in one sub-block of the order, whose number and
// the place in it follow from the part's first tile alone.
static bool withinOne(int64_t part, int64_t whole, int64_t order) {
  return order == whole || part == order;
}

// Sub-block and place in it of tile `first + inner` along one dim.
static void locate(const TtBuilder *b, MlirAffineExpr first,
                   MlirAffineExpr inner, int64_t part, int64_t whole,
                   int64_t order, MlirAffineExpr *sub, MlirAffineExpr *place) {
  MlirAffineExpr all = mlirAffineAddExprGet(first, inner);
  if (order == whole) {
    *sub = number(b, 0);
    *place = all;
  } else if (part == order) { // parts begin where sub-blocks do
    *sub = mlirAffineFloorDivExprGet(first, number(b, order));
    *place = inner;
  } else {
    *sub = mlirAffineFloorDivExprGet(all, number(b, order));
    *place = mlirAffineModExprGet(all, number(b, order));
  }
}

TtFrontTiles ttFrontTilesOf(MlirOperation section, const TtMapping *mapping,
                            MlirValue value) {
  MlirValue block;
  ttSectionValueInCB(value, section, &block);
  TtFrontTiles front = {.part = ttBlockGet(mlirValueGetType(block))};
  MlirOperation op = mlirOpResultGetOwner(block);
  if (ttSubBlockIsa(op)) {
    front.row = ttMappingLookupOrSelf(mapping, ttSubBlockGetRow(op));
    front.col = ttMappingLookupOrSelf(mapping, ttSubBlockGetCol(op));
    block = ttSubBlockGetOperand(op);
    // The block may have been unpacked before it was cut.
    for (op = mlirOpResultGetOwner(block); ttTypecastIsa(op);
         op = mlirOpResultGetOwner(block))
      block = ttTypecastGetOperand(op);
  }
  front.block = ttBlockGet(mlirValueGetType(block));
  front.cb = ttFrontBlockGetCb(op);
  const int64_t *order =
      ttCircularBufferGetOrder(ttFindCircularBuffer(op, front.cb));
  front.order[0] = order[0];
  front.order[1] = order[1];
  return front;
}

bool ttFrontTilesAreConsecutive(const TtFrontTiles *front) {
  bool regular =
      withinOne(front->part.rows, front->block.rows, front->order[0]) &&
      withinOne(front->part.cols, front->block.cols, front->order[1]);
  return regular &&
         (front->part.rows == 1 || front->part.cols == front->order[1]);
}

bool ttFrontRowsHaveStride(const TtFrontTiles *front, int64_t *stride) {
  *stride = front->order[1];
  if (front->part.rows == 1 ||
      withinOne(front->part.rows, front->block.rows, front->order[0]))
    return true;
  *stride = front->block.cols;
  return front->order[0] == 1 || front->order[1] == front->block.cols;
}

bool ttFrontColsAreConsecutive(const TtFrontTiles *front) {
  return front->part.cols == 1 || front->order[0] == 1 ||
         withinOne(front->part.cols, front->block.cols, front->order[1]);
}

MlirValue ttFrontTileIndex(const TtTileLoop *loop, const TtFrontTiles *front,
                           MlirValue row, MlirValue col) {
  const TtBuilder *b = &loop->b;
  bool cut = !mlirValueIsNull(front->row);
  MlirAffineExpr zero = number(b, 0);
  MlirAffineExpr subRow, subCol, r, c;
  locate(b, cut ? dim(b, 2) : zero, dim(b, 0), front->part.rows,
         front->block.rows, front->order[0], &subRow, &r);
  locate(b, cut ? dim(b, 3) : zero, dim(b, 1), front->part.cols,
         front->block.cols, front->order[1], &subCol, &c);
  MlirAffineExpr sub = mlirAffineAddExprGet(
      times(subRow, front->block.cols / front->order[1]), subCol);
  MlirAffineExpr expr =
      mlirAffineAddExprGet(times(sub, front->order[0] * front->order[1]),
                           mlirAffineAddExprGet(times(r, front->order[1]), c));
  MlirValue operands[] = {row, col, front->row, front->col};
  return ttIndexApply(b, loop->loc, expr, cut ? 4 : 2, operands);
}
