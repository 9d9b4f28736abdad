// RUN: tt-opt --tt-build-tile-dfg --tt-split-device-kernel --canonicalize --cse --tt-configure-tensor-accessor --tt-lower-cb-intrinsics --tt-insert-dst-management --canonicalize --cse %s | FileCheck %s

#buf = #tt.buffer<memory = dram, layout = interleaved, format = f32, tile_height = 32, tile_width = 32, batch = 1, rows = 2, cols = 1, page_bytes = 4096>
#acc = #tt.accessor_info<batch_stride = 2, row_stride = 1, pages = 2, sharded = false>
#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1572864, l1_base = 111360, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#part = #tt.partition<mode = global, order = row_major, block = 1, items = 2, cores = 1>
#work = #tt.work<x = [0], y = [0], start = [0], count = [2]>
#f32 = #tt.compute<fp32_acc = true>
!f = !tt.tile<32x32, f32>
tt.host @host device(#wh) {
  tt.buffer @A : tensor<64x32xf32> in {argument = 0 : i64, info = #buf, accessor = #acc}
  tt.buffer @C : tensor<64x32xf32> out {argument = 1 : i64, info = #buf, accessor = #acc}

  // The zero is filled once for two selections: nothing has written over it.
  // CHECK-LABEL: tt.program @selections
  // CHECK: tt.fill_tile dst[%[[ZERO:c[0-9]]]], 0.0
  // CHECK: tt.where_tile dst[{{.*}}], dst[{{.*}}], dst[%[[ZERO]]]
  // CHECK-NOT: tt.fill_tile
  // CHECK: tt.where_tile dst[{{.*}}], dst[{{.*}}], dst[%[[ZERO]]]
  // CHECK: tt.tile_regs_commit
  tt.kernel @selections grid [2] schedule #tt.schedule compute #f32 attributes {partition = #part, work = #work} {
  ^bb0(%start: index, %count: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %cb_a = tt.alloc_cb : !tt.cb<2 x !f> {name = "A", production = 1 : i64}
    %cb_c = tt.alloc_cb : !tt.cb<2 x !f> {name = "C", production = 1 : i64}
    %end = arith.addi %start, %count : index
    scf.for %i = %start to %end step %c1 {
      %a = tt.read_block @A[%i, %c0] via %cb_a !tt.cb<2 x !f> : tensor<1x1x!f>
      %zero = tt.fill 0.0 : tensor<1x1x!f>
      %e = tt.unary exp %a : tensor<1x1x!f>
      %x = tt.select %a, %e, %zero : tensor<1x1x!f>
      %y = tt.unary negative %x : tensor<1x1x!f>
      %z = tt.select %y, %e, %zero : tensor<1x1x!f>
      tt.write_block %z, @C[%i, %c0] via %cb_c !tt.cb<2 x !f> : tensor<1x1x!f>
    }
  }

  // What is copied in for two selections is copied once.
  // CHECK-LABEL: tt.program @copies
  // CHECK: tt.copy_tile @cb_A[{{.*}}], dst[%[[A:c[0-9]]]]
  // CHECK-NEXT: tt.fill_tile dst[%[[TWO:c[0-9]]]], 2.0
  // CHECK-NEXT: tt.where_tile dst[%[[X:c[0-9]]]], dst[%[[A]]], dst[%[[TWO]]], dst[%[[X]]]
  // CHECK-NEXT: tt.where_tile dst[%[[X]]], dst[%[[A]]], dst[%[[TWO]]], dst[%[[X]]]
  // CHECK-NEXT: tt.tile_regs_commit
  tt.kernel @copies grid [2] schedule #tt.schedule compute #f32 attributes {partition = #part, work = #work} {
  ^bb0(%start: index, %count: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %cb_a = tt.alloc_cb : !tt.cb<2 x !f> {name = "A", production = 1 : i64}
    %cb_c = tt.alloc_cb : !tt.cb<2 x !f> {name = "C", production = 1 : i64}
    %end = arith.addi %start, %count : index
    scf.for %i = %start to %end step %c1 {
      %a = tt.read_block @A[%i, %c0] via %cb_a !tt.cb<2 x !f> : tensor<1x1x!f>
      %one = tt.fill 1.0 : tensor<1x1x!f>
      %two = tt.fill 2.0 : tensor<1x1x!f>
      %x = tt.select %one, %a, %two : tensor<1x1x!f>
      %z = tt.select %x, %a, %two : tensor<1x1x!f>
      tt.write_block %z, @C[%i, %c0] via %cb_c !tt.cb<2 x !f> : tensor<1x1x!f>
    }
  }

  // The maximum is written over the zero, whose register is then free.
  // CHECK-LABEL: tt.program @overwritten
  // CHECK: tt.fill_tile dst[%[[ZERO:c[0-9]]]], 0.0
  // CHECK: tt.binary_tile max dst[{{.*}}], dst[%[[ZERO]]], dst[%[[ZERO]]]
  // CHECK: tt.binary_tile add
  // CHECK: tt.fill_tile dst[%[[ZERO]]], 0.0
  // CHECK: tt.binary_tile max
  tt.kernel @overwritten grid [2] schedule #tt.schedule compute #f32 attributes {partition = #part, work = #work} {
  ^bb0(%start: index, %count: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %cb_a = tt.alloc_cb : !tt.cb<2 x !f> {name = "A", production = 1 : i64}
    %cb_c = tt.alloc_cb : !tt.cb<2 x !f> {name = "C", production = 1 : i64}
    %end = arith.addi %start, %count : index
    scf.for %i = %start to %end step %c1 {
      %a = tt.read_block @A[%i, %c0] via %cb_a !tt.cb<2 x !f> : tensor<1x1x!f>
      %zero = tt.fill 0.0 : tensor<1x1x!f>
      %e = tt.unary exp %a : tensor<1x1x!f>
      %m = tt.binary max %e, %zero : tensor<1x1x!f>
      %s = tt.binary add %e, %m : tensor<1x1x!f>
      %z = tt.binary max %s, %zero : tensor<1x1x!f>
      tt.write_block %z, @C[%i, %c0] via %cb_c !tt.cb<2 x !f> : tensor<1x1x!f>
    }
  }

  // The operand of the comparison is in its register still.
  // CHECK-LABEL: tt.program @compared
  // CHECK: tt.unary_tile exp
  // CHECK-NEXT: tt.copy_tile @cb_A[{{.*}}], dst[%[[A:c[0-9]]]]
  // CHECK-NEXT: tt.binary_tile gt dst[%[[X:c[0-9]]]], dst[%[[A]]], dst[%[[X]]]
  // CHECK-NEXT: tt.fill_tile dst[%[[TWO:c[0-9]]]], 2.0
  // CHECK-NEXT: tt.where_tile dst[%[[X]]], dst[%[[A]]], dst[%[[TWO]]]
  // CHECK-NEXT: tt.tile_regs_commit
  tt.kernel @compared grid [2] schedule #tt.schedule compute #f32 attributes {partition = #part, work = #work} {
  ^bb0(%start: index, %count: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %cb_a = tt.alloc_cb : !tt.cb<2 x !f> {name = "A", production = 1 : i64}
    %cb_c = tt.alloc_cb : !tt.cb<2 x !f> {name = "C", production = 1 : i64}
    %end = arith.addi %start, %count : index
    scf.for %i = %start to %end step %c1 {
      %a = tt.read_block @A[%i, %c0] via %cb_a !tt.cb<2 x !f> : tensor<1x1x!f>
      %two = tt.fill 2.0 : tensor<1x1x!f>
      %e = tt.unary exp %a : tensor<1x1x!f>
      %g = tt.binary gt %e, %a : tensor<1x1x!f>
      %z = tt.select %g, %a, %two : tensor<1x1x!f>
      tt.write_block %z, @C[%i, %c0] via %cb_c !tt.cb<2 x !f> : tensor<1x1x!f>
    }
  }
}
