// RUN: %tt-check %s
// RUN: %tt-check --grid=2x1 --arch blackhole %s

// Attention, one head, block by block over the keys: the running maximum, the running sum and the output so far are carried around the loop. On values
// and, as a frontend of tiles writes it, on memory.
#id = affine_map<(d0, d1) -> (d0, d1)>
#row = affine_map<(d0, d1) -> (d0)>
#nt_a = affine_map<(d0, d1, d2) -> (d0, d2)>
#nt_b = affine_map<(d0, d1, d2) -> (d1, d2)>
#nt_c = affine_map<(d0, d1, d2) -> (d0, d1)>

func.func @attention(%Q: tensor<128x64xbf16>, %K: tensor<128x64xbf16>, %V: tensor<128x64xbf16>) -> tensor<128x64xbf16> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %zero = arith.constant 0.0 : f32
  %ninf = arith.constant 0xFF800000 : f32
  %scale = arith.constant 0.125 : f32
  %out = tensor.empty() : tensor<128x64xbf16>
  %r = scf.forall (%i) in (2) shared_outs(%o = %out) -> (tensor<128x64xbf16>) {
    %m = affine.apply affine_map<(d0) -> (d0 * 64)>(%i)
    %q = tensor.extract_slice %Q[%m, 0] [64, 64] [1, 1] : tensor<128x64xbf16> to tensor<64x64xbf16>
    %ev = tensor.empty() : tensor<64xf32>
    %es = tensor.empty() : tensor<64x64xf32>
    %ep = tensor.empty() : tensor<64x64xbf16>
    %eo = tensor.empty() : tensor<64x64xf32>
    %eob = tensor.empty() : tensor<64x64xbf16>
    %m0 = linalg.fill ins(%ninf : f32) outs(%ev : tensor<64xf32>) -> tensor<64xf32>
    %l0 = linalg.fill ins(%zero : f32) outs(%ev : tensor<64xf32>) -> tensor<64xf32>
    %a0 = linalg.fill ins(%zero : f32) outs(%eo : tensor<64x64xf32>) -> tensor<64x64xf32>
    %max, %sum, %acc = scf.for %j = %c0 to %c2 step %c1 iter_args(%mi = %m0, %li = %l0, %ai = %a0) -> (tensor<64xf32>, tensor<64xf32>, tensor<64x64xf32>) {
      %n = affine.apply affine_map<(d0) -> (d0 * 64)>(%j)
      %k = tensor.extract_slice %K[%n, 0] [64, 64] [1, 1] : tensor<128x64xbf16> to tensor<64x64xbf16>
      %v = tensor.extract_slice %V[%n, 0] [64, 64] [1, 1] : tensor<128x64xbf16> to tensor<64x64xbf16>
      %s0 = linalg.fill ins(%zero : f32) outs(%es : tensor<64x64xf32>) -> tensor<64x64xf32>
      %s1 = linalg.generic {indexing_maps = [#nt_a, #nt_b, #nt_c], iterator_types = ["parallel", "parallel", "reduction"]} ins(%q, %k : tensor<64x64xbf16>, tensor<64x64xbf16>) outs(%s0 : tensor<64x64xf32>) {
      ^bb0(%a: bf16, %b: bf16, %c: f32):
        %ax = arith.extf %a : bf16 to f32
        %bx = arith.extf %b : bf16 to f32
        %p = arith.mulf %ax, %bx : f32
        %t = arith.addf %c, %p : f32
        linalg.yield %t : f32 } -> tensor<64x64xf32>
      %s = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%s1 : tensor<64x64xf32>) outs(%es : tensor<64x64xf32>) {
      ^bb0(%a: f32, %c: f32):
        %p = arith.mulf %a, %scale : f32
        linalg.yield %p : f32 } -> tensor<64x64xf32>
      %mn = linalg.generic {indexing_maps = [#id, #row], iterator_types = ["parallel", "reduction"]} ins(%s : tensor<64x64xf32>) outs(%mi : tensor<64xf32>) {
      ^bb0(%a: f32, %c: f32):
        %p = arith.maximumf %a, %c : f32
        linalg.yield %p : f32 } -> tensor<64xf32>
      %pf = linalg.generic {indexing_maps = [#id, #row, #id], iterator_types = ["parallel", "parallel"]} ins(%s, %mn : tensor<64x64xf32>, tensor<64xf32>) outs(%es : tensor<64x64xf32>) {
      ^bb0(%a: f32, %b: f32, %c: f32):
        %d = arith.subf %a, %b : f32
        %e = math.exp %d : f32
        linalg.yield %e : f32 } -> tensor<64x64xf32>
      %alpha = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]} ins(%mi, %mn : tensor<64xf32>, tensor<64xf32>) outs(%ev : tensor<64xf32>) {
      ^bb0(%a: f32, %b: f32, %c: f32):
        %d = arith.subf %a, %b : f32
        %e = math.exp %d : f32
        linalg.yield %e : f32 } -> tensor<64xf32>
      %ls = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]} ins(%li, %alpha : tensor<64xf32>, tensor<64xf32>) outs(%ev : tensor<64xf32>) {
      ^bb0(%a: f32, %b: f32, %c: f32):
        %d = arith.mulf %a, %b : f32
        linalg.yield %d : f32 } -> tensor<64xf32>
      %ln = linalg.generic {indexing_maps = [#id, #row], iterator_types = ["parallel", "reduction"]} ins(%pf : tensor<64x64xf32>) outs(%ls : tensor<64xf32>) {
      ^bb0(%a: f32, %c: f32):
        %p = arith.addf %a, %c : f32
        linalg.yield %p : f32 } -> tensor<64xf32>
      %pb = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%pf : tensor<64x64xf32>) outs(%ep : tensor<64x64xbf16>) {
      ^bb0(%a: f32, %c: bf16):
        %p = arith.truncf %a : f32 to bf16
        linalg.yield %p : bf16 } -> tensor<64x64xbf16>
      %as = linalg.generic {indexing_maps = [#id, #row, #id], iterator_types = ["parallel", "parallel"]} ins(%ai, %alpha : tensor<64x64xf32>, tensor<64xf32>) outs(%eo : tensor<64x64xf32>) {
      ^bb0(%a: f32, %b: f32, %c: f32):
        %d = arith.mulf %a, %b : f32
        linalg.yield %d : f32 } -> tensor<64x64xf32>
      %an = linalg.matmul ins(%pb, %v : tensor<64x64xbf16>, tensor<64x64xbf16>) outs(%as : tensor<64x64xf32>) -> tensor<64x64xf32>
      scf.yield %mn, %ln, %an : tensor<64xf32>, tensor<64xf32>, tensor<64x64xf32>
    }
    %y = linalg.generic {indexing_maps = [#id, #row, #id], iterator_types = ["parallel", "parallel"]} ins(%acc, %sum : tensor<64x64xf32>, tensor<64xf32>) outs(%eob : tensor<64x64xbf16>) {
    ^bb0(%a: f32, %b: f32, %c: bf16):
      %d = arith.divf %a, %b : f32
      %e = arith.truncf %d : f32 to bf16
      linalg.yield %e : bf16 } -> tensor<64x64xbf16>
    scf.forall.in_parallel { tensor.parallel_insert_slice %y into %o[%m, 0] [64, 64] [1, 1] : tensor<64x64xbf16> into tensor<128x64xbf16> }
  }
  return %r : tensor<128x64xbf16>
}

