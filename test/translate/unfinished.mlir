// RUN: tt-translate --tt-to-metalium --split-input-file --verify-diagnostics %s

// What is not the end of the pipeline is refused, with the pass that is missing.

// expected-error@below {{module has no host function to print}}
// expected-note@below {{artifacts are printed from the result of --tt-v5-pipeline}}
module {}

// -----

tt.host @f device(#tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
  // expected-error@below {{'tt.buffer' op has no 'info'}}
  // expected-note@below {{'tt-infer-layout' has not run}}
  tt.buffer @A : tensor<32x32xbf16> in {argument = 0 : i64}
}

// -----

tt.host @f device(#tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
  // expected-error@below {{'tt.buffer' op holds f16 as bfp8_b, which main.cpp cannot convert}}
  // expected-note@below {{a buffer in the format of its elements (f32, bf16, f16, i32, u32, u16) can be uploaded, and one of bf16 or f32 as bfp8_b or bfp4_b}}
  tt.buffer @A : tensor<32x32xf16> in {argument = 0 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = bfp8_b, tile_height = 32, tile_width = 32, batch = 1, rows = 1, cols = 1, page_bytes = 1088>, accessor = #tt.accessor_info<batch_stride = 1, row_stride = 1, pages = 1, sharded = false>}
}

// -----

tt.host @f device(#tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
  // expected-error@below {{'tt.buffer' op does not say where its shards are}}
  // expected-note@below {{'tt-infer-layout' has not run}}
  tt.buffer @A : tensor<64x32xbf16> in {argument = 0 : i64, info = #tt.buffer<memory = l1, layout = sharded, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 2, cols = 1, page_bytes = 2048, shard = #tt.nd_shard<axes = [0], grid = [2], shape = [32]>>, accessor = #tt.accessor_info<batch_stride = 2, row_stride = 1, pages = 2, sharded = true>}
}

// -----

// expected-error@below {{'tt.host' op has unknown api 'v9'; known are 'current' and 'v0.66'}}
tt.host @f device(#tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) attributes {api = "v9"} {
}

// -----

tt.host @f device(#tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute
      partition #tt.partition<mode = global, order = row_major, block = 1, items = 1, cores = 1>
      work #tt.work<x = [0], y = [0], start = [0], count = [1]> {
    tt.circular_buffer @cb : !tt.cb<2 x !tt.tile<32x32, bf16>> id 0 production 1 order [1, 1] unpack <src>
    tt.func @compute compute {
      // expected-error@below {{'tt.front_block' op has no call in a kernel; run --tt-v5-pipeline to its end first}}
      %x = tt.front_block @cb : tensor<1x1x!tt.tile<32x32, bf16>>
    }
  }
}

// -----

tt.host @f device(#tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute
      partition #tt.partition<mode = global, order = row_major, block = 1, items = 1, cores = 1>
      work #tt.work<x = [0], y = [0], start = [0], count = [1]> {
    tt.circular_buffer @cb : !tt.cb<2 x !tt.tile<32x32, bf16>> id 0 production 1 order [1, 1] unpack <src>
    tt.func @compute compute {
      // expected-error@below {{'tt.runtime_arg' op has no 'scope' and 'index'; run tt-finalize-persistent-signature first}}
      %n = tt.runtime_arg count
      tt.copy_tile @cb[%n], dst[%n]
    }
  }
}

// -----

tt.host @f device(#tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute
      partition #tt.partition<mode = global, order = row_major, block = 1, items = 1, cores = 1>
      work #tt.work<x = [0], y = [0], start = [0], count = [1]> {
    // expected-error@below {{'tt.func' op has a common argument 'Kt' without a value}}
    tt.func @reader reader attributes {common_args = [#tt.arg<Kt>]} {
    }
  }
}
