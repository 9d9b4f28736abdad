//===- form_sections.c - which tile ops share tile registers
//---------------===//
//
// A level is a block of the kernel body. Its nodes are the tile ops, the loops
// that accumulate blocks in registers, and the other loops, each of which is a
// level of its own. Tile ops connected by values share a section, so that a
// value between two of them stays in tile registers.
//
// A value whose consumer reads circular buffers only (the matrix engine,
// reductions, broadcasts, transposes, loops that are levels) leaves the section
// through a circular buffer (make_section.c). Its consumer has a higher stage
// than its producer, and only nodes of one stage share a section, so sections
// never wait for each other in a circle. The loops of a stage come before its
// sections, which may take what the loops leave.
//
//===----------------------------------------------------------------------===//

#include "section_level.h"
#include "sections.h"
#include "stb_ds.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/gen/ScfOps.h"
#include "tt-c/gen/TtOps.h"

//===- nodes --------------------------------------------------------------===//

static bool isTileOp(MlirOperation op) {
  return ttYieldsBlocks(op) && !ttReadBlockIsa(op) && !ttConstantTileIsa(op) &&
         !ttLoopCarriesThroughBuffers(op);
}

int ttLevelFindNode(const TtSectionLevel *level, MlirOperation op) {
  for (ptrdiff_t i = 0; i < arrlen(level->nodes); ++i)
    if (mlirOperationEqual(level->nodes[i].op, op))
      return (int)i;
  return -1;
}

int ttLevelGroup(const TtSectionLevel *level, int node) {
  while (level->nodes[node].group != node)
    node = level->nodes[node].group;
  return node;
}

MlirOperation ttLevelHolder(const TtSectionLevel *level, MlirOperation op) {
  while (!mlirOperationIsNull(op) &&
         !mlirBlockEqual(mlirOperationGetBlock(op), level->block))
    op = mlirOperationGetParentOperation(op);
  return op;
}

//===- stages and groups --------------------------------------------------===//

// Whether the use takes its value from a circular buffer only, and the value is
// not in one yet.
static bool readsBuffer(MlirOpOperand use) {
  MlirOperation user = mlirOpOperandGetOwner(use);
  unsigned operand = mlirOpOperandGetOperandNumber(use);
  if (ttWidensBlockFloats(mlirOpResultGetOwner(mlirOpOperandGetValue(use))))
    return false;
  if (ttMmaIsa(user))
    return operand < 2;
  return ttBcastIsa(user) || ttTransposeIsa(user) ||
         (ttReduceIsa(user) && operand == 0);
}

typedef void (*UseVisitor)(TtSectionLevel *level, int node, MlirOpOperand use,
                           int user);

// Visits the uses of a node's results by other nodes of the level.
static void forEachUse(TtSectionLevel *level, int node, UseVisitor visit) {
  MlirOperation op = level->nodes[node].op;
  for (intptr_t i = 0; i < mlirOperationGetNumResults(op); ++i)
    for (MlirOpOperand use =
             mlirValueGetFirstUse(mlirOperationGetResult(op, i));
         !mlirOpOperandIsNull(use); use = mlirOpOperandGetNextUse(use)) {
      MlirOperation user = ttLevelHolder(level, mlirOpOperandGetOwner(use));
      int other = mlirOperationIsNull(user) ? -1 : ttLevelFindNode(level, user);
      if (other >= 0)
        visit(level, node, use, other);
    }
}

static void raiseStage(TtSectionLevel *level, int node, MlirOpOperand use,
                       int user) {
  const TtSectionNode *from = &level->nodes[node];
  TtSectionNode *to = &level->nodes[user];
  bool throughBuffer = !from->isLoop && (to->isLoop || readsBuffer(use));
  int stage = from->stage + (throughBuffer ? 1 : 0);
  if (stage > to->stage)
    to->stage = stage;
}

// A constant block, or one that the unpacker widens, belongs to the section of
// its user.
static void followUser(TtSectionLevel *level, int node, MlirOpOperand use,
                       int user) {
  MlirOperation op = level->nodes[node].op;
  if ((ttFillIsa(op) || ttWidensBlockFloats(op)) && !readsBuffer(use) &&
      !level->nodes[user].isLoop)
    level->nodes[node].stage = level->nodes[user].stage;
}

static void join(TtSectionLevel *level, int node, MlirOpOperand use, int user) {
  const TtSectionNode *from = &level->nodes[node], *to = &level->nodes[user];
  if (!from->isLoop && !to->isLoop && !readsBuffer(use) &&
      to->stage == from->stage)
    level->nodes[ttLevelGroup(level, user)].group = ttLevelGroup(level, node);
}

