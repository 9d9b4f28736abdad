// RUN: %tt-check %s

// Sums, products and differences of 32-bit integers.
#id = affine_map<(d0, d1) -> (d0, d1)>

func.func @ints(%x: tensor<64x64xi32>, %y: tensor<64x64xi32>) -> tensor<64x64xi32> {
  %out = tensor.empty() : tensor<64x64xi32>
  %r = scf.forall (%i) in (2) shared_outs(%o = %out) -> (tensor<64x64xi32>) {
    %m = affine.apply affine_map<(d0) -> (d0 * 32)>(%i)
    %a = tensor.extract_slice %x[%m, 0] [32, 64] [1, 1] : tensor<64x64xi32> to tensor<32x64xi32>
    %b = tensor.extract_slice %y[%m, 0] [32, 64] [1, 1] : tensor<64x64xi32> to tensor<32x64xi32>
    %e = tensor.empty() : tensor<32x64xi32>
    %s = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]} ins(%a, %b : tensor<32x64xi32>, tensor<32x64xi32>) outs(%e : tensor<32x64xi32>) {
    ^bb0(%p: i32, %q: i32, %u: i32):
      %0 = arith.addi %p, %q : i32
      %1 = arith.muli %0, %q : i32
      %2 = arith.subi %1, %p : i32
      linalg.yield %2 : i32 } -> tensor<32x64xi32>
    scf.forall.in_parallel { tensor.parallel_insert_slice %s into %o[%m, 0] [32, 64] [1, 1] : tensor<32x64xi32> into tensor<64x64xi32> }
  }
  return %r : tensor<64x64xi32>
}
