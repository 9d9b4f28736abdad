// Tile values: pure ops on blocks of tiles, neutral about execution units until tt-build-tile-dfg sets `unit`.
//
// An element-wise op maps over the tile grid; its block operands have the shape of its result.

#ifndef TT_TILE_OPS
#define TT_TILE_OPS

include "TTBase.td"
include "TTTypes.td"
include "TTAttrs.td"
include "OpTable.td"

class TT_TileOp<string mnemonic, list<Trait> traits = []> : TT_Op<mnemonic, !listconcat([Pure], traits)> {
  let hasVerifier = 1;
}
// The number is an f64 so that it may be any 32-bit integer.
def TT_FillOp : TT_TileOp<"fill"> {
  let summary = "a block whose elements are all one number";
  let arguments = (ins F64Attr:$value);
  let results = (outs TT_TileBlock:$result);
  let assemblyFormat = "$value `:` type($result) attr-dict";
  let hasVerifier = 0;
}

def TT_UnaryOp : TT_TileOp<"unary", [SameOperandsAndResultType]> {
  let summary = "a function of the op table on each element";
  let description = "`tt.unary exp %x`, `tt.unary add_scalar %x params [2.0]`.";
  let arguments = (ins TT_UnaryFunctionEnumAttr:$function, TT_TileBlock:$operand,
      DefaultValuedAttr<DenseF32ArrayAttr, "{}">:$params, OptionalAttr<TT_UnitEnumAttr>:$unit);
  let results = (outs TT_TileBlock:$result);
  let assemblyFormat = "`` $function $operand (`params` custom<FloatList>($params)^)? `:` type($result) attr-dict";
}

def TT_BinaryOp : TT_TileOp<"binary", [SameOperandsAndResultType]> {
  let summary = "a function of the op table on pairs of elements";
  let arguments = (ins TT_BinaryFunctionEnumAttr:$function, TT_TileBlock:$lhs, TT_TileBlock:$rhs,
      OptionalAttr<TT_UnitEnumAttr>:$unit);
  let results = (outs TT_TileBlock:$result);
  let assemblyFormat = "`` $function $lhs `,` $rhs `:` type($result) attr-dict";
}

def TT_SelectOp : TT_TileOp<"select", [SameOperandsAndResultType]> {
  let summary = "the second operand where the first is not zero, else the third";
  let arguments = (ins TT_TileBlock:$condition, TT_TileBlock:$lhs, TT_TileBlock:$rhs, OptionalAttr<TT_UnitEnumAttr>:$unit);
  let results = (outs TT_TileBlock:$result);
  let assemblyFormat = "$condition `,` $lhs `,` $rhs `:` type($result) attr-dict";
  let hasVerifier = 0;
}

def TT_TypecastOp : TT_TileOp<"typecast"> {
  let summary = "the same numbers in another format; floats become integers towards zero";
  let description = "`unsigned`: 32-bit integers are read, or made, as unsigned ones.";
  let arguments = (ins TT_TileBlock:$operand, UnitAttr:$is_unsigned, OptionalAttr<TT_UnitEnumAttr>:$unit);
  let results = (outs TT_TileBlock:$result);
  let assemblyFormat = "$operand (`unsigned` $is_unsigned^)? `:` type($operand) `to` type($result) attr-dict";
}

def TT_MmaOp : TT_TileOp<"mma", [AllTypesMatch<["acc", "result"]>]> {
  let summary = "acc + lhs x rhs over the tile grids";
  let description = [{
    `tt.mma %a, %b, %acc : MxK, KxN -> MxN` tiles. `transpose_a`: `lhs` is stored KxM (grid and tiles), `transpose_b`: `rhs` is stored NxK.
  }];
  let arguments = (ins TT_TileBlock:$lhs, TT_TileBlock:$rhs, TT_TileBlock:$acc, UnitAttr:$transpose_a, UnitAttr:$transpose_b);
  let results = (outs TT_TileBlock:$result);
  let assemblyFormat = "$lhs `,` $rhs `,` $acc `:` type($lhs) `,` type($rhs) `->` type($result) attr-dict";
}

def TT_BcastOp : TT_TileOp<"bcast"> {
  let summary = "a row, column or scalar repeated over a block";
  let description = "`row`: 1xN tiles whose row 0 counts, to MxN; `col`: Mx1 tiles whose column 0 counts; `scalar`: one tile whose [0][0] counts.";
  let arguments = (ins TT_BcastDimEnumAttr:$dim, TT_TileBlock:$operand, OptionalAttr<TT_UnitEnumAttr>:$unit);
  let results = (outs TT_TileBlock:$result);
  let assemblyFormat = "`` $dim $operand `:` type($operand) `to` type($result) attr-dict";
}

def TT_ReduceOp : TT_TileOp<"reduce", [AttrSizedOperandSegments]> {
  let summary = "sum or maximum along rows, columns or both, combined with acc";
  let description = [{
    `row`: MxN tiles to Mx1, result in column 0 of each tile; `col`: to 1xN, row 0; `scalar`: to 1x1, [0][0]. `scale` multiplies every
    element (1/N makes a mean). `scaler` is the tile that the matrix engine multiplies by, added by tt-build-tile-dfg.
  }];
  let arguments = (ins TT_ReduceKindEnumAttr:$kind, TT_ReduceDimEnumAttr:$dim,
      TT_TileBlock:$operand, Optional<TT_TileBlock>:$acc, Optional<TT_TileBlock>:$scaler,
      DefaultValuedAttr<F32Attr, "1.0">:$scale);
  let results = (outs TT_TileBlock:$result);
  let assemblyFormat = "`` $kind `` $dim $operand (`,` $acc^ `:` type($acc) `,`)? (`by` $scaler^ `:` type($scaler) `,`)? `:` type($operand) `to` type($result) attr-dict";
}

def TT_TransposeOp : TT_TileOp<"transpose"> {
  let summary = "the transposed block: its grid and each tile";
  let arguments = (ins TT_TileBlock:$operand);
  let results = (outs TT_TileBlock:$result);
  let assemblyFormat = "$operand `:` type($operand) `to` type($result) attr-dict";
}

#endif // TT_TILE_OPS
