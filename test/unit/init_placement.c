// The placement of inits, reconfigs and uninits, on random kernels and on those
// that are recorded from the pipeline (record_calls.py).
//
// Each placement is executed, with every choice of trip counts of its loops
// from 0 to 2, on the state machine of the hardware; leaving out any one action
// must break it; and it must cost what the best of all placements costs, which
// a search over all states at all places finds.
//
// RUN: %unit/init_placement

#include "plan/init_placement.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MaxNodes = 400, MaxOperations = 16, Infinite = 1 << 28, Perhaps = 64 };

typedef struct {
  TtInitKernel plan;
  TtInitNode nodes[MaxNodes];
  TtFpuOperation operations[MaxOperations];
  int numLoops;
  TtInitAction *actions;
  int numActions;
} Kernel;

static void planKernel(Kernel *k) {
  k->plan.nodes = k->nodes;
  k->plan.operations = k->operations;
  k->actions = ttPlanInits(&k->plan, &k->numActions);
}

//===- random kernels -----------------------------------------------------===//

static uint64_t seed;

static int randomBelow(int bound) {
  seed = seed * 6364136223846793005u + 1442695040888963407u;
  return (int)((seed >> 33) % (uint64_t)bound);
}

// A matmul, a copy, a broadcast copy and two reductions, on random formats.
enum { Matmul, Copy, Bcast, Rows, Columns, NumOperations };

static void randomOperations(Kernel *k) {
  k->plan.numOperations = NumOperations;
  for (int i = 0; i < NumOperations; ++i) {
    TtFpuOperation *op = &k->operations[i];
    *op = (TtFpuOperation){1 + randomBelow(2), 1 + randomBelow(2), 0,
                           i == Matmul, i == Bcast};
    if (i == Copy)
      op->srcB = TtKeyNone;
    if (i == Bcast)
      op->srcA = TtKeyNone;
    if (i >= Rows)
      op->mask = TtMaskOff + 1 + i - Rows;
  }
}

static TtInitNode *addNode(Kernel *k) {
  TtInitNode *node = &k->nodes[k->plan.numNodes++];
  *node = (TtInitNode){0};
  return node;
}

static void addPack(Kernel *k, int mask) {
  TtInitNode *node = addNode(k);
  node->needs[TtSlotPack] = 1 + randomBelow(2);
  node->needs[TtSlotMask] = mask;
}

// A reduction is followed by the pack of what it leaves.
static void addCall(Kernel *k) {
  switch (randomBelow(5)) {
  case 0:
    addNode(k)->needs[TtSlotSfpu] = 1 + randomBelow(2);
    break;
  case 1:
    addPack(k, TtMaskOff);
    break;
  case 2: {
    int operation = Rows + randomBelow(2);
    addNode(k)->needs[TtSlotFpu] = 1 + operation;
    if (randomBelow(2))
      addNode(k)->needs[TtSlotFpu] = 1 + randomBelow(Rows);
    addPack(k, k->operations[operation].mask);
    break;
  }
  default:
    addNode(k)->needs[TtSlotFpu] = 1 + randomBelow(Rows);
  }
}

static void addBody(Kernel *k, int length, int depth) {
  for (int i = 0; i < length; ++i) {
    if (k->numLoops == 3 || depth == 2 || randomBelow(3) != 0) {
      addCall(k);
      continue;
    }
    int index = k->plan.numNodes;
    addNode(k)->trips = randomBelow(4);
    ++k->numLoops;
    addBody(k, 1 + randomBelow(3), depth + 1);
    k->nodes[index].loopEnd = k->plan.numNodes;
  }
}

static void randomKernel(Kernel *k, int length) {
  memset(k, 0, sizeof *k);
  randomOperations(k);
  addBody(k, length, 0);
  if (randomBelow(2))
    for (int slot = 0; slot <= TtSlotPack; ++slot)
      k->plan.entry[slot] = 1 + randomBelow(2);
  planKernel(k);
}

//===- the hardware -------------------------------------------------------===//

typedef struct {
  const Kernel *kernel;
  int skip; // an action left out, or -1
  int trips[MaxNodes];
  int slots[TtNumSlots];
  bool wrong;
} Run;

