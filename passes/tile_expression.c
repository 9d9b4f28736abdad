//===- tile_expression.c - the scalars of a body as tile ops --------------===//
//
// One idea: a scalar of a body is, over all iterations, a block; each scalar op
// becomes one tile op on blocks, found by its row of the op table. A constant
// operand becomes the parameter of a function with a scalar.
//
//===----------------------------------------------------------------------===//

#include "block_type.h"
#include "mlir-c/BuiltinAttributes.h"
#include "mlir-c/BuiltinTypes.h"
#include "stb_ds.h"
#include "tile_lowering.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/gen/ArithOps.h"
#include "tt-c/gen/MathOps.h"
#include "tt-c/gen/TtOps.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const MlirValue None = {NULL};

TtExpression ttExpressionBegin(TtTiling *tiling, const TtStructured *s,
                               TtSpace space) {
  return (TtExpression){tiling, s, space, ttBuilderBefore(s->op), NULL};
}

void ttExpressionEnd(TtExpression *e) { hmfree(e->done); }

//===- Scalars ------------------------------------------------------------===//

MlirOperation ttScalarOp(MlirValue scalar) {
  if (mlirValueIsAOpResult(scalar))
    return mlirOpResultGetOwner(scalar);
  return (MlirOperation){NULL};
}

bool ttScalarIsTruth(MlirValue scalar) {
  MlirType type = mlirValueGetType(scalar);
  return mlirTypeIsAInteger(type) && mlirIntegerTypeGetWidth(type) == 1;
}

bool ttScalarConstant(const TtStructured *s, MlirValue scalar, double *number) {
  intptr_t operand = ttStructuredOperandOf(s, scalar);
  if (operand >= 0)
    scalar = mlirOperationGetOperand(s->op, operand);
  MlirOperation op = ttScalarOp(scalar);
  if (mlirOperationIsNull(op))
    return false;
  if ((ttArithExtFIsa(op) || ttArithTruncFIsa(op)) &&
      ttScalarConstant(s, mlirOperationGetOperand(op, 0), number)) {
    MlirAttribute rounded = mlirFloatAttrDoubleGet(
        mlirOperationGetContext(op), mlirValueGetType(scalar), *number);
    *number = mlirFloatAttrGetValueDouble(rounded);
    return true;
  }
  if (!ttArithConstantIsa(op))
    return false;
  MlirAttribute value = ttArithConstantGetValue(op);
  if (mlirAttributeIsAFloat(value))
    *number = mlirFloatAttrGetValueDouble(value);
  else if (mlirAttributeIsAInteger(value)) // `true` is all ones
    *number = ttScalarIsTruth(scalar)
                  ? mlirIntegerAttrGetValueInt(value) != 0
                  : (double)mlirIntegerAttrGetValueInt(value);
  else
    return false;
  return true;
}

//===- Tile ops in the space of an expression -----------------------------===//

MlirType ttExpressionType(const TtExpression *e, TtDataFormat format) {
  return ttSpaceType(e->tiling, e->structured, e->space, format);
}

MlirValue ttExpressionFill(TtExpression *e, MlirLocation loc, double number,
                           TtDataFormat format) {
  ++e->tiling->numTileOps;
  return ttFillGetResult(
      ttFillCreate(&e->builder, loc, ttExpressionType(e, format), number));
}

MlirValue ttExpressionCast(TtExpression *e, MlirLocation loc, MlirValue block,
                           TtDataFormat format) {
  if (mlirValueIsNull(block) || ttValueFormat(block) == format)
    return block;
  ++e->tiling->numTileOps;
  return ttTypecastGetResult(
      ttTypecastCreate(&e->builder, loc, ttExpressionType(e, format), block));
}

MlirValue ttExpressionUnary(TtExpression *e, MlirLocation loc,
                            TtUnaryFunction function, MlirValue block,
                            intptr_t numParams, const float *params) {
  if (mlirValueIsNull(block))
    return block;
  ++e->tiling->numTileOps;
  MlirOperation op = ttUnaryCreate(&e->builder, loc, function, block);
  if (numParams)
    ttUnarySetParams(op, numParams, params);
  return ttUnaryGetResult(op);
}

