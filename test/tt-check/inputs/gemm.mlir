func.func @gemm(%A: memref<32x64xbf16>, %B: memref<64x64xbf16>, %C: memref<32x64xbf16>) {
  %zero = arith.constant 0.0 : f32
  scf.forall (%b) in (2) {
    %col = affine.apply affine_map<(d0) -> (d0 * 32)>(%b)
    %acc = memref.alloc() : memref<32x32xf32>
    linalg.fill ins(%zero : f32) outs(%acc : memref<32x32xf32>)
    %bs = memref.subview %B[0, %col] [64, 32] [1, 1] : memref<64x64xbf16> to memref<64x32xbf16, strided<[64, 1], offset: ?>>
    linalg.matmul ins(%A, %bs : memref<32x64xbf16>, memref<64x32xbf16, strided<[64, 1], offset: ?>>) outs(%acc : memref<32x32xf32>)
    %cs = memref.subview %C[0, %col] [32, 32] [1, 1] : memref<32x64xbf16> to memref<32x32xbf16, strided<[64, 1], offset: ?>>
    linalg.generic {
        indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>],
        iterator_types = ["parallel", "parallel"]}
        ins(%acc : memref<32x32xf32>) outs(%cs : memref<32x32xbf16, strided<[64, 1], offset: ?>>) {
    ^bb0(%x: f32, %old: bf16):
      %t = arith.truncf %x : f32 to bf16
      linalg.yield %t : bf16
    }
  }
  return
}