static const TtFpuOperation *operation(const Kernel *k, int key) {
  static const TtFpuOperation none;
  return key ? &k->operations[key - 1] : &none;
}

static void require(Run *run, bool condition) {
  run->wrong = run->wrong || !condition;
}

static void initialize(Run *run, int key) {
  const TtFpuOperation *op = operation(run->kernel, key);
  int *mask = &run->slots[TtSlotMask];
  require(run, !operation(run->kernel, run->slots[TtSlotFpu])->ends);
  require(run, !op->srcA || run->slots[TtSlotSrcA] == op->srcA);
  require(run, !op->srcB || run->slots[TtSlotSrcB] == op->srcB);
  require(run, !op->mask || *mask == TtMaskOff || *mask == op->mask);
  run->slots[TtSlotFpu] = key;
  if (op->mask)
    *mask = op->mask;
}

static void execute(Run *run, const TtInitAction *action) {
  const TtFpuOperation *op = operation(run->kernel, run->slots[TtSlotFpu]);
  bool source = action->slot == TtSlotSrcA || action->slot == TtSlotSrcB;
  if (action->uninit) {
    require(run, run->slots[action->slot] == action->key);
    require(run,
            action->slot == TtSlotMask ? action->key != TtMaskOff : op->ends);
    if (action->slot == TtSlotFpu || op->mask)
      run->slots[TtSlotFpu] = TtKeyNone;
    if (action->slot == TtSlotMask)
      run->slots[TtSlotMask] = TtMaskOff;
    return;
  }
  if (action->slot == TtSlotFpu) {
    initialize(run, action->key);
    return;
  }
  require(run, !source || !op->ends);
  if (source || (action->slot == TtSlotSfpu && op->fragile))
    run->slots[TtSlotFpu] = TtKeyNone;
  run->slots[action->slot] = action->key;
}

static void executeAt(Run *run, int place, bool atEnd) {
  for (int i = 0; i < run->kernel->numActions; ++i) {
    const TtInitAction *action = &run->kernel->actions[i];
    if (action->place == place && action->atEnd == atEnd && i != run->skip)
      execute(run, action);
  }
}

static void runCall(Run *run, const TtInitNode *node) {
  const TtFpuOperation *op = operation(run->kernel, node->needs[TtSlotFpu]);
  for (int slot = 0; slot < TtNumSlots; ++slot)
    require(run, !node->needs[slot] || run->slots[slot] == node->needs[slot]);
  require(run, !op->srcA || run->slots[TtSlotSrcA] == op->srcA);
  require(run, !op->srcB || run->slots[TtSlotSrcB] == op->srcB);
}

static void runNodes(Run *run, int first, int end) {
  for (int n = first; n < end; ++n) {
    const TtInitNode *node = &run->kernel->nodes[n];
    executeAt(run, n, false);
    if (!node->loopEnd) {
      runCall(run, node);
      continue;
    }
    for (int trip = 0; trip < run->trips[n]; ++trip) {
      runNodes(run, n + 1, node->loopEnd);
      executeAt(run, n, true);
    }
    n = node->loopEnd - 1;
  }
}

// Whether every choice of trip counts finds what it needs; loops that are known
// to run do so once or twice.
static bool alwaysRight(const Kernel *k, int skip) {
  int combinations = 1, numNodes = k->plan.numNodes;
  for (int i = 0; i < k->numLoops; ++i)
    combinations *= 3;
  for (int c = 0; c < combinations; ++c) {
    Run run = {.kernel = k, .skip = skip};
    int rest = c;
    for (int n = 0; n < numNodes; ++n)
      if (k->nodes[n].loopEnd) {
        run.trips[n] = rest % 3;
        if (k->nodes[n].trips && run.trips[n] == 0)
          run.trips[n] = 2;
        rest /= 3;
      }
    memcpy(run.slots, k->plan.entry, sizeof run.slots);
    run.slots[TtSlotMask] = TtMaskOff;
    runNodes(&run, 0, numNodes);
    executeAt(&run, numNodes, true);
    require(&run, run.slots[TtSlotMask] == TtMaskOff);
    require(&run, !operation(k, run.slots[TtSlotFpu])->ends);
    if (run.wrong)
      return false;
  }
  return true;
}

