//===- make_section.c - a group of tile ops becomes a section -------------===//
//
// A group hands its values out through circular buffers: one per buffer written
// (that of the write), one per block that a loop carries on (that of the loop,
// filled by the section of the initial value and by that of the yielded one),
// and one to all other sections, or two where a wide value is wanted in both
// unpack modes. A section stands behind the last of its ops and of what it
// takes values from; what takes its results moves behind it.
//
//===----------------------------------------------------------------------===//

#include "block_type.h"
#include "host_tree.h"
#include "mlir-c/BuiltinTypes.h"
#include "section_level.h"
#include "sections.h"
#include "stb_ds.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/IR.h"
#include "tt-c/gen/ScfOps.h"
#include "tt-c/gen/TtOps.h"

// A value that a section hands out, and the circular buffer it goes through.
typedef struct {
  MlirValue value, cb;
  MlirOperation user; // a write, loop or yield; null: ops of other sections
  intptr_t operand;   // of `user`
  unsigned modes;     // for other sections: the uses it is for; 0 for all
} Output;

//===- circular buffers ---------------------------------------------------===//

MlirValue ttNewBlockBuffer(MlirOperation op, MlirType type, const char *name) {
  MlirOperation kernel = ttEnclosing(op, ttKernelIsa);
  MlirContext context = mlirOperationGetContext(op);
  TtBuilder b = ttBuilderAtStart(
      context, mlirRegionGetFirstBlock(ttKernelGetBody(kernel)));
  TtBlock block = ttBlockGet(type);
  int64_t tiles = ttBlockTiles(block);
  MlirType cb = ttCBTypeCreate(context, (TtCBType){tiles, block.tile});
  MlirOperation alloc =
      ttAllocCbCreate(&b, mlirOperationGetLocation(op), cb, tiles);
  ttAllocCbSetName(alloc, mlirStringRefCreateFromCString(name));
  return ttAllocCbGetResult(alloc);
}

static MlirValue carriedBuffer(TtSectionLevel *level, MlirOperation loop,
                               intptr_t number) {
  TtCarriedBlock *carried = *level->carried;
  for (ptrdiff_t i = 0; i < arrlen(carried); ++i)
    if (mlirOperationEqual(carried[i].loop, loop) &&
        carried[i].number == number)
      return carried[i].cb;
  MlirType type = mlirValueGetType(ttScfForGetResults(loop, number));
  TtCarriedBlock made = {loop, number, ttNewBlockBuffer(loop, type, "carried")};
  arrput(*level->carried, made);
  return made.cb;
}

//===- what a group hands out ---------------------------------------------===//

static bool isOtherSections(const TtSectionLevel *level, int group,
                            MlirOpOperand use) {
  MlirOperation user = mlirOpOperandGetOwner(use);
  intptr_t carried;
  if (ttWriteBlockIsa(user) ||
      !mlirOperationIsNull(ttCarryingLoop(use, &carried)))
    return false;
  int node = ttLevelFindNode(level, ttLevelHolder(level, user));
  return node < 0 || ttLevelGroup(level, node) != group;
}

// How ops of other sections want the value; 0 if none uses it.
static unsigned modesOutside(const TtSectionLevel *level, int group,
                             MlirValue value) {
  unsigned modes = 0;
  for (MlirOpOperand use = mlirValueGetFirstUse(value);
       !mlirOpOperandIsNull(use); use = mlirOpOperandGetNextUse(use))
    if (isOtherSections(level, group, use))
      modes |= ttUseModes(use);
  return modes;
}

static void addCarried(TtSectionLevel *level, MlirValue value,
                       Output **outputs) {
  for (MlirOpOperand use = mlirValueGetFirstUse(value);
       !mlirOpOperandIsNull(use); use = mlirOpOperandGetNextUse(use)) {
    intptr_t number;
    MlirOperation loop = ttCarryingLoop(use, &number);
    if (mlirOperationIsNull(loop))
      continue;
    Output output = {value, carriedBuffer(level, loop, number),
                     mlirOpOperandGetOwner(use),
                     (intptr_t)mlirOpOperandGetOperandNumber(use), 0};
    arrput(*outputs, output);
  }
}

