// Where new ops go: a context and an insertion point, passed to every
// generated `tt…Create`. A builder is a value; copying it copies the place.

#ifndef TT_C_BUILDER_H
#define TT_C_BUILDER_H

#include "mlir-c/IR.h"
#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
  MlirContext context;
  MlirBlock block;      // null: created ops stay detached, owned by the caller
  MlirOperation before; // null: append at the end of the block
} TtBuilder;

// New ops stay detached; the caller owns them.
TtBuilder ttBuilderDetached(MlirContext context);

// New ops go to the end of `block`, after any terminator.
TtBuilder ttBuilderAtEnd(MlirContext context, MlirBlock block);

// New ops go to the start of `block`, in the order of their creation.
TtBuilder ttBuilderAtStart(MlirContext context, MlirBlock block);

// New ops go right before `op`.
TtBuilder ttBuilderBefore(MlirOperation op);

// New ops go right after `op`, in the order of their creation.
TtBuilder ttBuilderAfter(MlirOperation op);

// New ops go before the terminator of `block`, or to its end if it has none.
TtBuilder ttBuilderBeforeTerminator(MlirContext context, MlirBlock block);

// Inserts a detached `op` and returns it; null stays null.
MlirOperation ttBuilderInsert(const TtBuilder *b, MlirOperation op);

#ifdef __cplusplus
}
#endif

#endif
