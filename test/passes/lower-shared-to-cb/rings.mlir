// Each transfer gets its ring: pages of a production times the depth, the tile
// of its buffer, the name of its buffer.
// RUN: tt-opt --tt-lower-shared-to-cb %s | tt-opt | FileCheck %s

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 4, cols = 4, page_bytes = 2048>
#f32 = #tt.buffer<memory = dram, layout = interleaved, format = f32, tile_height = 32, tile_width = 32, batch = 1, rows = 4, cols = 4, page_bytes = 4096>
tt.host @f device(#wh) {
  tt.buffer @A : tensor<128x128xbf16> in {argument = 0 : i64, info = #info}
  tt.buffer @C : tensor<128x128xf32> out {argument = 1 : i64, info = #f32}
  // CHECK: tt.kernel @f_0
  // CHECK-NEXT: ^bb0(%[[START:.*]]: index, %[[COUNT:.*]]: index):
  // CHECK-NEXT: %[[A:.*]] = tt.alloc_cb : <6 x !tt.tile<32x32, bf16>> {name = "A", production = 2 : i64}
  // CHECK-NEXT: %[[A1:.*]] = tt.alloc_cb : <2 x !tt.tile<32x32, bf16>> {name = "A_1", production = 1 : i64}
  // CHECK-NEXT: %[[C:.*]] = tt.alloc_cb : <4 x !tt.tile<32x32, f32>> {name = "C", production = 2 : i64}
  // CHECK: scf.for
  // CHECK: tt.read_block @A[%{{.*}}, %{{.*}}] via %[[A]] !tt.cb<6 x !tt.tile<32x32, bf16>> : tensor<64x32xbf16> {fill = 1.000000e+00 : f32, stages = 3 : i64, transfer =
  // CHECK: tt.read_block @A[%{{.*}}, %{{.*}}] valid[%{{.*}}, %{{.*}}] via %[[A1]]
  // CHECK: tt.write_block %{{.*}}, @C[%{{.*}}, %{{.*}}] valid[%{{.*}}, %{{.*}}] via %[[C]]
  tt.kernel @f_0 grid [4] schedule #tt.schedule compute #tt.compute attributes {partition = #tt.partition<mode = global, order = row_major, block = 1, items = 4, cores = 1>, work = #tt.work<x = [0], y = [0], start = [0], count = [4]>} {
  ^bb0(%start: index, %count: index):
    %c1 = arith.constant 1 : index
    %end = arith.addi %start, %count : index
    scf.for %i = %start to %end step %c1 {
      %a = tt.read_block @A[%i, %i] : tensor<64x32xbf16> {fill = 1.0 : f32, stages = 3 : i64, transfer = #tt.transfer<page_bytes = 2048, pages = 2, depth = 3, format = bf16>}
      %b = tt.read_block @A[%i, %i] valid[%c1, %i] : tensor<32x32xbf16> {transfer = #tt.transfer<page_bytes = 2048, pages = 1, depth = 2, format = bf16>}
      %e = tensor.empty() : tensor<64x32xf32>
      tt.write_block %e, @C[%i, %i] valid[%c1, %i] : tensor<64x32xf32> {transfer = #tt.transfer<page_bytes = 4096, pages = 2, depth = 2, format = f32>}
    }
  }
}
