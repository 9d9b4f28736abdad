//===- first_iteration.h - buffers cleared in the first iteration ---------===//

#ifndef TT_PASSES_FIRST_ITERATION_H
#define TT_PASSES_FIRST_ITERATION_H

#include "mlir-c/IR.h"

/// Makes what a loop's first iteration puts in place of a carried value the
/// loop's initial value:
///
///   scf.for %k … iter_args(%x = %init) {
///     %y = scf.if %isFirst { … scf.yield %zero } else { scf.yield %x }
///
/// becomes `iter_args(%x = %zero)` and %x for %y, if %x is used nowhere else
/// and %zero is computed from values before the loop.
void ttStartWithFirstValue(MlirOperation loop);

#endif // TT_PASSES_FIRST_ITERATION_H
