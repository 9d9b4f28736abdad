// RUN: tt-opt %s -split-input-file -verify-diagnostics

// What block transfers, circular buffers and their types must be, one mistake
// each.

// expected-error @below {{tile of 24x32 elements: tiles have 1, 2, 4, 8, 16 or 32 rows and 16 or 32 columns}}
func.func private @tile(!tt.tile<24x32, bf16>)

// -----

// expected-error @below {{tile must have a format}}
func.func private @tile(!tt.tile<32x32, inferred>)

// -----

// expected-error @below {{circular buffer of 0 pages: a ring has at least 1}}
func.func private @cb(!tt.cb<0 x !tt.tile<32x32, bf16>>)

// -----

// expected-error @below {{pages of a circular buffer must be !tt.tile}}
func.func private @cb(!tt.cb<2 x f32>)

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#wh) {
  tt.buffer @A : tensor<64x64xbf16> inout {argument = 0 : i64}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    // expected-error @below {{'tt.read_block' op names 'B', which is no 'tt.buffer'}}
    %a = tt.read_block @B[%i, %i] : tensor<32x32xbf16>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#wh) {
  tt.buffer @A : tensor<64x64xbf16> inout {argument = 0 : i64}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    // expected-error @below {{'tt.read_block' op has 1 offsets but 'A' has 2 dimensions}}
    %a = tt.read_block @A[%i] : tensor<32x32xbf16>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#wh) {
  tt.buffer @A : tensor<64x64xbf16> inout {argument = 0 : i64}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    // expected-error @below {{'tt.read_block' op has elements of another type than 'A'}}
    %a = tt.read_block @A[%i, %i] : tensor<32x32xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#wh) {
  tt.buffer @A : tensor<64x64xbf16> inout {argument = 0 : i64}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    // expected-error @below {{'tt.read_block' op has a block with more dimensions than 'A'}}
    %a = tt.read_block @A[%i, %i] : tensor<1x32x32xbf16>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#wh) {
  tt.buffer @A : tensor<64x64xbf16> inout {argument = 0 : i64}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    // expected-error @below {{'tt.read_block' op has a block of tiles with 1 dimensions but must have 2}}
    %a = tt.read_block @A[%i, %i] : tensor<2x!tt.tile<32x32, bf16>>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#wh) {
  tt.buffer @A : tensor<64x64xbf16> inout {argument = 0 : i64}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    // expected-error @below {{'tt.read_block' op has 1 valid extents but 2 offsets}}
    %a = tt.read_block @A[%i, %i] valid [%i] : tensor<32x32xbf16>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#wh) {
  tt.buffer @A : tensor<64x64xbf16> inout {argument = 0 : i64}
  tt.buffer @C : tensor<32x32xbf16> scratch {info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 1, cols = 1, page_bytes = 2048>}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    // expected-error @below {{'tt.read_block' op has tiles of another format than 'C'}}
    %a = tt.read_block @C[%i, %i] : tensor<1x1x!tt.tile<32x32, f32>>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#wh) {
  tt.buffer @A : tensor<64x64xbf16> inout {argument = 0 : i64}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %cb = tt.alloc_cb : !tt.cb<2 x !tt.tile<32x32, f32>> {production = 1 : i64}
    // expected-error @below {{'tt.read_block' op moves other tiles than the pages of its circular buffer}}
    %a = tt.read_block @A[%i, %i] via %cb !tt.cb<2 x !tt.tile<32x32, f32>> : tensor<1x1x!tt.tile<32x32, bf16>>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#wh) {
  tt.buffer @A : tensor<64x64xbf16> inout {argument = 0 : i64}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %a = tt.read_block @A[%i, %i] : tensor<32x32xbf16>
    // expected-error @below {{'tt.write_block' op names 'f_0', which is no 'tt.buffer'}}
    tt.write_block %a, @f_0[%i, %i] : tensor<32x32xbf16>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#wh) {
  tt.buffer @A : tensor<64x64xbf16> inout {argument = 0 : i64}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    // expected-error @below {{'tt.alloc_cb' op has 3 pages, which is no whole number of productions of 2 pages}}
    %cb = tt.alloc_cb : !tt.cb<3 x !tt.tile<32x32, bf16>> {production = 2 : i64}
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#wh) {
  tt.buffer @A : tensor<64x64xbf16> inout {argument = 0 : i64}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    // expected-error @below {{'tt.alloc_cb' op has id 64 but ids are 0 to 63}}
    %cb = tt.alloc_cb : !tt.cb<2 x !tt.tile<32x32, bf16>> {production = 2 : i64, id = 64 : i64}
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#wh) {
  tt.buffer @A : tensor<64x64xbf16> inout {argument = 0 : i64}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    // expected-error @below {{'tt.alloc_cb' op has an order that is not rows and columns of a sub-block}}
    %cb = tt.alloc_cb : !tt.cb<2 x !tt.tile<32x32, bf16>> {production = 2 : i64, order = array<i64: 2>}
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#wh) {
  tt.buffer @A : tensor<64x64xbf16> inout {argument = 0 : i64}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    // expected-error @below {{'tt.alloc_cb' op has an order of 2x2 tiles, which does not divide a production of 2 pages}}
    %cb = tt.alloc_cb : !tt.cb<2 x !tt.tile<32x32, bf16>> {production = 2 : i64, order = array<i64: 2, 2>}
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#wh) {
  tt.buffer @A : tensor<64x64xbf16> inout {argument = 0 : i64}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    // expected-error @below {{'tt.alloc_cb' op has an order of 4294967296x4294967296 tiles, which does not divide a production of 2 pages}}
    %cb = tt.alloc_cb : !tt.cb<2 x !tt.tile<32x32, bf16>> {production = 2 : i64, order = array<i64: 4294967296, 4294967296>}
  }
}

// -----

// expected-error @below {{circular buffer of 2147483648 pages: a ring has at most 2147483647}}
func.func private @ring(!tt.cb<2147483648 x !tt.tile<32x32, bf16>>)

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#wh) {
  tt.buffer @A : tensor<64x64xbf16> in {argument = 0 : i64}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    // expected-error @below {{'tt.read_block' op has valid extents, but tiles are moved whole}}
    %a = tt.read_block @A[%i, %i] valid [%i, %i] : tensor<1x1x!tt.tile<32x32, bf16>>
  }
}
