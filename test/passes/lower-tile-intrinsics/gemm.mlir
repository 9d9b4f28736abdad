// A GEMM with f32 accumulation: blocks, loop, contraction, cast, offsets.
// RUN: tt-opt --tt-lower-tile-intrinsics --canonicalize --cse %s | FileCheck %s

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>

// CHECK-LABEL: tt.kernel @gemm_0
// CHECK: scf.for %[[I:.*]] =
// CHECK: %[[B:.*]]:2 = affine.delinearize_index %[[I]]
// CHECK-DAG: %[[M:.*]] = affine.apply #{{.*}}(%[[B]]#0)
// CHECK-DAG: %[[N:.*]] = affine.apply #{{.*}}(%[[B]]#1)
// CHECK: %[[ZERO:.*]] = tt.fill 0.000000e+00 : tensor<2x2x!tt.tile<32x32, f32>>
// CHECK: %[[ACC:.*]] = scf.for %[[K:.*]] = %{{.*}} iter_args(%[[C:.*]] = %[[ZERO]]) -> (tensor<2x2x!tt.tile<32x32, f32>>)
// CHECK: %[[A:.*]] = tt.read_block @A[%[[M]], %[[K]]] via %{{.*}} : tensor<2x1x!tt.tile<32x32, bf16>> {stages = 3 : i64, transfer =
// CHECK: %[[RB:.*]] = tt.read_block @B[%[[K]], %[[N]]] via %{{.*}} : tensor<1x2x!tt.tile<32x32, bf16>>
// CHECK: %[[R:.*]] = tt.mma %[[A]], %[[RB]], %[[C]] : tensor<2x1x!tt.tile<32x32, bf16>>, tensor<1x2x!tt.tile<32x32, bf16>> -> tensor<2x2x!tt.tile<32x32, f32>>
// CHECK: scf.yield %[[R]]
// CHECK: %[[O:.*]] = tt.typecast %[[ACC]] : tensor<2x2x!tt.tile<32x32, f32>> to tensor<2x2x!tt.tile<32x32, bf16>>
// CHECK: tt.write_block %[[O]], @C[%[[M]], %[[N]]] via %{{.*}} : tensor<2x2x!tt.tile<32x32, bf16>>
// CHECK-NOT: linalg
tt.host @gemm device(#wh) {
  tt.buffer @A : tensor<128x256xbf16> in {argument = 0 : i64}
  tt.buffer @B : tensor<256x64xbf16> in {argument = 1 : i64}
  tt.buffer @C : tensor<128x64xbf16> out {argument = 2 : i64}
  tt.kernel @gemm_0 grid [2, 2] schedule #tt.schedule compute #tt.compute<fp32_acc = true> {
  ^bb0(%start: index, %count: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c8 = arith.constant 8 : index
    %cst = arith.constant 0.0 : f32
    %cb_a = tt.alloc_cb : !tt.cb<4 x !tt.tile<32x32, bf16>> {name = "A", production = 2 : i64}
    %cb_b = tt.alloc_cb : !tt.cb<4 x !tt.tile<32x32, bf16>> {name = "B", production = 2 : i64}
    %cb_c = tt.alloc_cb : !tt.cb<8 x !tt.tile<32x32, bf16>> {name = "C", production = 4 : i64}
    %end = arith.addi %start, %count : index
    scf.for %i = %start to %end step %c1 {
      %b:2 = affine.delinearize_index %i into (2, 2) : index, index
      %m = affine.apply affine_map<(d0) -> (d0 * 64)>(%b#0)
      %n = affine.apply affine_map<(d0) -> (d0 * 64)>(%b#1)
      %e = tensor.empty() : tensor<64x64xf32>
      %zero = linalg.fill ins(%cst : f32) outs(%e : tensor<64x64xf32>) -> tensor<64x64xf32>
      %acc = scf.for %k = %c0 to %c8 step %c1 iter_args(%c = %zero) -> (tensor<64x64xf32>) {
        %ko = affine.apply affine_map<(d0) -> (d0 * 32)>(%k)
        %a = tt.read_block @A[%m, %ko] via %cb_a !tt.cb<4 x !tt.tile<32x32, bf16>> : tensor<64x32xbf16> {stages = 3 : i64, transfer = #tt.transfer<page_bytes = 2048, pages = 2, depth = 3, format = bf16>}
        %bb = tt.read_block @B[%ko, %n] via %cb_b !tt.cb<4 x !tt.tile<32x32, bf16>> : tensor<32x64xbf16>
        %r = linalg.matmul ins(%a, %bb : tensor<64x32xbf16>, tensor<32x64xbf16>) outs(%c : tensor<64x64xf32>) -> tensor<64x64xf32>
        scf.yield %r : tensor<64x64xf32>
      }
      %o = tensor.empty() : tensor<64x64xbf16>
      %t = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]}
        ins(%acc : tensor<64x64xf32>) outs(%o : tensor<64x64xbf16>) {
      ^bb0(%x: f32, %y: bf16):
        %z = arith.truncf %x : f32 to bf16
        linalg.yield %z : bf16
      } -> tensor<64x64xbf16>
      tt.write_block %t, @C[%m, %n] via %cb_c !tt.cb<8 x !tt.tile<32x32, bf16>> : tensor<64x64xbf16>
    }
  }
}
