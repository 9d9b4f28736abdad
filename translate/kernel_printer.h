// Prints a kernel of a program as C++17 for the device.

#ifndef TT_TRANSLATE_KERNEL_PRINTER_H
#define TT_TRANSLATE_KERNEL_PRINTER_H

#include "model.h"

#include <stdio.h>

// Writes the whole file; failure after a diagnostic at the op that has no
// spelling.
MlirLogicalResult kernelPrint(const ModelHost *host,
                              const ModelProgram *program,
                              const ModelKernel *kernel, FILE *out);

#endif
