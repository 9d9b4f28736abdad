// Each diagnostic of the pass, at the op that cannot be lowered.
// RUN: tt-opt --tt-lower-tile-intrinsics -split-input-file -verify-diagnostics %s

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
tt.host @f device(#wh) {
  tt.buffer @X : tensor<640x640xf32> in {argument = 0 : i64}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %c40 = arith.constant 40 : index
    // expected-error @below {{'tt.read_block' op has offset 1 that is not known to be a multiple of 32 elements, the tile}}
    // expected-note @below {{its constant part is 40}}
    %x = tt.read_block @X[%c0, %c40] : tensor<64x64xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
tt.host @f device(#wh) {
  tt.buffer @X : tensor<640x640xf32> in {argument = 0 : i64}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %c4 = arith.constant 4 : index
    %c1 = arith.constant 1 : index
    // expected-note @below {{this index is in it 48 times; a multiple of 32 times would do}}
    scf.for %k = %c0 to %c4 step %c1 {
      %o = affine.apply affine_map<(d0, d1) -> (d0 * 48 + d1 * 64)>(%k, %i)
      // expected-error @below {{'tt.read_block' op has offset 0 that is not known to be a multiple of 32 elements, the tile}}
      %x = tt.read_block @X[%o, %c0] : tensor<64x64xf32>
    }
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
tt.host @f device(#wh) {
  tt.buffer @X : tensor<64x64xf32> in {argument = 0 : i64}
  tt.buffer @Z : tensor<64x64xf32> out {argument = 1 : i64}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    // expected-error @below {{'tt.read_block' op has the block 'tensor<64x?xf32>', whose size is not known at compile time}}
    // expected-note @below {{give the block a static size; the shape of the whole problem may be ragged, that of a block may not}}
    %x = tt.read_block @X[%c0, %c0] : tensor<64x?xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
tt.host @f device(#wh) {
  tt.buffer @X : tensor<64x64xf64> in {argument = 0 : i64}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    // expected-error @below {{'tt.read_block' op has the block 'tensor<64x64xf64>', whose elements no tile can hold}}
    // expected-note @below {{tiles hold f32, bf16, f16 and 32-bit integers}}
    %x = tt.read_block @X[%c0, %c0] : tensor<64x64xf64>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
tt.host @f device(#wh) {
  tt.buffer @X : tensor<4x64x64xf32> in {argument = 0 : i64}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    // expected-error @below {{'tt.read_block' op has the block 'tensor<2x64x64xf32>', with more than one matrix in it}}
    // expected-note @below {{make every dim before the last two 1: one batch entry per block, more of them in the grid or in a loop}}
    %x = tt.read_block @X[%c0, %c0, %c0] : tensor<2x64x64xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
tt.host @f device(#wh) {
  tt.buffer @X : tensor<64x64xf32> in {argument = 0 : i64}
  tt.buffer @Z : tensor<64x64xf32> out {argument = 1 : i64}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %cb = tt.alloc_cb : !tt.cb<8 x !tt.tile<16x32, f32>> {production = 8 : i64}
    // expected-error @below {{'tt.read_block' op moves tiles of 16x32}}
    // expected-note @below {{tiles of 32x32 are supported; leave the tile out of the buffer's layout}}
    %x = tt.read_block @X[%c0, %c0] via %cb !tt.cb<8 x !tt.tile<16x32, f32>> : tensor<64x64xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
tt.host @f device(#wh) {
  tt.buffer @X : tensor<64x64xf32> in {argument = 0 : i64}
  tt.buffer @Z : tensor<64x64xf32> out {argument = 1 : i64}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %x = tt.read_block @X[%c0, %c0] : tensor<64x64xf32>
    %e = tensor.empty() : tensor<64x64xf32>
    %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<64x64xf32>) outs(%e : tensor<64x64xf32>) {
    ^bb0(%a: f32, %o: f32):
      // expected-error @below {{'arith.remf' op has no row in the op table, and no composition of its functions is known for it}}
      // expected-note @below {{element-wise bodies may use + - * / max min, comparisons and selections, casts, and the functions of math that the op table names as sources}}
      %0 = arith.remf %a, %o : f32
      linalg.yield %0 : f32
    } -> tensor<64x64xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
tt.host @f device(#wh) {
  tt.buffer @X : tensor<64x64xf32> in {argument = 0 : i64}
  tt.buffer @Z : tensor<64x64xf32> out {argument = 1 : i64}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %x = tt.read_block @X[%c0, %c0] : tensor<64x64xf32>
    %e = tensor.empty() : tensor<64x64xf32>
    %n = arith.index_cast %i : index to i32
    // expected-note @below {{computed here at run time; scalars of element-wise bodies are constants, or elements of a block}}
    %s = arith.sitofp %n : i32 to f32
    // expected-error @below {{'linalg.generic' op uses a scalar that is not a constant}}
    %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<64x64xf32>) outs(%e : tensor<64x64xf32>) {
    ^bb0(%a: f32, %o: f32):
      %0 = arith.addf %a, %s : f32
      linalg.yield %0 : f32
    } -> tensor<64x64xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
tt.host @f device(#wh) {
  tt.buffer @X : tensor<64x64xf32> in {argument = 0 : i64}
  tt.buffer @Z : tensor<64x64xf32> out {argument = 1 : i64}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %x = tt.read_block @X[%c0, %c0] : tensor<64x64xf32>
    %e = tensor.empty() : tensor<64x64xf32>
    %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<64x64xf32>) outs(%e : tensor<64x64xf32>) {
    ^bb0(%a: f32, %o: f32):
      // expected-error @below {{'arith.cmpf' op compares with the predicate 'ord', which the hardware has not}}
      // expected-note @below {{oeq, ogt, oge, olt, ole, une and the unordered forms of the four orders are supported}}
      %0 = arith.cmpf ord, %a, %o : f32
      %1 = arith.select %0, %a, %o : f32
      linalg.yield %1 : f32
    } -> tensor<64x64xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
tt.host @f device(#wh) {
  tt.buffer @X : tensor<64x64xf32> in {argument = 0 : i64}
  tt.buffer @Z : tensor<64x64xf32> out {argument = 1 : i64}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %x = tt.read_block @X[%c0, %c0] : tensor<64x64xf32>
    %e = tensor.empty() : tensor<64xf32>
    // expected-error @below {{'linalg.generic' op reduces in a way that the hardware has not}}
    // expected-note @below {{a reduction adds its elements, or takes the maximum or the minimum: the body must yield one of these of the destination's element and a value that does not use it}}
    %r = linalg.generic {indexing_maps = [#id, affine_map<(d0, d1) -> (d0)>], iterator_types = ["parallel", "reduction"]} ins(%x : tensor<64x64xf32>) outs(%e : tensor<64xf32>) {
    ^bb0(%a: f32, %o: f32):
      %0 = arith.mulf %a, %o : f32
      linalg.yield %0 : f32
    } -> tensor<64xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
tt.host @f device(#wh) {
  tt.buffer @X : tensor<64x64xf32> in {argument = 0 : i64}
  tt.buffer @Z : tensor<64x64xf32> out {argument = 1 : i64}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %x = tt.read_block @X[%c0, %c0] : tensor<64x64xf32>
    %e = tensor.empty() : tensor<62x62xf32>
    %f = tensor.empty() : tensor<3x3xf32>
    // expected-error @below {{'linalg.conv_2d' op reads or writes operand 0 through a map that is not a selection of loops}}
    // expected-note @below {{convolutions, poolings and windows are not supported; each dim of an operand must be one loop, or 0 where its size is 1}}
    %r = linalg.conv_2d ins(%x, %f : tensor<64x64xf32>, tensor<3x3xf32>) outs(%e : tensor<62x62xf32>) -> tensor<62x62xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
tt.host @f device(#wh) {
  tt.buffer @X : tensor<64x64xf32> in {argument = 0 : i64}
  tt.buffer @Z : tensor<64x64xf32> out {argument = 1 : i64}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %x = tt.read_block @X[%c0, %c0] : tensor<64x64xf32>
    // expected-error @below {{'tensor.extract_slice' op is not supported in a kernel}}
    // expected-note @below {{blocks are computed by linalg ops with element-wise, contracting or reducing bodies, in scf.for and scf.if; parts of a block are read from its buffer}}
    %r = tensor.extract_slice %x[0, 0] [32, 64] [1, 1] : tensor<64x64xf32> to tensor<32x64xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
tt.host @f device(#wh) {
  tt.buffer @X : tensor<64x64xf32> in {argument = 0 : i64}
  tt.buffer @Z : tensor<64x64xf32> out {argument = 1 : i64}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    // expected-error @below {{'arith.constant' op is a block with different constant elements}}
    // expected-note @below {{a constant block has one number in all elements; pass other data as an argument}}
    %k = arith.constant dense<[[1.0, 2.0]]> : tensor<1x2xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
tt.host @f device(#wh) {
  tt.buffer @X : tensor<64x64xf32> in {argument = 0 : i64}
  tt.buffer @Z : tensor<64x64xf32> out {argument = 1 : i64}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %x = tt.read_block @X[%c0, %c0] : tensor<64x64xf32>
    // expected-error @below {{'tensor.collapse_shape' op moves elements from one tile to another}}
    // expected-note @below {{reshapes that add or drop dims of 1 are supported; others are made on the buffer, before the kernel}}
    %r = tensor.collapse_shape %x [[0, 1]] : tensor<64x64xf32> into tensor<4096xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
tt.host @f device(#wh) {
  tt.buffer @X : tensor<64x64xf32> in {argument = 0 : i64}
  tt.buffer @Z : tensor<64x64xf32> out {argument = 1 : i64}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %x = tt.read_block @X[%c0, %c0] : tensor<64x64xf32>
    // expected-error @below {{'tensor.empty' op has the block 'tensor<64x64x64xf32>', with more than one matrix in it}}
    // expected-note @below {{make every dim before the last two 1: one batch entry per block, more of them in the grid or in a loop}}
    %b = tensor.empty() : tensor<64x64x64xf32>
    %r = linalg.broadcast ins(%x : tensor<64x64xf32>) outs(%b : tensor<64x64x64xf32>) dimensions = [0]
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
tt.host @f device(#wh) {
  tt.buffer @X : tensor<64x64xf32> in {argument = 0 : i64}
  tt.buffer @Z : tensor<64x64xf32> out {argument = 1 : i64}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %x = tt.read_block @X[%c0, %c0] : tensor<64x64xf32>
    %e = tensor.empty() : tensor<64xf32>
    %z = arith.constant dense<0.0> : tensor<f32>
    // expected-error @below {{'linalg.generic' op reduces over loops that do not lie in one matrix}}
    // expected-note @below {{reduce the rows, the columns or all of a matrix; several reductions in a row do more}}
    %r = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1)>, affine_map<(d0, d1, d2) -> (d1, d2)>, affine_map<(d0, d1, d2) -> (d2)>], iterator_types = ["reduction", "reduction", "parallel"]}
        ins(%x, %x : tensor<64x64xf32>, tensor<64x64xf32>) outs(%e : tensor<64xf32>) {
    ^bb0(%a: f32, %b: f32, %o: f32):
      %0 = arith.mulf %a, %b : f32
      %1 = arith.addf %0, %o : f32
      linalg.yield %1 : f32
    } -> tensor<64xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
tt.host @f device(#wh) {
  tt.buffer @V : tensor<2048xf32> in {argument = 0 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = f32, tile_height = 32, tile_width = 32, batch = 1, rows = 1, cols = 2, page_bytes = 4096, packed = true>}
  tt.buffer @W : tensor<2048xf32> in {argument = 1 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = f32, tile_height = 32, tile_width = 32, batch = 1, rows = 1, cols = 2, page_bytes = 4096>}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    // expected-error @below {{a 1-D block is used both with 1-D blocks that fill whole tiles and as a row or column}}
    // expected-note @below {{give its buffer the shape 1xN or Nx1}}
    %v = tt.read_block @V[%c0] : tensor<2048xf32>
    %w = tt.read_block @W[%c0] : tensor<2048xf32>
    %r = linalg.add ins(%v, %w : tensor<2048xf32>, tensor<2048xf32>) outs(%v : tensor<2048xf32>) -> tensor<2048xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
tt.host @f device(#wh) {
  tt.buffer @X : tensor<64x64xf32> in {argument = 0 : i64}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %x = tt.read_block @X[%c0, %c0] : tensor<64x64xf32>
    %e = tensor.empty() : tensor<64x64xf32>
    %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<64x64xf32>) outs(%e : tensor<64x64xf32>) {
    ^bb0(%a: f32, %o: f32):
      // expected-error @below {{'arith.extf' op casts to 'f64', which no tile can hold}}
      %0 = arith.extf %a : f32 to f64
      %1 = arith.truncf %0 : f64 to f32
      linalg.yield %1 : f32
    } -> tensor<64x64xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
tt.host @f device(#wh) {
  tt.buffer @X : tensor<64x64xi32> in {argument = 0 : i64}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %x = tt.read_block @X[%c0, %c0] : tensor<64x64xi32>
    %e = tensor.empty() : tensor<64x64xi32>
    %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<64x64xi32>) outs(%e : tensor<64x64xi32>) {
    ^bb0(%a: i32, %o: i32):
      // expected-error @below {{'arith.trunci' op has no row in the op table, and no composition of its functions is known for it}}
      // expected-note @below {{element-wise bodies may use}}
      %1 = arith.trunci %a : i32 to i1
      %0 = arith.extui %1 : i1 to i32
      linalg.yield %0 : i32
    } -> tensor<64x64xi32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
tt.host @f device(#wh) {
  tt.buffer @X : tensor<64x64xf32> in {argument = 0 : i64}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %x = tt.read_block @X[%c0, %c0] : tensor<64x64xf32>
    %e = tensor.empty() : tensor<64x64xf32>
    %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<64x64xf32>) outs(%e : tensor<64x64xf32>) {
    ^bb0(%a: f32, %o: f32):
      %n = arith.fptosi %a : f32 to i32
      // expected-error @below {{'math.fpowi' op has an exponent that is not a constant}}
      %0 = math.fpowi %a, %n : f32, i32
      linalg.yield %0 : f32
    } -> tensor<64x64xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
tt.host @f device(#wh) {
  tt.buffer @X : tensor<64x64xf32> in {argument = 0 : i64}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %x = tt.read_block @X[%c0, %c0] : tensor<64x64xf32>
    %e = tensor.empty() : tensor<64x64xf32>
    // expected-error @below {{'linalg.generic' op reads an operand along a loop that its result does not have in the same matrix}}
    // expected-note @below {{an operand may be the result's block, its transpose, or one row, column or element of it that repeats}}
    %r = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d0)>, #id], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<64x64xf32>) outs(%e : tensor<64x64xf32>) {
    ^bb0(%a: f32, %o: f32):
      linalg.yield %a : f32
    } -> tensor<64x64xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
tt.host @f device(#wh) {
  tt.buffer @X : tensor<1x64x64xf32> in {argument = 0 : i64}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %x = tt.read_block @X[%c0, %c0, %c0] : tensor<1x64x64xf32>
    // expected-error @below {{'linalg.softmax' op runs along a dim that is not one of its matrix}}
    // expected-note @below {{use the last dim or the one before it, of a block of at least two dims}}
    %r = linalg.softmax dimension(0) ins(%x : tensor<1x64x64xf32>) outs(%x : tensor<1x64x64xf32>) -> tensor<1x64x64xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
tt.host @f device(#wh) {
  tt.buffer @X : tensor<1x1x1x1x1x1x1x1x64xf32> in {argument = 0 : i64}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    // expected-error @below {{'tt.read_block' op has 9 offsets; at most 8 are supported}}
    %x = tt.read_block @X[%c0, %c0, %c0, %c0, %c0, %c0, %c0, %c0, %c0] : tensor<1x1x1x1x1x1x1x1x64xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
tt.host @f device(#wh) {
  tt.buffer @X : tensor<64x64xf32> in {argument = 0 : i64}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %x = tt.read_block @X[%c0, %c0] : tensor<64x64xf32>
    %e = tensor.empty() : tensor<64x64xf32>
    %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<64x64xf32>) outs(%e : tensor<64x64xf32>) {
    ^bb0(%a: f32, %o: f32):
      // expected-error @below {{'arith.fptosi' op casts to 'i8', which no tile can hold}}
      %1 = arith.fptosi %a : f32 to i8
      %0 = arith.sitofp %1 : i8 to f32
      linalg.yield %0 : f32
    } -> tensor<64x64xf32>
  }
}


// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
tt.host @f device(#wh) {
  tt.buffer @X : tensor<64x64xf32> in {argument = 0 : i64}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %x = tt.read_block @X[%c0, %c0] : tensor<64x64xf32>
    %e = tensor.empty() : tensor<64x64xf32>
    %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<64x64xf32>) outs(%e : tensor<64x64xf32>) {
    ^bb0(%a: f32, %o: f32):
      // expected-error @below {{'arith.fptoui' op casts to 'i1', which no tile can hold}}
      %1 = arith.fptoui %a : f32 to i1
      %0 = arith.select %1, %a, %o : f32
      linalg.yield %0 : f32
    } -> tensor<64x64xf32>
  }
}


// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
tt.host @f device(#wh) {
  tt.buffer @X : tensor<64x64xf32> in {argument = 0 : i64}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %x = tt.read_block @X[%c0, %c0] : tensor<64x64xf32>
    %e = tensor.empty() : tensor<64x64xf32>
    %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<64x64xf32>) outs(%e : tensor<64x64xf32>) {
    ^bb0(%a: f32, %o: f32):
      %k = arith.constant 7 : i16
      %l = arith.constant 9 : i16
      // expected-error @below {{'arith.cmpi' op compares integers that no tile can hold; 32-bit ones can be compared}}
      %1 = arith.cmpi slt, %k, %l : i16
      %0 = arith.select %1, %a, %o : f32
      linalg.yield %0 : f32
    } -> tensor<64x64xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
tt.host @f device(#wh) {
  tt.buffer @X : tensor<64x64xi32> in {argument = 0 : i64}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %x = tt.read_block @X[%c0, %c0] : tensor<64x64xi32>
    %e = tensor.empty() : tensor<64x64xi32>
    %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<64x64xi32>) outs(%e : tensor<64x64xi32>) {
    ^bb0(%a: i32, %o: i32):
      %k = arith.constant 7 : i32
      %p = arith.cmpi slt, %a, %k : i32
      %q = arith.cmpi ult, %a, %k : i32
      // expected-error @below {{'arith.shli' op makes a truth value of truth values in a way that has no tile op}}
      // expected-note @below {{they can be combined by arith.andi, ori, xori, addi, subi, muli, and the maxima and minima of integers}}
      %1 = arith.shli %p, %q : i1
      %0 = arith.select %1, %a, %k : i32
      linalg.yield %0 : i32
    } -> tensor<64x64xi32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
tt.host @f device(#wh) {
  tt.buffer @X : tensor<64x64xf32> in {argument = 0 : i64}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %x = tt.read_block @X[%c0, %c0] : tensor<64x64xf32>
    %e = tensor.empty() : tensor<64x64xf32>
    %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<64x64xf32>) outs(%e : tensor<64x64xf32>) {
    ^bb0(%a: f32, %o: f32):
      %zero = arith.constant 0.0 : f32
      %k = arith.constant 7 : i16
      %l = arith.constant 9 : i16
      %p = arith.cmpf olt, %a, %zero : f32
      // expected-error @below {{'arith.select' op selects values that no tile can hold}}
      // expected-note @below {{tiles hold f32, bf16, f16 and 32-bit integers}}
      %1 = arith.select %p, %k, %l : i16
      %0 = arith.sitofp %1 : i16 to f32
      linalg.yield %0 : f32
    } -> tensor<64x64xf32>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
tt.host @f device(#wh) {
  tt.buffer @X : tensor<64x64xf32> in {argument = 0 : i64}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %e = tensor.empty() : tensor<64x64xf32>
    // expected-error @below {{'linalg.generic' op uses a constant of type 'i16', which no tile can hold}}
    // expected-note @below {{tiles hold f32, bf16, f16 and 32-bit integers}}
    %r = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel"]} outs(%e : tensor<64x64xf32>) {
    ^bb0(%o: f32):
      %k = arith.constant 7 : i16
      %0 = arith.sitofp %k : i16 to f32
      linalg.yield %0 : f32
    } -> tensor<64x64xf32>
  }
}

// -----

// The first value that the pass meets.
#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#wh) {
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    // expected-error @below {{'tensor.empty' op has the block 'tensor<0xf32>', which is empty}}
    // expected-note @below {{leave empty blocks out}}
    %e = tensor.empty() : tensor<0xf32>
  }
}

// -----

// What is summed was read in a loop, from another place in each iteration.
#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
tt.host @f device(#wh) {
  tt.buffer @X : tensor<50x64xf32> in {argument = 0 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = f32, tile_height = 32, tile_width = 32, batch = 1, rows = 2, cols = 2, page_bytes = 4096>}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %c64 = arith.constant 64 : index
    %e = tensor.empty() : tensor<32x64xf32>
    %a = scf.for %k = %c0 to %c2 step %c1 iter_args(%acc = %e) -> (tensor<32x64xf32>) {
      %o = affine.apply affine_map<(d0) -> (d0 * 32)>(%k)
      %v = affine.min affine_map<(d0) -> (32, 50 - d0 * 32)>(%k)
      %x = tt.read_block @X[%o, %c0] valid [%v, %c64] : tensor<32x64xf32>
      %s = linalg.exp ins(%x : tensor<32x64xf32>) outs(%acc : tensor<32x64xf32>) -> tensor<32x64xf32>
      scf.yield %s : tensor<32x64xf32>
    }
    %t = tensor.empty() : tensor<64xf32>
    // expected-error @below {{'linalg.reduce' op runs over a dim of which it is not seen how much lies in the buffer}}
    // expected-note @below {{reduce what is computed from one block that ends with its buffer, in the loop that reads it}}
    %r = linalg.reduce { arith.addf } ins(%a : tensor<32x64xf32>) outs(%t : tensor<64xf32>) dimensions = [0] {tt.ends = array<i64: 0>}
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#wh) {
  tt.buffer @X : tensor<1000xf32> in {argument = 0 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = f32, tile_height = 32, tile_width = 32, batch = 1, rows = 1, cols = 2, page_bytes = 4096, packed = true>}
  tt.buffer @Y : tensor<2048xf32> out {argument = 1 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = f32, tile_height = 32, tile_width = 32, batch = 1, rows = 1, cols = 2, page_bytes = 4096, packed = true>}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %c1000 = arith.constant 1000 : index
    // expected-error @below {{'tt.read_block' op has a number behind the end of a vector which the host does not put there}}
    // expected-note @below {{fill the block with zero and read a vector that no kernel writes, or use a matrix}}
    %x = tt.read_block @X[%c0] valid [%c1000] : tensor<2048xf32> {fill = 1.0 : f32}
    tt.write_block %x, @Y[%c0] : tensor<2048xf32>
  }
}

// -----

// Nothing that is summed was read.
#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#wh) {
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %a = arith.constant dense<1.0> : tensor<32x64xf32>
    %t = tensor.empty() : tensor<64xf32>
    // expected-error @below {{'linalg.reduce' op runs over a dim of which it is not seen how much lies in the buffer}}
    // expected-note @below {{reduce what is computed from one block that ends with its buffer, in the loop that reads it}}
    %r = linalg.reduce { arith.addf } ins(%a : tensor<32x64xf32>) outs(%t : tensor<64xf32>) dimensions = [0] {tt.ends = array<i64: 0>}
  }
}

// -----

// The block that a loop carries ended where the iteration before read it.
#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#wh) {
  tt.buffer @X : tensor<50x64xf32> in {argument = 0 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = f32, tile_height = 32, tile_width = 32, batch = 1, rows = 2, cols = 2, page_bytes = 4096>}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %c64 = arith.constant 64 : index
    %e = tensor.empty() : tensor<32x64xf32>
    %t = tensor.empty() : tensor<64xf32>
    %a:2 = scf.for %k = %c0 to %c2 step %c1 iter_args(%last = %e, %sum = %t) -> (tensor<32x64xf32>, tensor<64xf32>) {
      %o = affine.apply affine_map<(d0) -> (d0 * 32)>(%k)
      %v = affine.min affine_map<(d0) -> (32, 50 - d0 * 32)>(%k)
      %x = tt.read_block @X[%o, %c0] valid [%v, %c64] : tensor<32x64xf32>
      // expected-error @below {{'linalg.reduce' op runs over a dim of which it is not seen how much lies in the buffer}}
      // expected-note @below {{reduce what is computed from one block that ends with its buffer, in the loop that reads it}}
      %r = linalg.reduce { arith.addf } ins(%last : tensor<32x64xf32>) outs(%sum : tensor<64xf32>) dimensions = [0] {tt.ends = array<i64: 0>}
      scf.yield %x, %r : tensor<32x64xf32>, tensor<64xf32>
    }
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#wh) {
  tt.buffer @Y : tensor<1000xf32> out {argument = 0 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = bfp8_b, tile_height = 32, tile_width = 32, batch = 1, rows = 1, cols = 1, page_bytes = 1088, packed = true>}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %a = arith.constant dense<1.0> : tensor<1000xf32>
    // expected-error @below {{'tt.write_block' op writes a vector of 1000 elements as block floats}}
    // expected-note @below {{16 elements share an exponent: use a multiple of them, or leave out 'format'}}
    tt.write_block %a, @Y[%c0] : tensor<1000xf32>
  }
}
