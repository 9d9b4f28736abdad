// RUN: tt-opt --tt-build-tile-dfg --split-input-file --verify-diagnostics %s

// A loop over k without constant bounds.
!bf = !tt.tile<32x32, bf16>
!f = !tt.tile<32x32, f32>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 8, cols = 8, page_bytes = 2048>

tt.host @h device(#device) {
  tt.buffer @A : tensor<256x256xbf16> in {argument = 0 : i64, info = #info}
  tt.buffer @B : tensor<256x256xbf16> in {argument = 1 : i64, info = #info}
  tt.buffer @C : tensor<256x256xbf16> out {argument = 2 : i64, info = #info}
  tt.kernel @k grid [2, 1] schedule #tt.schedule compute #tt.compute<fp32_acc = true> {
  ^bb0(%start: index, %count: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c8 = arith.constant 8 : index
    %cb_a = tt.alloc_cb : !tt.cb<4 x !bf> {name = "A", production = 4 : i64}
    %cb_b = tt.alloc_cb : !tt.cb<4 x !bf> {name = "B", production = 4 : i64}
    %cb_c = tt.alloc_cb : !tt.cb<16 x !bf> {name = "C", production = 16 : i64}
    %z = tt.fill 0.0 : tensor<8x1x!f>
    %r = scf.for %k = %c0 to %count step %c1 iter_args(%x = %z) -> (tensor<8x1x!f>) {
      // expected-error @below {{is read by each of several sub-blocks, but the loop over k has no constant bounds}}
      %a = tt.read_block @A[%c0, %k] via %cb_a !tt.cb<4 x !bf> : tensor<8x1x!bf>
      %y = tt.reduce max row %a, %x : tensor<8x1x!f>, : tensor<8x1x!bf> to tensor<8x1x!f>
      scf.yield %y : tensor<8x1x!f>
    }
    // expected-note @below {{the accumulators exceed the tile registers here}}
    %t = tt.typecast %r : tensor<8x1x!f> to tensor<8x1x!bf>
    tt.write_block %t, @C[%c0, %c0] via %cb_c !tt.cb<16 x !bf> : tensor<8x1x!bf>
  }
}

// -----

// A place that depends on more than the loop over k.
!bf = !tt.tile<32x32, bf16>
!f = !tt.tile<32x32, f32>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 8, cols = 8, page_bytes = 2048>

tt.host @h device(#device) {
  tt.buffer @A : tensor<256x256xbf16> in {argument = 0 : i64, info = #info}
  tt.buffer @B : tensor<256x256xbf16> in {argument = 1 : i64, info = #info}
  tt.buffer @C : tensor<256x256xbf16> out {argument = 2 : i64, info = #info}
  tt.kernel @k grid [2, 1] schedule #tt.schedule compute #tt.compute<fp32_acc = true> {
  ^bb0(%start: index, %count: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c8 = arith.constant 8 : index
    %cb_a = tt.alloc_cb : !tt.cb<4 x !bf> {name = "A", production = 4 : i64}
    %cb_b = tt.alloc_cb : !tt.cb<4 x !bf> {name = "B", production = 4 : i64}
    %cb_c = tt.alloc_cb : !tt.cb<16 x !bf> {name = "C", production = 16 : i64}
    %z = tt.fill 0.0 : tensor<8x1x!f>
    %r = scf.for %k = %c0 to %c8 step %c1 iter_args(%x = %z) -> (tensor<8x1x!f>) {
      %m = arith.divui %k, %c8 : index
      // expected-error @below {{is read by each of several sub-blocks, but its place depends on more than the loop over k}}
      %a = tt.read_block @A[%m, %k] via %cb_a !tt.cb<4 x !bf> : tensor<8x1x!bf>
      %y = tt.reduce max row %a, %x : tensor<8x1x!f>, : tensor<8x1x!bf> to tensor<8x1x!f>
      scf.yield %y : tensor<8x1x!f>
    }
    // expected-note @below {{the accumulators exceed the tile registers here}}
    %t = tt.typecast %r : tensor<8x1x!f> to tensor<8x1x!bf>
    tt.write_block %t, @C[%c0, %c0] via %cb_c !tt.cb<16 x !bf> : tensor<8x1x!bf>
  }
}

// -----

// A block read in a loop in the loop over k.
!bf = !tt.tile<32x32, bf16>
!f = !tt.tile<32x32, f32>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 8, cols = 8, page_bytes = 2048>

tt.host @h device(#device) {
  tt.buffer @A : tensor<256x256xbf16> in {argument = 0 : i64, info = #info}
  tt.buffer @B : tensor<256x256xbf16> in {argument = 1 : i64, info = #info}
  tt.buffer @C : tensor<256x256xbf16> out {argument = 2 : i64, info = #info}
  tt.kernel @k grid [2, 1] schedule #tt.schedule compute #tt.compute<fp32_acc = true> {
  ^bb0(%start: index, %count: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c8 = arith.constant 8 : index
    %cb_a = tt.alloc_cb : !tt.cb<4 x !bf> {name = "A", production = 4 : i64}
    %cb_b = tt.alloc_cb : !tt.cb<4 x !bf> {name = "B", production = 4 : i64}
    %cb_c = tt.alloc_cb : !tt.cb<16 x !bf> {name = "C", production = 16 : i64}
    %z = tt.fill 0.0 : tensor<8x1x!f>
    %r = scf.for %n = %c0 to %c8 step %c1 iter_args(%w = %z) -> (tensor<8x1x!f>) {
      %q = scf.for %k = %c0 to %c8 step %c1 iter_args(%x = %w) -> (tensor<8x1x!f>) {
        // expected-error @below {{is read by each of several sub-blocks, but it stands in more than one loop}}
        %a = tt.read_block @A[%c0, %k] via %cb_a !tt.cb<4 x !bf> : tensor<8x1x!bf>
        %y = tt.reduce max row %a, %x : tensor<8x1x!f>, : tensor<8x1x!bf> to tensor<8x1x!f>
        scf.yield %y : tensor<8x1x!f>
      }
      scf.yield %q : tensor<8x1x!f>
    }
    // expected-note @below {{the accumulators exceed the tile registers here}}
    %t = tt.typecast %r : tensor<8x1x!f> to tensor<8x1x!bf>
    tt.write_block %t, @C[%c0, %c0] via %cb_c !tt.cb<16 x !bf> : tensor<8x1x!bf>
  }
}

// -----

// A scale on top of an accumulator.
!bf = !tt.tile<32x32, bf16>
!f = !tt.tile<32x32, f32>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 8, cols = 8, page_bytes = 2048>

tt.host @h device(#device) {
  tt.buffer @A : tensor<256x256xbf16> in {argument = 0 : i64, info = #info}
  tt.buffer @B : tensor<256x256xbf16> in {argument = 1 : i64, info = #info}
  tt.buffer @C : tensor<256x256xbf16> out {argument = 2 : i64, info = #info}
  tt.kernel @k grid [2, 1] schedule #tt.schedule compute #tt.compute<fp32_acc = true> {
  ^bb0(%start: index, %count: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c8 = arith.constant 8 : index
    %cb_a = tt.alloc_cb : !tt.cb<4 x !bf> {name = "A", production = 4 : i64}
    %cb_b = tt.alloc_cb : !tt.cb<4 x !bf> {name = "B", production = 4 : i64}
    %cb_c = tt.alloc_cb : !tt.cb<2 x !bf> {name = "C", production = 2 : i64}
    %a = tt.read_block @A[%c0, %c0] via %cb_a !tt.cb<4 x !bf> : tensor<2x2x!bf>
    %o = tt.read_block @B[%c0, %c0] via %cb_b !tt.cb<4 x !bf> : tensor<2x1x!bf>
    // expected-error @below {{scales by 0.3 while it accumulates; scale the result instead}}
    %s = tt.reduce sum row %a, %o : tensor<2x1x!bf>, : tensor<2x2x!bf> to tensor<2x1x!bf> {scale = 0.3 : f32}
    tt.write_block %s, @C[%c0, %c0] via %cb_c !tt.cb<2 x !bf> : tensor<2x1x!bf>
  }
}

// -----

// A block that nothing fills.
!bf = !tt.tile<32x32, bf16>
!f = !tt.tile<32x32, f32>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 8, cols = 8, page_bytes = 2048>

tt.host @h device(#device) {
  tt.buffer @A : tensor<256x256xbf16> in {argument = 0 : i64, info = #info}
  tt.buffer @B : tensor<256x256xbf16> in {argument = 1 : i64, info = #info}
  tt.buffer @C : tensor<256x256xbf16> out {argument = 2 : i64, info = #info}
  tt.kernel @k grid [2, 1] schedule #tt.schedule compute #tt.compute<fp32_acc = true> {
  ^bb0(%start: index, %count: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c8 = arith.constant 8 : index
    %cb_a = tt.alloc_cb : !tt.cb<4 x !bf> {name = "A", production = 4 : i64}
    %cb_b = tt.alloc_cb : !tt.cb<4 x !bf> {name = "B", production = 4 : i64}
    %cb_c = tt.alloc_cb : !tt.cb<2 x !bf> {name = "C", production = 2 : i64}
    // expected-error @below {{cannot run in tile registers}}
    %n = tensor.empty() : tensor<1x1x!bf>
    %e = tt.unary exp %n : tensor<1x1x!bf>
    tt.write_block %e, @C[%c0, %c0] via %cb_c !tt.cb<2 x !bf> : tensor<1x1x!bf>
  }
}

// -----

// A section that two results leave in a section.
!bf = !tt.tile<32x32, bf16>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 8, cols = 8, page_bytes = 2048>

tt.host @h device(#device) {
  tt.buffer @A : tensor<256x256xbf16> in {argument = 0 : i64, info = #info}
  tt.buffer @C : tensor<256x256xbf16> out {argument = 1 : i64, info = #info}
  tt.kernel @k grid [2, 1] schedule #tt.schedule compute #tt.compute<fp32_acc = true> {
  ^bb0(%start: index, %count: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %cb_a = tt.alloc_cb : !tt.cb<4 x !bf> {name = "A", production = 4 : i64}
    %cb_b = tt.alloc_cb : !tt.cb<4 x !bf> {name = "B", production = 4 : i64}
    %cb_c = tt.alloc_cb : !tt.cb<2 x !bf> {name = "C", production = 2 : i64}
    %a = tt.read_block @A[%c0, %c0] via %cb_a !tt.cb<4 x !bf> : tensor<1x1x!bf>
    // expected-error @below {{cannot run in tile registers}}
    %s:2 = tt.section grid [1, 1] via %cb_b, %cb_c : !tt.cb<4 x !bf>, !tt.cb<2 x !bf> -> tensor<1x1x!bf>, tensor<1x1x!bf> {
    ^bb0(%i: index, %j: index):
      %e = tt.unary exp %a : tensor<1x1x!bf>
      tt.yield %e, %e : tensor<1x1x!bf>, tensor<1x1x!bf>
    }
    tt.write_block %s#0, @C[%c0, %c0] via %cb_c !tt.cb<2 x !bf> : tensor<1x1x!bf>
    tt.write_block %s#1, @C[%c0, %c1] via %cb_b !tt.cb<4 x !bf> : tensor<1x1x!bf>
  }
}

// -----

// A buffer of nine dimensions.
!bf = !tt.tile<32x32, bf16>
!f = !tt.tile<32x32, f32>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 8, cols = 8, page_bytes = 2048>

tt.host @h device(#device) {
  tt.buffer @A : tensor<1x1x1x1x1x1x1x256x256xbf16> in {argument = 0 : i64, info = #info}
  tt.buffer @B : tensor<256x256xbf16> in {argument = 1 : i64, info = #info}
  tt.buffer @C : tensor<256x256xbf16> out {argument = 2 : i64, info = #info}
  tt.kernel @k grid [2, 1] schedule #tt.schedule compute #tt.compute<fp32_acc = true> {
  ^bb0(%start: index, %count: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c8 = arith.constant 8 : index
    %cb_a = tt.alloc_cb : !tt.cb<4 x !bf> {name = "A", production = 4 : i64}
    %cb_b = tt.alloc_cb : !tt.cb<4 x !bf> {name = "B", production = 4 : i64}
    %cb_c = tt.alloc_cb : !tt.cb<16 x !bf> {name = "C", production = 16 : i64}
    %z = tt.fill 0.0 : tensor<8x1x!f>
    %r = scf.for %k = %c0 to %c8 step %c1 iter_args(%x = %z) -> (tensor<8x1x!f>) {
      // expected-error @below {{is read by each of several sub-blocks, but its buffer has more than 8 dims}}
      %a = tt.read_block @A[%c0, %c0, %c0, %c0, %c0, %c0, %c0, %c0, %k] via %cb_a !tt.cb<4 x !bf> : tensor<8x1x!bf>
      %y = tt.reduce max row %a, %x : tensor<8x1x!f>, : tensor<8x1x!bf> to tensor<8x1x!f>
      scf.yield %y : tensor<8x1x!f>
    }
    // expected-note @below {{the accumulators exceed the tile registers here}}
    %t = tt.typecast %r : tensor<8x1x!f> to tensor<8x1x!bf>
    tt.write_block %t, @C[%c0, %c0] via %cb_c !tt.cb<16 x !bf> : tensor<8x1x!bf>
  }
}

// -----

// Blocks that are chosen at run time, one and two of them.
!bf = !tt.tile<32x32, bf16>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 8, cols = 8, page_bytes = 2048>

tt.host @h device(#device) {
  tt.buffer @A : tensor<256x256xbf16> in {argument = 0 : i64, info = #info}
  tt.buffer @C : tensor<256x256xbf16> out {argument = 1 : i64, info = #info}
  tt.kernel @k grid [2, 1] schedule #tt.schedule compute #tt.compute<fp32_acc = true> {
  ^bb0(%start: index, %count: index):
    %c0 = arith.constant 0 : index
    %first = arith.cmpi eq, %start, %c0 : index
    %cb_a = tt.alloc_cb : !tt.cb<1 x !bf> {name = "A", production = 1 : i64}
    %cb_c = tt.alloc_cb : !tt.cb<1 x !bf> {name = "C", production = 1 : i64}
    %a = tt.read_block @A[%c0, %c0] via %cb_a !tt.cb<1 x !bf> : tensor<1x1x!bf>
    // expected-error @below {{'scf.if' op chooses between blocks}}
    // expected-note @below {{compute both and choose between their elements (arith.select in an element-wise body, by elements of a block), or give each case a grid of its own}}
    %e = scf.if %first -> tensor<1x1x!bf> {
      %0 = tt.unary exp %a : tensor<1x1x!bf>
      scf.yield %0 : tensor<1x1x!bf>
    } else {
      scf.yield %a : tensor<1x1x!bf>
    }
    tt.write_block %e, @C[%c0, %c0] via %cb_c !tt.cb<1 x !bf> : tensor<1x1x!bf>
  }
}

// -----

!bf = !tt.tile<32x32, bf16>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 8, cols = 8, page_bytes = 2048>

tt.host @h device(#device) {
  tt.buffer @A : tensor<256x256xbf16> in {argument = 0 : i64, info = #info}
  tt.buffer @C : tensor<256x256xbf16> out {argument = 1 : i64, info = #info}
  tt.kernel @k grid [2, 1] schedule #tt.schedule compute #tt.compute<fp32_acc = true> {
  ^bb0(%start: index, %count: index):
    %c0 = arith.constant 0 : index
    %first = arith.cmpi eq, %start, %c0 : index
    %cb_a = tt.alloc_cb : !tt.cb<1 x !bf> {name = "A", production = 1 : i64}
    %cb_c = tt.alloc_cb : !tt.cb<1 x !bf> {name = "C", production = 1 : i64}
    %a = tt.read_block @A[%c0, %c0] via %cb_a !tt.cb<1 x !bf> : tensor<1x1x!bf>
    // expected-error @below {{'scf.if' op chooses between blocks}}
    // expected-note @below {{compute both and choose between their elements}}
    %e:2 = scf.if %first -> (tensor<1x1x!bf>, tensor<1x1x!bf>) {
      %0 = tt.unary exp %a : tensor<1x1x!bf>
      scf.yield %0, %a : tensor<1x1x!bf>, tensor<1x1x!bf>
    } else {
      scf.yield %a, %a : tensor<1x1x!bf>, tensor<1x1x!bf>
    }
    %s = tt.binary add %e#0, %e#1 : tensor<1x1x!bf>
    tt.write_block %s, @C[%c0, %c0] via %cb_c !tt.cb<1 x !bf> : tensor<1x1x!bf>
  }
}