//===- the best of all placements -----------------------------------------===//

// All states of the slots in a group, and the fewest actions from each to each.
// A reduction that is initialised and has not run yet is `armed`: nothing but
// its call may make use of that init. In the Mask slot, Perhaps + a mask is
// that one or none.
typedef struct {
  int keys[TtNumSlots];
  int armed;
} SearchState;

// One trip of a loop, from state to state.
typedef struct {
  int top, state, cost;
} End;

typedef struct {
  End *list;
  int count, capacity;
} EndList;

typedef struct {
  const Kernel *kernel;
  const bool *group;
  SearchState *states;
  int numStates;
  int *all;      // numbers of the states
  int *distance; // numStates x numStates
  EndList *ends; // of each loop; none before it is searched
} Search;

static bool possible(const Search *s, const SearchState *x) {
  const TtFpuOperation *op = operation(s->kernel, x->keys[TtSlotFpu]);
  return (!op->srcA || x->keys[TtSlotSrcA] == op->srcA) &&
         (!op->srcB || x->keys[TtSlotSrcB] == op->srcB) &&
         (!op->mask || x->keys[TtSlotMask] == op->mask) &&
         (!x->armed || op->mask);
}

// The number of keys of a slot.
static int keysOf(const Kernel *k, int slot) {
  int most = slot == TtSlotFpu ? k->plan.numOperations : k->plan.entry[slot];
  for (int i = 0; i < k->plan.numOperations; ++i) {
    const TtFpuOperation *op = &k->operations[i];
    int key = slot == TtSlotSrcA   ? op->srcA
              : slot == TtSlotSrcB ? op->srcB
              : slot == TtSlotMask ? op->mask
                                   : 0;
    most = key > most ? key : most;
  }
  for (int n = 0; n < k->plan.numNodes; ++n)
    if (k->nodes[n].needs[slot] > most)
      most = k->nodes[n].needs[slot];
  return most;
}

static void addStates(Search *s, SearchState x, int slot) {
  if (slot == TtNumSlots) {
    if (possible(s, &x))
      s->states[s->numStates++] = x;
    return;
  }
  bool in = s->group[slot];
  int first = slot == TtSlotMask ? TtMaskOff : 0;
  int last = in ? keysOf(s->kernel, slot) : first;
  for (x.keys[slot] = first; x.keys[slot] <= last; ++x.keys[slot])
    addStates(s, x, slot + 1);
  for (int mask = TtMaskOff + 1; slot == TtSlotMask && mask <= last; ++mask) {
    x.keys[slot] = Perhaps + mask;
    addStates(s, x, slot + 1);
  }
}

static int find(const Search *s, const SearchState *state) {
  for (int i = 0; i < s->numStates; ++i)
    if (memcmp(&s->states[i], state, sizeof *state) == 0)
      return i;
  return -1;
}

static void addStep(Search *s, int from, SearchState to, int cost) {
  int index = find(s, &to);
  int *distance = &s->distance[from * s->numStates + index];
  if (index >= 0 && cost < *distance)
    *distance = cost;
}

// `x` with `key` in `slot`: by programming it, or known no more.
static void addChange(Search *s, int from, int slot, int key) {
  SearchState x = s->states[from];
  const TtFpuOperation *op = operation(s->kernel, x.keys[TtSlotFpu]);
  bool source = slot == TtSlotSrcA || slot == TtSlotSrcB;
  x.keys[slot] = key;
  if (key == TtKeyNone) {
    addStep(s, from, x, 0);
    return;
  }
  if (source && (op->ends || x.armed))
    return;
  if (source || (slot == TtSlotSfpu && op->fragile))
    x.keys[TtSlotFpu] = TtKeyNone;
  addStep(s, from, x, 1);
}

