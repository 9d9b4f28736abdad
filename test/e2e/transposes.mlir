// RUN: %tt-check %s

// A transpose; matmuls with the right and with the left operand stored across.
func.func @transposed(%x: tensor<64x96xbf16>) -> tensor<96x64xbf16> {
  %out = tensor.empty() : tensor<96x64xbf16>
  %r = scf.forall (%i) in (1) shared_outs(%o = %out) -> (tensor<96x64xbf16>) {
    %e = tensor.empty() : tensor<96x64xbf16>
    %y = linalg.transpose ins(%x : tensor<64x96xbf16>) outs(%e : tensor<96x64xbf16>) permutation = [1, 0]
    scf.forall.in_parallel { tensor.parallel_insert_slice %y into %o[0, 0] [96, 64] [1, 1] : tensor<96x64xbf16> into tensor<96x64xbf16> }
  }
  return %r : tensor<96x64xbf16>
}

// 32-bit elements lose no bit on the way.
func.func @transposed_f32(%x: tensor<64x96xf32>) -> tensor<96x64xf32> {
  %out = tensor.empty() : tensor<96x64xf32>
  %r = scf.forall (%i) in (1) shared_outs(%o = %out) -> (tensor<96x64xf32>) {
    %e = tensor.empty() : tensor<96x64xf32>
    %y = linalg.transpose ins(%x : tensor<64x96xf32>) outs(%e : tensor<96x64xf32>) permutation = [1, 0]
    scf.forall.in_parallel { tensor.parallel_insert_slice %y into %o[0, 0] [96, 64] [1, 1] : tensor<96x64xf32> into tensor<96x64xf32> }
  }
  return %r : tensor<96x64xf32>
}

func.func @transposed_i32(%x: tensor<64x32xi32>) -> tensor<32x64xi32> {
  %out = tensor.empty() : tensor<32x64xi32>
  %r = scf.forall (%i) in (1) shared_outs(%o = %out) -> (tensor<32x64xi32>) {
    %e = tensor.empty() : tensor<32x64xi32>
    %y = linalg.transpose ins(%x : tensor<64x32xi32>) outs(%e : tensor<32x64xi32>) permutation = [1, 0]
    scf.forall.in_parallel { tensor.parallel_insert_slice %y into %o[0, 0] [32, 64] [1, 1] : tensor<32x64xi32> into tensor<32x64xi32> }
  }
  return %r : tensor<32x64xi32>
}

func.func @nt(%A: tensor<64x96xbf16>, %B: tensor<128x96xbf16>) -> tensor<64x128xf32> {
  %zero = arith.constant 0.0 : f32
  %out = tensor.empty() : tensor<64x128xf32>
  %r = scf.forall (%i, %j) in (2, 2) shared_outs(%o = %out) -> (tensor<64x128xf32>) {
    %m = affine.apply affine_map<(d0) -> (d0 * 32)>(%i)
    %n = affine.apply affine_map<(d0) -> (d0 * 64)>(%j)
    %a = tensor.extract_slice %A[%m, 0] [32, 96] [1, 1] : tensor<64x96xbf16> to tensor<32x96xbf16>
    %b = tensor.extract_slice %B[%n, 0] [64, 96] [1, 1] : tensor<128x96xbf16> to tensor<64x96xbf16>
    %e = tensor.empty() : tensor<32x64xf32>
    %f0 = linalg.fill ins(%zero : f32) outs(%e : tensor<32x64xf32>) -> tensor<32x64xf32>
    %y = linalg.matmul indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d2)>, affine_map<(d0, d1, d2) -> (d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1)>] ins(%a, %b : tensor<32x96xbf16>, tensor<64x96xbf16>) outs(%f0 : tensor<32x64xf32>) -> tensor<32x64xf32>
    scf.forall.in_parallel { tensor.parallel_insert_slice %y into %o[%m, %n] [32, 64] [1, 1] : tensor<32x64xf32> into tensor<64x128xf32> }
  }
  return %r : tensor<64x128xf32>
}

func.func @tn(%A: tensor<96x64xbf16>, %B: tensor<96x128xbf16>) -> tensor<64x128xf32> {
  %zero = arith.constant 0.0 : f32
  %out = tensor.empty() : tensor<64x128xf32>
  %r = scf.forall (%i, %j) in (2, 2) shared_outs(%o = %out) -> (tensor<64x128xf32>) {
    %m = affine.apply affine_map<(d0) -> (d0 * 32)>(%i)
    %n = affine.apply affine_map<(d0) -> (d0 * 64)>(%j)
    %a = tensor.extract_slice %A[0, %m] [96, 32] [1, 1] : tensor<96x64xbf16> to tensor<96x32xbf16>
    %b = tensor.extract_slice %B[0, %n] [96, 64] [1, 1] : tensor<96x128xbf16> to tensor<96x64xbf16>
    %e = tensor.empty() : tensor<32x64xf32>
    %f0 = linalg.fill ins(%zero : f32) outs(%e : tensor<32x64xf32>) -> tensor<32x64xf32>
    %y = linalg.matmul indexing_maps = [affine_map<(d0, d1, d2) -> (d2, d0)>, affine_map<(d0, d1, d2) -> (d2, d1)>, affine_map<(d0, d1, d2) -> (d0, d1)>] ins(%a, %b : tensor<96x32xbf16>, tensor<96x64xbf16>) outs(%f0 : tensor<32x64xf32>) -> tensor<32x64xf32>
    scf.forall.in_parallel { tensor.parallel_insert_slice %y into %o[%m, %n] [32, 64] [1, 1] : tensor<32x64xf32> into tensor<64x128xf32> }
  }
  return %r : tensor<64x128xf32>
}
