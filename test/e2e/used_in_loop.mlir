// RUN: %tt-check %s

// A value that is used in the iterations of a loop and, once more, after it.
func.func @nested(%X: memref<64x32xbf16>, %Y: memref<64x128xbf16>, %Z: memref<64x128xbf16>, %W: memref<64x32xbf16>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  scf.forall (%by) in (2) {
    %row = affine.apply affine_map<(d0) -> (d0 * 32)>(%by)
    %t = memref.alloc() : memref<32x32xbf16>
    %m = memref.alloc() : memref<32x32xbf16>
    %x = memref.subview %X[%row, 0] [32, 32] [1, 1] : memref<64x32xbf16> to memref<32x32xbf16, strided<[32, 1], offset: ?>>
    linalg.exp ins(%x : memref<32x32xbf16, strided<[32, 1], offset: ?>>) outs(%t : memref<32x32xbf16>)
    scf.for %j = %c0 to %c4 step %c1 {
      %col = affine.apply affine_map<(d0) -> (d0 * 32)>(%j)
      %b = memref.subview %Y[%row, %col] [32, 32] [1, 1] : memref<64x128xbf16> to memref<32x32xbf16, strided<[128, 1], offset: ?>>
      linalg.add ins(%t, %b : memref<32x32xbf16>, memref<32x32xbf16, strided<[128, 1], offset: ?>>) outs(%m : memref<32x32xbf16>)
      %z = memref.subview %Z[%row, %col] [32, 32] [1, 1] : memref<64x128xbf16> to memref<32x32xbf16, strided<[128, 1], offset: ?>>
      memref.copy %m, %z : memref<32x32xbf16> to memref<32x32xbf16, strided<[128, 1], offset: ?>>
    }
    %w = memref.subview %W[%row, 0] [32, 32] [1, 1] : memref<64x32xbf16> to memref<32x32xbf16, strided<[32, 1], offset: ?>>
    linalg.negf ins(%t : memref<32x32xbf16>) outs(%m : memref<32x32xbf16>)
    memref.copy %m, %w : memref<32x32xbf16> to memref<32x32xbf16, strided<[32, 1], offset: ?>>
  }
  return
}
