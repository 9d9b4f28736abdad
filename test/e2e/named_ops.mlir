// RUN: %tt-check %s

// Named ops that are no single loop nest, or whose body is not written out: softmax, a reduction with a region, a vector times
// a matrix. The f32 terms and factors pass through the matrix engine.

func.func @softmax(%X: tensor<64x64xf32>) -> tensor<64x64xf32> {
  %out = tensor.empty() : tensor<64x64xf32>
  %r = scf.forall (%i) in (2) shared_outs(%o = %out) -> (tensor<64x64xf32>) {
    %m = affine.apply affine_map<(d0) -> (d0 * 32)>(%i)
    %x = tensor.extract_slice %X[%m, 0] [32, 64] [1, 1] : tensor<64x64xf32> to tensor<32x64xf32>
    %e = tensor.empty() : tensor<32x64xf32>
    %y = linalg.softmax dimension(1) ins(%x : tensor<32x64xf32>) outs(%e : tensor<32x64xf32>) -> tensor<32x64xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %y into %o[%m, 0] [32, 64] [1, 1] : tensor<32x64xf32> into tensor<64x64xf32>
    }
  }
  return %r : tensor<64x64xf32>
}

func.func @reduce(%X: tensor<64x64xf32>) -> tensor<64xf32> {
  %zero = arith.constant 0.0 : f32
  %out = tensor.empty() : tensor<64xf32>
  %r = scf.forall (%i) in (2) shared_outs(%o = %out) -> (tensor<64xf32>) {
    %m = affine.apply affine_map<(d0) -> (d0 * 32)>(%i)
    %x = tensor.extract_slice %X[%m, 0] [32, 64] [1, 1] : tensor<64x64xf32> to tensor<32x64xf32>
    %e = tensor.empty() : tensor<32xf32>
    %f = linalg.fill ins(%zero : f32) outs(%e : tensor<32xf32>) -> tensor<32xf32>
    %y = linalg.reduce ins(%x : tensor<32x64xf32>) outs(%f : tensor<32xf32>) dimensions = [1]
      (%in: f32, %init: f32) {
        %s = arith.addf %in, %init : f32
        linalg.yield %s : f32
      }
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %y into %o[%m] [32] [1] : tensor<32xf32> into tensor<64xf32>
    }
  }
  return %r : tensor<64xf32>
}

func.func @vecmat(%v: tensor<64xf32>, %X: tensor<64x64xf32>) -> tensor<64xf32> {
  %zero = arith.constant 0.0 : f32
  %out = tensor.empty() : tensor<64xf32>
  %r = scf.forall (%i) in (2) shared_outs(%o = %out) -> (tensor<64xf32>) {
    %m = affine.apply affine_map<(d0) -> (d0 * 32)>(%i)
    %x = tensor.extract_slice %X[0, %m] [64, 32] [1, 1] : tensor<64x64xf32> to tensor<64x32xf32>
    %e = tensor.empty() : tensor<32xf32>
    %f = linalg.fill ins(%zero : f32) outs(%e : tensor<32xf32>) -> tensor<32xf32>
    %y = linalg.vecmat ins(%v, %x : tensor<64xf32>, tensor<64x32xf32>) outs(%f : tensor<32xf32>) -> tensor<32xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %y into %o[%m] [32] [1] : tensor<32xf32> into tensor<64xf32>
    }
  }
  return %r : tensor<64xf32>
}
