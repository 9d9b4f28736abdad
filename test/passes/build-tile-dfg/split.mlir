// More values live at once than the 4 registers of f32 tiles: first another order, then several sections.
// RUN: tt-opt --tt-build-tile-dfg --split-input-file %s | FileCheck %s
// RUN: tt-opt --tt-build-tile-dfg --tt-explain --split-input-file %s 2>&1 >%t | FileCheck --check-prefix=REMARK %s

// Five values of one block: the sum takes each as soon as it is there.
!f = !tt.tile<32x32, f32>
!blk = tensor<1x1x!f>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>

tt.host @order device(#device) {
  tt.buffer @A : tensor<32x32xf32> in {argument = 0 : i64}
  tt.buffer @C : tensor<32x32xf32> out {argument = 2 : i64}
  tt.kernel @order_0 grid [1] schedule #tt.schedule compute #tt.compute<fp32_acc = true> {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %ca = tt.alloc_cb : !tt.cb<2 x !f> {name = "A", production = 1 : i64}
    %cc = tt.alloc_cb : !tt.cb<2 x !f> {name = "C", production = 1 : i64}
    %a = tt.read_block @A[%c0, %c0] via %ca !tt.cb<2 x !f> : !blk
    %v0 = tt.unary exp %a : !blk
    %v1 = tt.unary sin %a : !blk
    %v2 = tt.unary cos %a : !blk
    %v3 = tt.unary tanh %a : !blk
    %v4 = tt.unary square %a : !blk
    // REMARK: [[#@LINE+4]]:{{.*}} remark: computes in an order in which 2 values live at once, not the 5 of the order written
    %s0 = tt.binary add %v4, %v3 : !blk
    %s1 = tt.binary add %s0, %v2 : !blk
    %s2 = tt.binary add %s1, %v1 : !blk
    %r = tt.binary add %s2, %v0 : !blk
    // CHECK-LABEL: tt.kernel @order_0
    // CHECK: tt.section
    // CHECK-NEXT: ^bb0
    // CHECK-NEXT: %[[A:.*]] = tt.unary {{square|tanh}}
    // CHECK-NEXT: %[[B:.*]] = tt.unary {{square|tanh}}
    // CHECK-NEXT: %[[S:.*]] = tt.binary add %{{.*}}, %{{.*}}
    // CHECK-NEXT: %[[V:.*]] = tt.unary cos
    // CHECK-NEXT: tt.binary add %[[S]], %[[V]]
    // CHECK-NOT: tt.section
    tt.write_block %r, @C[%c0, %c0] via %cc !tt.cb<2 x !f> : !blk
  }
}

// -----

// A chain all of whose values are needed at its end.
!f = !tt.tile<32x32, f32>
!blk = tensor<1x1x!f>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>

tt.host @chain device(#device) {
  tt.buffer @A : tensor<32x32xf32> in {argument = 0 : i64}
  tt.buffer @C : tensor<32x32xf32> out {argument = 2 : i64}
  tt.kernel @chain_0 grid [1] schedule #tt.schedule compute #tt.compute<fp32_acc = true> {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %ca = tt.alloc_cb : !tt.cb<2 x !f> {name = "A", production = 1 : i64}
    %cc = tt.alloc_cb : !tt.cb<2 x !f> {name = "C", production = 1 : i64}
    %a = tt.read_block @A[%c0, %c0] via %ca !tt.cb<2 x !f> : !blk
    // REMARK-DAG: [[#@LINE+1]]:{{.*}} remark: goes from section 1 of its computation to section 2 through a circular buffer
    %v0 = tt.unary exp %a : !blk
    %v1 = tt.unary exp %v0 : !blk
    %v2 = tt.unary exp %v1 : !blk
    %v3 = tt.unary exp %v2 : !blk
    %v4 = tt.unary exp %v3 : !blk
    %v5 = tt.unary exp %v4 : !blk
    // REMARK-DAG: [[#@LINE+5]]:{{.*}} remark: computes in 2 sections, one after the other: more values live at once than the 4 tile registers of a section hold; values through circular buffers: 3{{$}}
    %s0 = tt.binary max %v5, %v0 : !blk
    %s1 = tt.binary max %s0, %v1 : !blk
    %s2 = tt.binary max %s1, %v2 : !blk
    %s3 = tt.binary max %s2, %v3 : !blk
    %r = tt.binary max %s3, %v4 : !blk
    // CHECK-LABEL: tt.kernel @chain_0
    // CHECK-COUNT-3: tt.alloc_cb {{.*}}name = "part", order = array<i64: 1, 1>, production = 1 : i64, unpack = #tt.unpack_mode<dest>}
    // CHECK: %[[FIRST:.*]]:3 = tt.section grid [1, 1] via
    // CHECK-NOT: tt.binary
    // CHECK: tt.yield
    // CHECK: %[[SECOND:.*]] = tt.section grid [1, 1] via
    // CHECK-NOT: tt.section
    // CHECK: tt.write_block %[[SECOND]]
    tt.write_block %r, @C[%c0, %c0] via %cc !tt.cb<2 x !f> : !blk
  }
}

