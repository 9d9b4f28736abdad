// RUN: tt-opt --tt-v5-pipeline --split-input-file --verify-diagnostics %s

// A transposed block of 32-bit elements loses bits on the way...
func.func @moved(%x: tensor<32x64xf32>) -> tensor<64x32xf32> {
  %out = tensor.empty() : tensor<64x32xf32>
  %r = scf.forall (%i) in (1) shared_outs(%o = %out) -> (tensor<64x32xf32>) {
    %e = tensor.empty() : tensor<64x32xf32>
    // expected-error @below {{'tt.transpose' op transposes 32-bit elements, of which the transposition keeps 19 bits}}
    // expected-note @below {{cast the block to bf16 or f16 first, or store it transposed; operands of contractions may be transposed}}
    %y = linalg.transpose ins(%x : tensor<32x64xf32>) outs(%e : tensor<64x32xf32>) permutation = [1, 0]
    scf.forall.in_parallel { tensor.parallel_insert_slice %y into %o[0, 0] [64, 32] [1, 1] : tensor<64x32xf32> into tensor<64x32xf32> }
  }
  return %r : tensor<64x32xf32>
}

// -----

// ...which the matrix engine does not take anyway.
func.func @multiplied(%a: tensor<32x32xf32>, %b: tensor<32x32xf32>) -> tensor<32x32xf32> {
  %zero = arith.constant 0.0 : f32
  %out = tensor.empty() : tensor<32x32xf32>
  %r = scf.forall (%i) in (1) shared_outs(%o = %out) -> (tensor<32x32xf32>) {
    %e = tensor.empty() : tensor<32x32xf32>
    %f = linalg.fill ins(%zero : f32) outs(%e : tensor<32x32xf32>) -> tensor<32x32xf32>
    %y = linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (k, m)>, affine_map<(m, n, k) -> (k, n)>, affine_map<(m, n, k) -> (m, n)>]
        ins(%a, %b : tensor<32x32xf32>, tensor<32x32xf32>) outs(%f : tensor<32x32xf32>) -> tensor<32x32xf32>
    scf.forall.in_parallel { tensor.parallel_insert_slice %y into %o[0, 0] [32, 32] [1, 1] : tensor<32x32xf32> into tensor<32x32xf32> }
  }
  return %r : tensor<32x32xf32>
}
