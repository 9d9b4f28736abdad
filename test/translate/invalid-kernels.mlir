// RUN: tt-translate --tt-to-metalium --split-input-file --verify-diagnostics %s

// What has no spelling in a kernel is refused at its op.

#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#device) {
  tt.buffer @A : tensor<32x32xbf16> in {argument = 0 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 1, cols = 1, page_bytes = 2048>, accessor = #tt.accessor_info<batch_stride = 1, row_stride = 1, pages = 1, sharded = false>}
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute
      partition #tt.partition<mode = global, order = row_major, block = 1, items = 1, cores = 1>
      work #tt.work<x = [0], y = [0], start = [0], count = [1]> {
    tt.circular_buffer @cb : !tt.cb<2 x !tt.tile<32x32, bf16>> id 0 production 1 order [1, 1] unpack <src>
    tt.func @compute compute attributes {core_args = [#tt.arg<count>]} {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %n = tt.runtime_arg count {scope = #tt.arg_scope<per_core>, index = 0 : i64}
      // expected-error@below {{'scf.for' op carries values, which a kernel's loop cannot}}
      %x = scf.for %i = %c0 to %n step %c1 iter_args(%y = %c0) -> (index) {
        scf.yield %i : index
      }
      tt.copy_tile @cb[%x], dst[%c0]
    }
  }
}

// -----

#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#device) {
  tt.buffer @A : tensor<32x32xbf16> in {argument = 0 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 1, cols = 1, page_bytes = 2048>, accessor = #tt.accessor_info<batch_stride = 1, row_stride = 1, pages = 1, sharded = false>}
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute
      partition #tt.partition<mode = global, order = row_major, block = 1, items = 1, cores = 1>
      work #tt.work<x = [0], y = [0], start = [0], count = [1]> {
    tt.circular_buffer @cb : !tt.cb<2 x !tt.tile<32x32, bf16>> id 0 production 1 order [1, 1] unpack <src>
    tt.func @compute compute attributes {core_args = [#tt.arg<count>]} {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %n = tt.runtime_arg count {scope = #tt.arg_scope<per_core>, index = 0 : i64}
      %b = arith.cmpi eq, %n, %c1 : index
      // expected-error@below {{'scf.if' op yields values, which a kernel's 'if' cannot}}
      %x = scf.if %b -> (index) {
        scf.yield %c0 : index
      } else {
        scf.yield %n : index
      }
      tt.copy_tile @cb[%x], dst[%c0]
    }
  }
}

// -----

#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#device) {
  tt.buffer @A : tensor<32x32xbf16> in {argument = 0 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 1, cols = 1, page_bytes = 2048>, accessor = #tt.accessor_info<batch_stride = 1, row_stride = 1, pages = 1, sharded = false>}
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute
      partition #tt.partition<mode = global, order = row_major, block = 1, items = 1, cores = 1>
      work #tt.work<x = [0], y = [0], start = [0], count = [1]> {
    tt.circular_buffer @cb : !tt.cb<2 x !tt.tile<32x32, bf16>> id 0 production 1 order [1, 1] unpack <src>
    tt.func @compute compute attributes {core_args = [#tt.arg<count>]} {
      %c0 = arith.constant 0 : index
      %n = tt.runtime_arg count {scope = #tt.arg_scope<per_core>, index = 0 : i64}
      // expected-error@below {{'affine.delinearize_index' op has a basis that is not constant}}
      %b:2 = affine.delinearize_index %n into (2, %n) : index, index
      tt.copy_tile @cb[%b#0], dst[%c0]
    }
  }
}

// -----

#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#device) {
  tt.buffer @A : tensor<32x32xbf16> in {argument = 0 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 1, cols = 1, page_bytes = 2048>, accessor = #tt.accessor_info<batch_stride = 1, row_stride = 1, pages = 1, sharded = false>}
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute
      partition #tt.partition<mode = global, order = row_major, block = 1, items = 1, cores = 1>
      work #tt.work<x = [0], y = [0], start = [0], count = [1]> {
    tt.circular_buffer @cb : !tt.cb<2 x !tt.tile<32x32, bf16>> id 0 production 1 order [1, 1] unpack <src>
    tt.func @compute compute attributes {core_args = [#tt.arg<count>]} {
      %n = tt.runtime_arg count {scope = #tt.arg_scope<per_core>, index = 0 : i64}
      // expected-error@below {{'arith.shli' op cannot be printed in a kernel}}
      // expected-note@below {{loops, conditions, affine ops and the arithmetic of arith on indices can}}
      %x = arith.shli %n, %n : index
      tt.copy_tile @cb[%x], dst[%n]
    }
  }
}

// -----

#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#device) {
  tt.buffer @A : tensor<32x32xbf16> in {argument = 0 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 1, cols = 1, page_bytes = 2048>, accessor = #tt.accessor_info<batch_stride = 1, row_stride = 1, pages = 1, sharded = false>}
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute
      partition #tt.partition<mode = global, order = row_major, block = 1, items = 1, cores = 1>
      work #tt.work<x = [0], y = [0], start = [0], count = [1]> {
    tt.circular_buffer @cb : !tt.cb<2 x !tt.tile<32x32, bf16>> id 0 production 1 order [1, 1] unpack <src>
    tt.func @reader reader {
      %c0 = arith.constant 0 : index
      // expected-error@below {{'tt.tensor_accessor' op is not in the kernel's 'accessors'; run tt-finalize-persistent-signature first}}
      %x = tt.tensor_accessor @A at %c0
      tt.noc_async_read_page %c0, %x, %c0
    }
  }
}

// -----

#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#device) attributes {api = "v0.66"} {
  tt.buffer @A : tensor<32x32xbf16> in {argument = 0 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 1, cols = 1, page_bytes = 2048>, accessor = #tt.accessor_info<batch_stride = 1, row_stride = 1, pages = 1, sharded = false>}
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute
      partition #tt.partition<mode = global, order = row_major, block = 1, items = 1, cores = 1>
      work #tt.work<x = [0], y = [0], start = [0], count = [1]> {
    tt.circular_buffer @cb : !tt.cb<2 x !tt.tile<32x32, bf16>> id 0 production 1 order [1, 1] unpack <src>
    tt.func @compute compute {
      // expected-error@below {{'tt.hw_startup' op is 'reverse' in a kernel without a matmul init}}
      // expected-note@below {{api 'v0.66' starts up for matmul and prepares it in one call}}
      tt.hw_startup reverse @cb, @cb, @cb
    }
  }
}

// -----

#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#device) {
  // expected-error@below {{'tt.kernel' op is not split into reader, compute and writer}}
  // expected-note@below {{artifacts are printed from the result of --tt-v5-pipeline; 'tt-split-device-kernel' has not run}}
  tt.kernel @k grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
  }
}
