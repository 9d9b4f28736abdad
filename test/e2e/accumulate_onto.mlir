// RUN: %tt-check %s
// RUN: %tt-check --arch blackhole %s

// Sums that start from values which are used again, as they are or converted.

// A product added to a converted value that is read again.
// x is used after the product that accumulates onto its conversion
func.func @freecast(%A: tensor<32x32xbf16>, %B: tensor<32x32xbf16>, %C: tensor<32x32xbf16>) -> tensor<32x32xbf16> {
  %out0 = tensor.empty() : tensor<32x32xbf16>
  %res:1 = scf.forall (%g0) in (1) shared_outs(%o0 = %out0) -> (tensor<32x32xbf16>) {
    %v1 = tensor.extract_slice %A[0, 0] [32, 32] [1, 1] : tensor<32x32xbf16> to tensor<32x32xbf16>
    %v2 = tensor.extract_slice %B[0, 0] [32, 32] [1, 1] : tensor<32x32xbf16> to tensor<32x32xbf16>
    %v3 = tensor.extract_slice %C[0, 0] [32, 32] [1, 1] : tensor<32x32xbf16> to tensor<32x32xbf16>
    %v4 = tensor.empty() : tensor<32x32xbf16>
    %v5 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%v1 : tensor<32x32xbf16>) outs(%v4 : tensor<32x32xbf16>) {
    ^bb0(%a0: bf16, %oo: bf16):
      %r = math.exp %a0 : bf16
      linalg.yield %r : bf16 } -> tensor<32x32xbf16>
    %v6 = tensor.empty() : tensor<32x32xf32>
    %v7 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%v5 : tensor<32x32xbf16>) outs(%v6 : tensor<32x32xf32>) {
    ^bb0(%a0: bf16, %oo: f32):
      %r = arith.extf %a0 : bf16 to f32
      linalg.yield %r : f32 } -> tensor<32x32xf32>
    %v8 = linalg.matmul ins(%v2, %v3 : tensor<32x32xbf16>, tensor<32x32xbf16>) outs(%v7 : tensor<32x32xf32>) -> tensor<32x32xf32>
    %v9 = tensor.empty() : tensor<32x32xbf16>
    %v10 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%v8 : tensor<32x32xf32>) outs(%v9 : tensor<32x32xbf16>) {
    ^bb0(%a0: f32, %oo: bf16):
      %r = arith.truncf %a0 : f32 to bf16
      linalg.yield %r : bf16 } -> tensor<32x32xbf16>
    %v11 = tensor.empty() : tensor<32x32xbf16>
    %v12 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%v10, %v5 : tensor<32x32xbf16>, tensor<32x32xbf16>) outs(%v11 : tensor<32x32xbf16>) {
    ^bb0(%a0: bf16, %a1: bf16, %oo: bf16):
      %r = arith.mulf %a0, %a1 : bf16
      linalg.yield %r : bf16 } -> tensor<32x32xbf16>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %v12 into %o0[0, 0] [32, 32] [1, 1] : tensor<32x32xbf16> into tensor<32x32xbf16>
    }
  }
  return %res#0 : tensor<32x32xbf16>
}

