//===- index_arith.h - index values and counted loops ---------------------===//
//
// What nearly every pass builds: constants, affine expressions of index values,
// loops from 0 in steps of 1.
//
//===----------------------------------------------------------------------===//

#ifndef TT_PASSES_INDEX_ARITH_H
#define TT_PASSES_INDEX_ARITH_H

#include "mlir-c/AffineExpr.h"
#include "tt-c/Builder.h"
#include <stdbool.h>
#include <stdint.h>

/// No index, bound or extent is greater: on the device they have 32 bits.
#define TtIndexMost INT64_C(0x7fffffff)

/// Whether a number is in the range of indices.
static inline bool ttIsIndex(int64_t number) {
  return -TtIndexMost <= number && number <= TtIndexMost;
}

/// `arith.constant` of type index.
MlirValue ttIndexConstant(const TtBuilder *b, MlirLocation loc, int64_t value);

/// The constant that `value` is, if it is one in the range of indices.
bool ttIndexIsConstant(MlirValue value, int64_t *number);

/// `expr` of the operands (d0, d1, …): a constant or an operand where it is
/// one, else an `affine.apply`. Operands that are themselves results of
/// `affine.apply` are composed into the expression.
MlirValue ttIndexApply(const TtBuilder *b, MlirLocation loc,
                       MlirAffineExpr expr, intptr_t numOperands,
                       const MlirValue *operands);

/// value * factor + offset.
MlirValue ttIndexScale(const TtBuilder *b, MlirLocation loc, MlirValue value,
                       int64_t factor, int64_t offset);

/// `scf.for` without results from `lower` to `upper` in steps of 1, with its
/// terminator; `body` becomes a builder in front of that terminator. Returns
/// the induction variable.
MlirValue ttIndexLoop(const TtBuilder *b, MlirLocation loc, MlirValue lower,
                      MlirValue upper, TtBuilder *body);

/// The same from 0 to the constant `trips`.
MlirValue ttIndexCountedLoop(const TtBuilder *b, MlirLocation loc,
                             int64_t trips, TtBuilder *body);

/// Moves the builder into a loop of `trips` and returns its induction variable;
/// one trip needs no loop, the variable is zero.
MlirValue ttIndexEnterLoop(TtBuilder *b, MlirLocation loc, int64_t trips);

#endif // TT_PASSES_INDEX_ARITH_H
