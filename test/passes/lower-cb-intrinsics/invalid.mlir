// RUN: tt-opt --tt-lower-cb-intrinsics --split-input-file --verify-diagnostics %s

// A transfer without its accessor.
!bf = !tt.tile<32x32, bf16>
!f = !tt.tile<32x32, f32>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 8, cols = 8, page_bytes = 2048>

tt.host @h device(#device) {
  tt.buffer @A : tensor<256x256xbf16> in {argument = 0 : i64, info = #info, accessor = #tt.accessor_info<batch_stride = 0, row_stride = 8, pages = 64, sharded = false>}
  tt.buffer @B : tensor<256x256xbf16> in {argument = 1 : i64, info = #info, accessor = #tt.accessor_info<batch_stride = 0, row_stride = 8, pages = 64, sharded = false>}
  tt.buffer @C : tensor<256x256xbf16> out {argument = 2 : i64, info = #info, accessor = #tt.accessor_info<batch_stride = 0, row_stride = 8, pages = 64, sharded = false>}
  tt.program @p grid [2, 1] schedule #tt.schedule compute #tt.compute partition <mode = global, order = row_major, block = 1, items = 2, cores = 2> work <x = [0, 1], y = [0, 0], start = [0, 1], count = [1, 1]> {
    tt.circular_buffer @cb_A : !tt.cb<2 x !bf> id 0 production 1 order [1, 1] unpack <src>
    tt.circular_buffer @cb_C : !tt.cb<2 x !bf> id 16 production 1 order [1, 1] unpack <src>
    tt.func @reader reader {
      %c0 = arith.constant 0 : index
      // expected-error @below {{has no accessor for its buffer; run tt-attach-tensor-accessor and tt-configure-tensor-accessor first}}
      tt.fetch_block @A[%c0, %c0] to @cb_A shape [1, 1]
    }
  }
}

// -----

// A buffer whose pages have no numbers.
!bf = !tt.tile<32x32, bf16>
!f = !tt.tile<32x32, f32>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 8, cols = 8, page_bytes = 2048>

tt.host @h device(#device) {
  tt.buffer @A : tensor<256x256xbf16> in {argument = 0 : i64, info = #info}
  tt.buffer @B : tensor<256x256xbf16> in {argument = 1 : i64, info = #info}
  tt.buffer @C : tensor<256x256xbf16> out {argument = 2 : i64, info = #info}
  tt.program @p grid [2, 1] schedule #tt.schedule compute #tt.compute partition <mode = global, order = row_major, block = 1, items = 2, cores = 2> work <x = [0, 1], y = [0, 0], start = [0, 1], count = [1, 1]> {
    tt.circular_buffer @cb_A : !tt.cb<2 x !bf> id 0 production 1 order [1, 1] unpack <src>
    tt.circular_buffer @cb_C : !tt.cb<2 x !bf> id 16 production 1 order [1, 1] unpack <src>
    tt.func @reader reader {
      %c0 = arith.constant 0 : index
      %p = tt.runtime_arg address @A
      %x = tt.tensor_accessor @A at %p {index = 0 : i64}
      // expected-error @below {{has no accessor for its buffer; run tt-attach-tensor-accessor and tt-configure-tensor-accessor first}}
      tt.fetch_block @A[%c0, %c0] to @cb_A shape [1, 1]
    }
  }
}

// -----

// A constant for a circular buffer that is not there.
!bf = !tt.tile<32x32, bf16>
!f = !tt.tile<32x32, f32>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 8, cols = 8, page_bytes = 2048>

tt.host @h device(#device) {
  tt.buffer @A : tensor<256x256xbf16> in {argument = 0 : i64, info = #info, accessor = #tt.accessor_info<batch_stride = 0, row_stride = 8, pages = 64, sharded = false>}
  tt.buffer @B : tensor<256x256xbf16> in {argument = 1 : i64, info = #info, accessor = #tt.accessor_info<batch_stride = 0, row_stride = 8, pages = 64, sharded = false>}
  tt.buffer @C : tensor<256x256xbf16> out {argument = 2 : i64, info = #info, accessor = #tt.accessor_info<batch_stride = 0, row_stride = 8, pages = 64, sharded = false>}
  tt.program @p grid [2, 1] schedule #tt.schedule compute #tt.compute partition <mode = global, order = row_major, block = 1, items = 2, cores = 2> work <x = [0, 1], y = [0, 0], start = [0, 1], count = [1, 1]> {
    tt.circular_buffer @cb_A : !tt.cb<2 x !bf> id 0 production 1 order [1, 1] unpack <src>
    tt.circular_buffer @cb_C : !tt.cb<2 x !bf> id 16 production 1 order [1, 1] unpack <src>
    tt.func @reader reader {
      %c0 = arith.constant 0 : index
      // expected-error @below {{fills a circular buffer that is not declared}}
      tt.fill_block 1.0 to @cb_B
    }
  }
}
