// RUN: tt-opt --tt-import --canonicalize %s | FileCheck %s

// Value form: slices of arguments are block reads, the parallel insertion is
// the block write, and the destination, which nothing reads, is not read.

// CHECK-LABEL: tt.host @gemm
// CHECK: tt.buffer @arg0 : tensor<64x64xbf16> in {argument = 0 : i64}
// CHECK: tt.buffer @arg1 : tensor<64x64xbf16> in {argument = 1 : i64}
// CHECK: tt.buffer @result0 : tensor<64x64xf32> out {result = 0 : i64}
// CHECK: tt.kernel @gemm_0 grid [2, 2]
// CHECK: %[[ZERO:.*]] = linalg.fill
// CHECK: %[[ACC:.*]] = scf.for %{{.*}} iter_args(%[[PART:.*]] = %[[ZERO]])
// CHECK: %[[A:.*]] = tt.read_block @arg0[
// CHECK: %[[B:.*]] = tt.read_block @arg1[
// CHECK: %[[NEXT:.*]] = linalg.matmul ins(%[[A]], %[[B]] : {{.*}}) outs(%[[PART]]
// CHECK: scf.yield %[[NEXT]]
// CHECK: tt.write_block %[[ACC]], @result0[
// CHECK-NOT: tensor.extract_slice
// CHECK-NOT: in_parallel
func.func @gemm(%A: tensor<64x64xbf16>, %B: tensor<64x64xbf16>) -> tensor<64x64xf32> {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %c64 = arith.constant 64 : index
  %zero = arith.constant 0.0 : f32
  %init = tensor.empty() : tensor<64x64xf32>
  %C = scf.forall (%row, %col) = (0, 0) to (64, 64) step (32, 32) shared_outs(%out = %init) -> (tensor<64x64xf32>) {
    %e = tensor.extract_slice %out[%row, %col] [32, 32] [1, 1] : tensor<64x64xf32> to tensor<32x32xf32>
    %z = linalg.fill ins(%zero : f32) outs(%e : tensor<32x32xf32>) -> tensor<32x32xf32>
    %acc = scf.for %k = %c0 to %c64 step %c32 iter_args(%part = %z) -> (tensor<32x32xf32>) {
      %a = tensor.extract_slice %A[%row, %k] [32, 32] [1, 1] : tensor<64x64xbf16> to tensor<32x32xbf16>
      %b = tensor.extract_slice %B[%k, %col] [32, 32] [1, 1] : tensor<64x64xbf16> to tensor<32x32xbf16>
      %next = linalg.matmul ins(%a, %b : tensor<32x32xbf16>, tensor<32x32xbf16>) outs(%part : tensor<32x32xf32>) -> tensor<32x32xf32>
      scf.yield %next : tensor<32x32xf32>
    }
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %acc into %out[%row, %col] [32, 32] [1, 1] : tensor<32x32xf32> into tensor<64x64xf32>
    }
  }
  return %C : tensor<64x64xf32>
}
