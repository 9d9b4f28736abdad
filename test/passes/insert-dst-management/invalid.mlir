// RUN: tt-opt --tt-insert-dst-management --split-input-file --verify-diagnostics %s

// A section that was not cut.
!bf = !tt.tile<32x32, bf16>
!f = !tt.tile<32x32, f32>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 8, cols = 8, page_bytes = 2048>

tt.host @h device(#device) {
  tt.buffer @A : tensor<256x256xbf16> in {argument = 0 : i64, info = #info, accessor = #tt.accessor_info<batch_stride = 0, row_stride = 8, pages = 64, sharded = false>}
  tt.buffer @B : tensor<256x256xbf16> in {argument = 1 : i64, info = #info, accessor = #tt.accessor_info<batch_stride = 0, row_stride = 8, pages = 64, sharded = false>}
  tt.buffer @C : tensor<256x256xbf16> out {argument = 2 : i64, info = #info, accessor = #tt.accessor_info<batch_stride = 0, row_stride = 8, pages = 64, sharded = false>}
  tt.program @p grid [2, 1] schedule #tt.schedule compute #tt.compute partition <mode = global, order = row_major, block = 1, items = 2, cores = 2> work <x = [0, 1], y = [0, 0], start = [0, 1], count = [1, 1]> {
    tt.circular_buffer @cb_A : !tt.cb<9 x !bf> id 0 production 9 order [3, 3] unpack <src>
    tt.circular_buffer @cb_C : !tt.cb<9 x !bf> id 16 production 9 order [3, 3] unpack <src>
    tt.func @compute compute {
      %c0 = arith.constant 0 : index
      %a = tt.front_block @cb_A : tensor<3x3x!bf>
      // expected-error @below {{needs more than 8 tile registers; run tt-build-tile-dfg to cut it}}
      tt.section grid [1, 1] to [@cb_C] {
      ^bb0(%r: index, %c: index):
        %e = tt.unary exp %a : tensor<3x3x!bf> {unit = #tt.unit<sfpu>}
        tt.yield %e : tensor<3x3x!bf>
      }
    }
  }
}

// -----

// A block that was computed outside the section.
!bf = !tt.tile<32x32, bf16>
!f = !tt.tile<32x32, f32>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 8, cols = 8, page_bytes = 2048>

tt.host @h device(#device) {
  tt.buffer @A : tensor<256x256xbf16> in {argument = 0 : i64, info = #info, accessor = #tt.accessor_info<batch_stride = 0, row_stride = 8, pages = 64, sharded = false>}
  tt.buffer @B : tensor<256x256xbf16> in {argument = 1 : i64, info = #info, accessor = #tt.accessor_info<batch_stride = 0, row_stride = 8, pages = 64, sharded = false>}
  tt.buffer @C : tensor<256x256xbf16> out {argument = 2 : i64, info = #info, accessor = #tt.accessor_info<batch_stride = 0, row_stride = 8, pages = 64, sharded = false>}
  tt.program @p grid [2, 1] schedule #tt.schedule compute #tt.compute partition <mode = global, order = row_major, block = 1, items = 2, cores = 2> work <x = [0, 1], y = [0, 0], start = [0, 1], count = [1, 1]> {
    tt.circular_buffer @cb_A : !tt.cb<4 x !bf> id 0 production 4 order [2, 2] unpack <src>
    tt.circular_buffer @cb_C : !tt.cb<4 x !bf> id 16 production 4 order [2, 2] unpack <src>
    tt.func @compute compute {
      %c0 = arith.constant 0 : index
      %a = tt.front_block @cb_A : tensor<2x2x!bf>
      %w = tt.unary exp %a : tensor<2x2x!bf>
      tt.section grid [1, 1] to [@cb_C] {
      ^bb0(%r: index, %c: index):
        // expected-error @below {{takes a block from outside its section that is in no circular buffer; run tt-build-tile-dfg and tt-split-device-kernel first}}
        %e = tt.unary exp %w : tensor<2x2x!bf> {unit = #tt.unit<sfpu>}
        tt.yield %e : tensor<2x2x!bf>
      }
    }
  }
}

// -----

// A product of what is in tile registers.
!bf = !tt.tile<32x32, bf16>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @h device(#device) {
  tt.buffer @C : tensor<256x256xbf16> out {argument = 0 : i64}
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute partition <mode = global, order = row_major, block = 1, items = 1, cores = 1> work <x = [0], y = [0], start = [0], count = [1]> {
    tt.circular_buffer @cb_A : !tt.cb<1 x !bf> id 0 production 1 order [1, 1] unpack <src>
    tt.circular_buffer @cb_B : !tt.cb<1 x !bf> id 1 production 1 order [1, 1] unpack <src>
    tt.circular_buffer @cb_C : !tt.cb<1 x !bf> id 16 production 1 order [1, 1] unpack <src>
    tt.func @compute compute {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %c8 = arith.constant 8 : index
      %a = tt.front_block @cb_A : tensor<1x1x!bf>
      %b = tt.front_block @cb_B : tensor<1x1x!bf>
      tt.section grid [1, 1] to [@cb_C] {
      ^bb0(%r: index, %c: index):
        %e = tt.unary exp %a : tensor<1x1x!bf> {unit = #tt.unit<sfpu>}
        %z = tt.fill 0.0 : tensor<1x1x!bf>
        // expected-error @below {{takes an operand from tile registers, but the matrix engine reads both from circular buffers}}
        %m = tt.mma %e, %b, %z : tensor<1x1x!bf>, tensor<1x1x!bf> -> tensor<1x1x!bf>
        tt.yield %m : tensor<1x1x!bf>
      }
    }
  }
}

// -----

// A reduction of what is in tile registers.
!bf = !tt.tile<32x32, bf16>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @h device(#device) {
  tt.buffer @C : tensor<256x256xbf16> out {argument = 0 : i64}
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute partition <mode = global, order = row_major, block = 1, items = 1, cores = 1> work <x = [0], y = [0], start = [0], count = [1]> {
    tt.circular_buffer @cb_A : !tt.cb<1 x !bf> id 0 production 1 order [1, 1] unpack <src>
    tt.circular_buffer @cb_B : !tt.cb<1 x !bf> id 1 production 1 order [1, 1] unpack <src>
    tt.circular_buffer @cb_C : !tt.cb<1 x !bf> id 16 production 1 order [1, 1] unpack <src>
    tt.func @compute compute {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %c8 = arith.constant 8 : index
      %a = tt.front_block @cb_A : tensor<1x1x!bf>
      %b = tt.front_block @cb_B : tensor<1x1x!bf>
      tt.section grid [1, 1] to [@cb_C] {
      ^bb0(%r: index, %c: index):
        %e = tt.unary exp %a : tensor<1x1x!bf> {unit = #tt.unit<sfpu>}
        // expected-error @below {{takes its operand from tile registers, but the matrix engine reads it from a circular buffer}}
        %m = tt.reduce sum row %e by %b : tensor<1x1x!bf>, : tensor<1x1x!bf> to tensor<1x1x!bf>
        tt.yield %m : tensor<1x1x!bf>
      }
    }
  }
}

// -----

// A transposition of what is in tile registers.
!bf = !tt.tile<32x32, bf16>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @h device(#device) {
  tt.buffer @C : tensor<256x256xbf16> out {argument = 0 : i64}
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute partition <mode = global, order = row_major, block = 1, items = 1, cores = 1> work <x = [0], y = [0], start = [0], count = [1]> {
    tt.circular_buffer @cb_A : !tt.cb<1 x !bf> id 0 production 1 order [1, 1] unpack <src>
    tt.circular_buffer @cb_B : !tt.cb<1 x !bf> id 1 production 1 order [1, 1] unpack <src>
    tt.circular_buffer @cb_C : !tt.cb<1 x !bf> id 16 production 1 order [1, 1] unpack <src>
    tt.func @compute compute {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %c8 = arith.constant 8 : index
      %a = tt.front_block @cb_A : tensor<1x1x!bf>
      %b = tt.front_block @cb_B : tensor<1x1x!bf>
      tt.section grid [1, 1] to [@cb_C] {
      ^bb0(%r: index, %c: index):
        %e = tt.unary exp %a : tensor<1x1x!bf> {unit = #tt.unit<sfpu>}
        // expected-error @below {{takes its operand from tile registers, but the unpacker reads it from a circular buffer}}
        %m = tt.transpose %e : tensor<1x1x!bf> to tensor<1x1x!bf>
        tt.yield %m : tensor<1x1x!bf>
      }
    }
  }
}

// -----

// A loop in a section that carries more than an accumulator.
!bf = !tt.tile<32x32, bf16>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @h device(#device) {
  tt.buffer @C : tensor<256x256xbf16> out {argument = 0 : i64}
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute partition <mode = global, order = row_major, block = 1, items = 1, cores = 1> work <x = [0], y = [0], start = [0], count = [1]> {
    tt.circular_buffer @cb_A : !tt.cb<1 x !bf> id 0 production 1 order [1, 1] unpack <src>
    tt.circular_buffer @cb_B : !tt.cb<1 x !bf> id 1 production 1 order [1, 1] unpack <src>
    tt.circular_buffer @cb_C : !tt.cb<1 x !bf> id 16 production 1 order [1, 1] unpack <src>
    tt.func @compute compute {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %c8 = arith.constant 8 : index
      %a = tt.front_block @cb_A : tensor<1x1x!bf>
      %b = tt.front_block @cb_B : tensor<1x1x!bf>
      tt.section grid [1, 1] to [@cb_C] {
      ^bb0(%r: index, %c: index):
        %z = tt.fill 0.0 : tensor<1x1x!bf>
        // expected-error @below {{carries a value in tile registers that is not an accumulator}}
        %m = scf.for %k = %c0 to %c8 step %c1 iter_args(%x = %z) -> (tensor<1x1x!bf>) {
          %y = tt.binary add %x, %a : tensor<1x1x!bf> {unit = #tt.unit<reuse_a>}
          scf.yield %y : tensor<1x1x!bf>
        }
        tt.yield %m : tensor<1x1x!bf>
      }
    }
  }
}

// -----

// An op whose unit was not chosen.
!bf = !tt.tile<32x32, bf16>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>

tt.host @h device(#device) {
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute partition <mode = global, order = row_major, block = 1, items = 1, cores = 1> work <x = [0], y = [0], start = [0], count = [1]> {
    tt.circular_buffer @cb_A : !tt.cb<1 x !bf> id 0 production 1 order [1, 1] unpack <src>
    tt.circular_buffer @cb_C : !tt.cb<1 x !bf> id 16 production 1 order [1, 1] unpack <src>
    tt.func @compute compute {
      %a = tt.front_block @cb_A : tensor<1x1x!bf>
      tt.section grid [1, 1] to [@cb_C] {
      ^bb0(%r: index, %c: index):
        // expected-error @below {{'tt.binary' op has no unit yet; run tt-build-tile-dfg first}}
        %y = tt.binary add %a, %a : tensor<1x1x!bf>
        tt.yield %y : tensor<1x1x!bf>
      }
    }
  }
}

// -----

// Operands of the FPU that are in tile registers.
!bf = !tt.tile<32x32, bf16>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>

tt.host @h device(#device) {
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute partition <mode = global, order = row_major, block = 1, items = 1, cores = 1> work <x = [0], y = [0], start = [0], count = [1]> {
    tt.circular_buffer @cb_A : !tt.cb<1 x !bf> id 0 production 1 order [1, 1] unpack <src>
    tt.circular_buffer @cb_C : !tt.cb<1 x !bf> id 16 production 1 order [1, 1] unpack <src>
    tt.func @compute compute {
      %a = tt.front_block @cb_A : tensor<1x1x!bf>
      tt.section grid [1, 1] to [@cb_C] {
      ^bb0(%r: index, %c: index):
        %e = tt.unary exp %a : tensor<1x1x!bf> {unit = #tt.unit<sfpu>}
        // expected-error @below {{'tt.binary' op takes its operand from tile registers, but the FPU reads it from a circular buffer}}
        %y = tt.binary add %a, %e : tensor<1x1x!bf> {unit = #tt.unit<fpu>}
        tt.yield %y : tensor<1x1x!bf>
      }
    }
  }
}

// -----

// The operand that the FPU unpacks is in tile registers.
!bf = !tt.tile<32x32, bf16>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>

tt.host @h device(#device) {
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute partition <mode = global, order = row_major, block = 1, items = 1, cores = 1> work <x = [0], y = [0], start = [0], count = [1]> {
    tt.circular_buffer @cb_A : !tt.cb<1 x !bf> id 0 production 1 order [1, 1] unpack <src>
    tt.circular_buffer @cb_C : !tt.cb<1 x !bf> id 16 production 1 order [1, 1] unpack <src>
    tt.func @compute compute {
      %a = tt.front_block @cb_A : tensor<1x1x!bf>
      tt.section grid [1, 1] to [@cb_C] {
      ^bb0(%r: index, %c: index):
        %e = tt.unary exp %a : tensor<1x1x!bf> {unit = #tt.unit<sfpu>}
        // expected-error @below {{'tt.binary' op takes its operand from tile registers, but the FPU reads it from a circular buffer}}
        %y = tt.binary add %e, %e : tensor<1x1x!bf> {unit = #tt.unit<reuse_a>}
        tt.yield %y : tensor<1x1x!bf>
      }
    }
  }
}

// -----

// A scaler that is in tile registers.
!bf = !tt.tile<32x32, bf16>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>

tt.host @h device(#device) {
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute partition <mode = global, order = row_major, block = 1, items = 1, cores = 1> work <x = [0], y = [0], start = [0], count = [1]> {
    tt.circular_buffer @cb_A : !tt.cb<1 x !bf> id 0 production 1 order [1, 1] unpack <src>
    tt.circular_buffer @cb_C : !tt.cb<1 x !bf> id 16 production 1 order [1, 1] unpack <src>
    tt.func @compute compute {
      %a = tt.front_block @cb_A : tensor<1x1x!bf>
      tt.section grid [1, 1] to [@cb_C] {
      ^bb0(%r: index, %c: index):
        %s = tt.unary exp %a : tensor<1x1x!bf> {unit = #tt.unit<sfpu>}
        // expected-error @below {{'tt.reduce' op takes its operand from tile registers, but the matrix engine reads it from a circular buffer}}
        %y = tt.reduce sum row %a by %s : tensor<1x1x!bf>, : tensor<1x1x!bf> to tensor<1x1x!bf>
        tt.yield %y : tensor<1x1x!bf>
      }
    }
  }
}

// -----

// A block of more tiles than an int counts.
!bf = !tt.tile<32x32, bf16>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>

tt.host @h device(#device) {
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute partition <mode = global, order = row_major, block = 1, items = 1, cores = 1> work <x = [0], y = [0], start = [0], count = [1]> {
    tt.circular_buffer @cb_A : !tt.cb<1 x !bf> id 0 production 1 order [1, 1] unpack <src>
    tt.circular_buffer @cb_C : !tt.cb<1 x !bf> id 16 production 1 order [1, 1] unpack <src>
    tt.func @compute compute {
      // expected-error @below {{'tt.front_block' op makes a block of 65536x65536 tiles, more than any core holds}}
      // expected-note @below {{a block lies in the L1 of a core, which holds a few hundred tiles}}
      %a = tt.front_block @cb_A : tensor<65536x65536x!bf>
      tt.section grid [1, 1] to [@cb_C] {
      ^bb0(%r: index, %c: index):
        %y = tt.unary exp %a : tensor<65536x65536x!bf> {unit = #tt.unit<sfpu>}
        tt.yield %y : tensor<65536x65536x!bf>
      }
    }
  }
}
