// RUN: tt-opt --tt-build-tile-dfg --tt-split-device-kernel --canonicalize --cse --tt-configure-tensor-accessor --tt-lower-cb-intrinsics --tt-insert-dst-management --canonicalize --cse %S/../inputs/late.mlir | tt-opt --tt-insert-compute-init | tt-opt | FileCheck %s

// Two operations that take turns, once per block: the init of each stands in front of its loops.
// CHECK-LABEL: tt.program @panels
// CHECK: tt.func @compute
// CHECK: tt.hw_startup reverse @cb_A, @cb_B, @cb_sum
// CHECK: tt.matmul_block_init @cb_A, @cb_B ct 2 rt 2 kt 1
// CHECK-NEXT: scf.for
// CHECK-NOT: _init
// CHECK: tt.copy_init @cb_sum
// CHECK-NEXT: scf.for
// CHECK-NOT: _init
// CHECK: tt.func @writer

// Two operations of the FPU take turns, the SFPU has one.
// CHECK-LABEL: tt.program @fpu
// CHECK: tt.hw_startup @cb_A, @cb_B, @cb_C
// CHECK: tt.unary_tile_init exp
// CHECK-NEXT: scf.for
// CHECK: scf.for
// CHECK: tt.binary_tiles_init mul @cb_A, @cb_B
// CHECK-NEXT: scf.for
// CHECK: tt.reuse_dest_init sub dst_first @cb_A
// CHECK-NEXT: scf.for
// CHECK-NOT: _init
// CHECK: tt.func @writer

// One format, two rings: one init serves the copies of both.
// CHECK-LABEL: tt.program @sfpu
// CHECK: tt.hw_startup @cb_F, @cb_F, @cb_H
// CHECK: tt.binary_tile_init add
// CHECK-NEXT: tt.copy_init @cb_F
// CHECK-NEXT: scf.for
// CHECK-NOT: _init
// CHECK: tt.func @writer

// Functions of the SFPU that take turns spoil the matmul's init: the first comes in front of it, so that there is one.
// CHECK-LABEL: tt.program @zeros
// CHECK: tt.hw_startup reverse @cb_A, @cb_B, @cb_C
// CHECK-NOT: _init
// CHECK: scf.for
// CHECK: tt.binary_tile_init sub
// CHECK-NEXT: tt.matmul_block_init
// CHECK-NOT: _init
// CHECK: tt.binary_tile sub
// CHECK: tt.binary_tile_init max
// CHECK-NEXT: tt.binary_tile max
