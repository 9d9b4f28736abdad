//===- packed_vectors.c - 1-D buffers used element-wise only --------------===//
//
// Packing 1,024 consecutive elements into a tile keeps their order only for
// ops that look at one position of all their operands at a time. A kernel that
// touches the buffer may therefore hold no op that has a 1-D operand and does
// anything else: the blocks of one kernel flow into each other.
//
//===----------------------------------------------------------------------===//

#include "import.h"
#include "infer_layout.h"
#include "mlir-c/AffineMap.h"
#include "mlir-c/BuiltinAttributes.h"
#include "mlir-c/BuiltinTypes.h"
#include "mlir-c/Dialect/Linalg.h"
#include "tt-c/gen/MemrefOps.h"
#include "tt-c/gen/ScfOps.h"
#include "tt-c/gen/TtOps.h"
#include <string.h>

typedef struct {
  MlirStringRef buffer;
  bool touched;     // the kernel transfers blocks of the buffer
  bool elementwise; // no op on 1-D blocks is anything else
} Use;

static bool hasRank(MlirValue value, intptr_t rank) {
  MlirType type = mlirValueGetType(value);
  return mlirTypeIsAShaped(type) && mlirShapedTypeHasRank(type) &&
         mlirShapedTypeGetRank(type) == rank;
}

static bool mapsAreIdentity(MlirOperation op) {
  MlirAttribute maps = mlirLinalgGetIndexingMapsAttribute(op);
  if (mlirAttributeIsNull(maps))
    return false;
  for (intptr_t i = 0; i < mlirArrayAttrGetNumElements(maps); ++i) {
    MlirAffineMap map =
        mlirAffineMapAttrGetValue(mlirArrayAttrGetElement(maps, i));
    bool scalar = mlirAffineMapGetNumResults(map) == 0;
    if (mlirAffineMapGetNumDims(map) != 1 ||
        (!scalar && !mlirAffineMapIsIdentity(map)))
      return false;
  }
  return true;
}

/// Counts the 1-D and the other blocks whose elements a loop nest accesses.
static MlirWalkResult countAccess(MlirOperation op, void *data) {
  int *counts = data;
  MlirValue memref = {NULL};
  if (ttMemrefLoadIsa(op))
    memref = ttMemrefLoadGetMemref(op);
  else if (ttMemrefStoreIsa(op))
    memref = ttMemrefStoreGetMemref(op);
  if (!mlirValueIsNull(memref))
    ++counts[hasRank(memref, 1) ? 0 : 1];
  return MlirWalkResultAdvance;
}

static bool isElementwise(MlirOperation op) {
  bool vector = false;
  for (intptr_t i = 0; i < mlirOperationGetNumOperands(op); ++i)
    vector |= hasRank(mlirOperationGetOperand(op, i), 1);
  if (ttImportIsLinalg(op))
    return !vector || mapsAreIdentity(op);
  if (!ttImportIsElementNest(op))
    return true;
  int counts[2] = {0, 0};
  mlirOperationWalk(op, countAccess, counts, MlirWalkPreOrder);
  return counts[0] == 0 || counts[1] == 0;
}

static MlirWalkResult addUse(MlirOperation op, void *data) {
  Use *use = data;
  MlirStringRef name = {NULL, 0};
  if (ttReadBlockIsa(op))
    name = ttReadBlockGetBuffer(op);
  else if (ttWriteBlockIsa(op))
    name = ttWriteBlockGetBuffer(op);
  use->touched |= name.length > 0 && mlirStringRefEqual(name, use->buffer);
  use->elementwise &= isElementwise(op);
  return MlirWalkResultAdvance;
}

bool ttIsUsedElementwiseOnly(MlirOperation host, MlirStringRef buffer) {
  MlirBlock body = mlirRegionGetFirstBlock(ttHostGetBody(host));
  MlirOperation op = mlirBlockGetFirstOperation(body);
  for (; !mlirOperationIsNull(op); op = mlirOperationGetNextInBlock(op)) {
    Use use = {buffer, false, true};
    if (!ttKernelIsa(op))
      continue;
    mlirOperationWalk(op, addUse, &use, MlirWalkPreOrder);
    if (use.touched && !use.elementwise)
      return false;
  }
  return true;
}
