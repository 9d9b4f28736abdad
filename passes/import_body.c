//===- import_body.c - what may stand in a kernel -------------------------===//
//
// Everything is checked here, before anything is rewritten: each op means
// something on a core, each shape is static, each element type has a tile
// format, and local memory is on the core (after this its memory space says
// nothing more, and is dropped).
//
//===----------------------------------------------------------------------===//

#include "import.h"
#include "mlir-c/BuiltinAttributes.h"
#include "mlir-c/BuiltinTypes.h"
#include "mlir-c/Dialect/Arith.h"
#include "mlir-c/Dialect/Linalg.h"
#include "mlir-c/Dialect/Math.h"
#include "stb_ds.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/IR.h"
#include "tt-c/gen/AffineOps.h"
#include "tt-c/gen/ArithOps.h"
#include "tt-c/gen/BufferizationOps.h"
#include "tt-c/gen/GpuAttrs.h"
#include "tt-c/gen/GpuOps.h"
#include "tt-c/gen/MemrefOps.h"
#include "tt-c/gen/ScfOps.h"
#include "tt-c/gen/TensorOps.h"
#include <stdlib.h>
#include <string.h>

//===--- Kinds of ops -----------------------------------------------------===//

static bool isOfDialect(MlirOperation op, MlirDialectHandle handle) {
  MlirStringRef name = mlirIdentifierStr(mlirOperationGetName(op));
  MlirStringRef dialect = mlirDialectHandleGetNamespace(handle);
  return name.length > dialect.length && name.data[dialect.length] == '.' &&
         memcmp(name.data, dialect.data, dialect.length) == 0;
}

bool ttImportIsLinalg(MlirOperation op) {
  return isOfDialect(op, mlirGetDialectHandle__linalg__());
}

static bool isScalar(MlirOperation op) {
  return isOfDialect(op, mlirGetDialectHandle__arith__()) ||
         isOfDialect(op, mlirGetDialectHandle__math__()) ||
         ttAffineApplyIsa(op) || ttAffineMinIsa(op) || ttAffineMaxIsa(op) ||
         ttAffineDelinearizeIndexIsa(op) || ttAffineLinearizeIndexIsa(op) ||
         ttGpuThreadIdIsa(op);
}

static bool isElementAccess(MlirOperation op) {
  return ttMemrefLoadIsa(op) || ttMemrefStoreIsa(op);
}

static bool isLoop(MlirOperation op) {
  return ttScfForIsa(op) || ttScfParallelIsa(op) || ttScfForallIsa(op);
}

static bool isTerminator(MlirOperation op) {
  return ttScfYieldIsa(op) || ttScfReduceIsa(op) || ttScfReduceReturnIsa(op) ||
         ttScfInParallelIsa(op);
}

/// Whether the ops below `op` only compute and access elements; `accesses`
/// counts the latter.
static bool holdsElementsOnly(MlirOperation op, int *accesses) {
  for (intptr_t i = 0; i < mlirOperationGetNumRegions(op); ++i) {
    MlirBlock block = mlirRegionGetFirstBlock(mlirOperationGetRegion(op, i));
    if (mlirBlockIsNull(block))
      continue;
    MlirOperation inner = mlirBlockGetFirstOperation(block);
    for (; !mlirOperationIsNull(inner);
         inner = mlirOperationGetNextInBlock(inner)) {
      *accesses += isElementAccess(inner);
      bool structured =
          isLoop(inner) || ttScfIfIsa(inner) || isTerminator(inner);
      if (!structured && !isScalar(inner) && !isElementAccess(inner))
        return false;
      if (structured && !holdsElementsOnly(inner, accesses))
        return false;
    }
  }
  return true;
}

/// Looks for an index that is an offset plus a counter of `loop` and no
/// counter of a loop in it.
typedef struct {
  MlirOperation loop;
  bool found;
} Search;

