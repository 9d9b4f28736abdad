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

// -----

// The beginning of a block that a number fills: the rest of it is that number.

// CHECK-LABEL: tt.host @filled
// CHECK: tt.read_block @arg0[%{{.*}}, %c0] valid[%{{.*}}, %c64] : tensor<32x64xbf16> {fill = 5.000000e+00 : f32}
// CHECK: tt.write_block %{{.*}}, @arg1[%{{.*}}, %c0] valid[%{{.*}}, %c64] : tensor<32x64xbf16>
func.func @filled(%x: memref<50x64xbf16>, %y: memref<50x64xbf16>) {
  %five = arith.constant 5.0 : bf16
  scf.forall (%i) = (0) to (50) step (32) {
    %n = affine.min affine_map<(d0) -> (32, 50 - d0)>(%i)
    %l = memref.alloc() : memref<32x64xbf16>
    linalg.fill ins(%five : bf16) outs(%l : memref<32x64xbf16>)
    %a = memref.subview %x[%i, 0] [%n, 64] [1, 1] : memref<50x64xbf16> to memref<?x64xbf16, strided<[64, 1], offset: ?>>
    %p = memref.subview %l[0, 0] [%n, 64] [1, 1] : memref<32x64xbf16> to memref<?x64xbf16, strided<[64, 1]>>
    memref.copy %a, %p : memref<?x64xbf16, strided<[64, 1], offset: ?>> to memref<?x64xbf16, strided<[64, 1]>>
    %b = memref.subview %y[%i, 0] [%n, 64] [1, 1] : memref<50x64xbf16> to memref<?x64xbf16, strided<[64, 1], offset: ?>>
    memref.copy %p, %b : memref<?x64xbf16, strided<[64, 1]>> to memref<?x64xbf16, strided<[64, 1], offset: ?>>
  }
  return
}

// -----

// A part that is computed on is no block.

func.func @part_of_block(%x: memref<64x64xbf16>, %y: memref<64x64xbf16>) {
  scf.forall (%i) = (0) to (64) step (32) {
    %n = affine.min affine_map<(d0) -> (32, 50 - d0)>(%i)
    %l = memref.alloc() : memref<32x64xbf16>
    %a = memref.subview %x[%i, 0] [32, 64] [1, 1] : memref<64x64xbf16> to memref<32x64xbf16, strided<[64, 1], offset: ?>>
    memref.copy %a, %l : memref<32x64xbf16, strided<[64, 1], offset: ?>> to memref<32x64xbf16>
    // expected-error @below {{'memref.subview' op takes a part of a block on the core whose size is no constant}}
    // expected-note @below {{give the whole block that size}}
    %p = memref.subview %l[0, 0] [%n, 64] [1, 1] : memref<32x64xbf16> to memref<?x64xbf16, strided<[64, 1]>>
    // expected-note @below {{it is used here}}
    linalg.exp ins(%p : memref<?x64xbf16, strided<[64, 1]>>) outs(%p : memref<?x64xbf16, strided<[64, 1]>>)
    %b = memref.subview %y[%i, 0] [32, 64] [1, 1] : memref<64x64xbf16> to memref<32x64xbf16, strided<[64, 1], offset: ?>>
    memref.copy %l, %b : memref<32x64xbf16> to memref<32x64xbf16, strided<[64, 1], offset: ?>>
  }
  return
}

// -----

// What the copy leaves of the block was computed: nobody knows a number.

