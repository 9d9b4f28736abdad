// Integers and conversions. What reads 32-bit integers as unsigned flips their upper bit, or says so in the conversion.
// RUN: tt-opt --tt-lower-tile-intrinsics --canonicalize --cse -split-input-file %s | FileCheck %s

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
// CHECK-LABEL: tt.kernel @f_0
// CHECK-DAG: %[[X:.*]] = tt.read_block @X
// CHECK-DAG: %[[TOP:.*]] = tt.fill 0xC1E0000000000000 : tensor<1x1x!tt.tile<32x32, i32>>
// CHECK-DAG: %[[BIG:.*]] = tt.fill 0x4170000010000000 : tensor<1x1x!tt.tile<32x32, i32>>
// CHECK: %[[A:.*]] = tt.binary xor_int %[[X]], %[[TOP]]
// CHECK: %[[B:.*]] = tt.binary xor_int %[[BIG]], %[[TOP]]
// CHECK: %[[C:.*]] = tt.binary lt_int %[[A]], %[[B]]
// CHECK: %[[N:.*]] = tt.typecast %[[C]] : tensor<1x1x!tt.tile<32x32, i32>> to tensor<1x1x!tt.tile<32x32, f32>>
// CHECK: %[[M:.*]] = tt.unary negative %[[N]]
// CHECK: %[[U:.*]] = tt.typecast %[[X]] unsigned : tensor<1x1x!tt.tile<32x32, i32>> to tensor<1x1x!tt.tile<32x32, f32>>
// CHECK: %[[S:.*]] = tt.binary mul %[[M]], %[[U]]
// CHECK: tt.write_block %[[S]]
tt.host @f device(#wh) {
  tt.buffer @X : tensor<32x32xi32> in {argument = 0 : i64}
  tt.buffer @Y : tensor<32x32xf32> out {argument = 1 : i64}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %x = tt.read_block @X[%c0, %c0] : tensor<32x32xi32>
    %e = tensor.empty() : tensor<32x32xf32>
    %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<32x32xi32>) outs(%e : tensor<32x32xf32>) {
    ^bb0(%a: i32, %o: f32):
      %k = arith.constant 16777217 : i32
      %0 = arith.cmpi ult, %a, %k : i32
      %1 = arith.sitofp %0 : i1 to f32
      %2 = arith.uitofp %a : i32 to f32
      %3 = arith.mulf %1, %2 : f32
      linalg.yield %3 : f32
    } -> tensor<32x32xf32>
    tt.write_block %r, @Y[%c0, %c0] : tensor<32x32xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
// Arithmetic of 1-bit integers: sums wrap around, and a signed `true` is -1.
// CHECK-LABEL: tt.kernel @truths_0
// CHECK: %[[LT:.*]] = tt.binary lt_int
// CHECK: %[[GT:.*]] = tt.binary gt_int
// CHECK: tt.binary xor_int %[[LT]], %[[GT]]
// CHECK: tt.binary xor_int
// CHECK: tt.binary and_int
// CHECK: tt.binary and_int
// CHECK: tt.binary or_int
// CHECK: tt.binary and_int
// CHECK: tt.binary or_int
// Adding `true` inverts.
// CHECK: %[[NOT:.*]] = tt.unary eqz_int
// CHECK: tt.select %[[NOT]]
// CHECK: tt.write_block
tt.host @truths device(#wh) {
  tt.buffer @X : tensor<32x32xi32> in {argument = 0 : i64}
  tt.buffer @Y : tensor<32x32xi32> out {argument = 1 : i64}
  tt.kernel @truths_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %x = tt.read_block @X[%c0, %c0] : tensor<32x32xi32>
    %e = tensor.empty() : tensor<32x32xi32>
    %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<32x32xi32>) outs(%e : tensor<32x32xi32>) {
    ^bb0(%a: i32, %o: i32):
      %k = arith.constant 5 : i32
      %true = arith.constant true
      %p = arith.cmpi slt, %a, %k : i32
      %q = arith.cmpi sgt, %a, %k : i32
      %0 = arith.addi %p, %q : i1
      %1 = arith.subi %0, %q : i1
      %2 = arith.muli %1, %p : i1
      %3 = arith.maxsi %2, %q : i1
      %4 = arith.maxui %3, %p : i1
      %5 = arith.minui %4, %q : i1
      %6 = arith.minsi %5, %p : i1
      %7 = arith.addi %6, %true : i1
      %8 = arith.select %7, %a, %k : i32
      linalg.yield %8 : i32
    } -> tensor<32x32xi32>
    tt.write_block %r, @Y[%c0, %c0] : tensor<32x32xi32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
