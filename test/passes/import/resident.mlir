// RUN: tt-opt --tt-import --canonicalize --cse --split-input-file %s | FileCheck %s

// Computation on a block of an argument keeps the block on the core: nothing is
// read that is overwritten, and it is written once, after the K loop.

#map = affine_map<(d0) -> (d0 * 32)>
// CHECK-LABEL: tt.kernel @matmul_0
// CHECK: %[[ACC:.*]] = memref.alloc() : memref<32x32xf32>
// CHECK-NOT: tt.read_block @arg2
// CHECK: linalg.fill ins({{.*}}) outs(%[[ACC]]
// CHECK: scf.for
// CHECK: linalg.matmul ins({{.*}}) outs(%[[ACC]]
// CHECK: }
// CHECK: linalg.exp ins(%[[ACC]] {{.*}}) outs(%[[ACC]]
// CHECK: %[[C:.*]] = bufferization.to_tensor %[[ACC]]
// CHECK: tt.write_block %[[C]], @arg2
// CHECK-NOT: tt.write_block
func.func @matmul(%A: memref<64x64xf32>, %B: memref<64x64xf32>, %C: memref<64x64xf32>) {
  %zero = arith.constant 0.0 : f32
  %c0 = arith.constant 0 : index
  %c64 = arith.constant 64 : index
  %c32 = arith.constant 32 : index
  scf.forall (%i, %j) in (2, 2) {
    %m = affine.apply #map(%i)
    %n = affine.apply #map(%j)
    %c = memref.subview %C[%m, %n] [32, 32] [1, 1] : memref<64x64xf32> to memref<32x32xf32, strided<[64, 1], offset: ?>>
    linalg.fill ins(%zero : f32) outs(%c : memref<32x32xf32, strided<[64, 1], offset: ?>>)
    scf.for %k = %c0 to %c64 step %c32 {
      %a = memref.subview %A[%m, %k] [32, 32] [1, 1] : memref<64x64xf32> to memref<32x32xf32, strided<[64, 1], offset: ?>>
      %b = memref.subview %B[%k, %n] [32, 32] [1, 1] : memref<64x64xf32> to memref<32x32xf32, strided<[64, 1], offset: ?>>
      // Another spelling of the same block.
      %m2 = arith.muli %i, %c32 : index
      %again = memref.subview %C[%m2, %n] [32, 32] [1, 1] : memref<64x64xf32> to memref<32x32xf32, strided<[64, 1], offset: ?>>
      linalg.matmul ins(%a, %b : memref<32x32xf32, strided<[64, 1], offset: ?>>, memref<32x32xf32, strided<[64, 1], offset: ?>>) outs(%again : memref<32x32xf32, strided<[64, 1], offset: ?>>)
    }
    linalg.exp ins(%c : memref<32x32xf32, strided<[64, 1], offset: ?>>) outs(%c : memref<32x32xf32, strided<[64, 1], offset: ?>>)
    memref.copy %c, %c : memref<32x32xf32, strided<[64, 1], offset: ?>> to memref<32x32xf32, strided<[64, 1], offset: ?>>
  }
  return
}

// -----

// A destination that is read before it is written is loaded first.

// CHECK-LABEL: tt.host @accumulate
// CHECK: tt.buffer @arg2 : tensor<32x32xf32> inout
// CHECK: %[[ACC:.*]] = memref.alloc() : memref<32x32xf32>
// CHECK: %[[OLD:.*]] = tt.read_block @arg2[%c0, %c0]
// CHECK: bufferization.materialize_in_destination %[[OLD]] in writable %[[ACC]]
// CHECK: scf.for
// CHECK: linalg.matmul ins({{.*}}) outs(%[[ACC]]
// CHECK: }
// CHECK: tt.write_block {{.*}}, @arg2
func.func @accumulate(%A: memref<32x64xf32>, %B: memref<64x32xf32>, %C: memref<32x32xf32>) {
  %c0 = arith.constant 0 : index
  %c64 = arith.constant 64 : index
  %c32 = arith.constant 32 : index
  scf.forall (%i) in (1) {
    scf.for %k = %c0 to %c64 step %c32 {
      %a = memref.subview %A[0, %k] [32, 32] [1, 1] : memref<32x64xf32> to memref<32x32xf32, strided<[64, 1], offset: ?>>
      %b = memref.subview %B[%k, 0] [32, 32] [1, 1] : memref<64x32xf32> to memref<32x32xf32, strided<[32, 1], offset: ?>>
      linalg.matmul ins(%a, %b : memref<32x32xf32, strided<[64, 1], offset: ?>>, memref<32x32xf32, strided<[32, 1], offset: ?>>) outs(%C : memref<32x32xf32>)
    }
  }
  return
}

// -----

// Copies out and in around the loop need no block of their own.

