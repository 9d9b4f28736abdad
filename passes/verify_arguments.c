//===- verify_arguments.c - what the host passes is what kernels read -----===//
//
// Each `tt.runtime_arg` reads the entry of its kernel's list that the host
// fills with that very thing; lists have room; accessors form one chain, each
// at its place and bound to the address of its own buffer (METALIUM sheet §2.1,
// §2.4, §7.7).
//
//===----------------------------------------------------------------------===//

#include "mlir-c/BuiltinAttributes.h"
#include "stb_ds.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/gen/TtOps.h"
#include "verify_program.h"
#include <inttypes.h>

// Words of common and per-core arguments of one kernel.
enum { MaxArgumentWords = 341 };

typedef struct {
  const VerifyProgram *program;
  MlirOperation func;
  int64_t accessors; // seen so far
  bool failed;
} Reading;

static MlirAttribute listOf(MlirOperation func, TtArgScope scope) {
  switch (scope) {
  case TtArgScopeCompileTime:
    return ttFuncGetCompileArgsAttr(func);
  case TtArgScopeCommon:
    return ttFuncGetCommonArgsAttr(func);
  case TtArgScopePerCore:
    return ttFuncGetCoreArgsAttr(func);
  }
  return mlirAttributeGetNull();
}

static MlirLogicalResult checkEntry(MlirOperation op, MlirOperation func,
                                    TtArgScope scope, int64_t index,
                                    TtArgKind kind, MlirAttribute buffer) {
  MlirAttribute list = listOf(func, scope);
  intptr_t count =
      mlirAttributeIsNull(list) ? 0 : mlirArrayAttrGetNumElements(list);
  if (index < 0 || index >= count)
    return ttEmitOpError(
        op, "reads argument %" PRId64 " of a list of %" PRIdPTR " (%s)", index,
        count, ttArgScopeToString(scope));
  TtArgAttr entry = ttArgAttrGet(mlirArrayAttrGetElement(list, index));
  if (entry.kind != kind || !mlirAttributeEqual(entry.buffer, buffer))
    return ttEmitOpError(
        op, "reads argument %" PRId64 " (%s), where the host passes another %s",
        index, ttArgScopeToString(scope),
        entry.kind == kind ? "buffer's address" : "thing");
  return mlirLogicalResultSuccess();
}

static MlirLogicalResult checkRuntimeArg(MlirOperation op, MlirOperation func) {
  if (!ttRuntimeArgHasScope(op) || !ttRuntimeArgHasIndex(op))
    return ttEmitOpError(op, "has no place among the arguments; run "
                             "tt-finalize-persistent-signature first");
  if (ttRuntimeArgGetScope(op) == TtArgScopeCompileTime)
    return ttEmitOpError(op, "is a run-time argument in the compile-time list");
  return checkEntry(op, func, ttRuntimeArgGetScope(op),
                    ttRuntimeArgGetIndex(op), ttRuntimeArgGetKind(op),
                    ttRuntimeArgGetBufferAttr(op));
}

static MlirLogicalResult checkAccessor(MlirOperation op, Reading *reading) {
  MlirAttribute chain = ttFuncGetAccessorsAttr(reading->func);
  int64_t place = reading->accessors++;
  if (!ttTensorAccessorHasIndex(op) || ttTensorAccessorGetIndex(op) != place)
    return ttEmitOpError(op,
                         "is not number %" PRId64
                         " of the chain of accessors, where it stands",
                         place);
  if (mlirAttributeIsNull(chain) ||
      place >= mlirArrayAttrGetNumElements(chain) ||
      !mlirAttributeEqual(mlirArrayAttrGetElement(chain, place),
                          ttTensorAccessorGetBufferAttr(op)))
    return ttEmitOpError(
        op, "is not in its kernel's list of accessors at %" PRId64, place);
  MlirValue address = ttTensorAccessorGetAddress(op);
  MlirOperation source = mlirValueIsAOpResult(address)
                             ? mlirOpResultGetOwner(address)
                             : (MlirOperation){NULL};
  if (mlirOperationIsNull(source) || !ttRuntimeArgIsa(source) ||
      ttRuntimeArgGetKind(source) != TtArgKindAddress ||
      !mlirAttributeEqual(ttRuntimeArgGetBufferAttr(source),
                          ttTensorAccessorGetBufferAttr(op)))
    return ttEmitOpError(op, "is not bound to the address of its buffer");
  if (mlirOperationIsNull(
          verifyBufferNamed(reading->program, ttTensorAccessorGetBuffer(op))))
    return ttEmitOpError(op, "names no buffer");
  return mlirLogicalResultSuccess();
}

static MlirWalkResult visit(MlirOperation op, void *data) {
  Reading *reading = data;
  MlirLogicalResult result = mlirLogicalResultSuccess();
  if (ttRuntimeArgIsa(op))
    result = checkRuntimeArg(op, reading->func);
  else if (ttCompileArgIsa(op))
    result =
        checkEntry(op, reading->func, TtArgScopeCompileTime,
                   ttCompileArgHasIndex(op) ? ttCompileArgGetIndex(op) : -1,
                   ttCompileArgGetKind(op), mlirAttributeGetNull());
  else if (ttTensorAccessorIsa(op))
    result = checkAccessor(op, reading);
  if (mlirLogicalResultIsSuccess(result))
    return MlirWalkResultAdvance;
  reading->failed = true;
  return MlirWalkResultInterrupt;
}

static intptr_t lengthOf(MlirAttribute list) {
  return mlirAttributeIsNull(list) ? 0 : mlirArrayAttrGetNumElements(list);
}

static MlirLogicalResult checkFunc(const VerifyProgram *program,
                                   MlirOperation func) {
  intptr_t words = lengthOf(listOf(func, TtArgScopeCommon)) +
                   lengthOf(listOf(func, TtArgScopePerCore));
  if (words > MaxArgumentWords)
    return ttEmitOpError(
        func, "has %" PRIdPTR " run-time arguments; a kernel takes %d words",
        words, MaxArgumentWords);
  Reading reading = {program, func, 0, false};
  mlirOperationWalk(func, visit, &reading, MlirWalkPreOrder);
  if (reading.failed)
    return mlirLogicalResultFailure();
  intptr_t chain = lengthOf(ttFuncGetAccessorsAttr(func));
  if (reading.accessors != chain)
    return ttEmitOpError(func,
                         "lists %" PRIdPTR " accessors, but makes %" PRId64
                         "; arguments after the chain would be misread",
                         chain, reading.accessors);
  return mlirLogicalResultSuccess();
}

MlirLogicalResult verifyArguments(const VerifyProgram *program) {
  for (int role = 0; role < TtRoleNumCases; ++role)
    if (!mlirOperationIsNull(program->kernels[role]) &&
        mlirLogicalResultIsFailure(checkFunc(program, program->kernels[role])))
      return mlirLogicalResultFailure();
  return mlirLogicalResultSuccess();
}
