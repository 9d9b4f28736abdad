// RUN: tt-opt --tt-grid-to-core-grid -split-input-file -verify-diagnostics %s

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @unplanned device(#wh) {
  // expected-error @below {{'tt.kernel' op has no partition}}
  // expected-note @below {{tt-layout-aware-work-partition sets it and runs before this pass}}
  tt.kernel @unplanned_0 grid [7] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @items device(#wh) {
  // expected-error @below {{'tt.kernel' op has a partition of 6 items, but its grid has 7 blocks}}
  tt.kernel @items_0 grid [7] schedule #tt.schedule compute #tt.compute attributes {partition = #tt.partition<mode = global, order = row_major, block = 1, items = 6, cores = 1>, work = #tt.work<x = [0], y = [0], start = [0], count = [6]>} {
  ^bb0(%i: index):
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @again device(#wh) {
  // expected-error @below {{'tt.kernel' op has 2 block arguments, but its grid has 1 dimensions}}
  tt.kernel @again_0 grid [7] schedule #tt.schedule compute #tt.compute attributes {partition = #tt.partition<mode = global, order = row_major, block = 1, items = 7, cores = 1>, work = #tt.work<x = [0], y = [0], start = [0], count = [7]>} {
  ^bb0(%start: index, %count: index):
  }
}