static int lastStage(const TtSectionLevel *level) {
  int last = 0;
  for (ptrdiff_t i = 0; i < arrlen(level->nodes); ++i)
    if (level->nodes[i].stage > last)
      last = level->nodes[i].stage;
  return last;
}

static MlirLogicalResult formStage(TtSectionLevel *level, int stage) {
  for (ptrdiff_t i = 0; i < arrlen(level->nodes); ++i)
    if (level->nodes[i].isLoop && level->nodes[i].stage == stage)
      ttLevelPlaceLoop(level, level->nodes[i].op);
  for (ptrdiff_t i = 0; i < arrlen(level->nodes); ++i)
    if (!level->nodes[i].isLoop && level->nodes[i].stage == stage &&
        ttLevelGroup(level, (int)i) == i &&
        mlirLogicalResultIsFailure(ttLevelMakeSection(level, (int)i)))
      return mlirLogicalResultFailure();
  return mlirLogicalResultSuccess();
}

static MlirLogicalResult formSections(TtSectionLevel *level) {
  for (ptrdiff_t i = 0; i < arrlen(level->nodes); ++i)
    forEachUse(level, (int)i, raiseStage);
  for (ptrdiff_t i = 0; i < arrlen(level->nodes); ++i)
    forEachUse(level, (int)i, followUser);
  for (ptrdiff_t i = 0; i < arrlen(level->nodes); ++i)
    forEachUse(level, (int)i, join);
  int stages = lastStage(level) + 1;
  for (int stage = 0; stage < stages; ++stage)
    if (mlirLogicalResultIsFailure(formStage(level, stage)))
      return mlirLogicalResultFailure();
  ttLevelMakeCopies(level);
  return mlirLogicalResultSuccess();
}

//===- levels -------------------------------------------------------------===//

static MlirLogicalResult formLevel(MlirBlock block, TtCarriedBlock **carried);

static MlirLogicalResult formNested(MlirOperation op,
                                    TtCarriedBlock **carried) {
  for (intptr_t i = 0; i < mlirOperationGetNumRegions(op); ++i) {
    MlirBlock nested = mlirRegionGetFirstBlock(mlirOperationGetRegion(op, i));
    if (!mlirBlockIsNull(nested) &&
        mlirLogicalResultIsFailure(formLevel(nested, carried)))
      return mlirLogicalResultFailure();
  }
  return mlirLogicalResultSuccess();
}

static MlirLogicalResult refuseChoice(MlirOperation op) {
  TtDiagnostic *d = ttDiagnosticOpError(op, "chooses between blocks");
  ttDiagnosticHint(d, "compute both and choose between their elements "
                      "(arith.select in an element-wise body, by elements of "
                      "a block), or give each case a grid of its own");
  return ttDiagnosticReport(d);
}

static MlirLogicalResult addNode(TtSectionLevel *level, MlirOperation op) {
  if (ttScfIfIsa(op) && ttYieldsBlocks(op))
    return refuseChoice(op);
  bool isLoop = !isTileOp(op);
  TtSectionNode node = {op, (int)arrlen(level->nodes), 0, isLoop};
  arrput(level->nodes, node);
  return isLoop ? formNested(op, level->carried) : mlirLogicalResultSuccess();
}

static MlirLogicalResult formLevel(MlirBlock block, TtCarriedBlock **carried) {
  TtSectionLevel level = {block, NULL, NULL, carried};
  MlirLogicalResult result = mlirLogicalResultSuccess();
  for (MlirOperation op = mlirBlockGetFirstOperation(block);
       !mlirOperationIsNull(op) && mlirLogicalResultIsSuccess(result);
       op = mlirOperationGetNextInBlock(op)) {
    if (ttWriteBlockIsa(op))
      arrput(level.writes, op);
    else if (isTileOp(op) || mlirOperationGetNumRegions(op) > 0)
      result = addNode(&level, op);
  }
  if (mlirLogicalResultIsSuccess(result))
    result = formSections(&level);
  arrfree(level.nodes);
  arrfree(level.writes);
  return result;
}

MlirLogicalResult ttFormSections(MlirOperation kernel) {
  TtCarriedBlock *carried = NULL;
  MlirLogicalResult result =
      formLevel(mlirRegionGetFirstBlock(ttKernelGetBody(kernel)), &carried);
  arrfree(carried);
  return result;
}
