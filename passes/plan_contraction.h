//===- plan_contraction.h - how the contractions of a section run ---------===//

#ifndef TT_PASSES_PLAN_CONTRACTION_H
#define TT_PASSES_PLAN_CONTRACTION_H

#include "mlir-c/IR.h"
#include "plan/contraction.h"

/// What the planner wants to know of a section that multiplies blocks; false if
/// it multiplies none.
bool ttDescribeContraction(MlirOperation section, TtContraction *contraction);

/// Plans the section and cuts it into sub-blocks, with panels of its operands
/// in front of it or with its sums in L1.
MlirLogicalResult ttRunContraction(MlirOperation section,
                                   const TtContraction *contraction,
                                   int capacity, TtContractionFits fits,
                                   void *data);

/// Takes the loops that only sum up (sum_loops.h) out of the section, into
/// `tt.accumulate`s in front of it: sub-blocks of `sub`, operands of `panel`
/// steps read at a time. What is left of the section takes the sums from
/// circular buffers, and is planned; nothing is left of one that yields sums
/// only.
MlirLogicalResult ttSumInL1(MlirOperation section, TtSubBlockShape sub,
                            int64_t panel, int capacity);

#endif // TT_PASSES_PLAN_CONTRACTION_H
