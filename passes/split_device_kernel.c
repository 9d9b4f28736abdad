//===- split_device_kernel.c - one body, three kernels
//---------------------===//
//
// Takes the planned `tt.kernel`; leaves a `tt.program` in its place. The body
// is cloned once per role (kernel_role.c), its circular buffers become symbols,
// and what a kernel does not use is dropped from it.
//
//===----------------------------------------------------------------------===//

#include "host_tree.h"
#include "kernel_role.h"
#include "mlir-c/BuiltinAttributes.h"
#include "stb_ds.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/IR.h"
#include "tt-c/gen/Passes.h"
#include "tt-c/gen/TtOps.h"
#include "unused_ops.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

//===- circular buffers ---------------------------------------------------===//

static bool taken(const TtCBSymbol *symbols, const char *name) {
  for (ptrdiff_t i = 0; i < arrlen(symbols); ++i)
    if (strcmp(symbols[i].name, name) == 0)
      return true;
  return false;
}

// `cb_` and the buffer's name, with a number where a buffer has several.
static char *symbolFor(const TtCBSymbol *symbols, MlirStringRef name) {
  size_t size = name.length + 32;
  char *text = malloc(size);
  snprintf(text, size, "cb_%.*s", (int)name.length, name.data);
  for (int n = 1; taken(symbols, text); ++n)
    snprintf(text, size, "cb_%.*s_%d", (int)name.length, name.data, n);
  return text;
}

static MlirLogicalResult declareBuffer(const TtBuilder *b, MlirOperation alloc,
                                       TtCBSymbol **symbols) {
  if (!ttAllocCbHasId(alloc) || !ttAllocCbHasOrder(alloc) ||
      !ttAllocCbHasUnpack(alloc))
    return ttEmitOpError(alloc, "is not planned yet; run tt-build-tile-dfg "
                                "before the split");
  MlirValue cb = ttAllocCbGetResult(alloc);
  TtCBSymbol symbol = {(void *)(uintptr_t)cb.ptr,
                       symbolFor(*symbols, ttAllocCbGetName(alloc))};
  arrput(*symbols, symbol);
  ttCircularBufferCreate(b, mlirOperationGetLocation(alloc),
                         mlirStringRefCreateFromCString(symbol.name),
                         mlirValueGetType(cb), ttAllocCbGetId(alloc),
                         ttAllocCbGetProduction(alloc), 2,
                         ttAllocCbGetOrder(alloc), ttAllocCbGetUnpack(alloc));
  return mlirLogicalResultSuccess();
}

//===- what nothing uses --------------------------------------------------===//

static MlirWalkResult collect(MlirOperation op, void *data) {
  MlirOperation **ops = data;
  arrput(*ops, op);
  return MlirWalkResultAdvance;
}

static void dropUnused(MlirOperation func) {
  MlirOperation *ops = NULL;
  mlirOperationWalk(func, collect, &ops, MlirWalkPreOrder);
  for (ptrdiff_t i = arrlen(ops) - 1; i > 0; --i)
    if (mlirOperationGetNumRegions(ops[i]) == 0 && ttOperationIsUnused(ops[i]))
      mlirOperationDestroy(ops[i]);
  arrfree(ops);
}

//===- the program --------------------------------------------------------===//

static MlirLogicalResult makeKernel(const TtBuilder *b, MlirOperation kernel,
                                    TtRole role, TtCBSymbol *symbols) {
  MlirLocation loc = mlirOperationGetLocation(kernel);
  MlirOperation func = ttFuncCreate(
      b, loc, mlirStringRefCreateFromCString(ttRoleToString(role)), role);
  MlirBlock to = mlirBlockCreate(0, NULL, NULL);
  mlirRegionAppendOwnedBlock(ttFuncGetBody(func), to);
  MlirBlock from = mlirRegionGetFirstBlock(ttKernelGetBody(kernel));
  TtBuilder body = ttBuilderAtEnd(b->context, to);
  TtRoleSplit split = {role, ttMappingCreate(), symbols};
  TtArgKind kinds[] = {TtArgKindStartId, TtArgKindCount};
  for (intptr_t i = 0; i < 2; ++i)
    ttMappingMapValue(
        split.mapping, mlirBlockGetArgument(from, i),
        ttRuntimeArgGetResult(ttRuntimeArgCreate(&body, loc, kinds[i])));
  MlirLogicalResult result = ttSplitBlock(&split, from, body);
  ttMappingDestroy(split.mapping);
  if (mlirLogicalResultIsSuccess(result))
    dropUnused(func);
  return result;
}

