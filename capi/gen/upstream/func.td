// The upstream ops that passes use through generated C.
include "mlir/Dialect/Func/IR/FuncOps.td"
