// One host with a kernel for each case that the passes behind tt-lower-tile-intrinsics distinguish, in the form which that pass leaves.

!bf = !tt.tile<32x32, bf16>
!f = !tt.tile<32x32, f32>
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#bf_info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 8, cols = 8, page_bytes = 2048>
#f_info = #tt.buffer<memory = dram, layout = interleaved, format = f32, tile_height = 32, tile_width = 32, batch = 1, rows = 8, cols = 8, page_bytes = 4096>
#pages = #tt.accessor_info<batch_stride = 0, row_stride = 8, pages = 64, sharded = false>
#one = #tt.partition<mode = global, order = row_major, block = 1, items = 2, cores = 2>
#work = #tt.work<x = [0, 1], y = [0, 0], start = [0, 1], count = [1, 1]>
#by4 = affine_map<(d0) -> (d0 * 4)>

tt.host @late device(#device) {
  tt.buffer @A : tensor<256x256xbf16> in {argument = 0 : i64, info = #bf_info, accessor = #pages}
  tt.buffer @B : tensor<256x256xbf16> in {argument = 1 : i64, info = #bf_info, accessor = #pages}
  tt.buffer @C : tensor<256x256xbf16> out {argument = 2 : i64, info = #bf_info, accessor = #pages}
  tt.buffer @D : tensor<256x256xbf16> out {argument = 3 : i64, info = #bf_info, accessor = #pages}
  tt.buffer @F : tensor<256x256xf32> in {argument = 4 : i64, info = #f_info, accessor = #pages}
  tt.buffer @G : tensor<256x256xf32> in {argument = 5 : i64, info = #f_info, accessor = #pages}
  tt.buffer @H : tensor<256x256xf32> out {argument = 6 : i64, info = #f_info, accessor = #pages}

  // Sixteen f32 accumulators: more than the four registers that a section has.
  tt.kernel @panels grid [2, 1] schedule #tt.schedule compute #tt.compute<fp32_acc = true> attributes {partition = #one, work = #work} {
  ^bb0(%start: index, %count: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c8 = arith.constant 8 : index
    %cb_a = tt.alloc_cb : !tt.cb<8 x !bf> {name = "A", production = 4 : i64}
    %cb_b = tt.alloc_cb : !tt.cb<8 x !bf> {name = "B", production = 4 : i64}
    %cb_c = tt.alloc_cb : !tt.cb<32 x !bf> {name = "C", production = 16 : i64}
    %end = arith.addi %start, %count : index
    scf.for %i = %start to %end step %c1 {
      %m = affine.apply #by4(%i)
      %zero = tt.fill 0.0 : tensor<4x4x!f>
      %acc = scf.for %k = %c0 to %c8 step %c1 iter_args(%x = %zero) -> (tensor<4x4x!f>) {
        %a = tt.read_block @A[%m, %k] via %cb_a !tt.cb<8 x !bf> : tensor<4x1x!bf>
        %b = tt.read_block @B[%k, %c0] via %cb_b !tt.cb<8 x !bf> : tensor<1x4x!bf>
        %r = tt.mma %a, %b, %x : tensor<4x1x!bf>, tensor<1x4x!bf> -> tensor<4x4x!f>
        scf.yield %r : tensor<4x4x!f>
      }
      %o = tt.typecast %acc : tensor<4x4x!f> to tensor<4x4x!bf>
      tt.write_block %o, @C[%m, %c0] via %cb_c !tt.cb<32 x !bf> : tensor<4x4x!bf>
    }
  }

  // (a * b - a) in bf16: a product of circular buffers, then one with a register, then the SFPU.
  tt.kernel @fpu grid [2, 1] schedule #tt.schedule compute #tt.compute attributes {partition = #one, work = #work} {
  ^bb0(%start: index, %count: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c8 = arith.constant 8 : index
    %cb_a = tt.alloc_cb : !tt.cb<32 x !bf> {name = "A", production = 16 : i64}
    %cb_b = tt.alloc_cb : !tt.cb<32 x !bf> {name = "B", production = 16 : i64}
    %cb_c = tt.alloc_cb : !tt.cb<32 x !bf> {name = "C", production = 16 : i64}
    %end = arith.addi %start, %count : index
    scf.for %i = %start to %end step %c1 {
      %m = affine.apply #by4(%i)
      %a = tt.read_block @A[%m, %c0] via %cb_a !tt.cb<32 x !bf> : tensor<4x4x!bf>
      %b = tt.read_block @B[%m, %c0] via %cb_b !tt.cb<32 x !bf> : tensor<4x4x!bf>
      %p = tt.binary mul %a, %b : tensor<4x4x!bf>
      %s = tt.binary sub %p, %a : tensor<4x4x!bf>
      %e = tt.unary exp %s : tensor<4x4x!bf>
      tt.write_block %e, @C[%m, %c0] via %cb_c !tt.cb<32 x !bf> : tensor<4x4x!bf>
    }
  }

  // f32: through the unpacker to the registers, the second operand tile by tile.
  tt.kernel @sfpu grid [2, 1] schedule #tt.schedule compute #tt.compute<fp32_acc = true> attributes {partition = #one, work = #work} {
  ^bb0(%start: index, %count: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c8 = arith.constant 8 : index
    %cb_f = tt.alloc_cb : !tt.cb<8 x !f> {name = "F", production = 4 : i64}
    %cb_g = tt.alloc_cb : !tt.cb<8 x !f> {name = "G", production = 4 : i64}
    %cb_h = tt.alloc_cb : !tt.cb<8 x !f> {name = "H", production = 4 : i64}
    %end = arith.addi %start, %count : index
    scf.for %i = %start to %end step %c1 {
      %m = affine.apply #by4(%i)
      %a = tt.read_block @F[%m, %c0] via %cb_f !tt.cb<8 x !f> : tensor<2x2x!f>
      %b = tt.read_block @G[%m, %c0] via %cb_g !tt.cb<8 x !f> : tensor<2x2x!f>
      %s = tt.binary add %a, %b : tensor<2x2x!f>
      tt.write_block %s, @H[%m, %c0] via %cb_h !tt.cb<8 x !f> : tensor<2x2x!f>
    }
  }

  // Two results of one section.
  tt.kernel @outputs grid [2, 1] schedule #tt.schedule compute #tt.compute attributes {partition = #one, work = #work} {
  ^bb0(%start: index, %count: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c8 = arith.constant 8 : index
    %cb_a = tt.alloc_cb : !tt.cb<8 x !bf> {name = "A", production = 4 : i64}
    %cb_c = tt.alloc_cb : !tt.cb<8 x !bf> {name = "C", production = 4 : i64}
    %cb_d = tt.alloc_cb : !tt.cb<8 x !bf> {name = "D", production = 4 : i64}
    %end = arith.addi %start, %count : index
    scf.for %i = %start to %end step %c1 {
      %m = affine.apply #by4(%i)
      %a = tt.read_block @A[%m, %c0] via %cb_a !tt.cb<8 x !bf> : tensor<2x2x!bf>
      %e = tt.unary exp %a : tensor<2x2x!bf>
      %n = tt.unary negative %e : tensor<2x2x!bf>
      tt.write_block %e, @C[%m, %c0] via %cb_c !tt.cb<8 x !bf> : tensor<2x2x!bf>
      tt.write_block %n, @D[%m, %c0] via %cb_d !tt.cb<8 x !bf> : tensor<2x2x!bf>
    }
  }

  // What is read is written.
  tt.kernel @copy grid [2, 1] schedule #tt.schedule compute #tt.compute attributes {partition = #one, work = #work} {
  ^bb0(%start: index, %count: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c8 = arith.constant 8 : index
    %cb_a = tt.alloc_cb : !tt.cb<8 x !bf> {name = "A", production = 4 : i64}
    %cb_c = tt.alloc_cb : !tt.cb<8 x !bf> {name = "C", production = 4 : i64}
    %end = arith.addi %start, %count : index
    scf.for %i = %start to %end step %c1 {
      %m = affine.apply #by4(%i)
      %a = tt.read_block @A[%m, %c0] via %cb_a !tt.cb<8 x !bf> : tensor<2x2x!bf>
      tt.write_block %a, @C[%m, %c0] via %cb_c !tt.cb<8 x !bf> : tensor<2x2x!bf>
    }
  }

  // A value used in each iteration of a loop that carries none, and after it.
  tt.kernel @nested grid [2, 1] schedule #tt.schedule compute #tt.compute attributes {partition = #one, work = #work} {
  ^bb0(%start: index, %count: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c8 = arith.constant 8 : index
    %cb_a = tt.alloc_cb : !tt.cb<2 x !bf> {name = "A", production = 1 : i64}
    %cb_b = tt.alloc_cb : !tt.cb<2 x !bf> {name = "B", production = 1 : i64}
    %cb_c = tt.alloc_cb : !tt.cb<2 x !bf> {name = "C", production = 1 : i64}
    %cb_d = tt.alloc_cb : !tt.cb<2 x !bf> {name = "D", production = 1 : i64}
    %end = arith.addi %start, %count : index
    scf.for %i = %start to %end step %c1 {
      %m = affine.apply #by4(%i)
      %a = tt.read_block @A[%m, %c0] via %cb_a !tt.cb<2 x !bf> : tensor<1x1x!bf>
      %e = tt.unary exp %a : tensor<1x1x!bf>
      scf.for %j = %c0 to %c8 step %c1 {
        %b = tt.read_block @B[%m, %j] via %cb_b !tt.cb<2 x !bf> : tensor<1x1x!bf>
        %s = tt.binary add %e, %b : tensor<1x1x!bf>
        tt.write_block %s, @C[%m, %j] via %cb_c !tt.cb<2 x !bf> : tensor<1x1x!bf>
      }
      %n = tt.unary negative %e : tensor<1x1x!bf>
      tt.write_block %n, @D[%m, %c0] via %cb_d !tt.cb<2 x !bf> : tensor<1x1x!bf>
    }
  }

  // Two products that start from one zero.
  tt.kernel @zeros grid [2, 1] schedule #tt.schedule compute #tt.compute<fp32_acc = true> attributes {partition = #one, work = #work} {
  ^bb0(%start: index, %count: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c8 = arith.constant 8 : index
    %cb_a = tt.alloc_cb : !tt.cb<2 x !bf> {name = "A", production = 1 : i64}
    %cb_b = tt.alloc_cb : !tt.cb<2 x !bf> {name = "B", production = 1 : i64}
    %cb_c = tt.alloc_cb : !tt.cb<2 x !bf> {name = "C", production = 1 : i64}
    %cb_d = tt.alloc_cb : !tt.cb<2 x !bf> {name = "D", production = 1 : i64}
    %end = arith.addi %start, %count : index
    scf.for %i = %start to %end step %c1 {
      %m = affine.apply #by4(%i)
      %zero = tt.fill 0.0 : tensor<1x1x!f>
      %a = tt.read_block @A[%m, %c0] via %cb_a !tt.cb<2 x !bf> : tensor<1x1x!bf>
      %b = tt.read_block @B[%m, %c0] via %cb_b !tt.cb<2 x !bf> : tensor<1x1x!bf>
      %p = tt.mma %a, %b, %zero : tensor<1x1x!bf>, tensor<1x1x!bf> -> tensor<1x1x!f>
      %q = tt.mma %b, %a, %zero : tensor<1x1x!bf>, tensor<1x1x!bf> -> tensor<1x1x!f>
      %s = tt.binary sub %p, %q : tensor<1x1x!f>
      %d = tt.binary max %p, %q : tensor<1x1x!f>
      %sb = tt.typecast %s : tensor<1x1x!f> to tensor<1x1x!bf>
      %db = tt.typecast %d : tensor<1x1x!f> to tensor<1x1x!bf>
      tt.write_block %sb, @C[%m, %c0] via %cb_c !tt.cb<2 x !bf> : tensor<1x1x!bf>
      tt.write_block %db, @D[%m, %c0] via %cb_d !tt.cb<2 x !bf> : tensor<1x1x!bf>
    }
  }
}
