//===- tile_mask.c - what lies behind the last element of a dim -----------===//
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
#include "mlir-c/BuiltinAttributes.h"
#include "mlir-c/BuiltinTypes.h"
#include "plan/ceil_div.h"
#include "stb_ds.h"
#include "tile_lowering.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/IR.h"
#include "tt-c/gen/TtOps.h"
#include <inttypes.h>
#include <stdio.h>

static const MlirValue None = {NULL};

//===- The ones -----------------------------------------------------------===//

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

static bool isOnes(MlirOperation buffer, MlirType type) {
  return ttBufferGetDirection(buffer) == TtDirectionScratch &&
         ttBufferHasFill(buffer) && ttBufferGetFill(buffer) == 1.0 &&
         mlirTypeEqual(ttBufferGetType(buffer), type);
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
                                               !isOnes(buffer, type) &&
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

/// Whether a term of an index is known where `op` stands.
static bool isVisible(const TtAffineTerm *term, MlirOperation op) {
  MlirBlock block = ttAffineTermBlock(term);
  for (; !mlirOperationIsNull(op); op = mlirOperationGetParentOperation(op))
    if (mlirBlockEqual(mlirOperationGetBlock(op), block))
      return true;
  return false;
}

static MlirValue refuseUnseen(MlirOperation op, const TtEdge *edge) {
  TtDiagnostic *d = ttDiagnosticOpError(
      op,
      "runs over a dim of which it is not seen how much lies in the buffer");
  if (!mlirOperationIsNull(edge->transfer))
    ttDiagnosticNote(d, mlirOperationGetLocation(edge->transfer),
                     "this block may end with its buffer");
  ttDiagnosticHint(d, "reduce what is computed from one block that ends with "
                      "its buffer, in the loop that reads it");
  ttDiagnosticReport(d);
  return None;
}

/// The first tile of the transfer along its edge; null after a diagnostic.
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
  }
  ttAffineFormDestroy(&form);
  return known ? offset : refuseUnseen(op, edge);
}

