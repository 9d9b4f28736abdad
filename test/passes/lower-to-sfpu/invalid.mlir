// RUN: tt-opt --tt-lower-to-sfpu -split-input-file -verify-diagnostics %s

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @bounds device(#wh) {
  tt.kernel @bounds_0 grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%n: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %c32 = arith.constant 32 : index
    %one = arith.constant 1.0 : f32
    %a = memref.alloc() : memref<32x32xf32>
    %b = memref.alloc() : memref<32x32xf32>
    %s = memref.alloc() : memref<32xf32>
    // expected-error @below {{'scf.for' op over elements needs constant bounds}}
    // expected-note @below {{the loops over a block run over all of it}}
    scf.for %i = %c0 to %n step %c1 {
      %x = memref.load %s[%i] : memref<32xf32>
      memref.store %x, %s[%i] : memref<32xf32>
    }
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @strides device(#wh) {
  tt.kernel @strides_0 grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%n: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %c32 = arith.constant 32 : index
    %one = arith.constant 1.0 : f32
    %a = memref.alloc() : memref<32x32xf32>
    %b = memref.alloc() : memref<32x32xf32>
    %s = memref.alloc() : memref<32xf32>
    // expected-error @below {{'scf.parallel' op over elements needs steps of 1 and an iteration}}
    // expected-note @below {{a block is computed as a whole; strides are for the copies that fill it}}
    scf.parallel (%i) = (%c0) to (%c32) step (%c2) {
      memref.store %one, %s[%i] : memref<32xf32>
    }
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @carried device(#wh) {
  tt.kernel @carried_0 grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%n: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %c32 = arith.constant 32 : index
    %one = arith.constant 1.0 : f32
    %a = memref.alloc() : memref<32x32xf32>
    %b = memref.alloc() : memref<32x32xf32>
    %s = memref.alloc() : memref<32xf32>
    // expected-error @below {{'scf.for' op over elements carries values}}
    // expected-note @below {{accumulate in an on-chip buffer, or write the reduction as a 'linalg' op}}
    %r = scf.for %i = %c0 to %c32 step %c1 iter_args(%sum = %one) -> f32 {
      %x = memref.load %s[%i] : memref<32xf32>
      %y = arith.addf %sum, %x : f32
      scf.yield %y : f32
    }
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @branch device(#wh) {
  tt.kernel @branch_0 grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%n: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %c32 = arith.constant 32 : index
    %one = arith.constant 1.0 : f32
    %a = memref.alloc() : memref<32x32xf32>
    %b = memref.alloc() : memref<32x32xf32>
    %s = memref.alloc() : memref<32xf32>
    scf.forall (%i) in (32) {
      %x = memref.load %s[%i] : memref<32xf32>
      %p = arith.cmpf ogt, %x, %one : f32
      // expected-error @below {{'scf.if' op cannot be part of a loop over elements}}
      // expected-note @below {{choose between values with 'arith.select'}}
      scf.if %p {
        memref.store %one, %s[%i] : memref<32xf32>
      }
    }
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @two_loops device(#wh) {
  tt.kernel @two_loops_0 grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%n: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %c32 = arith.constant 32 : index
    %one = arith.constant 1.0 : f32
    %a = memref.alloc() : memref<32x32xf32>
    %b = memref.alloc() : memref<32x32xf32>
    %s = memref.alloc() : memref<32xf32>
    scf.for %i = %c0 to %c32 step %c1 {
      scf.for %j = %c0 to %c32 step %c1 {
        memref.store %one, %a[%i, %j] : memref<32x32xf32>
      }
      // expected-error @below {{'scf.for' op is the second loop in one loop over elements}}
      // expected-note @below {{give each statement its own loops over the block}}
      scf.for %j = %c0 to %c32 step %c1 {
        memref.store %one, %b[%i, %j] : memref<32x32xf32>
      }
    }
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @diagonal device(#wh) {
  tt.kernel @diagonal_0 grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%n: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %c32 = arith.constant 32 : index
    %one = arith.constant 1.0 : f32
    %a = memref.alloc() : memref<32x32xf32>
    %b = memref.alloc() : memref<32x32xf32>
    %s = memref.alloc() : memref<32xf32>
    scf.parallel (%i) = (%c0) to (%c32) step (%c1) {
      // expected-error @below {{'memref.store' op indexes a dimension by more than one loop variable plus an offset}}
      // expected-note @below {{in a loop over elements each dimension of a block is indexed by a loop of its own, or by what stays}}
      memref.store %one, %a[%i, %i] : memref<32x32xf32>
    }
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @skewed device(#wh) {
  tt.kernel @skewed_0 grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%n: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %c32 = arith.constant 32 : index
    %one = arith.constant 1.0 : f32
    %a = memref.alloc() : memref<32x32xf32>
    %b = memref.alloc() : memref<32x32xf32>
    %s = memref.alloc() : memref<32xf32>
    scf.parallel (%i, %j) = (%c0, %c0) to (%c32, %c32) step (%c1, %c1) {
      %k = arith.addi %i, %j : index
      // expected-error @below {{'memref.load' op indexes a dimension by more than one loop variable plus an offset}}
      // expected-note @below {{in a loop over elements}}
      %x = memref.load %s[%k] : memref<32xf32>
      memref.store %x, %a[%i, %j] : memref<32x32xf32>
    }
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @gather device(#wh) {
  tt.kernel @gather_0 grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%n: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %c32 = arith.constant 32 : index
    %one = arith.constant 1.0 : f32
    %a = memref.alloc() : memref<32x32xf32>
    %b = memref.alloc() : memref<32x32xf32>
    %s = memref.alloc() : memref<32xf32>
    scf.parallel (%i) = (%c0) to (%c32) step (%c1) {
      %x = memref.load %s[%i] : memref<32xf32>
      %y = arith.fptosi %x : f32 to i32
      %k = arith.index_cast %y : i32 to index
      // expected-error @below {{'memref.load' op indexes a dimension by more than one loop variable plus an offset}}
      // expected-note @below {{in a loop over elements}}
      %z = memref.load %s[%k] : memref<32xf32>
      memref.store %z, %a[%i, %c0] : memref<32x32xf32>
    }
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @scan device(#wh) {
  tt.kernel @scan_0 grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%n: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %c32 = arith.constant 32 : index
    %one = arith.constant 1.0 : f32
    %a = memref.alloc() : memref<32x32xf32>
    %b = memref.alloc() : memref<32x32xf32>
    %s = memref.alloc() : memref<32xf32>
    %c31 = arith.constant 31 : index
    scf.for %i = %c0 to %c31 step %c1 {
      // expected-error @below {{'memref.load' op accesses another element of a buffer than the loop stores}}
      // expected-note @below {{every element of a block is computed from what was there before the loop; use a second buffer}}
      %x = memref.load %s[%i] : memref<32xf32>
      %k = arith.addi %i, %c1 : index
      // expected-note @below {{stored here}}
      memref.store %x, %s[%k] : memref<32xf32>
    }
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @overwritten device(#wh) {
  tt.kernel @overwritten_0 grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%n: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %c32 = arith.constant 32 : index
    %one = arith.constant 1.0 : f32
    %a = memref.alloc() : memref<32x32xf32>
    %b = memref.alloc() : memref<32x32xf32>
    %s = memref.alloc() : memref<32xf32>
    scf.parallel (%i, %j) = (%c0, %c0) to (%c32, %c32) step (%c1, %c1) {
      %x = memref.load %a[%i, %j] : memref<32x32xf32>
      // expected-error @below {{'memref.store' op overwrites an element in each iteration of a loop that does not index it}}
      // expected-note @below {{a reduction adds to the element that it loads; all else indexes its result by every loop}}
      memref.store %x, %s[%i] : memref<32xf32>
    }
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @levels device(#wh) {
  tt.kernel @levels_0 grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%n: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %c32 = arith.constant 32 : index
    %one = arith.constant 1.0 : f32
    %a = memref.alloc() : memref<32x32xf32>
    %b = memref.alloc() : memref<32x32xf32>
    %s = memref.alloc() : memref<32xf32>
    scf.for %i = %c0 to %c32 step %c1 {
      scf.for %j = %c0 to %c32 step %c1 {
        memref.store %one, %a[%i, %j] : memref<32x32xf32>
      }
      // expected-error @below {{'memref.store' op is indexed by other loops than the store before it}}
      // expected-note @below {{give each statement its own loops over the block}}
      memref.store %one, %s[%i] : memref<32xf32>
    }
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @idle device(#wh) {
  tt.kernel @idle_0 grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%n: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %c32 = arith.constant 32 : index
    %one = arith.constant 1.0 : f32
    %a = memref.alloc() : memref<32x32xf32>
    %b = memref.alloc() : memref<32x32xf32>
    %s = memref.alloc() : memref<32xf32>
    // expected-error @below {{'scf.parallel' op has a variable that indexes nothing}}
    // expected-note @below {{drop the loop; every iteration does the same}}
    scf.parallel (%i, %j) = (%c0, %c0) to (%c32, %c32) step (%c1, %c1) {
      memref.store %one, %s[%i] : memref<32xf32>
    }
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @outside device(#wh) {
  tt.kernel @outside_0 grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%n: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %c32 = arith.constant 32 : index
    %one = arith.constant 1.0 : f32
    %a = memref.alloc() : memref<32x32xf32>
    %b = memref.alloc() : memref<32x32xf32>
    %s = memref.alloc() : memref<32xf32>
    scf.parallel (%i) = (%c0) to (%c32) step (%c1) {
      %k = arith.addi %i, %c2 : index
      // expected-error @below {{'memref.load' op accesses elements 2 to 33 of a dimension of 32}}
      %x = memref.load %s[%k] : memref<32xf32>
      memref.store %x, %a[%i, %c0] : memref<32x32xf32>
    }
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @two_ways device(#wh) {
  tt.kernel @two_ways_0 grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%n: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c8 = arith.constant 8 : index
    %a = memref.alloc() : memref<8xf32>
    %w = memref.alloc() : memref<64xf32>
    scf.parallel (%i, %j) = (%c0, %c0) to (%c8, %c8) step (%c1, %c1) {
      %k = affine.apply affine_map<(d0, d1) -> (d0 + d1 * 8)>(%i, %j)
      // expected-error @below {{'memref.load' op indexes a dimension by more than one loop variable plus an offset}}
      // expected-note @below {{in a loop over elements}}
      %x = memref.load %a[%i] : memref<8xf32>
      memref.store %x, %w[%k] : memref<64xf32>
    }
  }
}

// -----

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @half device(#wh) {
  tt.kernel @half_0 grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%n: index):
    // expected-error @below {{'gpu.thread_id' op has a variable that indexes nothing}}
    // expected-note @below {{drop the loop; every iteration does the same}}
    %t = gpu.thread_id x upper_bound 64
    %zero = arith.constant 0.0 : f32
    %w = memref.alloc() : memref<8xf32>
    %k = affine.apply affine_map<(d0) -> (d0 mod 8)>(%t)
    memref.store %zero, %w[%k] : memref<8xf32>
  }
}
