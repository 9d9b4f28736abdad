// RUN: %tt-check %s

// y = x·sigmoid(x) in value form on bf16, sigmoid spelled 1/(1+exp(-x)), blocks of 32x64.
#id = affine_map<(i, j) -> (i, j)>
func.func @silu(%x: tensor<128x128xbf16>) -> tensor<128x128xbf16> {
  %one = arith.constant 1.0 : bf16
  %init = tensor.empty() : tensor<128x128xbf16>
  %y = scf.forall (%by, %bx) in (4, 2) shared_outs(%out = %init) -> (tensor<128x128xbf16>) {
    %row = affine.apply affine_map<(d0) -> (d0 * 32)>(%by)
    %col = affine.apply affine_map<(d0) -> (d0 * 64)>(%bx)
    %xs = tensor.extract_slice %x[%row, %col] [32, 64] [1, 1] : tensor<128x128xbf16> to tensor<32x64xbf16>
    %os = tensor.extract_slice %out[%row, %col] [32, 64] [1, 1] : tensor<128x128xbf16> to tensor<32x64xbf16>
    %ys = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
        ins(%xs : tensor<32x64xbf16>) outs(%os : tensor<32x64xbf16>) {
    ^bb0(%v: bf16, %old: bf16):
      %n = arith.negf %v : bf16
      %e = math.exp %n : bf16
      %d = arith.addf %e, %one : bf16
      %s = arith.divf %one, %d : bf16
      %r = arith.mulf %v, %s : bf16
      linalg.yield %r : bf16
    } -> tensor<32x64xbf16>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %ys into %out[%row, %col] [32, 64] [1, 1] : tensor<32x64xbf16> into tensor<128x128xbf16>
    }
  }
  return %y : tensor<128x128xbf16>
}
