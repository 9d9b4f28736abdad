//===- hardware_paths.c - states with the cheapest ways to them -----------===//

#include "hardware_paths.h"
#include "stb_ds.h"
#include <stdlib.h>

// The last action, or the last loop with what is done in each of its trips; and
// what came before.
struct TtTrail {
  const TtTrail *before;
  const TtTrail *body;
  TtInitAction action; // if there is no body
};

// At equal cost what is programmed for the next trip is programmed in it: at
// the end of the last trip nothing follows.
enum { Cost = 1 << 16, CostAtEnd = Cost + 1 };

static const TtTrail *addTrail(TtTrails *trails, TtTrail entry) {
  TtTrail *trail = malloc(sizeof *trail);
  *trail = entry;
  arrput(trails->entries, trail);
  return trail;
}

static bool isNoBetter(const TtInitKernel *kernel, const TtHardwarePath *path,
                       const TtHardwarePath *than) {
  TtHardwareMove move;
  int count = ttMoveTo(kernel, &than->state, &path->state, true, &move);
  return count < TtMoveInfeasible &&
         than->cost + (int64_t)count * Cost <= path->cost;
}

static void unroll(const TtTrail *trail, TtInitAction **actions) {
  if (!trail)
    return;
  unroll(trail->before, actions);
  if (trail->body)
    unroll(trail->body, actions);
  else
    arrput(*actions, trail->action);
}

TtHardwarePath ttPathFollow(TtTrails *trails, const TtHardwarePath *path,
                            const TtHardwareMove *move, int place, bool atEnd) {
  TtHardwarePath next = {move->state, path->cost, path->trail};
  for (int i = 0; i < move->count; ++i) {
    TtTrail trail = {next.trail, NULL, move->actions[i]};
    trail.action.place = place;
    trail.action.atEnd = atEnd;
    next.cost += atEnd && !trail.action.uninit ? CostAtEnd : Cost;
    next.trail = addTrail(trails, trail);
  }
  return next;
}

TtHardwarePath ttPathRepeat(TtTrails *trails, const TtHardwarePath *path,
                            const TtHardwarePath *trip, int trips) {
  TtTrail trail = {path->trail, trip->trail, {0}};
  TtHardwarePath behind = {trip->state, path->cost + trip->cost * trips,
                           trip->trail ? addTrail(trails, trail) : path->trail};
  return behind;
}

void ttPathsAdd(const TtInitKernel *kernel, TtHardwarePath **paths,
                TtHardwarePath path) {
  for (ptrdiff_t i = 0; i < arrlen(*paths); ++i)
    if (isNoBetter(kernel, &path, &(*paths)[i]))
      return;
  for (ptrdiff_t i = arrlen(*paths) - 1; i >= 0; --i)
    if (isNoBetter(kernel, &(*paths)[i], &path))
      (*paths)[i] = arrpop(*paths);
  arrput(*paths, path);
}

void ttPathActions(const TtHardwarePath *path, TtInitAction **actions) {
  unroll(path->trail, actions);
}

void ttTrailsDestroy(TtTrails *trails) {
  for (ptrdiff_t i = 0; i < arrlen(trails->entries); ++i)
    free(trails->entries[i]);
  arrfree(trails->entries);
}
