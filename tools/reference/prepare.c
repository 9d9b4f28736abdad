// The input without what only the device knows.
//
// Takes a parsed input module; leaves the same computation without `tt.*`
// attributes, memory spaces and thread ids, each function marked with the kind
// and the block format of its arguments and each operation of a contraction or
// reduction body marked by its location: lowering to loops keeps locations, and
// forgets which additions the device does on its matrix engine.

#include "ir.h"

#include "mlir-c/Diagnostics.h"

#include <stdlib.h>
#include <string.h>

static MlirType dropMemorySpace(MlirType type) {
  if (mlirTypeIsAUnrankedMemRef(type))
    return mlirUnrankedMemRefTypeGet(mlirShapedTypeGetElementType(type),
                                     mlirAttributeGetNull());
  if (!mlirTypeIsAMemRef(type) ||
      mlirAttributeIsNull(mlirMemRefTypeGetMemorySpace(type)))
    return type;
  int64_t shape[16];
  intptr_t rank = mlirShapedTypeGetRank(type);
  if (rank > 16)
    return type;
  for (intptr_t i = 0; i < rank; i++)
    shape[i] = mlirShapedTypeGetDimSize(type, i);
  return mlirMemRefTypeGet(mlirShapedTypeGetElementType(type), rank, shape,
                           mlirMemRefTypeGetLayout(type),
                           mlirAttributeGetNull());
}

static bool isDeviceAttribute(MlirNamedAttribute attribute) {
  MlirStringRef name = mlirIdentifierStr(attribute.name);
  return name.length > 3 && memcmp(name.data, "tt.", 3) == 0;
}

static MlirAttribute withoutDeviceKeys(MlirContext context,
                                       MlirAttribute dictionary) {
  MlirNamedAttribute kept[64];
  intptr_t count = 0;
  for (intptr_t i = 0;
       i < mlirDictionaryAttrGetNumElements(dictionary) && count < 64; i++) {
    MlirNamedAttribute attribute = mlirDictionaryAttrGetElement(dictionary, i);
    if (!isDeviceAttribute(attribute))
      kept[count++] = attribute;
  }
  return mlirDictionaryAttrGet(context, count, kept);
}

// `arg_attrs` and `res_attrs` of a function are arrays with one dictionary per
// argument or result.
static void dropBoundaryAttributes(MlirOperation function, const char *name) {
  MlirAttribute array = mlirOperationGetAttributeByName(function, str(name));
  if (mlirAttributeIsNull(array))
    return;
  MlirContext context = mlirOperationGetContext(function);
  intptr_t count = mlirArrayAttrGetNumElements(array);
  MlirAttribute *kept = calloc((size_t)count + 1, sizeof *kept);
  if (!kept)
    abort();
  for (intptr_t i = 0; i < count; i++)
    kept[i] = withoutDeviceKeys(context, mlirArrayAttrGetElement(array, i));
  mlirOperationSetAttributeByName(function, str(name),
                                  mlirArrayAttrGet(context, count, kept));
  free(kept);
}

// Bits of an element's magnitude in the block format that a `tt.layout` asks
// for, 0 if it asks for none. The attribute is opaque here: the compiler's
// dialect takes no part in the reference.
static char blockDigits(MlirAttribute dictionary) {
  if (mlirAttributeIsNull(dictionary))
    return 0;
  MlirAttribute layout =
      mlirDictionaryAttrGetElementByName(dictionary, str("tt.layout"));
  if (mlirAttributeIsNull(layout) || !mlirAttributeIsAOpaque(layout))
    return 0;
  MlirStringRef text = mlirOpaqueAttrGetData(layout);
  static const struct {
    const char *name;
    char digits;
  } formats[] = {{"bfp8_b", 7}, {"bfp4_b", 3}};
  for (size_t f = 0; f < sizeof formats / sizeof *formats; f++) {
    size_t length = strlen(formats[f].name);
    for (size_t at = 0; at + length <= text.length; at++)
      if (memcmp(text.data + at, formats[f].name, length) == 0)
        return formats[f].digits;
  }
  return 0;
}

// Appends one digit for each argument or each result of the function.
static size_t appendBlocks(MlirOperation function, const char *attributes,
                           intptr_t count, char *blocks, size_t size,
                           size_t used) {
  MlirAttribute array =
      mlirOperationGetAttributeByName(function, str(attributes));
  for (intptr_t i = 0; i < count && used < size; i++) {
    MlirAttribute dictionary = mlirAttributeIsNull(array)
                                   ? mlirAttributeGetNull()
                                   : mlirArrayAttrGetElement(array, i);
    blocks[used++] = (char)('0' + blockDigits(dictionary));
  }
  return used;
}

static void markBlocks(MlirOperation function) {
  MlirType type = mlirTypeAttrGetValue(
      mlirOperationGetAttributeByName(function, str("function_type")));
  char blocks[256];
  size_t used =
      appendBlocks(function, "arg_attrs", mlirFunctionTypeGetNumInputs(type),
                   blocks, sizeof blocks, 0);
  used =
      appendBlocks(function, "res_attrs", mlirFunctionTypeGetNumResults(type),
                   blocks, sizeof blocks, used);
  mlirOperationSetDiscardableAttributeByName(
      function, str(BLOCKS_ATTRIBUTE),
      mlirStringAttrGet(mlirOperationGetContext(function),
                        mlirStringRefCreate(blocks, used)));
}

