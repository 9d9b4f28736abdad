// RUN: %tt-check %s
// RUN: %tt-check --arch blackhole %s

// Several sums of products in a block, of as many steps each or not.

// One goes on where the other ends.
func.func @chain(%A: tensor<128x512xbf16>, %B: tensor<512x128xbf16>, %C: tensor<128x512xbf16>, %D: tensor<512x128xbf16>) -> tensor<128x128xf32> {
  %k0 = arith.constant 0.0 : f32
  %k1 = arith.constant 0 : index
  %k2 = arith.constant 512 : index
  %k3 = arith.constant 32 : index
  %k4 = arith.constant 0 : index
  %k5 = arith.constant 512 : index
  %k6 = arith.constant 32 : index
  %out0 = tensor.empty() : tensor<128x128xf32>
  %res:1 = scf.forall (%g0) in (1) shared_outs(%o0 = %out0) -> (tensor<128x128xf32>) {
    %v1 = tensor.empty() : tensor<128x128xf32>
    %v2 = linalg.fill ins(%k0 : f32) outs(%v1 : tensor<128x128xf32>) -> tensor<128x128xf32>
    %L3:1 = scf.for %i3 = %k1 to %k2 step %k3 iter_args(%x3_0 = %v2) -> (tensor<128x128xf32>) {
      %v4 = tensor.extract_slice %A[0, %i3] [128, 32] [1, 1] : tensor<128x512xbf16> to tensor<128x32xbf16>
      %v5 = tensor.extract_slice %B[%i3, 0] [32, 128] [1, 1] : tensor<512x128xbf16> to tensor<32x128xbf16>
      %v6 = linalg.matmul ins(%v4, %v5 : tensor<128x32xbf16>, tensor<32x128xbf16>) outs(%x3_0 : tensor<128x128xf32>) -> tensor<128x128xf32>
      scf.yield %v6 : tensor<128x128xf32>
    }
    %L7:1 = scf.for %i7 = %k4 to %k5 step %k6 iter_args(%x7_0 = %L3#0) -> (tensor<128x128xf32>) {
      %v8 = tensor.extract_slice %C[0, %i7] [128, 32] [1, 1] : tensor<128x512xbf16> to tensor<128x32xbf16>
      %v9 = tensor.extract_slice %D[%i7, 0] [32, 128] [1, 1] : tensor<512x128xbf16> to tensor<32x128xbf16>
      %v10 = linalg.matmul ins(%v8, %v9 : tensor<128x32xbf16>, tensor<32x128xbf16>) outs(%x7_0 : tensor<128x128xf32>) -> tensor<128x128xf32>
      scf.yield %v10 : tensor<128x128xf32>
    }
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %L7#0 into %o0[0, 0] [128, 128] [1, 1] : tensor<128x128xf32> into tensor<128x128xf32>
    }
  }
  return %res#0 : tensor<128x128xf32>
}

// The same with fewer steps, and a conversion.
func.func @chain_diff(%A: tensor<128x128xbf16>, %B: tensor<128x128xbf16>, %C: tensor<128x64xbf16>, %D: tensor<64x128xbf16>) -> tensor<128x128xbf16> {
  %k0 = arith.constant 0.0 : f32
  %k1 = arith.constant 0 : index
  %k2 = arith.constant 128 : index
  %k3 = arith.constant 32 : index
  %k4 = arith.constant 0 : index
  %k5 = arith.constant 64 : index
  %k6 = arith.constant 32 : index
  %out0 = tensor.empty() : tensor<128x128xbf16>
  %res:1 = scf.forall (%g0) in (1) shared_outs(%o0 = %out0) -> (tensor<128x128xbf16>) {
    %v1 = tensor.empty() : tensor<128x128xf32>
    %v2 = linalg.fill ins(%k0 : f32) outs(%v1 : tensor<128x128xf32>) -> tensor<128x128xf32>
    %L3:1 = scf.for %i3 = %k1 to %k2 step %k3 iter_args(%x3_0 = %v2) -> (tensor<128x128xf32>) {
      %v4 = tensor.extract_slice %A[0, %i3] [128, 32] [1, 1] : tensor<128x128xbf16> to tensor<128x32xbf16>
      %v5 = tensor.extract_slice %B[%i3, 0] [32, 128] [1, 1] : tensor<128x128xbf16> to tensor<32x128xbf16>
      %v6 = linalg.matmul ins(%v4, %v5 : tensor<128x32xbf16>, tensor<32x128xbf16>) outs(%x3_0 : tensor<128x128xf32>) -> tensor<128x128xf32>
      scf.yield %v6 : tensor<128x128xf32>
    }
    %L7:1 = scf.for %i7 = %k4 to %k5 step %k6 iter_args(%x7_0 = %L3#0) -> (tensor<128x128xf32>) {
      %v8 = tensor.extract_slice %C[0, %i7] [128, 32] [1, 1] : tensor<128x64xbf16> to tensor<128x32xbf16>
      %v9 = tensor.extract_slice %D[%i7, 0] [32, 128] [1, 1] : tensor<64x128xbf16> to tensor<32x128xbf16>
      %v10 = linalg.matmul ins(%v8, %v9 : tensor<128x32xbf16>, tensor<32x128xbf16>) outs(%x7_0 : tensor<128x128xf32>) -> tensor<128x128xf32>
      scf.yield %v10 : tensor<128x128xf32>
    }
    %v11 = tensor.empty() : tensor<128x128xbf16>
    %v12 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%L7#0 : tensor<128x128xf32>) outs(%v11 : tensor<128x128xbf16>) {
    ^bb0(%a0: f32, %oo: bf16):
      %r = arith.truncf %a0 : f32 to bf16
      linalg.yield %r : bf16 } -> tensor<128x128xbf16>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %v12 into %o0[0, 0] [128, 128] [1, 1] : tensor<128x128xbf16> into tensor<128x128xbf16>
    }
  }
  return %res#0 : tensor<128x128xbf16>
}

