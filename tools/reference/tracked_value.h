// The tracked form of a float.
//
// A tracked value is vector<4xf64> (value, leaf error, magnitude, additions):
// the first is the value; the other three say how far a device that rounds may
// be away from it. A sum of terms carries the errors of its terms, the sum of
// their absolute values and the number of additions, so that its own rounding,
// additions · u · Σ|terms|, holds for every order of summation. What is no sum
// is a leaf: its error comes from a rule of rules.c, its magnitude is |value|,
// its additions are none (or a fraction below one if it is no integer: sums of
// few integers are exact).

#ifndef TT_REFERENCE_TRACKED_VALUE_H
#define TT_REFERENCE_TRACKED_VALUE_H

#include "ir.h"

enum { VALUE, LEAF_ERROR, MAGNITUDE, ADDITIONS, COMPONENTS };

MlirType f64Type(Cursor *at);
MlirType trackedType(MlirContext context);

// Between a tracked value and its components, each an f64.
void splitTracked(Cursor *at, MlirValue tracked,
                  MlirValue components[COMPONENTS]);
MlirValue joinTracked(Cursor *at, MlirValue components[COMPONENTS]);

MlirValue emitF64(Cursor *at, double value);
MlirValue emitSum(Cursor *at, MlirValue a, MlirValue b); // of two f64
// A format as rules take it.
MlirValue emitFormat(Cursor *at, Format format);
// The result of `tt_rule_<rule>`, an f64.
MlirValue emitRule(Cursor *at, const char *rule, intptr_t numOperands,
                   MlirValue *operands);
// The error of a value of the given format: of its leaves, and of its additions
// if it is a sum.
MlirValue emitTotalError(Cursor *at, MlirValue components[COMPONENTS],
                         Format format);

// An f64 as a leaf, tracked: exact, or with the given error.
MlirValue emitLeaf(Cursor *at, MlirValue value);
MlirValue emitLeafWithError(Cursor *at, MlirValue value, MlirValue error);

#endif
