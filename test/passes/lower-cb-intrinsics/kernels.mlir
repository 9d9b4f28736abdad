// RUN: tt-opt --tt-build-tile-dfg --tt-split-device-kernel --canonicalize --cse --tt-configure-tensor-accessor %S/../inputs/late.mlir | tt-opt --tt-lower-cb-intrinsics --canonicalize --cse | tt-opt | FileCheck %s

// A panel is pushed production by production, one barrier each; page ids follow from item, production and tile.
// CHECK-LABEL: tt.program @panels
// CHECK: tt.func @reader
// CHECK: scf.for %[[I:[a-z_0-9]+]] =
// CHECK: scf.for %[[P2:[a-z_0-9]+]] = %c0 to %c4
// CHECK: scf.for %[[N:[a-z_0-9]+]] = %c0 to %c2
// CHECK-NEXT: tt.cb_reserve_back @cb_A, 4
// CHECK-NEXT: %[[P:[a-z_0-9]+]] = tt.get_write_ptr @cb_A
// CHECK-NEXT: scf.for %[[T:[a-z_0-9]+]] = %c0 to %c4
// CHECK-NEXT: %[[TO:[a-z_0-9]+]] = affine.apply #{{.*}}(%[[T]], %[[P]])
// CHECK-NEXT: %[[FROM:[a-z_0-9]+]] = affine.apply #{{.*}}(%[[N]], %[[T]], %[[I]], %[[P2]])
// CHECK-NEXT: tt.noc_async_read_page %[[FROM]], %{{.*}}, %[[TO]]
// CHECK-NEXT: }
// CHECK-NEXT: tt.noc_async_read_barrier
// CHECK-NEXT: tt.cb_push_back @cb_A, 4
// CHECK-NEXT: }
// CHECK: tt.cb_reserve_back @cb_B, 4

// Compute waits for the whole panels once and gives them back behind the section.
// CHECK: tt.func @compute
// CHECK: tt.cb_wait_front @cb_A, 8
// CHECK: tt.cb_wait_front @cb_B, 8
// CHECK: tt.section
// CHECK: tt.cb_pop_front @cb_A, 8
// CHECK-NEXT: tt.cb_pop_front @cb_B, 8

// The writer takes one sub-block at a time.
// CHECK: tt.func @writer
// CHECK: scf.for %{{.*}} = %c0 to %c4
// CHECK-NEXT: tt.cb_wait_front @cb_C, 4
// CHECK-NEXT: tt.get_read_ptr @cb_C
// CHECK: tt.noc_async_write_page
// CHECK: tt.noc_async_write_barrier
// CHECK-NEXT: tt.cb_pop_front @cb_C, 4

// What a loop only reads is waited for in front of it and popped behind it.
// CHECK-LABEL: tt.program @nested
// CHECK: tt.func @compute
// CHECK: tt.cb_wait_front @cb_A, 1
// CHECK: tt.cb_pop_front @cb_A, 1
// CHECK: tt.cb_wait_front @cb_block, 1
// CHECK-NEXT: scf.for
// CHECK: tt.cb_wait_front @cb_B, 1
// CHECK: tt.cb_pop_front @cb_B, 1
// CHECK-NEXT: }
// CHECK-NEXT: tt.cb_pop_front @cb_block, 1
