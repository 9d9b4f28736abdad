// RUN: tt-opt --tt-import --tt-infer-layout --split-input-file %s | FileCheck %s

// Rows and columns of tiles are the last two dimensions, rounded up; what is in
// front of them is batch.

// CHECK: tt.buffer @arg0 : tensor<2x3x64x96xbf16> in {argument = 0 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 6, rows = 2, cols = 3, page_bytes = 2048>}
// CHECK: tt.buffer @arg1 : tensor<2x3x64x96xf32> out {{.*}}format = f32, {{.*}}batch = 6, rows = 2, cols = 3, page_bytes = 4096
#map = affine_map<(i, j, k, l) -> (i, j, k, l)>
func.func @batched(%x: memref<2x3x64x96xbf16>, %y: memref<2x3x64x96xf32>) {
  scf.forall (%i, %j) in (2, 3) {
    %a = memref.subview %x[%i, %j, 0, 0] [1, 1, 64, 96] [1, 1, 1, 1] : memref<2x3x64x96xbf16> to memref<64x96xbf16, strided<[96, 1], offset: ?>>
    %b = memref.subview %y[%i, %j, 0, 0] [1, 1, 64, 96] [1, 1, 1, 1] : memref<2x3x64x96xf32> to memref<64x96xf32, strided<[96, 1], offset: ?>>
    linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]}
        ins(%a : memref<64x96xbf16, strided<[96, 1], offset: ?>>) outs(%b : memref<64x96xf32, strided<[96, 1], offset: ?>>) {
    ^bb0(%v: bf16, %old: f32):
      %w = arith.extf %v : bf16 to f32
      linalg.yield %w : f32
    }
  }
  return
}

// -----

// A 1-D buffer that is only used element by element fills its tiles.

// CHECK: tt.buffer @arg0 : tensor<4096xbf16> in {{.*}}rows = 1, cols = 4, page_bytes = 2048, packed = true
// CHECK: tt.buffer @arg1 : tensor<4096xbf16> out {{.*}}rows = 1, cols = 4, page_bytes = 2048, packed = true
func.func @vector(%x: memref<4096xbf16>, %y: memref<4096xbf16>) {
  scf.forall (%i) = (0) to (4096) step (1024) {
    %a = memref.subview %x[%i] [1024] [1] : memref<4096xbf16> to memref<1024xbf16, strided<[1], offset: ?>>
    %b = memref.subview %y[%i] [1024] [1] : memref<4096xbf16> to memref<1024xbf16, strided<[1], offset: ?>>
    linalg.exp ins(%a : memref<1024xbf16, strided<[1], offset: ?>>) outs(%b : memref<1024xbf16, strided<[1], offset: ?>>)
  }
  return
}

// -----

// One that is broadcast over rows is a row of tiles.

// CHECK: tt.buffer @arg0 : tensor<64xbf16> in {{.*}}rows = 1, cols = 2, page_bytes = 2048>
// CHECK: tt.buffer @arg1 : tensor<32x64xbf16> out
func.func @bias(%x: memref<64xbf16>, %y: memref<32x64xbf16>) {
  scf.forall (%i) in (1) {
    linalg.broadcast ins(%x : memref<64xbf16>) outs(%y : memref<32x64xbf16>) dimensions = [0]
  }
  return
}

// -----

// Blocks that are no whole tiles of 1,024 keep their buffer, and those it is
// computed with, in rows.

// CHECK: tt.buffer @arg0 : tensor<2048xbf16> in {{.*}}rows = 1, cols = 64, page_bytes = 2048>
// CHECK: tt.buffer @arg1 : tensor<2048xbf16> out {{.*}}rows = 1, cols = 64, page_bytes = 2048>
// CHECK: tt.buffer @arg2 : tensor<2048xbf16> out {{.*}}rows = 1, cols = 64, page_bytes = 2048>
// CHECK: tt.buffer @arg3 : tensor<2048xf32> in {{.*}}rows = 1, cols = 2, page_bytes = 4096, packed = true>
func.func @small(%x: memref<2048xbf16>, %y: memref<2048xbf16>, %z: memref<2048xbf16>, %v: memref<2048xf32>, %w: memref<2048xf32>) {
  scf.forall (%i) = (0) to (2048) step (64) {
    %a = memref.subview %x[%i] [64] [1] : memref<2048xbf16> to memref<64xbf16, strided<[1], offset: ?>>
    %b = memref.subview %y[%i] [64] [1] : memref<2048xbf16> to memref<64xbf16, strided<[1], offset: ?>>
    linalg.exp ins(%a : memref<64xbf16, strided<[1], offset: ?>>) outs(%b : memref<64xbf16, strided<[1], offset: ?>>)
  }
  scf.forall (%i) in (1) {
    linalg.exp ins(%y : memref<2048xbf16>) outs(%z : memref<2048xbf16>)
  }
  scf.forall (%i) in (1) {
    linalg.exp ins(%v : memref<2048xf32>) outs(%w : memref<2048xf32>)
  }
  return
}