// Two products of different depth, added up.
func.func @lora(%A: tensor<128x128xbf16>, %B: tensor<128x128xbf16>, %C: tensor<128x64xbf16>, %D: tensor<64x128xbf16>) -> tensor<128x128xf32> {
  %k0 = arith.constant 0.0 : f32
  %k1 = arith.constant 0 : index
  %k2 = arith.constant 128 : index
  %k3 = arith.constant 32 : index
  %k4 = arith.constant 0 : index
  %k5 = arith.constant 64 : index
  %k6 = arith.constant 32 : index
  %out0 = tensor.empty() : tensor<128x128xf32>
  %res:1 = scf.forall (%g0) in (1) shared_outs(%o0 = %out0) -> (tensor<128x128xf32>) {
    %v1 = tensor.empty() : tensor<128x128xf32>
    %v2 = linalg.fill ins(%k0 : f32) outs(%v1 : tensor<128x128xf32>) -> tensor<128x128xf32>
    %L3:1 = scf.for %i3 = %k1 to %k2 step %k3 iter_args(%x3_0 = %v2) -> (tensor<128x128xf32>) {
      %v4 = tensor.extract_slice %A[0, %i3] [128, 32] [1, 1] : tensor<128x128xbf16> to tensor<128x32xbf16>
      %v5 = tensor.extract_slice %B[%i3, 0] [32, 128] [1, 1] : tensor<128x128xbf16> to tensor<32x128xbf16>
      %v6 = linalg.matmul ins(%v4, %v5 : tensor<128x32xbf16>, tensor<32x128xbf16>) outs(%x3_0 : tensor<128x128xf32>) -> tensor<128x128xf32>
      scf.yield %v6 : tensor<128x128xf32>
    }
    %L7:1 = scf.for %i7 = %k4 to %k5 step %k6 iter_args(%x7_0 = %v2) -> (tensor<128x128xf32>) {
      %v8 = tensor.extract_slice %C[0, %i7] [128, 32] [1, 1] : tensor<128x64xbf16> to tensor<128x32xbf16>
      %v9 = tensor.extract_slice %D[%i7, 0] [32, 128] [1, 1] : tensor<64x128xbf16> to tensor<32x128xbf16>
      %v10 = linalg.matmul ins(%v8, %v9 : tensor<128x32xbf16>, tensor<32x128xbf16>) outs(%x7_0 : tensor<128x128xf32>) -> tensor<128x128xf32>
      scf.yield %v10 : tensor<128x128xf32>
    }
    %v11 = tensor.empty() : tensor<128x128xf32>
    %v12 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%L3#0, %L7#0 : tensor<128x128xf32>, tensor<128x128xf32>) outs(%v11 : tensor<128x128xf32>) {
    ^bb0(%a0: f32, %a1: f32, %oo: f32):
      %r = arith.addf %a0, %a1 : f32
      linalg.yield %r : f32 } -> tensor<128x128xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %v12 into %o0[0, 0] [128, 128] [1, 1] : tensor<128x128xf32> into tensor<128x128xf32>
    }
  }
  return %res#0 : tensor<128x128xf32>
}

