//===- section_split.c - order of tile ops, and sections for them ---------===//

#include "section_split.h"
#include "run_states.h"
#include "stb_ds.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

// States that are followed at a time: as many as keep large graphs well under a
// second.
enum { MaxStates = 2048, MinStates = 64, MaxStatesTimesNodes = 32768 };

typedef struct {
  const TtTileGraph *graph;
  int nodes, nodeWords, stride;
  uint64_t *needs;  // per node: the nodes whose values it takes
  uint64_t *users;  // per value: the nodes that take it
  uint64_t *here;   // sets of the state that is followed
  uint64_t *after;  // sets of the state that a move leads to
  int states;       // that are followed at a time
  int limit;        // twice the values that may be live
  int sections;     // that may be made
  TtRunMove *moves; // stb_ds array
  bool best;
} Search;

static const uint64_t *usersOf(const Search *s, int value) {
  return &s->users[value * s->nodeWords];
}

//===- moves --------------------------------------------------------------===//

// What running a node changes.
typedef struct {
  int dying; // operands in registers that nothing else needs
  int inBuffers;
  int kept; // results that something needs
  int peak;
} Change;

static bool dies(const Search *s, const uint64_t *run, int value, int node) {
  const uint64_t *users = usersOf(s, value);
  for (int w = 0; w < s->nodeWords; ++w) {
    uint64_t rest = users[w] & ~run[w];
    if (w == node / 64)
      rest &= ~(UINT64_C(1) << (node % 64));
    if (rest)
      return false;
  }
  return !s->graph->values[value].output;
}

static Change changeBy(const Search *s, const uint64_t *set, int live, int n) {
  const TtTileNode *node = &s->graph->nodes[n];
  const uint64_t *registers = set + s->nodeWords;
  Change change = {0, 0, 0, 0};
  for (ptrdiff_t i = 0; i < arrlen(node->operands); ++i) {
    int value = node->operands[i];
    if (!ttSetHas(registers, value))
      ++change.inBuffers;
    else if (dies(s, set, value, n))
      ++change.dying;
  }
  for (int r = 0; r < node->results; ++r)
    change.kept += !dies(s, set, node->firstResult + r, n);
  change.peak = ttTileNodePeak(node, live, change.dying, change.inBuffers);
  return change;
}

static void run(Search *s, TtRunLevel *next, const TtRunState *state, int n,
                const Change *change) {
  const TtTileNode *node = &s->graph->nodes[n];
  memcpy(s->after, s->here, (size_t)s->stride * sizeof *s->after);
  uint64_t *registers = s->after + s->nodeWords;
  for (ptrdiff_t i = 0; i < arrlen(node->operands); ++i)
    if (dies(s, s->here, node->operands[i], n))
      ttSetExclude(registers, node->operands[i]);
  for (int r = 0; r < node->results; ++r)
    if (!dies(s, s->here, node->firstResult + r, n))
      ttSetInclude(registers, node->firstResult + r);
  ttSetInclude(s->after, n);
  TtRunState then = *state;
  then.live += change->kept - change->dying;
  TtRunMove move = {state->move, n};
  ttRunLevelAdd(next, s->after, then, move, &s->moves);
}

// What is in registers is packed: needed values go through circular buffers.
static void endSection(Search *s, TtRunLevel *level, const TtRunState *state) {
  if (state->section + 1 == s->sections || state->live == 0)
    return;
  TtRunState then = *state;
  memcpy(s->after, s->here, (size_t)s->stride * sizeof *s->after);
  for (int v = 0; v < arrlen(s->graph->values); ++v) {
    if (!ttSetHas(s->after + s->nodeWords, v))
      continue;
    ttSetExclude(s->after + s->nodeWords, v);
    if (!s->graph->values[v].leaves &&
        !ttSetIsSubset(usersOf(s, v), s->here, s->nodeWords))
      ++then.throughBuffers;
  }
  ++then.section;
  then.live = 0;
  TtRunMove move = {state->move, TtEndOfSection};
  ttRunLevelAdd(level, s->after, then, move, &s->moves);
}

