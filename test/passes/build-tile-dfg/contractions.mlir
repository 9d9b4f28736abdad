// RUN: tt-opt --tt-build-tile-dfg %s | FileCheck %s
// RUN: tt-opt --tt-build-tile-dfg %s | tt-opt --tt-split-device-kernel --canonicalize --cse | FileCheck %s --check-prefix=SPLIT

// The ways in which sixteen f32 sums live with four tile registers.

!bf = !tt.tile<32x32, bf16>
!f = !tt.tile<32x32, f32>
!bf8 = !tt.cb<8 x !tt.tile<32x32, bf16>>
!bf32 = !tt.cb<32 x !tt.tile<32x32, bf16>>
!f32x16 = !tt.cb<16 x !tt.tile<32x32, f32>>
!f32x32 = !tt.cb<32 x !tt.tile<32x32, f32>>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 64, cols = 64, page_bytes = 2048>
#finfo = #tt.buffer<memory = dram, layout = interleaved, format = f32, tile_height = 32, tile_width = 32, batch = 1, rows = 64, cols = 64, page_bytes = 4096>
#part = #tt.partition<mode = global, order = row_major, block = 1, items = 2, cores = 2>
#work = #tt.work<x = [0, 1], y = [0, 0], start = [0, 1], count = [1, 1]>

