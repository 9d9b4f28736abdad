// The upstream ops that passes use through generated C.
include "mlir/Dialect/Arith/IR/ArithOps.td"
