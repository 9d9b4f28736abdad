// Array constants keep the values of their format: 0.1 is rounded in bf16 and, in another way, in f16.

// RUN: rm -rf %t && mkdir %t
// RUN: %tt-check %s --keep %t --reference-only
// RUN: %python %S/inputs/show.py %t/data/f/result0.reference 4 | FileCheck %s
// CHECK: 3.5 0.600098 0.200073 7.5

func.func @f(%a: tensor<2x2xf32>) -> tensor<2x2xf32> {
  %table = arith.constant dense<[[1.0, 0.1], [0.1, 3.0]]> : tensor<2x2xbf16>
  %halves = arith.constant dense<[[2.5, 0.5], [0.1, 4.5]]> : tensor<2x2xf16>
  %splat = arith.constant dense<1.0> : tensor<2x2xf32>
  %z = scf.forall (%i) in (1) shared_outs(%o = %a) -> (tensor<2x2xf32>) {
    %y = linalg.generic {
        indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>],
        iterator_types = ["parallel", "parallel"]}
        ins(%table, %halves, %splat : tensor<2x2xbf16>, tensor<2x2xf16>, tensor<2x2xf32>) outs(%o : tensor<2x2xf32>) {
    ^bb0(%t: bf16, %h: f16, %s: f32, %old: f32):
      %x = arith.extf %t : bf16 to f32
      %w = arith.extf %h : f16 to f32
      %p = arith.mulf %x, %s : f32
      %q = arith.addf %p, %w : f32
      linalg.yield %q : f32
    } -> tensor<2x2xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %y into %o[0, 0] [2, 2] [1, 1] : tensor<2x2xf32> into tensor<2x2xf32>
    }
  }
  return %z : tensor<2x2xf32>
}
