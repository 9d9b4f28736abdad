// A finished a * b + c, bf16, on the FPU.
#map = affine_map<(d0, d1, d2) -> (d0 * 4096 + d1 * 2048 + d2)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0 * 8 + d1 + d2 * 16 + d3 * 2)>
module {
  tt.host @fma device(<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
    tt.buffer @arg0 : tensor<256x256xbf16> in {accessor = #tt.accessor_info<batch_stride = 64, row_stride = 8, pages = 64, sharded = false>, argument = 0 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 8, cols = 8, page_bytes = 2048>}
    tt.buffer @arg1 : tensor<256x256xbf16> in {accessor = #tt.accessor_info<batch_stride = 64, row_stride = 8, pages = 64, sharded = false>, argument = 1 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 8, cols = 8, page_bytes = 2048>}
    tt.buffer @arg2 : tensor<256x256xbf16> in {accessor = #tt.accessor_info<batch_stride = 64, row_stride = 8, pages = 64, sharded = false>, argument = 2 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 8, cols = 8, page_bytes = 2048>}
    tt.buffer @arg3 : tensor<256x256xbf16> out {accessor = #tt.accessor_info<batch_stride = 64, row_stride = 8, pages = 64, sharded = false>, argument = 3 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 8, cols = 8, page_bytes = 2048>}
    tt.program @fma_0 grid [4, 4] schedule #tt.schedule compute #tt.compute partition <mode = global, order = row_major, block = 1, items = 16, cores = 16> work <x = [0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7], y = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1], start = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], count = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]> {
      tt.circular_buffer @cb_arg0 : !tt.cb<8 x !tt.tile<32x32, bf16>> id 0 production 4 order [2, 2] unpack <src>
      tt.circular_buffer @cb_arg1 : !tt.cb<8 x !tt.tile<32x32, bf16>> id 1 production 4 order [2, 2] unpack <src>
      tt.circular_buffer @cb_arg2 : !tt.cb<8 x !tt.tile<32x32, bf16>> id 2 production 4 order [2, 2] unpack <src>
      tt.circular_buffer @cb_arg3 : !tt.cb<8 x !tt.tile<32x32, bf16>> id 16 production 4 order [2, 2] unpack <src>
      tt.func @reader reader attributes {accessors = [@arg0, @arg1, @arg2], common_args = [#tt.arg<address, buffer = @arg0>, #tt.arg<address, buffer = @arg1>, #tt.arg<address, buffer = @arg2>], compile_args = [], core_args = [#tt.arg<start_id>, #tt.arg<count>]} {
        %c2 = arith.constant 2 : index
        %c0 = arith.constant 0 : index
        %c1 = arith.constant 1 : index
        %0 = tt.runtime_arg address @arg0 {index = 0 : i64, scope = #tt.arg_scope<common>}
        %1 = tt.tensor_accessor @arg0 at %0 {index = 0 : i64}
        %2 = tt.runtime_arg address @arg1 {index = 1 : i64, scope = #tt.arg_scope<common>}
        %3 = tt.tensor_accessor @arg1 at %2 {index = 1 : i64}
        %4 = tt.runtime_arg address @arg2 {index = 2 : i64, scope = #tt.arg_scope<common>}
        %5 = tt.tensor_accessor @arg2 at %4 {index = 2 : i64}
        %6 = tt.runtime_arg start_id {index = 0 : i64, scope = #tt.arg_scope<per_core>}
        %7 = tt.runtime_arg count {index = 1 : i64, scope = #tt.arg_scope<per_core>}
        %8 = arith.addi %6, %7 : index
        scf.for %arg0 = %6 to %8 step %c1 {
          %9:2 = affine.delinearize_index %arg0 into (4, 4) : index, index
          tt.cb_reserve_back @cb_arg0, 4
          %10 = tt.get_write_ptr @cb_arg0
          scf.for %arg1 = %c0 to %c2 step %c1 {
            scf.for %arg2 = %c0 to %c2 step %c1 {
              %13 = affine.apply #map(%arg1, %arg2, %10)
              %14 = affine.apply #map1(%arg1, %arg2, %9#0, %9#1)
              tt.noc_async_read_page %14, %1, %13
            }
          }
          tt.noc_async_read_barrier
          tt.cb_push_back @cb_arg0, 4
          tt.cb_reserve_back @cb_arg1, 4
          %11 = tt.get_write_ptr @cb_arg1
          scf.for %arg1 = %c0 to %c2 step %c1 {
            scf.for %arg2 = %c0 to %c2 step %c1 {
              %13 = affine.apply #map(%arg1, %arg2, %11)
              %14 = affine.apply #map1(%arg1, %arg2, %9#0, %9#1)
              tt.noc_async_read_page %14, %3, %13
            }
          }
          tt.noc_async_read_barrier
          tt.cb_push_back @cb_arg1, 4
          tt.cb_reserve_back @cb_arg2, 4
          %12 = tt.get_write_ptr @cb_arg2
          scf.for %arg1 = %c0 to %c2 step %c1 {
            scf.for %arg2 = %c0 to %c2 step %c1 {
              %13 = affine.apply #map(%arg1, %arg2, %12)
              %14 = affine.apply #map1(%arg1, %arg2, %9#0, %9#1)
              tt.noc_async_read_page %14, %5, %13
            }
          }
          tt.noc_async_read_barrier
          tt.cb_push_back @cb_arg2, 4
        }
      }
      tt.func @compute compute attributes {accessors = [], common_args = [], compile_args = [], core_args = [#tt.arg<start_id>, #tt.arg<count>]} {
        %c4 = arith.constant 4 : index
        %c0 = arith.constant 0 : index
        %c1 = arith.constant 1 : index
        tt.hw_startup @cb_arg0, @cb_arg1, @cb_arg3
        %0 = tt.runtime_arg start_id {index = 0 : i64, scope = #tt.arg_scope<per_core>}
        %1 = tt.runtime_arg count {index = 1 : i64, scope = #tt.arg_scope<per_core>}
        %2 = arith.addi %0, %1 : index
        scf.for %arg0 = %0 to %2 step %c1 {
          tt.cb_wait_front @cb_arg0, 4
          tt.cb_wait_front @cb_arg1, 4
          tt.cb_wait_front @cb_arg2, 4
          tt.tile_regs_acquire
          tt.binary_tiles_init mul @cb_arg0, @cb_arg1
          scf.for %arg1 = %c0 to %c4 step %c1 {
            tt.binary_tiles mul @cb_arg0[%arg1], @cb_arg1[%arg1], dst[%arg1]
          }
          tt.reuse_dest_init add dst_first @cb_arg2
          scf.for %arg1 = %c0 to %c4 step %c1 {
            tt.reuse_dest_tiles add dst_first @cb_arg2[%arg1], dst[%arg1]
          }
          tt.tile_regs_commit
          tt.cb_reserve_back @cb_arg3, 4
          tt.tile_regs_wait
          scf.for %arg1 = %c0 to %c4 step %c1 {
            tt.pack_tile dst[%arg1], @cb_arg3
          }
          tt.tile_regs_release
          tt.cb_push_back @cb_arg3, 4
          tt.cb_pop_front @cb_arg0, 4
          tt.cb_pop_front @cb_arg1, 4
          tt.cb_pop_front @cb_arg2, 4
        }
      }
      tt.func @writer writer attributes {accessors = [@arg3], common_args = [#tt.arg<address, buffer = @arg3>], compile_args = [], core_args = [#tt.arg<start_id>, #tt.arg<count>]} {
        %c2 = arith.constant 2 : index
        %c0 = arith.constant 0 : index
        %c1 = arith.constant 1 : index
        %0 = tt.runtime_arg address @arg3 {index = 0 : i64, scope = #tt.arg_scope<common>}
        %1 = tt.tensor_accessor @arg3 at %0 {index = 0 : i64}
        %2 = tt.runtime_arg start_id {index = 0 : i64, scope = #tt.arg_scope<per_core>}
        %3 = tt.runtime_arg count {index = 1 : i64, scope = #tt.arg_scope<per_core>}
        %4 = arith.addi %2, %3 : index
        scf.for %arg0 = %2 to %4 step %c1 {
          %5:2 = affine.delinearize_index %arg0 into (4, 4) : index, index
          tt.cb_wait_front @cb_arg3, 4
          %6 = tt.get_read_ptr @cb_arg3
          scf.for %arg1 = %c0 to %c2 step %c1 {
            scf.for %arg2 = %c0 to %c2 step %c1 {
              %7 = affine.apply #map(%arg1, %arg2, %6)
              %8 = affine.apply #map1(%arg1, %arg2, %5#0, %5#1)
              tt.noc_async_write_page %8, %1, %7
            }
          }
          tt.noc_async_write_barrier
          tt.cb_pop_front @cb_arg3, 4
        }
      }
    }
  }
}