MlirValue ttExpressionBinary(TtExpression *e, MlirLocation loc,
                             TtBinaryFunction function, MlirValue lhs,
                             MlirValue rhs) {
  if (mlirValueIsNull(lhs) || mlirValueIsNull(rhs))
    return None;
  ++e->tiling->numTileOps;
  return ttBinaryGetResult(
      ttBinaryCreate(&e->builder, loc, function, lhs, rhs));
}

static MlirValue withScalar(TtExpression *e, MlirLocation loc,
                            TtUnaryFunction function, MlirValue block,
                            double number) {
  float param = (float)number;
  return ttExpressionUnary(e, loc, function, block, 1, &param);
}

//===- Functions of the op table ------------------------------------------===//

static bool isSource(MlirOperation op, intptr_t count,
                     const char *const *sources) {
  MlirStringRef name = mlirIdentifierStr(mlirOperationGetName(op));
  for (intptr_t i = 0; i < count; ++i)
    if (strlen(sources[i]) == name.length &&
        memcmp(sources[i], name.data, name.length) == 0)
      return true;
  return false;
}

static const TtUnaryFunctionRow *unaryRow(MlirOperation op) {
  const TtUnaryFunctionRow *rows = ttUnaryFunctionRows();
  for (int i = 0; i < TtUnaryFunctionNumCases; ++i)
    if (isSource(op, rows[i].numSources, rows[i].sources))
      return &rows[i];
  return NULL;
}

static const TtBinaryFunctionRow *binaryRow(MlirOperation op) {
  const TtBinaryFunctionRow *rows = ttBinaryFunctionRows();
  for (int i = 0; i < TtBinaryFunctionNumCases; ++i)
    if (isSource(op, rows[i].numSources, rows[i].sources))
      return &rows[i];
  return NULL;
}

/// x ^ number.
static MlirValue powerScalar(TtExpression *e, MlirLocation loc, MlirValue x,
                             double number) {
  if (number == 1)
    return x;
  if (number == 2)
    return ttExpressionUnary(e, loc, TtUnaryFunctionSquare, x, 0, NULL);
  if (number == 3)
    return ttExpressionBinary(
        e, loc, TtBinaryFunctionMul,
        ttExpressionUnary(e, loc, TtUnaryFunctionSquare, x, 0, NULL), x);
  if (number == 0.5)
    return ttExpressionUnary(e, loc, TtUnaryFunctionSqrt, x, 0, NULL);
  if (number == -1)
    return ttExpressionUnary(e, loc, TtUnaryFunctionRecip, x, 0, NULL);
  if (number == -0.5)
    return ttExpressionUnary(e, loc, TtUnaryFunctionRsqrt, x, 0, NULL);
  return ttExpressionBinary(e, loc, TtBinaryFunctionPower, x,
                            ttExpressionFill(e, loc, number, ttValueFormat(x)));
}

/// x `function` number, by a function with a parameter where there is one.
static MlirValue scalarRight(TtExpression *e, MlirLocation loc,
                             TtBinaryFunction function, MlirValue x,
                             double number) {
  switch (function) {
  case TtBinaryFunctionAdd:
    return withScalar(e, loc, TtUnaryFunctionAddScalar, x, number);
  case TtBinaryFunctionSub:
    return withScalar(e, loc, TtUnaryFunctionSubScalar, x, number);
  case TtBinaryFunctionMul:
    return withScalar(e, loc, TtUnaryFunctionMulScalar, x, number);
  case TtBinaryFunctionDiv: // `div_unary_tile` itself takes the reciprocal
    return withScalar(e, loc, TtUnaryFunctionMulScalar, x, 1 / number);
  case TtBinaryFunctionPower:
    return powerScalar(e, loc, x, number);
  default:
    break;
  }
  return ttExpressionBinary(e, loc, function, x,
                            ttExpressionFill(e, loc, number, ttValueFormat(x)));
}