static void dropDeviceAttributes(MlirOperation op) {
  for (intptr_t i = mlirOperationGetNumDiscardableAttributes(op); i-- > 0;) {
    MlirNamedAttribute attribute = mlirOperationGetDiscardableAttribute(op, i);
    if (isDeviceAttribute(attribute))
      mlirOperationRemoveDiscardableAttributeByName(
          op, mlirIdentifierStr(attribute.name));
  }
  if (opIs(op, "func.func")) {
    markBlocks(op);
    dropBoundaryAttributes(op, "arg_attrs");
    dropBoundaryAttributes(op, "res_attrs");
  }
}

static bool reduces(MlirOperation op) {
  if (!opStartsWith(op, "linalg."))
    return false;
  MlirAttribute iterators =
      mlirOperationGetAttributeByName(op, str("iterator_types"));
  if (mlirAttributeIsNull(iterators)) {
    MlirStringRef name = mlirIdentifierStr(mlirOperationGetName(op));
    static const char *const kinds[] = {"mat",  "dot",     "contract", "reduce",
                                        "conv", "pooling", "mmt4d"};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
      for (size_t at = 0; at + strlen(kinds[k]) <= name.length; at++)
        if (memcmp(name.data + at, kinds[k], strlen(kinds[k])) == 0)
          return true;
    return false;
  }
  MlirAttribute reduction = mlirAttributeParseGet(
      mlirOperationGetContext(op), str("#linalg.iterator_type<reduction>"));
  for (intptr_t i = 0; i < mlirArrayAttrGetNumElements(iterators); i++)
    if (mlirAttributeEqual(mlirArrayAttrGetElement(iterators, i), reduction))
      return true;
  return false;
}

static void markBody(MlirOperation op) {
  OpList body = collectOps(op);
  for (size_t i = 0; i < body.count; i++) {
    MlirLocation at = mlirOperationGetLocation(body.items[i]);
    if (!mlirOperationEqual(body.items[i], op))
      mlirOperationSetLocation(body.items[i],
                               mlirLocationNameGet(mlirOperationGetContext(op),
                                                   str(REDUCTION_MARK), at));
  }
  free(body.items);
}

static bool holdsKernel(MlirOperation function) {
  OpList body = collectOps(function);
  bool found = false;
  for (size_t i = 0; i < body.count && !found; i++)
    found = opIs(body.items[i], "scf.forall");
  free(body.items);
  return found;
}

static bool markArguments(MlirOperation function) {
  MlirType type = mlirTypeAttrGetValue(
      mlirOperationGetAttributeByName(function, str("function_type")));
  char kinds[256];
  intptr_t count = mlirFunctionTypeGetNumInputs(type);
  for (intptr_t i = 0; i < count; i++) {
    MlirType argument = mlirFunctionTypeGetInput(type, i);
    bool isBuffer =
        mlirTypeIsAMemRef(argument) || mlirTypeIsARankedTensor(argument);
    if (i == 255 || !isBuffer || !mlirShapedTypeHasStaticShape(argument) ||
        !elementName(mlirShapedTypeGetElementType(argument))) {
      mlirEmitError(
          mlirOperationGetLocation(function),
          "argument of a checked function must be a memref or tensor of static "
          "shape with elements bf16, f16, f32 or integers of "
          "8, 16 or 32 bits");
      return false;
    }
    kinds[i] = mlirTypeIsAMemRef(argument) ? 'm' : 't';
  }
  MlirContext context = mlirOperationGetContext(function);
  MlirAttribute marks =
      mlirStringAttrGet(context, mlirStringRefCreate(kinds, (size_t)count));
  mlirOperationSetDiscardableAttributeByName(function, str(ARGUMENTS_ATTRIBUTE),
                                             marks);
  return true;
}

// A cast between memory spaces is the buffer itself once there are none.
static void dropSpaceCast(MlirOperation op) {
  mlirValueReplaceAllUsesOfWith(mlirOperationGetResult(op, 0),
                                mlirOperationGetOperand(op, 0));
  mlirOperationDestroy(op);
}

bool prepareModule(MlirOperation module) {
  OpList ops = collectOps(module);
  bool ok = true;
  for (size_t i = 0; i < ops.count; i++) {
    dropDeviceAttributes(ops.items[i]);
    if (reduces(ops.items[i]))
      markBody(ops.items[i]);
    if (opIs(ops.items[i], "func.func") && holdsKernel(ops.items[i]))
      ok &= markArguments(ops.items[i]);
  }
  convertTypes(module, dropMemorySpace);
  for (size_t i = 0; i < ops.count; i++)
    if (opIs(ops.items[i], "memref.memory_space_cast"))
      dropSpaceCast(ops.items[i]);
  free(ops.items);
  MlirBlock body = mlirModuleGetBody(mlirModuleFromOperation(module));
  for (MlirOperation op = mlirBlockGetFirstOperation(body);
       ok && !mlirOperationIsNull(op); op = mlirOperationGetNextInBlock(op))
    if (opIs(op, "func.func"))
      ok = lowerThreads(op);
  return ok;
}
