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

// Reductions of dims that have no constant size say which loops they are.

// CHECK-LABEL: tt.host @reduced
// CHECK: linalg.reduce
// CHECK-SAME: {tt.ends = array<i64: 0>}
// CHECK: linalg.softmax {tt.ends = array<i64: 0>}
func.func @reduced(%x: tensor<50x64xf32>, %y: tensor<64xf32>) -> (tensor<64xf32>, tensor<50x64xf32>) {
  %e = tensor.empty() : tensor<50x64xf32>
  %r, %q = scf.forall (%i) = (0) to (50) step (64) shared_outs(%o = %y, %p = %e) -> (tensor<64xf32>, tensor<50x64xf32>) {
    %n = affine.min affine_map<(d0) -> (64, 50 - d0)>(%i)
    %a = tensor.extract_slice %x[%i, 0] [%n, 64] [1, 1] : tensor<50x64xf32> to tensor<?x64xf32>
    %s = linalg.reduce { arith.maximumf } ins(%a : tensor<?x64xf32>) outs(%o : tensor<64xf32>) dimensions = [0]
    %t = tensor.empty(%n) : tensor<?x64xf32>
    %m = linalg.softmax dimension(0) ins(%a : tensor<?x64xf32>) outs(%t : tensor<?x64xf32>) -> tensor<?x64xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %s into %o[0] [64] [1] : tensor<64xf32> into tensor<64xf32>
      tensor.parallel_insert_slice %m into %p[%i, 0] [%n, 64] [1, 1] : tensor<?x64xf32> into tensor<50x64xf32>
    }
  }
  return %r, %q : tensor<64xf32>, tensor<50x64xf32>
}

// -----

func.func @said_by_user(%x: memref<64x64xf32>, %y: memref<64xf32>) {
  scf.forall (%i) in (1) {
    // expected-error @below {{'linalg.reduce' op has the attribute 'tt.ends', which only tt-import sets}}
    linalg.reduce { arith.addf } ins(%x : memref<64x64xf32>) outs(%y : memref<64xf32>) dimensions = [1] {tt.ends = array<i64: 1>}
  }
  return
}

// -----

// What `fill` does not hold is no number to put behind a block.

func.func @large_number(%x: memref<50x64xi32>, %y: memref<64x64xi32>) {
  %large = arith.constant 16777217 : i32
  scf.forall (%i) = (0) to (64) step (32) {
    %n = affine.min affine_map<(d0) -> (32, 50 - d0)>(%i)
    %l = memref.alloc() : memref<32x64xi32>
    linalg.fill ins(%large : i32) outs(%l : memref<32x64xi32>)
    %a = memref.subview %x[%i, 0] [%n, 64] [1, 1] : memref<50x64xi32> to memref<?x64xi32, strided<[64, 1], offset: ?>>
    // expected-error @below {{'memref.subview' op takes a part of a block on the core whose size is no constant}}
    // expected-note @below {{give the whole block that size}}
    %p = memref.subview %l[0, 0] [%n, 64] [1, 1] : memref<32x64xi32> to memref<?x64xi32, strided<[64, 1]>>
    // expected-note @below {{it is used here}}
    memref.copy %a, %p : memref<?x64xi32, strided<[64, 1], offset: ?>> to memref<?x64xi32, strided<[64, 1]>>
    %b = memref.subview %y[%i, 0] [32, 64] [1, 1] : memref<64x64xi32> to memref<32x64xi32, strided<[64, 1], offset: ?>>
    memref.copy %l, %b : memref<32x64xi32> to memref<32x64xi32, strided<[64, 1], offset: ?>>
  }
  return
}

// -----

// A part from another row on.

func.func @not_the_beginning(%x: memref<64x64xf32>, %y: memref<64x64xf32>) {
  scf.forall (%i) = (0) to (64) step (64) {
    %n = affine.min affine_map<(d0) -> (32, 50 - d0)>(%i)
    %l = memref.alloc() : memref<64x64xf32>
    memref.copy %x, %l : memref<64x64xf32> to memref<64x64xf32>
    // expected-error @below {{'memref.subview' op takes a part of a block on the core whose size is no constant}}
    // expected-note @below {{give the whole block that size}}
    %p = memref.subview %l[32, 0] [%n, 64] [1, 1] : memref<64x64xf32> to memref<?x64xf32, strided<[64, 1], offset: 2048>>
    linalg.exp ins(%p : memref<?x64xf32, strided<[64, 1], offset: 2048>>) outs(%p : memref<?x64xf32, strided<[64, 1], offset: 2048>>)
    memref.copy %l, %y : memref<64x64xf32> to memref<64x64xf32>
  }
  return
}
