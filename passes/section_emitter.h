//===- section_emitter.h - device ops for the steps of a section
//-----------===//

#ifndef TT_PASSES_SECTION_EMITTER_H
#define TT_PASSES_SECTION_EMITTER_H

#include "index_arith.h"
#include "section_program.h"
#include "tt-c/IR.h"

typedef struct {
  MlirOperation section;
  TtSectionProgram program;
  ptrdiff_t cursor; // next step
  TtBuilder b;
  TtMapping *mapping; // values of the section's body to emitted ones
} TtSectionEmitter;

/// A loop over the tiles of a sub-block. `row` and `col` count within it; with
/// `flat`, `row` is zero and `col` the number of the tile.
typedef struct {
  TtBuilder b;
  MlirLocation loc;
  MlirValue row, col;
  int64_t cols;
} TtTileLoop;

TtTileLoop ttTileLoopBegin(TtSectionEmitter *e, MlirLocation loc, int64_t rows,
                           int64_t cols);

/// Register `base` + number of the loop's tile.
MlirValue ttTileRegister(const TtTileLoop *loop, int base);

/// Name of the circular buffer that output `i` of a section is packed to.
MlirStringRef ttSectionOutputName(MlirOperation section, intptr_t i);

/// Emits the steps that stand for `op`, up to a loop's begin or end.
void ttEmitStepsOf(TtSectionEmitter *e, MlirOperation op);

#endif // TT_PASSES_SECTION_EMITTER_H
