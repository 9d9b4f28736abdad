//===- configure_tensor_accessor.c - accessors of each kernel
//--------------===//
//
// A kernel gets one accessor per buffer that it moves blocks of, in the order
// of first use. That order is the chain in which host and kernel lay out the
// accessors' compile-time words.
//
//===----------------------------------------------------------------------===//

#include "stb_ds.h"
#include "tt-c/gen/Passes.h"
#include "tt-c/gen/TtOps.h"

static bool contains(const MlirStringRef *names, MlirStringRef name) {
  for (ptrdiff_t i = 0; i < arrlen(names); ++i)
    if (mlirStringRefEqual(names[i], name))
      return true;
  return false;
}

static MlirWalkResult collectBuffer(MlirOperation op, void *data) {
  MlirStringRef **names = data;
  if (!ttFetchBlockIsa(op) && !ttStoreBlockIsa(op))
    return MlirWalkResultAdvance;
  MlirStringRef name = ttFetchBlockIsa(op) ? ttFetchBlockGetBuffer(op)
                                           : ttStoreBlockGetBuffer(op);
  if (!contains(*names, name))
    arrput(*names, name);
  return MlirWalkResultAdvance;
}

static void configure(MlirOperation func) {
  MlirStringRef *names = NULL;
  mlirOperationWalk(func, collectBuffer, &names, MlirWalkPreOrder);
  MlirContext context = mlirOperationGetContext(func);
  MlirLocation loc = mlirOperationGetLocation(func);
  TtBuilder b =
      ttBuilderAtStart(context, mlirRegionGetFirstBlock(ttFuncGetBody(func)));
  for (ptrdiff_t i = 0; i < arrlen(names); ++i) {
    MlirOperation address = ttRuntimeArgCreate(&b, loc, TtArgKindAddress);
    ttRuntimeArgSetBuffer(address, names[i]);
    MlirOperation accessor =
        ttTensorAccessorCreate(&b, loc, ttAccessorTypeCreate(context), names[i],
                               ttRuntimeArgGetResult(address));
    ttTensorAccessorSetIndex(accessor, i);
  }
  arrfree(names);
}

static MlirWalkResult visit(MlirOperation op, void *data) {
  (void)data;
  if (!ttFuncIsa(op))
    return MlirWalkResultAdvance;
  configure(op);
  return MlirWalkResultSkip;
}

MlirLogicalResult
ttRunConfigureTensorAccessor(TtPass *pass, MlirOperation host,
                             const TtConfigureTensorAccessorOptions *options) {
  (void)pass;
  (void)options;
  mlirOperationWalk(host, visit, NULL, MlirWalkPreOrder);
  return mlirLogicalResultSuccess();
}