// CHECK-LABEL: tt.kernel @copies_0
// CHECK: %[[LOCAL:.*]] = memref.alloc() : memref<32x32xbf16>
// CHECK-NOT: memref.alloc
// CHECK: %[[X:.*]] = tt.read_block @arg0
// CHECK: bufferization.materialize_in_destination %[[X]] in writable %[[LOCAL]]
// CHECK: linalg.exp ins(%[[LOCAL]] {{.*}}) outs(%[[LOCAL]]
// CHECK: %[[Y:.*]] = bufferization.to_tensor %[[LOCAL]]
// CHECK: tt.write_block %[[Y]], @arg0
func.func @copies(%x: memref<64x32xbf16>) {
  scf.forall (%i) = (0) to (64) step (32) {
    %b = memref.subview %x[%i, 0] [32, 32] [1, 1] : memref<64x32xbf16> to memref<32x32xbf16, strided<[32, 1], offset: ?>>
    %m = memref.alloc() : memref<32x32xbf16>
    memref.copy %b, %m : memref<32x32xbf16, strided<[32, 1], offset: ?>> to memref<32x32xbf16>
    linalg.exp ins(%m : memref<32x32xbf16>) outs(%m : memref<32x32xbf16>)
    linalg.copy ins(%m : memref<32x32xbf16>) outs(%b : memref<32x32xbf16, strided<[32, 1], offset: ?>>)
    memref.dealloc %m : memref<32x32xbf16>
  }
  return
}

// -----

// A block that an inner loop takes another one of each time is read, computed
// and written in that loop; one written only under a condition is loaded first.

// CHECK-LABEL: tt.host @inner
// CHECK: tt.buffer @arg1 : tensor<64x64xbf16> inout
// CHECK: scf.for
// CHECK: %[[X:.*]] = tt.read_block @arg0
// CHECK: %[[OLD:.*]] = tt.read_block @arg1
// CHECK: scf.if
// CHECK: linalg.exp
// CHECK: }
// CHECK: tt.write_block {{.*}}, @arg1
func.func @inner(%x: memref<64x64xbf16>, %y: memref<64x64xbf16>) {
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %c1 = arith.constant 1 : index
  scf.forall (%i) = (0) to (64) step (32) {
    scf.for %k = %c0 to %c2 step %c1 {
      %n = affine.apply affine_map<(d0) -> (d0 * 32)>(%k)
      %a = memref.subview %x[%i, %n] [32, 32] [1, 1] : memref<64x64xbf16> to memref<32x32xbf16, strided<[64, 1], offset: ?>>
      %b = memref.subview %y[%i, %n] [32, 32] [1, 1] : memref<64x64xbf16> to memref<32x32xbf16, strided<[64, 1], offset: ?>>
      %first = arith.cmpi eq, %k, %c0 : index
      scf.if %first {
        linalg.exp ins(%a : memref<32x32xbf16, strided<[64, 1], offset: ?>>) outs(%b : memref<32x32xbf16, strided<[64, 1], offset: ?>>)
      }
    }
  }
  return
}

// -----

// A buffer that is filled between grids and then written by one is filled block
// by block; what nothing reads back is not written at all.

// CHECK-LABEL: tt.host @filled
// CHECK-NOT: @tmp0
// CHECK: %[[ACC:.*]] = memref.alloc() : memref<32x32xf32>
// CHECK: %[[Z:.*]] = linalg.fill
// CHECK: bufferization.materialize_in_destination %[[Z]] in writable %[[ACC]]
// CHECK: linalg.matmul {{.*}} outs(%[[ACC]]
// CHECK-NOT: @tmp0
// CHECK: tt.write_block {{.*}}, @result0
func.func @filled(%A: memref<64x64xbf16>, %B: memref<64x64xbf16>) -> memref<64x64xbf16> {
  %zero = arith.constant 0.0 : f32
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %c64 = arith.constant 64 : index
  %acc = memref.alloc() : memref<64x64xf32>
  linalg.fill ins(%zero : f32) outs(%acc : memref<64x64xf32>)
  %out = memref.alloc() : memref<64x64xbf16>
  scf.forall (%m, %n) = (0, 0) to (64, 64) step (32, 32) {
    %c = memref.subview %acc[%m, %n] [32, 32] [1, 1] : memref<64x64xf32> to memref<32x32xf32, strided<[64, 1], offset: ?>>
    scf.for %k = %c0 to %c64 step %c32 {
      %a = memref.subview %A[%m, %k] [32, 32] [1, 1] : memref<64x64xbf16> to memref<32x32xbf16, strided<[64, 1], offset: ?>>
      %b = memref.subview %B[%k, %n] [32, 32] [1, 1] : memref<64x64xbf16> to memref<32x32xbf16, strided<[64, 1], offset: ?>>
      linalg.matmul ins(%a, %b : memref<32x32xbf16, strided<[64, 1], offset: ?>>, memref<32x32xbf16, strided<[64, 1], offset: ?>>) outs(%c : memref<32x32xf32, strided<[64, 1], offset: ?>>)
    }
    %o = memref.subview %out[%m, %n] [32, 32] [1, 1] : memref<64x64xbf16> to memref<32x32xbf16, strided<[64, 1], offset: ?>>
    linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]}
        ins(%c : memref<32x32xf32, strided<[64, 1], offset: ?>>) outs(%o : memref<32x32xbf16, strided<[64, 1], offset: ?>>) {
    ^bb0(%x: f32, %old: bf16):
      %e = arith.truncf %x : f32 to bf16
      linalg.yield %e : bf16
    }
  }
  return %out : memref<64x64xbf16>
}
