// RUN: tt-opt --tt-import --split-input-file %s | FileCheck %s

// Directions follow from effects. What a grid leaves of an argument is seen by
// the caller, so an argument that is written in part is also an input.

// CHECK-LABEL: tt.host @part
// CHECK: tt.buffer @arg0 : tensor<64x64xbf16> in
// CHECK: tt.buffer @arg1 : tensor<64x64xbf16> inout {argument = 1 : i64}
func.func @part(%x: memref<64x64xbf16>, %y: memref<64x64xbf16>) {
  scf.forall (%i) in (1) {
    %a = memref.subview %x[0, 0] [32, 64] [1, 1] : memref<64x64xbf16> to memref<32x64xbf16, strided<[64, 1]>>
    %b = memref.subview %y[0, 0] [32, 64] [1, 1] : memref<64x64xbf16> to memref<32x64xbf16, strided<[64, 1]>>
    linalg.exp ins(%a : memref<32x64xbf16, strided<[64, 1]>>) outs(%b : memref<32x64xbf16, strided<[64, 1]>>)
  }
  return
}

// -----

// Blocks of the grid and an inner loop together fill the output.

// CHECK-LABEL: tt.host @loop
// CHECK: tt.buffer @arg1 : tensor<64x128xbf16> out {argument = 1 : i64}
func.func @loop(%x: memref<64x128xbf16>, %y: memref<64x128xbf16>) {
  %c0 = arith.constant 0 : index
  %c64 = arith.constant 64 : index
  %c32 = arith.constant 32 : index
  scf.forall (%i, %j) in (2, 2) {
    scf.for %k = %c0 to %c64 step %c32 {
      %m = affine.apply affine_map<(d0) -> (d0 * 32)>(%i)
      %n = affine.apply affine_map<(d0, d1) -> (d0 * 64 + d1)>(%j, %k)
      %a = memref.subview %x[%m, %n] [32, 32] [1, 1] : memref<64x128xbf16> to memref<32x32xbf16, strided<[128, 1], offset: ?>>
      %b = memref.subview %y[%m, %n] [32, 32] [1, 1] : memref<64x128xbf16> to memref<32x32xbf16, strided<[128, 1], offset: ?>>
      memref.copy %a, %b : memref<32x32xbf16, strided<[128, 1], offset: ?>> to memref<32x32xbf16, strided<[128, 1], offset: ?>>
    }
  }
  return
}

// -----

// A buffer between two grids is scratch; a returned one is a result.

// CHECK-LABEL: tt.host @chain
// CHECK: tt.buffer @x : tensor<32x64xbf16> in {argument = 0 : i64}
// CHECK: tt.buffer @tmp0 : tensor<32x64xbf16> scratch
// CHECK: tt.buffer @y : tensor<32x64xbf16> out {result = 0 : i64}
// CHECK: tt.kernel @chain_0
// CHECK: tt.write_block {{.*}}, @tmp0
// CHECK: tt.kernel @chain_1
// CHECK: tt.read_block @tmp0
// CHECK: tt.write_block {{.*}}, @y
func.func @chain(%x: memref<32x64xbf16> {tt.name = "x"}) -> (memref<32x64xbf16> {tt.name = "y"}) {
  %t = memref.alloc() : memref<32x64xbf16>
  scf.forall (%i) in (1) {
    linalg.exp ins(%x : memref<32x64xbf16>) outs(%t : memref<32x64xbf16>)
  }
  %r = memref.alloc() : memref<32x64xbf16>
  scf.forall (%i) in (1) {
    linalg.tanh ins(%t : memref<32x64xbf16>) outs(%r : memref<32x64xbf16>)
  }
  memref.dealloc %t : memref<32x64xbf16>
  return %r : memref<32x64xbf16>
}

// -----

// The same on tensors.

