//===- plan_section.c - units and sub-blocks of a section
//------------------===//
//
// First the unit of each op, from where its operands live and from its format;
// then the largest sub-block whose values fit the tile registers; then the
// body is narrowed to that sub-block: block values that enter are cut by
// `tt.sub_block`, values that live in registers become smaller.
//
//===----------------------------------------------------------------------===//

#include "block_type.h"
#include "index_arith.h"
#include "plan/sub_block.h"
#include "section_program.h"
#include "sections.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/IR.h"
#include "tt-c/Registration.h"
#include "tt-c/gen/ScfOps.h"
#include "tt-c/gen/TtOps.h"

//===- units --------------------------------------------------------------===//

// FPU operands keep 10 bits of mantissa (METALIUM sheet §3.2), so f32 and
// integers go to the SFPU.
static bool fpuKeeps(TtDataFormat format) {
  return format == TtDataFormatBF16 || format == TtDataFormatF16 ||
         format == TtDataFormatBFP8B || format == TtDataFormatBFP4B;
}

static TtDataFormat formatOf(MlirValue block) {
  return ttBlockFormat(ttBlockGet(mlirValueGetType(block)));
}

// The multipliers take 10 bits of a SrcA significand (METALIUM sheet §7.8), of
// which f16 has 11.
static bool fpuMultiplies(TtDataFormat format) {
  return format != TtDataFormatF16;
}

bool ttBinaryMayUseFpu(MlirOperation op) {
  TtBinaryFunction function = ttBinaryGetFunction(op);
  TtDataFormat format = formatOf(ttBinaryGetResult(op));
  return ttBinaryFunctionRow(function)->fpu && fpuKeeps(format) &&
         (function != TtBinaryFunctionMul || fpuMultiplies(format));
}

// Whether a block that enters can be an operand of an FPU op in `format`. A
// wide block that is converted on the way is unpacked to tile registers.
static bool fpuTakes(MlirValue block, TtDataFormat format) {
  return ttExponentsMeet(formatOf(block), format) && !ttBlockIsWide(block);
}

static TtUnit unitOfBinary(MlirOperation op, MlirOperation section) {
  TtDataFormat format = formatOf(ttBinaryGetResult(op));
  if (!ttBinaryMayUseFpu(op))
    return TtUnitSFPU;
  MlirValue lhsBlock, rhsBlock;
  bool lhs = ttSectionValueInCB(ttBinaryGetLhs(op), section, &lhsBlock);
  bool rhs = ttSectionValueInCB(ttBinaryGetRhs(op), section, &rhsBlock);
  if ((lhs && !fpuTakes(lhsBlock, format)) ||
      (rhs && !fpuTakes(rhsBlock, format)))
    return TtUnitSFPU;
  if (lhs && rhs)
    return TtUnitFPU;
  if (lhs || rhs)
    return lhs ? TtUnitReuseB : TtUnitReuseA;
  return TtUnitSFPU;
}

static bool isWideInteger(TtDataFormat format) {
  return format == TtDataFormatI32 || format == TtDataFormatU32;
}

// Between float formats the conversion is the unpacker's or the packer's; tile
// registers hold either format. Between floats and 32-bit integers it is the
// SFPU's.
static MlirLogicalResult chooseCast(MlirOperation op, MlirOperation section) {
  TtDataFormat from =
      ttBlockFormat(ttBlockGet(mlirValueGetType(ttTypecastGetOperand(op))));
  TtDataFormat to =
      ttBlockFormat(ttBlockGet(mlirValueGetType(ttTypecastGetResult(op))));
  bool integerFrom = ttFormatIsInteger(from), integerTo = ttFormatIsInteger(to);
  if ((integerFrom && !isWideInteger(from)) ||
      (integerTo && !isWideInteger(to)) || (integerFrom && integerTo))
    return ttEmitOpError(op,
                         "converts %s to %s, which needs a typecast in "
                         "tile registers that is not supported",
                         ttDataFormatToString(from), ttDataFormatToString(to));
  if (integerFrom || integerTo) {
    ttTypecastSetUnit(op, TtUnitSFPU);
    return mlirLogicalResultSuccess();
  }
  MlirValue block;
  bool entering = ttSectionValueInCB(ttTypecastGetOperand(op), section, &block);
  ttTypecastSetUnit(op, entering ? TtUnitUnpack : TtUnitPack);
  return mlirLogicalResultSuccess();
}