static void addInits(Search *s, int from) {
  SearchState x = s->states[from];
  const TtFpuOperation *has = operation(s->kernel, x.keys[TtSlotFpu]);
  if (!x.armed && !has->ends)
    for (int key = 0; key <= s->kernel->plan.numOperations; ++key) {
      const TtFpuOperation *op = operation(s->kernel, key);
      SearchState y = x;
      y.keys[TtSlotFpu] = key;
      if (op->mask && x.keys[TtSlotMask] != TtMaskOff &&
          x.keys[TtSlotMask] % Perhaps != op->mask)
        continue;
      if (op->mask)
        y.keys[TtSlotMask] = op->mask;
      y.armed = op->mask != 0;
      addStep(s, from, y, key != 0);
    }
  if (has->ends) {
    x.keys[TtSlotFpu] = TtKeyNone;
    addStep(s, from, x, 1);
  }
  x = s->states[from];
  if (!x.armed && x.keys[TtSlotMask] < Perhaps) {
    for (int mask = TtMaskOff + 1; mask <= keysOf(s->kernel, TtSlotMask);
         ++mask)
      if (x.keys[TtSlotMask] == TtMaskOff || x.keys[TtSlotMask] == mask) {
        SearchState less = x;
        less.keys[TtSlotMask] = Perhaps + mask;
        if (has->mask)
          less.keys[TtSlotFpu] = TtKeyNone;
        addStep(s, from, less, 0);
      }
  }
  if (!x.armed && x.keys[TtSlotMask] != TtMaskOff &&
      x.keys[TtSlotMask] < Perhaps) {
    x.keys[TtSlotMask] = TtMaskOff;
    if (has->mask)
      x.keys[TtSlotFpu] = TtKeyNone;
    addStep(s, from, x, 1);
  }
}

static void measure(Search *s) {
  int n = s->numStates;
  s->distance = malloc(sizeof(int) * (size_t)(n * n));
  for (int i = 0; i < n * n; ++i)
    s->distance[i] = i % (n + 1) == 0 ? 0 : Infinite;
  for (int x = 0; x < n; ++x) {
    for (int slot = 0; slot <= TtSlotSfpu; ++slot)
      for (int key = 0; s->group[slot] && key <= keysOf(s->kernel, slot); ++key)
        addChange(s, x, slot, key);
    if (s->group[TtSlotFpu])
      addInits(s, x);
    SearchState less = s->states[x];
    less.armed = true; // may be made less use of
    if (operation(s->kernel, less.keys[TtSlotFpu])->mask)
      addStep(s, x, less, 0);
  }
  for (int via = 0; via < n; ++via)
    for (int x = 0; x < n; ++x) {
      int first = s->distance[x * n + via];
      for (int y = 0; first < Infinite && y < n; ++y) {
        int length = first + s->distance[via * n + y];
        if (length < s->distance[x * n + y])
          s->distance[x * n + y] = length;
      }
    }
}

static bool satisfies(const Search *s, const SearchState *x,
                      const TtInitNode *node) {
  for (int slot = 0; slot < TtNumSlots; ++slot)
    if (s->group[slot] && node->needs[slot] &&
        x->keys[slot] != node->needs[slot])
      return false;
  return !(x->armed && s->group[TtSlotMask] && node->needs[TtSlotMask]);
}

static void searchNodes(Search *s, int first, int end, int *costs);

// From the finite costs of `from` to the states in `list`.
static void relax(const Search *s, const int *from, const int *list, int count,
                  int *to) {
  for (int i = 0; i < count; ++i)
    to[list[i]] = Infinite;
  for (int x = 0; x < s->numStates; ++x)
    for (int i = 0; from[x] < Infinite && i < count; ++i) {
      int cost = from[x] + s->distance[x * s->numStates + list[i]];
      if (cost < to[list[i]])
        to[list[i]] = cost;
    }
}

static void addEnd(EndList *ends, End end) {
  if (end.cost >= Infinite)
    return;
  if (ends->count == ends->capacity) {
    ends->capacity = 2 * ends->capacity + 16;
    ends->list = realloc(ends->list, sizeof end * (size_t)ends->capacity);
  }
  ends->list[ends->count++] = end;
}

