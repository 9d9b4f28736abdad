//===- sum_loops.h - loops that only add products to what they carry ------===//

#ifndef TT_PASSES_SUM_LOOPS_H
#define TT_PASSES_SUM_LOOPS_H

#include "mlir-c/IR.h"
#include <stdbool.h>

/// The first initial value among the operands of a loop: bounds and step come
/// before it.
enum { TtFirstInit = 3 };

/// The loops of a section that carry blocks; an stb_ds array.
MlirOperation *ttSumLoops(MlirOperation section);

/// Whether all that they do, they and the loops in them, is to add products to
/// the blocks they carry.
bool ttLoopsOnlySumUp(MlirOperation section);

/// Whether the ops of a loop's body are products and what they read, or one
/// more loop (`*nested`, else null).
bool ttOnlyMultiplies(MlirBlock body, MlirOperation *nested);

/// Whether the sums of its loops are all that the section yields, so that they
/// can be summed up in its own circular buffers.
bool ttYieldsSumsOnly(MlirOperation section);

#endif // TT_PASSES_SUM_LOOPS_H