// All that may follow state `i`: the one node that costs nothing, or any other
// and the end of the section.
static void follow(Search *s, TtRunLevel *level, int i, TtRunLevel *next) {
  TtRunState state = level->states[i];
  memcpy(s->here, &level->sets[i * s->stride],
         (size_t)s->stride * sizeof *s->here);
  int *ready = NULL;
  Change *changes = NULL;
  bool costsNothing = false;
  for (int n = 0; n < s->nodes && !costsNothing; ++n) {
    if (ttSetHas(s->here, n) ||
        !ttSetIsSubset(&s->needs[n * s->nodeWords], s->here, s->nodeWords))
      continue;
    Change change = changeBy(s, s->here, state.live, n);
    if (change.peak > s->limit)
      continue;
    costsNothing = change.dying > 0 && change.kept <= change.dying;
    if (costsNothing)
      run(s, next, &state, n, &change);
    arrput(ready, n);
    arrput(changes, change);
  }
  for (ptrdiff_t r = 0; r < arrlen(ready) && !costsNothing; ++r)
    run(s, next, &state, ready[r], &changes[r]);
  if (!costsNothing)
    endSection(s, level, &state);
  arrfree(ready);
  arrfree(changes);
}

//===- search -------------------------------------------------------------===//

// The last move of the best way to run all nodes within `limit` and `sections`,
// or TtNoMove.
static int search(Search *s, int limit, int sections) {
  s->limit = limit;
  s->sections = sections;
  s->best = true;
  arrsetlen(s->moves, 0);
  memset(s->here, 0, (size_t)s->stride * sizeof *s->here);
  TtRunLevel level = {.stride = s->stride};
  TtRunState start = {TtNoMove, 0, 0, 0};
  TtRunMove none = {TtNoMove, TtEndOfSection};
  ttRunLevelAdd(&level, s->here, start, none, &s->moves);
  for (int run = 0; run < s->nodes; ++run) {
    TtRunLevel next = {.stride = s->stride};
    if (ttRunLevelDrop(&level, s->states))
      s->best = false;
    for (int i = 0; i < arrlen(level.states); ++i)
      follow(s, &level, i, &next);
    ttRunLevelDestroy(&level);
    level = next;
  }
  int last = TtNoMove, fewest = 0;
  for (ptrdiff_t i = 0; i < arrlen(level.states); ++i)
    if (last == TtNoMove || level.states[i].throughBuffers < fewest) {
      last = level.states[i].move;
      fewest = level.states[i].throughBuffers;
    }
  ttRunLevelDestroy(&level);
  return last;
}

static Search prepare(const TtTileGraph *graph) {
  Search s = {.graph = graph, .nodes = (int)arrlen(graph->nodes)};
  int values = (int)arrlen(graph->values);
  s.states = MaxStatesTimesNodes / (s.nodes + 1);
  s.states = s.states > MaxStates ? MaxStates : s.states;
  s.states = s.states < MinStates ? MinStates : s.states;
  s.nodeWords = s.nodes / 64 + 1;
  s.stride = s.nodeWords + values / 64 + 1;
  size_t words = (size_t)s.nodeWords;
  s.needs = calloc((size_t)s.nodes * words, sizeof *s.needs);
  s.users = calloc(((size_t)values + 1) * words, sizeof *s.users);
  s.here = calloc((size_t)s.stride, sizeof *s.here);
  s.after = calloc((size_t)s.stride, sizeof *s.after);
  for (int n = 0; n < s.nodes; ++n)
    for (ptrdiff_t i = 0; i < arrlen(graph->nodes[n].operands); ++i) {
      int value = graph->nodes[n].operands[i];
      ttSetInclude(&s.needs[n * s.nodeWords], graph->values[value].node);
      ttSetInclude(&s.users[value * s.nodeWords], n);
    }
  return s;
}

