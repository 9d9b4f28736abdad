// RUN: %tt-check %s

// c = a + b in memory form on bf16, blocks of 32x32; linalg reads and writes the arguments' subviews directly.
#id = affine_map<(i, j) -> (i, j)>
func.func @add(%a: memref<64x96xbf16>, %b: memref<64x96xbf16>, %c: memref<64x96xbf16>) {
  scf.forall (%by, %bx) in (2, 3) {
    %row = affine.apply affine_map<(d0) -> (d0 * 32)>(%by)
    %col = affine.apply affine_map<(d0) -> (d0 * 32)>(%bx)
    %as = memref.subview %a[%row, %col] [32, 32] [1, 1] : memref<64x96xbf16> to memref<32x32xbf16, strided<[96, 1], offset: ?>>
    %bs = memref.subview %b[%row, %col] [32, 32] [1, 1] : memref<64x96xbf16> to memref<32x32xbf16, strided<[96, 1], offset: ?>>
    %cs = memref.subview %c[%row, %col] [32, 32] [1, 1] : memref<64x96xbf16> to memref<32x32xbf16, strided<[96, 1], offset: ?>>
    linalg.add ins(%as, %bs : memref<32x32xbf16, strided<[96, 1], offset: ?>>, memref<32x32xbf16, strided<[96, 1], offset: ?>>)
               outs(%cs : memref<32x32xbf16, strided<[96, 1], offset: ?>>)
  }
  return
}
