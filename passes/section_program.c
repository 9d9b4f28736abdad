//===- section_program.c - a section as register steps --------------------===//

#include "section_program.h"
#include "block_type.h"
#include "stb_ds.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/IR.h"
#include "tt-c/gen/ScfOps.h"
#include "tt-c/gen/TtOps.h"
#include <math.h>

typedef struct {
  TtSectionProgram *program;
  MlirOperation section;
} Builder;

//===- where values live --------------------------------------------------===//

static bool definedInside(MlirOperation section, MlirValue value) {
  MlirOperation owner =
      mlirValueIsAOpResult(value)
          ? mlirOpResultGetOwner(value)
          : mlirBlockGetParentOperation(mlirBlockArgumentGetOwner(value));
  return ttOperationIsAncestor(section, owner);
}

static bool isFreeCast(MlirOperation op) {
  return ttTypecastIsa(op) && ttTypecastHasUnit(op) &&
         ttTypecastGetUnit(op) != TtUnitSFPU;
}

bool ttSectionValueInCB(MlirValue value, MlirOperation section,
                        MlirValue *block) {
  *block = value;
  while (mlirValueIsAOpResult(*block) && definedInside(section, *block)) {
    MlirOperation op = mlirOpResultGetOwner(*block);
    if (ttSubBlockIsa(op) || ttReadBlockIsa(op) || ttFrontBlockIsa(op))
      return true;
    if (!isFreeCast(op))
      return false;
    *block = ttTypecastGetOperand(op);
  }
  return !definedInside(section, *block);
}

//===- value numbers ------------------------------------------------------===//

static int findId(const TtSectionProgram *program, MlirValue value) {
  for (ptrdiff_t i = 0; i < arrlen(program->ids); ++i)
    if (program->ids[i].value == value.ptr)
      return program->ids[i].id;
  return TtNoRegister;
}

static void bind(TtSectionProgram *program, MlirValue value, int id) {
  TtSectionValue entry = {(void *)(uintptr_t)value.ptr, id};
  arrput(program->ids, entry);
}

static int newId(TtSectionProgram *program, int tiles) {
  TtRegisterValue value = {tiles, TtNoRegister};
  arrput(program->registers, value);
  return (int)arrlen(program->registers) - 1;
}

// Tiles of a value per sub-block: its extents shrink where they are the
// block's.
static int tilesOf(const TtSectionProgram *program, MlirValue value) {
  TtBlock block = ttBlockGet(mlirValueGetType(value));
  const TtSubBlock *sub = &program->sub;
  int64_t rows = block.rows == sub->rows ? sub->subRows : block.rows;
  int64_t cols = block.cols == sub->cols ? sub->subCols : block.cols;
  return (int)(rows * cols);
}

//===- steps --------------------------------------------------------------===//

static TtRegisterStep *addStep(Builder *b, TtSectionStepKind kind,
                               MlirOperation op) {
  TtSectionStep step = {kind, op, {NULL}, false};
  TtRegisterStep registers = {0, {0}, TtNoRegister, 0, false, 0, false};
  arrput(b->program->steps, step);
  arrput(b->program->registerSteps, registers);
  return &arrlast(b->program->registerSteps);
}

static int addCopy(Builder *b, MlirOperation op, MlirValue block,
                   bool perTile) {
  int id = newId(b->program, perTile ? 1 : tilesOf(b->program, block));
  addStep(b, TtStepCopy, op)->result = id;
  arrlast(b->program->steps).source = block;
  arrlast(b->program->steps).perTile = perTile;
  return id;
}

static bool hasOneUse(MlirValue value) {
  MlirOpOperand use = mlirValueGetFirstUse(value);
  return !mlirOpOperandIsNull(use) &&
         mlirOpOperandIsNull(mlirOpOperandGetNextUse(use));
}

