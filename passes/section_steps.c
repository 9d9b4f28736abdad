//===- section_steps.c - tile ops become register steps -------------------===//

#include "section_steps.h"
#include "block_type.h"
#include "loop_body.h"
#include "section_values.h"
#include "stb_ds.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/IR.h"
#include "tt-c/gen/ScfOps.h"
#include "tt-c/gen/TtOps.h"

typedef struct {
  TtSectionProgram *program;
  MlirOperation section;
} Builder;

//===- steps --------------------------------------------------------------===//

// A step of `op` whose result gets registers of its own.
static TtRegisterStep *addDefinition(Builder *b, TtSectionStepKind kind,
                                     MlirOperation op, int numOperands,
                                     const int *operands) {
  MlirValue result = mlirOperationGetResult(op, 0);
  int id = ttSectionProgramNewValue(b->program, result);
  ttSectionProgramBind(b->program, result, id);
  return ttSectionProgramAddStep(b->program, kind, op, numOperands, operands,
                                 id);
}

// A step of `op` that reads registers and leaves its result in them.
static void addUpdate(Builder *b, TtSectionStepKind kind, MlirOperation op,
                      int id) {
  ttSectionProgramBind(b->program, mlirOperationGetResult(op, 0), id);
  ttSectionProgramAddStep(b->program, kind, op, 1, &id, id);
}

// What is in the registers of `operand`, as many as `value` has, to write over:
// in registers of its own if it lives on.
static int addMove(Builder *b, MlirOperation op, int operand, MlirValue value) {
  int id = ttSectionProgramNewValue(b->program, value);
  ttSectionProgramAddStep(b->program, TtStepMove, op, 1, &operand, id)
      ->overwrites = 1U;
  return id;
}

// A single tile is copied as any block is: an earlier copy may have left it.
static int addCopy(Builder *b, MlirOperation op, MlirValue block,
                   bool perTile) {
  int id = ttSectionProgramNewValue(b->program, block);
  int *tiles = &b->program->registers[id].tiles;
  perTile = perTile && *tiles > 1;
  if (perTile)
    *tiles = 1;
  ttSectionProgramAddStep(b->program, TtStepCopy, op, 0, NULL, id);
  arrlast(b->program->steps).source = block;
  arrlast(b->program->steps).perTile = perTile;
  return id;
}

// A fill is written for each of its uses: what uses it may write over it.
static int addFill(Builder *b, MlirOperation op, MlirValue fill) {
  int id = ttSectionProgramNewValue(b->program, fill);
  ttSectionProgramAddStep(b->program, TtStepFill, op, 0, NULL, id);
  arrlast(b->program->steps).source = fill;
  return id;
}

// The register value of an operand, copied in if it lives in a circular buffer.
static int operandId(Builder *b, MlirOperation op, MlirValue value,
                     bool perTile) {
  MlirValue block;
  if (ttValueIsFill(value))
    return addFill(b, op, value);
  if (ttSectionValueInCB(value, b->section, &block))
    return addCopy(b, op, block, perTile);
  return ttSectionProgramValue(b->program, value);
}

// A step in place: its operand's registers become the result's, after a move
// if the operand lives on.
static void addInPlace(Builder *b, MlirOperation op, TtSectionStepKind kind,
                       MlirValue value) {
  int operand = operandId(b, op, value, false);
  int id = addMove(b, op, operand, mlirOperationGetResult(op, 0));
  addUpdate(b, kind, op, id);
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
    perTile[0] = ttOperandDiesAt(op, operands[1]);
  if (inCB[1])
    perTile[1] = inCB[0] || ttOperandDiesAt(op, operands[0]);
  int ids[2];
  bool same = mlirValueEqual(operands[0], operands[1]);
  // The copy through one register stands right in front of the step.
  int first = perTile[0] && !same ? 1 : 0;
  ids[first] = operandId(b, op, operands[first], false);
  ids[1 - first] =
      same ? ids[first]
           : operandId(b, op, operands[1 - first], perTile[1 - first]);
  addDefinition(b, TtStepBinary, op, 2, ids)->overwrites = 3U;
}

