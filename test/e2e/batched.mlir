// RUN: %tt-check %s

// A batch of matmuls, one entry per block.
func.func @bmm(%A: tensor<4x64x96xbf16>, %B: tensor<4x96x128xbf16>) -> tensor<4x64x128xf32> {
  %zero = arith.constant 0.0 : f32
  %out = tensor.empty() : tensor<4x64x128xf32>
  %r = scf.forall (%b, %i, %j) in (4, 2, 2) shared_outs(%o = %out) -> (tensor<4x64x128xf32>) {
    %m = affine.apply affine_map<(d0) -> (d0 * 32)>(%i)
    %n = affine.apply affine_map<(d0) -> (d0 * 64)>(%j)
    %a = tensor.extract_slice %A[%b, %m, 0] [1, 32, 96] [1, 1, 1] : tensor<4x64x96xbf16> to tensor<1x32x96xbf16>
    %bb = tensor.extract_slice %B[%b, 0, %n] [1, 96, 64] [1, 1, 1] : tensor<4x96x128xbf16> to tensor<1x96x64xbf16>
    %e = tensor.empty() : tensor<1x32x64xf32>
    %f0 = linalg.fill ins(%zero : f32) outs(%e : tensor<1x32x64xf32>) -> tensor<1x32x64xf32>
    %y = linalg.batch_matmul ins(%a, %bb : tensor<1x32x96xbf16>, tensor<1x96x64xbf16>) outs(%f0 : tensor<1x32x64xf32>) -> tensor<1x32x64xf32>
    scf.forall.in_parallel { tensor.parallel_insert_slice %y into %o[%b, %m, %n] [1, 32, 64] [1, 1, 1] : tensor<1x32x64xf32> into tensor<4x64x128xf32> }
  }
  return %r : tensor<4x64x128xf32>
}
