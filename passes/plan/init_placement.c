//===- init_placement.c - where the hardware is programmed ----------------===//
//
// A walk over the kernel with the set of states that are worth being in, each
// with the cheapest way to it (hardware_paths.h). They are few: programming can
// be put off except where it would spoil an operation later that it does not
// spoil now, or where it would be put off into a loop. Those two are the
// choices: the slots that a new operation leaves free, and the state at the top
// of a loop. Both are drawn from the keys that some path needs next
// (next_keys.h); other keys are never used.
//
//===----------------------------------------------------------------------===//

#include "init_placement.h"
#include "hardware_paths.h"
#include "next_keys.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "stb_ds.h"

// The paths through one trip of a loop that begins in `top`.
typedef struct {
  int loop;
  TtHardwareState top;
  TtHardwarePath *exits; // stb_ds array
} Trip;

typedef struct {
  const TtInitKernel *kernel;
  bool planned[TtNumSlots]; // the others are left alone
  TtNextKeys *after;        // behind each call; at the top of each loop
  Trip *trips;              // stb_ds array
  TtTrails trails;
} Planner;

static const TtInitNode *nodeAt(const Planner *p, int node) {
  return &p->kernel->nodes[node];
}

//===- calls --------------------------------------------------------------===//

// A pack of what was reduced, without its mask: an init of the reduction sets
// it again.
static void addMask(const Planner *p, const TtHardwareState *from,
                    TtHardwareState *to) {
  int mask = to->keys[TtSlotMask];
  if (mask <= TtMaskOff || from->keys[TtSlotMask] == mask)
    return;
  for (int key = 1; key <= p->kernel->numOperations; ++key)
    if (ttFpuOperationOf(p->kernel, key)->mask == mask) {
      to->keys[TtSlotFpu] = key;
      to->keys[TtSlotSrcA] = ttFpuOperationOf(p->kernel, key)->srcA;
      to->keys[TtSlotSrcB] = ttFpuOperationOf(p->kernel, key)->srcB;
      return;
    }
}

// `path` to `to`, with every choice of keys for the slots from `slot` on that
// the operation leaves free and that programmed later would spoil it.
static void addChoices(Planner *p, int node, const TtHardwarePath *path,
                       TtHardwareState to, int slot, TtHardwarePath **paths) {
  const TtFpuOperation *op = ttFpuOperationOf(p->kernel, to.keys[TtSlotFpu]);
  while (slot < TtSlotFpu &&
         (!p->planned[slot] || to.keys[slot] || slot == TtSlotPack ||
          (slot == TtSlotSfpu && !op->fragile)))
    ++slot;
  TtHardwareMove move;
  if (slot >= TtSlotFpu) {
    if (ttMoveTo(p->kernel, &path->state, &to, false, &move) >=
        TtMoveInfeasible)
      return;
    if (to.keys[TtSlotFpu])
      move.state.armed = false; // it runs
    ttPathsAdd(p->kernel, paths,
               ttPathFollow(&p->trails, path, &move, node, false));
    return;
  }
  addChoices(p, node, path, to, slot + 1, paths);
  const TtNextKeys *next = &p->after[node];
  for (int key = ttKeyBehind(next, (TtStateSlot)slot, 0); key;
       key = ttKeyBehind(next, (TtStateSlot)slot, key)) {
    to.keys[slot] = key;
    addChoices(p, node, path, to, slot + 1, paths);
  }
}

static void runCall(Planner *p, int node, const TtHardwarePath *path,
                    TtHardwarePath **paths) {
  TtHardwareState to = ttInitNodeNeeds(p->kernel, p->planned, node);
  addMask(p, &path->state, &to);
  TtHardwareMove move;
  int count = ttMoveTo(p->kernel, &path->state, &to, false, &move);
  bool inits = count < TtMoveInfeasible && count > 0 &&
               move.actions[count - 1].slot == TtSlotFpu &&
               !move.actions[count - 1].uninit;
  addChoices(p, node, path, to, inits ? 0 : TtNumSlots, paths);
}

