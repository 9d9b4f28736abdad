// RUN: tt-opt %s -split-input-file -verify-diagnostics --tt-import

// Races between blocks, buffers read before they hold anything, and requests
// that the types exceed, one mistake each.

func.func @f(%a: memref<64x64xbf16>, %c: memref<64x64xbf16>) {
  scf.forall (%i, %j) = (0, 0) to (64, 64) step (32, 32) {
    %n = affine.apply affine_map<(d0) -> (d0 + 32)>(%i)
    %cs = memref.subview %c[%i, %j] [32, 32] [1, 1] : memref<64x64xbf16> to memref<32x32xbf16, strided<[64, 1], offset: ?>>
    %other = memref.subview %c[%n, %j] [32, 32] [1, 1] : memref<64x64xbf16> to memref<32x32xbf16, strided<[64, 1], offset: ?>>
    %m = memref.alloc() : memref<32x32xbf16>
    // expected-error @below {{block of 'arg1' is read in a grid that also writes to it, and it is not the block written}}
    // expected-note @below {{a block may read of such a buffer only what it later writes itself; put the steps into two grids, or use another buffer}}
    memref.copy %other, %m : memref<32x32xbf16, strided<[64, 1], offset: ?>> to memref<32x32xbf16>
    // expected-note @below {{written here}}
    memref.copy %m, %cs : memref<32x32xbf16> to memref<32x32xbf16, strided<[64, 1], offset: ?>>
  }
  return
}

// -----

func.func @f(%a: memref<64x64xbf16>, %c: memref<64x64xbf16>) {
  scf.forall (%i, %j) = (0, 0) to (64, 64) step (32, 32) {
    %as = memref.subview %a[%i, %j] [32, 32] [1, 1] : memref<64x64xbf16> to memref<32x32xbf16, strided<[64, 1], offset: ?>>
    %cs = memref.subview %c[%i, 0] [32, 32] [1, 1] : memref<64x64xbf16> to memref<32x32xbf16, strided<[64, 1], offset: ?>>
    // expected-error @below {{all 2 blocks along dimension 1 of the grid write the same block of 'arg1'}}
    // expected-note @below {{each block of a buffer is written by one block of the grid; reduce in a loop inside of the grid}}
    memref.copy %as, %cs : memref<32x32xbf16, strided<[64, 1], offset: ?>> to memref<32x32xbf16, strided<[64, 1], offset: ?>>
  }
  return
}

// -----

func.func @f(%c: memref<64x64xbf16>) {
  // expected-note @below {{buffer made here}}
  %t = memref.alloc() : memref<64x64xbf16>
  scf.forall (%i, %j) = (0, 0) to (64, 64) step (32, 32) {
    %ts = memref.subview %t[%i, %j] [32, 32] [1, 1] : memref<64x64xbf16> to memref<32x32xbf16, strided<[64, 1], offset: ?>>
    %cs = memref.subview %c[%i, %j] [32, 32] [1, 1] : memref<64x64xbf16> to memref<32x32xbf16, strided<[64, 1], offset: ?>>
    // expected-error @below {{block of 'tmp0' is read, but nothing wrote to it before}}
    memref.copy %ts, %cs : memref<32x32xbf16, strided<[64, 1], offset: ?>> to memref<32x32xbf16, strided<[64, 1], offset: ?>>
  }
  return
}

// -----

func.func @f(%x: tensor<64x64xbf16>) -> tensor<64x64xbf16> {
  // expected-error @below {{'scf.forall' op result 0 keeps elements of its destination that no block overwrites, and the destination is used elsewhere too}}
  // expected-note @below {{write all of the result, or use the destination in this grid only}}
  %r = scf.forall (%i) in (1) shared_outs(%o = %x) -> (tensor<64x64xbf16>) {
    %s = tensor.extract_slice %x[0, 0] [32, 32] [1, 1] : tensor<64x64xbf16> to tensor<32x32xbf16>
    %e = tensor.empty() : tensor<32x32xbf16>
    %y = linalg.exp ins(%s : tensor<32x32xbf16>) outs(%e : tensor<32x32xbf16>) -> tensor<32x32xbf16>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %y into %o[32, 32] [32, 32] [1, 1] : tensor<32x32xbf16> into tensor<64x64xbf16>
    }
  }
  return %r : tensor<64x64xbf16>
}

