// RUN: %tt-check %s

// Arithmetic of 1-bit integers: sums wrap around, a product is an `and`, and a signed `true` is -1. The truth of each op decides a bit of the
// result.
#id = affine_map<(i, j) -> (i, j)>
// tt-check: @integers %a range -3 3
// tt-check: @integers %b range -3 3
func.func @integers(%a: tensor<64x64xi32>, %b: tensor<64x64xi32>) -> tensor<64x64xi32> {
  %new = tensor.empty() : tensor<64x64xi32>
  %all = scf.forall (%i) in (2) shared_outs(%o = %new) -> (tensor<64x64xi32>) {
    %row = affine.apply affine_map<(d0) -> (d0 * 32)>(%i)
    %as = tensor.extract_slice %a[%row, 0] [32, 64] [1, 1] : tensor<64x64xi32> to tensor<32x64xi32>
    %bs = tensor.extract_slice %b[%row, 0] [32, 64] [1, 1] : tensor<64x64xi32> to tensor<32x64xi32>
    %e = tensor.empty() : tensor<32x64xi32>
    %r = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]}
        ins(%as, %bs : tensor<32x64xi32>, tensor<32x64xi32>) outs(%e : tensor<32x64xi32>) {
    ^bb0(%x: i32, %y: i32, %unused: i32):
      %zero = arith.constant 0 : i32
      %true = arith.constant true
      %p = arith.cmpi slt, %x, %y : i32
      %one = arith.constant 1 : i32
      %q = arith.cmpi ugt, %x, %one : i32
      %t0 = arith.addi %p, %q : i1
      %k0 = arith.constant 1 : i32
      %v0 = arith.select %t0, %k0, %zero : i32
      %s0 = arith.addi %zero, %v0 : i32
      %t1 = arith.subi %p, %q : i1
      %k1 = arith.constant 2 : i32
      %v1 = arith.select %t1, %k1, %zero : i32
      %s1 = arith.addi %s0, %v1 : i32
      %t2 = arith.muli %p, %q : i1
      %k2 = arith.constant 4 : i32
      %v2 = arith.select %t2, %zero, %k2 : i32
      %s2 = arith.addi %s1, %v2 : i32
      %t3 = arith.maxsi %p, %q : i1
      %k3 = arith.constant 8 : i32
      %v3 = arith.select %t3, %k3, %zero : i32
      %s3 = arith.addi %s2, %v3 : i32
      %t4 = arith.maxui %p, %q : i1
      %k4 = arith.constant 16 : i32
      %v4 = arith.select %t4, %k4, %zero : i32
      %s4 = arith.addi %s3, %v4 : i32
      %t5 = arith.minsi %p, %q : i1
      %k5 = arith.constant 32 : i32
      %v5 = arith.select %t5, %zero, %k5 : i32
      %s5 = arith.addi %s4, %v5 : i32
      %t6 = arith.minui %p, %q : i1
      %k6 = arith.constant 64 : i32
      %v6 = arith.select %t6, %k6, %zero : i32
      %s6 = arith.addi %s5, %v6 : i32
      %t7 = arith.addi %p, %true : i1
      %k7 = arith.constant 128 : i32
      %v7 = arith.select %t7, %k7, %zero : i32
      %s7 = arith.addi %s6, %v7 : i32
      %t8 = arith.subi %q, %true : i1
      %k8 = arith.constant 256 : i32
      %v8 = arith.select %t8, %k8, %zero : i32
      %s8 = arith.addi %s7, %v8 : i32
      linalg.yield %s8 : i32
    } -> tensor<32x64xi32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %r into %o[%row, 0] [32, 64] [1, 1] : tensor<32x64xi32> into tensor<64x64xi32>
    }
  }
  return %all : tensor<64x64xi32>
}
