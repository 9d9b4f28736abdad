// The upstream ops that passes use through generated C.
include "mlir/Dialect/SCF/IR/SCFOps.td"
