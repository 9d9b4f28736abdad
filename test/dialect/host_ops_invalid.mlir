// RUN: tt-opt %s -split-input-file -verify-diagnostics

// What a host, its buffers and its kernels must be, one mistake each.

// expected-error @below {{'tt.host' op has a device without cores, circular buffers, tile registers or free L1}}
tt.host @f device(#tt.device<arch = wormhole_b0, grid_x = 0, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#wh) {
  // expected-note @below {{the other buffer}}
  tt.buffer @A : tensor<32x32xbf16> in {argument = 0 : i64}
  // expected-error @below {{'tt.buffer' op is the same argument of the function as another buffer}}
  tt.buffer @B : tensor<32x32xbf16> in {argument = 0 : i64}
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#wh) {
  // expected-note @below {{the other buffer}}
  tt.buffer @A : tensor<32x32xbf16> out {result = 1 : i64}
  // expected-error @below {{'tt.buffer' op is the same result of the function as another buffer}}
  tt.buffer @B : tensor<32x32xbf16> out {result = 1 : i64}
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#wh) {
  // expected-error @below {{'arith.constant' op stands in a 'tt.host', which holds buffers, kernels and programs}}
  %c = arith.constant 0 : index
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#wh) {
  // expected-error @below {{'tt.buffer' op has direction 'in', so it must be an argument and no result}}
  tt.buffer @A : tensor<32x32xbf16> in
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#wh) {
  // expected-error @below {{'tt.buffer' op has direction 'out', so it must be an argument or a result}}
  tt.buffer @A : tensor<32x32xbf16> out
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#wh) {
  // expected-error @below {{'tt.buffer' op has direction 'inout', so it must be an argument}}
  tt.buffer @A : tensor<32x32xbf16> inout {result = 0 : i64}
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#wh) {
  // expected-error @below {{'tt.buffer' op has direction 'scratch', so it must be neither argument nor result}}
  tt.buffer @A : tensor<32x32xbf16> scratch {argument = 0 : i64}
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#wh) {
  // expected-error @below {{'tt.buffer' op has a type whose shape is not static}}
  tt.buffer @A : tensor<?x32xbf16> in {argument = 0 : i64}
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#wh) {
  // expected-error @below {{'tt.buffer' op has a negative position}}
  tt.buffer @A : tensor<32x32xbf16> in {argument = -1 : i64}
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#wh) {
  // expected-error @below {{'tt.buffer' op is packed but has 2 dimensions}}
  tt.buffer @A : tensor<32x32xbf16> in {argument = 0 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 1, cols = 1, page_bytes = 2048, packed = true>}
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#wh) {
  // expected-error @below {{'tt.buffer' op has an accessor but no info}}
  tt.buffer @A : tensor<32x32xbf16> in {argument = 0 : i64, accessor = #tt.accessor_info<batch_stride = 1, row_stride = 1, pages = 1, sharded = false>}
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#wh) {
  // expected-error @below {{'tt.buffer' op has an accessor of 2 pages but an info of 1 tiles}}
  tt.buffer @A : tensor<32x32xbf16> in {argument = 0 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 1, cols = 1, page_bytes = 2048>, accessor = #tt.accessor_info<batch_stride = 1, row_stride = 1, pages = 2, sharded = false>}
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#wh) {
  // expected-error @below {{'tt.kernel' op has no blocks in dimension 1}}
  tt.kernel @f_0 grid [2, 0] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index, %j: index):
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#wh) {
  // expected-error @below {{'tt.kernel' op has a grid of no dimensions}}
  tt.kernel @f_0 grid [] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#wh) {
  // expected-error @below {{'tt.kernel' op has 1 block arguments but a grid of 2 dimensions}}
  tt.kernel @f_0 grid [2, 2] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#wh) {
  // expected-error @below {{'tt.kernel' op has a block argument that is no index}}
  tt.kernel @f_0 grid [2] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: i32):
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#wh) {
  // expected-error @below {{'tt.kernel' op has compute with fp32_acc = false, which only a function says; leave it out}}
  tt.kernel @f_0 grid [2] schedule #tt.schedule compute #tt.compute<fp32_acc = false> {
  ^bb0(%i: index):
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#wh) {
  // expected-error @below {{'tt.kernel' op has 2147483648 blocks in dimension 1, but indices go to 2147483647}}
  tt.kernel @f_0 grid [2, 2147483648] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index, %j: index):
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#wh) {
  // expected-error @below {{'tt.buffer' op has 2147483648 elements in dimension 0, but indices go to 2147483647}}
  tt.buffer @A : tensor<2147483648x64xbf16> in {argument = 0 : i64}
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#wh) {
  // expected-error @below {{'tt.buffer' op has a fill, but the caller fills it}}
  tt.buffer @A : tensor<64x64xbf16> in {argument = 0 : i64, fill = 1.0 : f32}
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#wh) {
  // expected-error @below {{'tt.buffer' op has a fill of 0.25, but the host fills with 0 or 1}}
  tt.buffer @A : tensor<64x64xbf16> scratch {fill = 0.25 : f32}
}

// -----

tt.host @f device(#tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
  // expected-error @below {{'tt.buffer' op is cut along axis 2 but has axes 0 to 1}}
  tt.buffer @A : tensor<288x32xbf16> in {argument = 0 : i64, info = #tt.buffer<memory = l1, layout = sharded, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 9, cols = 1, page_bytes = 2048, shard = #tt.nd_shard<axes = [2], grid = [9], shape = [32]>, shard_columns = 8>}
}

// -----

// As many shards as elements would be printed as cores.
tt.host @f device(#tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
  // expected-error @below {{'tt.buffer' op has 2147483647 elements along axis 0 but its 9 shards hold 288}}
  tt.buffer @A : tensor<2147483647x32xbf16> in {argument = 0 : i64, info = #tt.buffer<memory = l1, layout = sharded, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 9, cols = 1, page_bytes = 2048, shard = #tt.nd_shard<axes = [0], grid = [9], shape = [32]>, shard_columns = 8>}
}

// -----

// Nine shards in one column of eight cores.
tt.host @f device(#tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
  // expected-error @below {{'tt.buffer' op has shards in 1 columns of cores, but the device has 8x8 (columns x rows)}}
  tt.buffer @A : tensor<288x32xbf16> in {argument = 0 : i64, info = #tt.buffer<memory = l1, layout = sharded, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 9, cols = 1, page_bytes = 2048, shard = #tt.nd_shard<axes = [0], grid = [9], shape = [32]>, shard_columns = 1>}
}
