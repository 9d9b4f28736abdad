// The tracked form of one float operation.
//
// A tracked value is vector<4xf64> (value, leaf error, magnitude, additions):
// `value` is computed by the same operation on f64; the other three say how far
// a device that rounds may be away from it. A sum of terms carries the errors
// of its terms, the sum of their absolute values and the number of additions,
// so that its own rounding, additions · u · Σ|terms|, holds for every order of
// summation. What is no sum is a leaf: its error comes from a rule of rules.c,
// its magnitude is |value|, its additions are none (or a fraction below one if
// it is no integer: sums of few integers are exact).

#include "ir.h"

#include "mlir-c/Diagnostics.h"

#include <stdio.h>
#include <string.h>

enum { VALUE, LEAF_ERROR, MAGNITUDE, ADDITIONS, COMPONENTS };

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

// Results of float comparisons, each with the value that says whether rounding
// could turn it.
static struct { MlirValue condition, unsure; } comparisons[4096];
static size_t numComparisons;

static MlirType f64(Cursor *at) { return mlirF64TypeGet(at->context); }

static MlirType trackedType(Cursor *at) {
  return mlirVectorTypeGet(1, (int64_t[]){COMPONENTS}, f64(at));
}

static void split(Cursor *at, MlirValue tracked, MlirValue *components) {
  MlirType types[COMPONENTS] = {f64(at), f64(at), f64(at), f64(at)};
  MlirOperation op =
      emitOp(at, "vector.to_elements", 1, &tracked, COMPONENTS, types, 0, NULL);
  for (intptr_t i = 0; i < COMPONENTS; i++)
    components[i] = mlirOperationGetResult(op, i);
}

static MlirValue join(Cursor *at, MlirValue *components) {
  return emitValue(at, "vector.from_elements", COMPONENTS, components,
                   trackedType(at));
}

static MlirValue emitF64(Cursor *at, double value) {
  return emitConstant(at, mlirFloatAttrDoubleGet(at->context, f64(at), value),
                      f64(at));
}

static MlirValue emitRule(Cursor *at, const char *rule, intptr_t numOperands,
                          MlirValue *operands) {
  char name[64];
  snprintf(name, sizeof name, "tt_rule_%s", rule);
  MlirNamedAttribute callee = named(
      at->context, "callee", mlirFlatSymbolRefAttrGet(at->context, str(name)));
  MlirType type = f64(at);
  return mlirOperationGetResult(
      emitOp(at, "func.call", numOperands, operands, 1, &type, 1, &callee), 0);
}

static MlirValue emitFormat(Cursor *at, Format format) {
  MlirType type = mlirIntegerTypeGet(at->context, 32);
  return emitConstant(at, mlirIntegerAttrGet(type, format), type);
}

// The error of a value of the given format: of its leaves, and of its additions
// if it is a sum.
static MlirValue totalError(Cursor *at, MlirValue *components, Format format) {
  return emitRule(at, "total", 4,
                  (MlirValue[]){components[LEAF_ERROR], components[MAGNITUDE],
                                components[ADDITIONS], emitFormat(at, format)});
}

static MlirValue leaf(Cursor *at, MlirValue value, MlirValue error) {
  MlirValue magnitude = emitValue(at, "math.absf", 1, &value, f64(at));
  return join(at, (MlirValue[]){value, error, magnitude,
                                emitRule(at, "fraction", 1, &value)});
}

MlirValue emitLeaf(Cursor *at, MlirValue value) {
  return leaf(at, value, emitF64(at, 0));
}

static void replace(MlirOperation op, MlirValue value) {
  mlirValueReplaceAllUsesOfWith(mlirOperationGetResult(op, 0), value);
  mlirOperationDestroy(op);
}

static MlirValue add(Cursor *at, MlirValue a, MlirValue b) {
  return emitValue(at, "arith.addf", 2, (MlirValue[]){a, b}, f64(at));
}

static const char *opName(MlirOperation op) {
  return mlirIdentifierStr(mlirOperationGetName(op)).data;
}

static bool isMark(MlirLocation location) {
  if (mlirLocationIsAName(location))
    return refIs(mlirIdentifierStr(mlirLocationNameGetName(location)),
                 REDUCTION_MARK) ||
           isMark(mlirLocationNameGetChildLoc(location));
  if (mlirLocationIsAFused(location)) {
    MlirLocation parts[16];
    unsigned count = mlirLocationFusedGetNumLocations(location);
    if (count > 16)
      return false;
    mlirLocationFusedGetLocations(location, parts);
    for (unsigned i = 0; i < count; i++)
      if (isMark(parts[i]))
        return true;
  }
  return false;
}

