// The tracked form of a value (see tracked_value.h).

#include "tracked_value.h"

#include <stdio.h>

MlirType f64Type(Cursor *at) { return mlirF64TypeGet(at->context); }

MlirType trackedType(MlirContext context) {
  return mlirVectorTypeGet(1, (int64_t[]){COMPONENTS}, mlirF64TypeGet(context));
}

void splitTracked(Cursor *at, MlirValue tracked,
                  MlirValue components[COMPONENTS]) {
  MlirType types[COMPONENTS] = {f64Type(at), f64Type(at), f64Type(at),
                                f64Type(at)};
  MlirOperation op =
      emitOp(at, "vector.to_elements", 1, &tracked, COMPONENTS, types, 0, NULL);
  for (intptr_t i = 0; i < COMPONENTS; i++)
    components[i] = mlirOperationGetResult(op, i);
}

MlirValue joinTracked(Cursor *at, MlirValue components[COMPONENTS]) {
  return emitValue(at, "vector.from_elements", COMPONENTS, components,
                   trackedType(at->context));
}

MlirValue emitF64(Cursor *at, double value) {
  return emitConstant(
      at, mlirFloatAttrDoubleGet(at->context, f64Type(at), value), f64Type(at));
}

MlirValue emitSum(Cursor *at, MlirValue a, MlirValue b) {
  return emitValue(at, "arith.addf", 2, (MlirValue[]){a, b}, f64Type(at));
}

MlirValue emitRule(Cursor *at, const char *rule, intptr_t numOperands,
                   MlirValue *operands) {
  char name[64];
  snprintf(name, sizeof name, "tt_rule_%s", rule);
  MlirNamedAttribute callee = named(
      at->context, "callee", mlirFlatSymbolRefAttrGet(at->context, str(name)));
  MlirType type = f64Type(at);
  return mlirOperationGetResult(
      emitOp(at, "func.call", numOperands, operands, 1, &type, 1, &callee), 0);
}

MlirValue emitFormat(Cursor *at, Format format) {
  MlirType type = mlirIntegerTypeGet(at->context, 32);
  return emitConstant(at, mlirIntegerAttrGet(type, format), type);
}

MlirValue emitTotalError(Cursor *at, MlirValue components[COMPONENTS],
                         Format format) {
  return emitRule(at, "total", 4,
                  (MlirValue[]){components[LEAF_ERROR], components[MAGNITUDE],
                                components[ADDITIONS], emitFormat(at, format)});
}

MlirValue emitLeafWithError(Cursor *at, MlirValue value, MlirValue error) {
  MlirValue magnitude = emitValue(at, "math.absf", 1, &value, f64Type(at));
  return joinTracked(at, (MlirValue[]){value, error, magnitude,
                                       emitRule(at, "fraction", 1, &value)});
}

MlirValue emitLeaf(Cursor *at, MlirValue value) {
  return emitLeafWithError(at, value, emitF64(at, 0));
}
