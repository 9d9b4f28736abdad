//===- tile_reduction.c - reductions as tt.reduce -------------------------===//
//
// One idea: the reduced block has the result's loops and the reduced ones;
// along which of its sides the latter run says which way to reduce. The block
// lies the way its operand is stored, and the result is turned afterwards.
//
//===----------------------------------------------------------------------===//

#include "block_type.h"
#include "tile_lowering.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/gen/ArithOps.h"
#include "tt-c/gen/TtOps.h"
#include <math.h>

static const MlirValue None = {NULL};

typedef struct {
  TtReduceKind kind;
  bool negated; // the minimum is the negated maximum of negated elements
} Kind;

static bool kindOf(MlirOperation combine, Kind *kind) {
  if (ttArithAddFIsa(combine))
    *kind = (Kind){TtReduceKindSum, false};
  else if (ttArithMaximumFIsa(combine) || ttArithMaxNumFIsa(combine))
    *kind = (Kind){TtReduceKindMax, false};
  else if (ttArithMinimumFIsa(combine) || ttArithMinNumFIsa(combine))
    *kind = (Kind){TtReduceKindMax, true};
  else
    return false;
  return true;
}

/// The space of the reduced block: `loops` are the result's, `reduced` the
/// rest.
static bool reducedSpace(const TtTiling *tiling, const TtStructured *s,
                         MlirValue term, unsigned loops, unsigned reduced,
                         TtSpace *space) {
  int found[2] = {-1, -1}, count = 0;
  for (int i = 0; i < TtMaxLoops; ++i)
    if ((loops | reduced) & (1u << i)) {
      if (count == 2)
        return false;
      found[count++] = i;
    }
  TtSpace assumed = count == 2 ? (TtSpace){found[0], found[1], false}
                               : (TtSpace){-1, found[0], false};
  *space = ttExpressionStoredSpace(tiling, s, term, assumed);
  return true;
}

static bool isIdentity(MlirValue init, Kind kind) {
  if (!mlirValueIsAOpResult(init))
    return false;
  MlirOperation op = mlirOpResultGetOwner(init);
  if (!ttFillIsa(op))
    return false;
  double value = ttFillGetValue(op);
  if (kind.kind == TtReduceKindSum)
    return value == 0;
  return kind.negated ? value == INFINITY : value == -INFINITY;
}

static MlirValue refuse(const TtStructured *s, const char *what,
                        const char *hint) {
  TtDiagnostic *d = ttDiagnosticOpError(s->op, "%s", what);
  ttDiagnosticHint(d, "%s", hint);
  ttDiagnosticReport(d);
  return None;
}

static MlirValue reduce(TtTiling *tiling, const TtStructured *s, Kind kind,
                        TtSpace space, unsigned reduced, MlirValue block,
                        intptr_t operand, TtSpace out) {
  bool rows = space.row >= 0 && reduced & (1u << space.row);
  bool cols = space.col >= 0 && reduced & (1u << space.col);
  TtReduceDim dim = rows && cols ? TtReduceDimScalar
                    : cols       ? TtReduceDimRow
                                 : TtReduceDimCol;
  TtSpace left = {rows ? -1 : space.row, cols ? -1 : space.col, false};
  MlirLocation loc = mlirOperationGetLocation(s->op);
  TtExpression e = ttExpressionBegin(tiling, s, left);
  MlirValue init =
      ttTilingBlock(tiling, mlirOperationGetOperand(s->op, operand));
  MlirValue acc = None;
  if (!isIdentity(init, kind))
    acc = ttTilingMoveBlock(tiling, &e.builder, s->op, s, init, out, left);
  TtDataFormat format = ttValueFormat(init);
  MlirOperation op =
      ttReduceCreate(&e.builder, loc, ttExpressionType(&e, format), kind.kind,
                     dim, block, kind.negated ? None : acc, None);
  ++tiling->numTileOps;
  MlirValue result = ttReduceGetResult(op);
  if (kind.negated) {
    result = ttExpressionUnary(&e, loc, TtUnaryFunctionNeg, result, 0, NULL);
    if (!mlirValueIsNull(acc))
      result = ttExpressionBinary(&e, loc, TtBinaryFunctionMin, acc, result);
  }
  ttExpressionEnd(&e);
  return ttTilingMoveBlock(tiling, &e.builder, s->op, s, result, left, out);
}

MlirValue ttTilingReduce(TtTiling *tiling, const TtStructured *s, intptr_t i) {
  MlirOperation combine;
  MlirValue term;
  Kind kind;
  TtSpace space;
  if (!ttStructuredSplit(s, i, &combine, &term) || !kindOf(combine, &kind))
    return refuse(s, "reduces in a way that the hardware has not",
                  "a reduction adds its elements, or takes the maximum or the "
                  "minimum: the body must yield one of these of the "
                  "destination's element and a value that does not use it");
  TtSpace out = ttStructuredSpace(tiling, s, s->numInputs + i);
  term = ttScalarUnextended(term);
  unsigned loops = ttSpaceLoops(out), used = ttStructuredLoopsOf(s, term);
  if ((used & ~loops) == 0 || (used & loops) != loops || out.packed ||
      !reducedSpace(tiling, s, term, loops, used & ~loops, &space))
    return refuse(s, "reduces over loops that do not lie in one matrix",
                  "reduce the rows, the columns or all of a matrix; several "
                  "reductions in a row do more");
  TtExpression e = ttExpressionBegin(tiling, s, space);
  MlirValue block = ttExpressionBlock(&e, term);
  if (kind.negated)
    block = ttExpressionUnary(&e, mlirOperationGetLocation(s->op),
                              TtUnaryFunctionNeg, block, 0, NULL);
  bool zero = kind.kind == TtReduceKindSum &&
              ttExpressionPadsWithZero(s, term, used & ~loops);
  if (!mlirValueIsNull(block) && !zero)
    block = ttExpressionMasked(&e, block, used & ~loops,
                               kind.kind == TtReduceKindSum ? 0 : -INFINITY);
  ttExpressionEnd(&e);
  if (mlirValueIsNull(block))
    return block;
  return reduce(tiling, s, kind, space, used & ~loops, block, s->numInputs + i,
                out);
}
