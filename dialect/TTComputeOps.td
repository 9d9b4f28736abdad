// Device level, compute: one op per Metalium call (METALIUM sheet §3).
//
// A tile in a circular buffer is `@cb[%i]` (i counts from the front), a tile register `dst[%d]`.

#ifndef TT_COMPUTE_OPS
#define TT_COMPUTE_OPS

include "TTBase.td"
include "TTTypes.td"
include "TTAttrs.td"
include "OpTable.td"

// Compute calls drive the tile registers; inits and reconfigs the programmed state.
class TT_ComputeOp<string mnemonic> : TT_Op<mnemonic, [MemoryEffects<[MemWrite<TT_DstResource>]>]>;
class TT_InitOp<string mnemonic> : TT_Op<mnemonic, [MemoryEffects<[MemWrite<TT_StateResource>]>]>;

class TT_TileRegsOp<string name, string what> : TT_ComputeOp<"tile_regs_" # name> {
  let summary = what;
  let assemblyFormat = "attr-dict";
}
def TT_TileRegsAcquireOp : TT_TileRegsOp<"acquire", "math waits for a free half of the tile registers">;
def TT_TileRegsCommitOp : TT_TileRegsOp<"commit", "math hands its half to the packer">;
def TT_TileRegsWaitOp : TT_TileRegsOp<"wait", "the packer waits for that half">;
def TT_TileRegsReleaseOp : TT_TileRegsOp<"release", "the packer frees it">;

def TT_HwStartupOp : TT_InitOp<"hw_startup"> {
  let summary = "configure unpackers, math and packer for the first op; once, first";
  let description = "`reverse` is the operand order of matmul: `in0` goes to SrcB, `in1` to SrcA.";
  let arguments = (ins FlatSymbolRefAttr:$in0, FlatSymbolRefAttr:$in1, FlatSymbolRefAttr:$out, UnitAttr:$reverse);
  let assemblyFormat = "(`reverse` $reverse^)? $in0 `,` $in1 `,` $out attr-dict";
}

def TT_ReconfigDataFormatOp : TT_InitOp<"reconfig_data_format"> {
  let summary = "unpackers to the formats of other circular buffers; a missing one is left as it is";
  let arguments = (ins OptionalAttr<FlatSymbolRefAttr>:$srca, OptionalAttr<FlatSymbolRefAttr>:$srcb);
  let assemblyFormat = "(`srca` $srca^)? (`srcb` $srcb^)? attr-dict";
  let hasVerifier = 1;
}
def TT_PackReconfigDataFormatOp : TT_InitOp<"pack_reconfig_data_format"> {
  let summary = "packer to the format of another circular buffer";
  let arguments = (ins FlatSymbolRefAttr:$cb);
  let assemblyFormat = "$cb attr-dict";
}
def TT_PackReconfigL1AccOp : TT_InitOp<"pack_reconfig_l1_acc"> {
  let summary = "whether the packer adds to what is in L1";
  let arguments = (ins BoolAttr:$enable);
  let assemblyFormat = "$enable attr-dict";
}

def TT_CopyInitOp : TT_InitOp<"copy_init"> {
  let summary = "prepare `tt.copy_tile`";
  let arguments = (ins FlatSymbolRefAttr:$cb);
  let assemblyFormat = "$cb attr-dict";
}
def TT_CopyTileOp : TT_ComputeOp<"copy_tile"> {
  let summary = "a tile from a circular buffer to a tile register";
  let arguments = (ins FlatSymbolRefAttr:$cb, Index:$tile, Index:$dst);
  let assemblyFormat = "$cb `[` $tile `]` `,` `dst` `[` $dst `]` attr-dict";
}

