// RUN: %tt-check %s

// Layernorm over rows: two sums, a reciprocal square root, a row of weights. The data is small enough for the epsilon to count.
// tt-check: %X range -0.01 0.01
// tt-check: %g range -1 1
#id = affine_map<(d0, d1) -> (d0, d1)>
#col = affine_map<(d0, d1) -> (d0)>
#row = affine_map<(d0, d1) -> (d1)>

func.func @layernorm(%X: tensor<64x256xbf16>, %g: tensor<256xbf16>) -> tensor<64x256xbf16> {
  %zero = arith.constant 0.0 : f32
  %n = arith.constant 256.0 : f32
  %eps = arith.constant 1.0e-5 : f32
  %out = tensor.empty() : tensor<64x256xbf16>
  %r = scf.forall (%i) in (2) shared_outs(%o = %out) -> (tensor<64x256xbf16>) {
    %m = affine.apply affine_map<(d0) -> (d0 * 32)>(%i)
    %x = tensor.extract_slice %X[%m, 0] [32, 256] [1, 1] : tensor<64x256xbf16> to tensor<32x256xbf16>
    %ev = tensor.empty() : tensor<32xf32>
    %e = tensor.empty() : tensor<32x256xf32>
    %eb = tensor.empty() : tensor<32x256xbf16>
    %f = linalg.fill ins(%zero : f32) outs(%ev : tensor<32xf32>) -> tensor<32xf32>
    %s = linalg.generic {indexing_maps = [#id, #col], iterator_types = ["parallel", "reduction"]} ins(%x : tensor<32x256xbf16>) outs(%f : tensor<32xf32>) {
    ^bb0(%a: bf16, %q: f32):
      %ae = arith.extf %a : bf16 to f32
      %k = arith.addf %ae, %q : f32
      linalg.yield %k : f32 } -> tensor<32xf32>
    %d = linalg.generic {indexing_maps = [#id, #col, #id], iterator_types = ["parallel", "parallel"]} ins(%x, %s : tensor<32x256xbf16>, tensor<32xf32>) outs(%e : tensor<32x256xf32>) {
    ^bb0(%a: bf16, %q: f32, %u: f32):
      %ae = arith.extf %a : bf16 to f32
      %mean = arith.divf %q, %n : f32
      %k = arith.subf %ae, %mean : f32
      linalg.yield %k : f32 } -> tensor<32x256xf32>
    %v = linalg.generic {indexing_maps = [#id, #col], iterator_types = ["parallel", "reduction"]} ins(%d : tensor<32x256xf32>) outs(%f : tensor<32xf32>) {
    ^bb0(%a: f32, %q: f32):
      %sq = arith.mulf %a, %a : f32
      %k = arith.addf %sq, %q : f32
      linalg.yield %k : f32 } -> tensor<32xf32>
    %y = linalg.generic {indexing_maps = [#id, #col, #row, #id], iterator_types = ["parallel", "parallel"]} ins(%d, %v, %g : tensor<32x256xf32>, tensor<32xf32>, tensor<256xbf16>) outs(%eb : tensor<32x256xbf16>) {
    ^bb0(%a: f32, %q: f32, %w: bf16, %u: bf16):
      %var = arith.divf %q, %n : f32
      %ve = arith.addf %var, %eps : f32
      %rs = math.rsqrt %ve : f32
      %k = arith.mulf %a, %rs : f32
      %we = arith.extf %w : bf16 to f32
      %k2 = arith.mulf %k, %we : f32
      %l = arith.truncf %k2 : f32 to bf16
      linalg.yield %l : bf16 } -> tensor<32x256xbf16>
    scf.forall.in_parallel { tensor.parallel_insert_slice %y into %o[%m, 0] [32, 256] [1, 1] : tensor<32x256xbf16> into tensor<64x256xbf16> }
  }
  return %r : tensor<64x256xbf16>
}