// The FPU and the unpacker read circular buffers only.
static MlirLogicalResult requireBuffer(Builder *b, MlirOperation op,
                                       MlirValue operand, const char *unit) {
  MlirValue block;
  if (ttSectionValueInCB(operand, b->section, &block))
    return mlirLogicalResultSuccess();
  return ttEmitOpError(op,
                       "takes its operand from tile registers, but the %s "
                       "reads it from a circular buffer",
                       unit);
}

static MlirLogicalResult addFpuBinary(Builder *b, MlirOperation op) {
  if (mlirLogicalResultIsFailure(
          requireBuffer(b, op, ttBinaryGetLhs(op), "FPU")) ||
      mlirLogicalResultIsFailure(
          requireBuffer(b, op, ttBinaryGetRhs(op), "FPU")))
    return mlirLogicalResultFailure();
  TtRegisterStep *step = addDefinition(b, TtStepFpu, op, 0, NULL);
  // mul_tiles adds to what is in the register (METALIUM sheet §3.2).
  step->accumulates = ttBinaryGetFunction(op) == TtBinaryFunctionMul;
  return mlirLogicalResultSuccess();
}

// The FPU takes `kept` from tile registers, the other one from its buffer.
static MlirLogicalResult addReuse(Builder *b, MlirOperation op, MlirValue kept,
                                  MlirValue other) {
  if (mlirLogicalResultIsFailure(requireBuffer(b, op, other, "FPU")))
    return mlirLogicalResultFailure();
  addInPlace(b, op, TtStepReuse, kept);
  return mlirLogicalResultSuccess();
}

static MlirLogicalResult addBinary(Builder *b, MlirOperation op) {
  if (!ttBinaryHasUnit(op))
    return ttEmitOpError(op, "has no unit yet; run tt-build-tile-dfg first");
  MlirValue lhs = ttBinaryGetLhs(op), rhs = ttBinaryGetRhs(op);
  switch (ttBinaryGetUnit(op)) {
  case TtUnitFPU:
    return addFpuBinary(b, op);
  case TtUnitReuseA:
    return addReuse(b, op, lhs, rhs);
  case TtUnitReuseB:
    return addReuse(b, op, rhs, lhs);
  default:
    addSfpuBinary(b, op);
    return mlirLogicalResultSuccess();
  }
}

