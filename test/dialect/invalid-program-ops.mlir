// RUN: tt-opt --split-input-file --verify-diagnostics %s

// Programs that contradict themselves, one mistake each.

#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#device) {
  tt.buffer @A : tensor<64x32xbf16> in {argument = 0 : i64}
  // expected-error@below {{'tt.program' op partitions 1 items, but its grid has 4 blocks}}
  tt.program @p grid [2, 2] schedule #tt.schedule compute #tt.compute
      partition #tt.partition<mode = global, order = row_major, block = 1, items = 1, cores = 1>
      work #tt.work<x = [0], y = [0], start = [0], count = [1]> {
    tt.circular_buffer @cb : !tt.cb<4 x !tt.tile<32x32, bf16>> id 0 production 2 order [2, 1] unpack <src>
  }
}

// -----

#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#device) {
  tt.buffer @A : tensor<64x32xbf16> in {argument = 0 : i64}
  // expected-error@below {{'tt.program' op has a grid with 0 blocks along dimension 0}}
  tt.program @p grid [0] schedule #tt.schedule compute #tt.compute
      partition #tt.partition<mode = global, order = row_major, block = 1, items = 0, cores = 1>
      work #tt.work<x = [0], y = [0], start = [0], count = [1]> {
    tt.circular_buffer @cb : !tt.cb<4 x !tt.tile<32x32, bf16>> id 0 production 2 order [2, 1] unpack <src>
  }
}

// -----

#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#device) {
  tt.buffer @A : tensor<64x32xbf16> in {argument = 0 : i64}
  // expected-error@below {{'tt.program' op has a partition in blocks of 0}}
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute
      partition #tt.partition<mode = global, order = row_major, block = 0, items = 1, cores = 1>
      work #tt.work<x = [0], y = [0], start = [0], count = [1]> {
    tt.circular_buffer @cb : !tt.cb<4 x !tt.tile<32x32, bf16>> id 0 production 2 order [2, 1] unpack <src>
  }
}

// -----

#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#device) {
  tt.buffer @A : tensor<64x32xbf16> in {argument = 0 : i64}
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute
      partition #tt.partition<mode = global, order = row_major, block = 1, items = 1, cores = 1>
      // expected-error@below {{work has 2 x, 1 y, 1 start and 1 count}}
      work #tt.work<x = [0, 1], y = [0], start = [0], count = [1]> {
    tt.circular_buffer @cb : !tt.cb<4 x !tt.tile<32x32, bf16>> id 0 production 2 order [2, 1] unpack <src>
  }
}

// -----

#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#device) {
  tt.buffer @A : tensor<64x32xbf16> in {argument = 0 : i64}
  // expected-error@below {{'tt.program' op has no cores}}
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute
      partition #tt.partition<mode = global, order = row_major, block = 1, items = 1, cores = 1>
      work #tt.work<x = [], y = [], start = [], count = []> {
    tt.circular_buffer @cb : !tt.cb<4 x !tt.tile<32x32, bf16>> id 0 production 2 order [2, 1] unpack <src>
  }
}

// -----

#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#device) {
  tt.buffer @A : tensor<64x32xbf16> in {argument = 0 : i64}
  // expected-error@below {{'tt.program' op gives work to core (8, 0), but the device has 8x8 cores}}
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute
      partition #tt.partition<mode = global, order = row_major, block = 1, items = 1, cores = 1>
      work #tt.work<x = [8], y = [0], start = [0], count = [1]> {
    tt.circular_buffer @cb : !tt.cb<4 x !tt.tile<32x32, bf16>> id 0 production 2 order [2, 1] unpack <src>
  }
}

// -----

#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#device) {
  tt.buffer @A : tensor<64x32xbf16> in {argument = 0 : i64}
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute
      partition #tt.partition<mode = global, order = row_major, block = 1, items = 1, cores = 1>
      // expected-error@below {{work gives core (1, 0) -1 items from 0}}
      work #tt.work<x = [1], y = [0], start = [0], count = [-1]> {
    tt.circular_buffer @cb : !tt.cb<4 x !tt.tile<32x32, bf16>> id 0 production 2 order [2, 1] unpack <src>
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
    // expected-error@below {{'arith.constant' op has no place in a program, which holds circular buffers, semaphores and kernels}}
    %c = arith.constant 0 : index
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
    // expected-note@below {{the other is here}}
    tt.func @reader reader {
    }
    // expected-error@below {{'tt.func' op is the second reader of its program}}
    tt.func @other reader {
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
    // expected-note@below {{the other is here}}
    tt.circular_buffer @a : !tt.cb<2 x !tt.tile<32x32, bf16>> id 3 production 1 order [1, 1] unpack <src>
    // expected-error@below {{'tt.circular_buffer' op has id 3 of another circular buffer}}
    tt.circular_buffer @b : !tt.cb<2 x !tt.tile<32x32, bf16>> id 3 production 1 order [1, 1] unpack <src>
  }
}

// -----

