//===- run_states.h - sets of tile ops that may have run ------------------===//
//
// The states of the search in section_split.c: which nodes have run, which of
// their values are in registers, and the best way there.
//
//===----------------------------------------------------------------------===//

#ifndef TT_PLAN_RUN_STATES_H
#define TT_PLAN_RUN_STATES_H

#include <stdbool.h>
#include <stdint.h>

enum { TtNoMove = -1, TtEndOfSection = -1 };

typedef struct {
  int before; // the move before it, TtNoMove for the first
  int node;   // TtEndOfSection: what is in registers leaves them
} TtRunMove;

typedef struct {
  int move; // that led here
  int section;
  int throughBuffers; // values that got a circular buffer
  int live;           // values in registers
} TtRunState;

/// States after the same number of nodes. The sets of state i are the `stride`
/// words at `sets[i * stride]`: first the nodes run, then the values in
/// registers.
typedef struct {
  int stride;
  TtRunState *states; // stb_ds array
  uint64_t *sets;     // stb_ds array
  int *table;         // stb_ds array: hash table of states, -1 where free
} TtRunLevel;

bool ttSetHas(const uint64_t *set, int i);
void ttSetInclude(uint64_t *set, int i);
void ttSetExclude(uint64_t *set, int i);
bool ttSetIsSubset(const uint64_t *a, const uint64_t *b, int words);

/// Adds a state that `move` leads to, to the stb_ds array `moves` too. Of
/// states with the same sets and section, the first with the fewest values in
/// circular buffers stays.
void ttRunLevelAdd(TtRunLevel *level, const uint64_t *sets, TtRunState state,
                   TtRunMove move, TtRunMove **moves);

/// Keeps `most` states, those with the fewest sections, then the fewest values
/// in registers and circular buffers. Returns whether that dropped any.
bool ttRunLevelDrop(TtRunLevel *level, int most);

void ttRunLevelDestroy(TtRunLevel *level);

#endif // TT_PLAN_RUN_STATES_H
