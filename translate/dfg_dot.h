// Draws the plan of a unified kernel body as a graph for Graphviz.

#ifndef TT_TRANSLATE_DFG_DOT_H
#define TT_TRANSLATE_DFG_DOT_H

#include "mlir-c/IR.h"

// Prints one `digraph` for every `tt.kernel` of the module; failure after a
// diagnostic if there is none.
MlirLogicalResult dfgPrintDot(MlirOperation module, MlirStringCallback print,
                              void *data);

#endif
