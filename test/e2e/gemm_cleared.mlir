// RUN: %tt-check %s

// relu(A·B) in memory form: the accumulator is cleared in the first step of the K loop, the blocks are allocated in it, and the
// epilogue is a loop over elements.
func.func @cleared(%A: memref<64x96xbf16>, %B: memref<96x128xbf16>, %C: memref<64x128xbf16>) {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %c64 = arith.constant 64 : index
  %c96 = arith.constant 96 : index
  %zero = arith.constant 0.0 : f32
  scf.forall (%by, %bx) in (2, 2) {
    %row = arith.muli %by, %c32 : index
    %col = arith.muli %bx, %c64 : index
    %acc = memref.alloc() : memref<32x64xf32>
    %out = memref.alloc() : memref<32x64xbf16>
    scf.for %k = %c0 to %c96 step %c32 {
      %first = arith.cmpi eq, %k, %c0 : index
      scf.if %first {
        linalg.fill ins(%zero : f32) outs(%acc : memref<32x64xf32>)
      }
      %As = memref.alloc() : memref<32x32xbf16>
      %Bs = memref.alloc() : memref<32x64xbf16>
      %a = memref.subview %A[%row, %k] [32, 32] [1, 1] : memref<64x96xbf16> to memref<32x32xbf16, strided<[96, 1], offset: ?>>
      %b = memref.subview %B[%k, %col] [32, 64] [1, 1] : memref<96x128xbf16> to memref<32x64xbf16, strided<[128, 1], offset: ?>>
      memref.copy %a, %As : memref<32x32xbf16, strided<[96, 1], offset: ?>> to memref<32x32xbf16>
      memref.copy %b, %Bs : memref<32x64xbf16, strided<[128, 1], offset: ?>> to memref<32x64xbf16>
      linalg.matmul ins(%As, %Bs : memref<32x32xbf16>, memref<32x64xbf16>) outs(%acc : memref<32x64xf32>)
    }
    scf.forall (%i, %j) in (32, 64) {
      %p = memref.load %acc[%i, %j] : memref<32x64xf32>
      %q = arith.maximumf %p, %zero : f32
      %r = arith.truncf %q : f32 to bf16
      memref.store %r, %out[%i, %j] : memref<32x64xbf16>
    }
    %c = memref.subview %C[%row, %col] [32, 64] [1, 1] : memref<64x128xbf16> to memref<32x64xbf16, strided<[128, 1], offset: ?>>
    memref.copy %out, %c : memref<32x64xbf16> to memref<32x64xbf16, strided<[128, 1], offset: ?>>
  }
  return
}
