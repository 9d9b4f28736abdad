//===- packed_vectors.c - 1-D buffers used element-wise only --------------===//
//
// Packing 1,024 consecutive elements into a tile keeps their order only for
// ops that look at one position of all their operands at a time, and only
// blocks of whole tiles can be moved. The 1-D blocks of one kernel flow into
// each other, so all of its 1-D buffers are packed or none, and since kernels
// share buffers this is a fixed point: start with all, take away.
//
//===----------------------------------------------------------------------===//

#include "affine_form.h"
#include "host_tree.h"
#include "import.h"
#include "infer_layout.h"
#include "mlir-c/AffineMap.h"
#include "mlir-c/BuiltinAttributes.h"
#include "mlir-c/BuiltinTypes.h"
#include "mlir-c/Dialect/Linalg.h"
#include "stb_ds.h"
#include "tt-c/gen/MemrefOps.h"
#include "tt-c/gen/TtOps.h"

static bool hasRank(MlirValue value, intptr_t rank) {
  MlirType type = mlirValueGetType(value);
  return mlirTypeIsAShaped(type) && mlirShapedTypeHasRank(type) &&
         mlirShapedTypeGetRank(type) == rank;
}

//===--- Ops --------------------------------------------------------------===//

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

/// Whether a transfer of a 1-D buffer moves whole tiles of 1,024 elements: at
/// multiples of them, or all of the buffer.
static bool movesPackedTiles(MlirOperation transfer, MlirType buffer) {
  enum { TileElements = 1024 };
  MlirType block = ttTransferBlockType(transfer);
  int64_t size = mlirShapedTypeGetRank(block) == 1
                     ? mlirShapedTypeGetDimSize(block, 0)
                     : 1;
  TtAffineForm offset = ttAffineFormGet(
      ttReadBlockIsa(transfer) ? ttReadBlockGetOffsets(transfer, 0)
                               : ttWriteBlockGetOffsets(transfer, 0));
  intptr_t culprit;
  bool aligned = ttAffineFormIsMultipleOf(&offset, TileElements, &culprit);
  ttAffineFormDestroy(&offset);
  return aligned && (size % TileElements == 0 ||
                     size == mlirShapedTypeGetDimSize(buffer, 0));
}

//===--- Kernels ----------------------------------------------------------===//

/// The 1-D buffers of a kernel, and whether it lets them be packed.
typedef struct {
  MlirOperation *buffers; // stb_ds array
  bool packs;
} KernelUse;

static MlirWalkResult addUse(MlirOperation op, void *data) {
  KernelUse *use = data;
  use->packs &= isElementwise(op);
  if (!ttIsBlockTransfer(op))
    return MlirWalkResultAdvance;
  MlirOperation buffer = ttTransferBuffer(op);
  if (mlirOperationIsNull(buffer) ||
      mlirShapedTypeGetRank(ttBufferGetType(buffer)) != 1)
    return MlirWalkResultAdvance;
  use->packs &= movesPackedTiles(op, ttBufferGetType(buffer));
  arrput(use->buffers, buffer);
  return MlirWalkResultAdvance;
}

static bool contains(MlirOperation *ops, MlirOperation op) {
  for (ptrdiff_t i = 0; i < arrlen(ops); ++i)
    if (mlirOperationEqual(ops[i], op))
      return true;
  return false;
}

/// Adds the buffers of a kernel that cannot be packed to `rows`.
static bool spread(const KernelUse *use, MlirOperation **rows) {
  bool packs = use->packs, changed = false;
  for (ptrdiff_t i = 0; i < arrlen(use->buffers); ++i)
    packs &= !contains(*rows, use->buffers[i]);
  for (ptrdiff_t i = 0; i < arrlen(use->buffers) && !packs; ++i) {
    if (contains(*rows, use->buffers[i]))
      continue;
    arrput(*rows, use->buffers[i]);
    changed = true;
  }
  return changed;
}

MlirOperation *ttRowVectors(MlirOperation host) {
  KernelUse *uses = NULL;
  MlirOperation *rows = NULL;
  MlirBlock body = mlirRegionGetFirstBlock(ttHostGetBody(host));
  MlirOperation op = mlirBlockGetFirstOperation(body);
  for (; !mlirOperationIsNull(op); op = mlirOperationGetNextInBlock(op)) {
    KernelUse use = {NULL, true};
    if (!ttKernelIsa(op))
      continue;
    mlirOperationWalk(op, addUse, &use, MlirWalkPreOrder);
    arrput(uses, use);
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (ptrdiff_t i = 0; i < arrlen(uses); ++i)
      changed |= spread(&uses[i], &rows);
  }
  for (ptrdiff_t i = 0; i < arrlen(uses); ++i)
    arrfree(uses[i].buffers);
  arrfree(uses);
  return rows;
}
