// RUN: tt-opt --tt-build-tile-dfg --split-input-file %s | FileCheck %s
// RUN: tt-opt --tt-build-tile-dfg --split-input-file %s | tt-opt --split-input-file | FileCheck %s

// Blocks that a loop hands on through circular buffers.

// A running sum of blocks. Two blocks fit: the old one is read while the new one is packed.
!bf = !tt.tile<32x32, bf16>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>

// CHECK-LABEL: tt.kernel @sum
// CHECK: %[[X:.*]] = tt.alloc_cb : <2 x !tt.tile<32x32, bf16>> {{.*}}name = "carried"{{.*}}unpack = #tt.unpack_mode<src>
// CHECK: %[[INIT:.*]] = tt.section grid [1, 1] via %[[X]]
// CHECK: tt.fill
// CHECK: scf.for {{.*}} iter_args(%[[OLD:.*]] = %[[INIT]])
// CHECK: %[[NEW:.*]] = tt.section grid [1, 1] via %[[X]]
// CHECK: tt.binary add %[[OLD]], %{{.*}} {unit = #tt.unit<fpu>}
// CHECK: scf.yield %[[NEW]]
// CHECK: tt.section grid [1, 1] via %{{.*}}
// CHECK: tt.write_block
tt.host @h device(#device) {
  tt.buffer @A : tensor<32x256xbf16> in {argument = 0 : i64}
  tt.buffer @C : tensor<32x32xbf16> out {argument = 1 : i64}
  tt.kernel @sum grid [1, 1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%start: index, %count: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c8 = arith.constant 8 : index
    %cb_a = tt.alloc_cb : !tt.cb<2 x !bf> {name = "A", production = 1 : i64}
    %cb_c = tt.alloc_cb : !tt.cb<2 x !bf> {name = "C", production = 1 : i64}
    %z = tt.fill 0.0 : tensor<1x1x!bf>
    %r = scf.for %k = %c0 to %c8 step %c1 iter_args(%x = %z) -> (tensor<1x1x!bf>) {
      %a = tt.read_block @A[%c0, %k] via %cb_a !tt.cb<2 x !bf> : tensor<1x1x!bf>
      %y = tt.binary add %x, %a : tensor<1x1x!bf>
      scf.yield %y : tensor<1x1x!bf>
    }
    tt.write_block %r, @C[%c0, %c0] via %cb_c !tt.cb<2 x !bf> : tensor<1x1x!bf>
  }
}

// -----

// Accumulators of two shapes do not share a section.
!bf = !tt.tile<32x32, bf16>
!f = !tt.tile<32x32, f32>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>

// CHECK-LABEL: tt.kernel @shapes
// CHECK-DAG: %[[V:.*]] = tt.alloc_cb : <4 x !tt.tile<32x32, f32>> {{.*}}name = "carried"{{.*}}unpack = #tt.unpack_mode<dest>
// CHECK-DAG: %[[U:.*]] = tt.alloc_cb : <8 x !tt.tile<32x32, f32>> {{.*}}name = "carried"{{.*}}unpack = #tt.unpack_mode<dest>
// CHECK: scf.for
// CHECK: %[[M:.*]] = tt.section grid [1, 1] via %[[U]]
// CHECK: tt.mma
// CHECK: %[[N:.*]] = tt.section grid [1, 1] via %[[V]]
// CHECK: tt.reduce
// CHECK: scf.yield %[[M]], %[[N]]
tt.host @h device(#device) {
  tt.buffer @A : tensor<256x256xbf16> in {argument = 0 : i64}
  tt.buffer @B : tensor<256x256xbf16> in {argument = 1 : i64}
  tt.buffer @C : tensor<256x256xbf16> out {argument = 2 : i64}
  tt.kernel @shapes grid [1, 1] schedule #tt.schedule compute #tt.compute<fp32_acc = true> {
  ^bb0(%start: index, %count: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c8 = arith.constant 8 : index
    %cb_a = tt.alloc_cb : !tt.cb<4 x !bf> {name = "A", production = 4 : i64}
    %cb_b = tt.alloc_cb : !tt.cb<4 x !bf> {name = "B", production = 4 : i64}
    %cb_c = tt.alloc_cb : !tt.cb<4 x !bf> {name = "C", production = 4 : i64}
    %cb_d = tt.alloc_cb : !tt.cb<2 x !bf> {name = "D", production = 2 : i64}
    %z = tt.fill 0.0 : tensor<2x2x!f>
    %y = tt.fill 0.0 : tensor<2x1x!f>
    %r:2 = scf.for %k = %c0 to %c8 step %c1 iter_args(%u = %z, %v = %y) -> (tensor<2x2x!f>, tensor<2x1x!f>) {
      %a = tt.read_block @A[%c0, %k] via %cb_a !tt.cb<4 x !bf> : tensor<2x1x!bf>
      %b = tt.read_block @B[%k, %c0] via %cb_b !tt.cb<4 x !bf> : tensor<1x2x!bf>
      %m = tt.mma %a, %b, %u : tensor<2x1x!bf>, tensor<1x2x!bf> -> tensor<2x2x!f>
      %n = tt.reduce sum row %a, %v : tensor<2x1x!f>, : tensor<2x1x!bf> to tensor<2x1x!f>
      scf.yield %m, %n : tensor<2x2x!f>, tensor<2x1x!f>
    }
    %s = tt.typecast %r#0 : tensor<2x2x!f> to tensor<2x2x!bf>
    %t = tt.typecast %r#1 : tensor<2x1x!f> to tensor<2x1x!bf>
    tt.write_block %s, @C[%c0, %c0] via %cb_c !tt.cb<4 x !bf> : tensor<2x2x!bf>
    tt.write_block %t, @C[%c8, %c8] via %cb_d !tt.cb<2 x !bf> : tensor<2x1x!bf>
  }
}

