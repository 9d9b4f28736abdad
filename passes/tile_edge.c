//===- tile_edge.c - what lies behind the last element of a dim -----------===//
//
// Tiles are whole, dims end anywhere: 89 columns lie in three tiles, and the
// last block of a buffer may have fewer rows than the others. What a sum or a
// maximum runs over is therefore masked: a constant buffer has a one for every
// element of the dim, and the zeros that the host pads any buffer with; its
// block at the place of the summed one selects the elements that count. What
// only the host has written needs no mask where zeros add nothing.
//
//===----------------------------------------------------------------------===//

#include "affine_form.h"
#include "block_type.h"
#include "host_tree.h"
#include "index_arith.h"
#include "loop_body.h"
#include "mlir-c/BuiltinAttributes.h"
#include "mlir-c/BuiltinTypes.h"
#include "plan/ceil_div.h"
#include "stb_ds.h"
#include "tile_lowering.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/IR.h"
#include "tt-c/gen/LinalgOps.h"
#include "tt-c/gen/ScfOps.h"
#include "tt-c/gen/TensorOps.h"
#include "tt-c/gen/TtOps.h"
#include <inttypes.h>
#include <stdio.h>

static const MlirValue None = {NULL};

//===- Where a dim of a value ends ----------------------------------------===//

typedef struct {
  const void *value;
  intptr_t dim;
} Dim;

typedef struct {
  struct {
    Dim key;
    bool value;
  } * seen;               // stb_ds map
  MlirOperation transfer; // the one that was found …
  intptr_t dim;           // … and the dim of its buffer
} Search;

static bool find(Search *search, MlirValue value, intptr_t dim);

static bool findInTransfer(Search *search, MlirOperation transfer,
                           intptr_t dim) {
  MlirType block = ttTransferBlockType(transfer);
  MlirOperation buffer = ttTransferBuffer(transfer);
  int64_t valid;
  if (ttTransferNumValid(transfer) == 0 || mlirOperationIsNull(buffer))
    return false;
  intptr_t along = ttWholeDim(ttBufferGetType(buffer), block, dim);
  if (ttValueGetConstantInt(ttTransferValid(transfer, along), &valid) &&
      valid == mlirShapedTypeGetDimSize(block, dim))
    return false;
  search->transfer = transfer;
  search->dim = along;
  return true;
}

/// Along a loop of a linalg op.
static bool findAlong(Search *search, const TtStructured *s, intptr_t loop) {
  for (intptr_t i = 0; i < s->numInputs + s->numInits; ++i) {
    MlirAffineMap map = ttStructuredMap(s, i);
    MlirValue operand = mlirOperationGetOperand(s->op, i);
    for (intptr_t d = 0; d < mlirAffineMapGetNumResults(map); ++d) {
      MlirAffineExpr expr = mlirAffineMapGetResult(map, d);
      if (mlirAffineExprIsADim(expr) &&
          mlirAffineDimExprGetPosition(expr) == loop &&
          find(search, operand, d))
        return true;
    }
  }
  return false;
}

static bool findInStructured(Search *search, MlirOperation op, intptr_t result,
                             intptr_t dim) {
  TtStructured s;
  if (!ttStructuredGet(op, &s))
    return false;
  MlirAffineExpr expr =
      mlirAffineMapGetResult(ttStructuredMap(&s, s.numInputs + result), dim);
  return mlirAffineExprIsADim(expr) &&
         findAlong(search, &s, mlirAffineDimExprGetPosition(expr));
}

static MlirValue yielded(MlirBlock block, intptr_t i) {
  return mlirOperationGetOperand(mlirBlockGetTerminator(block), i);
}

static bool findInLoop(Search *search, MlirOperation loop, intptr_t i,
                       intptr_t dim) {
  return find(search, ttScfForGetInitArgs(loop, i), dim) ||
         find(search, yielded(ttLoopBody(loop), i), dim);
}

/// A reshape drops or adds dims of 1.
static bool findInReshape(Search *search, MlirOperation op, intptr_t dim) {
  MlirValue from = mlirOperationGetOperand(op, 0);
  MlirType source = mlirValueGetType(from);
  MlirType result = mlirValueGetType(mlirOperationGetResult(op, 0));
  if (mlirShapedTypeGetRank(source) >= mlirShapedTypeGetRank(result))
    return find(search, from, ttWholeDim(source, result, dim));
  for (intptr_t d = 0; d < mlirShapedTypeGetRank(source); ++d)
    if (ttWholeDim(result, source, d) == dim)
      return find(search, from, d);
  return false;
}

