// RUN: tt-opt --tt-build-tile-dfg %S/../inputs/late.mlir | tt-opt --tt-split-device-kernel | tt-opt | FileCheck %s

// The reader fetches panels, the writer goes over the sub-blocks of the ring's order on its own; compute keeps the sum and its sections.
// CHECK-LABEL: tt.program @panels grid [2, 1]
// CHECK-SAME: partition {{.*}} work <x = [0, 1], y = [0, 0], start = [0, 1], count = [1, 1]>
// CHECK: tt.circular_buffer @cb_A : !tt.cb<16 x {{.*}} id 0 production 4 order [4, 1] unpack <src>
// CHECK: tt.circular_buffer @cb_C {{.*}} id 16 production 4 order [1, 4]
// CHECK: tt.func @reader reader
// CHECK: %[[START:[a-z_0-9]+]] = tt.runtime_arg start_id
// CHECK: %[[COUNT:[a-z_0-9]+]] = tt.runtime_arg count
// CHECK: %[[END:[a-z_0-9]+]] = arith.addi %[[START]], %[[COUNT]]
// CHECK: scf.for %{{.*}} = %[[START]] to %[[END]]
// CHECK: tt.fetch_block @A{{.*}} to @cb_A shape [4, 2]
// CHECK: tt.fetch_block @B{{.*}} to @cb_B shape [2, 4]
// CHECK-NOT: tt.section
// CHECK-NOT: tt.accumulate
// CHECK: tt.func @compute compute
// CHECK-NOT: affine.apply
// CHECK: tt.accumulate to [@cb_sum]
// CHECK: %[[A:[a-z_0-9]+]] = tt.front_block @cb_A : tensor<4x2x
// CHECK: %[[B:[a-z_0-9]+]] = tt.front_block @cb_B : tensor<2x4x
// CHECK: tt.section grid [2, 2] to [@cb_sum]
// CHECK: tt.mma
// CHECK: {starts_sum}
// CHECK: {pages = array<i64: 16>}
// CHECK: tt.front_block @cb_sum : tensor<4x4x
// CHECK: tt.section grid [4, 1] to [@cb_C]
// CHECK: tt.func @writer writer
// CHECK-NOT: tt.mma
// CHECK: tt.store_block @cb_C to @C{{.*}} shape [4, 4]

// CHECK-LABEL: tt.program @outputs
// CHECK: tt.section grid [1, 1] to [@cb_C, @cb_D]
// CHECK: tt.func @writer
// CHECK: tt.store_block @cb_C to @C
// CHECK: tt.store_block @cb_D to @D

// Reader, compute and writer keep the loop that each has work in; the intermediate is seen by compute alone.
// CHECK-LABEL: tt.program @nested
// CHECK: tt.circular_buffer @cb_block
// CHECK: tt.func @reader
// CHECK: tt.fetch_block @A
// CHECK-NEXT: scf.for
// CHECK-NEXT: tt.fetch_block @B
// CHECK-NOT: cb_block
// CHECK: tt.func @compute
// CHECK: tt.section grid [1, 1] to [@cb_block, @cb_D]
// CHECK: %[[T:[a-z_0-9]+]] = tt.front_block @cb_block
// CHECK: scf.for
// CHECK: tt.binary add %[[T]]
// CHECK: tt.func @writer
// CHECK: scf.for
// CHECK: scf.for
// CHECK-NEXT: tt.store_block @cb_C to @C
// CHECK: tt.store_block @cb_D to @D
