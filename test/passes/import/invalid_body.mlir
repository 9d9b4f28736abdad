// RUN: tt-opt %s -split-input-file -verify-diagnostics --tt-import

// Ops, types and views that have no meaning in a kernel, one mistake each.

func.func @f(%a: memref<64x64xbf16>, %c: memref<64x64xbf16>) {
  scf.forall (%i, %j) = (0, 0) to (64, 64) step (32, 32) {
    // expected-error @below {{'vector.broadcast' op has no meaning in a kernel}}
    // expected-note @below {{inside a grid stand linalg ops on blocks, copies, slices, scf.for, scf.if, and arith, math and affine ops on scalars}}
    %v = vector.broadcast %i : index to vector<4xindex>
  }
  return
}

// -----

func.func @f(%a: memref<64x64xbf16>, %c: memref<64x64xbf16>) {
  scf.forall (%i, %j) = (0, 0) to (64, 64) step (32, 32) {
    %c0 = arith.constant 0 : index
    // expected-error @below {{'memref.load' op accesses one element outside of a loop over elements}}
    // expected-note @below {{access elements in loops over a whole block that do nothing else}}
    %v = memref.load %a[%c0, %c0] : memref<64x64xbf16>
  }
  return
}

// -----

func.func @f(%a: memref<64x64xbf16>, %c: memref<64x64xbf16>) {
  scf.forall (%i, %j) = (0, 0) to (64, 64) step (32, 32) {
    // expected-error @below {{'scf.forall' op is a grid in a grid}}
    // expected-note @below {{the blocks of a kernel are one scf.forall of 1 to 3 dimensions; loops in it are scf.for, or loops over elements}}
    scf.forall (%k) in (2) {
    }
  }
  return
}

// -----

func.func @f(%a: memref<64x64xbf16>, %c: memref<64x64xbf16>) {
  scf.forall (%i, %j) = (0, 0) to (64, 64) step (32, 32) {
    // expected-error @below {{'memref.alloc' op has elements of type 'f64', for which there is no tile format}}
    // expected-note @below {{tiles hold f32, bf16, f16, i32, ui32, ui16 or ui8}}
    %m = memref.alloc() : memref<32x32xf64>
  }
  return
}

// -----

func.func @f(%a: memref<64x64xbf16>, %c: memref<64x64xbf16>) {
  scf.forall (%i, %j) = (0, 0) to (64, 64) step (32, 32) {
    // expected-error @below {{'memref.alloc' op is in memory space '#gpu.address_space<global>', but memory in a kernel is on the core}}
    // expected-note @below {{use no memory space, workgroup or private memory of gpu, or #tt.memory_space<l1>}}
    %m = memref.alloc() : memref<32x32xbf16, #gpu.address_space<global>>
  }
  return
}

// -----

func.func @f(%a: memref<64x64xbf16>, %c: memref<64x64xbf16>) {
  scf.forall (%i, %j) = (0, 0) to (64, 64) step (32, 32) {
    // expected-error @below {{'memref.alloc' op has a shape that is not static}}
    // expected-note @below {{a block that ends with its buffer has the minimum of a constant and what is left as its size}}
    %m = memref.alloc(%i) : memref<?x32xbf16>
  }
  return
}

// -----

func.func @f(%a: memref<64x64xbf16>, %c: memref<64x64xbf16>) {
  scf.forall (%i, %j) = (0, 0) to (64, 64) step (32, 32) {
    // expected-error @below {{'memref.subview' op takes every n-th element of a buffer in dimension 1}}
    // expected-note @below {{blocks are contiguous: use stride 1}}
    %s = memref.subview %a[%i, 0] [32, 32] [1, 2] : memref<64x64xbf16> to memref<32x32xbf16, strided<[64, 2], offset: ?>>
  }
  return
}

// -----

func.func @f(%a: memref<64x64xbf16>, %c: memref<64x64xbf16>) {
  scf.forall (%i, %j) = (0, 0) to (64, 64) step (32, 32) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    // expected-error @below {{'scf.for' op has a bound or step that is not a constant; the number of its iterations is part of the program}}
    // expected-note @below {{use constant bounds and a constant step}}
    scf.for %k = %c0 to %i step %c1 {
    }
  }
  return
}

// -----

func.func @f(%a: memref<64x64xbf16>, %c: memref<64x64xbf16>) {
  scf.forall (%i, %j) = (0, 0) to (64, 64) step (32, 32) {
    %c0 = arith.constant 0 : i32
    // expected-error @below {{'scf.for' op does not count in 'index'}}
    // expected-note @below {{use an induction variable of type 'index'}}
    scf.for %k = %c0 to %c0 step %c0 : i32 {
    }
  }
  return
}

// -----

func.func @f(%a: memref<64x64xbf16>, %c: memref<64x64xbf16>) {
  scf.forall (%i, %j) = (0, 0) to (64, 64) step (32, 32) {
    %c0 = arith.constant 0 : index
    // expected-error @below {{'scf.for' op has a step that is not positive}}
    // expected-note @below {{use a step of at least 1}}
    scf.for %k = %c0 to %c0 step %c0 {
    }
  }
  return
}

// -----

func.func @f(%a: memref<64x64xbf16>, %c: memref<64x64xbf16>) {
  scf.forall (%i, %j) = (0, 0) to (64, 64) step (32, 32) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %m = memref.alloc() : memref<32x32xbf16>
    // expected-error @below {{'scf.for' op carries a memref from one iteration to the next}}
    // expected-note @below {{write to one memref that is allocated outside of the loop, the same one each time}}
    %r = scf.for %k = %c0 to %c1 step %c1 iter_args(%x = %m) -> (memref<32x32xbf16>) {
      %fresh = memref.alloc() : memref<32x32xbf16>
      scf.yield %fresh : memref<32x32xbf16>
    }
  }
  return
}

// -----

func.func @f(%a: memref<64x64xbf16>) {
  scf.forall (%i) in (1) {
    %low = arith.constant -9223372036854775807 : index
    %c1 = arith.constant 1 : index
    // expected-error @below {{'scf.for' op has a bound or step beyond all indices}}
    // expected-note @below {{use numbers of at most 2147483647}}
    scf.for %k = %low to %c1 step %c1 {
    }
  }
  return
}

// -----

func.func @f(%a: memref<64x64xbf16>, %c: memref<32x32xbf16>) {
  scf.forall (%i) in (1) {
    %most = arith.constant 2147483647 : index
    %as = memref.subview %a[%most, 0] [64, 64] [1, 1] : memref<64x64xbf16> to memref<64x64xbf16, strided<[64, 1], offset: ?>>
    // expected-error @below {{'memref.subview' op takes a part of a buffer more than 2147483647 elements behind its beginning}}
    %part = memref.subview %as[32, 0] [32, 32] [1, 1] : memref<64x64xbf16, strided<[64, 1], offset: ?>> to memref<32x32xbf16, strided<[64, 1], offset: ?>>
    memref.copy %part, %c : memref<32x32xbf16, strided<[64, 1], offset: ?>> to memref<32x32xbf16>
  }
  return
}
