// The best of all placements, by a search over all states at all places.

#include "init_kernels.h"
#include <stdlib.h>
#include <string.h>

enum { Infinite = 1 << 28, Perhaps = 64 };

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
int searchKernel(const Kernel *k) {
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

int costOf(const Kernel *k) {
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
