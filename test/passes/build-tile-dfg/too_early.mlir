// RUN: tt-opt --tt-build-tile-dfg --verify-diagnostics %s

// Blocks of elements, not yet through circular buffers.
tt.host @h device(#tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
  tt.buffer @A : tensor<32x32xbf16> in {argument = 0 : i64}
  tt.buffer @B : tensor<32x32xbf16> out {argument = 1 : i64}
  tt.kernel @k grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    // expected-error @below {{'tt.read_block' op does not move tiles through a circular buffer yet; run tt-lower-shared-to-cb and tt-lower-tile-intrinsics first}}
    %a = tt.read_block @A[%c0, %c0] : tensor<32x32xbf16>
    tt.write_block %a, @B[%c0, %c0] : tensor<32x32xbf16>
  }
}
