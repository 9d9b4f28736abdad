// RUN: tt-opt --tt-lower-to-sfpu %s | FileCheck %s

// What each thread does with its element is the last thing in a loop.
#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>

// CHECK-LABEL: tt.kernel @k
// CHECK: scf.for
// CHECK: linalg.generic
// CHECK: arith.negf
// CHECK-NOT: gpu.thread_id
tt.host @h device(#device) {
  tt.kernel @k grid [1, 1] schedule #tt.schedule compute #tt.compute<fp32_acc = true> {
  ^bb0(%start: index, %count: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c4 = arith.constant 4 : index
    %x = memref.alloc() : memref<32x64xf32>
    scf.for %i = %c0 to %c4 step %c1 {
      %tx = gpu.thread_id x upper_bound 64
      %ty = gpu.thread_id y upper_bound 32
      %q = memref.load %x[%ty, %tx] : memref<32x64xf32>
      %n = arith.negf %q : f32
      memref.store %n, %x[%ty, %tx] : memref<32x64xf32>
    }
  }
}
