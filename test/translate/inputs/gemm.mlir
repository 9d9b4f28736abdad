tt.host @gemm device(#tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
  tt.buffer @A : tensor<128x256xbf16> in {argument = 0 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 4, cols = 8, page_bytes = 2048>, accessor = #tt.accessor_info<batch_stride = 32, row_stride = 8, pages = 32, sharded = false>}
  tt.buffer @B : tensor<256x64xbf16> in {argument = 1 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 8, cols = 2, page_bytes = 2048>, accessor = #tt.accessor_info<batch_stride = 16, row_stride = 2, pages = 16, sharded = false>}
  tt.buffer @C : tensor<128x64xbf16> out {argument = 2 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 4, cols = 2, page_bytes = 2048>, accessor = #tt.accessor_info<batch_stride = 8, row_stride = 2, pages = 8, sharded = false>}
  tt.program @gemm_0 grid [2, 1] schedule #tt.schedule compute #tt.compute<fp32_acc = true>
      partition #tt.partition<mode = global, order = row_major, block = 1, items = 2, cores = 2>
      work #tt.work<x = [0, 1], y = [0, 0], start = [0, 1], count = [1, 1]>
      attributes {contractions = [#tt.contraction<mt = 4, kt = 8, nt = 2>]} {
    tt.circular_buffer @cb_A : !tt.cb<4 x !tt.tile<32x32, bf16>> id 0 production 2 order [2, 1] unpack <src>
    tt.circular_buffer @cb_B : !tt.cb<4 x !tt.tile<32x32, bf16>> id 1 production 2 order [1, 2] unpack <src>
    tt.circular_buffer @cb_C : !tt.cb<8 x !tt.tile<32x32, bf16>> id 16 production 4 order [2, 2] unpack <src>
    tt.func @reader reader attributes {core_args = [#tt.arg<start_id>, #tt.arg<count>], common_args = [#tt.arg<address, buffer = @A>, #tt.arg<address, buffer = @B>], accessors = [@A, @B]} {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %c2 = arith.constant 2 : index
      %c8 = arith.constant 8 : index
      %addr_A = tt.runtime_arg address @A {scope = #tt.arg_scope<common>, index = 0 : i64}
      %acc_A = tt.tensor_accessor @A at %addr_A
      %addr_B = tt.runtime_arg address @B {scope = #tt.arg_scope<common>, index = 1 : i64}
      %acc_B = tt.tensor_accessor @B at %addr_B
      %start = tt.runtime_arg start_id {scope = #tt.arg_scope<per_core>, index = 0 : i64}
      %count = tt.runtime_arg count {scope = #tt.arg_scope<per_core>, index = 1 : i64}
      %end = arith.addi %start, %count : index
      scf.for %i = %start to %end step %c1 {
        %b:2 = affine.delinearize_index %i into (2, 1) : index, index
        scf.for %k = %c0 to %c8 step %c1 {
          tt.cb_reserve_back @cb_A, 2
          %pa = tt.get_write_ptr @cb_A
          scf.for %t = %c0 to %c2 step %c1 {
            %page = affine.apply affine_map<(d0, d1, d2) -> ((d0 * 2 + d2) * 8 + d1)>(%b#0, %k, %t)
            %l1 = affine.apply affine_map<(d0)[s0] -> (s0 + d0 * 2048)>(%t)[%pa]
            tt.noc_async_read_page %page, %acc_A, %l1
          }
          tt.noc_async_read_barrier
          tt.cb_push_back @cb_A, 2
          tt.cb_reserve_back @cb_B, 2
          %pb = tt.get_write_ptr @cb_B
          scf.for %t = %c0 to %c2 step %c1 {
            %page = affine.apply affine_map<(d0, d1, d2) -> (d1 * 2 + d0 * 2 + d2)>(%b#1, %k, %t)
            %l1 = affine.apply affine_map<(d0)[s0] -> (s0 + d0 * 2048)>(%t)[%pb]
            tt.noc_async_read_page %page, %acc_B, %l1
          }
          tt.noc_async_read_barrier
          tt.cb_push_back @cb_B, 2
        }
      }
    }
    tt.func @compute compute attributes {core_args = [#tt.arg<start_id>, #tt.arg<count>]} {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %c4 = arith.constant 4 : index
      %c8 = arith.constant 8 : index
      tt.hw_startup reverse @cb_A, @cb_B, @cb_C
      tt.matmul_block_init @cb_A, @cb_B ct 2 rt 2 kt 1
      %start = tt.runtime_arg start_id {scope = #tt.arg_scope<per_core>, index = 0 : i64}
      %count = tt.runtime_arg count {scope = #tt.arg_scope<per_core>, index = 1 : i64}
      %end = arith.addi %start, %count : index
      scf.for %i = %start to %end step %c1 {
        tt.tile_regs_acquire
        scf.for %k = %c0 to %c8 step %c1 {
          tt.cb_wait_front @cb_A, 2
          tt.cb_wait_front @cb_B, 2
          tt.matmul_block @cb_A[%c0], @cb_B[%c0], dst[%c0] ct 2 rt 2 kt 1
          tt.cb_pop_front @cb_A, 2
          tt.cb_pop_front @cb_B, 2
        }
        tt.tile_regs_commit
        tt.cb_reserve_back @cb_C, 4
        tt.tile_regs_wait
        scf.for %t = %c0 to %c4 step %c1 {
          tt.pack_tile dst[%t], @cb_C
        }
        tt.tile_regs_release
        tt.cb_push_back @cb_C, 4
      }
    }
    tt.func @writer writer attributes {core_args = [#tt.arg<start_id>, #tt.arg<count>], common_args = [#tt.arg<address, buffer = @C>], accessors = [@C]} {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %c4 = arith.constant 4 : index
      %addr_C = tt.runtime_arg address @C {scope = #tt.arg_scope<common>, index = 0 : i64}
      %acc_C = tt.tensor_accessor @C at %addr_C
      %start = tt.runtime_arg start_id {scope = #tt.arg_scope<per_core>, index = 0 : i64}
      %count = tt.runtime_arg count {scope = #tt.arg_scope<per_core>, index = 1 : i64}
      %end = arith.addi %start, %count : index
      scf.for %i = %start to %end step %c1 {
        %b:2 = affine.delinearize_index %i into (2, 1) : index, index
        tt.cb_wait_front @cb_C, 4
        %p = tt.get_read_ptr @cb_C
        scf.for %t = %c0 to %c4 step %c1 {
          %page = affine.apply affine_map<(d0, d1, d2) -> ((d0 * 2 + d2 floordiv 2) * 2 + d1 * 2 + d2 mod 2)>(%b#0, %b#1, %t)
          %l1 = affine.apply affine_map<(d0)[s0] -> (s0 + d0 * 2048)>(%t)[%p]
          tt.noc_async_write_page %page, %acc_C, %l1
        }
        tt.noc_async_write_barrier
        tt.cb_pop_front @cb_C, 4
      }
    }
  }
}
