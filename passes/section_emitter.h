//===- section_emitter.h - device ops for section steps -------------------===//
//
// A step of a section's program becomes the device ops that do it for each tile
// of the sub-block: tiles come from the fronts of circular buffers
// (front_tiles.h) or are in registers (tile_loop.h).
//
//===----------------------------------------------------------------------===//

#ifndef TT_PASSES_SECTION_EMITTER_H
#define TT_PASSES_SECTION_EMITTER_H

#include "section_program.h"
#include "tt-c/Builder.h"
#include "tt-c/IR.h"

typedef struct {
  MlirOperation section;
  TtSectionProgram program;
  ptrdiff_t cursor; // next step
  TtBuilder b;
  TtMapping *mapping; // values of the section's body to emitted ones
} TtSectionEmitter;

/// Name of the circular buffer that output `i` of a section is packed to.
MlirStringRef ttSectionOutputName(MlirOperation section, intptr_t i);

/// Emits the steps that stand for `op`, up to a loop's begin or end.
void ttEmitStepsOf(TtSectionEmitter *e, MlirOperation op);

#endif // TT_PASSES_SECTION_EMITTER_H
