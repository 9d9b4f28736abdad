// The tracked form of one operation.
//
// The value is computed by the same operation on f64. A sum adds the leaf
// errors, the magnitudes and the additions of its terms, and one addition; what
// is no sum becomes a leaf, whose error comes from a rule of rules.c.

#include "ir.h"
#include "track_choice.h"
#include "tracked_value.h"

#include "mlir-c/Diagnostics.h"

// Operations whose rule is `tt_rule_<rule>(value, a, error of a[, b, error of
// b], format)`.
static const struct {
  const char *op, *rule;
  int operands;
} rules[] = {
    {"arith.mulf", "mulf", 2},        {"arith.divf", "divf", 2},
    {"arith.maximumf", "choose", 2},  {"arith.minimumf", "choose", 2},
    {"arith.maxnumf", "choose", 2},   {"arith.minnumf", "choose", 2},
    {"math.absf", "absf", 1},         {"math.exp", "exp", 1},
    {"math.exp2", "exp2", 1},         {"math.expm1", "expm1", 1},
    {"math.log", "log", 1},           {"math.log2", "log2", 1},
    {"math.log10", "log10", 1},       {"math.log1p", "log1p", 1},
    {"math.sqrt", "sqrt", 1},         {"math.rsqrt", "rsqrt", 1},
    {"math.cbrt", "cbrt", 1},         {"math.tanh", "tanh", 1},
    {"math.erf", "erf", 1},           {"math.sin", "slope_one", 1},
    {"math.cos", "slope_one", 1},     {"math.atan", "slope_one", 1},
    {"math.tan", "tan", 1},           {"math.asin", "asin", 1},
    {"math.acos", "asin", 1},         {"math.sinh", "sinh", 1},
    {"math.cosh", "sinh", 1},         {"math.asinh", "slope_one", 1},
    {"math.powf", "powf", 2},         {"math.floor", "floor", 1},
    {"math.ceil", "ceil", 1},         {"math.trunc", "trunc", 1},
    {"math.round", "nearest", 1},     {"math.roundeven", "nearest", 1},
    {"math.erfc", "erfc", 1},         {"math.atanh", "atanh", 1},
    {"math.acosh", "acosh", 1},       {"math.atan2", "atan2", 2},
    {"math.copysign", "copysign", 2},
};

// The error of operand i of the matrix engine: bit i of `truncatedOperands`
// says that the device truncates it on the way.
static MlirValue operandError(Cursor *at, MlirValue *components, Format format,
                              const char *truncation, bool truncated) {
  MlirValue error = emitTotalError(at, components, format);
  if (!truncated)
    return error;
  return emitSum(
      at, error,
      emitRule(at, truncation, 2, (MlirValue[]){components[VALUE], error}));
}

static void trackRule(MlirOperation op, const char *rule, intptr_t numOperands,
                      Format format, unsigned truncatedOperands) {
  Cursor at = cursorBefore(op);
  const char *truncation = opIs(op, "arith.mulf") ? "multiplied" : "truncated";
  MlirValue values[2], arguments[6];
  for (intptr_t i = 0; i < numOperands; i++) {
    MlirValue components[COMPONENTS];
    splitTracked(&at, mlirOperationGetOperand(op, i), components);
    values[i] = components[VALUE];
    arguments[1 + 2 * i] = components[VALUE];
    arguments[2 + 2 * i] = operandError(&at, components, format, truncation,
                                        truncatedOperands >> i & 1);
  }
  MlirValue value =
      emitValue(&at, opName(op), numOperands, values, f64Type(&at));
  arguments[0] = value;
  arguments[1 + 2 * numOperands] = emitFormat(&at, format);
  replaceOp(
      op, emitLeafWithError(
              &at, value, emitRule(&at, rule, 2 + 2 * numOperands, arguments)));
}

static void trackSum(MlirOperation op, unsigned truncatedOperands) {
  Cursor at = cursorBefore(op);
  MlirValue operands[2][COMPONENTS], sum[COMPONENTS];
  for (int i = 0; i < 2; i++)
    splitTracked(&at, mlirOperationGetOperand(op, i), operands[i]);
  MlirValue values[2] = {operands[0][VALUE], operands[1][VALUE]};
  sum[VALUE] = emitValue(&at, opName(op), 2, values, f64Type(&at));
  for (int i = LEAF_ERROR; i < COMPONENTS; i++)
    sum[i] = emitSum(&at, operands[0][i], operands[1][i]);
  sum[ADDITIONS] = emitSum(&at, sum[ADDITIONS], emitF64(&at, 1));
  for (int i = 0; i < 2; i++)
    if (truncatedOperands >> i & 1)
      sum[LEAF_ERROR] = emitSum(
          &at, sum[LEAF_ERROR],
          emitRule(&at, "multiplied", 2,
                   (MlirValue[]){operands[i][VALUE], operands[i][LEAF_ERROR]}));
  replaceOp(op, joinTracked(&at, sum));
}

