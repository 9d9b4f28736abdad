// RUN: tt-translate --tt-dfg-to-dot %s | FileCheck %s
// RUN: not tt-translate --tt-dfg-to-dot %S/inputs/gemm.mlir 2>&1 | FileCheck %s --check-prefix=SPLIT

// The graph of a planned GEMM: values pass through the circular buffers they
// live in, the accumulator goes round the loop.

// CHECK: digraph "gemm_0" {
// CHECK-DAG: [[A:n[0-9]+]] [shape=cylinder, label="A c_0\n4 pages, 2 a production\norder 2x1, unpack src"];
// CHECK-DAG: [[B:n[0-9]+]] [shape=cylinder, label="B c_1
// CHECK-DAG: [[C:n[0-9]+]] [shape=cylinder, label="C c_16
// CHECK: label="section: 1x1 sub-blocks";
// CHECK: [[ZERO:n[0-9]+]] [shape=box, label="tt.fill 0\n2x2 tiles of f32"];
// CHECK: subgraph
// CHECK: [[ACC:n[0-9]+]] [shape=ellipse, label="carried"];
// CHECK: [[READ:n[0-9]+]] [shape=house, label="tt.read_block @A\n2x1 tiles of bf16"];
// CHECK: [[MMA:n[0-9]+]] [shape=box, label="tt.mma\n2x2 tiles of f32"];
// CHECK: [[CAST:n[0-9]+]] [shape=box, label="tt.typecast\n2x2 tiles of bf16\non pack"];
// CHECK: [[WRITE:n[0-9]+]] [shape=house, label="tt.write_block @C"];
// CHECK-DAG: [[ZERO]] -> [[ACC]];
// CHECK-DAG: [[READ]] -> [[A]];
// CHECK-DAG: [[A]] -> [[MMA]];
// CHECK-DAG: [[B]] -> [[MMA]];
// CHECK-DAG: [[ACC]] -> [[MMA]];
// CHECK-DAG: [[MMA]] -> [[ACC]] [style=dashed, constraint=false];
// CHECK-DAG: [[MMA]] -> [[CAST]];
// CHECK-DAG: [[CAST]] -> [[C]];
// CHECK-DAG: [[C]] -> [[WRITE]];

// SPLIT: error: module has no 'tt.kernel' to draw
// SPLIT: note: graphs are drawn from the result of tt-build-tile-dfg, before the split

#map = affine_map<(d0) -> (d0 * 2)>
module {
  tt.host @gemm device(<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
    tt.buffer @A : tensor<128x128xbf16> in {accessor = #tt.accessor_info<batch_stride = 16, row_stride = 4, pages = 16, sharded = false>, argument = 0 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 4, cols = 4, page_bytes = 2048>}
    tt.buffer @B : tensor<128x256xbf16> in {accessor = #tt.accessor_info<batch_stride = 32, row_stride = 8, pages = 32, sharded = false>, argument = 1 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 4, cols = 8, page_bytes = 2048>}
    tt.buffer @C : tensor<128x256xbf16> out {accessor = #tt.accessor_info<batch_stride = 32, row_stride = 8, pages = 32, sharded = false>, argument = 2 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 4, cols = 8, page_bytes = 2048>}
    tt.kernel @gemm_0 grid [2, 4] schedule #tt.schedule compute <fp32_acc = true> attributes {contractions = [#tt.contraction<mt = 4, kt = 4, nt = 8>], partition = #tt.partition<mode = global, order = row_major, block = 1, items = 8, cores = 8>, work = #tt.work<x = [0, 1, 2, 3, 4, 5, 6, 7], y = [0, 0, 0, 0, 0, 0, 0, 0], start = [0, 1, 2, 3, 4, 5, 6, 7], count = [1, 1, 1, 1, 1, 1, 1, 1]>} {
    ^bb0(%start: index, %count: index):
      %c1 = arith.constant 1 : index
      %c4 = arith.constant 4 : index
      %c0 = arith.constant 0 : index
      %0 = tt.alloc_cb : <4 x !tt.tile<32x32, bf16>> {id = 0 : i64, name = "A", order = array<i64: 2, 1>, production = 2 : i64, unpack = #tt.unpack_mode<src>}
      %1 = tt.alloc_cb : <4 x !tt.tile<32x32, bf16>> {id = 1 : i64, name = "B", order = array<i64: 1, 2>, production = 2 : i64, unpack = #tt.unpack_mode<src>}
      %2 = tt.alloc_cb : <8 x !tt.tile<32x32, bf16>> {id = 16 : i64, name = "C", order = array<i64: 2, 2>, production = 4 : i64, unpack = #tt.unpack_mode<src>}
      %3 = arith.addi %start, %count : index
      scf.for %item = %start to %3 step %c1 {
        %4:2 = affine.delinearize_index %item into (2, 4) : index, index
        %5 = affine.apply #map(%4#1)
        %6 = affine.apply #map(%4#0)
        %7 = tt.section grid [1, 1] via %2 : !tt.cb<8 x !tt.tile<32x32, bf16>> -> tensor<2x2x!tt.tile<32x32, bf16>> {
        ^bb0(%arg3: index, %arg4: index):
          %8 = tt.fill 0.000000e+00 : tensor<2x2x!tt.tile<32x32, f32>>
          %9 = scf.for %arg5 = %c0 to %c4 step %c1 iter_args(%arg6 = %8) -> (tensor<2x2x!tt.tile<32x32, f32>>) {
            %11 = tt.read_block @A[%6, %arg5] via %0 !tt.cb<4 x !tt.tile<32x32, bf16>> : tensor<2x1x!tt.tile<32x32, bf16>> {transfer = #tt.transfer<page_bytes = 2048, pages = 2, depth = 2, format = bf16>}
            %12 = tt.read_block @B[%arg5, %5] via %1 !tt.cb<4 x !tt.tile<32x32, bf16>> : tensor<1x2x!tt.tile<32x32, bf16>> {transfer = #tt.transfer<page_bytes = 2048, pages = 2, depth = 2, format = bf16>}
            %13 = tt.mma %11, %12, %arg6 : tensor<2x1x!tt.tile<32x32, bf16>>, tensor<1x2x!tt.tile<32x32, bf16>> -> tensor<2x2x!tt.tile<32x32, f32>>
            scf.yield %13 : tensor<2x2x!tt.tile<32x32, f32>>
          }
          %10 = tt.typecast %9 : tensor<2x2x!tt.tile<32x32, f32>> to tensor<2x2x!tt.tile<32x32, bf16>> {unit = #tt.unit<pack>}
          tt.yield %10 : tensor<2x2x!tt.tile<32x32, bf16>>
        }
        tt.write_block %7, @C[%6, %5] via %2 !tt.cb<8 x !tt.tile<32x32, bf16>> : tensor<2x2x!tt.tile<32x32, bf16>> {transfer = #tt.transfer<page_bytes = 2048, pages = 4, depth = 2, format = bf16>}
      }
    }
  }
}

