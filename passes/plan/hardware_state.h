//===- hardware_state.h - the programmed state and its changes ------------===//
//
// What is programmed in the slots of a compute core, and the fewest inits,
// reconfigs and uninits that lead from one such state to another (METALIUM
// sheet §4): formats come before the operation that is initialised for them, an
// SFPU init before that of a matmul, the end of a broadcast copy before either.
//
//===----------------------------------------------------------------------===//

#ifndef TT_PLAN_HARDWARE_STATE_H
#define TT_PLAN_HARDWARE_STATE_H

#include "init_placement.h"

// A reduction whose init has run and whose call has not is `armed`: its mask
// must not be counted on, and the init must not have been for nothing.
typedef struct {
  int keys[TtNumSlots];
  int armed;
} TtHardwareState;

typedef struct {
  TtInitAction actions[TtNumSlots + 2]; // in no place yet
  int count;
  TtHardwareState state; // behind the actions
} TtHardwareMove;

enum { TtMoveInfeasible = 1000 };

// In the Mask slot of a state: that mask or none. An init of its reduction may
// follow, an uninit may not.
enum { TtMaskPerhaps = 1 << 16 };

/// Operation `key`; for TtKeyNone one that needs and leaves nothing.
const TtFpuOperation *ttFpuOperationOf(const TtInitKernel *kernel, int key);

/// The fewest actions after which all that `to` says holds. `exact`: nothing
/// may then wait for an uninit or for its call that `to` does not say. Returns
/// the number of actions, or TtMoveInfeasible.
int ttMoveTo(const TtInitKernel *kernel, const TtHardwareState *from,
             const TtHardwareState *to, bool exact, TtHardwareMove *move);

#endif // TT_PLAN_HARDWARE_STATE_H