static MlirLogicalResult fillProgram(const TtBuilder *b, MlirOperation kernel,
                                     TtCBSymbol **symbols) {
  MlirBlock body = mlirRegionGetFirstBlock(ttKernelGetBody(kernel));
  for (MlirOperation op = mlirBlockGetFirstOperation(body);
       !mlirOperationIsNull(op); op = mlirOperationGetNextInBlock(op))
    if (ttAllocCbIsa(op) &&
        mlirLogicalResultIsFailure(declareBuffer(b, op, symbols)))
      return mlirLogicalResultFailure();
  for (int role = 0; role < TtRoleNumCases; ++role)
    if (mlirLogicalResultIsFailure(
            makeKernel(b, kernel, (TtRole)role, *symbols)))
      return mlirLogicalResultFailure();
  return mlirLogicalResultSuccess();
}

static MlirLogicalResult checkPlace(MlirOperation alloc, void *kernel) {
  if (mlirOperationGetParentOperation(alloc).ptr == kernel)
    return mlirLogicalResultSuccess();
  return ttEmitOpError(alloc, "stands inside of another op of its kernel; run "
                              "tt-grid-to-core-grid before circular buffers "
                              "are made");
}

static MlirLogicalResult splitKernel(MlirOperation kernel) {
  MlirBlock body = mlirRegionGetFirstBlock(ttKernelGetBody(kernel));
  if (!ttKernelHasPartition(kernel) || !ttKernelHasWork(kernel) ||
      mlirBlockGetNumArguments(body) != 2)
    return ttEmitOpError(kernel, "is not partitioned yet; run "
                                 "tt-layout-aware-work-partition and "
                                 "tt-grid-to-core-grid before the split");
  if (mlirLogicalResultIsFailure(
          ttForEach(kernel, ttAllocCbIsa, checkPlace, kernel.ptr)))
    return mlirLogicalResultFailure();
  TtBuilder b = ttBuilderBefore(kernel);
  MlirOperation program = ttProgramCreate(
      &b, mlirOperationGetLocation(kernel), ttKernelGetSymName(kernel),
      ttKernelGetNumGrid(kernel), ttKernelGetGrid(kernel),
      ttKernelGetSchedule(kernel), ttKernelGetCompute(kernel),
      ttKernelGetPartition(kernel), ttKernelGetWork(kernel));
  if (ttKernelHasContractions(kernel))
    ttProgramSetContractions(program, ttKernelGetContractions(kernel));
  MlirBlock inside = mlirBlockCreate(0, NULL, NULL);
  mlirRegionAppendOwnedBlock(ttProgramGetBody(program), inside);
  TtBuilder in = ttBuilderAtEnd(b.context, inside);
  TtCBSymbol *symbols = NULL;
  MlirLogicalResult result = fillProgram(&in, kernel, &symbols);
  for (ptrdiff_t i = 0; i < arrlen(symbols); ++i)
    free(symbols[i].name);
  arrfree(symbols);
  mlirOperationDestroy(mlirLogicalResultIsSuccess(result) ? kernel : program);
  return result;
}

MlirLogicalResult
ttRunSplitDeviceKernel(TtPass *pass, MlirOperation host,
                       const TtSplitDeviceKernelOptions *options) {
  (void)pass;
  (void)options;
  MlirOperation next;
  for (MlirOperation op = mlirBlockGetFirstOperation(
           mlirRegionGetFirstBlock(ttHostGetBody(host)));
       !mlirOperationIsNull(op); op = next) {
    next = mlirOperationGetNextInBlock(op);
    if (ttKernelIsa(op) && mlirLogicalResultIsFailure(splitKernel(op)))
      return mlirLogicalResultFailure();
  }
  return mlirLogicalResultSuccess();
}