def TT_MatmulInitOp : TT_InitOp<"matmul_init"> {
  let summary = "prepare `tt.matmul_tiles`";
  let arguments = (ins FlatSymbolRefAttr:$in0, FlatSymbolRefAttr:$in1, UnitAttr:$transpose);
  let assemblyFormat = "$in0 `,` $in1 (`transpose` $transpose^)? attr-dict";
}
def TT_MatmulTilesOp : TT_ComputeOp<"matmul_tiles"> {
  let summary = "dst += in0[tile0] x in1[tile1]";
  let arguments = (ins FlatSymbolRefAttr:$in0, FlatSymbolRefAttr:$in1, Index:$tile0, Index:$tile1, Index:$dst);
  let assemblyFormat = "$in0 `[` $tile0 `]` `,` $in1 `[` $tile1 `]` `,` `dst` `[` $dst `]` attr-dict";
}
def TT_MatmulBlockInitOp : TT_InitOp<"matmul_block_init"> {
  let summary = "prepare `tt.matmul_block`";
  let arguments = (ins FlatSymbolRefAttr:$in0, FlatSymbolRefAttr:$in1, I64Attr:$ct, I64Attr:$rt, I64Attr:$kt, UnitAttr:$transpose);
  let assemblyFormat = "$in0 `,` $in1 `ct` $ct `rt` $rt `kt` $kt (`transpose` $transpose^)? attr-dict";
}
def TT_MatmulBlockOp : TT_ComputeOp<"matmul_block"> {
  let summary = "one k step of a sub-block: dst[r*ct + c] += in0[tile0 + r*kt] x in1[tile1 + c]";
  let arguments = (ins FlatSymbolRefAttr:$in0, FlatSymbolRefAttr:$in1, Index:$tile0, Index:$tile1, Index:$dst, I64Attr:$ct, I64Attr:$rt,
      I64Attr:$kt, UnitAttr:$transpose);
  let assemblyFormat = [{
    $in0 `[` $tile0 `]` `,` $in1 `[` $tile1 `]` `,` `dst` `[` $dst `]` `ct` $ct `rt` $rt `kt` $kt (`transpose` $transpose^)? attr-dict
  }];
}

def TT_BinaryTilesInitOp : TT_InitOp<"binary_tiles_init"> {
  let summary = "prepare `tt.binary_tiles` (add_init, sub_init, mul_init)";
  let arguments = (ins TT_FpuBinaryEnumAttr:$function, FlatSymbolRefAttr:$in0, FlatSymbolRefAttr:$in1);
  let assemblyFormat = "`` $function $in0 `,` $in1 attr-dict";
}
def TT_BinaryTilesOp : TT_ComputeOp<"binary_tiles"> {
  let summary = "FPU function of two tiles from circular buffers (add_tiles, sub_tiles; mul_tiles adds to dst)";
  let arguments = (ins TT_FpuBinaryEnumAttr:$function, FlatSymbolRefAttr:$in0, FlatSymbolRefAttr:$in1, Index:$tile0, Index:$tile1, Index:$dst);
  let assemblyFormat = "`` $function $in0 `[` $tile0 `]` `,` $in1 `[` $tile1 `]` `,` `dst` `[` $dst `]` attr-dict";
}
// `dst_first`: dst OP cb (DEST_TO_SRCA); otherwise cb OP dst (DEST_TO_SRCB).
def TT_ReuseDestInitOp : TT_InitOp<"reuse_dest_init"> {
  let summary = "prepare `tt.reuse_dest_tiles`";
  let arguments = (ins TT_FpuBinaryEnumAttr:$function, FlatSymbolRefAttr:$cb, UnitAttr:$dst_first);
  let assemblyFormat = "`` $function (`dst_first` $dst_first^)? $cb attr-dict";
}
def TT_ReuseDestTilesOp : TT_ComputeOp<"reuse_dest_tiles"> {
  let summary = "FPU function of a tile register and a tile from a circular buffer, into the register";
  let arguments = (ins TT_FpuBinaryEnumAttr:$function, FlatSymbolRefAttr:$cb, Index:$tile, Index:$dst, UnitAttr:$dst_first);
  let assemblyFormat = "`` $function (`dst_first` $dst_first^)? $cb `[` $tile `]` `,` `dst` `[` $dst `]` attr-dict";
}

