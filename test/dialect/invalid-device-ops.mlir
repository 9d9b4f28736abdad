// RUN: tt-opt --split-input-file --verify-diagnostics %s

// Device ops that name what is not there, or stand where they cannot run.

#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#device) {
  tt.buffer @A : tensor<64x32xbf16> in {argument = 0 : i64}
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute
      partition #tt.partition<mode = global, order = row_major, block = 1, items = 1, cores = 1>
      work #tt.work<x = [0], y = [0], start = [0], count = [1]> {
    // expected-note@below {{declared here}}
    tt.circular_buffer @cb : !tt.cb<4 x !tt.tile<32x32, bf16>> id 0 production 2 order [2, 1] unpack <src>
    tt.func @reader reader {
      // expected-error@below {{'tt.cb_reserve_back' op counts 5 pages, but '@cb' holds 4}}
      tt.cb_reserve_back @cb, 5
    }
  }
}

// -----

#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#device) {
  tt.buffer @A : tensor<64x32xbf16> in {argument = 0 : i64}
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute
      partition #tt.partition<mode = global, order = row_major, block = 1, items = 1, cores = 1>
      work #tt.work<x = [0], y = [0], start = [0], count = [1]> {
    // expected-note@below {{declared here}}
    tt.circular_buffer @cb : !tt.cb<4 x !tt.tile<32x32, bf16>> id 0 production 2 order [2, 1] unpack <src>
    tt.func @reader reader {
      // expected-error@below {{'tt.cb_push_back' op counts 0 pages, but '@cb' holds 4}}
      tt.cb_push_back @cb, 0
    }
  }
}

// -----

#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#device) {
  tt.buffer @A : tensor<64x32xbf16> in {argument = 0 : i64}
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute
      partition #tt.partition<mode = global, order = row_major, block = 1, items = 1, cores = 1>
      work #tt.work<x = [0], y = [0], start = [0], count = [1]> {
    tt.circular_buffer @cb : !tt.cb<4 x !tt.tile<32x32, bf16>> id 0 production 2 order [2, 1] unpack <src>
    tt.func @compute compute {
      %c0 = arith.constant 0 : index
      // expected-error@below {{'tt.cb_wait_front' op names '@Q', which is no circular buffer of its program}}
      tt.cb_wait_front @Q, 1
    }
  }
}

// -----

#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#device) {
  tt.buffer @A : tensor<64x32xbf16> in {argument = 0 : i64}
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute
      partition #tt.partition<mode = global, order = row_major, block = 1, items = 1, cores = 1>
      work #tt.work<x = [0], y = [0], start = [0], count = [1]> {
    tt.circular_buffer @cb : !tt.cb<4 x !tt.tile<32x32, bf16>> id 0 production 2 order [2, 1] unpack <src>
    tt.func @compute compute {
      %c0 = arith.constant 0 : index
      // expected-error@below {{'tt.cb_pop_front' op names '@Q', which is no circular buffer of its program}}
      tt.cb_pop_front @Q, 1
    }
  }
}

// -----

#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#device) {
  tt.buffer @A : tensor<64x32xbf16> in {argument = 0 : i64}
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute
      partition #tt.partition<mode = global, order = row_major, block = 1, items = 1, cores = 1>
      work #tt.work<x = [0], y = [0], start = [0], count = [1]> {
    tt.circular_buffer @cb : !tt.cb<4 x !tt.tile<32x32, bf16>> id 0 production 2 order [2, 1] unpack <src>
    tt.func @compute compute {
      %c0 = arith.constant 0 : index
      // expected-error@below {{'tt.reconfig_data_format' op names neither 'srca' nor 'srcb'}}
      tt.reconfig_data_format
    }
  }
}

// -----

#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#device) {
  tt.buffer @A : tensor<64x32xbf16> in {argument = 0 : i64}
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute
      partition #tt.partition<mode = global, order = row_major, block = 1, items = 1, cores = 1>
      work #tt.work<x = [0], y = [0], start = [0], count = [1]> {
    tt.circular_buffer @cb : !tt.cb<4 x !tt.tile<32x32, bf16>> id 0 production 2 order [2, 1] unpack <src>
    tt.func @compute compute {
      %c0 = arith.constant 0 : index
      // expected-error@below {{'tt.reconfig_data_format' op names '@Q', which is no circular buffer of its program}}
      tt.reconfig_data_format srca @cb srcb @Q
    }
  }
}

// -----

#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#device) {
  tt.buffer @A : tensor<64x32xbf16> in {argument = 0 : i64}
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute
      partition #tt.partition<mode = global, order = row_major, block = 1, items = 1, cores = 1>
      work #tt.work<x = [0], y = [0], start = [0], count = [1]> {
    tt.circular_buffer @cb : !tt.cb<4 x !tt.tile<32x32, bf16>> id 0 production 2 order [2, 1] unpack <src>
    tt.func @reader reader {
      %c0 = arith.constant 0 : index
      // expected-error@below {{'tt.runtime_arg' op is an 'address' without a buffer}}
      %a = tt.runtime_arg address
    }
  }
}

