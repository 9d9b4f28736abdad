//===- verify_races.h - pages of DRAM that several touch ------------------===//

#ifndef TT_PASSES_VERIFY_RACES_H
#define TT_PASSES_VERIFY_RACES_H

#include "verify_program.h"

/// Page moves that are gone through one by one.
enum { VerifyMaxMoves = 1 << 24 };

/// Cores run in no order and reader and writer of a core at once, so a page
/// that is written belongs to one item, and whoever reads it is that item,
/// before the write. Page numbers are known to be within their buffers.
MlirLogicalResult verifyRaces(const VerifyProgram *program);

#endif // TT_PASSES_VERIFY_RACES_H
