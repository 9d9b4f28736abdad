//===- kernel_role.h - what a role keeps of a kernel body -----------------===//
//
// A rule per op: a transfer stays with its role and becomes a `tt.front_block`
// where compute uses it, a section stays with compute and leaves only its loops
// to the others, index arithmetic goes along. Order and trip counts are the
// same in all roles, so productions match by construction.
//
//===----------------------------------------------------------------------===//

#ifndef TT_PASSES_KERNEL_ROLE_H
#define TT_PASSES_KERNEL_ROLE_H

#include "tt-c/Builder.h"
#include "tt-c/IR.h"
#include "tt-c/gen/TtAttrs.h"

typedef struct {
  void *cb;   // the tt.alloc_cb result
  char *name; // its symbol
} TtCBSymbol;

typedef struct {
  TtRole role;
  TtMapping *mapping;        // from the kernel's values to the role's
  const TtCBSymbol *symbols; // stb_ds array
} TtRoleSplit;

/// Clones what the role keeps of `from`, a block of a `tt.kernel`, at `b`. An
/// op that belongs to no role is an error at its location.
MlirLogicalResult ttSplitBlock(TtRoleSplit *split, MlirBlock from, TtBuilder b);

#endif // TT_PASSES_KERNEL_ROLE_H
