//===- tile_lowering.h - the parts of tt-lower-tile-intrinsics ------------===//
//
// The pass keeps the IR it came from and builds the tile program beside it: a
// map leads from each tensor of scalars to its block of tiles, and what was
// lowered is erased at the end. The parts, in the order of use:
//
//   tile_values.c       the map, and the block type of a tensor
//   tile_vectors.c      how each 1-D tensor lies in its tiles
//   tile_reshape.c      the same elements under another shape
//   tile_transfers.c    block reads and writes, offsets in tiles
//   tile_structured.c   a linalg op as loops, operands, maps and a body
//   tile_operand.c      an operand brought to the loops that compute a result
//   tile_expression.c   the scalars of a body, one tile op each
//   tile_compose.c      functions that a body spells as several scalar ops
//   tile_compare.c      comparisons, selections and truth values
//   tile_convert.c      conversions, and integers that need several ops
//   tile_edge.c         dims that end before their block
//   tile_mask.c         what lies behind the last element of a dim
//   tile_contraction.c  contractions
//   tile_reduction.c    reductions
//   tile_softmax.c      linalg.softmax
//
// A function that returns bool, or a null value, has reported why.
//
//===----------------------------------------------------------------------===//

#ifndef TT_PASSES_TILE_LOWERING_H
#define TT_PASSES_TILE_LOWERING_H

#include "mlir-c/AffineMap.h"
#include "mlir-c/IR.h"
#include "tt-c/Builder.h"
#include "tt-c/Pass.h"
#include "tt-c/gen/TtAttrs.h"
#include <stdbool.h>
#include <stdint.h>

enum { TtTileSide = 32, TtTileElements = 1024, TtMaxLoops = 8 };

//===- Values -------------------------------------------------------------===//

/// How a 1-D tensor lies in its tiles: row 0 of a row of tiles, column 0 of a
/// column of tiles, or 1,024 consecutive elements in each.
typedef enum { TtVectorRow, TtVectorColumn, TtVectorPacked } TtVectorKind;

typedef struct {
  const void *key; // pointer of the tensor value
  MlirValue value;
} TtBlockEntry;

typedef struct {
  const void *key;
  TtVectorKind value;
} TtVectorEntry;

typedef struct TtTilingFormula TtTilingFormula;

/// A loop of an op that runs over a dim which may end with a buffer before the
/// block does.
typedef struct {
  MlirOperation op;
  int loop;
  MlirOperation transfer; // of a block that ends there, null if unknown …
  intptr_t dim;           // … along this dim of its buffer
} TtEdge;

/// Ones that a block of ops reads.
typedef struct {
  MlirBlock block;
  bool rows;
  int64_t length;
  TtDataFormat format;
  int64_t tiles;
  MlirValue offset; // of what ends, or null
  MlirValue ones;
} TtMask;

typedef struct {
  MlirContext context;
  TtComputeAttr compute;     // of the kernel
  TtBlockEntry *blocks;      // stb_ds map: tensor value -> its block
  TtVectorEntry *vectors;    // stb_ds map: 1-D tensor value -> how it lies
  MlirOperation *dead;       // stb_ds array: lowered ops, in order
  TtTilingFormula *formulas; // stb_ds array, filled by the first match
  TtEdge *edges;             // stb_ds array
  TtMask *masks;             // stb_ds array
  int64_t numTileOps;
} TtTiling;

/// The block that a tensor has become.
MlirValue ttTilingBlock(const TtTiling *tiling, MlirValue tensor);
void ttTilingMap(TtTiling *tiling, MlirValue tensor, MlirValue block);
TtVectorKind ttTilingVector(const TtTiling *tiling, MlirValue tensor);
bool ttTilingIsPacked(const TtTiling *tiling, MlirValue tensor);

/// The format in which a scalar type is computed.
bool ttScalarFormat(MlirType scalar, TtDataFormat *format);

/// The block type of `tensor`; null after a diagnostic at `op`.
MlirType ttTilingBlockType(const TtTiling *tiling, MlirOperation op,
                           MlirValue tensor);

/// The block type of so many elements; tiles are filled whole if `packed`.
MlirType ttElementBlockType(MlirContext context, int64_t rows, int64_t cols,
                            bool packed, TtDataFormat format);

