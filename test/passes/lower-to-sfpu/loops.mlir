// Loops over the elements of a block become linalg.generic on the block.
// RUN: tt-opt --tt-lower-to-sfpu %s | tt-opt | FileCheck %s

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
// CHECK-DAG: #[[ID:.*]] = affine_map<(d0, d1) -> (d0, d1)>
// CHECK-DAG: #[[ROW:.*]] = affine_map<(d0, d1) -> (0, d1)>
// CHECK-DAG: #[[COL:.*]] = affine_map<(d0, d1) -> (d0)>
// CHECK-DAG: #[[VEC:.*]] = affine_map<(d0, d1) -> (d1)>
// CHECK-DAG: #[[TURN:.*]] = affine_map<(d0, d1) -> (d1, d0)>
tt.host @f device(#wh) {
  // A parallel loop: a·b + c.
  // CHECK-LABEL: tt.kernel @parallel
  // CHECK: %[[A:.*]] = memref.alloc
  // CHECK: %[[B:.*]] = memref.alloc
  // CHECK: %[[C:.*]] = memref.alloc
  // CHECK: %[[D:.*]] = memref.alloc
  // CHECK-NOT: scf.parallel
  // CHECK: linalg.generic {indexing_maps = [#[[ID]], #[[ID]], #[[ID]], #[[ID]]], iterator_types = ["parallel", "parallel"]} ins(%[[A]], %[[B]], %[[C]] : {{.*}}) outs(%[[D]] :
  // CHECK: ^bb0(%[[X:.*]]: f32, %[[Y:.*]]: f32, %[[Z:.*]]: f32, %{{.*}}: f32):
  // CHECK-NEXT: %[[P:.*]] = arith.mulf %[[X]], %[[Y]]
  // CHECK-NEXT: %[[S:.*]] = arith.addf %[[P]], %[[Z]]
  // CHECK-NEXT: linalg.yield %[[S]]
  // CHECK-NOT: memref.load
  tt.kernel @parallel grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%n: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c32 = arith.constant 32 : index
    %c64 = arith.constant 64 : index
    %a = memref.alloc() : memref<32x64xf32>
    %b = memref.alloc() : memref<32x64xf32>
    %c = memref.alloc() : memref<32x64xf32>
    %d = memref.alloc() : memref<32x64xf32>
    scf.parallel (%i, %j) = (%c0, %c0) to (%c32, %c64) step (%c1, %c1) {
      %x = memref.load %a[%i, %j] : memref<32x64xf32>
      %y = memref.load %b[%i, %j] : memref<32x64xf32>
      %z = memref.load %c[%i, %j] : memref<32x64xf32>
      %p = arith.mulf %x, %y : f32
      %s = arith.addf %p, %z : f32
      memref.store %s, %d[%i, %j] : memref<32x64xf32>
    }
  }

  // Nested loops, in an outer loop over blocks; a row, a column and a scalar
  // that repeat; constants in the loop and outside; loops in the other order
  // than the indices.
  // CHECK-LABEL: tt.kernel @broadcast
  // CHECK: %[[K:.*]] = arith.constant 2.0
  // CHECK: scf.for
  // CHECK-NOT: scf.for
  // CHECK: %[[S1:.*]] = memref.subview %{{.*}}[3] [1] [1] : memref<8xf32> to memref<f32, strided<[], offset: 3>>
  // CHECK: linalg.generic {indexing_maps = [#[[ROW]], #[[ID]], #[[COL]], #{{.*}}, #[[ID]]]
  // CHECK-SAME: ins(%{{.*}}, %{{.*}}, %{{.*}}, %[[S1]] :
  // CHECK: arith.constant 1.0
  // CHECK: arith.mulf %{{.*}}, %[[K]]
  tt.kernel @broadcast grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%n: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c3 = arith.constant 3 : index
    %c32 = arith.constant 32 : index
    %c64 = arith.constant 64 : index
    %two = arith.constant 2.0 : f32
    %a = memref.alloc() : memref<32x64xf32>
    %row = memref.alloc() : memref<1x64xf32>
    %col = memref.alloc() : memref<32xf32>
    %s = memref.alloc() : memref<8xf32>
    scf.for %k = %c0 to %n step %c1 {
      scf.for %j = %c0 to %c64 step %c1 {
        %y = memref.load %row[%c0, %j] : memref<1x64xf32>
        scf.for %i = %c0 to %c32 step %c1 {
          %x = memref.load %a[%i, %j] : memref<32x64xf32>
          %0 = arith.addf %y, %x : f32
          %z = memref.load %col[%i] : memref<32xf32>
          %1 = arith.addf %0, %z : f32
          %w = memref.load %s[%c3] : memref<8xf32>
          %one = arith.constant 1.0 : f32
          %2 = arith.subf %w, %one : f32
          %3 = arith.mulf %2, %two : f32
          %4 = arith.mulf %1, %3 : f32
          memref.store %4, %a[%i, %j] : memref<32x64xf32>
        }
      }
    }
  }

  // forall; a stored element that is loaded again is the stored value; two
  // results; a transposed read; the loop variable as a number.
  // CHECK-LABEL: tt.kernel @forall
  // CHECK: linalg.generic {indexing_maps = [#[[TURN]], #[[ID]], #[[ID]]], iterator_types = ["parallel", "parallel"]} ins(%[[A:.*]] : {{.*}}) outs(%[[X:.*]], %[[Y:.*]] :
  // CHECK: ^bb0(%[[IN:.*]]: f32, %{{.*}}: f32, %{{.*}}: f32):
  // CHECK:   %[[E:.*]] = math.exp %[[IN]]
  // CHECK:   %[[I:.*]] = linalg.index 0
  // CHECK:   %[[N:.*]] = arith.index_cast %[[I]]
  // CHECK:   %[[F:.*]] = arith.sitofp %[[N]]
  // CHECK:   %[[P:.*]] = arith.mulf %[[E]], %[[F]]
  // CHECK:   linalg.yield %[[E]], %[[P]]
  tt.kernel @forall grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%n: index):
    %a = memref.alloc() : memref<64x32xf32>
    %x = memref.alloc() : memref<32x64xf32>
    %y = memref.alloc() : memref<32x64xf32>
    scf.forall (%i, %j) in (32, 64) {
      %v = memref.load %a[%j, %i] : memref<64x32xf32>
      %e = math.exp %v : f32
      memref.store %e, %x[%i, %j] : memref<32x64xf32>
      %i32 = arith.index_cast %i : index to i32
      %f = arith.sitofp %i32 : i32 to f32
      %u = memref.load %x[%i, %j] : memref<32x64xf32>
      %p = arith.mulf %u, %f : f32
      memref.store %p, %y[%i, %j] : memref<32x64xf32>
    }
  }

  // A reduction adds to what it loads.
  // CHECK-LABEL: tt.kernel @reduce
  // CHECK: linalg.generic {indexing_maps = [#[[ID]], #[[COL]]], iterator_types = ["parallel", "reduction"]} ins(%{{.*}}) outs(%{{.*}})
  // CHECK: ^bb0(%[[IN:.*]]: f32, %[[OUT:.*]]: f32):
  // CHECK:   arith.addf %[[OUT]], %[[IN]]
  tt.kernel @reduce grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%n: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c32 = arith.constant 32 : index
    %c64 = arith.constant 64 : index
    %a = memref.alloc() : memref<32x64xf32>
    %s = memref.alloc() : memref<32xf32>
    scf.for %i = %c0 to %c32 step %c1 {
      scf.for %j = %c0 to %c64 step %c1 {
        %x = memref.load %s[%i] : memref<32xf32>
        %y = memref.load %a[%i, %j] : memref<32x64xf32>
        %z = arith.addf %x, %y : f32
        memref.store %z, %s[%i] : memref<32xf32>
      }
    }
  }

  // A part of a buffer is a view of it; offsets that stay may be dynamic.
  // CHECK-LABEL: tt.kernel @part
  // CHECK: ^bb0(%[[N:.*]]: index):
  // CHECK: %[[A:.*]] = memref.alloc
  // CHECK: %[[X:.*]] = memref.alloc
  // CHECK: %[[OFF:.*]] = affine.apply #{{.*}}(%[[N]])
  // CHECK: %[[AV:.*]] = memref.subview %[[A]][%[[OFF]], 4] [32, 60] [1, 1] : memref<256x64xf32> to memref<32x60xf32, strided<[64, 1], offset: ?>>
  // CHECK: %[[XV:.*]] = memref.subview %[[X]][0, 2] [32, 60] [1, 1] : memref<32x64xf32> to memref<32x60xf32, strided<[64, 1], offset: 2>>
  // CHECK: linalg.generic {{.*}} ins(%[[AV]] : {{.*}}) outs(%[[XV]] :
  tt.kernel @part grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%n: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %c32 = arith.constant 32 : index
    %c62 = arith.constant 62 : index
    %a = memref.alloc() : memref<256x64xf32>
    %x = memref.alloc() : memref<32x64xf32>
    scf.parallel (%i, %j) = (%c0, %c2) to (%c32, %c62) step (%c1, %c1) {
      %r = affine.apply affine_map<(d0, d1) -> (d0 * 32 + d1)>(%n, %i)
      %c = arith.addi %j, %c2 : index
      %v = memref.load %a[%r, %c] : memref<256x64xf32>
      memref.store %v, %x[%i, %j] : memref<32x64xf32>
    }
  }

  // Threads are loops that the frontend left implicit: with a bound, or over
  // all of the dimension that they index.
  // CHECK-LABEL: tt.kernel @threads
  // CHECK: linalg.generic {indexing_maps = [#[[ID]], #[[VEC]], #[[ID]]], iterator_types = ["parallel", "parallel"]}
  // CHECK:   math.tanh
  // CHECK-NOT: memref.load
  // CHECK: linalg.generic
  // CHECK:   arith.negf
  // CHECK-NOT: memref.load
  tt.kernel @threads grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%n: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c32 = arith.constant 32 : index
    %tx = gpu.thread_id x upper_bound 64
    %ty = gpu.thread_id y
    %a = memref.alloc() : memref<32x64xf32>
    %b = memref.alloc() : memref<64xf32>
    scf.for %i = %c0 to %c32 step %c1 {
      %v = memref.load %a[%i, %tx] : memref<32x64xf32>
      %w = memref.load %b[%tx] : memref<64xf32>
      %s = arith.addf %v, %w : f32
      %t = math.tanh %s : f32
      memref.store %t, %a[%i, %tx] : memref<32x64xf32>
    }
    %u = memref.load %a[%ty, %tx] : memref<32x64xf32>
    %m = arith.negf %u : f32
    memref.store %m, %a[%ty, %tx] : memref<32x64xf32>
  }

  // Loops over blocks are gone through; a loop that stores nothing goes.
  // CHECK-LABEL: tt.kernel @outer
  // CHECK: scf.for
  // CHECK:   linalg.fill
  // CHECK:   linalg.generic
  // CHECK-NOT: scf.for
  tt.kernel @outer grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%n: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c32 = arith.constant 32 : index
    %zero = arith.constant 0.0 : f32
    %a = memref.alloc() : memref<32xf32>
    scf.for %k = %c0 to %c32 step %c1 {
      linalg.fill ins(%zero : f32) outs(%a : memref<32xf32>)
      scf.for %i = %c0 to %c32 step %c1 {
        %v = memref.load %a[%i] : memref<32xf32>
        %e = math.exp %v : f32
        memref.store %e, %a[%i] : memref<32xf32>
      }
      scf.for %i = %c0 to %c32 step %c1 {
        %v = memref.load %a[%i] : memref<32xf32>
      }
    }
  }
}
