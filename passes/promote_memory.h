//===- promote_memory.h - on-chip buffers become values -------------------===//

#ifndef TT_PASSES_PROMOTE_MEMORY_H
#define TT_PASSES_PROMOTE_MEMORY_H

#include "mlir-c/IR.h"
#include "mlir-c/Support.h"

/// Rewrites the body of a kernel so that no memref is left in it. Failure after
/// a diagnostic where a buffer has no value form.
MlirLogicalResult ttPromoteMemory(MlirOperation kernel);

#endif // TT_PASSES_PROMOTE_MEMORY_H
