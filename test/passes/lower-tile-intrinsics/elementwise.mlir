// Element-wise bodies by the op table.
// RUN: tt-opt --tt-lower-tile-intrinsics --canonicalize --cse -split-input-file %s | FileCheck %s

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
// One op per scalar op, shared values once.
// CHECK-LABEL: tt.kernel @chain_0
// CHECK: %[[X:.*]] = tt.read_block @X
// CHECK: %[[Y:.*]] = tt.read_block @Y
// CHECK-NEXT: %[[T0:.*]] = tt.unary exp %[[X]] : tensor<2x2x!tt.tile<32x32, f32>>
// CHECK-NEXT: %[[T1:.*]] = tt.binary mul %[[T0]], %[[Y]] : tensor<2x2x!tt.tile<32x32, f32>>
// CHECK-NEXT: %[[T2:.*]] = tt.binary add %[[T1]], %[[X]] : tensor<2x2x!tt.tile<32x32, f32>>
// CHECK-NEXT: %[[T3:.*]] = tt.unary tanh %[[T2]] : tensor<2x2x!tt.tile<32x32, f32>>
// CHECK-NEXT: tt.write_block %[[T3]], @Z
tt.host @chain device(#wh) {
  tt.buffer @X : tensor<64x64xf32> in {argument = 0 : i64}
  tt.buffer @Y : tensor<64x64xf32> in {argument = 1 : i64}
  tt.buffer @Z : tensor<64x64xf32> out {argument = 2 : i64}
  tt.kernel @chain_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %x = tt.read_block @X[%c0, %c0] : tensor<64x64xf32>
    %y = tt.read_block @Y[%c0, %c0] : tensor<64x64xf32>
    %e = tensor.empty() : tensor<64x64xf32>
    %r = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x, %y : tensor<64x64xf32>, tensor<64x64xf32>) outs(%e : tensor<64x64xf32>) {
    ^bb0(%a: f32, %b: f32, %o: f32):
      %0 = math.exp %a : f32
      %1 = arith.mulf %0, %b : f32
      %2 = arith.addf %1, %a : f32
      %3 = math.tanh %2 : f32
      linalg.yield %3 : f32
    } -> tensor<64x64xf32>
    tt.write_block %r, @Z[%c0, %c0] : tensor<64x64xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
// Constant operands become parameters.
// CHECK-LABEL: tt.kernel @scalars_0
// CHECK: %[[X:.*]] = tt.read_block @X
// CHECK-NEXT: %[[T0:.*]] = tt.unary add_scalar %[[X]] params [2.000000e+00] : tensor<2x2x!tt.tile<32x32, f32>>
// CHECK-NEXT: %[[T1:.*]] = tt.unary rsub_scalar %[[T0]] params [2.000000e+00] : tensor<2x2x!tt.tile<32x32, f32>>
// CHECK-NEXT: %[[T2:.*]] = tt.unary mul_scalar %[[T1]] params [5.000000e-01] : tensor<2x2x!tt.tile<32x32, f32>>
// CHECK-NEXT: %[[T3:.*]] = tt.unary recip %[[T2]] : tensor<2x2x!tt.tile<32x32, f32>>
// CHECK-NEXT: %[[T4:.*]] = tt.unary mul_scalar %[[T3]] params [2.000000e+00] : tensor<2x2x!tt.tile<32x32, f32>>
// CHECK-NEXT: %[[T5:.*]] = tt.unary sub_scalar %[[T4]] params [2.000000e+00] : tensor<2x2x!tt.tile<32x32, f32>>
// CHECK-NEXT: tt.write_block %[[T5]]
tt.host @scalars device(#wh) {
  tt.buffer @X : tensor<64x64xf32> in {argument = 0 : i64}
  tt.buffer @Y : tensor<64x64xf32> in {argument = 1 : i64}
  tt.buffer @Z : tensor<64x64xf32> out {argument = 2 : i64}
  tt.kernel @scalars_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %x = tt.read_block @X[%c0, %c0] : tensor<64x64xf32>
    %y = tt.read_block @Y[%c0, %c0] : tensor<64x64xf32>
    %e = tensor.empty() : tensor<64x64xf32>
    %r = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x, %y : tensor<64x64xf32>, tensor<64x64xf32>) outs(%e : tensor<64x64xf32>) {
    ^bb0(%a: f32, %b: f32, %o: f32):
      %c = arith.constant 2.0 : f32
      %0 = arith.addf %c, %a : f32
      %1 = arith.subf %c, %0 : f32
      %2 = arith.divf %1, %c : f32
      %3 = arith.divf %c, %2 : f32
      %4 = arith.subf %3, %c : f32
      linalg.yield %4 : f32
    } -> tensor<64x64xf32>
    tt.write_block %r, @Z[%c0, %c0] : tensor<64x64xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
