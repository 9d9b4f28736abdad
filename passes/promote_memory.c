//===- promote_memory.c - on-chip buffers become values -------------------===//
//
// Reaching definitions through structured control flow. First, on the untouched
// body, each loop and branch is asked which buffers it must hand on: a loop
// carries a buffer only if it writes it and an iteration reads what an earlier
// one left, or something after the loop reads it. Then one walk in program
// order replaces every read by the value that reaches it; ops on memrefs become
// the same ops on tensors.
//
//===----------------------------------------------------------------------===//

#include "promote_memory.h"
#include "host_tree.h"
#include "loop_body.h"
#include "memory_access.h"
#include "mlir-c/BuiltinTypes.h"
#include "promote_op.h"
#include "stb_ds.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/IR.h"
#include "tt-c/gen/LinalgOps.h"
#include "tt-c/gen/MemrefOps.h"
#include "tt-c/gen/ScfOps.h"
#include "tt-c/gen/TtOps.h"
#include <inttypes.h>

/// A buffer that a loop or branch hands on.
typedef struct {
  intptr_t buffer;
  MlirOperation first; // a read in the body that nothing precedes, or null
} Carried;

typedef struct {
  MlirOperation op;
  Carried *carried; // stb_ds array
} Control;

typedef struct {
  TtBuffers buffers;
  Control *controls;   // stb_ds array, in walk order
  MlirOperation *dead; // stb_ds array: views and allocs, in walk order
} Promotion;

static MlirLogicalResult promoteBlock(Promotion *p, MlirBlock block,
                                      TtBufferValues *values);

static bool isMemref(MlirValue value) {
  return mlirTypeIsAMemRef(mlirValueGetType(value));
}

static MlirLogicalResult success(void) { return mlirLogicalResultSuccess(); }
static MlirLogicalResult failure(void) { return mlirLogicalResultFailure(); }
static bool failed(MlirLogicalResult result) {
  return mlirLogicalResultIsFailure(result);
}

//===- What is there, and what may be promoted ----------------------------===//

static bool isAnyOp(MlirOperation op) {
  (void)op;
  return true;
}

static MlirLogicalResult checkShape(MlirOperation op, MlirValue memref) {
  intptr_t rank = mlirShapedTypeGetRank(mlirValueGetType(memref));
  if (rank > TtMaxBufferRank)
    return ttEmitOpError(op,
                         "makes on-chip memory of %" PRIdPTR
                         " dimensions, but blocks have at most %d",
                         rank, TtMaxBufferRank);
  if (mlirShapedTypeHasStaticShape(mlirValueGetType(memref)))
    return success();
  TtDiagnostic *d =
      ttDiagnosticOpError(op, "makes on-chip memory of dynamic shape");
  ttDiagnosticHint(d, "on-chip buffers and their views have static shapes");
  return ttDiagnosticReport(d);
}

static bool isControl(MlirOperation op) {
  return ttScfForIsa(op) || ttScfIfIsa(op);
}

/// The op around `op` that definitions cannot be followed through, or null.
static MlirOperation opaqueParent(MlirOperation op) {
  MlirOperation parent = mlirOperationGetParentOperation(op);
  while (isControl(parent))
    parent = mlirOperationGetParentOperation(parent);
  return ttKernelIsa(parent) ? (MlirOperation){NULL} : parent;
}

static const char *wayOut(MlirOperation op) {
  if (ttMemrefLoadIsa(op) || ttMemrefStoreIsa(op))
    return "single elements are accessed in element loops over a block only, "
           "which tt-lower-to-sfpu makes 'linalg.generic'";
  if (ttLinalgSoftmaxIsa(op))
    return "give it tensors, or write its maximum, exponential, sum and "
           "quotient as ops of their own";
  return "'linalg' ops, copies and views of 'memref.alloc' have one";
}

static MlirLogicalResult refuse(MlirOperation op) {
  TtDiagnostic *d =
      ttDiagnosticOpError(op, "on on-chip memory has no form on block values");
  ttDiagnosticHint(d, "%s", wayOut(op));
  return ttDiagnosticReport(d);
}

