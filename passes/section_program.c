//===- section_program.c - a section as register steps --------------------===//

#include "section_program.h"
#include "block_type.h"
#include "stb_ds.h"
#include <string.h>

// Tiles of a value per sub-block: its extents shrink where they are the
// block's.
static int tilesOf(const TtSectionProgram *program, MlirValue value) {
  TtBlock block = ttBlockGet(mlirValueGetType(value));
  const TtSubBlock *sub = &program->sub;
  int64_t rows = block.rows == sub->rows ? sub->subRows : block.rows;
  int64_t cols = block.cols == sub->cols ? sub->subCols : block.cols;
  return (int)(rows * cols);
}

int ttSectionProgramNewValue(TtSectionProgram *program, MlirValue value) {
  TtRegisterValue registers = {tilesOf(program, value), TtNoRegister};
  arrput(program->registers, registers);
  return (int)arrlen(program->registers) - 1;
}

void ttSectionProgramBind(TtSectionProgram *program, MlirValue value, int id) {
  TtSectionValue entry = {(void *)(uintptr_t)value.ptr, id};
  arrput(program->ids, entry);
}

int ttSectionProgramValue(const TtSectionProgram *program, MlirValue value) {
  for (ptrdiff_t i = 0; i < arrlen(program->ids); ++i)
    if (program->ids[i].value == value.ptr)
      return program->ids[i].id;
  return TtNoRegister;
}

TtRegisterStep *ttSectionProgramAddStep(TtSectionProgram *program,
                                        TtSectionStepKind kind,
                                        MlirOperation op, int numOperands,
                                        const int *operands, int result) {
  TtSectionStep step = {.kind = kind, .op = op};
  TtRegisterStep registers = {numOperands, {0}, result, 0, false, 0, false};
  for (int i = 0; i < numOperands; ++i)
    registers.operands[i] = operands[i];
  arrput(program->steps, step);
  arrput(program->registerSteps, registers);
  return &arrlast(program->registerSteps);
}

void ttSectionProgramDestroy(TtSectionProgram *program) {
  arrfree(program->steps);
  arrfree(program->registerSteps);
  arrfree(program->registers);
  arrfree(program->ids);
  arrfree(program->yielded);
}

//===- what registers hold already ----------------------------------------===//

// A tile that a fill or a copy has left in a register.
typedef struct {
  MlirValue source; // null if another step wrote the register
  int tile;
} Held;

// Whether the step writes a source as it is, and all of its tiles.
static bool isPlain(const TtSectionStep *step,
                    const TtRegisterStep *registers) {
  if (step->kind == TtStepFill)
    return registers->mustFill || !registers->accumulates;
  return step->kind == TtStepCopy && !step->perTile;
}

// Whether the registers from `held` on hold all tiles of the step's source.
static bool holdsSource(const TtSectionStep *step, const Held *held,
                        int tiles) {
  for (int t = 0; t < tiles; ++t)
    if (mlirValueIsNull(held[t].source) ||
        !mlirValueEqual(held[t].source, step->source) ||
        (step->kind == TtStepCopy && held[t].tile != t))
      return false;
  return true;
}

// Of the code between two ends of loops: what is in front of a loop is not
// there in its second iteration.
static void findHeld(TtSectionProgram *program, int numRegisters) {
  Held *held = NULL;
  arrsetlen(held, numRegisters);
  memset(held, 0, (size_t)numRegisters * sizeof *held);
  for (ptrdiff_t i = 0; i < arrlen(program->steps); ++i) {
    TtSectionStep *step = &program->steps[i];
    const TtRegisterStep *registers = &program->registerSteps[i];
    if (registers->result == TtNoRegister) { // begin or end of a loop
      memset(held, 0, (size_t)numRegisters * sizeof *held);
      continue;
    }
    const TtRegisterValue *value = &program->registers[registers->result];
    bool plain = isPlain(step, registers);
    step->isHeld = plain && holdsSource(step, held + value->reg, value->tiles);
    for (int t = 0; t < value->tiles; ++t)
      held[value->reg + t] =
          plain ? (Held){step->source, t} : (Held){{NULL}, 0};
  }
  arrfree(held);
}

int ttSectionProgramPlan(TtSectionProgram *program, int capacity) {
  TtRegisterPlan plan = {
      (int)arrlen(program->registers),     program->registers,
      (int)arrlen(program->registerSteps), program->registerSteps,
      (int)arrlen(program->yielded),       program->yielded};
  int used = ttPlanRegisters(&plan, capacity);
  if (used > 0)
    findHeld(program, used);
  return used;
}

int ttSectionProgramRegister(const TtSectionProgram *program, MlirValue value) {
  int id = ttSectionProgramValue(program, value);
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
