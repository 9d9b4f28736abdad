//===- init_placement.h - where the hardware state is programmed
//-----------===//
//
// A compute kernel as the sequence of its calls, each with what it needs in
// five slots of hardware state (METALIUM sheet §4), and its loops. A slot that
// all calls of a loop need alike is programmed in front of the loop; where they
// differ it is programmed at the call, whenever the state that reaches it, also
// around the back edge, is not known to be right.
//
//===----------------------------------------------------------------------===//

#ifndef TT_PLAN_INIT_PLACEMENT_H
#define TT_PLAN_INIT_PLACEMENT_H

#include <stdbool.h>

typedef enum {
  TtSlotSrcA, // formats that unpackers and packer are programmed for
  TtSlotSrcB,
  TtSlotPack,
  TtSlotSfpu, // function that the SFPU is initialised for
  TtSlotFpu,  // operation that unpackers and matrix engine are initialised for
  TtNumSlots
} TtStateSlot;

enum { TtKeyNone = 0, TtKeyUnknown = -1, TtKeyConflict = -2 };

typedef struct {
  int loopEnd; // for a loop: index after its last node; for a call 0
  // Calls: what each slot must hold, TtKeyNone if it does not matter. Keys are
  // positive and compared for equality only.
  int needs[TtNumSlots];
  // Calls: an SFPU init spoils the Fpu slot's key (matmul).
  bool fragile;
  bool spoilsFpu; // leaves the Fpu slot unknown: an uninit
} TtInitNode;

// Program `slot` as node `source` needs it, in front of node `before`.
typedef struct {
  int before;
  TtStateSlot slot;
  int source;
} TtInitAction;

/// Places the programming of all slots, in the order of the kernel; at one
/// place formats come first, then the SFPU, then the FPU. `state` is what is
/// known at entry. Returns the actions, `*numActions` of them, to be freed by
/// the caller.
TtInitAction *ttPlanInits(int numNodes, const TtInitNode *nodes,
                          const int state[TtNumSlots], int *numActions);

#endif // TT_PLAN_INIT_PLACEMENT_H