func.func @computed_behind(%x: memref<50x64xbf16>, %y: memref<64x64xbf16>) {
  %one = arith.constant 1.0 : bf16
  scf.forall (%i) = (0) to (64) step (32) {
    %n = affine.min affine_map<(d0) -> (32, 50 - d0)>(%i)
    %l = memref.alloc() : memref<32x64xbf16>
    linalg.fill ins(%one : bf16) outs(%l : memref<32x64xbf16>)
    linalg.exp ins(%l : memref<32x64xbf16>) outs(%l : memref<32x64xbf16>)
    %a = memref.subview %x[%i, 0] [%n, 64] [1, 1] : memref<50x64xbf16> to memref<?x64xbf16, strided<[64, 1], offset: ?>>
    // expected-error @below {{'memref.subview' op takes a part of a block on the core whose size is no constant}}
    // expected-note @below {{give the whole block that size}}
    %p = memref.subview %l[0, 0] [%n, 64] [1, 1] : memref<32x64xbf16> to memref<?x64xbf16, strided<[64, 1]>>
    // expected-note @below {{it is used here}}
    memref.copy %a, %p : memref<?x64xbf16, strided<[64, 1], offset: ?>> to memref<?x64xbf16, strided<[64, 1]>>
    %b = memref.subview %y[%i, 0] [32, 64] [1, 1] : memref<64x64xbf16> to memref<32x64xbf16, strided<[64, 1], offset: ?>>
    memref.copy %l, %b : memref<32x64xbf16> to memref<32x64xbf16, strided<[64, 1], offset: ?>>
  }
  return
}

// -----

// A sum over rows that no buffer has: how many there are is not seen later.

func.func @no_buffer(%x: tensor<1x64xf32>, %y: tensor<64xf32>) -> tensor<64xf32> {
  %z = arith.constant 0.0 : f32
  %r = scf.forall (%i) = (0) to (50) step (64) shared_outs(%o = %y) -> (tensor<64xf32>) {
    %n = affine.min affine_map<(d0) -> (64, 50 - d0)>(%i)
    %b = tensor.extract_slice %x[0, 0] [1, 64] [1, 1] : tensor<1x64xf32> to tensor<64xf32>
    %t = tensor.empty(%n) : tensor<?x64xf32>
    %w = linalg.broadcast ins(%b : tensor<64xf32>) outs(%t : tensor<?x64xf32>) dimensions = [0]
    %st = tensor.empty() : tensor<64xf32>
    %sf = linalg.fill ins(%z : f32) outs(%st : tensor<64xf32>) -> tensor<64xf32>
    // expected-error @below {{'linalg.reduce' op reduces a dim whose size is no constant, but nothing in it comes from a block of that size of a buffer}}
    // expected-note @below {{reduce what is computed from a block that ends with its buffer, or a block of a constant size}}
    %s = linalg.reduce { arith.addf } ins(%w : tensor<?x64xf32>) outs(%sf : tensor<64xf32>) dimensions = [0]
    scf.forall.in_parallel { tensor.parallel_insert_slice %s into %o[0] [64] [1] : tensor<64xf32> into tensor<64xf32> }
  }
  return %r : tensor<64xf32>
}

// -----

func.func @no_buffer_softmax(%y: tensor<64x64xf32>) -> tensor<64x64xf32> {
  %z = arith.constant 0.0 : f32
  %r = scf.forall (%i) = (0) to (50) step (64) shared_outs(%o = %y) -> (tensor<64x64xf32>) {
    %n = affine.min affine_map<(d0) -> (64, 50 - d0)>(%i)
    %t = tensor.empty(%n) : tensor<64x?xf32>
    %f = linalg.fill ins(%z : f32) outs(%t : tensor<64x?xf32>) -> tensor<64x?xf32>
    // expected-error @below {{'linalg.softmax' op reduces a dim whose size is no constant, but nothing in it comes from a block of that size of a buffer}}
    // expected-note @below {{reduce what is computed from a block that ends with its buffer, or a block of a constant size}}
    %s = linalg.softmax dimension(1) ins(%f : tensor<64x?xf32>) outs(%t : tensor<64x?xf32>) -> tensor<64x?xf32>
    scf.forall.in_parallel { tensor.parallel_insert_slice %s into %o[0, 0] [64, %n] [1, 1] : tensor<64x?xf32> into tensor<64x64xf32> }
  }
  return %r : tensor<64x64xf32>
}
