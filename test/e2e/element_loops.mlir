// RUN: %tt-check %s

// Loops over elements in every form, in place and through reused buffers: y = exp(x)·b + 0.5, then z = y where one number counts
// through the block.
func.func @loops(%a: memref<64x128xbf16>, %b: memref<64x128xbf16>, %d: memref<64x128xbf16>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c16 = arith.constant 16 : index
  %c32 = arith.constant 32 : index
  %c64 = arith.constant 64 : index
  %c128 = arith.constant 128 : index
  %half = arith.constant 0.5 : bf16
  scf.forall (%by, %bx) in (2, 2) {
    %row = arith.muli %by, %c32 : index
    %col = arith.muli %bx, %c64 : index
    %av = memref.subview %a[%row, %col] [32, 64] [1, 1] : memref<64x128xbf16> to memref<32x64xbf16, strided<[128, 1], offset: ?>>
    %bv = memref.subview %b[%row, %col] [32, 64] [1, 1] : memref<64x128xbf16> to memref<32x64xbf16, strided<[128, 1], offset: ?>>
    %dv = memref.subview %d[%row, %col] [32, 64] [1, 1] : memref<64x128xbf16> to memref<32x64xbf16, strided<[128, 1], offset: ?>>
    %x = memref.alloc() : memref<32x64xbf16>
    %y = memref.alloc() : memref<32x64xbf16>
    %z = memref.alloc() : memref<32x64xbf16>
    memref.copy %av, %x : memref<32x64xbf16, strided<[128, 1], offset: ?>> to memref<32x64xbf16>
    scf.for %j = %c0 to %c64 step %c1 {
      scf.for %i = %c0 to %c32 step %c1 {
        %p = memref.load %x[%i, %j] : memref<32x64xbf16>
        %q = math.exp %p : bf16
        memref.store %q, %x[%i, %j] : memref<32x64xbf16>
      }
    }
    memref.copy %x, %y : memref<32x64xbf16> to memref<32x64xbf16>
    memref.copy %bv, %x : memref<32x64xbf16, strided<[128, 1], offset: ?>> to memref<32x64xbf16>
    scf.parallel (%i, %j) = (%c0, %c0) to (%c32, %c64) step (%c1, %c1) {
      %p = memref.load %x[%i, %j] : memref<32x64xbf16>
      %q = memref.load %y[%i, %j] : memref<32x64xbf16>
      %r = arith.mulf %p, %q : bf16
      memref.store %r, %y[%i, %j] : memref<32x64xbf16>
      %s = memref.load %y[%i, %j] : memref<32x64xbf16>
      %u = arith.addf %s, %half : bf16
      memref.store %u, %y[%i, %j] : memref<32x64xbf16>
    }
    scf.forall (%i, %t) in (16, 128) {
      %0 = arith.muli %i, %c128 : index
      %1 = arith.addi %0, %t : index
      %r = arith.divui %1, %c64 : index
      %c = arith.remui %1, %c64 : index
      %v = memref.load %y[%r, %c] : memref<32x64xbf16>
      %n = arith.negf %v : bf16
      memref.store %n, %z[%r, %c] : memref<32x64xbf16>
    }
    memref.copy %z, %dv : memref<32x64xbf16> to memref<32x64xbf16, strided<[128, 1], offset: ?>>
  }
  return
}
