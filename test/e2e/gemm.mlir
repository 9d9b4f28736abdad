// RUN: %tt-check %s
// RUN: %tt-check %s --arch blackhole --seed 2

// C = A·B in memory form: 128x128 by 128x256, blocks of 64x64, K in steps of 32, bf16 in, f32 accumulation, bf16 out.
func.func @gemm(%A: memref<128x128xbf16>, %B: memref<128x256xbf16>, %C: memref<128x256xbf16>) {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %c64 = arith.constant 64 : index
  %c128 = arith.constant 128 : index
  %zero = arith.constant 0.0 : f32
  scf.forall (%by, %bx) in (2, 4) {
    %row = arith.muli %by, %c64 : index
    %col = arith.muli %bx, %c64 : index
    %As = memref.alloc() : memref<64x32xbf16, #gpu.address_space<workgroup>>
    %Bs = memref.alloc() : memref<32x64xbf16, #gpu.address_space<workgroup>>
    %Cs = memref.alloc() : memref<64x64xbf16, #gpu.address_space<workgroup>>
    %acc = memref.alloc() : memref<64x64xf32, #gpu.address_space<private>>
    linalg.fill ins(%zero : f32) outs(%acc : memref<64x64xf32, #gpu.address_space<private>>)
    scf.for %k = %c0 to %c128 step %c32 {
      %a = memref.subview %A[%row, %k] [64, 32] [1, 1]
         : memref<128x128xbf16> to memref<64x32xbf16, strided<[128, 1], offset: ?>>
      %b = memref.subview %B[%k, %col] [32, 64] [1, 1]
         : memref<128x256xbf16> to memref<32x64xbf16, strided<[256, 1], offset: ?>>
      memref.copy %a, %As : memref<64x32xbf16, strided<[128, 1], offset: ?>> to memref<64x32xbf16, #gpu.address_space<workgroup>>
      memref.copy %b, %Bs : memref<32x64xbf16, strided<[256, 1], offset: ?>> to memref<32x64xbf16, #gpu.address_space<workgroup>>
      linalg.matmul ins(%As, %Bs : memref<64x32xbf16, #gpu.address_space<workgroup>>, memref<32x64xbf16, #gpu.address_space<workgroup>>)
                    outs(%acc : memref<64x64xf32, #gpu.address_space<private>>)
    }
    linalg.generic {
        indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>],
        iterator_types = ["parallel", "parallel"]}
        ins(%acc : memref<64x64xf32, #gpu.address_space<private>>)
        outs(%Cs : memref<64x64xbf16, #gpu.address_space<workgroup>>) {
    ^bb0(%x: f32, %y: bf16):
      %t = arith.truncf %x : f32 to bf16
      linalg.yield %t : bf16
    }
    %c = memref.subview %C[%row, %col] [64, 64] [1, 1]
       : memref<128x256xbf16> to memref<64x64xbf16, strided<[256, 1], offset: ?>>
    memref.copy %Cs, %c : memref<64x64xbf16, #gpu.address_space<workgroup>> to memref<64x64xbf16, strided<[256, 1], offset: ?>>
  }
  return
}
