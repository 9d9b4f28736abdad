// Operands that repeat or lie across: rows, columns, scalars, transposes.
// RUN: tt-opt --tt-lower-tile-intrinsics --canonicalize --cse -split-input-file %s | FileCheck %s

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
#tr = affine_map<(d0, d1) -> (d1, d0)>
#row = affine_map<(d0, d1) -> (d1)>
#col = affine_map<(d0, d1) -> (d0)>
#none = affine_map<(d0, d1) -> ()>
// A 1-D operand is a row.
// CHECK-LABEL: tt.kernel @row_0
// CHECK: %[[X:.*]] = tt.read_block @X
// CHECK: %[[Y:.*]] = tt.read_block @Y[%{{.*}}] : tensor<1x3x!tt.tile<32x32, f32>>
// CHECK: %[[B:.*]] = tt.bcast row %[[Y]] : tensor<1x3x!tt.tile<32x32, f32>> to tensor<2x3x!tt.tile<32x32, f32>>
// CHECK: tt.binary add %[[X]], %[[B]]
tt.host @row device(#wh) {
  tt.buffer @X : tensor<64x96xf32> in {argument = 0 : i64}
  tt.buffer @Y : tensor<96xf32> in {argument = 1 : i64}
  tt.buffer @Z : tensor<64x96xf32> out {argument = 2 : i64}
  tt.kernel @row_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c4 = arith.constant 4 : index
    %zero = arith.constant 0.0 : f32
    %ninf = arith.constant 0xFF800000 : f32
    %x = tt.read_block @X[%c0, %c0] : tensor<64x96xf32>
    %y = tt.read_block @Y[%c0] : tensor<96xf32>
    %e = tensor.empty() : tensor<64x96xf32>
    %r = linalg.generic {indexing_maps = [#id, #row, #id], iterator_types = ["parallel", "parallel"]} ins(%x, %y : tensor<64x96xf32>, tensor<96xf32>) outs(%e : tensor<64x96xf32>) {
    ^bb0(%a: f32, %b: f32, %o: f32):
      %0 = arith.addf %a, %b : f32
      linalg.yield %0 : f32
    } -> tensor<64x96xf32>
    tt.write_block %r, @Z[%c0, %c0] : tensor<64x96xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
#tr = affine_map<(d0, d1) -> (d1, d0)>
#row = affine_map<(d0, d1) -> (d1)>
#col = affine_map<(d0, d1) -> (d0)>
#none = affine_map<(d0, d1) -> ()>
// One along the rows becomes a column.
// CHECK-LABEL: tt.kernel @column_0
// CHECK: %[[X:.*]] = tt.read_block @X
// CHECK: %[[Y:.*]] = tt.read_block @Y[%{{.*}}] : tensor<1x2x!tt.tile<32x32, f32>>
// CHECK: %[[C:.*]] = tt.transpose %[[Y]] : tensor<1x2x!tt.tile<32x32, f32>> to tensor<2x1x!tt.tile<32x32, f32>>
// CHECK: %[[B:.*]] = tt.bcast col %[[C]] : tensor<2x1x!tt.tile<32x32, f32>> to tensor<2x3x!tt.tile<32x32, f32>>
// CHECK: tt.binary add %[[X]], %[[B]]
tt.host @column device(#wh) {
  tt.buffer @X : tensor<64x96xf32> in {argument = 0 : i64}
  tt.buffer @Y : tensor<64xf32> in {argument = 1 : i64}
  tt.buffer @Z : tensor<64x96xf32> out {argument = 2 : i64}
  tt.kernel @column_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c4 = arith.constant 4 : index
    %zero = arith.constant 0.0 : f32
    %ninf = arith.constant 0xFF800000 : f32
    %x = tt.read_block @X[%c0, %c0] : tensor<64x96xf32>
    %y = tt.read_block @Y[%c0] : tensor<64xf32>
    %e = tensor.empty() : tensor<64x96xf32>
    %r = linalg.generic {indexing_maps = [#id, #col, #id], iterator_types = ["parallel", "parallel"]} ins(%x, %y : tensor<64x96xf32>, tensor<64xf32>) outs(%e : tensor<64x96xf32>) {
    ^bb0(%a: f32, %b: f32, %o: f32):
      %0 = arith.addf %a, %b : f32
      linalg.yield %0 : f32
    } -> tensor<64x96xf32>
    tt.write_block %r, @Z[%c0, %c0] : tensor<64x96xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
#tr = affine_map<(d0, d1) -> (d1, d0)>
#row = affine_map<(d0, d1) -> (d1)>
#col = affine_map<(d0, d1) -> (d0)>
#none = affine_map<(d0, d1) -> ()>
// A column is one already.
// CHECK-LABEL: tt.kernel @column2_0
// CHECK: %[[X:.*]] = tt.read_block @X
// CHECK: %[[Y:.*]] = tt.read_block @Y[%{{.*}}, %{{.*}}] : tensor<2x1x!tt.tile<32x32, f32>>
// CHECK: %[[B:.*]] = tt.bcast col %[[Y]] : tensor<2x1x!tt.tile<32x32, f32>> to tensor<2x3x!tt.tile<32x32, f32>>
// CHECK: tt.binary add %[[X]], %[[B]]
tt.host @column2 device(#wh) {
  tt.buffer @X : tensor<64x96xf32> in {argument = 0 : i64}
  tt.buffer @Y : tensor<64x1xf32> in {argument = 1 : i64}
  tt.buffer @Z : tensor<64x96xf32> out {argument = 2 : i64}
  tt.kernel @column2_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c4 = arith.constant 4 : index
    %zero = arith.constant 0.0 : f32
    %ninf = arith.constant 0xFF800000 : f32
    %x = tt.read_block @X[%c0, %c0] : tensor<64x96xf32>
    %y = tt.read_block @Y[%c0, %c0] : tensor<64x1xf32>
    %e = tensor.empty() : tensor<64x96xf32>
    %r = linalg.generic {indexing_maps = [#id, affine_map<(d0, d1) -> (d0, 0)>, #id], iterator_types = ["parallel", "parallel"]} ins(%x, %y : tensor<64x96xf32>, tensor<64x1xf32>) outs(%e : tensor<64x96xf32>) {
    ^bb0(%a: f32, %b: f32, %o: f32):
      %0 = arith.addf %a, %b : f32
      linalg.yield %0 : f32
    } -> tensor<64x96xf32>
    tt.write_block %r, @Z[%c0, %c0] : tensor<64x96xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
#tr = affine_map<(d0, d1) -> (d1, d0)>
#row = affine_map<(d0, d1) -> (d1)>
#col = affine_map<(d0, d1) -> (d0)>
#none = affine_map<(d0, d1) -> ()>
// A scalar.
// CHECK-LABEL: tt.kernel @scalar_0
// CHECK: %[[X:.*]] = tt.read_block @X
// CHECK: %[[Y:.*]] = tt.read_block @Y
// CHECK: %[[B:.*]] = tt.bcast scalar %[[Y]] : tensor<1x1x!tt.tile<32x32, f32>> to tensor<2x3x!tt.tile<32x32, f32>>
// CHECK: tt.binary add %[[X]], %[[B]]
tt.host @scalar device(#wh) {
  tt.buffer @X : tensor<64x96xf32> in {argument = 0 : i64}
  tt.buffer @Y : tensor<1x1xf32> in {argument = 1 : i64}
  tt.buffer @Z : tensor<64x96xf32> out {argument = 2 : i64}
  tt.kernel @scalar_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c4 = arith.constant 4 : index
    %zero = arith.constant 0.0 : f32
    %ninf = arith.constant 0xFF800000 : f32
    %x = tt.read_block @X[%c0, %c0] : tensor<64x96xf32>
    %y = tt.read_block @Y[%c0, %c0] : tensor<1x1xf32>
    %e = tensor.empty() : tensor<64x96xf32>
    %r = linalg.generic {indexing_maps = [#id, affine_map<(d0, d1) -> (0, 0)>, #id], iterator_types = ["parallel", "parallel"]} ins(%x, %y : tensor<64x96xf32>, tensor<1x1xf32>) outs(%e : tensor<64x96xf32>) {
    ^bb0(%a: f32, %b: f32, %o: f32):
      %0 = arith.addf %a, %b : f32
      linalg.yield %0 : f32
    } -> tensor<64x96xf32>
    tt.write_block %r, @Z[%c0, %c0] : tensor<64x96xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
#tr = affine_map<(d0, d1) -> (d1, d0)>
#row = affine_map<(d0, d1) -> (d1)>
#col = affine_map<(d0, d1) -> (d0)>
#none = affine_map<(d0, d1) -> ()>
// A transposed map.
// CHECK-LABEL: tt.kernel @transposed_0
// CHECK: %[[X:.*]] = tt.read_block @X
// CHECK: %[[Y:.*]] = tt.read_block @Y[%{{.*}}, %{{.*}}] : tensor<3x2x!tt.tile<32x32, f32>>
// CHECK: %[[B:.*]] = tt.transpose %[[Y]] : tensor<3x2x!tt.tile<32x32, f32>> to tensor<2x3x!tt.tile<32x32, f32>>
// CHECK: tt.binary add %[[X]], %[[B]]
tt.host @transposed device(#wh) {
  tt.buffer @X : tensor<64x96xf32> in {argument = 0 : i64}
  tt.buffer @Y : tensor<96x64xf32> in {argument = 1 : i64}
  tt.buffer @Z : tensor<64x96xf32> out {argument = 2 : i64}
  tt.kernel @transposed_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c4 = arith.constant 4 : index
    %zero = arith.constant 0.0 : f32
    %ninf = arith.constant 0xFF800000 : f32
    %x = tt.read_block @X[%c0, %c0] : tensor<64x96xf32>
    %y = tt.read_block @Y[%c0, %c0] : tensor<96x64xf32>
    %e = tensor.empty() : tensor<64x96xf32>
    %r = linalg.generic {indexing_maps = [#id, #tr, #id], iterator_types = ["parallel", "parallel"]} ins(%x, %y : tensor<64x96xf32>, tensor<96x64xf32>) outs(%e : tensor<64x96xf32>) {
    ^bb0(%a: f32, %b: f32, %o: f32):
      %0 = arith.addf %a, %b : f32
      linalg.yield %0 : f32
    } -> tensor<64x96xf32>
    tt.write_block %r, @Z[%c0, %c0] : tensor<64x96xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
#tr = affine_map<(d0, d1) -> (d1, d0)>
#row = affine_map<(d0, d1) -> (d1)>
#col = affine_map<(d0, d1) -> (d0)>
#none = affine_map<(d0, d1) -> ()>
// Both sides repeat.
// CHECK-LABEL: tt.kernel @outer_0
// CHECK: tt.bcast col %{{.*}} : tensor<2x1x!tt.tile<32x32, f32>> to tensor<2x3x!tt.tile<32x32, f32>>
// CHECK: tt.bcast row %{{.*}} : tensor<1x3x!tt.tile<32x32, f32>> to tensor<2x3x!tt.tile<32x32, f32>>
// CHECK: tt.binary add
tt.host @outer device(#wh) {
  tt.buffer @X : tensor<64xf32> in {argument = 0 : i64}
  tt.buffer @Y : tensor<96xf32> in {argument = 1 : i64}
  tt.buffer @Z : tensor<64x96xf32> out {argument = 2 : i64}
  tt.kernel @outer_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c4 = arith.constant 4 : index
    %zero = arith.constant 0.0 : f32
    %ninf = arith.constant 0xFF800000 : f32
    %x = tt.read_block @X[%c0] : tensor<64xf32>
    %y = tt.read_block @Y[%c0] : tensor<96xf32>
    %e = tensor.empty() : tensor<64x96xf32>
    %r = linalg.generic {indexing_maps = [#col, #row, #id], iterator_types = ["parallel", "parallel"]} ins(%x, %y : tensor<64xf32>, tensor<96xf32>) outs(%e : tensor<64x96xf32>) {
    ^bb0(%a: f32, %b: f32, %o: f32):
      %0 = arith.addf %a, %b : f32
      linalg.yield %0 : f32
    } -> tensor<64x96xf32>
    tt.write_block %r, @Z[%c0, %c0] : tensor<64x96xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
#tr = affine_map<(d0, d1) -> (d1, d0)>
#row = affine_map<(d0, d1) -> (d1)>
#col = affine_map<(d0, d1) -> (d0)>
#none = affine_map<(d0, d1) -> ()>
// Named ops.
// CHECK-LABEL: tt.kernel @named_0
// CHECK: %[[X:.*]] = tt.read_block @X
// CHECK: %[[T:.*]] = tt.transpose %[[X]] : tensor<2x3x!tt.tile<32x32, f32>> to tensor<3x2x!tt.tile<32x32, f32>>
// CHECK: %[[B:.*]] = tt.bcast row %{{.*}} : tensor<1x2x!tt.tile<32x32, f32>> to tensor<3x2x!tt.tile<32x32, f32>>
// CHECK: tt.binary add %[[T]], %[[B]]
tt.host @named device(#wh) {
  tt.buffer @X : tensor<64x96xf32> in {argument = 0 : i64}
  tt.buffer @Z : tensor<96x64xf32> out {argument = 1 : i64}
  tt.buffer @V : tensor<64xf32> in {argument = 2 : i64}
  tt.kernel @named_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c4 = arith.constant 4 : index
    %zero = arith.constant 0.0 : f32
    %ninf = arith.constant 0xFF800000 : f32
    %x = tt.read_block @X[%c0, %c0] : tensor<64x96xf32>
    %e = tensor.empty() : tensor<96x64xf32>
    %t = linalg.transpose ins(%x : tensor<64x96xf32>) outs(%e : tensor<96x64xf32>) permutation = [1, 0]
    %v = tt.read_block @V[%c0] : tensor<64xf32>
    %b = linalg.broadcast ins(%v : tensor<64xf32>) outs(%e : tensor<96x64xf32>) dimensions = [0]
    %s = linalg.add ins(%t, %b : tensor<96x64xf32>, tensor<96x64xf32>) outs(%e : tensor<96x64xf32>) -> tensor<96x64xf32>
    tt.write_block %s, @Z[%c0, %c0] : tensor<96x64xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
#tr = affine_map<(d0, d1) -> (d1, d0)>
#row = affine_map<(d0, d1) -> (d1)>
#col = affine_map<(d0, d1) -> (d0)>
#none = affine_map<(d0, d1) -> ()>
// 1-D buffers that fill whole tiles: 1,024 elements each.
// CHECK-LABEL: tt.kernel @packed_0
// CHECK: %[[O:.*]] = affine.apply #{{.*}}(%{{.*}})
// CHECK: %[[X:.*]] = tt.read_block @X[%{{.*}}] : tensor<1x4x!tt.tile<32x32, f32>>
// CHECK: %[[R:.*]] = tt.unary exp %[[X]] : tensor<1x4x!tt.tile<32x32, f32>>
// CHECK: tt.write_block %[[R]], @Z[%[[O]]]
tt.host @packed device(#wh) {
  tt.buffer @X : tensor<8192xf32> in {argument = 0 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = f32, tile_height = 32, tile_width = 32, batch = 1, rows = 1, cols = 8, page_bytes = 4096, packed = true>}
  tt.buffer @Z : tensor<8192xf32> out {argument = 1 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = f32, tile_height = 32, tile_width = 32, batch = 1, rows = 1, cols = 8, page_bytes = 4096, packed = true>}
  tt.kernel @packed_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c4 = arith.constant 4 : index
    %zero = arith.constant 0.0 : f32
    %ninf = arith.constant 0xFF800000 : f32
    %x = tt.read_block @X[%c0] : tensor<4096xf32>
    %e = tensor.empty() : tensor<4096xf32>
    %r = linalg.exp ins(%x : tensor<4096xf32>) outs(%e : tensor<4096xf32>) -> tensor<4096xf32>
    %o = affine.apply affine_map<(d0) -> (d0 * 4096)>(%i)
    tt.write_block %r, @Z[%o] : tensor<4096xf32>
  }
}
