//===- element_access.c - what an element nest loads and stores
//------------===//
//
// Part of element_nest.h.
//
//===----------------------------------------------------------------------===//

#include "element_linear.h"
#include "stb_ds.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/gen/GpuOps.h"
#include "tt-c/gen/MemrefOps.h"

static MlirLogicalResult success(void) { return mlirLogicalResultSuccess(); }
static MlirLogicalResult failure(void) { return mlirLogicalResultFailure(); }
static bool failed(MlirLogicalResult result) {
  return mlirLogicalResultIsFailure(result);
}

static bool isSameThread(MlirValue a, MlirOperation thread) {
  MlirOperation owner =
      mlirValueIsAOpResult(a) ? mlirOpResultGetOwner(a) : (MlirOperation){NULL};
  return !mlirOperationIsNull(owner) && ttGpuThreadIdIsa(owner) &&
         ttGpuThreadIdGetDimension(owner) == ttGpuThreadIdGetDimension(thread);
}

int ttElementLoopOf(TtElementNest *nest, MlirValue value) {
  if (mlirValueIsNull(value))
    return TtNoLoop;
  MlirOperation thread = {NULL};
  if (mlirValueIsAOpResult(value) &&
      ttGpuThreadIdIsa(mlirOpResultGetOwner(value)))
    thread = mlirOpResultGetOwner(value);
  for (int i = 0; i < (int)arrlen(nest->loops); ++i) {
    if (mlirValueEqual(nest->loops[i].variable, value) ||
        (!mlirOperationIsNull(thread) &&
         isSameThread(nest->loops[i].variable, thread)))
      return i;
  }
  if (mlirOperationIsNull(thread))
    return TtNoLoop;
  int64_t extent = ttGpuThreadIdHasUpperBound(thread)
                       ? ttGpuThreadIdGetUpperBound(thread)
                       : TtUnknownExtent;
  arrput(nest->loops, ((TtElementLoop){value, thread, 0, extent, false}));
  return (int)arrlen(nest->loops) - 1;
}

bool ttIsInElementNest(TtElementNest *nest, MlirValue value) {
  if (ttElementLoopOf(nest, value) != TtNoLoop)
    return true;
  if (!mlirValueIsAOpResult(value))
    return false;
  MlirOperation owner = mlirOpResultGetOwner(value);
  for (ptrdiff_t i = 0; i < arrlen(nest->ops); ++i) {
    if (mlirOperationEqual(nest->ops[i], owner))
      return true;
  }
  return false;
}

static bool termIsInNest(TtElementNest *nest, const TtAffineTerm *term) {
  if (!mlirValueIsNull(term->value))
    return ttIsInElementNest(nest, term->value);
  for (intptr_t i = 0; i < mlirOperationGetNumOperands(term->apply); ++i) {
    if (ttIsInElementNest(nest, mlirOperationGetOperand(term->apply, i)))
      return true;
  }
  return false;
}

/// Splits an index into one loop and what stays; false if it is something else.
static bool splitIndex(TtElementNest *nest, TtElementAccess *access,
                       intptr_t dim, MlirValue index) {
  TtAffineForm *form = &access->rests[dim];
  *form = ttAffineFormGet(index);
  TtLinear linear = {.count = 0};
  bool good = true;
  for (intptr_t i = 0; i < form->numTerms && good; ++i) {
    TtAffineTerm term = form->terms[i];
    int loop = ttElementLoopOf(nest, term.value);
    if (loop == TtNoLoop && !termIsInNest(nest, &term))
      continue;
    good = (loop != TtNoLoop || ttDigitLoop(nest, &term, &loop)) &&
           ttLinearAdd(&linear, loop, term.coefficient);
    form->terms[i--] = form->terms[--form->numTerms];
  }
  int *loop = &access->loops[dim];
  *loop = TtNoLoop;
  if (linear.count > 0)
    good = good && ttLinearLoop(nest, &linear, loop);
  if (!good || *loop == TtNoLoop)
    return good;
  form->constant += nest->loops[*loop].lower;
  for (intptr_t i = 0; i < dim; ++i)
    good &= access->loops[i] != *loop;
  return good;
}

static MlirLogicalResult refuseIndex(MlirOperation op) {
  TtDiagnostic *d = ttDiagnosticOpError(
      op, "indexes a dimension by more than one loop variable plus an offset");
  ttDiagnosticHint(d, "in a loop over elements each dimension of a block is "
                      "indexed by a loop of its own, or by what stays");
  return ttDiagnosticReport(d);
}

static MlirLogicalResult addAccess(TtElementNest *nest, MlirOperation op) {
  bool load = ttMemrefLoadIsa(op);
  TtElementAccess access = {.op = op,
                            .memref = load ? ttMemrefLoadGetMemref(op)
                                           : ttMemrefStoreGetMemref(op),
                            .rank = load ? ttMemrefLoadGetNumIndices(op)
                                         : ttMemrefStoreGetNumIndices(op)};
  if (access.rank > TtElementMaxRank)
    return ttEmitOpError(op, "accesses more than %d dimensions",
                         TtElementMaxRank);
  bool good = true;
  for (intptr_t i = 0; i < access.rank; ++i)
    good &= splitIndex(nest, &access, i,
                       load ? ttMemrefLoadGetIndices(op, i)
                            : ttMemrefStoreGetIndices(op, i));
  arrput(nest->accesses, access);
  if (good)
    return success();
  return refuseIndex(op);
}

MlirLogicalResult ttElementNestFindAccesses(TtElementNest *nest) {
  // Every thread id is a loop, whether it indexes or is only computed with.
  for (ptrdiff_t i = 0; i < arrlen(nest->ops); ++i) {
    for (intptr_t o = 0; o < mlirOperationGetNumOperands(nest->ops[i]); ++o)
      ttElementLoopOf(nest, mlirOperationGetOperand(nest->ops[i], o));
  }
  for (ptrdiff_t i = 0; i < arrlen(nest->ops); ++i) {
    if (ttIsElementAccess(nest->ops[i]) &&
        failed(addAccess(nest, nest->ops[i])))
      return failure();
  }
  // A loop counts elements alone or together with others, not both.
  for (ptrdiff_t i = 0; i < arrlen(nest->accesses); ++i) {
    const TtElementAccess *access = &nest->accesses[i];
    for (intptr_t d = 0; d < access->rank; ++d) {
      if (access->loops[d] != TtNoLoop &&
          nest->loops[access->loops[d]].isMember)
        return refuseIndex(access->op);
    }
  }
  return success();
}

static bool sameRest(const TtAffineForm *a, const TtAffineForm *b) {
  if (a->constant != b->constant || a->numTerms != b->numTerms)
    return false;
  for (intptr_t i = 0; i < a->numTerms; ++i) {
    const TtAffineTerm *s = &a->terms[i], *t = &b->terms[i];
    if (s->coefficient != t->coefficient ||
        !mlirValueEqual(s->value, t->value) ||
        !mlirOperationEqual(s->apply, t->apply) ||
        !mlirAffineExprEqual(s->part, t->part))
      return false;
  }
  return true;
}

bool ttSameElement(const TtElementAccess *a, const TtElementAccess *b) {
  if (!mlirValueEqual(a->memref, b->memref))
    return false;
  for (intptr_t i = 0; i < a->rank; ++i) {
    if (a->loops[i] != b->loops[i] || !sameRest(&a->rests[i], &b->rests[i]))
      return false;
  }
  return true;
}
