// RUN: tt-opt --tt-build-tile-dfg --tt-split-device-kernel --canonicalize --cse --tt-configure-tensor-accessor --tt-lower-cb-intrinsics %S/../inputs/late.mlir | tt-opt --tt-insert-dst-management --canonicalize --cse | tt-opt | FileCheck %s

// Zeros that are accumulated onto are the registers as acquire leaves them. Sub-blocks are packed to pages of their own; from the second step
// on the packer adds.
// CHECK-LABEL: tt.program @panels
// CHECK-NOT: tt.fill_tile
// CHECK: tt.cb_reserve_back @cb_sum, 16
// CHECK-NEXT: scf.for %{{.*}} = %c0 to %c4
// CHECK-NEXT: tt.cb_wait_front @cb_A, 8
// CHECK-NEXT: tt.cb_wait_front @cb_B, 8
// CHECK-NEXT: scf.for %[[R:[a-z_0-9]+]] = %c0 to %c2
// CHECK-NEXT: scf.for %[[C:[a-z_0-9]+]] = %c0 to %c2
// CHECK-NEXT: tt.tile_regs_acquire
// CHECK-NEXT: scf.for %{{.*}} = %c0 to %c2
// CHECK: tt.matmul_block @cb_A[{{.*}}], @cb_B[{{.*}}], dst[%c0] ct 2 rt 2 kt 1
// CHECK: tt.tile_regs_commit
// CHECK-NEXT: tt.tile_regs_wait
// CHECK-NEXT: scf.for %[[T:[a-z_0-9]+]] = %c0 to %c4
// CHECK-NEXT: %[[PAGE:[a-z_0-9]+]] = affine.apply #{{.*}}(%[[T]], %[[R]], %[[C]])
// CHECK-NEXT: tt.pack_tile dst[%[[T]]], @cb_sum[%[[PAGE]]]
// CHECK-NEXT: }
// CHECK-NEXT: tt.tile_regs_release
// CHECK-NEXT: }
// CHECK-NEXT: }
// CHECK-NEXT: tt.pack_reconfig_l1_acc true
// CHECK-NEXT: tt.cb_pop_front @cb_A, 8
// CHECK-NEXT: tt.cb_pop_front @cb_B, 8
// CHECK-NEXT: }
// CHECK-NEXT: tt.pack_reconfig_l1_acc false
// CHECK-NEXT: tt.cb_push_back @cb_sum, 16
// CHECK-NEXT: tt.cb_wait_front @cb_sum, 16
// CHECK: tt.copy_tile @cb_sum
// CHECK: tt.cb_reserve_back @cb_C, 4
// CHECK: tt.pack_tile dst[{{.*}}], @cb_C
// CHECK: tt.cb_push_back @cb_C, 4
// CHECK: tt.cb_pop_front @cb_sum, 16
// CHECK-NOT: tt.section
// CHECK-NOT: tt.accumulate
// CHECK-NOT: tt.front_block

// A chain stays in its registers.
// CHECK-LABEL: tt.program @fpu
// CHECK: tt.binary_tiles mul @cb_A[%[[I:[a-z_0-9]+]]], @cb_B[%[[I]]], dst[%[[T:[a-z_0-9]+]]]
// CHECK: tt.reuse_dest_tiles sub dst_first @cb_A[{{.*}}], dst[
// CHECK: tt.unary_tile exp dst[
// CHECK-NOT: tt.copy_tile

// The second operand passes through one register.
// CHECK-LABEL: tt.program @sfpu
// CHECK: tt.copy_tile @cb_F[{{.*}}], dst[%[[T:[a-z_0-9]+]]]
// CHECK: scf.for %[[U:[a-z_0-9]+]] =
// CHECK: tt.copy_tile @cb_G[{{.*}}], dst[%c2]
// CHECK-NEXT: tt.binary_tile add dst[%[[U]]], dst[%c2], dst[%[[U]]]

// A value that is packed lives on when the next is computed from it.
// CHECK-LABEL: tt.program @outputs
// CHECK: tt.unary_tile exp dst[
// CHECK: tt.copy_dest_values dst[
// CHECK: tt.unary_tile negative dst[
// CHECK: tt.cb_reserve_back @cb_C, 4
// CHECK-NEXT: tt.cb_reserve_back @cb_D, 4
// CHECK: tt.cb_push_back @cb_C, 4
// CHECK-NEXT: tt.cb_push_back @cb_D, 4

// CHECK-LABEL: tt.program @copy
// CHECK: tt.copy_tile @cb_A
// CHECK: tt.pack_tile {{.*}}, @cb_C

// Two accumulators have registers of their own.
// CHECK-LABEL: tt.program @zeros
// CHECK: tt.matmul_block @cb_A[%c0], @cb_B[%c0], dst[%c0]
// CHECK: tt.matmul_block @cb_B[%c0], @cb_A[%c0], dst[%c1]
// CHECK: tt.binary_tile sub dst[%c0], dst[%c1], dst[%c2]
// CHECK: tt.binary_tile max dst[%c0], dst[%c1], dst[%c0]
// CHECK: tt.pack_tile dst[%c2], @cb_C
// CHECK: tt.pack_tile dst[%c0], @cb_D