// Registers for an accumulator that starts at `init`; `accumulator` is what
// `init` is called where it is accumulated onto. Untouched registers may serve
// for a fill; those of a value that is used again are copied.
static int addAccumulator(Builder *b, MlirOperation op, MlirValue init,
                          MlirValue accumulator) {
  int id = operandId(b, op, init, false);
  MlirValue block;
  if (ttValueIsFill(init)) {
    arrlast(b->program->registerSteps).accumulates = ttIsOnlyAccumulated(
        accumulator, ttFillGetValue(mlirOpResultGetOwner(init)));
  } else if (!ttSectionValueInCB(init, b->section, &block) &&
             !ttOwnsRegisters(op, init)) {
    id = addMove(b, op, id, init);
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
  TtDataFormat left = ttValueFormat(lhs);
  TtDataFormat right = ttValueFormat(rhs);
  if (!ttExponentsMeet(left, right))
    return ttEmitOpError(op,
                         "multiplies %s by %s, which the matrix engine does "
                         "not; convert one of them in front of the loop",
                         ttDataFormatToString(left),
                         ttDataFormatToString(right));
  MlirValue acc = ttMmaGetAcc(op);
  addUpdate(b, TtStepMma, op, addAccumulator(b, op, acc, acc));
  return mlirLogicalResultSuccess();
}

// Onto its accumulator, or onto untouched registers.
static MlirLogicalResult addReduce(Builder *b, MlirOperation op) {
  MlirValue acc = ttReduceGetAcc(op);
  if (mlirLogicalResultIsFailure(
          requireBuffer(b, op, ttReduceGetOperand(op), "matrix engine")) ||
      mlirLogicalResultIsFailure(
          requireBuffer(b, op, ttReduceGetScaler(op), "matrix engine")))
    return mlirLogicalResultFailure();
  if (mlirValueIsNull(acc))
    addDefinition(b, TtStepReduce, op, 0, NULL)->accumulates = true;
  else
    addUpdate(b, TtStepReduce, op, addAccumulator(b, op, acc, acc));
  return mlirLogicalResultSuccess();
}

// A tile register from a circular buffer, whatever was in it.
static MlirLogicalResult addFromBuffer(Builder *b, MlirOperation op,
                                       TtSectionStepKind kind) {
  if (mlirLogicalResultIsFailure(
          requireBuffer(b, op, mlirOperationGetOperand(op, 0), "unpacker")))
    return mlirLogicalResultFailure();
  addDefinition(b, kind, op, 0, NULL);
  return mlirLogicalResultSuccess();
}

static void addSelect(Builder *b, MlirOperation op) {
  int ids[3];
  for (int i = 0; i < 3; ++i)
    ids[i] = operandId(b, op, mlirOperationGetOperand(op, i), false);
  addDefinition(b, TtStepSelect, op, 3, ids)->overwrites = 7U;
}

//===- the walk -----------------------------------------------------------===//

static MlirLogicalResult addBlock(Builder *b, MlirBlock block);

static MlirLogicalResult addLoop(Builder *b, MlirOperation loop) {
  MlirBlock body = ttLoopBody(loop);
  for (intptr_t i = 0; i < ttScfForGetNumInitArgs(loop); ++i) {
    MlirValue argument = mlirBlockGetArgument(body, i + 1);
    int id = addAccumulator(b, loop, ttScfForGetInitArgs(loop, i), argument);
    ttSectionProgramBind(b->program, argument, id);
    ttSectionProgramBind(b->program, ttScfForGetResults(loop, i), id);
  }
  ttSectionProgramAddStep(b->program, TtStepLoopBegin, loop, 0, NULL,
                          TtNoRegister);
  ptrdiff_t begin = arrlen(b->program->steps) - 1;
  if (mlirLogicalResultIsFailure(addBlock(b, body)))
    return mlirLogicalResultFailure();
  MlirOperation yield = mlirBlockGetTerminator(body);
  for (intptr_t i = 0; i < ttScfForGetNumInitArgs(loop); ++i)
    if (ttSectionProgramValue(b->program, mlirOperationGetOperand(yield, i)) !=
        ttSectionProgramValue(b->program, mlirBlockGetArgument(body, i + 1)))
      return ttEmitOpError(loop, "carries a value in tile registers that is "
                                 "not an accumulator");
  ttSectionProgramAddStep(b->program, TtStepLoopEnd, loop, 0, NULL,
                          TtNoRegister);
  b->program->registerSteps[begin].loopEnd =
      (int)arrlen(b->program->registerSteps);
  return mlirLogicalResultSuccess();
}

static bool makesBlocks(MlirOperation op) {
  for (intptr_t i = 0; i < mlirOperationGetNumResults(op); ++i)
    if (ttTypeIsABlock(mlirValueGetType(mlirOperationGetResult(op, i))))
      return true;
  return false;
}

static MlirLogicalResult addOp(Builder *b, MlirOperation op) {
  if (ttScfForIsa(op))
    return addLoop(b, op);
  if (ttMmaIsa(op))
    return addMma(b, op);
  if (ttReduceIsa(op))
    return addReduce(b, op);
  if (ttBcastIsa(op))
    return addFromBuffer(b, op, TtStepBcast);
  if (ttTransposeIsa(op))
    return addFromBuffer(b, op, TtStepTranspose);
  if (ttBinaryIsa(op))
    return addBinary(b, op);
  if (ttSelectIsa(op))
    addSelect(b, op);
  else if (ttUnaryIsa(op))
    addInPlace(b, op, TtStepUnary, ttUnaryGetOperand(op));
  else if (ttTypecastIsa(op) && ttTypecastHasUnit(op) &&
           ttTypecastGetUnit(op) == TtUnitSFPU)
    addInPlace(b, op, TtStepCast, ttTypecastGetOperand(op));
  else if (ttIsFreeCast(op)) {
    MlirValue block;
    if (!ttSectionValueInCB(ttTypecastGetResult(op), b->section, &block))
      ttSectionProgramBind(b->program, ttTypecastGetResult(op),
                           operandId(b, op, ttTypecastGetOperand(op), false));
  } else if (makesBlocks(op) && !ttSubBlockIsa(op) && !ttReadBlockIsa(op) &&
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
