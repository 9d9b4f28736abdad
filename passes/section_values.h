//===- section_values.h - where a section's values live -------------------===//
//
// A block value that a section uses lives in a circular buffer or in tile
// registers. It is in registers if a tile op of the section defines it; if it
// enters the section, or an unpacker converts it on the way in, it is in a
// circular buffer. The rest is about registers: when those of a value are free,
// and when they need no initial value.
//
//===----------------------------------------------------------------------===//

#ifndef TT_PASSES_SECTION_VALUES_H
#define TT_PASSES_SECTION_VALUES_H

#include "mlir-c/IR.h"
#include "mlir-c/Support.h"
#include <stdbool.h>

/// Refuses the ops in `root` that make blocks of so many tiles that no circular
/// buffer could take them; what counts registers and L1 relies on it.
MlirLogicalResult ttCheckBlockSizes(MlirOperation root);

/// Whether `op` is a cast that the unpacker or packer does on the way.
bool ttIsFreeCast(MlirOperation op);

/// Whether a block is a `tt.fill`: in neither place, written for each use.
bool ttValueIsFill(MlirValue value);

/// Whether a value seen in a section's body lives in a circular buffer; `block`
/// is then the value that entered, before unpacking casts.
bool ttSectionValueInCB(MlirValue value, MlirOperation section,
                        MlirValue *block);

/// Whether the registers of an operand are free for the result of its op.
bool ttOperandDiesAt(MlirOperation op, MlirValue value);

/// Whether `op` may write over the registers that hold `value`: nothing else
/// uses it, or what shares them by free casts, and each run of `op` finds them
/// anew.
bool ttOwnsRegisters(MlirOperation op, MlirValue value);

/// Whether a value that is `number` everywhere is only ever accumulated onto by
/// ops that read untouched registers as that number.
bool ttIsOnlyAccumulated(MlirValue value, double number);

#endif // TT_PASSES_SECTION_VALUES_H
