// RUN: %tt-check %s

// Buffers that the device keeps in block floats. Weights in bfp8_b under bf16 activations, the typical use, read in a loop over k; then
// transposed, with a bias of bfp4_b that is repeated over the rows, kept as bfp8_b; a mix of formats in f32; a sum over rows.
#a = affine_map<(i, j, k) -> (i, k)>
#b = affine_map<(i, j, k) -> (j, k)>
#c = affine_map<(i, j, k) -> (i, j)>
#row = affine_map<(i, j) -> (0, j)>
#first = affine_map<(i, j) -> (i, 0)>
#id = affine_map<(i, j) -> (i, j)>

func.func @weights(%A: memref<128x64xbf16>, %B: memref<64x128xbf16> {tt.layout = #tt.layout<format = bfp8_b>},
                   %C: memref<128x128xbf16>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %zero = arith.constant 0.0 : bf16
  scf.forall (%by, %bx) in (2, 2) {
    %m = affine.apply affine_map<(d0) -> (d0 * 64)>(%by)
    %n = affine.apply affine_map<(d0) -> (d0 * 64)>(%bx)
    %as = memref.alloc() : memref<64x32xbf16>
    %bs = memref.alloc() : memref<32x64xbf16>
    %acc = memref.alloc() : memref<64x64xbf16>
    linalg.fill ins(%zero : bf16) outs(%acc : memref<64x64xbf16>)
    scf.for %k = %c0 to %c2 step %c1 {
      %ko = affine.apply affine_map<(d0) -> (d0 * 32)>(%k)
      %a = memref.subview %A[%m, %ko] [64, 32] [1, 1] : memref<128x64xbf16> to memref<64x32xbf16, strided<[64, 1], offset: ?>>
      %b = memref.subview %B[%ko, %n] [32, 64] [1, 1] : memref<64x128xbf16> to memref<32x64xbf16, strided<[128, 1], offset: ?>>
      memref.copy %a, %as : memref<64x32xbf16, strided<[64, 1], offset: ?>> to memref<64x32xbf16>
      memref.copy %b, %bs : memref<32x64xbf16, strided<[128, 1], offset: ?>> to memref<32x64xbf16>
      linalg.matmul ins(%as, %bs : memref<64x32xbf16>, memref<32x64xbf16>) outs(%acc : memref<64x64xbf16>)
    }
    %c = memref.subview %C[%m, %n] [64, 64] [1, 1] : memref<128x128xbf16> to memref<64x64xbf16, strided<[128, 1], offset: ?>>
    memref.copy %acc, %c : memref<64x64xbf16> to memref<64x64xbf16, strided<[128, 1], offset: ?>>
  }
  return
}

func.func @transposed(%A: memref<64x64xbf16>, %B: memref<64x64xbf16> {tt.layout = #tt.layout<format = bfp8_b>},
                      %D: memref<1x64xbf16> {tt.layout = #tt.layout<format = bfp4_b>},
                      %C: memref<64x64xbf16> {tt.layout = #tt.layout<format = bfp8_b>}) {
  %zero = arith.constant 0.0 : bf16
  scf.forall (%i) in (1) {
    %p = memref.alloc() : memref<64x64xbf16>
    linalg.fill ins(%zero : bf16) outs(%p : memref<64x64xbf16>)
    linalg.generic {indexing_maps = [#a, #b, #c], iterator_types = ["parallel", "parallel", "reduction"]} ins(%A, %B : memref<64x64xbf16>, memref<64x64xbf16>) outs(%p : memref<64x64xbf16>) {
    ^bb0(%x: bf16, %y: bf16, %z: bf16):
      %0 = arith.mulf %x, %y : bf16
      %1 = arith.addf %0, %z : bf16
      linalg.yield %1 : bf16
    }
    linalg.generic {indexing_maps = [#id, #row, #id, #id], iterator_types = ["parallel", "parallel"]} ins(%p, %D, %B : memref<64x64xbf16>, memref<1x64xbf16>, memref<64x64xbf16>) outs(%C : memref<64x64xbf16>) {
    ^bb0(%x: bf16, %y: bf16, %w: bf16, %z: bf16):
      %0 = arith.addf %x, %y : bf16
      %1 = arith.mulf %0, %w : bf16
      linalg.yield %1 : bf16
    }
  }
  return
}

func.func @mixed(%x: tensor<64x64xf32> {tt.layout = #tt.layout<format = bfp8_b>}, %y: tensor<64x64xf32>, %z: tensor<64x64xf32> {tt.layout = #tt.layout<format = bfp4_b>})
    -> (tensor<64x64xf32> {tt.layout = #tt.layout<format = bfp8_b>}, tensor<64x1xf32>) {
  %zero = arith.constant 0.0 : f32
  %new = tensor.empty() : tensor<64x64xf32>
  %new1 = tensor.empty() : tensor<64x1xf32>
  %r:2 = scf.forall (%i) in (2) shared_outs(%o = %new, %o1 = %new1) -> (tensor<64x64xf32>, tensor<64x1xf32>) {
    %m = affine.apply affine_map<(d0) -> (d0 * 32)>(%i)
    %xs = tensor.extract_slice %x[%m, 0] [32, 64] [1, 1] : tensor<64x64xf32> to tensor<32x64xf32>
    %ys = tensor.extract_slice %y[%m, 0] [32, 64] [1, 1] : tensor<64x64xf32> to tensor<32x64xf32>
    %zs = tensor.extract_slice %z[%m, 0] [32, 64] [1, 1] : tensor<64x64xf32> to tensor<32x64xf32>
    %e = tensor.empty() : tensor<32x64xf32>
    %s = linalg.generic {indexing_maps = [#id, #id, #id, #id], iterator_types = ["parallel", "parallel"]} ins(%xs, %ys, %zs : tensor<32x64xf32>, tensor<32x64xf32>, tensor<32x64xf32>) outs(%e : tensor<32x64xf32>) {
    ^bb0(%a: f32, %b: f32, %c: f32, %o2: f32):
      %0 = arith.mulf %a, %b : f32
      %1 = arith.subf %0, %c : f32
      linalg.yield %1 : f32
    } -> tensor<32x64xf32>
    %e1 = tensor.empty() : tensor<32x1xf32>
    %f1 = linalg.fill ins(%zero : f32) outs(%e1 : tensor<32x1xf32>) -> tensor<32x1xf32>
    %t = linalg.generic {indexing_maps = [#id, #first], iterator_types = ["parallel", "reduction"]} ins(%xs : tensor<32x64xf32>) outs(%f1 : tensor<32x1xf32>) {
    ^bb0(%a: f32, %sum: f32):
      %0 = arith.addf %a, %sum : f32
      linalg.yield %0 : f32
    } -> tensor<32x1xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %s into %o[%m, 0] [32, 64] [1, 1] : tensor<32x64xf32> into tensor<64x64xf32>
      tensor.parallel_insert_slice %t into %o1[%m, 0] [32, 1] [1, 1] : tensor<32x1xf32> into tensor<64x1xf32>
    }
  }
  return %r#0, %r#1 : tensor<64x64xf32>, tensor<64x1xf32>
}
