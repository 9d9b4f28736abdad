// The upstream ops that passes use through generated C.
include "mlir/Dialect/MemRef/IR/MemRefOps.td"