typedef struct {
  MlirOperation section;
  bool failed;
} UnitWalk;

static MlirWalkResult chooseUnit(MlirOperation op, void *data) {
  UnitWalk *walk = data;
  if (ttBinaryIsa(op))
    ttBinarySetUnit(op, unitOfBinary(op, walk->section));
  else if (ttUnaryIsa(op))
    ttUnarySetUnit(op, TtUnitSFPU);
  else if (ttSelectIsa(op))
    ttSelectSetUnit(op, TtUnitSFPU);
  else if (ttBcastIsa(op))
    ttBcastSetUnit(op, TtUnitFPU);
  else if (ttTypecastIsa(op) &&
           mlirLogicalResultIsFailure(chooseCast(op, walk->section)))
    walk->failed = true;
  return walk->failed ? MlirWalkResultInterrupt : MlirWalkResultAdvance;
}

MlirLogicalResult ttChooseUnits(MlirOperation section) {
  UnitWalk walk = {section, false};
  mlirOperationWalk(section, chooseUnit, &walk, MlirWalkPreOrder);
  return walk.failed ? mlirLogicalResultFailure() : mlirLogicalResultSuccess();
}

//===- fitting ------------------------------------------------------------===//

typedef struct {
  MlirOperation section;
  int64_t rows, cols;
  int capacity;
  int used; // registers of the last shape asked for, -1 if over
} Fit;

// Ops of other sections take the tiles of a block row by row.
static bool isReadInRows(MlirOperation section) {
  for (intptr_t i = 0; i < ttSectionGetNumResults(section); ++i)
    for (MlirOpOperand use =
             mlirValueGetFirstUse(ttSectionGetResults(section, i));
         !mlirOpOperandIsNull(use); use = mlirOpOperandGetNextUse(use))
      if (!ttWriteBlockIsa(mlirOpOperandGetOwner(use)))
        return true;
  return false;
}

static bool fits(TtSubBlockShape shape, void *data) {
  Fit *fit = data;
  if (shape.rows > 1 && shape.cols < fit->cols && isReadInRows(fit->section))
    return false;
  TtSectionProgram program;
  TtSubBlock sub = {fit->rows, fit->cols, shape.rows, shape.cols};
  bool built = mlirLogicalResultIsSuccess(
      ttSectionProgramBuild(fit->section, sub, &program));
  fit->used = built ? ttSectionProgramPlan(&program, fit->capacity) : -1;
  ttSectionProgramDestroy(&program);
  return fit->used >= 0;
}

//===- narrowing ----------------------------------------------------------===//

typedef struct {
  MlirOperation section;
  TtBlock whole;
  TtSubBlockShape sub;
} Narrowing;

static MlirValue sum(const TtBuilder *b, MlirLocation loc, MlirValue lhs,
                     MlirValue rhs) {
  MlirAffineExpr expr = mlirAffineAddExprGet(
      mlirAffineDimExprGet(b->context, 0), mlirAffineDimExprGet(b->context, 1));
  MlirValue operands[] = {lhs, rhs};
  return ttIndexApply(b, loc, expr, 2, operands);
}

static MlirValue cut(const Narrowing *narrowing, MlirOperation op,
                     MlirValue value, bool rows, bool cols);

// The conversion of a part is a part of the conversion.
static MlirValue cutCast(const Narrowing *narrowing, MlirOperation op,
                         MlirOperation cast, bool rows, bool cols) {
  MlirValue part = cut(narrowing, op, ttTypecastGetOperand(cast), rows, cols);
  TtBlock block = ttBlockGet(mlirValueGetType(part));
  block.tile = ttBlockGet(mlirValueGetType(ttTypecastGetResult(cast))).tile;
  TtBuilder b = ttBuilderBefore(op);
  MlirOperation narrowed = ttTypecastCreate(&b, mlirOperationGetLocation(cast),
                                            ttBlockTypeGet(block), part);
  ttTypecastSetUnit(narrowed, ttTypecastGetUnit(cast));
  return ttTypecastGetResult(narrowed);
}

