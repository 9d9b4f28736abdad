// RUN: tt-opt --tt-v5-pipeline %s | FileCheck %s

// One kind of call of the FPU and at most one of the SFPU: everything is programmed in front of the loops, what must be ended is ended behind them.
#id = affine_map<(d0, d1) -> (d0, d1)>

// CHECK-LABEL: tt.program @matmul_gelu_0
// CHECK: tt.func @compute
// CHECK: tt.hw_startup reverse
// CHECK-NOT: scf.for
// CHECK: tt.unary_tile_init gelu
// CHECK-NEXT: tt.matmul_block_init
// CHECK: scf.for
// CHECK-NOT: {{_init|reconfig}}
// CHECK: tt.func @writer
func.func @matmul_gelu(%A: tensor<64x64xbf16>, %B: tensor<64x128xbf16>) -> tensor<64x128xbf16> {
  %zero = arith.constant 0.0 : f32
  %one = arith.constant 1.0 : f32
  %half = arith.constant 0.5 : f32
  %q = arith.constant 0.70710678 : f32
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %c64 = arith.constant 64 : index
  %out = tensor.empty() : tensor<64x128xbf16>
  %r = scf.forall (%i, %j) in (2, 2) shared_outs(%o = %out) -> (tensor<64x128xbf16>) {
    %m = affine.apply affine_map<(d0) -> (d0 * 32)>(%i)
    %n = affine.apply affine_map<(d0) -> (d0 * 64)>(%j)
    %e = tensor.empty() : tensor<32x64xf32>
    %eb = tensor.empty() : tensor<32x64xbf16>
    %f0 = linalg.fill ins(%zero : f32) outs(%e : tensor<32x64xf32>) -> tensor<32x64xf32>
    %y = scf.for %k = %c0 to %c64 step %c32 iter_args(%acc = %f0) -> (tensor<32x64xf32>) {
      %a = tensor.extract_slice %A[%m, %k] [32, 32] [1, 1] : tensor<64x64xbf16> to tensor<32x32xbf16>
      %b = tensor.extract_slice %B[%k, %n] [32, 64] [1, 1] : tensor<64x128xbf16> to tensor<32x64xbf16>
      %y0 = linalg.matmul ins(%a, %b : tensor<32x32xbf16>, tensor<32x64xbf16>) outs(%acc : tensor<32x64xf32>) -> tensor<32x64xf32>
      scf.yield %y0 : tensor<32x64xf32>
    }
    %z = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%y : tensor<32x64xf32>) outs(%eb : tensor<32x64xbf16>) {
    ^bb0(%t: f32, %u: bf16):
      %t1 = arith.mulf %t, %q : f32
      %t2 = math.erf %t1 : f32
      %t3 = arith.addf %t2, %one : f32
      %t4 = arith.mulf %t, %half : f32
      %t5 = arith.mulf %t4, %t3 : f32
      %t6 = arith.truncf %t5 : f32 to bf16
      linalg.yield %t6 : bf16 } -> tensor<32x64xbf16>
    scf.forall.in_parallel { tensor.parallel_insert_slice %z into %o[%m, %n] [32, 64] [1, 1] : tensor<32x64xbf16> into tensor<64x128xbf16> }
  }
  return %r : tensor<64x128xbf16>
}

// Sub-blocks, one operation on two circular buffers.
// CHECK-LABEL: tt.program @sums_0
// CHECK: tt.func @compute
// CHECK: tt.hw_startup
// CHECK-NOT: scf.for
// CHECK: tt.binary_tiles_init add
// CHECK: scf.for
// CHECK-NOT: {{_init|reconfig}}
// CHECK: tt.func @writer
func.func @sums(%A: tensor<64x512xbf16>, %B: tensor<64x512xbf16>) -> tensor<64x512xbf16> {
  %out = tensor.empty() : tensor<64x512xbf16>
  %r = scf.forall (%i) in (2) shared_outs(%o = %out) -> (tensor<64x512xbf16>) {
    %m = affine.apply affine_map<(d0) -> (d0 * 32)>(%i)
    %a = tensor.extract_slice %A[%m, 0] [32, 512] [1, 1] : tensor<64x512xbf16> to tensor<32x512xbf16>
    %b = tensor.extract_slice %B[%m, 0] [32, 512] [1, 1] : tensor<64x512xbf16> to tensor<32x512xbf16>
    %e = tensor.empty() : tensor<32x512xbf16>
    %z = linalg.add ins(%a, %b : tensor<32x512xbf16>, tensor<32x512xbf16>) outs(%e : tensor<32x512xbf16>) -> tensor<32x512xbf16>
    scf.forall.in_parallel { tensor.parallel_insert_slice %z into %o[%m, 0] [32, 512] [1, 1] : tensor<32x512xbf16> into tensor<64x512xbf16> }
  }
  return %r : tensor<64x512xbf16>
}

