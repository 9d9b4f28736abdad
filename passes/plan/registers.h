//===- registers.h - tile registers by linear scan ------------------------===//
//
// The tile registers of one section. A section runs its steps in order, each
// over all tiles of the sub-block; a value occupies as many consecutive
// registers as it has tiles from the step that defines it to the last that uses
// it.
//
// Registers are undefined after acquire, which the accumulating FPU calls read
// as zero: a step that accumulates without an initial value takes registers
// that no step has written yet, and where none are left says so (`mustFill`),
// so that the emitter clears them first.
//
//===----------------------------------------------------------------------===//

#ifndef TT_PLAN_REGISTERS_H
#define TT_PLAN_REGISTERS_H

#include <stdbool.h>

enum { TtNoRegister = -1, TtNoStep = -1, TtMaxStepOperands = 3 };

typedef struct {
  int tiles; // registers the value takes
  int reg;   // out: its first register
} TtRegisterValue;

typedef struct {
  int numOperands;
  int operands[TtMaxStepOperands]; // values read, all in registers
  int result;                      // value defined, TtNoRegister if none
  // Bit i: the result may be written over operand i if that is its last use.
  unsigned overwrites;
  bool accumulates; // reads its result registers as zero
  int loopEnd;      // for the first step of a loop: index after its last step;
                    // otherwise 0
  bool mustFill;    // out: the result registers hold something else
} TtRegisterStep;

typedef struct {
  int numValues;
  TtRegisterValue *values;
  int numSteps;
  TtRegisterStep *steps;
  // Values that are packed at the end; alive until then.
  int numYielded;
  const int *yielded;
} TtRegisterPlan;

/// Assigns registers and sets `mustFill`. Returns the number of registers used,
/// or -1 if more than `capacity` would be needed. A value used in a loop and
/// defined before it lives to the loop's end. A value may have several defining
/// steps (an accumulator).
int ttPlanRegisters(TtRegisterPlan *plan, int capacity);

#endif // TT_PLAN_REGISTERS_H
