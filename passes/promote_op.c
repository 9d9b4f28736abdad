//===- promote_op.c - ops on on-chip memory become ops on values ----------===//
//
// Straight-line ops only: what control flow hands on is promote_memory.c.
//
//===----------------------------------------------------------------------===//

#include "promote_op.h"
#include "memory_access.h"
#include "mlir-c/BuiltinTypes.h"
#include "mlir-c/Dialect/Linalg.h"
#include "stb_ds.h"
#include "tt-c/gen/BufferizationOps.h"
#include "tt-c/gen/LinalgOps.h"
#include "tt-c/gen/MemrefOps.h"

static bool isMemref(MlirValue value) {
  return mlirTypeIsAMemRef(mlirValueGetType(value));
}

bool ttHasValueForm(MlirOperation op) {
  return ttMemrefCopyIsa(op) || ttMemrefDeallocIsa(op) ||
         ttBufferizationToTensorIsa(op) ||
         ttBufferizationMaterializeInDestinationIsa(op) ||
         !mlirAttributeIsNull(mlirLinalgGetIndexingMapsAttribute(op));
}

/// Whether the body of a linalg op uses what its destination held before.
static bool readsDestination(MlirOperation op, intptr_t operand) {
  if (!ttCoversOperand(op, operand))
    return true;
  if (mlirOperationGetNumRegions(op) == 0)
    return false;
  MlirBlock body = mlirRegionGetFirstBlock(mlirOperationGetRegion(op, 0));
  if (mlirBlockGetNumArguments(body) <= operand)
    return false;
  return !mlirOpOperandIsNull(
      mlirValueGetFirstUse(mlirBlockGetArgument(body, operand)));
}

/// The tensor that stands for an operand; null after a diagnostic.
static MlirValue tensorOperand(TtBufferValues *values, const TtBuilder *b,
                               MlirOperation op, intptr_t i, bool destination) {
  MlirValue operand = mlirOperationGetOperand(op, i);
  MlirLocation loc = mlirOperationGetLocation(op);
  if (!isMemref(operand))
    return operand;
  if (!destination)
    return ttReadMemref(values, b, op, operand);
  if (!readsDestination(op, i))
    return ttEmptyValue(b, loc, ttTensorTypeOf(mlirValueGetType(operand)));
  return ttCoversOperand(op, i) ? ttReadMemref(values, b, op, operand)
                                : ttPeekMemref(values, b, loc, operand);
}

/// What the op's operands become, those from `first` on its destinations: an
/// stb_ds array, or null after a diagnostic.
static MlirValue *tensorOperands(TtBufferValues *values, const TtBuilder *b,
                                 MlirOperation op, intptr_t first) {
  MlirValue *tensors = NULL;
  for (intptr_t i = 0; i < mlirOperationGetNumOperands(op); ++i) {
    MlirValue tensor = tensorOperand(values, b, op, i, i >= first);
    if (mlirValueIsNull(tensor)) {
      arrfree(tensors);
      return NULL;
    }
    arrput(tensors, tensor);
  }
  return tensors;
}

/// A linalg op on memrefs becomes the same op on tensors, whose results are
/// what its destinations hold.
static MlirLogicalResult promoteLinalg(TtBufferValues *values,
                                       MlirOperation op) {
  MlirLocation loc = mlirOperationGetLocation(op);
  TtBuilder b = ttBuilderBefore(op);
  intptr_t count = mlirOperationGetNumOperands(op);
  intptr_t first = count - ttNumMemrefDestinations(op);
  MlirValue *tensors = tensorOperands(values, &b, op, first);
  if (!tensors)
    return mlirLogicalResultFailure();
  MlirOperationState state =
      mlirOperationStateGet(mlirIdentifierStr(mlirOperationGetName(op)), loc);
  mlirOperationStateAddOperands(&state, count, tensors);
  for (intptr_t i = first; i < count; ++i) {
    MlirType type = mlirValueGetType(tensors[i]);
    mlirOperationStateAddResults(&state, 1, &type);
  }
  arrfree(tensors);
  for (intptr_t i = 0; i < mlirOperationGetNumAttributes(op); ++i) {
    MlirNamedAttribute attribute = mlirOperationGetAttribute(op, i);
    mlirOperationStateAddAttributes(&state, 1, &attribute);
  }
  for (intptr_t i = 0; i < mlirOperationGetNumRegions(op); ++i) {
    MlirRegion region = mlirRegionCreate();
    mlirRegionTakeBody(region, mlirOperationGetRegion(op, i));
    mlirOperationStateAddOwnedRegions(&state, 1, &region);
  }
  MlirOperation made = ttBuilderInsert(&b, mlirOperationCreate(&state));
  for (intptr_t i = first; i < count; ++i)
    ttWriteMemref(values, &b, loc, mlirOperationGetOperand(op, i),
                  mlirOperationGetResult(made, i - first));
  mlirOperationDestroy(op);
  return mlirLogicalResultSuccess();
}

static MlirLogicalResult promoteCopy(TtBufferValues *values, MlirOperation op,
                                     MlirValue from, MlirValue to) {
  TtBuilder b = ttBuilderBefore(op);
  MlirValue value = isMemref(from) ? ttReadMemref(values, &b, op, from) : from;
  if (mlirValueIsNull(value))
    return mlirLogicalResultFailure();
  ttWriteMemref(values, &b, mlirOperationGetLocation(op), to, value);
  mlirOperationDestroy(op);
  return mlirLogicalResultSuccess();
}

/// Whether a linalg.copy from memory to memory converts nothing.
static bool keepsElementType(MlirOperation copy) {
  MlirValue from = mlirOperationGetOperand(copy, 0);
  MlirValue to = mlirOperationGetOperand(copy, 1);
  return isMemref(from) && isMemref(to) &&
         mlirTypeEqual(mlirShapedTypeGetElementType(mlirValueGetType(from)),
                       mlirShapedTypeGetElementType(mlirValueGetType(to)));
}

MlirLogicalResult ttPromoteOp(TtBufferValues *values, MlirOperation op) {
  if (ttMemrefDeallocIsa(op)) {
    mlirOperationDestroy(op);
    return mlirLogicalResultSuccess();
  }
  if (ttMemrefCopyIsa(op))
    return promoteCopy(values, op, ttMemrefCopyGetSource(op),
                       ttMemrefCopyGetTarget(op));
  if (ttLinalgCopyIsa(op) && keepsElementType(op))
    return promoteCopy(values, op, mlirOperationGetOperand(op, 0),
                       mlirOperationGetOperand(op, 1));
  if (ttBufferizationMaterializeInDestinationIsa(op) &&
      isMemref(ttBufferizationMaterializeInDestinationGetDest(op)))
    return promoteCopy(values, op,
                       ttBufferizationMaterializeInDestinationGetSource(op),
                       ttBufferizationMaterializeInDestinationGetDest(op));
  if (ttBufferizationToTensorIsa(op)) {
    TtBuilder b = ttBuilderBefore(op);
    MlirValue value =
        ttReadMemref(values, &b, op, ttBufferizationToTensorGetBuffer(op));
    if (mlirValueIsNull(value))
      return mlirLogicalResultFailure();
    mlirValueReplaceAllUsesOfWith(ttBufferizationToTensorGetResult(op), value);
    mlirOperationDestroy(op);
    return mlirLogicalResultSuccess();
  }
  if (!mlirAttributeIsNull(mlirLinalgGetIndexingMapsAttribute(op)) &&
      ttNumMemrefDestinations(op) > 0)
    return promoteLinalg(values, op);
  return mlirLogicalResultSuccess();
}
