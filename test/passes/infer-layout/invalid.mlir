// RUN: tt-opt %s -split-input-file -verify-diagnostics --tt-infer-layout

// Layouts that do not fit the tensor or the device, one mistake each.

tt.host @f device(#tt.device<arch = wormhole_b0, grid_x = 2, grid_y = 2, l1_bytes = 20480, l1_base = 4096, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
  // expected-error @below {{'tt.buffer' op is asked for tiles of 16x32 elements}}
  // expected-note @below {{tiles of 32x32 are supported}}
  tt.buffer @A : tensor<64x64xbf16> in {argument = 0 : i64, layout = #tt.layout<tile_height = 16>}
}

// -----

tt.host @f device(#tt.device<arch = wormhole_b0, grid_x = 2, grid_y = 2, l1_bytes = 20480, l1_base = 4096, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
  // expected-error @below {{'tt.buffer' op is asked to be kept as 'f32', but its elements are 'bf16'}}
  // expected-note @below {{leave out 'format', or give the buffer that element type; bf16 and f32 may be kept as bfp8_b or bfp4_b}}
  tt.buffer @A : tensor<64x64xbf16> in {argument = 0 : i64, layout = #tt.layout<format = f32>}
}

// -----

tt.host @f device(#tt.device<arch = wormhole_b0, grid_x = 2, grid_y = 2, l1_bytes = 20480, l1_base = 4096, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
  // expected-error @below {{'tt.buffer' op has elements of type 'f64', for which there is no tile format}}
  tt.buffer @A : tensor<64x64xf64> in {argument = 0 : i64, layout = #tt.layout<format = inferred>}
}

// -----

tt.host @f device(#tt.device<arch = wormhole_b0, grid_x = 2, grid_y = 2, l1_bytes = 20480, l1_base = 4096, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
  // expected-error @below {{'tt.buffer' op is sharded but has no 'shard'}}
  tt.buffer @A : tensor<64x64xbf16> in {argument = 0 : i64, layout = #tt.layout<layout = sharded>}
}

// -----

tt.host @f device(#tt.device<arch = wormhole_b0, grid_x = 2, grid_y = 2, l1_bytes = 20480, l1_base = 4096, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
  // expected-error @below {{'tt.buffer' op has a 'shard' but is not sharded}}
  tt.buffer @A : tensor<64x64xbf16> in {argument = 0 : i64, layout = #tt.layout<shard = <axes = [0], grid = [2], shape = [32]>>}
}

// -----

tt.host @f device(#tt.device<arch = wormhole_b0, grid_x = 2, grid_y = 2, l1_bytes = 20480, l1_base = 4096, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
  // expected-error @below {{'tt.buffer' op is cut along axis 2 but has axes 0 to 1}}
  tt.buffer @A : tensor<64x64xbf16> in {argument = 0 : i64, layout = #tt.layout<memory = l1, layout = sharded, shard = <axes = [2], grid = [2], shape = [32]>>}
}

// -----

tt.host @f device(#tt.device<arch = wormhole_b0, grid_x = 2, grid_y = 2, l1_bytes = 20480, l1_base = 4096, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
  // expected-error @below {{'tt.buffer' op has shards of 16 elements along axis 0, which are no whole tiles of 32}}
  // expected-note @below {{use a shard size of 32}}
  tt.buffer @A : tensor<64x64xbf16> in {argument = 0 : i64, layout = #tt.layout<memory = l1, layout = sharded, shard = <axes = [0], grid = [4], shape = [16]>>}
}

// -----

tt.host @f device(#tt.device<arch = wormhole_b0, grid_x = 2, grid_y = 2, l1_bytes = 20480, l1_base = 4096, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
  // expected-error @below {{'tt.buffer' op has 64 elements along axis 0 but its 1 shards hold 32}}
  tt.buffer @A : tensor<64x64xbf16> in {argument = 0 : i64, layout = #tt.layout<memory = l1, layout = sharded, shard = <axes = [0], grid = [1], shape = [32]>>}
}

// -----

tt.host @f device(#tt.device<arch = wormhole_b0, grid_x = 2, grid_y = 2, l1_bytes = 20480, l1_base = 4096, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
  // expected-error @below {{'tt.buffer' op has 6 or more shards, but there are 2x2 cores (columns x rows)}}
  tt.buffer @A : tensor<64x64xbf16> in {argument = 0 : i64, layout = #tt.layout<memory = l1, layout = sharded, shard = <axes = [0, 1], grid = [2, 3], shape = [32, 32]>>}
}

// -----

tt.host @f device(#tt.device<arch = wormhole_b0, grid_x = 2, grid_y = 2, l1_bytes = 20480, l1_base = 4096, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
  // expected-error @below {{'tt.buffer' op needs 32768 B of L1 for each shard but a core has 16384 B}}
  // expected-note @below {{use more and smaller shards}}
  tt.buffer @A : tensor<64x512xbf16> in {argument = 0 : i64, layout = #tt.layout<memory = l1, layout = sharded, shard = <axes = [0], grid = [2], shape = [32]>>}
}

// -----

tt.host @f device(#tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
  tt.buffer @A : tensor<66x64xbf16> in {argument = 0 : i64}
  tt.kernel @f_0 grid [2] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %r = affine.apply affine_map<(d0) -> (d0 * 32)>(%i)
    // expected-error @below {{'tt.read_block' op reads blocks of 34 elements along dimension 0 that overlap by 2 (a halo), which is not whole tiles of 32}}
    // expected-note @below {{read whole tiles at multiples of 32 elements, neighbours as blocks of their own, or lay the shifted data out in another argument}}
    %a = tt.read_block @A[%r, %c0] : tensor<34x64xbf16>
  }
}

// -----

tt.host @f device(#tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
  tt.buffer @A : tensor<50x64xbf16> in {argument = 0 : i64}
  tt.kernel @f_0 grid [2] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %c64 = arith.constant 64 : index
    %r = affine.apply affine_map<(d0) -> (d0 * 32)>(%i)
    %v = affine.min affine_map<(d0) -> (32, 40 - d0)>(%r)
    // expected-error @below {{'tt.read_block' op moves a block that may end before the buffer does along dimension 0}}
    // expected-note @below {{the size of a block is a constant, or the minimum of a constant and what is left of the 50 elements behind its offset; blocks of the dims before the last two have a constant size}}
    %a = tt.read_block @A[%r, %c0] valid [%v, %c64] : tensor<32x64xbf16>
  }
}

// -----

tt.host @f device(#tt.device<arch = wormhole_b0, grid_x = 2, grid_y = 2, l1_bytes = 20480, l1_base = 4096, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
  // expected-error @below {{'tt.buffer' op is asked to be kept as 'bfp8_b', but its elements are 'f16'}}
  // expected-note @below {{leave out 'format', or give the buffer that element type; bf16 and f32 may be kept as bfp8_b or bfp4_b}}
  tt.buffer @A : tensor<64x64xf16> in {argument = 0 : i64, layout = #tt.layout<format = bfp8_b>}
}

// -----

tt.host @f device(#tt.device<arch = wormhole_b0, grid_x = 2, grid_y = 2, l1_bytes = 20480, l1_base = 4096, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
  // expected-error @below {{'tt.buffer' op has more matrices in its batch than 64 bits can count}}
  // expected-note @below {{page ids, one for each tile, reach 2147483647}}
  tt.buffer @A : tensor<2147483647x2147483647x2147483647x32x32xbf16> in {argument = 0 : i64}
}

// -----

tt.host @f device(#tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
  // expected-error @below {{'tt.buffer' op is sharded, but blocks of it reach beyond its end}}
  // expected-note @below {{use a block size that divides the tensor, or leave the buffer interleaved}}
  tt.buffer @A : tensor<96x64xbf16> in {argument = 0 : i64, layout = #tt.layout<memory = l1, layout = sharded, shard = #tt.nd_shard<axes = [0], grid = [1], shape = [96], order = row_major, align = 1>>}
  tt.kernel @f_0 grid [2] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %c64 = arith.constant 64 : index
    %r = affine.apply affine_map<(d0) -> (d0 * 64)>(%i)
    %v = affine.min affine_map<(d0) -> (64, 96 - d0)>(%r)
    %a = tt.read_block @A[%r, %c0] valid [%v, %c64] : tensor<64x64xbf16>
  }
}

// -----

// The tile with columns 0 to 16 has the columns behind them as well.
tt.host @f device(#tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
  tt.buffer @A : tensor<32x64xbf16> inout {argument = 0 : i64}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %a = tt.read_block @A[%c0, %c0] : tensor<32x17xbf16>
    // expected-error @below {{'tt.write_block' op writes blocks of 17 of 64 elements along dimension 1, which end within a tile of 32}}
    // expected-note @below {{tiles are written whole: write multiples of 32 elements, or up to the end of the buffer}}
    tt.write_block %a, @A[%c0, %c0] : tensor<32x17xbf16>
  }
}

// -----

// 16 rows of every 32, and of the last 8.
tt.host @f device(#tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
  tt.buffer @A : tensor<40x64xbf16> inout {argument = 0 : i64}
  tt.kernel @f_0 grid [2] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %c64 = arith.constant 64 : index
    %r = affine.apply affine_map<(d0) -> (d0 * 32)>(%i)
    %v = affine.min affine_map<(d0) -> (16, 40 - d0 * 32)>(%i)
    %a = tt.read_block @A[%r, %c0] valid [%v, %c64] : tensor<16x64xbf16>
    // expected-error @below {{'tt.write_block' op writes blocks of 16 of 40 elements along dimension 0, which end within a tile of 32}}
    // expected-note @below {{tiles are written whole: write multiples of 32 elements, or up to the end of the buffer}}
    tt.write_block %a, @A[%r, %c0] valid [%v, %c64] : tensor<16x64xbf16>
  }
}

// -----

tt.host @f device(#tt.device<arch = wormhole_b0, grid_x = 2, grid_y = 2, l1_bytes = 20480, l1_base = 4096, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
  // expected-error @below {{'tt.buffer' op has a shard with column_major, but shards are dealt to the cores row by row and lie side by side}}
  tt.buffer @A : tensor<64x64xbf16> in {argument = 0 : i64, layout = #tt.layout<memory = l1, layout = sharded, shard = <axes = [0], grid = [2], shape = [32], order = column_major>>}
}

// -----

tt.host @f device(#tt.device<arch = wormhole_b0, grid_x = 2, grid_y = 2, l1_bytes = 20480, l1_base = 4096, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
  // expected-error @below {{'tt.buffer' op has a shard with 'align', but shards are dealt to the cores row by row and lie side by side}}
  tt.buffer @A : tensor<64x64xbf16> in {argument = 0 : i64, layout = #tt.layout<memory = l1, layout = sharded, shard = <axes = [0], grid = [2], shape = [32], align = 64>>}
}

// -----

// The schedule leaves one of the cores.
tt.host @f device(#tt.device<arch = wormhole_b0, grid_x = 2, grid_y = 2, l1_bytes = 20480, l1_base = 4096, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
  // expected-error @below {{'tt.buffer' op has 2 or more shards, but there are 1x1 cores (columns x rows)}}
  tt.buffer @A : tensor<64x64xbf16> in {argument = 0 : i64, layout = #tt.layout<memory = l1, layout = sharded, shard = <axes = [0], grid = [2], shape = [32]>>}
  tt.kernel @f_0 grid [2] schedule #tt.schedule<grid_x = 1, grid_y = 1> compute #tt.compute {
  ^bb0(%i: index):
  }
}

// -----

// Tiles of packed vectors have 1,024 elements.
tt.host @f device(#tt.device<arch = wormhole_b0, grid_x = 2, grid_y = 2, l1_bytes = 20480, l1_base = 4096, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
  // expected-error @below {{'tt.buffer' op has shards of 1056 elements along axis 0, which are no whole tiles of 1024}}
  // expected-note @below {{use a shard size of 2048}}
  tt.buffer @A : tensor<2048xbf16> in {argument = 0 : i64, layout = #tt.layout<memory = l1, layout = sharded, shard = <axes = [0], grid = [2], shape = [1056]>>}
}

// -----

// Each fits, but not both: 4 pages on a core for each.
// expected-error @below {{'tt.host' op keeps buffers in L1 that leave nothing of the 16384 B of a core for circular buffers}}
// expected-note @below {{leave the larger ones in DRAM}}
tt.host @f device(#tt.device<arch = wormhole_b0, grid_x = 2, grid_y = 2, l1_bytes = 20480, l1_base = 4096, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
  tt.buffer @A : tensor<128x128xbf16> in {argument = 0 : i64, layout = #tt.layout<memory = l1>}
  tt.buffer @B : tensor<128x128xbf16> in {argument = 1 : i64, layout = #tt.layout<memory = l1, layout = sharded, shard = <axes = [0], grid = [4], shape = [32]>>}
}

// -----

tt.host @f device(#tt.device<arch = wormhole_b0, grid_x = 2, grid_y = 2, l1_bytes = 20480, l1_base = 4096, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
  // expected-error @below {{'tt.buffer' op has shards of 96 elements along axis 0, which has 64}}
  tt.buffer @A : tensor<64x64xbf16> in {argument = 0 : i64, layout = #tt.layout<layout = sharded, shard = <axes = [0], grid = [1], shape = [96]>>}
}

// -----

tt.host @f device(#tt.device<arch = wormhole_b0, grid_x = 2, grid_y = 2, l1_bytes = 20480, l1_base = 4096, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
  tt.buffer @A : tensor<64x64xbf16> in {argument = 0 : i64, layout = #tt.layout<memory = l1, layout = sharded, shard = <axes = [0], grid = [2], shape = [32]>>}
  // expected-error @below {{'tt.kernel' op needs a core grid of 3x1, but wormhole_b0 has 2x2 cores (columns x rows)}}
  // expected-note @below {{leave 'grid_x' and 'grid_y' out of the schedule to use the whole device}}
  tt.kernel @f_0 grid [2] schedule #tt.schedule<grid_x = 3, grid_y = 1> compute #tt.compute {
  ^bb0(%i: index):
  }
}

// -----

tt.host @f device(#tt.device<arch = wormhole_b0, grid_x = 2, grid_y = 2, l1_bytes = 20480, l1_base = 4096, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
  tt.buffer @A : tensor<64x64xbf16> in {argument = 0 : i64, layout = #tt.layout<memory = l1, layout = sharded, shard = <axes = [0], grid = [2], shape = [32]>>}
  tt.kernel @f_0 grid [2] schedule #tt.schedule<grid_x = 2, grid_y = 1> compute #tt.compute {
  ^bb0(%i: index):
  }
  // expected-error @below {{'tt.kernel' op has 2x2 cores and an earlier kernel 2x1, but shards are dealt to those of one grid}}
  tt.kernel @f_1 grid [2] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
  }
}
