// RUN: %tt-check %s
// RUN: %tt-check %s --arch blackhole --seed 2

// Chains of unary functions in memory form: exp, tanh, sqrt, relu and a constant, on bf16, blocks of 64x32.
// tt-check: %p range 0.25 2
#id = affine_map<(i, j) -> (i, j)>
func.func @chain(%x: memref<64x64xbf16>, %p: memref<64x64xbf16>, %y: memref<64x64xbf16>) {
  %zero = arith.constant 0.0 : bf16
  %half = arith.constant 5.000000e-01 : bf16
  scf.forall (%b) in (2) {
    %col = affine.apply affine_map<(d0) -> (d0 * 32)>(%b)
    %xs = memref.subview %x[0, %col] [64, 32] [1, 1] : memref<64x64xbf16> to memref<64x32xbf16, strided<[64, 1], offset: ?>>
    %ps = memref.subview %p[0, %col] [64, 32] [1, 1] : memref<64x64xbf16> to memref<64x32xbf16, strided<[64, 1], offset: ?>>
    %ys = memref.subview %y[0, %col] [64, 32] [1, 1] : memref<64x64xbf16> to memref<64x32xbf16, strided<[64, 1], offset: ?>>
    linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]}
        ins(%xs, %ps : memref<64x32xbf16, strided<[64, 1], offset: ?>>, memref<64x32xbf16, strided<[64, 1], offset: ?>>)
        outs(%ys : memref<64x32xbf16, strided<[64, 1], offset: ?>>) {
    ^bb0(%a: bf16, %b0: bf16, %old: bf16):
      %e = math.exp %a : bf16
      %t = math.tanh %e : bf16
      %s = math.sqrt %b0 : bf16
      %d = arith.subf %t, %s : bf16
      %m = arith.mulf %d, %half : bf16
      %r = arith.maximumf %m, %zero : bf16
      linalg.yield %r : bf16
    }
  }
  return
}
