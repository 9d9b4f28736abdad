//===- build_tile_dfg.c - the plan
//-----------------------------------------===//
//
// Takes tile ops on block values and conceptual circular buffers; leaves
// sections, units and completed circular buffers. All that more than one
// kernel of the program will see is decided here, in four steps: which ops
// share tile registers (form_sections.c), in which order, or in several
// sections where they do not fit (split_section.c), how each section runs
// (plan_section.c), what the circular buffers are (complete_cbs.c).
//
//===----------------------------------------------------------------------===//

#include "host_tree.h"
#include "mlir-c/BuiltinTypes.h"
#include "section_program.h"
#include "section_values.h"
#include "sections.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/gen/Passes.h"
#include "tt-c/gen/TtOps.h"

typedef struct {
  TtPass *pass;
  int capacity;
  bool failed;
} SectionWalk;

static MlirWalkResult planSection(MlirOperation op, void *data) {
  SectionWalk *walk = data;
  if (!ttSectionIsa(op))
    return MlirWalkResultAdvance;
  ttPassAddStatistic(walk->pass, TtBuildTileDfgStatisticNumSections, 1);
  walk->failed = mlirLogicalResultIsFailure(ttPlanSection(op, walk->capacity));
  return walk->failed ? MlirWalkResultInterrupt : MlirWalkResultSkip;
}

// Sections take blocks of tiles that come and go through circular buffers.
static MlirLogicalResult checkTransfer(MlirOperation op, void *unused) {
  (void)unused;
  MlirType element = mlirShapedTypeGetElementType(ttTransferBlockType(op));
  MlirValue cb =
      ttReadBlockIsa(op) ? ttReadBlockGetCb(op) : ttWriteBlockGetCb(op);
  if (!mlirValueIsNull(cb) && ttTypeIsATile(element))
    return mlirLogicalResultSuccess();
  return ttEmitOpError(op, "does not move tiles through a circular buffer yet; "
                           "run tt-lower-shared-to-cb and "
                           "tt-lower-tile-intrinsics first");
}

static MlirLogicalResult planKernel(TtPass *pass, MlirOperation host,
                                    MlirOperation kernel) {
  if (mlirLogicalResultIsFailure(
          ttForEach(kernel, ttIsBlockTransfer, checkTransfer, NULL)) ||
      mlirLogicalResultIsFailure(ttCheckBlockSizes(kernel)))
    return mlirLogicalResultFailure();
  ttDuplicateWideBlocks(kernel);
  ttCopyPerUse(kernel);
  if (mlirLogicalResultIsFailure(ttAddScalers(kernel)) ||
      mlirLogicalResultIsFailure(ttFormSections(kernel)))
    return mlirLogicalResultFailure();
  int capacity =
      ttTileRegisterCapacity(ttHostGetDevice(host), ttKernelGetCompute(kernel));
  if (mlirLogicalResultIsFailure(ttFitSections(kernel, capacity)))
    return mlirLogicalResultFailure();
  SectionWalk walk = {pass, capacity, false};
  mlirOperationWalk(kernel, planSection, &walk, MlirWalkPreOrder);
  if (walk.failed)
    return mlirLogicalResultFailure();
  return ttCompleteCircularBuffers(kernel, host);
}

MlirLogicalResult ttRunBuildTileDfg(TtPass *pass, MlirOperation host,
                                    const TtBuildTileDfgOptions *options) {
  (void)options;
  MlirBlock body = mlirRegionGetFirstBlock(ttHostGetBody(host));
  for (MlirOperation op = mlirBlockGetFirstOperation(body);
       !mlirOperationIsNull(op); op = mlirOperationGetNextInBlock(op))
    if (ttKernelIsa(op) &&
        mlirLogicalResultIsFailure(planKernel(pass, host, op)))
      return mlirLogicalResultFailure();
  return mlirLogicalResultSuccess();
}