func.func @attention_memory(%Q: memref<128x64xbf16>, %K: memref<128x64xbf16>, %V: memref<128x64xbf16>, %O: memref<128x64xbf16>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c32 = arith.constant 32 : index
  %c64 = arith.constant 64 : index
  %zero = arith.constant 0.0 : f32
  %ninf = arith.constant 0xFF800000 : f32
  %scale = arith.constant 0.125 : f32
  scf.forall (%i) in (4) {
    %m0 = affine.apply affine_map<(d0) -> (d0 * 32)>(%i)
    %q = memref.alloc() : memref<32x64xbf16, #gpu.address_space<workgroup>>
    %k = memref.alloc() : memref<64x64xbf16, #gpu.address_space<workgroup>>
    %v = memref.alloc() : memref<64x64xbf16, #gpu.address_space<workgroup>>
    %s = memref.alloc() : memref<32x64xf32>
    %p = memref.alloc() : memref<32x64xbf16>
    %acc = memref.alloc() : memref<32x64xf32>
    %m = memref.alloc() : memref<32xf32>
    %mprev = memref.alloc() : memref<32xf32>
    %alpha = memref.alloc() : memref<32xf32>
    %l = memref.alloc() : memref<32xf32>
    %lnew = memref.alloc() : memref<32xf32>
    %o = memref.alloc() : memref<32x64xbf16>
    %qs = memref.subview %Q[%m0, 0] [32, 64] [1, 1] : memref<128x64xbf16> to memref<32x64xbf16, strided<[64, 1], offset: ?>>
    memref.copy %qs, %q : memref<32x64xbf16, strided<[64, 1], offset: ?>> to memref<32x64xbf16, #gpu.address_space<workgroup>>
    linalg.fill ins(%zero : f32) outs(%acc : memref<32x64xf32>)
    linalg.fill ins(%zero : f32) outs(%l : memref<32xf32>)
    linalg.fill ins(%ninf : f32) outs(%m : memref<32xf32>)
    scf.for %j = %c0 to %c2 step %c1 {
      %n0 = affine.apply affine_map<(d0) -> (d0 * 64)>(%j)
      %ks = memref.subview %K[%n0, 0] [64, 64] [1, 1] : memref<128x64xbf16> to memref<64x64xbf16, strided<[64, 1], offset: ?>>
      memref.copy %ks, %k : memref<64x64xbf16, strided<[64, 1], offset: ?>> to memref<64x64xbf16, #gpu.address_space<workgroup>>
      linalg.fill ins(%zero : f32) outs(%s : memref<32x64xf32>)
      linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d2)>, affine_map<(d0, d1, d2) -> (d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1)>], iterator_types = ["parallel", "parallel", "reduction"]} ins(%q, %k : memref<32x64xbf16, #gpu.address_space<workgroup>>, memref<64x64xbf16, #gpu.address_space<workgroup>>) outs(%s : memref<32x64xf32>) {
      ^bb0(%a: bf16, %b: bf16, %c: f32):
        %ax = arith.extf %a : bf16 to f32
        %bx = arith.extf %b : bf16 to f32
        %ab = arith.mulf %ax, %bx : f32
        %t = arith.addf %c, %ab : f32
        linalg.yield %t : f32 }
      memref.copy %m, %mprev : memref<32xf32> to memref<32xf32>
      linalg.generic {indexing_maps = [#id, #row], iterator_types = ["parallel", "reduction"]} ins(%s : memref<32x64xf32>) outs(%m : memref<32xf32>) {
      ^bb0(%a: f32, %c: f32):
        %t = arith.maximumf %a, %c : f32
        linalg.yield %t : f32 }
      scf.parallel (%x) = (%c0) to (%c32) step (%c1) {
        %a = memref.load %mprev[%x] : memref<32xf32>
        %b = memref.load %m[%x] : memref<32xf32>
        %as = arith.mulf %a, %scale : f32
        %bs = arith.mulf %b, %scale : f32
        %d = arith.subf %as, %bs : f32
        %e = math.exp %d : f32
        memref.store %e, %alpha[%x] : memref<32xf32>
      }
      scf.parallel (%x, %y) = (%c0, %c0) to (%c32, %c64) step (%c1, %c1) {
        %a = memref.load %s[%x, %y] : memref<32x64xf32>
        %b = memref.load %m[%x] : memref<32xf32>
        %as = arith.mulf %a, %scale : f32
        %bs = arith.mulf %b, %scale : f32
        %d = arith.subf %as, %bs : f32
        %e = math.exp %d : f32
        memref.store %e, %s[%x, %y] : memref<32x64xf32>
      }
      linalg.fill ins(%zero : f32) outs(%lnew : memref<32xf32>)
      linalg.generic {indexing_maps = [#id, #row], iterator_types = ["parallel", "reduction"]} ins(%s : memref<32x64xf32>) outs(%lnew : memref<32xf32>) {
      ^bb0(%a: f32, %c: f32):
        %t = arith.addf %a, %c : f32
        linalg.yield %t : f32 }
      scf.parallel (%x) = (%c0) to (%c32) step (%c1) {
        %a = memref.load %l[%x] : memref<32xf32>
        %b = memref.load %alpha[%x] : memref<32xf32>
        %c = memref.load %lnew[%x] : memref<32xf32>
        %d = arith.mulf %a, %b : f32
        %e = arith.addf %d, %c : f32
        memref.store %e, %l[%x] : memref<32xf32>
      }
      scf.parallel (%x, %y) = (%c0, %c0) to (%c32, %c64) step (%c1, %c1) {
        %a = memref.load %acc[%x, %y] : memref<32x64xf32>
        %b = memref.load %alpha[%x] : memref<32xf32>
        %d = arith.mulf %a, %b : f32
        memref.store %d, %acc[%x, %y] : memref<32x64xf32>
      }
      scf.parallel (%x, %y) = (%c0, %c0) to (%c32, %c64) step (%c1, %c1) {
        %a = memref.load %s[%x, %y] : memref<32x64xf32>
        %d = arith.truncf %a : f32 to bf16
        memref.store %d, %p[%x, %y] : memref<32x64xbf16>
      }
      %vs = memref.subview %V[%n0, 0] [64, 64] [1, 1] : memref<128x64xbf16> to memref<64x64xbf16, strided<[64, 1], offset: ?>>
      memref.copy %vs, %v : memref<64x64xbf16, strided<[64, 1], offset: ?>> to memref<64x64xbf16, #gpu.address_space<workgroup>>
      linalg.matmul ins(%p, %v : memref<32x64xbf16>, memref<64x64xbf16, #gpu.address_space<workgroup>>) outs(%acc : memref<32x64xf32>)
    }
    scf.parallel (%x, %y) = (%c0, %c0) to (%c32, %c64) step (%c1, %c1) {
      %a = memref.load %acc[%x, %y] : memref<32x64xf32>
      %b = memref.load %l[%x] : memref<32xf32>
      %d = arith.divf %a, %b : f32
      %e = arith.truncf %d : f32 to bf16
      memref.store %e, %o[%x, %y] : memref<32x64xbf16>
    }
    %os = memref.subview %O[%m0, 0] [32, 64] [1, 1] : memref<128x64xbf16> to memref<32x64xbf16, strided<[64, 1], offset: ?>>
    memref.copy %o, %os : memref<32x64xbf16> to memref<32x64xbf16, strided<[64, 1], offset: ?>>
  }
  return
}
