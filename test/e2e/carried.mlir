// RUN: %tt-check %s
// RUN: %tt-check --grid=1x1 --arch blackhole %s

// Blocks that loops hand on from one iteration to the next, one item on a core and several.
#id = affine_map<(d0, d1) -> (d0, d1)>
#row = affine_map<(d0, d1) -> (d0)>

// A running sum.
func.func @sum(%A: tensor<64x128xbf16>) -> tensor<64x32xbf16> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %zero = arith.constant 0.0 : bf16
  %out = tensor.empty() : tensor<64x32xbf16>
  %r = scf.forall (%i) in (2) shared_outs(%o = %out) -> (tensor<64x32xbf16>) {
    %m = affine.apply affine_map<(d0) -> (d0 * 32)>(%i)
    %e = tensor.empty() : tensor<32x32xbf16>
    %z = linalg.fill ins(%zero : bf16) outs(%e : tensor<32x32xbf16>) -> tensor<32x32xbf16>
    %s = scf.for %j = %c0 to %c4 step %c1 iter_args(%x = %z) -> (tensor<32x32xbf16>) {
      %n = affine.apply affine_map<(d0) -> (d0 * 32)>(%j)
      %a = tensor.extract_slice %A[%m, %n] [32, 32] [1, 1] : tensor<64x128xbf16> to tensor<32x32xbf16>
      %y = linalg.add ins(%x, %a : tensor<32x32xbf16>, tensor<32x32xbf16>) outs(%e : tensor<32x32xbf16>) -> tensor<32x32xbf16>
      scf.yield %y : tensor<32x32xbf16>
    }
    scf.forall.in_parallel { tensor.parallel_insert_slice %s into %o[%m, 0] [32, 32] [1, 1] : tensor<32x32xbf16> into tensor<64x32xbf16> }
  }
  return %r : tensor<64x32xbf16>
}

// Two blocks that change places: what is carried is the other's old value. The loop starts with blocks that are read.
func.func @fibonacci(%A: tensor<64x32xf32>, %B: tensor<64x32xf32>) -> (tensor<64x32xf32>, tensor<64x32xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c5 = arith.constant 5 : index
  %out = tensor.empty() : tensor<64x32xf32>
  %r:2 = scf.forall (%i) in (2) shared_outs(%o = %out, %p = %out) -> (tensor<64x32xf32>, tensor<64x32xf32>) {
    %m = affine.apply affine_map<(d0) -> (d0 * 32)>(%i)
    %e = tensor.empty() : tensor<32x32xf32>
    %a = tensor.extract_slice %A[%m, 0] [32, 32] [1, 1] : tensor<64x32xf32> to tensor<32x32xf32>
    %b = tensor.extract_slice %B[%m, 0] [32, 32] [1, 1] : tensor<64x32xf32> to tensor<32x32xf32>
    %s:2 = scf.for %j = %c0 to %c5 step %c1 iter_args(%x = %a, %y = %b) -> (tensor<32x32xf32>, tensor<32x32xf32>) {
      %z = linalg.add ins(%x, %y : tensor<32x32xf32>, tensor<32x32xf32>) outs(%e : tensor<32x32xf32>) -> tensor<32x32xf32>
      scf.yield %y, %z : tensor<32x32xf32>, tensor<32x32xf32>
    }
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %s#0 into %o[%m, 0] [32, 32] [1, 1] : tensor<32x32xf32> into tensor<64x32xf32>
      tensor.parallel_insert_slice %s#1 into %p[%m, 0] [32, 32] [1, 1] : tensor<32x32xf32> into tensor<64x32xf32>
    }
  }
  return %r#0, %r#1 : tensor<64x32xf32>, tensor<64x32xf32>
}

