// Prints the plan of a host function as JSON (docs/tt.plan.schema.json).

#ifndef TT_TRANSLATE_PLAN_PRINTER_H
#define TT_TRANSLATE_PLAN_PRINTER_H

#include "model.h"

#include <stdio.h>

// Writes tt.plan.json; the order of everything in it is the IR's.
MlirLogicalResult planPrint(const ModelHost *host, FILE *out);

#endif
