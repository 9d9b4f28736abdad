//===- form_sections.c - which tile ops share tile registers
//---------------===//
//
// A level is a block of the kernel body. Its nodes are the tile ops and the
// loops that carry block values; nodes connected by values share a section, so
// that a value between two of them stays in tile registers. Loops that carry
// none are levels of their own.
//
//===----------------------------------------------------------------------===//

#include "block_type.h"
#include "mlir-c/BuiltinTypes.h"
#include "sections.h"
#include "stb_ds.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/IR.h"
#include "tt-c/gen/ScfOps.h"
#include "tt-c/gen/TtOps.h"

typedef struct {
  MlirOperation op;
  int group; // index of the node that stands for its group
} Node;

typedef struct {
  MlirBlock block;
  Node *nodes;           // stb_ds array, in order
  MlirOperation *writes; // stb_ds array: tt.write_block, in order
} Level;

static bool yieldsBlocks(MlirOperation op) {
  for (intptr_t i = 0; i < mlirOperationGetNumResults(op); ++i)
    if (ttTypeIsABlock(mlirValueGetType(mlirOperationGetResult(op, i))))
      return true;
  return false;
}

static bool isNode(MlirOperation op) {
  return yieldsBlocks(op) && !ttReadBlockIsa(op) && !ttSectionIsa(op);
}

//===- grouping -----------------------------------------------------------===//

static int findNode(const Level *level, MlirOperation op) {
  for (ptrdiff_t i = 0; i < arrlen(level->nodes); ++i)
    if (mlirOperationEqual(level->nodes[i].op, op))
      return (int)i;
  return -1;
}

static int groupOf(Level *level, int node) {
  while (level->nodes[node].group != node)
    node = level->nodes[node].group;
  return node;
}

// The op of the level's block that holds `op`, or null if it is elsewhere.
static MlirOperation atLevel(const Level *level, MlirOperation op) {
  while (!mlirOperationIsNull(op) &&
         !mlirBlockEqual(mlirOperationGetBlock(op), level->block))
    op = mlirOperationGetParentOperation(op);
  return op;
}

static void joinUsers(Level *level, int node) {
  MlirOperation op = level->nodes[node].op;
  for (intptr_t i = 0; i < mlirOperationGetNumResults(op); ++i)
    for (MlirOpOperand use =
             mlirValueGetFirstUse(mlirOperationGetResult(op, i));
         !mlirOpOperandIsNull(use); use = mlirOpOperandGetNextUse(use)) {
      MlirOperation user = atLevel(level, mlirOpOperandGetOwner(use));
      int other = mlirOperationIsNull(user) ? -1 : findNode(level, user);
      if (other >= 0)
        level->nodes[groupOf(level, other)].group = groupOf(level, node);
    }
}

static int groupOfValue(Level *level, MlirValue value) {
  if (!mlirValueIsAOpResult(value))
    return -1;
  int node = findNode(level, mlirOpResultGetOwner(value));
  return node < 0 ? -1 : groupOf(level, node);
}

//===- making a section ---------------------------------------------------===//

// What a group hands out: a value and the write it goes to.
typedef struct {
  MlirOperation *writes; // stb_ds array
  MlirOperation last;    // node after which the section may stand
} Outputs;

static Outputs outputsOf(Level *level, int group) {
  Outputs outputs = {NULL, {NULL}};
  for (ptrdiff_t i = 0; i < arrlen(level->nodes); ++i)
    if (groupOf(level, (int)i) == group)
      outputs.last = level->nodes[i].op;
  for (ptrdiff_t i = 0; i < arrlen(level->writes); ++i)
    if (groupOfValue(level, ttWriteBlockGetValue(level->writes[i])) == group)
      arrput(outputs.writes, level->writes[i]);
  return outputs;
}

static MlirLogicalResult checkGrid(MlirOperation *writes) {
  TtBlock first = ttBlockGet(mlirValueGetType(ttWriteBlockGetValue(writes[0])));
  for (ptrdiff_t i = 1; i < arrlen(writes); ++i) {
    TtBlock block =
        ttBlockGet(mlirValueGetType(ttWriteBlockGetValue(writes[i])));
    if (block.rows == first.rows && block.cols == first.cols)
      continue;
    TtDiagnostic *diagnostic = ttDiagnosticOpError(
        writes[i],
        "writes %lld x %lld tiles of a computation that also writes "
        "%lld x %lld tiles",
        (long long)block.rows, (long long)block.cols, (long long)first.rows,
        (long long)first.cols);
    ttDiagnosticNote(diagnostic, mlirOperationGetLocation(writes[0]),
                     "the other result is written here; compute the two in "
                     "grids of their own");
    return ttDiagnosticReport(diagnostic);
  }
  return mlirLogicalResultSuccess();
}

