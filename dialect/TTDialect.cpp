// The dialect class and what tablegen defines for it.

#include "TTDialect.h"
#include "TTAsm.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

#include "TTDialect.cpp.inc"
#include "TTEnums.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "TTAttrs.cpp.inc"

#define GET_TYPEDEF_CLASSES
#include "TTTypes.cpp.inc"

void tt::TTDialect::initialize() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "TTAttrs.cpp.inc"
      >();
  addTypes<
#define GET_TYPEDEF_LIST
#include "TTTypes.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "TTOps.cpp.inc"
      >();
}
