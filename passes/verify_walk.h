//===- verify_walk.h - abstract execution of a kernel ---------------------===//
//
// Runs the ops of a kernel in order, loops included, over an abstract state
// that the caller owns as plain bytes. Index values are numbers where they
// are known, byte addresses in the window of a circular buffer, or unknown.
//
// Loops are executed exactly without executing every trip: once the state at
// the head of a loop is one that was there before, the remaining trips repeat
// what has been seen. A loop whose index matters to the state (registers,
// tiles, addresses) runs all its trips. A loop with an unknown trip count runs
// until its states repeat; what follows must hold from each of them.
//
//===----------------------------------------------------------------------===//

#ifndef TT_PASSES_VERIFY_WALK_H
#define TT_PASSES_VERIFY_WALK_H

#include "tt-c/gen/TtOps.h"
#include "verify_program.h"
#include <stddef.h>

typedef enum {
  VerifyUnknown, // zero, so that a cleared value is unknown
  VerifyNumber,
  VerifyAddress,
} VerifyKind;

typedef struct {
  VerifyKind kind;
  int64_t number; // the number, or bytes past `page`
  int ring;       // of an address
  int64_t page;   // of an address: position in the ring, in pages
} VerifyValue;

/// One loop that is being executed.
typedef struct {
  MlirOperation loop;
  int64_t trip, trips; // counted from 0; trips < 0: unknown
} VerifyTrip;

typedef struct {
  const void *value; // identity of the SSA value
  VerifyValue known;
} VerifyBinding;

typedef struct {
  const void *loop;
  bool matters; // whether the index of the loop reaches the state
} VerifyLoopNote;

/// An op of a kernel, decoded once. Index arithmetic has none.
typedef struct {
  MlirOperation op;
  TtOpKind kind;
  bool loop;
  int ring;      // reserve, push, wait, pop: of the circular buffer, or -1
  int64_t pages; // reserve, push, wait, pop
  // Kept by the steps from one execution to the next.
  int pagesFit; // page transfers: a ring whose pages have the right size, or -1
  void *call;   // compute calls: what they touch and need; freed with the walk
} VerifyNode;

typedef struct {
  const void *block;
  VerifyNode *nodes; // stb_ds array
} VerifyBlockNodes;

typedef struct VerifyWalk {
  const VerifyProgram *program;
  TtRole role;
  VerifyNode *node; // of the op that `step` executes
  /// Executes one op other than a loop; false after a diagnostic.
  bool (*step)(struct VerifyWalk *walk, MlirOperation op);
  /// Makes `state` stand for all of `heads` (`count` states): an unknown
  /// number of trips of `loop` ended in any of them.
  void (*join)(struct VerifyWalk *walk, const char *heads, size_t count);
  /// Whether an operand of a step reaches the state.
  bool (*matters)(MlirOperation op, intptr_t operand);
  /// Whether a loop is executed at all; NULL: all are.
  bool (*enters)(const struct VerifyWalk *walk, MlirOperation loop);
  void *state; // NULL: every trip is executed
  size_t stateBytes;
  void *data;
  VerifyBinding *bindings;  // stb_ds array, innermost last
  VerifyTrip *path;         // stb_ds array, outermost first
  VerifyLoopNote *notes;    // stb_ds array
  VerifyBlockNodes *blocks; // stb_ds array
} VerifyWalk;

/// Executes the body of a kernel; false after a diagnostic.
bool verifyWalkKernel(VerifyWalk *walk, MlirOperation kernel);
void verifyWalkFree(VerifyWalk *walk);

VerifyValue verifyEvaluate(const VerifyWalk *walk, MlirValue value);
void verifyBind(VerifyWalk *walk, MlirValue value, VerifyValue known);

/// Reports an error at `op`, with the path that leads there as notes; returns
/// false.
bool verifyReject(const VerifyWalk *walk, MlirOperation op, const char *format,
                  ...) __attribute__((format(printf, 3, 4)));

#endif // TT_PASSES_VERIFY_WALK_H
