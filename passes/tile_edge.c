//===- tile_edge.c - dims that end before their block ---------------------===//
//
// tt-import says which loops of an op reduce a dim that may end before its
// block does; where it ends is known of the blocks that were read. All of them
// that the op computes from must end at the same place, or nobody knows.
//
//===----------------------------------------------------------------------===//

#include "affine_form.h"
#include "block_type.h"
#include "host_tree.h"
#include "loop_body.h"
#include "mlir-c/BuiltinAttributes.h"
#include "mlir-c/BuiltinTypes.h"
#include "stb_ds.h"
#include "tile_lowering.h"
#include "tt-c/IR.h"
#include "tt-c/gen/LinalgOps.h"
#include "tt-c/gen/ScfOps.h"
#include "tt-c/gen/TensorOps.h"
#include "tt-c/gen/TtOps.h"

typedef struct {
  const void *value;
  intptr_t dim;
} Dim;

enum { MaxCarriers = 8 };

typedef struct {
  struct {
    Dim key;
    bool value;
  } * seen;               // stb_ds map
  MlirOperation transfer; // the first that was found …
  intptr_t dim;           // … and the dim of its buffer
  bool unknown;           // another one ends elsewhere
  // Loops that hand a value from one iteration to the next on the way.
  MlirOperation carriers[MaxCarriers];
  int numCarriers;
} Search;

static void find(Search *search, MlirValue value, intptr_t dim);

//===- Transfers ----------------------------------------------------------===//

static bool isInside(MlirOperation op, MlirOperation loop) {
  for (; !mlirOperationIsNull(op); op = mlirOperationGetParentOperation(op))
    if (mlirOperationEqual(op, loop))
      return true;
  return false;
}

/// Whether a term is another number in each iteration of a loop.
static bool variesIn(const TtAffineTerm *term, MlirOperation loop) {
  MlirBlock block = ttAffineTermBlock(term);
  return isInside(mlirBlockGetParentOperation(block), loop);
}

static int64_t bufferLength(MlirOperation transfer, intptr_t dim) {
  return mlirShapedTypeGetDimSize(ttBufferGetType(ttTransferBuffer(transfer)),
                                  dim);
}

/// Whether two transfers leave as much of a block behind the end.
static bool endAlike(const Search *search, MlirOperation transfer,
                     intptr_t dim) {
  TtAffineForm a = ttAffineFormGet(
                   ttTransferOffset(search->transfer, search->dim)),
               b = ttAffineFormGet(ttTransferOffset(transfer, dim));
  bool alike = ttAffineFormEqual(&a, &b) &&
               bufferLength(search->transfer, search->dim) ==
                   bufferLength(transfer, dim);
  ttAffineFormDestroy(&a);
  ttAffineFormDestroy(&b);
  return alike;
}

static void findInRead(Search *search, MlirOperation read, intptr_t dim) {
  MlirOperation buffer = ttTransferBuffer(read);
  if (mlirOperationIsNull(buffer) || ttReadBlockHasFill(read))
    return;
  intptr_t along =
      ttWholeDim(ttBufferGetType(buffer),
                 mlirValueGetType(ttReadBlockGetResult(read)), dim);
  if (!ttTransferEnds(read, along))
    return;
  TtAffineForm offset = ttAffineFormGet(ttTransferOffset(read, along));
  for (int i = 0; i < search->numCarriers; ++i)
    for (intptr_t t = 0; t < offset.numTerms; ++t)
      search->unknown |= variesIn(&offset.terms[t], search->carriers[i]);
  ttAffineFormDestroy(&offset);
  if (mlirOperationIsNull(search->transfer)) {
    search->transfer = read;
    search->dim = along;
  } else if (!endAlike(search, read, along)) {
    search->unknown = true;
  }
}

//===- Values -------------------------------------------------------------===//

/// Along a loop of a linalg op.
static void findAlong(Search *search, const TtStructured *s, intptr_t loop) {
  for (intptr_t i = 0; i < s->numInputs + s->numInits; ++i) {
    MlirAffineMap map = ttStructuredMap(s, i);
    MlirValue operand = mlirOperationGetOperand(s->op, i);
    for (intptr_t d = 0; d < mlirAffineMapGetNumResults(map); ++d) {
      MlirAffineExpr expr = mlirAffineMapGetResult(map, d);
      if (mlirAffineExprIsADim(expr) &&
          mlirAffineDimExprGetPosition(expr) == loop)
        find(search, operand, d);
    }
  }
}

static void findInStructured(Search *search, MlirOperation op, intptr_t result,
                             intptr_t dim) {
  TtStructured s;
  if (!ttStructuredGet(op, &s))
    return;
  MlirAffineExpr expr =
      mlirAffineMapGetResult(ttStructuredMap(&s, s.numInputs + result), dim);
  if (mlirAffineExprIsADim(expr))
    findAlong(search, &s, mlirAffineDimExprGetPosition(expr));
}

