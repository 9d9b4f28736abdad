// RUN: %tt-check %s

// d = a·b + c in memory form on bf16 through workgroup memory, blocks of 64x64.
#id = affine_map<(i, j) -> (i, j)>
#l1 = #gpu.address_space<workgroup>
func.func @fma(%a: memref<256x256xbf16>, %b: memref<256x256xbf16>, %c: memref<256x256xbf16>, %d: memref<256x256xbf16>) {
  %c64 = arith.constant 64 : index
  scf.forall (%by, %bx) in (4, 4) {
    %row = arith.muli %by, %c64 : index
    %col = arith.muli %bx, %c64 : index
    %as = memref.alloc() : memref<64x64xbf16, #l1>
    %bs = memref.alloc() : memref<64x64xbf16, #l1>
    %cs = memref.alloc() : memref<64x64xbf16, #l1>
    %ds = memref.alloc() : memref<64x64xbf16, #l1>
    %av = memref.subview %a[%row, %col] [64, 64] [1, 1] : memref<256x256xbf16> to memref<64x64xbf16, strided<[256, 1], offset: ?>>
    %bv = memref.subview %b[%row, %col] [64, 64] [1, 1] : memref<256x256xbf16> to memref<64x64xbf16, strided<[256, 1], offset: ?>>
    %cv = memref.subview %c[%row, %col] [64, 64] [1, 1] : memref<256x256xbf16> to memref<64x64xbf16, strided<[256, 1], offset: ?>>
    %dv = memref.subview %d[%row, %col] [64, 64] [1, 1] : memref<256x256xbf16> to memref<64x64xbf16, strided<[256, 1], offset: ?>>
    memref.copy %av, %as : memref<64x64xbf16, strided<[256, 1], offset: ?>> to memref<64x64xbf16, #l1>
    memref.copy %bv, %bs : memref<64x64xbf16, strided<[256, 1], offset: ?>> to memref<64x64xbf16, #l1>
    linalg.copy ins(%cv : memref<64x64xbf16, strided<[256, 1], offset: ?>>) outs(%cs : memref<64x64xbf16, #l1>)
    linalg.generic {indexing_maps = [#id, #id, #id, #id], iterator_types = ["parallel", "parallel"]}
        ins(%as, %bs, %cs : memref<64x64xbf16, #l1>, memref<64x64xbf16, #l1>, memref<64x64xbf16, #l1>)
        outs(%ds : memref<64x64xbf16, #l1>) {
    ^bb0(%x: bf16, %y: bf16, %z: bf16, %old: bf16):
      %p = arith.mulf %x, %y : bf16
      %s = arith.addf %p, %z : bf16
      linalg.yield %s : bf16
    }
    memref.copy %ds, %dv : memref<64x64xbf16, #l1> to memref<64x64xbf16, strided<[256, 1], offset: ?>>
  }
  return
}
