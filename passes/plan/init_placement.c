//===- init_placement.c - where the hardware state is programmed
//-----------===//
//
// A walk over the kernel with the set of states that are worth being in, each
// with the cheapest way to it. A state that another could be turned into at no
// more cost is dropped, which leaves few: programming can be put off except
// where it would spoil an operation later that it does not spoil now, or where
// it would be put off into a loop. Those two are the choices: the slots that a
// new operation leaves free, and the state at the top of a loop. Both are drawn
// from the keys that some path needs next; other keys are never used.
//
//===----------------------------------------------------------------------===//

#include "init_placement.h"
#include "hardware_state.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "stb_ds.h"

// How a state was come by: the last action, or the last loop with what is done
// in each of its trips; and what came before.
typedef struct Trail {
  const struct Trail *before;
  const struct Trail *body;
  TtInitAction action; // if there is no body
} Trail;

typedef struct {
  TtHardwareState state;
  int64_t cost;
  const Trail *trail;
} Path;

// Keys that some path needs next, one bit each. Keys above 63 are left out:
// such kernels are placed right, but perhaps not best.
typedef struct {
  uint64_t keys[TtNumSlots];
} Next;

// The paths through one trip of a loop that begins in `top`.
typedef struct {
  int loop;
  TtHardwareState top;
  Path *exits; // stb_ds array
} Trip;

typedef struct {
  const TtInitKernel *kernel;
  bool planned[TtNumSlots]; // the others are left alone
  Next *after;              // behind each call; at the top of each loop
  Trip *trips;              // stb_ds array
  Trail **arena;            // stb_ds array
} Planner;

static const TtInitNode *nodeAt(const Planner *p, int node) {
  return &p->kernel->nodes[node];
}

static int behind(const Planner *p, int node) {
  return nodeAt(p, node)->loopEnd ? nodeAt(p, node)->loopEnd : node + 1;
}

// A call's needs in the planned slots, the formats of its operation among them.
static TtHardwareState needsOf(const Planner *p, int node) {
  TtHardwareState needs = {{0}, false};
  for (int slot = 0; slot < TtNumSlots; ++slot)
    if (p->planned[slot])
      needs.keys[slot] = nodeAt(p, node)->needs[slot];
  const TtFpuOperation *op = ttFpuOperationOf(p->kernel, needs.keys[TtSlotFpu]);
  if (op->srcA)
    needs.keys[TtSlotSrcA] = op->srcA;
  if (op->srcB)
    needs.keys[TtSlotSrcB] = op->srcB;
  return needs;
}

//===- what is needed next ------------------------------------------------===//

static Next either(Next a, Next b) {
  for (int slot = 0; slot < TtNumSlots; ++slot)
    a.keys[slot] |= b.keys[slot];
  return a;
}

static Next nextFrom(Planner *p, int first, int last, Next rest) {
  if (first == last)
    return rest;
  Next next = nextFrom(p, behind(p, first), last, rest);
  const TtInitNode *node = nodeAt(p, first);
  if (node->loopEnd) {
    // Behind the last call of the body comes the first, or what is behind.
    Next top = nextFrom(p, first + 1, node->loopEnd, next);
    top = nextFrom(p, first + 1, node->loopEnd, either(top, next));
    p->after[first] = node->trips ? top : either(top, next);
    return p->after[first];
  }
  p->after[first] = either(p->after[first], next);
  TtHardwareState needs = needsOf(p, first);
  if (ttFpuOperationOf(p->kernel, needs.keys[TtSlotFpu])->mask)
    needs.keys[TtSlotMask] =
        ttFpuOperationOf(p->kernel, needs.keys[TtSlotFpu])->mask;
  for (int slot = 0; slot < TtNumSlots; ++slot)
    if (needs.keys[slot])
      next.keys[slot] =
          needs.keys[slot] < 64 ? UINT64_C(1) << needs.keys[slot] : 0;
  return next;
}

// The key in `next` behind `key`, or TtKeyNone behind the last.
static int keyBehind(const Next *next, TtStateSlot slot, int key) {
  for (++key; key < 64; ++key)
    if (next->keys[slot] >> key & 1)
      return key;
  return TtKeyNone;
}

//===- paths --------------------------------------------------------------===//