// The same with a loop over k.
func.func @freecastloop(%A: tensor<32x32xbf16>, %B: tensor<32x128xbf16>, %C: tensor<128x32xbf16>) -> tensor<32x32xbf16> {
  %k0 = arith.constant 0 : index
  %k1 = arith.constant 128 : index
  %k2 = arith.constant 32 : index
  %out0 = tensor.empty() : tensor<32x32xbf16>
  %res:1 = scf.forall (%g0) in (1) shared_outs(%o0 = %out0) -> (tensor<32x32xbf16>) {
    %v1 = tensor.extract_slice %A[0, 0] [32, 32] [1, 1] : tensor<32x32xbf16> to tensor<32x32xbf16>
    %v2 = tensor.empty() : tensor<32x32xbf16>
    %v3 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%v1 : tensor<32x32xbf16>) outs(%v2 : tensor<32x32xbf16>) {
    ^bb0(%a0: bf16, %oo: bf16):
      %r = math.exp %a0 : bf16
      linalg.yield %r : bf16 } -> tensor<32x32xbf16>
    %v4 = tensor.empty() : tensor<32x32xf32>
    %v5 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%v3 : tensor<32x32xbf16>) outs(%v4 : tensor<32x32xf32>) {
    ^bb0(%a0: bf16, %oo: f32):
      %r = arith.extf %a0 : bf16 to f32
      linalg.yield %r : f32 } -> tensor<32x32xf32>
    %L6:1 = scf.for %i6 = %k0 to %k1 step %k2 iter_args(%x6_0 = %v5) -> (tensor<32x32xf32>) {
      %v7 = tensor.extract_slice %B[0, %i6] [32, 32] [1, 1] : tensor<32x128xbf16> to tensor<32x32xbf16>
      %v8 = tensor.extract_slice %C[%i6, 0] [32, 32] [1, 1] : tensor<128x32xbf16> to tensor<32x32xbf16>
      %v9 = linalg.matmul ins(%v7, %v8 : tensor<32x32xbf16>, tensor<32x32xbf16>) outs(%x6_0 : tensor<32x32xf32>) -> tensor<32x32xf32>
      scf.yield %v9 : tensor<32x32xf32>
    }
    %v10 = tensor.empty() : tensor<32x32xbf16>
    %v11 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%L6#0 : tensor<32x32xf32>) outs(%v10 : tensor<32x32xbf16>) {
    ^bb0(%a0: f32, %oo: bf16):
      %r = arith.truncf %a0 : f32 to bf16
      linalg.yield %r : bf16 } -> tensor<32x32xbf16>
    %v12 = tensor.empty() : tensor<32x32xbf16>
    %v13 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%v11, %v3 : tensor<32x32xbf16>, tensor<32x32xbf16>) outs(%v12 : tensor<32x32xbf16>) {
    ^bb0(%a0: bf16, %a1: bf16, %oo: bf16):
      %r = arith.mulf %a0, %a1 : bf16
      linalg.yield %r : bf16 } -> tensor<32x32xbf16>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %v13 into %o0[0, 0] [32, 32] [1, 1] : tensor<32x32xbf16> into tensor<32x32xbf16>
    }
  }
  return %res#0 : tensor<32x32xbf16>
}

