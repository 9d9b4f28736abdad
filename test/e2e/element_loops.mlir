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

// A column that a sum leaves in its buffer, read again: there, as part of the buffer and as part of its block.
func.func @column(%a: memref<64x32xf32>, %sum: memref<64x1xf32>, %d: memref<64x32xf32>, %e: memref<64x1xf32>) {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %zero = arith.constant 0.0 : f32
  scf.forall (%by) in (2) {
    %row = arith.muli %by, %c32 : index
    %av = memref.subview %a[%row, 0] [32, 32] [1, 1] : memref<64x32xf32> to memref<32x32xf32, strided<[32, 1], offset: ?>>
    %sv = memref.subview %sum[%row, 0] [32, 1] [1, 1] : memref<64x1xf32> to memref<32x1xf32, strided<[1, 1], offset: ?>>
    linalg.fill ins(%zero : f32) outs(%sv : memref<32x1xf32, strided<[1, 1], offset: ?>>)
    linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, 0)>], iterator_types = ["parallel", "reduction"]}
        ins(%av : memref<32x32xf32, strided<[32, 1], offset: ?>>) outs(%sv : memref<32x1xf32, strided<[1, 1], offset: ?>>) {
    ^bb0(%x: f32, %s: f32):
      %y = arith.addf %x, %s : f32
      linalg.yield %y : f32
    }
    scf.forall (%i, %j) in (32, 32) {
      %here = arith.addi %row, %i : index
      %x = memref.load %a[%here, %j] : memref<64x32xf32>
      %s = memref.load %sv[%i, %c0] : memref<32x1xf32, strided<[1, 1], offset: ?>>
      %t = memref.load %sum[%here, %c0] : memref<64x1xf32>
      %u = arith.mulf %s, %t : f32
      %w = arith.addf %u, %s : f32
      %v = arith.subf %x, %w : f32
      memref.store %v, %d[%here, %j] : memref<64x32xf32>
    }
    scf.forall (%i) in (32) {
      %here = arith.addi %row, %i : index
      %s = memref.load %sv[%i, %c0] : memref<32x1xf32, strided<[1, 1], offset: ?>>
      %t = arith.negf %s : f32
      memref.store %t, %e[%here, %c0] : memref<64x1xf32>
    }
  }
  return
}

// Loops of one iteration, of blocks of one element.
func.func @one(%a: memref<1xf32>, %b: memref<1x1xf32>, %d: memref<1xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.forall (%g) in (1) {
    %y = memref.alloc() : memref<1xf32>
    scf.parallel (%i) = (%c0) to (%c1) step (%c1) {
      %p = memref.load %a[%i] : memref<1xf32>
      %q = math.exp %p : f32
      memref.store %q, %y[%i] : memref<1xf32>
    }
    scf.forall (%i) in (1) {
      %p = memref.load %y[%i] : memref<1xf32>
      %q = memref.load %b[%i, %c0] : memref<1x1xf32>
      %r = arith.mulf %p, %q : f32
      memref.store %r, %d[%i] : memref<1xf32>
    }
  }
  return
}
