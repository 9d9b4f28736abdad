//===- run_states.c - sets of tile ops that may have run ------------------===//

#include "run_states.h"
#include "stb_ds.h"
#include <stdlib.h>
#include <string.h>

bool ttSetHas(const uint64_t *set, int i) {
  return set[i / 64] >> (i % 64) & 1U;
}

void ttSetInclude(uint64_t *set, int i) {
  set[i / 64] |= UINT64_C(1) << (i % 64);
}

void ttSetExclude(uint64_t *set, int i) {
  set[i / 64] &= ~(UINT64_C(1) << (i % 64));
}

bool ttSetIsSubset(const uint64_t *a, const uint64_t *b, int words) {
  for (int w = 0; w < words; ++w)
    if (a[w] & ~b[w])
      return false;
  return true;
}

//===- hash table ---------------------------------------------------------===//

static uint64_t hashOf(const TtRunLevel *level, const uint64_t *sets,
                       int section) {
  uint64_t hash = (uint64_t)section;
  for (int w = 0; w < level->stride; ++w)
    hash = (hash ^ sets[w]) * UINT64_C(0x9e3779b97f4a7c15) ^ hash >> 29;
  return hash;
}

static const uint64_t *setsOf(const TtRunLevel *level, int state) {
  return &level->sets[state * level->stride];
}

// Where in the table the state is, or would be.
static size_t find(const TtRunLevel *level, const uint64_t *sets, int section) {
  size_t mask = arrlenu(level->table) - 1;
  size_t i = (size_t)(hashOf(level, sets, section) >> 20) & mask;
  for (; level->table[i] >= 0; i = (i + 1) & mask)
    if (level->states[level->table[i]].section == section &&
        !memcmp(setsOf(level, level->table[i]), sets,
                (size_t)level->stride * sizeof *sets))
      break;
  return i;
}

// The table has a power of two of places, at least half of them free.
static void grow(TtRunLevel *level) {
  size_t size = arrlen(level->table) ? 2 * arrlenu(level->table) : 64;
  arrsetlen(level->table, size);
  memset(level->table, -1, size * sizeof *level->table);
  for (int i = 0; i < arrlen(level->states); ++i)
    level->table[find(level, setsOf(level, i), level->states[i].section)] = i;
}

//===- levels -------------------------------------------------------------===//

static void append(TtRunLevel *level, const uint64_t *sets, TtRunState state) {
  if (arrlen(level->table) < 2 * (arrlen(level->states) + 1))
    grow(level);
  level->table[find(level, sets, state.section)] = (int)arrlen(level->states);
  arrput(level->states, state);
  memcpy(arraddnptr(level->sets, (size_t)level->stride), sets,
         (size_t)level->stride * sizeof *sets);
}

static int known(const TtRunLevel *level, const uint64_t *sets, int section) {
  return arrlen(level->table) ? level->table[find(level, sets, section)] : -1;
}

void ttRunLevelAdd(TtRunLevel *level, const uint64_t *sets, TtRunState state,
                   TtRunMove move, TtRunMove **moves) {
  int same = known(level, sets, state.section);
  if (same >= 0 && level->states[same].throughBuffers <= state.throughBuffers)
    return;
  state.move = (int)arrlen(*moves);
  arrput(*moves, move);
  if (same >= 0)
    level->states[same] = state;
  else
    append(level, sets, state);
}

typedef struct {
  TtRunState state;
  int index;
} Ranked;

// Values in registers may still die, those in circular buffers have cost.
static int costOf(const TtRunState *state) {
  return state->live + 2 * state->throughBuffers;
}

static int compareRanked(const void *a, const void *b) {
  const Ranked *x = a, *y = b;
  if (x->state.section != y->state.section)
    return x->state.section - y->state.section;
  if (costOf(&x->state) != costOf(&y->state))
    return costOf(&x->state) - costOf(&y->state);
  if (x->state.live != y->state.live)
    return x->state.live - y->state.live;
  return x->index - y->index;
}

bool ttRunLevelDrop(TtRunLevel *level, int most) {
  if (arrlen(level->states) <= most)
    return false;
  Ranked *ranked = NULL;
  for (int i = 0; i < arrlen(level->states); ++i) {
    Ranked entry = {level->states[i], i};
    arrput(ranked, entry);
  }
  qsort(ranked, arrlenu(ranked), sizeof *ranked, compareRanked);
  TtRunLevel kept = {.stride = level->stride};
  for (int i = 0; i < most; ++i)
    append(&kept, setsOf(level, ranked[i].index), ranked[i].state);
  arrfree(ranked);
  ttRunLevelDestroy(level);
  *level = kept;
  return true;
}

void ttRunLevelDestroy(TtRunLevel *level) {
  arrfree(level->states);
  arrfree(level->sets);
  arrfree(level->table);
}
