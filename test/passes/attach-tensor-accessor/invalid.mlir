// RUN: tt-opt --tt-attach-tensor-accessor -split-input-file -verify-diagnostics %s

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @layout device(#wh) {
  // expected-error @below {{'tt.buffer' op has no completed layout}}
  // expected-note @below {{tt-infer-layout sets it and runs before this pass}}
  tt.buffer @A : tensor<128x256xbf16> in {argument = 0 : i64}
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @pages device(#wh) {
  // expected-error @below {{'tt.buffer' op has 1 x 65536 x 65536 tiles, but page ids reach 2147483647}}
  tt.buffer @A : tensor<2097152x2097152xbf16> in {argument = 0 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 65536, cols = 65536, page_bytes = 2048>}
}
