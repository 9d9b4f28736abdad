//===- promote_op.h - ops on on-chip memory become ops on values ----------===//

#ifndef TT_PASSES_PROMOTE_OP_H
#define TT_PASSES_PROMOTE_OP_H

#include "buffer_values.h"
#include <stdbool.h>

/// Whether an op on memrefs, without control flow, has a form on block values.
bool ttHasValueForm(MlirOperation op);

/// Replaces the op by its form on values and brings `values` up to date. Leaves
/// ops that touch no memref alone. Failure after a diagnostic.
MlirLogicalResult ttPromoteOp(TtBufferValues *values, MlirOperation op);

#endif // TT_PASSES_PROMOTE_OP_H