/// number `function` x.
static MlirValue scalarLeft(TtExpression *e, MlirLocation loc,
                            const TtBinaryFunctionRow *row, double number,
                            MlirValue x) {
  if (row->commutative)
    return scalarRight(e, loc, row->value, x, number);
  if (row->value == TtBinaryFunctionSub)
    return withScalar(e, loc, TtUnaryFunctionRsubScalar, x, number);
  if (row->value == TtBinaryFunctionSubInt && number == 0)
    return ttExpressionUnary(e, loc, TtUnaryFunctionNegInt, x, 0, NULL);
  if (row->value == TtBinaryFunctionDiv) {
    MlirValue recip =
        ttExpressionUnary(e, loc, TtUnaryFunctionRecip, x, 0, NULL);
    return number == 1
               ? recip
               : withScalar(e, loc, TtUnaryFunctionMulScalar, recip, number);
  }
  return ttExpressionBinary(e, loc, row->value,
                            ttExpressionFill(e, loc, number, ttValueFormat(x)),
                            x);
}

static MlirValue binary(TtExpression *e, MlirOperation op,
                        const TtBinaryFunctionRow *row) {
  MlirLocation loc = mlirOperationGetLocation(op);
  MlirValue lhs = mlirOperationGetOperand(op, 0);
  MlirValue rhs = mlirOperationGetOperand(op, 1);
  double number;
  if (ttScalarConstant(e->structured, rhs, &number)) {
    MlirValue x = ttExpressionBlock(e, lhs);
    return mlirValueIsNull(x) ? x : scalarRight(e, loc, row->value, x, number);
  }
  if (ttScalarConstant(e->structured, lhs, &number)) {
    MlirValue x = ttExpressionBlock(e, rhs);
    return mlirValueIsNull(x) ? x : scalarLeft(e, loc, row, number, x);
  }
  MlirValue a = ttExpressionBlock(e, lhs);
  if (row->value == TtBinaryFunctionMul && mlirValueEqual(lhs, rhs))
    return ttExpressionUnary(e, loc, TtUnaryFunctionSquare, a, 0, NULL);
  if (mlirValueIsNull(a))
    return a;
  return ttExpressionBinary(e, loc, row->value, a, ttExpressionBlock(e, rhs));
}

//===- Functions spelled by few others ------------------------------------===//

static MlirValue logarithm(TtExpression *e, MlirOperation op, double base) {
  MlirLocation loc = mlirOperationGetLocation(op);
  MlirValue x = ttExpressionBlock(e, mlirOperationGetOperand(op, 0));
  x = ttExpressionUnary(e, loc, TtUnaryFunctionLog, x, 0, NULL);
  return withScalar(e, loc, TtUnaryFunctionMulScalar, x, 1 / log(base));
}

static MlirValue fusedMultiplyAdd(TtExpression *e, MlirOperation op) {
  MlirLocation loc = mlirOperationGetLocation(op);
  MlirValue a = ttExpressionBlock(e, ttMathFmaGetA(op));
  MlirValue b =
      mlirValueIsNull(a) ? a : ttExpressionBlock(e, ttMathFmaGetB(op));
  MlirValue c =
      mlirValueIsNull(b) ? b : ttExpressionBlock(e, ttMathFmaGetC(op));
  return ttExpressionBinary(
      e, loc, TtBinaryFunctionAdd,
      ttExpressionBinary(e, loc, TtBinaryFunctionMul, a, b), c);
}

/// Nearest integer, ties away from zero: trunc(x) + trunc(2 frac(x)), exact in
/// every format.
static MlirValue roundAway(TtExpression *e, MlirOperation op) {
  MlirLocation loc = mlirOperationGetLocation(op);
  MlirValue x = ttExpressionBlock(e, mlirOperationGetOperand(op, 0));
  MlirValue rest = ttExpressionUnary(e, loc, TtUnaryFunctionFrac, x, 0, NULL);
  rest = withScalar(e, loc, TtUnaryFunctionMulScalar, rest, 2);
  rest = ttExpressionUnary(e, loc, TtUnaryFunctionTrunc, rest, 0, NULL);
  MlirValue whole = ttExpressionUnary(e, loc, TtUnaryFunctionTrunc, x, 0, NULL);
  return ttExpressionBinary(e, loc, TtBinaryFunctionAdd, whole, rest);
}

static MlirValue integerPower(TtExpression *e, MlirOperation op) {
  double number;
  if (!ttScalarConstant(e->structured, mlirOperationGetOperand(op, 1),
                        &number)) {
    ttEmitOpError(op, "has an exponent that is not a constant");
    return None;
  }
  MlirValue x = ttExpressionBlock(e, mlirOperationGetOperand(op, 0));
  return mlirValueIsNull(x)
             ? x
             : powerScalar(e, mlirOperationGetLocation(op), x, number);
}

