// RUN: tt-opt --tt-import --split-input-file %s | FileCheck %s

// A tensor without contents, or of one number, is tensor.empty and linalg.fill,
// however it was spelled and wherever it stood.

// CHECK-LABEL: tt.kernel @spellings_0
// CHECK-DAG: %[[TWO:.*]] = arith.constant 2.000000e+00 : bf16
// CHECK-DAG: %[[E:.*]] = tensor.empty() : tensor<32x64xbf16>
// CHECK: %[[F:.*]] = linalg.fill ins(%[[TWO]] : bf16) outs(%[[E]] : tensor<32x64xbf16>)
// CHECK: linalg.add ins(%{{.*}}, %[[F]] :
// CHECK-NOT: alloc_tensor
// CHECK-NOT: dense
func.func @spellings(%x: tensor<64x64xbf16>) -> tensor<64x64xbf16> {
  %z = bufferization.alloc_tensor() : tensor<64x64xbf16>
  %two = arith.constant dense<2.0> : tensor<32x64xbf16>
  %r = scf.forall (%i) = (0) to (64) step (32) shared_outs(%o = %z) -> (tensor<64x64xbf16>) {
    %a = tensor.extract_slice %x[%i, 0] [32, 64] [1, 1] : tensor<64x64xbf16> to tensor<32x64xbf16>
    %e = bufferization.alloc_tensor() : tensor<32x64xbf16>
    %m = linalg.add ins(%a, %two : tensor<32x64xbf16>, tensor<32x64xbf16>) outs(%e : tensor<32x64xbf16>) -> tensor<32x64xbf16>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %m into %o[%i, 0] [32, 64] [1, 1] : tensor<32x64xbf16> into tensor<64x64xbf16>
    }
  }
  return %r : tensor<64x64xbf16>
}

// -----

// CHECK-LABEL: tt.kernel @slices_0
// CHECK: %[[ONE:.*]] = arith.constant 1.000000e+00 : f32
// CHECK: linalg.fill ins(%[[ONE]] : f32) outs(%{{.*}} : tensor<32x32xf32>)
// CHECK: linalg.matmul
func.func @slices(%x: tensor<64x32xf32>, %y: tensor<32x32xf32>) -> tensor<64x32xf32> {
  %z = arith.constant dense<1.0> : tensor<64x32xf32>
  %r = scf.forall (%i) = (0) to (64) step (32) shared_outs(%o = %z) -> (tensor<64x32xf32>) {
    %a = tensor.extract_slice %x[%i, 0] [32, 32] [1, 1] : tensor<64x32xf32> to tensor<32x32xf32>
    %d = tensor.extract_slice %o[%i, 0] [32, 32] [1, 1] : tensor<64x32xf32> to tensor<32x32xf32>
    %m = linalg.matmul ins(%a, %y : tensor<32x32xf32>, tensor<32x32xf32>) outs(%d : tensor<32x32xf32>) -> tensor<32x32xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %m into %o[%i, 0] [32, 32] [1, 1] : tensor<32x32xf32> into tensor<64x32xf32>
    }
  }
  return %r : tensor<64x32xf32>
}
