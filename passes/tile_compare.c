//===- tile_compare.c - comparisons, selections, truth values -------------===//
//
// One idea: a truth value is 1.0 or 0.0, so that comparisons are functions of
// the op table, `and` is a product and `or` a maximum. That of a comparison of
// integers is the integer 1 or 0, and `and` and `or` work on its bits. Other
// arithmetic of 1-bit integers is one of `and`, `or` and `xor`.
//
//===----------------------------------------------------------------------===//

#include "block_type.h"
#include "mlir-c/BuiltinTypes.h"
#include "tile_lowering.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/gen/ArithOps.h"
#include "tt-c/gen/TtOps.h"

static const MlirValue None = {NULL};

/// How a predicate is computed: a function of two blocks, the one of a block
/// and zero, and whether the result is inverted (the unordered ones are the
/// inverse of an ordered one).
typedef struct {
  bool known;
  TtBinaryFunction function;
  TtUnaryFunction withZero;
  bool inverted;
} Predicate;

static Predicate predicateOf(TtArithCmpFPredicate predicate) {
  switch (predicate) {
  case TtArithCmpFPredicateOEQ:
    return (Predicate){true, TtBinaryFunctionEq, TtUnaryFunctionEqz, false};
  case TtArithCmpFPredicateOGT:
    return (Predicate){true, TtBinaryFunctionGt, TtUnaryFunctionGtz, false};
  case TtArithCmpFPredicateOGE:
    return (Predicate){true, TtBinaryFunctionGe, TtUnaryFunctionGez, false};
  case TtArithCmpFPredicateOLT:
    return (Predicate){true, TtBinaryFunctionLt, TtUnaryFunctionLtz, false};
  case TtArithCmpFPredicateOLE:
    return (Predicate){true, TtBinaryFunctionLe, TtUnaryFunctionLez, false};
  case TtArithCmpFPredicateUNE:
    return (Predicate){true, TtBinaryFunctionNe, TtUnaryFunctionNez, false};
  case TtArithCmpFPredicateUGT:
    return (Predicate){true, TtBinaryFunctionLe, TtUnaryFunctionLez, true};
  case TtArithCmpFPredicateUGE:
    return (Predicate){true, TtBinaryFunctionLt, TtUnaryFunctionLtz, true};
  case TtArithCmpFPredicateULT:
    return (Predicate){true, TtBinaryFunctionGe, TtUnaryFunctionGez, true};
  case TtArithCmpFPredicateULE:
    return (Predicate){true, TtBinaryFunctionGt, TtUnaryFunctionGtz, true};
  default:
    return (Predicate){0};
  }
}

MlirValue ttExpressionBeside(TtExpression *e, MlirLocation loc,
                             MlirValue scalar, TtDataFormat format) {
  double number;
  if (ttScalarConstant(e->structured, scalar, &number))
    return ttExpressionFill(e, loc, number, format);
  return ttExpressionCast(e, loc, ttExpressionBlock(e, scalar), format);
}

static MlirValue compare(TtExpression *e, MlirOperation op) {
  MlirLocation loc = mlirOperationGetLocation(op);
  Predicate p = predicateOf(ttArithCmpFGetPredicate(op));
  MlirValue lhs = ttArithCmpFGetLhs(op), rhs = ttArithCmpFGetRhs(op);
  if (!p.known) {
    TtDiagnostic *d = ttDiagnosticOpError(
        op, "compares with the predicate '%s', which the hardware has not",
        ttArithCmpFPredicateToString(ttArithCmpFGetPredicate(op)));
    ttDiagnosticHint(d, "oeq, ogt, oge, olt, ole, une and the unordered forms "
                        "of the four orders are supported");
    ttDiagnosticReport(d);
    return None;
  }
  TtDataFormat format;
  double number;
  if (!ttScalarFormat(mlirValueGetType(lhs), &format))
    return None;
  MlirValue a = ttExpressionBeside(e, loc, lhs, format), result;
  if (mlirValueIsNull(a))
    return a;
  if (ttScalarConstant(e->structured, rhs, &number) && number == 0)
    result = ttExpressionUnary(e, loc, p.withZero, a, 0, NULL);
  else
    result = ttExpressionBinary(e, loc, p.function, a,
                                ttExpressionBeside(e, loc, rhs, format));
  if (p.inverted)
    result = ttExpressionUnary(e, loc, TtUnaryFunctionEqz, result, 0, NULL);
  return result;
}

//===- Selections and truth values ----------------------------------------===//

/// select(a > b, a, b) is the larger, select(a < b, a, b) the smaller.
static bool isExtreme(MlirOperation op, TtBinaryFunction *function) {
  MlirOperation cmp = ttScalarOp(ttArithSelectGetCondition(op));
  if (mlirOperationIsNull(cmp) || !ttArithCmpFIsa(cmp))
    return false;
  MlirValue lhs = ttArithCmpFGetLhs(cmp), rhs = ttArithCmpFGetRhs(cmp);
  MlirValue a = ttArithSelectGetTrueValue(op);
  MlirValue b = ttArithSelectGetFalseValue(op);
  bool same = mlirValueEqual(a, lhs) && mlirValueEqual(b, rhs);
  bool swapped = mlirValueEqual(a, rhs) && mlirValueEqual(b, lhs);
  Predicate p = predicateOf(ttArithCmpFGetPredicate(cmp));
  bool greater =
      p.known && !p.inverted &&
      (p.function == TtBinaryFunctionGt || p.function == TtBinaryFunctionGe);
  bool less =
      p.known && !p.inverted &&
      (p.function == TtBinaryFunctionLt || p.function == TtBinaryFunctionLe);
  if ((!same && !swapped) || (!greater && !less))
    return false;
  *function = greater == same ? TtBinaryFunctionMax : TtBinaryFunctionMin;
  return true;
}