//===- Any scalar ---------------------------------------------------------===//

static MlirValue refuse(MlirOperation op) {
  TtDiagnostic *d = ttDiagnosticOpError(
      op, "has no row in the op table, and no composition of "
          "its functions is known for it");
  ttDiagnosticHint(d,
                   "element-wise bodies may use + - * / max min, comparisons "
                   "and selections, casts, and the functions of math that "
                   "the op table names as sources");
  ttDiagnosticReport(d);
  return None;
}

static MlirValue fromOp(TtExpression *e, MlirOperation op) {
  MlirLocation loc = mlirOperationGetLocation(op);
  TtComposition found;
  if (ttComposeMatch(e, mlirOperationGetResult(op, 0), &found))
    return ttExpressionUnary(e, loc, found.function,
                             ttExpressionBlock(e, found.operand),
                             found.numParams, found.params);
  bool known;
  MlirValue block = ttExpressionCompare(e, op, &known);
  if (!known)
    block = ttExpressionConvert(e, op, &known);
  if (known)
    return block;
  const TtUnaryFunctionRow *unary = unaryRow(op);
  if (unary) {
    float params[3] = {0}; // such as the decimals of a rounding
    return ttExpressionUnary(
        e, loc, unary->value,
        ttExpressionBlock(e, mlirOperationGetOperand(op, 0)), unary->params,
        params);
  }
  const TtBinaryFunctionRow *row = binaryRow(op);
  if (row)
    return binary(e, op, row);
  if (ttMathLog2Isa(op))
    return logarithm(e, op, 2);
  if (ttMathLog10Isa(op))
    return logarithm(e, op, 10);
  if (ttMathFmaIsa(op))
    return fusedMultiplyAdd(e, op);
  if (ttMathRoundIsa(op))
    return roundAway(e, op);
  if (ttMathFPowIIsa(op))
    return integerPower(e, op);
  return refuse(op);
}

static MlirValue fromConstant(TtExpression *e, MlirValue scalar,
                              double number) {
  TtDataFormat format;
  MlirOperation op = e->structured->op;
  if (ttScalarFormat(mlirValueGetType(scalar), &format))
    return ttExpressionFill(e, mlirOperationGetLocation(op), number, format);
  char *text = ttTypeToText(mlirValueGetType(scalar));
  TtDiagnostic *d = ttDiagnosticOpError(
      op, "uses a constant of type '%s', which no tile can hold", text);
  free(text);
  ttDiagnosticHint(d, "tiles hold f32, bf16, f16 and 32-bit integers");
  ttDiagnosticReport(d);
  return None;
}

static MlirValue fromOutside(TtExpression *e, MlirValue scalar) {
  TtDiagnostic *d = ttDiagnosticOpError(e->structured->op,
                                        "uses a scalar that is not a constant");
  ttDiagnosticNote(d, mlirValueGetLocation(scalar),
                   "computed here at run time; scalars of element-wise bodies "
                   "are constants, or elements of a block");
  ttDiagnosticReport(d);
  return None;
}

MlirValue ttExpressionBlock(TtExpression *e, MlirValue scalar) {
  MlirValue done = hmget(e->done, scalar.ptr);
  if (!mlirValueIsNull(done))
    return done;
  const TtStructured *s = e->structured;
  intptr_t operand = ttStructuredOperandOf(s, scalar);
  MlirValue source =
      operand < 0 ? scalar : mlirOperationGetOperand(s->op, operand);
  MlirOperation op = ttScalarOp(scalar);
  double number;
  MlirValue block;
  if (ttScalarConstant(s, scalar, &number))
    block = fromConstant(e, scalar, number);
  else if (operand >= 0 && mlirTypeIsARankedTensor(mlirValueGetType(source)))
    block = ttExpressionOperand(e, operand);
  else if (!mlirOperationIsNull(op) &&
           mlirBlockEqual(mlirOperationGetBlock(op), s->body))
    block = fromOp(e, op);
  else
    block = fromOutside(e, source);
  if (!mlirValueIsNull(block))
    hmput(e->done, scalar.ptr, block);
  return block;
}
