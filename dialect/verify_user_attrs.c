//===- verify_user_attrs.c - `tt.*` attributes on ops of other dialects
//----===//
//
// What a user may say stands in the .td as rows: name, places, type. An
// attribute that is in no row, or on another kind of op than its row says, is
// an error: nothing would ever read it.
//
//===----------------------------------------------------------------------===//

#include "mlir-c/BuiltinAttributes.h"
#include "mlir-c/BuiltinTypes.h"
#include "tt-c/Device.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/IR.h"
#include "tt-c/gen/BuiltinOps.h"
#include "tt-c/gen/FuncOps.h"
#include "tt-c/gen/Hooks.h"
#include "tt-c/gen/ScfOps.h"
#include "tt-c/gen/TtAttrs.h"
#include <string.h>

//===--- Places -----------------------------------------------------------===//

static bool is(MlirStringRef text, const char *literal) {
  return mlirStringRefEqual(text, mlirStringRefCreateFromCString(literal));
}

static const TtDiscardableAttrRow *rowOf(MlirStringRef name) {
  for (int i = 0; i < TtDiscardableAttrNumRows; ++i)
    if (is(name, ttDiscardableAttrRows()[i].name))
      return &ttDiscardableAttrRows()[i];
  return NULL;
}

static MlirLogicalResult refuseUnknown(MlirOperation op, MlirStringRef name) {
  TtDiagnostic *d = ttDiagnosticOpError(op, "has an unknown attribute '%.*s'",
                                        (int)name.length, name.data);
  ttDiagnosticHint(
      d, "known are %s, %s, %s, %s, %s and %s", ttDiscardableAttrRows()[0].name,
      ttDiscardableAttrRows()[1].name, ttDiscardableAttrRows()[2].name,
      ttDiscardableAttrRows()[3].name, ttDiscardableAttrRows()[4].name,
      ttDiscardableAttrRows()[5].name);
  return ttDiagnosticReport(d);
}
_Static_assert(TtDiscardableAttrNumRows == 6, "the hint above names them all");

/// The rows' names for places, as the messages say them.
static const char *placeText(const char *place) {
  static const struct {
    const char *place, *text;
  } places[] = {{"argument", "arguments of a func.func"},
                {"result", "results of a func.func"},
                {"loop", "scf.for"},
                {"function", "func.func"},
                {"module", "modules"}};
  for (size_t i = 0; i < sizeof places / sizeof *places; ++i)
    if (strcmp(place, places[i].place) == 0)
      return places[i].text;
  return place;
}

static MlirLogicalResult checkPlace(MlirOperation op,
                                    const TtDiscardableAttrRow *row,
                                    const char *place) {
  for (intptr_t i = 0; i < row->numPlaces; ++i)
    if (strcmp(row->places[i], place) == 0)
      return mlirLogicalResultSuccess();
  TtDiagnostic *d =
      ttDiagnosticOpError(op, "has a misplaced attribute '%s'", row->name);
  if (row->numPlaces > 1)
    ttDiagnosticHint(d, "it belongs on %s and %s", placeText(row->places[0]),
                     placeText(row->places[1]));
  else
    ttDiagnosticHint(d, "it belongs on %s", placeText(row->places[0]));
  return ttDiagnosticReport(d);
}

//===--- Values -----------------------------------------------------------===//

static bool isDevice(MlirAttribute value) {
  TtDeviceAttr device;
  return ttAttributeIsADevice(value) ||
         (mlirAttributeIsAString(value) &&
          ttDevicePresetByName(mlirStringAttrGetValue(value), &device));
}

static bool isPositiveI64(MlirAttribute value) {
  return mlirAttributeIsAInteger(value) &&
         mlirTypeIsAInteger(mlirAttributeGetType(value)) &&
         mlirIntegerTypeGetWidth(mlirAttributeGetType(value)) == 64 &&
         mlirIntegerAttrGetValueInt(value) > 0;
}

