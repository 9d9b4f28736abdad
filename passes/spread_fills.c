//===- spread_fills.c - one fill for each use -----------------------------===//
//
// Gives each use of a `tt.fill` its own, in front of the user: computations
// that share nothing else need not share a section, and writing a tile register
// is cheaper than carrying it.
//
//===----------------------------------------------------------------------===//

#include "sections.h"
#include "stb_ds.h"
#include "tt-c/IR.h"
#include "tt-c/gen/TtOps.h"

static MlirWalkResult collectFills(MlirOperation op, void *data) {
  MlirOperation **fills = data;
  if (ttFillIsa(op))
    arrput(*fills, op);
  return MlirWalkResultAdvance;
}

void ttSpreadFills(MlirOperation kernel) {
  MlirOperation *fills = NULL;
  mlirOperationWalk(kernel, collectFills, &fills, MlirWalkPreOrder);
  for (ptrdiff_t i = 0; i < arrlen(fills); ++i) {
    MlirValue fill = ttFillGetResult(fills[i]);
    while (!mlirOpOperandIsNull(mlirValueGetFirstUse(fill))) {
      MlirOpOperand use = mlirValueGetFirstUse(fill);
      MlirOperation user = mlirOpOperandGetOwner(use);
      TtBuilder b = ttBuilderBefore(user);
      MlirOperation copy = mlirOperationClone(fills[i]);
      ttBuilderInsert(&b, copy);
      mlirOperationSetOperand(user, mlirOpOperandGetOperandNumber(use),
                              ttFillGetResult(copy));
    }
    mlirOperationDestroy(fills[i]);
  }
  arrfree(fills);
}
