// The grid becomes the loop over a core's items; block indices come back from
// the item's number by constants.
// RUN: tt-opt --tt-grid-to-core-grid %s | tt-opt | FileCheck %s

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
tt.host @f device(#wh) {
  tt.buffer @A : tensor<128x128xbf16> in {argument = 0 : i64}
  tt.buffer @B : tensor<2x128x128xbf16> in {argument = 1 : i64}

  // CHECK: tt.kernel @row_major
  // CHECK: ^bb0(%[[START:.*]]: index, %[[COUNT:.*]]: index):
  // CHECK: %[[END:.*]] = arith.addi %[[START]], %[[COUNT]]
  // CHECK: scf.for %[[ITEM:.*]] = %[[START]] to %[[END]] step
  // CHECK:   %[[B:.*]]:2 = affine.delinearize_index %[[ITEM]] into (4, 2)
  // CHECK:   tt.read_block @A[%[[B]]#0, %[[B]]#1]
  tt.kernel @row_major grid [4, 2] schedule #tt.schedule compute #tt.compute attributes {partition = #tt.partition<mode = global, order = row_major, block = 1, items = 8, cores = 1>, work = #tt.work<x = [0], y = [0], start = [0], count = [8]>} {
  ^bb0(%i: index, %j: index):
    %a = tt.read_block @A[%i, %j] : tensor<32x64xbf16>
  }

  // CHECK: tt.kernel @column_major
  // CHECK: scf.for %[[ITEM:.*]] =
  // CHECK:   %[[B:.*]]:2 = affine.delinearize_index %[[ITEM]] into (2, 4)
  // CHECK:   tt.read_block @A[%[[B]]#1, %[[B]]#0]
  tt.kernel @column_major grid [4, 2] schedule #tt.schedule<order = column_major> compute #tt.compute attributes {partition = #tt.partition<mode = global, order = column_major, block = 1, items = 8, cores = 1>, work = #tt.work<x = [0], y = [0], start = [0], count = [8]>} {
  ^bb0(%i: index, %j: index):
    %a = tt.read_block @A[%i, %j] : tensor<32x64xbf16>
  }

  // One dimension needs no arithmetic.
  // CHECK: tt.kernel @vector
  // CHECK: scf.for %[[ITEM:.*]] =
  // CHECK-NEXT: tt.read_block @A[%[[ITEM]], %[[ITEM]]]
  tt.kernel @vector grid [8] schedule #tt.schedule compute #tt.compute attributes {partition = #tt.partition<mode = global, order = row_major, block = 1, items = 8, cores = 1>, work = #tt.work<x = [0], y = [0], start = [0], count = [8]>} {
  ^bb0(%i: index):
    %a = tt.read_block @A[%i, %i] : tensor<32x64xbf16>
  }

  // Batches stay outermost.
  // CHECK: tt.kernel @batched
  // CHECK:   %[[B:.*]]:3 = affine.delinearize_index %{{.*}} into (2, 2, 4)
  // CHECK:   tt.read_block @B[%[[B]]#0, %[[B]]#2, %[[B]]#1]
  tt.kernel @batched grid [2, 4, 2] schedule #tt.schedule<order = column_major> compute #tt.compute attributes {partition = #tt.partition<mode = global, order = column_major, block = 1, items = 16, cores = 1>, work = #tt.work<x = [0], y = [0], start = [0], count = [16]>} {
  ^bb0(%b: index, %i: index, %j: index):
    %a = tt.read_block @B[%b, %i, %j] : tensor<32x64xbf16>
  }

  // Squares of 2x2 blocks that divide the grid need no selection.
  // CHECK: tt.kernel @squares
  // CHECK:   %[[BAND:.*]]:2 = affine.delinearize_index %{{.*}} into (2, 8)
  // CHECK:   %[[SQUARE:.*]]:2 = affine.delinearize_index %[[BAND]]#1 into (2, 4)
  // CHECK:   %[[IN:.*]]:2 = affine.delinearize_index %[[SQUARE]]#1 into (2, 2)
  // CHECK-NOT: arith.select
  // CHECK:   %[[ROW:.*]] = affine.apply #{{.*}}(%[[BAND]]#0, %[[IN]]#0)
  // CHECK:   %[[COL:.*]] = affine.apply #{{.*}}(%[[SQUARE]]#0, %[[IN]]#1)
  // CHECK:   tt.read_block @A[%[[ROW]], %[[COL]]]
  tt.kernel @squares grid [4, 4] schedule #tt.schedule<order = block_linear, block = 2> compute #tt.compute attributes {partition = #tt.partition<mode = global, order = block_linear, block = 2, items = 16, cores = 1>, work = #tt.work<x = [0], y = [0], start = [0], count = [16]>} {
  ^bb0(%i: index, %j: index):
    %a = tt.read_block @A[%i, %j] : tensor<32x32xbf16>
  }

  // Squares at the edges are smaller: every divisor is a constant, chosen by
  // comparisons.
  // CHECK: tt.kernel @edges
  // CHECK:   %[[BAND:.*]]:2 = affine.delinearize_index %{{.*}} into (2, 6)
  // CHECK:   affine.delinearize_index %[[BAND]]#1 into (2, 4)
  // CHECK:   affine.delinearize_index %[[BAND]]#1 into (2, 2)
  // CHECK:   %[[WHOLE:.*]] = arith.cmpi slt, %[[BAND]]#0, %c1
  // CHECK:   arith.select %[[WHOLE]]
  // CHECK-NOT: arith.divui
  tt.kernel @edges grid [3, 3] schedule #tt.schedule<order = block_linear, block = 2> compute #tt.compute attributes {partition = #tt.partition<mode = global, order = block_linear, block = 2, items = 9, cores = 1>, work = #tt.work<x = [0], y = [0], start = [0], count = [9]>} {
  ^bb0(%i: index, %j: index):
    %a = tt.read_block @A[%i, %j] : tensor<32x32xbf16>
  }
}
