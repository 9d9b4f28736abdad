// The geometry of every transfer: one production is one block in whole tiles.
// RUN: tt-opt --tt-propagate-layout %s | tt-opt | FileCheck %s

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#a = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 4, cols = 8, page_bytes = 2048>
#b = #tt.buffer<memory = dram, layout = interleaved, format = f32, tile_height = 32, tile_width = 32, batch = 3, rows = 4, cols = 4, page_bytes = 4096>
#v = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 1, cols = 97, page_bytes = 2048, packed = true>

tt.host @f device(#wh) {
  tt.buffer @A : tensor<128x256xbf16> in {argument = 0 : i64, info = #a}
  tt.buffer @B : tensor<3x128x128xf32> in {argument = 1 : i64, info = #b}
  tt.buffer @V : tensor<98432xbf16> out {argument = 2 : i64, info = #v}
  tt.kernel @f_0 grid [2] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    // Two by one tiles, as deep as the user asked.
    // CHECK: tt.read_block @A
    // CHECK-SAME: stages = 4
    // CHECK-SAME: transfer = #tt.transfer<page_bytes = 2048, pages = 2, depth = 4, format = bf16>
    %a = tt.read_block @A[%i, %i] : tensor<64x32xbf16> {stages = 4 : i64}
    // A depth of one is the user's to choose.
    // CHECK: tt.read_block @A
    // CHECK-SAME: pages = 2, depth = 1, format = bf16>
    %d = tt.read_block @A[%i, %i] : tensor<64x32xbf16> {stages = 1 : i64}
    // Ragged blocks fill whole tiles; batch dimensions count once per index.
    // CHECK: tt.read_block @B
    // CHECK-SAME: transfer = #tt.transfer<page_bytes = 4096, pages = 8, depth = 2, format = f32>
    %b = tt.read_block @B[%i, %i, %i] : tensor<2x33x50xf32>
    // A row of a matrix is one row of tiles.
    // CHECK: tt.read_block @A
    // CHECK-SAME: pages = 8, depth = 2
    %r = tt.read_block @A[%i, %i] : tensor<256xbf16>
    // A packed vector fills its tiles.
    // CHECK: tt.write_block
    // CHECK-SAME: @V
    // CHECK-SAME: transfer = #tt.transfer<page_bytes = 2048, pages = 3, depth = 2, format = bf16>
    %v = tensor.empty() : tensor<2049xbf16>
    tt.write_block %v, @V[%i] : tensor<2049xbf16>
  }
}
