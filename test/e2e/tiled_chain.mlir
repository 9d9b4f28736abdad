// RUN: mlir-opt %s --transform-preload-library=transform-library-paths=%S/inputs/chain_schedule.mlir --transform-interpreter --canonicalize --cse -o %t.value.mlir
// RUN: %tt-check %t.value.mlir
// RUN: mlir-opt %t.value.mlir --one-shot-bufferize="bufferize-function-boundaries function-boundary-type-conversion=identity-layout-map" --canonicalize -o %t.memory.mlir
// RUN: %tt-check %t.memory.mlir

// An element-wise chain on tensors, tiled and fused by the distribution's transform dialect.
func.func @tiled_chain(%a: tensor<64x128xbf16>, %b: tensor<64x128xbf16>, %c: tensor<64x128xbf16>) -> tensor<64x128xbf16> {
  %e = tensor.empty() : tensor<64x128xbf16>
  %t = linalg.tanh ins(%a : tensor<64x128xbf16>) outs(%e : tensor<64x128xbf16>) -> tensor<64x128xbf16>
  %m = linalg.mul ins(%t, %b : tensor<64x128xbf16>, tensor<64x128xbf16>) outs(%e : tensor<64x128xbf16>) -> tensor<64x128xbf16>
  %s = linalg.add ins(%m, %c : tensor<64x128xbf16>, tensor<64x128xbf16>) outs(%e : tensor<64x128xbf16>) -> tensor<64x128xbf16>
  return %s : tensor<64x128xbf16>
}
