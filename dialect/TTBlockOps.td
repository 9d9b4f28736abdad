// Kernel-body level: blocks that cross between buffers and cores.

#ifndef TT_BLOCK_OPS
#define TT_BLOCK_OPS

include "TTBase.td"
include "TTTypes.td"
include "TTAttrs.td"

// Offsets are in elements while the block's element type is a scalar, in tiles once it is a tile. `valid` (one per dim, or none) is the extent
// of the block that lies inside the buffer, in elements; the rest is padding, which a buffer has once its layout is inferred. Blocks of tiles have none.
class TT_BlockTransferOp<string mnemonic, list<Trait> traits>
    : TT_Op<mnemonic, !listconcat([AttrSizedOperandSegments, DeclareOpInterfaceMethods<SymbolUserOpInterface>], traits)>;

def TT_ReadBlockOp : TT_BlockTransferOp<"read_block", []> {
  let summary = "a block of a buffer as a value";
  let description = [{
    `%a = tt.read_block @A[%i, %k] via %cb !tt.cb<…> : tensor<2x1x!tt.tile<32x32, bf16>>`. One execution is one production of its circular buffer.
    `fill` is what elements beyond `valid` read as, if it matters; `transfer` is set by tt-propagate-layout, `via` by tt-lower-shared-to-cb.
    `stages` is the user's `tt.num_stages` of the loop that holds the transfer.
  }];
  let arguments = (ins FlatSymbolRefAttr:$buffer,
      Arg<Variadic<Index>, "", [MemRead<TT_BufferResource>]>:$offsets, Variadic<Index>:$valid, Optional<TT_CB>:$cb,
      OptionalAttr<F32Attr>:$fill, OptionalAttr<I64Attr>:$stages, OptionalAttr<TT_TransferAttr>:$transfer);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = [{
    $buffer `[` $offsets `]` (`valid` `[` $valid^ `]`)? (`via` $cb^ type($cb))? `:` type($result) attr-dict
  }];
  let hasVerifier = 1;
}

def TT_WriteBlockOp : TT_BlockTransferOp<"write_block", []> {
  let summary = "a value to a block of a buffer";
  let description = "`tt.write_block %c, @C[%i, %j] via %cb !tt.cb<…> : tensor<…>`. What is written beyond `valid` is padding.";
  let arguments = (ins AnyRankedTensor:$value, FlatSymbolRefAttr:$buffer, Variadic<Index>:$offsets, Variadic<Index>:$valid,
      Optional<TT_CB>:$cb, OptionalAttr<TT_TransferAttr>:$transfer);
  let assemblyFormat = [{
    $value `,` $buffer `[` $offsets `]` (`valid` `[` $valid^ `]`)? (`via` $cb^ type($cb))? `:` type($value) attr-dict
  }];
  let hasVerifier = 1;
}

def TT_ConstantTileOp : TT_Op<"constant_tile", [MemoryEffects<[MemWrite<TT_CBResource>]>]> {
  let summary = "a tile of one number, made once per program by the reader";
  let description = "Stands in front of the loop over the items: the scaler of a reduction.";
  let arguments = (ins F32Attr:$value, TT_CB:$cb);
  let results = (outs TT_TileBlock:$result);
  let assemblyFormat = "$value `via` $cb type($cb) `:` type($result) attr-dict";
}

def TT_AllocCBOp : TT_Op<"alloc_cb"> {
  let summary = "a circular buffer of the unified body";
  let description = [{
    `%cb = tt.alloc_cb : !tt.cb<4 x !tt.tile<32x32, bf16>> {production = 2}`. tt-lower-shared-to-cb makes it for a transfer with geometry only;
    tt-build-tile-dfg completes it: `id`, `order` (a production holds its block sub-block by sub-block, each `order[0]` x `order[1]` tiles, row by
    row) and `unpack` (where the consumer's unpacker puts its tiles), and adds those between compute ops.
    The ring holds `pages` of the type; each production is `production` pages, and `pages` is a multiple of it.
  }];
  let arguments = (ins I64Attr:$production, OptionalAttr<I64Attr>:$id, OptionalAttr<DenseI64ArrayAttr>:$order,
      OptionalAttr<TT_UnpackModeEnumAttr>:$unpack, OptionalAttr<StrAttr>:$name);
  let results = (outs Res<TT_CB, "", [MemAlloc<TT_CBResource>]>:$result);
  let assemblyFormat = "`:` type($result) attr-dict";
  let hasVerifier = 1;
}

#endif // TT_BLOCK_OPS