static bool findInResult(Search *search, MlirOperation op, intptr_t result,
                         intptr_t dim) {
  if (ttReadBlockIsa(op))
    return !ttReadBlockHasFill(op) && findInTransfer(search, op, dim);
  if (ttOperationIsStructured(op))
    return findInStructured(search, op, result, dim);
  if (ttLinalgSoftmaxIsa(op))
    return find(search, ttLinalgSoftmaxGetInput(op), dim);
  if (ttTensorExpandShapeIsa(op) || ttTensorCollapseShapeIsa(op))
    return findInReshape(search, op, dim);
  if (ttScfForIsa(op))
    return findInLoop(search, op, result, dim);
  if (!ttScfIfIsa(op))
    return false;
  MlirBlock branches[] = {mlirRegionGetFirstBlock(ttScfIfGetThenRegion(op)),
                          mlirRegionGetFirstBlock(ttScfIfGetElseRegion(op))};
  return find(search, yielded(branches[0], result), dim) ||
         find(search, yielded(branches[1], result), dim);
}

static bool find(Search *search, MlirValue value, intptr_t dim) {
  Dim here = {value.ptr, dim};
  if (hmgeti(search->seen, here) >= 0)
    return false;
  hmput(search->seen, here, true);
  if (mlirValueIsAOpResult(value))
    return findInResult(search, mlirOpResultGetOwner(value),
                        mlirOpResultGetResultNumber(value), dim);
  MlirOperation loop =
      mlirBlockGetParentOperation(mlirBlockArgumentGetOwner(value));
  intptr_t number = mlirBlockArgumentGetArgNumber(value);
  return ttScfForIsa(loop) && number > 0 &&
         findInLoop(search, loop, number - 1, dim);
}

static MlirWalkResult visit(MlirOperation op, void *data) {
  TtTiling *tiling = data;
  TtStructured s;
  bool softmax = ttLinalgSoftmaxIsa(op);
  if (!softmax && (!ttOperationIsStructured(op) || !ttStructuredGet(op, &s)))
    return MlirWalkResultAdvance;
  int first = softmax ? (int)ttLinalgSoftmaxGetDimension(op) : 0;
  int end = softmax ? first + 1 : s.numLoops;
  for (int loop = first; loop < end; ++loop) {
    Search search = {NULL, {NULL}, 0};
    if (softmax ? find(&search, ttLinalgSoftmaxGetInput(op), loop)
                : findAlong(&search, &s, loop)) {
      TtEdge edge = {op, loop, search.transfer, search.dim};
      arrput(tiling->edges, edge);
    }
    hmfree(search.seen);
  }
  return MlirWalkResultAdvance;
}

void ttTilingFindEdges(TtTiling *tiling, MlirOperation kernel) {
  mlirOperationWalk(kernel, visit, tiling, MlirWalkPreOrder);
}

//===- Masks --------------------------------------------------------------===//

/// A dim of a buffer: so many elements in so many tiles.
typedef struct {
  bool rows;
  int64_t length, tiles;
  TtDataFormat format;
} Ones;

static MlirOperation bufferNamed(MlirOperation host, const char *name) {
  MlirBlock body = mlirRegionGetFirstBlock(ttHostGetBody(host));
  for (MlirOperation op = mlirBlockGetFirstOperation(body);
       !mlirOperationIsNull(op); op = mlirOperationGetNextInBlock(op))
    if (ttBufferIsa(op) &&
        mlirStringRefEqual(ttBufferGetSymName(op),
                           mlirStringRefCreateFromCString(name)))
      return op;
  return (MlirOperation){NULL};
}

static MlirType typeOf(MlirContext context, TtDataFormat format) {
  return format == TtDataFormatI32   ? mlirIntegerTypeGet(context, 32)
         : format == TtDataFormatF32 ? mlirF32TypeGet(context)
         : format == TtDataFormatF16 ? mlirF16TypeGet(context)
                                     : mlirBF16TypeGet(context);
}

