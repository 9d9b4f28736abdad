// RUN: %tt-check %s

// 1-D buffers, of which one does not fill its last tile.
func.func @vec(%x: tensor<98432xf32>, %y: tensor<98432xf32>) -> tensor<98432xf32> {
  %out = tensor.empty() : tensor<98432xf32>
  %r = scf.forall (%i) in (1) shared_outs(%o = %out) -> (tensor<98432xf32>) {
    %e = tensor.empty() : tensor<98432xf32>
    %s = linalg.add ins(%x, %y : tensor<98432xf32>, tensor<98432xf32>) outs(%e : tensor<98432xf32>) -> tensor<98432xf32>
    scf.forall.in_parallel { tensor.parallel_insert_slice %s into %o[0] [98432] [1] : tensor<98432xf32> into tensor<98432xf32> }
  }
  return %r : tensor<98432xf32>
}

func.func @vec_blocks(%x: tensor<8192xf32>, %y: tensor<8192xf32>) -> tensor<8192xf32> {
  %out = tensor.empty() : tensor<8192xf32>
  %r = scf.forall (%i) in (4) shared_outs(%o = %out) -> (tensor<8192xf32>) {
    %m = affine.apply affine_map<(d0) -> (d0 * 2048)>(%i)
    %xs = tensor.extract_slice %x[%m] [2048] [1] : tensor<8192xf32> to tensor<2048xf32>
    %ys = tensor.extract_slice %y[%m] [2048] [1] : tensor<8192xf32> to tensor<2048xf32>
    %e = tensor.empty() : tensor<2048xf32>
    %s = linalg.add ins(%xs, %ys : tensor<2048xf32>, tensor<2048xf32>) outs(%e : tensor<2048xf32>) -> tensor<2048xf32>
    scf.forall.in_parallel { tensor.parallel_insert_slice %s into %o[%m] [2048] [1] : tensor<2048xf32> into tensor<8192xf32> }
  }
  return %r : tensor<8192xf32>
}
