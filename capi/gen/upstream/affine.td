// The upstream ops that passes use through generated C.
include "mlir/Dialect/Affine/IR/AffineOps.td"
