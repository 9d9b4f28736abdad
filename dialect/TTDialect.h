// The dialect's C++ classes. Only ODS needs them: everything else is C.

#ifndef TT_DIALECT_TTDIALECT_H
#define TT_DIALECT_TTDIALECT_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/DialectImplementation.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/RegionKindInterface.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/CallInterfaces.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

namespace mlir::tt {

// The memory that protocol ops write, so that stock transformations neither
// drop nor reorder them.
#define TT_RESOURCE(Name)                                                      \
  struct Name##Resource                                                        \
      : public ::mlir::SideEffects::Resource::Base<Name##Resource> {           \
    ::llvm::StringRef getName() final { return "tt." #Name; }                  \
  }

TT_RESOURCE(CB);
TT_RESOURCE(Dst);
TT_RESOURCE(Noc);
TT_RESOURCE(State);
TT_RESOURCE(Buffer);

#undef TT_RESOURCE

} // namespace mlir::tt

#include "TTEnums.h.inc"

#define GET_ATTRDEF_CLASSES
#include "TTAttrs.h.inc"

#define GET_TYPEDEF_CLASSES
#include "TTTypes.h.inc"

#include "TTDialect.h.inc"

#define GET_OP_CLASSES
#include "TTOps.h.inc"

#endif