// Accumulators of two shapes.
func.func @shapes(%A: tensor<128x128xbf16>, %B: tensor<128x64xbf16>) -> (tensor<128x64xf32>, tensor<128xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %zero = arith.constant 0.0 : f32
  %out = tensor.empty() : tensor<128x64xf32>
  %outs = tensor.empty() : tensor<128xf32>
  %r:2 = scf.forall (%i) in (2) shared_outs(%o = %out, %p = %outs) -> (tensor<128x64xf32>, tensor<128xf32>) {
    %m = affine.apply affine_map<(d0) -> (d0 * 64)>(%i)
    %e = tensor.empty() : tensor<64x64xf32>
    %v = tensor.empty() : tensor<64xf32>
    %z = linalg.fill ins(%zero : f32) outs(%e : tensor<64x64xf32>) -> tensor<64x64xf32>
    %y = linalg.fill ins(%zero : f32) outs(%v : tensor<64xf32>) -> tensor<64xf32>
    %s:2 = scf.for %j = %c0 to %c4 step %c1 iter_args(%c = %z, %d = %y) -> (tensor<64x64xf32>, tensor<64xf32>) {
      %n = affine.apply affine_map<(d0) -> (d0 * 32)>(%j)
      %a = tensor.extract_slice %A[%m, %n] [64, 32] [1, 1] : tensor<128x128xbf16> to tensor<64x32xbf16>
      %b = tensor.extract_slice %B[%n, 0] [32, 64] [1, 1] : tensor<128x64xbf16> to tensor<32x64xbf16>
      %f = linalg.matmul ins(%a, %b : tensor<64x32xbf16>, tensor<32x64xbf16>) outs(%c : tensor<64x64xf32>) -> tensor<64x64xf32>
      %g = linalg.generic {indexing_maps = [#id, #row], iterator_types = ["parallel", "reduction"]} ins(%a : tensor<64x32xbf16>) outs(%d : tensor<64xf32>) {
      ^bb0(%k: bf16, %q: f32):
        %w = arith.extf %k : bf16 to f32
        %t = arith.addf %q, %w : f32
        linalg.yield %t : f32 } -> tensor<64xf32>
      scf.yield %f, %g : tensor<64x64xf32>, tensor<64xf32>
    }
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %s#0 into %o[%m, 0] [64, 64] [1, 1] : tensor<64x64xf32> into tensor<128x64xf32>
      tensor.parallel_insert_slice %s#1 into %p[%m] [64] [1] : tensor<64xf32> into tensor<128xf32>
    }
  }
  return %r#0, %r#1 : tensor<128x64xf32>, tensor<128xf32>
}

// A factor that is computed in the loop over k, and an activation on the accumulator in each step.
func.func @factor(%A: tensor<64x128xbf16>, %B: tensor<128x64xbf16>) -> tensor<64x64xbf16> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %zero = arith.constant 0.0 : f32
  %zerob = arith.constant 0.0 : bf16
  %out = tensor.empty() : tensor<64x64xbf16>
  %r = scf.forall (%i) in (2) shared_outs(%o = %out) -> (tensor<64x64xbf16>) {
    %m = affine.apply affine_map<(d0) -> (d0 * 32)>(%i)
    %e = tensor.empty() : tensor<32x64xf32>
    %ea = tensor.empty() : tensor<32x32xbf16>
    %eo = tensor.empty() : tensor<32x64xbf16>
    %z = linalg.fill ins(%zero : f32) outs(%e : tensor<32x64xf32>) -> tensor<32x64xf32>
    %s = scf.for %j = %c0 to %c4 step %c1 iter_args(%c = %z) -> (tensor<32x64xf32>) {
      %n = affine.apply affine_map<(d0) -> (d0 * 32)>(%j)
      %a = tensor.extract_slice %A[%m, %n] [32, 32] [1, 1] : tensor<64x128xbf16> to tensor<32x32xbf16>
      %b = tensor.extract_slice %B[%n, 0] [32, 64] [1, 1] : tensor<128x64xbf16> to tensor<32x64xbf16>
      %p = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%a : tensor<32x32xbf16>) outs(%ea : tensor<32x32xbf16>) {
      ^bb0(%k: bf16, %q: bf16):
        %t = arith.maximumf %k, %zerob : bf16
        linalg.yield %t : bf16 } -> tensor<32x32xbf16>
      %f = linalg.matmul ins(%p, %b : tensor<32x32xbf16>, tensor<32x64xbf16>) outs(%c : tensor<32x64xf32>) -> tensor<32x64xf32>
      %g = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%f : tensor<32x64xf32>) outs(%e : tensor<32x64xf32>) {
      ^bb0(%k: f32, %q: f32):
        %t = arith.maximumf %k, %zero : f32
        linalg.yield %t : f32 } -> tensor<32x64xf32>
      scf.yield %g : tensor<32x64xf32>
    }
    %h = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%s : tensor<32x64xf32>) outs(%eo : tensor<32x64xbf16>) {
    ^bb0(%k: f32, %q: bf16):
      %t = arith.truncf %k : f32 to bf16
      linalg.yield %t : bf16 } -> tensor<32x64xbf16>
    scf.forall.in_parallel { tensor.parallel_insert_slice %h into %o[%m, 0] [32, 64] [1, 1] : tensor<32x64xbf16> into tensor<64x64xbf16> }
  }
  return %r : tensor<64x64xbf16>
}

