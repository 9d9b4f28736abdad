//===- layout_ragged.c - blocks that end with the buffer ------------------===//
//
// A block of which fewer elements are valid is moved whole: the buffer gets the
// tiles that it reaches beyond the last element. That needs no other pages in
// kernels than those of any block, and nobody reads what lies there: results
// are cut off, and what is summed is masked (tile_edge.c). So the number of
// valid elements must be what is left of the buffer, and nothing else.
//
//===----------------------------------------------------------------------===//

#include "affine_form.h"
#include "host_tree.h"
#include "infer_layout.h"
#include "mlir-c/AffineMap.h"
#include "mlir-c/BuiltinTypes.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/IR.h"
#include "tt-c/gen/AffineOps.h"
#include "tt-c/gen/ArithOps.h"
#include "tt-c/gen/TtOps.h"
#include <inttypes.h>
#include <stdlib.h>

/// What is valid of a block along a dim, and what must be.
typedef struct {
  TtAffineForm left;   // elements from the block's offset to the buffer's end
  int64_t most;        // the smallest constant that `valid` cannot exceed
  bool endsWithBuffer; // it cannot exceed `left`
  bool known;          // and nothing else bounds it
} Extent;

static void boundByForm(Extent *extent, const TtAffineForm *form) {
  bool ends = ttAffineFormEqual(form, &extent->left);
  extent->endsWithBuffer |= ends;
  if (form->numTerms > 0)
    extent->known &= ends;
  else if (form->constant < extent->most)
    extent->most = form->constant;
}

static void boundBy(Extent *extent, MlirValue valid) {
  MlirOperation op = {NULL};
  if (mlirValueIsAOpResult(valid))
    op = mlirOpResultGetOwner(valid);
  if (!mlirOperationIsNull(op) && ttArithMinSIIsa(op)) {
    boundBy(extent, ttArithMinSIGetLhs(op));
    boundBy(extent, ttArithMinSIGetRhs(op));
    return;
  }
  bool min = !mlirOperationIsNull(op) && ttAffineMinIsa(op);
  intptr_t count = min ? mlirAffineMapGetNumResults(ttAffineMinGetMap(op)) : 1;
  for (intptr_t i = 0; i < count; ++i) {
    TtAffineForm form = {0};
    if (!min)
      form = ttAffineFormGet(valid);
    if (!min || ttAffineFormOfMin(op, i, &form))
      boundByForm(extent, &form);
    else
      extent->known = false;
    ttAffineFormDestroy(&form);
  }
}

static MlirLogicalResult refuse(MlirOperation transfer, intptr_t dim,
                                int64_t extent) {
  TtDiagnostic *d = ttDiagnosticOpError(
      transfer,
      "moves a block that may end before the buffer does along dimension "
      "%" PRIdPTR,
      dim);
  ttDiagnosticHint(d,
                   "the size of a block is a constant, or the minimum of a "
                   "constant and what is left of the %" PRId64
                   " elements behind its offset; blocks of the dims before "
                   "the last two have a constant size",
                   extent);
  return ttDiagnosticReport(d);
}

/// The largest offset of a block that begins in the buffer, if all that is
/// known of it is its form.
static int64_t lastOffset(const TtAffineForm *offset, int64_t extent) {
  int64_t step = 0;
  for (intptr_t i = 0; i < offset->numTerms; ++i) {
    int64_t a = llabs(offset->terms[i].coefficient);
    while (a) {
      int64_t rest = step % a;
      step = a;
      a = rest;
    }
  }
  int64_t room = extent - 1 - offset->constant;
  return step && room > 0 ? offset->constant + room / step * step
                          : offset->constant;
}

/// Where the last block along a dim ends; -1 after a diagnostic.
static int64_t endOf(MlirOperation transfer, intptr_t dim, MlirType buffer) {
  int64_t length = mlirShapedTypeGetDimSize(buffer, dim);
  intptr_t rank = mlirShapedTypeGetRank(buffer);
  TtAffineForm offset = ttAffineFormGet(ttTransferOffset(transfer, dim));
  Extent extent = {.most = INT64_MAX, .known = true};
  extent.left = ttAffineFormGet(ttTransferOffset(transfer, dim));
  extent.left.constant = -extent.left.constant;
  for (intptr_t i = 0; i < extent.left.numTerms; ++i)
    extent.left.terms[i].coefficient = -extent.left.terms[i].coefficient;
  extent.known = ttAffineFormAddConstant(&extent.left, length);
  int64_t size = ttTransferSize(transfer, buffer, dim), end = length;
  boundBy(&extent, ttTransferValid(transfer, dim));
  bool ragged = extent.endsWithBuffer && dim + 2 >= rank;
  // A smaller constant is all that is left behind a constant offset.
  bool allLeft =
      extent.left.numTerms == 0 && extent.most == extent.left.constant;
  bool fits = extent.most == size || (ragged && allLeft);
  if (!extent.known || !fits) {
    refuse(transfer, dim, length);
    end = -1;
  } else if (ragged) {
    end = lastOffset(&offset, length) + size;
  }
  ttAffineFormDestroy(&offset);
  ttAffineFormDestroy(&extent.left);
  return end;
}

typedef struct {
  MlirOperation buffer;
  TtReach *reach;
} Walk;

static void extendTo(int64_t *extent, int64_t end) {
  *extent = end > *extent ? end : *extent;
}

static MlirLogicalResult extend(MlirOperation transfer, void *data) {
  Walk *walk = data;
  if (ttTransferNumValid(transfer) == 0)
    return mlirLogicalResultSuccess();
  MlirOperation buffer = ttTransferBuffer(transfer);
  if (!mlirOperationEqual(buffer, walk->buffer))
    return mlirOperationIsNull(buffer) ? mlirLogicalResultFailure()
                                       : mlirLogicalResultSuccess();
  walk->reach->isRead |= ttReadBlockIsa(transfer);
  MlirType type = ttBufferGetType(buffer);
  intptr_t rank = mlirShapedTypeGetRank(type);
  for (intptr_t dim = 0; dim < rank; ++dim) {
    int64_t end = endOf(transfer, dim, type);
    if (end < 0)
      return mlirLogicalResultFailure();
    if (dim == rank - 1)
      extendTo(&walk->reach->cols, end);
    else if (dim == rank - 2)
      extendTo(&walk->reach->rows, end);
  }
  return mlirLogicalResultSuccess();
}

MlirLogicalResult ttReachOfBlocks(MlirOperation host, MlirOperation buffer,
                                  TtReach *reach) {
  MlirType type = ttBufferGetType(buffer);
  intptr_t rank = mlirShapedTypeGetRank(type);
  *reach = (TtReach){
      .rows = rank > 1 ? mlirShapedTypeGetDimSize(type, rank - 2) : 1,
      .cols = rank > 0 ? mlirShapedTypeGetDimSize(type, rank - 1) : 1};
  Walk walk = {buffer, reach};
  return ttForEach(host, ttIsBlockTransfer, extend, &walk);
}
