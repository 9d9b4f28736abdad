// The op table: one row per element-wise function of the hardware, generated
// from dialect/OpTable.td. A row has the function's IR name, the upstream ops
// that mean exactly it, its init and call, the header of the call below
// `api/compute/` (`compute_kernel_api/` for `legacyHeader`), the number of
// scalar parameters, and its cost in SFPU cycles per tile.

#ifndef TT_C_OPTABLE_H
#define TT_C_OPTABLE_H

#include "tt-c/gen/TtAttrs.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef TtUnaryFunctionRow TtUnaryRow;
typedef TtBinaryFunctionRow TtBinaryRow;

// The row of a function. `ttUnaryFunctionRows()` and `ttBinaryFunctionRows()`
// are the whole tables, `Tt…FunctionNumCases` their lengths.
const TtUnaryRow *ttUnaryRow(TtUnaryFunction function);
const TtBinaryRow *ttBinaryRow(TtBinaryFunction function);

// The row that lists this upstream op (`math.exp`) as a source, or NULL.
const TtUnaryRow *ttUnaryRowFromSource(MlirStringRef opName);
const TtBinaryRow *ttBinaryRowFromSource(MlirStringRef opName);

#ifdef __cplusplus
}
#endif

#endif
