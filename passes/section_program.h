//===- section_program.h - a section as register steps --------------------===//
//
// The tile ops of a section, in order, as the steps that the tile registers
// see; section_steps.h builds it. tt-build-tile-dfg asks it whether a sub-block
// fits; tt-insert-dst-management emits its steps. Both get the same answer
// because there is only one.
//
// Register values have numbers, ids. IR values that share registers share an
// id: an accumulator is initial value, loop argument, every partial result and
// the loop's result.
//
//===----------------------------------------------------------------------===//

#ifndef TT_PASSES_SECTION_PROGRAM_H
#define TT_PASSES_SECTION_PROGRAM_H

#include "mlir-c/IR.h"
#include "plan/registers.h"
#include "tt-c/gen/TtAttrs.h"
#include <stdbool.h>
#include <stdint.h>

typedef enum {
  TtStepLoopBegin, // op is the loop; steps up to its TtStepLoopEnd are its body
  TtStepLoopEnd,
  TtStepFill,   // `source`, a tt.fill, to registers for `op`
  TtStepCopy,   // `source`, in a circular buffer, to registers for `op`
  TtStepMove,   // registers to registers, for an op that writes over an operand
                // that lives on
  TtStepUnary,  // SFPU, in place
  TtStepCast,   // SFPU, in place
  TtStepBinary, // SFPU, register operands
  TtStepFpu,    // FPU, both operands in circular buffers
  TtStepReuse,  // FPU, one operand in registers, in place
  TtStepMma,    // FPU, onto the accumulator
  TtStepReduce, // FPU, onto an accumulator
  TtStepBcast,  // FPU, from a circular buffer
  TtStepTranspose,
  TtStepSelect // SFPU, three register operands
} TtSectionStepKind;

typedef struct {
  TtSectionStepKind kind;
  MlirOperation op;
  MlirValue source; // copies: the block; fills: the fill; otherwise null
  // Copies of more than one tile: one register serves all in turn; emitted in
  // one loop with the step that follows.
  bool perTile;
  // Out, of a fill or a copy: an earlier one has left the same there.
  bool isHeld;
} TtSectionStep;

typedef struct {
  void *value; // MlirValue's pointer
  int id;
} TtSectionValue;

typedef struct {
  int64_t rows, cols; // tiles of the section's results
  int64_t subRows, subCols;
} TtSubBlock;

typedef struct {
  TtSectionStep *steps;          // stb_ds array, parallel to `registerSteps`
  TtRegisterStep *registerSteps; // stb_ds array
  TtRegisterValue *registers;    // stb_ds array, by value id
  TtSectionValue *ids;           // stb_ds array: IR values in registers
  int *yielded;                  // stb_ds array: value ids, per yielded value
  TtSubBlock sub;
} TtSectionProgram;

/// A new id: a register value of as many tiles as a sub-block has of `value`.
int ttSectionProgramNewValue(TtSectionProgram *program, MlirValue value);

/// Says that an IR value is in the registers of `id`.
void ttSectionProgramBind(TtSectionProgram *program, MlirValue value, int id);

/// The id that an IR value is bound to, or TtNoRegister.
int ttSectionProgramValue(const TtSectionProgram *program, MlirValue value);

/// Appends a step of `op` that reads the values `operands` and defines `result`
/// (ids, all in registers; TtNoRegister for no result). What it returns is
/// valid until the next step is added.
TtRegisterStep *ttSectionProgramAddStep(TtSectionProgram *program,
                                        TtSectionStepKind kind,
                                        MlirOperation op, int numOperands,
                                        const int *operands, int result);

void ttSectionProgramDestroy(TtSectionProgram *program);

/// Assigns registers and sets `isHeld`; the number of registers used, or -1 if
/// `capacity` is too small.
int ttSectionProgramPlan(TtSectionProgram *program, int capacity);

/// First register of a value of the section (after the plan), or TtNoRegister
/// if it lives in a circular buffer.
int ttSectionProgramRegister(const TtSectionProgram *program, MlirValue value);

/// Tile registers of a section: the device's count is of 16-bit tiles in full
/// sync (METALIUM sheet §7.4).
int ttTileRegisterCapacity(TtDeviceAttr device, TtComputeAttr compute);

#endif // TT_PASSES_SECTION_PROGRAM_H
