// RUN: tt-opt --tt-build-tile-dfg --split-input-file --verify-diagnostics %s

// A block that goes nowhere.
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
    %cb_a = tt.alloc_cb : !tt.cb<2 x !bf> {name = "A", production = 1 : i64}
    %cb_b = tt.alloc_cb : !tt.cb<2 x !bf> {name = "B", production = 1 : i64}
    %cb_c = tt.alloc_cb : !tt.cb<2 x !bf> {name = "C", production = 1 : i64}
    %a = tt.read_block @A[%c0, %c0] via %cb_a !tt.cb<2 x !bf> : tensor<1x1x!bf>
    %b = tt.read_block @B[%c0, %c0] via %cb_b !tt.cb<2 x !bf> : tensor<1x1x!bf>
    // expected-error @below {{computes a block that no buffer of the kernel receives}}
    %e = tt.unary exp %b : tensor<1x1x!bf>
    tt.write_block %a, @C[%c0, %c0] via %cb_c !tt.cb<2 x !bf> : tensor<1x1x!bf>
  }
}

// -----

// A transposed factor.
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
    %cb_a = tt.alloc_cb : !tt.cb<2 x !bf> {name = "A", production = 1 : i64}
    %cb_b = tt.alloc_cb : !tt.cb<2 x !bf> {name = "B", production = 1 : i64}
    %cb_c = tt.alloc_cb : !tt.cb<2 x !bf> {name = "C", production = 1 : i64}
    %a = tt.read_block @A[%c0, %c0] via %cb_a !tt.cb<2 x !bf> : tensor<1x1x!bf>
    %b = tt.read_block @B[%c0, %c0] via %cb_b !tt.cb<2 x !bf> : tensor<1x1x!bf>
    %z = tt.fill 0.0 : tensor<1x1x!bf>
    // expected-error @below {{multiplies a transposed block, which is not supported; store it transposed}}
    %r = tt.mma %a, %b, %z : tensor<1x1x!bf>, tensor<1x1x!bf> -> tensor<1x1x!bf> {transpose_b}
    tt.write_block %r, @C[%c0, %c0] via %cb_c !tt.cb<2 x !bf> : tensor<1x1x!bf>
  }
}

// -----

// Integers have no conversion in the packer.
!bf = !tt.tile<32x32, bf16>
!i = !tt.tile<32x32, u16>
!f = !tt.tile<32x32, f32>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 8, cols = 8, page_bytes = 2048>
#info16 = #tt.buffer<memory = dram, layout = interleaved, format = u16, tile_height = 32, tile_width = 32, batch = 1, rows = 8, cols = 8, page_bytes = 2048>