// -----

// What nothing uses needs no part, and what only that uses no buffer.
!f = !tt.tile<32x32, f32>
!blk = tensor<1x1x!f>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>

tt.host @unused device(#device) {
  tt.buffer @A : tensor<32x32xf32> in {argument = 0 : i64}
  tt.buffer @C : tensor<32x32xf32> out {argument = 2 : i64}
  tt.kernel @unused_0 grid [1] schedule #tt.schedule compute #tt.compute<fp32_acc = true> {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %ca = tt.alloc_cb : !tt.cb<2 x !f> {name = "A", production = 1 : i64}
    %cc = tt.alloc_cb : !tt.cb<2 x !f> {name = "C", production = 1 : i64}
    %a = tt.read_block @A[%c0, %c0] via %ca !tt.cb<2 x !f> : !blk
    %v0 = tt.unary exp %a : !blk
    %v1 = tt.unary exp %v0 : !blk
    %v2 = tt.unary exp %v1 : !blk
    %v3 = tt.unary exp %v2 : !blk
    %v4 = tt.unary exp %v3 : !blk
    %v5 = tt.unary exp %v4 : !blk
    %s0 = tt.binary max %v5, %v0 : !blk
    %s1 = tt.binary max %s0, %v1 : !blk
    %s2 = tt.binary max %s1, %v2 : !blk
    %s3 = tt.binary max %s2, %v3 : !blk
    %unused = tt.binary max %s3, %v4 : !blk
    // CHECK-LABEL: tt.kernel @unused_0
    // CHECK-NOT: name = "part"
    // CHECK: %[[ONLY:.*]] = tt.section grid [1, 1] via
    // CHECK-COUNT-2: tt.unary exp
    // CHECK-NEXT: tt.yield
    // CHECK: tt.write_block %[[ONLY]]
    tt.write_block %v1, @C[%c0, %c0] via %cc !tt.cb<2 x !f> : !blk
  }
}

// -----

// What a loop accumulates stays with it; constants are made where they are used.
!bf = !tt.tile<32x32, bf16>
!f = !tt.tile<32x32, f32>
!blk = tensor<1x1x!f>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>