// The ends of one trip from `top` at which the next can start; `costs` is of
// the ends of the body.
static void addEnds(Search *s, int loop, int top, const int *costs) {
  int n = s->numStates, count = 0;
  int *list = malloc(sizeof(int) * (size_t)n * 2), *ended = list + n;
  for (int x = 0; x < n; ++x)
    if (s->distance[x * n + top] == 0)
      list[count++] = x;
  relax(s, costs, list, count, ended);
  // If it may run no trip what holds at the top is all that is known behind;
  // but that a trip has run counts.
  SearchState same = s->states[top];
  same.armed = false;
  End exit = {top, find(s, &same), Infinite};
  for (int i = 0; i < count; ++i) {
    End each = {top, list[i], ended[list[i]]};
    if (s->kernel->nodes[loop].trips)
      addEnd(&s->ends[loop], each);
    else if (each.cost < exit.cost)
      exit.cost = each.cost;
  }
  addEnd(&s->ends[loop], exit);
  free(list);
}

static bool matters(const Search *s, int loop) {
  for (int n = loop + 1; n < s->kernel->nodes[loop].loopEnd; ++n)
    for (int slot = 0; slot < TtNumSlots; ++slot)
      if (s->group[slot] && s->kernel->nodes[n].needs[slot])
        return true;
  return false;
}

static void searchTrips(Search *s, int loop) {
  int n = s->numStates;
  int *costs = malloc(sizeof(int) * (size_t)n);
  for (int top = 0; top < n; ++top) {
    for (int x = 0; x < n; ++x)
      costs[x] = x == top ? 0 : Infinite;
    searchNodes(s, loop + 1, s->kernel->nodes[loop].loopEnd, costs);
    addEnds(s, loop, top, costs);
  }
  free(costs);
}

static void searchLoop(Search *s, int loop, int *costs) {
  int n = s->numStates, trips = s->kernel->nodes[loop].trips;
  if (!matters(s, loop))
    return;
  if (!s->ends[loop].count)
    searchTrips(s, loop);
  int *entered = malloc(sizeof(int) * (size_t)n * 2);
  relax(s, costs, s->all, n, entered);
  for (int x = 0; x < n; ++x)
    costs[x] = Infinite;
  for (int i = 0; i < s->ends[loop].count; ++i) {
    const End *end = &s->ends[loop].list[i];
    int cost = entered[end->top] + end->cost * (trips ? trips : TtAssumedTrips);
    if (entered[end->top] < Infinite && cost < costs[end->state])
      costs[end->state] = cost;
  }
  free(entered);
}

// A reduction that runs is armed no more.
static void searchCall(Search *s, int node, int *costs) {
  int n = s->numStates, count = 0;
  const TtInitNode *at = &s->kernel->nodes[node];
  int *list = malloc(sizeof(int) * (size_t)n * 2), *next = list + n;
  for (int y = 0; y < n; ++y)
    if (satisfies(s, &s->states[y], at))
      list[count++] = y;
  relax(s, costs, list, count, next);
  for (int x = 0; x < n; ++x)
    costs[x] = Infinite;
  for (int i = 0; i < count; ++i) {
    SearchState after = s->states[list[i]];
    if (s->group[TtSlotFpu] && at->needs[TtSlotFpu])
      after.armed = false;
    int to = find(s, &after);
    if (next[list[i]] < costs[to])
      costs[to] = next[list[i]];
  }
  free(list);
}

static void searchNodes(Search *s, int first, int end, int *costs) {
  for (int node = first; node < end; ++node) {
    if (!s->kernel->nodes[node].loopEnd) {
      searchCall(s, node, costs);
      continue;
    }
    searchLoop(s, node, costs);
    node = s->kernel->nodes[node].loopEnd - 1;
  }
}

