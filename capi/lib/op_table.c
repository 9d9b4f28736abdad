// Lookups in the op table.

#include "tt-c/OpTable.h"

#include <string.h>

const TtUnaryRow *ttUnaryRow(TtUnaryFunction function) {
  return ttUnaryFunctionRow(function);
}

const TtBinaryRow *ttBinaryRow(TtBinaryFunction function) {
  return ttBinaryFunctionRow(function);
}

static bool lists(intptr_t count, const char *const *sources,
                  MlirStringRef name) {
  for (intptr_t i = 0; i < count; ++i)
    if (strlen(sources[i]) == name.length &&
        memcmp(sources[i], name.data, name.length) == 0)
      return true;
  return false;
}

const TtUnaryRow *ttUnaryRowFromSource(MlirStringRef opName) {
  const TtUnaryRow *rows = ttUnaryFunctionRows();
  for (int i = 0; i < TtUnaryFunctionNumCases; ++i)
    if (lists(rows[i].numSources, rows[i].sources, opName))
      return &rows[i];
  return NULL;
}

const TtBinaryRow *ttBinaryRowFromSource(MlirStringRef opName) {
  const TtBinaryRow *rows = ttBinaryFunctionRows();
  for (int i = 0; i < TtBinaryFunctionNumCases; ++i)
    if (lists(rows[i].numSources, rows[i].sources, opName))
      return &rows[i];
  return NULL;
}