//===- loops --------------------------------------------------------------===//

static void runNodes(Planner *p, int first, int last, TtHardwarePath **paths);

// The ways through one trip that starts in `top` and ends so that the next can
// start there too.
static const TtHardwarePath *tripsFrom(Planner *p, int loop,
                                       const TtHardwareState *top) {
  for (ptrdiff_t i = 0; i < arrlen(p->trips); ++i)
    if (p->trips[i].loop == loop &&
        memcmp(&p->trips[i].top, top, sizeof *top) == 0)
      return p->trips[i].exits;
  TtHardwarePath *paths = NULL, start = {*top, 0, NULL};
  arrput(paths, start);
  runNodes(p, loop + 1, nodeAt(p, loop)->loopEnd, &paths);
  Trip trip = {loop, *top, NULL};
  for (ptrdiff_t i = 0; i < arrlen(paths); ++i) {
    TtHardwareMove move;
    if (ttMoveTo(p->kernel, &paths[i].state, top, true, &move) >=
        TtMoveInfeasible)
      continue;
    TtHardwarePath exit =
        ttPathFollow(&p->trails, &paths[i], &move, loop, true);
    if (nodeAt(p, loop)->trips == 0) {
      exit.state = *top; // all that is known if it runs no trip
      exit.state.armed = false;
    }
    ttPathsAdd(p->kernel, &trip.exits, exit);
  }
  arrfree(paths);
  arrput(p->trips, trip);
  return trip.exits;
}

static void runFrom(Planner *p, int loop, const TtHardwarePath *path,
                    const TtHardwareState *top, TtHardwarePath **paths) {
  TtHardwareMove move;
  if (ttMoveTo(p->kernel, &path->state, top, true, &move) >= TtMoveInfeasible)
    return;
  TtHardwarePath entered = ttPathFollow(&p->trails, path, &move, loop, false);
  int trips = nodeAt(p, loop)->trips;
  const TtHardwarePath *exits = tripsFrom(p, loop, top);
  for (ptrdiff_t i = 0; i < arrlen(exits); ++i)
    ttPathsAdd(p->kernel, paths,
               ttPathRepeat(&p->trails, &entered, &exits[i],
                            trips ? trips : TtAssumedTrips));
}

// Every state at the top of the loop whose slots from `slot` down are not
// chosen yet: nothing known, or what is needed next. The operation comes first:
// its formats and its mask are no choice then.
static void runTops(Planner *p, int loop, const TtHardwarePath *path,
                    TtHardwareState top, int slot, TtHardwarePath **paths) {
  while (slot >= 0 && (!p->planned[slot] || top.keys[slot]))
    --slot;
  if (slot < 0) {
    runFrom(p, loop, path, &top, paths);
    top.armed = true;
    if (ttFpuOperationOf(p->kernel, top.keys[TtSlotFpu])->mask)
      runFrom(p, loop, path, &top, paths);
    return;
  }
  runTops(p, loop, path, top, slot - 1, paths);
  const TtNextKeys *next = &p->after[loop];
  for (int key = ttKeyBehind(next, (TtStateSlot)slot, 0); key;
       key = ttKeyBehind(next, (TtStateSlot)slot, key)) {
    TtHardwareState chosen = top;
    const TtFpuOperation *op =
        ttFpuOperationOf(p->kernel, slot == TtSlotFpu ? key : 0);
    chosen.keys[slot] = key;
    if (op->srcA)
      chosen.keys[TtSlotSrcA] = op->srcA;
    if (op->srcB)
      chosen.keys[TtSlotSrcB] = op->srcB;
    if (op->mask)
      chosen.keys[TtSlotMask] = op->mask;
    runTops(p, loop, path, chosen, slot - 1, paths);
  }
}

static void runTopsMasked(Planner *p, int loop, const TtHardwarePath *path,
                          int mask, TtHardwarePath **paths) {
  TtHardwareState top = {{0}, false};
  top.keys[TtSlotMask] = mask;
  runTops(p, loop, path, top, TtSlotFpu, paths);
}