// The part of an operand that a sub-block of the result needs.
static MlirValue cut(const Narrowing *narrowing, MlirOperation op,
                     MlirValue value, bool rows, bool cols) {
  if (mlirValueIsAOpResult(value) && ttTypecastIsa(mlirOpResultGetOwner(value)))
    return cutCast(narrowing, op, mlirOpResultGetOwner(value), rows, cols);
  TtBlock block = ttBlockGet(mlirValueGetType(value));
  MlirBlock body =
      mlirRegionGetFirstBlock(ttSectionGetBody(narrowing->section));
  TtBuilder b = ttBuilderBefore(op);
  MlirLocation loc = mlirOperationGetLocation(op);
  MlirValue zero = ttIndexConstant(&b, loc, 0);
  MlirValue row = rows ? mlirBlockGetArgument(body, 0) : zero;
  MlirValue col = cols ? mlirBlockGetArgument(body, 1) : zero;
  if (mlirValueIsAOpResult(value) &&
      ttSubBlockIsa(mlirOpResultGetOwner(value))) { // a part of a part
    MlirOperation part = mlirOpResultGetOwner(value);
    row = sum(&b, loc, row, ttSubBlockGetRow(part));
    col = sum(&b, loc, col, ttSubBlockGetCol(part));
    value = ttSubBlockGetOperand(part);
  }
  if (rows)
    block.rows = narrowing->sub.rows;
  if (cols)
    block.cols = narrowing->sub.cols;
  return ttSubBlockGetResult(
      ttSubBlockCreate(&b, loc, ttBlockTypeGet(block), value, row, col));
}

static void cutOperand(const Narrowing *narrowing, MlirOperation op,
                       intptr_t index, bool rows, bool cols) {
  MlirValue value = mlirOperationGetOperand(op, index), block;
  if (ttSectionValueInCB(value, narrowing->section, &block))
    mlirOperationSetOperand(op, index, cut(narrowing, op, value, rows, cols));
}

// The rows of a transposed block are the columns of its operand.
static void cutTransposed(const Narrowing *narrowing, MlirOperation op) {
  MlirBlock body =
      mlirRegionGetFirstBlock(ttSectionGetBody(narrowing->section));
  MlirValue value = ttTransposeGetOperand(op);
  TtBlock part = {narrowing->sub.cols, narrowing->sub.rows,
                  ttBlockGet(mlirValueGetType(value)).tile};
  TtBuilder b = ttBuilderBefore(op);
  MlirOperation cutting = ttSubBlockCreate(
      &b, mlirOperationGetLocation(op), ttBlockTypeGet(part), value,
      mlirBlockGetArgument(body, 1), mlirBlockGetArgument(body, 0));
  ttTransposeSetOperand(op, ttSubBlockGetResult(cutting));
}

static bool isBlockOperand(MlirOperation op, intptr_t i) {
  return ttTypeIsABlock(mlirValueGetType(mlirOperationGetOperand(op, i)));
}

static void narrowType(const Narrowing *narrowing, MlirValue value) {
  if (!ttTypeIsABlock(mlirValueGetType(value)))
    return;
  TtBlock block = ttBlockGet(mlirValueGetType(value));
  if (block.rows == narrowing->whole.rows)
    block.rows = narrowing->sub.rows;
  if (block.cols == narrowing->whole.cols)
    block.cols = narrowing->sub.cols;
  mlirValueSetType(value, ttBlockTypeGet(block));
}

// A conversion of what enters the section: its users cut it.
static bool isEntering(const Narrowing *narrowing, MlirOperation op) {
  MlirValue block;
  return ttTypecastIsa(op) && ttSectionValueInCB(ttTypecastGetResult(op),
                                                 narrowing->section, &block);
}

