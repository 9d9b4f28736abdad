// RUN: %tt-check %s

// C += A·B on f32 output that is read before it is written, bf16 operands, one block of 32x64 per item.
#l1 = #gpu.address_space<workgroup>
func.func @accumulate(%A: memref<64x96xbf16>, %B: memref<96x64xbf16>, %C: memref<64x64xf32>) {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %c96 = arith.constant 96 : index
  scf.forall (%by) in (2) {
    %row = arith.muli %by, %c32 : index
    %acc = memref.alloc() : memref<32x64xf32, #l1>
    %c = memref.subview %C[%row, 0] [32, 64] [1, 1] : memref<64x64xf32> to memref<32x64xf32, strided<[64, 1], offset: ?>>
    memref.copy %c, %acc : memref<32x64xf32, strided<[64, 1], offset: ?>> to memref<32x64xf32, #l1>
    scf.for %k = %c0 to %c96 step %c32 {
      %a = memref.subview %A[%row, %k] [32, 32] [1, 1] : memref<64x96xbf16> to memref<32x32xbf16, strided<[96, 1], offset: ?>>
      %b = memref.subview %B[%k, 0] [32, 64] [1, 1] : memref<96x64xbf16> to memref<32x64xbf16, strided<[64, 1], offset: ?>>
      linalg.matmul ins(%a, %b : memref<32x32xbf16, strided<[96, 1], offset: ?>>, memref<32x64xbf16, strided<[64, 1], offset: ?>>)
                    outs(%acc : memref<32x64xf32, #l1>)
    }
    memref.copy %acc, %c : memref<32x64xf32, #l1> to memref<32x64xf32, strided<[64, 1], offset: ?>>
  }
  return
}
