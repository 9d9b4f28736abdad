//===- section_level.h - the parts of forming sections --------------------===//

#ifndef TT_PASSES_SECTION_LEVEL_H
#define TT_PASSES_SECTION_LEVEL_H

#include "mlir-c/IR.h"
#include "mlir-c/Support.h"
#include <stdbool.h>

/// A tile op of a level, or a loop that is a level of its own.
typedef struct {
  MlirOperation op;
  int group;   // index of the node that stands for its group
  int stage;   // circular buffers between it and the level's inputs
  bool isLoop; // a loop: in no group
} TtSectionNode;

/// The circular buffer that carries block `number` around a loop.
typedef struct {
  MlirOperation loop;
  intptr_t number;
  MlirValue cb;
} TtCarriedBlock;

/// A block of the kernel body whose tile ops are put into sections.
typedef struct {
  MlirBlock block;
  TtSectionNode *nodes;     // stb_ds array, in order
  MlirOperation *writes;    // stb_ds array: tt.write_block, in order
  TtCarriedBlock **carried; // stb_ds array, shared by the levels of a kernel
} TtSectionLevel;

int ttLevelFindNode(const TtSectionLevel *level, MlirOperation op);

/// The node that stands for the group of `node`.
int ttLevelGroup(const TtSectionLevel *level, int node);

/// The op of the level's block that holds `op`, or null if it is elsewhere.
MlirOperation ttLevelHolder(const TtSectionLevel *level, MlirOperation op);

/// Makes the section of a group, behind all that it takes values from.
MlirLogicalResult ttLevelMakeSection(TtSectionLevel *level, int group);

/// Moves a loop behind all that it takes values from.
void ttLevelPlaceLoop(TtSectionLevel *level, MlirOperation loop);

/// What is written or carried although no section of the level yields it gets a
/// section of its own, which copies it.
void ttLevelMakeCopies(TtSectionLevel *level);

#endif // TT_PASSES_SECTION_LEVEL_H