static void addOutputs(TtSectionLevel *level, int group, int node,
                       Output **outputs) {
  MlirOperation op = level->nodes[node].op;
  for (intptr_t i = 0; i < mlirOperationGetNumResults(op); ++i) {
    MlirValue value = mlirOperationGetResult(op, i);
    for (ptrdiff_t w = 0; w < arrlen(level->writes); ++w) {
      MlirOperation write = level->writes[w];
      if (!mlirValueEqual(ttWriteBlockGetValue(write), value))
        continue;
      Output output = {value, ttWriteBlockGetCb(write), write, 0, 0};
      arrput(*outputs, output);
    }
    addCarried(level, value, outputs);
    unsigned modes = modesOutside(level, group, value);
    bool both = modes == (TtWantsSrc | TtWantsDest) && ttBlockIsWide(value);
    for (unsigned mode = TtWantsSrc; mode <= TtWantsDest; mode <<= 1) {
      if (!(modes & mode))
        continue;
      Output output = {value,
                       ttNewBlockBuffer(op, mlirValueGetType(value), "block"),
                       {NULL},
                       0,
                       both ? mode : 0};
      arrput(*outputs, output);
      if (!both)
        break;
    }
  }
}

//===- the section --------------------------------------------------------===//

MlirOperation ttNewSection(const TtBuilder *b, MlirLocation loc, intptr_t count,
                           const MlirType *types, const MlirValue *cbs) {
  int64_t grid[] = {1, 1};
  MlirOperation section =
      ttSectionCreate(b, loc, count, types, 2, grid, count, cbs);
  MlirType index = mlirIndexTypeGet(b->context);
  MlirType indices[] = {index, index};
  MlirLocation locs[] = {loc, loc};
  MlirBlock body = mlirBlockCreate(2, indices, locs);
  mlirRegionAppendOwnedBlock(ttSectionGetBody(section), body);
  return section;
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
  MlirOperation section = ttNewSection(b, loc, count, types, cbs);
  TtBuilder end = ttBuilderAtEnd(
      b->context, mlirRegionGetFirstBlock(ttSectionGetBody(section)));
  ttYieldCreate(&end, loc, count, values);
  arrfree(types);
  arrfree(cbs);
  arrfree(values);
  return section;
}

// The uses of an output that are not the section's own become its result.
static void replaceUses(const TtSectionLevel *level, int group,
                        const Output *output, MlirValue result) {
  if (!mlirOperationIsNull(output->user)) {
    mlirOperationSetOperand(output->user, output->operand, result);
    return;
  }
  MlirOperation section = mlirOpResultGetOwner(result);
  MlirOpOperand *uses = NULL;
  for (MlirOpOperand use = mlirValueGetFirstUse(output->value);
       !mlirOpOperandIsNull(use); use = mlirOpOperandGetNextUse(use)) {
    MlirOperation user = mlirOpOperandGetOwner(use);
    if (isOtherSections(level, group, use) &&
        !mlirOperationEqual(ttLevelHolder(level, user), section) &&
        (!output->modes || ttUseModes(use) == output->modes))
      arrput(uses, use);
  }
  for (ptrdiff_t i = 0; i < arrlen(uses); ++i)
    mlirOperationSetOperand(mlirOpOperandGetOwner(uses[i]),
                            (intptr_t)mlirOpOperandGetOperandNumber(uses[i]),
                            result);
  arrfree(uses);
}

static void moveBehind(MlirOperation op, MlirOperation before) {
  if (mlirOperationIsBeforeInBlock(op, before))
    mlirOperationMoveAfter(op, before);
}

static void moveIn(TtSectionLevel *level, int group, MlirOperation section,
                   const Output *outputs) {
  MlirOperation end = mlirBlockGetTerminator(
      mlirRegionGetFirstBlock(ttSectionGetBody(section)));
  for (ptrdiff_t i = 0; i < arrlen(outputs); ++i)
    replaceUses(level, group, &outputs[i], mlirOperationGetResult(section, i));
  for (ptrdiff_t i = 0; i < arrlen(level->nodes); ++i)
    if (ttLevelGroup(level, (int)i) == group)
      mlirOperationMoveBefore(level->nodes[i].op, end);
  for (ptrdiff_t i = arrlen(outputs) - 1; i >= 0; --i)
    if (!mlirOperationIsNull(outputs[i].user) &&
        ttWriteBlockIsa(outputs[i].user))
      moveBehind(outputs[i].user, section);
}

//===- places -------------------------------------------------------------===//

typedef struct {
  const TtSectionLevel *level;
  MlirOperation last;
} Dependencies;

