//===- hardware_paths.h - states with the cheapest ways to them -----------===//
//
// At one point of a kernel, the states that are worth being in. A state that
// another could be turned into at no more cost is not; without it few are left.
// A path remembers the actions that led to it as a trail, which paths with a
// common past share.
//
//===----------------------------------------------------------------------===//

#ifndef TT_PLAN_HARDWARE_PATHS_H
#define TT_PLAN_HARDWARE_PATHS_H

#include "hardware_state.h"
#include <stdint.h>

// How a state was come by.
typedef struct TtTrail TtTrail;

// Owns the trails of a search.
typedef struct {
  TtTrail **entries; // stb_ds array
} TtTrails;

typedef struct {
  TtHardwareState state;
  int64_t cost; // to be compared and multiplied only
  const TtTrail *trail;
} TtHardwarePath;

/// `path` and the actions of `move`, in front of node `place` or `atEnd` of the
/// body of that loop.
TtHardwarePath ttPathFollow(TtTrails *trails, const TtHardwarePath *path,
                            const TtHardwareMove *move, int place, bool atEnd);

/// `path` and then `trips` trips through a loop, each like `trip`: a path that
/// begins at the top of its body.
TtHardwarePath ttPathRepeat(TtTrails *trails, const TtHardwarePath *path,
                            const TtHardwarePath *trip, int trips);

/// Adds a path to the stb_ds array `paths` if its state is worth being in, and
/// drops those whose states then are not.
void ttPathsAdd(const TtInitKernel *kernel, TtHardwarePath **paths,
                TtHardwarePath path);

/// Appends the actions of a path to the stb_ds array `actions`, in order; those
/// of a loop's body once.
void ttPathActions(const TtHardwarePath *path, TtInitAction **actions);

void ttTrailsDestroy(TtTrails *trails);

#endif // TT_PLAN_HARDWARE_PATHS_H
