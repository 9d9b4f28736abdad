// relu(x * y) + 0.5 in bf16 on the FPU and the SFPU, and exp(z) in f32 by way of
// unpack-to-dest, as a second program.
tt.host @"fused ops" device(#tt.device<arch = blackhole, grid_x = 11, grid_y = 10, l1_bytes = 1572864, l1_base = 111360, cbs = 64, dst_tiles = 16, l1_align = 16, dram_read_align = 64, dram_write_align = 16, dram_banks = 8, clock_mhz = 1350>) {
  tt.buffer @X : tensor<40x64xbf16> in {argument = 1 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 2, cols = 2, page_bytes = 2048>, accessor = #tt.accessor_info<batch_stride = 4, row_stride = 2, pages = 4, sharded = false>}
  tt.buffer @Y : tensor<40x64xbf16> in {argument = 0 : i64, info = #tt.buffer<memory = l1, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 2, cols = 2, page_bytes = 2048>, accessor = #tt.accessor_info<batch_stride = 4, row_stride = 2, pages = 4, sharded = false>}
  tt.buffer @O : tensor<40x64xbf16> out {result = 0 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 2, cols = 2, page_bytes = 2048>, accessor = #tt.accessor_info<batch_stride = 4, row_stride = 2, pages = 4, sharded = false>}
  tt.buffer @Z : tensor<1000xf32> inout {argument = 2 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = f32, tile_height = 32, tile_width = 32, batch = 1, rows = 1, cols = 1, page_bytes = 4096, packed = true>, accessor = #tt.accessor_info<batch_stride = 1, row_stride = 1, pages = 1, sharded = false>}
  tt.program @relu grid [4] schedule #tt.schedule compute #tt.compute<fidelity = hifi2>
      partition #tt.partition<mode = global, order = row_major, block = 1, items = 4, cores = 3>
      work #tt.work<x = [0, 1, 0], y = [0, 0, 1], start = [0, 2, 3], count = [2, 1, 1]> {
    tt.circular_buffer @cb_X : !tt.cb<2 x !tt.tile<32x32, bf16>> id 0 production 1 order [1, 1] unpack <src>
    tt.circular_buffer @cb_Y : !tt.cb<2 x !tt.tile<32x32, bf16>> id 1 production 1 order [1, 1] unpack <src>
    tt.circular_buffer @cb_O : !tt.cb<2 x !tt.tile<32x32, bf16>> id 16 production 1 order [1, 1] unpack <src>
    tt.func @reader reader attributes {core_args = [#tt.arg<start_id>, #tt.arg<count>], common_args = [#tt.arg<address, buffer = @X>, #tt.arg<address, buffer = @Y>], accessors = [@X, @Y]} {
      %c1 = arith.constant 1 : index
      %ax = tt.runtime_arg address @X {scope = #tt.arg_scope<common>, index = 0 : i64}
      %x = tt.tensor_accessor @X at %ax
      %ay = tt.runtime_arg address @Y {scope = #tt.arg_scope<common>, index = 1 : i64}
      %y = tt.tensor_accessor @Y at %ay
      %start = tt.runtime_arg start_id {scope = #tt.arg_scope<per_core>, index = 0 : i64}
      %count = tt.runtime_arg count {scope = #tt.arg_scope<per_core>, index = 1 : i64}
      %end = arith.addi %start, %count : index
      scf.for %i = %start to %end step %c1 {
        tt.cb_reserve_back @cb_X, 1
        %px = tt.get_write_ptr @cb_X
        tt.noc_async_read_page %i, %x, %px
        tt.noc_async_read_barrier
        tt.cb_push_back @cb_X, 1
        tt.cb_reserve_back @cb_Y, 1
        %py = tt.get_write_ptr @cb_Y
        tt.noc_async_read_page %i, %y, %py
        tt.noc_async_read_barrier
        tt.cb_push_back @cb_Y, 1
      }
    }
    tt.func @compute compute attributes {core_args = [#tt.arg<start_id>, #tt.arg<count>]} {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %start = tt.runtime_arg start_id {scope = #tt.arg_scope<per_core>, index = 0 : i64}
      %count = tt.runtime_arg count {scope = #tt.arg_scope<per_core>, index = 1 : i64}
      %end = arith.addi %start, %count : index
      tt.hw_startup @cb_X, @cb_Y, @cb_O
      scf.for %i = %start to %end step %c1 {
        tt.cb_wait_front @cb_X, 1
        tt.cb_wait_front @cb_Y, 1
        tt.tile_regs_acquire
        tt.binary_tiles_init mul @cb_X, @cb_Y
        tt.binary_tiles mul @cb_X[%c0], @cb_Y[%c0], dst[%c0]
        tt.unary_tile_init relu
        tt.unary_tile relu dst[%c0]
        tt.unary_tile_init add_scalar
        tt.unary_tile add_scalar dst[%c0] params [0.5]
        tt.tile_regs_commit
        tt.cb_pop_front @cb_X, 1
        tt.cb_pop_front @cb_Y, 1
        tt.cb_reserve_back @cb_O, 1
        tt.tile_regs_wait
        tt.pack_tile dst[%c0], @cb_O
        tt.tile_regs_release
        tt.cb_push_back @cb_O, 1
      }
    }
    tt.func @writer writer attributes {core_args = [#tt.arg<start_id>, #tt.arg<count>], common_args = [#tt.arg<address, buffer = @O>], accessors = [@O]} {
      %c1 = arith.constant 1 : index
      %ao = tt.runtime_arg address @O {scope = #tt.arg_scope<common>, index = 0 : i64}
      %o = tt.tensor_accessor @O at %ao
      %start = tt.runtime_arg start_id {scope = #tt.arg_scope<per_core>, index = 0 : i64}
      %count = tt.runtime_arg count {scope = #tt.arg_scope<per_core>, index = 1 : i64}
      %end = arith.addi %start, %count : index
      scf.for %i = %start to %end step %c1 {
        tt.cb_wait_front @cb_O, 1
        %p = tt.get_read_ptr @cb_O
        tt.noc_async_write_page %i, %o, %p
        tt.noc_async_write_barrier
        tt.cb_pop_front @cb_O, 1
      }
    }
  }
  tt.program @exp grid [1] schedule #tt.schedule compute #tt.compute<fp32_acc = true, full_sync = true>
      partition #tt.partition<mode = global, order = row_major, block = 1, items = 1, cores = 1>
      work #tt.work<x = [0], y = [0], start = [0], count = [1]> {
    tt.circular_buffer @cb_Z : !tt.cb<1 x !tt.tile<32x32, f32>> id 0 production 1 order [1, 1] unpack <dest>
    tt.circular_buffer @reserve_back : !tt.cb<1 x !tt.tile<32x32, f32>> id 16 production 1 order [1, 1] unpack <src>
    tt.func @reader reader attributes {common_args = [#tt.arg<address, buffer = @Z>], accessors = [@Z]} {
      %c0 = arith.constant 0 : index
      %az = tt.runtime_arg address @Z {scope = #tt.arg_scope<common>, index = 0 : i64}
      %z = tt.tensor_accessor @Z at %az
      tt.cb_reserve_back @cb_Z, 1
      %p = tt.get_write_ptr @cb_Z
      tt.noc_async_read_page %c0, %z, %p
      tt.noc_async_read_barrier
      tt.cb_push_back @cb_Z, 1
    }
    tt.func @compute compute {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %c2 = arith.constant 2 : index
      tt.hw_startup @cb_Z, @cb_Z, @reserve_back
      tt.cb_wait_front @cb_Z, 1
      tt.tile_regs_acquire
      tt.copy_init @cb_Z
      tt.copy_tile @cb_Z[%c0], dst[%c0]
      tt.unary_tile_init exp
      tt.unary_tile exp dst[%c0]
      tt.fill_tile_init
      tt.fill_tile dst[%c1], 2.5
      tt.binary_tile_init mul
      tt.binary_tile mul dst[%c0], dst[%c1], dst[%c0]
      tt.tile_regs_commit
      tt.cb_pop_front @cb_Z, 1
      tt.cb_reserve_back @reserve_back, 1
      tt.tile_regs_wait
      tt.pack_tile dst[%c0], @reserve_back[%c0]
      tt.tile_regs_release
      tt.cb_push_back @reserve_back, 1
    }
    tt.func @writer writer attributes {common_args = [#tt.arg<address, buffer = @Z>], accessors = [@Z]} {
      %c0 = arith.constant 0 : index
      %az = tt.runtime_arg address @Z {scope = #tt.arg_scope<common>, index = 0 : i64}
      %z = tt.tensor_accessor @Z at %az
      tt.cb_wait_front @reserve_back, 1
      %p = tt.get_read_ptr @reserve_back
      tt.noc_async_write_page %c0, %z, %p
      tt.noc_async_write_barrier
      tt.cb_pop_front @reserve_back, 1
    }
  }
}
