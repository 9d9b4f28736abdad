//===- program_symbols.h - declarations that device ops name
//---------------===//

#ifndef TT_PASSES_PROGRAM_SYMBOLS_H
#define TT_PASSES_PROGRAM_SYMBOLS_H

#include "mlir-c/IR.h"

/// The `tt.circular_buffer` that `name` means in the program around `op`, or
/// null.
MlirOperation ttFindCircularBuffer(MlirOperation op, MlirStringRef name);

/// The `tt.buffer` that `name` means in the host around `op`, or null.
MlirOperation ttFindBuffer(MlirOperation op, MlirStringRef name);

#endif // TT_PASSES_PROGRAM_SYMBOLS_H