def TT_UnaryTileInitOp : TT_InitOp<"unary_tile_init"> {
  let summary = "prepare `tt.unary_tile`";
  let arguments = (ins TT_UnaryFunctionEnumAttr:$function);
  let assemblyFormat = "`` $function attr-dict";
}
def TT_UnaryTileOp : TT_ComputeOp<"unary_tile"> {
  let summary = "SFPU function of a tile register, in place";
  let arguments = (ins TT_UnaryFunctionEnumAttr:$function, Index:$dst, DefaultValuedAttr<DenseF32ArrayAttr, "{}">:$params);
  let assemblyFormat = "`` $function `dst` `[` $dst `]` (`params` custom<FloatList>($params)^)? attr-dict";
}
def TT_BinaryTileInitOp : TT_InitOp<"binary_tile_init"> {
  let summary = "prepare `tt.binary_tile`";
  let arguments = (ins TT_BinaryFunctionEnumAttr:$function);
  let assemblyFormat = "`` $function attr-dict";
}
def TT_BinaryTileOp : TT_ComputeOp<"binary_tile"> {
  let summary = "SFPU function of two tile registers into a third, which may be the first";
  let arguments = (ins TT_BinaryFunctionEnumAttr:$function, Index:$lhs, Index:$rhs, Index:$dst);
  let assemblyFormat = "`` $function `dst` `[` $lhs `]` `,` `dst` `[` $rhs `]` `,` `dst` `[` $dst `]` attr-dict";
}
def TT_FillTileInitOp : TT_InitOp<"fill_tile_init"> {
  let summary = "prepare `tt.fill_tile`";
  let assemblyFormat = "attr-dict";
}
def TT_FillTileOp : TT_ComputeOp<"fill_tile"> {
  let summary = "one number in every element of a tile register, as an f32 or as a 32-bit integer";
  let arguments = (ins Index:$dst, F64Attr:$value, UnitAttr:$integer);
  let assemblyFormat = "`dst` `[` $dst `]` `,` $value (`integer` $integer^)? attr-dict";
}
def TT_TypecastTileInitOp : TT_InitOp<"typecast_tile_init"> {
  let summary = "prepare `tt.typecast_tile`";
  let arguments = (ins TT_DataFormatEnumAttr:$from, TT_DataFormatEnumAttr:$to);
  let assemblyFormat = "$from `to` $to attr-dict";
}
def TT_TypecastTileOp : TT_ComputeOp<"typecast_tile"> {
  let summary = "a tile register between a 32-bit integer and a float, in place";
  let description = "Towards zero to integers, to nearest even to floats. Needs fp32 tile registers.";
  let arguments = (ins TT_DataFormatEnumAttr:$from, TT_DataFormatEnumAttr:$to, Index:$dst);
  let assemblyFormat = "$from `to` $to `dst` `[` $dst `]` attr-dict";
}
def TT_CopyDestInitOp : TT_InitOp<"copy_dest_values_init"> {
  let summary = "prepare `tt.copy_dest_values`";
  let assemblyFormat = "attr-dict";
}
def TT_CopyDestOp : TT_ComputeOp<"copy_dest_values"> {
  let summary = "a tile register to another";
  let arguments = (ins Index:$source, Index:$dst);
  let assemblyFormat = "`dst` `[` $source `]` `,` `dst` `[` $dst `]` attr-dict";
}

// `out` is the circular buffer that the reduced tiles are packed to.
def TT_ReduceInitOp : TT_InitOp<"reduce_init"> {
  let summary = "prepare `tt.reduce_tile`; masks the packer until `tt.reduce_uninit`";
  let arguments = (ins TT_ReduceKindEnumAttr:$kind, TT_ReduceDimEnumAttr:$dim, FlatSymbolRefAttr:$in, FlatSymbolRefAttr:$scaler,
      FlatSymbolRefAttr:$out);
  let assemblyFormat = "`` $kind `` $dim $in `,` $scaler `,` $out attr-dict";
}
def TT_ReduceTileOp : TT_ComputeOp<"reduce_tile"> {
  let summary = "dst += (or max=) in[tile] reduced along dim, each element times scaler[0]";
  let arguments = (ins TT_ReduceKindEnumAttr:$kind, TT_ReduceDimEnumAttr:$dim, FlatSymbolRefAttr:$in, FlatSymbolRefAttr:$scaler,
      FlatSymbolRefAttr:$out, Index:$tile, Index:$scaler_tile, Index:$dst);
  let assemblyFormat = [{
    `` $kind `` $dim $in `[` $tile `]` `,` $scaler `[` $scaler_tile `]` `,` `dst` `[` $dst `]` `for` $out attr-dict
  }];
}
def TT_ReduceUninitOp : TT_InitOp<"reduce_uninit"> {
  let summary = "end of a reduction: the packer packs whole tiles again";
  let assemblyFormat = "attr-dict";
}

