//===- import_user.c - what the user asks for -----------------------------===//
//
// Three voices, the first that speaks wins: the types of the IR, attributes on
// the module and its functions, options of the pass. Types that need more than
// an attribute allows are an error and not a compromise.
//
//===----------------------------------------------------------------------===//

#include "import.h"
#include "mlir-c/BuiltinAttributes.h"
#include "mlir-c/BuiltinTypes.h"
#include "tt-c/Device.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/gen/ArithOps.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static bool same(MlirStringRef text, const char *literal) {
  return text.length == strlen(literal) &&
         memcmp(text.data, literal, text.length) == 0;
}

//===--- The module -------------------------------------------------------===//

static MlirLogicalResult resolveDevice(MlirOperation module, MlirStringRef arch,
                                       TtDeviceAttr *device) {
  MlirAttribute attribute =
      mlirOperationGetDiscardableAttributeByName(module, ttDeviceAttrName());
  MlirLocation loc = mlirOperationGetLocation(module);
  if (ttAttributeIsADevice(attribute)) {
    *device = ttDeviceAttrGet(attribute);
    return mlirLogicalResultSuccess();
  }
  if (!mlirAttributeIsNull(attribute))
    arch = mlirStringAttrGetValue(attribute);
  if (ttDevicePresetByName(arch, device))
    return mlirLogicalResultSuccess();
  TtDiagnostic *d = ttDiagnosticError(loc, "no device is named '%.*s'",
                                      (int)arch.length, arch.data);
  ttDiagnosticHint(d, "presets are wormhole_b0 and blackhole");
  return ttDiagnosticReport(d);
}

/// `XxY` in cores, or nothing.
static MlirLogicalResult resolveGrid(MlirLocation loc, MlirStringRef text,
                                     TtImportDefaults *defaults) {
  if (text.length == 0)
    return mlirLogicalResultSuccess();
  char copy[48] = {0};
  if (text.length < sizeof copy) {
    memcpy(copy, text.data, text.length);
    char *end = NULL;
    defaults->gridX = strtoll(copy, &end, 10);
    if (end != copy && *end == 'x') {
      char *rows = end + 1;
      defaults->gridY = strtoll(rows, &end, 10);
      if (end != rows && *end == '\0' && defaults->gridX > 0 &&
          defaults->gridY > 0)
        return mlirLogicalResultSuccess();
    }
  }
  return ttEmitError(loc,
                     "option 'grid' is '%.*s' but must be columns x rows of "
                     "cores, such as 8x7",
                     (int)text.length, text.data);
}

MlirLogicalResult ttImportResolveDefaults(MlirOperation module,
                                          const TtImportOptions *options,
                                          TtImportDefaults *defaults) {
  MlirLocation loc = mlirOperationGetLocation(module);
  *defaults = (TtImportDefaults){.fp32Acc = options->fp32Acc,
                                 .fullSync = options->fullSync};
  if (mlirLogicalResultIsFailure(
          resolveDevice(module, options->arch, &defaults->device)) ||
      mlirLogicalResultIsFailure(resolveGrid(loc, options->grid, defaults)))
    return mlirLogicalResultFailure();
  if (!ttFidelityFromString(options->fidelity, &defaults->fidelity))
    return ttEmitError(loc,
                       "option 'fidelity' is '%.*s' but must be lofi, hifi2, "
                       "hifi3 or hifi4",
                       (int)options->fidelity.length, options->fidelity.data);
  if (same(options->api, "v0.66"))
    defaults->api = options->api;
  else if (options->api.length > 0 && !same(options->api, "current"))
    return ttEmitError(loc,
                       "option 'api' is '%.*s' but must be current or v0.66",
                       (int)options->api.length, options->api.data);
  return mlirLogicalResultSuccess();
}

//===--- Functions --------------------------------------------------------===//

MlirLogicalResult ttImportResolveSchedule(const TtImportDefaults *defaults,
                                          MlirOperation func,
                                          TtScheduleAttr *schedule) {
  MlirAttribute attribute =
      mlirOperationGetDiscardableAttributeByName(func, ttScheduleAttrName());
  *schedule = (TtScheduleAttr){.order = TtOrderRowMajor, .block = 1};
  if (!mlirAttributeIsNull(attribute))
    *schedule = ttScheduleAttrGet(attribute);
  if (schedule->gridX == 0)
    schedule->gridX = defaults->gridX;
  if (schedule->gridY == 0)
    schedule->gridY = defaults->gridY;
  const TtDeviceAttr *device = &defaults->device;
  if (schedule->gridX > device->gridX || schedule->gridY > device->gridY) {
    TtDiagnostic *d = ttDiagnosticOpError(
        func,
        "is scheduled on %" PRId64 "x%" PRId64
        " cores, but the device has %" PRId64 "x%" PRId64,
        schedule->gridX, schedule->gridY, device->gridX, device->gridY);
    ttDiagnosticHint(d, "ask for at most the columns and rows of the device");
    return ttDiagnosticReport(d);
  }
  return mlirLogicalResultSuccess();
}

