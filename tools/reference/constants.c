// Array constants: a global keeps its values, as f64; where it is used, a
// buffer of tracked leaves is filled from it.

#include "data.h"
#include "ir.h"
#include "tracked_value.h"

#include "mlir-c/Diagnostics.h"

#include <stdlib.h>

static double elementValue(MlirAttribute values, intptr_t index,
                           Format format) {
  if (mlirDenseElementsAttrIsSplat(values))
    return mlirFloatAttrGetValueDouble(
        mlirDenseElementsAttrGetSplatValue(values));
  Buffer buffer = {.format = format};
  return decode(&buffer, mlirDenseElementsAttrGetRawData(values),
                (size_t)index);
}

static intptr_t shapeOf(MlirType type, int64_t *shape) {
  intptr_t rank = mlirShapedTypeGetRank(type);
  for (intptr_t i = 0; i < rank && i < 16; i++)
    shape[i] = mlirShapedTypeGetDimSize(type, i);
  return rank;
}

static MlirType wideBuffer(MlirContext context, MlirType type) {
  int64_t shape[16];
  intptr_t rank = shapeOf(type, shape);
  return mlirMemRefTypeContiguousGet(mlirF64TypeGet(context), rank, shape,
                                     mlirAttributeGetNull());
}

bool widenGlobal(MlirOperation op) {
  MlirContext context = mlirOperationGetContext(op);
  MlirType type =
      mlirTypeAttrGetValue(mlirOperationGetAttributeByName(op, str("type")));
  MlirAttribute values =
      mlirOperationGetAttributeByName(op, str("initial_value"));
  if (!hasFloat(type))
    return true;
  Format format = formatOf(type);
  if (mlirAttributeIsNull(values) || !mlirAttributeIsADenseElements(values) ||
      format == FORMAT_NONE || mlirShapedTypeGetRank(type) > 16) {
    mlirEmitError(
        mlirOperationGetLocation(op),
        "must be a dense constant of bf16, f16 or f32 in the reference");
    return false;
  }
  intptr_t count = (intptr_t)mlirElementsAttrGetNumElements(values);
  double *wide = calloc((size_t)count + 1, sizeof *wide);
  if (!wide)
    abort();
  for (intptr_t i = 0; i < count; i++)
    wide[i] = elementValue(values, i, format);
  int64_t shape[16];
  intptr_t rank = shapeOf(type, shape);
  MlirType tensor = mlirRankedTensorTypeGet(
      rank, shape, mlirF64TypeGet(context), mlirAttributeGetNull());
  mlirOperationSetAttributeByName(
      op, str("initial_value"),
      mlirDenseElementsAttrDoubleGet(tensor, count, wide));
  mlirOperationSetAttributeByName(op, str("type"),
                                  mlirTypeAttrGet(wideBuffer(context, type)));
  free(wide);
  return true;
}

static MlirValue emitIndex(Cursor *at, int64_t value) {
  MlirType type = mlirIndexTypeGet(at->context);
  return emitConstant(at, mlirIntegerAttrGet(type, value), type);
}

// Opens a loop over [0, size) at the cursor, leaves the cursor in its body and
// returns its index.
MlirValue openLoop(Cursor *at, int64_t size) {
  MlirValue bounds[3] = {emitIndex(at, 0), emitIndex(at, size),
                         emitIndex(at, 1)};
  MlirType index = mlirIndexTypeGet(at->context);
  MlirBlock body = mlirBlockCreate(1, &index, &at->location);
  MlirRegion region = mlirRegionCreate();
  mlirRegionAppendOwnedBlock(region, body);
  MlirOperationState state =
      mlirOperationStateGet(str("scf.for"), at->location);
  mlirOperationStateAddOperands(&state, 3, bounds);
  mlirOperationStateAddOwnedRegions(&state, 1, &region);
  mlirBlockInsertOwnedOperationBefore(at->block, at->before,
                                      mlirOperationCreate(&state));
  at->block = body;
  at->before = (MlirOperation){NULL};
  at->before = emitOp(at, "scf.yield", 0, NULL, 0, NULL, 0, NULL);
  return mlirBlockGetArgument(body, 0);
}

void trackGetGlobal(MlirOperation op) {
  Cursor at = cursorBefore(op);
  MlirType type = mlirValueGetType(mlirOperationGetResult(op, 0));
  MlirNamedAttribute name = named(
      at.context, "name", mlirOperationGetAttributeByName(op, str("name")));
  MlirType wide = wideBuffer(at.context, type);
  MlirValue source = mlirOperationGetResult(
      emitOp(&at, "memref.get_global", 0, NULL, 1, &wide, 1, &name), 0);
  MlirNamedAttribute segments =
      named(at.context, "operandSegmentSizes",
            mlirDenseI32ArrayGet(at.context, 2, (int32_t[]){0, 0}));
  MlirValue buffer = mlirOperationGetResult(
      emitOp(&at, "memref.alloc", 0, NULL, 1, &type, 1, &segments), 0);
  int64_t shape[16];
  intptr_t rank = shapeOf(type, shape);
  MlirValue operands[18];
  for (intptr_t i = 0; i < rank; i++)
    operands[2 + i] = openLoop(&at, shape[i]);
  operands[1] = source;
  MlirValue value = emitValue(&at, "memref.load", rank + 1, operands + 1,
                              mlirF64TypeGet(at.context));
  operands[0] = emitLeaf(&at, value);
  operands[1] = buffer;
  emitOp(&at, "memref.store", rank + 2, operands, 0, NULL, 0, NULL);
  mlirValueReplaceAllUsesOfWith(mlirOperationGetResult(op, 0), buffer);
  mlirOperationDestroy(op);
}