tt.host @epilogue device(#device) {
  tt.buffer @B : tensor<32x32xbf16> in {argument = 1 : i64}
  tt.buffer @C : tensor<32x32xf32> out {argument = 2 : i64}
  tt.kernel @epilogue_0 grid [1] schedule #tt.schedule compute #tt.compute<fp32_acc = true> {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c8 = arith.constant 8 : index
    %cb = tt.alloc_cb : !tt.cb<2 x !bf> {name = "B", production = 1 : i64}
    %cc = tt.alloc_cb : !tt.cb<2 x !f> {name = "C", production = 1 : i64}
    %zero = tt.fill 0.0 : !blk
    %acc = scf.for %k = %c0 to %c8 step %c1 iter_args(%x = %zero) -> (!blk) {
      %b = tt.read_block @B[%c0, %k] via %cb !tt.cb<2 x !bf> : tensor<1x1x!bf>
      %y = tt.mma %b, %b, %x : tensor<1x1x!bf>, tensor<1x1x!bf> -> !blk
      scf.yield %y : !blk
    }
    %one = tt.fill 1.0 : !blk
    %v0 = tt.binary div %acc, %one : !blk
    %v1 = tt.unary exp %v0 : !blk
    %v2 = tt.unary exp %v1 : !blk
    %v3 = tt.unary exp %v2 : !blk
    %v4 = tt.unary exp %v3 : !blk
    %v5 = tt.unary exp %v4 : !blk
    %s0 = tt.binary max %v5, %acc : !blk
    %s1 = tt.binary max %s0, %v0 : !blk
    %s2 = tt.binary max %s1, %v1 : !blk
    %s3 = tt.binary max %s2, %v2 : !blk
    %s4 = tt.binary max %s3, %v3 : !blk
    %s5 = tt.binary max %s4, %v4 : !blk
    %r = tt.binary div %s5, %one : !blk
    // CHECK-LABEL: tt.kernel @epilogue_0
    // CHECK: tt.section grid [1, 1] via
    // CHECK: tt.fill 0.0
    // CHECK: scf.for
    // CHECK: tt.mma
    // CHECK: tt.yield
    // CHECK: tt.section
    // CHECK-NOT: scf.for
    // CHECK: tt.fill 1.0
    // CHECK: tt.binary div
    // CHECK: tt.yield
    // CHECK: tt.write_block
    tt.write_block %r, @C[%c0, %c0] via %cc !tt.cb<2 x !f> : !blk
  }
}

// -----

// A value that a later section takes into Src and another into tile registers goes through two.
!f = !tt.tile<32x32, f32>
!blk = tensor<1x1x!f>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>

tt.host @both_ways device(#device) {
  tt.buffer @A : tensor<32x32xf32> in {argument = 0 : i64}
  tt.buffer @C : tensor<32x32xf32> out {argument = 2 : i64}
  tt.buffer @D : tensor<32x32xf32> out {argument = 3 : i64}
  tt.kernel @both_ways_0 grid [1] schedule #tt.schedule compute #tt.compute<fp32_acc = true> {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %ca = tt.alloc_cb : !tt.cb<2 x !f> {name = "A", production = 1 : i64}
    %cd = tt.alloc_cb : !tt.cb<2 x !f> {name = "D", production = 1 : i64}
    %cc = tt.alloc_cb : !tt.cb<2 x !f> {name = "C", production = 1 : i64}
    %a = tt.read_block @A[%c0, %c0] via %ca !tt.cb<2 x !f> : !blk
    %v0 = tt.unary exp %a : !blk
    %v1 = tt.unary exp %v0 : !blk
    %v2 = tt.unary exp %v1 : !blk
    %v3 = tt.unary exp %v2 : !blk
    %v4 = tt.unary exp %v3 : !blk
    %v5 = tt.unary exp %v4 : !blk
    %s0 = tt.binary max %v5, %v0 : !blk
    %s1 = tt.binary max %s0, %v1 : !blk
    %s2 = tt.binary max %s1, %v2 : !blk
    %s3 = tt.binary max %s2, %v3 : !blk
    %r = tt.binary max %s3, %v4 : !blk
    %t = tt.reduce sum row %v0 : !blk to !blk
    tt.write_block %r, @C[%c0, %c0] via %cc !tt.cb<2 x !f> : !blk
    tt.write_block %t, @D[%c0, %c0] via %cd !tt.cb<2 x !f> : !blk
    // CHECK-LABEL: tt.kernel @both_ways_0
    // CHECK-DAG: %[[DEST:.*]] = tt.alloc_cb {{.*}}name = "part"{{.*}}unpack = #tt.unpack_mode<dest>
    // CHECK-DAG: %[[SRC:.*]] = tt.alloc_cb {{.*}}name = "block"{{.*}}unpack = #tt.unpack_mode<src>
    // CHECK: %[[FIRST:.*]]:4 = tt.section grid [1, 1] via %[[SRC]], {{.*}}
    // CHECK: %[[V:.*]] = tt.unary exp
    // CHECK: tt.yield %[[V]], {{.*}}%[[V]]
    // CHECK: tt.section
    // CHECK: tt.section
    // CHECK: tt.reduce sum row %[[FIRST]]#0
  }
}

// -----

// A value that another section takes into tile registers too goes through one.
!f = !tt.tile<32x32, f32>
!blk = tensor<1x1x!f>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>

