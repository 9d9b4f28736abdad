// RUN: %tt-check %s

// Factors in f16, of whose 11 bits the multipliers of the matrix engine take 10: products of elements keep them all, contractions
// and sums do not.
#id = affine_map<(i, j) -> (i, j)>
func.func @products(%x: memref<64x64xf16>, %y: memref<64x64xf16>, %z: memref<64x64xf16>) {
  scf.forall (%i) in (1) {
    linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]}
        ins(%x, %y : memref<64x64xf16>, memref<64x64xf16>) outs(%z : memref<64x64xf16>) {
    ^bb0(%a: f16, %b: f16, %old: f16):
      %p = arith.mulf %a, %b : f16
      linalg.yield %p : f16
    }
  }
  return
}

func.func @contraction(%A: memref<32x160xf16>, %B: memref<64x160xf16>, %C: memref<32x64xf32>) {
  %zero = arith.constant 0.0 : f32
  scf.forall (%i) in (1) {
    %c = memref.alloc() : memref<32x64xf32>
    linalg.fill ins(%zero : f32) outs(%c : memref<32x64xf32>)
    linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
        ins(%A, %B : memref<32x160xf16>, memref<64x160xf16>) outs(%c : memref<32x64xf32>)
    memref.copy %c, %C : memref<32x64xf32> to memref<32x64xf32>
  }
  return
}

// Terms of a sum pass the multipliers as well.
func.func @sum(%X: memref<32x64xf16>, %s: memref<1x64xf32>) {
  %zero = arith.constant 0.0 : f32
  scf.forall (%i) in (1) {
    %t = memref.alloc() : memref<1x64xf32>
    linalg.fill ins(%zero : f32) outs(%t : memref<1x64xf32>)
    linalg.generic {indexing_maps = [#id, affine_map<(i, j) -> (0, j)>], iterator_types = ["reduction", "parallel"]}
        ins(%X : memref<32x64xf16>) outs(%t : memref<1x64xf32>) {
    ^bb0(%x: f16, %old: f32):
      %w = arith.extf %x : f16 to f32
      %n = arith.addf %w, %old : f32
      linalg.yield %n : f32
    }
    memref.copy %t, %s : memref<1x64xf32> to memref<1x64xf32>
  }
  return
}
