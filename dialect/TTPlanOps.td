// Plan level: what shares one acquire…release of the tile registers.

#ifndef TT_PLAN_OPS
#define TT_PLAN_OPS

include "TTBase.td"
include "TTTypes.td"
include "TTAttrs.td"

def TT_SectionOp : TT_Op<"section", [SingleBlock, RecursiveMemoryEffects, MemoryEffects<[MemWrite<TT_DstResource>]>]> {
  let summary = "tile ops that share one acquire…release of the tile registers";
  let description = [{
    ```mlir
    %out = tt.section grid [1, 2] via %cb_c : !tt.cb<…> -> tensor<2x4x!tt.tile<32x32, bf16>> {
    ^bb0(%r: index, %c: index):          // first tile row and column of the sub-block
      %x = tt.sub_block %blk[%r, %c] : tensor<2x4x!tt.tile<…>> to tensor<2x2x!tt.tile<…>>
      %e = tt.unary exp %x : tensor<2x2x!tt.tile<…>> {unit = #tt.unit<sfpu>}
      tt.yield %e : tensor<2x2x!tt.tile<…>>
    }
    ```
    The body runs once per sub-block, row by row over `grid`; each run acquires the tile registers, computes, and packs what it yields. A yielded
    sub-block of a result with R x C tiles and grid `[gr, gc]` has R/gr x C/gc tiles. Values defined in the body live in tile registers (each tile of a
    value in one register); values defined outside live in circular buffers. Result i is packed into circular buffer i, in that buffer's format.

    Before the split, circular buffers are operands (`via`). After it the section has no results, and `outputs` names them.

    In a `tt.accumulate` a section packs to the pages that are reserved there, and what it packs is added to them. With `starts_sum` its first run packs
    plainly, and the packer adds from then on.
  }];
  let arguments = (ins DenseI64ArrayAttr:$grid, Variadic<TT_CB>:$cbs, OptionalAttr<FlatSymbolRefArrayAttr>:$outputs, UnitAttr:$starts_sum);
  let results = (outs Variadic<TT_TileBlock>:$results);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    `grid` $grid (`via` $cbs^ `:` type($cbs))? (`to` $outputs^)? (`->` type($results)^)? $body attr-dict
  }];
  let hasRegionVerifier = 1; // of what tt.yield has, once that is verified
}

def TT_AccumulateOp : TT_Op<"accumulate", [SingleBlock, NoTerminator, RecursiveMemoryEffects, MemoryEffects<[MemWrite<TT_DstResource>]>]> {
  let summary = "blocks that the packer sums up in L1";
  let description = [{
    ```mlir
    %sum = tt.accumulate via %cb : !tt.cb<…> -> tensor<4x4x!tt.tile<32x32, f32>> {
      scf.for %k = … {
        %a = tt.read_block …
        %b = tt.read_block …
        %s = tt.section grid [2, 2] via %cb : !tt.cb<…> -> tensor<4x4x!tt.tile<32x32, f32>> {
          …
        } {starts_sum}
      }
    }
    ```
    One production of each circular buffer is reserved in front of the body and pushed behind it. The sections in the body pack sub-block i of their grid to
    the pages from i x (tiles of a sub-block) on, again and again: the result is the sum of all they packed. All sections have the same sub-blocks.

    Before the split, circular buffers are operands (`via`). After it the op has no results, and `outputs` names them; `pages` are those of a production.
  }];
  let arguments = (ins Variadic<TT_CB>:$cbs, OptionalAttr<FlatSymbolRefArrayAttr>:$outputs, OptionalAttr<DenseI64ArrayAttr>:$pages);
  let results = (outs Variadic<TT_TileBlock>:$results);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    (`via` $cbs^ `:` type($cbs))? (`to` $outputs^)? (`->` type($results)^)? $body attr-dict
  }];
  let hasVerifier = 1;
}

def TT_YieldOp : TT_Op<"yield", [Terminator, Pure, HasParent<"::mlir::tt::SectionOp">]> {
  let summary = "the sub-blocks that a section packs";
  let arguments = (ins Variadic<TT_TileBlock>:$values);
  let assemblyFormat = "($values^ `:` type($values))? attr-dict";
}

def TT_SubBlockOp : TT_Op<"sub_block", [Pure]> {
  let summary = "part of a block";
  let description = "Tiles [row, row + R) x [col, col + C) of the operand; offsets in tiles.";
  let arguments = (ins TT_TileBlock:$operand, Index:$row, Index:$col);
  let results = (outs TT_TileBlock:$result);
  let assemblyFormat = "$operand `[` $row `,` $col `]` `:` type($operand) `to` type($result) attr-dict";
  let hasVerifier = 1;
}

#endif // TT_PLAN_OPS
