// The upstream ops that passes use through generated C.
include "mlir/Dialect/Bufferization/IR/BufferizationOps.td"