static MlirWalkResult narrow(MlirOperation op, void *data) {
  const Narrowing *narrowing = data;
  if (mlirOperationEqual(op, narrowing->section) || ttReadBlockIsa(op) ||
      ttSubBlockIsa(op) || isEntering(narrowing, op))
    return MlirWalkResultAdvance;
  if (ttMmaIsa(op)) {
    cutOperand(narrowing, op, 0, true, false);
    cutOperand(narrowing, op, 1, false, true);
    cutOperand(narrowing, op, 2, true, true);
  } else if (ttReduceIsa(op)) {
    TtReduceDim dim = ttReduceGetDim(op);
    cutOperand(narrowing, op, 0, dim == TtReduceDimRow, dim == TtReduceDimCol);
    if (!mlirValueIsNull(ttReduceGetAcc(op)))
      cutOperand(narrowing, op, 1, true, true);
  } else if (ttBcastIsa(op)) {
    TtBcastDim dim = ttBcastGetDim(op);
    cutOperand(narrowing, op, 0, dim == TtBcastDimCol, dim == TtBcastDimRow);
  } else if (ttTransposeIsa(op)) {
    cutTransposed(narrowing, op);
  } else {
    for (intptr_t i = 0; i < mlirOperationGetNumOperands(op); ++i)
      if (isBlockOperand(op, i))
        cutOperand(narrowing, op, i, true, true);
  }
  for (intptr_t i = 0; i < mlirOperationGetNumResults(op); ++i)
    narrowType(narrowing, mlirOperationGetResult(op, i));
  if (ttScfForIsa(op)) {
    MlirBlock body = mlirRegionGetFirstBlock(ttScfForGetRegion(op));
    for (intptr_t i = 1; i < mlirBlockGetNumArguments(body); ++i)
      narrowType(narrowing, mlirBlockGetArgument(body, i));
  }
  return MlirWalkResultAdvance;
}

//===- one section --------------------------------------------------------===//

static void explainSection(MlirOperation section, TtBlock whole,
                           TtSubBlockShape sub, int capacity) {
  int64_t runs = (whole.rows / sub.rows) * (whole.cols / sub.cols);
  MlirLocation loc = mlirOperationGetLocation(section);
  const char *format = ttDataFormatToString(ttBlockFormat(whole));
  if (runs == 1)
    ttEmitRemark(loc,
                 "computes %lld x %lld %s tiles in one section: all values fit "
                 "its %d tile registers",
                 (long long)whole.rows, (long long)whole.cols, format,
                 capacity);
  else
    ttEmitRemark(loc,
                 "computes %lld x %lld %s tiles in %lld sub-blocks of %lld x "
                 "%lld: the largest whose values fit the %d tile registers of "
                 "a section, each with its whole loop over k",
                 (long long)whole.rows, (long long)whole.cols, format,
                 (long long)runs, (long long)sub.rows, (long long)sub.cols,
                 capacity);
}

static MlirLogicalResult reportFull(MlirOperation section, int capacity) {
  MlirLocation loc = mlirOperationGetLocation(section);
  TtDiagnostic *diagnostic = ttDiagnosticError(
      loc,
      "more values live at once than the %d tile registers of a section hold",
      capacity);
  ttDiagnosticNote(diagnostic, loc,
                   "what one loop accumulates stays in them; accumulate in "
                   "several loops");
  return ttDiagnosticReport(diagnostic);
}

MlirLogicalResult ttPlanSection(MlirOperation section, int capacity) {
  if (mlirLogicalResultIsFailure(ttChooseUnits(section)))
    return mlirLogicalResultFailure();
  TtBlock whole = ttBlockGet(mlirValueGetType(ttSectionGetResults(section, 0)));
  TtSectionProgram program;
  TtSubBlock all = {whole.rows, whole.cols, whole.rows, whole.cols};
  MlirLogicalResult built = ttSectionProgramBuild(section, all, &program);
  ttSectionProgramDestroy(&program);
  if (mlirLogicalResultIsFailure(built))
    return built;
  Fit fit = {section, whole.rows, whole.cols, capacity, -1};
  TtSubBlockShape sub =
      ttPlanSubBlock(whole.rows, whole.cols, capacity, fits, &fit);
  if (sub.rows == 0)
    return reportFull(section, capacity);
  if (ttExplains())
    explainSection(section, whole, sub, capacity);
  if (sub.rows == whole.rows && sub.cols == whole.cols)
    return mlirLogicalResultSuccess();
  if (mlirLogicalResultIsFailure(ttHoistPanels(section)))
    return mlirLogicalResultFailure();
  int64_t grid[] = {whole.rows / sub.rows, whole.cols / sub.cols};
  ttSectionSetGrid(section, 2, grid);
  Narrowing narrowing = {section, whole, sub};
  mlirOperationWalk(section, narrow, &narrowing, MlirWalkPreOrder);
  return mlirLogicalResultSuccess();
}
