// Pages are tiles, row-major over batch, row and column.
// RUN: tt-opt --tt-attach-tensor-accessor %s | tt-opt | FileCheck %s

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#wh) {
  // CHECK: tt.buffer @A
  // CHECK-SAME: accessor = #tt.accessor_info<batch_stride = 32, row_stride = 8, pages = 32, sharded = false>
  tt.buffer @A : tensor<128x256xbf16> in {argument = 0 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 4, cols = 8, page_bytes = 2048>}
  // CHECK: tt.buffer @B
  // CHECK-SAME: accessor = #tt.accessor_info<batch_stride = 6, row_stride = 3, pages = 24, sharded = false>
  tt.buffer @B : tensor<4x33x65xf32> in {argument = 1 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = f32, tile_height = 32, tile_width = 32, batch = 4, rows = 2, cols = 3, page_bytes = 4096>}
  // CHECK: tt.buffer @S
  // CHECK-SAME: accessor = #tt.accessor_info<batch_stride = 16, row_stride = 4, pages = 16, sharded = true>
  tt.buffer @S : tensor<128x128xbf16> out {argument = 2 : i64, info = #tt.buffer<memory = l1, layout = sharded, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 4, cols = 4, page_bytes = 2048, shard = #tt.nd_shard<axes = [0, 1], grid = [2, 2], shape = [64, 64]>>}
}
