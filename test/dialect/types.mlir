// RUN: tt-opt %s | tt-opt | FileCheck %s
// RUN: %if !sanitized %{ mlir-opt --load-dialect-plugin=%plugin %s | FileCheck %s %}

// Tile types print as they parse, in our driver and in the stock one.

// CHECK-LABEL: func.func @tiles
// CHECK-SAME: tensor<2x4x!tt.tile<32x32, bf16>>
func.func @tiles(%block: tensor<2x4x!tt.tile<32x32, bf16>>) {
  return
}

// CHECK-LABEL: func.func @narrow
// CHECK-SAME: !tt.tile<16x32, bfp8_b>
func.func @narrow(%tile: !tt.tile<16x32, bfp8_b>) {
  return
}