static const Trail *addTrail(Planner *p, Trail entry) {
  Trail *trail = malloc(sizeof *trail);
  *trail = entry;
  arrput(p->arena, trail);
  return trail;
}

// At equal cost what is programmed for the next trip is programmed in it: at
// the end of the last trip nothing follows.
enum { Cost = 1 << 16, CostAtEnd = Cost + 1 };

static Path follow(Planner *p, const Path *path, const TtHardwareMove *move,
                   int place, bool atEnd) {
  Path next = {move->state, path->cost, path->trail};
  for (int i = 0; i < move->count; ++i) {
    Trail trail = {next.trail, NULL, move->actions[i]};
    trail.action.place = place;
    trail.action.atEnd = atEnd;
    next.cost += atEnd && !trail.action.uninit ? CostAtEnd : Cost;
    next.trail = addTrail(p, trail);
  }
  return next;
}

static bool isNoBetter(const Planner *p, const Path *path, const Path *than) {
  TtHardwareMove move;
  int count = ttMoveTo(p->kernel, &than->state, &path->state, true, &move);
  return count < TtMoveInfeasible &&
         than->cost + (int64_t)count * Cost <= path->cost;
}

static void addPath(const Planner *p, Path **paths, Path path) {
  for (ptrdiff_t i = 0; i < arrlen(*paths); ++i)
    if (isNoBetter(p, &path, &(*paths)[i]))
      return;
  for (ptrdiff_t i = arrlen(*paths) - 1; i >= 0; --i)
    if (isNoBetter(p, &(*paths)[i], &path))
      (*paths)[i] = arrpop(*paths);
  arrput(*paths, path);
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
static void addChoices(Planner *p, int node, const Path *path,
                       TtHardwareState to, int slot, Path **paths) {
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
    addPath(p, paths, follow(p, path, &move, node, false));
    return;
  }
  addChoices(p, node, path, to, slot + 1, paths);
  const Next *next = &p->after[node];
  for (int key = keyBehind(next, (TtStateSlot)slot, 0); key;
       key = keyBehind(next, (TtStateSlot)slot, key)) {
    to.keys[slot] = key;
    addChoices(p, node, path, to, slot + 1, paths);
  }
}

static void runCall(Planner *p, int node, const Path *path, Path **paths) {
  TtHardwareState to = needsOf(p, node);
  addMask(p, &path->state, &to);
  TtHardwareMove move;
  int count = ttMoveTo(p->kernel, &path->state, &to, false, &move);
  bool inits = count < TtMoveInfeasible && count > 0 &&
               move.actions[count - 1].slot == TtSlotFpu &&
               !move.actions[count - 1].uninit;
  addChoices(p, node, path, to, inits ? 0 : TtNumSlots, paths);
}

//===- loops --------------------------------------------------------------===//

static void runNodes(Planner *p, int first, int last, Path **paths);

// The ways through one trip that starts in `top` and ends so that the next can
// start there too.
static const Path *tripsFrom(Planner *p, int loop, const TtHardwareState *top) {
  for (ptrdiff_t i = 0; i < arrlen(p->trips); ++i)
    if (p->trips[i].loop == loop &&
        memcmp(&p->trips[i].top, top, sizeof *top) == 0)
      return p->trips[i].exits;
  Path *paths = NULL, start = {*top, 0, NULL};
  arrput(paths, start);
  runNodes(p, loop + 1, nodeAt(p, loop)->loopEnd, &paths);
  Trip trip = {loop, *top, NULL};
  for (ptrdiff_t i = 0; i < arrlen(paths); ++i) {
    TtHardwareMove move;
    if (ttMoveTo(p->kernel, &paths[i].state, top, true, &move) >=
        TtMoveInfeasible)
      continue;
    Path exit = follow(p, &paths[i], &move, loop, true);
    if (nodeAt(p, loop)->trips == 0) {
      exit.state = *top; // all that is known if it runs no trip
      exit.state.armed = false;
    }
    addPath(p, &trip.exits, exit);
  }
  arrfree(paths);
  arrput(p->trips, trip);
  return trip.exits;
}