//===--- Precision --------------------------------------------------------===//

/// What the types of a kernel ask of its tile registers.
typedef struct {
  MlirOperation wide; // the first op with a 32-bit value, or null
  MlirOperation mix;  // the first op in which f16 and bf16 meet, or null
} Needs;

typedef struct {
  bool wide, f16, bf16;
} Formats;

static void addFormat(MlirType type, Formats *formats) {
  bool shaped = mlirTypeIsAShaped(type);
  MlirType element = shaped ? mlirShapedTypeGetElementType(type) : type;
  formats->wide |=
      mlirTypeIsAF32(element) || (shaped && mlirTypeIsAInteger(element) &&
                                  mlirIntegerTypeGetWidth(element) == 32);
  formats->f16 |= mlirTypeIsAF16(element);
  formats->bf16 |= mlirTypeIsABF16(element);
}

static bool isWideInteger(MlirType type) {
  return mlirTypeIsAInteger(type) && mlirIntegerTypeGetWidth(type) == 32;
}

/// Whether the op makes a 32-bit integer of a float or the other way round.
static bool convertsIntegers(MlirOperation op) {
  if (mlirOperationGetNumOperands(op) != 1 ||
      mlirOperationGetNumResults(op) != 1)
    return false;
  MlirType from = mlirValueGetType(mlirOperationGetOperand(op, 0));
  MlirType to = mlirValueGetType(mlirOperationGetResult(op, 0));
  return (isWideInteger(from) && mlirTypeIsAFloat(to)) ||
         (mlirTypeIsAFloat(from) && isWideInteger(to));
}

static MlirWalkResult addNeeds(MlirOperation op, void *data) {
  Needs *needs = data;
  Formats formats = {0};
  if (ttArithConstantIsa(op))
    return MlirWalkResultAdvance;
  for (intptr_t i = 0; i < mlirOperationGetNumResults(op); ++i)
    addFormat(mlirValueGetType(mlirOperationGetResult(op, i)), &formats);
  bool wide = formats.wide || convertsIntegers(op);
  for (intptr_t i = 0; i < mlirOperationGetNumOperands(op); ++i)
    addFormat(mlirValueGetType(mlirOperationGetOperand(op, i)), &formats);
  if (wide && mlirOperationIsNull(needs->wide))
    needs->wide = op;
  if (formats.f16 && formats.bf16 && mlirOperationIsNull(needs->mix))
    needs->mix = op;
  return MlirWalkResultAdvance;
}

/// The op that the user's `fp32_acc = false` contradicts.
static MlirLogicalResult refuseNarrow(const Needs *needs) {
  bool wide = !mlirOperationIsNull(needs->wide);
  MlirOperation op = wide ? needs->wide : needs->mix;
  TtDiagnostic *d = ttDiagnosticOpError(
      op, wide ? "makes 32-bit values, but tt.compute asks for 16-bit tile "
                 "registers"
               : "lets f16 and bf16 meet, but tt.compute asks for 16-bit tile "
                 "registers");
  ttDiagnosticHint(d, wide ? "leave out 'fp32_acc = false', or let the kernel "
                             "compute in a 16-bit type throughout"
                           : "leave out 'fp32_acc = false', or use one of the "
                             "two types throughout");
  return ttDiagnosticReport(d);
}

MlirLogicalResult ttImportResolveCompute(const TtImportDefaults *defaults,
                                         MlirOperation func,
                                         MlirOperation kernel,
                                         TtComputeAttr *compute) {
  MlirAttribute attribute =
      mlirOperationGetDiscardableAttributeByName(func, ttComputeAttrName());
  *compute = (TtComputeAttr){.fidelity = defaults->fidelity,
                             .fullSync = defaults->fullSync};
  if (!mlirAttributeIsNull(attribute))
    *compute = ttComputeAttrGet(attribute);
  Needs needs = {{NULL}, {NULL}};
  mlirOperationWalk(kernel, addNeeds, &needs, MlirWalkPreOrder);
  bool needed =
      !mlirOperationIsNull(needs.wide) || !mlirOperationIsNull(needs.mix);
  if (needed && compute->fp32Acc == TtFp32AccOff)
    return refuseNarrow(&needs);
  if (compute->fp32Acc == TtFp32AccOff)
    compute->fp32Acc = TtFp32AccUnset;
  else if (needed || defaults->fp32Acc)
    compute->fp32Acc = TtFp32AccOn;
  return mlirLogicalResultSuccess();
}