#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#device) {
  tt.buffer @A : tensor<64x32xbf16> in {argument = 0 : i64}
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute
      partition #tt.partition<mode = global, order = row_major, block = 1, items = 1, cores = 1>
      work #tt.work<x = [0], y = [0], start = [0], count = [1]> {
    // expected-error@below {{'tt.circular_buffer' op holds 5 pages, which is no multiple of its production of 2}}
    tt.circular_buffer @a : !tt.cb<5 x !tt.tile<32x32, bf16>> id 0 production 2 order [1, 1] unpack <src>
  }
}

// -----

#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#device) {
  tt.buffer @A : tensor<64x32xbf16> in {argument = 0 : i64}
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute
      partition #tt.partition<mode = global, order = row_major, block = 1, items = 1, cores = 1>
      work #tt.work<x = [0], y = [0], start = [0], count = [1]> {
    // expected-error@below {{'tt.circular_buffer' op has id 32, but a core of the device has 32 circular buffers}}
    tt.circular_buffer @a : !tt.cb<4 x !tt.tile<32x32, bf16>> id 32 production 2 order [1, 1] unpack <src>
  }
}

// -----

#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#device) {
  tt.buffer @A : tensor<64x32xbf16> in {argument = 0 : i64}
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute
      partition #tt.partition<mode = global, order = row_major, block = 1, items = 1, cores = 1>
      work #tt.work<x = [0], y = [0], start = [0], count = [1]> {
    // expected-error@below {{'tt.circular_buffer' op needs an order of two positive numbers, the rows and columns of a sub-block in tiles}}
    tt.circular_buffer @a : !tt.cb<4 x !tt.tile<32x32, bf16>> id 0 production 2 order [2] unpack <src>
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
    // expected-error@below {{'tt.func' op has 'common_args' 0 'address' without a buffer}}
    tt.func @reader reader attributes {common_args = [#tt.arg<address>]} {
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
    // expected-error@below {{'tt.func' op has 'core_args' 1 'count' with a buffer}}
    tt.func @reader reader attributes {core_args = [#tt.arg<start_id>, #tt.arg<count, buffer = @A>]} {
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
    // expected-error@below {{'tt.func' op names '@Q', which is no buffer of its host}}
    tt.func @reader reader attributes {common_args = [#tt.arg<address, buffer = @Q>]} {
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
    // expected-error@below {{'tt.func' op names '@Q', which is no buffer of its host}}
    tt.func @reader reader attributes {accessors = [@A, @Q]} {
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
    // expected-error@below {{'tt.func' op is a compute kernel, which has no accessors}}
    tt.func @compute compute attributes {accessors = [@A]} {
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
    tt.func @writer writer {
      %c0 = arith.constant 0 : index
      // expected-error@below {{'tt.fetch_block' op belongs in a reader kernel}}
      tt.fetch_block @A[%c0, %c0] to @cb shape [2, 1]
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
      // expected-error@below {{'tt.store_block' op belongs in a writer kernel}}
      tt.store_block @cb to @A[%c0, %c0] shape [2, 1]
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
      // expected-error@below {{'tt.fetch_block' op names '@Q', which is no buffer of its host}}
      tt.fetch_block @Q[%c0, %c0] to @cb shape [2, 1]
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
      // expected-error@below {{'tt.fetch_block' op names '@Q', which is no circular buffer of its program}}
      tt.fetch_block @A[%c0, %c0] to @Q shape [2, 1]
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
      // expected-error@below {{'tt.fetch_block' op has 1 offsets into a buffer of rank 2}}
      tt.fetch_block @A[%c0] to @cb shape [2, 1]
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
      // expected-error@below {{'tt.fetch_block' op needs a shape of two positive numbers, the rows and columns of the block in tiles}}
      tt.fetch_block @A[%c0, %c0] to @cb shape [2]
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
    tt.func @writer writer {
      %c0 = arith.constant 0 : index
      // expected-error@below {{'tt.store_block' op moves 3 tiles, but '@cb' is filled 2 pages at a time}}
      tt.store_block @cb to @A[%c0, %c0] shape [3, 1]
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
      // expected-error@below {{'tt.front_block' op names '@Q', which is no circular buffer of its program}}
      %x = tt.front_block @Q : tensor<2x1x!tt.tile<32x32, bf16>>
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
      // expected-error@below {{'tt.front_block' op is no block of '!tt.tile<32x32, bf16>', which its circular buffer holds}}
      %x = tt.front_block @cb : tensor<2x1x!tt.tile<32x32, f32>>
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
    tt.func @writer writer {
      %c0 = arith.constant 0 : index
      // expected-error@below {{'tt.store_block' op moves more tiles than 64 bits count}}
      tt.store_block @cb to @A[%c0, %c0] shape [4294967296, 4294967296]
    }
  }
}

// -----

#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#device) {
  // expected-error@below {{'tt.program' op has a grid of more than 2147483647 blocks}}
  tt.program @p grid [4294967296, 4294967296] schedule #tt.schedule compute #tt.compute
      partition #tt.partition<mode = global, order = row_major, block = 1, items = 1, cores = 1>
      work #tt.work<x = [0], y = [0], start = [0], count = [1]> {
  }
}
