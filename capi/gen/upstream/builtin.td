// The upstream ops that passes use through generated C.
include "mlir/IR/BuiltinOps.td"
