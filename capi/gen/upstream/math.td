// The upstream ops that passes use through generated C.
include "mlir/Dialect/Math/IR/MathOps.td"