// A copy and a function: the copy is the one operation of the unpackers.
// CHECK-LABEL: tt.program @exponentials_0
// CHECK: tt.func @compute
// CHECK: tt.hw_startup
// CHECK-NOT: scf.for
// CHECK: tt.unary_tile_init exp
// CHECK-NEXT: tt.copy_init
// CHECK: scf.for
// CHECK-NOT: {{_init|reconfig}}
// CHECK: tt.func @writer
func.func @exponentials(%A: tensor<64x512xbf16>) -> tensor<64x512xbf16> {
  %out = tensor.empty() : tensor<64x512xbf16>
  %r = scf.forall (%i) in (2) shared_outs(%o = %out) -> (tensor<64x512xbf16>) {
    %m = affine.apply affine_map<(d0) -> (d0 * 32)>(%i)
    %a = tensor.extract_slice %A[%m, 0] [32, 512] [1, 1] : tensor<64x512xbf16> to tensor<32x512xbf16>
    %e = tensor.empty() : tensor<32x512xbf16>
    %z = linalg.exp ins(%a : tensor<32x512xbf16>) outs(%e : tensor<32x512xbf16>) -> tensor<32x512xbf16>
    scf.forall.in_parallel { tensor.parallel_insert_slice %z into %o[%m, 0] [32, 512] [1, 1] : tensor<32x512xbf16> into tensor<64x512xbf16> }
  }
  return %r : tensor<64x512xbf16>
}

// The packer stays masked from block to block.
// CHECK-LABEL: tt.program @row_sums_0
// CHECK: tt.func @compute
// CHECK: tt.hw_startup
// CHECK-NOT: scf.for
// CHECK: tt.reduce_init sum row
// CHECK: scf.for
// CHECK-NOT: {{_init|_uninit|reconfig}}
// CHECK: tt.pack_tile {{.*}} reduced row
// CHECK-NOT: {{_init|_uninit|reconfig}}
// CHECK: tt.cb_pop_front @cb_scaler
// CHECK-NEXT: tt.reduce_uninit
// CHECK-NEXT: }
func.func @row_sums(%A: tensor<128x64xbf16>) -> tensor<128x1xbf16> {
  %zero = arith.constant 0.0 : bf16
  %out = tensor.empty() : tensor<128x1xbf16>
  %r = scf.forall (%i) in (4) shared_outs(%o = %out) -> (tensor<128x1xbf16>) {
    %m = affine.apply affine_map<(d0) -> (d0 * 32)>(%i)
    %a = tensor.extract_slice %A[%m, 0] [32, 64] [1, 1] : tensor<128x64xbf16> to tensor<32x64xbf16>
    %e = tensor.empty() : tensor<32x1xbf16>
    %f0 = linalg.fill ins(%zero : bf16) outs(%e : tensor<32x1xbf16>) -> tensor<32x1xbf16>
    %s = linalg.generic {indexing_maps = [#id, affine_map<(d0, d1) -> (d0, 0)>], iterator_types = ["parallel", "reduction"]} ins(%a : tensor<32x64xbf16>) outs(%f0 : tensor<32x1xbf16>) {
    ^bb0(%x: bf16, %q: bf16):
      %k = arith.addf %x, %q : bf16
      linalg.yield %k : bf16 } -> tensor<32x1xbf16>
    scf.forall.in_parallel { tensor.parallel_insert_slice %s into %o[%m, 0] [32, 1] [1, 1] : tensor<32x1xbf16> into tensor<128x1xbf16> }
  }
  return %r : tensor<128x1xbf16>
}

// A broadcast copy is not ended before the last one.
// CHECK-LABEL: tt.program @spread_0
// CHECK: tt.func @compute
// CHECK: tt.hw_startup
// CHECK-NOT: scf.for
// CHECK: tt.unary_bcast_init row
// CHECK: scf.for
// CHECK-NOT: {{_init|_uninit|reconfig}}
// CHECK: tt.cb_pop_front
// CHECK-NEXT: }
// CHECK-NEXT: tt.unary_bcast_uninit row
// CHECK-NEXT: }
func.func @spread(%v: tensor<1x512xbf16>) -> tensor<128x512xbf16> {
  %out = tensor.empty() : tensor<128x512xbf16>
  %r = scf.forall (%i) in (4) shared_outs(%o = %out) -> (tensor<128x512xbf16>) {
    %m = affine.apply affine_map<(d0) -> (d0 * 32)>(%i)
    %e = tensor.empty() : tensor<32x512xbf16>
    %s = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (0, d1)>, #id], iterator_types = ["parallel", "parallel"]} ins(%v : tensor<1x512xbf16>) outs(%e : tensor<32x512xbf16>) {
    ^bb0(%x: bf16, %q: bf16):
      linalg.yield %x : bf16 } -> tensor<32x512xbf16>
    scf.forall.in_parallel { tensor.parallel_insert_slice %s into %o[%m, 0] [32, 512] [1, 1] : tensor<32x512xbf16> into tensor<128x512xbf16> }
  }
  return %r : tensor<128x512xbf16>
}
