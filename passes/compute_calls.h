//===- compute_calls.h - what the calls of a compute kernel need ----------===//
//
// A compute kernel as the init planner sees it: calls and loops in order, and
// for each call the formats, inits and packer mask it needs, as keys.
//
// Two circular buffers of one format and unpack mode are the same key: all
// tiles are 32x32, so nothing else differs in what is programmed.
//
//===----------------------------------------------------------------------===//

#ifndef TT_PASSES_COMPUTE_CALLS_H
#define TT_PASSES_COMPUTE_CALLS_H

#include "mlir-c/IR.h"
#include "plan/init_placement.h"
#include "tt-c/gen/TtOps.h"
#include <stdint.h>

// What distinguishes one init from another: the op that needs it, and its
// numbers.
typedef struct {
  TtOpKind kind;
  int64_t numbers[6];
  const char *init, *initTemplate; // SFPU: several functions may share them
} TtInitKey;

typedef struct {
  MlirOperation program;
  MlirOperation *ops;         // stb_ds array: calls and loops, as in `nodes`
  TtInitNode *nodes;          // stb_ds array
  TtInitKey *sfpuKeys;        // stb_ds array; key k is [k - 1]
  TtInitKey *fpuKeys;         // stb_ds array
  TtFpuOperation *operations; // stb_ds array, parallel to `fpuKeys`
} TtComputeCalls;

/// The calls and loops of a compute kernel of `program`.
void ttComputeCallsCollect(MlirOperation program, MlirOperation func,
                           TtComputeCalls *calls);
void ttComputeCallsDestroy(TtComputeCalls *calls);

/// Whether the matrix engine or the unpackers run the call.
bool ttIsFpuCall(MlirOperation op);

/// The circular buffer that an FPU call feeds to SrcA or SrcB; where it feeds
/// but one, that one.
MlirStringRef ttFpuCallOperand(MlirOperation op, TtStateSlot source);

/// What a slot is set to for a circular buffer.
int ttFormatKey(const TtComputeCalls *calls, TtStateSlot slot,
                MlirStringRef cb);

/// The call that `action` is for: the first behind its place that needs what it
/// programs, or the last in front of it that needs what it ends; around the
/// ends of the kernel.
MlirOperation ttComputeCallOf(const TtComputeCalls *calls,
                              const TtInitAction *action);

#endif // TT_PASSES_COMPUTE_CALLS_H
