// RUN: %tt-check %s

// Sizes that are no multiple of a tile or a block, on values: what lies behind
// the last element of a dim is in no sum, maximum or product.
#id = affine_map<(d0, d1) -> (d0, d1)>
#row = affine_map<(d0, d1) -> (d0)>
#col = affine_map<(d0, d1) -> (d1)>

func.func @matmul(%a: tensor<23x383xbf16>, %b: tensor<383x457xbf16>) -> tensor<23x457xbf16> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<23x457xbf16>
  %r = scf.forall (%j) = (0) to (457) step (64) shared_outs(%o = %e) -> (tensor<23x457xbf16>) {
    %n = affine.min affine_map<(d0) -> (64, 457 - d0)>(%j)
    %bb = tensor.extract_slice %b[0, %j] [383, %n] [1, 1] : tensor<383x457xbf16> to tensor<383x?xbf16>
    %t = tensor.empty(%n) : tensor<23x?xf32>
    %f = linalg.fill ins(%z : f32) outs(%t : tensor<23x?xf32>) -> tensor<23x?xf32>
    %m = linalg.matmul ins(%a, %bb : tensor<23x383xbf16>, tensor<383x?xbf16>) outs(%f : tensor<23x?xf32>) -> tensor<23x?xf32>
    %t2 = tensor.empty(%n) : tensor<23x?xbf16>
    %c = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%m : tensor<23x?xf32>) outs(%t2 : tensor<23x?xbf16>) {
    ^bb0(%x: f32, %y: bf16):
      %q = arith.truncf %x : f32 to bf16
      linalg.yield %q : bf16
    } -> tensor<23x?xbf16>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %c into %o[0, %j] [23, %n] [1, 1] : tensor<23x?xbf16> into tensor<23x457xbf16>
    }
  }
  return %r : tensor<23x457xbf16>
}

// K in steps of 64, of which the last has 9; a factor is computed, so that its
// padding is no zero.
func.func @computed_factor(%a: tensor<64x457xbf16>, %b: tensor<457x96xbf16>) -> tensor<64x96xf32> {
  %zero = arith.constant 0.0 : f32
  %c0 = arith.constant 0 : index
  %c64 = arith.constant 64 : index
  %c457 = arith.constant 457 : index
  %e = tensor.empty() : tensor<64x96xf32>
  %r = scf.forall (%i, %j) = (0, 0) to (64, 96) step (32, 96) shared_outs(%o = %e) -> (tensor<64x96xf32>) {
    %t = tensor.empty() : tensor<32x96xf32>
    %f = linalg.fill ins(%zero : f32) outs(%t : tensor<32x96xf32>) -> tensor<32x96xf32>
    %s = scf.for %k = %c0 to %c457 step %c64 iter_args(%acc = %f) -> (tensor<32x96xf32>) {
      %n = affine.min affine_map<(d0) -> (64, 457 - d0)>(%k)
      %ak = tensor.extract_slice %a[%i, %k] [32, %n] [1, 1] : tensor<64x457xbf16> to tensor<32x?xbf16>
      %bk = tensor.extract_slice %b[%k, %j] [%n, 96] [1, 1] : tensor<457x96xbf16> to tensor<?x96xbf16>
      %et = tensor.empty(%n) : tensor<32x?xbf16>
      %ex = linalg.exp ins(%ak : tensor<32x?xbf16>) outs(%et : tensor<32x?xbf16>) -> tensor<32x?xbf16>
      %m = linalg.matmul ins(%ex, %bk : tensor<32x?xbf16>, tensor<?x96xbf16>) outs(%acc : tensor<32x96xf32>) -> tensor<32x96xf32>
      scf.yield %m : tensor<32x96xf32>
    }
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %s into %o[%i, %j] [32, 96] [1, 1] : tensor<32x96xf32> into tensor<64x96xf32>
    }
  }
  return %r : tensor<64x96xf32>
}

