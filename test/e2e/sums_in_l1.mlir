// RUN: %tt-check %s
// RUN: tt-opt --tt-v5-pipeline --tt-explain %s -o /dev/null 2>&1 | grep -c "are added to the sum in L1" | FileCheck %s
// CHECK: 4

// Sixteen accumulators that the tile registers do not hold are summed up in L1.
#id = affine_map<(d0, d1) -> (d0, d1)>
#row = affine_map<(d0, d1) -> (d1)>
#l1 = #gpu.address_space<workgroup>

// gelu(A·B + bias): the rest of the computation reads the sum.
func.func @epilogue(%A: tensor<128x512xbf16>, %B: tensor<512x128xbf16>, %bias: tensor<128xbf16>) -> tensor<128x128xbf16> {
  %zero = arith.constant 0.0 : f32
  %one = arith.constant 1.0 : f32
  %half = arith.constant 0.5 : f32
  %q = arith.constant 0.70710678 : f32
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %c512 = arith.constant 512 : index
  %out = tensor.empty() : tensor<128x128xbf16>
  %r = scf.forall (%i) in (1) shared_outs(%o = %out) -> (tensor<128x128xbf16>) {
    %m = affine.apply affine_map<(d0) -> (d0 * 128)>(%i)
    %v = tensor.extract_slice %bias[%m] [128] [1] : tensor<128xbf16> to tensor<128xbf16>
    %e = tensor.empty() : tensor<128x128xf32>
    %eb = tensor.empty() : tensor<128x128xbf16>
    %z = linalg.fill ins(%zero : f32) outs(%e : tensor<128x128xf32>) -> tensor<128x128xf32>
    %sum = scf.for %k = %c0 to %c512 step %c32 iter_args(%acc = %z) -> (tensor<128x128xf32>) {
      %a = tensor.extract_slice %A[%m, %k] [128, 32] [1, 1] : tensor<128x512xbf16> to tensor<128x32xbf16>
      %b = tensor.extract_slice %B[%k, 0] [32, 128] [1, 1] : tensor<512x128xbf16> to tensor<32x128xbf16>
      %n = linalg.matmul ins(%a, %b : tensor<128x32xbf16>, tensor<32x128xbf16>) outs(%acc : tensor<128x128xf32>) -> tensor<128x128xf32>
      scf.yield %n : tensor<128x128xf32>
    }
    %y = linalg.generic {indexing_maps = [#id, #row, #id], iterator_types = ["parallel", "parallel"]}
        ins(%sum, %v : tensor<128x128xf32>, tensor<128xbf16>) outs(%eb : tensor<128x128xbf16>) {
    ^bb0(%p: f32, %w: bf16, %u: bf16):
      %x = arith.extf %w : bf16 to f32
      %s = arith.addf %p, %x : f32
      %t0 = arith.mulf %s, %q : f32
      %t1 = math.erf %t0 : f32
      %t2 = arith.addf %t1, %one : f32
      %t3 = arith.mulf %s, %half : f32
      %t4 = arith.mulf %t3, %t2 : f32
      %t = arith.truncf %t4 : f32 to bf16
      linalg.yield %t : bf16
    } -> tensor<128x128xbf16>
    scf.forall.in_parallel { tensor.parallel_insert_slice %y into %o[%m, 0] [128, 128] [1, 1] : tensor<128x128xbf16> into tensor<128x128xbf16> }
  }
  return %r : tensor<128x128xbf16>
}

// C += A·B in f32: the sum starts with what was read of C, and is what is written.
func.func @accumulate(%A: memref<128x512xbf16>, %B: memref<512x128xbf16>, %C: memref<128x128xf32>) {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %c512 = arith.constant 512 : index
  scf.forall (%i) in (1) {
    %m = affine.apply affine_map<(d0) -> (d0 * 128)>(%i)
    %acc = memref.alloc() : memref<128x128xf32, #l1>
    %c = memref.subview %C[%m, 0] [128, 128] [1, 1] : memref<128x128xf32> to memref<128x128xf32, strided<[128, 1], offset: ?>>
    memref.copy %c, %acc : memref<128x128xf32, strided<[128, 1], offset: ?>> to memref<128x128xf32, #l1>
    scf.for %k = %c0 to %c512 step %c32 {
      %a = memref.subview %A[%m, %k] [128, 32] [1, 1] : memref<128x512xbf16> to memref<128x32xbf16, strided<[512, 1], offset: ?>>
      %b = memref.subview %B[%k, 0] [32, 128] [1, 1] : memref<512x128xbf16> to memref<32x128xbf16, strided<[128, 1], offset: ?>>
      linalg.matmul ins(%a, %b : memref<128x32xbf16, strided<[512, 1], offset: ?>>, memref<32x128xbf16, strided<[128, 1], offset: ?>>)
                    outs(%acc : memref<128x128xf32, #l1>)
    }
    memref.copy %acc, %c : memref<128x128xf32, #l1> to memref<128x128xf32, strided<[128, 1], offset: ?>>
  }
  return
}

// Two loops over k, one in the other.
func.func @nested(%A: memref<128x128xbf16>, %B: memref<128x128xbf16>, %C: memref<128x128xbf16>) {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %c64 = arith.constant 64 : index
  %c128 = arith.constant 128 : index
  %zero = arith.constant 0.0 : f32
  scf.forall (%i) in (1) {
    %m = affine.apply affine_map<(d0) -> (d0 * 128)>(%i)
    %acc = memref.alloc() : memref<128x128xf32, #l1>
    linalg.fill ins(%zero : f32) outs(%acc : memref<128x128xf32, #l1>)
    scf.for %kk = %c0 to %c128 step %c64 {
      scf.for %k = %c0 to %c64 step %c32 {
        %at = affine.apply affine_map<(d0, d1) -> (d0 + d1)>(%kk, %k)
        %a = memref.subview %A[%m, %at] [128, 32] [1, 1] : memref<128x128xbf16> to memref<128x32xbf16, strided<[128, 1], offset: ?>>
        %b = memref.subview %B[%at, 0] [32, 128] [1, 1] : memref<128x128xbf16> to memref<32x128xbf16, strided<[128, 1], offset: ?>>
        linalg.matmul ins(%a, %b : memref<128x32xbf16, strided<[128, 1], offset: ?>>, memref<32x128xbf16, strided<[128, 1], offset: ?>>)
                      outs(%acc : memref<128x128xf32, #l1>)
      }
    }
    %c = memref.subview %C[%m, 0] [128, 128] [1, 1] : memref<128x128xbf16> to memref<128x128xbf16, strided<[128, 1], offset: ?>>
    linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
        ins(%acc : memref<128x128xf32, #l1>) outs(%c : memref<128x128xbf16, strided<[128, 1], offset: ?>>) {
    ^bb0(%x: f32, %y: bf16):
      %t = arith.truncf %x : f32 to bf16
      linalg.yield %t : bf16
    }
  }
  return
}

// bf16 accumulators, steps of 64, and every other block of A's columns.
func.func @strided(%A: tensor<128x256xbf16>, %B: tensor<128x128xbf16>) -> tensor<128x128xbf16> {
  %zero = arith.constant 0.0 : bf16
  %c0 = arith.constant 0 : index
  %c64 = arith.constant 64 : index
  %c128 = arith.constant 128 : index
  %out = tensor.empty() : tensor<128x128xbf16>
  %r = scf.forall (%i) in (1) shared_outs(%o = %out) -> (tensor<128x128xbf16>) {
    %m = affine.apply affine_map<(d0) -> (d0 * 128)>(%i)
    %e = tensor.empty() : tensor<128x128xbf16>
    %z = linalg.fill ins(%zero : bf16) outs(%e : tensor<128x128xbf16>) -> tensor<128x128xbf16>
    %sum = scf.for %k = %c0 to %c128 step %c64 iter_args(%acc = %z) -> (tensor<128x128xbf16>) {
      %at = affine.apply affine_map<(d0) -> (d0 * 2)>(%k)
      %a = tensor.extract_slice %A[%m, %at] [128, 64] [1, 1] : tensor<128x256xbf16> to tensor<128x64xbf16>
      %b = tensor.extract_slice %B[%k, 0] [64, 128] [1, 1] : tensor<128x128xbf16> to tensor<64x128xbf16>
      %n = linalg.matmul ins(%a, %b : tensor<128x64xbf16>, tensor<64x128xbf16>) outs(%acc : tensor<128x128xbf16>) -> tensor<128x128xbf16>
      scf.yield %n : tensor<128x128xbf16>
    }
    scf.forall.in_parallel { tensor.parallel_insert_slice %sum into %o[%m, 0] [128, 128] [1, 1] : tensor<128x128xbf16> into tensor<128x128xbf16> }
  }
  return %r : tensor<128x128xbf16>
}