// CHECK-LABEL: tt.host @values
// CHECK: tt.buffer @arg0 : tensor<64x64xbf16> in {argument = 0 : i64}
// CHECK: tt.buffer @tmp0 : tensor<64x64xbf16> scratch
// CHECK: tt.buffer @result0 : tensor<64x64xbf16> out {result = 0 : i64}
// CHECK: tt.kernel @values_0
// CHECK: tt.kernel @values_1
// CHECK: tt.read_block @tmp0
func.func @values(%x: tensor<64x64xbf16>) -> tensor<64x64xbf16> {
  %e = tensor.empty() : tensor<64x64xbf16>
  %b = tensor.empty() : tensor<32x64xbf16>
  %t = scf.forall (%i) = (0) to (64) step (32) shared_outs(%o = %e) -> (tensor<64x64xbf16>) {
    %s = tensor.extract_slice %x[%i, 0] [32, 64] [1, 1] : tensor<64x64xbf16> to tensor<32x64xbf16>
    %y = linalg.exp ins(%s : tensor<32x64xbf16>) outs(%b : tensor<32x64xbf16>) -> tensor<32x64xbf16>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %y into %o[%i, 0] [32, 64] [1, 1] : tensor<32x64xbf16> into tensor<64x64xbf16>
    }
  }
  %r = scf.forall (%i) = (0) to (64) step (32) shared_outs(%o = %e) -> (tensor<64x64xbf16>) {
    %s = tensor.extract_slice %t[%i, 0] [32, 64] [1, 1] : tensor<64x64xbf16> to tensor<32x64xbf16>
    %y = linalg.tanh ins(%s : tensor<32x64xbf16>) outs(%b : tensor<32x64xbf16>) -> tensor<32x64xbf16>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %y into %o[%i, 0] [32, 64] [1, 1] : tensor<32x64xbf16> into tensor<64x64xbf16>
    }
  }
  return %r : tensor<64x64xbf16>
}

// -----

// A grid on tensors works in place: C is one buffer, argument and result.

// CHECK-LABEL: tt.host @in_place
// CHECK: tt.buffer @arg0 : tensor<32x32xf32> in
// CHECK: tt.buffer @arg1 : tensor<32x32xf32> inout {argument = 1 : i64, result = 0 : i64}
// CHECK: %[[OLD:.*]] = tt.read_block @arg1
// CHECK: linalg.matmul {{.*}} outs(%[[OLD]]
func.func @in_place(%A: tensor<32x32xf32>, %C: tensor<32x32xf32>) -> tensor<32x32xf32> {
  %r = scf.forall (%i) in (1) shared_outs(%o = %C) -> (tensor<32x32xf32>) {
    %m = linalg.matmul ins(%A, %A : tensor<32x32xf32>, tensor<32x32xf32>) outs(%o : tensor<32x32xf32>) -> tensor<32x32xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %m into %o[0, 0] [32, 32] [1, 1] : tensor<32x32xf32> into tensor<32x32xf32>
    }
  }
  return %r : tensor<32x32xf32>
}

// -----

// If the destination is used elsewhere, the result is another buffer.

// CHECK-LABEL: tt.host @apart
// CHECK: tt.buffer @arg0 : tensor<64x32xf32> in {argument = 0 : i64}
// CHECK: tt.buffer @result0 : tensor<64x32xf32> out {result = 0 : i64}
func.func @apart(%C: tensor<64x32xf32>) -> tensor<64x32xf32> {
  %r = scf.forall (%i) = (0) to (64) step (32) shared_outs(%o = %C) -> (tensor<64x32xf32>) {
    %top = tensor.extract_slice %C[0, 0] [32, 32] [1, 1] : tensor<64x32xf32> to tensor<32x32xf32>
    %old = tensor.extract_slice %o[%i, 0] [32, 32] [1, 1] : tensor<64x32xf32> to tensor<32x32xf32>
    %m = linalg.matmul ins(%top, %top : tensor<32x32xf32>, tensor<32x32xf32>) outs(%old : tensor<32x32xf32>) -> tensor<32x32xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %m into %o[%i, 0] [32, 32] [1, 1] : tensor<32x32xf32> into tensor<64x32xf32>
    }
  }
  return %r : tensor<64x32xf32>
}

// -----

// Names become identifiers, and different ones; several functions are several
// hosts.

// CHECK-LABEL: tt.host @names
// CHECK: tt.buffer @_1_x : {{.*}}argument = 0
// CHECK: tt.buffer @arg1_0 : {{.*}}argument = 1
// CHECK: tt.buffer @arg1 : {{.*}}argument = 2
// CHECK: tt.buffer @names_0_0 : {{.*}}argument = 3
// CHECK: tt.kernel @names_0
// CHECK-LABEL: tt.host @other
// CHECK: tt.buffer @arg0
func.func @names(%a: memref<32x32xbf16> {tt.name = "1 x"}, %b: memref<32x32xbf16>, %c: memref<32x32xbf16> {tt.name = "arg1"}, %d: memref<32x32xbf16> {tt.name = "names_0"}) {
  scf.forall (%i) in (1) {
    linalg.exp ins(%a : memref<32x32xbf16>) outs(%b : memref<32x32xbf16>)
  }
  return
}
func.func @other(%a: memref<32x32xbf16>) {
  scf.forall (%i) in (1) {
    linalg.exp ins(%a : memref<32x32xbf16>) outs(%a : memref<32x32xbf16>)
  }
  return
}
