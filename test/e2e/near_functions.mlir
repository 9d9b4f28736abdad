// RUN: %tt-check %s

// Functions that differ from one of the op table in a constant by one or few units in its last place.
#id = affine_map<(i, j) -> (i, j)>
func.func @elu_near(%a: tensor<64x64xf32>) -> tensor<64x64xf32> {
  %new = tensor.empty() : tensor<64x64xf32>
  %all = scf.forall (%i) in (2) shared_outs(%o = %new) -> (tensor<64x64xf32>) {
    %row = affine.apply affine_map<(d0) -> (d0 * 32)>(%i)
    %as = tensor.extract_slice %a[%row, 0] [32, 64] [1, 1] : tensor<64x64xf32> to tensor<32x64xf32>
    %e = tensor.empty() : tensor<32x64xf32>
    %b = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
        ins(%as : tensor<32x64xf32>) outs(%e : tensor<32x64xf32>) {
    ^bb0(%x: f32, %unused: f32):
      %zero = arith.constant 0.0 : f32
      %near = arith.constant 0.999999225 : f32
      %0 = math.exp %x : f32
      %1 = arith.subf %0, %near : f32
      %2 = arith.cmpf ogt, %x, %zero : f32
      %r = arith.select %2, %x, %1 : f32
      linalg.yield %r : f32
    } -> tensor<32x64xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %b into %o[%row, 0] [32, 64] [1, 1] : tensor<32x64xf32> into tensor<64x64xf32>
    }
  }
  return %all : tensor<64x64xf32>
}

func.func @softplus_near(%a: tensor<64x64xbf16>) -> tensor<64x64xbf16> {
  %new = tensor.empty() : tensor<64x64xbf16>
  %all = scf.forall (%i) in (2) shared_outs(%o = %new) -> (tensor<64x64xbf16>) {
    %row = affine.apply affine_map<(d0) -> (d0 * 32)>(%i)
    %as = tensor.extract_slice %a[%row, 0] [32, 64] [1, 1] : tensor<64x64xbf16> to tensor<32x64xbf16>
    %e = tensor.empty() : tensor<32x64xbf16>
    %b = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
        ins(%as : tensor<32x64xbf16>) outs(%e : tensor<32x64xbf16>) {
    ^bb0(%x: bf16, %unused: bf16):
      %near = arith.constant 0.99609375 : bf16
      %0 = math.exp %x : bf16
      %1 = arith.addf %0, %near : bf16
      %r = math.log %1 : bf16
      linalg.yield %r : bf16
    } -> tensor<32x64xbf16>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %b into %o[%row, 0] [32, 64] [1, 1] : tensor<32x64xbf16> into tensor<64x64xbf16>
    }
  }
  return %all : tensor<64x64xbf16>
}

// tt-check: @hardsigmoid_near %a range -5 5
func.func @hardsigmoid_near(%a: tensor<64x64xf16>) -> tensor<64x64xf16> {
  %new = tensor.empty() : tensor<64x64xf16>
  %all = scf.forall (%i) in (2) shared_outs(%o = %new) -> (tensor<64x64xf16>) {
    %row = affine.apply affine_map<(d0) -> (d0 * 32)>(%i)
    %as = tensor.extract_slice %a[%row, 0] [32, 64] [1, 1] : tensor<64x64xf16> to tensor<32x64xf16>
    %e = tensor.empty() : tensor<32x64xf16>
    %b = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
        ins(%as : tensor<32x64xf16>) outs(%e : tensor<32x64xf16>) {
    ^bb0(%x: f16, %unused: f16):
      %zero = arith.constant 0.0 : f16
      %sixth = arith.constant 0.1666259765625 : f16
      %half = arith.constant 0.5 : f16
      %near = arith.constant 0.99951171875 : f16
      %0 = arith.mulf %x, %sixth : f16
      %1 = arith.addf %0, %half : f16
      %2 = arith.maximumf %1, %zero : f16
      %r = arith.minimumf %2, %near : f16
      linalg.yield %r : f16
    } -> tensor<32x64xf16>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %b into %o[%row, 0] [32, 64] [1, 1] : tensor<32x64xf16> into tensor<64x64xf16>
    }
  }
  return %all : tensor<64x64xf16>
}
