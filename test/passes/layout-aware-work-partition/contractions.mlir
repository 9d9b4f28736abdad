// The contractions of a kernel: extents of the whole problem in tiles.
// RUN: tt-opt --tt-layout-aware-work-partition %s | tt-opt | FileCheck %s

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#bf = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 4, cols = 8, page_bytes = 2048>

// On-chip memory: depth is K step times trips, rows and columns the output's.
// CHECK: tt.kernel @memory_0
// CHECK-SAME: contractions = [#tt.contraction<mt = 4, kt = 8, nt = 2>]
tt.host @memory device(#wh) {
  tt.buffer @A : tensor<128x256xbf16> in {argument = 0 : i64, info = #bf}
  tt.buffer @B : tensor<256x64xbf16> in {argument = 1 : i64, info = #bf}
  tt.buffer @C : tensor<128x64xf32> out {argument = 2 : i64, info = #bf}
  tt.kernel @memory_0 grid [2, 1] schedule #tt.schedule compute #tt.compute {
  ^bb0(%by: index, %bx: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c8 = arith.constant 8 : index
    %cst = arith.constant 0.0 : f32
    %a_sh = memref.alloc() : memref<64x32xbf16>
    %b_sh = memref.alloc() : memref<32x64xbf16>
    %acc = memref.alloc() : memref<64x64xf32>
    linalg.fill ins(%cst : f32) outs(%acc : memref<64x64xf32>)
    %m = affine.apply affine_map<(d0) -> (d0 * 64)>(%by)
    %n = affine.apply affine_map<(d0) -> (d0 * 64)>(%bx)
    scf.for %k = %c0 to %c8 step %c1 {
      %ko = affine.apply affine_map<(d0) -> (d0 * 32)>(%k)
      %a = tt.read_block @A[%m, %ko] : tensor<64x32xbf16>
      bufferization.materialize_in_destination %a in writable %a_sh : (tensor<64x32xbf16>, memref<64x32xbf16>) -> ()
      %b = tt.read_block @B[%ko, %n] : tensor<32x64xbf16>
      bufferization.materialize_in_destination %b in writable %b_sh : (tensor<32x64xbf16>, memref<32x64xbf16>) -> ()
      linalg.matmul ins(%a_sh, %b_sh : memref<64x32xbf16>, memref<32x64xbf16>) outs(%acc : memref<64x64xf32>)
    }
    %t = bufferization.to_tensor %acc restrict : memref<64x64xf32> to tensor<64x64xf32>
    tt.write_block %t, @C[%m, %n] : tensor<64x64xf32>
  }
}

// Values, the left operand transposed, a ragged depth (100 in steps of 64), and
// an epilogue before the write.
// CHECK: tt.kernel @value_0
// CHECK-SAME: contractions = [#tt.contraction<mt = 3, kt = 4, nt = 5>]
tt.host @value device(#wh) {
  tt.buffer @A : tensor<100x96xbf16> in {argument = 0 : i64, info = #bf}
  tt.buffer @B : tensor<100x160xbf16> in {argument = 1 : i64, info = #bf}
  tt.buffer @C : tensor<96x160xbf16> out {argument = 2 : i64, info = #bf}
  tt.kernel @value_0 grid [3, 5] schedule #tt.schedule compute #tt.compute {
  ^bb0(%by: index, %bx: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %cst = arith.constant 0.0 : f32
    %m = affine.apply affine_map<(d0) -> (d0 * 32)>(%by)
    %n = affine.apply affine_map<(d0) -> (d0 * 32)>(%bx)
    %e = tensor.empty() : tensor<32x32xf32>
    %z = linalg.fill ins(%cst : f32) outs(%e : tensor<32x32xf32>) -> tensor<32x32xf32>
    %r = scf.for %k = %c0 to %c2 step %c1 iter_args(%acc = %z) -> tensor<32x32xf32> {
      %ko = affine.apply affine_map<(d0) -> (d0 * 64)>(%k)
      %a = tt.read_block @A[%ko, %m] : tensor<64x32xbf16>
      %b = tt.read_block @B[%ko, %n] : tensor<64x32xbf16>
      %p = linalg.matmul indexing_maps = [affine_map<(d0, d1, d2) -> (d2, d0)>, affine_map<(d0, d1, d2) -> (d2, d1)>, affine_map<(d0, d1, d2) -> (d0, d1)>]
        ins(%a, %b : tensor<64x32xbf16>, tensor<64x32xbf16>) outs(%acc : tensor<32x32xf32>) -> tensor<32x32xf32>
      scf.yield %p : tensor<32x32xf32>
    }
    %o = tensor.empty() : tensor<32x32xbf16>
    %t = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]}
      ins(%r : tensor<32x32xf32>) outs(%o : tensor<32x32xbf16>) {
    ^bb0(%x: f32, %y: bf16):
      %u = arith.truncf %x : f32 to bf16
      linalg.yield %u : bf16
    } -> tensor<32x32xbf16>
    tt.write_block %t, @C[%m, %n] : tensor<32x32xbf16>
  }
}

// Two contractions in a row, the first of which is not written: its columns
// are the second's operand's rows.
// CHECK: tt.kernel @chained_0
// CHECK-SAME: contractions = [#tt.contraction<mt = 4, kt = 2, nt = 4>, #tt.contraction<mt = 4, kt = 4, nt = 2>]
tt.host @chained device(#wh) {
  tt.buffer @Q : tensor<128x64xbf16> in {argument = 0 : i64, info = #bf}
  tt.buffer @K : tensor<128x64xbf16> in {argument = 1 : i64, info = #bf}
  tt.buffer @V : tensor<128x64xbf16> in {argument = 2 : i64, info = #bf}
  tt.buffer @O : tensor<128x64xf32> out {argument = 3 : i64, info = #bf}
  tt.kernel @chained_0 grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c4 = arith.constant 4 : index
    %cst = arith.constant 0.0 : f32
    %m = affine.apply affine_map<(d0) -> (d0 * 32)>(%i)
    %q = tt.read_block @Q[%m, %c0] : tensor<32x64xbf16>
    %e = tensor.empty() : tensor<32x64xf32>
    %z = linalg.fill ins(%cst : f32) outs(%e : tensor<32x64xf32>) -> tensor<32x64xf32>
    %r = scf.for %j = %c0 to %c4 step %c1 iter_args(%acc = %z) -> tensor<32x64xf32> {
      %jo = affine.apply affine_map<(d0) -> (d0 * 32)>(%j)
      %k = tt.read_block @K[%jo, %c0] : tensor<32x64xbf16>
      %v = tt.read_block @V[%jo, %c0] : tensor<32x64xbf16>
      %se = tensor.empty() : tensor<32x32xf32>
      %sz = linalg.fill ins(%cst : f32) outs(%se : tensor<32x32xf32>) -> tensor<32x32xf32>
      %s = linalg.matmul indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d2)>, affine_map<(d0, d1, d2) -> (d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1)>]
        ins(%q, %k : tensor<32x64xbf16>, tensor<32x64xbf16>) outs(%sz : tensor<32x32xf32>) -> tensor<32x32xf32>
      %p = linalg.matmul ins(%s, %v : tensor<32x32xf32>, tensor<32x64xbf16>) outs(%acc : tensor<32x64xf32>) -> tensor<32x64xf32>
      scf.yield %p : tensor<32x64xf32>
    }
    tt.write_block %r, @O[%m, %c0] : tensor<32x64xf32>
  }
}
