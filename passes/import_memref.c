//===- import_memref.c - accesses to buffers in memory --------------------===//
//
// A copy between a buffer and local memory is a block transfer as it stands.
// Computation on a view of a buffer is staged: it works on a local block that
// is read before, or kept and written after (import_resident.c).
//
//===----------------------------------------------------------------------===//

#include "import.h"
#include "mlir-c/BuiltinTypes.h"
#include "stb_ds.h"
#include "tt-c/IR.h"
#include "tt-c/gen/BufferizationOps.h"
#include "tt-c/gen/LinalgOps.h"
#include "tt-c/gen/MemrefOps.h"
#include "tt-c/gen/TtOps.h"

//===--- Copies -----------------------------------------------------------===//

bool ttImportCopyGet(MlirOperation op, MlirValue *from, MlirValue *to) {
  if (ttMemrefCopyIsa(op)) {
    *from = ttMemrefCopyGetSource(op);
    *to = ttMemrefCopyGetTarget(op);
  } else if (ttLinalgCopyIsa(op) && mlirOperationGetNumResults(op) == 0) {
    *from = ttLinalgCopyGetInputs(op, 0);
    *to = ttLinalgCopyGetOutputs(op, 0);
  } else if (ttBufferizationToTensorIsa(op)) {
    *from = ttBufferizationToTensorGetBuffer(op);
    *to = ttBufferizationToTensorGetResult(op);
  } else if (ttBufferizationMaterializeInDestinationIsa(op)) {
    *from = ttBufferizationMaterializeInDestinationGetSource(op);
    *to = ttBufferizationMaterializeInDestinationGetDest(op);
  } else {
    return false;
  }
  return mlirTypeEqual(mlirShapedTypeGetElementType(mlirValueGetType(*from)),
                       mlirShapedTypeGetElementType(mlirValueGetType(*to)));
}

static bool isMemref(MlirValue value) {
  return mlirTypeIsAMemRef(mlirValueGetType(value));
}

static void materialize(const TtBuilder *b, MlirLocation loc, MlirValue value,
                        MlirValue memref) {
  MlirOperation op = ttBufferizationMaterializeInDestinationCreate(
      b, loc, (MlirType){NULL}, value, memref);
  ttBufferizationMaterializeInDestinationSetWritable(op, true);
}

MlirValue ttImportStage(TtImportKernel *kernel, const TtBuilder *b,
                        MlirLocation loc, const TtImportView *view, bool fill) {
  MlirValue local = ttMemrefAllocGetMemref(ttMemrefAllocCreate(
      b, loc, ttImportViewMemrefType(view), 0, NULL, 0, NULL));
  if (fill)
    materialize(b, loc, ttImportViewRead(kernel, b, loc, view), local);
  return local;
}

/// The value in a local memref.
static MlirValue contents(const TtBuilder *b, MlirLocation loc,
                          const TtImportView *view, MlirValue local) {
  MlirOperation op = ttBufferizationToTensorCreate(
      b, loc, ttImportViewTensorType(view), local);
  ttBufferizationToTensorSetRestrict(op, true);
  return ttBufferizationToTensorGetResult(op);
}

void ttImportWriteBack(TtImportKernel *kernel, const TtBuilder *b,
                       MlirLocation loc, const TtImportView *view,
                       MlirValue local) {
  ttImportViewWrite(kernel, b, loc, view, contents(b, loc, view, local));
}

/// A copy with at least one view becomes a read, a write, or both; the op goes.
static void lowerCopy(TtImportKernel *kernel, MlirOperation op) {
  MlirValue from, to;
  ttImportCopyGet(op, &from, &to);
  TtBuilder b = ttBuilderBefore(op);
  MlirLocation loc = mlirOperationGetLocation(op);
  TtImportView source, target;
  bool reads =
      isMemref(from) && ttImportViewGet(kernel->function, from, &source);
  bool writes = isMemref(to) && ttImportViewGet(kernel->function, to, &target);
  MlirValue value = from;
  double number;
  if (reads)
    value = ttImportViewRead(kernel, &b, loc, &source);
  if (reads && ttReadBlockIsa(mlirOpResultGetOwner(value)) &&
      ttImportFilledPart(kernel, op, &number))
    ttReadBlockSetFill(mlirOpResultGetOwner(value), number);
  if (!reads && isMemref(from))
    value = contents(&b, loc, &target, from);
  if (writes)
    ttImportViewWrite(kernel, &b, loc, &target, value);
  else if (isMemref(to))
    materialize(&b, loc, value, to);
  else
    mlirValueReplaceAllUsesOfWith(to, value);
  if (reads)
    ttImportViewDestroy(&source);
  if (writes)
    ttImportViewDestroy(&target);
  mlirOperationDestroy(op);
}

//===--- Finding accesses -------------------------------------------------===//

/// A copy of something onto itself.
static bool isIdentity(TtImportKernel *kernel, MlirOperation op) {
  MlirValue from, to;
  if (!ttImportCopyGet(op, &from, &to) || !isMemref(from) || !isMemref(to))
    return false;
  if (mlirValueEqual(from, to))
    return true;
  TtImportView source, target;
  if (!ttImportViewGet(kernel->function, from, &source))
    return false;
  bool same = false;
  if (ttImportViewGet(kernel->function, to, &target)) {
    same = ttImportViewEqual(&source, &target);
    ttImportViewDestroy(&target);
  }
  ttImportViewDestroy(&source);
  return same;
}

