// RUN: tt-opt %s -split-input-file -verify-diagnostics

// What users say on ops of other dialects: unknown, misplaced or of the wrong
// type.

// expected-error @below {{'func.func' op has an unknown attribute 'tt.shedule'}}
// expected-note @below {{known are tt.compute, tt.device, tt.layout, tt.name, tt.num_stages and tt.schedule}}
func.func private @f() attributes {tt.shedule = #tt.schedule}

// -----

// expected-error @below {{'func.func' op has a misplaced attribute 'tt.num_stages'}}
// expected-note @below {{it belongs on scf.for}}
func.func private @f() attributes {tt.num_stages = 2 : i64}

// -----

// expected-error @below {{'func.func' op has a misplaced attribute 'tt.schedule'}}
// expected-note @below {{it belongs on func.func}}
func.func private @f(memref<32xf32> {tt.schedule = #tt.schedule})

// -----

// expected-error @below {{'func.func' op has a misplaced attribute 'tt.compute'}}
// expected-note @below {{it belongs on func.func}}
func.func private @f() -> (tensor<32xf32> {tt.compute = #tt.compute})

// -----

func.func @f() {
  // expected-error @below {{'memref.alloc' op has a misplaced attribute 'tt.layout'}}
  // expected-note @below {{it belongs on arguments of a func.func and results of a func.func}}
  %m = memref.alloc() {tt.layout = #tt.layout} : memref<32x32xf32>
  return
}

// -----

// expected-error @below {{'builtin.module' op has a misplaced attribute 'tt.compute'}}
// expected-note @below {{it belongs on func.func}}
module attributes {tt.compute = #tt.compute} {
}

// -----

func.func @f() {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  // expected-error @below {{'scf.for' op attribute 'tt.num_stages' must be an i64 of at least 1}}
  scf.for %i = %c0 to %c1 step %c1 {
  } {tt.num_stages = 0 : i64}
  return
}

// -----

// expected-error @below {{'func.func' op attribute 'tt.compute' must be #tt.compute}}
func.func private @f() attributes {tt.compute = "hifi4"}

// -----

// expected-error @below {{'func.func' op attribute 'tt.schedule' must be a #tt.schedule whose block is at least 1 and whose grid is not negative}}
func.func private @f() attributes {tt.schedule = #tt.schedule<order = block_linear, block = 0>}

// -----

// expected-error @below {{'func.func' op attribute 'tt.name' must be a string that is not empty}}
func.func private @f(memref<32xf32> {tt.name = ""})

// -----

// expected-error @below {{'func.func' op attribute 'tt.layout' must be #tt.layout}}
func.func private @f(memref<32xf32> {tt.layout = "dram"})

// -----

// expected-error @below {{'builtin.module' op attribute 'tt.device' must be a #tt.device, "wormhole_b0" or "blackhole"}}
module attributes {tt.device = "grayskull"} {
}