static bool isFill(MlirValue value) {
  return mlirValueIsAOpResult(value) && ttFillIsa(mlirOpResultGetOwner(value));
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
        (isFreeCast(user) && !isUsedLastBy(op, ttTypecastGetResult(user))))
      return false;
    if (!isFreeCast(user) && mlirOperationIsBeforeInBlock(op, user))
      return false;
  }
  return true;
}

// Whether the registers of an operand are free for the result of its op.
static bool diesAt(MlirOperation op, MlirValue value) {
  if (isFill(value))
    return true; // written for this op
  if (!mlirValueIsAOpResult(value) ||
      !mlirBlockEqual(mlirOperationGetBlock(mlirOpResultGetOwner(value)),
                      mlirOperationGetBlock(op)))
    return false;
  while (isFreeCast(mlirOpResultGetOwner(value)))
    value = ttTypecastGetOperand(mlirOpResultGetOwner(value));
  return isUsedLastBy(op, value);
}

// A fill is written for each of its uses: what uses it may write over it.
static int addFill(Builder *b, MlirOperation op, MlirValue fill) {
  int id = newId(b->program, tilesOf(b->program, fill));
  addStep(b, TtStepFill, op)->result = id;
  arrlast(b->program->steps).source = fill;
  return id;
}

// The register value of an operand, copied in if it lives in a circular buffer.
static int operandId(Builder *b, MlirOperation op, MlirValue value,
                     bool perTile) {
  MlirValue block;
  if (isFill(value))
    return addFill(b, op, value);
  if (ttSectionValueInCB(value, b->section, &block))
    return addCopy(b, op, block, perTile);
  return findId(b->program, value);
}

static void setOperands(TtRegisterStep *step, int count, const int *ids) {
  step->numOperands = count;
  for (int i = 0; i < count; ++i)
    step->operands[i] = ids[i];
}

// A step in place: its operand's registers become the result's, after a move
// if the operand lives on.
static void addInPlace(Builder *b, MlirOperation op, TtSectionStepKind kind,
                       MlirValue value) {
  int operand = operandId(b, op, value, false);
  MlirValue result = mlirOperationGetResult(op, 0);
  int id = newId(b->program, tilesOf(b->program, result));
  TtRegisterStep *move = addStep(b, TtStepMove, op);
  setOperands(move, 1, &operand);
  move->result = id;
  move->overwrites = 1U;
  TtRegisterStep *step = addStep(b, kind, op);
  setOperands(step, 1, &id);
  step->result = id;
  bind(b->program, result, id);
}

// Two register operands. A block from a circular buffer passes through one
// register, tile by tile, if the other operand's can take the result.
static void addSfpuBinary(Builder *b, MlirOperation op) {
  MlirValue operands[] = {ttBinaryGetLhs(op), ttBinaryGetRhs(op)};
  MlirValue block;
  bool inCB[2];
  for (int i = 0; i < 2; ++i)
    inCB[i] = ttSectionValueInCB(operands[i], b->section, &block);
  bool perTile[2] = {false, false};
  if (inCB[0] && !inCB[1])
    perTile[0] = diesAt(op, operands[1]);
  if (inCB[1])
    perTile[1] = inCB[0] || diesAt(op, operands[0]);
  int ids[2];
  bool same = mlirValueEqual(operands[0], operands[1]);
  // The copy through one register stands right in front of the step.
  int first = perTile[0] && !same ? 1 : 0;
  ids[first] = operandId(b, op, operands[first], false);
  ids[1 - first] =
      same ? ids[first]
           : operandId(b, op, operands[1 - first], perTile[1 - first]);
  MlirValue result = ttBinaryGetResult(op);
  TtRegisterStep *step = addStep(b, TtStepBinary, op);
  setOperands(step, 2, ids);
  step->overwrites = 3U;
  step->result = newId(b->program, tilesOf(b->program, result));
  bind(b->program, result, step->result);
}

