//===- import_parts.c - the beginning of a block on the core --------------===//
//
// A block that ends with a buffer may be kept in memory that does not: its
// first rows are copied there, and later from there. What lies behind them is
// then what the memory held before: nothing that anybody may read, or the
// number that it was filled with, which the read puts there instead
// (`tt.read_block … fill`). Any other use of a part whose size is no constant
// would need that constant.
//
//===----------------------------------------------------------------------===//

#include "import.h"
#include "import_slice.h"
#include "mlir-c/BuiltinAttributes.h"
#include "mlir-c/BuiltinTypes.h"
#include "stb_ds.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/IR.h"
#include "tt-c/gen/ArithOps.h"
#include "tt-c/gen/LinalgOps.h"
#include "tt-c/gen/MemrefOps.h"
#include "tt-c/gen/TensorOps.h"

//===--- What the memory held ---------------------------------------------===//

typedef struct {
  MlirValue root;
  bool found;
} Use;

static MlirWalkResult findUse(MlirOperation op, void *data) {
  Use *use = data;
  for (intptr_t i = 0; i < mlirOperationGetNumOperands(op); ++i)
    use->found |= !ttImportIsViewOp(op) &&
                  mlirValueEqual(ttImportRootOf(mlirOperationGetOperand(op, i)),
                                 use->root);
  return use->found ? MlirWalkResultInterrupt : MlirWalkResultAdvance;
}

/// The last op before `copy`, in its block, that uses the memory; or null.
static MlirOperation lastUse(MlirOperation copy, MlirValue root) {
  MlirOperation last = {NULL};
  for (MlirOperation op =
           mlirBlockGetFirstOperation(mlirOperationGetBlock(copy));
       !mlirOperationEqual(op, copy); op = mlirOperationGetNextInBlock(op)) {
    Use use = {root, false};
    mlirOperationWalk(op, findUse, &use, MlirWalkPreOrder);
    if (use.found)
      last = op;
  }
  return last;
}

static bool numberOf(MlirValue value, double *number) {
  if (!mlirValueIsAOpResult(value) ||
      !ttArithConstantIsa(mlirOpResultGetOwner(value)))
    return false;
  MlirAttribute constant = ttArithConstantGetValue(mlirOpResultGetOwner(value));
  if (mlirAttributeIsAFloat(constant))
    *number = mlirFloatAttrGetValueDouble(constant);
  else if (mlirAttributeIsAInteger(constant))
    *number = (double)mlirIntegerAttrGetValueInt(constant);
  else
    return false;
  // What `fill` holds.
  return *number == (double)(float)*number;
}

/// Whether what `copy` leaves of the memory at `to` is known: nobody wrote it
/// (`*filled` is false), or all of it is one number.
static bool isKnownBehind(MlirOperation copy, MlirValue to, bool *filled,
                          double *number) {
  MlirValue root = ttImportRootOf(to);
  MlirOperation last = lastUse(copy, root);
  *filled = !mlirOperationIsNull(last);
  if (*filled)
    return ttLinalgFillIsa(last) && ttLinalgFillGetNumOutputs(last) == 1 &&
           mlirValueEqual(ttLinalgFillGetOutputs(last, 0), root) &&
           numberOf(ttLinalgFillGetInputs(last, 0), number);
  return mlirValueIsAOpResult(root) &&
         mlirBlockEqual(mlirOperationGetBlock(mlirOpResultGetOwner(root)),
                        mlirOperationGetBlock(copy));
}

//===--- Uses of a part ---------------------------------------------------===//

static MlirLogicalResult refuse(MlirOperation op, MlirOperation user) {
  TtDiagnostic *d = ttDiagnosticOpError(
      op, "takes a part of a block on the core whose size is no constant");
  if (!mlirOperationIsNull(user))
    ttDiagnosticNote(d, mlirOperationGetLocation(user), "it is used here");
  ttDiagnosticHint(
      d, "give the whole block that size (memref.alloc(%%n), a slice of the "
         "buffer); such a part can be copied to a buffer, or filled by a copy "
         "from one where nothing but a linalg.fill of a constant wrote the "
         "block before, next to the copy");
  return ttDiagnosticReport(d);
}

/// Whether a part may be used so; notes what is behind a part that is filled.
static bool mayUse(TtImportKernel *kernel, MlirOperation user, MlirValue part) {
  MlirValue from, to;
  bool filled;
  double number;
  if (ttTensorParallelInsertSliceIsa(user))
    return mlirValueEqual(ttTensorParallelInsertSliceGetSource(user), part);
  if (!ttImportCopyGet(user, &from, &to))
    return false;
  if (mlirValueEqual(from, part))
    return ttImportIsView(kernel, to);
  if (!ttImportIsView(kernel, from) ||
      !isKnownBehind(user, to, &filled, &number))
    return false;
  if (filled)
    hmput(kernel->filled, user.ptr, number);
  return true;
}

/// Whether the slice takes all of the block along a dim: it has that extent.
static bool isAll(const MlirValue *sizes, const MlirValue *extents,
                  const TtImportSlice *slice, intptr_t dim) {
  return sizes && !mlirValueIsNull(sizes[dim]) && slice->offsets[dim] == 0 &&
         ttImportSameExtent(sizes[dim], extents[dim]);
}

static MlirLogicalResult checkPart(TtImportKernel *kernel, MlirOperation op,
                                   const TtImportSlice *slice,
                                   const MlirValue *extents) {
  const TtImportSizes *known = ttImportSizesOf(kernel, slice->whole);
  const MlirValue *sizes = known ? known->sizes : NULL;
  MlirType whole = mlirValueGetType(slice->whole);
  bool part = false;
  for (intptr_t i = 0; i < slice->rank; ++i) {
    if (mlirValueIsNull(extents[i]) || isAll(sizes, extents, slice, i))
      continue;
    part = true;
    if (!mlirValueIsNull(slice->part) || slice->offsets[i] != 0 ||
        slice->sizes[i] != mlirShapedTypeGetDimSize(whole, i))
      return refuse(op, (MlirOperation){NULL});
  }
  if (!part)
    return mlirLogicalResultSuccess();
  MlirValue result = mlirOperationGetResult(op, 0);
  for (MlirOpOperand use = mlirValueGetFirstUse(result);
       !mlirOpOperandIsNull(use); use = mlirOpOperandGetNextUse(use))
    if (!mayUse(kernel, mlirOpOperandGetOwner(use), result))
      return refuse(op, mlirOpOperandGetOwner(use));
  return mlirLogicalResultSuccess();
}

MlirLogicalResult ttImportCheckParts(TtImportKernel *kernel) {
  for (ptrdiff_t i = 0; i < arrlen(kernel->ops); ++i) {
    MlirOperation op = kernel->ops[i];
    TtImportSlice slice;
    const MlirValue *extents = ttImportExtentsOf(kernel->function, op);
    if (extents && ttImportSliceGet(op, &slice) &&
        !ttImportIsView(kernel, slice.whole) &&
        mlirLogicalResultIsFailure(checkPart(kernel, op, &slice, extents)))
      return mlirLogicalResultFailure();
  }
  return mlirLogicalResultSuccess();
}

bool ttImportFilledPart(TtImportKernel *kernel, MlirOperation copy,
                        double *number) {
  if (!kernel->filled) // a look-up would make a map
    return false;
  ptrdiff_t index = hmgeti(kernel->filled, copy.ptr);
  if (index >= 0)
    *number = kernel->filled[index].value;
  return index >= 0;
}