// Compositions.
// CHECK-LABEL: tt.kernel @sigmoid_0
// CHECK: %[[X:.*]] = tt.read_block @X
// CHECK: %[[Y:.*]] = tt.read_block @Y
// CHECK-NEXT: %[[T0:.*]] = tt.unary sigmoid %[[X]] : tensor<2x2x!tt.tile<32x32, f32>>
// CHECK-NEXT: %[[T1:.*]] = tt.unary silu %[[Y]] : tensor<2x2x!tt.tile<32x32, f32>>
// CHECK-NEXT: tt.binary add %[[T0]], %[[T1]] : tensor<2x2x!tt.tile<32x32, f32>>
// CHECK-NEXT: tt.write_block
tt.host @sigmoid device(#wh) {
  tt.buffer @X : tensor<64x64xf32> in {argument = 0 : i64}
  tt.buffer @Y : tensor<64x64xf32> in {argument = 1 : i64}
  tt.buffer @Z : tensor<64x64xf32> out {argument = 2 : i64}
  tt.kernel @sigmoid_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %x = tt.read_block @X[%c0, %c0] : tensor<64x64xf32>
    %y = tt.read_block @Y[%c0, %c0] : tensor<64x64xf32>
    %e = tensor.empty() : tensor<64x64xf32>
    %r = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x, %y : tensor<64x64xf32>, tensor<64x64xf32>) outs(%e : tensor<64x64xf32>) {
    ^bb0(%a: f32, %b: f32, %o: f32):
      %one = arith.constant 1.0 : f32
      %n = arith.negf %a : f32
      %e1 = math.exp %n : f32
      %d = arith.addf %e1, %one : f32
      %s = arith.divf %one, %d : f32
      %m = arith.negf %b : f32
      %e2 = math.exp %m : f32
      %d2 = arith.addf %one, %e2 : f32
      %t = arith.divf %b, %d2 : f32
      %u = arith.addf %s, %t : f32
      linalg.yield %u : f32
    } -> tensor<64x64xf32>
    tt.write_block %r, @Z[%c0, %c0] : tensor<64x64xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
// CHECK-LABEL: tt.kernel @gelu_0
// CHECK: %[[X:.*]] = tt.read_block @X
// CHECK: %[[Y:.*]] = tt.read_block @Y
// CHECK-NEXT: %[[T0:.*]] = tt.unary gelu %[[X]] : tensor<2x2x!tt.tile<32x32, f32>>
// CHECK-NEXT: %[[T1:.*]] = tt.unary relu %[[Y]] : tensor<2x2x!tt.tile<32x32, f32>>
// CHECK-NEXT: tt.binary add %[[T0]], %[[T1]] : tensor<2x2x!tt.tile<32x32, f32>>
// CHECK-NEXT: tt.write_block
tt.host @gelu device(#wh) {
  tt.buffer @X : tensor<64x64xf32> in {argument = 0 : i64}
  tt.buffer @Y : tensor<64x64xf32> in {argument = 1 : i64}
  tt.buffer @Z : tensor<64x64xf32> out {argument = 2 : i64}
  tt.kernel @gelu_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %x = tt.read_block @X[%c0, %c0] : tensor<64x64xf32>
    %y = tt.read_block @Y[%c0, %c0] : tensor<64x64xf32>
    %e = tensor.empty() : tensor<64x64xf32>
    %r = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x, %y : tensor<64x64xf32>, tensor<64x64xf32>) outs(%e : tensor<64x64xf32>) {
    ^bb0(%a: f32, %b: f32, %o: f32):
      %one = arith.constant 1.0 : f32
      %half = arith.constant 0.5 : f32
      %zero = arith.constant 0.0 : f32
      %q = arith.constant 0.707106769 : f32
      %0 = arith.mulf %a, %q : f32
      %1 = math.erf %0 : f32
      %2 = arith.addf %1, %one : f32
      %3 = arith.mulf %a, %half : f32
      %4 = arith.mulf %3, %2 : f32
      %5 = arith.maximumf %b, %zero : f32
      %6 = arith.addf %4, %5 : f32
      linalg.yield %6 : f32
    } -> tensor<64x64xf32>
    tt.write_block %r, @Z[%c0, %c0] : tensor<64x64xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
