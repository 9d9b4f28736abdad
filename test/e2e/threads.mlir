// RUN: %tt-check %s

// Threads index the elements of a block, in loops, alone, and counting through it; what one step stores the next one loads.
func.func @threads(%a: memref<64x128xf32>, %d: memref<64x128xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c32 = arith.constant 32 : index
  %c64 = arith.constant 64 : index
  scf.forall (%by, %bx) in (2, 2) {
    %row = arith.muli %by, %c32 : index
    %col = arith.muli %bx, %c64 : index
    %av = memref.subview %a[%row, %col] [32, 64] [1, 1] : memref<64x128xf32> to memref<32x64xf32, strided<[128, 1], offset: ?>>
    %dv = memref.subview %d[%row, %col] [32, 64] [1, 1] : memref<64x128xf32> to memref<32x64xf32, strided<[128, 1], offset: ?>>
    %x = memref.alloc() : memref<32x64xf32>
    memref.copy %av, %x : memref<32x64xf32, strided<[128, 1], offset: ?>> to memref<32x64xf32>
    %tx = gpu.thread_id x upper_bound 64
    %ty = gpu.thread_id y upper_bound 32
    scf.for %i = %c0 to %c32 step %c1 {
      %p = memref.load %x[%i, %tx] : memref<32x64xf32>
      %s = arith.addf %p, %p : f32
      memref.store %s, %x[%i, %tx] : memref<32x64xf32>
    }
    %q = memref.load %x[%ty, %tx] : memref<32x64xf32>
    %n = arith.negf %q : f32
    memref.store %n, %x[%ty, %tx] : memref<32x64xf32>
    memref.copy %x, %dv : memref<32x64xf32> to memref<32x64xf32, strided<[128, 1], offset: ?>>
  }
  return
}
