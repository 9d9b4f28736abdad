// RUN: tt-opt --tt-import --canonicalize --cse --split-input-file --verify-diagnostics %s | FileCheck %s

// Element loops that index arguments run over blocks of them: what the loops do
// not count is the block's offset. The same block is read once, and written
// after the loop.

// CHECK-LABEL: tt.kernel @direct_0
// CHECK: %[[A:.*]] = memref.alloc() : memref<32x64xf32>
// CHECK: tt.read_block @arg0[%[[R:.*]], %[[C:.*]]] : tensor<32x64xf32>
// CHECK-NOT: tt.read_block @arg0
// CHECK: %[[V:.*]] = memref.alloc() : memref<64xf32>
// CHECK: tt.read_block @arg1[%c3, %[[C]]] : tensor<64xf32>
// CHECK: %[[O:.*]] = memref.alloc() : memref<32x64xf32>
// CHECK: scf.parallel (%[[I:.*]], %[[J:.*]]) =
// CHECK: memref.load %[[A]][%[[I]], %[[J]]]
// CHECK: memref.load %[[V]][%[[J]]]
// CHECK: memref.store %{{.*}}, %[[O]][%[[I]], %[[J]]]
// CHECK: tt.write_block {{.*}}, @arg2[%[[R]], %[[C]]] : tensor<32x64xf32>
func.func @direct(%A: memref<64x128xf32>, %v: memref<4x128xf32>, %C: memref<64x128xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %c32 = arith.constant 32 : index
  %c64 = arith.constant 64 : index
  scf.forall (%by, %bx) in (2, 2) {
    %m = arith.muli %by, %c32 : index
    scf.parallel (%i, %j) = (%c0, %c0) to (%c32, %c64) step (%c1, %c1) {
      %r = arith.addi %m, %i : index
      %c = affine.apply affine_map<(d0, d1) -> (d0 * 64 + d1)>(%bx, %j)
      %x = memref.load %A[%r, %c] : memref<64x128xf32>
      %y = memref.load %v[%c3, %c] : memref<4x128xf32>
      %x2 = memref.load %A[%r, %c] : memref<64x128xf32>
      %p = arith.mulf %x, %y : f32
      %s = arith.addf %p, %x2 : f32
      memref.store %s, %C[%r, %c] : memref<64x128xf32>
    }
  }
  return
}

// -----

// A block that the loop reads and writes is loaded, and stored.

// CHECK-LABEL: tt.kernel @update_0
// CHECK: %[[C:.*]] = memref.alloc() : memref<32x64xf32>
// CHECK: tt.read_block @arg0
// CHECK: scf.for %[[I:.*]] =
// CHECK: scf.for %[[J:.*]] =
// CHECK: memref.load %[[C]][%[[I]], %[[J]]]
// CHECK: memref.store %{{.*}}, %[[C]][%[[I]], %[[J]]]
// CHECK: tt.write_block {{.*}}, @arg0
func.func @update(%C: memref<64x64xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c32 = arith.constant 32 : index
  %c64 = arith.constant 64 : index
  scf.forall (%by) = (0) to (64) step (32) {
    scf.for %i = %c0 to %c32 step %c1 {
      scf.for %j = %c0 to %c64 step %c1 {
        %r = arith.addi %by, %i : index
        %x = memref.load %C[%r, %j] : memref<64x64xf32>
        %y = arith.addf %x, %x : f32
        memref.store %y, %C[%r, %j] : memref<64x64xf32>
      }
    }
  }
  return
}

// -----

func.func @twice(%C: memref<64x64xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c32 = arith.constant 32 : index
  scf.forall (%by) = (0) to (64) step (32) {
    scf.for %i = %c0 to %c32 step %c1 {
      %r = affine.apply affine_map<(d0, d1) -> (d0 + 2 * d1)>(%by, %i)
      // expected-error @below {{'memref.load' op has an index of a buffer in dimension 0 that is not an offset plus the counter of one loop around it}}
      // expected-note @below {{loops over elements count from 0 in steps of 1, each index adding one of their counters to an offset made outside of them; or take a memref.subview first}}
      %x = memref.load %C[%r, %i] : memref<64x64xf32>
      memref.store %x, %C[%r, %i] : memref<64x64xf32>
    }
  }
  return
}

// -----

// A loop that only moves the block that element loops run over is no element
// loop: each of its iterations reads another block.

// CHECK-LABEL: tt.kernel @moving_0
// CHECK: scf.for %[[K:.*]] = %c0{{.*}} to %c4{{.*}} step %c1
// CHECK: %[[O:.*]] = affine.apply #{{.*}}(%[[K]])
// CHECK: tt.read_block @arg0[%{{.*}}, %[[O]]] : tensor<32x64xf32>
// CHECK: scf.parallel
// CHECK: memref.store
func.func @moving(%A: memref<64x256xf32>, %C: memref<64x64xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c32 = arith.constant 32 : index
  %c64 = arith.constant 64 : index
  %c256 = arith.constant 256 : index
  scf.forall (%m) = (0) to (64) step (32) {
    %acc = memref.subview %C[%m, 0] [32, 64] [1, 1] : memref<64x64xf32> to memref<32x64xf32, strided<[64, 1], offset: ?>>
    scf.for %k = %c0 to %c256 step %c64 {
      scf.parallel (%i, %j) = (%c0, %c0) to (%c32, %c64) step (%c1, %c1) {
        %r = arith.addi %m, %i : index
        %c = arith.addi %k, %j : index
        %x = memref.load %A[%r, %c] : memref<64x256xf32>
        %o = memref.load %acc[%i, %j] : memref<32x64xf32, strided<[64, 1], offset: ?>>
        %s = arith.addf %x, %o : f32
        memref.store %s, %acc[%i, %j] : memref<32x64xf32, strided<[64, 1], offset: ?>>
      }
    }
  }
  return
}