// With tanh it is another function, which only a kernel that wants approximations takes for gelu.
// CHECK-LABEL: tt.kernel @fast_gelu_0
// CHECK: %[[X:.*]] = tt.read_block @X
// CHECK-NEXT: tt.unary gelu %[[X]] : tensor<2x2x!tt.tile<32x32, f32>>
// CHECK-NEXT: tt.write_block
tt.host @fast_gelu device(#wh) {
  tt.buffer @X : tensor<64x64xf32> in {argument = 0 : i64}
  tt.buffer @Y : tensor<64x64xf32> in {argument = 1 : i64}
  tt.buffer @Z : tensor<64x64xf32> out {argument = 2 : i64}
  tt.kernel @fast_gelu_0 grid [1] schedule #tt.schedule compute #tt.compute<approx = true> {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %x = tt.read_block @X[%c0, %c0] : tensor<64x64xf32>
    %y = tt.read_block @Y[%c0, %c0] : tensor<64x64xf32>
    %e = tensor.empty() : tensor<64x64xf32>
    %r = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x, %y : tensor<64x64xf32>, tensor<64x64xf32>) outs(%e : tensor<64x64xf32>) {
    ^bb0(%a: f32, %b: f32, %o: f32):
      %one = arith.constant 1.0 : f32
      %half = arith.constant 0.5 : f32
      %p = arith.constant 0.797884583 : f32
      %q = arith.constant 4.471500e-02 : f32
      %0 = arith.mulf %a, %a : f32
      %1 = arith.mulf %0, %a : f32
      %2 = arith.mulf %1, %q : f32
      %3 = arith.addf %a, %2 : f32
      %4 = arith.mulf %3, %p : f32
      %5 = math.tanh %4 : f32
      %6 = arith.addf %5, %one : f32
      %7 = arith.mulf %a, %half : f32
      %8 = arith.mulf %7, %6 : f32
      linalg.yield %8 : f32
    } -> tensor<64x64xf32>
    tt.write_block %r, @Z[%c0, %c0] : tensor<64x64xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
// CHECK-LABEL: tt.kernel @tanh_gelu_0
// CHECK: %[[X:.*]] = tt.read_block @X
// CHECK-NOT: gelu %
// CHECK: tt.unary tanh
tt.host @tanh_gelu device(#wh) {
  tt.buffer @X : tensor<64x64xf32> in {argument = 0 : i64}
  tt.buffer @Y : tensor<64x64xf32> in {argument = 1 : i64}
  tt.buffer @Z : tensor<64x64xf32> out {argument = 2 : i64}
  tt.kernel @tanh_gelu_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %x = tt.read_block @X[%c0, %c0] : tensor<64x64xf32>
    %y = tt.read_block @Y[%c0, %c0] : tensor<64x64xf32>
    %e = tensor.empty() : tensor<64x64xf32>
    %r = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x, %y : tensor<64x64xf32>, tensor<64x64xf32>) outs(%e : tensor<64x64xf32>) {
    ^bb0(%a: f32, %b: f32, %o: f32):
      %one = arith.constant 1.0 : f32
      %half = arith.constant 0.5 : f32
      %p = arith.constant 0.797884583 : f32
      %q = arith.constant 4.471500e-02 : f32
      %0 = arith.mulf %a, %a : f32
      %1 = arith.mulf %0, %a : f32
      %2 = arith.mulf %1, %q : f32
      %3 = arith.addf %a, %2 : f32
      %4 = arith.mulf %3, %p : f32
      %5 = math.tanh %4 : f32
      %6 = arith.addf %5, %one : f32
      %7 = arith.mulf %a, %half : f32
      %8 = arith.mulf %7, %6 : f32
      linalg.yield %8 : f32
    } -> tensor<64x64xf32>
    tt.write_block %r, @Z[%c0, %c0] : tensor<64x64xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