static MlirWalkResult visitOperands(MlirOperation op, void *data) {
  Dependencies *dependencies = data;
  for (intptr_t i = 0; i < mlirOperationGetNumOperands(op); ++i) {
    MlirValue value = mlirOperationGetOperand(op, i);
    if (!mlirValueIsAOpResult(value))
      continue;
    MlirOperation owner = mlirOpResultGetOwner(value);
    if (mlirBlockEqual(mlirOperationGetBlock(owner),
                       dependencies->level->block) &&
        mlirOperationIsBeforeInBlock(dependencies->last, owner))
      dependencies->last = owner;
  }
  return MlirWalkResultAdvance;
}

// The later of `last` and of the ops that `op`, or what is nested in it, takes
// values from.
static MlirOperation lastDependency(const TtSectionLevel *level,
                                    MlirOperation op, MlirOperation last) {
  Dependencies dependencies = {level, last};
  mlirOperationWalk(op, visitOperands, &dependencies, MlirWalkPreOrder);
  return dependencies.last;
}

static MlirOperation lastOfGroup(const TtSectionLevel *level, int group) {
  MlirOperation last = level->nodes[group].op;
  for (ptrdiff_t i = 0; i < arrlen(level->nodes); ++i) {
    MlirOperation op = level->nodes[i].op;
    if (ttLevelGroup(level, (int)i) != group)
      continue;
    if (mlirOperationIsBeforeInBlock(last, op))
      last = op;
    last = lastDependency(level, op, last);
  }
  return last;
}

void ttLevelPlaceLoop(TtSectionLevel *level, MlirOperation loop) {
  moveBehind(loop, lastDependency(level, loop, loop));
}

MlirLogicalResult ttLevelMakeSection(TtSectionLevel *level, int group) {
  Output *outputs = NULL;
  for (ptrdiff_t i = 0; i < arrlen(level->nodes); ++i)
    if (ttLevelGroup(level, (int)i) == group)
      addOutputs(level, group, (int)i, &outputs);
  if (arrlen(outputs) == 0)
    return ttEmitOpError(level->nodes[group].op,
                         "computes a block that no buffer of the kernel "
                         "receives");
  MlirOperation last = lastOfGroup(level, group);
  TtBuilder b = ttBuilderAfter(last);
  MlirOperation section =
      createSection(&b, mlirOperationGetLocation(last), outputs);
  moveIn(level, group, section, outputs);
  arrfree(outputs);
  return mlirLogicalResultSuccess();
}

//===- copies -------------------------------------------------------------===//

// A block that is handed on as it came still passes through the registers.
static void copyFor(MlirOperation user, intptr_t operand, MlirValue cb) {
  MlirValue value = mlirOperationGetOperand(user, operand);
  if (mlirValueIsAOpResult(value) && ttSectionIsa(mlirOpResultGetOwner(value)))
    return;
  TtBuilder b = ttBuilderBefore(user);
  Output *outputs = NULL;
  Output output = {value, cb, user, operand, 0};
  arrput(outputs, output);
  MlirOperation section =
      createSection(&b, mlirOperationGetLocation(user), outputs);
  mlirOperationSetOperand(user, operand, mlirOperationGetResult(section, 0));
  arrfree(outputs);
}

void ttLevelMakeCopies(TtSectionLevel *level) {
  for (ptrdiff_t i = 0; i < arrlen(level->writes); ++i) {
    MlirOperation write = level->writes[i];
    moveBehind(write, lastDependency(level, write, write));
    copyFor(write, 0, ttWriteBlockGetCb(write));
  }
  for (ptrdiff_t i = 0; i < arrlen(level->nodes); ++i) {
    MlirOperation loop = level->nodes[i].op;
    if (!level->nodes[i].isLoop || !ttLoopCarriesThroughBuffers(loop))
      continue;
    for (intptr_t n = 0; n < ttScfForGetNumInitArgs(loop); ++n)
      copyFor(loop, 3 + n, carriedBuffer(level, loop, n));
  }
  MlirOperation yield = mlirBlockGetTerminator(level->block);
  MlirOperation parent = mlirBlockGetParentOperation(level->block);
  if (!ttLoopCarriesThroughBuffers(parent))
    return;
  for (intptr_t n = 0; n < mlirOperationGetNumOperands(yield); ++n)
    copyFor(yield, n, carriedBuffer(level, parent, n));
}