// -----

// Blocks of 64 rows that end with the buffer: it has the tiles of whole ones.
// What a kernel reads of a scratch buffer is written before: by a kernel with
// smaller blocks or by the host.

// CHECK: tt.buffer @arg0 : tensor<70x50xbf16> in {{.*}}rows = 4, cols = 2, page_bytes = 2048>
// CHECK: tt.buffer @arg1 : tensor<70x50xbf16> out {{.*}}rows = 4, cols = 2, page_bytes = 2048>
// CHECK: tt.buffer @tmp0 : tensor<70x50xbf16> scratch {fill = 0.000000e+00 : f32, {{.*}}rows = 4, cols = 2, page_bytes = 2048>
func.func @ragged(%x: memref<70x50xbf16>, %y: memref<70x50xbf16>) {
  %t = memref.alloc() : memref<70x50xbf16>
  scf.forall (%i) = (0) to (70) step (32) {
    %n = affine.min affine_map<(d0) -> (32, 70 - d0)>(%i)
    %a = memref.subview %x[%i, 0] [%n, 50] [1, 1] : memref<70x50xbf16> to memref<?x50xbf16, strided<[50, 1], offset: ?>>
    %b = memref.subview %t[%i, 0] [%n, 50] [1, 1] : memref<70x50xbf16> to memref<?x50xbf16, strided<[50, 1], offset: ?>>
    linalg.exp ins(%a : memref<?x50xbf16, strided<[50, 1], offset: ?>>) outs(%b : memref<?x50xbf16, strided<[50, 1], offset: ?>>)
  }
  scf.forall (%i) = (0) to (70) step (64) {
    %n = affine.min affine_map<(d0) -> (64, 70 - d0)>(%i)
    %x1 = memref.subview %x[%i, 0] [%n, 50] [1, 1] : memref<70x50xbf16> to memref<?x50xbf16, strided<[50, 1], offset: ?>>
    %a = memref.subview %t[%i, 0] [%n, 50] [1, 1] : memref<70x50xbf16> to memref<?x50xbf16, strided<[50, 1], offset: ?>>
    %b = memref.subview %y[%i, 0] [%n, 50] [1, 1] : memref<70x50xbf16> to memref<?x50xbf16, strided<[50, 1], offset: ?>>
    linalg.add ins(%a, %x1 : memref<?x50xbf16, strided<[50, 1], offset: ?>>, memref<?x50xbf16, strided<[50, 1], offset: ?>>) outs(%b : memref<?x50xbf16, strided<[50, 1], offset: ?>>)
  }
  return
}

// -----

// The last entry of a batch: its one row is a constant size, although it is
// what is left as well.

// CHECK: tt.buffer @arg0 : tensor<3x40x50xbf16> in {{.*}}rows = 2, cols = 2
// CHECK: tt.buffer @arg1 : tensor<40x50xbf16> out {{.*}}rows = 2, cols = 2
func.func @last_entry(%x: memref<3x40x50xbf16>, %y: memref<40x50xbf16>) {
  scf.forall (%i) = (0) to (40) step (32) {
    %n = affine.min affine_map<(d0) -> (32, 40 - d0)>(%i)
    %a = memref.subview %x[2, %i, 0] [1, %n, 50] [1, 1, 1] : memref<3x40x50xbf16> to memref<?x50xbf16, strided<[50, 1], offset: ?>>
    %b = memref.subview %y[%i, 0] [%n, 50] [1, 1] : memref<40x50xbf16> to memref<?x50xbf16, strided<[50, 1], offset: ?>>
    linalg.exp ins(%a : memref<?x50xbf16, strided<[50, 1], offset: ?>>) outs(%b : memref<?x50xbf16, strided<[50, 1], offset: ?>>)
  }
  return
}
