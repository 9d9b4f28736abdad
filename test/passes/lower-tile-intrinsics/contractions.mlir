// Every way of storing the operands, prologues in the body, and vectors.
// RUN: tt-opt --tt-lower-tile-intrinsics --canonicalize --cse -split-input-file %s | FileCheck %s

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
// CHECK-LABEL: tt.kernel @nn_0
// CHECK: %[[A:.*]] = tt.read_block @A
// CHECK: %[[B:.*]] = tt.read_block @B
// CHECK: %[[C:.*]] = tt.read_block @C
// CHECK: tt.mma %[[A]], %[[B]], %[[C]] : tensor<2x1x!tt.tile<32x32, bf16>>, tensor<1x2x!tt.tile<32x32, bf16>> -> tensor<2x2x!tt.tile<32x32, f32>>
tt.host @nn device(#wh) {
  tt.buffer @A : tensor<64x32xbf16> in {argument = 0 : i64}
  tt.buffer @B : tensor<32x64xbf16> in {argument = 1 : i64}
  tt.buffer @C : tensor<64x64xf32> inout {argument = 2 : i64}
  tt.kernel @nn_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %a = tt.read_block @A[%c0, %c0] : tensor<64x32xbf16>
    %b = tt.read_block @B[%c0, %c0] : tensor<32x64xbf16>
    %c = tt.read_block @C[%c0, %c0] : tensor<64x64xf32>
    %r = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d2)>, affine_map<(d0, d1, d2) -> (d2, d1)>, affine_map<(d0, d1, d2) -> (d0, d1)>], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %b : tensor<64x32xbf16>, tensor<32x64xbf16>) outs(%c : tensor<64x64xf32>) {
    ^bb0(%x: bf16, %y: bf16, %z: f32):
      %xe = arith.extf %x : bf16 to f32
      %ye = arith.extf %y : bf16 to f32
      %p = arith.mulf %xe, %ye : f32
      %s = arith.addf %z, %p : f32
      linalg.yield %s : f32
    } -> tensor<64x64xf32>
    tt.write_block %r, @C[%c0, %c0] : tensor<64x64xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
// CHECK-LABEL: tt.kernel @nt_0
// CHECK: %[[A:.*]] = tt.read_block @A
// CHECK: %[[B:.*]] = tt.read_block @B
// CHECK: %[[C:.*]] = tt.read_block @C
// CHECK: %[[BT:.*]] = tt.transpose %[[B]] : tensor<2x1x!tt.tile<32x32, bf16>> to tensor<1x2x!tt.tile<32x32, bf16>>
// CHECK: tt.mma %[[A]], %[[BT]], %[[C]] : tensor<2x1x!tt.tile<32x32, bf16>>, tensor<1x2x!tt.tile<32x32, bf16>> -> tensor<2x2x!tt.tile<32x32, f32>>
tt.host @nt device(#wh) {
  tt.buffer @A : tensor<64x32xbf16> in {argument = 0 : i64}
  tt.buffer @B : tensor<64x32xbf16> in {argument = 1 : i64}
  tt.buffer @C : tensor<64x64xf32> inout {argument = 2 : i64}
  tt.kernel @nt_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %a = tt.read_block @A[%c0, %c0] : tensor<64x32xbf16>
    %b = tt.read_block @B[%c0, %c0] : tensor<64x32xbf16>
    %c = tt.read_block @C[%c0, %c0] : tensor<64x64xf32>
    %r = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d2)>, affine_map<(d0, d1, d2) -> (d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1)>], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %b : tensor<64x32xbf16>, tensor<64x32xbf16>) outs(%c : tensor<64x64xf32>) {
    ^bb0(%x: bf16, %y: bf16, %z: f32):
      %xe = arith.extf %x : bf16 to f32
      %ye = arith.extf %y : bf16 to f32
      %p = arith.mulf %xe, %ye : f32
      %s = arith.addf %z, %p : f32
      linalg.yield %s : f32
    } -> tensor<64x64xf32>
    tt.write_block %r, @C[%c0, %c0] : tensor<64x64xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
// CHECK-LABEL: tt.kernel @tn_0
// CHECK: %[[A:.*]] = tt.read_block @A
// CHECK: %[[B:.*]] = tt.read_block @B
// CHECK: %[[C:.*]] = tt.read_block @C
// CHECK: %[[AT:.*]] = tt.transpose %[[A]] : tensor<1x2x!tt.tile<32x32, bf16>> to tensor<2x1x!tt.tile<32x32, bf16>>
// CHECK: tt.mma %[[AT]], %[[B]], %[[C]] : tensor<2x1x!tt.tile<32x32, bf16>>, tensor<1x2x!tt.tile<32x32, bf16>> -> tensor<2x2x!tt.tile<32x32, f32>>
tt.host @tn device(#wh) {
  tt.buffer @A : tensor<32x64xbf16> in {argument = 0 : i64}
  tt.buffer @B : tensor<32x64xbf16> in {argument = 1 : i64}
  tt.buffer @C : tensor<64x64xf32> inout {argument = 2 : i64}
  tt.kernel @tn_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %a = tt.read_block @A[%c0, %c0] : tensor<32x64xbf16>
    %b = tt.read_block @B[%c0, %c0] : tensor<32x64xbf16>
    %c = tt.read_block @C[%c0, %c0] : tensor<64x64xf32>
    %r = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d2, d0)>, affine_map<(d0, d1, d2) -> (d2, d1)>, affine_map<(d0, d1, d2) -> (d0, d1)>], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %b : tensor<32x64xbf16>, tensor<32x64xbf16>) outs(%c : tensor<64x64xf32>) {
    ^bb0(%x: bf16, %y: bf16, %z: f32):
      %xe = arith.extf %x : bf16 to f32
      %ye = arith.extf %y : bf16 to f32
      %p = arith.mulf %xe, %ye : f32
      %s = arith.addf %z, %p : f32
      linalg.yield %s : f32
    } -> tensor<64x64xf32>
    tt.write_block %r, @C[%c0, %c0] : tensor<64x64xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