func.func @sums(%a: tensor<449x89xbf16>) -> tensor<449xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<449xf32>
  %r = scf.forall (%i) = (0) to (449) step (32) shared_outs(%o = %e) -> (tensor<449xf32>) {
    %n = affine.min affine_map<(d0) -> (32, 449 - d0)>(%i)
    %b = tensor.extract_slice %a[%i, 0] [%n, 89] [1, 1] : tensor<449x89xbf16> to tensor<?x89xbf16>
    %t = tensor.empty(%n) : tensor<?xf32>
    %f = linalg.fill ins(%z : f32) outs(%t : tensor<?xf32>) -> tensor<?xf32>
    %m = linalg.generic {indexing_maps = [#id, #row], iterator_types = ["parallel", "reduction"]} ins(%b : tensor<?x89xbf16>) outs(%f : tensor<?xf32>) {
    ^bb0(%x: bf16, %y: f32):
      %q = arith.extf %x : bf16 to f32
      %w = arith.addf %q, %y : f32
      linalg.yield %w : f32
    } -> tensor<?xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %m into %o[%i] [%n] [1] : tensor<?xf32> into tensor<449xf32>
    }
  }
  return %r : tensor<449xf32>
}

// Maxima of negative numbers along columns; along rows in a loop, block by
// block; minima.
// Of the padding, the exponential would be the smallest.
// tt-check: @extremes %x range 1 2
func.func @extremes(%x: tensor<73x467xf32>) -> (tensor<467xf32>, tensor<73x1xf32>) {
  %low = arith.constant 0xFF800000 : f32
  %high = arith.constant 0x7F800000 : f32
  %ec = tensor.empty() : tensor<467xf32>
  %er = tensor.empty() : tensor<73x1xf32>
  %c = scf.forall (%j) = (0) to (467) step (64) shared_outs(%o = %ec) -> (tensor<467xf32>) {
    %n = affine.min affine_map<(d0) -> (64, 467 - d0)>(%j)
    %b = tensor.extract_slice %x[0, %j] [73, %n] [1, 1] : tensor<73x467xf32> to tensor<73x?xf32>
    %t = tensor.empty(%n) : tensor<?xf32>
    %f = linalg.fill ins(%low : f32) outs(%t : tensor<?xf32>) -> tensor<?xf32>
    %m = linalg.generic {indexing_maps = [#id, #col], iterator_types = ["reduction", "parallel"]} ins(%b : tensor<73x?xf32>) outs(%f : tensor<?xf32>) {
    ^bb0(%v: f32, %acc: f32):
      %w = math.exp %v : f32
      %g = arith.negf %w : f32
      %s = arith.maximumf %acc, %g : f32
      linalg.yield %s : f32
    } -> tensor<?xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %m into %o[%j] [%n] [1] : tensor<?xf32> into tensor<467xf32>
    }
  }
  %r = scf.forall (%i) = (0) to (73) step (32) shared_outs(%o = %er) -> (tensor<73x1xf32>) {
    %c0 = arith.constant 0 : index
    %c64 = arith.constant 64 : index
    %c467 = arith.constant 467 : index
    %n = affine.min affine_map<(d0) -> (32, 73 - d0)>(%i)
    %t = tensor.empty(%n) : tensor<?x1xf32>
    %f = linalg.fill ins(%high : f32) outs(%t : tensor<?x1xf32>) -> tensor<?x1xf32>
    %m = scf.for %k = %c0 to %c467 step %c64 iter_args(%acc = %f) -> (tensor<?x1xf32>) {
      %kn = affine.min affine_map<(d0) -> (64, 467 - d0)>(%k)
      %b = tensor.extract_slice %x[%i, %k] [%n, %kn] [1, 1] : tensor<73x467xf32> to tensor<?x?xf32>
      %mm = linalg.generic {indexing_maps = [#id, affine_map<(d0, d1) -> (d0, 0)>], iterator_types = ["parallel", "reduction"]} ins(%b : tensor<?x?xf32>) outs(%acc : tensor<?x1xf32>) {
      ^bb0(%v: f32, %a: f32):
        %w = math.exp %v : f32
        %s = arith.minimumf %a, %w : f32
        linalg.yield %s : f32
      } -> tensor<?x1xf32>
      scf.yield %mm : tensor<?x1xf32>
    }
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %m into %o[%i, 0] [%n, 1] [1, 1] : tensor<?x1xf32> into tensor<73x1xf32>
    }
  }
  return %c, %r : tensor<467xf32>, tensor<73x1xf32>
}

