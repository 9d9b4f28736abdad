//===- import_buffers.c - the buffers of a function -----------------------===//
//
// One walk over the function's top level says of each value what it is to the
// grids: a buffer, a destination that becomes one, or something that kernels
// can make themselves. A grid on tensors works in place: its result is the
// buffer of its destination, unless the destination is used elsewhere too.
//
//===----------------------------------------------------------------------===//

#include "import.h"
#include "mlir-c/BuiltinAttributes.h"
#include "mlir-c/BuiltinTypes.h"
#include "stb_ds.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/IR.h"
#include "tt-c/gen/BufferizationOps.h"
#include "tt-c/gen/FuncOps.h"
#include "tt-c/gen/GpuAttrs.h"
#include "tt-c/gen/LinalgOps.h"
#include "tt-c/gen/MemrefOps.h"
#include "tt-c/gen/ScfOps.h"
#include "tt-c/gen/TensorOps.h"
#include <inttypes.h>
#include <stdlib.h>

const TtImportValue *ttImportFunctionLookup(const TtImportFunction *function,
                                            MlirValue value) {
  TtImportValueEntry *values = function->values;
  if (!values) // a look-up would make a map that nobody owns
    return NULL;
  ptrdiff_t index = hmgeti(values, (void *)value.ptr);
  return index < 0 ? NULL : &function->values[index].value;
}

static void define(TtImportFunction *f, MlirValue value, TtImportValue entry) {
  hmput(f->values, (void *)value.ptr, entry);
}

static void defineWhole(TtImportFunction *f, MlirValue value, int buffer) {
  define(f, value, (TtImportValue){.kind = TtImportWhole, .buffer = buffer});
}

static void definePure(TtImportFunction *f, MlirOperation op) {
  for (intptr_t i = 0; i < mlirOperationGetNumResults(op); ++i)
    define(f, mlirOperationGetResult(op, i),
           (TtImportValue){.kind = TtImportPure, .op = op});
}

//===--- Buffers ----------------------------------------------------------===//

static MlirLogicalResult refuseBuffer(MlirLocation loc, MlirType type,
                                      const char *why, const char *hint) {
  char *text = ttTypeToText(type);
  TtDiagnostic *d = ttDiagnosticError(loc, "buffer of type '%s' %s", text, why);
  free(text);
  ttDiagnosticHint(d, "%s", hint);
  return ttDiagnosticReport(d);
}

static bool isDeviceSpace(MlirAttribute space) {
  if (mlirAttributeIsNull(space))
    return true;
  if (ttAttributeIsAGpuAddressSpace(space))
    return ttGpuAddressSpaceAttrGet(space) == TtGpuAddressSpaceGlobal;
  return ttAttributeIsAMemorySpace(space) &&
         ttMemorySpaceAttrGet(space).memory == TtMemoryDRAM;
}

static MlirLogicalResult checkBufferType(MlirLocation loc, MlirType type) {
  bool memref = mlirTypeIsAMemRef(type);
  if (!memref && !mlirTypeIsARankedTensor(type))
    return refuseBuffer(loc, type, "is neither a ranked tensor nor a memref",
                        "arguments and results are tensors or memrefs; put "
                        "scalars into the grid as constants");
  if (!mlirShapedTypeHasStaticShape(type))
    return refuseBuffer(loc, type, "has a shape that is not static",
                        "give every dimension a constant size");
  intptr_t rank = mlirShapedTypeGetRank(type);
  if (rank < 1 || rank > TtImportMaxRank)
    return refuseBuffer(loc, type, "has an unsupported number of dimensions",
                        "use 1 to 6 dimensions");
  for (intptr_t i = 0; i < rank; ++i)
    if (mlirShapedTypeGetDimSize(type, i) > TtIndexMost)
      return refuseBuffer(loc, type, "has a dimension beyond all indices",
                          "use at most 2147483647 elements along each");
  TtDataFormat format;
  if (!ttImportElementFormat(mlirShapedTypeGetElementType(type), &format))
    return refuseBuffer(loc, type, "has elements without a tile format",
                        "tiles hold f32, bf16, f16, i32, ui32, ui16 or ui8");
  if (memref && !isDeviceSpace(mlirMemRefTypeGetMemorySpace(type)))
    return refuseBuffer(loc, type, "is not in the device's memory",
                        "memory outside of grids is DRAM; for an argument in "
                        "L1 use tt.layout");
  return mlirLogicalResultSuccess();
}

