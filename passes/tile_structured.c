//===- tile_structured.c - a linalg op as loops, operands and a body ------===//
//
// One idea: named, generic, map and reduce forms are all the same once seen as
// loops, a map per operand and a body with an argument per operand.
//
//===----------------------------------------------------------------------===//

#include "mlir-c/AffineExpr.h"
#include "mlir-c/BuiltinAttributes.h"
#include "mlir-c/BuiltinTypes.h"
#include "mlir-c/Dialect/Linalg.h"
#include "tile_lowering.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/gen/LinalgOps.h"

bool ttOperationIsStructured(MlirOperation op) {
  return mlirOperationGetNumRegions(op) == 1 &&
         mlirOperationGetNumResults(op) > 0 &&
         !mlirAttributeIsNull(mlirLinalgGetIndexingMapsAttribute(op));
}

MlirAffineMap ttStructuredMap(const TtStructured *s, intptr_t operand) {
  return mlirAffineMapAttrGetValue(mlirArrayAttrGetElement(s->maps, operand));
}

static bool refuseMap(MlirOperation op, intptr_t operand) {
  TtDiagnostic *d = ttDiagnosticOpError(
      op,
      "reads or writes operand %d through a map that is not a selection of "
      "loops",
      (int)operand);
  ttDiagnosticHint(
      d, "convolutions, poolings and windows are not supported; "
         "each dim of an operand must be one loop, or 0 where its size is 1");
  ttDiagnosticReport(d);
  return false;
}

/// Takes the extents of the loops from one operand.
static bool takeExtents(TtStructured *s, intptr_t operand) {
  MlirAffineMap map = ttStructuredMap(s, operand);
  MlirType type = mlirValueGetType(mlirOperationGetOperand(s->op, operand));
  for (intptr_t i = 0; i < mlirAffineMapGetNumResults(map); ++i) {
    MlirAffineExpr expr = mlirAffineMapGetResult(map, i);
    if (mlirAffineExprIsADim(expr))
      s->extents[mlirAffineDimExprGetPosition(expr)] =
          mlirShapedTypeGetDimSize(type, i);
    else if (!mlirAffineExprIsAConstant(expr) ||
             mlirAffineConstantExprGetValue(expr) != 0 ||
             mlirShapedTypeGetDimSize(type, i) != 1)
      return refuseMap(s->op, operand);
  }
  return true;
}

bool ttStructuredGet(MlirOperation op, TtStructured *s) {
  MlirBlock body = mlirRegionGetFirstBlock(mlirOperationGetRegion(op, 0));
  intptr_t operands = mlirOperationGetNumOperands(op);
  intptr_t inits = mlirOperationGetNumResults(op);
  *s = (TtStructured){op,    operands - inits,
                      inits, mlirLinalgGetIndexingMapsAttribute(op),
                      0,     {0},
                      body};
  s->numLoops = (int)mlirAffineMapGetNumDims(ttStructuredMap(s, 0));
  if (s->numLoops > TtMaxLoops) {
    ttEmitOpError(op, "has %d loops; at most %d are supported", s->numLoops,
                  TtMaxLoops);
    return false;
  }
  for (intptr_t i = 0; i < operands; ++i)
    if (!takeExtents(s, i))
      return false;
  return true;
}

MlirValue ttStructuredYield(const TtStructured *s, intptr_t i) {
  return mlirOperationGetOperand(mlirBlockGetTerminator(s->body), i);
}

intptr_t ttStructuredOperandOf(const TtStructured *s, MlirValue argument) {
  if (!mlirValueIsABlockArgument(argument) ||
      !mlirBlockEqual(mlirBlockArgumentGetOwner(argument), s->body))
    return -1;
  return mlirBlockArgumentGetArgNumber(argument);
}

int64_t ttStructuredExtent(const TtStructured *s, int loop) {
  return loop < 0 ? 1 : s->extents[loop];
}

MlirType ttSpaceType(const TtTiling *tiling, const TtStructured *s,
                     TtSpace space, TtDataFormat format) {
  return ttElementBlockType(tiling->context, ttStructuredExtent(s, space.row),
                            ttStructuredExtent(s, space.col), space.packed,
                            format);
}

/// The loop at a position of a map, or -1.
static int loopAt(const TtStructured *s, MlirAffineMap map, int position) {
  if (position < 0)
    return -1;
  MlirAffineExpr expr = mlirAffineMapGetResult(map, position);
  if (!mlirAffineExprIsADim(expr))
    return -1;
  int loop = (int)mlirAffineDimExprGetPosition(expr);
  return s->extents[loop] == 1 ? -1 : loop;
}

TtSpace ttStructuredSpace(const TtTiling *tiling, const TtStructured *s,
                          intptr_t operand) {
  MlirValue value = mlirOperationGetOperand(s->op, operand);
  if (!mlirTypeIsARankedTensor(mlirValueGetType(value)))
    return (TtSpace){-1, -1, false};
  MlirAffineMap map = ttStructuredMap(s, operand);
  TtPlace place = ttTilingPlace(tiling, value);
  return (TtSpace){loopAt(s, map, place.row), loopAt(s, map, place.col),
                   ttTilingIsPacked(tiling, value)};
}

unsigned ttSpaceLoops(TtSpace space) {
  return (space.row < 0 ? 0 : 1u << space.row) |
         (space.col < 0 ? 0 : 1u << space.col);
}

unsigned ttStructuredLoopsOf(const TtStructured *s, MlirValue scalar) {
  intptr_t operand = ttStructuredOperandOf(s, scalar);
  unsigned loops = 0;
  if (operand >= 0) {
    MlirAffineMap map = ttStructuredMap(s, operand);
    for (int i = 0; i < (int)mlirAffineMapGetNumResults(map); ++i) {
      int loop = loopAt(s, map, i);
      loops |= loop < 0 ? 0 : 1u << loop;
    }
    return loops;
  }
  MlirOperation op = ttScalarOp(scalar);
  if (mlirOperationIsNull(op) ||
      !mlirBlockEqual(mlirOperationGetBlock(op), s->body))
    return 0;
  for (intptr_t i = 0; i < mlirOperationGetNumOperands(op); ++i)
    loops |= ttStructuredLoopsOf(s, mlirOperationGetOperand(op, i));
  return loops;
}