// The truths of floats are 1.0 and 0.0; that of integers beside one becomes it.
// CHECK-LABEL: tt.kernel @floats_0
// CHECK: %[[LT:.*]] = tt.unary ltz
// CHECK: %[[GT:.*]] = tt.unary gtz
// CHECK: %[[SUM:.*]] = tt.binary ne %[[LT]], %[[GT]]
// CHECK: %[[MAX:.*]] = tt.binary mul %[[SUM]], %[[GT]]
// CHECK: %[[MIN:.*]] = tt.binary max %[[MAX]], %[[LT]]
// CHECK: %[[EQ:.*]] = tt.unary eqz_int
// CHECK: %[[CAST:.*]] = tt.typecast %[[EQ]]
// CHECK: %[[MIXED:.*]] = tt.binary ne %[[MIN]], %[[CAST]]
// CHECK: %[[NOT:.*]] = tt.unary eqz %[[MIXED]]
// CHECK: tt.select %[[NOT]]
// CHECK: tt.write_block
tt.host @floats device(#wh) {
  tt.buffer @X : tensor<32x32xf32> in {argument = 0 : i64}
  tt.buffer @I : tensor<32x32xi32> in {argument = 1 : i64}
  tt.buffer @Y : tensor<32x32xf32> out {argument = 2 : i64}
  tt.kernel @floats_0 grid [1] schedule #tt.schedule compute #tt.compute<fp32_acc = true> {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %x = tt.read_block @X[%c0, %c0] : tensor<32x32xf32>
    %j = tt.read_block @I[%c0, %c0] : tensor<32x32xi32>
    %e = tensor.empty() : tensor<32x32xf32>
    %r = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]} ins(%x, %j : tensor<32x32xf32>, tensor<32x32xi32>) outs(%e : tensor<32x32xf32>) {
    ^bb0(%a: f32, %b: i32, %o: f32):
      %zero = arith.constant 0.0 : f32
      %none = arith.constant 0 : i32
      %true = arith.constant true
      %p = arith.cmpf olt, %a, %zero : f32
      %q = arith.cmpf ogt, %a, %zero : f32
      %0 = arith.addi %p, %q : i1
      %1 = arith.maxsi %0, %q : i1
      %2 = arith.minsi %1, %p : i1
      %3 = arith.cmpi eq, %b, %none : i32
      %4 = arith.subi %2, %3 : i1
      %5 = arith.subi %4, %true : i1
      %6 = arith.select %5, %a, %zero : f32
      linalg.yield %6 : f32
    } -> tensor<32x32xf32>
    tt.write_block %r, @Y[%c0, %c0] : tensor<32x32xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
// A selection asks itself whether integers are zero; of floats it looks at the bits, and a conversion does not ask.
// CHECK-LABEL: tt.kernel @not_zero_0
// CHECK: %[[X:.*]] = tt.read_block @X
// CHECK: %[[F:.*]] = tt.read_block @F
// CHECK: %[[DIFFERENCE:.*]] = tt.binary sub_int %[[X]]
// CHECK: tt.select %[[DIFFERENCE]], %[[X]]
// CHECK: %[[NOT_ZERO:.*]] = tt.unary nez %[[F]]
// CHECK: tt.select %[[NOT_ZERO]], %[[F]]
// CHECK: %[[NOT_FIVE:.*]] = tt.unary nez_int %[[DIFFERENCE]]
// CHECK: %[[CAST:.*]] = tt.typecast %[[NOT_FIVE]]
// CHECK: tt.select %[[CAST]]
tt.host @not_zero device(#wh) {
  tt.buffer @X : tensor<32x32xi32> in {argument = 0 : i64}
  tt.buffer @F : tensor<32x32xf32> in {argument = 1 : i64}
  tt.buffer @Y : tensor<32x32xi32> out {argument = 2 : i64}
  tt.buffer @G : tensor<32x32xf32> out {argument = 3 : i64}
  tt.kernel @not_zero_0 grid [1] schedule #tt.schedule compute #tt.compute<fp32_acc = true> {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %x = tt.read_block @X[%c0, %c0] : tensor<32x32xi32>
    %f = tt.read_block @F[%c0, %c0] : tensor<32x32xf32>
    %e = tensor.empty() : tensor<32x32xi32>
    %d = tensor.empty() : tensor<32x32xf32>
    %r:2 = linalg.generic {indexing_maps = [#id, #id, #id, #id], iterator_types = ["parallel", "parallel"]} ins(%x, %f : tensor<32x32xi32>, tensor<32x32xf32>) outs(%e, %d : tensor<32x32xi32>, tensor<32x32xf32>) {
    ^bb0(%a: i32, %b: f32, %o: i32, %u: f32):
      %k = arith.constant 5 : i32
      %zero = arith.constant 0.0 : f32
      %one = arith.constant 1.0 : f32
      %p = arith.cmpi ne, %a, %k : i32
      %q = arith.cmpf une, %b, %zero : f32
      %0 = arith.select %p, %a, %k : i32
      %1 = arith.select %q, %b, %one : f32
      %2 = arith.select %p, %1, %zero : f32
      linalg.yield %0, %2 : i32, f32
    } -> (tensor<32x32xi32>, tensor<32x32xf32>)
    tt.write_block %r#0, @Y[%c0, %c0] : tensor<32x32xi32>
    tt.write_block %r#1, @G[%c0, %c0] : tensor<32x32xf32>
  }
}
