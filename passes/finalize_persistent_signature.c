//===- finalize_persistent_signature.c - arguments of kernels -------------===//
//
// A symbolic `tt.runtime_arg` gets its place: addresses are the same on every
// core and go to the common arguments, the work of a core to its own. Positions
// follow first use; what a kernel does not use is not in its lists. A kernel
// that does the same for every item only counts them: its first item is nothing
// to it.
//
//===----------------------------------------------------------------------===//

#include "index_arith.h"
#include "loop_body.h"
#include "mlir-c/BuiltinAttributes.h"
#include "stb_ds.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/gen/ArithOps.h"
#include "tt-c/gen/Passes.h"
#include "tt-c/gen/ScfOps.h"
#include "tt-c/gen/TtOps.h"

typedef struct {
  MlirAttribute *common;    // stb_ds arrays of #tt.arg
  MlirAttribute *perCore;   //
  MlirAttribute *accessors; // of symbol references, by chain index
  bool failed;
} Lists;

//===- kernels that only count their items --------------------------------===//

static MlirOperation producer(MlirValue value) {
  return mlirValueIsAOpResult(value) ? mlirOpResultGetOwner(value)
                                     : (MlirOperation){NULL};
}

static bool isArgument(MlirValue value, TtArgKind kind) {
  MlirOperation op = producer(value);
  return !mlirOperationIsNull(op) && ttRuntimeArgIsa(op) &&
         ttRuntimeArgGetKind(op) == kind;
}

static void eraseIfUnused(MlirValue value) {
  if (mlirOpOperandIsNull(mlirValueGetFirstUse(value)))
    mlirOperationDestroy(producer(value));
}

// From start to start + count, with an index that nothing uses: from 0 to
// count.
static void countFromZero(MlirOperation loop) {
  MlirValue start = ttScfForGetLowerBound(loop),
            end = ttScfForGetUpperBound(loop);
  MlirBlock body = ttLoopBody(loop);
  MlirOperation sum = producer(end);
  if (!isArgument(start, TtArgKindStartId) || mlirOperationIsNull(sum) ||
      !ttArithAddIIsa(sum) ||
      !mlirOpOperandIsNull(mlirValueGetFirstUse(mlirBlockGetArgument(body, 0))))
    return;
  MlirValue count = ttArithAddIGetRhs(sum);
  if (!isArgument(count, TtArgKindCount) ||
      !mlirValueEqual(ttArithAddIGetLhs(sum), start))
    return;
  TtBuilder before = ttBuilderBefore(loop);
  ttScfForSetLowerBound(
      loop, ttIndexConstant(&before, mlirOperationGetLocation(loop), 0));
  ttScfForSetUpperBound(loop, count);
  eraseIfUnused(end);
  eraseIfUnused(start);
}

static MlirWalkResult appendLoop(MlirOperation op, void *data) {
  if (ttScfForIsa(op))
    arrput(*(MlirOperation **)data, op);
  return MlirWalkResultAdvance;
}

static void countItems(MlirOperation func) {
  MlirOperation *loops = NULL;
  mlirOperationWalk(func, appendLoop, &loops, MlirWalkPreOrder);
  for (ptrdiff_t i = 0; i < arrlen(loops); ++i)
    countFromZero(loops[i]);
  arrfree(loops);
}

//===- argument lists -----------------------------------------------------===//

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
  countItems(func);
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
