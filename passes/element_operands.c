//===- element_operands.c - operands and loops of an element nest ---------===//
//
// Part of element_generic.h.
//
//===----------------------------------------------------------------------===//

#include "element_generic.h"
#include "memory_access.h"
#include "mlir-c/AffineMap.h"
#include "mlir-c/BuiltinAttributes.h"
#include "mlir-c/BuiltinTypes.h"
#include "stb_ds.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/gen/MemrefOps.h"
#include <inttypes.h>

static bool failed(MlirLogicalResult result) {
  return mlirLogicalResultIsFailure(result);
}

TtElementOperand *ttFindElementOperand(TtElementOperand *operands,
                                       const TtElementAccess *access) {
  for (ptrdiff_t i = 0; i < arrlen(operands); ++i) {
    if (ttSameElement(operands[i].access, access))
      return &operands[i];
  }
  return NULL;
}

//===- Loops --------------------------------------------------------------===//

int ttElementLoopPosition(const TtElementGeneric *g, int loop) {
  for (int i = 0; i < g->numLoops; ++i) {
    if (g->order[i] == loop)
      return i;
  }
  return -1;
}

static MlirLogicalResult addToOrder(TtElementGeneric *g, int loop,
                                    MlirOperation op) {
  if (ttElementLoopPosition(g, loop) >= 0)
    return mlirLogicalResultSuccess();
  if (g->numLoops == TtElementMaxRank)
    return ttEmitOpError(op, "is in more than %d loops over elements",
                         TtElementMaxRank);
  g->order[g->numLoops++] = loop;
  return mlirLogicalResultSuccess();
}

/// Threads whose number nothing says run over the whole dimension.
static void inferExtents(TtElementNest *nest) {
  for (int stores = 1; stores >= 0; --stores) {
    for (ptrdiff_t i = 0; i < arrlen(nest->accesses); ++i) {
      const TtElementAccess *access = &nest->accesses[i];
      if (ttIsStore(access) != stores)
        continue;
      MlirType type = mlirValueGetType(access->memref);
      for (intptr_t d = 0; d < access->rank; ++d) {
        int loop = access->loops[d];
        if (loop != TtNoLoop && nest->loops[loop].extent == TtUnknownExtent &&
            !mlirShapedTypeIsDynamicDim(type, d))
          nest->loops[loop].extent = mlirShapedTypeGetDimSize(type, d);
      }
    }
  }
}

static bool indexesBy(const TtElementAccess *access, int loop) {
  for (intptr_t d = 0; d < access->rank; ++d) {
    if (access->loops[d] == loop)
      return true;
  }
  return false;
}

/// Every result is indexed by the same loops, the parallel ones; the others
/// reduce, so each result is read before it is stored.
static MlirLogicalResult checkOutput(const TtElementGeneric *g,
                                     const TtElementAccess *store) {
  for (int i = 0; i < g->numParallel; ++i) {
    if (indexesBy(store, g->order[i]))
      continue;
    TtDiagnostic *d = ttDiagnosticOpError(
        store->op, "is indexed by other loops than the store before it");
    ttDiagnosticHint(d, "give each statement its own loops over the block");
    return ttDiagnosticReport(d);
  }
  if (g->numLoops == g->numParallel)
    return mlirLogicalResultSuccess();
  for (ptrdiff_t i = 0; i < arrlen(g->nest->accesses); ++i) {
    const TtElementAccess *other = &g->nest->accesses[i];
    if (other->op.ptr == store->op.ptr)
      break;
    if (!ttIsStore(other) && ttSameElement(other, store))
      return mlirLogicalResultSuccess();
  }
  TtDiagnostic *d = ttDiagnosticOpError(
      store->op, "overwrites an element in each iteration of a loop that does "
                 "not index it");
  ttDiagnosticHint(d, "a reduction adds to the element that it loads; all "
                      "else indexes its result by every loop");
  return ttDiagnosticReport(d);
}

