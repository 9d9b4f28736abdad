//===- section_values.c - where a section's values live -------------------===//

#include "section_values.h"
#include "block_type.h"
#include "host_tree.h"
#include "loop_body.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/IR.h"
#include "tt-c/gen/ScfOps.h"
#include "tt-c/gen/TtOps.h"
#include <inttypes.h>
#include <math.h>

enum { MostTiles = 1 << 20 }; // of 512 B and more, in an L1 of up to 1 GiB

static bool makesSomething(MlirOperation op) {
  return mlirOperationGetNumResults(op) > 0;
}

static MlirLogicalResult checkSize(MlirOperation op, void *unused) {
  (void)unused;
  for (intptr_t i = 0; i < mlirOperationGetNumResults(op); ++i) {
    MlirType type = mlirValueGetType(mlirOperationGetResult(op, i));
    if (!ttTypeIsABlock(type) || ttBlockTiles(ttBlockGet(type)) <= MostTiles)
      continue;
    TtDiagnostic *d = ttDiagnosticOpError(
        op,
        "makes a block of %" PRId64 "x%" PRId64 " tiles, more than any "
        "core holds",
        ttBlockGet(type).rows, ttBlockGet(type).cols);
    ttDiagnosticHint(d, "a block lies in the L1 of a core, which holds a few "
                        "hundred tiles");
    return ttDiagnosticReport(d);
  }
  return mlirLogicalResultSuccess();
}

MlirLogicalResult ttCheckBlockSizes(MlirOperation root) {
  return ttForEach(root, makesSomething, checkSize, NULL);
}

static bool definedInside(MlirOperation section, MlirValue value) {
  MlirOperation owner =
      mlirValueIsAOpResult(value)
          ? mlirOpResultGetOwner(value)
          : mlirBlockGetParentOperation(mlirBlockArgumentGetOwner(value));
  return ttOperationIsAncestor(section, owner);
}

static MlirBlock blockOf(MlirValue value) {
  return mlirValueIsAOpResult(value)
             ? mlirOperationGetBlock(mlirOpResultGetOwner(value))
             : mlirBlockArgumentGetOwner(value);
}

static bool hasOneUse(MlirValue value) {
  MlirOpOperand use = mlirValueGetFirstUse(value);
  return !mlirOpOperandIsNull(use) &&
         mlirOpOperandIsNull(mlirOpOperandGetNextUse(use));
}

// Whether nothing behind `op` uses the value, or what shares its registers.
static bool isUsedLastBy(MlirOperation op, MlirValue value) {
  for (MlirOpOperand use = mlirValueGetFirstUse(value);
       !mlirOpOperandIsNull(use); use = mlirOpOperandGetNextUse(use)) {
    MlirOperation user = mlirOpOperandGetOwner(use);
    while (
        !mlirOperationIsNull(user) &&
        !mlirBlockEqual(mlirOperationGetBlock(user), mlirOperationGetBlock(op)))
      user = mlirOperationGetParentOperation(user);
    if (mlirOperationIsNull(user) ||
        (ttIsFreeCast(user) && !isUsedLastBy(op, ttTypecastGetResult(user))))
      return false;
    if (!ttIsFreeCast(user) && mlirOperationIsBeforeInBlock(op, user))
      return false;
  }
  return true;
}

// Whether an accumulating op that uses the value as its accumulator reads
// registers that are untouched since acquire as `number`: zero for matmul and
// sums, minus infinity for maxima (METALIUM sheet §3.1).
static bool untouchedReadAs(MlirOperation user, MlirValue value,
                            double number) {
  if (ttMmaIsa(user))
    return mlirValueEqual(ttMmaGetAcc(user), value) && number == 0.0;
  if (!ttReduceIsa(user) || !mlirValueEqual(ttReduceGetAcc(user), value))
    return false;
  return ttReduceGetKind(user) == TtReduceKindMax ? number == -INFINITY
                                                  : number == 0.0;
}

bool ttIsFreeCast(MlirOperation op) {
  return ttTypecastIsa(op) && ttTypecastHasUnit(op) &&
         ttTypecastGetUnit(op) != TtUnitSFPU;
}

bool ttValueIsFill(MlirValue value) {
  return mlirValueIsAOpResult(value) && ttFillIsa(mlirOpResultGetOwner(value));
}

bool ttSectionValueInCB(MlirValue value, MlirOperation section,
                        MlirValue *block) {
  *block = value;
  while (mlirValueIsAOpResult(*block) && definedInside(section, *block)) {
    MlirOperation op = mlirOpResultGetOwner(*block);
    if (ttSubBlockIsa(op) || ttReadBlockIsa(op) || ttFrontBlockIsa(op))
      return true;
    if (!ttIsFreeCast(op))
      return false;
    *block = ttTypecastGetOperand(op);
  }
  return !definedInside(section, *block);
}

bool ttOperandDiesAt(MlirOperation op, MlirValue value) {
  if (ttValueIsFill(value))
    return true; // written for this op
  while (mlirValueIsAOpResult(value) &&
         mlirBlockEqual(blockOf(value), mlirOperationGetBlock(op))) {
    MlirOperation owner = mlirOpResultGetOwner(value);
    if (!ttIsFreeCast(owner))
      return isUsedLastBy(op, value);
    value = ttTypecastGetOperand(owner);
  }
  return false;
}

bool ttOwnsRegisters(MlirOperation op, MlirValue value) {
  while (hasOneUse(value)) {
    if (!mlirValueIsAOpResult(value) ||
        !ttIsFreeCast(mlirOpResultGetOwner(value)))
      return mlirBlockEqual(blockOf(value), mlirOperationGetBlock(op));
    value = ttTypecastGetOperand(mlirOpResultGetOwner(value));
  }
  return false;
}

bool ttIsOnlyAccumulated(MlirValue value, double number) {
  for (MlirOpOperand use = mlirValueGetFirstUse(value);
       !mlirOpOperandIsNull(use); use = mlirOpOperandGetNextUse(use)) {
    MlirOperation user = mlirOpOperandGetOwner(use);
    if (untouchedReadAs(user, value, number))
      continue;
    if (!ttScfForIsa(user))
      return false;
    MlirBlock body = ttLoopBody(user);
    for (intptr_t i = 0; i < ttScfForGetNumInitArgs(user); ++i)
      if (mlirValueEqual(ttScfForGetInitArgs(user, i), value) &&
          !ttIsOnlyAccumulated(mlirBlockGetArgument(body, i + 1), number))
        return false;
  }
  return true;
}
