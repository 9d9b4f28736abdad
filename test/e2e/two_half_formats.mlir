// RUN: %tt-check %s

// f16 meets bf16: in the vector unit, since SrcA and SrcB have one kind of exponent.
func.func @f16(%A: memref<32x64xf16>, %B: memref<32x64xbf16>, %C: memref<32x64xbf16>) {
  scf.forall (%by) in (1) {
    %as = memref.alloc() : memref<32x64xf16>
    %bs = memref.alloc() : memref<32x64xbf16>
    %e = memref.alloc() : memref<32x64xbf16>
    memref.copy %A, %as : memref<32x64xf16> to memref<32x64xf16>
    memref.copy %B, %bs : memref<32x64xbf16> to memref<32x64xbf16>
    linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]} ins(%as, %bs : memref<32x64xf16>, memref<32x64xbf16>) outs(%e : memref<32x64xbf16>) {
    ^bb0(%x: f16, %y: bf16, %z: bf16):
      %w = arith.extf %x : f16 to f32
      %v = arith.truncf %w : f32 to bf16
      %q = arith.addf %v, %y : bf16
      linalg.yield %q : bf16
    }
    memref.copy %e, %C : memref<32x64xbf16> to memref<32x64xbf16>
  }
  return
}
