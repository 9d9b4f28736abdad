//===- init_placement.c - where the hardware state is programmed
//-----------===//

#include "init_placement.h"
#include <stdlib.h>
#include <string.h>

typedef struct {
  int keys[TtNumSlots];
  int sources[TtNumSlots]; // a node that needs the key
  bool fragile;            // some call's Fpu key is
  bool spoilsFpu;          // some call spoils it
} Summary;

typedef struct {
  const TtInitNode *nodes;
  TtInitAction *actions;
  int numActions, capacity;
} Planner;

static int after(const Planner *p, int node) {
  return p->nodes[node].loopEnd ? p->nodes[node].loopEnd : node + 1;
}

//===- what a loop needs --------------------------------------------------===//

static void addNeeds(Summary *summary, const TtInitNode *node, int index) {
  for (int slot = 0; slot < TtNumSlots; ++slot) {
    int need = node->needs[slot];
    if (need == TtKeyNone)
      continue;
    if (summary->keys[slot] == TtKeyNone) {
      summary->keys[slot] = need;
      summary->sources[slot] = index;
    } else if (summary->keys[slot] != need) {
      summary->keys[slot] = TtKeyConflict;
    }
  }
  summary->fragile = summary->fragile || node->fragile;
  summary->spoilsFpu = summary->spoilsFpu || node->spoilsFpu;
}

// The calls between `first` and `end`, at any depth. A slot that has to be
// programmed inside drags along what that spoils.
static Summary summarize(const Planner *p, int first, int end) {
  Summary summary = {{0}, {0}, false, false};
  for (int n = first; n < end; ++n)
    if (!p->nodes[n].loopEnd)
      addNeeds(&summary, &p->nodes[n], n);
  bool formats = summary.keys[TtSlotSrcA] == TtKeyConflict ||
                 summary.keys[TtSlotSrcB] == TtKeyConflict;
  bool spoiled = summary.spoilsFpu ||
                 (summary.fragile && summary.keys[TtSlotSfpu] == TtKeyConflict);
  if ((formats || spoiled) && summary.keys[TtSlotFpu] != TtKeyNone)
    summary.keys[TtSlotFpu] = TtKeyConflict;
  return summary;
}

//===- programming --------------------------------------------------------===//

static void program(Planner *p, int before, TtStateSlot slot, int source,
                    int *state) {
  if (p->numActions == p->capacity) {
    p->capacity = p->capacity ? 2 * p->capacity : 16;
    p->actions = realloc(p->actions, (size_t)p->capacity * sizeof *p->actions);
  }
  p->actions[p->numActions++] = (TtInitAction){before, slot, source};
  state[slot] = p->nodes[source].needs[slot];
  // A reconfigured unpacker needs its operation's init again; so does a matmul
  // after an SFPU init.
  if (slot == TtSlotSrcA || slot == TtSlotSrcB || slot == TtSlotSfpu)
    state[TtSlotFpu] = TtKeyUnknown;
}

// The Fpu slot survives an SFPU init unless its key is fragile.
static void programSfpu(Planner *p, int before, int source, bool fragile,
                        int *state) {
  int fpu = state[TtSlotFpu];
  program(p, before, TtSlotSfpu, source, state);
  if (!fragile)
    state[TtSlotFpu] = fpu;
}

static void establish(Planner *p, int before, const int *keys,
                      const int *sources, bool *fragileState, bool fragile,
                      int *state) {
  for (int slot = 0; slot < TtNumSlots; ++slot) {
    if (keys[slot] <= TtKeyNone || state[slot] == keys[slot])
      continue;
    if (slot == TtSlotSfpu)
      programSfpu(p, before, sources[slot], *fragileState, state);
    else
      program(p, before, (TtStateSlot)slot, sources[slot], state);
  }
  if (keys[TtSlotFpu] > TtKeyNone)
    *fragileState = fragile;
}

static void walk(Planner *p, int first, int end, int *state,
                 bool *fragileState);

// The state at the top of each trip is what reaches it from the front and what
// the last trip left: taken to be the former, then weakened until a walk over
// the body leaves it as it was. It is also the state behind the loop, which may
// run no trip.
static void walkLoop(Planner *p, int loop, int *state, bool *fragileState) {
  int end = p->nodes[loop].loopEnd;
  Summary summary = summarize(p, loop + 1, end);
  establish(p, loop, summary.keys, summary.sources, fragileState,
            summary.fragile, state);
  bool fragileEntry = *fragileState, changed = true;
  for (int numActions = p->numActions; changed;) {
    int left[TtNumSlots];
    memcpy(left, state, sizeof left);
    p->numActions = numActions;
    *fragileState = fragileEntry;
    walk(p, loop + 1, end, left, fragileState);
    changed = false;
    for (int slot = 0; slot < TtNumSlots; ++slot) {
      if (state[slot] == TtKeyUnknown || left[slot] == state[slot])
        continue;
      state[slot] = TtKeyUnknown;
      changed = true;
    }
  }
}

static void walk(Planner *p, int first, int end, int *state,
                 bool *fragileState) {
  for (int n = first; n < end; n = after(p, n)) {
    const TtInitNode *node = &p->nodes[n];
    if (node->loopEnd) {
      walkLoop(p, n, state, fragileState);
      continue;
    }
    int sources[TtNumSlots] = {n, n, n, n, n};
    establish(p, n, node->needs, sources, fragileState, node->fragile, state);
    if (node->spoilsFpu)
      state[TtSlotFpu] = TtKeyUnknown;
  }
}

TtInitAction *ttPlanInits(int numNodes, const TtInitNode *nodes,
                          const int state[TtNumSlots], int *numActions) {
  Planner p = {nodes, NULL, 0, 0};
  int current[TtNumSlots];
  memcpy(current, state, sizeof current);
  bool fragileState = false;
  walk(&p, 0, numNodes, current, &fragileState);
  *numActions = p.numActions;
  return p.actions;
}
