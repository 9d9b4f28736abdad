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
      %six = arith.constant 6.0 : f16
      %half = arith.constant 0.5 : f16
      %near = arith.constant 0.99951171875 : f16
      %0 = arith.divf %x, %six : f16
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

// 1/6 in bf16 is no 1/6: (x + 3) * sixth is exact for some of these, and what is read in f32 shows it.
// tt-check: @hardswish_near %a range -4 4
func.func @hardswish_near(%a: tensor<64x64xi32>) -> tensor<64x64xf32> {
  %new = tensor.empty() : tensor<64x64xf32>
  %all = scf.forall (%i) in (2) shared_outs(%o = %new) -> (tensor<64x64xf32>) {
    %row = affine.apply affine_map<(d0) -> (d0 * 32)>(%i)
    %as = tensor.extract_slice %a[%row, 0] [32, 64] [1, 1] : tensor<64x64xi32> to tensor<32x64xi32>
    %e = tensor.empty() : tensor<32x64xf32>
    %b = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
        ins(%as : tensor<32x64xi32>) outs(%e : tensor<32x64xf32>) {
    ^bb0(%n: i32, %unused: f32):
      %zero = arith.constant 0.0 : bf16
      %three = arith.constant 3.0 : bf16
      %six = arith.constant 6.0 : bf16
      %sixth = arith.constant 0.1669921875 : bf16
      %x = arith.sitofp %n : i32 to bf16
      %0 = arith.addf %x, %three : bf16
      %1 = arith.maximumf %0, %zero : bf16
      %2 = arith.minimumf %1, %six : bf16
      %3 = arith.mulf %2, %sixth : bf16
      %4 = arith.mulf %x, %3 : bf16
      %r = arith.extf %4 : bf16 to f32
      linalg.yield %r : f32
    } -> tensor<32x64xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %b into %o[%row, 0] [32, 64] [1, 1] : tensor<32x64xf32> into tensor<64x64xf32>
    }
  }
  return %all : tensor<64x64xf32>
}