static MlirType tensorOf(MlirType type) {
  int64_t shape[TtImportMaxRank];
  for (intptr_t i = 0; i < mlirShapedTypeGetRank(type); ++i)
    shape[i] = mlirShapedTypeGetDimSize(type, i);
  return mlirRankedTensorTypeGet(mlirShapedTypeGetRank(type), shape,
                                 mlirShapedTypeGetElementType(type),
                                 mlirAttributeGetNull());
}

/// Appends a buffer for a value of this type; -1 after a diagnostic.
static int addBuffer(TtImportFunction *f, MlirLocation loc, MlirType type) {
  if (mlirLogicalResultIsFailure(checkBufferType(loc, type)))
    return -1;
  TtImportBuffer buffer = {
      .loc = loc, .type = tensorOf(type), .argument = -1, .result = -1};
  arrput(f->buffers, buffer);
  return (int)arrlen(f->buffers) - 1;
}

/// What the user says about argument or result `i` in an array of dictionaries.
static void userAttributes(MlirAttribute all, intptr_t i,
                           TtImportBuffer *buffer) {
  if (mlirAttributeIsNull(all))
    return;
  MlirAttribute own = mlirArrayAttrGetElement(all, i);
  MlirAttribute name =
      mlirDictionaryAttrGetElementByName(own, ttNameAttrName());
  MlirAttribute layout =
      mlirDictionaryAttrGetElementByName(own, ttLayoutAttrName());
  if (!mlirAttributeIsNull(name) && buffer->wantedName.length == 0)
    buffer->wantedName = mlirStringAttrGetValue(name);
  if (!mlirAttributeIsNull(layout))
    buffer->layout = layout;
}

static MlirLogicalResult addArguments(TtImportFunction *f, MlirBlock entry) {
  for (intptr_t i = 0; i < mlirBlockGetNumArguments(entry); ++i) {
    MlirValue argument = mlirBlockGetArgument(entry, i);
    int buffer = addBuffer(f, mlirValueGetLocation(argument),
                           mlirValueGetType(argument));
    if (buffer < 0)
      return mlirLogicalResultFailure();
    f->buffers[buffer].argument = i;
    userAttributes(ttFuncFuncGetArgAttrsAttr(f->func), i, &f->buffers[buffer]);
    defineWhole(f, argument, buffer);
  }
  return mlirLogicalResultSuccess();
}

//===--- Grids on tensors -------------------------------------------------===//

static bool hasOneUse(MlirValue value) {
  MlirOpOperand use = mlirValueGetFirstUse(value);
  return !mlirOpOperandIsNull(use) &&
         mlirOpOperandIsNull(mlirOpOperandGetNextUse(use));
}

static MlirLogicalResult refuseDestination(MlirOperation forall,
                                           MlirOperation op) {
  TtDiagnostic *d = ttDiagnosticOpError(
      forall, "has a destination that is only a part of a tensor");
  ttDiagnosticNote(d, mlirOperationGetLocation(op), "destination made here");
  ttDiagnosticHint(d, "use the whole tensor, tensor.empty, or a tensor.empty "
                      "that linalg.fill fills");
  return ttDiagnosticReport(d);
}

static MlirLogicalResult addDestinations(TtImportFunction *f,
                                         MlirOperation forall) {
  MlirBlock body = mlirRegionGetFirstBlock(ttScfForallGetRegion(forall));
  intptr_t rank = ttScfForallGetNumStaticUpperBound(forall);
  for (intptr_t i = 0; i < ttScfForallGetNumOutputs(forall); ++i) {
    MlirValue output = ttScfForallGetOutputs(forall, i);
    MlirValue inside = mlirBlockGetArgument(body, rank + i);
    MlirValue result = ttScfForallGetResults(forall, i);
    const TtImportValue *known = ttImportFunctionLookup(f, output);
    TtImportValue value = {.kind = TtImportWhole, .initial = -1};
    if (known && known->kind == TtImportWhole && hasOneUse(output)) {
      value.buffer = known->buffer;
    } else {
      value.kind = TtImportPending;
      if (known->kind == TtImportWhole)
        value.initial = known->buffer;
      else
        value.op = known->op;
      if (known->kind == TtImportPure && !ttImportMakesTensor(known->op))
        return refuseDestination(forall, known->op);
      value.buffer = addBuffer(f, mlirOperationGetLocation(forall),
                               mlirValueGetType(result));
      if (value.buffer < 0)
        return mlirLogicalResultFailure();
    }
    define(f, inside, value);
    defineWhole(f, result, value.buffer);
  }
  return mlirLogicalResultSuccess();
}

