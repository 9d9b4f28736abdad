// RUN: tt-opt --tt-build-tile-dfg --tt-split-device-kernel --canonicalize --cse --tt-configure-tensor-accessor --tt-lower-cb-intrinsics --tt-insert-dst-management --tt-insert-compute-init --canonicalize --cse %S/../inputs/late.mlir | tt-opt --tt-finalize-persistent-signature | tt-opt --tt-verify | FileCheck %s

// Addresses are common to the cores, the work is each core's own; positions follow first use.
// CHECK-LABEL: tt.program @panels
// CHECK: tt.func @reader reader attributes {accessors = [@A, @B], common_args = [#tt.arg<address, buffer = @A>, #tt.arg<address, buffer = @B>], compile_args = [], core_args = [#tt.arg<start_id>, #tt.arg<count>]}
// CHECK: tt.runtime_arg address @A {index = 0 : i64, scope = #tt.arg_scope<common>}
// CHECK: tt.runtime_arg address @B {index = 1 : i64, scope = #tt.arg_scope<common>}
// CHECK: tt.runtime_arg start_id {index = 0 : i64, scope = #tt.arg_scope<per_core>}
// CHECK: tt.runtime_arg count {index = 1 : i64, scope = #tt.arg_scope<per_core>}
// What does the same for every item only counts them.
// CHECK: tt.func @compute compute attributes {accessors = [], common_args = [], compile_args = [], core_args = [#tt.arg<count>]}
// CHECK-NOT: start_id
// CHECK: %[[COUNT:.*]] = tt.runtime_arg count {index = 0 : i64, scope = #tt.arg_scope<per_core>}
// CHECK: scf.for %{{.*}} = %c0{{.*}} to %[[COUNT]] step
// CHECK: tt.func @writer writer attributes {accessors = [@C], common_args = [#tt.arg<address, buffer = @C>]
