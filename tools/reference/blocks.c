// Buffers that the device keeps in a block format: 16 elements of a row share
// an exponent, so what a grid writes is rounded when the grid is done.
//
// Takes a function after the distribution's passes made loops of it, its floats
// not yet tracked; leaves a call of the rounding rule behind each loop at its
// top that writes such a buffer. A result is often computed in a buffer of its
// own and copied at the end: that buffer stands for it, because a later grid
// reads it.

#include "ir.h"

#include <stdlib.h>

int blockDigitsOf(MlirOperation function, intptr_t position) {
  MlirAttribute blocks = mlirOperationGetDiscardableAttributeByName(
      function, str(BLOCKS_ATTRIBUTE));
  if (mlirAttributeIsNull(blocks))
    return 0;
  MlirStringRef digits = mlirStringAttrGetValue(blocks);
  return (size_t)position < digits.length ? digits.data[position] - '0' : 0;
}

static MlirOperation topAncestor(MlirOperation op, MlirBlock body) {
  while (!mlirBlockEqual(mlirOperationGetBlock(op), body))
    op = mlirOperationGetParentOperation(op);
  return op;
}

static void remember(OpList *list, MlirOperation op) {
  for (size_t i = 0; i < list->count; i++)
    if (mlirOperationEqual(list->items[i], op))
      return;
  appendToList(list, op);
}

// The ops at the top of the function below which something writes `value` or a
// view of it.
static void collectWriters(MlirValue value, MlirBlock body, OpList *writers) {
  for (MlirOpOperand use = mlirValueGetFirstUse(value);
       !mlirOpOperandIsNull(use); use = mlirOpOperandGetNextUse(use)) {
    MlirOperation user = mlirOpOperandGetOwner(use);
    if ((opIs(user, "memref.store") || opIs(user, "memref.copy")) &&
        mlirOpOperandGetOperandNumber(use) == 1)
      remember(writers, topAncestor(user, body));
    for (intptr_t i = 0; i < mlirOperationGetNumResults(user); i++) {
      MlirValue result = mlirOperationGetResult(user, i);
      if (mlirTypeIsAMemRef(mlirValueGetType(result)))
        collectWriters(result, body, writers);
    }
  }
}

static MlirValue emitInteger(Cursor *at, unsigned bits, int64_t value) {
  MlirType type = mlirIntegerTypeGet(at->context, bits);
  return emitConstant(at, mlirIntegerAttrGet(type, value), type);
}

static void emitRounding(MlirOperation after, MlirValue buffer, int digits) {
  Cursor at = cursorBefore(mlirOperationGetNextInBlock(after));
  MlirType type = mlirValueGetType(buffer),
           index = mlirIndexTypeGet(at.context),
           word = mlirIntegerTypeGet(at.context, 64);
  intptr_t rank = mlirShapedTypeGetRank(type);
  int64_t rows = 1, columns = 1;
  for (intptr_t i = 0; i < rank; i++) {
    rows *= columns;
    columns = mlirShapedTypeGetDimSize(type, i);
  }
  MlirValue address = emitValue(&at, "memref.extract_aligned_pointer_as_index",
                                1, &buffer, index);
  MlirValue operands[5] = {
      emitValue(&at, "arith.index_cast", 1, &address, word),
      emitInteger(&at, 64, rows), emitInteger(&at, 64, columns),
      emitInteger(&at, 32, digits), emitInteger(&at, 32, formatOf(type))};
  MlirNamedAttribute callee =
      named(at.context, "callee",
            mlirFlatSymbolRefAttrGet(at.context, str("tt_rule_round_blocks")));
  emitOp(&at, "func.call", 5, operands, 0, NULL, 1, &callee);
}

static void roundBuffer(MlirValue buffer, MlirBlock body, int digits) {
  OpList writers = {NULL, 0, 0};
  collectWriters(buffer, body, &writers);
  for (size_t i = 0; i < writers.count; i++) {
    MlirOperation writer = writers.items[i];
    if (!opIs(writer, "memref.copy")) {
      emitRounding(writer, buffer, digits);
      continue;
    }
    MlirValue source = mlirOperationGetOperand(writer, 0);
    if (mlirValueIsAOpResult(source) &&
        opIs(mlirOpResultGetOwner(source), "memref.alloc"))
      roundBuffer(source, body, digits);
    else
      emitRounding(writer, buffer, digits);
  }
  free(writers.items);
}

void roundBlockBuffers(MlirOperation function) {
  MlirRegion region = mlirOperationGetRegion(function, 0);
  MlirBlock body = mlirRegionGetFirstBlock(region);
  if (mlirBlockIsNull(body))
    return;
  for (intptr_t i = 0; i < mlirBlockGetNumArguments(body); i++) {
    int digits = blockDigitsOf(function, i);
    MlirValue argument = mlirBlockGetArgument(body, i);
    if (digits > 0 && formatOf(mlirValueGetType(argument)) != FORMAT_NONE)
      roundBuffer(argument, body, digits);
  }
}
