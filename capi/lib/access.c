// What generated accessors and builders are made of, on MLIR's C API alone.

#include "tt-c/Access.h"

#include <string.h>

bool ttOpHasName(MlirOperation op, const char *name, size_t length) {
  MlirStringRef own = mlirIdentifierStr(mlirOperationGetName(op));
  return own.length == length && memcmp(own.data, name, length) == 0;
}

static int compareNames(MlirStringRef a, MlirStringRef b) {
  size_t common = a.length < b.length ? a.length : b.length;
  int order = memcmp(a.data, b.data, common);
  if (order)
    return order;
  return a.length < b.length ? -1 : a.length > b.length;
}

intptr_t ttFindName(MlirOperation op, intptr_t count,
                    const MlirStringRef *names) {
  MlirStringRef own = mlirIdentifierStr(mlirOperationGetName(op));
  intptr_t low = 0, high = count;
  while (low < high) {
    intptr_t middle = low + (high - low) / 2;
    int order = compareNames(own, names[middle]);
    if (order == 0)
      return middle;
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return -1;
}

MlirAttribute ttOpAttr(MlirOperation op, MlirStringRef name) {
  return mlirOperationGetInherentAttributeByName(op, name);
}

int64_t ttAttrInt(MlirAttribute attribute) {
  MlirType type = mlirAttributeGetType(attribute);
  if (mlirTypeIsAInteger(type) && mlirIntegerTypeIsUnsigned(type))
    return (int64_t)mlirIntegerAttrGetValueUInt(attribute);
  if (mlirTypeIsAInteger(type) && mlirIntegerTypeIsSigned(type))
    return mlirIntegerAttrGetValueSInt(attribute);
  return mlirIntegerAttrGetValueInt(attribute);
}

MlirAttribute ttFlagAttr(MlirContext context, bool set) {
  return set ? mlirUnitAttrGet(context) : mlirAttributeGetNull();
}

TtSegment ttOpSegment(MlirOperation op, MlirStringRef sizes, intptr_t index) {
  MlirAttribute attribute = mlirOperationGetInherentAttributeByName(op, sizes);
  const int32_t *size = ttDenseI32Data(attribute);
  TtSegment segment = {0, size[index]};
  for (intptr_t i = 0; i < index; ++i)
    segment.start += size[i];
  return segment;
}

const char *ttEnumToString(intptr_t count, const TtEnumCase *cases,
                           int64_t value) {
  for (intptr_t i = 0; i < count; ++i)
    if (cases[i].value == value)
      return cases[i].text;
  return NULL;
}

bool ttEnumFromString(intptr_t count, const TtEnumCase *cases,
                      MlirStringRef text, int64_t *value) {
  for (intptr_t i = 0; i < count; ++i)
    if (strlen(cases[i].text) == text.length &&
        memcmp(cases[i].text, text.data, text.length) == 0) {
      *value = cases[i].value;
      return true;
    }
  return false;
}

void ttStateAddResult(MlirOperationState *state, MlirType type) {
  if (!mlirTypeIsNull(type))
    mlirOperationStateAddResults(state, 1, &type);
}

void ttStateAddOperand(MlirOperationState *state, MlirValue operand) {
  if (!mlirValueIsNull(operand))
    mlirOperationStateAddOperands(state, 1, &operand);
}

void ttStateAddRegions(MlirOperationState *state, intptr_t count) {
  for (intptr_t i = 0; i < count; ++i) {
    MlirRegion region = mlirRegionCreate();
    mlirOperationStateAddOwnedRegions(state, 1, &region);
  }
}

void ttStateAddAttributes(MlirOperationState *state, intptr_t count,
                          const TtNamed *named) {
  MlirContext context = mlirLocationGetContext(state->location);
  for (intptr_t i = 0; i < count; ++i) {
    if (mlirAttributeIsNull(named[i].value))
      continue;
    MlirNamedAttribute attribute = mlirNamedAttributeGet(
        mlirIdentifierGet(context, named[i].name), named[i].value);
    mlirOperationStateAddAttributes(state, 1, &attribute);
  }
}