/// One production of the ones from a tile on.
static MlirValue readOnes(const TtBuilder *b, MlirOperation op,
                          const Ones *ones, MlirValue tile, int64_t tiles) {
  MlirLocation loc = mlirOperationGetLocation(op);
  MlirOperation kernel = ttEnclosing(op, ttKernelIsa),
                buffer = onesBuffer(kernel, loc, ones);
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

//===- Masks --------------------------------------------------------------===//

/// The ones at the place of a block, read once per block of ops.
static MlirValue onesAt(TtTiling *tiling, const TtBuilder *b, MlirOperation op,
                        const Ones *ones, const TtEdge *edge, int64_t tiles) {
  MlirValue offset = None;
  if (edge)
    offset = ttTransferOffset(edge->transfer, edge->dim);
  for (ptrdiff_t i = 0; i < arrlen(tiling->masks); ++i) {
    const TtMask *mask = &tiling->masks[i];
    if (mlirBlockEqual(mask->block, mlirOperationGetBlock(op)) &&
        mask->rows == ones->rows && mask->length == ones->length &&
        mask->format == ones->format && mask->tiles == tiles &&
        mask->offset.ptr == offset.ptr)
      return mask->ones;
  }
  MlirValue tile = edge ? tileOffset(b, op, edge)
                        : ttIndexConstant(b, mlirOperationGetLocation(op), 0);
  if (mlirValueIsNull(tile))
    return None;
  TtMask made = {mlirOperationGetBlock(op),
                 ones->rows,
                 ones->length,
                 ones->format,
                 tiles,
                 offset,
                 readOnes(b, op, ones, tile, tiles)};
  arrput(tiling->masks, made);
  return made.ones;
}

static MlirValue selected(TtTiling *tiling, const TtBuilder *b,
                          MlirOperation op, bool rows, MlirValue valid,
                          MlirValue block, double rest) {
  MlirType type = mlirValueGetType(block);
  MlirLocation loc = mlirOperationGetLocation(op);
  MlirValue mask = ttBcastGetResult(
      ttBcastCreate(b, loc, type, rows ? TtBcastDimCol : TtBcastDimRow, valid));
  MlirValue other = ttFillGetResult(ttFillCreate(b, loc, type, rest));
  tiling->numTileOps += 3;
  return ttSelectGetResult(ttSelectCreate(b, loc, mask, block, other));
}

MlirValue ttTilingMask(TtTiling *tiling, const TtBuilder *b, MlirOperation op,
                       TtDimOfBlock dim, MlirValue block, double rest) {
  TtBlock grid = ttBlockGet(mlirValueGetType(block));
  int64_t tiles = dim.rows ? grid.rows : grid.cols;
  Ones ones = {dim.rows, dim.extent, ttCeilDiv(dim.extent, TtTileSide),
               ttBlockFormat(grid)};
  // Where the block has its size, and where the buffer ends before that.
  if (dim.extent % TtTileSide) {
    MlirValue valid = onesAt(tiling, b, op, &ones, NULL, tiles);
    block = selected(tiling, b, op, dim.rows, valid, block, rest);
  }
  const TtEdge *edge = dim.edge;
  if (!edge)
    return block;
  if (mlirOperationIsNull(edge->transfer))
    return refuseUnseen(op, edge);
  MlirOperation buffer = ttTransferBuffer(edge->transfer);
  MlirType whole = ttBufferGetType(buffer);
  TtBufferAttr info;
  if (mlirLogicalResultIsFailure(ttBufferLayoutOf(buffer, &info)))
    return None;
  ones.length = mlirShapedTypeGetDimSize(whole, edge->dim);
  ones.tiles =
      edge->dim == mlirShapedTypeGetRank(whole) - 1 ? info.cols : info.rows;
  MlirValue valid = onesAt(tiling, b, op, &ones, edge, tiles);
  return mlirValueIsNull(valid)
             ? None
             : selected(tiling, b, op, dim.rows, valid, block, rest);
}

//===- Transfers ----------------------------------------------------------===//

/// Whether a block has zeros behind its last elements along a dim: it ends with
/// a buffer that the host has padded and no kernel writes.
static bool padsWithZero(MlirValue tensor, intptr_t dim) {
  if (!mlirValueIsAOpResult(tensor) ||
      !ttReadBlockIsa(mlirOpResultGetOwner(tensor)))
    return false;
  MlirOperation read = mlirOpResultGetOwner(tensor);
  MlirOperation buffer = ttTransferBuffer(read);
  if (mlirOperationIsNull(buffer) ||
      ttBufferGetDirection(buffer) != TtDirectionIn ||
      (ttReadBlockHasFill(read) && ttReadBlockGetFill(read) != 0))
    return false;
  MlirType block = mlirValueGetType(tensor), whole = ttBufferGetType(buffer);
  intptr_t along = ttWholeDim(whole, block, dim);
  int64_t size = mlirShapedTypeGetDimSize(block, dim);
  // A block that ends in a tile without its buffer has neighbours behind it.
  return size == mlirShapedTypeGetDimSize(whole, along) ||
         (ttTransferEnds(read, along) && size % TtTileSide == 0);
}

bool ttTilingFillRead(TtTiling *tiling, const TtBuilder *b, MlirOperation read,
                      MlirValue *block) {
  MlirValue result = ttReadBlockGetResult(read);
  MlirOperation buffer = ttTransferBuffer(read);
  if (!ttReadBlockHasFill(read) || mlirOperationIsNull(buffer))
    return true;
  MlirType type = mlirValueGetType(result), whole = ttBufferGetType(buffer);
  double fill = ttReadBlockGetFill(read);
  if (ttTilingIsPacked(tiling, result) &&
      (fill != 0 || !padsWithZero(result, 0))) {
    TtDiagnostic *d = ttDiagnosticOpError(
        read, "has a number behind the end of a vector which the host does not "
              "put there");
    ttDiagnosticHint(d, "fill the block with zero and read a vector that no "
                        "kernel writes, or use a matrix");
    ttDiagnosticReport(d);
    return false;
  }
  TtPlace place = ttTilingPlace(tiling, result);
  const int dims[] = {place.row, place.col};
  for (int i = 0; i < 2; ++i) {
    if (dims[i] < 0 || (fill == 0 && padsWithZero(result, dims[i])))
      continue;
    intptr_t along = ttWholeDim(whole, type, dims[i]);
    if (!ttTransferEnds(read, along))
      continue;
    TtEdge edge = {read, 0, read, along};
    // Behind its size, nobody looks.
    int64_t tiles =
        ttCeilDiv(mlirShapedTypeGetDimSize(type, dims[i]), TtTileSide);
    TtDimOfBlock dim = {i == 0, tiles * TtTileSide, &edge};
    *block = ttTilingMask(tiling, b, read, dim, *block, fill);
    if (mlirValueIsNull(*block))
      return false;
  }
  return true;
}

/// Elements of a row of a face, which share an exponent in block floats.
enum { Shared = 16 };

static MlirValue refuseVector(MlirOperation write, int64_t length) {
  TtDiagnostic *d = ttDiagnosticOpError(
      write, "writes a vector of %" PRId64 " elements as block floats", length);
  ttDiagnosticHint(d,
                   "%d elements share an exponent: use a multiple of them, "
                   "or leave out 'format'",
                   Shared);
  ttDiagnosticReport(d);
  return None;
}

MlirValue ttTilingClearBehind(TtTiling *tiling, const TtBuilder *b,
                              MlirOperation write, MlirValue block) {
  MlirOperation buffer = ttTransferBuffer(write);
  if (mlirOperationIsNull(buffer) || !ttBufferHasInfo(buffer))
    return block;
  TtBufferAttr info = ttBufferGetInfo(buffer);
  if (info.format != TtDataFormatBFP8B && info.format != TtDataFormatBFP4B)
    return block;
  MlirType whole = ttBufferGetType(buffer);
  intptr_t dim = mlirShapedTypeGetRank(whole) - 1;
  int64_t extent = ttTransferSize(write, whole, dim);
  bool ends = ttTransferEnds(write, dim);
  int64_t length = ends ? mlirShapedTypeGetDimSize(whole, dim) : extent;
  if (length % Shared == 0)
    return block;
  if (info.packed)
    return refuseVector(write, length);
  TtEdge edge = {write, 0, write, dim};
  return ttTilingMask(tiling, b, write,
                      (TtDimOfBlock){false, extent, ends ? &edge : NULL}, block,
                      0);
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