static MlirLogicalResult orderLoops(TtElementGeneric *g) {
  TtElementNest *nest = g->nest;
  const TtElementAccess *first = g->outputs[0].access;
  for (intptr_t d = 0; d < first->rank; ++d) {
    if (first->loops[d] != TtNoLoop &&
        failed(addToOrder(g, first->loops[d], first->op)))
      return mlirLogicalResultFailure();
  }
  g->numParallel = g->numLoops;
  for (ptrdiff_t i = 0; i < arrlen(nest->accesses); ++i) {
    const TtElementAccess *access = &nest->accesses[i];
    for (intptr_t d = 0; d < access->rank; ++d) {
      if (access->loops[d] != TtNoLoop &&
          failed(addToOrder(g, access->loops[d], access->op)))
        return mlirLogicalResultFailure();
    }
  }
  for (ptrdiff_t i = 0; i < arrlen(nest->loops); ++i) {
    const TtElementLoop *loop = &nest->loops[i];
    if (ttElementLoopPosition(g, (int)i) >= 0 || loop->extent == 1 ||
        loop->isMember)
      continue;
    TtDiagnostic *d =
        ttDiagnosticOpError(loop->owner, "has a variable that indexes nothing");
    ttDiagnosticHint(d, "drop the loop; every iteration does the same");
    return ttDiagnosticReport(d);
  }
  for (ptrdiff_t i = 0; i < arrlen(g->outputs); ++i) {
    if (failed(checkOutput(g, g->outputs[i].access)))
      return mlirLogicalResultFailure();
  }
  return mlirLogicalResultSuccess();
}

//===- Operands -----------------------------------------------------------===//

static MlirLogicalResult checkAlias(const TtElementAccess *access,
                                    const TtElementAccess *store) {
  if (!mlirValueEqual(ttBufferBehind(access->memref),
                      ttBufferBehind(store->memref)) ||
      ttSameElement(access, store))
    return mlirLogicalResultSuccess();
  TtDiagnostic *d = ttDiagnosticOpError(
      access->op, "accesses another element of a buffer than the loop stores");
  ttDiagnosticNote(d, mlirOperationGetLocation(store->op), "stored here");
  ttDiagnosticHint(d, "every element of a block is computed from what was "
                      "there before the loop; use a second buffer");
  return ttDiagnosticReport(d);
}

static MlirLogicalResult collectOutputs(TtElementGeneric *g) {
  TtElementNest *nest = g->nest;
  for (ptrdiff_t i = 0; i < arrlen(nest->accesses); ++i) {
    const TtElementAccess *access = &nest->accesses[i];
    if (ttIsStore(access) && !ttFindElementOperand(g->outputs, access))
      arrput(g->outputs, ((TtElementOperand){access, {NULL}, {NULL}}));
  }
  for (ptrdiff_t i = 0; i < arrlen(nest->accesses); ++i) {
    const TtElementAccess *access = &nest->accesses[i];
    for (ptrdiff_t o = 0; o < arrlen(g->outputs); ++o) {
      if (failed(checkAlias(access, g->outputs[o].access)))
        return mlirLogicalResultFailure();
    }
  }
  return mlirLogicalResultSuccess();
}

/// Whether the nest stores an element before this access to it.
static bool isStoredBefore(const TtElementNest *nest,
                           const TtElementAccess *access) {
  for (const TtElementAccess *a = nest->accesses; a != access; ++a) {
    if (ttIsStore(a) && ttSameElement(a, access))
      return true;
  }
  return false;
}

/// What the body takes from operands; where loops reduce, what the results held
/// is one already.
static void collectInputs(TtElementGeneric *g) {
  TtElementNest *nest = g->nest;
  bool reduces = g->numLoops > g->numParallel;
  for (ptrdiff_t i = 0; i < arrlen(nest->accesses); ++i) {
    const TtElementAccess *access = &nest->accesses[i];
    if (ttIsStore(access) || isStoredBefore(nest, access) ||
        ttFindElementOperand(g->inputs, access) ||
        (reduces && ttFindElementOperand(g->outputs, access)))
      continue;
    arrput(g->inputs, ((TtElementOperand){access, {NULL}, {NULL}}));
  }
}

MlirLogicalResult ttElementGenericPlan(TtElementGeneric *g) {
  if (failed(collectOutputs(g)))
    return mlirLogicalResultFailure();
  inferExtents(g->nest);
  if (failed(orderLoops(g)))
    return mlirLogicalResultFailure();
  collectInputs(g);
  return mlirLogicalResultSuccess();
}

/// Whether the nest accesses all of a dimension, so that no view is needed.
static bool isWhole(const TtElementGeneric *g, const TtElementAccess *access,
                    intptr_t dim) {
  int64_t size =
      mlirShapedTypeGetDimSize(mlirValueGetType(access->memref), dim);
  int64_t extent = access->loops[dim] == TtNoLoop
                       ? 1
                       : g->nest->loops[access->loops[dim]].extent;
  const TtAffineForm *rest = &access->rests[dim];
  return rest->numTerms == 0 && rest->constant == 0 && extent == size;
}