/// The integers that a truth value says are not zero; a selection asks for
/// itself whether its condition is. Of floats it looks at the bits, and -0.0 is
/// zero without being 0 in them.
static MlirValue withoutNotZero(MlirValue condition) {
  MlirOperation op = {NULL};
  if (mlirValueIsAOpResult(condition))
    op = mlirOpResultGetOwner(condition);
  return !mlirOperationIsNull(op) && ttUnaryIsa(op) &&
                 ttUnaryGetFunction(op) == TtUnaryFunctionNezInt
             ? ttUnaryGetOperand(op)
             : condition;
}

static MlirValue selection(TtExpression *e, MlirOperation op) {
  MlirLocation loc = mlirOperationGetLocation(op);
  TtDataFormat format;
  TtBinaryFunction extreme;
  if (!ttScalarFormat(mlirValueGetType(ttArithSelectGetResult(op)), &format)) {
    TtDiagnostic *d =
        ttDiagnosticOpError(op, "selects values that no tile can hold");
    ttDiagnosticHint(d, "tiles hold f32, bf16, f16 and 32-bit integers");
    ttDiagnosticReport(d);
    return None;
  }
  MlirValue a =
      ttExpressionBeside(e, loc, ttArithSelectGetTrueValue(op), format);
  MlirValue b =
      mlirValueIsNull(a)
          ? a
          : ttExpressionBeside(e, loc, ttArithSelectGetFalseValue(op), format);
  if (mlirValueIsNull(b))
    return b;
  if (isExtreme(op, &extreme))
    return ttExpressionBinary(e, loc, extreme, a, b);
  MlirValue condition =
      ttExpressionBeside(e, loc, ttArithSelectGetCondition(op), format);
  if (mlirValueIsNull(condition))
    return condition;
  ++e->tiling->numTileOps;
  return ttSelectGetResult(
      ttSelectCreate(&e->builder, loc, withoutNotZero(condition), a, b));
}

/// The function of truth values that are integers.
static TtBinaryFunction onBits(TtBinaryFunction function) {
  return function == TtBinaryFunctionMul   ? TtBinaryFunctionAndInt
         : function == TtBinaryFunctionMax ? TtBinaryFunctionOrInt
                                           : TtBinaryFunctionXorInt;
}

static MlirValue logical(TtExpression *e, MlirOperation op,
                         TtBinaryFunction function) {
  MlirLocation loc = mlirOperationGetLocation(op);
  MlirValue lhs = mlirOperationGetOperand(op, 0);
  MlirValue rhs = mlirOperationGetOperand(op, 1);
  double number;
  bool constant = ttScalarConstant(e->structured, rhs, &number);
  MlirValue a = ttExpressionBlock(e, lhs);
  if (mlirValueIsNull(a))
    return a;
  bool integer = ttFormatIsInteger(ttValueFormat(a));
  if (constant && number != 0 && function == TtBinaryFunctionNe)
    return ttExpressionUnary(
        e, loc, integer ? TtUnaryFunctionEqzInt : TtUnaryFunctionEqz, a, 0,
        NULL);
  return ttExpressionBinary(e, loc, integer ? onBits(function) : function, a,
                            ttExpressionBeside(e, loc, rhs, ttValueFormat(a)));
}

/// The function of two truth values that an op of 1-bit integers is: sums and
/// differences wrap around, and a signed `true` is -1.
static bool logicOf(MlirOperation op, TtBinaryFunction *function) {
  if (ttArithAndIIsa(op) || ttArithMulIIsa(op) || ttArithMaxSIIsa(op) ||
      ttArithMinUIIsa(op))
    *function = TtBinaryFunctionMul;
  else if (ttArithOrIIsa(op) || ttArithMinSIIsa(op) || ttArithMaxUIIsa(op))
    *function = TtBinaryFunctionMax;
  else if (ttArithXOrIIsa(op) || ttArithAddIIsa(op) || ttArithSubIIsa(op))
    *function = TtBinaryFunctionNe;
  else
    return false;
  return true;
}

static MlirValue refuse(MlirOperation op) {
  TtDiagnostic *d = ttDiagnosticOpError(
      op, "makes a truth value of truth values in a way that has no tile op");
  ttDiagnosticHint(d, "they can be combined by arith.andi, ori, xori, addi, "
                      "subi, muli, and the maxima and minima of integers");
  ttDiagnosticReport(d);
  return None;
}

MlirValue ttExpressionCompare(TtExpression *e, MlirOperation op, bool *known) {
  *known = true;
  TtBinaryFunction function;
  if (ttArithCmpFIsa(op))
    return compare(e, op);
  if (ttArithSelectIsa(op))
    return selection(e, op);
  bool truths = mlirOperationGetNumOperands(op) > 0 &&
                mlirOperationGetNumResults(op) == 1 &&
                ttScalarIsTruth(mlirOperationGetOperand(op, 0)) &&
                ttScalarIsTruth(mlirOperationGetResult(op, 0));
  if (truths)
    return logicOf(op, &function) ? logical(e, op, function) : refuse(op);
  *known = false;
  return None;
}
