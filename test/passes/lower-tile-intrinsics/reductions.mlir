// Reductions, their prologues and accumulators, and what is made of them.
// RUN: tt-opt --tt-lower-tile-intrinsics --canonicalize --cse -split-input-file %s | FileCheck %s

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
#tr = affine_map<(d0, d1) -> (d1, d0)>
#row = affine_map<(d0, d1) -> (d1)>
#col = affine_map<(d0, d1) -> (d0)>
#none = affine_map<(d0, d1) -> ()>
// A sum along rows is a column; its 1-D buffer holds a row.
// CHECK-LABEL: tt.kernel @rows_0
// CHECK: %[[X:.*]] = tt.read_block @X
// CHECK: %[[R:.*]] = tt.reduce sum row %[[X]] : tensor<2x3x!tt.tile<32x32, f32>> to tensor<2x1x!tt.tile<32x32, f32>>
// CHECK: %[[T:.*]] = tt.transpose %[[R]] : tensor<2x1x!tt.tile<32x32, f32>> to tensor<1x2x!tt.tile<32x32, f32>>
// CHECK: tt.write_block %[[T]], @Z
tt.host @rows device(#wh) {
  tt.buffer @X : tensor<64x96xf32> in {argument = 0 : i64}
  tt.buffer @Z : tensor<64xf32> out {argument = 1 : i64}
  tt.kernel @rows_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c4 = arith.constant 4 : index
    %zero = arith.constant 0.0 : f32
    %ninf = arith.constant 0xFF800000 : f32
    %x = tt.read_block @X[%c0, %c0] : tensor<64x96xf32>
    %e = tensor.empty() : tensor<64xf32>
    %f = linalg.fill ins(%zero : f32) outs(%e : tensor<64xf32>) -> tensor<64xf32>
    %r = linalg.reduce { arith.addf } ins(%x : tensor<64x96xf32>) outs(%f : tensor<64xf32>) dimensions = [1]
    tt.write_block %r, @Z[%c0] : tensor<64xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
#tr = affine_map<(d0, d1) -> (d1, d0)>
#row = affine_map<(d0, d1) -> (d1)>
#col = affine_map<(d0, d1) -> (d0)>
#none = affine_map<(d0, d1) -> ()>
// A maximum along columns is a row.
// CHECK-LABEL: tt.kernel @columns_0
// CHECK: %[[X:.*]] = tt.read_block @X
// CHECK: %[[R:.*]] = tt.reduce max col %[[X]] : tensor<2x3x!tt.tile<32x32, f32>> to tensor<1x3x!tt.tile<32x32, f32>>
// CHECK: tt.write_block %[[R]], @Z
tt.host @columns device(#wh) {
  tt.buffer @X : tensor<64x96xf32> in {argument = 0 : i64}
  tt.buffer @Z : tensor<96xf32> out {argument = 1 : i64}
  tt.kernel @columns_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c4 = arith.constant 4 : index
    %zero = arith.constant 0.0 : f32
    %ninf = arith.constant 0xFF800000 : f32
    %x = tt.read_block @X[%c0, %c0] : tensor<64x96xf32>
    %e = tensor.empty() : tensor<96xf32>
    %f = linalg.fill ins(%ninf : f32) outs(%e : tensor<96xf32>) -> tensor<96xf32>
    %r = linalg.reduce { arith.maximumf } ins(%x : tensor<64x96xf32>) outs(%f : tensor<96xf32>) dimensions = [0]
    tt.write_block %r, @Z[%c0] : tensor<96xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
#tr = affine_map<(d0, d1) -> (d1, d0)>
#row = affine_map<(d0, d1) -> (d1)>
#col = affine_map<(d0, d1) -> (d0)>
#none = affine_map<(d0, d1) -> ()>
// All of a block, with a prologue.
// CHECK-LABEL: tt.kernel @all_0
// CHECK: %[[X:.*]] = tt.read_block @X
// CHECK: %[[S:.*]] = tt.unary square %[[X]] : tensor<2x3x!tt.tile<32x32, f32>>
// CHECK: %[[R:.*]] = tt.reduce sum scalar %[[S]] : tensor<2x3x!tt.tile<32x32, f32>> to tensor<1x1x!tt.tile<32x32, f32>>
// CHECK: tt.write_block %[[R]], @Z
tt.host @all device(#wh) {
  tt.buffer @X : tensor<64x96xf32> in {argument = 0 : i64}
  tt.buffer @Z : tensor<1x1xf32> out {argument = 1 : i64}
  tt.kernel @all_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c4 = arith.constant 4 : index
    %zero = arith.constant 0.0 : f32
    %ninf = arith.constant 0xFF800000 : f32
    %x = tt.read_block @X[%c0, %c0] : tensor<64x96xf32>
    %e = tensor.empty() : tensor<1x1xf32>
    %f = linalg.fill ins(%zero : f32) outs(%e : tensor<1x1xf32>) -> tensor<1x1xf32>
    %r = linalg.generic {indexing_maps = [#id, affine_map<(d0, d1) -> (0, 0)>], iterator_types = ["reduction", "reduction"]} ins(%x : tensor<64x96xf32>) outs(%f : tensor<1x1xf32>) {
    ^bb0(%a: f32, %o: f32):
      %0 = arith.mulf %a, %a : f32
      %1 = arith.addf %o, %0 : f32
      linalg.yield %1 : f32
    } -> tensor<1x1xf32>
    tt.write_block %r, @Z[%c0, %c0] : tensor<1x1xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
#tr = affine_map<(d0, d1) -> (d1, d0)>
#row = affine_map<(d0, d1) -> (d1)>
#col = affine_map<(d0, d1) -> (d0)>
#none = affine_map<(d0, d1) -> ()>
// An accumulator that is not the neutral element is added.
// CHECK-LABEL: tt.kernel @carried_0
// CHECK: %[[X:.*]] = tt.read_block @X
// CHECK: %[[F:.*]] = tt.fill 0.0
// CHECK: scf.for {{.*}} iter_args(%[[A:.*]] = %[[F]])
// CHECK: tt.reduce sum row %[[X]], %[[A]] : tensor<2x1x!tt.tile<32x32, f32>>, : tensor<2x3x!tt.tile<32x32, f32>> to tensor<2x1x!tt.tile<32x32, f32>>
tt.host @carried device(#wh) {
  tt.buffer @X : tensor<64x96xf32> in {argument = 0 : i64}
  tt.buffer @Z : tensor<64x1xf32> out {argument = 1 : i64}
  tt.kernel @carried_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c4 = arith.constant 4 : index
    %zero = arith.constant 0.0 : f32
    %ninf = arith.constant 0xFF800000 : f32
    %x = tt.read_block @X[%c0, %c0] : tensor<64x96xf32>
    %e = tensor.empty() : tensor<64x1xf32>
    %f = linalg.fill ins(%zero : f32) outs(%e : tensor<64x1xf32>) -> tensor<64x1xf32>
    %r = scf.for %k = %c0 to %c4 step %c1 iter_args(%acc = %f) -> (tensor<64x1xf32>) {
      %s = linalg.generic {indexing_maps = [#id, affine_map<(d0, d1) -> (d0, 0)>], iterator_types = ["parallel", "reduction"]} ins(%x : tensor<64x96xf32>) outs(%acc : tensor<64x1xf32>) {
      ^bb0(%a: f32, %o: f32):
        %1 = arith.addf %a, %o : f32
        linalg.yield %1 : f32
      } -> tensor<64x1xf32>
      scf.yield %s : tensor<64x1xf32>
    }
    tt.write_block %r, @Z[%c0, %c0] : tensor<64x1xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
#tr = affine_map<(d0, d1) -> (d1, d0)>
#row = affine_map<(d0, d1) -> (d1)>
#col = affine_map<(d0, d1) -> (d0)>
#none = affine_map<(d0, d1) -> ()>
// The minimum is a maximum of negated elements.
// CHECK-LABEL: tt.kernel @smallest_0
// CHECK: %[[X:.*]] = tt.read_block @X
// CHECK: %[[N:.*]] = tt.unary negative %[[X]]
// CHECK: %[[R:.*]] = tt.reduce max row %[[N]]
// CHECK: tt.unary negative %[[R]]
tt.host @smallest device(#wh) {
  tt.buffer @X : tensor<64x96xf32> in {argument = 0 : i64}
  tt.buffer @Z : tensor<64x1xf32> out {argument = 1 : i64}
  tt.kernel @smallest_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c4 = arith.constant 4 : index
    %zero = arith.constant 0.0 : f32
    %ninf = arith.constant 0xFF800000 : f32
    %x = tt.read_block @X[%c0, %c0] : tensor<64x96xf32>
    %pinf = arith.constant 0x7F800000 : f32
    %e = tensor.empty() : tensor<64x1xf32>
    %f = linalg.fill ins(%pinf : f32) outs(%e : tensor<64x1xf32>) -> tensor<64x1xf32>
    %r = linalg.generic {indexing_maps = [#id, affine_map<(d0, d1) -> (d0, 0)>], iterator_types = ["parallel", "reduction"]} ins(%x : tensor<64x96xf32>) outs(%f : tensor<64x1xf32>) {
    ^bb0(%a: f32, %o: f32):
      %1 = arith.minimumf %a, %o : f32
      linalg.yield %1 : f32
    } -> tensor<64x1xf32>
    tt.write_block %r, @Z[%c0, %c0] : tensor<64x1xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
#tr = affine_map<(d0, d1) -> (d1, d0)>
#row = affine_map<(d0, d1) -> (d1)>
#col = affine_map<(d0, d1) -> (d0)>
#none = affine_map<(d0, d1) -> ()>
// linalg.softmax.
// CHECK-LABEL: tt.kernel @softmax_0
// CHECK: %[[X:.*]] = tt.read_block @X
// CHECK: %[[M:.*]] = tt.reduce max row %[[X]]
// CHECK: %[[B:.*]] = tt.bcast col %[[M]]
// CHECK: %[[D:.*]] = tt.binary sub %[[X]], %[[B]]
// CHECK: %[[E:.*]] = tt.unary exp %[[D]]
// CHECK: %[[S:.*]] = tt.reduce sum row %[[E]]
// CHECK: %[[C:.*]] = tt.bcast col %[[S]]
// CHECK: tt.binary div %[[E]], %[[C]]
tt.host @softmax device(#wh) {
  tt.buffer @X : tensor<64x96xf32> in {argument = 0 : i64}
  tt.buffer @Z : tensor<64x96xf32> out {argument = 1 : i64}
  tt.kernel @softmax_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c4 = arith.constant 4 : index
    %zero = arith.constant 0.0 : f32
    %ninf = arith.constant 0xFF800000 : f32
    %x = tt.read_block @X[%c0, %c0] : tensor<64x96xf32>
    %e = tensor.empty() : tensor<64x96xf32>
    %r = linalg.softmax dimension(1) ins(%x : tensor<64x96xf32>) outs(%e : tensor<64x96xf32>) -> tensor<64x96xf32>
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
// A reduced vector that repeats stays a column.
// CHECK-LABEL: tt.kernel @chain_0
// CHECK: %[[X:.*]] = tt.read_block @X
// CHECK: %[[R:.*]] = tt.reduce max row %[[X]] : tensor<2x3x!tt.tile<32x32, f32>> to tensor<2x1x!tt.tile<32x32, f32>>
// CHECK-NOT: tt.transpose
// CHECK: %[[B:.*]] = tt.bcast col %[[R]] : tensor<2x1x!tt.tile<32x32, f32>> to tensor<2x3x!tt.tile<32x32, f32>>
// CHECK: tt.binary sub %[[X]], %[[B]]
tt.host @chain device(#wh) {
  tt.buffer @X : tensor<64x96xf32> in {argument = 0 : i64}
  tt.buffer @Z : tensor<64x96xf32> out {argument = 1 : i64}
  tt.kernel @chain_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c4 = arith.constant 4 : index
    %zero = arith.constant 0.0 : f32
    %ninf = arith.constant 0xFF800000 : f32
    %x = tt.read_block @X[%c0, %c0] : tensor<64x96xf32>
    %e = tensor.empty() : tensor<64xf32>
    %ee = tensor.empty() : tensor<64x96xf32>
    %f = linalg.fill ins(%ninf : f32) outs(%e : tensor<64xf32>) -> tensor<64xf32>
    %m = linalg.reduce { arith.maximumf } ins(%x : tensor<64x96xf32>) outs(%f : tensor<64xf32>) dimensions = [1]
    %r = linalg.generic {indexing_maps = [#id, #col, #id], iterator_types = ["parallel", "parallel"]} ins(%x, %m : tensor<64x96xf32>, tensor<64xf32>) outs(%ee : tensor<64x96xf32>) {
    ^bb0(%a: f32, %b: f32, %o: f32):
      %0 = arith.subf %a, %b : f32
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
// A matrix times a vector, which is a row.
// CHECK-LABEL: tt.kernel @matvec_0
// CHECK: %[[X:.*]] = tt.read_block @X
// CHECK: %[[V:.*]] = tt.read_block @V[%{{.*}}] : tensor<1x3x!tt.tile<32x32, f32>>
// CHECK: %[[C:.*]] = tt.transpose %[[V]] : tensor<1x3x!tt.tile<32x32, f32>> to tensor<3x1x!tt.tile<32x32, f32>>
// CHECK: %[[R:.*]] = tt.mma %[[X]], %[[C]], %{{.*}} : tensor<2x3x!tt.tile<32x32, f32>>, tensor<3x1x!tt.tile<32x32, f32>> -> tensor<2x1x!tt.tile<32x32, f32>>
// CHECK: tt.transpose %[[R]] : tensor<2x1x!tt.tile<32x32, f32>> to tensor<1x2x!tt.tile<32x32, f32>>
tt.host @matvec device(#wh) {
  tt.buffer @X : tensor<64x96xf32> in {argument = 0 : i64}
  tt.buffer @Z : tensor<64xf32> out {argument = 1 : i64}
  tt.buffer @V : tensor<96xf32> in {argument = 2 : i64}
  tt.kernel @matvec_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c4 = arith.constant 4 : index
    %zero = arith.constant 0.0 : f32
    %ninf = arith.constant 0xFF800000 : f32
    %x = tt.read_block @X[%c0, %c0] : tensor<64x96xf32>
    %v = tt.read_block @V[%c0] : tensor<96xf32>
    %e = tensor.empty() : tensor<64xf32>
    %f = linalg.fill ins(%zero : f32) outs(%e : tensor<64xf32>) -> tensor<64xf32>
    %r = linalg.matvec ins(%x, %v : tensor<64x96xf32>, tensor<96xf32>) outs(%f : tensor<64xf32>) -> tensor<64xf32>
    tt.write_block %r, @Z[%c0] : tensor<64xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
#tr = affine_map<(d0, d1) -> (d1, d0)>
#row = affine_map<(d0, d1) -> (d1)>
#col = affine_map<(d0, d1) -> (d0)>
#none = affine_map<(d0, d1) -> ()>
// A dim of 1 changes nothing.
// CHECK-LABEL: tt.kernel @reshaped_0
// CHECK: %[[X:.*]] = tt.read_block @X
// CHECK: %[[R:.*]] = tt.reduce sum row %[[X]] : tensor<2x3x!tt.tile<32x32, f32>> to tensor<2x1x!tt.tile<32x32, f32>>
// CHECK-NOT: tt.transpose
// CHECK: tt.write_block %[[R]], @Z
tt.host @reshaped device(#wh) {
  tt.buffer @X : tensor<64x96xf32> in {argument = 0 : i64}
  tt.buffer @Z : tensor<64x1xf32> out {argument = 1 : i64}
  tt.kernel @reshaped_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c4 = arith.constant 4 : index
    %zero = arith.constant 0.0 : f32
    %ninf = arith.constant 0xFF800000 : f32
    %x = tt.read_block @X[%c0, %c0] : tensor<64x96xf32>
    %e = tensor.empty() : tensor<64xf32>
    %f = linalg.fill ins(%zero : f32) outs(%e : tensor<64xf32>) -> tensor<64xf32>
    %s = linalg.reduce { arith.addf } ins(%x : tensor<64x96xf32>) outs(%f : tensor<64xf32>) dimensions = [1]
    %r = tensor.expand_shape %s [[0, 1]] output_shape [64, 1] : tensor<64xf32> into tensor<64x1xf32>
    tt.write_block %r, @Z[%c0, %c0] : tensor<64x1xf32>
  }
}
