//===- import_resident.c - blocks that stay on the core -------------------===//
//
// `linalg.matmul` in a K loop onto a block of C means: C's block stays on the
// core while the loop runs. So accesses to the same block are grouped, and a
// group that a kernel computes on, writes twice, or writes and then reads gets
// one local memref: read before its first access if that looks at what was
// there, written after the last access that writes. Both stand in the
// innermost loop in which the block is another one each time.
//
//===----------------------------------------------------------------------===//

#include "import.h"
#include "stb_ds.h"
#include "tt-c/gen/ScfOps.h"
#include "tt-c/gen/TtOps.h"

static MlirBlock blockOf(MlirValue value) {
  return mlirValueIsABlockArgument(value)
             ? mlirBlockArgumentGetOwner(value)
             : mlirOperationGetBlock(mlirOpResultGetOwner(value));
}

static int depthOf(MlirBlock block) {
  int depth = 0;
  for (MlirOperation op = mlirBlockGetParentOperation(block); !ttKernelIsa(op);
       op = mlirOperationGetParentOperation(op))
    ++depth;
  return depth;
}

/// The inner of two nested blocks.
static MlirBlock inner(MlirBlock a, MlirBlock b) {
  return depthOf(b) > depthOf(a) ? b : a;
}

/// The block of ops in which all terms of the view's offsets and its extents
/// are known, and
/// no outer one.
static MlirBlock scopeOf(TtImportKernel *kernel, const TtImportView *view) {
  MlirBlock scope = kernel->body;
  for (int i = 0; i < view->rank; ++i) {
    for (intptr_t j = 0; j < view->offsets[i].numTerms; ++j) {
      const TtAffineTerm *term = &view->offsets[i].terms[j];
      scope = inner(scope, mlirValueIsNull(term->value)
                               ? mlirOperationGetBlock(term->apply)
                               : blockOf(term->value));
    }
    if (!mlirValueIsNull(view->valid[i]))
      scope = inner(scope, blockOf(view->valid[i]));
  }
  return scope;
}

/// The op of `scope` that is or holds `op`; `conditional` if it may not run.
static MlirOperation anchorOf(MlirBlock scope, MlirOperation op,
                              bool *conditional) {
  *conditional = false;
  while (!mlirBlockEqual(mlirOperationGetBlock(op), scope)) {
    op = mlirOperationGetParentOperation(op);
    *conditional |= ttScfIfIsa(op);
  }
  return op;
}

static bool sameGroup(const TtImportAccess *a, const TtImportAccess *b) {
  return ttImportViewEqual(&a->view, &b->view);
}

/// Whether the group of access `first` must be kept on the core.
static bool mustStay(const TtImportAccess *accesses, ptrdiff_t first,
                     MlirBlock scope) {
  int writes = 0;
  bool stays = false, readAfterWrite = false;
  for (ptrdiff_t i = first; i < arrlen(accesses); ++i) {
    const TtImportAccess *access = &accesses[i];
    if (!sameGroup(access, &accesses[first]))
      continue;
    bool nested = !mlirBlockEqual(mlirOperationGetBlock(access->op), scope);
    readAfterWrite |= access->read && writes > 0;
    stays |= nested || (access->written && !access->copies);
    writes += access->written;
  }
  return writes > 0 && (stays || readAfterWrite || writes > 1);
}

static void keep(TtImportKernel *kernel, TtImportAccess *accesses,
                 ptrdiff_t first, MlirBlock scope) {
  const TtImportView *view = &accesses[first].view;
  bool conditional;
  MlirOperation anchor = anchorOf(scope, accesses[first].op, &conditional);
  bool fill = accesses[first].read || conditional;
  TtBuilder before = ttBuilderBefore(anchor);
  MlirValue local =
      ttImportStage(kernel, &before,
                    mlirOperationGetLocation(accesses[first].op), view, fill);
  ptrdiff_t last = first;
  for (ptrdiff_t i = first; i < arrlen(accesses); ++i) {
    if (!sameGroup(&accesses[i], &accesses[first]))
      continue;
    last = accesses[i].written ? i : last;
    ttImportReplaceIn(accesses[i].op, accesses[i].value, local);
    accesses[i].done = true;
  }
  TtBuilder after =
      ttBuilderAfter(anchorOf(scope, accesses[last].op, &conditional));
  ttImportWriteBack(kernel, &after, mlirOperationGetLocation(accesses[last].op),
                    view, local);
}

void ttImportResidentBlocks(TtImportKernel *kernel, TtImportAccess *accesses) {
  for (ptrdiff_t i = 0; i < arrlen(accesses); ++i) {
    if (accesses[i].done)
      continue;
    MlirBlock scope = scopeOf(kernel, &accesses[i].view);
    if (mustStay(accesses, i, scope))
      keep(kernel, accesses, i, scope);
  }
}
