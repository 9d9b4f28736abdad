// RUN: %tt-check %s

// Sizes that are no multiple of a tile or a block, in memory.
#id = affine_map<(d0, d1) -> (d0, d1)>
#row = affine_map<(d0, d1) -> (d0)>
#col = affine_map<(d0, d1) -> (d1)>

// 32 rows at a time; the squares behind column 100 are no part of the variance.
// tt-check: @layernorm %x range 0 2
func.func @layernorm(%x: memref<50x100xbf16>, %y: memref<50x100xbf16>) {
  %zero = arith.constant 0.0 : f32
  scf.forall (%i) = (0) to (50) step (32) {
    %n = affine.min affine_map<(d0) -> (32, 50 - d0)>(%i)
    %xv = memref.subview %x[%i, 0] [%n, 100] [1, 1] : memref<50x100xbf16> to memref<?x100xbf16, strided<[100, 1], offset: ?>>
    %yv = memref.subview %y[%i, 0] [%n, 100] [1, 1] : memref<50x100xbf16> to memref<?x100xbf16, strided<[100, 1], offset: ?>>
    %b = memref.alloc(%n) : memref<?x100xbf16>
    memref.copy %xv, %b : memref<?x100xbf16, strided<[100, 1], offset: ?>> to memref<?x100xbf16>
    %m = memref.alloc(%n) : memref<?xf32>
    linalg.fill ins(%zero : f32) outs(%m : memref<?xf32>)
    linalg.generic {indexing_maps = [#id, #row], iterator_types = ["parallel", "reduction"]} ins(%b : memref<?x100xbf16>) outs(%m : memref<?xf32>) {
    ^bb0(%v: bf16, %acc: f32):
      %w = arith.extf %v : bf16 to f32
      %s = arith.addf %acc, %w : f32
      linalg.yield %s : f32
    }
    %c = memref.alloc(%n) : memref<?x100xf32>
    linalg.generic {indexing_maps = [#id, #row, #id], iterator_types = ["parallel", "parallel"]} ins(%b, %m : memref<?x100xbf16>, memref<?xf32>) outs(%c : memref<?x100xf32>) {
    ^bb0(%v: bf16, %sum: f32, %out: f32):
      %w = arith.extf %v : bf16 to f32
      %k = arith.constant 0.01 : f32
      %mean = arith.mulf %sum, %k : f32
      %d = arith.subf %w, %mean : f32
      linalg.yield %d : f32
    }
    %q = memref.alloc(%n) : memref<?xf32>
    linalg.fill ins(%zero : f32) outs(%q : memref<?xf32>)
    linalg.generic {indexing_maps = [#id, #row], iterator_types = ["parallel", "reduction"]} ins(%c : memref<?x100xf32>) outs(%q : memref<?xf32>) {
    ^bb0(%v: f32, %acc: f32):
      %w = arith.mulf %v, %v : f32
      %s = arith.addf %acc, %w : f32
      linalg.yield %s : f32
    }
    linalg.generic {indexing_maps = [#id, #row, #id], iterator_types = ["parallel", "parallel"]} ins(%c, %q : memref<?x100xf32>, memref<?xf32>) outs(%b : memref<?x100xbf16>) {
    ^bb0(%d: f32, %sum: f32, %out: bf16):
      %k = arith.constant 0.01 : f32
      %eps = arith.constant 0.5 : f32
      %var = arith.mulf %sum, %k : f32
      %ve = arith.addf %var, %eps : f32
      %inv = math.rsqrt %ve : f32
      %n1 = arith.mulf %d, %inv : f32
      %t = arith.truncf %n1 : f32 to bf16
      linalg.yield %t : bf16
    }
    memref.copy %b, %yv : memref<?x100xbf16> to memref<?x100xbf16, strided<[100, 1], offset: ?>>
  }
  return
}

// What the first grid leaves behind the last element is the logarithm of zero.
// tt-check: @scratch %a range -2 -0.25
func.func @scratch(%a: memref<37x61xbf16>, %b: memref<61x129xbf16>, %c: memref<37x129xf32>) {
  %zero = arith.constant 0.0 : f32
  %t = memref.alloc() : memref<37x61xbf16>
  scf.forall (%i) = (0) to (37) step (32) {
    %n = affine.min affine_map<(d0) -> (32, 37 - d0)>(%i)
    %av = memref.subview %a[%i, 0] [%n, 61] [1, 1] : memref<37x61xbf16> to memref<?x61xbf16, strided<[61, 1], offset: ?>>
    %tv = memref.subview %t[%i, 0] [%n, 61] [1, 1] : memref<37x61xbf16> to memref<?x61xbf16, strided<[61, 1], offset: ?>>
    linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%av : memref<?x61xbf16, strided<[61, 1], offset: ?>>) outs(%tv : memref<?x61xbf16, strided<[61, 1], offset: ?>>) {
    ^bb0(%v: bf16, %out: bf16):
      %w = arith.extf %v : bf16 to f32
      %one = arith.constant 1.0 : f32
      %ab = math.absf %w : f32
      %p = arith.addf %ab, %one : f32
      %q = math.log %ab : f32
      %s = arith.mulf %q, %p : f32
      %x = arith.truncf %s : f32 to bf16
      linalg.yield %x : bf16
    }
  }
  scf.forall (%i, %j) = (0, 0) to (37, 129) step (32, 64) {
    %n = affine.min affine_map<(d0) -> (32, 37 - d0)>(%i)
    %m = affine.min affine_map<(d0) -> (64, 129 - d0)>(%j)
    %tv = memref.subview %t[%i, 0] [%n, 61] [1, 1] : memref<37x61xbf16> to memref<?x61xbf16, strided<[61, 1], offset: ?>>
    %bv = memref.subview %b[0, %j] [61, %m] [1, 1] : memref<61x129xbf16> to memref<61x?xbf16, strided<[129, 1], offset: ?>>
    %cv = memref.subview %c[%i, %j] [%n, %m] [1, 1] : memref<37x129xf32> to memref<?x?xf32, strided<[129, 1], offset: ?>>
    %acc = memref.alloc(%n, %m) : memref<?x?xf32>
    linalg.fill ins(%zero : f32) outs(%acc : memref<?x?xf32>)
    linalg.matmul ins(%tv, %bv : memref<?x61xbf16, strided<[61, 1], offset: ?>>, memref<61x?xbf16, strided<[129, 1], offset: ?>>) outs(%acc : memref<?x?xf32>)
    memref.copy %acc, %cv : memref<?x?xf32> to memref<?x?xf32, strided<[129, 1], offset: ?>>
  }
  return
}

func.func @vector(%a: memref<98433xf32>, %b: memref<98433xf32>) {
  scf.forall (%i) = (0) to (98433) step (2048) {
    %n = affine.min affine_map<(d0) -> (2048, 98433 - d0)>(%i)
    %av = memref.subview %a[%i] [%n] [1] : memref<98433xf32> to memref<?xf32, strided<[1], offset: ?>>
    %bv = memref.subview %b[%i] [%n] [1] : memref<98433xf32> to memref<?xf32, strided<[1], offset: ?>>
    linalg.exp ins(%av : memref<?xf32, strided<[1], offset: ?>>) outs(%bv : memref<?xf32, strided<[1], offset: ?>>)
  }
  return
}

// Blocks of a constant size, filled before fewer rows are copied into them: the
// sums of the rest of the rows are sums of fives.
func.func @filled(%x: memref<50x64xbf16>, %y: memref<64xf32>) {
  %zero = arith.constant 0.0 : f32
  %bz = arith.constant 5.0 : bf16
  scf.forall (%i) = (0) to (64) step (32) {
    %n = affine.min affine_map<(d0) -> (32, 50 - d0)>(%i)
    %l = memref.alloc() : memref<32x64xbf16>
    linalg.fill ins(%bz : bf16) outs(%l : memref<32x64xbf16>)
    %xv = memref.subview %x[%i, 0] [%n, 64] [1, 1] : memref<50x64xbf16> to memref<?x64xbf16, strided<[64, 1], offset: ?>>
    %lv = memref.subview %l[0, 0] [%n, 64] [1, 1] : memref<32x64xbf16> to memref<?x64xbf16, strided<[64, 1]>>
    memref.copy %xv, %lv : memref<?x64xbf16, strided<[64, 1], offset: ?>> to memref<?x64xbf16, strided<[64, 1]>>
    %m = memref.alloc() : memref<32xf32>
    linalg.fill ins(%zero : f32) outs(%m : memref<32xf32>)
    linalg.generic {indexing_maps = [#id, #row], iterator_types = ["parallel", "reduction"]} ins(%l : memref<32x64xbf16>) outs(%m : memref<32xf32>) {
    ^bb0(%v: bf16, %acc: f32):
      %w = arith.extf %v : bf16 to f32
      %s = arith.addf %acc, %w : f32
      linalg.yield %s : f32
    }
    %yv = memref.subview %y[%i] [32] [1] : memref<64xf32> to memref<32xf32, strided<[1], offset: ?>>
    memref.copy %m, %yv : memref<32xf32> to memref<32xf32, strided<[1], offset: ?>>
  }
  return
}

// Sums over rows, some of which are fives.
func.func @filled_rows(%x: memref<50x64xbf16>, %y: memref<2x1x64xf32>) {
  %zero = arith.constant 0.0 : f32
  %bz = arith.constant 5.0 : bf16
  scf.forall (%i) = (0) to (64) step (32) {
    %n = affine.min affine_map<(d0) -> (32, 50 - d0)>(%i)
    %l = memref.alloc() : memref<32x64xbf16>
    linalg.fill ins(%bz : bf16) outs(%l : memref<32x64xbf16>)
    %xv = memref.subview %x[%i, 0] [%n, 64] [1, 1] : memref<50x64xbf16> to memref<?x64xbf16, strided<[64, 1], offset: ?>>
    %lv = memref.subview %l[0, 0] [%n, 64] [1, 1] : memref<32x64xbf16> to memref<?x64xbf16, strided<[64, 1]>>
    memref.copy %xv, %lv : memref<?x64xbf16, strided<[64, 1], offset: ?>> to memref<?x64xbf16, strided<[64, 1]>>
    %m = memref.alloc() : memref<64xf32>
    linalg.fill ins(%zero : f32) outs(%m : memref<64xf32>)
    linalg.generic {indexing_maps = [#id, #col], iterator_types = ["reduction", "parallel"]} ins(%l : memref<32x64xbf16>) outs(%m : memref<64xf32>) {
    ^bb0(%v: bf16, %acc: f32):
      %w = arith.extf %v : bf16 to f32
      %s = arith.addf %acc, %w : f32
      linalg.yield %s : f32
    }
    %ib = affine.apply affine_map<(d0) -> (d0 floordiv 32)>(%i)
    %yv = memref.subview %y[%ib, 0, 0] [1, 1, 64] [1, 1, 1] : memref<2x1x64xf32> to memref<64xf32, strided<[1], offset: ?>>
    memref.copy %m, %yv : memref<64xf32> to memref<64xf32, strided<[1], offset: ?>>
  }
  return
}

// 17 columns in block floats: the eights behind them share no exponent with the
// last column.
// tt-check: @block_floats %x range 2.0 3.0
func.func @block_floats(%x: memref<96x17xf32>, %y: memref<96x17xf32> {tt.layout = #tt.layout<format = bfp4_b>}) {
  %c0 = arith.constant 0 : index
  scf.forall (%i) in (3) {
    %r = affine.apply affine_map<(d0) -> (d0 * 32)>(%i)
    %a = memref.subview %x[%r, 0] [32, 17] [1, 1] : memref<96x17xf32> to memref<32x17xf32, strided<[17, 1], offset: ?>>
    %b = memref.subview %y[%r, 0] [32, 17] [1, 1] : memref<96x17xf32> to memref<32x17xf32, strided<[17, 1], offset: ?>>
    linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%a : memref<32x17xf32, strided<[17, 1], offset: ?>>) outs(%b : memref<32x17xf32, strided<[17, 1], offset: ?>>) {
    ^bb0(%v: f32, %out: f32):
      %eight = arith.constant 8.0 : f32
      %h = arith.constant 2.5 : f32
      %m = arith.mulf %v, %h : f32
      %s = arith.subf %eight, %m : f32
      linalg.yield %s : f32
    }
  }
  return
}

// 17 of 64 columns: what lies behind them in the buffer is no padding.
func.func @narrower(%x: memref<32x64xf32>, %b: memref<17x32xf32>, %y: memref<32xf32>, %z: memref<32x32xf32>) {
  %zero = arith.constant 0.0 : f32
  scf.forall (%i) in (1) {
    %a = memref.subview %x[0, 0] [32, 17] [1, 1] : memref<32x64xf32> to memref<32x17xf32, strided<[64, 1]>>
    linalg.fill ins(%zero : f32) outs(%y : memref<32xf32>)
    linalg.reduce { arith.addf } ins(%a : memref<32x17xf32, strided<[64, 1]>>) outs(%y : memref<32xf32>) dimensions = [1]
    linalg.fill ins(%zero : f32) outs(%z : memref<32x32xf32>)
    linalg.matmul ins(%a, %b : memref<32x17xf32, strided<[64, 1]>>, memref<17x32xf32>) outs(%z : memref<32x32xf32>)
  }
  return
}
