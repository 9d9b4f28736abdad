// RUN: %tt-check %s

// A factor converted in the loop that multiplies it, with more accumulators than tile registers.
func.func @cl(%A: memref<128x128xf32>, %B: memref<128x128xbf16>, %C: memref<128x128xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %zero = arith.constant 0.0 : f32
  scf.forall (%by) in (1) {
    %as = memref.alloc() : memref<128x64xf32>
    %ab = memref.alloc() : memref<128x64xbf16>
    %bs = memref.alloc() : memref<64x128xbf16>
    %acc = memref.alloc() : memref<128x128xf32>
    linalg.fill ins(%zero : f32) outs(%acc : memref<128x128xf32>)
    scf.for %k = %c0 to %c2 step %c1 {
      %ko = affine.apply affine_map<(d0) -> (d0 * 64)>(%k)
      %a = memref.subview %A[0, %ko] [128, 64] [1, 1] : memref<128x128xf32> to memref<128x64xf32, strided<[128, 1], offset: ?>>
      %b = memref.subview %B[%ko, 0] [64, 128] [1, 1] : memref<128x128xbf16> to memref<64x128xbf16, strided<[128, 1], offset: ?>>
      memref.copy %a, %as : memref<128x64xf32, strided<[128, 1], offset: ?>> to memref<128x64xf32>
      memref.copy %b, %bs : memref<64x128xbf16, strided<[128, 1], offset: ?>> to memref<64x128xbf16>
      linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]} ins(%as : memref<128x64xf32>) outs(%ab : memref<128x64xbf16>) {
      ^bb0(%x: f32, %y: bf16):
        %q = arith.truncf %x : f32 to bf16
        linalg.yield %q : bf16
      }
      linalg.matmul ins(%ab, %bs : memref<128x64xbf16>, memref<64x128xbf16>) outs(%acc : memref<128x128xf32>)
    }
    memref.copy %acc, %C : memref<128x128xf32> to memref<128x128xf32>
  }
  return
}
