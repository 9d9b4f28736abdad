// RUN: %tt-check %s

// C = A·B in value form with a bf16 accumulator, blocks of 32x32, K in steps of 64; the arguments come in an unusual order.
func.func @gemm_bf16(%right: tensor<128x96xbf16>, %left: tensor<64x128xbf16>) -> tensor<64x96xbf16> {
  %c0 = arith.constant 0 : index
  %c64 = arith.constant 64 : index
  %c128 = arith.constant 128 : index
  %zero = arith.constant 0.0 : bf16
  %init = tensor.empty() : tensor<64x96xbf16>
  %C = scf.forall (%by, %bx) in (2, 3) shared_outs(%out = %init) -> (tensor<64x96xbf16>) {
    %row = affine.apply affine_map<(d0) -> (d0 * 32)>(%by)
    %col = affine.apply affine_map<(d0) -> (d0 * 32)>(%bx)
    %block = tensor.extract_slice %out[%row, %col] [32, 32] [1, 1] : tensor<64x96xbf16> to tensor<32x32xbf16>
    %z = linalg.fill ins(%zero : bf16) outs(%block : tensor<32x32xbf16>) -> tensor<32x32xbf16>
    %acc = scf.for %k = %c0 to %c128 step %c64 iter_args(%part = %z) -> (tensor<32x32xbf16>) {
      %a = tensor.extract_slice %left[%row, %k] [32, 64] [1, 1] : tensor<64x128xbf16> to tensor<32x64xbf16>
      %b = tensor.extract_slice %right[%k, %col] [64, 32] [1, 1] : tensor<128x96xbf16> to tensor<64x32xbf16>
      %next = linalg.matmul ins(%a, %b : tensor<32x64xbf16>, tensor<64x32xbf16>) outs(%part : tensor<32x32xbf16>) -> tensor<32x32xbf16>
      scf.yield %next : tensor<32x32xbf16>
    }
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %acc into %out[%row, %col] [32, 32] [1, 1] : tensor<32x32xbf16> into tensor<64x96xbf16>
    }
  }
  return %C : tensor<64x96xbf16>
}