static bool countsAlone(MlirOperation loop, MlirValue index) {
  TtAffineForm form = ttAffineFormGet(index);
  bool own = false, others = false;
  for (intptr_t i = 0; i < form.numTerms; ++i) {
    MlirValue value = form.terms[i].value;
    if (mlirValueIsNull(value) || !mlirValueIsABlockArgument(value))
      continue;
    MlirOperation owner =
        mlirBlockGetParentOperation(mlirBlockArgumentGetOwner(value));
    if (mlirOperationEqual(owner, loop))
      own = form.terms[i].coefficient == 1;
    else
      others |= ttOperationIsAncestor(loop, owner);
  }
  ttAffineFormDestroy(&form);
  return own && !others;
}

static MlirWalkResult searchIndex(MlirOperation op, void *data) {
  Search *search = data;
  if (!isElementAccess(op))
    return MlirWalkResultAdvance;
  for (intptr_t i = 0; i < mlirOperationGetNumOperands(op); ++i) {
    MlirValue operand = mlirOperationGetOperand(op, i);
    search->found |= mlirTypeIsAIndex(mlirValueGetType(operand)) &&
                     countsAlone(search->loop, operand);
  }
  return search->found ? MlirWalkResultInterrupt : MlirWalkResultAdvance;
}

bool ttImportIsElementNest(MlirOperation op) {
  int accesses = 0;
  if (!isLoop(op) || !holdsElementsOnly(op, &accesses) || accesses == 0)
    return false;
  // A loop around such nests that only moves the block they run over is not
  // one of them.
  Search search = {op, false};
  mlirOperationWalk(op, searchIndex, &search, MlirWalkPreOrder);
  return search.found || !ttScfForIsa(op);
}

//===--- Ops --------------------------------------------------------------===//

static bool isBlockOp(MlirOperation op) {
  return ttMemrefAllocIsa(op) || ttMemrefAllocaIsa(op) ||
         ttMemrefDeallocIsa(op) || ttMemrefSubViewIsa(op) ||
         ttMemrefCastIsa(op) || ttMemrefCopyIsa(op) || ttTensorEmptyIsa(op) ||
         ttTensorExtractSliceIsa(op) || ttTensorInsertSliceIsa(op) ||
         ttTensorParallelInsertSliceIsa(op) || ttTensorCastIsa(op) ||
         ttBufferizationAllocTensorIsa(op) || ttBufferizationToTensorIsa(op) ||
         ttBufferizationToBufferIsa(op) ||
         ttBufferizationMaterializeInDestinationIsa(op);
}

static bool isOfThread(MlirValue index) {
  if (!mlirValueIsAOpResult(index))
    return false;
  MlirOperation owner = mlirOpResultGetOwner(index);
  bool found = ttGpuThreadIdIsa(owner);
  for (intptr_t i = 0; i < mlirOperationGetNumOperands(owner) && !found; ++i)
    found = isOfThread(mlirOperationGetOperand(owner, i));
  return found;
}

/// Whether `op` accesses an element of a block per thread: a loop over elements
/// that is not written down.
static bool isElementOfThread(TtImportKernel *kernel, MlirOperation op) {
  if (!isElementAccess(op))
    return false;
  MlirValue memref = ttMemrefLoadIsa(op) ? ttMemrefLoadGetMemref(op)
                                         : ttMemrefStoreGetMemref(op);
  while (mlirValueIsAOpResult(memref) &&
         (ttMemrefSubViewIsa(mlirOpResultGetOwner(memref)) ||
          ttMemrefCastIsa(mlirOpResultGetOwner(memref))))
    memref = mlirOperationGetOperand(mlirOpResultGetOwner(memref), 0);
  MlirOperation grid = mlirBlockGetParentOperation(kernel->body);
  if (!mlirValueIsAOpResult(memref) ||
      !ttOperationIsAncestor(grid, mlirOpResultGetOwner(memref)))
    return false;
  for (intptr_t i = 0; i < mlirOperationGetNumOperands(op); ++i) {
    MlirValue operand = mlirOperationGetOperand(op, i);
    if (mlirTypeIsAIndex(mlirValueGetType(operand)) && isOfThread(operand))
      return true;
  }
  return false;
}

