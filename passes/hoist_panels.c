//===- hoist_panels.c - whole panels of a contraction's operands
//-----------===//
//
// Where a section is cut into sub-blocks, each would read the operands of its
// contraction again. Instead the blocks that the loop over k reads become one
// panel, read before the section and kept until its last sub-block is done. The
// panel's circular buffer is ordered block by block: the reader still pushes
// one block of k at a time.
//
//===----------------------------------------------------------------------===//

#include "affine_form.h"
#include "block_type.h"
#include "index_arith.h"
#include "sections.h"
#include "stb_ds.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/IR.h"
#include "tt-c/Registration.h"
#include "tt-c/gen/ScfOps.h"
#include "tt-c/gen/TtOps.h"

enum { MaxRank = 8 };

typedef struct {
  MlirOperation section, read, loop;
  int64_t trips;
  intptr_t along;             // the offset that advances with the loop
  MlirValue offsets[MaxRank]; // of the panel, in front of the section
  TtBlock block;              // what one iteration reads
} Panel;

static MlirLogicalResult refuse(const Panel *panel, const char *why) {
  TtDiagnostic *diagnostic = ttDiagnosticOpError(
      panel->read, "is read by each of several sub-blocks, but %s", why);
  ttDiagnosticNote(diagnostic, mlirOperationGetLocation(panel->section),
                   "the accumulators exceed the tile registers here; a block "
                   "that fits them reads each operand once");
  return ttDiagnosticReport(diagnostic);
}

static bool isInside(MlirOperation op, MlirValue value) {
  MlirOperation owner =
      mlirValueIsAOpResult(value)
          ? mlirOpResultGetOwner(value)
          : mlirBlockGetParentOperation(mlirBlockArgumentGetOwner(value));
  return ttOperationIsAncestor(op, owner);
}

// Splits the offset's form into the loop's part and the rest. Returns the
// coefficient of the induction variable, 0 if it has none, -1 if the rest
// depends on the section too.
static int64_t takeLoopPart(const Panel *panel, TtAffineForm *form) {
  MlirValue iv = mlirBlockGetArgument(
      mlirRegionGetFirstBlock(ttScfForGetRegion(panel->loop)), 0);
  int64_t coefficient = 0;
  for (intptr_t i = 0; i < form->numTerms; ++i) {
    TtAffineTerm *term = &form->terms[i];
    if (!mlirValueIsNull(term->value) && mlirValueEqual(term->value, iv)) {
      coefficient = term->coefficient;
      *term = form->terms[--form->numTerms];
      --i;
    } else if (mlirValueIsNull(term->value)
                   ? ttOperationIsAncestor(panel->section, term->apply)
                   : isInside(panel->section, term->value)) {
      return -1;
    }
  }
  return coefficient;
}

static MlirLogicalResult analyzeOffset(Panel *panel, const TtBuilder *b,
                                       intptr_t i, intptr_t rank) {
  TtAffineForm form = ttAffineFormGet(ttReadBlockGetOffsets(panel->read, i));
  int64_t coefficient = takeLoopPart(panel, &form);
  int64_t extent = i == rank - 1 ? panel->block.cols : panel->block.rows;
  MlirLogicalResult result = mlirLogicalResultSuccess();
  if (coefficient < 0)
    result = refuse(panel, "its place depends on more than the loop over k");
  else if (coefficient > 0 &&
           (i < rank - 2 || coefficient != extent || panel->along >= 0))
    result = refuse(panel, "consecutive iterations do not read consecutive "
                           "blocks");
  if (mlirLogicalResultIsSuccess(result))
    panel->offsets[i] =
        ttAffineFormBuild(b, mlirOperationGetLocation(panel->read), &form);
  if (coefficient > 0)
    panel->along = i;
  ttAffineFormDestroy(&form);
  return result;
}

static MlirLogicalResult analyze(Panel *panel, const TtBuilder *b) {
  int64_t lower;
  intptr_t rank = ttReadBlockGetNumOffsets(panel->read);
  if (!ttIndexIsConstant(ttScfForGetLowerBound(panel->loop), &lower) ||
      !ttIndexIsConstant(ttScfForGetUpperBound(panel->loop), &panel->trips) ||
      lower != 0)
    return refuse(panel, "the loop over k has no constant bounds");
  for (intptr_t i = 0; i < rank; ++i)
    if (mlirLogicalResultIsFailure(analyzeOffset(panel, b, i, rank)))
      return mlirLogicalResultFailure();
  return mlirLogicalResultSuccess();
}

