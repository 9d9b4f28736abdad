//===- index_arith.c - index values and counted loops ---------------------===//

#include "index_arith.h"
#include "mlir-c/AffineMap.h"
#include "mlir-c/BuiltinAttributes.h"
#include "mlir-c/BuiltinTypes.h"
#include "tt-c/IR.h"
#include "tt-c/gen/AffineOps.h"
#include "tt-c/gen/ArithOps.h"
#include "tt-c/gen/ScfOps.h"

enum { MaxOperands = 16 };

MlirValue ttIndexConstant(const TtBuilder *b, MlirLocation loc, int64_t value) {
  MlirAttribute number =
      mlirIntegerAttrGet(mlirIndexTypeGet(b->context), value);
  return ttArithConstantGetResult(ttArithConstantCreate(b, loc, number));
}

bool ttIndexIsConstant(MlirValue value, int64_t *number) {
  return ttValueGetConstantInt(value, number) && ttIsIndex(*number);
}

MlirValue ttIndexApply(const TtBuilder *b, MlirLocation loc,
                       MlirAffineExpr expr, intptr_t numOperands,
                       const MlirValue *operands) {
  MlirValue composed[MaxOperands];
  for (intptr_t i = 0; i < numOperands; ++i)
    composed[i] = operands[i];
  MlirAffineMap map = mlirAffineMapGet(b->context, numOperands, 0, 1, &expr);
  ttAffineComposeMapAndOperands(&map, &numOperands, composed, MaxOperands);
  MlirAffineExpr result = mlirAffineMapGetResult(map, 0);
  if (mlirAffineExprIsAConstant(result))
    return ttIndexConstant(b, loc, mlirAffineConstantExprGetValue(result));
  if (mlirAffineExprIsADim(result))
    return composed[mlirAffineDimExprGetPosition(result)];
  return ttAffineApplyGetResult(
      ttAffineApplyCreate(b, loc, map, numOperands, composed));
}

MlirValue ttIndexScale(const TtBuilder *b, MlirLocation loc, MlirValue value,
                       int64_t factor, int64_t offset) {
  MlirAffineExpr d0 = mlirAffineDimExprGet(b->context, 0);
  MlirAffineExpr expr = mlirAffineAddExprGet(
      mlirAffineMulExprGet(d0, mlirAffineConstantExprGet(b->context, factor)),
      mlirAffineConstantExprGet(b->context, offset));
  return ttIndexApply(b, loc, expr, 1, &value);
}

MlirValue ttIndexLoop(const TtBuilder *b, MlirLocation loc, MlirValue lower,
                      MlirValue upper, TtBuilder *body) {
  MlirValue one = ttIndexConstant(b, loc, 1);
  MlirOperation loop =
      ttScfForCreate(b, loc, 0, NULL, lower, upper, one, 0, NULL);
  MlirType index = mlirIndexTypeGet(b->context);
  MlirBlock block = mlirBlockCreate(1, &index, &loc);
  mlirRegionAppendOwnedBlock(ttScfForGetRegion(loop), block);
  TtBuilder end = ttBuilderAtEnd(b->context, block);
  *body = ttBuilderBefore(ttScfYieldCreate(&end, loc, 0, NULL));
  return mlirBlockGetArgument(block, 0);
}

MlirValue ttIndexCountedLoop(const TtBuilder *b, MlirLocation loc,
                             int64_t trips, TtBuilder *body) {
  return ttIndexLoop(b, loc, ttIndexConstant(b, loc, 0),
                     ttIndexConstant(b, loc, trips), body);
}

MlirValue ttIndexEnterLoop(TtBuilder *b, MlirLocation loc, int64_t trips) {
  if (trips == 1)
    return ttIndexConstant(b, loc, 0);
  TtBuilder body;
  MlirValue index = ttIndexCountedLoop(b, loc, trips, &body);
  *b = body;
  return index;
}