//===--- The top level ----------------------------------------------------===//

static MlirLogicalResult addResults(TtImportFunction *f, MlirOperation end) {
  for (intptr_t i = 0; i < mlirOperationGetNumOperands(end); ++i) {
    const TtImportValue *value =
        ttImportFunctionLookup(f, mlirOperationGetOperand(end, i));
    if (!value || value->kind != TtImportWhole)
      return ttEmitOpError(end, "returns a value that no grid makes");
    TtImportBuffer *buffer = &f->buffers[value->buffer];
    if (buffer->result >= 0)
      return ttEmitOpError(
          end, "returns the same buffer as results %" PRId64 " and %" PRIdPTR,
          buffer->result, i);
    buffer->result = i;
    userAttributes(ttFuncFuncGetResAttrsAttr(f->func), i, buffer);
  }
  return mlirLogicalResultSuccess();
}

static bool isIdentityCopy(MlirOperation op) {
  return (ttMemrefCopyIsa(op) || ttLinalgCopyIsa(op)) &&
         mlirValueEqual(mlirOperationGetOperand(op, 0),
                        mlirOperationGetOperand(op, 1));
}

bool ttImportFillsBuffer(const TtImportFunction *f, MlirOperation op,
                         int *buffer) {
  if (!ttLinalgFillIsa(op) || mlirOperationGetNumResults(op) > 0)
    return false;
  const TtImportValue *value =
      ttImportFunctionLookup(f, ttLinalgFillGetOutputs(op, 0));
  if (!value || value->kind != TtImportWhole)
    return false;
  *buffer = value->buffer;
  return true;
}

static bool isWholeCast(const TtImportFunction *f, MlirOperation op) {
  if (!ttMemrefCastIsa(op) && !ttTensorCastIsa(op))
    return false;
  const TtImportValue *value =
      ttImportFunctionLookup(f, mlirOperationGetOperand(op, 0));
  return value && value->kind == TtImportWhole;
}

MlirLogicalResult ttImportRefuseTop(MlirOperation op) {
  TtDiagnostic *d =
      ttDiagnosticOpError(op, "stands outside of any grid, where nothing runs");
  ttDiagnosticHint(d, "computation and copies belong into an scf.forall over "
                      "blocks; between grids stand memref.alloc, tensor.empty, "
                      "slices and constants");
  return ttDiagnosticReport(d);
}

static MlirLogicalResult addTop(TtImportFunction *f, MlirOperation op) {
  if (ttScfForallIsa(op))
    return addDestinations(f, op);
  if (ttFuncReturnIsa(op))
    return addResults(f, op);
  if (ttMemrefAllocIsa(op) || ttMemrefAllocaIsa(op)) {
    MlirValue memref = mlirOperationGetResult(op, 0);
    int buffer =
        addBuffer(f, mlirOperationGetLocation(op), mlirValueGetType(memref));
    if (buffer < 0)
      return mlirLogicalResultFailure();
    defineWhole(f, memref, buffer);
    return mlirLogicalResultSuccess();
  }
  if (isWholeCast(f, op)) {
    MlirValue source = mlirOperationGetOperand(op, 0);
    defineWhole(f, mlirOperationGetResult(op, 0),
                ttImportFunctionLookup(f, source)->buffer);
    return mlirLogicalResultSuccess();
  }
  int filled;
  if (ttMemrefDeallocIsa(op) || isIdentityCopy(op) ||
      ttImportFillsBuffer(f, op, &filled))
    return mlirLogicalResultSuccess();
  if (ttImportMakesTensor(op) ||
      (mlirOperationGetNumRegions(op) == 0 && ttOperationIsPure(op))) {
    definePure(f, op);
    return mlirLogicalResultSuccess();
  }
  return ttImportRefuseTop(op);
}

MlirLogicalResult ttImportCollectBuffers(TtImportFunction *f) {
  MlirBlock entry = mlirRegionGetFirstBlock(ttFuncFuncGetBody(f->func));
  if (mlirLogicalResultIsFailure(addArguments(f, entry)))
    return mlirLogicalResultFailure();
  MlirOperation op = mlirBlockGetFirstOperation(entry);
  for (; !mlirOperationIsNull(op); op = mlirOperationGetNextInBlock(op))
    if (mlirLogicalResultIsFailure(addTop(f, op)))
      return mlirLogicalResultFailure();
  return mlirLogicalResultSuccess();
}
