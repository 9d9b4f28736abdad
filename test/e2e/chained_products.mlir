// RUN: %tt-check %s

// A product of a product: the second reads the first across the sub-blocks in which it was packed.
func.func @chain(%A: memref<64x32xbf16>, %B: memref<32x512xbf16>, %D: memref<512x64xbf16>, %C: memref<64x64xf32>) {
  %zero = arith.constant 0.0 : f32
  scf.forall (%by) in (1) {
    %as = memref.alloc() : memref<64x32xbf16>
    %bs = memref.alloc() : memref<32x512xbf16>
    %ds = memref.alloc() : memref<512x64xbf16>
    %t = memref.alloc() : memref<64x512xf32>
    %tb = memref.alloc() : memref<64x512xbf16>
    %c = memref.alloc() : memref<64x64xf32>
    memref.copy %A, %as : memref<64x32xbf16> to memref<64x32xbf16>
    memref.copy %B, %bs : memref<32x512xbf16> to memref<32x512xbf16>
    memref.copy %D, %ds : memref<512x64xbf16> to memref<512x64xbf16>
    linalg.fill ins(%zero : f32) outs(%t : memref<64x512xf32>)
    linalg.matmul ins(%as, %bs : memref<64x32xbf16>, memref<32x512xbf16>) outs(%t : memref<64x512xf32>)
    linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]} ins(%t : memref<64x512xf32>) outs(%tb : memref<64x512xbf16>) {
    ^bb0(%x: f32, %y: bf16):
      %q = arith.truncf %x : f32 to bf16
      linalg.yield %q : bf16
    }
    linalg.fill ins(%zero : f32) outs(%c : memref<64x64xf32>)
    linalg.matmul ins(%tb, %ds : memref<64x512xbf16>, memref<512x64xbf16>) outs(%c : memref<64x64xf32>)
    memref.copy %c, %C : memref<64x64xf32> to memref<64x64xf32>
  }
  return
}
