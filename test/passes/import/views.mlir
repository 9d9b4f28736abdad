// RUN: tt-opt --tt-import --canonicalize --cse --split-input-file %s | FileCheck %s

// Slices of slices add their offsets, dropped dimensions come back as offsets
// of the buffer's rank, and bounds and steps of the grid fold into them.

// CHECK-DAG: #[[ROW:.*]] = affine_map<(d0) -> (d0 * 64 + 128)>
// CHECK-DAG: #[[NESTED:.*]] = affine_map<(d0) -> (d0 * 64 + 160)>
// CHECK-LABEL: tt.kernel @nested_0 grid [2]
// CHECK-NEXT: ^bb0(%[[I:.*]]: index):
// CHECK: %[[R:.*]] = affine.apply #[[NESTED]](%[[I]])
// CHECK: tt.read_block @arg0[%[[R]], %c32] : tensor<32x32xbf16>
// CHECK: %[[W:.*]] = affine.apply #[[ROW]](%[[I]])
// CHECK: tt.write_block {{.*}}, @arg1[%[[W]], %c0] : tensor<32x32xbf16>
func.func @nested(%x: memref<256x64xbf16>, %y: memref<256x32xbf16>) {
  scf.forall (%i) = (128) to (256) step (64) {
    %a = memref.subview %x[%i, 0] [64, 64] [1, 1] : memref<256x64xbf16> to memref<64x64xbf16, strided<[64, 1], offset: ?>>
    %b = memref.subview %a[32, 32] [32, 32] [1, 1] : memref<64x64xbf16, strided<[64, 1], offset: ?>> to memref<32x32xbf16, strided<[64, 1], offset: ?>>
    %c = memref.subview %y[%i, 0] [32, 32] [1, 1] : memref<256x32xbf16> to memref<32x32xbf16, strided<[32, 1], offset: ?>>
    memref.copy %b, %c : memref<32x32xbf16, strided<[64, 1], offset: ?>> to memref<32x32xbf16, strided<[32, 1], offset: ?>>
  }
  return
}

// -----

// CHECK-LABEL: tt.kernel @batch_0 grid [2, 3, 2]
// CHECK-NEXT: ^bb0(%[[B:.*]]: index, %[[H:.*]]: index, %[[I:.*]]: index):
// CHECK: %[[R:.*]] = affine.apply #{{.*}}(%[[I]])
// CHECK: %[[X:.*]] = tt.read_block @arg0[%[[B]], %[[H]], %[[R]], %c0] : tensor<32x64xf32>
// CHECK: %[[Y:.*]] = linalg.exp ins(%[[X]]
// CHECK: tt.write_block %[[Y]], @result0[%[[B]], %[[H]], %[[R]], %c0] : tensor<32x64xf32>
func.func @batch(%x: tensor<2x3x64x64xf32>) -> tensor<2x3x64x64xf32> {
  %e = tensor.empty() : tensor<2x3x64x64xf32>
  %r = scf.forall (%b, %h, %i) = (0, 0, 0) to (2, 3, 64) step (1, 1, 32) shared_outs(%o = %e) -> (tensor<2x3x64x64xf32>) {
    %plane = tensor.extract_slice %x[%b, %h, 0, 0] [1, 1, 64, 64] [1, 1, 1, 1] : tensor<2x3x64x64xf32> to tensor<64x64xf32>
    %s = tensor.extract_slice %plane[%i, 0] [32, 64] [1, 1] : tensor<64x64xf32> to tensor<32x64xf32>
    %d = tensor.extract_slice %o[%b, %h, %i, 0] [1, 1, 32, 64] [1, 1, 1, 1] : tensor<2x3x64x64xf32> to tensor<32x64xf32>
    %y = linalg.exp ins(%s : tensor<32x64xf32>) outs(%d : tensor<32x64xf32>) -> tensor<32x64xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %y into %o[%b, %h, %i, 0] [1, 1, 32, 64] [1, 1, 1, 1] : tensor<32x64xf32> into tensor<2x3x64x64xf32>
    }
  }
  return %r : tensor<2x3x64x64xf32>
}

// -----

// A whole buffer is a block too, views may be taken before the grid, and
// constants and empty tensors come along.

// CHECK-LABEL: tt.kernel @outside_0
// CHECK-DAG: tt.read_block @arg0[%c32, %c0] : tensor<32x64xbf16>
// CHECK-DAG: tt.read_block @arg1[%c0, %c0] : tensor<32x64xbf16>
// CHECK: linalg.add
// CHECK: tt.write_block {{.*}}, @arg2[%c0, %c0] : tensor<32x64xbf16>
func.func @outside(%x: memref<64x64xbf16>, %y: memref<32x64xbf16>, %z: memref<32x64xbf16>) {
  %c32 = arith.constant 32 : index
  %v = memref.subview %x[%c32, 0] [32, 64] [1, 1] : memref<64x64xbf16> to memref<32x64xbf16, strided<[64, 1], offset: ?>>
  scf.forall (%i) in (1) {
    linalg.add ins(%v, %y : memref<32x64xbf16, strided<[64, 1], offset: ?>>, memref<32x64xbf16>) outs(%z : memref<32x64xbf16>)
  }
  return
}

// -----

// Slices of a destination that is filled before the grid are filled blocks.

// CHECK-LABEL: tt.kernel @filled_0
// CHECK: %[[E:.*]] = tensor.empty() : tensor<32x64xf32>
// CHECK: %[[Z:.*]] = linalg.fill ins(%{{.*}} : f32) outs(%[[E]] : tensor<32x64xf32>)
// CHECK: %[[R:.*]] = linalg.matmul ins({{.*}}) outs(%[[Z]]
// CHECK: tt.write_block %[[R]], @result0
func.func @filled(%A: tensor<64x32xf32>, %B: tensor<32x64xf32>) -> tensor<64x64xf32> {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<64x64xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<64x64xf32>) -> tensor<64x64xf32>
  %r = scf.forall (%i) = (0) to (64) step (32) shared_outs(%o = %f) -> (tensor<64x64xf32>) {
    %a = tensor.extract_slice %A[%i, 0] [32, 32] [1, 1] : tensor<64x32xf32> to tensor<32x32xf32>
    %d = tensor.extract_slice %o[%i, 0] [32, 64] [1, 1] : tensor<64x64xf32> to tensor<32x64xf32>
    %m = linalg.matmul ins(%a, %B : tensor<32x32xf32>, tensor<32x64xf32>) outs(%d : tensor<32x64xf32>) -> tensor<32x64xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %m into %o[%i, 0] [32, 64] [1, 1] : tensor<32x64xf32> into tensor<64x64xf32>
    }
  }
  return %r : tensor<64x64xf32>
}
