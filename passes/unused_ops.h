//===- unused_ops.h - ops that nothing needs ------------------------------===//

#ifndef TT_PASSES_UNUSED_OPS_H
#define TT_PASSES_UNUSED_OPS_H

#include "mlir-c/IR.h"
#include <stdbool.h>

/// Whether the op only computes values, and nothing uses them.
bool ttOperationIsUnused(MlirOperation op);

/// Erases the ops of a block that nothing needs, the last first: what only they
/// need goes too.
void ttEraseUnused(MlirBlock block);

#endif // TT_PASSES_UNUSED_OPS_H
