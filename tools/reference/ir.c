// Building and reading IR for the reference programs (see ir.h).

#include "ir.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

MlirStringRef str(const char *text) {
  return mlirStringRefCreateFromCString(text);
}

bool refIs(MlirStringRef ref, const char *text) {
  return mlirStringRefEqual(ref, str(text));
}

const char *opName(MlirOperation op) {
  return mlirIdentifierStr(mlirOperationGetName(op)).data;
}

bool opIs(MlirOperation op, const char *name) {
  return refIs(mlirIdentifierStr(mlirOperationGetName(op)), name);
}

bool opStartsWith(MlirOperation op, const char *prefix) {
  MlirStringRef name = mlirIdentifierStr(mlirOperationGetName(op));
  size_t length = strlen(prefix);
  return name.length >= length && memcmp(name.data, prefix, length) == 0;
}

static bool isMark(MlirLocation location) {
  if (mlirLocationIsAName(location))
    return refIs(mlirIdentifierStr(mlirLocationNameGetName(location)),
                 REDUCTION_MARK) ||
           isMark(mlirLocationNameGetChildLoc(location));
  if (mlirLocationIsAFused(location)) {
    MlirLocation parts[16];
    unsigned count = mlirLocationFusedGetNumLocations(location);
    if (count > 16)
      return false;
    mlirLocationFusedGetLocations(location, parts);
    for (unsigned i = 0; i < count; i++)
      if (isMark(parts[i]))
        return true;
  }
  return false;
}

bool isReduction(MlirOperation op) {
  return isMark(mlirOperationGetLocation(op));
}

Cursor cursorBefore(MlirOperation op) {
  return (Cursor){mlirOperationGetContext(op), mlirOperationGetLocation(op),
                  mlirOperationGetBlock(op), op};
}

MlirNamedAttribute named(MlirContext context, const char *name,
                         MlirAttribute attribute) {
  return mlirNamedAttributeGet(mlirIdentifierGet(context, str(name)),
                               attribute);
}

MlirOperation emitOp(Cursor *at, const char *name, intptr_t numOperands,
                     MlirValue *operands, intptr_t numResults,
                     MlirType *results, intptr_t numAttributes,
                     MlirNamedAttribute *attributes) {
  MlirOperationState state = mlirOperationStateGet(str(name), at->location);
  mlirOperationStateAddOperands(&state, numOperands, operands);
  mlirOperationStateAddResults(&state, numResults, results);
  mlirOperationStateAddAttributes(&state, numAttributes, attributes);
  MlirOperation op = mlirOperationCreate(&state);
  if (mlirOperationIsNull(at->before))
    mlirBlockAppendOwnedOperation(at->block, op);
  else
    mlirBlockInsertOwnedOperationBefore(at->block, at->before, op);
  return op;
}

MlirValue emitValue(Cursor *at, const char *name, intptr_t numOperands,
                    MlirValue *operands, MlirType result) {
  return mlirOperationGetResult(
      emitOp(at, name, numOperands, operands, 1, &result, 0, NULL), 0);
}

MlirValue emitConstant(Cursor *at, MlirAttribute value, MlirType type) {
  MlirNamedAttribute attribute = named(at->context, "value", value);
  return mlirOperationGetResult(
      emitOp(at, "arith.constant", 0, NULL, 1, &type, 1, &attribute), 0);
}

void replaceOp(MlirOperation op, MlirValue value) {
  mlirValueReplaceAllUsesOfWith(mlirOperationGetResult(op, 0), value);
  mlirOperationDestroy(op);
}

void appendToList(OpList *list, MlirOperation op) {
  if (list->count == list->capacity) {
    list->capacity = list->capacity ? 2 * list->capacity : 256;
    list->items = realloc(list->items, list->capacity * sizeof *list->items);
    if (!list->items)
      abort();
  }
  list->items[list->count++] = op;
}

static MlirWalkResult appendOp(MlirOperation op, void *data) {
  appendToList(data, op);
  return MlirWalkResultAdvance;
}

OpList collectOps(MlirOperation root) {
  OpList list = {NULL, 0, 0};
  mlirOperationWalk(root, appendOp, &list, MlirWalkPreOrder);
  return list;
}

Format formatOf(MlirType type) {
  if (mlirTypeIsAShaped(type))
    type = mlirShapedTypeGetElementType(type);
  if (mlirTypeIsABF16(type))
    return FORMAT_BF16;
  if (mlirTypeIsAF16(type))
    return FORMAT_F16;
  return mlirTypeIsAF32(type) ? FORMAT_F32 : FORMAT_NONE;
}