// The fewest executions of actions on the slots of the group.
static int searchGroup(const Kernel *k, const bool *group) {
  Search s = {.kernel = k, .group = group};
  s.states = calloc(1 << 16, sizeof *s.states);
  SearchState none;
  memset(&none, 0, sizeof none);
  addStates(&s, none, 0);
  int unarmed = s.numStates;
  for (int i = 0; i < unarmed; ++i)
    if (operation(k, s.states[i].keys[TtSlotFpu])->mask) {
      s.states[s.numStates] = s.states[i];
      s.states[s.numStates++].armed = true;
    }
  measure(&s);
  s.ends = calloc((size_t)k->plan.numNodes + 1, sizeof *s.ends);
  s.all = malloc(sizeof(int) * (size_t)s.numStates);
  for (int x = 0; x < s.numStates; ++x)
    s.all[x] = x;
  int *costs = malloc(sizeof(int) * (size_t)s.numStates * 2), best = Infinite;
  for (int x = 0; x < s.numStates; ++x) {
    bool entry = !s.states[x].armed;
    for (int slot = 0; slot < TtSlotMask; ++slot)
      entry = entry &&
              s.states[x].keys[slot] == (group[slot] ? k->plan.entry[slot] : 0);
    entry = entry && s.states[x].keys[TtSlotMask] == TtMaskOff;
    costs[x] = entry ? 0 : Infinite;
  }
  searchNodes(&s, 0, k->plan.numNodes, costs);
  relax(&s, costs, s.all, s.numStates, costs + s.numStates);
  for (int x = 0; x < s.numStates; ++x)
    if (!operation(k, s.states[x].keys[TtSlotFpu])->ends &&
        s.states[x].keys[TtSlotMask] == TtMaskOff &&
        costs[s.numStates + x] < best)
      best = costs[s.numStates + x];
  for (int i = 0; i < k->plan.numNodes; ++i)
    free(s.ends[i].list);
  free(s.ends);
  free(s.all);
  free(s.distance);
  free(s.states);
  free(costs);
  return best;
}

// Slots that no rule couples are searched by themselves.
static int searchKernel(const Kernel *k) {
  bool fragile = false;
  for (int i = 0; i < k->plan.numOperations; ++i)
    fragile = fragile || k->operations[i].fragile;
  bool pack[TtNumSlots] = {[TtSlotPack] = true};
  bool sfpu[TtNumSlots] = {[TtSlotSfpu] = true};
  bool fpu[TtNumSlots] = {[TtSlotSrcA] = true,
                          [TtSlotSrcB] = true,
                          [TtSlotSfpu] = fragile,
                          [TtSlotFpu] = true,
                          [TtSlotMask] = true};
  return searchGroup(k, pack) + searchGroup(k, fpu) +
         (fragile ? 0 : searchGroup(k, sfpu));
}

// Executions of the planned actions, loops at the trips they are planned for.
static int costOf(const Kernel *k) {
  int cost = 0;
  for (int i = 0; i < k->numActions; ++i) {
    const TtInitAction *action = &k->actions[i];
    int weight = 1;
    for (int n = 0; n < k->plan.numNodes; ++n) {
      bool around = n < action->place && k->nodes[n].loopEnd > action->place;
      if (around || (action->atEnd && n == action->place))
        weight *= k->nodes[n].trips ? k->nodes[n].trips : TtAssumedTrips;
    }
    cost += weight;
  }
  return cost;
}

//===- properties ---------------------------------------------------------===//

static void everyCallFindsItsState(void **unused) {
  (void)unused;
  for (int round = 0; round < 20000; ++round) {
    Kernel k;
    randomKernel(&k, 1 + randomBelow(8));
    assert_true(alwaysRight(&k, -1));
    free(k.actions);
  }
}

static void nothingCanBeLeftOut(void **unused) {
  (void)unused;
  for (int round = 0; round < 5000; ++round) {
    Kernel k;
    randomKernel(&k, 1 + randomBelow(6));
    for (int i = 0; i < k.numActions; ++i)
      assert_false(alwaysRight(&k, i));
    free(k.actions);
  }
}

static void noPlacementIsBetter(void **unused) {
  (void)unused;
  for (int round = 0; round < 60; ++round) {
    Kernel k;
    randomKernel(&k, 1 + randomBelow(5));
    assert_int_equal(costOf(&k), searchKernel(&k));
    free(k.actions);
  }
}

