//===- section_steps.h - tile ops become register steps -------------------===//
//
// A value defined by a tile op lives in registers; one that enters the section
// lives in a circular buffer (section_values.h), and where a unit wants it in
// registers a copy step precedes.
//
//===----------------------------------------------------------------------===//

#ifndef TT_PASSES_SECTION_STEPS_H
#define TT_PASSES_SECTION_STEPS_H

#include "mlir-c/Support.h"
#include "section_program.h"

/// The steps of `section`, for sub-blocks of `sub`. An op that cannot run in a
/// section is an error at its location. The caller destroys the program, also
/// after an error.
MlirLogicalResult ttSectionProgramBuild(MlirOperation section, TtSubBlock sub,
                                        TtSectionProgram *program);

#endif // TT_PASSES_SECTION_STEPS_H