static bool isSchedule(MlirAttribute value) {
  if (!ttAttributeIsASchedule(value))
    return false;
  TtScheduleAttr schedule = ttScheduleAttrGet(value);
  return schedule.block > 0 && schedule.gridX >= 0 && schedule.gridY >= 0;
}

static bool hasValue(MlirStringRef name, MlirAttribute value) {
  if (mlirStringRefEqual(name, ttLayoutAttrName()))
    return ttAttributeIsALayout(value);
  if (mlirStringRefEqual(name, ttNameAttrName()))
    return mlirAttributeIsAString(value) &&
           mlirStringAttrGetValue(value).length > 0;
  if (mlirStringRefEqual(name, ttNumStagesAttrName()))
    return isPositiveI64(value);
  if (mlirStringRefEqual(name, ttScheduleAttrName()))
    return isSchedule(value);
  if (mlirStringRefEqual(name, ttComputeAttrName()))
    return ttAttributeIsACompute(value);
  return mlirStringRefEqual(name, ttDeviceAttrName()) && isDevice(value);
}

static const char *wantedValue(const TtDiscardableAttrRow *row) {
  MlirStringRef name = mlirStringRefCreateFromCString(row->name);
  if (mlirStringRefEqual(name, ttNumStagesAttrName()))
    return "an i64 of at least 1";
  if (mlirStringRefEqual(name, ttScheduleAttrName()))
    return "a #tt.schedule whose block is at least 1 and whose grid is not "
           "negative";
  if (mlirStringRefEqual(name, ttNameAttrName()))
    return "a string that is not empty";
  if (mlirStringRefEqual(name, ttDeviceAttrName()))
    return "a #tt.device, \"wormhole_b0\" or \"blackhole\"";
  return row->type;
}

static MlirLogicalResult verify(MlirOperation op, MlirNamedAttribute attribute,
                                const char *place) {
  MlirStringRef name = mlirIdentifierStr(attribute.name);
  const TtDiscardableAttrRow *row = rowOf(name);
  if (!row)
    return refuseUnknown(op, name);
  if (mlirLogicalResultIsFailure(checkPlace(op, row, place)))
    return mlirLogicalResultFailure();
  if (hasValue(name, attribute.attribute))
    return mlirLogicalResultSuccess();
  return ttEmitOpError(op, "attribute '%s' must be %s", row->name,
                       wantedValue(row));
}

//===--- What the compiler itself attaches --------------------------------===//

MlirStringRef ttEndsAttrName(void) {
  return mlirStringRefCreateFromCString("tt.ends");
}

static bool isEnds(MlirOperation op, MlirNamedAttribute attribute) {
  MlirStringRef name = mlirIdentifierStr(mlirOperationGetName(op));
  return mlirStringRefEqual(mlirIdentifierStr(attribute.name),
                            ttEndsAttrName()) &&
         mlirAttributeIsADenseI64Array(attribute.attribute) &&
         name.length > 7 && memcmp(name.data, "linalg.", 7) == 0;
}

//===--- Hooks ------------------------------------------------------------===//

MlirLogicalResult ttVerifyOperationAttribute(MlirOperation op,
                                             MlirNamedAttribute attribute) {
  const char *place = "";
  if (isEnds(op, attribute))
    return mlirLogicalResultSuccess();
  if (ttFuncFuncIsa(op))
    place = "function";
  else if (ttScfForIsa(op))
    place = "loop";
  else if (ttBuiltinModuleIsa(op))
    place = "module";
  return verify(op, attribute, place);
}

MlirLogicalResult ttVerifyArgumentAttribute(MlirOperation op, intptr_t region,
                                            intptr_t argument,
                                            MlirNamedAttribute attribute) {
  (void)region, (void)argument;
  return verify(op, attribute, ttFuncFuncIsa(op) ? "argument" : "");
}

MlirLogicalResult ttVerifyResultAttribute(MlirOperation op, intptr_t region,
                                          intptr_t result,
                                          MlirNamedAttribute attribute) {
  (void)region, (void)result;
  return verify(op, attribute, ttFuncFuncIsa(op) ? "result" : "");
}