tt.host @h device(#device) {
  tt.buffer @A : tensor<256x256xui16> in {argument = 0 : i64, info = #info16, accessor = #tt.accessor_info<batch_stride = 0, row_stride = 8, pages = 64, sharded = false>}
  tt.buffer @C : tensor<256x256xbf16> out {argument = 1 : i64, info = #info, accessor = #tt.accessor_info<batch_stride = 0, row_stride = 8, pages = 64, sharded = false>}
  tt.kernel @k grid [2, 1] schedule #tt.schedule compute #tt.compute<fp32_acc = true> attributes {partition = #tt.partition<mode = global, order = row_major, block = 1, items = 2, cores = 2>, work = #tt.work<x = [0, 1], y = [0, 0], start = [0, 1], count = [1, 1]>} {
  ^bb0(%start: index, %count: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c8 = arith.constant 8 : index
    %cb_a = tt.alloc_cb : !tt.cb<2 x !i> {name = "A", production = 1 : i64}
    %cb_c = tt.alloc_cb : !tt.cb<2 x !bf> {name = "C", production = 1 : i64}
    %a = tt.read_block @A[%c0, %c0] via %cb_a !tt.cb<2 x !i> : tensor<1x1x!i>
    // expected-error @below {{converts u16 to bf16, which needs a typecast in tile registers that is not supported}}
    %t = tt.typecast %a : tensor<1x1x!i> to tensor<1x1x!bf>
    tt.write_block %t, @C[%c0, %c0] via %cb_c !tt.cb<2 x !bf> : tensor<1x1x!bf>
  }
}

// -----

// A loop onto five values in four registers.
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
    %cb_a = tt.alloc_cb : !tt.cb<2 x !bf> {name = "A", production = 1 : i64}
    %cb_c = tt.alloc_cb : !tt.cb<2 x !bf> {name = "C", production = 1 : i64}
    %a = tt.read_block @A[%c0, %c0] via %cb_a !tt.cb<2 x !bf> : tensor<1x1x!bf>
    %z = tt.fill 0.0 : tensor<1x1x!f>
    %r:5 = scf.for %k = %c0 to %c8 step %c1 iter_args(%u = %z, %v = %z, %w = %z, %x = %z, %y = %z) -> (tensor<1x1x!f>, tensor<1x1x!f>, tensor<1x1x!f>, tensor<1x1x!f>, tensor<1x1x!f>) {
      %u1 = tt.mma %a, %a, %u : tensor<1x1x!bf>, tensor<1x1x!bf> -> tensor<1x1x!f>
      %v1 = tt.mma %a, %a, %v : tensor<1x1x!bf>, tensor<1x1x!bf> -> tensor<1x1x!f>
      %w1 = tt.mma %a, %a, %w : tensor<1x1x!bf>, tensor<1x1x!bf> -> tensor<1x1x!f>
      %x1 = tt.mma %a, %a, %x : tensor<1x1x!bf>, tensor<1x1x!bf> -> tensor<1x1x!f>
      %y1 = tt.mma %a, %a, %y : tensor<1x1x!bf>, tensor<1x1x!bf> -> tensor<1x1x!f>
      scf.yield %u1, %v1, %w1, %x1, %y1 : tensor<1x1x!f>, tensor<1x1x!f>, tensor<1x1x!f>, tensor<1x1x!f>, tensor<1x1x!f>
    }
    %s0 = tt.binary add %r#0, %r#1 : tensor<1x1x!f>
    %s1 = tt.binary add %s0, %r#2 : tensor<1x1x!f>
    %s2 = tt.binary add %s1, %r#3 : tensor<1x1x!f>
    %s3 = tt.binary add %s2, %r#4 : tensor<1x1x!f>
    // expected-note @below {{what one loop accumulates stays in them; accumulate in several loops}}
    // expected-error @below {{more values live at once than the 4 tile registers of a section hold}}
    %s8 = tt.typecast %s3 : tensor<1x1x!f> to tensor<1x1x!bf>
    tt.write_block %s8, @C[%c0, %c0] via %cb_c !tt.cb<2 x !bf> : tensor<1x1x!bf>
  }
}

// -----

// Panels need a place that advances with the loop.
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
    %cb_a = tt.alloc_cb : !tt.cb<8 x !bf> {name = "A", production = 4 : i64}
    %cb_b = tt.alloc_cb : !tt.cb<8 x !bf> {name = "B", production = 4 : i64}
    %cb_c = tt.alloc_cb : !tt.cb<32 x !bf> {name = "C", production = 16 : i64}
    %z = tt.fill 0.0 : tensor<8x1x!f>
    %r = scf.for %k = %c0 to %c8 step %c1 iter_args(%x = %z) -> (tensor<8x1x!f>) {
      %kk = affine.apply affine_map<(d0) -> (d0 * 2)>(%k)
      // expected-error @below {{is read by each of several sub-blocks, but consecutive iterations do not read consecutive blocks}}
      %a = tt.read_block @A[%c0, %kk] via %cb_a !tt.cb<8 x !bf> : tensor<8x1x!bf>
      %y = tt.reduce max row %a, %x : tensor<8x1x!f>, : tensor<8x1x!bf> to tensor<8x1x!f>
      scf.yield %y : tensor<8x1x!f>
    }
    // expected-note @below {{the accumulators exceed the tile registers here}}
    %t = tt.typecast %r : tensor<8x1x!f> to tensor<8x1x!bf>
    tt.write_block %t, @C[%c0, %c0] via %cb_c !tt.cb<32 x !bf> : tensor<8x1x!bf>
  }
}

