// RUN: tt-opt --tt-lower-shared-to-cb -split-input-file -verify-diagnostics %s

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 4, cols = 4, page_bytes = 2048>
tt.host @unwritten device(#wh) {
  tt.buffer @A : tensor<128x128xbf16> in {argument = 0 : i64, info = #info}
  tt.kernel @unwritten_0 grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    // expected-note @below {{the buffer is allocated here; fill it or copy a block into it before this op}}
    %x = memref.alloc() : memref<32x32xbf16>
    // expected-error @below {{'bufferization.to_tensor' op reads an on-chip buffer that nothing was written to}}
    %t = bufferization.to_tensor %x restrict : memref<32x32xbf16> to tensor<32x32xbf16>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 4, cols = 4, page_bytes = 2048>
tt.host @accumulator device(#wh) {
  tt.buffer @A : tensor<128x128xbf16> in {argument = 0 : i64, info = #info}
  tt.kernel @accumulator_0 grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %zero = arith.constant 0.0 : bf16
    // expected-note @below {{the buffer is allocated here}}
    %x = memref.alloc() : memref<32x32xbf16>
    %y = memref.alloc() : memref<32x32xbf16>
    linalg.fill ins(%zero : bf16) outs(%y : memref<32x32xbf16>)
    scf.for %k = %c0 to %i step %c1 {
      // expected-error @below {{'linalg.matmul' op reads an on-chip buffer that nothing was written to}}
      linalg.matmul ins(%y, %y : memref<32x32xbf16>, memref<32x32xbf16>) outs(%x : memref<32x32xbf16>)
    }
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 4, cols = 4, page_bytes = 2048>
tt.host @elements device(#wh) {
  tt.buffer @A : tensor<128x128xbf16> in {argument = 0 : i64, info = #info}
  tt.kernel @elements_0 grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %x = memref.alloc() : memref<32x32xbf16>
    // expected-error @below {{'memref.load' op on on-chip memory has no form on block values}}
    // expected-note @below {{single elements are accessed in element loops over a block only}}
    %v = memref.load %x[%c0, %c0] : memref<32x32xbf16>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 4, cols = 4, page_bytes = 2048>
tt.host @escapes device(#wh) {
  tt.buffer @A : tensor<128x128xbf16> in {argument = 0 : i64, info = #info}
  tt.kernel @escapes_0 grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %x = memref.alloc() : memref<32x32xbf16>
    // expected-error @below {{'memref.extract_aligned_pointer_as_index' op on on-chip memory has no form on block values}}
    // expected-note @below {{'linalg' ops, copies and views of 'memref.alloc' have one}}
    %p = memref.extract_aligned_pointer_as_index %x : memref<32x32xbf16> -> index
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 4, cols = 4, page_bytes = 2048>
tt.host @softmax device(#wh) {
  tt.buffer @A : tensor<128x128xbf16> in {argument = 0 : i64, info = #info}
  tt.kernel @softmax_0 grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %x = memref.alloc() : memref<32x32xbf16>
    // expected-error @below {{'linalg.softmax' op on on-chip memory has no form on block values}}
    // expected-note @below {{give it tensors, or write its maximum, exponential, sum and quotient as ops of their own}}
    linalg.softmax dimension(1) ins(%x : memref<32x32xbf16>) outs(%x : memref<32x32xbf16>)
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 4, cols = 4, page_bytes = 2048>
tt.host @swapped device(#wh) {
  tt.buffer @A : tensor<128x128xbf16> in {argument = 0 : i64, info = #info}
  tt.kernel @swapped_0 grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %x = memref.alloc() : memref<32x32xbf16>
    %y = memref.alloc() : memref<32x32xbf16>
    // expected-error @below {{'scf.for' op on on-chip memory has no form on block values}}
    // expected-note @below {{have one}}
    %r:2 = scf.for %k = %c0 to %i step %c1 iter_args(%p = %x, %q = %y) -> (memref<32x32xbf16>, memref<32x32xbf16>) {
      scf.yield %q, %p : memref<32x32xbf16>, memref<32x32xbf16>
    }
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 4, cols = 4, page_bytes = 2048>
tt.host @opaque device(#wh) {
  tt.buffer @A : tensor<128x128xbf16> in {argument = 0 : i64, info = #info}
  tt.kernel @opaque_0 grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %zero = arith.constant 0.0 : bf16
    %x = memref.alloc() : memref<32x32xbf16>
    // expected-note @below {{in this op; 'scf.for' and 'scf.if' are followed}}
    scf.execute_region {
      // expected-error @below {{'linalg.fill' op uses on-chip memory in control flow that values cannot be followed through}}
      linalg.fill ins(%zero : bf16) outs(%x : memref<32x32xbf16>)
      scf.yield
    }
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 4, cols = 4, page_bytes = 2048>
tt.host @dynamic device(#wh) {
  tt.buffer @A : tensor<128x128xbf16> in {argument = 0 : i64, info = #info}
  tt.kernel @dynamic_0 grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    // expected-error @below {{'memref.alloc' op makes on-chip memory of dynamic shape}}
    // expected-note @below {{on-chip buffers and their views have static shapes}}
    %x = memref.alloc(%i) : memref<?x32xbf16>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 4, cols = 4, page_bytes = 2048>
tt.host @dynamic_view device(#wh) {
  tt.buffer @A : tensor<128x128xbf16> in {argument = 0 : i64, info = #info}
  tt.kernel @dynamic_view_0 grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %x = memref.alloc() : memref<32x32xbf16>
    // expected-error @below {{'memref.subview' op makes on-chip memory of dynamic shape}}
    // expected-note @below {{on-chip buffers and their views have static shapes}}
    %v = memref.subview %x[0, 0] [%i, 32] [1, 1] : memref<32x32xbf16> to memref<?x32xbf16, strided<[32, 1]>>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 4, cols = 4, page_bytes = 2048>
tt.host @rank device(#wh) {
  tt.buffer @A : tensor<128x128xbf16> in {argument = 0 : i64, info = #info}
  tt.kernel @rank_0 grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    // expected-error @below {{'memref.alloc' op makes on-chip memory of 9 dimensions, but blocks have at most 8}}
    %x = memref.alloc() : memref<1x1x1x1x1x1x1x32x32xbf16>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 4, cols = 4, page_bytes = 2048>
tt.host @foreign device(#wh) {
  tt.buffer @A : tensor<128x128xbf16> in {argument = 0 : i64, info = #info}
  tt.kernel @foreign_0 grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %x = memref.alloc() : memref<32x32xbf16>
    %y = ub.poison : memref<32x32xbf16>
    // expected-error @below {{'memref.copy' op uses a memref that is no 'memref.alloc' of this kernel or a view of one}}
    memref.copy %y, %x : memref<32x32xbf16> to memref<32x32xbf16>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 4, cols = 4, page_bytes = 2048>
tt.host @geometry device(#wh) {
  tt.buffer @A : tensor<128x128xbf16> in {argument = 0 : i64, info = #info}
  tt.kernel @geometry_0 grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    // expected-error @below {{'tt.read_block' op has no geometry}}
    // expected-note @below {{tt-propagate-layout sets it and runs before this pass}}
    %a = tt.read_block @A[%i, %i] : tensor<32x32xbf16>
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 4, cols = 4, page_bytes = 2048>
tt.host @ring device(#wh) {
  tt.buffer @A : tensor<128x128xbf16> in {argument = 0 : i64, info = #info}
  tt.kernel @ring_0 grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    // expected-error @below {{'tt.read_block' op keeps 2147483648 productions of 1 pages in flight, more than a circular buffer counts}}
    %a = tt.read_block @A[%i, %i] : tensor<32x32xbf16> {transfer = #tt.transfer<page_bytes = 2048, pages = 1, depth = 2147483648, format = bf16>}
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @unranked device(#wh) {
  tt.kernel @unranked_0 grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %x = memref.alloc() : memref<32x32xbf16>
    // expected-error @below {{'memref.cast' op on on-chip memory has no form on block values}}
    // expected-note @below {{have one}}
    %y = memref.cast %x : memref<32x32xbf16> to memref<*xbf16>
  }
}

// -----

// What was collected of the op before its second operand is given up.
#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 4, cols = 4, page_bytes = 2048>
tt.host @half device(#wh) {
  tt.buffer @A : tensor<128x128xbf16> in {argument = 0 : i64, info = #info}
  tt.kernel @half_0 grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %zero = arith.constant 0.0 : bf16
    %a = memref.alloc() : memref<32x32xbf16>
    linalg.fill ins(%zero : bf16) outs(%a : memref<32x32xbf16>)
    // expected-note @below {{the buffer is allocated here; fill it or copy a block into it before this op}}
    %x = memref.alloc() : memref<32x32xbf16>
    %y = memref.alloc() : memref<32x32xbf16>
    // expected-error @below {{'linalg.add' op reads an on-chip buffer that nothing was written to}}
    linalg.add ins(%a, %x : memref<32x32xbf16>, memref<32x32xbf16>) outs(%y : memref<32x32xbf16>)
  }
}
