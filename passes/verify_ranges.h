//===- verify_ranges.h - ranges of index values ---------------------------===//
//
// Intervals of index values over all items of the grid and all trips of the
// loops around.
//
//===----------------------------------------------------------------------===//

#ifndef TT_PASSES_VERIFY_RANGES_H
#define TT_PASSES_VERIFY_RANGES_H

#include "verify_interval.h"
#include "verify_program.h"

typedef struct {
  const void *index; // identity of the loop's index
  VerifyInterval range;
  bool items; // the loop over the items of a core
} VerifyLoopRange;

typedef struct {
  const VerifyProgram *program;
  VerifyLoopRange *loops; // stb_ds array, innermost last
} VerifyRanges;

VerifyInterval verifyRangeOf(const VerifyRanges *ranges, MlirValue value);

/// Called for each page transfer of a kernel, with the loops around it.
typedef void (*VerifyTransferVisitor)(const VerifyRanges *ranges,
                                      MlirOperation op, void *data);
void verifyEachTransfer(const VerifyProgram *program, TtRole role,
                        VerifyTransferVisitor visit, void *data);

/// Whether no two items have the same value of `page`: the item can be read
/// off it, digit by digit. False if that is not seen.
bool verifyTellsItemsApart(const VerifyRanges *ranges, MlirValue page);

#endif // TT_PASSES_VERIFY_RANGES_H
