// RUN: tt-opt --tt-import --canonicalize --cse --split-input-file --verify-diagnostics %s | FileCheck %s

// A block of at most 32 rows is one of 32 rows with a valid extent; what is
// computed from it has static shapes too.

// CHECK-LABEL: tt.host @value
// CHECK: tt.buffer @result0 : tensor<50x64xf32> out
// CHECK: ^bb0(%[[I:.*]]: index):
// CHECK: %[[N:.*]] = affine.min
// CHECK: %[[A:.*]] = tt.read_block @arg0[%{{.*}}, %c0] valid[%[[N]], %c64] : tensor<32x64xbf16>
// CHECK: %[[E:.*]] = tensor.empty() : tensor<32x64xf32>
// CHECK: %[[Z:.*]] = linalg.fill {{.*}} -> tensor<32x64xf32>
// CHECK: %[[R:.*]] = scf.for {{.*}} iter_args(%{{.*}} = %[[Z]]) -> (tensor<32x64xf32>)
// CHECK: tt.read_block @arg0[{{.*}}] valid[%[[N]], %c32] : tensor<32x32xbf16>
// CHECK: linalg.matmul
// CHECK: %[[S:.*]] = linalg.exp
// CHECK: tt.write_block %[[S]], @result0[%{{.*}}, %c0] valid[%[[N]], %c64] : tensor<32x64xf32>
func.func @value(%A: tensor<50x64xbf16>, %B: tensor<64x64xbf16>) -> tensor<50x64xf32> {
  %zero = arith.constant 0.0 : f32
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %c64 = arith.constant 64 : index
  %init = tensor.empty() : tensor<50x64xf32>
  %r = scf.forall (%i) = (0) to (50) step (32) shared_outs(%o = %init) -> (tensor<50x64xf32>) {
    %n = affine.min affine_map<(d0) -> (-d0 + 50, 32)>(%i)
    %a = tensor.extract_slice %A[%i, 0] [%n, 64] [1, 1] : tensor<50x64xbf16> to tensor<?x64xbf16>
    %e = tensor.empty(%n) : tensor<?x64xf32>
    %z = linalg.fill ins(%zero : f32) outs(%e : tensor<?x64xf32>) -> tensor<?x64xf32>
    %x = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]}
        ins(%a : tensor<?x64xbf16>) outs(%z : tensor<?x64xf32>) {
    ^bb0(%v: bf16, %old: f32):
      %w = arith.extf %v : bf16 to f32
      %s = arith.addf %w, %old : f32
      linalg.yield %s : f32
    } -> tensor<?x64xf32>
    %p = scf.for %k = %c0 to %c64 step %c32 iter_args(%acc = %z) -> (tensor<?x64xf32>) {
      %ak = tensor.extract_slice %a[0, %k] [%n, 32] [1, 1] : tensor<?x64xbf16> to tensor<?x32xbf16>
      %bk = tensor.extract_slice %B[%k, 0] [32, 64] [1, 1] : tensor<64x64xbf16> to tensor<32x64xbf16>
      %m = linalg.matmul ins(%ak, %bk : tensor<?x32xbf16>, tensor<32x64xbf16>) outs(%acc : tensor<?x64xf32>) -> tensor<?x64xf32>
      scf.yield %m : tensor<?x64xf32>
    }
    %q = linalg.add ins(%p, %x : tensor<?x64xf32>, tensor<?x64xf32>) outs(%e : tensor<?x64xf32>) -> tensor<?x64xf32>
    %y = linalg.exp ins(%q : tensor<?x64xf32>) outs(%e : tensor<?x64xf32>) -> tensor<?x64xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %y into %o[%i, 0] [%n, 64] [1, 1] : tensor<?x64xf32> into tensor<50x64xf32>
    }
  }
  return %r : tensor<50x64xf32>
}

// -----

// CHECK-LABEL: tt.host @memory
// CHECK: tt.buffer @arg1 : tensor<50xbf16> out
// CHECK: tt.read_block @arg0[%[[I:.*]]] valid[%[[N:.*]]] : tensor<32xbf16>
// CHECK: linalg.exp ins(%{{.*}} : memref<32xbf16>) outs(%{{.*}} : memref<32xbf16>)
// CHECK: tt.write_block %{{.*}}, @arg1[%[[I]]] valid[%[[N]]] : tensor<32xbf16>
func.func @memory(%x: memref<50xbf16>, %y: memref<50xbf16>) {
  scf.forall (%i) = (0) to (50) step (32) {
    %n = affine.min affine_map<(d0) -> (-d0 + 50, 32)>(%i)
    %l = memref.alloc(%n) : memref<?xbf16>
    %a = memref.subview %x[%i] [%n] [1] : memref<50xbf16> to memref<?xbf16, strided<[1], offset: ?>>
    %b = memref.subview %y[%i] [%n] [1] : memref<50xbf16> to memref<?xbf16, strided<[1], offset: ?>>
    memref.copy %a, %l : memref<?xbf16, strided<[1], offset: ?>> to memref<?xbf16>
    linalg.exp ins(%l : memref<?xbf16>) outs(%b : memref<?xbf16, strided<[1], offset: ?>>)
  }
  return
}

// -----

func.func @unbounded(%x: memref<50xbf16>) {
  scf.forall (%i) = (0) to (50) step (32) {
    %n = affine.apply affine_map<(d0) -> (-d0 + 50)>(%i)
    // expected-error @below {{'memref.subview' op takes a block whose size is not a constant}}
    // expected-note @below {{a block that ends with its buffer has the minimum of a constant and what is left as its size}}
    %a = memref.subview %x[%i] [%n] [1] : memref<50xbf16> to memref<?xbf16, strided<[1], offset: ?>>
  }
  return
}

// -----

func.func @part(%x: memref<50xbf16>) {
  scf.forall (%i) = (0) to (50) step (32) {
    %n = affine.min affine_map<(d0) -> (-d0 + 50, 32)>(%i)
    %a = memref.subview %x[%i] [%n] [1] : memref<50xbf16> to memref<?xbf16, strided<[1], offset: ?>>
    // expected-error @below {{'memref.subview' op takes a constant part of a block that may end before it}}
    // expected-note @below {{make its size a minimum with what is left, as that of the block is}}
    %b = memref.subview %a[16] [16] [1] : memref<?xbf16, strided<[1], offset: ?>> to memref<16xbf16, strided<[1], offset: ?>>
  }
  return
}