// One product in a loop and one outside.
func.func @mixsteps(%A: tensor<128x128xbf16>, %B: tensor<128x128xbf16>, %C: tensor<128x32xbf16>, %D: tensor<32x128xbf16>) -> tensor<128x128xf32> {
  %k0 = arith.constant 0.0 : f32
  %k1 = arith.constant 0 : index
  %k2 = arith.constant 128 : index
  %k3 = arith.constant 32 : index
  %out0 = tensor.empty() : tensor<128x128xf32>
  %res:1 = scf.forall (%g0) in (1) shared_outs(%o0 = %out0) -> (tensor<128x128xf32>) {
    %v1 = tensor.empty() : tensor<128x128xf32>
    %v2 = linalg.fill ins(%k0 : f32) outs(%v1 : tensor<128x128xf32>) -> tensor<128x128xf32>
    %v3 = tensor.extract_slice %C[0, 0] [128, 32] [1, 1] : tensor<128x32xbf16> to tensor<128x32xbf16>
    %v4 = tensor.extract_slice %D[0, 0] [32, 128] [1, 1] : tensor<32x128xbf16> to tensor<32x128xbf16>
    %v5 = linalg.matmul ins(%v3, %v4 : tensor<128x32xbf16>, tensor<32x128xbf16>) outs(%v2 : tensor<128x128xf32>) -> tensor<128x128xf32>
    %L6:1 = scf.for %i6 = %k1 to %k2 step %k3 iter_args(%x6_0 = %v5) -> (tensor<128x128xf32>) {
      %v7 = tensor.extract_slice %A[0, %i6] [128, 32] [1, 1] : tensor<128x128xbf16> to tensor<128x32xbf16>
      %v8 = tensor.extract_slice %B[%i6, 0] [32, 128] [1, 1] : tensor<128x128xbf16> to tensor<32x128xbf16>
      %v9 = linalg.matmul ins(%v7, %v8 : tensor<128x32xbf16>, tensor<32x128xbf16>) outs(%x6_0 : tensor<128x128xf32>) -> tensor<128x128xf32>
      scf.yield %v9 : tensor<128x128xf32>
    }
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %L6#0 into %o0[0, 0] [128, 128] [1, 1] : tensor<128x128xf32> into tensor<128x128xf32>
    }
  }
  return %res#0 : tensor<128x128xf32>
}

// The other way round.
func.func @mixsteps2(%A: tensor<128x128xbf16>, %B: tensor<128x128xbf16>, %C: tensor<128x32xbf16>, %D: tensor<32x128xbf16>) -> tensor<128x128xf32> {
  %k0 = arith.constant 0.0 : f32
  %k1 = arith.constant 0 : index
  %k2 = arith.constant 128 : index
  %k3 = arith.constant 32 : index
  %out0 = tensor.empty() : tensor<128x128xf32>
  %res:1 = scf.forall (%g0) in (1) shared_outs(%o0 = %out0) -> (tensor<128x128xf32>) {
    %v1 = tensor.empty() : tensor<128x128xf32>
    %v2 = linalg.fill ins(%k0 : f32) outs(%v1 : tensor<128x128xf32>) -> tensor<128x128xf32>
    %v3 = tensor.extract_slice %C[0, 0] [128, 32] [1, 1] : tensor<128x32xbf16> to tensor<128x32xbf16>
    %v4 = tensor.extract_slice %D[0, 0] [32, 128] [1, 1] : tensor<32x128xbf16> to tensor<32x128xbf16>
    %L5:1 = scf.for %i5 = %k1 to %k2 step %k3 iter_args(%x5_0 = %v2) -> (tensor<128x128xf32>) {
      %v6 = tensor.extract_slice %A[0, %i5] [128, 32] [1, 1] : tensor<128x128xbf16> to tensor<128x32xbf16>
      %v7 = tensor.extract_slice %B[%i5, 0] [32, 128] [1, 1] : tensor<128x128xbf16> to tensor<32x128xbf16>
      %v8 = linalg.matmul ins(%v6, %v7 : tensor<128x32xbf16>, tensor<32x128xbf16>) outs(%x5_0 : tensor<128x128xf32>) -> tensor<128x128xf32>
      scf.yield %v8 : tensor<128x128xf32>
    }
    %v9 = linalg.matmul ins(%v3, %v4 : tensor<128x32xbf16>, tensor<32x128xbf16>) outs(%L5#0 : tensor<128x128xf32>) -> tensor<128x128xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %v9 into %o0[0, 0] [128, 128] [1, 1] : tensor<128x128xf32> into tensor<128x128xf32>
    }
  }
  return %res#0 : tensor<128x128xf32>
}
