//===- import_element.c - element loops on buffers ------------------------===//
//
// `C[by * 64 + i]` in a loop over i means element i of the block at by * 64. An
// index of a buffer is taken apart into what the nest counts and the rest: the
// rest is the offset of a view, made in front of the nest, and the nest indexes
// that view with its counters only.
//
//===----------------------------------------------------------------------===//

#include "import.h"
#include "index_arith.h"
#include "mlir-c/BuiltinAttributes.h"
#include "mlir-c/BuiltinTypes.h"
#include "stb_ds.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/IR.h"
#include "tt-c/gen/MemrefOps.h"
#include "tt-c/gen/ScfOps.h"
#include <inttypes.h>

/// A load or store in a nest.
typedef struct {
  MlirOperation op;
  MlirValue memref;
  intptr_t rank;
  intptr_t firstIndex; // operand
} Access;

static bool accessGet(MlirOperation op, Access *access) {
  if (ttMemrefLoadIsa(op))
    *access = (Access){op, ttMemrefLoadGetMemref(op),
                       ttMemrefLoadGetNumIndices(op), 1};
  else if (ttMemrefStoreIsa(op))
    *access = (Access){op, ttMemrefStoreGetMemref(op),
                       ttMemrefStoreGetNumIndices(op), 2};
  else
    return false;
  return true;
}

/// The index of one dimension: counter of a loop of the nest plus offset.
typedef struct {
  MlirValue counter;   // or null
  int64_t trips;       // of the counter, 1 without
  TtAffineForm offset; // free of the nest's counters
} Index;

/// The trip count of the loop of `nest` that counts `value` from 0 in steps of
/// 1, or 0.
static int64_t countedTrips(MlirValue value) {
  MlirOperation loop =
      mlirBlockGetParentOperation(mlirBlockArgumentGetOwner(value));
  intptr_t position = mlirBlockArgumentGetArgNumber(value);
  int64_t lower, upper, step;
  if (ttScfForIsa(loop) && position == 0) {
    if (ttIndexIsConstant(ttScfForGetLowerBound(loop), &lower) &&
        ttIndexIsConstant(ttScfForGetUpperBound(loop), &upper) &&
        ttIndexIsConstant(ttScfForGetStep(loop), &step) && lower == 0 &&
        step == 1)
      return upper;
  } else if (ttScfParallelIsa(loop)) {
    if (ttIndexIsConstant(ttScfParallelGetLowerBound(loop, position), &lower) &&
        ttIndexIsConstant(ttScfParallelGetUpperBound(loop, position), &upper) &&
        ttIndexIsConstant(ttScfParallelGetStep(loop, position), &step) &&
        lower == 0 && step == 1)
      return upper;
  } else if (ttScfForallIsa(loop) &&
             position < ttScfForallGetNumStaticUpperBound(loop) &&
             ttScfForallGetStaticLowerBound(loop)[position] == 0 &&
             ttScfForallGetStaticStep(loop)[position] == 1 &&
             !mlirShapedTypeIsDynamicSize(
                 ttScfForallGetStaticUpperBound(loop)[position])) {
    return ttScfForallGetStaticUpperBound(loop)[position];
  }
  return 0;
}

/// Whether the term's value is made in the nest.
static bool isInside(MlirOperation nest, const TtAffineTerm *term) {
  MlirOperation owner = term->apply;
  if (!mlirValueIsNull(term->value))
    owner = mlirValueIsABlockArgument(term->value)
                ? mlirBlockGetParentOperation(
                      mlirBlockArgumentGetOwner(term->value))
                : mlirOpResultGetOwner(term->value);
  return ttOperationIsAncestor(nest, owner) &&
         !(mlirOperationEqual(nest, owner) &&
           mlirValueIsAOpResult(term->value));
}

static MlirLogicalResult refuseIndex(MlirOperation op, intptr_t dim) {
  TtDiagnostic *d = ttDiagnosticOpError(
      op,
      "has an index of a buffer in dimension %" PRIdPTR
      " that is not an offset plus the counter of one loop around it",
      dim);
  ttDiagnosticHint(d, "loops over elements count from 0 in steps of 1, each "
                      "index adding one of their counters to an offset made "
                      "outside of them; or take a memref.subview first");
  return ttDiagnosticReport(d);
}

/// Takes the counter of the nest, if there is one, out of the index's form.
static MlirLogicalResult indexGet(MlirOperation nest, const Access *access,
                                  intptr_t dim, Index *index) {
  MlirValue value =
      mlirOperationGetOperand(access->op, access->firstIndex + dim);
  *index = (Index){{NULL}, 1, ttAffineFormGet(value)};
  intptr_t count = 0;
  for (intptr_t i = 0; i < index->offset.numTerms; ++i) {
    TtAffineTerm term = index->offset.terms[i];
    if (!isInside(nest, &term)) {
      index->offset.terms[count++] = term;
      continue;
    }
    if (!mlirValueIsNull(index->counter) || term.coefficient != 1 ||
        mlirValueIsNull(term.value) || !mlirValueIsABlockArgument(term.value))
      return refuseIndex(access->op, dim);
    index->counter = term.value;
    index->trips = countedTrips(term.value);
    if (index->trips <= 0)
      return refuseIndex(access->op, dim);
  }
  index->offset.numTerms = count;
  return mlirLogicalResultSuccess();
}

static int64_t extentOf(const Access *access, intptr_t dim) {
  return mlirShapedTypeGetDimSize(mlirValueGetType(access->memref), dim);
}

/// Whether the access already runs over the whole of what it indexes.
static bool isWhole(const Access *access, const Index *indices) {
  for (intptr_t i = 0; i < access->rank; ++i)
    if (indices[i].offset.numTerms > 0 || indices[i].offset.constant != 0 ||
        indices[i].trips != extentOf(access, i))
      return false;
  return true;
}

