// RUN: tt-opt --tt-import --canonicalize %s | FileCheck %s
// RUN: tt-opt --tt-import %s | tt-opt | FileCheck %s --check-prefix=ROUND
// RUN: %if !sanitized %{ mlir-opt --load-dialect-plugin=%plugin --load-pass-plugin=%plugin --pass-pipeline='builtin.module(tt-import,canonicalize)' %s | FileCheck %s %}

// Memory form: copies from the arguments become block reads into local memory,
// the copy to the third is a block write; the K loop counts its iterations.

// ROUND: tt.host @gemm

// CHECK-LABEL: tt.host @gemm device(<arch = wormhole_b0
// CHECK-NEXT: tt.buffer @A : tensor<128x256xbf16> in {argument = 0 : i64}
// CHECK-NEXT: tt.buffer @B : tensor<256x64xbf16> in {argument = 1 : i64}
// CHECK-NEXT: tt.buffer @arg2 : tensor<128x64xbf16> out {argument = 2 : i64}
// CHECK-NEXT: tt.kernel @gemm_0 grid [2, 1] schedule #tt.schedule compute <fp32_acc = true>
// CHECK-NEXT: ^bb0(%[[BY:.*]]: index, %[[BX:.*]]: index):
// CHECK-DAG: %[[C0:.*]] = arith.constant 0 : index
// CHECK-DAG: %[[C1:.*]] = arith.constant 1 : index
// CHECK-DAG: %[[C8:.*]] = arith.constant 8 : index
// CHECK: %[[AS:.*]] = memref.alloc() : memref<64x32xbf16>
// CHECK: %[[BS:.*]] = memref.alloc() : memref<32x64xbf16>
// CHECK: %[[ACC:.*]] = memref.alloc() : memref<64x64xf32>
// CHECK: scf.for %[[K:.*]] = %[[C0]] to %[[C8]] step %[[C1]] {
// CHECK-DAG: %[[KO:.*]] = affine.apply #[[TIMES32:.*]](%[[K]])
// CHECK-DAG: %[[M:.*]] = affine.apply #[[TIMES64:.*]](%[[BY]])
// CHECK: %[[A:.*]] = tt.read_block @A[%[[M]], %{{.*}}] : tensor<64x32xbf16> {stages = 3 : i64}
// CHECK-NEXT: bufferization.materialize_in_destination %[[A]] in writable %[[AS]]
// CHECK: %[[B:.*]] = tt.read_block @B[%{{.*}}, %{{.*}}] : tensor<32x64xbf16> {stages = 3 : i64}
// CHECK-NEXT: bufferization.materialize_in_destination %[[B]] in writable %[[BS]]
// CHECK-NEXT: linalg.matmul ins(%[[AS]], %[[BS]]
// CHECK-NEXT: }
// CHECK-NOT: tt.num_stages
// CHECK: %[[C:.*]] = bufferization.to_tensor %[[OUT:.*]] restrict
// CHECK: tt.write_block %[[C]], @arg2[
// CHECK-NOT: memref.subview
// CHECK-NOT: func.func
func.func @gemm(%A: memref<128x256xbf16> {tt.name = "A"}, %B: memref<256x64xbf16> {tt.name = "B"}, %C: memref<128x64xbf16>) {
  %zero = arith.constant 0.0 : f32
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %c256 = arith.constant 256 : index
  scf.forall (%by, %bx) in (2, 1) {
    %a_sh = memref.alloc() : memref<64x32xbf16, #gpu.address_space<workgroup>>
    %b_sh = memref.alloc() : memref<32x64xbf16, #tt.memory_space<l1>>
    %acc = memref.alloc() : memref<64x64xf32>
    linalg.fill ins(%zero : f32) outs(%acc : memref<64x64xf32>)
    %m = affine.apply affine_map<(d0) -> (d0 * 64)>(%by)
    %n = affine.apply affine_map<(d0) -> (d0 * 64)>(%bx)
    scf.for %k = %c0 to %c256 step %c32 {
      %sa = memref.subview %A[%m, %k] [64, 32] [1, 1] : memref<128x256xbf16> to memref<64x32xbf16, strided<[256, 1], offset: ?>>
      memref.copy %sa, %a_sh : memref<64x32xbf16, strided<[256, 1], offset: ?>> to memref<64x32xbf16, #gpu.address_space<workgroup>>
      %sb = memref.subview %B[%k, %n] [32, 64] [1, 1] : memref<256x64xbf16> to memref<32x64xbf16, strided<[64, 1], offset: ?>>
      memref.copy %sb, %b_sh : memref<32x64xbf16, strided<[64, 1], offset: ?>> to memref<32x64xbf16, #tt.memory_space<l1>>
      linalg.matmul ins(%a_sh, %b_sh : memref<64x32xbf16, #gpu.address_space<workgroup>>, memref<32x64xbf16, #tt.memory_space<l1>>) outs(%acc : memref<64x64xf32>)
    } {tt.num_stages = 3 : i64}
    %out = memref.alloc() : memref<64x64xbf16>
    linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]}
        ins(%acc : memref<64x64xf32>) outs(%out : memref<64x64xbf16>) {
    ^bb0(%x: f32, %old: bf16):
      %t = arith.truncf %x : f32 to bf16
      linalg.yield %t : bf16
    }
    %sc = memref.subview %C[%m, %n] [64, 64] [1, 1] : memref<128x64xbf16> to memref<64x64xbf16, strided<[64, 1], offset: ?>>
    memref.copy %out, %sc : memref<64x64xbf16> to memref<64x64xbf16, strided<[64, 1], offset: ?>>
  }
  return
}
