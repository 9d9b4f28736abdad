//===- insert_dst_management.c - sections become register code
//-------------===//
//
// A section is emitted from its program (section_program.h): loops over its
// sub-blocks; in each acquire, the steps in order, commit, wait, pack, release.
// A step is a loop over the tiles of the sub-block; value v's tile t is
// register base(v) + t.
//
// Sub-block and registers were chosen by tt-build-tile-dfg; nothing here is
// visible to another kernel.
//
//===----------------------------------------------------------------------===//

#include "block_type.h"
#include "index_arith.h"
#include "loop_body.h"
#include "mlir-c/BuiltinAttributes.h"
#include "section_emitter.h"
#include "section_steps.h"
#include "section_values.h"
#include "stb_ds.h"
#include "tile_loop.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/IR.h"
#include "tt-c/gen/Passes.h"
#include "tt-c/gen/ScfOps.h"
#include "tt-c/gen/TtOps.h"

//===- the body of a section ----------------------------------------------===//

static void emitBlock(TtSectionEmitter *e, MlirBlock block);

static void emitLoop(TtSectionEmitter *e, MlirOperation loop) {
  TtBuilder outer = e->b;
  TtBuilder body;
  MlirValue index = ttIndexLoop(
      &outer, mlirOperationGetLocation(loop),
      ttMappingLookupOrSelf(e->mapping, ttScfForGetLowerBound(loop)),
      ttMappingLookupOrSelf(e->mapping, ttScfForGetUpperBound(loop)), &body);
  MlirBlock from = ttLoopBody(loop);
  ttMappingMapValue(e->mapping, mlirBlockGetArgument(from, 0), index);
  e->b = body;
  emitBlock(e, from);
  e->b = outer;
}

// Index arithmetic and the waits and pops that tt-lower-cb-intrinsics placed.
static bool movesAlong(MlirOperation op) {
  if (ttCbWaitFrontIsa(op) || ttCbPopFrontIsa(op))
    return true;
  for (intptr_t i = 0; i < mlirOperationGetNumResults(op); ++i)
    if (ttTypeIsABlock(mlirValueGetType(mlirOperationGetResult(op, i))))
      return false;
  return mlirOperationGetNumRegions(op) == 0 && ttOperationIsPure(op) &&
         !ttYieldIsa(op) && !ttScfYieldIsa(op);
}

static void emitBlock(TtSectionEmitter *e, MlirBlock block) {
  for (MlirOperation op = mlirBlockGetFirstOperation(block);
       !mlirOperationIsNull(op); op = mlirOperationGetNextInBlock(op)) {
    ttEmitStepsOf(e, op);
    if (ttScfForIsa(op)) {
      e->cursor++; // TtStepLoopBegin
      emitLoop(e, op);
      e->cursor++; // TtStepLoopEnd
    } else if (movesAlong(op)) {
      ttBuilderInsert(&e->b, ttCloneWithMapping(op, e->mapping));
    }
  }
}

//===- packing ------------------------------------------------------------===//

// The dimensions along which values are reduced, by value id, or -1: what is
// computed from a reduced value is as meaningless where that is.
static int *reducedDims(const TtSectionProgram *program) {
  int *dims = NULL;
  arrsetlen(dims, arrlen(program->registers));
  for (ptrdiff_t i = 0; i < arrlen(dims); ++i)
    dims[i] = -1;
  for (ptrdiff_t i = 0; i < arrlen(program->steps); ++i) {
    const TtRegisterStep *registers = &program->registerSteps[i];
    if (registers->result == TtNoRegister)
      continue;
    int dim = -1;
    for (int k = 0; k < registers->numOperands; ++k)
      if (dims[registers->operands[k]] >= 0)
        dim = dims[registers->operands[k]];
    if (program->steps[i].kind == TtStepReduce)
      dim = (int)ttReduceGetDim(program->steps[i].op);
    dims[registers->result] = dim;
  }
  return dims;
}

