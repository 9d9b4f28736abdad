// RUN: %tt-check %s

// Two grids in one function with a DRAM buffer between them: T = A·B, then C = relu(T) + D with blocks of another shape.
#id = affine_map<(i, j) -> (i, j)>
#l1 = #gpu.address_space<workgroup>
func.func @two_grids(%A: memref<64x64xbf16>, %B: memref<64x128xbf16>, %D: memref<64x128xbf16>, %C: memref<64x128xbf16>) {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %c64 = arith.constant 64 : index
  %zero = arith.constant 0.0 : f32
  %zero16 = arith.constant 0.0 : bf16
  %T = memref.alloc() : memref<64x128xbf16>
  scf.forall (%by, %bx) in (2, 2) {
    %row = arith.muli %by, %c32 : index
    %col = arith.muli %bx, %c64 : index
    %acc = memref.alloc() : memref<32x64xf32, #gpu.address_space<private>>
    linalg.fill ins(%zero : f32) outs(%acc : memref<32x64xf32, #gpu.address_space<private>>)
    scf.for %k = %c0 to %c64 step %c32 {
      %a = memref.subview %A[%row, %k] [32, 32] [1, 1] : memref<64x64xbf16> to memref<32x32xbf16, strided<[64, 1], offset: ?>>
      %b = memref.subview %B[%k, %col] [32, 64] [1, 1] : memref<64x128xbf16> to memref<32x64xbf16, strided<[128, 1], offset: ?>>
      linalg.matmul ins(%a, %b : memref<32x32xbf16, strided<[64, 1], offset: ?>>, memref<32x64xbf16, strided<[128, 1], offset: ?>>)
                    outs(%acc : memref<32x64xf32, #gpu.address_space<private>>)
    }
    %t = memref.subview %T[%row, %col] [32, 64] [1, 1] : memref<64x128xbf16> to memref<32x64xbf16, strided<[128, 1], offset: ?>>
    linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
        ins(%acc : memref<32x64xf32, #gpu.address_space<private>>) outs(%t : memref<32x64xbf16, strided<[128, 1], offset: ?>>) {
    ^bb0(%x: f32, %old: bf16):
      %y = arith.truncf %x : f32 to bf16
      linalg.yield %y : bf16
    }
  }
  scf.forall (%b) in (4) {
    %col = arith.muli %b, %c32 : index
    %t = memref.subview %T[0, %col] [64, 32] [1, 1] : memref<64x128xbf16> to memref<64x32xbf16, strided<[128, 1], offset: ?>>
    %d = memref.subview %D[0, %col] [64, 32] [1, 1] : memref<64x128xbf16> to memref<64x32xbf16, strided<[128, 1], offset: ?>>
    %c = memref.subview %C[0, %col] [64, 32] [1, 1] : memref<64x128xbf16> to memref<64x32xbf16, strided<[128, 1], offset: ?>>
    linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]}
        ins(%t, %d : memref<64x32xbf16, strided<[128, 1], offset: ?>>, memref<64x32xbf16, strided<[128, 1], offset: ?>>)
        outs(%c : memref<64x32xbf16, strided<[128, 1], offset: ?>>) {
    ^bb0(%x: bf16, %y: bf16, %old: bf16):
      %r = arith.maximumf %x, %zero16 : bf16
      %s = arith.addf %r, %y : bf16
      linalg.yield %s : bf16
    }
  }
  return
}

// An edge of 18 rows in a grid of its own.
func.func @edge(%a: memref<82x96xbf16>, %d: memref<82x96xbf16>) {
  scf.forall (%i) in (2) {
    %m = affine.apply affine_map<(d0) -> (d0 * 32)>(%i)
    %x = memref.subview %a[%m, 0] [32, 96] [1, 1] : memref<82x96xbf16> to memref<32x96xbf16, strided<[96, 1], offset: ?>>
    %y = memref.subview %d[%m, 0] [32, 96] [1, 1] : memref<82x96xbf16> to memref<32x96xbf16, strided<[96, 1], offset: ?>>
    linalg.exp ins(%x : memref<32x96xbf16, strided<[96, 1], offset: ?>>) outs(%y : memref<32x96xbf16, strided<[96, 1], offset: ?>>)
  }
  scf.forall (%i) in (1) {
    %x = memref.subview %a[64, 0] [18, 96] [1, 1] : memref<82x96xbf16> to memref<18x96xbf16, strided<[96, 1], offset: 6144>>
    %y = memref.subview %d[64, 0] [18, 96] [1, 1] : memref<82x96xbf16> to memref<18x96xbf16, strided<[96, 1], offset: 6144>>
    linalg.exp ins(%x : memref<18x96xbf16, strided<[96, 1], offset: 6144>>) outs(%y : memref<18x96xbf16, strided<[96, 1], offset: 6144>>)
  }
  return
}
