//===- import_extents.c - dims that may end before their block ------------===//
//
// What is computed from a block that ends with a buffer ends there as well. So
// each value whose type had dims of no constant size keeps these sizes here,
// and whether they are those of a buffer: only then a reduction can leave out
// what lies behind them (tile_edge.c looks for the block that was read).
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
                       MlirValue whole, const TtImportExtentEntry *extents,
                       const int64_t *sizes, intptr_t rank) {
  if (mlirOperationGetNumResults(slice) == 0)
    return;
  MlirValue result = mlirOperationGetResult(slice, 0);
  bool ofBuffer = ttImportIsView(kernel, whole);
  const TtImportSizes *old = ttImportSizesOf(kernel, whole);
  intptr_t dropped = rank - mlirShapedTypeGetRank(mlirValueGetType(result));
  TtImportSizes known = {0};
  for (intptr_t i = 0, kept = 0; i < rank; ++i) {
    MlirValue size = extents->value.sizes[i];
    if (dropped > 0 && sizes[i] == 1 && mlirValueIsNull(size)) {
      --dropped; // the type lacks it
      continue;
    }
    known.sizes[kept] = size;
    known.fromBuffer[kept++] = ofBuffer || (old && old->fromBuffer[i]);
  }
  put(kernel, result, &known);
}

/// The value and the memory behind it hold something of a buffer along a dim.
static void mark(TtImportKernel *kernel, MlirValue value, intptr_t dim) {
  const MlirValue both[] = {value, ttImportRootOf(value)};
  for (int i = 0; i < 2; ++i) {
    const TtImportSizes *found = ttImportSizesOf(kernel, both[i]);
    if (!found || mlirValueIsNull(found->sizes[dim]))
      continue;
    TtImportSizes known = *found;
    known.fromBuffer[dim] = true;
    put(kernel, both[i], &known);
  }
}

static bool isFromBuffer(const TtImportKernel *kernel, MlirValue value,
                         intptr_t dim) {
  const TtImportSizes *here = ttImportSizesOf(kernel, value);
  const TtImportSizes *root = ttImportSizesOf(kernel, ttImportRootOf(value));
  return (here && here->fromBuffer[dim]) || (root && root->fromBuffer[dim]);
}

void ttImportNoteCopy(TtImportKernel *kernel, MlirValue from, MlirValue to) {
  intptr_t rank = mlirShapedTypeGetRank(mlirValueGetType(from));
  for (intptr_t dim = 0; dim < rank && dim < TtImportMaxRank; ++dim)
    if (isFromBuffer(kernel, from, dim))
      mark(kernel, to, dim);
}

//===--- linalg -----------------------------------------------------------===//

/// A loop of a linalg op.
typedef struct {
  bool ends;       // over a dim of no constant size
  bool fromBuffer; // of which an operand comes from a buffer
  bool kept;       // that a result has
} Loop;

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

static intptr_t rankOf(MlirValue value) {
  MlirType type = mlirValueGetType(value);
  bool shaped = mlirTypeIsAMemRef(type) || mlirTypeIsARankedTensor(type);
  intptr_t rank = shaped ? mlirShapedTypeGetRank(type) : 0;
  return rank < TtImportMaxRank ? rank : TtImportMaxRank;
}

static void addOperand(const TtImportKernel *kernel, MlirAttribute maps,
                       MlirValue value, intptr_t operand, bool kept,
                       Loop *loops) {
  const TtImportSizes *known = ttImportSizesOf(kernel, value);
  for (intptr_t dim = 0; dim < rankOf(value); ++dim) {
    int loop = loopAt(maps, operand, dim);
    if (loop < 0)
      continue;
    loops[loop].kept |= kept;
    loops[loop].ends |= known && !mlirValueIsNull(known->sizes[dim]);
    loops[loop].fromBuffer |= isFromBuffer(kernel, value, dim);
  }
}

static MlirLogicalResult refuse(MlirOperation op) {
  TtDiagnostic *d = ttDiagnosticOpError(
      op, "reduces a dim whose size is no constant, but nothing in it comes "
          "from a block of that size of a buffer");
  ttDiagnosticHint(d, "reduce what is computed from a block that ends with its "
                      "buffer, or a block of a constant size");
  return ttDiagnosticReport(d);
}

static MlirLogicalResult noteSoftmax(TtImportKernel *kernel, MlirOperation op) {
  MlirValue input = ttLinalgSoftmaxGetInput(op);
  int64_t along = ttLinalgSoftmaxGetDimension(op);
  const TtImportSizes *known = ttImportSizesOf(kernel, input);
  if (known && along < TtImportMaxRank &&
      !mlirValueIsNull(known->sizes[along]) &&
      !isFromBuffer(kernel, input, along))
    return refuse(op);
  ttImportNoteCopy(kernel, input, ttLinalgSoftmaxGetOutput(op));
  if (mlirOperationGetNumResults(op) > 0)
    ttImportNoteCopy(kernel, input, mlirOperationGetResult(op, 0));
  return mlirLogicalResultSuccess();
}

MlirLogicalResult ttImportNoteLinalg(TtImportKernel *kernel, MlirOperation op) {
  if (ttLinalgSoftmaxIsa(op))
    return noteSoftmax(kernel, op);
  MlirAttribute maps = mlirLinalgGetIndexingMapsAttribute(op);
  if (mlirAttributeIsNull(maps) || !kernel->sizes)
    return mlirLogicalResultSuccess();
  Loop loops[MaxLoops] = {0};
  intptr_t count = mlirArrayAttrGetNumElements(maps);
  intptr_t inits = mlirOperationGetNumResults(op);
  if (inits == 0) // on memory: as many as the op writes
    inits = ttNumMemrefDestinations(op);
  for (intptr_t i = 0; i < count; ++i)
    addOperand(kernel, maps, mlirOperationGetOperand(op, i), i,
               i >= count - inits, loops);
  for (int i = 0; i < MaxLoops; ++i)
    if (loops[i].ends && !loops[i].kept && !loops[i].fromBuffer)
      return refuse(op);
  for (intptr_t i = count - inits; i < count; ++i)
    for (intptr_t dim = 0; dim < rankOf(mlirOperationGetOperand(op, i));
         ++dim) {
      int loop = loopAt(maps, i, dim);
      if (loop < 0 || !loops[loop].fromBuffer)
        continue;
      mark(kernel, mlirOperationGetOperand(op, i), dim);
      if (mlirOperationGetNumResults(op) > 0)
        mark(kernel, mlirOperationGetResult(op, i - (count - inits)), dim);
    }
  return mlirLogicalResultSuccess();
}
