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
  MlirOperation f32; // the first op with an f32 value, or null
  MlirOperation mix; // the first op in which f16 and bf16 meet, or null
} Needs;

typedef struct {
  bool f32, f16, bf16;
} Formats;

static void addFormat(MlirType type, Formats *formats) {
  MlirType element =
      mlirTypeIsAShaped(type) ? mlirShapedTypeGetElementType(type) : type;
  formats->f32 |= mlirTypeIsAF32(element);
  formats->f16 |= mlirTypeIsAF16(element);
  formats->bf16 |= mlirTypeIsABF16(element);
}

static MlirWalkResult addNeeds(MlirOperation op, void *data) {
  Needs *needs = data;
  Formats formats = {0};
  if (ttArithConstantIsa(op))
    return MlirWalkResultAdvance;
  for (intptr_t i = 0; i < mlirOperationGetNumResults(op); ++i)
    addFormat(mlirValueGetType(mlirOperationGetResult(op, i)), &formats);
  bool f32 = formats.f32;
  for (intptr_t i = 0; i < mlirOperationGetNumOperands(op); ++i)
    addFormat(mlirValueGetType(mlirOperationGetOperand(op, i)), &formats);
  if (f32 && mlirOperationIsNull(needs->f32))
    needs->f32 = op;
  if (formats.f16 && formats.bf16 && mlirOperationIsNull(needs->mix))
    needs->mix = op;
  return MlirWalkResultAdvance;
}

MlirLogicalResult ttImportResolveCompute(const TtImportDefaults *defaults,
                                         MlirOperation func,
                                         MlirOperation kernel,
                                         TtComputeAttr *compute) {
  MlirAttribute attribute =
      mlirOperationGetDiscardableAttributeByName(func, ttComputeAttrName());
  bool asked = !mlirAttributeIsNull(attribute);
  *compute = (TtComputeAttr){.fidelity = defaults->fidelity,
                             .fp32Acc = defaults->fp32Acc,
                             .fullSync = defaults->fullSync};
  if (asked)
    *compute = ttComputeAttrGet(attribute);
  Needs needs = {{NULL}, {NULL}};
  mlirOperationWalk(kernel, addNeeds, &needs, MlirWalkPreOrder);
  if (!mlirOperationIsNull(needs.f32) || !mlirOperationIsNull(needs.mix))
    compute->fp32Acc = true;
  return mlirLogicalResultSuccess();
}