/// Whether the view has the dimension: it is counted, or there is no more of it
/// than one element. So the view of a column stays one, as in other ops that
/// take its block.
static bool isKept(const Access *access, const Index *indices, intptr_t dim) {
  return !mlirValueIsNull(indices[dim].counter) || extentOf(access, dim) == 1;
}

/// `memref.subview` of the block that the nest runs over, without the
/// dimensions of which it takes one of several elements. Its type has no
/// strides: the op makes a view, and goes again with the access.
static MlirValue createView(const TtBuilder *b, const Access *access,
                            const Index *indices) {
  MlirLocation loc = mlirOperationGetLocation(access->op);
  int64_t offsets[TtImportMaxRank], sizes[TtImportMaxRank];
  int64_t strides[TtImportMaxRank], shape[TtImportMaxRank];
  MlirValue values[TtImportMaxRank];
  intptr_t rank = 0;
  for (intptr_t i = 0; i < access->rank; ++i) {
    offsets[i] = mlirShapedTypeGetDynamicStrideOrOffset();
    values[i] = ttAffineFormBuild(b, loc, &indices[i].offset);
    sizes[i] = indices[i].trips;
    strides[i] = 1;
    if (isKept(access, indices, i))
      shape[rank++] = indices[i].trips;
  }
  MlirType element =
      mlirShapedTypeGetElementType(mlirValueGetType(access->memref));
  MlirType type =
      mlirMemRefTypeContiguousGet(element, rank, shape, mlirAttributeGetNull());
  return ttMemrefSubViewGetResult(ttMemrefSubViewCreate(
      b, loc, type, access->memref, access->rank, values, 0, NULL, 0, NULL,
      access->rank, offsets, access->rank, sizes, access->rank, strides));
}

static void retarget(const TtBuilder *b, const Access *access,
                     const Index *indices, MlirValue view) {
  MlirValue operands[TtImportMaxRank + 2];
  intptr_t count = 0;
  if (access->firstIndex == 2)
    operands[count++] = mlirOperationGetOperand(access->op, 0);
  operands[count++] = view;
  for (intptr_t i = 0; i < access->rank; ++i)
    if (isKept(access, indices, i))
      operands[count++] =
          mlirValueIsNull(indices[i].counter)
              ? ttIndexConstant(b, mlirOperationGetLocation(access->op), 0)
              : indices[i].counter;
  mlirOperationSetOperands(access->op, count, operands);
}

/// One view per block of a nest: another access to the same block uses it too.
static MlirValue viewFor(TtImportKernel *kernel, MlirOperation nest,
                         const Access *access, const Index *indices,
                         MlirValue **views) {
  TtBuilder b = ttBuilderBefore(nest);
  MlirValue made = createView(&b, access, indices);
  TtImportView view, other;
  ttImportViewGet(kernel->function, made, &view);
  for (ptrdiff_t i = 0; i < arrlen(*views); ++i) {
    ttImportViewGet(kernel->function, (*views)[i], &other);
    bool same = ttImportViewEqual(&view, &other);
    ttImportViewDestroy(&other);
    if (!same)
      continue;
    ttImportViewDestroy(&view);
    mlirOperationDestroy(mlirOpResultGetOwner(made));
    return (*views)[i];
  }
  ttImportViewDestroy(&view);
  arrput(*views, made);
  return made;
}

static MlirLogicalResult rewriteAccess(TtImportKernel *kernel,
                                       MlirOperation nest, const Access *access,
                                       MlirValue **views) {
  Index indices[TtImportMaxRank];
  intptr_t known = 0;
  MlirLogicalResult result = mlirLogicalResultSuccess();
  while (known < access->rank && mlirLogicalResultIsSuccess(result)) {
    result = indexGet(nest, access, known, &indices[known]);
    ++known;
  }
  if (mlirLogicalResultIsSuccess(result) && !isWhole(access, indices)) {
    TtBuilder b = ttBuilderBefore(nest);
    retarget(&b, access, indices,
             viewFor(kernel, nest, access, indices, views));
  }
  for (intptr_t i = 0; i < known; ++i)
    ttAffineFormDestroy(&indices[i].offset);
  return result;
}

typedef struct {
  Access *accesses; // stb_ds array
} Accesses;

static MlirWalkResult addAccess(MlirOperation op, void *data) {
  Accesses *found = data;
  Access access;
  if (accessGet(op, &access))
    arrput(found->accesses, access);
  return MlirWalkResultAdvance;
}

static MlirLogicalResult rewriteNest(TtImportKernel *kernel,
                                     MlirOperation nest) {
  Accesses found = {NULL};
  MlirValue *views = NULL;
  MlirLogicalResult result = mlirLogicalResultSuccess();
  mlirOperationWalk(nest, addAccess, &found, MlirWalkPreOrder);
  for (ptrdiff_t i = 0; i < arrlen(found.accesses); ++i) {
    TtImportView view;
    if (mlirLogicalResultIsFailure(result) ||
        !ttImportViewGet(kernel->function, found.accesses[i].memref, &view))
      continue;
    ttImportViewDestroy(&view);
    result = rewriteAccess(kernel, nest, &found.accesses[i], &views);
  }
  arrfree(found.accesses);
  arrfree(views);
  return result;
}

MlirLogicalResult ttImportElementViews(TtImportKernel *kernel) {
  for (ptrdiff_t i = 0; i < arrlen(kernel->ops); ++i)
    if (ttImportIsElementNest(kernel->ops[i]) &&
        mlirLogicalResultIsFailure(rewriteNest(kernel, kernel->ops[i])))
      return mlirLogicalResultFailure();
  return mlirLogicalResultSuccess();
}
