// Choices that rounding could turn (see track_choice.h).

#include "track_choice.h"
#include "tracked_value.h"

#include "mlir-c/Diagnostics.h"

// Results of float comparisons, each with the value that says whether rounding
// could turn it.
static struct { MlirValue condition, unsure; } comparisons[4096];
static size_t numComparisons;

static MlirValue unsureOf(MlirValue condition) {
  for (size_t i = numComparisons; i-- > 0;)
    if (mlirValueEqual(comparisons[i].condition, condition))
      return comparisons[i].unsure;
  return (MlirValue){NULL};
}

static void remember(MlirValue condition, MlirValue unsure) {
  if (numComparisons < sizeof comparisons / sizeof *comparisons) {
    comparisons[numComparisons].condition = condition;
    comparisons[numComparisons++].unsure = unsure;
  }
}

void trackComparison(MlirOperation op, Format from) {
  Cursor at = cursorBefore(op);
  MlirValue a[COMPONENTS], b[COMPONENTS];
  splitTracked(&at, mlirOperationGetOperand(op, 0), a);
  splitTracked(&at, mlirOperationGetOperand(op, 1), b);
  MlirType bit = mlirIntegerTypeGet(at.context, 1);
  MlirNamedAttribute predicate =
      named(at.context, "predicate",
            mlirOperationGetAttributeByName(op, str("predicate")));
  MlirOperation compare =
      emitOp(&at, "arith.cmpf", 2, (MlirValue[]){a[VALUE], b[VALUE]}, 1, &bit,
             1, &predicate);
  MlirValue errorA = emitTotalError(&at, a, from),
            errorB = emitTotalError(&at, b, from);
  MlirValue gap = emitRule(&at, "overlap", 4,
                           (MlirValue[]){a[VALUE], errorA, b[VALUE], errorB});
  MlirNamedAttribute greater = named(
      at.context, "predicate",
      mlirIntegerAttrGet(mlirIntegerTypeGet(at.context, 64), 2 /* ogt */));
  MlirOperation unsure =
      emitOp(&at, "arith.cmpf", 2, (MlirValue[]){gap, emitF64(&at, 0)}, 1, &bit,
             1, &greater);
  remember(mlirOperationGetResult(compare, 0),
           mlirOperationGetResult(unsure, 0));
  replaceOp(op, mlirOperationGetResult(compare, 0));
}

void trackFromInteger(MlirOperation op, Format to) {
  Cursor at = cursorBefore(op);
  MlirValue operand = mlirOperationGetOperand(op, 0),
            unsure = unsureOf(operand);
  MlirValue value = emitValue(&at, opName(op), 1, &operand, f64Type(&at));
  MlirValue error = emitF64(&at, 0);
  if (!mlirValueIsNull(unsure))
    error = emitValue(&at, "arith.uitofp", 1, &unsure, f64Type(&at));
  error = emitRule(&at, "truncf", 3,
                   (MlirValue[]){value, error, emitFormat(&at, to)});
  replaceOp(op, emitLeafWithError(&at, value, error));
}

void trackSelect(MlirOperation op, Format format) {
  MlirValue unsure = unsureOf(mlirOperationGetOperand(op, 0));
  if (mlirValueIsNull(unsure))
    return; // a choice by integers: the chosen value with all its components
  Cursor at = cursorBefore(op);
  MlirValue a[COMPONENTS], b[COMPONENTS], c[COMPONENTS];
  MlirValue operands[3] = {mlirOperationGetOperand(op, 0),
                           mlirOperationGetOperand(op, 1),
                           mlirOperationGetOperand(op, 2)};
  MlirValue chosen =
      emitValue(&at, "arith.select", 3, operands, trackedType(at.context));
  splitTracked(&at, operands[1], a);
  splitTracked(&at, operands[2], b);
  splitTracked(&at, chosen, c);
  MlirValue error =
      emitRule(&at, "either", 4,
               (MlirValue[]){a[VALUE], emitTotalError(&at, a, format), b[VALUE],
                             emitTotalError(&at, b, format)});
  MlirValue either = emitLeafWithError(&at, c[VALUE], error);
  replaceOp(op, emitValue(&at, "arith.select", 3,
                          (MlirValue[]){unsure, either, chosen},
                          trackedType(at.context)));
}

bool trackLogic(MlirOperation op) {
  MlirValue unsure = {NULL};
  for (intptr_t i = 0; i < mlirOperationGetNumOperands(op); i++) {
    MlirValue other = unsureOf(mlirOperationGetOperand(op, i));
    if (mlirValueIsNull(other))
      continue;
    if (!opIs(op, "arith.andi") && !opIs(op, "arith.ori") &&
        !opIs(op, "arith.xori")) {
      mlirEmitError(mlirOperationGetLocation(op),
                    "uses a comparison of floats for something else than a "
                    "choice between values; the "
                    "reference cannot bound what rounding does to it");
      return false;
    }
    Cursor at = cursorBefore(op);
    unsure = mlirValueIsNull(unsure)
                 ? other
                 : emitValue(&at, "arith.ori", 2, (MlirValue[]){unsure, other},
                             mlirIntegerTypeGet(at.context, 1));
  }
  if (!mlirValueIsNull(unsure))
    remember(mlirOperationGetResult(op, 0), unsure);
  return true;
}