/// Refuses what would need memory: escaping, element accesses, unknown ops.
static MlirLogicalResult checkOp(Promotion *p, MlirOperation op) {
  bool known = ttIsView(op) || ttHasValueForm(op);
  bool usesMemory = false;
  for (intptr_t i = 0; i < mlirOperationGetNumOperands(op); ++i) {
    MlirValue operand = mlirOperationGetOperand(op, i);
    if (!isMemref(operand))
      continue;
    usesMemory = true;
    if (!known)
      return refuse(op);
    if (ttBufferNumber(&p->buffers, operand) < 0)
      return ttEmitOpError(op,
                           "uses a memref that is no 'memref.alloc' of this "
                           "kernel or a view of one");
  }
  MlirOperation parent = usesMemory ? opaqueParent(op) : (MlirOperation){NULL};
  if (mlirOperationIsNull(parent))
    return success();
  TtDiagnostic *d =
      ttDiagnosticOpError(op, "uses on-chip memory in control flow that "
                              "values cannot be followed through");
  ttDiagnosticNote(d, mlirOperationGetLocation(parent),
                   "in this op; 'scf.for' and 'scf.if' are followed");
  return ttDiagnosticReport(d);
}

static MlirLogicalResult collect(MlirOperation op, void *data) {
  Promotion *p = data;
  if (ttIsOnChipBuffer(op)) {
    MlirValue memref = mlirOperationGetResult(op, 0);
    arrput(p->buffers.buffers, memref);
    arrput(p->dead, op);
    return checkShape(op, memref);
  }
  if (failed(checkOp(p, op)))
    return failure();
  if (!ttIsView(op))
    return success();
  arrput(p->dead, op);
  MlirValue view = mlirOperationGetResult(op, 0);
  return isMemref(view) ? checkShape(op, view) : refuse(op);
}

/// Whether the buffer is made outside of `op`.
static bool isOutside(MlirValue buffer, MlirOperation op) {
  return !ttOperationIsAncestor(op, mlirOpResultGetOwner(buffer));
}

static MlirLogicalResult decide(MlirOperation op, void *data) {
  Promotion *p = data;
  Control control = {op, NULL};
  for (intptr_t i = 0; i < arrlen(p->buffers.buffers); ++i) {
    MlirValue buffer = p->buffers.buffers[i];
    if (!isOutside(buffer, op))
      continue;
    TtAccess access = ttAccessOf(op, buffer);
    bool again = ttScfForIsa(op) && (access.reads || access.keepsPart);
    if (access.mayWrite && (again || ttNeededAfter(op, buffer)))
      arrput(control.carried, ((Carried){i, access.first}));
  }
  arrput(p->controls, control);
  return success();
}

static Control *controlOf(Promotion *p, MlirOperation op) {
  for (ptrdiff_t i = 0; i < arrlen(p->controls); ++i) {
    if (mlirOperationEqual(p->controls[i].op, op))
      return &p->controls[i];
  }
  return NULL;
}

//===- Control flow -------------------------------------------------------===//

/// Operands of a new loop or terminator: those there were, and the buffers'.
typedef struct {
  MlirValue *values; // stb_ds array
  MlirType *types;   // stb_ds array, parallel
} ValueList;

static void append(ValueList *list, MlirValue value) {
  arrput(list->values, value);
  arrput(list->types, mlirValueGetType(value));
}

static void freeList(ValueList *list) {
  arrfree(list->values);
  arrfree(list->types);
}

static MlirType carriedType(const Promotion *p, Carried carried) {
  return ttTensorTypeOf(mlirValueGetType(p->buffers.buffers[carried.buffer]));
}

static void copyDiscardable(MlirOperation from, MlirOperation to) {
  for (intptr_t i = 0; i < mlirOperationGetNumDiscardableAttributes(from);
       ++i) {
    MlirNamedAttribute a = mlirOperationGetDiscardableAttribute(from, i);
    mlirOperationSetDiscardableAttributeByName(to, mlirIdentifierStr(a.name),
                                               a.attribute);
  }
}