typedef struct {
  int64_t offsets[TtElementMaxRank], sizes[TtElementMaxRank];
  int64_t steps[TtElementMaxRank];
  MlirValue dynamic[TtElementMaxRank];
  intptr_t numDynamic;
  int64_t keptSizes[TtElementMaxRank], keptStrides[TtElementMaxRank];
  intptr_t numKept; // dimensions that a loop indexes
  int64_t offset;   // of the view in its buffer, in elements
} Part;

static MlirLogicalResult partOf(TtElementGeneric *g,
                                const TtElementAccess *access, Part *p) {
  MlirType type = mlirValueGetType(access->memref);
  int64_t dynamic = mlirShapedTypeGetDynamicStrideOrOffset();
  int64_t strides[TtElementMaxRank];
  *p = (Part){0};
  if (failed(mlirMemRefTypeGetStridesAndOffset(type, strides, &p->offset)))
    return ttEmitOpError(access->op, "accesses a memref without strides");
  for (intptr_t d = 0; d < access->rank; ++d) {
    const TtAffineForm *rest = &access->rests[d];
    int loop = access->loops[d];
    p->sizes[d] = loop == TtNoLoop ? 1 : g->nest->loops[loop].extent;
    p->steps[d] = 1;
    p->offsets[d] = rest->constant;
    if (rest->numTerms > 0) {
      p->offsets[d] = dynamic;
      p->dynamic[p->numDynamic++] = ttAffineFormBuild(
          &g->before, mlirOperationGetLocation(access->op), rest);
    } else if (!mlirShapedTypeIsDynamicDim(type, d) &&
               (rest->constant < 0 || rest->constant + p->sizes[d] >
                                          mlirShapedTypeGetDimSize(type, d))) {
      return ttEmitOpError(access->op,
                           "accesses elements %" PRId64 " to %" PRId64
                           " of a dimension of %" PRId64,
                           rest->constant, rest->constant + p->sizes[d] - 1,
                           mlirShapedTypeGetDimSize(type, d));
    }
    bool known = p->offset != dynamic && p->offsets[d] != dynamic &&
                 strides[d] != dynamic;
    int64_t way;
    if (!known || __builtin_mul_overflow(p->offsets[d], strides[d], &way) ||
        __builtin_add_overflow(p->offset, way, &p->offset))
      p->offset = dynamic;
    if (loop == TtNoLoop)
      continue;
    p->keptSizes[p->numKept] = p->sizes[d];
    p->keptStrides[p->numKept++] = strides[d];
  }
  return mlirLogicalResultSuccess();
}

MlirValue ttElementOperandMemref(TtElementGeneric *g,
                                 const TtElementAccess *access,
                                 MlirAttribute *map) {
  MlirContext context = g->before.context;
  MlirAffineExpr results[TtElementMaxRank];
  intptr_t count = 0;
  bool whole = true;
  for (intptr_t d = 0; d < access->rank; ++d)
    whole &= isWhole(g, access, d);
  for (intptr_t d = 0; d < access->rank; ++d) {
    if (access->loops[d] != TtNoLoop)
      results[count++] = mlirAffineDimExprGet(
          context, ttElementLoopPosition(g, access->loops[d]));
    else if (whole)
      results[count++] = mlirAffineConstantExprGet(context, 0);
  }
  *map = mlirAffineMapAttrGet(
      mlirAffineMapGet(context, g->numLoops, 0, count, results));
  Part p;
  if (whole)
    return access->memref;
  if (failed(partOf(g, access, &p)))
    return (MlirValue){NULL};
  MlirType from = mlirValueGetType(access->memref);
  MlirType type = mlirMemRefTypeGet(
      mlirShapedTypeGetElementType(from), p.numKept, p.keptSizes,
      mlirStridedLayoutAttrGet(context, p.offset, p.numKept, p.keptStrides),
      mlirMemRefTypeGetMemorySpace(from));
  return ttMemrefSubViewGetResult(ttMemrefSubViewCreate(
      &g->before, mlirOperationGetLocation(access->op), type, access->memref,
      p.numDynamic, p.dynamic, 0, NULL, 0, NULL, access->rank, p.offsets,
      access->rank, p.sizes, access->rank, p.steps));
}
