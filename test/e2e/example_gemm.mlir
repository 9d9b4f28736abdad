// RUN: %tt-check %s

// The blocked GEMM of a tile language: 1024x1024x1024 on f16 with f32 accumulation, blocks of 128x128, K in steps of 32, three
// stages in flight, blocks in workgroup memory and a fragment for the accumulator.
#l1 = #gpu.address_space<workgroup>
func.func @example_gemm(%A: memref<1024x1024xf16>, %B: memref<1024x1024xf16>, %C: memref<1024x1024xf16>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c32 = arith.constant 32 : index
  %c128 = arith.constant 128 : index
  %c1024 = arith.constant 1024 : index
  %zero = arith.constant 0.0 : f32
  scf.forall (%by, %bx) in (8, 8) {
    %row = arith.muli %by, %c128 : index
    %col = arith.muli %bx, %c128 : index
    %A_shared = memref.alloc() : memref<128x32xf16, #l1>
    %B_shared = memref.alloc() : memref<32x128xf16, #l1>
    %C_local = memref.alloc() : memref<128x128xf32, #gpu.address_space<private>>
    linalg.fill ins(%zero : f32) outs(%C_local : memref<128x128xf32, #gpu.address_space<private>>)
    scf.for %k = %c0 to %c1024 step %c32 {
      %a = memref.subview %A[%row, %k] [128, 32] [1, 1] : memref<1024x1024xf16> to memref<128x32xf16, strided<[1024, 1], offset: ?>>
      %b = memref.subview %B[%k, %col] [32, 128] [1, 1] : memref<1024x1024xf16> to memref<32x128xf16, strided<[1024, 1], offset: ?>>
      memref.copy %a, %A_shared : memref<128x32xf16, strided<[1024, 1], offset: ?>> to memref<128x32xf16, #l1>
      memref.copy %b, %B_shared : memref<32x128xf16, strided<[1024, 1], offset: ?>> to memref<32x128xf16, #l1>
      linalg.matmul ins(%A_shared, %B_shared : memref<128x32xf16, #l1>, memref<32x128xf16, #l1>)
                    outs(%C_local : memref<128x128xf32, #gpu.address_space<private>>)
    } {tt.num_stages = 3 : i64}
    %C_shared = memref.alloc() : memref<128x128xf16, #l1>
    scf.parallel (%i, %j) = (%c0, %c0) to (%c128, %c128) step (%c1, %c1) {
      %x = memref.load %C_local[%i, %j] : memref<128x128xf32, #gpu.address_space<private>>
      %y = arith.truncf %x : f32 to f16
      memref.store %y, %C_shared[%i, %j] : memref<128x128xf16, #l1>
    }
    %c = memref.subview %C[%row, %col] [128, 128] [1, 1] : memref<1024x1024xf16> to memref<128x128xf16, strided<[1024, 1], offset: ?>>
    memref.copy %C_shared, %c : memref<128x128xf16, #l1> to memref<128x128xf16, strided<[1024, 1], offset: ?>>
  }
  return
}
