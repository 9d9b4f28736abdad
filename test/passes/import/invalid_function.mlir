// RUN: tt-opt %s -split-input-file -verify-diagnostics --tt-import

// Functions that are no programs, one mistake each.

// expected-error @below {{'func.func' op has no body to compile}}
func.func private @f(memref<32x32xbf16>)

// -----

// expected-error @below {{'func.func' op has no grid of blocks to run}}
// expected-note @below {{each scf.forall at the top level of a function becomes a kernel; tile the function first}}
func.func @f(%a: memref<32x32xbf16>) {
  return
}

// -----

// expected-error @below {{'func.func' op has branches between blocks of ops; only structured control flow (scf) is supported}}
func.func @f() {
  cf.br ^bb1
^bb1:
  return
}

// -----

// expected-error @below {{buffer of type 'f32' is neither a ranked tensor nor a memref}}
// expected-note @below {{arguments and results are tensors or memrefs; put scalars into the grid as constants}}
func.func @f(%a: f32) {
  scf.forall (%i) in (2) {
  }
  return
}

// -----

// expected-error @below {{buffer of type 'memref<?x32xbf16>' has a shape that is not static}}
// expected-note @below {{give every dimension a constant size}}
func.func @f(%a: memref<?x32xbf16>) {
  scf.forall (%i) in (2) {
  }
  return
}

// -----

// expected-error @below {{buffer of type 'memref<*xbf16>' is neither a ranked tensor nor a memref}}
// expected-note @below {{arguments and results}}
func.func @f(%a: memref<*xbf16>) {
  scf.forall (%i) in (2) {
  }
  return
}

// -----

// expected-error @below {{buffer of type 'tensor<bf16>' has an unsupported number of dimensions}}
// expected-note @below {{use 1 to 6 dimensions}}
func.func @f(%a: tensor<bf16>) {
  scf.forall (%i) in (2) {
  }
  return
}

// -----

// expected-error @below {{buffer of type 'memref<32x32xf64>' has elements without a tile format}}
// expected-note @below {{tiles hold f32, bf16, f16, i32, ui32, ui16 or ui8}}
func.func @f(%a: memref<32x32xf64>) {
  scf.forall (%i) in (2) {
  }
  return
}

// -----

// expected-error @below {{buffer of type 'memref<32x32xbf16, #tt.memory_space<l1>>' is not in the device's memory}}
// expected-note @below {{memory outside of grids is DRAM; for an argument in L1 use tt.layout}}
func.func @f(%a: memref<32x32xbf16, #tt.memory_space<l1>>) {
  scf.forall (%i) in (2) {
  }
  return
}

// -----

func.func @f(%a: memref<32x32xbf16>, %c: memref<32x32xbf16>) {
  scf.forall (%i) in (1) {
  }
  // expected-error @below {{'memref.copy' op stands outside of any grid, where nothing runs}}
  // expected-note @below {{computation and copies belong into an scf.forall over blocks; between grids stand memref.alloc, tensor.empty, slices and constants}}
  memref.copy %a, %c : memref<32x32xbf16> to memref<32x32xbf16>
  return
}

// -----

func.func @f(%a: memref<32x32xbf16>) {
  %zero = arith.constant 0.0 : bf16
  // expected-error @below {{'linalg.fill' op stands outside of any grid, where nothing runs}}
  // expected-note @below {{computation and copies}}
  linalg.fill ins(%zero : bf16) outs(%a : memref<32x32xbf16>)
  scf.forall (%i) in (1) {
  }
  return
}

// -----

func.func @f(%a: tensor<32x32xbf16>) -> tensor<32x32xbf16> {
  scf.forall (%i) in (1) {
  }
  %e = tensor.empty() : tensor<32x32xbf16>
  // expected-error @below {{'func.return' op returns a value that no grid makes}}
  return %e : tensor<32x32xbf16>
}

// -----

// expected-error @below {{'arg0' is returned as result 0, but no grid writes it}}
func.func @f(%a: memref<32x32xbf16>) -> memref<32x32xbf16> {
  scf.forall (%i) in (1) {
  }
  return %a : memref<32x32xbf16>
}

// -----

func.func @f(%a: memref<32x32xbf16>) -> (memref<32x32xbf16>, memref<32x32xbf16>) {
  scf.forall (%i) in (1) {
  }
  // expected-error @below {{'func.return' op returns the same buffer as results 0 and 1}}
  return %a, %a : memref<32x32xbf16>, memref<32x32xbf16>
}

// -----

func.func @f(%n: memref<32x32xbf16>) {
  // expected-error @below {{'scf.forall' op has 4 dimensions but a grid of blocks has 1 to 3}}
  scf.forall (%i, %j, %k, %l) in (1, 1, 1, 1) {
  }
  return
}

// -----

func.func @f(%a: memref<32x32xbf16>) {
  %c0 = arith.constant 0 : index
  %n = arith.addi %c0, %c0 : index
  // expected-error @below {{'scf.forall' op has a bound that is not a constant; the number of blocks is part of the program}}
  // expected-note @below {{use constant lower bounds, upper bounds and steps}}
  scf.forall (%i) in (%n) {
  }
  return
}

// -----

func.func @f(%a: memref<32x32xbf16>) {
  // expected-error @below {{'scf.forall' op has no blocks in dimension 0}}
  scf.forall (%i) in (0) {
  }
  return
}

// -----

func.func @f(%a: memref<32x32xbf16>) {
  // expected-error @below {{'scf.forall' op has no blocks in dimension 1}}
  scf.forall (%i, %j) = (0, 0) to (64, 64) step (32, 0) {
  }
  return
}

// -----

func.func @f(%a: tensor<64x32xbf16>) -> tensor<32x32xbf16> {
  // expected-note @below {{destination made here}}
  %part = tensor.extract_slice %a[0, 0] [32, 32] [1, 1] : tensor<64x32xbf16> to tensor<32x32xbf16>
  // expected-error @below {{'scf.forall' op has a destination that is only a part of a tensor}}
  // expected-note @below {{use the whole tensor, tensor.empty, or a tensor.empty that linalg.fill fills}}
  %r = scf.forall (%i) in (1) shared_outs(%o = %part) -> (tensor<32x32xbf16>) {
    scf.forall.in_parallel {
    }
  }
  return %r : tensor<32x32xbf16>
}

// -----

// expected-error @below {{'func.func' op is scheduled on 9x0 cores, but the device has 8x8}}
// expected-note @below {{ask for at most the columns and rows of the device}}
func.func @f(%a: memref<32x32xbf16>) attributes {tt.schedule = #tt.schedule<grid_x = 9>} {
  scf.forall (%i) in (1) {
  }
  return
}

// -----

func.func @f(%a: memref<32x32xbf16>) {
  // expected-error @below {{'scf.forall' op has a bound or step of more than 2147483647 in dimension 0}}
  scf.forall (%i) = (-9223372036854775807) to (32) step (32) {
  }
  return
}

// -----

func.func @f(%a: memref<32x32xbf16>) {
  // expected-error @below {{'scf.forall' op has a bound or step of more than 2147483647 in dimension 1}}
  scf.forall (%i, %j) = (0, 0) to (32, 32) step (32, 9223372036854775807) {
  }
  return
}

// -----

// expected-error @below {{buffer of type 'memref<2147483648x32xbf16>' has a dimension beyond all indices}}
// expected-note @below {{use at most 2147483647 elements along each}}
func.func @f(%a: memref<2147483648x32xbf16>) {
  scf.forall (%i) in (1) {
  }
  return
}
