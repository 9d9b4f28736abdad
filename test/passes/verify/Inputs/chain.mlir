// A finished chain: exp, tanh, sqrt, sub, a product with a constant, relu; bf16.
#map = affine_map<(d0, d1) -> (d0 * 2048 + d1)>
#map1 = affine_map<(d0, d1) -> (d0 * 2 + d1)>
#map2 = affine_map<(d0) -> (d0 + 2)>
module {
  tt.host @chain device(<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
    tt.buffer @arg0 : tensor<64x64xbf16> in {accessor = #tt.accessor_info<batch_stride = 4, row_stride = 2, pages = 4, sharded = false>, argument = 0 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 2, cols = 2, page_bytes = 2048>}
    tt.buffer @arg1 : tensor<64x64xbf16> in {accessor = #tt.accessor_info<batch_stride = 4, row_stride = 2, pages = 4, sharded = false>, argument = 1 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 2, cols = 2, page_bytes = 2048>}
    tt.buffer @arg2 : tensor<64x64xbf16> out {accessor = #tt.accessor_info<batch_stride = 4, row_stride = 2, pages = 4, sharded = false>, argument = 2 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 2, cols = 2, page_bytes = 2048>}
    tt.program @chain_0 grid [2] schedule #tt.schedule compute #tt.compute partition <mode = global, order = row_major, block = 1, items = 2, cores = 2> work <x = [0, 1], y = [0, 0], start = [0, 1], count = [1, 1]> {
      tt.circular_buffer @cb_arg0 : !tt.cb<4 x !tt.tile<32x32, bf16>> id 0 production 2 order [2, 1] unpack <src>
      tt.circular_buffer @cb_arg1 : !tt.cb<4 x !tt.tile<32x32, bf16>> id 1 production 2 order [2, 1] unpack <src>
      tt.circular_buffer @cb_arg2 : !tt.cb<4 x !tt.tile<32x32, bf16>> id 16 production 2 order [2, 1] unpack <src>
      tt.func @reader reader attributes {accessors = [@arg0, @arg1], common_args = [#tt.arg<address, buffer = @arg0>, #tt.arg<address, buffer = @arg1>], compile_args = [], core_args = [#tt.arg<start_id>, #tt.arg<count>]} {
        %c2 = arith.constant 2 : index
        %c1 = arith.constant 1 : index
        %c0 = arith.constant 0 : index
        %0 = tt.runtime_arg address @arg0 {index = 0 : i64, scope = #tt.arg_scope<common>}
        %1 = tt.tensor_accessor @arg0 at %0 {index = 0 : i64}
        %2 = tt.runtime_arg address @arg1 {index = 1 : i64, scope = #tt.arg_scope<common>}
        %3 = tt.tensor_accessor @arg1 at %2 {index = 1 : i64}
        %4 = tt.runtime_arg start_id {index = 0 : i64, scope = #tt.arg_scope<per_core>}
        %5 = tt.runtime_arg count {index = 1 : i64, scope = #tt.arg_scope<per_core>}
        %6 = arith.addi %4, %5 : index
        scf.for %arg0 = %4 to %6 step %c1 {
          tt.cb_reserve_back @cb_arg0, 2
          %7 = tt.get_write_ptr @cb_arg0
          scf.for %arg1 = %c0 to %c2 step %c1 {
            %9 = affine.apply #map(%arg1, %7)
            %10 = affine.apply #map1(%arg1, %arg0)
            tt.noc_async_read_page %10, %1, %9
          }
          tt.noc_async_read_barrier
          tt.cb_push_back @cb_arg0, 2
          tt.cb_reserve_back @cb_arg1, 2
          %8 = tt.get_write_ptr @cb_arg1
          scf.for %arg1 = %c0 to %c2 step %c1 {
            %9 = affine.apply #map(%arg1, %8)
            %10 = affine.apply #map1(%arg1, %arg0)
            tt.noc_async_read_page %10, %3, %9
          }
          tt.noc_async_read_barrier
          tt.cb_push_back @cb_arg1, 2
        }
      }
      tt.func @compute compute attributes {accessors = [], common_args = [], compile_args = [], core_args = [#tt.arg<start_id>, #tt.arg<count>]} {
        %c2 = arith.constant 2 : index
        %c0 = arith.constant 0 : index
        %c1 = arith.constant 1 : index
        tt.hw_startup @cb_arg0, @cb_arg0, @cb_arg2
        %0 = tt.runtime_arg start_id {index = 0 : i64, scope = #tt.arg_scope<per_core>}
        %1 = tt.runtime_arg count {index = 1 : i64, scope = #tt.arg_scope<per_core>}
        %2 = arith.addi %0, %1 : index
        tt.copy_init @cb_arg0
        scf.for %arg0 = %0 to %2 step %c1 {
          tt.cb_wait_front @cb_arg0, 2
          tt.cb_wait_front @cb_arg1, 2
          tt.tile_regs_acquire
          scf.for %arg1 = %c0 to %c2 step %c1 {
            tt.copy_tile @cb_arg0[%arg1], dst[%arg1]
          }
          tt.unary_tile_init exp
          scf.for %arg1 = %c0 to %c2 step %c1 {
            tt.unary_tile exp dst[%arg1]
          }
          tt.unary_tile_init tanh
          scf.for %arg1 = %c0 to %c2 step %c1 {
            tt.unary_tile tanh dst[%arg1]
          }
          scf.for %arg1 = %c0 to %c2 step %c1 {
            %3 = affine.apply #map2(%arg1)
            tt.copy_tile @cb_arg1[%arg1], dst[%3]
          }
          tt.unary_tile_init sqrt
          scf.for %arg1 = %c0 to %c2 step %c1 {
            %3 = affine.apply #map2(%arg1)
            tt.unary_tile sqrt dst[%3]
          }
          tt.binary_tile_init sub
          scf.for %arg1 = %c0 to %c2 step %c1 {
            %3 = affine.apply #map2(%arg1)
            tt.binary_tile sub dst[%arg1], dst[%3], dst[%arg1]
          }
          tt.unary_tile_init mul_scalar
          scf.for %arg1 = %c0 to %c2 step %c1 {
            tt.unary_tile mul_scalar dst[%arg1] params [5.000000e-01]
          }
          tt.unary_tile_init relu
          scf.for %arg1 = %c0 to %c2 step %c1 {
            tt.unary_tile relu dst[%arg1]
          }
          tt.tile_regs_commit
          tt.cb_reserve_back @cb_arg2, 2
          tt.tile_regs_wait
          scf.for %arg1 = %c0 to %c2 step %c1 {
            tt.pack_tile dst[%arg1], @cb_arg2
          }
          tt.tile_regs_release
          tt.cb_push_back @cb_arg2, 2
          tt.cb_pop_front @cb_arg0, 2
          tt.cb_pop_front @cb_arg1, 2
        }
      }
      tt.func @writer writer attributes {accessors = [@arg2], common_args = [#tt.arg<address, buffer = @arg2>], compile_args = [], core_args = [#tt.arg<start_id>, #tt.arg<count>]} {
        %c2 = arith.constant 2 : index
        %c1 = arith.constant 1 : index
        %c0 = arith.constant 0 : index
        %0 = tt.runtime_arg address @arg2 {index = 0 : i64, scope = #tt.arg_scope<common>}
        %1 = tt.tensor_accessor @arg2 at %0 {index = 0 : i64}
        %2 = tt.runtime_arg start_id {index = 0 : i64, scope = #tt.arg_scope<per_core>}
        %3 = tt.runtime_arg count {index = 1 : i64, scope = #tt.arg_scope<per_core>}
        %4 = arith.addi %2, %3 : index
        scf.for %arg0 = %2 to %4 step %c1 {
          tt.cb_wait_front @cb_arg2, 2
          %5 = tt.get_read_ptr @cb_arg2
          scf.for %arg1 = %c0 to %c2 step %c1 {
            %6 = affine.apply #map(%arg1, %5)
            %7 = affine.apply #map1(%arg1, %arg0)
            tt.noc_async_write_page %7, %1, %6
          }
          tt.noc_async_write_barrier
          tt.cb_pop_front @cb_arg2, 2
        }
      }
    }
  }
}