// -----

#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#device) {
  tt.buffer @A : tensor<64x32xbf16> in {argument = 0 : i64}
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute
      partition #tt.partition<mode = global, order = row_major, block = 1, items = 1, cores = 1>
      work #tt.work<x = [0], y = [0], start = [0], count = [1]> {
    tt.circular_buffer @cb : !tt.cb<4 x !tt.tile<32x32, bf16>> id 0 production 2 order [2, 1] unpack <src>
    tt.func @reader reader {
      %c0 = arith.constant 0 : index
      // expected-error@below {{'tt.runtime_arg' op has a buffer, which only an 'address' has}}
      %a = tt.runtime_arg count @A
    }
  }
}

// -----

#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#device) {
  tt.buffer @A : tensor<64x32xbf16> in {argument = 0 : i64}
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute
      partition #tt.partition<mode = global, order = row_major, block = 1, items = 1, cores = 1>
      work #tt.work<x = [0], y = [0], start = [0], count = [1]> {
    tt.circular_buffer @cb : !tt.cb<4 x !tt.tile<32x32, bf16>> id 0 production 2 order [2, 1] unpack <src>
    tt.func @reader reader {
      %c0 = arith.constant 0 : index
      // expected-error@below {{'tt.runtime_arg' op names '@Q', which is no buffer of its host}}
      %a = tt.runtime_arg address @Q
    }
  }
}

// -----

#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#device) {
  tt.buffer @A : tensor<64x32xbf16> in {argument = 0 : i64}
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute
      partition #tt.partition<mode = global, order = row_major, block = 1, items = 1, cores = 1>
      work #tt.work<x = [0], y = [0], start = [0], count = [1]> {
    tt.circular_buffer @cb : !tt.cb<4 x !tt.tile<32x32, bf16>> id 0 production 2 order [2, 1] unpack <src>
    tt.func @reader reader {
      %c0 = arith.constant 0 : index
      // expected-error@below {{'tt.runtime_arg' op has one of 'scope' and 'index' without the other}}
      %a = tt.runtime_arg count {index = 0 : i64}
    }
  }
}

// -----

#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#device) {
  tt.buffer @A : tensor<64x32xbf16> in {argument = 0 : i64}
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute
      partition #tt.partition<mode = global, order = row_major, block = 1, items = 1, cores = 1>
      work #tt.work<x = [0], y = [0], start = [0], count = [1]> {
    tt.circular_buffer @cb : !tt.cb<4 x !tt.tile<32x32, bf16>> id 0 production 2 order [2, 1] unpack <src>
    tt.func @reader reader {
      %c0 = arith.constant 0 : index
      // expected-error@below {{'tt.runtime_arg' op has scope 'compile_time'; that is a 'tt.compile_arg'}}
      %a = tt.runtime_arg count {scope = #tt.arg_scope<compile_time>, index = 0 : i64}
    }
  }
}

// -----

#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#device) {
  tt.buffer @A : tensor<64x32xbf16> in {argument = 0 : i64}
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute
      partition #tt.partition<mode = global, order = row_major, block = 1, items = 1, cores = 1>
      work #tt.work<x = [0], y = [0], start = [0], count = [1]> {
    tt.circular_buffer @cb : !tt.cb<4 x !tt.tile<32x32, bf16>> id 0 production 2 order [2, 1] unpack <src>
    tt.func @reader reader {
      %c0 = arith.constant 0 : index
      // expected-error@below {{'tt.tensor_accessor' op names '@Q', which is no buffer of its host}}
      %a = tt.tensor_accessor @Q at %c0
    }
  }
}

// -----

#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#device) {
  tt.buffer @A : tensor<64x32xbf16> in {argument = 0 : i64}
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute
      partition #tt.partition<mode = global, order = row_major, block = 1, items = 1, cores = 1>
      work #tt.work<x = [0], y = [0], start = [0], count = [1]> {
    tt.circular_buffer @cb : !tt.cb<4 x !tt.tile<32x32, bf16>> id 0 production 2 order [2, 1] unpack <src>
    tt.func @reader reader {
      %c0 = arith.constant 0 : index
      // expected-error@below {{'tt.get_write_ptr' op names '@Q', which is no circular buffer of its program}}
      %a = tt.get_write_ptr @Q
    }
  }
}

// -----