// Loops in a loop: the inner one starts with what the outer one carries. Their results are used again after them.
func.func @nested(%A: tensor<64x64xbf16>, %B: tensor<64x64xbf16>) -> tensor<64x32xbf16> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %out = tensor.empty() : tensor<64x32xbf16>
  %r = scf.forall (%i) in (2) shared_outs(%o = %out) -> (tensor<64x32xbf16>) {
    %m = affine.apply affine_map<(d0) -> (d0 * 32)>(%i)
    %e = tensor.empty() : tensor<32x32xbf16>
    %a = tensor.extract_slice %A[%m, 0] [32, 32] [1, 1] : tensor<64x64xbf16> to tensor<32x32xbf16>
    %x0 = linalg.exp ins(%a : tensor<32x32xbf16>) outs(%e : tensor<32x32xbf16>) -> tensor<32x32xbf16>
    %s = scf.for %j = %c0 to %c2 step %c1 iter_args(%x = %x0) -> (tensor<32x32xbf16>) {
      %n = affine.apply affine_map<(d0) -> (d0 * 32)>(%j)
      %b = tensor.extract_slice %B[%m, %n] [32, 32] [1, 1] : tensor<64x64xbf16> to tensor<32x32xbf16>
      %t = scf.for %k = %c0 to %c2 step %c1 iter_args(%y = %x) -> (tensor<32x32xbf16>) {
        %q = affine.apply affine_map<(d0) -> (d0 * 32)>(%k)
        %c = tensor.extract_slice %A[%m, %q] [32, 32] [1, 1] : tensor<64x64xbf16> to tensor<32x32xbf16>
        %u = linalg.mul ins(%b, %c : tensor<32x32xbf16>, tensor<32x32xbf16>) outs(%e : tensor<32x32xbf16>) -> tensor<32x32xbf16>
        %w = linalg.add ins(%y, %u : tensor<32x32xbf16>, tensor<32x32xbf16>) outs(%e : tensor<32x32xbf16>) -> tensor<32x32xbf16>
        scf.yield %w : tensor<32x32xbf16>
      }
      scf.yield %t : tensor<32x32xbf16>
    }
    %f = linalg.add ins(%s, %x0 : tensor<32x32xbf16>, tensor<32x32xbf16>) outs(%e : tensor<32x32xbf16>) -> tensor<32x32xbf16>
    scf.forall.in_parallel { tensor.parallel_insert_slice %f into %o[%m, 0] [32, 32] [1, 1] : tensor<32x32xbf16> into tensor<64x32xbf16> }
  }
  return %r : tensor<64x32xbf16>
}