// CHECK-LABEL: tt.kernel @tt_0
// CHECK: %[[A:.*]] = tt.read_block @A
// CHECK: %[[B:.*]] = tt.read_block @B
// CHECK: %[[C:.*]] = tt.read_block @C
// CHECK: %[[AT:.*]] = tt.transpose %[[A]] : tensor<1x2x!tt.tile<32x32, bf16>> to tensor<2x1x!tt.tile<32x32, bf16>>
// CHECK: %[[BT:.*]] = tt.transpose %[[B]] : tensor<2x1x!tt.tile<32x32, bf16>> to tensor<1x2x!tt.tile<32x32, bf16>>
// CHECK: tt.mma %[[AT]], %[[BT]], %[[C]] : tensor<2x1x!tt.tile<32x32, bf16>>, tensor<1x2x!tt.tile<32x32, bf16>> -> tensor<2x2x!tt.tile<32x32, f32>>
tt.host @tt device(#wh) {
  tt.buffer @A : tensor<32x64xbf16> in {argument = 0 : i64}
  tt.buffer @B : tensor<64x32xbf16> in {argument = 1 : i64}
  tt.buffer @C : tensor<64x64xf32> inout {argument = 2 : i64}
  tt.kernel @tt_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %a = tt.read_block @A[%c0, %c0] : tensor<32x64xbf16>
    %b = tt.read_block @B[%c0, %c0] : tensor<64x32xbf16>
    %c = tt.read_block @C[%c0, %c0] : tensor<64x64xf32>
    %r = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d2, d0)>, affine_map<(d0, d1, d2) -> (d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1)>], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %b : tensor<32x64xbf16>, tensor<64x32xbf16>) outs(%c : tensor<64x64xf32>) {
    ^bb0(%x: bf16, %y: bf16, %z: f32):
      %xe = arith.extf %x : bf16 to f32
      %ye = arith.extf %y : bf16 to f32
      %p = arith.mulf %xe, %ye : f32
      %s = arith.addf %z, %p : f32
      linalg.yield %s : f32
    } -> tensor<64x64xf32>
    tt.write_block %r, @C[%c0, %c0] : tensor<64x64xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
// Dims of 1 in front are dropped; offsets keep the buffer's rank.
// CHECK-LABEL: tt.kernel @batch_0
// CHECK: %[[A:.*]] = tt.read_block @A[%{{.*}}, %{{.*}}, %{{.*}}] : tensor<2x1x!tt.tile<32x32, bf16>>
// CHECK: tt.mma %[[A]], %{{.*}} -> tensor<2x2x!tt.tile<32x32, f32>>
tt.host @batch device(#wh) {
  tt.buffer @A : tensor<4x64x32xbf16> in {argument = 0 : i64}
  tt.buffer @B : tensor<4x32x64xbf16> in {argument = 1 : i64}
  tt.buffer @C : tensor<4x64x64xf32> inout {argument = 2 : i64}
  tt.kernel @batch_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %a = tt.read_block @A[%c0, %c0, %c0] : tensor<1x64x32xbf16>
    %b = tt.read_block @B[%c0, %c0, %c0] : tensor<1x32x64xbf16>
    %c = tt.read_block @C[%c0, %c0, %c0] : tensor<1x64x64xf32>
    %r = linalg.batch_matmul ins(%a, %b : tensor<1x64x32xbf16>, tensor<1x32x64xbf16>) outs(%c : tensor<1x64x64xf32>) -> tensor<1x64x64xf32>
    tt.write_block %r, @C[%c0, %c0, %c0] : tensor<1x64x64xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
// An element-wise prologue is split off.
// CHECK-LABEL: tt.kernel @prologue_0
// CHECK: %[[A:.*]] = tt.read_block @A
// CHECK: %[[B:.*]] = tt.read_block @B
// CHECK: %[[E:.*]] = tt.unary exp %[[A]] : tensor<2x1x!tt.tile<32x32, f32>>
// CHECK: tt.mma %[[E]], %[[B]], %{{.*}}
tt.host @prologue device(#wh) {
  tt.buffer @A : tensor<64x32xf32> in {argument = 0 : i64}
  tt.buffer @B : tensor<32x64xf32> in {argument = 1 : i64}
  tt.buffer @C : tensor<64x64xf32> inout {argument = 2 : i64}
  tt.kernel @prologue_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %a = tt.read_block @A[%c0, %c0] : tensor<64x32xf32>
    %b = tt.read_block @B[%c0, %c0] : tensor<32x64xf32>
    %c = tt.read_block @C[%c0, %c0] : tensor<64x64xf32>
    %r = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d2)>, affine_map<(d0, d1, d2) -> (d2, d1)>, affine_map<(d0, d1, d2) -> (d0, d1)>], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %b : tensor<64x32xf32>, tensor<32x64xf32>) outs(%c : tensor<64x64xf32>) {
    ^bb0(%x: f32, %y: f32, %z: f32):
      %ex = math.exp %x : f32
      %p = arith.mulf %y, %ex : f32
      %s = arith.addf %p, %z : f32
      linalg.yield %s : f32
    } -> tensor<64x64xf32>
    tt.write_block %r, @C[%c0, %c0] : tensor<64x64xf32>
  }
}
