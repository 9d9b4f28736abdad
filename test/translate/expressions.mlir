// RUN: tt-translate --tt-to-metalium --tt-artifact=compute %s > %t.cpp
// RUN: %S/inputs/compile_kernel %t.cpp
// RUN: FileCheck %s < %t.cpp

// Index computations: constant divisors, named only where they are used twice
// or in an inner loop, and not printed where nothing uses them.

tt.host @f device(#tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
  tt.program @p grid [4, 2, 3] schedule #tt.schedule compute #tt.compute
      partition #tt.partition<mode = global, order = row_major, block = 1, items = 24, cores = 1>
      work #tt.work<x = [0], y = [0], start = [0], count = [24]> {
    tt.circular_buffer @a : !tt.cb<2 x !tt.tile<32x32, bf16>> id 0 production 1 order [1, 1] unpack <src>
    tt.func @compute compute attributes {core_args = [#tt.arg<start_id>, #tt.arg<count>]} {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %c2 = arith.constant 2 : index
      %c5 = arith.constant 5 : index
      %c24 = arith.constant 24 : index
      %start = tt.runtime_arg start_id {scope = #tt.arg_scope<per_core>, index = 0 : i64}
      %count = tt.runtime_arg count {scope = #tt.arg_scope<per_core>, index = 1 : i64}
      %end = arith.addi %start, %count : index
      // CHECK: const uint32_t n0 = start_id + count;
      // CHECK: for (uint32_t i = start_id; i < n0; i += 2) {
      scf.for %i = %start to %end step %c2 {
        // CHECK: const uint32_t n1 = i / 6;
        // CHECK: const uint32_t n2 = (i / 3) % 2;
        // CHECK: const uint32_t n3 = i % 3;
        %b:3 = affine.delinearize_index %i into (4, 2, 3) : index, index, index
        // CHECK: copy_tile(cb_a, n1, 0);
        tt.copy_tile @a[%b#0], dst[%c0]
        // CHECK: copy_tile(cb_a, n2, n2);
        tt.copy_tile @a[%b#1], dst[%b#1]
        // CHECK: for (uint32_t j = 0; j < 5; ++j) {
        scf.for %j = %c0 to %c5 step %c1 {
          // CHECK: copy_tile(cb_a, n3, 0);
          tt.copy_tile @a[%b#2], dst[%c0]
          %l = affine.linearize_index [%b#0, %b#1, %j] by (4, 2, 5) : index
          // CHECK: copy_tile(cb_a, (n1 * 2 + n2) * 5 + j, 0);
          tt.copy_tile @a[%l], dst[%c0]
          %k = affine.apply affine_map<(d0, d1)[s0] -> (s0 - d0 * 3 + d1 floordiv 4 + (d1 + 1) mod 8 - 7)>(%j, %i)[%end]
          // CHECK: copy_tile(cb_a, n0 - j * 3 + i / 4 + (i + 1) % 8 - 7, 0);
          tt.copy_tile @a[%k], dst[%c0]
          %u = affine.apply affine_map<(d0) -> ((d0 * 2 + 1) ceildiv 32)>(%j)
          // CHECK: copy_tile(cb_a, (j * 2 + 1 + 31) / 32, 0);
          tt.copy_tile @a[%u], dst[%c0]
          %m = affine.min affine_map<(d0) -> (32, -d0 + 100)>(%i)
          // CHECK: const uint32_t n4 = 32 < static_cast<int32_t>(100 - i) ? 32 : 100 - i;
          // CHECK: copy_tile(cb_a, n4, 0);
          tt.copy_tile @a[%m], dst[%c0]
          %inside = arith.cmpi slt, %j, %m : index
          // CHECK: if (static_cast<int32_t>(j) < static_cast<int32_t>(n4)) {
          scf.if %inside {
            // CHECK: tile_regs_acquire();
            tt.tile_regs_acquire
            // CHECK: } else {
          } else {
            // CHECK: tile_regs_commit();
            tt.tile_regs_commit
          }
          // CHECK: }
          %even = arith.cmpi eq, %j, %c2 : index
          %pick = arith.select %even, %c1, %j : index
          // CHECK: copy_tile(cb_a, j == 2 ? 1 : j, 0);
          tt.copy_tile @a[%pick], dst[%c0]
          %sum = arith.addi %i, %j : index
          %twice = arith.muli %sum, %c2 : index
          %rest = arith.remui %twice, %c24 : index
          // CHECK: copy_tile(cb_a, ((i + j) * 2) % 24, 0);
          tt.copy_tile @a[%rest], dst[%c0]
          %unused = arith.addi %rest, %c1 : index
          // CHECK-NEXT: }
        }
      }
    }
  }
}