// -----

// A wide block that the matrix engine and the SFPU want is carried twice. What only passes through a loop is copied into its circular buffer.
!f = !tt.tile<32x32, f32>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>

// CHECK-LABEL: tt.kernel @both
// CHECK-DAG: %[[DEST:.*]] = tt.alloc_cb : <2 x !tt.tile<32x32, f32>> {{.*}}name = "carried"{{.*}}unpack = #tt.unpack_mode<dest>
// CHECK-DAG: %[[SRC:.*]] = tt.alloc_cb : <2 x !tt.tile<32x32, f32>> {{.*}}name = "carried"{{.*}}unpack = #tt.unpack_mode<src>
// CHECK: %[[A:.*]] = tt.read_block
// CHECK: %[[I:.*]] = tt.section grid [1, 1] via %[[SRC]]
// CHECK-NEXT: ^bb0
// CHECK-NEXT: tt.yield %[[A]]
// CHECK: %[[J:.*]] = tt.section grid [1, 1] via %[[DEST]]
// CHECK-NEXT: ^bb0
// CHECK-NEXT: tt.yield %[[A]]
// CHECK: scf.for {{.*}} iter_args(%[[XS:.*]] = %[[I]], %[[XD:.*]] = %[[J]])
// CHECK: %[[Y:.*]]:2 = tt.section grid [1, 1] via %[[DEST]], %[[SRC]]
// CHECK: %[[T:.*]] = tt.reduce sum scalar %[[XS]]
// CHECK: tt.binary add %[[XD]], %[[T]] {{.*}} {unit = #tt.unit<sfpu>}
// CHECK: scf.yield %[[Y]]#1, %[[Y]]#0
tt.host @h device(#device) {
  tt.buffer @A : tensor<32x32xf32> in {argument = 0 : i64}
  tt.buffer @C : tensor<32x32xf32> out {argument = 1 : i64}
  tt.kernel @both grid [1, 1] schedule #tt.schedule compute #tt.compute<fp32_acc = true> {
  ^bb0(%start: index, %count: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c8 = arith.constant 8 : index
    %cb_a = tt.alloc_cb : !tt.cb<2 x !f> {name = "A", production = 1 : i64}
    %cb_c = tt.alloc_cb : !tt.cb<2 x !f> {name = "C", production = 1 : i64}
    %a = tt.read_block @A[%c0, %c0] via %cb_a !tt.cb<2 x !f> : tensor<1x1x!f>
    %r = scf.for %k = %c0 to %c8 step %c1 iter_args(%x = %a) -> (tensor<1x1x!f>) {
      %t = tt.reduce sum scalar %x : tensor<1x1x!f> to tensor<1x1x!f>
      %y = tt.binary add %x, %t : tensor<1x1x!f>
      scf.yield %y : tensor<1x1x!f>
    }
    tt.write_block %r, @C[%c0, %c0] via %cb_c !tt.cb<2 x !f> : tensor<1x1x!f>
  }
}

// -----

// The sections of the initial and of the next block leave their tiles in one order, row by row.
!f = !tt.tile<32x32, f32>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>

// CHECK-LABEL: tt.kernel @order
// CHECK: %[[X:.*]] = tt.alloc_cb : <24 x !tt.tile<32x32, f32>> {{.*}}name = "carried", order = array<i64: 1, {{[24]}}>
// CHECK: tt.section grid [3, 2] via %[[X]]
// CHECK: scf.for
// CHECK: tt.section grid [3, 1] via %[[X]]
tt.host @h device(#device) {
  tt.buffer @A : tensor<96x128xf32> in {argument = 0 : i64}
  tt.buffer @C : tensor<96x128xf32> out {argument = 1 : i64}
  tt.kernel @order grid [1, 1] schedule #tt.schedule compute #tt.compute<fp32_acc = true> {
  ^bb0(%start: index, %count: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c8 = arith.constant 8 : index
    %cb_a = tt.alloc_cb : !tt.cb<24 x !f> {name = "A", production = 12 : i64}
    %cb_b = tt.alloc_cb : !tt.cb<24 x !f> {name = "B", production = 12 : i64}
    %cb_c = tt.alloc_cb : !tt.cb<24 x !f> {name = "C", production = 12 : i64}
    %a = tt.read_block @A[%c0, %c0] via %cb_a !tt.cb<24 x !f> : tensor<3x4x!f>
    %b = tt.read_block @A[%c0, %c0] via %cb_b !tt.cb<24 x !f> : tensor<3x4x!f>
    %e = tt.unary exp %a : tensor<3x4x!f>
    %i = tt.binary add %e, %b : tensor<3x4x!f>
    %r = scf.for %k = %c0 to %c8 step %c1 iter_args(%x = %i) -> (tensor<3x4x!f>) {
      %y = tt.unary sqrt %x : tensor<3x4x!f>
      scf.yield %y : tensor<3x4x!f>
    }
    tt.write_block %r, @C[%c0, %c0] via %cb_c !tt.cb<24 x !f> : tensor<3x4x!f>
  }
}
