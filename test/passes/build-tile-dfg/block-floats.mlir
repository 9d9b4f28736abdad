// RUN: tt-opt --tt-import --tt-infer-layout --tt-propagate-layout --tt-attach-tensor-accessor --tt-layout-aware-work-partition --tt-grid-to-core-grid --tt-lower-to-sfpu --tt-lower-shared-to-cb --tt-lower-tile-intrinsics --canonicalize --tt-build-tile-dfg --canonicalize %s | FileCheck %s

// Block floats are widened by the unpacker, in the section of each user: no circular buffer holds them widened. The transpose, the matrix
// product and the broadcast read the block floats themselves; what is written is narrowed by the packer.
// CHECK-LABEL: tt.kernel
// CHECK: tt.alloc_cb : <4 x !tt.tile<32x32, bf16>> {id = 24 : i64
// CHECK-NEXT: tt.alloc_cb : <4 x !tt.tile<32x32, bf16>> {id = 25 : i64
// CHECK-NEXT: tt.alloc_cb : <4 x !tt.tile<32x32, bfp4_b>> {{.*}}name = "D"
// CHECK-NEXT: tt.alloc_cb : <8 x !tt.tile<32x32, bfp8_b>> {{.*}}name = "B"
// CHECK-NEXT: tt.alloc_cb : <8 x !tt.tile<32x32, bf16>> {{.*}}name = "A"
// CHECK-NEXT: tt.alloc_cb : <8 x !tt.tile<32x32, bfp8_b>> {{.*}}name = "C"
// CHECK: %[[D:[a-z_0-9]+]] = tt.read_block @D
// CHECK: %[[B:[a-z_0-9]+]] = tt.read_block @B
// CHECK: tt.section
// CHECK: %[[W:[a-z_0-9]+]] = tt.typecast %[[B]] {{.*}}unit = #tt.unit<unpack>
// CHECK: tt.transpose %[[W]]
// CHECK: tt.section
// CHECK: %[[R:[a-z_0-9]+]] = tt.typecast %[[D]] {{.*}}unit = #tt.unit<unpack>
// CHECK: tt.bcast row %[[R]]
// CHECK: tt.section
// CHECK: tt.mma
// CHECK: %[[W2:[a-z_0-9]+]] = tt.typecast %[[B]] {{.*}}unit = #tt.unit<unpack>
// CHECK: tt.binary mul {{.*}}, %[[W2]] {{.*}}unit = #tt.unit<reuse_a>
// CHECK: tt.typecast {{.*}}bfp8_b>> {unit = #tt.unit<pack>}
#a = affine_map<(i, j, k) -> (i, k)>
#b = affine_map<(i, j, k) -> (j, k)>
#c = affine_map<(i, j, k) -> (i, j)>
#id = affine_map<(i, j) -> (i, j)>
#row = affine_map<(i, j) -> (0, j)>
func.func @f(%A: memref<64x64xbf16> {tt.name = "A"}, %B: memref<64x64xbf16> {tt.layout = #tt.layout<format = bfp8_b>, tt.name = "B"},
             %D: memref<1x64xbf16> {tt.layout = #tt.layout<format = bfp4_b>, tt.name = "D"},
             %C: memref<64x64xbf16> {tt.layout = #tt.layout<format = bfp8_b>, tt.name = "C"}) {
  %zero = arith.constant 0.0 : bf16
  scf.forall (%i) in (1) {
    %p = memref.alloc() : memref<64x64xbf16>
    linalg.fill ins(%zero : bf16) outs(%p : memref<64x64xbf16>)
    linalg.generic {indexing_maps = [#a, #b, #c], iterator_types = ["parallel", "parallel", "reduction"]} ins(%A, %B : memref<64x64xbf16>, memref<64x64xbf16>) outs(%p : memref<64x64xbf16>) {
    ^bb0(%x: bf16, %y: bf16, %z: bf16):
      %0 = arith.mulf %x, %y : bf16
      %1 = arith.addf %0, %z : bf16
      linalg.yield %1 : bf16
    }
    linalg.generic {indexing_maps = [#id, #row, #id, #id], iterator_types = ["parallel", "parallel"]} ins(%p, %D, %B : memref<64x64xbf16>, memref<1x64xbf16>, memref<64x64xbf16>) outs(%C : memref<64x64xbf16>) {
    ^bb0(%x: bf16, %y: bf16, %w: bf16, %z: bf16):
      %0 = arith.addf %x, %y : bf16
      %1 = arith.mulf %0, %w : bf16
      linalg.yield %1 : bf16
    }
  }
  return
}
