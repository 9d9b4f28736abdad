// The upstream ops that passes use through generated C.
include "mlir/Dialect/Tensor/IR/TensorOps.td"
