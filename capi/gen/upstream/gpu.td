// The upstream ops that passes use through generated C.
include "mlir/Dialect/GPU/IR/GPUOps.td"
