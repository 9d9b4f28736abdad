//===- memory_access.h - what an op does to an on-chip buffer -------------===//
//
// Access summaries for the promotion of memory to values: which ops read what
// was in a buffer before them, which overwrite it whole, and whether anything
// later needs it.
//
//===----------------------------------------------------------------------===//

#ifndef TT_PASSES_MEMORY_ACCESS_H
#define TT_PASSES_MEMORY_ACCESS_H

#include "mlir-c/IR.h"
#include <stdbool.h>

/// What an op, with all that is nested in it, does to one buffer.
typedef struct {
  bool reads;          // the contents from before it
  bool keepsPart;      // overwrites a part and leaves the rest
  bool mayWrite;       // writes, on some path
  bool mustWrite;      // overwrites all of it, on every path
  MlirOperation first; // first read that no write precedes on any path, or null
} TtAccess;

/// `memref.alloc` or `memref.alloca`.
bool ttIsOnChipBuffer(MlirOperation op);

/// Whether the op's result is the memory of its first operand, seen otherwise.
bool ttIsView(MlirOperation op);

/// Whether a subview shows all of its source, in the same shape.
bool ttIsWholeSubView(MlirOperation subview);

/// The buffer that a memref value shows, looking through views; the value
/// itself if it is no view.
MlirValue ttBufferBehind(MlirValue memref);

/// Whether a linalg op's indexing map sends it to every element of operand
/// `index`. True for ops that have no maps.
bool ttCoversOperand(MlirOperation op, intptr_t index);

/// Memrefs that an op writes as its destinations, which are its last operands.
intptr_t ttNumMemrefDestinations(MlirOperation op);

TtAccess ttAccessOf(MlirOperation op, MlirValue buffer);

/// The ops of a block in order.
TtAccess ttAccessOfBlock(MlirBlock block, MlirValue buffer);

/// Whether what `op` leaves in the buffer is needed by anything that runs
/// later, in its own block, in later iterations of loops around it, or after
/// them.
bool ttNeededAfter(MlirOperation op, MlirValue buffer);

#endif // TT_PASSES_MEMORY_ACCESS_H