// CHECK-LABEL: tt.kernel @limits_0
// CHECK: %[[X:.*]] = tt.read_block @X
// CHECK: %[[Y:.*]] = tt.read_block @Y
// CHECK-NEXT: %[[T0:.*]] = tt.unary clamp %[[X]] params [-1.000000e+00, 2.000000e+00] : tensor<2x2x!tt.tile<32x32, f32>>
// CHECK-NEXT: %[[T1:.*]] = tt.unary rsqrt %[[Y]] : tensor<2x2x!tt.tile<32x32, f32>>
// CHECK-NEXT: %[[T2:.*]] = tt.binary max %[[T0]], %[[T1]] : tensor<2x2x!tt.tile<32x32, f32>>
// CHECK-NEXT: tt.unary leaky_relu %[[T2]] params [1.000000e-01] : tensor<2x2x!tt.tile<32x32, f32>>
tt.host @limits device(#wh) {
  tt.buffer @X : tensor<64x64xf32> in {argument = 0 : i64}
  tt.buffer @Y : tensor<64x64xf32> in {argument = 1 : i64}
  tt.buffer @Z : tensor<64x64xf32> out {argument = 2 : i64}
  tt.kernel @limits_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %x = tt.read_block @X[%c0, %c0] : tensor<64x64xf32>
    %y = tt.read_block @Y[%c0, %c0] : tensor<64x64xf32>
    %e = tensor.empty() : tensor<64x64xf32>
    %r = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x, %y : tensor<64x64xf32>, tensor<64x64xf32>) outs(%e : tensor<64x64xf32>) {
    ^bb0(%a: f32, %b: f32, %o: f32):
      %one = arith.constant 1.0 : f32
      %lo = arith.constant -1.0 : f32
      %hi = arith.constant 2.0 : f32
      %zero = arith.constant 0.0 : f32
      %k = arith.constant 0.1 : f32
      %0 = arith.maximumf %a, %lo : f32
      %1 = arith.minimumf %0, %hi : f32
      %2 = math.sqrt %b : f32
      %3 = arith.divf %one, %2 : f32
      %4 = arith.cmpf ogt, %1, %3 : f32
      %5 = arith.select %4, %1, %3 : f32
      %6 = arith.cmpf oge, %5, %zero : f32
      %7 = arith.mulf %5, %k : f32
      %8 = arith.select %6, %5, %7 : f32
      linalg.yield %8 : f32
    } -> tensor<64x64xf32>
    tt.write_block %r, @Z[%c0, %c0] : tensor<64x64xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
// Truth values are 1 and 0.
// CHECK-LABEL: tt.kernel @select_0
// CHECK: %[[X:.*]] = tt.read_block @X
// CHECK: %[[Y:.*]] = tt.read_block @Y
// CHECK-NEXT: %[[N:.*]] = tt.unary sqrt %[[Y]] : tensor<2x2x!tt.tile<32x32, f32>>
// CHECK-NEXT: %[[T0:.*]] = tt.binary lt %[[X]], %[[Y]] : tensor<2x2x!tt.tile<32x32, f32>>
// CHECK-NEXT: %[[T1:.*]] = tt.unary gtz %[[X]] : tensor<2x2x!tt.tile<32x32, f32>>
// CHECK-NEXT: %[[T2:.*]] = tt.binary mul %[[T0]], %[[T1]] : tensor<2x2x!tt.tile<32x32, f32>>
// CHECK-NEXT: tt.select %[[T2]], %[[X]], %[[N]] : tensor<2x2x!tt.tile<32x32, f32>>
tt.host @select device(#wh) {
  tt.buffer @X : tensor<64x64xf32> in {argument = 0 : i64}
  tt.buffer @Y : tensor<64x64xf32> in {argument = 1 : i64}
  tt.buffer @Z : tensor<64x64xf32> out {argument = 2 : i64}
  tt.kernel @select_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %x = tt.read_block @X[%c0, %c0] : tensor<64x64xf32>
    %y = tt.read_block @Y[%c0, %c0] : tensor<64x64xf32>
    %e = tensor.empty() : tensor<64x64xf32>
    %r = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x, %y : tensor<64x64xf32>, tensor<64x64xf32>) outs(%e : tensor<64x64xf32>) {
    ^bb0(%a: f32, %b: f32, %o: f32):
      %zero = arith.constant 0.0 : f32
      %0 = arith.cmpf olt, %a, %b : f32
      %1 = arith.cmpf ogt, %a, %zero : f32
      %2 = arith.andi %0, %1 : i1
      %n = math.sqrt %b : f32
      %3 = arith.select %2, %a, %n : f32
      linalg.yield %3 : f32
    } -> tensor<64x64xf32>
    tt.write_block %r, @Z[%c0, %c0] : tensor<64x64xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
