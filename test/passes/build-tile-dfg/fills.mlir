// A constant block is made in the section that uses it; an intermediate block of several tiles is packed row by row, as its user takes it.
// RUN: tt-opt --tt-build-tile-dfg %s | FileCheck %s

!bf = !tt.tile<32x32, bf16>
!f = !tt.tile<32x32, f32>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#bf = #tt.transfer<page_bytes = 2048, pages = 6, depth = 2, format = bf16>
#f = #tt.transfer<page_bytes = 4096, pages = 2, depth = 2, format = f32>

tt.host @f device(#device) {
  tt.buffer @A : tensor<32x96xbf16> in {argument = 0 : i64}
  tt.buffer @B : tensor<64x96xbf16> in {argument = 1 : i64}
  tt.buffer @C : tensor<32x64xf32> out {argument = 2 : i64}
  // CHECK-LABEL: tt.kernel @f_0
  // CHECK: tt.alloc_cb {{.*}} name = "block", order = array<i64: 1, 2>, production = 2
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute<fp32_acc = true> {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %ca = tt.alloc_cb : !tt.cb<6 x !bf> {name = "A", production = 3 : i64}
    %cb = tt.alloc_cb : !tt.cb<12 x !bf> {name = "B", production = 6 : i64}
    %cc = tt.alloc_cb : !tt.cb<4 x !f> {name = "C", production = 2 : i64}
    %a = tt.read_block @A[%c0, %c0] via %ca !tt.cb<6 x !bf> : tensor<1x3x!bf> {transfer = #bf}
    %b = tt.read_block @B[%c0, %c0] via %cb !tt.cb<12 x !bf> : tensor<2x3x!bf> {transfer = #bf}
    %zero = tt.fill 0.0 : tensor<1x2x!f>
    // CHECK: tt.section grid [3, 1]
    // CHECK: tt.transpose
    // CHECK: tt.section grid [1, 1]
    // CHECK: %[[ZERO:.*]] = tt.fill 0.0
    // CHECK: tt.mma %{{.*}}, %{{.*}}, %[[ZERO]]
    // CHECK-NOT: tt.section
    %t = tt.transpose %b : tensor<2x3x!bf> to tensor<3x2x!bf>
    %r = tt.mma %a, %t, %zero : tensor<1x3x!bf>, tensor<3x2x!bf> -> tensor<1x2x!f>
    tt.write_block %r, @C[%c0, %c0] via %cc !tt.cb<4 x !f> : tensor<1x2x!f> {transfer = #f}
  }
}