static void runFrom(Planner *p, int loop, const Path *path,
                    const TtHardwareState *top, Path **paths) {
  TtHardwareMove move;
  if (ttMoveTo(p->kernel, &path->state, top, true, &move) >= TtMoveInfeasible)
    return;
  Path entered = follow(p, path, &move, loop, false);
  int trips = nodeAt(p, loop)->trips;
  const Path *exits = tripsFrom(p, loop, top);
  for (ptrdiff_t i = 0; i < arrlen(exits); ++i) {
    Trail trail = {entered.trail, exits[i].trail, {0}};
    Path behindIt = {exits[i].state,
                     entered.cost +
                         exits[i].cost * (trips ? trips : TtAssumedTrips),
                     exits[i].trail ? addTrail(p, trail) : entered.trail};
    addPath(p, paths, behindIt);
  }
}

// Every state at the top of the loop whose slots from `slot` down are not
// chosen yet: nothing known, or what is needed next. The operation comes first:
// its formats and its mask are no choice then.
static void runTops(Planner *p, int loop, const Path *path, TtHardwareState top,
                    int slot, Path **paths) {
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
  const Next *next = &p->after[loop];
  for (int key = keyBehind(next, (TtStateSlot)slot, 0); key;
       key = keyBehind(next, (TtStateSlot)slot, key)) {
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

static void runTopsMasked(Planner *p, int loop, const Path *path, int mask,
                          Path **paths) {
  TtHardwareState top = {{0}, false};
  top.keys[TtSlotMask] = mask;
  runTops(p, loop, path, top, TtSlotFpu, paths);
}

static void runLoop(Planner *p, int loop, const Path *path, Path **paths) {
  int mask = path->state.keys[TtSlotMask];
  runTopsMasked(p, loop, path, TtMaskOff, paths);
  if (mask != TtMaskOff)
    runTopsMasked(p, loop, path, mask, paths);
  const Next *next = &p->after[loop];
  for (int key = keyBehind(next, TtSlotMask, TtMaskOff); key;
       key = keyBehind(next, TtSlotMask, key))
    runTopsMasked(p, loop, path, key + TtMaskPerhaps, paths);
}

//===- the kernel ---------------------------------------------------------===//

static void runNodes(Planner *p, int first, int last, Path **paths) {
  for (int node = first; node < last; node = behind(p, node)) {
    Path *next = NULL;
    for (ptrdiff_t i = 0; i < arrlen(*paths); ++i)
      if (nodeAt(p, node)->loopEnd)
        runLoop(p, node, &(*paths)[i], &next);
      else
        runCall(p, node, &(*paths)[i], &next);
    arrfree(*paths);
    *paths = next;
  }
}

static void unroll(const Trail *trail, TtInitAction **actions) {
  if (!trail)
    return;
  unroll(trail->before, actions);
  if (trail->body)
    unroll(trail->body, actions);
  else
    arrput(*actions, trail->action);
}

static void planSlots(Planner *p, TtInitAction **actions) {
  Next none = {{0}};
  int numNodes = p->kernel->numNodes;
  memset(p->after, 0, (size_t)numNodes * sizeof *p->after);
  nextFrom(p, 0, numNodes, none);
  Path *paths = NULL, start = {{{0}, false}, 0, NULL};
  for (int slot = 0; slot < TtNumSlots; ++slot)
    if (p->planned[slot])
      start.state.keys[slot] = p->kernel->entry[slot];
  start.state.keys[TtSlotMask] = TtMaskOff;
  arrput(paths, start);
  runNodes(p, 0, numNodes, &paths);
  TtHardwareState done = {{0}, false};
  done.keys[TtSlotMask] = TtMaskOff;
  Path best = {{{0}, false}, INT64_MAX, NULL};
  for (ptrdiff_t i = 0; i < arrlen(paths); ++i) {
    TtHardwareMove move;
    if (ttMoveTo(p->kernel, &paths[i].state, &done, true, &move) >=
        TtMoveInfeasible)
      continue;
    Path exit = follow(p, &paths[i], &move, numNodes, true);
    if (exit.cost < best.cost)
      best = exit;
  }
  unroll(best.trail, actions);
  arrfree(paths);
  for (ptrdiff_t i = 0; i < arrlen(p->trips); ++i)
    arrfree(p->trips[i].exits);
  for (ptrdiff_t i = 0; i < arrlen(p->arena); ++i)
    free(p->arena[i]);
  arrfree(p->trips);
  arrfree(p->arena);
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
  Next *after = calloc((size_t)kernel->numNodes + 1, sizeof *after);
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