tt.host @h device(#device) {
  tt.buffer @A : tensor<2048x2048xbf16> in {argument = 0 : i64, info = #info}
  tt.buffer @B : tensor<2048x2048xbf16> in {argument = 1 : i64, info = #info}
  tt.buffer @C : tensor<2048x2048xbf16> out {argument = 2 : i64, info = #info}
  tt.buffer @D : tensor<2048x2048xf32> inout {argument = 3 : i64, info = #finfo}
  tt.buffer @E : tensor<2048x2048xf32> out {argument = 4 : i64, info = #finfo}

  // Two steps: adding in L1 would cost more than it hides. Panels hold all of k.
  // CHECK-LABEL: tt.kernel @short
  // CHECK-NOT: tt.accumulate
  // CHECK: alloc_cb {{.*}}name = "C", order = array<i64: 2, 2>, production = 4
  // CHECK: %[[A:[a-z_0-9]+]] = tt.read_block @A{{.*}} : tensor<4x2x
  // CHECK: %[[B:[a-z_0-9]+]] = tt.read_block @B{{.*}} : tensor<2x4x
  // CHECK: tt.section grid [2, 2]
  // CHECK: tt.sub_block %[[A]]
  // CHECK: tt.sub_block %[[B]]
  // CHECK: tt.typecast {{.*}}unit = #tt.unit<pack>
  tt.kernel @short grid [2, 1] schedule #tt.schedule compute #tt.compute<fp32_acc = true> attributes {partition = #part, work = #work} {
  ^bb0(%start: index, %count: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %cb_a = tt.alloc_cb : !bf8 {name = "A", production = 4 : i64}
    %cb_b = tt.alloc_cb : !bf8 {name = "B", production = 4 : i64}
    %cb_c = tt.alloc_cb : !bf32 {name = "C", production = 16 : i64}
    %z = tt.fill 0.0 : tensor<4x4x!f>
    %r = scf.for %k = %c0 to %c2 step %c1 iter_args(%x = %z) -> (tensor<4x4x!f>) {
      %a = tt.read_block @A[%c0, %k] via %cb_a !bf8 : tensor<4x1x!bf>
      %b = tt.read_block @B[%k, %c0] via %cb_b !bf8 : tensor<1x4x!bf>
      %y = tt.mma %a, %b, %x : tensor<4x1x!bf>, tensor<1x4x!bf> -> tensor<4x4x!f>
      scf.yield %y : tensor<4x4x!f>
    }
    %t = tt.typecast %r : tensor<4x4x!f> to tensor<4x4x!bf>
    tt.write_block %t, @C[%c0, %c0] via %cb_c !bf32 : tensor<4x4x!bf>
  }

  // 64 steps: panels of all of k (1 MB) fit L1, but nothing would hide that they are read.
  // CHECK-LABEL: tt.kernel @long
  // CHECK: tt.accumulate
  // CHECK: scf.for
  // CHECK: tt.section grid [2, 2]
  tt.kernel @long grid [2, 1] schedule #tt.schedule compute #tt.compute<fp32_acc = true> attributes {partition = #part, work = #work} {
  ^bb0(%start: index, %count: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c64 = arith.constant 64 : index
    %cb_a = tt.alloc_cb : !bf8 {name = "A", production = 4 : i64}
    %cb_b = tt.alloc_cb : !bf8 {name = "B", production = 4 : i64}
    %cb_c = tt.alloc_cb : !bf32 {name = "C", production = 16 : i64}
    %z = tt.fill 0.0 : tensor<4x4x!f>
    %r = scf.for %k = %c0 to %c64 step %c1 iter_args(%x = %z) -> (tensor<4x4x!f>) {
      %a = tt.read_block @A[%c0, %k] via %cb_a !bf8 : tensor<4x1x!bf>
      %b = tt.read_block @B[%k, %c0] via %cb_b !bf8 : tensor<1x4x!bf>
      %y = tt.mma %a, %b, %x : tensor<4x1x!bf>, tensor<1x4x!bf> -> tensor<4x4x!f>
      scf.yield %y : tensor<4x4x!f>
    }
    %t = tt.typecast %r : tensor<4x4x!f> to tensor<4x4x!bf>
    tt.write_block %t, @C[%c0, %c0] via %cb_c !bf32 : tensor<4x4x!bf>
  }

  // A loop that may run no trip: zeros are packed first, and all products are added. The sum is what is written.
  // CHECK-LABEL: tt.kernel @dynamic
  // CHECK-NOT: name = "sum"
  // CHECK: %[[CB:[a-z_0-9]+]] = tt.alloc_cb {{.*}}name = "E"
  // CHECK: %[[S:[a-z_0-9]+]] = tt.accumulate via %[[CB]]
  // CHECK: tt.section grid [2, 2] via %[[CB]]
  // CHECK: tt.fill 0.0{{.*}} : tensor<2x2x
  // CHECK: {starts_sum}
  // CHECK: scf.for
  // CHECK: tt.section grid [2, 2] via %[[CB]]
  // CHECK-NOT: starts_sum
  // CHECK: tt.write_block %[[S]], @E
  // SPLIT-LABEL: tt.program @dynamic
  // SPLIT: tt.func @compute
  // SPLIT: tt.accumulate to [@cb_E]
  // SPLIT: {pages = array<i64: 16>}
  // SPLIT-NOT: tt.front_block @cb_E
  // SPLIT: tt.func @writer
  tt.kernel @dynamic grid [2, 1] schedule #tt.schedule compute #tt.compute<fp32_acc = true> attributes {partition = #part, work = #work} {
  ^bb0(%start: index, %count: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %cb_a = tt.alloc_cb : !bf8 {name = "A", production = 4 : i64}
    %cb_b = tt.alloc_cb : !bf8 {name = "B", production = 4 : i64}
    %cb_e = tt.alloc_cb : !f32x32 {name = "E", production = 16 : i64}
    %z = tt.fill 0.0 : tensor<4x4x!f>
    %r = scf.for %k = %c0 to %count step %c1 iter_args(%x = %z) -> (tensor<4x4x!f>) {
      %a = tt.read_block @A[%c0, %k] via %cb_a !bf8 : tensor<4x1x!bf>
      %b = tt.read_block @B[%k, %c0] via %cb_b !bf8 : tensor<1x4x!bf>
      %y = tt.mma %a, %b, %x : tensor<4x1x!bf>, tensor<1x4x!bf> -> tensor<4x4x!f>
      scf.yield %y : tensor<4x4x!f>
    }
    tt.write_block %r, @E[%c0, %c0] via %cb_e !f32x32 : tensor<4x4x!f>
  }

  // Loops in each other carry nothing any more; reads stay where they were.
  // CHECK-LABEL: tt.kernel @nested
  // CHECK: tt.accumulate
  // CHECK: scf.for
  // CHECK-NEXT: %[[A:[a-z_0-9]+]] = tt.read_block @A
  // CHECK-NEXT: {{.*}} = arith.constant 1
  // CHECK-NEXT: scf.for
  // CHECK-NEXT: %[[B:[a-z_0-9]+]] = tt.read_block @B
  // CHECK-NEXT: tt.section grid [2, 2]
  // CHECK: tt.sub_block %[[A]]
  // CHECK: tt.sub_block %[[B]]
  // CHECK: {starts_sum}
  tt.kernel @nested grid [2, 1] schedule #tt.schedule compute #tt.compute<fp32_acc = true> attributes {partition = #part, work = #work} {
  ^bb0(%start: index, %count: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c8 = arith.constant 8 : index
    %cb_a = tt.alloc_cb : !bf8 {name = "A", production = 4 : i64}
    %cb_b = tt.alloc_cb : !bf8 {name = "B", production = 4 : i64}
    %cb_c = tt.alloc_cb : !bf32 {name = "C", production = 16 : i64}
    %z = tt.fill 0.0 : tensor<4x4x!f>
    %r = scf.for %n = %c0 to %c8 step %c1 iter_args(%w = %z) -> (tensor<4x4x!f>) {
      %a = tt.read_block @A[%c0, %n] via %cb_a !bf8 : tensor<4x1x!bf>
      %q = scf.for %k = %c0 to %c8 step %c1 iter_args(%x = %w) -> (tensor<4x4x!f>) {
        %b = tt.read_block @B[%k, %n] via %cb_b !bf8 : tensor<1x4x!bf>
        %y = tt.mma %a, %b, %x : tensor<4x1x!bf>, tensor<1x4x!bf> -> tensor<4x4x!f>
        scf.yield %y : tensor<4x4x!f>
      }
      scf.yield %q : tensor<4x4x!f>
    }
    %t = tt.typecast %r : tensor<4x4x!f> to tensor<4x4x!bf>
    tt.write_block %t, @C[%c0, %c0] via %cb_c !bf32 : tensor<4x4x!bf>
  }

  // Two sums; one starts with what was read, one with what is computed from it, which goes through a circular buffer of its own.
  // CHECK-LABEL: tt.kernel @starts
  // CHECK: %[[START:[a-z_0-9]+]] = tt.alloc_cb {{.*}}name = "block"
  // CHECK: %[[D:[a-z_0-9]+]] = tt.read_block @D
  // CHECK: %[[E:[a-z_0-9]+]] = tt.section grid [{{.*}}] via %[[START]]
  // CHECK: tt.unary exp
  // CHECK: tt.accumulate via %[[S1:[a-z_0-9]+]], %[[S2:[a-z_0-9]+]] :
  // CHECK: tt.section grid [4, 2] via %[[S1]], %[[S2]] :
  // CHECK: %[[P1:[a-z_0-9]+]] = tt.sub_block %[[D]]{{.*}} to tensor<1x2x
  // CHECK: %[[P2:[a-z_0-9]+]] = tt.sub_block %[[E]]{{.*}} to tensor<1x2x
  // CHECK: tt.yield %[[P1]], %[[P2]]
  // CHECK: {starts_sum}
  // CHECK: scf.for
  // CHECK: tt.section grid [4, 2] via %[[S1]], %[[S2]] :
  // CHECK-COUNT-2: tt.mma
  // CHECK: tt.binary add
  tt.kernel @starts grid [2, 1] schedule #tt.schedule compute #tt.compute<fp32_acc = true> attributes {partition = #part, work = #work} {
  ^bb0(%start: index, %count: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c64 = arith.constant 64 : index
    %cb_a = tt.alloc_cb : !bf8 {name = "A", production = 4 : i64}
    %cb_b = tt.alloc_cb : !bf8 {name = "B", production = 4 : i64}
    %cb_d = tt.alloc_cb : !f32x16 {name = "D", production = 16 : i64}
    %cb_e = tt.alloc_cb : !f32x32 {name = "E", production = 16 : i64}
    %d = tt.read_block @D[%c0, %c0] via %cb_d !f32x16 : tensor<4x4x!f>
    %e = tt.unary exp %d : tensor<4x4x!f>
    %r:2 = scf.for %k = %c0 to %c64 step %c1 iter_args(%x = %d, %w = %e) -> (tensor<4x4x!f>, tensor<4x4x!f>) {
      %a = tt.read_block @A[%c0, %k] via %cb_a !bf8 : tensor<4x1x!bf>
      %b = tt.read_block @B[%k, %c0] via %cb_b !bf8 : tensor<1x4x!bf>
      %y = tt.mma %a, %b, %x : tensor<4x1x!bf>, tensor<1x4x!bf> -> tensor<4x4x!f>
      %v = tt.mma %a, %b, %w : tensor<4x1x!bf>, tensor<1x4x!bf> -> tensor<4x4x!f>
      scf.yield %y, %v : tensor<4x4x!f>, tensor<4x4x!f>
    }
    %o = tt.binary add %r#0, %r#1 : tensor<4x4x!f>
    tt.write_block %o, @E[%c0, %c0] via %cb_e !f32x32 : tensor<4x4x!f>
  }
}