/// Gives the buffer at least so many tiles.
static void lengthen(MlirOperation buffer, const Ones *ones) {
  TtBufferAttr info = {.memory = TtMemoryDRAM,
                       .layout = TtBufferLayoutInterleaved,
                       .format = ones->format,
                       .tileHeight = TtTileSide,
                       .tileWidth = TtTileSide,
                       .batch = 1,
                       .rows = ones->rows ? ones->tiles : 1,
                       .cols = ones->rows ? 1 : ones->tiles,
                       .pageBytes = ttTileBytes(ones->format)};
  if (ttBufferHasAccessor(buffer) &&
      ttBufferGetAccessor(buffer).pages >= ones->tiles)
    return;
  ttBufferSetInfo(buffer, info);
  ttBufferSetAccessor(buffer, (TtAccessorInfoAttr){.rowStride = info.cols,
                                                   .batchStride = ones->tiles,
                                                   .pages = ones->tiles});
}

/// The constant buffer of the host, made if there is none yet.
static MlirOperation onesBuffer(MlirOperation kernel, MlirLocation loc,
                                const Ones *ones) {
  MlirContext context = mlirOperationGetContext(kernel);
  int64_t shape[] = {ones->rows ? ones->length : 1,
                     ones->rows ? 1 : ones->length};
  MlirType type = mlirRankedTensorTypeGet(
      2, shape, typeOf(context, ones->format), mlirAttributeGetNull());
  char name[96];
  int size = snprintf(name, sizeof name, "valid_%s_%" PRId64 "_%s",
                      ones->rows ? "rows" : "cols", ones->length,
                      ttDataFormatToString(ones->format));
  MlirOperation host = mlirOperationGetParentOperation(kernel), buffer;
  // The user may have taken the name.
  while (buffer = bufferNamed(host, name), !mlirOperationIsNull(buffer) &&
                                               !ttBufferHasFill(buffer) &&
                                               size + 1 < (int)sizeof name) {
    name[size++] = '_';
    name[size] = 0;
  }
  if (mlirOperationIsNull(buffer)) {
    TtBuilder b = ttBuilderBefore(kernel);
    buffer = ttBufferCreate(&b, loc, mlirStringRefCreateFromCString(name), type,
                            TtDirectionScratch);
    ttBufferSetFill(buffer, 1.0);
  }
  lengthen(buffer, ones);
  return buffer;
}

static MlirOperation kernelOf(MlirOperation op) {
  while (!ttKernelIsa(op))
    op = mlirOperationGetParentOperation(op);
  return op;
}

/// Whether a term of an index is known where `op` stands.
static bool isVisible(const TtAffineTerm *term, MlirOperation op) {
  MlirBlock block =
      mlirValueIsNull(term->value) ? mlirOperationGetBlock(term->apply)
      : mlirValueIsABlockArgument(term->value)
          ? mlirBlockArgumentGetOwner(term->value)
          : mlirOperationGetBlock(mlirOpResultGetOwner(term->value));
  for (; !mlirOperationIsNull(op); op = mlirOperationGetParentOperation(op))
    if (mlirBlockEqual(mlirOperationGetBlock(op), block))
      return true;
  return false;
}

/// The first tile of the read along its edge; null after a diagnostic.
static MlirValue tileOffset(const TtBuilder *b, MlirOperation op,
                            const TtEdge *edge) {
  TtAffineForm form =
      ttAffineFormGet(ttTransferOffset(edge->transfer, edge->dim));
  intptr_t culprit;
  bool known = ttAffineFormIsMultipleOf(&form, TtTileSide, &culprit);
  for (intptr_t i = 0; i < form.numTerms; ++i)
    known = known && isVisible(&form.terms[i], op);
  MlirValue offset = None;
  if (known) {
    ttAffineFormDivide(&form, TtTileSide);
    offset = ttAffineFormBuild(b, mlirOperationGetLocation(op), &form);
  } else {
    TtDiagnostic *d = ttDiagnosticOpError(
        op, "runs over a dim of which it is not seen how much lies in the "
            "buffer");
    ttDiagnosticNote(d, mlirOperationGetLocation(edge->transfer),
                     "this block may end with its buffer");
    ttDiagnosticHint(d, "reduce it in the loop that reads it");
    ttDiagnosticReport(d);
  }
  ttAffineFormDestroy(&form);
  return offset;
}

