//===- section_split.h - order of tile ops, and sections for them ---------===//
//
// In which order the tile ops of a section need the fewest registers; and where
// no order fits, which sections in sequence replace it. A value that a section
// leaves to a later one goes through a circular buffer.
//
// The search runs the nodes one by one, over sets of nodes run so far; what two
// orders of one set leave in registers is the same. A node that frees as many
// registers as it takes is run at once, which is never worse. The result is the
// best as long as no step of the search had to drop sets, else a good one.
//
//===----------------------------------------------------------------------===//

#ifndef TT_PLAN_SECTION_SPLIT_H
#define TT_PLAN_SECTION_SPLIT_H

#include "tile_graph.h"
#include <stdbool.h>

typedef struct {
  int *order;   // stb_ds array: nodes, section by section
  int *section; // stb_ds array: by node, its section
  int sections;
  int peak;           // of one section: twice the values live at most
  int throughBuffers; // values that get a circular buffer between sections
  bool best;          // nothing was dropped
} TtSectionSplit;

/// Orders the nodes so that they need as few registers as possible. If more
/// than `capacity` even for one tile each, cuts them into as few sections as
/// possible, with as few values between them. The order of the graph is kept
/// where it is as good. False if one node alone needs more registers.
bool ttPlanSectionSplit(const TtTileGraph *graph, int capacity,
                        TtSectionSplit *split);
void ttSectionSplitDestroy(TtSectionSplit *split);

#endif // TT_PLAN_SECTION_SPLIT_H
