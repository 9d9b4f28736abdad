//===- tile_graph.h - registers that tile ops in some order take ----------===//
//
// The tile ops of a section as a graph, and what running one of them takes.
// Counts are of values, whatever number of tiles they have: an order that needs
// fewer allows a larger sub-block too. One thing takes less than a value, the
// single register through which a block from a circular buffer passes tile by
// tile into an op whose result has room elsewhere; it counts half a value.
// Minimizing this sum minimizes the registers for every number of tiles.
//
//===----------------------------------------------------------------------===//

#ifndef TT_PLAN_TILE_GRAPH_H
#define TT_PLAN_TILE_GRAPH_H

#include <stdbool.h>

/// A tile op, or a loop with its accumulators. Operands that are computed in
/// the section are values of the graph; each may leave through a circular
/// buffer and is then copied from there for every op that takes it.
typedef struct {
  int *operands; // stb_ds array: values, each once
  int buffers;   // operands that are always copied from circular buffers
  int fills;     // operands that are constants
  int results;   // values it defines: `firstResult` and those after it
  int firstResult;
  int scratch;  // values that live only while it runs
  bool streams; // a copied operand may pass through one register
  bool fpu;     // takes operands in circular buffers without registers
} TtTileNode;

typedef struct {
  int node;    // that defines it
  bool output; // leaves the section
  bool leaves; // in a circular buffer from which later sections may take it
} TtTileValue;

typedef struct {
  TtTileNode *nodes;   // stb_ds array, operands before their users
  TtTileValue *values; // stb_ds array
} TtTileGraph;

/// Twice the values that are live at most while `node` runs, if before it
/// `live` are in registers, `dying` of them operands that nothing else needs,
/// and `inBuffers` of its operands are not.
int ttTileNodePeak(const TtTileNode *node, int live, int dying, int inBuffers);

/// Twice the values that are live at most if the nodes run in the order of the
/// graph, in one section.
int ttTileGraphPeak(const TtTileGraph *graph);

/// Frees the arrays of a graph.
void ttTileGraphDestroy(TtTileGraph *graph);

#endif // TT_PLAN_TILE_GRAPH_H