/// One production of the ones from a tile on.
static MlirValue readOnes(const TtBuilder *b, MlirOperation op,
                          const Ones *ones, MlirValue tile, int64_t tiles) {
  MlirLocation loc = mlirOperationGetLocation(op);
  MlirOperation kernel = kernelOf(op), buffer = onesBuffer(kernel, loc, ones);
  MlirStringRef name = ttBufferGetSymName(buffer);
  enum { Depth = 2 };
  MlirContext context = b->context;
  MlirType element = ttTileTypeCreate(
      context, (TtTileType){TtTileSide, TtTileSide, ones->format});
  TtBuilder top = ttBuilderAtStart(
      context, mlirRegionGetFirstBlock(ttKernelGetBody(kernel)));
  MlirOperation ring = ttAllocCbCreate(
      &top, loc,
      ttCBTypeCreate(context,
                     (TtCBType){.tile = element, .pages = Depth * tiles}),
      tiles);
  ttAllocCbSetName(ring, name);
  MlirValue zero = ttIndexConstant(b, loc, 0);
  MlirValue offsets[] = {ones->rows ? tile : zero, ones->rows ? zero : tile};
  MlirType block = ttBlockTypeGet(
      (TtBlock){ones->rows ? tiles : 1, ones->rows ? 1 : tiles, element});
  MlirOperation read = ttReadBlockCreate(b, loc, block, name, 2, offsets, 0,
                                         NULL, ttAllocCbGetResult(ring));
  ttReadBlockSetTransfer(
      read, (TtTransferAttr){.pageBytes = ttTileBytes(ones->format),
                             .pages = tiles,
                             .depth = Depth,
                             .format = ones->format});
  return ttReadBlockGetResult(read);
}

const TtEdge *ttTilingEdge(const TtTiling *tiling, MlirOperation op, int loop) {
  for (ptrdiff_t i = 0; i < arrlen(tiling->edges); ++i)
    if (mlirOperationEqual(tiling->edges[i].op, op) &&
        tiling->edges[i].loop == loop)
      return &tiling->edges[i];
  return NULL;
}

/// Whether a block has zeros behind its last elements along a dim: it ends with
/// a buffer that the host has padded and no kernel writes.
static bool padsWithZero(MlirValue tensor, intptr_t dim) {
  if (!mlirValueIsAOpResult(tensor) ||
      !ttReadBlockIsa(mlirOpResultGetOwner(tensor)))
    return false;
  MlirOperation read = mlirOpResultGetOwner(tensor);
  MlirOperation buffer = ttTransferBuffer(read);
  if (mlirOperationIsNull(buffer) ||
      ttBufferGetDirection(buffer) != TtDirectionIn)
    return false;
  Search search = {NULL, {NULL}, 0};
  MlirType block = mlirValueGetType(tensor), whole = ttBufferGetType(buffer);
  return findInTransfer(&search, read, dim) ||
         mlirShapedTypeGetDimSize(block, dim) ==
             mlirShapedTypeGetDimSize(whole, ttWholeDim(whole, block, dim));
}

bool ttTilingFillRead(TtTiling *tiling, const TtBuilder *b, MlirOperation read,
                      MlirValue *block) {
  MlirValue result = ttReadBlockGetResult(read);
  MlirType type = mlirValueGetType(result);
  if (!ttReadBlockHasFill(read))
    return true;
  double fill = ttReadBlockGetFill(read);
  if (ttTilingIsPacked(tiling, result) &&
      (fill != 0 || !padsWithZero(result, 0))) {
    TtDiagnostic *d = ttDiagnosticOpError(
        read, "has another number than zero behind the end of a vector");
    ttDiagnosticHint(d, "fill the block with zero, or use a matrix");
    ttDiagnosticReport(d);
    return false;
  }
  TtPlace place = ttTilingPlace(tiling, result);
  const int dims[] = {place.row, place.col};
  for (int i = 0; i < 2; ++i) {
    Search search = {NULL, {NULL}, 0};
    if (dims[i] < 0 || !findInTransfer(&search, read, dims[i]) ||
        (fill == 0 && padsWithZero(result, dims[i])))
      continue;
    TtEdge edge = {read, 0, read, search.dim};
    TtDimOfBlock dim = {i == 0, mlirShapedTypeGetDimSize(type, dims[i]), &edge};
    *block = ttTilingMask(tiling, b, read, dim, *block, fill);
    if (mlirValueIsNull(*block))
      return false;
  }
  return true;
}