static bool isSummedUp(MlirOperation section) {
  MlirOperation op = mlirOperationGetParentOperation(section);
  while (ttScfForIsa(op))
    op = mlirOperationGetParentOperation(op);
  return ttAccumulateIsa(op);
}

// The page for the loop's tile in the production of a sum: sub-blocks one after
// the other.
static MlirValue pageOfSum(const TtSectionEmitter *e, const TtTileLoop *loop) {
  MlirBlock body = mlirRegionGetFirstBlock(ttSectionGetBody(e->section));
  MlirOperation yield = mlirBlockGetTerminator(body);
  TtBlock sub = ttBlockGet(mlirValueGetType(mlirOperationGetOperand(yield, 0)));
  MlirContext context = loop->b.context;
  MlirAffineExpr d[3], number[2];
  int64_t extent[] = {sub.rows, sub.cols};
  for (intptr_t i = 0; i < 3; ++i)
    d[i] = mlirAffineDimExprGet(context, i);
  for (intptr_t i = 0; i < 2; ++i)
    number[i] = mlirAffineFloorDivExprGet(
        d[i], mlirAffineConstantExprGet(context, extent[i]));
  MlirAffineExpr cols =
      mlirAffineConstantExprGet(context, ttSectionGetGrid(e->section)[1]);
  MlirAffineExpr tiles =
      mlirAffineConstantExprGet(context, sub.rows * sub.cols);
  MlirAffineExpr subBlock =
      mlirAffineAddExprGet(mlirAffineMulExprGet(number[0], cols), number[1]);
  MlirAffineExpr page =
      mlirAffineAddExprGet(mlirAffineMulExprGet(subBlock, tiles), d[2]);
  MlirValue operands[] = {
      ttMappingLookupOrSelf(e->mapping, mlirBlockGetArgument(body, 0)),
      ttMappingLookupOrSelf(e->mapping, mlirBlockGetArgument(body, 1)),
      loop->col};
  return ttIndexApply(&loop->b, loop->loc, page, 3, operands);
}

static void emitPack(TtSectionEmitter *e, intptr_t output, int reducedDim) {
  MlirLocation loc = mlirOperationGetLocation(e->section);
  const TtRegisterValue *value =
      &e->program.registers[e->program.yielded[output]];
  TtTileLoop loop = ttTileLoopBegin(&e->b, loc, 1, value->tiles);
  MlirValue page =
      isSummedUp(e->section) ? pageOfSum(e, &loop) : (MlirValue){NULL};
  MlirOperation pack =
      ttPackTileCreate(&loop.b, loc, ttTileRegister(&loop, value->reg),
                       ttSectionOutputName(e->section, output), page);
  if (reducedDim >= 0)
    ttPackTileSetReduced(pack, (TtReduceDim)reducedDim);
}

// What is reduced is packed first: its reduction has masked the packer for it.
static void emitPacks(TtSectionEmitter *e) {
  MlirLocation loc = mlirOperationGetLocation(e->section);
  ptrdiff_t count = arrlen(e->program.yielded);
  bool sums = isSummedUp(e->section);
  ttTileRegsCommitCreate(&e->b, loc);
  for (ptrdiff_t i = 0; i < count && !sums; ++i)
    ttCbReserveBackCreate(&e->b, loc, ttSectionOutputName(e->section, i),
                          e->program.registers[e->program.yielded[i]].tiles);
  ttTileRegsWaitCreate(&e->b, loc);
  int *dims = reducedDims(&e->program);
  for (int whole = 0; whole < 2; ++whole)
    for (ptrdiff_t i = 0; i < count; ++i)
      if ((dims[e->program.yielded[i]] < 0) == (whole == 1))
        emitPack(e, i, dims[e->program.yielded[i]]);
  arrfree(dims);
  ttTileRegsReleaseCreate(&e->b, loc);
  for (ptrdiff_t i = 0; i < count && !sums; ++i)
    ttCbPushBackCreate(&e->b, loc, ttSectionOutputName(e->section, i),
                       e->program.registers[e->program.yielded[i]].tiles);
}