// SFPU first, then matmul, both in front of the loop.
static void sfpuComesBeforeMatmul(void **unused) {
  (void)unused;
  Kernel k = {
      .plan = {3, NULL, 1, NULL, {1, 1}},
      .nodes = {{3, 0, {0}},
                {.needs = {[TtSlotFpu] = 1}},
                {.needs = {[TtSlotSfpu] = 1}}},
      .operations = {{1, 1, TtKeyNone, true, false}},
  };
  planKernel(&k);
  assert_int_equal(k.numActions, 2);
  for (int i = 0; i < 2; ++i) {
    assert_int_equal(k.actions[i].slot, i ? TtSlotFpu : TtSlotSfpu);
    assert_int_equal(k.actions[i].place, 0);
    assert_false(k.actions[i].atEnd);
  }
  free(k.actions);
}

// A whole tile packed in front of a reduced one: the mask is set again.
static void theMaskComesBack(void **unused) {
  (void)unused;
  Kernel k = {
      .plan = {4, NULL, 1, NULL, {1, 1, 1}},
      .nodes = {{.needs = {[TtSlotFpu] = 1}},
                {.needs = {[TtSlotPack] = 1, [TtSlotMask] = TtMaskOff}},
                {.needs = {[TtSlotPack] = 1, [TtSlotMask] = 2}},
                {.needs = {[TtSlotPack] = 1, [TtSlotMask] = TtMaskOff}}},
      .operations = {{1, 1, 2, false, false}},
  };
  planKernel(&k);
  assert_true(alwaysRight(&k, -1));
  assert_int_equal(k.numActions, 4);
  free(k.actions);
}

//===- recorded kernels ---------------------------------------------------===//

static int number(FILE *file) {
  int value;
  assert_int_equal(fscanf(file, "%d", &value), 1);
  return value;
}

static void readNodes(FILE *file, Kernel *k, int *actions, int weight) {
  char word[16];
  while (fscanf(file, "%15s", word) == 1 && strcmp(word, "end") != 0) {
    if (strcmp(word, "action") == 0) {
      *actions += weight;
      continue;
    }
    int index = k->plan.numNodes;
    assert_true(index < MaxNodes);
    TtInitNode *node = addNode(k);
    if (strcmp(word, "loop") == 0) {
      int trips = node->trips = number(file);
      readNodes(file, k, actions, weight * (trips ? trips : TtAssumedTrips));
      k->nodes[index].loopEnd = k->plan.numNodes;
      continue;
    }
    assert_string_equal(word, "call");
    for (int slot = 0; slot < TtNumSlots; ++slot)
      node->needs[slot] = number(file);
  }
}

static const char *recorded;

// What the pass has put into the kernel costs what the best placement costs.
static void recordedKernelsAreBest(void **unused) {
  (void)unused;
  FILE *file = fopen(recorded, "r");
  assert_non_null(file);
  int kernels = 0;
  for (char word[16]; fscanf(file, "%15s", word) == 1; ++kernels) {
    Kernel k;
    memset(&k, 0, sizeof k);
    assert_string_equal(word, "kernel");
    for (int slot = 0; slot <= TtSlotPack; ++slot)
      k.plan.entry[slot] = number(file);
    k.plan.numOperations = number(file);
    assert_true(k.plan.numOperations <= MaxOperations);
    for (int i = 0; i < k.plan.numOperations; ++i) {
      TtFpuOperation *op = &k.operations[i];
      op->srcA = number(file);
      op->srcB = number(file);
      op->mask = number(file);
      op->fragile = number(file);
      op->ends = number(file);
    }
    int actions = 0;
    readNodes(file, &k, &actions, 1);
    assert_int_equal(actions, searchKernel(&k));
  }
  fclose(file);
  assert_true(kernels > 0);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(everyCallFindsItsState),
      cmocka_unit_test(nothingCanBeLeftOut),
      cmocka_unit_test(noPlacementIsBetter),
      cmocka_unit_test(sfpuComesBeforeMatmul),
      cmocka_unit_test(theMaskComesBack),
  };
  const struct CMUnitTest ofFile[] = {
      cmocka_unit_test(recordedKernelsAreBest),
  };
  if (argc < 2)
    return cmocka_run_group_tests(tests, NULL, NULL);
  recorded = argv[1];
  return cmocka_run_group_tests(ofFile, NULL, NULL);
}
