// RUN: tt-opt --tt-split-device-kernel --split-input-file --verify-diagnostics %s

// Circular buffers without a plan.
!bf = !tt.tile<32x32, bf16>
!f = !tt.tile<32x32, f32>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 8, cols = 8, page_bytes = 2048>

tt.host @h device(#device) {
  tt.buffer @A : tensor<256x256xbf16> in {argument = 0 : i64, info = #info, accessor = #tt.accessor_info<batch_stride = 0, row_stride = 8, pages = 64, sharded = false>}
  tt.buffer @B : tensor<256x256xbf16> in {argument = 1 : i64, info = #info, accessor = #tt.accessor_info<batch_stride = 0, row_stride = 8, pages = 64, sharded = false>}
  tt.buffer @C : tensor<256x256xbf16> out {argument = 2 : i64, info = #info, accessor = #tt.accessor_info<batch_stride = 0, row_stride = 8, pages = 64, sharded = false>}
  tt.kernel @k grid [2, 1] schedule #tt.schedule compute #tt.compute<fp32_acc = true> attributes {partition = #tt.partition<mode = global, order = row_major, block = 1, items = 2, cores = 2>, work = #tt.work<x = [0, 1], y = [0, 0], start = [0, 1], count = [1, 1]>} {
  ^bb0(%start: index, %count: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c8 = arith.constant 8 : index
    // expected-error @below {{is not planned yet; run tt-build-tile-dfg before the split}}
    %cb_a = tt.alloc_cb : !tt.cb<2 x !bf> {name = "A", production = 1 : i64}
  }
}

// -----

// A grid without a partition.
!bf = !tt.tile<32x32, bf16>
!f = !tt.tile<32x32, f32>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 8, cols = 8, page_bytes = 2048>

tt.host @h device(#device) {
  tt.buffer @A : tensor<256x256xbf16> in {argument = 0 : i64, info = #info, accessor = #tt.accessor_info<batch_stride = 0, row_stride = 8, pages = 64, sharded = false>}
  tt.buffer @B : tensor<256x256xbf16> in {argument = 1 : i64, info = #info, accessor = #tt.accessor_info<batch_stride = 0, row_stride = 8, pages = 64, sharded = false>}
  tt.buffer @C : tensor<256x256xbf16> out {argument = 2 : i64, info = #info, accessor = #tt.accessor_info<batch_stride = 0, row_stride = 8, pages = 64, sharded = false>}
  // expected-error @below {{is not partitioned yet; run tt-layout-aware-work-partition and tt-grid-to-core-grid before the split}}
  tt.kernel @k grid [2, 1] schedule #tt.schedule compute #tt.compute<fp32_acc = true> {
  ^bb0(%i: index, %j: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c8 = arith.constant 8 : index
  }
}

// -----

// A loop that counts by itself.
!bf = !tt.tile<32x32, bf16>
!f = !tt.tile<32x32, f32>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 8, cols = 8, page_bytes = 2048>

tt.host @h device(#device) {
  tt.buffer @A : tensor<256x256xbf16> in {argument = 0 : i64, info = #info, accessor = #tt.accessor_info<batch_stride = 0, row_stride = 8, pages = 64, sharded = false>}
  tt.buffer @B : tensor<256x256xbf16> in {argument = 1 : i64, info = #info, accessor = #tt.accessor_info<batch_stride = 0, row_stride = 8, pages = 64, sharded = false>}
  tt.buffer @C : tensor<256x256xbf16> out {argument = 2 : i64, info = #info, accessor = #tt.accessor_info<batch_stride = 0, row_stride = 8, pages = 64, sharded = false>}
  tt.kernel @k grid [2, 1] schedule #tt.schedule compute #tt.compute<fp32_acc = true> attributes {partition = #tt.partition<mode = global, order = row_major, block = 1, items = 2, cores = 2>, work = #tt.work<x = [0, 1], y = [0, 0], start = [0, 1], count = [1, 1]>} {
  ^bb0(%start: index, %count: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c8 = arith.constant 8 : index
    %cb_a = tt.alloc_cb : !tt.cb<2 x !bf> {id = 0 : i64, name = "A", order = array<i64: 1, 1>, production = 1 : i64, unpack = #tt.unpack_mode<src>}
    // expected-error @below {{carries a value that is not a block from one iteration to the next}}
    %n = scf.for %i = %c0 to %c8 step %c1 iter_args(%j = %c0) -> (index) {
      %a = tt.read_block @A[%i, %j] via %cb_a !tt.cb<2 x !bf> : tensor<1x1x!bf>
      %l = arith.addi %j, %c1 : index
      scf.yield %l : index
    }
  }
}

// -----

// Memory of the host.
!bf = !tt.tile<32x32, bf16>
!f = !tt.tile<32x32, f32>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 8, cols = 8, page_bytes = 2048>

tt.host @h device(#device) {
  tt.buffer @A : tensor<256x256xbf16> in {argument = 0 : i64, info = #info, accessor = #tt.accessor_info<batch_stride = 0, row_stride = 8, pages = 64, sharded = false>}
  tt.buffer @B : tensor<256x256xbf16> in {argument = 1 : i64, info = #info, accessor = #tt.accessor_info<batch_stride = 0, row_stride = 8, pages = 64, sharded = false>}
  tt.buffer @C : tensor<256x256xbf16> out {argument = 2 : i64, info = #info, accessor = #tt.accessor_info<batch_stride = 0, row_stride = 8, pages = 64, sharded = false>}
  tt.kernel @k grid [2, 1] schedule #tt.schedule compute #tt.compute<fp32_acc = true> attributes {partition = #tt.partition<mode = global, order = row_major, block = 1, items = 2, cores = 2>, work = #tt.work<x = [0, 1], y = [0, 0], start = [0, 1], count = [1, 1]>} {
  ^bb0(%start: index, %count: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c8 = arith.constant 8 : index
    // expected-error @below {{has no place in reader, compute or writer}}
    %m = memref.alloc() : memref<4xf32>
  }
}

// -----

// A carried block without a circular buffer.
!bf = !tt.tile<32x32, bf16>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>

tt.host @h device(#device) {
  tt.buffer @A : tensor<256x256xbf16> in {argument = 0 : i64}
  tt.kernel @k grid [1, 1] schedule #tt.schedule compute #tt.compute attributes {partition = #tt.partition<mode = global, order = row_major, block = 1, items = 1, cores = 1>, work = #tt.work<x = [0], y = [0], start = [0], count = [1]>} {
  ^bb0(%start: index, %count: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c8 = arith.constant 8 : index
    %cb_a = tt.alloc_cb : !tt.cb<2 x !bf> {name = "A", production = 1 : i64, id = 0 : i64, order = array<i64: 1, 1>, unpack = #tt.unpack_mode<src>}
    %z = tt.fill 0.0 : tensor<1x1x!bf>
    // expected-error @below {{carries a block that is in no circular buffer; run tt-build-tile-dfg before the split}}
    %r = scf.for %k = %c0 to %c8 step %c1 iter_args(%x = %z) -> (tensor<1x1x!bf>) {
      %a = tt.read_block @A[%c0, %k] via %cb_a !tt.cb<2 x !bf> : tensor<1x1x!bf>
      %y = tt.binary add %x, %a : tensor<1x1x!bf>
      scf.yield %y : tensor<1x1x!bf>
    }
  }
}

// -----

// Circular buffers with half a plan.
!bf = !tt.tile<32x32, bf16>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>

tt.host @h device(#device) {
  tt.kernel @k grid [1] schedule #tt.schedule compute #tt.compute attributes {partition = #tt.partition<mode = global, order = row_major, block = 1, items = 1, cores = 1>, work = #tt.work<x = [0], y = [0], start = [0], count = [1]>} {
  ^bb0(%start: index, %count: index):
    // expected-error @below {{is not planned yet; run tt-build-tile-dfg before the split}}
    %cb_a = tt.alloc_cb : !tt.cb<2 x !bf> {name = "A", production = 1 : i64, id = 0 : i64, order = array<i64: 1, 1>}
  }
}

// -----

// Circular buffers with half a plan.
!bf = !tt.tile<32x32, bf16>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>

tt.host @h device(#device) {
  tt.kernel @k grid [1] schedule #tt.schedule compute #tt.compute attributes {partition = #tt.partition<mode = global, order = row_major, block = 1, items = 1, cores = 1>, work = #tt.work<x = [0], y = [0], start = [0], count = [1]>} {
  ^bb0(%start: index, %count: index):
    // expected-error @below {{is not planned yet; run tt-build-tile-dfg before the split}}
    %cb_a = tt.alloc_cb : !tt.cb<2 x !bf> {name = "A", production = 1 : i64, id = 0 : i64, unpack = #tt.unpack_mode<src>}
  }
}

// -----

// Circular buffers that another op holds.
!bf = !tt.tile<32x32, bf16>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>

tt.host @h device(#device) {
  tt.kernel @k grid [1] schedule #tt.schedule compute #tt.compute attributes {partition = #tt.partition<mode = global, order = row_major, block = 1, items = 1, cores = 1>, work = #tt.work<x = [0], y = [0], start = [0], count = [1]>} {
  ^bb0(%start: index, %count: index):
    %c1 = arith.constant 1 : index
    scf.for %i = %start to %count step %c1 {
      // expected-error @below {{'tt.alloc_cb' op stands inside of another op of its kernel; run tt-grid-to-core-grid before circular buffers are made}}
      %cb_a = tt.alloc_cb : !tt.cb<2 x !bf> {name = "A", production = 1 : i64, id = 0 : i64, order = array<i64: 1, 1>, unpack = #tt.unpack_mode<src>}
    }
  }
}
