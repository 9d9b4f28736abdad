// RUN: tt-opt --tt-build-tile-dfg %s | FileCheck %s

// Four f32 accumulators fit the registers of a section: the loop over k stays
// inside it, and the cast rides on the packer.
// CHECK-LABEL: tt.kernel @gemm_0
// CHECK: %[[A:.*]] = tt.alloc_cb {{.*}}id = 0 : i64, name = "A", order = array<i64: 2, 1>, production = 2 : i64, unpack = #tt.unpack_mode<src>
// CHECK: %[[B:.*]] = tt.alloc_cb {{.*}}id = 1 : i64, name = "B", order = array<i64: 1, 2>, production = 2
// CHECK: %[[C:.*]] = tt.alloc_cb {{.*}}id = 16 : i64, name = "C", order = array<i64: 2, 2>, production = 4
// CHECK: scf.for
// CHECK: %[[OUT:.*]] = tt.section grid [1, 1] via %[[C]]
// CHECK: scf.for
// CHECK: tt.read_block @A{{.*}}via %[[A]]
// CHECK: tt.read_block @B{{.*}}via %[[B]]
// CHECK: tt.mma
// CHECK: tt.typecast {{.*}}unit = #tt.unit<pack>
// CHECK: tt.write_block %[[OUT]], @C{{.*}}via %[[C]]

!bf = !tt.tile<32x32, bf16>
!f = !tt.tile<32x32, f32>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 4, cols = 8, page_bytes = 2048>

tt.host @gemm device(#device) {
  tt.buffer @A : tensor<128x256xbf16> in {argument = 0 : i64, info = #info, accessor = #tt.accessor_info<batch_stride = 0, row_stride = 8, pages = 32, sharded = false>}
  tt.buffer @B : tensor<256x64xbf16> in {argument = 1 : i64, info = #info, accessor = #tt.accessor_info<batch_stride = 0, row_stride = 2, pages = 32, sharded = false>}
  tt.buffer @C : tensor<128x64xbf16> out {argument = 2 : i64, info = #info, accessor = #tt.accessor_info<batch_stride = 0, row_stride = 2, pages = 32, sharded = false>}
  tt.kernel @gemm_0 grid [2, 1] schedule #tt.schedule compute #tt.compute<fp32_acc = true> attributes {partition = #tt.partition<mode = global, order = row_major, block = 1, items = 2, cores = 2>, work = #tt.work<x = [0, 1], y = [0, 0], start = [0, 1], count = [1, 1]>} {
  ^bb0(%start: index, %count: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c8 = arith.constant 8 : index
    %cb_a = tt.alloc_cb : !tt.cb<4 x !bf> {name = "A", production = 2 : i64}
    %cb_b = tt.alloc_cb : !tt.cb<4 x !bf> {name = "B", production = 2 : i64}
    %cb_c = tt.alloc_cb : !tt.cb<8 x !bf> {name = "C", production = 4 : i64}
    %end = arith.addi %start, %count : index
    scf.for %i = %start to %end step %c1 {
      %b:2 = affine.delinearize_index %i into (2, 1) : index, index
      %m = affine.apply affine_map<(d0) -> (d0 * 2)>(%b#0)
      %n = affine.apply affine_map<(d0) -> (d0 * 2)>(%b#1)
      %zero = tt.fill 0.0 : tensor<2x2x!f>
      %acc = scf.for %k = %c0 to %c8 step %c1 iter_args(%c = %zero) -> (tensor<2x2x!f>) {
        %a = tt.read_block @A[%m, %k] via %cb_a !tt.cb<4 x !bf> : tensor<2x1x!bf>
        %bb = tt.read_block @B[%k, %n] via %cb_b !tt.cb<4 x !bf> : tensor<1x2x!bf>
        %r = tt.mma %a, %bb, %c : tensor<2x1x!bf>, tensor<1x2x!bf> -> tensor<2x2x!f>
        scf.yield %r : tensor<2x2x!f>
      }
      %o = tt.typecast %acc : tensor<2x2x!f> to tensor<2x2x!bf>
      tt.write_block %o, @C[%m, %n] via %cb_c !tt.cb<8 x !bf> : tensor<2x2x!bf>
    }
  }
}
