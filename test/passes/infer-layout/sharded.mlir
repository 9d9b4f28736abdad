// RUN: tt-opt --tt-infer-layout %s | FileCheck %s

// A shard that is whole tiles and fits the device is kept as it was asked for; shards in L1 are dealt to the cores of the schedule, else of the device.

// CHECK: tt.buffer @A : tensor<128x64xbf16> in {{.*}}info = #tt.buffer<memory = l1, layout = sharded, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 4, cols = 2, page_bytes = 2048, shard = <axes = [0, 1], grid = [2, 2], shape = [64, 32]>, shard_columns = 8>
tt.host @f device(#tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
  tt.buffer @A : tensor<128x64xbf16> in {argument = 0 : i64, layout = #tt.layout<memory = l1, layout = sharded, shard = <axes = [0, 1], grid = [2, 2], shape = [64, 32]>>}
}

// CHECK: tt.buffer @B : {{.*}}info = #tt.buffer<memory = l1, {{.*}}, shard = <axes = [1], grid = [2], shape = [32]>, shard_columns = 1>
// CHECK: tt.buffer @C : {{.*}}info = #tt.buffer<memory = dram, {{.*}}, shard = <axes = [1], grid = [2], shape = [32]>>
tt.host @g device(#tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
  tt.buffer @B : tensor<128x64xbf16> in {argument = 0 : i64, layout = #tt.layout<memory = l1, layout = sharded, shard = <axes = [1], grid = [2], shape = [32]>>}
  tt.buffer @C : tensor<128x64xbf16> in {argument = 1 : i64, layout = #tt.layout<layout = sharded, shard = <axes = [1], grid = [2], shape = [32]>>}
  tt.kernel @g_0 grid [2] schedule #tt.schedule<grid_x = 1, grid_y = 2> compute #tt.compute {
  ^bb0(%i: index):
  }
}
