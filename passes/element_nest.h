//===- element_nest.h - loops over the elements of a block ----------------===//
//
// What an element loop does, read off its IR: loops with constant bounds (and
// thread ids, which are loops that the frontend left implicit), scalar ops, and
// accesses whose every index is one of the loops plus something that stays.
//
//===----------------------------------------------------------------------===//

#ifndef TT_PASSES_ELEMENT_NEST_H
#define TT_PASSES_ELEMENT_NEST_H

#include "affine_form.h"
#include "mlir-c/Support.h"

enum { TtElementMaxRank = 8, TtNoLoop = -1, TtUnknownExtent = -1 };

typedef struct {
  MlirValue variable; // of a loop, or a gpu.thread_id; null for a digit
  MlirOperation owner;
  int64_t lower;  // first value of the variable
  int64_t extent; // values it takes, in steps of 1
  bool isMember;  // counts elements together with others, in a group
} TtElementLoop;

/// Loops whose variables make up one number, as in `i * 128 + thread`: it takes
/// every value below the product of their extents once. The nest is over the
/// two digits of that number, which are loops of their own.
typedef struct {
  int members[TtElementMaxRank];
  int64_t coefficients[TtElementMaxRank];
  int count;
  int64_t width; // of the low digit
  int high, low; // the loops over the digits
} TtElementGroup;

/// A load or store of one element.
typedef struct {
  MlirOperation op;
  MlirValue memref;
  intptr_t rank;
  int loops[TtElementMaxRank]; // per dimension, or TtNoLoop
  TtAffineForm
      rests[TtElementMaxRank]; // what stays, the loop's lower bound too
} TtElementAccess;

typedef struct {
  MlirOperation first;       // where the nest is; its loop, or its first op
  TtElementLoop *loops;      // stb_ds array, outermost first
  TtElementGroup *groups;    // stb_ds array
  MlirOperation *ops;        // stb_ds array: all but the loops, in order
  TtElementAccess *accesses; // stb_ds array, in order
} TtElementNest;

bool ttIsElementAccess(MlirOperation op);
bool ttIsStore(const TtElementAccess *access);

/// Whether an op without regions works on numbers only, and on any.
bool ttIsElementScalarOp(MlirOperation op);

/// Whether `op` is a loop whose variable indexes elements and that does nothing
/// but access them and compute.
bool ttIsElementLoop(MlirOperation op);

/// Adds the loop `op` with all that is in it, or a single op, to a nest. What
/// cannot be part of one is a failure after a diagnostic.
MlirLogicalResult ttElementNestAdd(TtElementNest *nest, MlirOperation op);

/// The loop that a value is the variable of, or TtNoLoop. A thread id becomes a
/// loop when it is first seen.
int ttElementLoopOf(TtElementNest *nest, MlirValue value);

/// Whether a value is computed in the nest and not before it.
bool ttIsInElementNest(TtElementNest *nest, MlirValue value);

/// Reads the accesses of the nest's ops. Failure after a diagnostic.
MlirLogicalResult ttElementNestFindAccesses(TtElementNest *nest);

void ttElementNestFree(TtElementNest *nest);

/// Whether two accesses are to the same element in every iteration.
bool ttSameElement(const TtElementAccess *a, const TtElementAccess *b);

#endif // TT_PASSES_ELEMENT_NEST_H
