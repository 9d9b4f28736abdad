// Balanced, contiguous ranges on the cores row by row.
// RUN: tt-opt --tt-layout-aware-work-partition %s | tt-opt | FileCheck %s

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#wh) {
  // CHECK: tt.kernel @one
  // CHECK-NOT: contractions
  // CHECK-SAME: partition = #tt.partition<mode = global, order = row_major, block = 1, items = 1, cores = 1>
  // CHECK-SAME: work = #tt.work<x = [0], y = [0], start = [0], count = [1]>
  tt.kernel @one grid [1, 1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index, %j: index):
  }
  // Fewer blocks than cores.
  // CHECK: tt.kernel @few
  // CHECK-SAME: work = #tt.work<x = [0, 1, 2, 3, 4, 5, 6, 7, 0, 1], y = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1], start = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], count = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]>
  tt.kernel @few grid [2, 5] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index, %j: index):
  }
  // Seven blocks on the user's four cores.
  // CHECK: tt.kernel @seven
  // CHECK-SAME: partition = #tt.partition<mode = global, order = column_major, block = 1, items = 7, cores = 4>
  // CHECK-SAME: work = #tt.work<x = [0, 1, 0, 1], y = [0, 0, 1, 1], start = [0, 2, 4, 6], count = [2, 2, 2, 1]>
  tt.kernel @seven grid [7] schedule #tt.schedule<order = column_major, grid_x = 2, grid_y = 2> compute #tt.compute {
  ^bb0(%i: index):
  }
  // One more than the cores of the device.
  // CHECK: tt.kernel @sixtyfive
  // CHECK-SAME: partition = #tt.partition<mode = global, order = block_linear, block = 2, items = 65, cores = 64>
  // CHECK-SAME: start = [0, 2, 3,
  // CHECK-SAME: count = [2, 1, 1,
  tt.kernel @sixtyfive grid [5, 13] schedule #tt.schedule<order = block_linear, block = 2> compute #tt.compute {
  ^bb0(%i: index, %j: index):
  }
}

// The owner of an L1 shard computes it; a sharded DRAM buffer only sets the order.
#l1 = #tt.buffer<memory = l1, layout = sharded, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 8, cols = 8, page_bytes = 2048, shard = #tt.nd_shard<axes = [0, 1], grid = [2, 4], shape = [128, 64]>>
#dram = #tt.buffer<memory = dram, layout = sharded, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 8, cols = 8, page_bytes = 2048, shard = #tt.nd_shard<axes = [0, 1], grid = [2, 4], shape = [128, 64]>>
tt.host @sharded device(#wh) {
  tt.buffer @L : tensor<256x256xbf16> out {argument = 0 : i64, info = #l1}
  tt.buffer @D : tensor<256x256xbf16> out {argument = 1 : i64, info = #dram}
  // CHECK: tt.kernel @owners
  // CHECK-SAME: partition = #tt.partition<mode = local_shard, order = match_shard, block = 1, items = 64, cores = 8>
  // CHECK-SAME: work = #tt.work<x = [0, 1, 2, 3, 0, 1, 2, 3], y = [0, 0, 0, 0, 1, 1, 1, 1], start = [0, 8, 16, 24, 32, 40, 48, 56], count = [8, 8, 8, 8, 8, 8, 8, 8]>
  tt.kernel @owners grid [8, 8] schedule #tt.schedule<order = match_shard, grid_x = 4, grid_y = 2> compute #tt.compute {
  ^bb0(%i: index, %j: index):
    %e = tensor.empty() : tensor<32x32xbf16>
    tt.write_block %e, @L[%i, %j] : tensor<32x32xbf16>
  }
  // CHECK: tt.kernel @ordered
  // CHECK-SAME: partition = #tt.partition<mode = global, order = match_shard, block = 1, items = 64, cores = 64>
  tt.kernel @ordered grid [8, 8] schedule #tt.schedule<order = match_shard> compute #tt.compute {
  ^bb0(%i: index, %j: index):
    %e = tensor.empty() : tensor<32x32xbf16>
    tt.write_block %e, @D[%i, %j] : tensor<32x32xbf16>
  }
}

// Blocks as wide as the buffer: the grid has rows only.
#rows = #tt.buffer<memory = l1, layout = sharded, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 8, cols = 2, page_bytes = 2048, shard = #tt.nd_shard<axes = [0], grid = [3], shape = [96]>, shard_columns = 8>
tt.host @tall device(#wh) {
  tt.buffer @R : tensor<256x64xbf16> out {argument = 0 : i64, info = #rows}
  // CHECK: tt.kernel @tall_0
  // CHECK-SAME: partition = #tt.partition<mode = local_shard, order = match_shard, block = 1, items = 8, cores = 3>
  // CHECK-SAME: work = #tt.work<x = [0, 1, 2], y = [0, 0, 0], start = [0, 3, 6], count = [3, 3, 2]>
  tt.kernel @tall_0 grid [8] schedule #tt.schedule<order = match_shard> compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %e = tensor.empty() : tensor<32x64xbf16>
    tt.write_block %e, @R[%i, %c0] : tensor<32x64xbf16>
  }
}

// The grid may go over a batch alone, and over rows of one block.
#batch = #tt.buffer<memory = l1, layout = sharded, format = bf16, tile_height = 32, tile_width = 32, batch = 6, rows = 1, cols = 3, page_bytes = 2048, shard = #tt.nd_shard<axes = [0], grid = [3], shape = [2]>, shard_columns = 8>
tt.host @entries device(#wh) {
  tt.buffer @N : tensor<6x32x96xbf16> out {argument = 0 : i64, info = #batch}
  // CHECK: tt.kernel @entries_0
  // CHECK-SAME: work = #tt.work<x = [0, 1, 2], y = [0, 0, 0], start = [0, 2, 4], count = [2, 2, 2]>
  tt.kernel @entries_0 grid [6] schedule #tt.schedule<order = match_shard> compute #tt.compute {
  ^bb0(%n: index):
    %c0 = arith.constant 0 : index
    %e = tensor.empty() : tensor<32x96xbf16>
    tt.write_block %e, @N[%n, %c0, %c0] : tensor<32x96xbf16>
  }
  // CHECK: tt.kernel @entries_1
  // CHECK-SAME: work = #tt.work<x = [0, 1, 2], y = [0, 0, 0], start = [0, 2, 4], count = [2, 2, 2]>
  tt.kernel @entries_1 grid [6, 1] schedule #tt.schedule<order = match_shard> compute #tt.compute {
  ^bb0(%n: index, %i: index):
    %c0 = arith.constant 0 : index
    %e = tensor.empty() : tensor<32x96xbf16>
    tt.write_block %e, @N[%n, %i, %c0] : tensor<32x96xbf16>
  }
}
