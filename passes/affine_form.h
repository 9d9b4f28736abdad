//===- affine_form.h - an index value as a sum of terms -------------------===//
//
// What a pass knows about an index value without knowing the value: constant +
// coefficient * term + …, found through affine.apply and arith. A term is a
// value (a loop's induction variable, a block index) or a part of an
// affine.apply that is not linear, such as `d0 floordiv 3`. An index that would
// need a greater number than TtIndexMost is a term as a whole: a product of
// two numbers of a form never overflows.
//
//===----------------------------------------------------------------------===//

#ifndef TT_PASSES_AFFINE_FORM_H
#define TT_PASSES_AFFINE_FORM_H

#include "index_arith.h"
#include "mlir-c/AffineExpr.h"
#include "tt-c/Builder.h"
#include <stdbool.h>
#include <stdint.h>

typedef struct {
  int64_t coefficient;
  MlirValue value;     // null for a part of an affine.apply
  MlirOperation apply; // the affine.apply (or .min) …
  MlirAffineExpr part; // … and the part, over its operands
} TtAffineTerm;

typedef struct {
  int64_t constant;
  intptr_t numTerms; // no two of the same value; no coefficient is 0
  TtAffineTerm *terms;
} TtAffineForm;

/// The form of an index value; free it with ttAffineFormDestroy.
TtAffineForm ttAffineFormGet(MlirValue index);
void ttAffineFormDestroy(TtAffineForm *form);

/// The form of one of the numbers that an affine.min is the smallest of, to be
/// freed; false if a number of it is greater than TtIndexMost.
bool ttAffineFormOfMin(MlirOperation min, intptr_t result, TtAffineForm *form);

/// Adds an index value, or a number, to a form; false if a number of the sum is
/// greater than TtIndexMost.
bool ttAffineFormAdd(TtAffineForm *form, MlirValue index);
bool ttAffineFormAddConstant(TtAffineForm *form, int64_t number);

/// Whether two forms are the same sum; then they are equal numbers wherever
/// both can be computed.
bool ttAffineFormEqual(const TtAffineForm *a, const TtAffineForm *b);

/// Whether every value that the form can take is a multiple of `divisor` as far
/// as coefficients tell. If not, `culprit` is the first term in the way, or -1
/// for the constant.
bool ttAffineFormIsMultipleOf(const TtAffineForm *form, int64_t divisor,
                              intptr_t *culprit);

/// Divides a form that is a multiple of `divisor`.
void ttAffineFormDivide(TtAffineForm *form, int64_t divisor);

/// The form as an index value: a constant, a value it consists of, or an
/// affine.apply.
MlirValue ttAffineFormBuild(const TtBuilder *b, MlirLocation loc,
                            const TtAffineForm *form);

/// The earliest place where the form can be built: right after the last of its
/// terms. All of them must be visible at `use`, which is the place for a
/// constant. What is built there is as invariant in loops as it can be.
TtBuilder ttAffineFormEarliest(const TtAffineForm *form, MlirOperation use);

/// The block of ops in which the value of a term is defined.
MlirBlock ttAffineTermBlock(const TtAffineTerm *term);

/// Where the value of a term comes from, for diagnostics.
MlirLocation ttAffineTermLocation(const TtAffineTerm *term);

#endif // TT_PASSES_AFFINE_FORM_H