/// Puts results of the new op in place of the old one's, and its further ones
/// into the buffers; a buffer that the op wrote but does not hand on is not
/// read again.
static void finishControl(MlirOperation old, MlirOperation made,
                          const Control *control, TtBufferValues *values,
                          const TtBufferValues *inside) {
  intptr_t kept = mlirOperationGetNumResults(old);
  copyDiscardable(old, made);
  for (intptr_t i = 0; i < kept; ++i)
    mlirValueReplaceAllUsesOfWith(mlirOperationGetResult(old, i),
                                  mlirOperationGetResult(made, i));
  for (intptr_t i = 0; i < arrlen(inside->values); ++i) {
    if (!mlirValueEqual(inside->values[i], values->values[i]))
      values->values[i] = (MlirValue){NULL};
  }
  for (intptr_t i = 0; i < arrlen(control->carried); ++i)
    values->values[control->carried[i].buffer] =
        mlirOperationGetResult(made, kept + i);
  mlirOperationDestroy(old);
}

/// Yields what there was and the carried buffers' values.
static void replaceYield(const Promotion *p, const Control *control,
                         MlirBlock block, TtBufferValues *inside) {
  MlirOperation old = mlirBlockGetTerminator(block);
  MlirLocation loc = mlirOperationGetLocation(old);
  TtBuilder b = ttBuilderBefore(old);
  ValueList yielded = {NULL, NULL};
  for (intptr_t i = 0; i < mlirOperationGetNumOperands(old); ++i)
    append(&yielded, mlirOperationGetOperand(old, i));
  for (intptr_t i = 0; i < arrlen(control->carried); ++i)
    append(&yielded,
           ttPeekMemref(inside, &b, loc,
                        p->buffers.buffers[control->carried[i].buffer]));
  ttScfYieldCreate(&b, loc, arrlen(yielded.values), yielded.values);
  freeList(&yielded);
  mlirOperationDestroy(old);
}

/// What the loop's carried buffers hold before it.
static MlirLogicalResult initialValues(const Promotion *p,
                                       const Control *control,
                                       TtBufferValues *values,
                                       ValueList *inits) {
  TtBuilder b = ttBuilderBefore(control->op);
  MlirLocation loc = mlirOperationGetLocation(control->op);
  for (intptr_t i = 0; i < arrlen(control->carried); ++i) {
    Carried carried = control->carried[i];
    MlirValue buffer = p->buffers.buffers[carried.buffer];
    MlirValue value = mlirOperationIsNull(carried.first)
                          ? ttPeekMemref(values, &b, loc, buffer)
                          : ttReadMemref(values, &b, carried.first, buffer);
    if (mlirValueIsNull(value))
      return failure();
    append(inits, value);
  }
  return success();
}

static MlirLogicalResult promoteFor(Promotion *p, const Control *control,
                                    TtBufferValues *values) {
  MlirOperation op = control->op;
  ValueList inits = {NULL, NULL};
  for (intptr_t i = 0; i < ttScfForGetNumInitArgs(op); ++i)
    append(&inits, ttScfForGetInitArgs(op, i));
  if (failed(initialValues(p, control, values, &inits))) {
    freeList(&inits);
    return failure();
  }
  TtBuilder b = ttBuilderBefore(op);
  MlirLocation loc = mlirOperationGetLocation(op);
  MlirOperation made =
      ttScfForCreate(&b, loc, arrlen(inits.types), inits.types,
                     ttScfForGetLowerBound(op), ttScfForGetUpperBound(op),
                     ttScfForGetStep(op), arrlen(inits.values), inits.values);
  freeList(&inits);
  ttScfForSetUnsignedCmp(made, ttScfForGetUnsignedCmp(op));
  mlirRegionTakeBody(ttScfForGetRegion(made), ttScfForGetRegion(op));
  MlirBlock body = ttLoopBody(made);
  TtBufferValues inside = ttBufferValuesCopy(*values);
  for (intptr_t i = 0; i < arrlen(control->carried); ++i)
    inside.values[control->carried[i].buffer] =
        mlirBlockAddArgument(body, carriedType(p, control->carried[i]), loc);
  MlirLogicalResult result = promoteBlock(p, body, &inside);
  replaceYield(p, control, body, &inside);
  finishControl(op, made, control, values, &inside);
  ttBufferValuesFree(&inside);
  return result;
}

