// Several loop variables in one index: threads that count through a block.
// RUN: tt-opt --tt-lower-to-sfpu %s | tt-opt | FileCheck %s

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
// CHECK-DAG: #[[ID:.*]] = affine_map<(d0, d1) -> (d0, d1)>
// CHECK-DAG: #[[VEC:.*]] = affine_map<(d0) -> (d0)>
// CHECK-DAG: #[[LAST:.*]] = affine_map<(d0, d1) -> (d1)>
tt.host @f device(#wh) {
  // One number over the block, whose quotient and remainder are the row and the
  // column.
  // CHECK-LABEL: tt.kernel @quotient
  // CHECK-NOT: scf.for
  // CHECK: linalg.generic {indexing_maps = [#[[ID]], #[[LAST]], #[[ID]]], iterator_types = ["parallel", "parallel"]} ins(%{{.*}}, %{{.*}} : memref<32x64xf32>, memref<64xf32>)
  // CHECK-NOT: memref.load
  tt.kernel @quotient grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%n: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c16 = arith.constant 16 : index
    %t = gpu.thread_id x upper_bound 128
    %a = memref.alloc() : memref<32x64xf32>
    %b = memref.alloc() : memref<64xf32>
    scf.for %i = %c0 to %c16 step %c1 {
      %r = affine.apply affine_map<(d0, d1) -> ((d0 * 128 + d1) floordiv 64)>(%i, %t)
      %c = affine.apply affine_map<(d0, d1) -> ((d0 * 128 + d1) mod 64)>(%i, %t)
      %x = memref.load %a[%r, %c] : memref<32x64xf32>
      %y = memref.load %b[%c] : memref<64xf32>
      %z = arith.addf %x, %y : f32
      memref.store %z, %a[%r, %c] : memref<32x64xf32>
    }
  }

  // The same with arith and with affine.delinearize_index.
  // CHECK-LABEL: tt.kernel @arith
  // CHECK: linalg.generic {indexing_maps = [#[[ID]], #[[ID]]]
  // CHECK: linalg.generic {indexing_maps = [#[[ID]], #[[ID]]]
  // CHECK-NOT: memref.load
  tt.kernel @arith grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%n: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c16 = arith.constant 16 : index
    %c64 = arith.constant 64 : index
    %c128 = arith.constant 128 : index
    %t = gpu.thread_id x upper_bound 128
    %a = memref.alloc() : memref<32x64xf32>
    %b = memref.alloc() : memref<32x64xf32>
    scf.for %i = %c0 to %c16 step %c1 {
      %0 = arith.muli %i, %c128 : index
      %1 = arith.addi %0, %t : index
      %r = arith.divui %1, %c64 : index
      %c = arith.remui %1, %c64 : index
      %x = memref.load %a[%r, %c] : memref<32x64xf32>
      memref.store %x, %b[%r, %c] : memref<32x64xf32>
    }
    scf.for %i = %c0 to %c16 step %c1 {
      %0 = affine.apply affine_map<(d0, d1) -> (d0 * 128 + d1)>(%i, %t)
      %rc:2 = affine.delinearize_index %0 into (32, 64) : index, index
      %x = memref.load %b[%rc#0, %rc#1] : memref<32x64xf32>
      %y = arith.negf %x : f32
      memref.store %y, %b[%rc#0, %rc#1] : memref<32x64xf32>
    }
  }

  // A number per dimension: rows by loop and thread, columns by thread and
  // vector lane; a vector by one number.
  // CHECK-LABEL: tt.kernel @dimensions
  // CHECK: linalg.generic {indexing_maps = [#[[ID]], #[[ID]]], iterator_types = ["parallel", "parallel"]}
  // CHECK: linalg.generic {indexing_maps = [#[[VEC]], #[[VEC]]], iterator_types = ["parallel"]}
  // CHECK-NOT: memref.load
  tt.kernel @dimensions grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%n: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c4 = arith.constant 4 : index
    %c8 = arith.constant 8 : index
    %tx = gpu.thread_id x upper_bound 16
    %ty = gpu.thread_id y upper_bound 8
    %a = memref.alloc() : memref<32x64xf32>
    %b = memref.alloc() : memref<32x64xf32>
    %v = memref.alloc() : memref<64xf32>
    %w = memref.alloc() : memref<64xf32>
    scf.for %i = %c0 to %c4 step %c1 {
      scf.for %j = %c0 to %c4 step %c1 {
        %r = affine.apply affine_map<(d0, d1) -> (d0 * 8 + d1)>(%i, %ty)
        %c = affine.apply affine_map<(d0, d1) -> (d0 * 4 + d1)>(%tx, %j)
        %x = memref.load %a[%r, %c] : memref<32x64xf32>
        memref.store %x, %b[%r, %c] : memref<32x64xf32>
      }
    }
    scf.parallel (%i, %j) = (%c0, %c0) to (%c8, %c8) step (%c1, %c1) {
      %k = affine.apply affine_map<(d0, d1) -> (d0 + d1 * 8)>(%i, %j)
      %x = memref.load %v[%k] : memref<64xf32>
      memref.store %x, %w[%k] : memref<64xf32>
    }
  }

  // A variable of such a number, as a value.
  // CHECK-LABEL: tt.kernel @variable
  // CHECK: %[[I:.*]] = linalg.index 0
  // CHECK: affine.apply {{.*}}[%[[I]]]
  tt.kernel @variable grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%n: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c8 = arith.constant 8 : index
    %w = memref.alloc() : memref<64xf32>
    scf.parallel (%i, %j) = (%c0, %c0) to (%c8, %c8) step (%c1, %c1) {
      %k = affine.apply affine_map<(d0, d1) -> (d0 + d1 * 8)>(%i, %j)
      %n32 = arith.index_cast %j : index to i32
      %f = arith.sitofp %n32 : i32 to f32
      memref.store %f, %w[%k] : memref<64xf32>
    }
  }
}
