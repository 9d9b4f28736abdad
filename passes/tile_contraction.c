//===- tile_contraction.c - contractions as tt.mma ------------------------===//
//
// One idea: result += product, where one factor has the result's row loop, the
// other its column loop, and both the one loop that is summed. What else the
// body does to a factor is an element-wise prologue on that factor's block.
//
//===----------------------------------------------------------------------===//

#include "tile_lowering.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/gen/ArithOps.h"
#include "tt-c/gen/MathOps.h"
#include "tt-c/gen/TtOps.h"

static const MlirValue None = {NULL};

bool ttStructuredSplit(const TtStructured *s, intptr_t i,
                       MlirOperation *combine, MlirValue *term) {
  *combine = ttScalarOp(ttStructuredYield(s, i));
  if (mlirOperationIsNull(*combine) ||
      mlirOperationGetNumOperands(*combine) != 2)
    return false;
  MlirValue lhs = mlirOperationGetOperand(*combine, 0);
  MlirValue rhs = mlirOperationGetOperand(*combine, 1);
  intptr_t init = s->numInputs + i;
  *term = ttStructuredOperandOf(s, lhs) == init ? rhs : lhs;
  return ttStructuredOperandOf(s, lhs) == init ||
         ttStructuredOperandOf(s, rhs) == init;
}

MlirValue ttScalarUnextended(MlirValue scalar) {
  MlirOperation op = ttScalarOp(scalar);
  while (!mlirOperationIsNull(op) && ttArithExtFIsa(op)) {
    scalar = ttArithExtFGetIn(op);
    op = ttScalarOp(scalar);
  }
  return scalar;
}

/// The factors of the product that is added to init i.
static bool factorsOf(const TtStructured *s, intptr_t i, MlirValue *a,
                      MlirValue *b) {
  MlirOperation combine;
  MlirValue term;
  MlirOperation op = ttScalarOp(ttStructuredYield(s, i));
  if (!mlirOperationIsNull(op) && ttMathFmaIsa(op) &&
      ttStructuredOperandOf(s, ttMathFmaGetC(op)) == s->numInputs + i) {
    *a = ttMathFmaGetA(op);
    *b = ttMathFmaGetB(op);
    return true;
  }
  if (!ttStructuredSplit(s, i, &combine, &term) || !ttArithAddFIsa(combine))
    return false;
  op = ttScalarOp(ttScalarUnextended(term));
  if (mlirOperationIsNull(op) || !ttArithMulFIsa(op))
    return false;
  *a = ttArithMulFGetLhs(op);
  *b = ttArithMulFGetRhs(op);
  return true;
}

static int onlyLoop(unsigned loops) {
  int loop = -1;
  for (int i = 0; i < TtMaxLoops; ++i)
    if (loops & (1u << i)) {
      if (loop >= 0)
        return -1;
      loop = i;
    }
  return loop;
}

TtSpace ttExpressionStoredSpace(const TtTiling *tiling, const TtStructured *s,
                                MlirValue scalar, TtSpace space) {
  TtSpace turned = {space.col, space.row, false};
  intptr_t operand = ttStructuredOperandOf(s, scalar);
  if (operand >= 0) {
    TtSpace stored = ttStructuredSpace(tiling, s, operand);
    return stored.row == turned.row && stored.col == turned.col ? turned
                                                                : space;
  }
  MlirOperation op = ttScalarOp(scalar);
  unsigned loops = ttStructuredLoopsOf(s, scalar);
  if (mlirOperationIsNull(op) || loops == 0)
    return space;
  for (intptr_t i = 0; i < mlirOperationGetNumOperands(op); ++i) {
    MlirValue operandValue = mlirOperationGetOperand(op, i);
    if (ttStructuredLoopsOf(s, operandValue) == loops)
      return ttExpressionStoredSpace(tiling, s, operandValue, space);
  }
  return space;
}

/// The block of a factor in a space, with zeros where loop k does not run. What
/// its body does to it is done the way its operand is stored, and the result
/// transposed.
static MlirValue factor(TtTiling *tiling, const TtStructured *s,
                        MlirValue scalar, TtSpace space, int k) {
  scalar = ttScalarUnextended(scalar);
  TtSpace stored = ttExpressionStoredSpace(tiling, s, scalar, space);
  TtExpression e = ttExpressionBegin(tiling, s, stored);
  MlirValue block = ttExpressionBlock(&e, scalar);
  if (!mlirValueIsNull(block) && !ttExpressionPadsWithZero(s, scalar, 1u << k))
    block = ttExpressionMasked(&e, block, 1u << k, 0);
  ttExpressionEnd(&e);
  if (mlirValueIsNull(block))
    return block;
  return ttTilingMoveBlock(tiling, &e.builder, s->op, s, block, stored, space);
}

MlirValue ttTilingContract(TtTiling *tiling, const TtStructured *s, intptr_t i,
                           bool *isContraction) {
  MlirValue a, b;
  *isContraction = false;
  if (!factorsOf(s, i, &a, &b))
    return None;
  TtSpace out = ttStructuredSpace(tiling, s, s->numInputs + i);
  unsigned loopsA = ttStructuredLoopsOf(s, a),
           loopsB = ttStructuredLoopsOf(s, b);
  unsigned outer = ttSpaceLoops(out);
  int k = onlyLoop((loopsA | loopsB) & ~outer);
  if (k < 0 || !outer || out.packed)
    return None;
  TtSpace left = {out.row, k, false}, right = {k, out.col, false};
  if (loopsA == ttSpaceLoops(right) && loopsB == ttSpaceLoops(left)) {
    MlirValue swapped = a;
    a = b;
    b = swapped;
  } else if (loopsA != ttSpaceLoops(left) || loopsB != ttSpaceLoops(right)) {
    return None;
  }
  *isContraction = true;
  MlirValue lhs = factor(tiling, s, a, left, k);
  MlirValue rhs = mlirValueIsNull(lhs) ? lhs : factor(tiling, s, b, right, k);
  if (mlirValueIsNull(rhs))
    return None;
  MlirValue acc =
      ttTilingBlock(tiling, mlirOperationGetOperand(s->op, s->numInputs + i));
  TtBuilder builder = ttBuilderBefore(s->op);
  MlirOperation mma =
      ttMmaCreate(&builder, mlirOperationGetLocation(s->op), lhs, rhs, acc);
  ++tiling->numTileOps;
  return ttMmaGetResult(mma);
}