MlirValue ttTilingClearBehind(TtTiling *tiling, const TtBuilder *b,
                              MlirOperation write, MlirValue block) {
  enum { Shared = 16 }; // elements of a row with one exponent
  MlirValue value = ttWriteBlockGetValue(write);
  MlirOperation buffer = ttTransferBuffer(write);
  int dim = ttTilingPlace(tiling, value).col;
  if (mlirOperationIsNull(buffer) || !ttBufferHasInfo(buffer) || dim < 0)
    return block;
  TtDataFormat format = ttBufferGetInfo(buffer).format;
  if (format != TtDataFormatBFP8B && format != TtDataFormatBFP4B)
    return block;
  Search search = {NULL, {NULL}, 0};
  int64_t extent = mlirShapedTypeGetDimSize(mlirValueGetType(value), dim);
  bool ends = findInTransfer(&search, write, dim);
  int64_t length =
      ends ? mlirShapedTypeGetDimSize(ttBufferGetType(buffer), search.dim)
           : extent;
  if (length % Shared == 0)
    return block;
  TtEdge edge = {write, 0, write, search.dim};
  return ttTilingMask(tiling, b, write,
                      (TtDimOfBlock){false, extent, ends ? &edge : NULL}, block,
                      0);
}

MlirValue ttTilingMask(TtTiling *tiling, const TtBuilder *b, MlirOperation op,
                       TtDimOfBlock dim, MlirValue block, double rest) {
  const TtEdge *edge = dim.edge;
  if (!edge && dim.extent % TtTileSide == 0)
    return block;
  MlirType type = mlirValueGetType(block);
  TtBlock grid = ttBlockGet(type);
  MlirLocation loc = mlirOperationGetLocation(op);
  Ones ones = {dim.rows, dim.extent, ttCeilDiv(dim.extent, TtTileSide),
               ttBlockFormat(grid)};
  MlirValue tile = None;
  if (edge) {
    MlirOperation buffer = ttTransferBuffer(edge->transfer);
    MlirType whole = ttBufferGetType(buffer);
    TtBufferAttr info;
    if (mlirLogicalResultIsFailure(ttBufferLayoutOf(buffer, &info)))
      return None;
    ones.length = mlirShapedTypeGetDimSize(whole, edge->dim);
    ones.tiles =
        edge->dim == mlirShapedTypeGetRank(whole) - 1 ? info.cols : info.rows;
    tile = tileOffset(b, op, edge);
    if (mlirValueIsNull(tile))
      return None;
  } else {
    tile = ttIndexConstant(b, loc, 0);
  }
  MlirValue valid =
      readOnes(b, op, &ones, tile, dim.rows ? grid.rows : grid.cols);
  MlirValue mask = ttBcastGetResult(ttBcastCreate(
      b, loc, type, dim.rows ? TtBcastDimCol : TtBcastDimRow, valid));
  MlirValue other = ttFillGetResult(ttFillCreate(b, loc, type, rest));
  tiling->numTileOps += 3;
  return ttSelectGetResult(ttSelectCreate(b, loc, mask, block, other));
}

bool ttExpressionPadsWithZero(const TtStructured *s, MlirValue scalar,
                              unsigned loops) {
  intptr_t operand = ttStructuredOperandOf(s, scalar);
  if (operand < 0)
    return false;
  MlirAffineMap map = ttStructuredMap(s, operand);
  for (intptr_t i = 0; i < mlirAffineMapGetNumResults(map); ++i) {
    MlirAffineExpr expr = mlirAffineMapGetResult(map, i);
    if (mlirAffineExprIsADim(expr) &&
        loops & 1u << mlirAffineDimExprGetPosition(expr) &&
        !padsWithZero(mlirOperationGetOperand(s->op, operand), i))
      return false;
  }
  return true;
}

MlirValue ttExpressionMasked(TtExpression *e, MlirValue block, unsigned loops,
                             double rest) {
  const TtStructured *s = e->structured;
  const int along[] = {e->space.row, e->space.col};
  for (int i = 0; i < 2 && !mlirValueIsNull(block); ++i) {
    int loop = along[i];
    if (loop < 0 || !(loops & 1u << loop))
      continue;
    TtDimOfBlock dim = {i == 0, s->extents[loop],
                        ttTilingEdge(e->tiling, s->op, loop)};
    block = ttTilingMask(e->tiling, &e->builder, s->op, dim, block, rest);
  }
  return block;
}
