// RUN: tt-opt --tt-insert-compute-init %s | FileCheck %s

// A branch without an else has a region without a block.

#map = affine_map<(d0, d1) -> (d0 * 4 + d1)>
module {
  // CHECK: tt.reduce_uninit
  // CHECK: scf.if
  // CHECK-NEXT: tt.pack_tile dst[%{{.*}}], @cb_block
  tt.host @rowsum device(<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
    tt.buffer @arg0 : tensor<128x128xbf16> in {accessor = #tt.accessor_info<batch_stride = 16, row_stride = 4, pages = 16, sharded = false>, argument = 0 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 4, cols = 4, page_bytes = 2048>}
    tt.buffer @arg1 : tensor<128x64xbf16> out {accessor = #tt.accessor_info<batch_stride = 8, row_stride = 2, pages = 8, sharded = false>, argument = 1 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 4, cols = 2, page_bytes = 2048>}
    tt.program @rowsum_0 grid [2, 2] schedule #tt.schedule compute <fp32_acc = true> partition <mode = global, order = row_major, block = 1, items = 4, cores = 4> work <x = [0, 1, 2, 3], y = [0, 0, 0, 0], start = [0, 1, 2, 3], count = [1, 1, 1, 1]> {
      tt.circular_buffer @cb_block : !tt.cb<2 x !tt.tile<32x32, f32>> id 24 production 2 order [2, 1] unpack <dest>
      tt.circular_buffer @cb_scaler : !tt.cb<1 x !tt.tile<32x32, bf16>> id 0 production 1 order [1, 1] unpack <src>
      tt.circular_buffer @cb_arg0 : !tt.cb<16 x !tt.tile<32x32, bf16>> id 1 production 8 order [2, 4] unpack <src>
      tt.circular_buffer @cb_arg1 : !tt.cb<4 x !tt.tile<32x32, bf16>> id 16 production 2 order [2, 1] unpack <src>
      tt.func @compute compute attributes {accessors = [], common_args = [], compile_args = [], core_args = [#tt.arg<start_id>, #tt.arg<count>]} {
        %c4 = arith.constant 4 : index
        %c2 = arith.constant 2 : index
        %c0 = arith.constant 0 : index
        %c1 = arith.constant 1 : index
        %0 = tt.runtime_arg start_id {index = 0 : i64, scope = #tt.arg_scope<per_core>}
        %1 = tt.runtime_arg count {index = 1 : i64, scope = #tt.arg_scope<per_core>}
        %2 = arith.addi %0, %1 : index
        tt.cb_wait_front @cb_scaler, 1
        scf.for %arg0 = %0 to %2 step %c1 {
          tt.cb_wait_front @cb_arg0, 8
          tt.tile_regs_acquire
          scf.for %arg1 = %c0 to %c2 step %c1 {
            scf.for %arg2 = %c0 to %c4 step %c1 {
              %3 = affine.apply #map(%arg1, %arg2)
              tt.reduce_tile sum row @cb_arg0[%3], @cb_scaler[%c0], dst[%arg1] for @cb_block
            }
          }
          tt.tile_regs_commit
          tt.cb_reserve_back @cb_block, 2
          tt.tile_regs_wait
          scf.for %arg1 = %c0 to %c2 step %c1 {
            %4 = arith.cmpi ult, %arg1, %c2 : index
            scf.if %4 {
              tt.pack_tile dst[%arg1], @cb_block
            }
          }
          tt.tile_regs_release
          tt.cb_push_back @cb_block, 2
          tt.cb_pop_front @cb_arg0, 8
          tt.cb_wait_front @cb_block, 2
          tt.tile_regs_acquire
          scf.for %arg1 = %c0 to %c2 step %c1 {
            tt.unary_bcast col @cb_block[%arg1], dst[%arg1]
          }
          tt.tile_regs_commit
          tt.cb_reserve_back @cb_arg1, 2
          tt.tile_regs_wait
          scf.for %arg1 = %c0 to %c2 step %c1 {
            tt.pack_tile dst[%arg1], @cb_arg1
          }
          tt.tile_regs_release
          tt.cb_push_back @cb_arg1, 2
          tt.cb_pop_front @cb_block, 2
        }
        tt.cb_pop_front @cb_scaler, 1
      }
    }
  }
}