typedef struct {
  TtImportKernel *kernel;
  TtImportAccess **accesses;
  MlirOperation op;   // the op that the access is attributed to
  MlirValue from, to; // of a copy
  bool copies;
} Collection;

static void addEffect(Collection *c, MlirValue value, bool write) {
  for (ptrdiff_t i = arrlen(*c->accesses) - 1;
       i >= 0 && mlirOperationEqual((*c->accesses)[i].op, c->op); --i) {
    TtImportAccess *known = &(*c->accesses)[i];
    if (!mlirValueEqual(known->value, value))
      continue;
    known->read |= !write;
    known->written |= write;
    return;
  }
  TtImportAccess access = {.op = c->op, .value = value, .copies = c->copies};
  if (!ttImportViewGet(c->kernel->function, value, &access.view))
    return;
  access.read = !write;
  access.written = write;
  arrput(*c->accesses, access);
}

static void addOpEffect(const TtEffect *effect, void *data) {
  if (mlirValueIsNull(effect->value) || !isMemref(effect->value))
    return;
  if (effect->kind == TtEffectRead || effect->kind == TtEffectWrite)
    addEffect(data, effect->value, effect->kind == TtEffectWrite);
}

static MlirWalkResult addNestedEffects(MlirOperation op, void *data) {
  if (mlirOperationGetNumRegions(op) == 0)
    ttOperationGetEffects(op, addOpEffect, data);
  return MlirWalkResultAdvance;
}

static void addAccesses(Collection *c) {
  c->copies = ttImportCopyGet(c->op, &c->from, &c->to);
  if (c->copies) {
    if (isMemref(c->from))
      addEffect(c, c->from, false);
    if (isMemref(c->to))
      addEffect(c, c->to, true);
  } else if (ttImportIsLinalg(c->op)) {
    ttOperationGetEffects(c->op, addOpEffect, c);
  } else if (ttImportIsElementNest(c->op)) {
    mlirOperationWalk(c->op, addNestedEffects, c, MlirWalkPreOrder);
  }
}

static void collectAccesses(TtImportKernel *kernel, TtImportAccess **accesses) {
  for (ptrdiff_t i = 0; i < arrlen(kernel->ops); ++i) {
    MlirOperation op = kernel->ops[i];
    if (ttMemrefDeallocIsa(op) || isIdentity(kernel, op)) {
      mlirOperationDestroy(op);
      continue;
    }
    Collection c = {.kernel = kernel, .accesses = accesses, .op = op};
    addAccesses(&c);
  }
}

//===--- Staging ----------------------------------------------------------===//

static MlirWalkResult replaceOperands(MlirOperation op, void *data) {
  const MlirValue *pair = data;
  for (intptr_t i = 0; i < mlirOperationGetNumOperands(op); ++i)
    if (mlirValueEqual(mlirOperationGetOperand(op, i), pair[0]))
      mlirOperationSetOperand(op, i, pair[1]);
  return MlirWalkResultAdvance;
}

void ttImportReplaceIn(MlirOperation op, MlirValue from, MlirValue to) {
  MlirValue pair[] = {from, to};
  mlirOperationWalk(op, replaceOperands, pair, MlirWalkPreOrder);
}

typedef struct {
  void *key; // pointer of a memref that is a view
  MlirValue value;
} Staged; // stb_ds map

/// Reads the view where it is taken, and uses the local copy in `access`.
static void stage(TtImportKernel *kernel, const TtImportAccess *access,
                  Staged **staged) {
  ptrdiff_t known = hmgeti(*staged, (void *)access->value.ptr);
  MlirValue local;
  if (known >= 0) {
    local = (*staged)[known].value;
  } else {
    MlirLocation loc = mlirOperationGetLocation(access->op);
    TtBuilder b = ttBuilderAfter(kernel->marker);
    if (mlirValueIsAOpResult(access->value) &&
        !ttImportFunctionLookup(kernel->function, access->value))
      b = ttBuilderAfter(mlirOpResultGetOwner(access->value));
    local = ttImportStage(kernel, &b, loc, &access->view, true);
    hmput(*staged, (void *)access->value.ptr, local);
  }
  ttImportReplaceIn(access->op, access->value, local);
}

MlirLogicalResult ttImportMemrefs(TtImportKernel *kernel) {
  TtImportAccess *accesses = NULL;
  Staged *staged = NULL;
  collectAccesses(kernel, &accesses);
  ttImportResidentBlocks(kernel, accesses);
  for (ptrdiff_t i = 0; i < arrlen(accesses); ++i) {
    TtImportAccess *access = &accesses[i];
    if (access->done)
      continue;
    if (!access->copies) {
      stage(kernel, access, &staged);
      continue;
    }
    for (ptrdiff_t j = i; j < arrlen(accesses); ++j)
      if (mlirOperationEqual(accesses[j].op, access->op))
        accesses[j].done = true;
    lowerCopy(kernel, access->op);
  }
  for (ptrdiff_t i = 0; i < arrlen(accesses); ++i)
    ttImportViewDestroy(&accesses[i].view);
  arrfree(accesses);
  hmfree(staged);
  return mlirLogicalResultSuccess();
}