static void addFpuBinary(Builder *b, MlirOperation op) {
  TtRegisterStep *step = addStep(b, TtStepFpu, op);
  MlirValue result = ttBinaryGetResult(op);
  step->result = newId(b->program, tilesOf(b->program, result));
  // mul_tiles adds to what is in the register (METALIUM sheet §3.2).
  step->accumulates = ttBinaryGetFunction(op) == TtBinaryFunctionMul;
  bind(b->program, result, step->result);
}

static MlirLogicalResult addBinary(Builder *b, MlirOperation op) {
  switch (ttBinaryGetUnit(op)) {
  case TtUnitFPU:
    addFpuBinary(b, op);
    break;
  case TtUnitReuseA:
    addInPlace(b, op, TtStepReuse, ttBinaryGetLhs(op));
    break;
  case TtUnitReuseB:
    addInPlace(b, op, TtStepReuse, ttBinaryGetRhs(op));
    break;
  default:
    addSfpuBinary(b, op);
    break;
  }
  return mlirLogicalResultSuccess();
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

// Whether the value is only ever accumulated onto, so that untouched registers
// serve for a fill.
static bool onlyAccumulated(MlirValue value, double number) {
  for (MlirOpOperand use = mlirValueGetFirstUse(value);
       !mlirOpOperandIsNull(use); use = mlirOpOperandGetNextUse(use)) {
    MlirOperation user = mlirOpOperandGetOwner(use);
    if (untouchedReadAs(user, value, number))
      continue;
    if (!ttScfForIsa(user))
      return false;
    MlirBlock body = mlirRegionGetFirstBlock(ttScfForGetRegion(user));
    for (intptr_t i = 0; i < ttScfForGetNumInitArgs(user); ++i)
      if (mlirValueEqual(ttScfForGetInitArgs(user, i), value) &&
          !onlyAccumulated(mlirBlockGetArgument(body, i + 1), number))
        return false;
  }
  return true;
}

// Registers for an accumulator that starts at `init`; `accumulator` is what
// `init` is called where it is accumulated onto. Untouched registers may serve
// for a fill; those of a value that is used again are copied.
static int addAccumulator(Builder *b, MlirOperation op, MlirValue init,
                          MlirValue accumulator) {
  int id = operandId(b, op, init, false);
  MlirValue block;
  if (isFill(init)) {
    arrlast(b->program->registerSteps).accumulates = onlyAccumulated(
        accumulator, ttFillGetValue(mlirOpResultGetOwner(init)));
  } else if (!ttSectionValueInCB(init, b->section, &block) &&
             !hasOneUse(init)) {
    TtRegisterStep *move = addStep(b, TtStepMove, op);
    setOperands(move, 1, &id);
    move->overwrites = 1U;
    move->result = id = newId(b->program, tilesOf(b->program, init));
  }
  return id;
}

static MlirLogicalResult addMma(Builder *b, MlirOperation op) {
  MlirValue lhs, rhs;
  if (ttMmaGetTransposeA(op) || ttMmaGetTransposeB(op))
    return ttEmitOpError(op, "multiplies a transposed block, which is not "
                             "supported; store it transposed");
  if (!ttSectionValueInCB(ttMmaGetLhs(op), b->section, &lhs) ||
      !ttSectionValueInCB(ttMmaGetRhs(op), b->section, &rhs))
    return ttEmitOpError(op, "takes an operand from tile registers, but the "
                             "matrix engine reads both from circular buffers");
  TtDataFormat left = ttBlockFormat(ttBlockGet(mlirValueGetType(lhs)));
  TtDataFormat right = ttBlockFormat(ttBlockGet(mlirValueGetType(rhs)));
  if (!ttExponentsMeet(left, right))
    return ttEmitOpError(op,
                         "multiplies %s by %s, which the matrix engine does "
                         "not; convert one of them in front of the loop",
                         ttDataFormatToString(left),
                         ttDataFormatToString(right));
  int acc = addAccumulator(b, op, ttMmaGetAcc(op), ttMmaGetAcc(op));
  TtRegisterStep *step = addStep(b, TtStepMma, op);
  setOperands(step, 1, &acc);
  step->result = acc;
  bind(b->program, ttMmaGetResult(op), acc);
  return mlirLogicalResultSuccess();
}

// Onto its accumulator, or onto untouched registers.
static MlirLogicalResult addReduce(Builder *b, MlirOperation op) {
  MlirValue block, result = ttReduceGetResult(op);
  if (!ttSectionValueInCB(ttReduceGetOperand(op), b->section, &block))
    return ttEmitOpError(op, "takes its operand from tile registers, but the "
                             "matrix engine reads it from a circular buffer");
  MlirValue acc = ttReduceGetAcc(op);
  int id = mlirValueIsNull(acc) ? newId(b->program, tilesOf(b->program, result))
                                : addAccumulator(b, op, acc, acc);
  TtRegisterStep *step = addStep(b, TtStepReduce, op);
  if (!mlirValueIsNull(acc))
    setOperands(step, 1, &id);
  step->accumulates = mlirValueIsNull(acc);
  step->result = id;
  bind(b->program, result, id);
  return mlirLogicalResultSuccess();
}

// A tile register from a circular buffer, whatever was in it.
static MlirLogicalResult addFromBuffer(Builder *b, MlirOperation op,
                                       TtSectionStepKind kind) {
  MlirValue block, result = mlirOperationGetResult(op, 0);
  if (!ttSectionValueInCB(mlirOperationGetOperand(op, 0), b->section, &block))
    return ttEmitOpError(op, "takes its operand from tile registers, but the "
                             "unpacker reads it from a circular buffer");
  TtRegisterStep *step = addStep(b, kind, op);
  step->result = newId(b->program, tilesOf(b->program, result));
  bind(b->program, result, step->result);
  return mlirLogicalResultSuccess();
}

static void addSelect(Builder *b, MlirOperation op) {
  int ids[3];
  for (int i = 0; i < 3; ++i)
    ids[i] = operandId(b, op, mlirOperationGetOperand(op, i), false);
  MlirValue result = ttSelectGetResult(op);
  TtRegisterStep *step = addStep(b, TtStepSelect, op);
  setOperands(step, 3, ids);
  step->overwrites = 7U;
  step->result = newId(b->program, tilesOf(b->program, result));
  bind(b->program, result, step->result);
}

//===- the walk -----------------------------------------------------------===//

static MlirLogicalResult addBlock(Builder *b, MlirBlock block);

static MlirLogicalResult addLoop(Builder *b, MlirOperation loop) {
  MlirBlock body = mlirRegionGetFirstBlock(ttScfForGetRegion(loop));
  for (intptr_t i = 0; i < ttScfForGetNumInitArgs(loop); ++i) {
    MlirValue argument = mlirBlockGetArgument(body, i + 1);
    int id = addAccumulator(b, loop, ttScfForGetInitArgs(loop, i), argument);
    bind(b->program, argument, id);
    bind(b->program, ttScfForGetResults(loop, i), id);
  }
  addStep(b, TtStepLoopBegin, loop);
  ptrdiff_t begin = arrlen(b->program->steps) - 1;
  if (mlirLogicalResultIsFailure(addBlock(b, body)))
    return mlirLogicalResultFailure();
  MlirOperation yield = mlirBlockGetTerminator(body);
  for (intptr_t i = 0; i < ttScfForGetNumInitArgs(loop); ++i)
    if (findId(b->program, mlirOperationGetOperand(yield, i)) !=
        findId(b->program, mlirBlockGetArgument(body, i + 1)))
      return ttEmitOpError(loop, "carries a value in tile registers that is "
                                 "not an accumulator");
  addStep(b, TtStepLoopEnd, loop);
  b->program->registerSteps[begin].loopEnd =
      (int)arrlen(b->program->registerSteps);
  return mlirLogicalResultSuccess();
}

static MlirLogicalResult addOp(Builder *b, MlirOperation op) {
  if (ttScfForIsa(op))
    return addLoop(b, op);
  if (ttMmaIsa(op))
    return addMma(b, op);
  if (ttBinaryIsa(op))
    return addBinary(b, op);
  if (ttReduceIsa(op))
    return addReduce(b, op);
  if (ttBcastIsa(op))
    return addFromBuffer(b, op, TtStepBcast);
  if (ttTransposeIsa(op))
    return addFromBuffer(b, op, TtStepTranspose);
  if (ttSelectIsa(op))
    addSelect(b, op);
  else if (ttUnaryIsa(op))
    addInPlace(b, op, TtStepUnary, ttUnaryGetOperand(op));
  else if (ttTypecastIsa(op) && ttTypecastHasUnit(op) &&
           ttTypecastGetUnit(op) == TtUnitSFPU)
    addInPlace(b, op, TtStepCast, ttTypecastGetOperand(op));
  else if (isFreeCast(op)) {
    MlirValue block;
    if (!ttSectionValueInCB(ttTypecastGetResult(op), b->section, &block))
      bind(b->program, ttTypecastGetResult(op),
           operandId(b, op, ttTypecastGetOperand(op), false));
  } else if (mlirOperationGetNumResults(op) == 1 &&
             ttTypeIsABlock(mlirValueGetType(mlirOperationGetResult(op, 0))) &&
             !ttSubBlockIsa(op) && !ttReadBlockIsa(op) &&
             !ttFrontBlockIsa(op) && !ttFillIsa(op))
    return ttEmitOpError(op, "cannot run in tile registers");
  return mlirLogicalResultSuccess();
}

static MlirLogicalResult addBlock(Builder *b, MlirBlock block) {
  for (MlirOperation op = mlirBlockGetFirstOperation(block);
       !mlirOperationIsNull(op); op = mlirOperationGetNextInBlock(op))
    if (mlirLogicalResultIsFailure(addOp(b, op)))
      return mlirLogicalResultFailure();
  return mlirLogicalResultSuccess();
}

MlirLogicalResult ttSectionProgramBuild(MlirOperation section, TtSubBlock sub,
                                        TtSectionProgram *program) {
  *program = (TtSectionProgram){NULL, NULL, NULL, NULL, NULL, sub};
  Builder b = {program, section};
  MlirBlock body = mlirRegionGetFirstBlock(ttSectionGetBody(section));
  if (mlirLogicalResultIsFailure(addBlock(&b, body)))
    return mlirLogicalResultFailure();
  MlirOperation yield = mlirBlockGetTerminator(body);
  for (intptr_t i = 0; i < mlirOperationGetNumOperands(yield); ++i) {
    int id = operandId(&b, yield, mlirOperationGetOperand(yield, i), false);
    arrput(program->yielded, id);
  }
  return mlirLogicalResultSuccess();
}

void ttSectionProgramDestroy(TtSectionProgram *program) {
  arrfree(program->steps);
  arrfree(program->registerSteps);
  arrfree(program->registers);
  arrfree(program->ids);
  arrfree(program->yielded);
}

int ttSectionProgramPlan(TtSectionProgram *program, int capacity) {
  TtRegisterPlan plan = {
      (int)arrlen(program->registers),     program->registers,
      (int)arrlen(program->registerSteps), program->registerSteps,
      (int)arrlen(program->yielded),       program->yielded};
  return ttPlanRegisters(&plan, capacity);
}

int ttSectionProgramRegister(const TtSectionProgram *program, MlirValue value) {
  int id = findId(program, value);
  return id == TtNoRegister ? TtNoRegister : program->registers[id].reg;
}

int ttTileRegisterCapacity(TtDeviceAttr device, TtComputeAttr compute) {
  int64_t tiles = device.dstTiles;
  if (compute.fp32Acc)
    tiles /= 2;
  if (!compute.fullSync)
    tiles /= 2;
  return (int)tiles;
}