bool hasFloat(MlirType type) {
  if (mlirTypeIsAShaped(type))
    type = mlirShapedTypeGetElementType(type);
  return mlirTypeIsAFloat(type);
}

const char *elementName(MlirType element) {
  switch (formatOf(element)) {
  case FORMAT_BF16:
    return "bf16";
  case FORMAT_F16:
    return "f16";
  case FORMAT_F32:
    return "f32";
  case FORMAT_NONE:
    break;
  }
  if (!mlirTypeIsAInteger(element))
    return NULL;
  bool isUnsigned = mlirIntegerTypeIsUnsigned(element);
  switch (mlirIntegerTypeGetWidth(element)) {
  case 8:
    return isUnsigned ? "u8" : "i8";
  case 16:
    return isUnsigned ? "u16" : "i16";
  case 32:
    return isUnsigned ? "u32" : "i32";
  default:
    return NULL;
  }
}

static MlirType convertFunctionType(MlirType type,
                                    MlirType (*convert)(MlirType)) {
  intptr_t numInputs = mlirFunctionTypeGetNumInputs(type),
           numResults = mlirFunctionTypeGetNumResults(type);
  MlirType *types = calloc((size_t)(numInputs + numResults) + 1, sizeof *types);
  if (!types)
    abort();
  for (intptr_t i = 0; i < numInputs; i++)
    types[i] = convert(mlirFunctionTypeGetInput(type, i));
  for (intptr_t i = 0; i < numResults; i++)
    types[numInputs + i] = convert(mlirFunctionTypeGetResult(type, i));
  MlirType converted =
      mlirFunctionTypeGet(mlirTypeGetContext(type), numInputs, types,
                          numResults, types + numInputs);
  free(types);
  return converted;
}

static void convertBlockTypes(MlirOperation op, MlirType (*convert)(MlirType)) {
  for (intptr_t r = 0; r < mlirOperationGetNumRegions(op); r++)
    for (MlirBlock block =
             mlirRegionGetFirstBlock(mlirOperationGetRegion(op, r));
         !mlirBlockIsNull(block); block = mlirBlockGetNextInRegion(block))
      for (intptr_t a = 0; a < mlirBlockGetNumArguments(block); a++) {
        MlirValue argument = mlirBlockGetArgument(block, a);
        mlirValueSetType(argument, convert(mlirValueGetType(argument)));
      }
}

void convertTypes(MlirOperation root, MlirType (*convert)(MlirType)) {
  OpList ops = collectOps(root);
  for (size_t i = 0; i < ops.count; i++) {
    MlirOperation op = ops.items[i];
    for (intptr_t r = 0; r < mlirOperationGetNumResults(op); r++) {
      MlirValue result = mlirOperationGetResult(op, r);
      mlirValueSetType(result, convert(mlirValueGetType(result)));
    }
    convertBlockTypes(op, convert);
    if (opIs(op, "func.func")) {
      MlirAttribute type =
          mlirOperationGetAttributeByName(op, str("function_type"));
      MlirType converted =
          convertFunctionType(mlirTypeAttrGetValue(type), convert);
      mlirOperationSetAttributeByName(op, str("function_type"),
                                      mlirTypeAttrGet(converted));
    }
  }
  free(ops.items);
}

static void writeChunk(MlirStringRef chunk, void *file) {
  fwrite(chunk.data, 1, chunk.length, file);
}

bool printToFile(MlirOperation module, const char *path) {
  FILE *file = fopen(path, "w");
  if (!file) {
    fprintf(stderr, "cannot write '%s': %s\n", path, strerror(errno));
    return false;
  }
  errno = 0;
  MlirOpPrintingFlags flags = mlirOpPrintingFlagsCreate();
  mlirOpPrintingFlagsEnableDebugInfo(flags, true, false);
  // The bodies of named ops carry locations too; only the generic form has
  // them.
  mlirOpPrintingFlagsPrintGenericOpForm(flags);
  mlirOperationPrintWithFlags(module, flags, writeChunk, file);
  mlirOpPrintingFlagsDestroy(flags);
  fputc('\n', file);
  bool failed = ferror(file) != 0;
  if (fclose(file) != 0 || failed) {
    fprintf(stderr, "cannot write '%s': %s\n", path, strerror(errno));
    return false;
  }
  return true;
}