static void runLoop(Planner *p, int loop, const TtHardwarePath *path,
                    TtHardwarePath **paths) {
  int mask = path->state.keys[TtSlotMask];
  runTopsMasked(p, loop, path, TtMaskOff, paths);
  if (mask != TtMaskOff)
    runTopsMasked(p, loop, path, mask, paths);
  const TtNextKeys *next = &p->after[loop];
  for (int key = ttKeyBehind(next, TtSlotMask, TtMaskOff); key;
       key = ttKeyBehind(next, TtSlotMask, key))
    runTopsMasked(p, loop, path, key + TtMaskPerhaps, paths);
}

//===- the kernel ---------------------------------------------------------===//

static void runNodes(Planner *p, int first, int last, TtHardwarePath **paths) {
  for (int node = first; node < last;
       node = ttInitNodeBehind(p->kernel, node)) {
    TtHardwarePath *next = NULL;
    for (ptrdiff_t i = 0; i < arrlen(*paths); ++i)
      if (nodeAt(p, node)->loopEnd)
        runLoop(p, node, &(*paths)[i], &next);
      else
        runCall(p, node, &(*paths)[i], &next);
    arrfree(*paths);
    *paths = next;
  }
}

static void planSlots(Planner *p, TtInitAction **actions) {
  int numNodes = p->kernel->numNodes;
  ttFindNextKeys(p->kernel, p->planned, p->after);
  TtHardwarePath *paths = NULL, start = {{{0}, false}, 0, NULL};
  for (int slot = 0; slot < TtNumSlots; ++slot)
    if (p->planned[slot])
      start.state.keys[slot] = p->kernel->entry[slot];
  start.state.keys[TtSlotMask] = TtMaskOff;
  arrput(paths, start);
  runNodes(p, 0, numNodes, &paths);
  TtHardwareState done = {{0}, false};
  done.keys[TtSlotMask] = TtMaskOff;
  TtHardwarePath best = {{{0}, false}, INT64_MAX, NULL};
  for (ptrdiff_t i = 0; i < arrlen(paths); ++i) {
    TtHardwareMove move;
    if (ttMoveTo(p->kernel, &paths[i].state, &done, true, &move) >=
        TtMoveInfeasible)
      continue;
    TtHardwarePath exit =
        ttPathFollow(&p->trails, &paths[i], &move, numNodes, true);
    if (exit.cost < best.cost)
      best = exit;
  }
  ttPathActions(&best, actions);
  arrfree(paths);
  for (ptrdiff_t i = 0; i < arrlen(p->trips); ++i)
    arrfree(p->trips[i].exits);
  arrfree(p->trips);
  ttTrailsDestroy(&p->trails);
}

TtInitAction *ttPlanInits(const TtInitKernel *kernel, int *numActions) {
  bool fragile = false;
  for (int i = 0; i < kernel->numOperations; ++i)
    fragile = fragile || kernel->operations[i].fragile;
  // Slots that nothing couples are planned by themselves.
  bool groups[][TtNumSlots] = {{[TtSlotPack] = true},
                               {[TtSlotSfpu] = !fragile},
                               {[TtSlotSrcA] = true,
                                [TtSlotSrcB] = true,
                                [TtSlotSfpu] = fragile,
                                [TtSlotFpu] = true,
                                [TtSlotMask] = true}};
  TtInitAction *list = NULL;
  TtNextKeys *after = calloc((size_t)kernel->numNodes + 1, sizeof *after);
  for (size_t group = 0; group < sizeof groups / sizeof *groups; ++group) {
    Planner p = {.kernel = kernel, .after = after};
    memcpy(p.planned, groups[group], sizeof p.planned);
    planSlots(&p, &list);
  }
  free(after);
  *numActions = (int)arrlen(list);
  TtInitAction *actions = malloc(((size_t)*numActions + 1) * sizeof *actions);
  if (*numActions)
    memcpy(actions, list, (size_t)*numActions * sizeof *actions);
  arrfree(list);
  return actions;
}