static MlirLogicalResult checkOp(TtImportKernel *kernel, MlirOperation op) {
  bool isEnd = mlirOperationEqual(op, mlirBlockGetTerminator(kernel->body));
  if (isEnd || isScalar(op) || isBlockOp(op) || ttImportIsLinalg(op) ||
      ttScfForIsa(op) || ttScfIfIsa(op) || ttScfYieldIsa(op) ||
      ttImportIsElementNest(op) || isElementOfThread(kernel, op))
    return mlirLogicalResultSuccess();
  TtDiagnostic *d;
  if (isElementAccess(op)) {
    d = ttDiagnosticOpError(
        op, "accesses one element outside of a loop over elements");
    ttDiagnosticHint(d, "access elements in loops over a whole block that do "
                        "nothing else");
  } else if (isLoop(op)) {
    d = ttDiagnosticOpError(op, "is a grid in a grid");
    ttDiagnosticHint(d, "the blocks of a kernel are one scf.forall of 1 to 3 "
                        "dimensions; loops in it are scf.for, or loops over "
                        "elements");
  } else {
    d = ttDiagnosticOpError(op, "has no meaning in a kernel");
    ttDiagnosticHint(d, "inside a grid stand linalg ops on blocks, copies, "
                        "slices, scf.for, scf.if, and arith, math and affine "
                        "ops on scalars");
  }
  return ttDiagnosticReport(d);
}

//===--- Types ------------------------------------------------------------===//

static const struct {
  bool (*isa)(MlirType);
  unsigned width; // of an integer; 0 for floats
  TtDataFormat format;
} formats[] = {
    {mlirTypeIsAF32, 0, TtDataFormatF32},
    {mlirTypeIsABF16, 0, TtDataFormatBF16},
    {mlirTypeIsAF16, 0, TtDataFormatF16},
    {mlirIntegerTypeIsSignless, 32, TtDataFormatI32},
    {mlirIntegerTypeIsSigned, 32, TtDataFormatI32},
    {mlirIntegerTypeIsUnsigned, 32, TtDataFormatU32},
    {mlirIntegerTypeIsUnsigned, 16, TtDataFormatU16},
    {mlirIntegerTypeIsUnsigned, 8, TtDataFormatU8},
};

bool ttImportElementFormat(MlirType element, TtDataFormat *format) {
  bool integer = mlirTypeIsAInteger(element);
  for (size_t i = 0; i < sizeof formats / sizeof *formats; ++i) {
    if (integer != (formats[i].width != 0) ||
        (integer && mlirIntegerTypeGetWidth(element) != formats[i].width))
      continue;
    if (formats[i].isa(element)) {
      *format = formats[i].format;
      return true;
    }
  }
  return false;
}

static bool isOnCore(MlirAttribute space) {
  if (mlirAttributeIsNull(space))
    return true;
  if (ttAttributeIsAGpuAddressSpace(space))
    return ttGpuAddressSpaceAttrGet(space) != TtGpuAddressSpaceGlobal;
  return ttAttributeIsAMemorySpace(space) &&
         ttMemorySpaceAttrGet(space).memory == TtMemoryL1;
}

static MlirLogicalResult refuseDynamic(MlirOperation op) {
  bool slice = ttMemrefSubViewIsa(op) || ttTensorExtractSliceIsa(op);
  TtDiagnostic *d = ttDiagnosticOpError(
      op, slice ? "takes a block whose size is not a constant"
                : "has a shape that is not static");
  ttDiagnosticHint(d, "a block that ends with its buffer has the minimum of a "
                      "constant and what is left as its size");
  return ttDiagnosticReport(d);
}

