//===- section_program.c - a section as register steps --------------------===//

#include "section_program.h"
#include "block_type.h"
#include "stb_ds.h"

// Tiles of a value per sub-block: its extents shrink where they are the
// block's.
static int tilesOf(const TtSectionProgram *program, MlirValue value) {
  TtBlock block = ttBlockGet(mlirValueGetType(value));
  const TtSubBlock *sub = &program->sub;
  int64_t rows = block.rows == sub->rows ? sub->subRows : block.rows;
  int64_t cols = block.cols == sub->cols ? sub->subCols : block.cols;
  return (int)(rows * cols);
}

int ttSectionProgramNewRegisters(TtSectionProgram *program, int tiles) {
  TtRegisterValue value = {tiles, TtNoRegister};
  arrput(program->registers, value);
  return (int)arrlen(program->registers) - 1;
}

int ttSectionProgramNewValue(TtSectionProgram *program, MlirValue value) {
  return ttSectionProgramNewRegisters(program, tilesOf(program, value));
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
  TtSectionStep step = {kind, op, {NULL}, false};
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

int ttSectionProgramPlan(TtSectionProgram *program, int capacity) {
  TtRegisterPlan plan = {
      (int)arrlen(program->registers),     program->registers,
      (int)arrlen(program->registerSteps), program->registerSteps,
      (int)arrlen(program->yielded),       program->yielded};
  return ttPlanRegisters(&plan, capacity);
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
