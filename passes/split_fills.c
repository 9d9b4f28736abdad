//===- split_fills.c - constant blocks where they are used ----------------===//
//
// One idea: a constant block costs nothing in tile registers and a circular
// buffer between sections, so every op that uses one gets its own.
//
//===----------------------------------------------------------------------===//

#include "sections.h"
#include "stb_ds.h"
#include "tt-c/Builder.h"
#include "tt-c/gen/ScfOps.h"
#include "tt-c/gen/TtOps.h"

static MlirWalkResult collect(MlirOperation op, void *data) {
  MlirOperation **fills = data;
  if (ttFillIsa(op))
    arrput(*fills, op);
  return MlirWalkResultAdvance;
}

// A copy right in front of the user; what a loop yields stays where it is.
static void copyFor(MlirOperation fill, MlirOperation user) {
  MlirValue value = ttFillGetResult(fill);
  if (ttScfYieldIsa(user) || ttWriteBlockIsa(user))
    return;
  TtBuilder b = ttBuilderBefore(user);
  MlirOperation copy =
      ttFillCreate(&b, mlirOperationGetLocation(fill), mlirValueGetType(value),
                   ttFillGetValue(fill));
  mlirOperationReplaceUsesOfWith(user, value, ttFillGetResult(copy));
}

static void split(MlirOperation fill) {
  MlirOperation *users = NULL;
  for (MlirOpOperand use = mlirValueGetFirstUse(ttFillGetResult(fill));
       !mlirOpOperandIsNull(use); use = mlirOpOperandGetNextUse(use))
    arrput(users, mlirOpOperandGetOwner(use));
  for (ptrdiff_t i = 0; i < arrlen(users); ++i)
    copyFor(fill, users[i]);
  arrfree(users);
  if (mlirOpOperandIsNull(mlirValueGetFirstUse(ttFillGetResult(fill))))
    mlirOperationDestroy(fill);
}

void ttSplitFills(MlirOperation kernel) {
  MlirOperation *fills = NULL;
  mlirOperationWalk(kernel, collect, &fills, MlirWalkPreOrder);
  for (ptrdiff_t i = 0; i < arrlen(fills); ++i)
    split(fills[i]);
  arrfree(fills);
}
