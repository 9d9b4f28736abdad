// RUN: tt-opt --tt-build-tile-dfg %S/../inputs/late.mlir | FileCheck %s
// RUN: tt-opt --tt-build-tile-dfg %S/../inputs/late.mlir | tt-opt | FileCheck %s

// Accumulators that exceed the registers: the products of two steps of k at a time are added to a sum in L1. The operands of two steps become
// panels in front of the section, ordered by what one step reads; the rest of the old section reads the sum.
// CHECK-LABEL: tt.kernel @panels
// CHECK: %[[SUM:[a-z_0-9]+]] = tt.alloc_cb : <16 x !tt.tile<32x32, f32>> {id = 24 : i64, name = "sum", order = array<i64: 2, 2>, production = 4 : i64, unpack = #tt.unpack_mode<dest>}
// CHECK: alloc_cb : <16 x {{.*}}name = "A", order = array<i64: 4, 1>, production = 4
// CHECK: alloc_cb : <16 x {{.*}}name = "B", order = array<i64: 1, 4>, production = 4
// CHECK: alloc_cb : <32 x {{.*}}name = "C", order = array<i64: 1, 4>, production = 4
// CHECK: %[[S:[a-z_0-9]+]] = tt.accumulate via %[[SUM]]
// CHECK: scf.for
// CHECK: %[[A:[a-z_0-9]+]] = tt.read_block @A{{.*}} : tensor<4x2x
// CHECK: %[[B:[a-z_0-9]+]] = tt.read_block @B{{.*}} : tensor<2x4x
// CHECK: tt.section grid [2, 2] via %[[SUM]]
// CHECK: ^bb0(%[[R:[a-z_0-9]+]]: index, %[[C:[a-z_0-9]+]]: index)
// CHECK: %[[Z:[a-z_0-9]+]] = tt.fill 0
// CHECK: scf.for %[[K:[a-z_0-9]+]] = {{.*}}iter_args(%[[X:[a-z_0-9]+]] = %[[Z]]) -> (tensor<2x2x!tt.tile<32x32, f32>>)
// CHECK: %[[AS:[a-z_0-9]+]] = tt.sub_block %[[A]][%[[R]], %[[K]]] : {{.*}} to tensor<2x1x
// CHECK: %[[BS:[a-z_0-9]+]] = tt.sub_block %[[B]][%[[K]], %[[C]]] : {{.*}} to tensor<1x2x
// CHECK: tt.mma %[[AS]], %[[BS]], %[[X]]
// CHECK: {starts_sum}
// CHECK: tt.section grid [4, 1]
// CHECK: %[[PART:[a-z_0-9]+]] = tt.sub_block %[[S]]
// CHECK: tt.typecast %[[PART]] {{.*}}unit = #tt.unit<unpack>

// Eight 16-bit registers take half of the block; the FPU reads two circular buffers, then one and a register.
// CHECK-LABEL: tt.kernel @fpu
// CHECK: name = "C", order = array<i64: 2, 4>, production = 8
// CHECK: tt.section grid [2, 1]
// CHECK: tt.binary mul {{.*}}unit = #tt.unit<fpu>
// CHECK: tt.binary sub {{.*}}unit = #tt.unit<reuse_a>
// CHECK: tt.unary exp {{.*}}unit = #tt.unit<sfpu>

// f32 operands bypass the FPU; one register is left for the tiles of the second operand, so two rows of one are taken in turn.
// CHECK-LABEL: tt.kernel @sfpu
// CHECK: name = "F"{{.*}}unpack = #tt.unpack_mode<dest>
// CHECK: name = "G"{{.*}}unpack = #tt.unpack_mode<dest>
// CHECK: tt.section grid [2, 1]
// CHECK: tt.binary add {{.*}}unit = #tt.unit<sfpu>

// CHECK-LABEL: tt.kernel @outputs
// CHECK: %[[C:[a-z_0-9]+]] = tt.alloc_cb {{.*}}id = 16 : i64, name = "C"
// CHECK: %[[D:[a-z_0-9]+]] = tt.alloc_cb {{.*}}id = 17 : i64, name = "D"
// CHECK: %[[S:[a-z_0-9]+]]:2 = tt.section grid [1, 1] via %[[C]], %[[D]]
// CHECK: tt.yield %{{.*}}, %{{.*}} :
// CHECK: tt.write_block %[[S]]#0, @C
// CHECK: tt.write_block %[[S]]#1, @D

// CHECK-LABEL: tt.kernel @copy
// CHECK: %[[A:[a-z_0-9]+]] = tt.read_block @A
// CHECK: %[[S:[a-z_0-9]+]] = tt.section
// CHECK: tt.yield %[[A]]
// CHECK: tt.write_block %[[S]], @C

// The value leaves its section through an intermediate circular buffer, and the loop that reads it comes after the section.
// CHECK-LABEL: tt.kernel @nested
// CHECK: %[[T:[a-z_0-9]+]] = tt.alloc_cb {{.*}}id = 24 : i64, name = "block"
// CHECK: %[[S:[a-z_0-9]+]]:2 = tt.section {{.*}} via %[[T]],
// CHECK: scf.for
// CHECK: tt.section
// CHECK: tt.binary add %[[S]]#0
// CHECK: tt.write_block %[[S]]#1, @D

// Each product has a zero of its own.
// CHECK-LABEL: tt.kernel @zeros
// CHECK: %[[Z:[a-z_0-9]+]] = tt.fill
// CHECK: tt.mma {{.*}}, %[[Z]] :
// CHECK: %[[Y:[a-z_0-9]+]] = tt.fill
// CHECK: tt.mma {{.*}}, %[[Y]] :
