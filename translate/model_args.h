// Argument lists of a kernel, with buffers and values resolved.

#ifndef TT_TRANSLATE_MODEL_ARGS_H
#define TT_TRANSLATE_MODEL_ARGS_H

#include "model.h"

// Fills the argument lists and the accessor chain of `kernel` from its op.
MlirLogicalResult modelReadArgs(const ModelHost *host,
                                const ModelProgram *program,
                                ModelKernel *kernel);

#endif
