//===- tile_graph.c - registers that tile ops in some order take ----------===//

#include "tile_graph.h"
#include "stb_ds.h"

// What an SFPU op of two operands takes to have `copies` of them in registers:
// the last one streams if the result has room elsewhere.
static int streamed(const TtTileNode *node, int dying, int copies, int *fresh) {
  int operands = (int)arrlen(node->operands) + node->buffers + node->fills;
  bool room = copies > 1 || dying + node->fills > 0;
  bool streams = copies > 0 && operands > 1 && room;
  *fresh += copies - (streams ? 1 : 0);
  return streams ? 1 : 0;
}

int ttTileNodePeak(const TtTileNode *node, int live, int dying, int inBuffers) {
  int copies = node->fpu ? 0 : node->buffers + inBuffers;
  int fresh = node->fills, half = 0;
  if (node->streams)
    half = streamed(node, dying, copies, &fresh);
  else
    fresh += copies;
  // Results are written over what was brought for the op and what dies in it.
  int more = node->results - fresh - dying;
  return 2 * (live + fresh + (more > 0 ? more : 0) + node->scratch) + half;
}

// The last node that needs each value: outputs are needed to the end.
static int *lastUses(const TtTileGraph *graph) {
  int *last = NULL;
  arrsetlen(last, arrlen(graph->values));
  int end = (int)arrlen(graph->nodes);
  for (ptrdiff_t v = 0; v < arrlen(graph->values); ++v)
    last[v] = graph->values[v].output ? end : graph->values[v].node;
  for (int n = 0; n < end; ++n)
    for (ptrdiff_t i = 0; i < arrlen(graph->nodes[n].operands); ++i)
      if (last[graph->nodes[n].operands[i]] < n)
        last[graph->nodes[n].operands[i]] = n;
  return last;
}

int ttTileGraphPeak(const TtTileGraph *graph) {
  int *last = lastUses(graph);
  int live = 0, most = 0;
  for (int n = 0; n < arrlen(graph->nodes); ++n) {
    const TtTileNode *node = &graph->nodes[n];
    int dying = 0;
    for (ptrdiff_t i = 0; i < arrlen(node->operands); ++i)
      dying += last[node->operands[i]] == n;
    int peak = ttTileNodePeak(node, live, dying, 0);
    most = peak > most ? peak : most;
    live -= dying;
    for (int r = 0; r < node->results; ++r)
      live += last[node->firstResult + r] > n;
  }
  arrfree(last);
  return most;
}

void ttTileGraphDestroy(TtTileGraph *graph) {
  for (ptrdiff_t n = 0; n < arrlen(graph->nodes); ++n)
    arrfree(graph->nodes[n].operands);
  arrfree(graph->nodes);
  arrfree(graph->values);
}
