//===- finalize_persistent_signature.c - argument lists of kernels
//---------===//
//
// A symbolic `tt.runtime_arg` gets its place: addresses are the same on every
// core and go to the common arguments, the work of a core to its own. Positions
// follow first use; what a kernel does not use is not in its lists.
//
//===----------------------------------------------------------------------===//

#include "mlir-c/BuiltinAttributes.h"
#include "stb_ds.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/gen/Passes.h"
#include "tt-c/gen/TtOps.h"

typedef struct {
  MlirAttribute *common;    // stb_ds arrays of #tt.arg
  MlirAttribute *perCore;   //
  MlirAttribute *accessors; // of symbol references, by chain index
  bool failed;
} Lists;

static int64_t place(MlirAttribute **list, MlirAttribute arg) {
  for (ptrdiff_t i = 0; i < arrlen(*list); ++i)
    if (mlirAttributeEqual((*list)[i], arg))
      return i;
  arrput(*list, arg);
  return arrlen(*list) - 1;
}

static void finalizeArg(MlirOperation op, Lists *lists) {
  TtArgAttr arg = {ttRuntimeArgGetKind(op), ttRuntimeArgGetBufferAttr(op), 0};
  bool common = arg.kind == TtArgKindAddress;
  MlirAttribute attribute = ttArgAttrCreate(mlirOperationGetContext(op), arg);
  ttRuntimeArgSetScope(op, common ? TtArgScopeCommon : TtArgScopePerCore);
  ttRuntimeArgSetIndex(
      op, place(common ? &lists->common : &lists->perCore, attribute));
}

static MlirWalkResult visitOp(MlirOperation op, void *data) {
  Lists *lists = data;
  if (ttRuntimeArgIsa(op))
    finalizeArg(op, lists);
  if (!ttTensorAccessorIsa(op))
    return MlirWalkResultAdvance;
  int64_t index =
      ttTensorAccessorHasIndex(op) ? ttTensorAccessorGetIndex(op) : -1;
  if (index != arrlen(lists->accessors)) {
    ttEmitOpError(op,
                  "is number %lld in the chain of accessors but stands at "
                  "%lld; run tt-configure-tensor-accessor first",
                  (long long)index, (long long)arrlen(lists->accessors));
    lists->failed = true;
    return MlirWalkResultInterrupt;
  }
  arrput(lists->accessors, ttTensorAccessorGetBufferAttr(op));
  return MlirWalkResultAdvance;
}

static MlirAttribute toArray(MlirContext context, MlirAttribute *list) {
  return mlirArrayAttrGet(context, arrlen(list), list);
}

static bool finalizeFunc(MlirOperation func) {
  Lists lists = {NULL, NULL, NULL, false};
  mlirOperationWalk(func, visitOp, &lists, MlirWalkPreOrder);
  MlirContext context = mlirOperationGetContext(func);
  ttFuncSetCompileArgs(func, toArray(context, NULL));
  ttFuncSetAccessors(func, toArray(context, lists.accessors));
  ttFuncSetCommonArgs(func, toArray(context, lists.common));
  ttFuncSetCoreArgs(func, toArray(context, lists.perCore));
  arrfree(lists.common);
  arrfree(lists.perCore);
  arrfree(lists.accessors);
  return !lists.failed;
}

static MlirWalkResult visit(MlirOperation op, void *data) {
  if (!ttFuncIsa(op))
    return MlirWalkResultAdvance;
  *(bool *)data = finalizeFunc(op);
  return *(bool *)data ? MlirWalkResultSkip : MlirWalkResultInterrupt;
}

MlirLogicalResult ttRunFinalizePersistentSignature(
    TtPass *pass, MlirOperation host,
    const TtFinalizePersistentSignatureOptions *options) {
  (void)pass;
  (void)options;
  bool ok = true;
  mlirOperationWalk(host, visit, &ok, MlirWalkPreOrder);
  return ok ? mlirLogicalResultSuccess() : mlirLogicalResultFailure();
}
