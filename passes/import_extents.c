//===- import_extents.c - dims that may end before their block ------------===//
//
// What is computed from a block that ends with a buffer ends there as well. So
// each value whose type had dims of no constant size keeps these sizes here,
// and an op that reduces such a dim says so (`tt.ends`, the numbers of its
// loops): its block has a constant size now, of which not everything counts.
//
//===----------------------------------------------------------------------===//

#include "import.h"
#include "memory_access.h"
#include "mlir-c/AffineMap.h"
#include "mlir-c/BuiltinAttributes.h"
#include "mlir-c/BuiltinTypes.h"
#include "mlir-c/Dialect/Linalg.h"
#include "stb_ds.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/IR.h"
#include "tt-c/gen/LinalgOps.h"
#include <string.h>

const TtImportSizes *ttImportSizesOf(const TtImportKernel *kernel,
                                     MlirValue value) {
  TtImportSizesEntry *sizes = kernel->sizes;
  if (!sizes) // a look-up would make a map that nobody owns
    return NULL;
  ptrdiff_t index = hmgeti(sizes, value.ptr);
  return index < 0 ? NULL : &kernel->sizes[index].value;
}

static void put(TtImportKernel *kernel, MlirValue value,
                const TtImportSizes *sizes) {
  TtImportSizesEntry entry = {value.ptr, *sizes};
  hmputs(kernel->sizes, entry);
}

void ttImportNoteSizes(TtImportKernel *kernel, MlirValue value,
                       const MlirValue *sizes) {
  TtImportSizes known = {0};
  memcpy(known.sizes, sizes, sizeof known.sizes);
  put(kernel, value, &known);
}

void ttImportNoteSame(TtImportKernel *kernel, MlirValue value, MlirValue like) {
  const TtImportSizes *found = ttImportSizesOf(kernel, like);
  if (!found)
    return;
  TtImportSizes same = *found;
  put(kernel, value, &same);
}

void ttImportNoteSlice(TtImportKernel *kernel, MlirOperation slice,
                       const TtImportExtentEntry *extents, const int64_t *sizes,
                       intptr_t rank) {
  if (mlirOperationGetNumResults(slice) == 0)
    return;
  MlirValue result = mlirOperationGetResult(slice, 0);
  intptr_t dropped = rank - mlirShapedTypeGetRank(mlirValueGetType(result));
  TtImportSizes known = {0};
  for (intptr_t i = 0, kept = 0; i < rank; ++i) {
    MlirValue size = extents->value.sizes[i];
    if (dropped > 0 && sizes[i] == 1 && mlirValueIsNull(size))
      --dropped; // the type lacks it
    else
      known.sizes[kept++] = size;
  }
  put(kernel, result, &known);
}

//===--- linalg -----------------------------------------------------------===//

enum { MaxLoops = 16 };

static int loopAt(MlirAttribute maps, intptr_t operand, intptr_t dim) {
  MlirAffineMap map =
      mlirAffineMapAttrGetValue(mlirArrayAttrGetElement(maps, operand));
  if (dim >= mlirAffineMapGetNumResults(map))
    return -1;
  MlirAffineExpr expr = mlirAffineMapGetResult(map, dim);
  intptr_t loop =
      mlirAffineExprIsADim(expr) ? mlirAffineDimExprGetPosition(expr) : -1;
  return loop < MaxLoops ? (int)loop : -1;
}

static void setEnds(MlirOperation op, intptr_t count, const int64_t *loops) {
  if (count > 0)
    mlirOperationSetDiscardableAttributeByName(
        op, ttEndsAttrName(),
        mlirDenseI64ArrayGet(mlirOperationGetContext(op), count, loops));
}

static void noteSoftmax(const TtImportKernel *kernel, MlirOperation op) {
  const TtImportSizes *known =
      ttImportSizesOf(kernel, ttLinalgSoftmaxGetInput(op));
  int64_t along = ttLinalgSoftmaxGetDimension(op);
  if (known && along >= 0 && along < TtImportMaxRank &&
      !mlirValueIsNull(known->sizes[along]))
    setEnds(op, 1, &along);
}

static intptr_t rankOf(MlirValue value) {
  MlirType type = mlirValueGetType(value);
  bool shaped = mlirTypeIsAMemRef(type) || mlirTypeIsARankedTensor(type);
  intptr_t rank = shaped ? mlirShapedTypeGetRank(type) : 0;
  return rank < TtImportMaxRank ? rank : TtImportMaxRank;
}

static void noteLoops(const TtImportKernel *kernel, MlirOperation op,
                      MlirAttribute maps) {
  bool ends[MaxLoops] = {false}, kept[MaxLoops] = {false};
  intptr_t operands = mlirArrayAttrGetNumElements(maps), count = 0;
  intptr_t inits = mlirOperationGetNumResults(op);
  if (inits == 0) // on memory: as many as the op writes
    inits = ttNumMemrefDestinations(op);
  for (intptr_t i = 0; i < operands; ++i) {
    MlirValue operand = mlirOperationGetOperand(op, i);
    const TtImportSizes *known = ttImportSizesOf(kernel, operand);
    for (intptr_t dim = 0; dim < rankOf(operand); ++dim) {
      int loop = loopAt(maps, i, dim);
      if (loop < 0)
        continue;
      kept[loop] |= i >= operands - inits;
      ends[loop] |= known && !mlirValueIsNull(known->sizes[dim]);
    }
  }
  int64_t found[MaxLoops];
  for (int loop = 0; loop < MaxLoops; ++loop)
    if (ends[loop] && !kept[loop])
      found[count++] = loop;
  setEnds(op, count, found);
}

MlirLogicalResult ttImportNoteLinalg(TtImportKernel *kernel, MlirOperation op) {
  MlirAttribute maps = mlirLinalgGetIndexingMapsAttribute(op);
  if (!mlirAttributeIsNull(
          mlirOperationGetDiscardableAttributeByName(op, ttEndsAttrName())))
    return ttEmitOpError(op,
                         "has the attribute '%s', which only tt-import "
                         "sets",
                         ttEndsAttrName().data);
  if (ttLinalgSoftmaxIsa(op))
    noteSoftmax(kernel, op);
  else if (!mlirAttributeIsNull(maps))
    noteLoops(kernel, op, maps);
  return mlirLogicalResultSuccess();
}
