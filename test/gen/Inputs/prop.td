include "mlir/IR/OpBase.td"
include "mlir/IR/Properties.td"

def Tt : Dialect { let name = "tt"; let cppNamespace = "::mlir::tt"; }

def BadOp : Op<Tt, "bad"> {
  let arguments = (ins I64Prop:$pages);
}
