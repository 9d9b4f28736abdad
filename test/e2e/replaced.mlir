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

// The only block of a grid, and of a loop, is the whole buffer, however its place is computed.
func.func @only_block(%a: tensor<64x32xf32>) -> tensor<64x32xf32> {
  %r = scf.forall (%i) = (64) to (128) step (64) shared_outs(%o = %a) -> (tensor<64x32xf32>) {
    %m = affine.apply affine_map<(d0) -> (d0 - 64)>(%i)
    %e = tensor.empty() : tensor<64x32xf32>
    %y = linalg.exp ins(%o : tensor<64x32xf32>) outs(%e : tensor<64x32xf32>) -> tensor<64x32xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %y into %o[%m, 0] [64, 32] [1, 1] : tensor<64x32xf32> into tensor<64x32xf32>
    }
  }
  return %r : tensor<64x32xf32>
}

func.func @only_step(%a: memref<64x32xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c64 = arith.constant 64 : index
  scf.forall (%i) in (1) {
    scf.for %k = %c0 to %c1 step %c1 {
      %m = arith.muli %k, %c64 : index
      %s = memref.subview %a[%m, 0] [64, 32] [1, 1] : memref<64x32xf32> to memref<64x32xf32, strided<[32, 1], offset: ?>>
      linalg.exp ins(%a : memref<64x32xf32>) outs(%s : memref<64x32xf32, strided<[32, 1], offset: ?>>)
    }
  }
  return
}
