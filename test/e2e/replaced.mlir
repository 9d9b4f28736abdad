// RUN: %tt-check %s

// c is read, then replaced by a: a is read last, so its copy cannot reach c too early.
func.func @rmw(%A: memref<256x32xbf16>, %C: memref<256x32xbf16>, %D: memref<256x32xbf16>) {
  scf.forall (%i) in (8) {
    %m = affine.apply affine_map<(d0) -> (d0 * 32)>(%i)
    %a = memref.alloc() : memref<32x32xbf16>
    %c = memref.alloc() : memref<32x32xbf16>
    %d = memref.alloc() : memref<32x32xbf16>
    %sa = memref.subview %A[%m, 0] [32, 32] [1, 1] : memref<256x32xbf16> to memref<32x32xbf16, strided<[32, 1], offset: ?>>
    %sc = memref.subview %C[%m, 0] [32, 32] [1, 1] : memref<256x32xbf16> to memref<32x32xbf16, strided<[32, 1], offset: ?>>
    %sd = memref.subview %D[%m, 0] [32, 32] [1, 1] : memref<256x32xbf16> to memref<32x32xbf16, strided<[32, 1], offset: ?>>
    memref.copy %sc, %c : memref<32x32xbf16, strided<[32, 1], offset: ?>> to memref<32x32xbf16>
    memref.copy %sa, %a : memref<32x32xbf16, strided<[32, 1], offset: ?>> to memref<32x32xbf16>
    memref.copy %a, %sc : memref<32x32xbf16> to memref<32x32xbf16, strided<[32, 1], offset: ?>>
    linalg.exp ins(%c : memref<32x32xbf16>) outs(%d : memref<32x32xbf16>)
    memref.copy %d, %sd : memref<32x32xbf16> to memref<32x32xbf16, strided<[32, 1], offset: ?>>
  }
  return
}
