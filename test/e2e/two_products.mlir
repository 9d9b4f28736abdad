// RUN: %tt-check %s

// Two products that start from one zero: each has accumulators of its own.
func.func @two_products(%A: tensor<64x64xbf16>, %B: tensor<64x64xbf16>, %B2: tensor<64x64xbf16>) -> (tensor<64x64xbf16>, tensor<64x64xbf16>) {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %c64 = arith.constant 64 : index
  %zero = arith.constant 0.0 : f32
  %i1 = tensor.empty() : tensor<64x64xbf16>
  %y:2 = scf.forall (%by, %bx) in (2, 2) shared_outs(%o1 = %i1, %o2 = %i1) -> (tensor<64x64xbf16>, tensor<64x64xbf16>) {
    %row = affine.apply affine_map<(d0) -> (d0 * 32)>(%by)
    %col = affine.apply affine_map<(d0) -> (d0 * 32)>(%bx)
    %e = tensor.empty() : tensor<32x32xf32>
    %z = linalg.fill ins(%zero : f32) outs(%e : tensor<32x32xf32>) -> tensor<32x32xf32>
    %r1 = scf.for %k = %c0 to %c64 step %c32 iter_args(%acc = %z) -> (tensor<32x32xf32>) {
      %a = tensor.extract_slice %A[%row, %k] [32, 32] [1, 1] : tensor<64x64xbf16> to tensor<32x32xbf16>
      %b = tensor.extract_slice %B[%k, %col] [32, 32] [1, 1] : tensor<64x64xbf16> to tensor<32x32xbf16>
      %m = linalg.matmul ins(%a, %b : tensor<32x32xbf16>, tensor<32x32xbf16>) outs(%acc : tensor<32x32xf32>) -> tensor<32x32xf32>
      scf.yield %m : tensor<32x32xf32>
    }
    %r2 = scf.for %k = %c0 to %c64 step %c32 iter_args(%acc = %z) -> (tensor<32x32xf32>) {
      %a = tensor.extract_slice %A[%row, %k] [32, 32] [1, 1] : tensor<64x64xbf16> to tensor<32x32xbf16>
      %b = tensor.extract_slice %B2[%k, %col] [32, 32] [1, 1] : tensor<64x64xbf16> to tensor<32x32xbf16>
      %m = linalg.matmul ins(%a, %b : tensor<32x32xbf16>, tensor<32x32xbf16>) outs(%acc : tensor<32x32xf32>) -> tensor<32x32xf32>
      scf.yield %m : tensor<32x32xf32>
    }
    %eb = tensor.empty() : tensor<32x32xbf16>
    %t1 = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]} ins(%r1 : tensor<32x32xf32>) outs(%eb : tensor<32x32xbf16>) {
    ^bb0(%x: f32, %yy: bf16):
      %t = arith.truncf %x : f32 to bf16
      linalg.yield %t : bf16
    } -> tensor<32x32xbf16>
    %t2 = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]} ins(%r2 : tensor<32x32xf32>) outs(%eb : tensor<32x32xbf16>) {
    ^bb0(%x: f32, %yy: bf16):
      %t = arith.truncf %x : f32 to bf16
      linalg.yield %t : bf16
    } -> tensor<32x32xbf16>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %t1 into %o1[%row, %col] [32, 32] [1, 1] : tensor<32x32xbf16> into tensor<64x64xbf16>
      tensor.parallel_insert_slice %t2 into %o2[%row, %col] [32, 32] [1, 1] : tensor<32x32xbf16> into tensor<64x64xbf16>
    }
  }
  return %y#0, %y#1 : tensor<64x64xbf16>, tensor<64x64xbf16>
}