static void trackFusedMultiplyAdd(MlirOperation op, Format format) {
  Cursor at = cursorBefore(op);
  MlirValue factors[2] = {mlirOperationGetOperand(op, 0),
                          mlirOperationGetOperand(op, 1)},
            term = mlirOperationGetOperand(op, 2);
  MlirType type = trackedType(at.context);
  MlirOperation product =
      emitOp(&at, "arith.mulf", 2, factors, 1, &type, 0, NULL);
  MlirOperation sum =
      emitOp(&at, "arith.addf", 2,
             (MlirValue[]){mlirOperationGetResult(product, 0), term}, 1, &type,
             0, NULL);
  replaceOp(op, mlirOperationGetResult(sum, 0));
  trackRule(product, "mulf", 2, format, 0);
  trackSum(sum, 0);
}

static void trackClamp(MlirOperation op, Format format) {
  Cursor at = cursorBefore(op);
  MlirValue lower[2] = {mlirOperationGetOperand(op, 0),
                        mlirOperationGetOperand(op, 1)},
            high = mlirOperationGetOperand(op, 2);
  MlirType type = trackedType(at.context);
  MlirOperation above =
      emitOp(&at, "arith.maximumf", 2, lower, 1, &type, 0, NULL);
  MlirOperation below = emitOp(
      &at, "arith.minimumf", 2,
      (MlirValue[]){mlirOperationGetResult(above, 0), high}, 1, &type, 0, NULL);
  replaceOp(op, mlirOperationGetResult(below, 0));
  trackRule(above, "choose", 2, format, 0);
  trackRule(below, "choose", 2, format, 0);
}

static void trackNegation(MlirOperation op) {
  Cursor at = cursorBefore(op);
  MlirValue components[COMPONENTS];
  splitTracked(&at, mlirOperationGetOperand(op, 0), components);
  components[VALUE] =
      emitValue(&at, "arith.negf", 1, &components[VALUE], f64Type(&at));
  replaceOp(op, joinTracked(&at, components));
}

static void trackConstant(MlirOperation op) {
  Cursor at = cursorBefore(op);
  MlirValue value =
      emitF64(&at, mlirFloatAttrGetValueDouble(
                       mlirOperationGetAttributeByName(op, str("value"))));
  replaceOp(op, emitLeaf(&at, value));
}

// The widened program has one format: an extension or a truncation is the value
// itself, a truncation with one more rounding.
static void trackCast(MlirOperation op, Format from, Format to) {
  Cursor at = cursorBefore(op);
  MlirValue components[COMPONENTS];
  splitTracked(&at, mlirOperationGetOperand(op, 0), components);
  MlirValue error = emitTotalError(&at, components, from);
  if (opIs(op, "arith.truncf"))
    error =
        emitRule(&at, "truncf", 3,
                 (MlirValue[]){components[VALUE], error, emitFormat(&at, to)});
  replaceOp(op, emitLeafWithError(&at, components[VALUE], error));
}

// An integer has no room for an error: the rule ends the run where rounding
// could make another one.
static void trackToInteger(MlirOperation op, Format from) {
  Cursor at = cursorBefore(op);
  MlirValue a[COMPONENTS];
  splitTracked(&at, mlirOperationGetOperand(op, 0), a);
  MlirValue whole =
      emitRule(&at, "to_integer", 2,
               (MlirValue[]){a[VALUE], emitTotalError(&at, a, from)});
  replaceOp(op, emitValue(&at, opName(op), 1, &whole,
                          mlirValueGetType(mlirOperationGetResult(op, 0))));
}

bool trackOp(MlirOperation op, Format from, Format to,
             unsigned truncatedOperands) {
  if (opIs(op, "arith.addf") || opIs(op, "arith.subf"))
    return trackSum(op, truncatedOperands), true;
  for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
    if (opIs(op, rules[i].op))
      return trackRule(op, rules[i].rule, rules[i].operands, to,
                       truncatedOperands),
             true;
  if (opIs(op, "arith.negf"))
    return trackNegation(op), true;
  if (opIs(op, "math.fma"))
    return trackFusedMultiplyAdd(op, to), true;
  if (opIs(op, "math.clampf"))
    return trackClamp(op, to), true;
  if (opIs(op, "arith.constant"))
    return trackConstant(op), true;
  if (opIs(op, "arith.extf") || opIs(op, "arith.truncf"))
    return trackCast(op, from, to), true;
  if (opIs(op, "arith.sitofp") || opIs(op, "arith.uitofp"))
    return trackFromInteger(op, to), true;
  if (opIs(op, "arith.fptosi") || opIs(op, "arith.fptoui"))
    return trackToInteger(op, from), true;
  if (opIs(op, "arith.cmpf"))
    return trackComparison(op, from), true;
  if (opIs(op, "arith.select"))
    return trackSelect(op, to), true;
  mlirEmitError(mlirOperationGetLocation(op),
                "has no error rule; the reference covers arith and math "
                "operations of docs/checking.md");
  return false;
}
