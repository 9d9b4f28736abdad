//===- tile_convert.c - conversions, and integers that need several ops ---===//
//
// One idea: a tile of 32-bit integers is signed, as the vector engine is; what
// reads them as unsigned is spelled with their upper bit flipped, or says so in
// its conversion.
//
//===----------------------------------------------------------------------===//

#include "block_type.h"
#include "tile_lowering.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/gen/ArithOps.h"
#include "tt-c/gen/TtOps.h"
#include <stdlib.h>

static const MlirValue None = {NULL};

//===- Orders -------------------------------------------------------------===//

static MlirValue flipSign(TtExpression *e, MlirLocation loc, MlirValue block) {
  if (mlirValueIsNull(block))
    return block;
  return ttExpressionBinary(
      e, loc, TtBinaryFunctionXorInt, block,
      ttExpressionFill(e, loc, INT32_MIN, ttValueFormat(block)));
}

static bool isUnsigned(TtArithCmpIPredicate predicate) {
  return predicate == TtArithCmpIPredicateUlt ||
         predicate == TtArithCmpIPredicateUle ||
         predicate == TtArithCmpIPredicateUgt ||
         predicate == TtArithCmpIPredicateUge;
}

static TtBinaryFunction orderOf(TtArithCmpIPredicate predicate) {
  switch (predicate) {
  case TtArithCmpIPredicateSlt:
  case TtArithCmpIPredicateUlt:
    return TtBinaryFunctionLtInt;
  case TtArithCmpIPredicateSle:
  case TtArithCmpIPredicateUle:
    return TtBinaryFunctionLeInt;
  case TtArithCmpIPredicateSgt:
  case TtArithCmpIPredicateUgt:
    return TtBinaryFunctionGtInt;
  default:
    return TtBinaryFunctionGeInt;
  }
}

/// Equal integers are those whose difference is zero; the order of unsigned
/// ones is that of signed ones with the upper bit flipped.
static MlirValue compareIntegers(TtExpression *e, MlirOperation op) {
  MlirLocation loc = mlirOperationGetLocation(op);
  TtArithCmpIPredicate predicate = ttArithCmpIGetPredicate(op);
  TtDataFormat format;
  if (!ttScalarFormat(mlirValueGetType(ttArithCmpIGetLhs(op)), &format) ||
      !ttFormatIsInteger(format)) {
    ttEmitOpError(op, "compares integers that no tile can hold; 32-bit ones "
                      "can be compared");
    return None;
  }
  MlirValue a = ttExpressionBeside(e, loc, ttArithCmpIGetLhs(op), format);
  MlirValue b = mlirValueIsNull(a)
                    ? a
                    : ttExpressionBeside(e, loc, ttArithCmpIGetRhs(op), format);
  if (predicate == TtArithCmpIPredicateEq ||
      predicate == TtArithCmpIPredicateNe) {
    MlirValue difference =
        ttExpressionBinary(e, loc, TtBinaryFunctionSubInt, a, b);
    return ttExpressionUnary(e, loc,
                             predicate == TtArithCmpIPredicateEq
                                 ? TtUnaryFunctionEqzInt
                                 : TtUnaryFunctionNezInt,
                             difference, 0, NULL);
  }
  if (isUnsigned(predicate)) {
    a = flipSign(e, loc, a);
    b = flipSign(e, loc, b);
  }
  return ttExpressionBinary(e, loc, orderOf(predicate), a, b);
}

/// The larger or the smaller of unsigned integers: of signed ones with the
/// upper bit flipped.
static MlirValue unsignedExtreme(TtExpression *e, MlirOperation op) {
  MlirLocation loc = mlirOperationGetLocation(op);
  MlirValue a =
      flipSign(e, loc, ttExpressionBlock(e, mlirOperationGetOperand(op, 0)));
  MlirValue b =
      mlirValueIsNull(a)
          ? a
          : flipSign(e, loc,
                     ttExpressionBlock(e, mlirOperationGetOperand(op, 1)));
  return flipSign(e, loc,
                  ttExpressionBinary(e, loc,
                                     ttArithMaxUIIsa(op)
                                         ? TtBinaryFunctionMaxInt
                                         : TtBinaryFunctionMinInt,
                                     a, b));
}

//===- Conversions --------------------------------------------------------===//

static bool isCast(MlirOperation op) {
  return ttArithExtFIsa(op) || ttArithTruncFIsa(op) || ttArithSIToFPIsa(op) ||
         ttArithUIToFPIsa(op) || ttArithFPToSIIsa(op) || ttArithFPToUIIsa(op) ||
         ttArithExtUIIsa(op) || ttArithExtSIIsa(op);
}

static MlirValue typecast(TtExpression *e, MlirOperation op) {
  MlirLocation loc = mlirOperationGetLocation(op);
  MlirValue operand = mlirOperationGetOperand(op, 0);
  MlirValue result = mlirOperationGetResult(op, 0);
  TtDataFormat format;
  if (!ttScalarFormat(mlirValueGetType(result), &format) ||
      ttScalarIsTruth(result)) {
    char *text = ttTypeToText(mlirValueGetType(result));
    ttEmitOpError(op, "casts to '%s', which no tile can hold", text);
    free(text);
    return None;
  }
  MlirValue block = ttExpressionBlock(e, operand);
  MlirValue cast = ttExpressionCast(e, loc, block, format);
  if (mlirValueIsNull(cast) || mlirValueEqual(cast, block))
    return cast;
  bool truth = ttScalarIsTruth(operand);
  if (!truth && (ttArithUIToFPIsa(op) || ttArithFPToUIIsa(op)))
    ttTypecastSetIsUnsigned(mlirOpResultGetOwner(cast), true);
  return cast;
}

/// A signed `true` is -1.
static MlirValue signedTruth(TtExpression *e, MlirOperation op,
                             MlirValue block) {
  if (mlirValueIsNull(block) ||
      !ttScalarIsTruth(mlirOperationGetOperand(op, 0)) ||
      (!ttArithSIToFPIsa(op) && !ttArithExtSIIsa(op)))
    return block;
  return ttExpressionUnary(e, mlirOperationGetLocation(op),
                           ttFormatIsInteger(ttValueFormat(block))
                               ? TtUnaryFunctionNegInt
                               : TtUnaryFunctionNeg,
                           block, 0, NULL);
}

MlirValue ttExpressionConvert(TtExpression *e, MlirOperation op, bool *known) {
  *known = true;
  if (isCast(op))
    return signedTruth(e, op, typecast(e, op));
  if (ttArithCmpIIsa(op))
    return compareIntegers(e, op);
  if (ttArithMaxUIIsa(op) || ttArithMinUIIsa(op))
    return unsignedExtreme(e, op);
  *known = false;
  return None;
}