//===- one section --------------------------------------------------------===//

// The loops over sub-blocks, and the first tile of the sub-block in them.
static void emitGrid(TtSectionEmitter *e) {
  MlirLocation loc = mlirOperationGetLocation(e->section);
  MlirBlock body = mlirRegionGetFirstBlock(ttSectionGetBody(e->section));
  MlirOperation yield = mlirBlockGetTerminator(body);
  TtBlock sub = ttBlockGet(mlirValueGetType(mlirOperationGetOperand(yield, 0)));
  int64_t extent[] = {sub.rows, sub.cols};
  const int64_t *grid = ttSectionGetGrid(e->section);
  for (intptr_t i = 0; i < 2; ++i) {
    MlirValue first;
    if (grid[i] == 1) {
      first = ttIndexConstant(&e->b, loc, 0);
    } else {
      TtBuilder inner;
      MlirValue n = ttIndexCountedLoop(&e->b, loc, grid[i], &inner);
      e->b = inner;
      first = ttIndexScale(&e->b, loc, n, extent[i], 0);
    }
    ttMappingMapValue(e->mapping, mlirBlockGetArgument(body, i), first);
  }
}

static MlirWalkResult checkEntering(MlirOperation op, void *data) {
  MlirOperation *section = data;
  for (intptr_t i = 0; i < mlirOperationGetNumOperands(op); ++i) {
    MlirValue value = mlirOperationGetOperand(op, i), block;
    if (!ttTypeIsABlock(mlirValueGetType(value)) ||
        !ttSectionValueInCB(value, *section, &block))
      continue;
    while (mlirValueIsAOpResult(block) &&
           (ttSubBlockIsa(mlirOpResultGetOwner(block)) ||
            ttTypecastIsa(mlirOpResultGetOwner(block))))
      block = mlirOperationGetOperand(mlirOpResultGetOwner(block), 0);
    MlirOperation owner = mlirValueIsAOpResult(block)
                              ? mlirOpResultGetOwner(block)
                              : (MlirOperation){NULL};
    if (!mlirOperationIsNull(owner) &&
        (ttFrontBlockIsa(owner) || ttFillIsa(owner)))
      continue;
    ttEmitOpError(op, "takes a block from outside its section that is in no "
                      "circular buffer; run tt-build-tile-dfg and "
                      "tt-split-device-kernel first");
    *section = (MlirOperation){NULL};
    return MlirWalkResultInterrupt;
  }
  return MlirWalkResultAdvance;
}

static bool entersFromBuffers(MlirOperation section) {
  MlirOperation checked = section;
  mlirOperationWalk(section, checkEntering, &checked, MlirWalkPreOrder);
  return !mlirOperationIsNull(checked);
}

static MlirLogicalResult emitSection(MlirOperation section, int capacity) {
  if (!entersFromBuffers(section))
    return mlirLogicalResultFailure();
  TtSectionEmitter e = {.section = section, .b = ttBuilderBefore(section)};
  TtSubBlock asItIs = {0, 0, 0, 0};
  MlirLogicalResult result = ttSectionProgramBuild(section, asItIs, &e.program);
  if (mlirLogicalResultIsSuccess(result) &&
      ttSectionProgramPlan(&e.program, capacity) < 0)
    result = ttEmitOpError(section,
                           "needs more than %d tile registers; run "
                           "tt-build-tile-dfg to cut it",
                           capacity);
  if (mlirLogicalResultIsSuccess(result)) {
    e.mapping = ttMappingCreate();
    emitGrid(&e);
    ttTileRegsAcquireCreate(&e.b, mlirOperationGetLocation(section));
    emitBlock(&e, mlirRegionGetFirstBlock(ttSectionGetBody(section)));
    emitPacks(&e);
    ttMappingDestroy(e.mapping);
    TtBuilder after = ttBuilderBefore(section);
    if (ttSectionGetStartsSum(section))
      ttPackReconfigL1AccCreate(&after, mlirOperationGetLocation(section),
                                true);
  }
  ttSectionProgramDestroy(&e.program);
  if (mlirLogicalResultIsSuccess(result))
    mlirOperationDestroy(section);
  return result;
}

