// Cores of a program as few disjoint rectangles: runs along each row, then
// equal runs of consecutive rows joined.

#include "core_ranges.h"

#include <stdlib.h>

typedef struct {
  int64_t x, y;
} Core;

static int byRow(const void *a, const void *b) {
  const Core *p = a, *q = b;
  if (p->y != q->y)
    return p->y < q->y ? -1 : 1;
  return p->x < q->x ? -1 : p->x > q->x;
}

static int byCorner(const void *a, const void *b) {
  const ModelCoreRange *p = a, *q = b;
  if (p->y0 != q->y0)
    return p->y0 < q->y0 ? -1 : 1;
  return p->x0 < q->x0 ? -1 : p->x0 > q->x0;
}

// A rectangle that ends on the row above `run` with the same columns.
static ModelCoreRange *above(ModelCoreRange *ranges, intptr_t count,
                             const ModelCoreRange *run) {
  for (intptr_t i = 0; i < count; ++i)
    if (ranges[i].y1 + 1 == run->y0 && ranges[i].x0 == run->x0 &&
        ranges[i].x1 == run->x1)
      return &ranges[i];
  return NULL;
}

ModelCoreRange *coreRanges(const TtWorkAttr *work, intptr_t *count) {
  size_t cores = (size_t)work->numX;
  Core *sorted = calloc(cores + 1, sizeof(*sorted));
  ModelCoreRange *ranges = calloc(cores + 1, sizeof(*ranges));
  *count = 0;
  if (!sorted || !ranges)
    abort();
  for (size_t i = 0; i < cores; ++i)
    sorted[i] = (Core){work->x[i], work->y[i]};
  qsort(sorted, cores, sizeof(*sorted), byRow);
  for (size_t i = 0; i < cores;) {
    size_t end = i + 1;
    while (end < cores && sorted[end].y == sorted[i].y &&
           sorted[end].x == sorted[end - 1].x + 1)
      ++end;
    ModelCoreRange run = {sorted[i].x, sorted[i].y, sorted[end - 1].x,
                          sorted[i].y};
    ModelCoreRange *grown = above(ranges, *count, &run);
    if (grown)
      grown->y1 = run.y1;
    else
      ranges[(*count)++] = run;
    i = end;
  }
  qsort(ranges, (size_t)*count, sizeof(*ranges), byCorner);
  free(sorted);
  return ranges;
}
