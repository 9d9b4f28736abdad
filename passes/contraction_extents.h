//===- contraction_extents.h - Mt, Kt, Nt of the contractions -------------===//

#ifndef TT_PASSES_CONTRACTION_EXTENTS_H
#define TT_PASSES_CONTRACTION_EXTENTS_H

#include "mlir-c/IR.h"

/// The extents in tiles of the whole problem behind each contraction in the
/// body of a kernel, in order: an array of `#tt.contraction`, null if there is
/// none.
MlirAttribute ttKernelContractions(MlirOperation kernel);

#endif // TT_PASSES_CONTRACTION_EXTENTS_H