//===- one sum ------------------------------------------------------------===//

// Its sections are emitted already. The packer adds until all is in L1.
static void emitAccumulate(MlirOperation op) {
  MlirLocation loc = mlirOperationGetLocation(op);
  TtBuilder b = ttBuilderBefore(op);
  MlirAttribute outputs = ttAccumulateGetOutputs(op);
  const int64_t *pages = ttAccumulateGetPages(op);
  intptr_t count = mlirArrayAttrGetNumElements(outputs);
  for (intptr_t i = 0; i < count; ++i)
    ttCbReserveBackCreate(
        &b, loc,
        mlirFlatSymbolRefAttrGetValue(mlirArrayAttrGetElement(outputs, i)),
        pages[i]);
  ttBlockSplice(mlirOperationGetBlock(op), op,
                mlirRegionGetFirstBlock(ttAccumulateGetBody(op)));
  ttPackReconfigL1AccCreate(&b, loc, false);
  for (intptr_t i = 0; i < count; ++i)
    ttCbPushBackCreate(
        &b, loc,
        mlirFlatSymbolRefAttrGetValue(mlirArrayAttrGetElement(outputs, i)),
        pages[i]);
  mlirOperationDestroy(op);
}

//===- the pass -----------------------------------------------------------===//

static MlirWalkResult collect(MlirOperation op, void *data) {
  MlirOperation **ops = data;
  if (ttSectionIsa(op) || ttFrontBlockIsa(op) || ttAccumulateIsa(op))
    arrput(*ops, op);
  return MlirWalkResultAdvance;
}

static MlirLogicalResult emitProgram(MlirOperation program, int capacity) {
  MlirOperation *ops = NULL;
  mlirOperationWalk(program, collect, &ops, MlirWalkPostOrder);
  MlirLogicalResult result = mlirLogicalResultSuccess();
  for (ptrdiff_t i = 0; i < arrlen(ops) && mlirLogicalResultIsSuccess(result);
       ++i)
    if (ttSectionIsa(ops[i]))
      result = emitSection(ops[i], capacity);
    else if (ttAccumulateIsa(ops[i]))
      emitAccumulate(ops[i]);
  arrsetlen(ops, 0);
  if (mlirLogicalResultIsSuccess(result)) {
    mlirOperationWalk(program, collect, &ops, MlirWalkPostOrder);
    for (ptrdiff_t i = 0; i < arrlen(ops); ++i)
      mlirOperationDestroy(ops[i]); // fronts, handles no longer used
  }
  arrfree(ops);
  return result;
}

MlirLogicalResult
ttRunInsertDstManagement(TtPass *pass, MlirOperation host,
                         const TtInsertDstManagementOptions *options) {
  (void)pass;
  (void)options;
  MlirBlock body = mlirRegionGetFirstBlock(ttHostGetBody(host));
  for (MlirOperation op = mlirBlockGetFirstOperation(body);
       !mlirOperationIsNull(op); op = mlirOperationGetNextInBlock(op))
    if (ttProgramIsa(op) &&
        (mlirLogicalResultIsFailure(ttCheckBlockSizes(op)) ||
         mlirLogicalResultIsFailure(
             emitProgram(op, ttTileRegisterCapacity(ttHostGetDevice(host),
                                                    ttProgramGetCompute(op))))))
      return mlirLogicalResultFailure();
  return mlirLogicalResultSuccess();
}