// CHECK-LABEL: tt.kernel @logs_0
// CHECK: %[[X:.*]] = tt.read_block @X
// CHECK: %[[Y:.*]] = tt.read_block @Y
// CHECK-NEXT: %[[T0:.*]] = tt.unary log %[[X]] : tensor<2x2x!tt.tile<32x32, f32>>
// CHECK-NEXT: %[[T1:.*]] = tt.unary mul_scalar %[[T0]] params [1.442695{{.*}}] : tensor<2x2x!tt.tile<32x32, f32>>
// CHECK-NEXT: %[[T2:.*]] = tt.binary mul %[[X]], %[[Y]] : tensor<2x2x!tt.tile<32x32, f32>>
// CHECK-NEXT: %[[T3:.*]] = tt.binary add %[[T2]], %[[T1]] : tensor<2x2x!tt.tile<32x32, f32>>
// CHECK-NEXT: tt.unary round %[[T3]] params [0.000000e+00] : tensor<2x2x!tt.tile<32x32, f32>>
tt.host @logs device(#wh) {
  tt.buffer @X : tensor<64x64xf32> in {argument = 0 : i64}
  tt.buffer @Y : tensor<64x64xf32> in {argument = 1 : i64}
  tt.buffer @Z : tensor<64x64xf32> out {argument = 2 : i64}
  tt.kernel @logs_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %x = tt.read_block @X[%c0, %c0] : tensor<64x64xf32>
    %y = tt.read_block @Y[%c0, %c0] : tensor<64x64xf32>
    %e = tensor.empty() : tensor<64x64xf32>
    %r = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x, %y : tensor<64x64xf32>, tensor<64x64xf32>) outs(%e : tensor<64x64xf32>) {
    ^bb0(%a: f32, %b: f32, %o: f32):
      %0 = math.log2 %a : f32
      %1 = math.fma %a, %b, %0 : f32
      %2 = math.roundeven %1 : f32
      linalg.yield %2 : f32
    } -> tensor<64x64xf32>
    tt.write_block %r, @Z[%c0, %c0] : tensor<64x64xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
// Casts.
// CHECK-LABEL: tt.kernel @mixed_0
// CHECK: %[[X:.*]] = tt.read_block @X
// CHECK: %[[Y:.*]] = tt.read_block @Y
// CHECK-NEXT: %[[T0:.*]] = tt.typecast %[[X]] : tensor<2x2x!tt.tile<32x32, bf16>> to tensor<2x2x!tt.tile<32x32, f32>>
// CHECK-NEXT: %[[T1:.*]] = tt.typecast %[[Y]] : tensor<2x2x!tt.tile<32x32, bf16>> to tensor<2x2x!tt.tile<32x32, f32>>
// CHECK-NEXT: %[[T2:.*]] = tt.binary div %[[T0]], %[[T1]] : tensor<2x2x!tt.tile<32x32, f32>>
// CHECK-NEXT: %[[T3:.*]] = tt.typecast %[[T2]] : tensor<2x2x!tt.tile<32x32, f32>> to tensor<2x2x!tt.tile<32x32, bf16>>
// CHECK-NEXT: tt.write_block %[[T3]], @Z
tt.host @mixed device(#wh) {
  tt.buffer @X : tensor<64x64xbf16> in {argument = 0 : i64}
  tt.buffer @Y : tensor<64x64xbf16> in {argument = 1 : i64}
  tt.buffer @Z : tensor<64x64xbf16> out {argument = 2 : i64}
  tt.kernel @mixed_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %x = tt.read_block @X[%c0, %c0] : tensor<64x64xbf16>
    %y = tt.read_block @Y[%c0, %c0] : tensor<64x64xbf16>
    %e = tensor.empty() : tensor<64x64xbf16>
    %r = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x, %y : tensor<64x64xbf16>, tensor<64x64xbf16>) outs(%e : tensor<64x64xbf16>) {
    ^bb0(%a: bf16, %b: bf16, %o: bf16):
      %0 = arith.extf %a : bf16 to f32
      %1 = arith.extf %b : bf16 to f32
      %2 = arith.divf %0, %1 : f32
      %3 = arith.truncf %2 : f32 to bf16
      linalg.yield %3 : bf16
    } -> tensor<64x64xbf16>
    tt.write_block %r, @Z[%c0, %c0] : tensor<64x64xbf16>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
