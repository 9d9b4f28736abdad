//===- form_sections.c - which tile ops share tile registers
//---------------===//
//
// A level is a block of the kernel body. Its nodes are the tile ops and the
// loops that carry block values; nodes connected by values share a section, so
// that a value between two of them stays in tile registers. Loops that carry
// none are levels of their own.
//
// A value whose consumer reads circular buffers only (the matrix engine,
// reductions, broadcasts, transposes) leaves the section through an
// intermediate circular buffer. Its consumer has a higher stage than its
// producer, and only nodes of one stage share a section, so sections never
// wait for each other in a circle.
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
  int stage; // circular buffers between it and the kernel's inputs
} Node;

typedef struct {
  MlirBlock block;
  Node *nodes;           // stb_ds array, in order
  MlirOperation *writes; // stb_ds array: tt.write_block, in order
  MlirOperation *loops;  // stb_ds array: loops that carry no block, in order
} Level;

static bool yieldsBlocks(MlirOperation op) {
  for (intptr_t i = 0; i < mlirOperationGetNumResults(op); ++i)
    if (ttTypeIsABlock(mlirValueGetType(mlirOperationGetResult(op, i))))
      return true;
  return false;
}

static bool isNode(MlirOperation op) {
  return yieldsBlocks(op) && !ttReadBlockIsa(op) && !ttConstantTileIsa(op) &&
         !ttSectionIsa(op);
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

typedef void (*UseVisitor)(Level *level, int node, MlirOpOperand use, int user);

// Visits the uses of a node's results by other nodes of the level.
static void forEachUse(Level *level, int node, UseVisitor visit) {
  MlirOperation op = level->nodes[node].op;
  for (intptr_t i = 0; i < mlirOperationGetNumResults(op); ++i)
    for (MlirOpOperand use =
             mlirValueGetFirstUse(mlirOperationGetResult(op, i));
         !mlirOpOperandIsNull(use); use = mlirOpOperandGetNextUse(use)) {
      MlirOperation user = atLevel(level, mlirOpOperandGetOwner(use));
      int other = mlirOperationIsNull(user) ? -1 : findNode(level, user);
      if (other >= 0)
        visit(level, node, use, other);
    }
}

static void raiseStage(Level *level, int node, MlirOpOperand use, int user) {
  int stage = level->nodes[node].stage + (readsBuffer(use) ? 1 : 0);
  if (stage > level->nodes[user].stage)
    level->nodes[user].stage = stage;
}

// A constant block, or one that the unpacker widens, belongs to the section of
// its user.
static void followUser(Level *level, int node, MlirOpOperand use, int user) {
  MlirOperation op = level->nodes[node].op;
  if ((ttFillIsa(op) || ttWidensBlockFloats(op)) && !readsBuffer(use))
    level->nodes[node].stage = level->nodes[user].stage;
}

static void join(Level *level, int node, MlirOpOperand use, int user) {
  if (!readsBuffer(use) && level->nodes[user].stage == level->nodes[node].stage)
    level->nodes[groupOf(level, user)].group = groupOf(level, node);
}

static int groupOfValue(Level *level, MlirValue value) {
  if (!mlirValueIsAOpResult(value))
    return -1;
  int node = findNode(level, mlirOpResultGetOwner(value));
  return node < 0 ? -1 : groupOf(level, node);
}

//===- making a section ---------------------------------------------------===//

// A value that a group hands out, and the circular buffer it goes through.
typedef struct {
  MlirValue value, cb;
  MlirOperation write; // null: to other sections
  unsigned modes;      // then: the uses it is for; 0 for all
} Output;

// How ops of other sections want the value; 0 if none uses it.
static unsigned modesOutside(Level *level, int group, MlirValue value) {
  unsigned modes = 0;
  for (MlirOpOperand use = mlirValueGetFirstUse(value);
       !mlirOpOperandIsNull(use); use = mlirOpOperandGetNextUse(use)) {
    MlirOperation user = mlirOpOperandGetOwner(use);
    int node = findNode(level, atLevel(level, user));
    if (!ttWriteBlockIsa(user) && (node < 0 || groupOf(level, node) != group))
      modes |= ttUseModes(use);
  }
  return modes;
}

// An intermediate circular buffer for a block, declared with the others.
static MlirValue intermediate(MlirOperation op, MlirValue value) {
  MlirOperation kernel = op;
  while (!ttKernelIsa(kernel))
    kernel = mlirOperationGetParentOperation(kernel);
  MlirContext context = mlirOperationGetContext(op);
  TtBuilder b = ttBuilderAtStart(
      context, mlirRegionGetFirstBlock(ttKernelGetBody(kernel)));
  TtBlock block = ttBlockGet(mlirValueGetType(value));
  int64_t tiles = ttBlockTiles(block);
  MlirType type = ttCBTypeCreate(context, (TtCBType){tiles, block.tile});
  MlirOperation alloc =
      ttAllocCbCreate(&b, mlirOperationGetLocation(op), type, tiles);
  ttAllocCbSetName(alloc, mlirStringRefCreateFromCString("block"));
  return ttAllocCbGetResult(alloc);
}

static void addOutputs(Level *level, int group, int node, Output **outputs) {
  MlirOperation op = level->nodes[node].op;
  for (intptr_t i = 0; i < mlirOperationGetNumResults(op); ++i) {
    MlirValue value = mlirOperationGetResult(op, i);
    for (ptrdiff_t w = 0; w < arrlen(level->writes); ++w) {
      MlirOperation write = level->writes[w];
      if (!mlirValueEqual(ttWriteBlockGetValue(write), value))
        continue;
      Output output = {value, ttWriteBlockGetCb(write), write, 0};
      arrput(*outputs, output);
    }
    unsigned modes = modesOutside(level, group, value);
    bool both = modes == (TtWantsSrc | TtWantsDest) && ttBlockIsWide(value);
    for (unsigned mode = TtWantsSrc; mode <= TtWantsDest; mode <<= 1) {
      if (!(modes & mode))
        continue;
      Output output = {value, intermediate(op, value), {NULL}, both ? mode : 0};
      arrput(*outputs, output);
      if (!both)
        break;
    }
  }
}

static MlirLogicalResult checkGrid(const Output *outputs) {
  TtBlock first = ttBlockGet(mlirValueGetType(outputs[0].value));
  for (ptrdiff_t i = 1; i < arrlen(outputs); ++i) {
    TtBlock block = ttBlockGet(mlirValueGetType(outputs[i].value));
    if (block.rows == first.rows && block.cols == first.cols)
      continue;
    TtDiagnostic *diagnostic = ttDiagnosticError(
        mlirOperationGetLocation(mlirOpResultGetOwner(outputs[i].value)),
        "yields %lld x %lld tiles from a computation that also yields %lld x "
        "%lld tiles",
        (long long)block.rows, (long long)block.cols, (long long)first.rows,
        (long long)first.cols);
    ttDiagnosticNote(
        diagnostic,
        mlirOperationGetLocation(mlirOpResultGetOwner(outputs[0].value)),
        "the other result is computed here; compute the two in grids of their "
        "own");
    return ttDiagnosticReport(diagnostic);
  }
  return mlirLogicalResultSuccess();
}

static MlirOperation createSection(const TtBuilder *b, MlirLocation loc,
                                   const Output *outputs) {
  intptr_t count = (intptr_t)arrlen(outputs);
  MlirType *types = NULL;
  MlirValue *cbs = NULL, *values = NULL;
  for (intptr_t i = 0; i < count; ++i) {
    arrput(values, outputs[i].value);
    arrput(types, mlirValueGetType(outputs[i].value));
    arrput(cbs, outputs[i].cb);
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
  arrfree(types);
  arrfree(cbs);
  arrfree(values);
  return section;
}

// The uses of an output that are not the section's own become its result.
static void replaceUses(Level *level, int group, const Output *output,
                        MlirValue result) {
  if (!mlirOperationIsNull(output->write)) {
    mlirOperationReplaceUsesOfWith(output->write, output->value, result);
    return;
  }
  MlirOperation *users = NULL;
  for (MlirOpOperand use = mlirValueGetFirstUse(output->value);
       !mlirOpOperandIsNull(use); use = mlirOpOperandGetNextUse(use)) {
    MlirOperation user = mlirOpOperandGetOwner(use);
    MlirOperation holder = atLevel(level, user);
    int node = findNode(level, holder);
    if (!ttWriteBlockIsa(user) &&
        !mlirOperationEqual(holder, mlirOpResultGetOwner(result)) &&
        (node < 0 || groupOf(level, node) != group) &&
        (!output->modes || ttUseModes(use) == output->modes))
      arrput(users, user);
  }
  for (ptrdiff_t i = 0; i < arrlen(users); ++i)
    mlirOperationReplaceUsesOfWith(users[i], output->value, result);
  arrfree(users);
}

static MlirOperation lastNode(Level *level, int group, MlirOperation previous) {
  MlirOperation last = previous;
  for (ptrdiff_t i = 0; i < arrlen(level->nodes); ++i)
    if (groupOf(level, (int)i) == group &&
        (mlirOperationIsNull(last) ||
         mlirOperationIsBeforeInBlock(last, level->nodes[i].op)))
      last = level->nodes[i].op;
  return last;
}

static MlirWalkResult findUse(MlirOperation op, void *data) {
  MlirOperation *section = data;
  for (intptr_t i = 0; i < mlirOperationGetNumOperands(op); ++i) {
    MlirValue value = mlirOperationGetOperand(op, i);
    if (mlirValueIsAOpResult(value) &&
        mlirOperationEqual(mlirOpResultGetOwner(value), *section)) {
      *section = (MlirOperation){NULL};
      return MlirWalkResultInterrupt;
    }
  }
  return MlirWalkResultAdvance;
}

static bool usesResults(MlirOperation op, MlirOperation section) {
  mlirOperationWalk(op, findUse, &section, MlirWalkPreOrder);
  return mlirOperationIsNull(section);
}

// Writes and loops that take results of the section follow it.
static void moveUsersBehind(Level *level, MlirOperation section,
                            const Output *outputs) {
  MlirOperation after = section;
  for (ptrdiff_t i = 0; i < arrlen(outputs); ++i) {
    MlirOperation write = outputs[i].write;
    if (mlirOperationIsNull(write) ||
        !mlirOperationIsBeforeInBlock(write, section))
      continue;
    mlirOperationMoveAfter(write, after);
    after = write;
  }
  for (ptrdiff_t i = 0; i < arrlen(level->loops); ++i) {
    MlirOperation loop = level->loops[i];
    if (!mlirOperationIsBeforeInBlock(loop, section) ||
        !usesResults(loop, section))
      continue;
    mlirOperationMoveAfter(loop, after);
    after = loop;
  }
}

static void moveIn(Level *level, int group, MlirOperation section,
                   const Output *outputs) {
  MlirOperation end = mlirBlockGetTerminator(
      mlirRegionGetFirstBlock(ttSectionGetBody(section)));
  for (ptrdiff_t i = 0; i < arrlen(outputs); ++i)
    replaceUses(level, group, &outputs[i], mlirOperationGetResult(section, i));
  for (ptrdiff_t i = 0; i < arrlen(level->nodes); ++i)
    if (groupOf(level, (int)i) == group)
      mlirOperationMoveBefore(level->nodes[i].op, end);
  moveUsersBehind(level, section, outputs);
}

// `*previous` is the section made before, which this one may take values from.
static MlirLogicalResult makeSection(Level *level, int group,
                                     MlirOperation *previous) {
  Output *outputs = NULL;
  for (ptrdiff_t i = 0; i < arrlen(level->nodes); ++i)
    if (groupOf(level, (int)i) == group)
      addOutputs(level, group, (int)i, &outputs);
  if (arrlen(outputs) == 0)
    return ttEmitOpError(level->nodes[group].op,
                         "computes a block that no buffer of the kernel "
                         "receives");
  MlirLogicalResult result = checkGrid(outputs);
  if (mlirLogicalResultIsSuccess(result)) {
    MlirOperation last = lastNode(level, group, *previous);
    TtBuilder b = ttBuilderAfter(last);
    MlirOperation section =
        createSection(&b, mlirOperationGetLocation(last), outputs);
    moveIn(level, group, section, outputs);
    *previous = section;
  }
  arrfree(outputs);
  return result;
}

// A block that is written as it was read still passes through the registers.
static void makeCopy(MlirOperation write) {
  TtBuilder b = ttBuilderBefore(write);
  Output *outputs = NULL;
  Output output = {ttWriteBlockGetValue(write), ttWriteBlockGetCb(write), write,
                   0};
  arrput(outputs, output);
  MlirOperation section =
      createSection(&b, mlirOperationGetLocation(write), outputs);
  mlirOperationReplaceUsesOfWith(write, output.value,
                                 mlirOperationGetResult(section, 0));
  arrfree(outputs);
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

static int lastStage(const Level *level) {
  int last = 0;
  for (ptrdiff_t i = 0; i < arrlen(level->nodes); ++i)
    if (level->nodes[i].stage > last)
      last = level->nodes[i].stage;
  return last;
}

static MlirLogicalResult formGroups(Level *level) {
  for (ptrdiff_t i = 0; i < arrlen(level->nodes); ++i)
    forEachUse(level, (int)i, raiseStage);
  for (ptrdiff_t i = 0; i < arrlen(level->nodes); ++i)
    forEachUse(level, (int)i, followUser);
  for (ptrdiff_t i = 0; i < arrlen(level->nodes); ++i)
    forEachUse(level, (int)i, join);
  for (ptrdiff_t i = 0; i < arrlen(level->writes); ++i)
    if (groupOfValue(level, ttWriteBlockGetValue(level->writes[i])) < 0)
      makeCopy(level->writes[i]);
  MlirOperation previous = {NULL};
  int stages = lastStage(level) + 1;
  for (int stage = 0; stage < stages; ++stage)
    for (ptrdiff_t i = 0; i < arrlen(level->nodes); ++i)
      if (groupOf(level, (int)i) == i && level->nodes[i].stage == stage &&
          mlirLogicalResultIsFailure(makeSection(level, (int)i, &previous)))
        return mlirLogicalResultFailure();
  return mlirLogicalResultSuccess();
}

static MlirLogicalResult formLevel(MlirBlock block) {
  Level level = {block, NULL, NULL, NULL};
  MlirLogicalResult result = mlirLogicalResultSuccess();
  for (MlirOperation op = mlirBlockGetFirstOperation(block);
       !mlirOperationIsNull(op) && mlirLogicalResultIsSuccess(result);
       op = mlirOperationGetNextInBlock(op)) {
    if (isNode(op)) {
      Node node = {op, (int)arrlen(level.nodes), 0};
      arrput(level.nodes, node);
    } else if (ttWriteBlockIsa(op))
      arrput(level.writes, op);
    else if (mlirOperationGetNumRegions(op) > 0 && !ttSectionIsa(op)) {
      arrput(level.loops, op);
      result = formNested(op);
    }
  }
  if (mlirLogicalResultIsSuccess(result))
    result = formGroups(&level);
  arrfree(level.nodes);
  arrfree(level.writes);
  arrfree(level.loops);
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
