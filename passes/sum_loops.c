//===- sum_loops.c - loops that only add products to what they carry
//------===//

#include "sum_loops.h"
#include "block_type.h"
#include "loop_body.h"
#include "sections.h"
#include "stb_ds.h"
#include "tt-c/gen/ScfOps.h"
#include "tt-c/gen/TtOps.h"

//===- loops that only sum up ---------------------------------------------===//

static MlirOpOperand onlyUse(MlirValue value) {
  MlirOpOperand use = mlirValueGetFirstUse(value);
  bool one = !mlirOpOperandIsNull(use) &&
             mlirOpOperandIsNull(mlirOpOperandGetNextUse(use));
  return one ? use : (MlirOpOperand){NULL};
}

// Whether the value is used once, as operand `number` of `user`.
static bool goesTo(MlirValue value, MlirOperation user, intptr_t number) {
  MlirOpOperand use = onlyUse(value);
  return !mlirOpOperandIsNull(use) &&
         mlirOperationEqual(mlirOpOperandGetOwner(use), user) &&
         mlirOpOperandGetOperandNumber(use) == (unsigned)number;
}

// What products add to the value, one after the other.
static MlirValue afterProducts(MlirValue value) {
  for (MlirOpOperand use = onlyUse(value);
       !mlirOpOperandIsNull(use) && ttMmaIsa(mlirOpOperandGetOwner(use)) &&
       mlirOpOperandGetOperandNumber(use) == 2;
       use = onlyUse(value))
    value = ttMmaGetResult(mlirOpOperandGetOwner(use));
  return value;
}

bool ttOnlyMultiplies(MlirBlock body, MlirOperation *nested) {
  intptr_t products = 0;
  *nested = (MlirOperation){NULL};
  for (MlirOperation op = mlirBlockGetFirstOperation(body);
       !mlirOperationIsNull(op); op = mlirOperationGetNextInBlock(op)) {
    if (ttScfForIsa(op) && ttYieldsBlocks(op) && mlirOperationIsNull(*nested))
      *nested = op;
    else if (ttMmaIsa(op))
      ++products;
    else if (mlirOperationGetNumRegions(op) > 0 ||
             (ttYieldsBlocks(op) && !ttReadBlockIsa(op) && !ttTypecastIsa(op)))
      return false;
  }
  return mlirOperationIsNull(*nested) == (products > 0);
}

static bool sumsUp(MlirOperation loop) {
  MlirBlock body = ttLoopBody(loop);
  MlirOperation nested, yield = mlirBlockGetTerminator(body);
  if (!ttOnlyMultiplies(body, &nested))
    return false;
  for (intptr_t i = 0; i < ttScfForGetNumInitArgs(loop); ++i) {
    MlirValue value = mlirBlockGetArgument(body, i + 1);
    if (!mlirOperationIsNull(nested)) {
      if (i >= ttScfForGetNumInitArgs(nested) ||
          !goesTo(value, nested, TtFirstInit + i))
        return false;
      value = ttScfForGetResults(nested, i);
    } else {
      value = afterProducts(value);
    }
    if (!goesTo(value, yield, i))
      return false;
  }
  return mlirOperationIsNull(nested) || sumsUp(nested);
}

MlirOperation *ttSumLoops(MlirOperation section) {
  MlirOperation *loops = NULL;
  MlirBlock body = mlirRegionGetFirstBlock(ttSectionGetBody(section));
  for (MlirOperation op = mlirBlockGetFirstOperation(body);
       !mlirOperationIsNull(op); op = mlirOperationGetNextInBlock(op))
    if (ttScfForIsa(op) && ttYieldsBlocks(op))
      arrput(loops, op);
  return loops;
}

static bool hasShapeOf(MlirOperation loop, MlirValue result) {
  TtBlock whole = ttBlockGet(mlirValueGetType(result));
  for (intptr_t i = 0; i < ttScfForGetNumInitArgs(loop); ++i) {
    MlirType type = mlirValueGetType(ttScfForGetResults(loop, i));
    if (!ttTypeIsABlock(type) || ttBlockGet(type).rows != whole.rows ||
        ttBlockGet(type).cols != whole.cols)
      return false;
  }
  return true;
}

bool ttLoopsOnlySumUp(MlirOperation section) {
  MlirOperation *loops = ttSumLoops(section);
  bool result = arrlen(loops) > 0;
  for (ptrdiff_t i = 0; i < arrlen(loops) && result; ++i)
    result = hasShapeOf(loops[i], ttSectionGetResults(section, 0)) &&
             sumsUp(loops[i]);
  arrfree(loops);
  return result;
}

//===- sums that are results ----------------------------------------------===//

// Whether a result of a section is written or read by sections only: then it
// does not matter what kind of op packs it.
static bool goesToSections(MlirValue result) {
  for (MlirOpOperand use = mlirValueGetFirstUse(result);
       !mlirOpOperandIsNull(use); use = mlirOpOperandGetNextUse(use)) {
    MlirOperation user = mlirOpOperandGetOwner(use);
    if (ttScfForIsa(user) || ttScfYieldIsa(user))
      return false;
  }
  return true;
}

bool ttYieldsSumsOnly(MlirOperation section) {
  MlirOperation yield = mlirBlockGetTerminator(
      mlirRegionGetFirstBlock(ttSectionGetBody(section)));
  for (intptr_t i = 0; i < ttYieldGetNumValues(yield); ++i) {
    MlirValue value = ttYieldGetValues(yield, i);
    MlirType cb = mlirValueGetType(ttSectionGetCbs(section, i));
    if (!mlirValueIsAOpResult(value) ||
        !ttScfForIsa(mlirOpResultGetOwner(value)) || !goesTo(value, yield, i) ||
        !mlirTypeEqual(ttCBTypeGet(cb).tile,
                       ttBlockGet(mlirValueGetType(value)).tile) ||
        !goesToSections(ttSectionGetResults(section, i)))
      return false;
  }
  return true;
}