tt.host @shared device(#device) {
  tt.buffer @A : tensor<32x32xf32> in {argument = 0 : i64}
  tt.buffer @C : tensor<32x32xf32> out {argument = 2 : i64}
  tt.buffer @D : tensor<32x32xf32> out {argument = 3 : i64}
  tt.kernel @shared_0 grid [1] schedule #tt.schedule compute #tt.compute<fp32_acc = true> {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %ca = tt.alloc_cb : !tt.cb<2 x !f> {name = "A", production = 1 : i64}
    %cd = tt.alloc_cb : !tt.cb<2 x !f> {name = "D", production = 1 : i64}
    %cc = tt.alloc_cb : !tt.cb<2 x !f> {name = "C", production = 1 : i64}
    %a = tt.read_block @A[%c0, %c0] via %ca !tt.cb<2 x !f> : !blk
    %v0 = tt.unary exp %a : !blk
    %v1 = tt.unary exp %v0 : !blk
    %v2 = tt.unary exp %v1 : !blk
    %v3 = tt.unary exp %v2 : !blk
    %v4 = tt.unary exp %v3 : !blk
    %v5 = tt.unary exp %v4 : !blk
    %s0 = tt.binary max %v5, %v0 : !blk
    %s1 = tt.binary max %s0, %v1 : !blk
    %s2 = tt.binary max %s1, %v2 : !blk
    %s3 = tt.binary max %s2, %v3 : !blk
    %r = tt.binary max %s3, %v4 : !blk
    %t = tt.bcast row %v0 : !blk to !blk
    tt.write_block %r, @C[%c0, %c0] via %cc !tt.cb<2 x !f> : !blk
    tt.write_block %t, @D[%c0, %c0] via %cd !tt.cb<2 x !f> : !blk
    // CHECK-LABEL: tt.kernel @shared_0
    // CHECK: tt.alloc_cb {{.*}}name = "part"
    // CHECK: tt.alloc_cb {{.*}}name = "part"
    // CHECK: %[[CB:.*]] = tt.alloc_cb {{.*}}name = "block"{{.*}}unpack = #tt.unpack_mode<dest>
    // CHECK: %[[FIRST:.*]]:3 = tt.section grid [1, 1] via %[[CB]], {{.*}}
    // CHECK: tt.section
    // CHECK: tt.binary max {{.*}}%[[FIRST]]#0
    // CHECK: tt.section
    // CHECK: tt.bcast row %[[FIRST]]#0
  }
}

// -----

// A wide block is unpacked to tile registers, whatever it is converted to: no operand of the FPU.
!bf = !tt.tile<32x32, bf16>
!f = !tt.tile<32x32, f32>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>

tt.host @converted device(#device) {
  tt.buffer @A : tensor<32x32xf32> in {argument = 0 : i64}
  tt.buffer @B : tensor<32x32xbf16> in {argument = 1 : i64}
  tt.buffer @C : tensor<32x32xbf16> out {argument = 2 : i64}
  // CHECK-LABEL: tt.kernel @converted_0
  tt.kernel @converted_0 grid [1] schedule #tt.schedule compute #tt.compute<fp32_acc = true> {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    // CHECK: tt.alloc_cb {{.*}}name = "A"{{.*}}unpack = #tt.unpack_mode<dest>
    %ca = tt.alloc_cb : !tt.cb<2 x !f> {name = "A", production = 1 : i64}
    %cb = tt.alloc_cb : !tt.cb<2 x !bf> {name = "B", production = 1 : i64}
    %cc = tt.alloc_cb : !tt.cb<2 x !bf> {name = "C", production = 1 : i64}
    %a = tt.read_block @A[%c0, %c0] via %ca !tt.cb<2 x !f> : tensor<1x1x!f>
    %b = tt.read_block @B[%c0, %c0] via %cb !tt.cb<2 x !bf> : tensor<1x1x!bf>
    %t = tt.typecast %a : tensor<1x1x!f> to tensor<1x1x!bf>
    // CHECK: tt.binary add {{.*}}unit = #tt.unit<sfpu>
    %r = tt.binary add %t, %b : tensor<1x1x!bf>
    tt.write_block %r, @C[%c0, %c0] via %cc !tt.cb<2 x !bf> : tensor<1x1x!bf>
  }
}