static void release(Search *s) {
  free(s->needs);
  free(s->users);
  free(s->here);
  free(s->after);
  arrfree(s->moves);
}

//===- result -------------------------------------------------------------===//

static void inOrder(const TtTileGraph *graph, TtSectionSplit *split) {
  for (int n = 0; n < arrlen(graph->nodes); ++n) {
    arrput(split->order, n);
    arrput(split->section, 0);
  }
  split->sections = 1;
  split->peak = ttTileGraphPeak(graph);
  split->best = true;
}

// Follows the moves back from `last`.
static void take(const Search *s, int last, TtSectionSplit *split) {
  int section = 0, place = s->nodes;
  for (int m = last; m != TtNoMove; m = s->moves[m].before) {
    if (s->moves[m].node != TtEndOfSection) {
      split->order[--place] = s->moves[m].node;
      split->section[s->moves[m].node] = section;
    } else if (s->moves[m].before != TtNoMove)
      ++section;
  }
  for (int n = 0; n < s->nodes; ++n)
    split->section[n] = section - split->section[n];
  split->sections = section + 1;
}

// Twice the values that are live at least, whatever the order.
static int atLeast(const TtTileGraph *graph) {
  int least = 0, outputs = 0;
  for (ptrdiff_t v = 0; v < arrlen(graph->values); ++v)
    outputs += graph->values[v].output;
  for (ptrdiff_t n = 0; n < arrlen(graph->nodes); ++n) {
    int operands = (int)arrlen(graph->nodes[n].operands);
    int peak = ttTileNodePeak(&graph->nodes[n], operands, operands, 0);
    least = peak > least ? peak : least;
  }
  return 2 * outputs > least ? 2 * outputs : least;
}

static bool eachFits(const TtTileGraph *graph, int limit) {
  for (ptrdiff_t n = 0; n < arrlen(graph->nodes); ++n)
    if (ttTileNodePeak(&graph->nodes[n], 0, 0,
                       (int)arrlen(graph->nodes[n].operands)) > limit)
      return false;
  return true;
}

// In one section, with fewer registers than in the order of the graph.
static void reorder(Search *s, int capacity, TtSectionSplit *split) {
  bool best = true;
  for (int limit = atLeast(s->graph);
       limit < split->peak && limit <= 2 * capacity; ++limit) {
    int last = search(s, limit, 1);
    best = best && s->best;
    if (last != TtNoMove) {
      take(s, last, split);
      split->peak = limit;
    }
  }
  split->best = best;
}

static int countThroughBuffers(const TtTileGraph *graph, const int *section) {
  int count = 0;
  for (int v = 0; v < arrlen(graph->values); ++v) {
    bool taken = false;
    for (ptrdiff_t n = 0; n < arrlen(graph->nodes); ++n)
      for (ptrdiff_t i = 0; i < arrlen(graph->nodes[n].operands); ++i)
        taken = taken || (graph->nodes[n].operands[i] == v &&
                          section[n] != section[graph->values[v].node]);
    count += taken && !graph->values[v].leaves;
  }
  return count;
}

static void cut(Search *s, int capacity, TtSectionSplit *split) {
  int last = TtNoMove;
  for (int sections = 2; last == TtNoMove; ++sections) {
    last = search(s, 2 * capacity, sections);
    split->best = split->best && s->best;
  }
  take(s, last, split);
  split->throughBuffers = countThroughBuffers(s->graph, split->section);
}

bool ttPlanSectionSplit(const TtTileGraph *graph, int capacity,
                        TtSectionSplit *split) {
  *split = (TtSectionSplit){.sections = 1};
  inOrder(graph, split);
  Search s = prepare(graph);
  reorder(&s, capacity, split);
  bool possible = split->peak <= 2 * capacity || eachFits(graph, 2 * capacity);
  if (possible && split->peak > 2 * capacity)
    cut(&s, capacity, split);
  release(&s);
  return possible;
}

void ttSectionSplitDestroy(TtSectionSplit *split) {
  arrfree(split->order);
  arrfree(split->section);
}