#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#device) {
  tt.buffer @A : tensor<64x32xbf16> in {argument = 0 : i64}
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute
      partition #tt.partition<mode = global, order = row_major, block = 1, items = 1, cores = 1>
      work #tt.work<x = [0], y = [0], start = [0], count = [1]> {
    tt.circular_buffer @cb : !tt.cb<4 x !tt.tile<32x32, bf16>> id 0 production 2 order [2, 1] unpack <src>
    tt.func @compute compute {
      %c0 = arith.constant 0 : index
      // expected-error@below {{'tt.hw_startup' op names '@Q', which is no circular buffer of its program}}
      tt.hw_startup @cb, @cb, @Q
    }
  }
}

// -----

#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#device) {
  tt.buffer @A : tensor<64x32xbf16> in {argument = 0 : i64}
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute
      partition #tt.partition<mode = global, order = row_major, block = 1, items = 1, cores = 1>
      work #tt.work<x = [0], y = [0], start = [0], count = [1]> {
    tt.circular_buffer @cb : !tt.cb<4 x !tt.tile<32x32, bf16>> id 0 production 2 order [2, 1] unpack <src>
    tt.func @compute compute {
      %c0 = arith.constant 0 : index
      // expected-error@below {{'tt.matmul_tiles' op names '@Q', which is no circular buffer of its program}}
      tt.matmul_tiles @cb[%c0], @Q[%c0], dst[%c0]
    }
  }
}

// -----

#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#device) {
  tt.buffer @A : tensor<64x32xbf16> in {argument = 0 : i64}
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute
      partition #tt.partition<mode = global, order = row_major, block = 1, items = 1, cores = 1>
      work #tt.work<x = [0], y = [0], start = [0], count = [1]> {
    tt.circular_buffer @cb : !tt.cb<4 x !tt.tile<32x32, bf16>> id 0 production 2 order [2, 1] unpack <src>
    tt.func @compute compute {
      %c0 = arith.constant 0 : index
      // expected-error@below {{'tt.matmul_block_init' op has extents ct 0, rt 1 and kt 1, which must be positive}}
      tt.matmul_block_init @cb, @cb ct 0 rt 1 kt 1
    }
  }
}

// -----

#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#device) {
  tt.buffer @A : tensor<64x32xbf16> in {argument = 0 : i64}
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute
      partition #tt.partition<mode = global, order = row_major, block = 1, items = 1, cores = 1>
      work #tt.work<x = [0], y = [0], start = [0], count = [1]> {
    tt.circular_buffer @cb : !tt.cb<4 x !tt.tile<32x32, bf16>> id 0 production 2 order [2, 1] unpack <src>
    tt.func @compute compute {
      %c0 = arith.constant 0 : index
      // expected-error@below {{'tt.unary_tile' op has 0 parameters, but 'add_scalar' takes 1}}
      tt.unary_tile add_scalar dst[%c0]
    }
  }
}

// -----

#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#device) {
  tt.buffer @A : tensor<64x32xbf16> in {argument = 0 : i64}
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute
      partition #tt.partition<mode = global, order = row_major, block = 1, items = 1, cores = 1>
      work #tt.work<x = [0], y = [0], start = [0], count = [1]> {
    tt.circular_buffer @cb : !tt.cb<4 x !tt.tile<32x32, bf16>> id 0 production 2 order [2, 1] unpack <src>
    tt.func @compute compute {
      %c0 = arith.constant 0 : index
      // expected-error@below {{'tt.pack_tile' op names '@Q', which is no circular buffer of its program}}
      tt.pack_tile dst[%c0], @Q
    }
  }
}

// -----

#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#device) {
  tt.buffer @A : tensor<64x32xbf16> in {argument = 0 : i64}
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute
      partition #tt.partition<mode = global, order = row_major, block = 1, items = 1, cores = 1>
      work #tt.work<x = [0], y = [0], start = [0], count = [1]> {
    tt.circular_buffer @cb : !tt.cb<4 x !tt.tile<32x32, bf16>> id 0 production 2 order [2, 1] unpack <src>
    tt.func @reader reader {
      %c0 = arith.constant 0 : index
      // expected-error@below {{'tt.tile_regs_acquire' op has no place in a reader kernel}}
      tt.tile_regs_acquire
    }
  }
}

// -----

#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#device) {
  tt.buffer @A : tensor<64x32xbf16> in {argument = 0 : i64}
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute
      partition #tt.partition<mode = global, order = row_major, block = 1, items = 1, cores = 1>
      work #tt.work<x = [0], y = [0], start = [0], count = [1]> {
    tt.circular_buffer @cb : !tt.cb<4 x !tt.tile<32x32, bf16>> id 0 production 2 order [2, 1] unpack <src>
    tt.func @compute compute {
      %c0 = arith.constant 0 : index
      // expected-error@below {{'tt.noc_async_read_barrier' op has no place in a compute kernel}}
      tt.noc_async_read_barrier
    }
  }
}
