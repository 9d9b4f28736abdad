// RUN: %tt-check %s
// RUN: %tt-check %s --arch blackhole --seed 2

// d = a·b + c on f32 as an element loop over the block (scf.parallel of loads and stores), blocks of 32x64.
func.func @fma_f32(%a: memref<64x128xf32>, %b: memref<64x128xf32>, %c: memref<64x128xf32>, %d: memref<64x128xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c32 = arith.constant 32 : index
  %c64 = arith.constant 64 : index
  scf.forall (%by, %bx) in (2, 2) {
    %row = arith.muli %by, %c32 : index
    %col = arith.muli %bx, %c64 : index
    %av = memref.subview %a[%row, %col] [32, 64] [1, 1] : memref<64x128xf32> to memref<32x64xf32, strided<[128, 1], offset: ?>>
    %bv = memref.subview %b[%row, %col] [32, 64] [1, 1] : memref<64x128xf32> to memref<32x64xf32, strided<[128, 1], offset: ?>>
    %cv = memref.subview %c[%row, %col] [32, 64] [1, 1] : memref<64x128xf32> to memref<32x64xf32, strided<[128, 1], offset: ?>>
    %dv = memref.subview %d[%row, %col] [32, 64] [1, 1] : memref<64x128xf32> to memref<32x64xf32, strided<[128, 1], offset: ?>>
    scf.parallel (%i, %j) = (%c0, %c0) to (%c32, %c64) step (%c1, %c1) {
      %x = memref.load %av[%i, %j] : memref<32x64xf32, strided<[128, 1], offset: ?>>
      %y = memref.load %bv[%i, %j] : memref<32x64xf32, strided<[128, 1], offset: ?>>
      %z = memref.load %cv[%i, %j] : memref<32x64xf32, strided<[128, 1], offset: ?>>
      %p = arith.mulf %x, %y : f32
      %s = arith.addf %p, %z : f32
      memref.store %s, %dv[%i, %j] : memref<32x64xf32, strided<[128, 1], offset: ?>>
    }
  }
  return
}
