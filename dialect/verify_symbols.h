// Symbols of a program and of its host, found from an op inside of them.

#ifndef TT_DIALECT_VERIFY_SYMBOLS_H
#define TT_DIALECT_VERIFY_SYMBOLS_H

#include "mlir-c/IR.h"

// The op itself or the nearest one around it for which `isa` holds, or null.
MlirOperation ttVerifyEnclosing(MlirOperation op, bool (*isa)(MlirOperation));

// The circular buffer of the enclosing program, or the buffer of the enclosing
// host, of that name; null after an error at `op`.
MlirOperation ttRequireCircularBuffer(MlirOperation op, MlirStringRef name);
MlirOperation ttRequireBuffer(MlirOperation op, MlirStringRef name);

#endif
