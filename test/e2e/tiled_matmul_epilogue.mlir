// RUN: mlir-opt %s --transform-preload-library=transform-library-paths=%S/inputs/matmul_epilogue_schedule.mlir --transform-interpreter --canonicalize --cse -o %t.value.mlir
// RUN: %tt-check %t.value.mlir
// RUN: mlir-opt %t.value.mlir --one-shot-bufferize="bufferize-function-boundaries function-boundary-type-conversion=identity-layout-map" --canonicalize -o %t.memory.mlir
// RUN: %tt-check %t.memory.mlir

// Whole-function linalg on tensors: relu(A·B + C) with f32 accumulation, before any tiling.
#id = affine_map<(i, j) -> (i, j)>
func.func @matmul_epilogue(%A: tensor<128x96xbf16>, %B: tensor<96x128xbf16>, %C: tensor<128x128xbf16>) -> tensor<128x128xbf16> {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<128x128xf32>
  %z = linalg.fill ins(%zero : f32) outs(%e : tensor<128x128xf32>) -> tensor<128x128xf32>
  %p = linalg.matmul ins(%A, %B : tensor<128x96xbf16>, tensor<96x128xbf16>) outs(%z : tensor<128x128xf32>) -> tensor<128x128xf32>
  %o = tensor.empty() : tensor<128x128xbf16>
  %r = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%p, %C : tensor<128x128xf32>, tensor<128x128xbf16>) outs(%o : tensor<128x128xbf16>) {
  ^bb0(%x: f32, %c: bf16, %old: bf16):
    %w = arith.extf %c : bf16 to f32
    %s = arith.addf %x, %w : f32
    %m = arith.maximumf %s, %zero : f32
    %t = arith.truncf %m : f32 to bf16
    linalg.yield %t : bf16
  } -> tensor<128x128xbf16>
  return %r : tensor<128x128xbf16>
}
