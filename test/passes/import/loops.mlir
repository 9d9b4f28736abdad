// RUN: tt-opt --tt-import --cse %s | FileCheck %s

// A memref that loops carry and never change is used directly; what else they
// carry stays, and so do the user's stages.

// CHECK-LABEL: tt.kernel @carried_0
// CHECK: %[[ACC:.*]] = memref.alloc() : memref<32x32xf32>
// CHECK: %[[SUM:.*]] = scf.for %{{.*}} = %{{.*}} to %c2{{.*}} step %c1{{.*}} iter_args(%[[S:.*]] = %{{.*}}) -> (tensor<32x32xf32>) {
// CHECK: tt.read_block {{.*}} {stages = 4 : i64}
// CHECK: linalg.matmul ins({{.*}}) outs(%[[ACC]]
// CHECK: %[[N:.*]] = linalg.add ins(%[[S]]
// CHECK: scf.yield %[[N]] : tensor<32x32xf32>
// CHECK: linalg.exp ins(%[[ACC]] {{.*}}) outs(%[[ACC]]
func.func @carried(%A: memref<32x64xf32>, %C: memref<32x32xf32>, %D: memref<32x32xf32>) {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %c64 = arith.constant 64 : index
  %zero = arith.constant 0.0 : f32
  scf.forall (%i) in (1) {
    %acc = memref.alloc() : memref<32x32xf32>
    linalg.fill ins(%zero : f32) outs(%acc : memref<32x32xf32>)
    %e = tensor.empty() : tensor<32x32xf32>
    %z = linalg.fill ins(%zero : f32) outs(%e : tensor<32x32xf32>) -> tensor<32x32xf32>
    %r:2 = scf.for %k = %c0 to %c64 step %c32 iter_args(%m = %acc, %s = %z) -> (memref<32x32xf32>, tensor<32x32xf32>) {
      %a = memref.subview %A[0, %k] [32, 32] [1, 1] : memref<32x64xf32> to memref<32x32xf32, strided<[64, 1], offset: ?>>
      linalg.matmul ins(%a, %a : memref<32x32xf32, strided<[64, 1], offset: ?>>, memref<32x32xf32, strided<[64, 1], offset: ?>>) outs(%m : memref<32x32xf32>)
      %n = linalg.add ins(%s, %z : tensor<32x32xf32>, tensor<32x32xf32>) outs(%e : tensor<32x32xf32>) -> tensor<32x32xf32>
      scf.yield %m, %n : memref<32x32xf32>, tensor<32x32xf32>
    } {tt.num_stages = 4 : i64}
    linalg.exp ins(%r#0 : memref<32x32xf32>) outs(%r#0 : memref<32x32xf32>)
    memref.copy %r#0, %C : memref<32x32xf32> to memref<32x32xf32>
    bufferization.materialize_in_destination %r#1 in writable %D : (tensor<32x32xf32>, memref<32x32xf32>) -> ()
  }
  return
}
