// Choices that rounding could turn.
//
// A comparison of floats is a bit, which has no room for an error. Beside it is
// remembered another bit that says whether rounding could turn it. The bits
// that logic makes of comparisons have one too. What chooses by an unsure bit,
// or converts it to a float, carries the difference as an error.

#ifndef TT_REFERENCE_TRACK_CHOICE_H
#define TT_REFERENCE_TRACK_CHOICE_H

#include "ir.h"

// Replace `op`; `from` is the format of its operands, `to` that of its result.
void trackComparison(MlirOperation op, Format from);
void trackSelect(MlirOperation op, Format to);
void trackFromInteger(MlirOperation op, Format to);

// For every operation without floats, or that only moves them: it stays; if it
// is logic on comparisons, whether it is sure is computed beside it. Returns
// false after a diagnostic where anything else uses a comparison.
bool trackLogic(MlirOperation op);

#endif