static MlirValue yielded(MlirBlock block, intptr_t i) {
  return mlirOperationGetOperand(mlirBlockGetTerminator(block), i);
}

/// What a loop carries comes from before it, and from the iteration before.
static void findInLoop(Search *search, MlirOperation loop, intptr_t i,
                       intptr_t dim) {
  find(search, ttScfForGetInitArgs(loop, i), dim);
  if (search->numCarriers == MaxCarriers) {
    search->unknown = true;
    return;
  }
  search->carriers[search->numCarriers++] = loop;
  find(search, yielded(ttLoopBody(loop), i), dim);
  --search->numCarriers;
}

/// A reshape drops or adds dims of 1.
static void findInReshape(Search *search, MlirOperation op, intptr_t dim) {
  MlirValue from = mlirOperationGetOperand(op, 0);
  MlirType source = mlirValueGetType(from);
  MlirType result = mlirValueGetType(mlirOperationGetResult(op, 0));
  if (mlirShapedTypeGetRank(source) >= mlirShapedTypeGetRank(result)) {
    find(search, from, ttWholeDim(source, result, dim));
    return;
  }
  for (intptr_t d = 0; d < mlirShapedTypeGetRank(source); ++d)
    if (ttWholeDim(result, source, d) == dim)
      find(search, from, d);
}

static void findInResult(Search *search, MlirOperation op, intptr_t result,
                         intptr_t dim) {
  if (ttReadBlockIsa(op)) {
    findInRead(search, op, dim);
  } else if (ttOperationIsStructured(op)) {
    findInStructured(search, op, result, dim);
  } else if (ttLinalgSoftmaxIsa(op)) {
    find(search, ttLinalgSoftmaxGetInput(op), dim);
  } else if (ttTensorExpandShapeIsa(op) || ttTensorCollapseShapeIsa(op)) {
    findInReshape(search, op, dim);
  } else if (ttScfForIsa(op)) {
    findInLoop(search, op, result, dim);
  } else if (ttScfIfIsa(op)) {
    find(search,
         yielded(mlirRegionGetFirstBlock(ttScfIfGetThenRegion(op)), result),
         dim);
    find(search,
         yielded(mlirRegionGetFirstBlock(ttScfIfGetElseRegion(op)), result),
         dim);
  }
}

static void find(Search *search, MlirValue value, intptr_t dim) {
  Dim here = {value.ptr, dim};
  if (hmgeti(search->seen, here) >= 0)
    return;
  hmput(search->seen, here, true);
  if (mlirValueIsAOpResult(value)) {
    findInResult(search, mlirOpResultGetOwner(value),
                 mlirOpResultGetResultNumber(value), dim);
    return;
  }
  MlirOperation loop =
      mlirBlockGetParentOperation(mlirBlockArgumentGetOwner(value));
  intptr_t number = mlirBlockArgumentGetArgNumber(value);
  if (ttScfForIsa(loop) && number > 0)
    findInLoop(search, loop, number - 1, dim);
}

static void addEdge(TtTiling *tiling, MlirOperation op, int loop) {
  Search search = {0};
  TtStructured s;
  if (ttLinalgSoftmaxIsa(op))
    find(&search, ttLinalgSoftmaxGetInput(op), loop);
  else if (ttOperationIsStructured(op) && ttStructuredGet(op, &s))
    findAlong(&search, &s, loop);
  TtEdge edge = {op, loop, search.transfer, search.dim};
  if (search.unknown)
    edge.transfer = (MlirOperation){NULL};
  arrput(tiling->edges, edge);
  hmfree(search.seen);
}

static MlirWalkResult visit(MlirOperation op, void *data) {
  MlirAttribute ends =
      mlirOperationGetDiscardableAttributeByName(op, ttEndsAttrName());
  if (mlirAttributeIsNull(ends))
    return MlirWalkResultAdvance;
  for (intptr_t i = 0; i < mlirDenseArrayGetNumElements(ends); ++i)
    addEdge(data, op, (int)mlirDenseI64ArrayGetElement(ends, i));
  return MlirWalkResultAdvance;
}

void ttTilingFindEdges(TtTiling *tiling, MlirOperation kernel) {
  mlirOperationWalk(kernel, visit, tiling, MlirWalkPreOrder);
}

const TtEdge *ttTilingEdge(const TtTiling *tiling, MlirOperation op, int loop) {
  for (ptrdiff_t i = 0; i < arrlen(tiling->edges); ++i)
    if (mlirOperationEqual(tiling->edges[i].op, op) &&
        tiling->edges[i].loop == loop)
      return &tiling->edges[i];
  return NULL;
}
