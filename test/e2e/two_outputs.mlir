// RUN: %tt-check %s

// One grid with two outputs that share a subexpression; the outputs are the first and the third argument.
#id = affine_map<(i, j) -> (i, j)>
#l1 = #gpu.address_space<workgroup>
func.func @two_outputs(%sum: memref<64x64xbf16>, %a: memref<64x64xbf16>, %activated: memref<64x64xbf16>, %b: memref<64x64xbf16>) {
  %zero = arith.constant 0.0 : bf16
  scf.forall (%i, %j) in (2, 2) {
    %row = affine.apply affine_map<(d0) -> (d0 * 32)>(%i)
    %col = affine.apply affine_map<(d0) -> (d0 * 32)>(%j)
    %av = memref.subview %a[%row, %col] [32, 32] [1, 1] : memref<64x64xbf16> to memref<32x32xbf16, strided<[64, 1], offset: ?>>
    %bv = memref.subview %b[%row, %col] [32, 32] [1, 1] : memref<64x64xbf16> to memref<32x32xbf16, strided<[64, 1], offset: ?>>
    %sv = memref.subview %sum[%row, %col] [32, 32] [1, 1] : memref<64x64xbf16> to memref<32x32xbf16, strided<[64, 1], offset: ?>>
    %rv = memref.subview %activated[%row, %col] [32, 32] [1, 1] : memref<64x64xbf16> to memref<32x32xbf16, strided<[64, 1], offset: ?>>
    linalg.generic {indexing_maps = [#id, #id, #id, #id], iterator_types = ["parallel", "parallel"]}
        ins(%av, %bv : memref<32x32xbf16, strided<[64, 1], offset: ?>>, memref<32x32xbf16, strided<[64, 1], offset: ?>>)
        outs(%sv, %rv : memref<32x32xbf16, strided<[64, 1], offset: ?>>, memref<32x32xbf16, strided<[64, 1], offset: ?>>) {
    ^bb0(%x: bf16, %y: bf16, %o0: bf16, %o1: bf16):
      %s = arith.addf %x, %y : bf16
      %t = math.tanh %s : bf16
      %r = arith.maximumf %t, %zero : bf16
      linalg.yield %s, %r : bf16, bf16
    }
  }
  return
}