/// Positions of the dims of a tensor that run along tile rows and columns; -1
/// where it has none.
typedef struct {
  int row, col;
} TtPlace;
TtPlace ttTilingPlace(const TtTiling *tiling, MlirValue tensor);

/// The transposed block.
MlirValue ttTilingTranspose(TtTiling *tiling, const TtBuilder *b,
                            MlirLocation loc, MlirValue block);
/// Makes the block of tensor `from` that of its reshape `to`.
bool ttTilingReshape(TtTiling *tiling, MlirOperation op, MlirValue from,
                     MlirValue to, MlirValue *block);

/// Decides how the 1-D tensors of a kernel lie in their tiles.
bool ttTilingPlaceVectors(TtTiling *tiling, MlirOperation kernel);

//===- Transfers ----------------------------------------------------------===//

bool ttTilingLowerRead(TtTiling *tiling, MlirOperation op);
bool ttTilingLowerWrite(TtTiling *tiling, MlirOperation op);

//===- Structured ops -----------------------------------------------------===//

/// A linalg op: loops over `extents`, operands read through maps, and a body
/// with an argument per operand.
typedef struct {
  MlirOperation op;
  intptr_t numInputs, numInits;
  MlirAttribute maps; // one per operand
  int numLoops;
  int64_t extents[TtMaxLoops]; // in elements
  MlirBlock body;
} TtStructured;

/// Whether `op` is a linalg op with loops and a body.
bool ttOperationIsStructured(MlirOperation op);
bool ttStructuredGet(MlirOperation op, TtStructured *structured);
MlirAffineMap ttStructuredMap(const TtStructured *s, intptr_t operand);
/// The value that the body yields for result i.
MlirValue ttStructuredYield(const TtStructured *s, intptr_t i);
/// The operand that a body argument stands for, or -1.
intptr_t ttStructuredOperandOf(const TtStructured *s, MlirValue argument);

/// The loops that run along rows and columns of the tiles of some value; -1 for
/// a loop that it has not or that runs once. `packed`: the column loop fills
/// whole tiles.
typedef struct {
  int row, col;
  bool packed;
} TtSpace;

/// The loops of an operand; those of dims before the last two run once.
TtSpace ttStructuredSpace(const TtTiling *tiling, const TtStructured *s,
                          intptr_t operand);
/// Bits of the loops that run more than once and that `scalar` depends on.
unsigned ttStructuredLoopsOf(const TtStructured *s, MlirValue scalar);
unsigned ttSpaceLoops(TtSpace space);
/// Elements along a loop; 1 for none.
int64_t ttStructuredExtent(const TtStructured *s, int loop);
/// The block type of a space.
MlirType ttSpaceType(const TtTiling *tiling, const TtStructured *s,
                     TtSpace space, TtDataFormat format);

//===- Expressions --------------------------------------------------------===//

typedef struct {
  const void *key; // pointer of the scalar value
  MlirValue value;
} TtScalarEntry;

/// The lowering of body scalars in one space.
typedef struct {
  TtTiling *tiling;
  const TtStructured *structured;
  TtSpace space;
  TtBuilder builder;
  TtScalarEntry *done; // stb_ds map: scalar -> its block
} TtExpression;

TtExpression ttExpressionBegin(TtTiling *tiling, const TtStructured *s,
                               TtSpace space);
void ttExpressionEnd(TtExpression *e);

/// The block of a scalar, made if need be.
MlirValue ttExpressionBlock(TtExpression *e, MlirValue scalar);
/// A block of the expression's space in a format.
MlirType ttExpressionType(const TtExpression *e, TtDataFormat format);
MlirValue ttExpressionFill(TtExpression *e, MlirLocation loc, double number,
                           TtDataFormat format);
MlirValue ttExpressionCast(TtExpression *e, MlirLocation loc, MlirValue block,
                           TtDataFormat format);
MlirValue ttExpressionUnary(TtExpression *e, MlirLocation loc,
                            TtUnaryFunction function, MlirValue block,
                            intptr_t numParams, const float *params);
MlirValue ttExpressionBinary(TtExpression *e, MlirLocation loc,
                             TtBinaryFunction function, MlirValue lhs,
                             MlirValue rhs);

