// RUN: %tt-check %s

// Two functions in one module, one of each form, with their own buffers.
#id = affine_map<(i, j) -> (i, j)>
module {
  func.func @scale(%in: memref<32x64xbf16>, %out: memref<32x64xbf16>) {
    %third = arith.constant 3.333333e-01 : bf16
    scf.forall (%b) in (2) {
      %col = affine.apply affine_map<(d0) -> (d0 * 32)>(%b)
      %x = memref.subview %in[0, %col] [32, 32] [1, 1] : memref<32x64xbf16> to memref<32x32xbf16, strided<[64, 1], offset: ?>>
      %y = memref.subview %out[0, %col] [32, 32] [1, 1] : memref<32x64xbf16> to memref<32x32xbf16, strided<[64, 1], offset: ?>>
      linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
          ins(%x : memref<32x32xbf16, strided<[64, 1], offset: ?>>) outs(%y : memref<32x32xbf16, strided<[64, 1], offset: ?>>) {
      ^bb0(%v: bf16, %old: bf16):
        %r = arith.mulf %v, %third : bf16
        linalg.yield %r : bf16
      }
    }
    return
  }
  func.func @subtract(%x: tensor<64x64xf32>, %y: tensor<64x64xf32>) -> tensor<64x64xf32> {
    %init = tensor.empty() : tensor<64x64xf32>
    %z = scf.forall (%i, %j) in (2, 1) shared_outs(%o = %init) -> (tensor<64x64xf32>) {
      %row = affine.apply affine_map<(d0) -> (d0 * 32)>(%i)
      %xs = tensor.extract_slice %x[%row, 0] [32, 64] [1, 1] : tensor<64x64xf32> to tensor<32x64xf32>
      %ys = tensor.extract_slice %y[%row, 0] [32, 64] [1, 1] : tensor<64x64xf32> to tensor<32x64xf32>
      %e = tensor.empty() : tensor<32x64xf32>
      %d = linalg.sub ins(%xs, %ys : tensor<32x64xf32>, tensor<32x64xf32>) outs(%e : tensor<32x64xf32>) -> tensor<32x64xf32>
      scf.forall.in_parallel {
        tensor.parallel_insert_slice %d into %o[%row, 0] [32, 64] [1, 1] : tensor<32x64xf32> into tensor<64x64xf32>
      }
    }
    return %z : tensor<64x64xf32>
  }
}
