// Insertion points.

#include "tt-c/Builder.h"

TtBuilder ttBuilderDetached(MlirContext context) {
  return (TtBuilder){context, {NULL}, {NULL}};
}

TtBuilder ttBuilderAtEnd(MlirContext context, MlirBlock block) {
  return (TtBuilder){context, block, {NULL}};
}

TtBuilder ttBuilderAtStart(MlirContext context, MlirBlock block) {
  return (TtBuilder){context, block, mlirBlockGetFirstOperation(block)};
}

TtBuilder ttBuilderBefore(MlirOperation op) {
  return (TtBuilder){mlirOperationGetContext(op), mlirOperationGetBlock(op),
                     op};
}

TtBuilder ttBuilderAfter(MlirOperation op) {
  return (TtBuilder){mlirOperationGetContext(op), mlirOperationGetBlock(op),
                     mlirOperationGetNextInBlock(op)};
}

TtBuilder ttBuilderBeforeTerminator(MlirContext context, MlirBlock block) {
  return (TtBuilder){context, block, mlirBlockGetTerminator(block)};
}

MlirOperation ttBuilderInsert(const TtBuilder *b, MlirOperation op) {
  if (!mlirOperationIsNull(op) && !mlirBlockIsNull(b->block))
    mlirBlockInsertOwnedOperationBefore(b->block, b->before, op);
  return op;
}
