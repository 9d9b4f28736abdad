// RUN: tt-opt --tt-import %s | FileCheck %s
// RUN: tt-opt --tt-import="arch=blackhole grid=4x2 fidelity=hifi2 fp32-acc=true api=v0.66 full-sync=true" %s | FileCheck %s --check-prefix=OPTIONS
// RUN: not tt-opt --tt-import="arch=grayskull" %s 2>&1 | FileCheck %s --check-prefix=ARCH
// RUN: not tt-opt --tt-import="grid=8by8" %s 2>&1 | FileCheck %s --check-prefix=GRID
// RUN: not tt-opt --tt-import="grid=8x9" %s 2>&1 | FileCheck %s --check-prefix=BIG
// RUN: not tt-opt --tt-import="fidelity=best" %s 2>&1 | FileCheck %s --check-prefix=FIDELITY
// RUN: not tt-opt --tt-import="api=v1" %s 2>&1 | FileCheck %s --check-prefix=API

// Types win over attributes, attributes over options.

// ARCH: no device is named 'grayskull'
// ARCH: presets are wormhole_b0 and blackhole
// GRID: option 'grid' is '8by8' but must be columns x rows of cores, such as 8x7
// BIG: is scheduled on 8x9 cores, but the device has 8x8
// FIDELITY: option 'fidelity' is 'best' but must be lofi, hifi2, hifi3 or hifi4
// API: option 'api' is 'v1' but must be current or v0.66

// CHECK-LABEL: tt.host @plain device(<arch = wormhole_b0, grid_x = 8, grid_y = 8, {{.*}}cbs = 32
// CHECK-NOT: api
// CHECK: tt.kernel @plain_0 grid [1] schedule #tt.schedule compute #tt.compute
// OPTIONS-LABEL: tt.host @plain device(<arch = blackhole, grid_x = 11, grid_y = 10, {{.*}}cbs = 64
// OPTIONS-SAME: attributes {api = "v0.66"}
// OPTIONS: tt.kernel @plain_0 grid [1] schedule <grid_x = 4, grid_y = 2> compute <fidelity = hifi2, fp32_acc = true, full_sync = true>
func.func @plain(%a: memref<32x32xbf16>, %b: memref<32x32xbf16>) {
  scf.forall (%i) in (1) {
    linalg.exp ins(%a : memref<32x32xbf16>) outs(%b : memref<32x32xbf16>)
  }
  return
}

// CHECK-LABEL: tt.host @asked
// CHECK: tt.buffer @arg0 : tensor<32x32xbf16> in {argument = 0 : i64, layout = #tt.layout<memory = l1>}
// CHECK: tt.kernel @asked_0 grid [1] schedule <order = block_linear, block = 2, grid_x = 3> compute <fidelity = lofi, approx = true>
// OPTIONS: tt.kernel @asked_0 grid [1] schedule <order = block_linear, block = 2, grid_x = 3, grid_y = 2> compute <fidelity = lofi, approx = true>
func.func @asked(%a: memref<32x32xbf16> {tt.layout = #tt.layout<memory = l1>}, %b: memref<32x32xbf16>)
    attributes {tt.schedule = #tt.schedule<order = block_linear, block = 2, grid_x = 3>, tt.compute = #tt.compute<fidelity = lofi, fp32_acc = false, approx = true>} {
  scf.forall (%i) in (1) {
    linalg.exp ins(%a : memref<32x32xbf16>) outs(%b : memref<32x32xbf16>)
  }
  return
}

// 32 bits in one op are enough, also those of an integer made of a bf16, and so are f16 and bf16 in one op.

// CHECK: tt.kernel @wide_0 {{.*}} compute <fp32_acc = true>
// CHECK: tt.kernel @wide_1 {{.*}} compute #tt.compute
// CHECK: tt.kernel @wide_2 {{.*}} compute <fp32_acc = true>
// CHECK: tt.kernel @wide_3 {{.*}} compute <fp32_acc = true>
#id = affine_map<(i, j) -> (i, j)>
func.func @wide(%a: memref<32x32xbf16>, %b: memref<32x32xbf16>, %h: memref<32x32xf16>) {
  scf.forall (%i) in (1) {
    linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
        ins(%a : memref<32x32xbf16>) outs(%b : memref<32x32xbf16>) {
    ^bb0(%x: bf16, %old: bf16):
      %w = arith.extf %x : bf16 to f32
      %e = math.exp %w : f32
      %n = arith.truncf %e : f32 to bf16
      linalg.yield %n : bf16
    }
  }
  scf.forall (%i) in (1) {
    linalg.exp ins(%a : memref<32x32xbf16>) outs(%b : memref<32x32xbf16>)
  }
  scf.forall (%i) in (1) {
    linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]}
        ins(%a, %h : memref<32x32xbf16>, memref<32x32xf16>) outs(%b : memref<32x32xbf16>) {
    ^bb0(%x: bf16, %y: f16, %old: bf16):
      linalg.yield %x : bf16
    }
  }
  scf.forall (%i) in (1) {
    linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
        ins(%a : memref<32x32xbf16>) outs(%b : memref<32x32xbf16>) {
    ^bb0(%x: bf16, %old: bf16):
      %w = arith.fptosi %x : bf16 to i32
      %n = arith.sitofp %w : i32 to bf16
      linalg.yield %n : bf16
    }
  }
  return
}
