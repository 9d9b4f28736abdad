// RUN: %tt-check %s

// A column, a row and a scalar that repeat; a bias and an activation behind a matmul.
#id = affine_map<(d0, d1) -> (d0, d1)>
#row = affine_map<(d0, d1) -> (d1)>

func.func @pairs(%a: tensor<256x1xbf16>, %b: tensor<1x256xbf16>, %c: tensor<1x1xbf16>) -> tensor<256x256xbf16> {
  %out = tensor.empty() : tensor<256x256xbf16>
  %r = scf.forall (%i, %j) in (4, 4) shared_outs(%o = %out) -> (tensor<256x256xbf16>) {
    %m = affine.apply affine_map<(d0) -> (d0 * 64)>(%i)
    %n = affine.apply affine_map<(d0) -> (d0 * 64)>(%j)
    %as = tensor.extract_slice %a[%m, 0] [64, 1] [1, 1] : tensor<256x1xbf16> to tensor<64x1xbf16>
    %bs = tensor.extract_slice %b[0, %n] [1, 64] [1, 1] : tensor<1x256xbf16> to tensor<1x64xbf16>
    %e = tensor.empty() : tensor<64x64xbf16>
    %y = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, 0)>, affine_map<(d0, d1) -> (0, d1)>, affine_map<(d0, d1) -> (0, 0)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%as, %bs, %c : tensor<64x1xbf16>, tensor<1x64xbf16>, tensor<1x1xbf16>) outs(%e : tensor<64x64xbf16>) {
    ^bb0(%x: bf16, %y: bf16, %z: bf16, %u: bf16):
      %p = arith.mulf %x, %y : bf16
      %q = arith.addf %p, %z : bf16
      linalg.yield %q : bf16 } -> tensor<64x64xbf16>
    scf.forall.in_parallel { tensor.parallel_insert_slice %y into %o[%m, %n] [64, 64] [1, 1] : tensor<64x64xbf16> into tensor<256x256xbf16> }
  }
  return %r : tensor<256x256xbf16>
}

func.func @bias(%A: tensor<64x96xbf16>, %B: tensor<96x128xbf16>, %v: tensor<128xbf16>) -> tensor<64x128xbf16> {
  %zero = arith.constant 0.0 : f32
  %out = tensor.empty() : tensor<64x128xbf16>
  %r = scf.forall (%i, %j) in (2, 2) shared_outs(%o = %out) -> (tensor<64x128xbf16>) {
    %m = affine.apply affine_map<(d0) -> (d0 * 32)>(%i)
    %n = affine.apply affine_map<(d0) -> (d0 * 64)>(%j)
    %a = tensor.extract_slice %A[%m, 0] [32, 96] [1, 1] : tensor<64x96xbf16> to tensor<32x96xbf16>
    %b = tensor.extract_slice %B[0, %n] [96, 64] [1, 1] : tensor<96x128xbf16> to tensor<96x64xbf16>
    %c = tensor.extract_slice %v[%n] [64] [1] : tensor<128xbf16> to tensor<64xbf16>
    %e = tensor.empty() : tensor<32x64xf32>
    %eb = tensor.empty() : tensor<32x64xbf16>
    %f0 = linalg.fill ins(%zero : f32) outs(%e : tensor<32x64xf32>) -> tensor<32x64xf32>
    %y = linalg.matmul ins(%a, %b : tensor<32x96xbf16>, tensor<96x64xbf16>) outs(%f0 : tensor<32x64xf32>) -> tensor<32x64xf32>
    %z = linalg.generic {indexing_maps = [#id, #row, #id], iterator_types = ["parallel", "parallel"]} ins(%y, %c : tensor<32x64xf32>, tensor<64xbf16>) outs(%eb : tensor<32x64xbf16>) {
    ^bb0(%p: f32, %q: bf16, %u: bf16):
      %q1 = arith.extf %q : bf16 to f32
      %s = arith.addf %p, %q1 : f32
      %t = arith.maximumf %s, %zero : f32
      %w = arith.truncf %t : f32 to bf16
      linalg.yield %w : bf16
    } -> tensor<32x64xbf16>
    scf.forall.in_parallel { tensor.parallel_insert_slice %z into %o[%m, %n] [32, 64] [1, 1] : tensor<32x64xbf16> into tensor<64x128xbf16> }
  }
  return %r : tensor<64x128xbf16>
}