/// Promotes one branch; `written` collects the values that it changed.
static MlirLogicalResult promoteBranch(Promotion *p, const Control *control,
                                       MlirRegion region,
                                       const TtBufferValues *values,
                                       TtBufferValues *written) {
  MlirOperation op = control->op;
  if (mlirBlockIsNull(mlirRegionGetFirstBlock(region))) {
    if (arrlen(control->carried) == 0)
      return success();
    MlirBlock block = mlirBlockCreate(0, NULL, NULL);
    mlirRegionAppendOwnedBlock(region, block);
    TtBuilder end = ttBuilderAtEnd(mlirOperationGetContext(op), block);
    ttScfYieldCreate(&end, mlirOperationGetLocation(op), 0, NULL);
  }
  MlirBlock block = mlirRegionGetFirstBlock(region);
  TtBufferValues inside = ttBufferValuesCopy(*values);
  MlirLogicalResult result = promoteBlock(p, block, &inside);
  replaceYield(p, control, block, &inside);
  for (intptr_t i = 0; i < arrlen(inside.values); ++i) {
    if (!mlirValueEqual(inside.values[i], values->values[i]))
      written->values[i] = inside.values[i];
  }
  ttBufferValuesFree(&inside);
  return result;
}

static MlirLogicalResult promoteIf(Promotion *p, const Control *control,
                                   TtBufferValues *values) {
  MlirOperation op = control->op;
  MlirType *types = NULL;
  for (intptr_t i = 0; i < mlirOperationGetNumResults(op); ++i)
    arrput(types, mlirValueGetType(mlirOperationGetResult(op, i)));
  for (intptr_t i = 0; i < arrlen(control->carried); ++i)
    arrput(types, carriedType(p, control->carried[i]));
  TtBuilder b = ttBuilderBefore(op);
  MlirOperation made =
      ttScfIfCreate(&b, mlirOperationGetLocation(op), arrlen(types), types,
                    ttScfIfGetCondition(op));
  arrfree(types);
  mlirRegionTakeBody(ttScfIfGetThenRegion(made), ttScfIfGetThenRegion(op));
  mlirRegionTakeBody(ttScfIfGetElseRegion(made), ttScfIfGetElseRegion(op));
  TtBufferValues written = ttBufferValuesCopy(*values);
  MlirLogicalResult first =
      promoteBranch(p, control, ttScfIfGetThenRegion(made), values, &written);
  MlirLogicalResult second =
      promoteBranch(p, control, ttScfIfGetElseRegion(made), values, &written);
  finishControl(op, made, control, values, &written);
  ttBufferValuesFree(&written);
  return failed(first) ? first : second;
}

static MlirLogicalResult promoteBlock(Promotion *p, MlirBlock block,
                                      TtBufferValues *values) {
  MlirOperation next;
  for (MlirOperation op = mlirBlockGetFirstOperation(block);
       !mlirOperationIsNull(op); op = next) {
    next = mlirOperationGetNextInBlock(op);
    const Control *control = isControl(op) ? controlOf(p, op) : NULL;
    MlirLogicalResult result = !control ? ttPromoteOp(values, op)
                               : ttScfForIsa(op)
                                   ? promoteFor(p, control, values)
                                   : promoteIf(p, control, values);
    if (failed(result))
      return result;
  }
  return success();
}

MlirLogicalResult ttPromoteMemory(MlirOperation kernel) {
  Promotion p = {0};
  MlirLogicalResult result = ttForEach(kernel, isAnyOp, collect, &p);
  if (!failed(result))
    ttForEach(kernel, isControl, decide, &p);
  TtBufferValues values = ttBufferValuesCreate(&p.buffers);
  if (!failed(result))
    result = promoteBlock(&p, mlirRegionGetFirstBlock(ttKernelGetBody(kernel)),
                          &values);
  for (ptrdiff_t i = arrlen(p.dead) - 1; i >= 0 && !failed(result); --i)
    mlirOperationDestroy(p.dead[i]);
  ttBufferValuesFree(&values);
  for (ptrdiff_t i = 0; i < arrlen(p.controls); ++i)
    arrfree(p.controls[i].carried);
  arrfree(p.controls);
  arrfree(p.buffers.buffers);
  arrfree(p.dead);
  return result;
}