bool isReduction(MlirOperation op) {
  return isMark(mlirOperationGetLocation(op));
}

// The error of operand i of the matrix engine: bit i of `truncatedOperands`
// says that the device truncates it on the way.
static MlirValue operandError(Cursor *at, MlirValue *components, Format format,
                              const char *truncation, bool truncated) {
  MlirValue error = totalError(at, components, format);
  if (!truncated)
    return error;
  return add(
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
    split(&at, mlirOperationGetOperand(op, i), components);
    values[i] = components[VALUE];
    arguments[1 + 2 * i] = components[VALUE];
    arguments[2 + 2 * i] = operandError(&at, components, format, truncation,
                                        truncatedOperands >> i & 1);
  }
  MlirValue value = emitValue(&at, opName(op), numOperands, values, f64(&at));
  arguments[0] = value;
  arguments[1 + 2 * numOperands] = emitFormat(&at, format);
  replace(op, leaf(&at, value,
                   emitRule(&at, rule, 2 + 2 * numOperands, arguments)));
}

static void trackSum(MlirOperation op, unsigned truncatedOperands) {
  Cursor at = cursorBefore(op);
  MlirValue a[COMPONENTS], b[COMPONENTS], sum[COMPONENTS];
  split(&at, mlirOperationGetOperand(op, 0), a);
  split(&at, mlirOperationGetOperand(op, 1), b);
  sum[VALUE] = emitValue(&at, opName(op), 2, (MlirValue[]){a[VALUE], b[VALUE]},
                         f64(&at));
  for (int i = LEAF_ERROR; i < COMPONENTS; i++)
    sum[i] = add(&at, a[i], b[i]);
  sum[ADDITIONS] = add(&at, sum[ADDITIONS], emitF64(&at, 1));
  if (truncatedOperands & 1)
    sum[LEAF_ERROR] = add(
        &at, sum[LEAF_ERROR],
        emitRule(&at, "truncated", 2, (MlirValue[]){a[VALUE], a[LEAF_ERROR]}));
  if (truncatedOperands & 2)
    sum[LEAF_ERROR] = add(
        &at, sum[LEAF_ERROR],
        emitRule(&at, "truncated", 2, (MlirValue[]){b[VALUE], b[LEAF_ERROR]}));
  replace(op, join(&at, sum));
}

static void trackFusedMultiplyAdd(MlirOperation op, Format format) {
  Cursor at = cursorBefore(op);
  MlirValue factors[2] = {mlirOperationGetOperand(op, 0),
                          mlirOperationGetOperand(op, 1)},
            term = mlirOperationGetOperand(op, 2);
  MlirType type = trackedType(&at);
  MlirOperation product =
      emitOp(&at, "arith.mulf", 2, factors, 1, &type, 0, NULL);
  MlirOperation sum =
      emitOp(&at, "arith.addf", 2,
             (MlirValue[]){mlirOperationGetResult(product, 0), term}, 1, &type,
             0, NULL);
  replace(op, mlirOperationGetResult(sum, 0));
  trackRule(product, "mulf", 2, format, 0);
  trackSum(sum, 0);
}

static void trackClamp(MlirOperation op, Format format) {
  Cursor at = cursorBefore(op);
  MlirValue lower[2] = {mlirOperationGetOperand(op, 0),
                        mlirOperationGetOperand(op, 1)},
            high = mlirOperationGetOperand(op, 2);
  MlirType type = trackedType(&at);
  MlirOperation above =
      emitOp(&at, "arith.maximumf", 2, lower, 1, &type, 0, NULL);
  MlirOperation below = emitOp(
      &at, "arith.minimumf", 2,
      (MlirValue[]){mlirOperationGetResult(above, 0), high}, 1, &type, 0, NULL);
  replace(op, mlirOperationGetResult(below, 0));
  trackRule(above, "choose", 2, format, 0);
  trackRule(below, "choose", 2, format, 0);
}

static void trackNegation(MlirOperation op) {
  Cursor at = cursorBefore(op);
  MlirValue components[COMPONENTS];
  split(&at, mlirOperationGetOperand(op, 0), components);
  components[VALUE] =
      emitValue(&at, "arith.negf", 1, &components[VALUE], f64(&at));
  replace(op, join(&at, components));
}

