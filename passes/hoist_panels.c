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
#include "loop_body.h"
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
  MlirValue iv = mlirBlockGetArgument(ttLoopBody(panel->loop), 0);
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

static const char *whyNotAlong(Panel *panel, intptr_t i, intptr_t rank) {
  TtAffineForm form = ttAffineFormGet(ttReadBlockGetOffsets(panel->read, i));
  int64_t coefficient = takeLoopPart(panel, &form);
  ttAffineFormDestroy(&form);
  int64_t extent = i == rank - 1 ? panel->block.cols : panel->block.rows;
  if (coefficient < 0)
    return "its place depends on more than the loop over k";
  if (coefficient > 0 &&
      (i < rank - 2 || coefficient != extent || panel->along >= 0))
    return "consecutive iterations do not read consecutive blocks";
  if (coefficient > 0)
    panel->along = i;
  return NULL;
}

// Fills the panel in; what is in its way, or null.
static const char *whyNot(Panel *panel) {
  int64_t lower;
  intptr_t rank = ttReadBlockGetNumOffsets(panel->read);
  MlirOperation outer = mlirOperationGetParentOperation(panel->loop);
  if (!ttScfForIsa(panel->loop) || !mlirOperationEqual(outer, panel->section))
    return "it stands in more than one loop";
  if (rank > MaxRank)
    return "its buffer has more than 8 dims";
  if (!ttIndexIsConstant(ttScfForGetLowerBound(panel->loop), &lower) ||
      !ttIndexIsConstant(ttScfForGetUpperBound(panel->loop), &panel->trips) ||
      lower != 0)
    return "the loop over k has no constant bounds";
  const char *why = NULL;
  for (intptr_t i = 0; i < rank && !why; ++i)
    why = whyNotAlong(panel, i, rank);
  return why;
}

// The offsets of the loop's first iteration, in front of the section.
static void buildOffsets(Panel *panel, const TtBuilder *b) {
  MlirLocation loc = mlirOperationGetLocation(panel->read);
  for (intptr_t i = 0; i < ttReadBlockGetNumOffsets(panel->read); ++i) {
    TtAffineForm form = ttAffineFormGet(ttReadBlockGetOffsets(panel->read, i));
    takeLoopPart(panel, &form);
    panel->offsets[i] = ttAffineFormBuild(b, loc, &form);
    ttAffineFormDestroy(&form);
  }
}

// The panel's read in front of the section, and the iteration's part of it in
// the loop.
static void hoist(Panel *panel, const TtBuilder *b) {
  buildOffsets(panel, b);
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
  MlirValue iv = mlirBlockGetArgument(ttLoopBody(panel->loop), 0);
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

static Panel panelOf(MlirOperation section, MlirOperation read) {
  return (Panel){.section = section,
                 .read = read,
                 .loop = mlirOperationGetParentOperation(read),
                 .along = -1,
                 .block =
                     ttBlockGet(mlirValueGetType(ttReadBlockGetResult(read)))};
}

const char *ttWhyNoPanels(MlirOperation section, MlirOperation *culprit) {
  MlirOperation *reads = NULL;
  mlirOperationWalk(section, collectReads, &reads, MlirWalkPreOrder);
  const char *why = NULL;
  for (ptrdiff_t i = 0; i < arrlen(reads) && !why; ++i) {
    Panel panel = panelOf(section, reads[i]);
    why = whyNot(&panel);
    *culprit = reads[i];
  }
  arrfree(reads);
  return why;
}

MlirLogicalResult ttHoistPanels(MlirOperation section) {
  MlirOperation culprit;
  const char *why = ttWhyNoPanels(section, &culprit);
  if (why) {
    TtDiagnostic *diagnostic = ttDiagnosticOpError(
        culprit, "is read by each of several sub-blocks, but %s", why);
    ttDiagnosticNote(diagnostic, mlirOperationGetLocation(section),
                     "the accumulators exceed the tile registers here; a block "
                     "that fits them reads each operand once");
    return ttDiagnosticReport(diagnostic);
  }
  MlirOperation *reads = NULL;
  mlirOperationWalk(section, collectReads, &reads, MlirWalkPreOrder);
  TtBuilder b = ttBuilderBefore(section);
  for (ptrdiff_t i = 0; i < arrlen(reads); ++i) {
    Panel panel = panelOf(section, reads[i]);
    (void)whyNot(&panel);
    hoist(&panel, &b);
  }
  arrfree(reads);
  return mlirLogicalResultSuccess();
}
