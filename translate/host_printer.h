// Prints the host program of a host function as one C++20 file.

#ifndef TT_TRANSLATE_HOST_PRINTER_H
#define TT_TRANSLATE_HOST_PRINTER_H

#include "model.h"

#include <stdio.h>

// Writes main.cpp; failure after a diagnostic at what it cannot set up.
MlirLogicalResult hostPrint(const ModelHost *host, FILE *out);

#endif
