// RUN: tt-opt --tt-propagate-layout -split-input-file -verify-diagnostics %s

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#a = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 4, cols = 8, page_bytes = 2048>
tt.host @stages device(#wh) {
  tt.buffer @A : tensor<128x256xbf16> in {argument = 0 : i64, info = #a}
  tt.kernel @stages_0 grid [2] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    // expected-error @below {{'tt.read_block' op has 0 stages, but needs at least 1}}
    // expected-note @below {{'tt.num_stages' of its loop counts the blocks in flight; 2 overlaps transfer and compute}}
    %a = tt.read_block @A[%i, %i] : tensor<64x32xbf16> {stages = 0 : i64}
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @layout device(#wh) {
  // expected-error @below {{'tt.buffer' op has no completed layout}}
  // expected-note @below {{tt-infer-layout sets it and runs before this pass}}
  tt.buffer @A : tensor<128x256xbf16> in {argument = 0 : i64}
  tt.kernel @layout_0 grid [2] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %a = tt.read_block @A[%i, %i] : tensor<64x32xbf16>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#a = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 4, cols = 8, page_bytes = 2048>
tt.host @dynamic device(#wh) {
  tt.buffer @A : tensor<128x256xbf16> in {argument = 0 : i64, info = #a}
  tt.kernel @dynamic_0 grid [2] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    // expected-error @below {{'tt.read_block' op moves a block of dynamic shape}}
    // expected-note @below {{blocks have static shapes; 'valid' says how much of one lies inside the buffer}}
    %a = tt.read_block @A[%i, %i] : tensor<?x32xbf16>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#a = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 4, cols = 8, page_bytes = 2048>
tt.host @empty device(#wh) {
  tt.buffer @A : tensor<128x256xbf16> in {argument = 0 : i64, info = #a}
  tt.kernel @empty_0 grid [2] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    // expected-error @below {{'tt.read_block' op moves a block without elements}}
    %a = tt.read_block @A[%i, %i] : tensor<0x32xbf16>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#a = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 1048576, cols = 1048576, page_bytes = 2048>
tt.host @huge device(#wh) {
  tt.buffer @A : tensor<33554432x33554432xbf16> in {argument = 0 : i64, info = #a}
  tt.kernel @huge_0 grid [2] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    // expected-error @below {{'tt.read_block' op moves a block of more tiles than 64 bits can count}}
    // expected-note @below {{a block lies in the L1 of a core, which holds a few hundred tiles}}
    %a = tt.read_block @A[%i, %i] : tensor<9223372036854775807x9223372036854775807xbf16>
  }
}