// A product truncated, extended again and accumulated onto.
func.func @castchain(%A: tensor<32x32xbf16>, %B: tensor<32x32xbf16>, %C: tensor<32x32xbf16>) -> (tensor<32x32xbf16>, tensor<32x32xbf16>) {
  %k0 = arith.constant 0.0 : f32
  %out0 = tensor.empty() : tensor<32x32xbf16>
  %out1 = tensor.empty() : tensor<32x32xbf16>
  %res:2 = scf.forall (%g0) in (1) shared_outs(%o0 = %out0, %o1 = %out1) -> (tensor<32x32xbf16>, tensor<32x32xbf16>) {
    %v1 = tensor.extract_slice %A[0, 0] [32, 32] [1, 1] : tensor<32x32xbf16> to tensor<32x32xbf16>
    %v2 = tensor.extract_slice %B[0, 0] [32, 32] [1, 1] : tensor<32x32xbf16> to tensor<32x32xbf16>
    %v3 = tensor.extract_slice %C[0, 0] [32, 32] [1, 1] : tensor<32x32xbf16> to tensor<32x32xbf16>
    %v4 = tensor.empty() : tensor<32x32xf32>
    %v5 = linalg.fill ins(%k0 : f32) outs(%v4 : tensor<32x32xf32>) -> tensor<32x32xf32>
    %v6 = linalg.matmul ins(%v2, %v3 : tensor<32x32xbf16>, tensor<32x32xbf16>) outs(%v5 : tensor<32x32xf32>) -> tensor<32x32xf32>
    %v7 = tensor.empty() : tensor<32x32xbf16>
    %v8 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%v6 : tensor<32x32xf32>) outs(%v7 : tensor<32x32xbf16>) {
    ^bb0(%a0: f32, %oo: bf16):
      %r = arith.truncf %a0 : f32 to bf16
      linalg.yield %r : bf16 } -> tensor<32x32xbf16>
    %v9 = tensor.empty() : tensor<32x32xf32>
    %v10 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%v8 : tensor<32x32xbf16>) outs(%v9 : tensor<32x32xf32>) {
    ^bb0(%a0: bf16, %oo: f32):
      %r = arith.extf %a0 : bf16 to f32
      linalg.yield %r : f32 } -> tensor<32x32xf32>
    %v11 = linalg.matmul ins(%v1, %v2 : tensor<32x32xbf16>, tensor<32x32xbf16>) outs(%v10 : tensor<32x32xf32>) -> tensor<32x32xf32>
    %v12 = tensor.empty() : tensor<32x32xbf16>
    %v13 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%v11 : tensor<32x32xf32>) outs(%v12 : tensor<32x32xbf16>) {
    ^bb0(%a0: f32, %oo: bf16):
      %r = arith.truncf %a0 : f32 to bf16
      linalg.yield %r : bf16 } -> tensor<32x32xbf16>
    %v14 = tensor.empty() : tensor<32x32xbf16>
    %v15 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%v8 : tensor<32x32xbf16>) outs(%v14 : tensor<32x32xbf16>) {
    ^bb0(%a0: bf16, %oo: bf16):
      %r = math.exp %a0 : bf16
      linalg.yield %r : bf16 } -> tensor<32x32xbf16>
    %v16 = tensor.empty() : tensor<32x32xbf16>
    %v17 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%v13, %v15 : tensor<32x32xbf16>, tensor<32x32xbf16>) outs(%v16 : tensor<32x32xbf16>) {
    ^bb0(%a0: bf16, %a1: bf16, %oo: bf16):
      %r = arith.addf %a0, %a1 : bf16
      linalg.yield %r : bf16 } -> tensor<32x32xbf16>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %v17 into %o0[0, 0] [32, 32] [1, 1] : tensor<32x32xbf16> into tensor<32x32xbf16>
      tensor.parallel_insert_slice %v8 into %o1[0, 0] [32, 32] [1, 1] : tensor<32x32xbf16> into tensor<32x32xbf16>
    }
  }
  return %res#0, %res#1 : tensor<32x32xbf16>, tensor<32x32xbf16>
}

// Sums of rows onto a converted value.
// a reduction onto a converted value that is used again
func.func @redcast(%A: tensor<64x64xbf16>, %B: tensor<64x64xbf16>, %V: tensor<64xbf16>) -> tensor<64xbf16> {
  %out0 = tensor.empty() : tensor<64xbf16>
  %res:1 = scf.forall (%g0) in (1) shared_outs(%o0 = %out0) -> (tensor<64xbf16>) {
    %v1 = tensor.extract_slice %V[0] [64] [1] : tensor<64xbf16> to tensor<64xbf16>
    %v2 = tensor.empty() : tensor<64xbf16>
    %v3 = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]} ins(%v1 : tensor<64xbf16>) outs(%v2 : tensor<64xbf16>) {
    ^bb0(%a0: bf16, %oo: bf16):
      %r = math.exp %a0 : bf16
      linalg.yield %r : bf16 } -> tensor<64xbf16>
    %v4 = tensor.empty() : tensor<64xf32>
    %v5 = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]} ins(%v3 : tensor<64xbf16>) outs(%v4 : tensor<64xf32>) {
    ^bb0(%a0: bf16, %oo: f32):
      %r = arith.extf %a0 : bf16 to f32
      linalg.yield %r : f32 } -> tensor<64xf32>
    %v6 = tensor.extract_slice %A[0, 0] [64, 64] [1, 1] : tensor<64x64xbf16> to tensor<64x64xbf16>
    %v7 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0)>], iterator_types = ["parallel", "reduction"]} ins(%v6 : tensor<64x64xbf16>) outs(%v5 : tensor<64xf32>) {
    ^bb0(%a0: bf16, %a1: f32):
      %w = arith.extf %a0 : bf16 to f32
      %r = arith.addf %a1, %w : f32
      linalg.yield %r : f32 } -> tensor<64xf32>
    %v8 = tensor.empty() : tensor<64xbf16>
    %v9 = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]} ins(%v7, %v3 : tensor<64xf32>, tensor<64xbf16>) outs(%v8 : tensor<64xbf16>) {
    ^bb0(%a0: f32, %a1: bf16, %oo: bf16):
      %t = arith.truncf %a0 : f32 to bf16
      %r = arith.mulf %t, %a1 : bf16
      linalg.yield %r : bf16 } -> tensor<64xbf16>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %v9 into %o0[0] [64] [1] : tensor<64xbf16> into tensor<64xbf16>
    }
  }
  return %res#0 : tensor<64xbf16>
}

