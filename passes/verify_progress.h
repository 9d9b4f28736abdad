//===- verify_progress.h - the kernels of a program, run together ---------===//
//
// Traces of the three kernels, executed against rings of finite capacity. The
// order in which kernels take turns does not matter for who gets stuck: each
// ring has one producer and one consumer, which only count up.
//
//===----------------------------------------------------------------------===//

#ifndef TT_PASSES_VERIFY_PROGRESS_H
#define TT_PASSES_VERIFY_PROGRESS_H

#include "verify_trace.h"

typedef struct {
  const VerifyProgram *program;
  VerifyEvent *events[3]; // by role; stb_ds arrays
  ptrdiff_t next[3];      // first event that has not happened
  int64_t *filled;        // pages in each ring; stb_ds array
  int64_t *capacity;      // stb_ds array
} VerifyRun;

/// Traces the kernels for `count` items from `start`; false after a
/// diagnostic.
bool verifyRunTrace(VerifyRun *run, const VerifyProgram *program, int64_t start,
                    int64_t count, bool transfers);
void verifyRunFree(VerifyRun *run);

/// Starts over, with empty rings of the declared capacities.
void verifyRunReset(VerifyRun *run);

/// Whether the next event of a role can happen; false at its end.
bool verifyRunReady(const VerifyRun *run, int role);
/// Lets it happen.
void verifyRunStep(VerifyRun *run, int role);
bool verifyRunEnded(const VerifyRun *run, int role);

#endif // TT_PASSES_VERIFY_PROGRESS_H