// -----

func.func @f(%a: memref<64x64xf32>, %c: memref<64x64xf32>) attributes {tt.compute = #tt.compute<fp32_acc = false>} {
  scf.forall (%i, %j) = (0, 0) to (64, 64) step (32, 32) {
    %as = memref.subview %a[%i, %j] [32, 32] [1, 1] : memref<64x64xf32> to memref<32x32xf32, strided<[64, 1], offset: ?>>
    %cs = memref.subview %c[%i, %j] [32, 32] [1, 1] : memref<64x64xf32> to memref<32x32xf32, strided<[64, 1], offset: ?>>
    // expected-error @below {{'tt.read_block' op makes 32-bit values, but tt.compute asks for 16-bit tile registers}}
    // expected-note @below {{leave out 'fp32_acc = false', or let the kernel compute in a 16-bit type throughout}}
    memref.copy %as, %cs : memref<32x32xf32, strided<[64, 1], offset: ?>> to memref<32x32xf32, strided<[64, 1], offset: ?>>
  }
  return
}

// -----

func.func @f(%a: memref<32x32xbf16>, %b: memref<32x32xf16>, %c: memref<32x32xf16>) attributes {tt.compute = #tt.compute<fp32_acc = false>} {
  scf.forall (%i) in (1) {
    // expected-error @below {{'linalg.generic' op lets f16 and bf16 meet, but tt.compute asks for 16-bit tile registers}}
    // expected-note @below {{leave out 'fp32_acc = false', or use one of the two types throughout}}
    linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]}
        ins(%a, %b : memref<32x32xbf16>, memref<32x32xf16>) outs(%c : memref<32x32xf16>) {
    ^bb0(%x: bf16, %y: f16, %z: f16):
      linalg.yield %y : f16
    }
  }
  return
}

// -----

func.func @f(%a: memref<32x64xbf16>, %c: memref<64x64xbf16>) {
  %zero = arith.constant 0.0 : bf16
  // expected-error @below {{'linalg.fill' op fills elements of 'arg1' that the next grid which writes it leaves as they are}}
  // expected-note @below {{fill blocks inside of the grid}}
  linalg.fill ins(%zero : bf16) outs(%c : memref<64x64xbf16>)
  scf.forall (%i) in (1) {
    %cs = memref.subview %c[0, 0] [32, 64] [1, 1] : memref<64x64xbf16> to memref<32x64xbf16, strided<[64, 1]>>
    // expected-note @below {{written here}}
    memref.copy %a, %cs : memref<32x64xbf16> to memref<32x64xbf16, strided<[64, 1]>>
  }
  return
}

// -----

// How far the blocks reach is more than 64 bits count.
func.func @f(%a: memref<2147483647x32xbf16>, %c: memref<2147483647x32xbf16>) {
  %zero = arith.constant 0.0 : bf16
  // expected-error @below {{'linalg.fill' op fills elements of 'arg1' that the next grid which writes it leaves as they are}}
  // expected-note @below {{fill blocks inside of the grid}}
  linalg.fill ins(%zero : bf16) outs(%c : memref<2147483647x32xbf16>)
  scf.forall (%i, %j, %k) in (2147483647, 2147483647, 2147483647) {
    %n = affine.apply affine_map<(d0, d1, d2) -> (d0 * 2147483645 + d1 * 2147483646 + d2 * 2147483647)>(%i, %j, %k)
    %cs = memref.subview %c[%n, 0] [2147483647, 32] [1, 1] : memref<2147483647x32xbf16> to memref<2147483647x32xbf16, strided<[32, 1], offset: ?>>
    // expected-note @below {{written here}}
    memref.copy %a, %cs : memref<2147483647x32xbf16> to memref<2147483647x32xbf16, strided<[32, 1], offset: ?>>
  }
  return
}
