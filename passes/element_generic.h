//===- element_generic.h - a nest of element loops as linalg.generic ------===//
//
// Each distinct element that a nest loads is an operand, each that it stores a
// result, and the loops that index the results are the parallel ones. Loads are
// of what was there before the nest, but for a load after a store of the same
// element, which is the stored value; so no load may be of an element that
// another iteration stores.
//
//===----------------------------------------------------------------------===//

#ifndef TT_PASSES_ELEMENT_GENERIC_H
#define TT_PASSES_ELEMENT_GENERIC_H

#include "element_nest.h"
#include "tt-c/IR.h"

typedef struct {
  const TtElementAccess *access;
  MlirValue argument; // of the body
  MlirValue value;    // what the body last set the element to, or null
} TtElementOperand;

/// The plan of a generic, and what its body is made with.
typedef struct {
  TtElementNest *nest;
  TtBuilder before;                   // in front of the nest
  TtElementOperand *inputs, *outputs; // stb_ds arrays
  int order[TtElementMaxRank];        // loops of the nest, parallel ones first
  int numLoops, numParallel;
  TtMapping *values; // from the nest's values to the body's
  TtBuilder body;
} TtElementGeneric;

/// Finds operands and the order of loops. Failure after a diagnostic.
MlirLogicalResult ttElementGenericPlan(TtElementGeneric *g);

/// Place of a loop of the nest among those of the generic, or -1.
int ttElementLoopPosition(const TtElementGeneric *g, int loop);

TtElementOperand *ttFindElementOperand(TtElementOperand *operands,
                                       const TtElementAccess *access);

/// The memref that an access stands for, a view of its own where it is a part,
/// and its indexing map. Null after a diagnostic.
MlirValue ttElementOperandMemref(TtElementGeneric *g,
                                 const TtElementAccess *access,
                                 MlirAttribute *map);

/// Makes the `linalg.generic` that does what the nest does, in front of it; the
/// nest itself is left. Failure after a diagnostic where there is none.
MlirLogicalResult ttElementNestEmit(TtElementNest *nest);

#endif // TT_PASSES_ELEMENT_GENERIC_H
