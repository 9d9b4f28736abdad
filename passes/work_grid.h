//===- work_grid.h - the grid of a kernel as the planner sees it ----------===//

#ifndef TT_PASSES_WORK_GRID_H
#define TT_PASSES_WORK_GRID_H

#include "mlir-c/IR.h"
#include "mlir-c/Support.h"
#include "plan/work_partition.h"
#include "tt-c/gen/TtAttrs.h"

/// The grid of a kernel that still has its block indices, with the numbering
/// that its schedule asks for. Failure after a diagnostic.
MlirLogicalResult ttKernelWorkGrid(MlirOperation kernel, WorkGrid *grid);

/// The sharded buffer that decides a `match_shard` order: the one that the
/// kernel writes. Null if there is none.
MlirOperation ttKernelShardedOutput(MlirOperation kernel);

/// Columns and rows of cores that a kernel may use: what its schedule asks for,
/// else the device's. Failure after a diagnostic if the device lacks them.
MlirLogicalResult ttKernelCoreGrid(MlirOperation kernel, int64_t *columns,
                                   int64_t *rows);

/// The same of a host, whose shards are dealt to these cores row by row;
/// failure after a diagnostic also where its kernels have several grids.
MlirLogicalResult ttHostCoreGrid(MlirOperation host, int64_t *columns,
                                 int64_t *rows);

#endif // TT_PASSES_WORK_GRID_H