// With the padding as its maximum every exponential would be zero.
// tt-check: @softmax %x range -400 -100
func.func @softmax(%x: tensor<1x501xf32>) -> tensor<1x501xf32> {
  %e = tensor.empty() : tensor<1x501xf32>
  %r = scf.forall (%i) in (1) shared_outs(%o = %e) -> (tensor<1x501xf32>) {
    %t = tensor.empty() : tensor<1x501xf32>
    %s = linalg.softmax dimension(1) ins(%x : tensor<1x501xf32>) outs(%t : tensor<1x501xf32>) -> tensor<1x501xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %s into %o[0, 0] [1, 501] [1, 1] : tensor<1x501xf32> into tensor<1x501xf32>
    }
  }
  return %r : tensor<1x501xf32>
}

func.func @transpose(%x: tensor<50x73xbf16>) -> tensor<73x50xbf16> {
  %e = tensor.empty() : tensor<73x50xbf16>
  %r = scf.forall (%i, %j) = (0, 0) to (50, 73) step (32, 64) shared_outs(%o = %e) -> (tensor<73x50xbf16>) {
    %n = affine.min affine_map<(d0) -> (32, 50 - d0)>(%i)
    %m = affine.min affine_map<(d0) -> (64, 73 - d0)>(%j)
    %b = tensor.extract_slice %x[%i, %j] [%n, %m] [1, 1] : tensor<50x73xbf16> to tensor<?x?xbf16>
    %t = tensor.empty(%m, %n) : tensor<?x?xbf16>
    %y = linalg.transpose ins(%b : tensor<?x?xbf16>) outs(%t : tensor<?x?xbf16>) permutation = [1, 0]
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %y into %o[%j, %i] [%m, %n] [1, 1] : tensor<?x?xbf16> into tensor<73x50xbf16>
    }
  }
  return %r : tensor<73x50xbf16>
}

// One block: the minimum is a constant. Rows and columns are summed.
func.func @one_block(%x: tensor<23x41xf32>) -> tensor<1x1xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x1xf32>
  %r = scf.forall (%i) = (0) to (23) step (32) shared_outs(%o = %e) -> (tensor<1x1xf32>) {
    %n = affine.min affine_map<(d0) -> (32, 23 - d0)>(%i)
    %b = tensor.extract_slice %x[%i, 0] [%n, 41] [1, 1] : tensor<23x41xf32> to tensor<?x41xf32>
    %t = tensor.empty() : tensor<1x1xf32>
    %f = linalg.fill ins(%z : f32) outs(%t : tensor<1x1xf32>) -> tensor<1x1xf32>
    %s = linalg.generic {indexing_maps = [#id, affine_map<(d0, d1) -> (0, 0)>], iterator_types = ["reduction", "reduction"]} ins(%b : tensor<?x41xf32>) outs(%f : tensor<1x1xf32>) {
    ^bb0(%v: f32, %acc: f32):
      %w = math.exp %v : f32
      %q = arith.addf %w, %acc : f32
      linalg.yield %q : f32
    } -> tensor<1x1xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %s into %o[0, 0] [1, 1] [1, 1] : tensor<1x1xf32> into tensor<1x1xf32>
    }
  }
  return %r : tensor<1x1xf32>
}