static void trackConstant(MlirOperation op) {
  Cursor at = cursorBefore(op);
  MlirValue value =
      emitF64(&at, mlirFloatAttrGetValueDouble(
                       mlirOperationGetAttributeByName(op, str("value"))));
  replace(op, emitLeaf(&at, value));
}

// The widened program has one format: an extension or a truncation is the value
// itself, a truncation with one more rounding.
static void trackCast(MlirOperation op, Format from, Format to) {
  Cursor at = cursorBefore(op);
  MlirValue components[COMPONENTS];
  split(&at, mlirOperationGetOperand(op, 0), components);
  MlirValue error = totalError(&at, components, from);
  if (opIs(op, "arith.truncf"))
    error =
        emitRule(&at, "truncf", 3,
                 (MlirValue[]){components[VALUE], error, emitFormat(&at, to)});
  replace(op, leaf(&at, components[VALUE], error));
}

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

static bool trackFromInteger(MlirOperation op, Format to) {
  Cursor at = cursorBefore(op);
  MlirValue operand = mlirOperationGetOperand(op, 0),
            unsure = unsureOf(operand);
  MlirValue value = emitValue(&at, opName(op), 1, &operand, f64(&at));
  MlirValue error = emitF64(&at, 0);
  if (!mlirValueIsNull(unsure))
    error = emitValue(&at, "arith.uitofp", 1, &unsure, f64(&at));
  error = emitRule(&at, "truncf", 3,
                   (MlirValue[]){value, error, emitFormat(&at, to)});
  replace(op, leaf(&at, value, error));
  return true;
}

// An integer has no room for an error: the rule ends the run where rounding
// could make another one.
static void trackToInteger(MlirOperation op, Format from) {
  Cursor at = cursorBefore(op);
  MlirValue a[COMPONENTS];
  split(&at, mlirOperationGetOperand(op, 0), a);
  MlirValue whole = emitRule(&at, "to_integer", 2,
                             (MlirValue[]){a[VALUE], totalError(&at, a, from)});
  replace(op, emitValue(&at, opName(op), 1, &whole,
                        mlirValueGetType(mlirOperationGetResult(op, 0))));
}

static void trackComparison(MlirOperation op, Format from) {
  Cursor at = cursorBefore(op);
  MlirValue a[COMPONENTS], b[COMPONENTS];
  split(&at, mlirOperationGetOperand(op, 0), a);
  split(&at, mlirOperationGetOperand(op, 1), b);
  MlirType bit = mlirIntegerTypeGet(at.context, 1);
  MlirNamedAttribute predicate =
      named(at.context, "predicate",
            mlirOperationGetAttributeByName(op, str("predicate")));
  MlirOperation compare =
      emitOp(&at, "arith.cmpf", 2, (MlirValue[]){a[VALUE], b[VALUE]}, 1, &bit,
             1, &predicate);
  MlirValue errorA = totalError(&at, a, from),
            errorB = totalError(&at, b, from);
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
  replace(op, mlirOperationGetResult(compare, 0));
}

static void trackSelect(MlirOperation op, Format format) {
  MlirValue unsure = unsureOf(mlirOperationGetOperand(op, 0));
  if (mlirValueIsNull(unsure))
    return; // a choice by integers: the chosen value with all its components
  Cursor at = cursorBefore(op);
  MlirValue a[COMPONENTS], b[COMPONENTS], c[COMPONENTS];
  MlirValue operands[3] = {mlirOperationGetOperand(op, 0),
                           mlirOperationGetOperand(op, 1),
                           mlirOperationGetOperand(op, 2)};
  MlirValue chosen =
      emitValue(&at, "arith.select", 3, operands, trackedType(&at));
  split(&at, operands[1], a);
  split(&at, operands[2], b);
  split(&at, chosen, c);
  MlirValue error =
      emitRule(&at, "either", 4,
               (MlirValue[]){a[VALUE], totalError(&at, a, format), b[VALUE],
                             totalError(&at, b, format)});
  MlirValue either = leaf(&at, c[VALUE], error);
  replace(op,
          emitValue(&at, "arith.select", 3,
                    (MlirValue[]){unsure, either, chosen}, trackedType(&at)));
}

// Integer logic on comparisons stays; whether it is sure is tracked beside it.
static bool trackLogic(MlirOperation op) {
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
    return trackFromInteger(op, to);
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

bool trackInteger(MlirOperation op) { return trackLogic(op); }