static MlirOperation createSection(const TtBuilder *b, MlirLocation loc,
                                   MlirOperation *writes) {
  intptr_t count = (intptr_t)arrlen(writes);
  MlirType *types = NULL;
  MlirValue *cbs = NULL, *values = NULL;
  for (intptr_t i = 0; i < count; ++i) {
    arrput(values, ttWriteBlockGetValue(writes[i]));
    arrput(types, mlirValueGetType(values[i]));
    arrput(cbs, ttWriteBlockGetCb(writes[i]));
  }
  int64_t grid[] = {1, 1};
  MlirOperation section =
      ttSectionCreate(b, loc, count, types, 2, grid, count, cbs);
  MlirType index = mlirIndexTypeGet(b->context);
  MlirType indices[] = {index, index};
  MlirLocation locs[] = {loc, loc};
  MlirBlock body = mlirBlockCreate(2, indices, locs);
  mlirRegionAppendOwnedBlock(ttSectionGetBody(section), body);
  TtBuilder end = ttBuilderAtEnd(b->context, body);
  ttYieldCreate(&end, loc, count, values);
  for (intptr_t i = 0; i < count; ++i)
    mlirOperationReplaceUsesOfWith(writes[i], values[i],
                                   mlirOperationGetResult(section, i));
  arrfree(types);
  arrfree(cbs);
  arrfree(values);
  return section;
}

static MlirLogicalResult makeSection(Level *level, int group) {
  Outputs outputs = outputsOf(level, group);
  if (arrlen(outputs.writes) == 0) {
    return ttEmitOpError(
        level->nodes[group].op,
        "computes a block that no buffer of the kernel receives");
  }
  MlirLogicalResult result = checkGrid(outputs.writes);
  if (mlirLogicalResultIsSuccess(result)) {
    TtBuilder b = ttBuilderAfter(outputs.last);
    MlirOperation section = createSection(
        &b, mlirOperationGetLocation(outputs.last), outputs.writes);
    MlirOperation end = mlirBlockGetTerminator(
        mlirRegionGetFirstBlock(ttSectionGetBody(section)));
    for (ptrdiff_t i = 0; i < arrlen(level->nodes); ++i)
      if (groupOf(level, (int)i) == group)
        mlirOperationMoveBefore(level->nodes[i].op, end);
    MlirOperation after = section;
    for (ptrdiff_t i = 0; i < arrlen(outputs.writes); ++i) {
      mlirOperationMoveAfter(outputs.writes[i], after);
      after = outputs.writes[i];
    }
  }
  arrfree(outputs.writes);
  return result;
}

// A block that is written as it was read still passes through the registers.
static void makeCopy(MlirOperation write) {
  TtBuilder b = ttBuilderBefore(write);
  MlirOperation *writes = NULL;
  arrput(writes, write);
  createSection(&b, mlirOperationGetLocation(write), writes);
  arrfree(writes);
}

//===- levels -------------------------------------------------------------===//

static MlirLogicalResult formLevel(MlirBlock block);

static MlirLogicalResult formNested(MlirOperation op) {
  for (intptr_t i = 0; i < mlirOperationGetNumRegions(op); ++i) {
    MlirBlock nested = mlirRegionGetFirstBlock(mlirOperationGetRegion(op, i));
    if (!mlirBlockIsNull(nested) &&
        mlirLogicalResultIsFailure(formLevel(nested)))
      return mlirLogicalResultFailure();
  }
  return mlirLogicalResultSuccess();
}

static MlirLogicalResult formGroups(Level *level) {
  for (ptrdiff_t i = 0; i < arrlen(level->nodes); ++i)
    joinUsers(level, (int)i);
  for (ptrdiff_t i = 0; i < arrlen(level->writes); ++i) {
    MlirValue value = ttWriteBlockGetValue(level->writes[i]);
    if (groupOfValue(level, value) < 0 &&
        !(mlirValueIsAOpResult(value) &&
          ttSectionIsa(mlirOpResultGetOwner(value))))
      makeCopy(level->writes[i]);
  }
  for (ptrdiff_t i = 0; i < arrlen(level->nodes); ++i)
    if (groupOf(level, (int)i) == i &&
        mlirLogicalResultIsFailure(makeSection(level, (int)i)))
      return mlirLogicalResultFailure();
  return mlirLogicalResultSuccess();
}

static MlirLogicalResult formLevel(MlirBlock block) {
  Level level = {block, NULL, NULL};
  MlirLogicalResult result = mlirLogicalResultSuccess();
  for (MlirOperation op = mlirBlockGetFirstOperation(block);
       !mlirOperationIsNull(op) && mlirLogicalResultIsSuccess(result);
       op = mlirOperationGetNextInBlock(op)) {
    if (isNode(op)) {
      Node node = {op, (int)arrlen(level.nodes)};
      arrput(level.nodes, node);
    } else if (ttWriteBlockIsa(op))
      arrput(level.writes, op);
    else if (!ttSectionIsa(op))
      result = formNested(op);
  }
  if (mlirLogicalResultIsSuccess(result))
    result = formGroups(&level);
  arrfree(level.nodes);
  arrfree(level.writes);
  return result;
}

MlirLogicalResult ttFormSections(MlirOperation kernel) {
  return formLevel(mlirRegionGetFirstBlock(ttKernelGetBody(kernel)));
}

MlirOperation ttSectionFilling(MlirValue cb) {
  for (MlirOpOperand use = mlirValueGetFirstUse(cb); !mlirOpOperandIsNull(use);
       use = mlirOpOperandGetNextUse(use))
    if (ttSectionIsa(mlirOpOperandGetOwner(use)))
      return mlirOpOperandGetOwner(use);
  return (MlirOperation){NULL};
}
