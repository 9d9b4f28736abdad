// RUN: tt-opt --tt-build-tile-dfg --tt-split-device-kernel %S/../inputs/late.mlir | tt-opt --tt-configure-tensor-accessor | tt-opt | FileCheck %s

// One accessor per buffer and kernel, in the order of first use, which is the chain; compute has none.
// CHECK-LABEL: tt.program @panels
// CHECK: tt.func @reader
// CHECK-NEXT: %[[A:[a-z_0-9]+]] = tt.runtime_arg address @A
// CHECK-NEXT: tt.tensor_accessor @A at %[[A]] {index = 0 : i64}
// CHECK-NEXT: %[[B:[a-z_0-9]+]] = tt.runtime_arg address @B
// CHECK-NEXT: tt.tensor_accessor @B at %[[B]] {index = 1 : i64}
// CHECK-NOT: tt.tensor_accessor
// CHECK: tt.func @writer
// CHECK-NEXT: %[[C:[a-z_0-9]+]] = tt.runtime_arg address @C
// CHECK-NEXT: tt.tensor_accessor @C at %[[C]] {index = 0 : i64}

// CHECK-LABEL: tt.program @outputs
// CHECK: tt.func @writer
// CHECK: tt.tensor_accessor @C at {{.*}}index = 0
// CHECK: tt.tensor_accessor @D at {{.*}}index = 1
