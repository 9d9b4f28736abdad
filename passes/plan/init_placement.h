//===- init_placement.h - where the hardware is programmed ----------------===//
//
// A compute kernel as the sequence of its calls, each with what it needs in the
// slots of hardware state (METALIUM sheet §4), and its loops. The placement is
// one with the fewest executions of inits, reconfigs and uninits in which each
// call finds what it needs on every path: among the states that could hold at
// the top of each loop, the cheapest to establish in front of it and to come
// back to at the end of its body.
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
  TtSlotMask, // edge mask of the packer: what a reduction does not leave is
              // zero
  TtNumSlots
} TtStateSlot;

// Keys are positive and compared for equality only. Of a call: TtKeyNone if the
// slot does not matter; of a state: what is there is not known.
enum { TtKeyNone = 0, TtMaskOff = 1 /* in the Mask slot: whole tiles */ };

// What an init of the Fpu slot takes and leaves; key k is operation k - 1.
typedef struct {
  int srcA, srcB; // formats it must find, TtKeyNone where it reads nothing
  int mask;       // key that it leaves in the Mask slot, or TtKeyNone
  bool fragile;   // an SFPU init spoils it (matmul)
  bool ends;      // an uninit must end it before the unpackers are programmed
                  // again, and before the kernel returns (broadcast copies)
} TtFpuOperation;

typedef struct {
  int loopEnd; // for a loop: index after its last node; for a call 0
  int trips;   // for a loop: how often it runs; 0: not known, perhaps never
  int needs[TtNumSlots]; // calls; an operation's formats need not be repeated
} TtInitNode;

typedef struct {
  int numNodes;
  const TtInitNode *nodes;
  int numOperations;
  const TtFpuOperation *operations;
  int entry[TtNumSlots]; // what is known at the kernel's start
} TtInitKernel;

// Program `slot` for `key`, or end what is programmed there, in front of node
// `place`; or at the end of the body of the loop that is node `place`
// (numNodes: at the end of the kernel).
typedef struct {
  int place;
  bool atEnd;
  bool uninit;
  TtStateSlot slot;
  int key;
} TtInitAction;

enum { TtAssumedTrips = 16 }; // of loops whose trip count is not known

/// Places the programming of all slots. Actions at one place are to be executed
/// in the order given. Returns the actions, `*numActions` of them, to be freed
/// by the caller.
TtInitAction *ttPlanInits(const TtInitKernel *kernel, int *numActions);

#endif // TT_PLAN_INIT_PLACEMENT_H
