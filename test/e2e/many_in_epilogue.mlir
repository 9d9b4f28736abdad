// RUN: %tt-check --integers %s

// A product whose epilogue keeps more values than f32 tile registers: the loop stays with its accumulators.
#id = affine_map<(d0, d1) -> (d0, d1)>
func.func @many(%a: tensor<128x64xbf16>, %b: tensor<64x128xbf16>, %c: tensor<128x128xbf16>) -> tensor<128x128xbf16> {
  %zero = arith.constant 0.0 : f32
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %c64 = arith.constant 64 : index
  %new = tensor.empty() : tensor<128x128xbf16>
  %all = scf.forall (%i, %j) in (2, 2) shared_outs(%o = %new) -> (tensor<128x128xbf16>) {
    %row = affine.apply affine_map<(d0) -> (d0 * 64)>(%i)
    %col = affine.apply affine_map<(d0) -> (d0 * 64)>(%j)
    %e = tensor.empty() : tensor<64x64xf32>
    %init = linalg.fill ins(%zero : f32) outs(%e : tensor<64x64xf32>) -> tensor<64x64xf32>
    %acc = scf.for %k = %c0 to %c64 step %c32 iter_args(%s = %init) -> (tensor<64x64xf32>) {
      %as = tensor.extract_slice %a[%row, %k] [64, 32] [1, 1] : tensor<128x64xbf16> to tensor<64x32xbf16>
      %bs = tensor.extract_slice %b[%k, %col] [32, 64] [1, 1] : tensor<64x128xbf16> to tensor<32x64xbf16>
      %r = linalg.matmul ins(%as, %bs : tensor<64x32xbf16>, tensor<32x64xbf16>) outs(%s : tensor<64x64xf32>) -> tensor<64x64xf32>
      scf.yield %r : tensor<64x64xf32>
    }
    %cs = tensor.extract_slice %c[%row, %col] [64, 64] [1, 1] : tensor<128x128xbf16> to tensor<64x64xbf16>
    %eb = tensor.empty() : tensor<64x64xbf16>
    %t = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]}
        ins(%acc, %cs : tensor<64x64xf32>, tensor<64x64xbf16>) outs(%eb : tensor<64x64xbf16>) {
    ^bb0(%x: f32, %w: bf16, %u: bf16):
      %y = arith.extf %w : bf16 to f32
      %v0 = arith.subf %x, %y : f32
      %v1 = arith.maximumf %v0, %y : f32
      %v2 = arith.addf %v1, %x : f32
      %v3 = arith.minimumf %v2, %x : f32
      %v4 = arith.subf %v3, %y : f32
      %v5 = arith.addf %v4, %v0 : f32
      %s0 = arith.subf %v5, %v1 : f32
      %s1 = arith.maximumf %s0, %v5 : f32
      %s2 = arith.addf %s1, %v1 : f32
      %s3 = arith.addf %s2, %v2 : f32
      %s4 = arith.subf %s3, %v3 : f32
      %s5 = arith.addf %s4, %v4 : f32
      %h = arith.truncf %s5 : f32 to bf16
      linalg.yield %h : bf16
    } -> tensor<64x64xbf16>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %t into %o[%row, %col] [64, 64] [1, 1] : tensor<64x64xbf16> into tensor<128x128xbf16>
    }
  }
  return %all : tensor<128x128xbf16>
}