def TT_UnaryBcastInitOp : TT_InitOp<"unary_bcast_init"> {
  let summary = "prepare `tt.unary_bcast`";
  let arguments = (ins TT_BcastDimEnumAttr:$dim, FlatSymbolRefAttr:$cb);
  let assemblyFormat = "`` $dim $cb attr-dict";
}
def TT_UnaryBcastOp : TT_ComputeOp<"unary_bcast"> {
  let summary = "row 0, column 0 or element [0][0] of a tile, repeated over a tile register";
  let arguments = (ins TT_BcastDimEnumAttr:$dim, FlatSymbolRefAttr:$cb, Index:$tile, Index:$dst);
  let assemblyFormat = "`` $dim $cb `[` $tile `]` `,` `dst` `[` $dst `]` attr-dict";
}
def TT_UnaryBcastUninitOp : TT_InitOp<"unary_bcast_uninit"> {
  let summary = "end of `tt.unary_bcast`";
  let arguments = (ins TT_BcastDimEnumAttr:$dim, FlatSymbolRefAttr:$cb);
  let assemblyFormat = "`` $dim $cb attr-dict";
}

def TT_TransposeInitOp : TT_InitOp<"transpose_init"> {
  let summary = "prepare `tt.transpose_tile`";
  let arguments = (ins FlatSymbolRefAttr:$cb);
  let assemblyFormat = "$cb attr-dict";
}
def TT_TransposeTileOp : TT_ComputeOp<"transpose_tile"> {
  let summary = "the transpose of a tile from a circular buffer";
  let arguments = (ins FlatSymbolRefAttr:$cb, Index:$tile, Index:$dst);
  let assemblyFormat = "$cb `[` $tile `]` `,` `dst` `[` $dst `]` attr-dict";
}

def TT_TransposeDestInitOp : TT_InitOp<"transpose_dest_init"> {
  let summary = "prepare `tt.transpose_dest`";
  let assemblyFormat = "attr-dict";
}
def TT_TransposeDestOp : TT_ComputeOp<"transpose_dest"> {
  let summary = "a tile register of 32-bit elements, transposed in place";
  let arguments = (ins Index:$dst);
  let assemblyFormat = "`dst` `[` $dst `]` attr-dict";
}

def TT_WhereTileInitOp : TT_InitOp<"where_tile_init"> {
  let summary = "prepare `tt.where_tile`";
  let assemblyFormat = "attr-dict";
}
def TT_WhereTileOp : TT_ComputeOp<"where_tile"> {
  let summary = "the second register where the first is not zero, else the third; floats, or 32-bit integers";
  let arguments = (ins Index:$condition, Index:$lhs, Index:$rhs, Index:$dst, UnitAttr:$integer);
  let assemblyFormat = [{
    `dst` `[` $condition `]` `,` `dst` `[` $lhs `]` `,` `dst` `[` $rhs `]` `,` `dst` `[` $dst `]` (`integer` $integer^)? attr-dict
  }];
}

def TT_PackTileOp : TT_Op<"pack_tile", [MemoryEffects<[MemWrite<TT_DstResource>, MemWrite<TT_CBResource>]>]> {
  let summary = "a tile register to the reserved pages of a circular buffer: appended, or to page `tile` of the window";
  let description = [{
    `reduced`: of the register only what a reduction along that dimension leaves is a value; the packer writes zeros for the rest, as `tt.reduce_init` sets it up.
  }];
  let arguments = (ins Index:$dst, FlatSymbolRefAttr:$cb, Optional<Index>:$tile, OptionalAttr<TT_ReduceDimEnumAttr>:$reduced);
  let assemblyFormat = "`dst` `[` $dst `]` `,` $cb (`[` $tile^ `]`)? (`reduced` `` $reduced^)? attr-dict";
}

#endif // TT_COMPUTE_OPS
