//===- section_graph.h - a section as a graph for its planner -------------===//

#ifndef TT_PASSES_SECTION_GRAPH_H
#define TT_PASSES_SECTION_GRAPH_H

#include "mlir-c/IR.h"
#include "mlir-c/Support.h"
#include "plan/tile_graph.h"

typedef struct {
  TtTileGraph graph;
  /// stb_ds array, by node: an op of the section's body. Null for what the
  /// section yields as it entered; then `yields` is the operand of the yield.
  MlirOperation *ops;
  intptr_t *yields; // stb_ds array, by node
} TtSectionGraph;

/// The graph of a section that has units. A body op that takes no step in tile
/// registers, such as an entering conversion, is no node.
MlirLogicalResult ttSectionGraphBuild(MlirOperation section,
                                      TtSectionGraph *graph);
void ttSectionGraphDestroy(TtSectionGraph *graph);

/// The node of an op of the section's body, or -1.
int ttSectionGraphFind(const TtSectionGraph *graph, MlirOperation op);

/// Whether later sections may take result `i` of a section from its circular
/// buffer: so far only ops of other sections do, in the way those will.
bool ttSectionResultIsShared(MlirOperation section, intptr_t i);

#endif // TT_PASSES_SECTION_GRAPH_H
