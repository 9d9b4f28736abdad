// RUN: %tt-check %s

// Maxima and sums along rows and columns, into columns, rows and vectors.
#id = affine_map<(d0, d1) -> (d0, d1)>
#col = affine_map<(d0, d1) -> (d0)>
#row = affine_map<(d0, d1) -> (d1)>

func.func @maxima(%X: tensor<64x128xbf16>) -> (tensor<64x1xbf16>, tensor<1x128xbf16>, tensor<64xbf16>) {
  %zero = arith.constant 0.0 : bf16
  %ninf = arith.constant 0xFF80 : bf16
  %out = tensor.empty() : tensor<64x1xbf16>
  %out2 = tensor.empty() : tensor<1x128xbf16>
  %out3 = tensor.empty() : tensor<64xbf16>
  %r:3 = scf.forall (%i) in (1) shared_outs(%o = %out, %o2 = %out2, %o3 = %out3) -> (tensor<64x1xbf16>, tensor<1x128xbf16>, tensor<64xbf16>) {
    %e = tensor.empty() : tensor<64x1xbf16>
    %e2 = tensor.empty() : tensor<1x128xbf16>
    %e3 = tensor.empty() : tensor<64xbf16>
    %f0 = linalg.fill ins(%ninf : bf16) outs(%e : tensor<64x1xbf16>) -> tensor<64x1xbf16>
    %f2 = linalg.fill ins(%ninf : bf16) outs(%e2 : tensor<1x128xbf16>) -> tensor<1x128xbf16>
    %f3 = linalg.fill ins(%ninf : bf16) outs(%e3 : tensor<64xbf16>) -> tensor<64xbf16>
    %m1 = linalg.generic {indexing_maps = [#id, affine_map<(d0, d1) -> (d0, 0)>], iterator_types = ["parallel", "reduction"]} ins(%X : tensor<64x128xbf16>) outs(%f0 : tensor<64x1xbf16>) {
    ^bb0(%a: bf16, %b: bf16):
      %k = arith.maximumf %a, %b : bf16
      linalg.yield %k : bf16 } -> tensor<64x1xbf16>
    %m2 = linalg.generic {indexing_maps = [#id, affine_map<(d0, d1) -> (0, d1)>], iterator_types = ["reduction", "parallel"]} ins(%X : tensor<64x128xbf16>) outs(%f2 : tensor<1x128xbf16>) {
    ^bb0(%a: bf16, %b: bf16):
      %k = arith.maximumf %a, %b : bf16
      linalg.yield %k : bf16 } -> tensor<1x128xbf16>
    %mx = linalg.reduce { arith.maximumf } ins(%X : tensor<64x128xbf16>) outs(%f3 : tensor<64xbf16>) dimensions = [1]
    scf.forall.in_parallel { 
      tensor.parallel_insert_slice %m1 into %o[0, 0] [64, 1] [1, 1] : tensor<64x1xbf16> into tensor<64x1xbf16>
      tensor.parallel_insert_slice %m2 into %o2[0, 0] [1, 128] [1, 1] : tensor<1x128xbf16> into tensor<1x128xbf16>
      tensor.parallel_insert_slice %mx into %o3[0] [64] [1] : tensor<64xbf16> into tensor<64xbf16>
       }
  }
  return %r#0, %r#1, %r#2 : tensor<64x1xbf16>, tensor<1x128xbf16>, tensor<64xbf16>
}

func.func @sums(%X: tensor<64x128xbf16>) -> (tensor<64x1xbf16>, tensor<1x128xbf16>, tensor<64xbf16>) {
  %zero = arith.constant 0.0 : bf16
  %ninf = arith.constant 0.0 : bf16
  %out = tensor.empty() : tensor<64x1xbf16>
  %out2 = tensor.empty() : tensor<1x128xbf16>
  %out3 = tensor.empty() : tensor<64xbf16>
  %r:3 = scf.forall (%i) in (1) shared_outs(%o = %out, %o2 = %out2, %o3 = %out3) -> (tensor<64x1xbf16>, tensor<1x128xbf16>, tensor<64xbf16>) {
    %e = tensor.empty() : tensor<64x1xbf16>
    %e2 = tensor.empty() : tensor<1x128xbf16>
    %e3 = tensor.empty() : tensor<64xbf16>
    %f0 = linalg.fill ins(%ninf : bf16) outs(%e : tensor<64x1xbf16>) -> tensor<64x1xbf16>
    %f2 = linalg.fill ins(%ninf : bf16) outs(%e2 : tensor<1x128xbf16>) -> tensor<1x128xbf16>
    %f3 = linalg.fill ins(%ninf : bf16) outs(%e3 : tensor<64xbf16>) -> tensor<64xbf16>
    %m1 = linalg.generic {indexing_maps = [#id, affine_map<(d0, d1) -> (d0, 0)>], iterator_types = ["parallel", "reduction"]} ins(%X : tensor<64x128xbf16>) outs(%f0 : tensor<64x1xbf16>) {
    ^bb0(%a: bf16, %b: bf16):
      %k = arith.addf %a, %b : bf16
      linalg.yield %k : bf16 } -> tensor<64x1xbf16>
    %m2 = linalg.generic {indexing_maps = [#id, affine_map<(d0, d1) -> (0, d1)>], iterator_types = ["reduction", "parallel"]} ins(%X : tensor<64x128xbf16>) outs(%f2 : tensor<1x128xbf16>) {
    ^bb0(%a: bf16, %b: bf16):
      %k = arith.addf %a, %b : bf16
      linalg.yield %k : bf16 } -> tensor<1x128xbf16>
    %mx = linalg.reduce { arith.addf } ins(%X : tensor<64x128xbf16>) outs(%f3 : tensor<64xbf16>) dimensions = [1]
    scf.forall.in_parallel { 
      tensor.parallel_insert_slice %m1 into %o[0, 0] [64, 1] [1, 1] : tensor<64x1xbf16> into tensor<64x1xbf16>
      tensor.parallel_insert_slice %m2 into %o2[0, 0] [1, 128] [1, 1] : tensor<1x128xbf16> into tensor<1x128xbf16>
      tensor.parallel_insert_slice %mx into %o3[0] [64] [1] : tensor<64xbf16> into tensor<64xbf16>
       }
  }
  return %r#0, %r#1, %r#2 : tensor<64x1xbf16>, tensor<1x128xbf16>, tensor<64xbf16>
}

// A reduction subtracted in tile registers from a tile of a circular buffer: the difference counts no further than the reduction.
func.func @difference(%x: tensor<64x32xbf16>, %v: tensor<64x1xbf16>) -> tensor<64x1xbf16> {
  %low = arith.constant 0xFF80 : bf16
  %new = tensor.empty() : tensor<64x1xbf16>
  %all = scf.forall (%i) in (2) shared_outs(%o = %new) -> (tensor<64x1xbf16>) {
    %row = affine.apply affine_map<(d0) -> (d0 * 32)>(%i)
    %xs = tensor.extract_slice %x[%row, 0] [32, 32] [1, 1] : tensor<64x32xbf16> to tensor<32x32xbf16>
    %vs = tensor.extract_slice %v[%row, 0] [32, 1] [1, 1] : tensor<64x1xbf16> to tensor<32x1xbf16>
    %e = tensor.empty() : tensor<32x1xbf16>
    %f = linalg.fill ins(%low : bf16) outs(%e : tensor<32x1xbf16>) -> tensor<32x1xbf16>
    %m = linalg.generic {indexing_maps = [#id, affine_map<(d0, d1) -> (d0, 0)>], iterator_types = ["parallel", "reduction"]}
        ins(%xs : tensor<32x32xbf16>) outs(%f : tensor<32x1xbf16>) {
    ^bb0(%a: bf16, %b: bf16):
      %0 = arith.maximumf %a, %b : bf16
      linalg.yield %0 : bf16
    } -> tensor<32x1xbf16>
    %d = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]}
        ins(%vs, %m : tensor<32x1xbf16>, tensor<32x1xbf16>) outs(%e : tensor<32x1xbf16>) {
    ^bb0(%a: bf16, %b: bf16, %unused: bf16):
      %0 = arith.subf %a, %b : bf16
      linalg.yield %0 : bf16
    } -> tensor<32x1xbf16>
    scf.forall.in_parallel { tensor.parallel_insert_slice %d into %o[%row, 0] [32, 1] [1, 1] : tensor<32x1xbf16> into tensor<64x1xbf16> }
  }
  return %all : tensor<64x1xbf16>
}

// A vector times a matrix added to a reduction in tile registers: the sum counts no further than the reduction, and is packed as one.
func.func @added_to(%x: tensor<64x32xbf16>, %v: tensor<64xbf16>, %w: tensor<64x32xbf16>) -> tensor<32xbf16> {
  %low = arith.constant 0xFF80 : bf16
  %new = tensor.empty() : tensor<32xbf16>
  %all = scf.forall (%i) in (1) shared_outs(%o = %new) -> (tensor<32xbf16>) {
    %e = tensor.empty() : tensor<32xbf16>
    %f = linalg.fill ins(%low : bf16) outs(%e : tensor<32xbf16>) -> tensor<32xbf16>
    %m = linalg.reduce { arith.maximumf } ins(%x : tensor<64x32xbf16>) outs(%f : tensor<32xbf16>) dimensions = [0]
    %p = linalg.vecmat ins(%v, %w : tensor<64xbf16>, tensor<64x32xbf16>) outs(%m : tensor<32xbf16>) -> tensor<32xbf16>
    scf.forall.in_parallel { tensor.parallel_insert_slice %p into %o[0] [32] [1] : tensor<32xbf16> into tensor<32xbf16> }
  }
  return %all : tensor<32xbf16>
}
