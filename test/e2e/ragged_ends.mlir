// RUN: %tt-check %s

// Ragged blocks whose size and end are two things.
#id = affine_map<(d0, d1) -> (d0, d1)>
#row = affine_map<(d0, d1) -> (d0)>

// 40 columns of every 64: the block ends before its neighbours in the tile.
func.func @gap(%a: memref<32x457xbf16>, %y: memref<8x1x32xf32>) {
  %zero = arith.constant 0.0 : f32
  %c64 = arith.constant 64 : index
  scf.forall (%i) in (8) {
    %j = affine.apply affine_map<(d0) -> (d0 * 64)>(%i)
    %n0 = affine.min affine_map<(d0) -> (40, 457 - d0)>(%j)
    %n = arith.minsi %n0, %n0 : index
    %av = memref.subview %a[0, %j] [32, %n] [1, 1] : memref<32x457xbf16> to memref<32x?xbf16, strided<[457, 1], offset: ?>>
    %m = memref.alloc() : memref<32xf32>
    linalg.fill ins(%zero : f32) outs(%m : memref<32xf32>)
    linalg.generic {indexing_maps = [#id, #row], iterator_types = ["parallel", "reduction"]} ins(%av : memref<32x?xbf16, strided<[457, 1], offset: ?>>) outs(%m : memref<32xf32>) {
    ^bb0(%v: bf16, %acc: f32):
      %w = arith.extf %v : bf16 to f32
      %e = math.exp %w : f32
      %s = arith.addf %acc, %e : f32
      linalg.yield %s : f32
    }
    %yv = memref.subview %y[%i, 0, 0] [1, 1, 32] [1, 1, 1] : memref<8x1x32xf32> to memref<32xf32, strided<[1], offset: ?>>
    memref.copy %m, %yv : memref<32xf32> to memref<32xf32, strided<[1], offset: ?>>
  }
  return
}

// The smaller of two bounds is the size.
func.func @nested_min(%a: memref<32x457xbf16>, %y: memref<8x1x32xf32>) {
  %zero = arith.constant 0.0 : f32
  %c64 = arith.constant 64 : index
  scf.forall (%i) in (8) {
    %j = affine.apply affine_map<(d0) -> (d0 * 64)>(%i)
    %n0 = affine.min affine_map<(d0) -> (32, 457 - d0)>(%j)
    %n = arith.minsi %c64, %n0 : index
    %av = memref.subview %a[0, %j] [32, %n] [1, 1] : memref<32x457xbf16> to memref<32x?xbf16, strided<[457, 1], offset: ?>>
    %m = memref.alloc() : memref<32xf32>
    linalg.fill ins(%zero : f32) outs(%m : memref<32xf32>)
    linalg.generic {indexing_maps = [#id, #row], iterator_types = ["parallel", "reduction"]} ins(%av : memref<32x?xbf16, strided<[457, 1], offset: ?>>) outs(%m : memref<32xf32>) {
    ^bb0(%v: bf16, %acc: f32):
      %w = arith.extf %v : bf16 to f32
      %s = arith.addf %acc, %w : f32
      linalg.yield %s : f32
    }
    %yv = memref.subview %y[%i, 0, 0] [1, 1, 32] [1, 1, 1] : memref<8x1x32xf32> to memref<32xf32, strided<[1], offset: ?>>
    memref.copy %m, %yv : memref<32xf32> to memref<32xf32, strided<[1], offset: ?>>
  }
  return
}

// 37 columns and three fives: the tile holds more of both.
func.func @fill_edge(%x: memref<32x37xf32>, %y: memref<32xf32>) {
  %zero = arith.constant 0.0 : f32
  %five = arith.constant 5.0 : f32
  scf.forall (%i) = (0) to (37) step (64) {
    %n = affine.min affine_map<(d0) -> (40, 37 - d0)>(%i)
    %l = memref.alloc() : memref<32x40xf32>
    linalg.fill ins(%five : f32) outs(%l : memref<32x40xf32>)
    %xv = memref.subview %x[0, %i] [32, %n] [1, 1] : memref<32x37xf32> to memref<32x?xf32, strided<[37, 1], offset: ?>>
    %lv = memref.subview %l[0, 0] [32, %n] [1, 1] : memref<32x40xf32> to memref<32x?xf32, strided<[40, 1]>>
    memref.copy %xv, %lv : memref<32x?xf32, strided<[37, 1], offset: ?>> to memref<32x?xf32, strided<[40, 1]>>
    %m = memref.alloc() : memref<32xf32>
    linalg.fill ins(%zero : f32) outs(%m : memref<32xf32>)
    linalg.generic {indexing_maps = [#id, #row], iterator_types = ["parallel", "reduction"]} ins(%l : memref<32x40xf32>) outs(%m : memref<32xf32>) {
    ^bb0(%v: f32, %acc: f32):
      %s = arith.addf %acc, %v : f32
      linalg.yield %s : f32
    }
    memref.copy %m, %y : memref<32xf32> to memref<32xf32>
  }
  return
}

// A buffer with the name that the ones of a mask have.
func.func @name_clash(%x: memref<1x82xf32>, %v: memref<1x82xf32> {tt.name = "valid_cols_82_f32"}, %y: memref<1x1xf32>) {
  scf.forall (%i) = (0) to (82) step (96) {
    %n = affine.min affine_map<(d0) -> (96, 82 - d0)>(%i)
    %xv = memref.subview %x[0, %i] [1, %n] [1, 1] : memref<1x82xf32> to memref<1x?xf32, strided<[82, 1], offset: ?>>
    %vv = memref.subview %v[0, %i] [1, %n] [1, 1] : memref<1x82xf32> to memref<1x?xf32, strided<[82, 1], offset: ?>>
    linalg.exp ins(%xv : memref<1x?xf32, strided<[82, 1], offset: ?>>) outs(%vv : memref<1x?xf32, strided<[82, 1], offset: ?>>)
  }
  %zero = arith.constant 0.0 : f32
  scf.forall (%i) = (0) to (82) step (96) {
    %n = affine.min affine_map<(d0) -> (96, 82 - d0)>(%i)
    %vv = memref.subview %v[0, %i] [1, %n] [1, 1] : memref<1x82xf32> to memref<1x?xf32, strided<[82, 1], offset: ?>>
    %m = memref.alloc() : memref<1x1xf32>
    linalg.fill ins(%zero : f32) outs(%m : memref<1x1xf32>)
    linalg.generic {indexing_maps = [#id, affine_map<(d0,d1)->(d0, 0)>], iterator_types = ["parallel", "reduction"]} ins(%vv : memref<1x?xf32, strided<[82, 1], offset: ?>>) outs(%m : memref<1x1xf32>) {
    ^bb0(%q: f32, %acc: f32):
      %s = arith.addf %acc, %q : f32
      linalg.yield %s : f32
    }
    memref.copy %m, %y : memref<1x1xf32> to memref<1x1xf32>
  }
  return
}

// The maxima behind row 40 are 80, and share no exponent with the last eight: a
// column that is written as a row.
// tt-check: @bfp_rowmax %x range 2.0 3.0
func.func @bfp_rowmax(%x: memref<40x32xf32>, %y: memref<40xf32> {tt.layout = #tt.layout<format = bfp4_b>}) {
  %low = arith.constant 0xFF800000 : f32
  scf.forall (%i) = (0) to (40) step (32) {
    %n = affine.min affine_map<(d0) -> (32, 40 - d0)>(%i)
    %av = memref.subview %x[%i, 0] [%n, 32] [1, 1] : memref<40x32xf32> to memref<?x32xf32, strided<[32, 1], offset: ?>>
    %m = memref.alloc(%n) : memref<?xf32>
    linalg.fill ins(%low : f32) outs(%m : memref<?xf32>)
    linalg.generic {indexing_maps = [#id, #row], iterator_types = ["parallel", "reduction"]} ins(%av : memref<?x32xf32, strided<[32, 1], offset: ?>>) outs(%m : memref<?xf32>) {
    ^bb0(%v: f32, %acc: f32):
      %c = arith.constant 80.0 : f32
      %h = arith.constant 25.0 : f32
      %q = arith.mulf %v, %h : f32
      %d = arith.subf %c, %q : f32
      %s = arith.maximumf %acc, %d : f32
      linalg.yield %s : f32
    }
    %yv = memref.subview %y[%i] [%n] [1] : memref<40xf32> to memref<?xf32, strided<[1], offset: ?>>
    memref.copy %m, %yv : memref<?xf32> to memref<?xf32, strided<[1], offset: ?>>
  }
  return
}
