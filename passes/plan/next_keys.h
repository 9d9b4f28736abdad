//===- next_keys.h - what the calls ahead need programmed -----------------===//
//
// For every point of a kernel and every slot, the keys that some path from
// there needs next. Only those are worth programming ahead of their call. One
// walk backwards over the calls finds them; the body of a loop is walked twice,
// for its last call is also in front of its first.
//
//===----------------------------------------------------------------------===//

#ifndef TT_PLAN_NEXT_KEYS_H
#define TT_PLAN_NEXT_KEYS_H

#include "hardware_state.h"
#include <stdint.h>

// One bit for each key. Keys above 63 are left out: such kernels are placed
// right, but perhaps not best.
typedef struct {
  uint64_t keys[TtNumSlots];
} TtNextKeys;

/// Index of what comes after a call, or after a loop with its body.
int ttInitNodeBehind(const TtInitKernel *kernel, int node);

/// What call `node` needs in those slots that are `planned`, and the formats of
/// its operation.
TtHardwareState ttInitNodeNeeds(const TtInitKernel *kernel,
                                const bool planned[TtNumSlots], int node);

/// Sets after[node], for a call to the keys needed next behind it, for a loop
/// to those needed next at the top of its body. `after` has an entry for each
/// node of the kernel.
void ttFindNextKeys(const TtInitKernel *kernel, const bool planned[TtNumSlots],
                    TtNextKeys *after);

/// The first key of `slot` above `key`, or TtKeyNone.
int ttKeyBehind(const TtNextKeys *next, TtStateSlot slot, int key);

#endif // TT_PLAN_NEXT_KEYS_H
