// RUN: %tt-check %s
// RUN: %tt-check %s --arch blackhole --seed 2

// C = A·B in value form: 128x128 by 128x256, blocks of 64x64, K in steps of 32, bf16 in, f32 accumulation, bf16 out.
func.func @gemm_value(%A: tensor<128x128xbf16>, %B: tensor<128x256xbf16>) -> tensor<128x256xbf16> {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %c128 = arith.constant 128 : index
  %zero = arith.constant 0.0 : f32
  %init = tensor.empty() : tensor<128x256xbf16>
  %C = scf.forall (%by, %bx) in (2, 4) shared_outs(%out = %init) -> (tensor<128x256xbf16>) {
    %row = affine.apply affine_map<(d0) -> (d0 * 64)>(%by)
    %col = affine.apply affine_map<(d0) -> (d0 * 64)>(%bx)
    %e = tensor.empty() : tensor<64x64xf32>
    %z = linalg.fill ins(%zero : f32) outs(%e : tensor<64x64xf32>) -> tensor<64x64xf32>
    %acc = scf.for %k = %c0 to %c128 step %c32 iter_args(%part = %z) -> (tensor<64x64xf32>) {
      %a = tensor.extract_slice %A[%row, %k] [64, 32] [1, 1] : tensor<128x128xbf16> to tensor<64x32xbf16>
      %b = tensor.extract_slice %B[%k, %col] [32, 64] [1, 1] : tensor<128x256xbf16> to tensor<32x64xbf16>
      %next = linalg.matmul ins(%a, %b : tensor<64x32xbf16>, tensor<32x64xbf16>) outs(%part : tensor<64x64xf32>) -> tensor<64x64xf32>
      scf.yield %next : tensor<64x64xf32>
    }
    %ce = tensor.empty() : tensor<64x64xbf16>
    %c = linalg.generic {
        indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>],
        iterator_types = ["parallel", "parallel"]}
        ins(%acc : tensor<64x64xf32>) outs(%ce : tensor<64x64xbf16>) {
    ^bb0(%x: f32, %y: bf16):
      %t = arith.truncf %x : f32 to bf16
      linalg.yield %t : bf16
    } -> tensor<64x64xbf16>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %c into %out[%row, %col] [64, 64] [1, 1] : tensor<64x64xbf16> into tensor<128x256xbf16>
    }
  }
  return %C : tensor<128x256xbf16>
}