static MlirLogicalResult checkElement(MlirOperation op, MlirType element) {
  TtDataFormat format;
  if (ttImportElementFormat(element, &format))
    return mlirLogicalResultSuccess();
  char *text = ttTypeToText(element);
  TtDiagnostic *d = ttDiagnosticOpError(
      op, "has elements of type '%s', for which there is no tile format", text);
  free(text);
  ttDiagnosticHint(d, "tiles hold f32, bf16, f16, i32, ui32, ui16 or ui8");
  return ttDiagnosticReport(d);
}

static MlirLogicalResult checkSpace(MlirOperation op, MlirValue value) {
  MlirType type = mlirValueGetType(value);
  MlirAttribute space = mlirMemRefTypeGetMemorySpace(type);
  if (!isOnCore(space)) {
    char *text = ttAttributeToText(space);
    TtDiagnostic *d = ttDiagnosticOpError(
        op, "is in memory space '%s', but memory in a kernel is on the core",
        text);
    free(text);
    ttDiagnosticHint(d, "use no memory space, workgroup or private memory of "
                        "gpu, or #tt.memory_space<l1>");
    return ttDiagnosticReport(d);
  }
  if (mlirAttributeIsNull(space))
    return mlirLogicalResultSuccess();
  int64_t shape[TtImportMaxRank];
  intptr_t rank = mlirShapedTypeGetRank(type);
  for (intptr_t i = 0; i < rank; ++i)
    shape[i] = mlirShapedTypeGetDimSize(type, i);
  mlirValueSetType(value,
                   mlirMemRefTypeGet(mlirShapedTypeGetElementType(type), rank,
                                     shape, mlirMemRefTypeGetLayout(type),
                                     mlirAttributeGetNull()));
  return mlirLogicalResultSuccess();
}

static MlirLogicalResult checkValue(MlirOperation op, MlirValue value) {
  MlirType type = mlirValueGetType(value);
  if (mlirTypeIsAFloat(type))
    return checkElement(op, type);
  if (!mlirTypeIsAShaped(type))
    return mlirLogicalResultSuccess();
  if (!mlirTypeIsAMemRef(type) && !mlirTypeIsARankedTensor(type))
    return refuseDynamic(op);
  if (!mlirShapedTypeHasStaticShape(type))
    return refuseDynamic(op);
  if (mlirShapedTypeGetRank(type) > TtImportMaxRank)
    return ttEmitOpError(op, "has more than %d dimensions", TtImportMaxRank);
  if (mlirLogicalResultIsFailure(
          checkElement(op, mlirShapedTypeGetElementType(type))))
    return mlirLogicalResultFailure();
  return mlirTypeIsAMemRef(type) ? checkSpace(op, value)
                                 : mlirLogicalResultSuccess();
}

static MlirWalkResult checkTypes(MlirOperation op, void *data) {
  bool *failed = data;
  for (intptr_t i = 0; i < mlirOperationGetNumResults(op) && !*failed; ++i)
    *failed = mlirLogicalResultIsFailure(
        checkValue(op, mlirOperationGetResult(op, i)));
  for (intptr_t i = 0; i < mlirOperationGetNumRegions(op); ++i) {
    MlirBlock block = mlirRegionGetFirstBlock(mlirOperationGetRegion(op, i));
    if (mlirBlockIsNull(block))
      continue;
    for (intptr_t j = 0; j < mlirBlockGetNumArguments(block) && !*failed; ++j)
      *failed = mlirLogicalResultIsFailure(
          checkValue(op, mlirBlockGetArgument(block, j)));
  }
  return *failed ? MlirWalkResultInterrupt : MlirWalkResultAdvance;
}

MlirLogicalResult ttImportCheckBody(TtImportKernel *kernel) {
  for (ptrdiff_t i = 0; i < arrlen(kernel->ops); ++i)
    if (mlirLogicalResultIsFailure(checkOp(kernel, kernel->ops[i])))
      return mlirLogicalResultFailure();
  bool failed = false;
  mlirOperationWalk(kernel->kernel, checkTypes, &failed, MlirWalkPreOrder);
  return failed ? mlirLogicalResultFailure() : mlirLogicalResultSuccess();
}
