// RUN: tt-opt --tt-infer-layout --verify-diagnostics %s

// A vector whose blocks are tiles already.
tt.host @h device(#tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
  tt.buffer @A : tensor<32xbf16> in {argument = 0 : i64}
  tt.kernel @k grid [1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    // expected-error @below {{'tt.read_block' op moves tiles already; layouts are inferred while blocks have elements}}
    %a = tt.read_block @A[%c0] : tensor<1x1x!tt.tile<32x32, bf16>>
  }
}
