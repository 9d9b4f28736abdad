// What a pass sees of its C++ shell.

#ifndef TT_C_PASS_H
#define TT_C_PASS_H

#include "mlir-c/IR.h"
#include "mlir-c/Pass.h"
#include "mlir-c/Support.h"
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// The running pass; valid for the duration of `ttRun…`.
typedef struct TtPass TtPass;

// Adds to the declared statistic of this number (`Tt<Pass>Statistic…`); safe
// from several threads.
void ttPassAddStatistic(TtPass *pass, int statistic, int64_t amount);

// Promises that the op and what is below it were left unchanged.
void ttPassMarkUnchanged(TtPass *pass);

#ifdef __cplusplus
}
#endif

#endif