// -----

// A ring that nothing uses.
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
    %cb_a = tt.alloc_cb : !tt.cb<2 x !bf> {name = "A", production = 1 : i64}
    // expected-error @below {{is neither filled nor emptied}}
    %cb_b = tt.alloc_cb : !tt.cb<2 x !bf> {name = "B", production = 1 : i64}
    %cb_c = tt.alloc_cb : !tt.cb<2 x !bf> {name = "C", production = 1 : i64}
    %a = tt.read_block @A[%c0, %c0] via %cb_a !tt.cb<2 x !bf> : tensor<1x1x!bf>
    tt.write_block %a, @C[%c0, %c0] via %cb_c !tt.cb<2 x !bf> : tensor<1x1x!bf>
  }
}

// -----

// More rings than the device has.
!bf = !tt.tile<32x32, bf16>
!f = !tt.tile<32x32, f32>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 2, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 8, cols = 8, page_bytes = 2048>

tt.host @h device(#device) {
  tt.buffer @A : tensor<256x256xbf16> in {argument = 0 : i64, info = #info, accessor = #tt.accessor_info<batch_stride = 0, row_stride = 8, pages = 64, sharded = false>}
  tt.buffer @B : tensor<256x256xbf16> in {argument = 1 : i64, info = #info, accessor = #tt.accessor_info<batch_stride = 0, row_stride = 8, pages = 64, sharded = false>}
  tt.buffer @C : tensor<256x256xbf16> out {argument = 2 : i64, info = #info, accessor = #tt.accessor_info<batch_stride = 0, row_stride = 8, pages = 64, sharded = false>}
  // expected-error @+2 {{needs 3 circular buffers but a core has 2}}
  // expected-note @+1 {{each input, each output and each block that the matrix engine takes from another computation has one: give a part of the computation a grid of its own}}
  tt.kernel @k grid [2, 1] schedule #tt.schedule compute #tt.compute<fp32_acc = true> attributes {partition = #tt.partition<mode = global, order = row_major, block = 1, items = 2, cores = 2>, work = #tt.work<x = [0, 1], y = [0, 0], start = [0, 1], count = [1, 1]>} {
  ^bb0(%start: index, %count: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c8 = arith.constant 8 : index
    %cb_a = tt.alloc_cb : !tt.cb<2 x !bf> {name = "A", production = 1 : i64}
    %cb_b = tt.alloc_cb : !tt.cb<2 x !bf> {name = "B", production = 1 : i64}
    %cb_c = tt.alloc_cb : !tt.cb<2 x !bf> {name = "C", production = 1 : i64}
    %a = tt.read_block @A[%c0, %c0] via %cb_a !tt.cb<2 x !bf> : tensor<1x1x!bf>
    %b = tt.read_block @B[%c0, %c0] via %cb_b !tt.cb<2 x !bf> : tensor<1x1x!bf>
    %s = tt.binary add %a, %b : tensor<1x1x!bf>
    tt.write_block %s, @C[%c0, %c0] via %cb_c !tt.cb<2 x !bf> : tensor<1x1x!bf>
  }
}

// -----

// More bytes than the core has, with every ring one block deep.
!bf = !tt.tile<32x32, bf16>
!f = !tt.tile<32x32, f32>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 113424, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 8, cols = 8, page_bytes = 2048>

tt.host @h device(#device) {
  tt.buffer @A : tensor<256x256xbf16> in {argument = 0 : i64, info = #info, accessor = #tt.accessor_info<batch_stride = 0, row_stride = 8, pages = 64, sharded = false>}
  tt.buffer @C : tensor<256x256xbf16> out {argument = 1 : i64, info = #info, accessor = #tt.accessor_info<batch_stride = 0, row_stride = 8, pages = 64, sharded = false>}
  // expected-error @+2 {{needs 16384 B of L1 for circular buffers but a core has 10000 B}}
  // expected-note @+1 {{smaller blocks would fit}}
  tt.kernel @k grid [2, 1] schedule #tt.schedule compute #tt.compute<fp32_acc = true> attributes {partition = #tt.partition<mode = global, order = row_major, block = 1, items = 2, cores = 2>, work = #tt.work<x = [0, 1], y = [0, 0], start = [0, 1], count = [1, 1]>} {
  ^bb0(%start: index, %count: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c8 = arith.constant 8 : index
    // expected-note @below {{A: a block of 4 pages of 2048 B, 1 deep: 8192 B}}
    %cb_a = tt.alloc_cb : !tt.cb<8 x !bf> {name = "A", production = 4 : i64}
    // expected-note @below {{C: a block of 4 pages of 2048 B, 1 deep: 8192 B}}
    %cb_c = tt.alloc_cb : !tt.cb<8 x !bf> {name = "C", production = 4 : i64}
    %a = tt.read_block @A[%c0, %c0] via %cb_a !tt.cb<8 x !bf> : tensor<2x2x!bf>
    %e = tt.unary exp %a : tensor<2x2x!bf>
    tt.write_block %e, @C[%c0, %c0] via %cb_c !tt.cb<8 x !bf> : tensor<2x2x!bf>
  }
}

// -----

// The same, since a buffer in L1 leaves too little: one of its 64 pages on each core.
!bf = !tt.tile<32x32, bf16>
!f = !tt.tile<32x32, f32>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 120000, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 8, cols = 8, page_bytes = 2048>

tt.host @h device(#device) {
  tt.buffer @A : tensor<256x256xbf16> in {argument = 0 : i64, info = #tt.buffer<memory = l1, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 8, cols = 8, page_bytes = 2048>, accessor = #tt.accessor_info<batch_stride = 0, row_stride = 8, pages = 64, sharded = false>}
  tt.buffer @C : tensor<256x256xbf16> out {argument = 1 : i64, info = #info, accessor = #tt.accessor_info<batch_stride = 0, row_stride = 8, pages = 64, sharded = false>}
  // expected-error @+2 {{needs 16384 B of L1 for circular buffers but a core has 14528 B beside the buffers in L1}}
  // expected-note @+1 {{smaller blocks may fit, or leave the buffers in DRAM}}
  tt.kernel @k grid [2, 1] schedule #tt.schedule compute #tt.compute<fp32_acc = true> attributes {partition = #tt.partition<mode = global, order = row_major, block = 1, items = 2, cores = 2>, work = #tt.work<x = [0, 1], y = [0, 0], start = [0, 1], count = [1, 1]>} {
  ^bb0(%start: index, %count: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c8 = arith.constant 8 : index
    // expected-note @below {{A: a block of 4 pages of 2048 B, 1 deep: 8192 B}}
    %cb_a = tt.alloc_cb : !tt.cb<8 x !bf> {name = "A", production = 4 : i64}
    // expected-note @below {{C: a block of 4 pages of 2048 B, 1 deep: 8192 B}}
    %cb_c = tt.alloc_cb : !tt.cb<8 x !bf> {name = "C", production = 4 : i64}
    %a = tt.read_block @A[%c0, %c0] via %cb_a !tt.cb<8 x !bf> : tensor<2x2x!bf>
    %e = tt.unary exp %a : tensor<2x2x!bf>
    tt.write_block %e, @C[%c0, %c0] via %cb_c !tt.cb<8 x !bf> : tensor<2x2x!bf>
  }
}

// -----

// Factors with different exponents.
!bf = !tt.tile<32x32, bf16>
!h = !tt.tile<32x32, f16>
!f = !tt.tile<32x32, f32>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 8, cols = 8, page_bytes = 2048>
#info16 = #tt.buffer<memory = dram, layout = interleaved, format = f16, tile_height = 32, tile_width = 32, batch = 1, rows = 8, cols = 8, page_bytes = 2048>

tt.host @h device(#device) {
  tt.buffer @A : tensor<256x256xf16> in {argument = 0 : i64, info = #info16, accessor = #tt.accessor_info<batch_stride = 0, row_stride = 8, pages = 64, sharded = false>}
  tt.buffer @B : tensor<256x256xbf16> in {argument = 1 : i64, info = #info, accessor = #tt.accessor_info<batch_stride = 0, row_stride = 8, pages = 64, sharded = false>}
  tt.buffer @C : tensor<256x256xbf16> out {argument = 2 : i64, info = #info, accessor = #tt.accessor_info<batch_stride = 0, row_stride = 8, pages = 64, sharded = false>}
  tt.kernel @k grid [2, 1] schedule #tt.schedule compute #tt.compute<fp32_acc = true> attributes {partition = #tt.partition<mode = global, order = row_major, block = 1, items = 2, cores = 2>, work = #tt.work<x = [0, 1], y = [0, 0], start = [0, 1], count = [1, 1]>} {
  ^bb0(%start: index, %count: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c8 = arith.constant 8 : index
    %cb_a = tt.alloc_cb : !tt.cb<2 x !h> {name = "A", production = 1 : i64}
    %cb_b = tt.alloc_cb : !tt.cb<2 x !bf> {name = "B", production = 1 : i64}
    %cb_c = tt.alloc_cb : !tt.cb<2 x !bf> {name = "C", production = 1 : i64}
    %b = tt.read_block @B[%c0, %c0] via %cb_b !tt.cb<2 x !bf> : tensor<1x1x!bf>
    %z = tt.fill 0.0 : tensor<1x1x!bf>
    %r = scf.for %k = %c0 to %c8 step %c1 iter_args(%x = %z) -> (tensor<1x1x!bf>) {
      %a2 = tt.read_block @A[%c0, %k] via %cb_a !tt.cb<2 x !h> : tensor<1x1x!h>
      %t2 = tt.typecast %a2 : tensor<1x1x!h> to tensor<1x1x!bf>
      // expected-error @below {{multiplies f16 by bf16, which the matrix engine does not; convert one of them in front of the loop}}
      %y = tt.mma %t2, %b, %x : tensor<1x1x!bf>, tensor<1x1x!bf> -> tensor<1x1x!bf>
      scf.yield %y : tensor<1x1x!bf>
    }
    tt.write_block %r, @C[%c0, %c0] via %cb_c !tt.cb<2 x !bf> : tensor<1x1x!bf>
  }
}

// -----

// A block of more tiles than 64 bits count.
!bf = !tt.tile<32x32, bf16>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 8, cols = 8, page_bytes = 2048>

tt.host @h device(#device) {
  tt.buffer @A : tensor<256x256xbf16> in {argument = 0 : i64, info = #info}
  tt.buffer @C : tensor<256x256xbf16> out {argument = 1 : i64, info = #info}
  tt.kernel @k grid [2, 1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%start: index, %count: index):
    %c0 = arith.constant 0 : index
    %cb_a = tt.alloc_cb : !tt.cb<2147483647 x !bf> {name = "A", production = 1 : i64}
    %cb_c = tt.alloc_cb : !tt.cb<2147483647 x !bf> {name = "C", production = 1 : i64}
    // expected-error @below {{'tt.read_block' op makes a block of 4294967296x4294967296 tiles, more than any core holds}}
    // expected-note @below {{a block lies in the L1 of a core, which holds a few hundred tiles}}
    %a = tt.read_block @A[%c0, %c0] via %cb_a !tt.cb<2147483647 x !bf> : tensor<4294967296x4294967296x!bf>
    %e = tt.unary exp %a : tensor<4294967296x4294967296x!bf>
    tt.write_block %e, @C[%c0, %c0] via %cb_c !tt.cb<2147483647 x !bf> : tensor<4294967296x4294967296x!bf>
  }
}
