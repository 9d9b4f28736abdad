// Types of the dialect.

#ifndef TT_TYPES
#define TT_TYPES

include "TTEnums.td"

class TT_Type<string name, string mnemonic_> : TypeDef<TT_Dialect, name> { let mnemonic = mnemonic_; }

def TT_Tile : TT_Type<"Tile", "tile"> {
  let summary = "a tile of the matrix engine";
  let description = [{
    `!tt.tile<32x32, bf16>`: `height` x `width` elements of one format, stored as 16x16 faces. The element type of block values:
    `tensor<2x4x!tt.tile<32x32, bf16>>` is a block of 64 x 128 elements.
  }];
  let parameters = (ins "int64_t":$height, "int64_t":$width, EnumParameter<TT_DataFormat>:$format);
  let assemblyFormat = "`<` custom<TileShape>($height, $width) `,` $format `>`";
  let genVerifyDecl = 1;
}

def TT_CB : TT_Type<"CB", "cb"> {
  let summary = "a circular buffer: a ring of pages in the L1 of each core";
  let description = "`!tt.cb<8 x !tt.tile<32x32, bf16>>`: a ring of 8 pages, each one tile.";
  let parameters = (ins "int64_t":$pages, "::mlir::Type":$tile);
  let assemblyFormat = "`<` $pages `x` $tile `>`";
  let genVerifyDecl = 1;
}

def TT_Accessor : TT_Type<"Accessor", "accessor"> {
  let summary = "address generator for the pages of a buffer (TensorAccessor)";
}

def TT_Semaphore : TT_Type<"Semaphore", "semaphore"> {
  let summary = "an L1 semaphore of a program";
}

// A block value: a grid of tiles.
def TT_TileBlock : Type<
    And<[CPred<"::llvm::isa<::mlir::RankedTensorType>($_self)">,
         CPred<"::llvm::cast<::mlir::RankedTensorType>($_self).hasStaticShape()">,
         CPred<"::llvm::cast<::mlir::RankedTensorType>($_self).getRank() == 2">,
         CPred<"::llvm::isa<::mlir::tt::TileType>(::llvm::cast<::mlir::RankedTensorType>($_self).getElementType())">]>,
    "static rank-2 tensor of !tt.tile", "::mlir::RankedTensorType">;

#endif // TT_TYPES
