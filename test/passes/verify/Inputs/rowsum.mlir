// Finished sums of rows, broadcast over columns: a reduction, a scaler, an intermediate circular buffer; bf16.
#map = affine_map<(d0, d1) -> (d0 * 4 + d1)>
#map1 = affine_map<(d0, d1, d2) -> (d0 * 8192 + d1 * 2048 + d2)>
#map2 = affine_map<(d0, d1, d2) -> (d0 * 4 + d1 + d2 * 8)>
#map3 = affine_map<(d0, d1) -> (d0 * 2048 + d1)>
#map4 = affine_map<(d0, d1, d2) -> (d0 * 2 + d1 + d2 * 4)>
module {
  tt.host @rowsum device(<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
    tt.buffer @arg0 : tensor<128x128xbf16> in {accessor = #tt.accessor_info<batch_stride = 16, row_stride = 4, pages = 16, sharded = false>, argument = 0 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 4, cols = 4, page_bytes = 2048>}
    tt.buffer @arg1 : tensor<128x64xbf16> out {accessor = #tt.accessor_info<batch_stride = 8, row_stride = 2, pages = 8, sharded = false>, argument = 1 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 4, cols = 2, page_bytes = 2048>}
    tt.program @rowsum_0 grid [2, 2] schedule #tt.schedule compute <fp32_acc = true> partition <mode = global, order = row_major, block = 1, items = 4, cores = 4> work <x = [0, 1, 2, 3], y = [0, 0, 0, 0], start = [0, 1, 2, 3], count = [1, 1, 1, 1]> {
      tt.circular_buffer @cb_block : !tt.cb<2 x !tt.tile<32x32, f32>> id 24 production 2 order [2, 1] unpack <dest>
      tt.circular_buffer @cb_scaler : !tt.cb<1 x !tt.tile<32x32, bf16>> id 0 production 1 order [1, 1] unpack <src>
      tt.circular_buffer @cb_arg0 : !tt.cb<16 x !tt.tile<32x32, bf16>> id 1 production 8 order [2, 4] unpack <src>
      tt.circular_buffer @cb_arg1 : !tt.cb<4 x !tt.tile<32x32, bf16>> id 16 production 2 order [2, 1] unpack <src>
      tt.func @reader reader attributes {accessors = [@arg0], common_args = [#tt.arg<address, buffer = @arg0>], compile_args = [], core_args = [#tt.arg<start_id>, #tt.arg<count>]} {
        %c4 = arith.constant 4 : index
        %c2 = arith.constant 2 : index
        %c512 = arith.constant 512 : index
        %c1 = arith.constant 1 : index
        %c0 = arith.constant 0 : index
        %0 = tt.runtime_arg address @arg0 {index = 0 : i64, scope = #tt.arg_scope<common>}
        %1 = tt.tensor_accessor @arg0 at %0 {index = 0 : i64}
        %2 = tt.runtime_arg start_id {index = 0 : i64, scope = #tt.arg_scope<per_core>}
        %3 = tt.runtime_arg count {index = 1 : i64, scope = #tt.arg_scope<per_core>}
        tt.cb_reserve_back @cb_scaler, 1
        %4 = tt.get_write_ptr @cb_scaler
        scf.for %arg0 = %c0 to %c512 step %c1 {
          %6 = affine.apply #map(%arg0, %4)
          tt.l1_store %6, 1065369472
        }
        tt.cb_push_back @cb_scaler, 1
        %5 = arith.addi %2, %3 : index
        scf.for %arg0 = %2 to %5 step %c1 {
          %6:2 = affine.delinearize_index %arg0 into (2, 2) : index, index
          tt.cb_reserve_back @cb_arg0, 8
          %7 = tt.get_write_ptr @cb_arg0
          scf.for %arg1 = %c0 to %c2 step %c1 {
            scf.for %arg2 = %c0 to %c4 step %c1 {
              %8 = affine.apply #map1(%arg1, %arg2, %7)
              %9 = affine.apply #map2(%arg1, %arg2, %6#0)
              tt.noc_async_read_page %9, %1, %8
            }
          }
          tt.noc_async_read_barrier
          tt.cb_push_back @cb_arg0, 8
        }
      }
      tt.func @compute compute attributes {accessors = [], common_args = [], compile_args = [], core_args = [#tt.arg<start_id>, #tt.arg<count>]} {
        %c4 = arith.constant 4 : index
        %c2 = arith.constant 2 : index
        %c0 = arith.constant 0 : index
        %c1 = arith.constant 1 : index
        tt.hw_startup @cb_arg0, @cb_scaler, @cb_block
        %0 = tt.runtime_arg start_id {index = 0 : i64, scope = #tt.arg_scope<per_core>}
        %1 = tt.runtime_arg count {index = 1 : i64, scope = #tt.arg_scope<per_core>}
        %2 = arith.addi %0, %1 : index
        tt.cb_wait_front @cb_scaler, 1
        scf.for %arg0 = %0 to %2 step %c1 {
          tt.cb_wait_front @cb_arg0, 8
          tt.tile_regs_acquire
          tt.reconfig_data_format srca @cb_arg0
          tt.reduce_init sum row @cb_arg0, @cb_scaler, @cb_block
          scf.for %arg1 = %c0 to %c2 step %c1 {
            scf.for %arg2 = %c0 to %c4 step %c1 {
              %3 = affine.apply #map(%arg1, %arg2)
              tt.reduce_tile sum row @cb_arg0[%3], @cb_scaler[%c0], dst[%arg1] for @cb_block
            }
          }
          tt.tile_regs_commit
          tt.cb_reserve_back @cb_block, 2
          tt.tile_regs_wait
          tt.pack_reconfig_data_format @cb_block
          scf.for %arg1 = %c0 to %c2 step %c1 {
            tt.pack_tile dst[%arg1], @cb_block
          }
          tt.tile_regs_release
          tt.reduce_uninit
          tt.cb_push_back @cb_block, 2
          tt.cb_pop_front @cb_arg0, 8
          tt.cb_wait_front @cb_block, 2
          tt.tile_regs_acquire
          tt.reconfig_data_format srca @cb_block
          tt.unary_bcast_init col @cb_block
          scf.for %arg1 = %c0 to %c2 step %c1 {
            tt.unary_bcast col @cb_block[%arg1], dst[%arg1]
          }
          tt.unary_bcast_uninit col @cb_block
          tt.tile_regs_commit
          tt.cb_reserve_back @cb_arg1, 2
          tt.tile_regs_wait
          tt.pack_reconfig_data_format @cb_arg1
          scf.for %arg1 = %c0 to %c2 step %c1 {
            tt.pack_tile dst[%arg1], @cb_arg1
          }
          tt.tile_regs_release
          tt.cb_push_back @cb_arg1, 2
          tt.cb_pop_front @cb_block, 2
        }
        tt.cb_pop_front @cb_scaler, 1
      }
      tt.func @writer writer attributes {accessors = [@arg1], common_args = [#tt.arg<address, buffer = @arg1>], compile_args = [], core_args = [#tt.arg<start_id>, #tt.arg<count>]} {
        %c2 = arith.constant 2 : index
        %c0 = arith.constant 0 : index
        %c1 = arith.constant 1 : index
        %0 = tt.runtime_arg address @arg1 {index = 0 : i64, scope = #tt.arg_scope<common>}
        %1 = tt.tensor_accessor @arg1 at %0 {index = 0 : i64}
        %2 = tt.runtime_arg start_id {index = 0 : i64, scope = #tt.arg_scope<per_core>}
        %3 = tt.runtime_arg count {index = 1 : i64, scope = #tt.arg_scope<per_core>}
        %4 = arith.addi %2, %3 : index
        scf.for %arg0 = %2 to %4 step %c1 {
          %5:2 = affine.delinearize_index %arg0 into (2, 2) : index, index
          tt.cb_wait_front @cb_arg1, 2
          %6 = tt.get_read_ptr @cb_arg1
          scf.for %arg1 = %c0 to %c2 step %c1 {
            %7 = affine.apply #map3(%arg1, %6)
            %8 = affine.apply #map4(%arg1, %5#1, %5#0)
            tt.noc_async_write_page %8, %1, %7
          }
          tt.noc_async_write_barrier
          tt.cb_pop_front @cb_arg1, 2
        }
      }
    }
  }
}

