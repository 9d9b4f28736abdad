// The reference's values are those of a computation that shares nothing with it.

// RUN: rm -rf %t && mkdir %t
// RUN: %tt-check %s --keep %t --reference-only
// RUN: %python %S/inputs/recompute.py %t/data/small | FileCheck %s
// CHECK: the same

func.func @small(%a: memref<4x5xbf16>, %b: memref<5x6xbf16>, %c: memref<4x6xbf16>, %d: memref<4x6xf32>) {
  %zero = arith.constant 0.0 : f32
  scf.forall (%i) in (4) {
    %as = memref.subview %a[%i, 0] [1, 5] [1, 1] : memref<4x5xbf16> to memref<1x5xbf16, strided<[5, 1], offset: ?>>
    %cs = memref.subview %c[%i, 0] [1, 6] [1, 1] : memref<4x6xbf16> to memref<1x6xbf16, strided<[6, 1], offset: ?>>
    %ds = memref.subview %d[%i, 0] [1, 6] [1, 1] : memref<4x6xf32> to memref<1x6xf32, strided<[6, 1], offset: ?>>
    linalg.fill ins(%zero : f32) outs(%ds : memref<1x6xf32, strided<[6, 1], offset: ?>>)
    linalg.matmul ins(%as, %b : memref<1x5xbf16, strided<[5, 1], offset: ?>>, memref<5x6xbf16>)
                  outs(%ds : memref<1x6xf32, strided<[6, 1], offset: ?>>)
    linalg.generic {
        indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>],
        iterator_types = ["parallel", "parallel"]}
        ins(%cs : memref<1x6xbf16, strided<[6, 1], offset: ?>>) outs(%ds : memref<1x6xf32, strided<[6, 1], offset: ?>>) {
    ^bb0(%x: bf16, %y: f32):
      %w = arith.extf %x : bf16 to f32
      %s = arith.addf %y, %w : f32
      %r = arith.maximumf %s, %zero : f32
      linalg.yield %r : f32
    }
  }
  return
}
