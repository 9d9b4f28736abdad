// A finished GEMM: 128x128 by 128x256 in blocks of 64x64, eight items on three cores.
#map = affine_map<(d0, d1) -> (d0 * 2048 + d1)>
#map1 = affine_map<(d0, d1, d2) -> (d0 * 4 + d1 + d2 * 8)>
#map2 = affine_map<(d0, d1, d2) -> (d0 + d1 * 8 + d2 * 2)>
#map3 = affine_map<(d0, d1, d2) -> (d0 * 4096 + d1 * 2048 + d2)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0 * 8 + d1 + d2 * 16 + d3 * 2)>
module {
  tt.host @gemm device(<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
    tt.buffer @A : tensor<128x128xbf16> in {accessor = #tt.accessor_info<batch_stride = 16, row_stride = 4, pages = 16, sharded = false>, argument = 0 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 4, cols = 4, page_bytes = 2048>}
    tt.buffer @B : tensor<128x256xbf16> in {accessor = #tt.accessor_info<batch_stride = 32, row_stride = 8, pages = 32, sharded = false>, argument = 1 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 4, cols = 8, page_bytes = 2048>}
    tt.buffer @C : tensor<128x256xbf16> out {accessor = #tt.accessor_info<batch_stride = 32, row_stride = 8, pages = 32, sharded = false>, argument = 2 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 4, cols = 8, page_bytes = 2048>}
    tt.program @gemm_0 grid [2, 4] schedule #tt.schedule compute <fp32_acc = true> partition <mode = global, order = row_major, block = 1, items = 8, cores = 3> work <x = [0, 1, 2], y = [0, 0, 0], start = [0, 3, 6], count = [3, 3, 2]> attributes {contractions = [#tt.contraction<mt = 4, kt = 4, nt = 8>]} {
      tt.circular_buffer @cb_A : !tt.cb<4 x !tt.tile<32x32, bf16>> id 0 production 2 order [2, 1] unpack <src>
      tt.circular_buffer @cb_B : !tt.cb<4 x !tt.tile<32x32, bf16>> id 1 production 2 order [1, 2] unpack <src>
      tt.circular_buffer @cb_C : !tt.cb<8 x !tt.tile<32x32, bf16>> id 16 production 4 order [2, 2] unpack <src>
      tt.func @reader reader attributes {accessors = [@A, @B], common_args = [#tt.arg<address, buffer = @A>, #tt.arg<address, buffer = @B>], compile_args = [], core_args = [#tt.arg<start_id>, #tt.arg<count>]} {
        %c2 = arith.constant 2 : index
        %c1 = arith.constant 1 : index
        %c4 = arith.constant 4 : index
        %c0 = arith.constant 0 : index
        %0 = tt.runtime_arg address @A {index = 0 : i64, scope = #tt.arg_scope<common>}
        %1 = tt.tensor_accessor @A at %0 {index = 0 : i64}
        %2 = tt.runtime_arg address @B {index = 1 : i64, scope = #tt.arg_scope<common>}
        %3 = tt.tensor_accessor @B at %2 {index = 1 : i64}
        %4 = tt.runtime_arg start_id {index = 0 : i64, scope = #tt.arg_scope<per_core>}
        %5 = tt.runtime_arg count {index = 1 : i64, scope = #tt.arg_scope<per_core>}
        %6 = arith.addi %4, %5 : index
        scf.for %arg0 = %4 to %6 step %c1 {
          %7:2 = affine.delinearize_index %arg0 into (2, 4) : index, index
          scf.for %arg1 = %c0 to %c4 step %c1 {
            tt.cb_reserve_back @cb_A, 2
            %8 = tt.get_write_ptr @cb_A
            scf.for %arg2 = %c0 to %c2 step %c1 {
              %10 = affine.apply #map(%arg2, %8)
              %11 = affine.apply #map1(%arg2, %arg1, %7#0)
              tt.noc_async_read_page %11, %1, %10
            }
            tt.noc_async_read_barrier
            tt.cb_push_back @cb_A, 2
            tt.cb_reserve_back @cb_B, 2
            %9 = tt.get_write_ptr @cb_B
            scf.for %arg2 = %c0 to %c2 step %c1 {
              %10 = affine.apply #map(%arg2, %9)
              %11 = affine.apply #map2(%arg2, %arg1, %7#1)
              tt.noc_async_read_page %11, %3, %10
            }
            tt.noc_async_read_barrier
            tt.cb_push_back @cb_B, 2
          }
        }
      }
      tt.func @compute compute attributes {accessors = [], common_args = [], compile_args = [], core_args = [#tt.arg<start_id>, #tt.arg<count>]} {
        %c1 = arith.constant 1 : index
        %c4 = arith.constant 4 : index
        %c0 = arith.constant 0 : index
        tt.hw_startup reverse @cb_A, @cb_B, @cb_C
        %0 = tt.runtime_arg start_id {index = 0 : i64, scope = #tt.arg_scope<per_core>}
        %1 = tt.runtime_arg count {index = 1 : i64, scope = #tt.arg_scope<per_core>}
        %2 = arith.addi %0, %1 : index
        tt.matmul_block_init @cb_A, @cb_B ct 2 rt 2 kt 1
        scf.for %arg0 = %0 to %2 step %c1 {
          tt.tile_regs_acquire
          scf.for %arg1 = %c0 to %c4 step %c1 {
            tt.cb_wait_front @cb_A, 2
            tt.cb_wait_front @cb_B, 2
            tt.matmul_block @cb_A[%c0], @cb_B[%c0], dst[%c0] ct 2 rt 2 kt 1
            tt.cb_pop_front @cb_A, 2
            tt.cb_pop_front @cb_B, 2
          }
          tt.tile_regs_commit
          tt.cb_reserve_back @cb_C, 4
          tt.tile_regs_wait
          scf.for %arg1 = %c0 to %c4 step %c1 {
            tt.pack_tile dst[%arg1], @cb_C
          }
          tt.tile_regs_release
          tt.cb_push_back @cb_C, 4
        }
      }
      tt.func @writer writer attributes {accessors = [@C], common_args = [#tt.arg<address, buffer = @C>], compile_args = [], core_args = [#tt.arg<start_id>, #tt.arg<count>]} {
        %c2 = arith.constant 2 : index
        %c0 = arith.constant 0 : index
        %c1 = arith.constant 1 : index
        %0 = tt.runtime_arg address @C {index = 0 : i64, scope = #tt.arg_scope<common>}
        %1 = tt.tensor_accessor @C at %0 {index = 0 : i64}
        %2 = tt.runtime_arg start_id {index = 0 : i64, scope = #tt.arg_scope<per_core>}
        %3 = tt.runtime_arg count {index = 1 : i64, scope = #tt.arg_scope<per_core>}
        %4 = arith.addi %2, %3 : index
        scf.for %arg0 = %2 to %4 step %c1 {
          %5:2 = affine.delinearize_index %arg0 into (2, 4) : index, index
          tt.cb_wait_front @cb_C, 4
          %6 = tt.get_read_ptr @cb_C
          scf.for %arg1 = %c0 to %c2 step %c1 {
            scf.for %arg2 = %c0 to %c2 step %c1 {
              %7 = affine.apply #map3(%arg1, %arg2, %6)
              %8 = affine.apply #map4(%arg1, %arg2, %5#0, %5#1)
              tt.noc_async_write_page %8, %1, %7
            }
          }
          tt.noc_async_write_barrier
          tt.cb_pop_front @cb_C, 4
        }
      }
    }
  }
}

