// RUN: %tt-check %s

// y = sqrt(relu(tanh(x) - exp(-x))) in value form on f32 with linalg's named operations, blocks of 32x32.
func.func @chain_f32(%x: tensor<64x96xf32>) -> tensor<64x96xf32> {
  %zero = arith.constant 0.0 : f32
  %init = tensor.empty() : tensor<64x96xf32>
  %y = scf.forall (%by, %bx) in (2, 3) shared_outs(%out = %init) -> (tensor<64x96xf32>) {
    %row = affine.apply affine_map<(d0) -> (d0 * 32)>(%by)
    %col = affine.apply affine_map<(d0) -> (d0 * 32)>(%bx)
    %xs = tensor.extract_slice %x[%row, %col] [32, 32] [1, 1] : tensor<64x96xf32> to tensor<32x32xf32>
    %e = tensor.empty() : tensor<32x32xf32>
    %z = linalg.fill ins(%zero : f32) outs(%e : tensor<32x32xf32>) -> tensor<32x32xf32>
    %t = linalg.tanh ins(%xs : tensor<32x32xf32>) outs(%e : tensor<32x32xf32>) -> tensor<32x32xf32>
    %n = linalg.negf ins(%xs : tensor<32x32xf32>) outs(%e : tensor<32x32xf32>) -> tensor<32x32xf32>
    %g = linalg.exp ins(%n : tensor<32x32xf32>) outs(%e : tensor<32x32xf32>) -> tensor<32x32xf32>
    %s = linalg.sub ins(%t, %g : tensor<32x32xf32>, tensor<32x32xf32>) outs(%e : tensor<32x32xf32>) -> tensor<32x32xf32>
    %m = linalg.max ins(%s, %z : tensor<32x32xf32>, tensor<32x32xf32>) outs(%e : tensor<32x32xf32>) -> tensor<32x32xf32>
    %r = linalg.sqrt ins(%m : tensor<32x32xf32>) outs(%e : tensor<32x32xf32>) -> tensor<32x32xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %r into %out[%row, %col] [32, 32] [1, 1] : tensor<32x32xf32> into tensor<64x96xf32>
    }
  }
  return %y : tensor<64x96xf32>
}
