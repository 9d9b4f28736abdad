// RUN: tt-opt %s -split-input-file -verify-diagnostics

// Numbers that no device, buffer or transfer has, one mistake each.

// expected-error @below {{device has grid_x = 4294967296, but takes 0 to 1024}}
#attr = #tt.device<arch = wormhole_b0, grid_x = 4294967296, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>

// -----

// expected-error @below {{device has dst_tiles = 0, but takes 1 to 1024}}
#attr = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 0, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>

// -----

// expected-error @below {{buffer has tile_width = 0, but takes 1 to 1024}}
#attr = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 0, batch = 1, rows = 1, cols = 1048576, page_bytes = 2048>

// -----

// expected-error @below {{transfer has depth = 0, but takes 1 to 4294967296}}
#attr = #tt.transfer<page_bytes = 2048, pages = 1, depth = 0, format = bf16>

// -----

// expected-error @below {{accessor has row_stride = -1, but takes 0 to 2147483647}}
#attr = #tt.accessor_info<batch_stride = 0, row_stride = -1, pages = 64, sharded = false>

// -----

// expected-error @below {{partition has items = 99999999999, but takes 0 to 2147483647}}
#attr = #tt.partition<mode = global, order = row_major, block = 1, items = 99999999999, cores = 2>

// -----

// expected-error @below {{shard has axes, grid and shape that differ in number}}
#attr = #tt.nd_shard<axes = [0, 1], grid = [2], shape = [32]>

// -----

// expected-error @below {{shard has axes = -1, but takes 0 to 63}}
#attr = #tt.nd_shard<axes = [-1], grid = [2], shape = [32]>

// -----

// expected-error @below {{shard has grid = 0, but takes 1 to 2147483647}}
#attr = #tt.nd_shard<axes = [0], grid = [0], shape = [32]>

// -----

// expected-error @below {{shard has shape = 0, but takes 1 to 2147483647}}
#attr = #tt.nd_shard<axes = [0], grid = [2], shape = [0]>

// -----

// expected-error @below {{shard is cut along axis 0 twice}}
#attr = #tt.nd_shard<axes = [0, 0], grid = [2, 2], shape = [32, 32]>

// -----

// expected-error @below {{buffer has a 'shard' if and only if it is sharded}}
#attr = #tt.buffer<memory = l1, layout = sharded, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 1, cols = 1, page_bytes = 2048>

// -----

// expected-error @below {{buffer has shard_columns = -3, but takes 0 to 1024}}
#attr = #tt.buffer<memory = l1, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 1, cols = 1, page_bytes = 2048, shard_columns = -3>