// The panel's read in front of the section, and the iteration's part of it in
// the loop.
static void hoist(const Panel *panel, const TtBuilder *b) {
  MlirLocation loc = mlirOperationGetLocation(panel->read);
  intptr_t rank = ttReadBlockGetNumOffsets(panel->read);
  bool alongCols = panel->along == rank - 1;
  TtBlock whole = panel->block;
  if (panel->along >= 0 && alongCols)
    whole.cols *= panel->trips;
  else if (panel->along >= 0)
    whole.rows *= panel->trips;
  if (ttExplains())
    ttEmitRemark(loc,
                 "is read once per block, as a panel of %lld x %lld tiles that "
                 "the sub-blocks share, %lld x %lld at a time",
                 (long long)whole.rows, (long long)whole.cols,
                 (long long)panel->block.rows, (long long)panel->block.cols);
  MlirValue cb = ttReadBlockGetCb(panel->read);
  MlirOperation read = ttReadBlockCreate(b, loc, ttBlockTypeGet(whole),
                                         ttReadBlockGetBuffer(panel->read),
                                         rank, panel->offsets, 0, NULL, cb);
  if (ttReadBlockHasTransfer(panel->read))
    ttReadBlockSetTransfer(read, ttReadBlockGetTransfer(panel->read));
  int64_t order[] = {panel->block.rows, panel->block.cols};
  ttAllocCbSetOrder(mlirOpResultGetOwner(cb), 2, order);
  TtBuilder inner = ttBuilderBefore(panel->read);
  MlirValue iv = mlirBlockGetArgument(
      mlirRegionGetFirstBlock(ttScfForGetRegion(panel->loop)), 0);
  MlirValue zero = ttIndexConstant(&inner, loc, 0);
  MlirValue first = zero;
  if (panel->along >= 0)
    first = ttIndexScale(&inner, loc, iv,
                         alongCols ? panel->block.cols : panel->block.rows, 0);
  MlirOperation part = ttSubBlockCreate(
      &inner, loc, ttBlockTypeGet(panel->block), ttReadBlockGetResult(read),
      alongCols ? zero : first, alongCols ? first : zero);
  mlirValueReplaceAllUsesOfWith(ttReadBlockGetResult(panel->read),
                                ttSubBlockGetResult(part));
  mlirOperationDestroy(panel->read);
}

static MlirWalkResult collectReads(MlirOperation op, void *data) {
  MlirOperation **reads = data;
  if (ttReadBlockIsa(op))
    arrput(*reads, op);
  return MlirWalkResultAdvance;
}

MlirLogicalResult ttHoistPanels(MlirOperation section) {
  MlirOperation *reads = NULL;
  mlirOperationWalk(section, collectReads, &reads, MlirWalkPreOrder);
  MlirLogicalResult result = mlirLogicalResultSuccess();
  TtBuilder b = ttBuilderBefore(section);
  for (ptrdiff_t i = 0; i < arrlen(reads) && mlirLogicalResultIsSuccess(result);
       ++i) {
    Panel panel = {
        .section = section,
        .read = reads[i],
        .loop = mlirOperationGetParentOperation(reads[i]),
        .along = -1,
        .block = ttBlockGet(mlirValueGetType(ttReadBlockGetResult(reads[i])))};
    MlirOperation outer = mlirOperationGetParentOperation(panel.loop);
    if (!ttScfForIsa(panel.loop) || !mlirOperationEqual(outer, section))
      result = refuse(&panel, "it stands in more than one loop");
    else if (ttReadBlockGetNumOffsets(panel.read) > MaxRank)
      result = refuse(&panel, "its buffer has more than 8 dims");
    else if (ttReadBlockGetNumValid(panel.read) > 0)
      result = refuse(&panel, "it may reach over the edge of its buffer");
    else
      result = analyze(&panel, &b);
    if (mlirLogicalResultIsSuccess(result))
      hoist(&panel, &b);
  }
  arrfree(reads);
  return result;
}
