// The source line that an op came from.

#ifndef TT_TRANSLATE_LOCATIONS_H
#define TT_TRANSLATE_LOCATIONS_H

#include "mlir-c/IR.h"
#include "text.h"

typedef struct {
  const char
      *file; // last part of the path, printable; NULL if unknown or a pipe
  int line;
} SourceLine;

// Of a fused location the first line that is known, of a call the callee's.
SourceLine sourceLine(TextPool *pool, MlirLocation location);

#endif
