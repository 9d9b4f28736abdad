//===- plan_section.c - units and sub-blocks of a section
//------------------===//
//
// First the unit of each op, from where its operands live and from its format;
// then the largest sub-block whose values fit the tile registers, or for a
// contraction the best place for its sums (plan_contraction.c).
//
//===----------------------------------------------------------------------===//

#include "block_type.h"
#include "plan_contraction.h"
#include "section_steps.h"
#include "section_values.h"
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

// The multipliers take 10 bits of a SrcA significand (METALIUM sheet §7.8), of
// which f16 has 11.
static bool fpuMultiplies(TtDataFormat format) {
  return format != TtDataFormatF16;
}

bool ttBinaryMayUseFpu(MlirOperation op) {
  TtBinaryFunction function = ttBinaryGetFunction(op);
  TtDataFormat format = ttValueFormat(ttBinaryGetResult(op));
  return ttBinaryFunctionRow(function)->fpu && fpuKeeps(format) &&
         (function != TtBinaryFunctionMul || fpuMultiplies(format));
}

// Whether a block that enters can be an operand of an FPU op in `format`. A
// wide block that is converted on the way is unpacked to tile registers.
static bool fpuTakes(MlirValue block, TtDataFormat format) {
  return ttExponentsMeet(ttValueFormat(block), format) && !ttBlockIsWide(block);
}

static TtUnit unitOfBinary(MlirOperation op, MlirOperation section) {
  TtDataFormat format = ttValueFormat(ttBinaryGetResult(op));
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
  TtDataFormat from = ttValueFormat(ttTypecastGetOperand(op));
  TtDataFormat to = ttValueFormat(ttTypecastGetResult(op));
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
  const TtContraction *contraction; // or null
} Fit;

// Whether the value is an operand of a product. Two tiles that are neighbours
// in it must be neighbours in its circular buffer, or one call of the matrix
// engine becomes several.
static bool isMultiplied(MlirValue value) {
  for (MlirOpOperand use = mlirValueGetFirstUse(value);
       !mlirOpOperandIsNull(use); use = mlirOpOperandGetNextUse(use)) {
    MlirOperation user = mlirOpOperandGetOwner(use);
    if (ttMmaIsa(user) ||
        (ttTypecastIsa(user) && isMultiplied(ttTypecastGetResult(user))))
      return true;
  }
  return false;
}

// Whether a loop carries the value on: two sections fill its circular buffer,
// so both leave its tiles row by row, whatever their sub-blocks.
static bool isCarried(MlirValue value) {
  for (MlirOpOperand use = mlirValueGetFirstUse(value);
       !mlirOpOperandIsNull(use); use = mlirOpOperandGetNextUse(use)) {
    intptr_t number;
    if (!mlirOperationIsNull(ttCarryingLoop(use, &number)))
      return true;
  }
  return false;
}

static bool tearsRows(const Fit *limit, TtSubBlockShape shape) {
  bool inRows = false;
  for (intptr_t i = 0; i < ttSectionGetNumResults(limit->section); ++i) {
    MlirValue result = ttSectionGetResults(limit->section, i);
    inRows |= isMultiplied(result) || isCarried(result);
  }
  return inRows && shape.rows > 1 && shape.cols < limit->cols;
}

static bool fits(TtSubBlockShape shape, void *data) {
  const Fit *limit = data;
  if (tearsRows(limit, shape))
    return false;
  TtSectionProgram program;
  TtSubBlock sub = {limit->rows, limit->cols, shape.rows, shape.cols};
  bool built = mlirLogicalResultIsSuccess(
      ttSectionProgramBuild(limit->section, sub, &program));
  bool fit = built && ttSectionProgramPlan(&program, limit->capacity) >= 0;
  ttSectionProgramDestroy(&program);
  return fit;
}

// Sums in L1 take one register per tile of the sub-block, and nothing else.
static bool fitsContraction(TtSubBlockShape shape, bool sumInL1, void *data) {
  const Fit *limit = data;
  const TtContraction *contraction = limit->contraction;
  if (!sumInL1)
    return fits(shape, data);
  return contraction->sums * shape.rows * shape.cols <= limit->capacity &&
         !(contraction->sumIsOutput && tearsRows(limit, shape));
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
                 "a section",
                 (long long)whole.rows, (long long)whole.cols, format,
                 (long long)runs, (long long)sub.rows, (long long)sub.cols,
                 capacity);
}

MlirLogicalResult ttReportTooManyValues(MlirOperation section, int capacity) {
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
  Fit fit = {section, whole.rows, whole.cols, capacity, NULL};
  TtContraction contraction;
  if (ttDescribeContraction(section, &contraction)) {
    fit.contraction = &contraction;
    contraction.registers = capacity;
    return ttRunContraction(section, &contraction, capacity, fitsContraction,
                            &fit);
  }
  TtSubBlockShape sub =
      ttPlanSubBlock(whole.rows, whole.cols, capacity, fits, &fit);
  if (sub.rows == 0)
    return ttReportTooManyValues(section, capacity);
  if (ttExplains())
    explainSection(section, whole, sub, capacity);
  if (sub.rows == whole.rows && sub.cols == whole.cols)
    return mlirLogicalResultSuccess();
  if (mlirLogicalResultIsFailure(ttHoistPanels(section)))
    return mlirLogicalResultFailure();
  ttNarrowSection(section, sub);
  return mlirLogicalResultSuccess();
}
