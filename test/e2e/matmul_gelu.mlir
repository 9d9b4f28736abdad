// RUN: %tt-check %s

// gelu(A @ B + bias): a loop over K, then a row that repeats and an activation in the same registers.
#id = affine_map<(d0, d1) -> (d0, d1)>
#row = affine_map<(d0, d1) -> (d1)>

func.func @matmul_gelu(%A: tensor<64x64xbf16>, %B: tensor<64x128xbf16>, %v: tensor<128xbf16>) -> tensor<64x128xbf16> {
  %zero = arith.constant 0.0 : f32
  %one = arith.constant 1.0 : f32
  %half = arith.constant 0.5 : f32
  %q = arith.constant 0.70710678 : f32
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %c64 = arith.constant 64 : index
  %out = tensor.empty() : tensor<64x128xbf16>
  %r = scf.forall (%i, %j) in (2, 2) shared_outs(%o = %out) -> (tensor<64x128xbf16>) {
    %m = affine.apply affine_map<(d0) -> (d0 * 32)>(%i)
    %n = affine.apply affine_map<(d0) -> (d0 * 64)>(%j)
    %c = tensor.extract_slice %v[%n] [64] [1] : tensor<128xbf16> to tensor<64xbf16>
    %e = tensor.empty() : tensor<32x64xf32>
    %eb = tensor.empty() : tensor<32x64xbf16>
    %f0 = linalg.fill ins(%zero : f32) outs(%e : tensor<32x64xf32>) -> tensor<32x64xf32>
    %y = scf.for %k = %c0 to %c64 step %c32 iter_args(%acc = %f0) -> (tensor<32x64xf32>) {
      %a = tensor.extract_slice %A[%m, %k] [32, 32] [1, 1] : tensor<64x64xbf16> to tensor<32x32xbf16>
      %b = tensor.extract_slice %B[%k, %n] [32, 64] [1, 1] : tensor<64x128xbf16> to tensor<32x64xbf16>
      %y0 = linalg.matmul ins(%a, %b : tensor<32x32xbf16>, tensor<32x64xbf16>) outs(%acc : tensor<32x64xf32>) -> tensor<32x64xf32>
      scf.yield %y0 : tensor<32x64xf32>
    }
    %z = linalg.generic {indexing_maps = [#id, #row, #id], iterator_types = ["parallel", "parallel"]} ins(%y, %c : tensor<32x64xf32>, tensor<64xbf16>) outs(%eb : tensor<32x64xbf16>) {
    ^bb0(%p: f32, %qq: bf16, %u: bf16):
      %q1 = arith.extf %qq : bf16 to f32
      %s = arith.addf %p, %q1 : f32
      %0 = arith.mulf %s, %q : f32
      %1 = math.erf %0 : f32
      %2 = arith.addf %1, %one : f32
      %3 = arith.mulf %s, %half : f32
      %4 = arith.mulf %3, %2 : f32
      %w = arith.truncf %4 : f32 to bf16
      linalg.yield %w : bf16
    } -> tensor<32x64xbf16>
    scf.forall.in_parallel { tensor.parallel_insert_slice %z into %o[%m, %n] [32, 64] [1, 1] : tensor<32x64xbf16> into tensor<64x128xbf16> }
  }
  return %r : tensor<64x128xbf16>
}