// In a loop that carries a block.
// attention-like: the rescaled accumulator in bf16 is extended, accumulated onto, and used again
func.func @castloopcar(%A: tensor<64x128xbf16>, %B: tensor<128x64xbf16>) -> tensor<64x64xbf16> {
  %k0 = arith.constant 1.0 : bf16
  %k1 = arith.constant 0 : index
  %k2 = arith.constant 128 : index
  %k3 = arith.constant 32 : index
  %out0 = tensor.empty() : tensor<64x64xbf16>
  %res:1 = scf.forall (%g0) in (1) shared_outs(%o0 = %out0) -> (tensor<64x64xbf16>) {
    %v1 = tensor.empty() : tensor<64x64xbf16>
    %v2 = linalg.fill ins(%k0 : bf16) outs(%v1 : tensor<64x64xbf16>) -> tensor<64x64xbf16>
    %L3:1 = scf.for %i3 = %k1 to %k2 step %k3 iter_args(%x3_0 = %v2) -> (tensor<64x64xbf16>) {
      %v4 = tensor.empty() : tensor<64x64xbf16>
      %v5 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%x3_0 : tensor<64x64xbf16>) outs(%v4 : tensor<64x64xbf16>) {
      ^bb0(%a0: bf16, %oo: bf16):
        %k = arith.constant 0.5 : bf16
        %r = arith.mulf %a0, %k : bf16
        linalg.yield %r : bf16 } -> tensor<64x64xbf16>
      %v6 = tensor.extract_slice %A[0, %i3] [64, 32] [1, 1] : tensor<64x128xbf16> to tensor<64x32xbf16>
      %v7 = tensor.extract_slice %B[%i3, 0] [32, 64] [1, 1] : tensor<128x64xbf16> to tensor<32x64xbf16>
      %v8 = tensor.empty() : tensor<64x64xf32>
      %v9 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%v5 : tensor<64x64xbf16>) outs(%v8 : tensor<64x64xf32>) {
      ^bb0(%a0: bf16, %oo: f32):
        %r = arith.extf %a0 : bf16 to f32
        linalg.yield %r : f32 } -> tensor<64x64xf32>
      %v10 = linalg.matmul ins(%v6, %v7 : tensor<64x32xbf16>, tensor<32x64xbf16>) outs(%v9 : tensor<64x64xf32>) -> tensor<64x64xf32>
      %v11 = tensor.empty() : tensor<64x64xbf16>
      %v12 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%v10 : tensor<64x64xf32>) outs(%v11 : tensor<64x64xbf16>) {
      ^bb0(%a0: f32, %oo: bf16):
        %r = arith.truncf %a0 : f32 to bf16
        linalg.yield %r : bf16 } -> tensor<64x64xbf16>
      %v13 = tensor.empty() : tensor<64x64xbf16>
      %v14 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%v12, %v5 : tensor<64x64xbf16>, tensor<64x64xbf16>) outs(%v13 : tensor<64x64xbf16>) {
      ^bb0(%a0: bf16, %a1: bf16, %oo: bf16):
        %r = arith.addf %a0, %a1 : bf16
        linalg.yield %r : bf16 } -> tensor<64x64xbf16>
      scf.yield %v14 : tensor<64x64xbf16>
    }
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %L3#0 into %o0[0, 0] [64, 64] [1, 1] : tensor<64x64xbf16> into tensor<64x64xbf16>
    }
  }
  return %res#0 : tensor<64x64xbf16>
}