/// The number that a scalar of the body is, if it is a constant.
bool ttScalarConstant(const TtStructured *s, MlirValue scalar, double *number);
/// Whether a scalar is a truth value.
bool ttScalarIsTruth(MlirValue scalar);
/// The op that computes a scalar, or null.
MlirOperation ttScalarOp(MlirValue scalar);

/// A function that a scalar computes of another one by several ops.
typedef struct {
  TtUnaryFunction function;
  MlirValue operand;
  intptr_t numParams;
  float params[3];
} TtComposition;
bool ttComposeMatch(const TtExpression *e, MlirValue scalar,
                    TtComposition *found);
void ttTilingFormulasDestroy(TtTiling *tiling);

/// Comparisons, selections and operations on truth values; sets `*known` to
/// whether `op` is one.
MlirValue ttExpressionCompare(TtExpression *e, MlirOperation op, bool *known);

/// Conversions, comparisons of integers, extremes of unsigned ones; sets
/// `*known` to whether `op` is one.
MlirValue ttExpressionConvert(TtExpression *e, MlirOperation op, bool *known);

/// The block of a scalar with `rest` where some of the loops do not run.
MlirValue ttExpressionMasked(TtExpression *e, MlirValue block, unsigned loops,
                             double rest);
/// Whether the block of a scalar of the body has zeros there anyway.
bool ttExpressionPadsWithZero(const TtStructured *s, MlirValue scalar,
                              unsigned loops);

/// The block of a scalar that stands beside one of a format.
MlirValue ttExpressionBeside(TtExpression *e, MlirLocation loc,
                             MlirValue scalar, TtDataFormat format);

/// An operand of the structured op in the expression's space: transposed or
/// repeated where its map says so.
MlirValue ttExpressionOperand(TtExpression *e, intptr_t operand);
/// A block of space `from` in space `to`.
MlirValue ttTilingMoveBlock(TtTiling *tiling, const TtBuilder *b,
                            MlirOperation op, const TtStructured *s,
                            MlirValue block, TtSpace from, TtSpace to);

//===- Edges --------------------------------------------------------------===//

/// Notes the loops over dims that may end before their block; before anything
/// is lowered.
void ttTilingFindEdges(TtTiling *tiling, MlirOperation kernel);

/// The edge that a loop runs into, or null.
const TtEdge *ttTilingEdge(const TtTiling *tiling, MlirOperation op, int loop);

/// A dim of a block of tiles.
typedef struct {
  bool rows;          // from tile row to tile row
  int64_t extent;     // in elements
  const TtEdge *edge; // where it may end before that; or null
} TtDimOfBlock;

/// The block with `rest` behind the last elements of a dim; null after a
/// diagnostic at `op`.
MlirValue ttTilingMask(TtTiling *tiling, const TtBuilder *b, MlirOperation op,
                       TtDimOfBlock dim, MlirValue block, double rest);

/// The block that a write moves, with zeros behind the last elements of its
/// rows where these would share an exponent with them.
MlirValue ttTilingClearBehind(TtTiling *tiling, const TtBuilder *b,
                              MlirOperation write, MlirValue block);

/// Puts the `fill` of a read behind what is valid of its block.
bool ttTilingFillRead(TtTiling *tiling, const TtBuilder *b, MlirOperation read,
                      MlirValue *block);

//===- Results that need more than one element ----------------------------===//

/// Splits what the body yields for result i into the op that combines it with
/// the destination's element and the value that is combined.
bool ttStructuredSplit(const TtStructured *s, intptr_t i,
                       MlirOperation *combine, MlirValue *term);
/// The scalar before it was extended; the units extend their operands.
MlirValue ttScalarUnextended(MlirValue scalar);
/// `space`, or its transpose if the operand of `scalar` is stored that way.
TtSpace ttExpressionStoredSpace(const TtTiling *tiling, const TtStructured *s,
                                MlirValue scalar, TtSpace space);

/// Result i of a structured op as a block; the op's loops do not all appear in
/// the result.
MlirValue ttTilingContract(TtTiling *tiling, const TtStructured *s, intptr_t i,
                           bool *isContraction);
MlirValue ttTilingReduce(TtTiling *tiling, const TtStructured *s, intptr_t i);

bool ttTilingLowerSoftmax(TtTiling *tiling, MlirOperation op);

#endif // TT_PASSES_TILE_LOWERING_H
