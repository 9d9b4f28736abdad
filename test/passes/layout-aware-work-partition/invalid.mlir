// RUN: tt-opt --tt-layout-aware-work-partition -split-input-file -verify-diagnostics %s

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @wide device(#wh) {
  // expected-error @below {{'tt.kernel' op needs a core grid of 9x8, but wormhole_b0 has 8x8 cores (columns x rows)}}
  // expected-note @below {{leave 'grid_x' and 'grid_y' out of the schedule to use the whole device}}
  tt.kernel @wide_0 grid [7] schedule #tt.schedule<grid_x = 9> compute #tt.compute {
  ^bb0(%i: index):
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @block device(#wh) {
  // expected-error @below {{'tt.kernel' op has order 'block_linear' with block 0, but needs 1 to 2147483647}}
  tt.kernel @block_0 grid [7] schedule #tt.schedule<order = block_linear, block = 0> compute #tt.compute {
  ^bb0(%i: index):
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @huge device(#wh) {
  // expected-error @below {{'tt.kernel' op needs a grid of 1 to 2147483647 blocks, with 1 or more in each dimension}}
  tt.kernel @huge_0 grid [65536, 65536] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index, %j: index):
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @deep device(#wh) {
  // expected-error @below {{'tt.kernel' op has a grid of 7 dimensions, but 1 to 6 are numbered}}
  tt.kernel @deep_0 grid [1, 1, 1, 1, 1, 1, 1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%a: index, %b: index, %c: index, %d: index, %e: index, %f: index, %g: index):
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @unsharded device(#wh) {
  // expected-error @below {{'tt.kernel' op has order 'match_shard', but no buffer it writes is sharded}}
  // expected-note @below {{give its output a sharded '#tt.layout', or use 'row_major', 'column_major' or 'block_linear'}}
  tt.kernel @unsharded_0 grid [4, 4] schedule #tt.schedule<order = match_shard> compute #tt.compute {
  ^bb0(%i: index, %j: index):
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#l1 = #tt.buffer<memory = l1, layout = sharded, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 8, cols = 8, page_bytes = 2048, shard = #tt.nd_shard<axes = [0, 1], grid = [2, 4], shape = [128, 64]>>
tt.host @cores device(#wh) {
  tt.buffer @L : tensor<256x256xbf16> out {argument = 0 : i64, info = #l1}
  // expected-error @below {{'tt.kernel' op writes 8 shards, but has 4 cores (2x2)}}
  tt.kernel @cores_0 grid [8, 8] schedule #tt.schedule<order = match_shard, grid_x = 2, grid_y = 2> compute #tt.compute {
  ^bb0(%i: index, %j: index):
    %e = tensor.empty() : tensor<32x32xbf16>
    tt.write_block %e, @L[%i, %j] : tensor<32x32xbf16>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#l1 = #tt.buffer<memory = l1, layout = sharded, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 8, cols = 8, page_bytes = 2048, shard = #tt.nd_shard<axes = [0, 1], grid = [2, 4], shape = [128, 64]>>
tt.host @blocks device(#wh) {
  tt.buffer @L : tensor<256x256xbf16> out {argument = 0 : i64, info = #l1}
  tt.kernel @blocks_0 grid [2, 3] schedule #tt.schedule<order = match_shard> compute #tt.compute {
  ^bb0(%i: index, %j: index):
    %e = tensor.empty() : tensor<128x96xbf16>
    // expected-error @below {{'tt.write_block' op cannot match shards: a shard has 64 elements along axis 1, which is no multiple of the block's 96}}
    tt.write_block %e, @L[%i, %j] : tensor<128x96xbf16>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#l1 = #tt.buffer<memory = l1, layout = sharded, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 8, cols = 8, page_bytes = 2048, shard = #tt.nd_shard<axes = [0, 1], grid = [2, 4], shape = [128, 64]>>
tt.host @extent device(#wh) {
  tt.buffer @L : tensor<256x256xbf16> out {argument = 0 : i64, info = #l1}
  tt.kernel @extent_0 grid [8, 5] schedule #tt.schedule<order = match_shard> compute #tt.compute {
  ^bb0(%i: index, %j: index):
    %e = tensor.empty() : tensor<32x32xbf16>
    // expected-error @below {{'tt.write_block' op cannot match shards: axis 1 of 256 elements in blocks of 32 is not the grid's 5 blocks}}
    tt.write_block %e, @L[%i, %j] : tensor<32x32xbf16>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#l1 = #tt.buffer<memory = l1, layout = sharded, format = bf16, tile_height = 32, tile_width = 32, batch = 4, rows = 8, cols = 8, page_bytes = 2048, shard = #tt.nd_shard<axes = [1, 2], grid = [2, 4], shape = [128, 64]>, shard_columns = 8>
tt.host @batch device(#wh) {
  tt.buffer @L : tensor<4x256x256xbf16> out {argument = 0 : i64, info = #l1}
  tt.kernel @batch_0 grid [4, 8, 8] schedule #tt.schedule<order = match_shard> compute #tt.compute {
  ^bb0(%n: index, %i: index, %j: index):
    %e = tensor.empty() : tensor<32x32xbf16>
    // expected-error @below {{'tt.write_block' op cannot match shards: a shard has 4 blocks along axis 0, but only the last two dimensions of the grid go through a shard}}
    tt.write_block %e, @L[%n, %i, %j] : tensor<32x32xbf16>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#l1 = #tt.buffer<memory = l1, layout = sharded, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 8, cols = 8, page_bytes = 2048, shard = #tt.nd_shard<axes = [0, 1], grid = [2, 4], shape = [128, 64]>, shard_columns = 8>
tt.host @width device(#wh) {
  tt.buffer @L : tensor<256x256xbf16> out {argument = 0 : i64, info = #l1}
  tt.kernel @width_0 grid [8] schedule #tt.schedule<order = match_shard> compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %e = tensor.empty() : tensor<32x256xbf16>
    // expected-error @below {{'tt.write_block' op cannot match shards: a shard has 64 elements along axis 1, but a block all of its 256}}
    tt.write_block %e, @L[%i, %c0] : tensor<32x256xbf16>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#l1 = #tt.buffer<memory = l1, layout = sharded, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 8, cols = 8, page_bytes = 2048, shard = #tt.nd_shard<axes = [0], grid = [8], shape = [32]>, shard_columns = 8>
tt.host @transposed device(#wh) {
  tt.buffer @L : tensor<256x256xbf16> out {argument = 0 : i64, info = #l1}
  tt.kernel @transposed_0 grid [8, 8] schedule #tt.schedule<order = match_shard> compute #tt.compute {
  ^bb0(%i: index, %j: index):
    %c0 = arith.constant 0 : index
    %e = tensor.empty() : tensor<32x32xbf16>
    // expected-error @below {{'tt.write_block' op cannot match shards: its offset along axis 0 does not follow the grid}}
    tt.write_block %e, @L[%j, %i] : tensor<32x32xbf16>
  }
}