// Named ops.
// CHECK-LABEL: tt.kernel @named_0
// CHECK: %[[X:.*]] = tt.read_block @X
// CHECK: %[[T0:.*]] = tt.unary exp %[[X]] : tensor<2x2x!tt.tile<32x32, f32>>
// CHECK: %[[T1:.*]] = tt.binary add %[[T0]], %[[X]] : tensor<2x2x!tt.tile<32x32, f32>>
// CHECK: %[[T2:.*]] = tt.unary sqrt %[[T1]] : tensor<2x2x!tt.tile<32x32, f32>>
// CHECK: %[[T3:.*]] = tt.binary mul %[[T2]], %[[X]] : tensor<2x2x!tt.tile<32x32, f32>>
// CHECK: %[[K:.*]] = tt.fill 3.000000e+00 : tensor<2x2x!tt.tile<32x32, f32>>
// CHECK: %[[T5:.*]] = tt.binary div %[[T3]], %[[K]] : tensor<2x2x!tt.tile<32x32, f32>>
// CHECK: tt.write_block %[[T5]], @Z
tt.host @named device(#wh) {
  tt.buffer @X : tensor<64x64xf32> in {argument = 0 : i64}
  tt.buffer @Z : tensor<64x64xf32> out {argument = 1 : i64}
  tt.kernel @named_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %x = tt.read_block @X[%c0, %c0] : tensor<64x64xf32>
    %e = tensor.empty() : tensor<64x64xf32>
    %0 = linalg.exp ins(%x : tensor<64x64xf32>) outs(%e : tensor<64x64xf32>) -> tensor<64x64xf32>
    %1 = linalg.add ins(%0, %x : tensor<64x64xf32>, tensor<64x64xf32>) outs(%e : tensor<64x64xf32>) -> tensor<64x64xf32>
    %2 = linalg.map { math.sqrt } ins(%1 : tensor<64x64xf32>) outs(%e : tensor<64x64xf32>)
    %3 = linalg.elementwise kind=#linalg.elementwise_kind<mul> ins(%2, %x : tensor<64x64xf32>, tensor<64x64xf32>) outs(%e : tensor<64x64xf32>) -> tensor<64x64xf32>
    %4 = linalg.copy ins(%3 : tensor<64x64xf32>) outs(%e : tensor<64x64xf32>) -> tensor<64x64xf32>
    %k = arith.constant dense<3.0> : tensor<64x64xf32>
    %5 = linalg.div ins(%4, %k : tensor<64x64xf32>, tensor<64x64xf32>) outs(%e : tensor<64x64xf32>) -> tensor<64x64xf32>
    tt.write_block %5, @Z[%c0, %c0] : tensor<64x64xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
// A constant that the body narrows is the narrow number, also when it is widened again.
// CHECK-LABEL: tt.kernel @narrowed_0
// CHECK: tt.unary mul_scalar %{{.*}} params [0.100097656]
tt.host @narrowed device(#wh) {
  tt.buffer @X : tensor<64x64xf32> in {argument = 0 : i64}
  tt.buffer @Z : tensor<64x64xf32> out {argument = 1 : i64}
  tt.kernel @narrowed_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %tenth = arith.constant 0.1 : f32
    %x = tt.read_block @X[%c0, %c0] : tensor<64x64xf32>
    %e = tensor.empty() : tensor<64x64xf32>
    %0 = linalg.generic {indexing_maps = [#id, affine_map<(d0, d1) -> ()>, #id], iterator_types = ["parallel", "parallel"]} ins(%x, %tenth : tensor<64x64xf32>, f32) outs(%e : tensor<64x64xf32>) {
    ^bb0(%v: f32, %c: f32, %o: f32):
      %n = arith.truncf %c : f32 to bf16
      %w = arith.extf %n : bf16 to f32
      %m = arith.mulf %v, %w : f32
      linalg.yield %m : f32
    } -> tensor<64x64xf32>
    tt.write_block %0, @Z[%c0, %c0] : tensor<64x64xf32>
  }
}
