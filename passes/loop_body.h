//===- loop_body.h - the body of an scf.for -------------------------------===//

#ifndef TT_PASSES_LOOP_BODY_H
#define TT_PASSES_LOOP_BODY_H

#include "mlir-c/IR.h"
#include "tt-c/gen/ScfOps.h"

static inline MlirBlock ttLoopBody(MlirOperation loop) {
  return mlirRegionGetFirstBlock(ttScfForGetRegion(loop));
}

#endif // TT_PASSES_LOOP_BODY_H
