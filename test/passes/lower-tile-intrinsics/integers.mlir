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
