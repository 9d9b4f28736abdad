//===- accumulating_loop.c - loops that run inside a section --------------===//
//
// A loop whose carried blocks are only ever accumulated onto (contractions and
// reductions of blocks that are read in it) keeps them in tile registers from
// the first trip to the last: it runs inside one section. What any other loop
// carries goes through circular buffers, and its body is a level of its own.
//
//===----------------------------------------------------------------------===//

#include "block_type.h"
#include "loop_body.h"
#include "sections.h"
#include "tt-c/IR.h"
#include "tt-c/gen/ScfOps.h"
#include "tt-c/gen/TtOps.h"

static bool hasOneUse(MlirValue value) {
  MlirOpOperand use = mlirValueGetFirstUse(value);
  return !mlirOpOperandIsNull(use) &&
         mlirOpOperandIsNull(mlirOpOperandGetNextUse(use));
}

// Whether an op of the loop's body finds `value` in a circular buffer: it comes
// from in front of the loop, or is read in it.
static bool isInBuffer(MlirValue value, MlirOperation loop) {
  if (!mlirValueIsAOpResult(value))
    return !ttOperationIsAncestor(
        loop, mlirBlockGetParentOperation(mlirBlockArgumentGetOwner(value)));
  MlirOperation owner = mlirOpResultGetOwner(value);
  if (!ttOperationIsAncestor(loop, owner))
    return true;
  if (ttTypecastIsa(owner) || ttSubBlockIsa(owner))
    return isInBuffer(mlirOperationGetOperand(owner, 0), loop);
  return ttReadBlockIsa(owner);
}

static bool accumulates(MlirOperation loop, MlirOperation outermost);

// Whether an op of the body can stand in the section of the loop.
static bool staysInSection(MlirOperation op, MlirOperation outermost) {
  if (ttMmaIsa(op))
    return isInBuffer(ttMmaGetLhs(op), outermost) &&
           isInBuffer(ttMmaGetRhs(op), outermost);
  if (ttReduceIsa(op))
    return isInBuffer(ttReduceGetOperand(op), outermost) &&
           !mlirValueIsNull(ttReduceGetAcc(op));
  if (ttScfForIsa(op))
    return accumulates(op, outermost);
  if (ttTypecastIsa(op))
    return isInBuffer(ttTypecastGetResult(op), outermost);
  return ttReadBlockIsa(op) || ttSubBlockIsa(op) || ttScfYieldIsa(op) ||
         (mlirOperationGetNumRegions(op) == 0 && ttOperationIsPure(op) &&
          !ttYieldsBlocks(op));
}

// What `value` was before it was last accumulated onto.
static MlirValue before(MlirValue value) {
  MlirOperation op = mlirOpResultGetOwner(value);
  if (ttMmaIsa(op))
    return ttMmaGetAcc(op);
  if (ttReduceIsa(op))
    return ttReduceGetAcc(op);
  return ttScfForGetInitArgs(op, mlirOpResultGetResultNumber(value));
}

// Whether yield operand `i` is argument `i`, accumulated onto and used for
// nothing else on the way.
static bool isAccumulator(MlirOperation loop, intptr_t i) {
  MlirBlock body = ttLoopBody(loop);
  MlirValue argument = mlirBlockGetArgument(body, i + 1);
  MlirValue value = mlirOperationGetOperand(mlirBlockGetTerminator(body), i);
  while (!mlirValueEqual(value, argument)) {
    if (!mlirValueIsAOpResult(value) || !hasOneUse(value))
      return false;
    MlirOperation op = mlirOpResultGetOwner(value);
    if (!ttOperationIsAncestor(loop, op) ||
        (!ttMmaIsa(op) && !ttReduceIsa(op) && !ttScfForIsa(op)))
      return false;
    value = before(value);
  }
  return hasOneUse(argument);
}

static bool sameShape(MlirOperation loop) {
  TtBlock first = ttBlockGet(mlirValueGetType(ttScfForGetResults(loop, 0)));
  for (intptr_t i = 1; i < ttScfForGetNumInitArgs(loop); ++i) {
    TtBlock block = ttBlockGet(mlirValueGetType(ttScfForGetResults(loop, i)));
    if (block.rows != first.rows || block.cols != first.cols)
      return false;
  }
  return true;
}

static bool accumulates(MlirOperation loop, MlirOperation outermost) {
  intptr_t count = ttScfForGetNumInitArgs(loop);
  for (intptr_t i = 0; i < count; ++i)
    if (!ttTypeIsABlock(mlirValueGetType(ttScfForGetResults(loop, i))) ||
        !isAccumulator(loop, i))
      return false;
  for (MlirOperation op = mlirBlockGetFirstOperation(ttLoopBody(loop));
       !mlirOperationIsNull(op); op = mlirOperationGetNextInBlock(op))
    if (!staysInSection(op, outermost))
      return false;
  return count > 0 && sameShape(loop);
}

bool ttYieldsBlocks(MlirOperation op) {
  for (intptr_t i = 0; i < mlirOperationGetNumResults(op); ++i)
    if (ttTypeIsABlock(mlirValueGetType(mlirOperationGetResult(op, i))))
      return true;
  return false;
}

bool ttLoopCarriesThroughBuffers(MlirOperation op) {
  if (!ttScfForIsa(op) || !ttYieldsBlocks(op))
    return false;
  for (MlirOperation up = op; !mlirOperationIsNull(up);
       up = mlirOperationGetParentOperation(up))
    if (ttSectionIsa(up))
      return false;
  return !accumulates(op, op);
}

MlirOperation ttCarryingLoop(MlirOpOperand use, intptr_t *carried) {
  MlirOperation user = mlirOpOperandGetOwner(use);
  intptr_t operand = (intptr_t)mlirOpOperandGetOperandNumber(use);
  MlirOperation loop = user;
  *carried = operand - 3; // behind the bounds and the step
  if (ttScfYieldIsa(user)) {
    loop = mlirOperationGetParentOperation(user);
    *carried = operand;
  }
  bool carries = *carried >= 0 && ttLoopCarriesThroughBuffers(loop);
  return carries ? loop : (MlirOperation){NULL};
}