// The second grid reads tiles that no block of the first one has written.
func.func @two_blockings(%x: tensor<3x130x40xbf16>) -> tensor<3x130x40xf32> {
  %e = tensor.empty() : tensor<3x130x40xbf16>
  %e2 = tensor.empty() : tensor<3x130x40xf32>
  %t = scf.forall (%b, %i) = (0, 0) to (3, 130) step (1, 32) shared_outs(%o = %e) -> (tensor<3x130x40xbf16>) {
    %n = affine.min affine_map<(d0) -> (32, 130 - d0)>(%i)
    %v = tensor.extract_slice %x[%b, %i, 0] [1, %n, 40] [1, 1, 1] : tensor<3x130x40xbf16> to tensor<?x40xbf16>
    %et = tensor.empty(%n) : tensor<?x40xbf16>
    %y = linalg.exp ins(%v : tensor<?x40xbf16>) outs(%et : tensor<?x40xbf16>) -> tensor<?x40xbf16>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %y into %o[%b, %i, 0] [1, %n, 40] [1, 1, 1] : tensor<?x40xbf16> into tensor<3x130x40xbf16>
    }
  }
  %r = scf.forall (%b, %i) = (0, 0) to (3, 130) step (1, 96) shared_outs(%o = %e2) -> (tensor<3x130x40xf32>) {
    %n = affine.min affine_map<(d0) -> (96, 130 - d0)>(%i)
    %v = tensor.extract_slice %t[%b, %i, 0] [1, %n, 40] [1, 1, 1] : tensor<3x130x40xbf16> to tensor<?x40xbf16>
    %z = arith.constant 0.0 : f32
    %st = tensor.empty() : tensor<40xf32>
    %sf = linalg.fill ins(%z : f32) outs(%st : tensor<40xf32>) -> tensor<40xf32>
    %s = linalg.generic {indexing_maps = [#id, #col], iterator_types = ["reduction", "parallel"]} ins(%v : tensor<?x40xbf16>) outs(%sf : tensor<40xf32>) {
    ^bb0(%a: bf16, %acc: f32):
      %w = arith.extf %a : bf16 to f32
      %q = arith.addf %w, %acc : f32
      linalg.yield %q : f32
    } -> tensor<40xf32>
    %et = tensor.empty(%n) : tensor<?x40xf32>
    %y = linalg.generic {indexing_maps = [#id, #col, #id], iterator_types = ["parallel", "parallel"]} ins(%v, %s : tensor<?x40xbf16>, tensor<40xf32>) outs(%et : tensor<?x40xf32>) {
    ^bb0(%a: bf16, %sum: f32, %out: f32):
      %w = arith.extf %a : bf16 to f32
      %q = arith.divf %w, %sum : f32
      linalg.yield %q : f32
    } -> tensor<?x40xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %y into %o[%b, %i, 0] [1, %n, 40] [1, 1, 1] : tensor<?x40xf32> into tensor<3x130x40xf32>
    }
  }
  return %r : tensor<3x130x40xf32>
}

// What an inner loop sums up ends where the factors do: exp(0) behind that is
// in no sum.
func.func @sums_of_products(%a: tensor<64x48xbf16>, %b: tensor<150x48xbf16>) -> tensor<64xf32> {
  %z = arith.constant 0.0 : f32
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %c48 = arith.constant 48 : index
  %c64 = arith.constant 64 : index
  %c150 = arith.constant 150 : index
  %e = tensor.empty() : tensor<64xf32>
  %r = scf.forall (%i) = (0) to (64) step (32) shared_outs(%o = %e) -> (tensor<64xf32>) {
    %st = tensor.empty() : tensor<32xf32>
    %sf = linalg.fill ins(%z : f32) outs(%st : tensor<32xf32>) -> tensor<32xf32>
    %s = scf.for %j = %c0 to %c150 step %c64 iter_args(%acc = %sf) -> (tensor<32xf32>) {
      %n = affine.min affine_map<(d0) -> (64, 150 - d0)>(%j)
      %t = tensor.empty(%n) : tensor<32x?xf32>
      %f = linalg.fill ins(%z : f32) outs(%t : tensor<32x?xf32>) -> tensor<32x?xf32>
      %p = scf.for %k = %c0 to %c48 step %c32 iter_args(%sum = %f) -> (tensor<32x?xf32>) {
        %m = affine.min affine_map<(d0) -> (32, 48 - d0)>(%k)
        %av = tensor.extract_slice %a[%i, %k] [32, %m] [1, 1] : tensor<64x48xbf16> to tensor<32x?xbf16>
        %bv = tensor.extract_slice %b[%j, %k] [%n, %m] [1, 1] : tensor<150x48xbf16> to tensor<?x?xbf16>
        %next = linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>] ins(%av, %bv : tensor<32x?xbf16>, tensor<?x?xbf16>) outs(%sum : tensor<32x?xf32>) -> tensor<32x?xf32>
        scf.yield %next : tensor<32x?xf32>
      }
      %x = linalg.exp ins(%p : tensor<32x?xf32>) outs(%t : tensor<32x?xf32>) -> tensor<32x?xf32>
      %next = linalg.generic {indexing_maps = [#id, #row], iterator_types = ["parallel", "reduction"]} ins(%x : tensor<32x?xf32>) outs(%acc : tensor<32xf32>) {
      ^bb0(%v: f32, %old: f32):
        %w = arith.addf %v, %old : f32
        linalg.yield %w : f32
      } -> tensor<32xf32>
      scf.yield %next : tensor<32xf32>
    }
    scf.forall.in_parallel { tensor.parallel_insert_slice %s into %o[%i] [32] [1] : tensor<32xf32> into tensor<64xf32> }
  }
  return %r : tensor<64xf32>
}
