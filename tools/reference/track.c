// Every float becomes a tracked value.
//
// Takes the prepared input after the distribution's own passes made loops of
// it: func, scf, memref, arith and math on scalars. Leaves the same program on
// f64 in which each float is a vector<4xf64> of the value and what is needed to
// bound a rounding device's distance from it (tracked_value.h). Buffers,
// subviews, copies and loops only change their types. Also writes what the data
// generator has to know about each function, and a C entry that calls it with
// one pointer per buffer.

#include "ir.h"
#include "track_choice.h"
#include "tracked_value.h"

#include "mlir-c/Diagnostics.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct {
  MlirOperation op;
  Format from, to;
  unsigned truncated;
  bool isFloat;
} FloatOp;

static MlirType trackType(MlirType type) {
  MlirContext context = mlirTypeGetContext(type);
  MlirType tracked = trackedType(context);
  if (mlirTypeIsAFloat(type))
    return tracked;
  if (!mlirTypeIsAMemRef(type) || !hasFloat(type))
    return type;
  int64_t shape[16];
  intptr_t rank = mlirShapedTypeGetRank(type);
  for (intptr_t i = 0; i < rank && i < 16; i++)
    shape[i] = mlirShapedTypeGetDimSize(type, i);
  return mlirMemRefTypeGet(tracked, rank, shape, mlirMemRefTypeGetLayout(type),
                           mlirAttributeGetNull());
}

static bool loadsWhatIsStored(MlirOperation load, MlirOperation store) {
  if (!opIs(load, "memref.load") || !opIs(store, "memref.store"))
    return false;
  for (intptr_t i = 0; i < mlirOperationGetNumOperands(load); i++)
    if (!mlirValueEqual(mlirOperationGetOperand(load, i),
                        mlirOperationGetOperand(store, i + 1)))
      return false;
  return true;
}

// Whether operand `i` of an addition is the running sum that the result
// replaces.
static bool isRunningResult(MlirOperation op, MlirOperation load) {
  MlirValue result = mlirOperationGetResult(op, 0);
  for (MlirOpOperand use = mlirValueGetFirstUse(result);
       !mlirOpOperandIsNull(use); use = mlirOpOperandGetNextUse(use))
    if (loadsWhatIsStored(load, mlirOpOperandGetOwner(use)))
      return true;
  return false;
}

// The device truncates operands of its matrix engine: factors of a contraction
// and the terms of a reduction in f32, but no products made there and not the
// running result itself.
static unsigned truncatedOperands(MlirOperation op, Format format) {
  if (!isReduction(op))
    return 0;
  if (opIs(op, "arith.mulf"))
    return 3;
  if (format != FORMAT_F32)
    return 0;
  if (!opIs(op, "arith.addf") && !opIs(op, "arith.maximumf") &&
      !opIs(op, "arith.minimumf") && !opIs(op, "arith.maxnumf") &&
      !opIs(op, "arith.minnumf"))
    return 0;
  unsigned mask = 0;
  for (intptr_t i = 0; i < 2; i++) {
    MlirValue operand = mlirOperationGetOperand(op, i);
    if (mlirValueIsAOpResult(operand)) {
      MlirOperation source = mlirOpResultGetOwner(operand);
      if (opIs(source, "arith.mulf") || isRunningResult(op, source))
        continue;
    }
    mask |= 1U << i;
  }
  return mask;
}

static bool typeIsTracked(MlirOperation op, MlirType type) {
  if (!hasFloat(type))
    return true;
  if (formatOf(type) == FORMAT_NONE ||
      (mlirTypeIsAShaped(type) &&
       (!mlirTypeIsAMemRef(type) || mlirShapedTypeGetRank(type) > 16))) {
    mlirEmitError(mlirOperationGetLocation(op),
                  "has a float type the reference does not know; it knows "
                  "bf16, f16, f32 and memrefs of them");
    return false;
  }
  return true;
}

static bool describe(MlirOperation op, FloatOp *described) {
  *described = (FloatOp){op, FORMAT_NONE, FORMAT_NONE, 0, false};
  bool touchesFloat = false;
  for (intptr_t i = 0; i < mlirOperationGetNumOperands(op); i++) {
    MlirType type = mlirValueGetType(mlirOperationGetOperand(op, i));
    if (!typeIsTracked(op, type))
      return false;
    if (i == 0)
      described->from = formatOf(type);
    touchesFloat |= hasFloat(type);
  }
  for (intptr_t i = 0; i < mlirOperationGetNumResults(op); i++) {
    MlirType type = mlirValueGetType(mlirOperationGetResult(op, i));
    if (!typeIsTracked(op, type))
      return false;
    if (i == 0)
      described->to = formatOf(type);
    touchesFloat |= hasFloat(type);
  }
  bool onlyMoves = opStartsWith(op, "scf.") || opStartsWith(op, "func.") ||
                   opStartsWith(op, "memref.");
  described->isFloat = touchesFloat && !onlyMoves;
  described->truncated = truncatedOperands(op, described->to);
  return true;
}

static bool trackAll(MlirOperation module) {
  OpList ops = collectOps(module);
  FloatOp *described = calloc(ops.count + 1, sizeof *described);
  if (!described)
    abort();
  bool ok = true;
  for (size_t i = 0; i < ops.count; i++)
    ok &= describe(ops.items[i], &described[i]);
  for (size_t i = 0; i < ops.count && ok; i++)
    if (opIs(ops.items[i], "func.func"))
      roundBlockBuffers(ops.items[i]);
  if (ok)
    convertTypes(module, trackType);
  for (size_t i = 0; i < ops.count && ok; i++) {
    FloatOp *d = &described[i];
    if (opIs(d->op, "memref.global")) {
      ok = widenGlobal(d->op);
      continue;
    }
    if (opIs(d->op, "memref.get_global") && d->to != FORMAT_NONE) {
      trackGetGlobal(d->op);
      continue;
    }
    ok = d->isFloat ? trackOp(d->op, d->from, d->to, d->truncated)
                    : trackLogic(d->op);
  }
  free(described);
  free(ops.items);
  return ok;
}

// Declares the rules that are called, each once.
static void declareRules(MlirOperation module) {
  OpList ops = collectOps(module);
  MlirBlock body = mlirModuleGetBody(mlirModuleFromOperation(module));
  MlirContext context = mlirOperationGetContext(module);
  MlirAttribute declared[128];
  size_t numDeclared = 0;
  for (size_t i = 0; i < ops.count; i++) {
    if (!opIs(ops.items[i], "func.call"))
      continue;
    MlirAttribute callee =
        mlirOperationGetAttributeByName(ops.items[i], str("callee"));
    MlirStringRef name = mlirFlatSymbolRefAttrGetValue(callee);
    bool known =
        name.length < 8 || mlirStringRefEqual(mlirStringRefCreate(name.data, 8),
                                              str("tt_rule_")) == false;
    for (size_t d = 0; d < numDeclared && !known; d++)
      known = mlirAttributeEqual(declared[d], callee);
    if (known || numDeclared == 128)
      continue;
    declared[numDeclared++] = callee;
    MlirType inputs[8], result = mlirF64TypeGet(context);
    intptr_t count = mlirOperationGetNumOperands(ops.items[i]),
             numResults = mlirOperationGetNumResults(ops.items[i]);
    for (intptr_t o = 0; o < count; o++)
      inputs[o] = mlirValueGetType(mlirOperationGetOperand(ops.items[i], o));
    MlirNamedAttribute attributes[] = {
        named(context, "sym_name", mlirStringAttrGet(context, name)),
        named(context, "sym_visibility",
              mlirStringAttrGet(context, str("private"))),
        named(context, "function_type",
              mlirTypeAttrGet(mlirFunctionTypeGet(context, count, inputs,
                                                  numResults, &result)))};
    MlirOperationState state = mlirOperationStateGet(
        str("func.func"), mlirOperationGetLocation(module));
    MlirRegion region = mlirRegionCreate();
    mlirOperationStateAddOwnedRegions(&state, 1, &region);
    mlirOperationStateAddAttributes(&state, 3, attributes);
    mlirBlockAppendOwnedOperation(body, mlirOperationCreate(&state));
  }
  free(ops.items);
}

// Whether anything stores into the buffer `value` or a view of it.
static bool isWritten(MlirValue value) {
  for (MlirOpOperand use = mlirValueGetFirstUse(value);
       !mlirOpOperandIsNull(use); use = mlirOpOperandGetNextUse(use)) {
    MlirOperation user = mlirOpOperandGetOwner(use);
    if (opIs(user, "func.call") ||
        ((opIs(user, "memref.store") || opIs(user, "memref.copy")) &&
         mlirOpOperandGetOperandNumber(use) == 1))
      return true;
    for (intptr_t i = 0; i < mlirOperationGetNumResults(user); i++) {
      MlirValue result = mlirOperationGetResult(user, i);
      if (mlirTypeIsAMemRef(mlirValueGetType(result)) && isWritten(result))
        return true;
    }
  }
  return false;
}

static void writeBuffer(FILE *file, MlirType type, const char *position,
                        bool written, int blockDigits) {
  intptr_t rank = mlirShapedTypeGetRank(type);
  fprintf(file, "buffer %s %s %d %d %d", position,
          elementName(mlirShapedTypeGetElementType(type)), written, blockDigits,
          (int)rank);
  for (intptr_t i = 0; i < rank; i++)
    fprintf(file, " %" PRId64, mlirShapedTypeGetDimSize(type, i));
  fputc('\n', file);
}

static bool writeFunction(FILE *file, MlirOperation function,
                          MlirStringRef kinds) {
  MlirStringRef name = mlirStringAttrGetValue(
      mlirOperationGetAttributeByName(function, str("sym_name")));
  fprintf(file, "function %.*s\n", (int)name.length, name.data);
  MlirBlock body = mlirRegionGetFirstBlock(mlirOperationGetRegion(function, 0));
  for (intptr_t i = 0; i < mlirBlockGetNumArguments(body); i++) {
    MlirValue argument = mlirBlockGetArgument(body, i);
    MlirType type = mlirValueGetType(argument);
    if (!mlirTypeIsAMemRef(type) || !mlirShapedTypeHasStaticShape(type) ||
        !mlirAffineMapIsIdentity(mlirMemRefTypeGetAffineMap(type))) {
      mlirEmitError(mlirOperationGetLocation(function),
                    "argument of a checked function must be a contiguous "
                    "buffer of static shape");
      return false;
    }
    char position[32];
    bool isArgument = (size_t)i < kinds.length;
    snprintf(position, sizeof position, "%s %zu",
             isArgument ? "argument" : "result",
             (size_t)i - (isArgument ? 0 : kinds.length));
    writeBuffer(file, type, position,
                !isArgument || (kinds.data[i] == 'm' && isWritten(argument)),
                blockDigitsOf(function, i));
  }
  return true;
}

static void writeEntry(FILE *entry, MlirOperation function, int number) {
  MlirBlock body = mlirRegionGetFirstBlock(mlirOperationGetRegion(function, 0));
  intptr_t count = mlirBlockGetNumArguments(body);
  fprintf(entry,
          "void tt_check_function_%d();\nvoid tt_check_entry_%d(void **b) {\n  "
          "tt_check_function_%d(",
          number, number, number);
  for (intptr_t i = 0; i < count; i++) {
    MlirType type = mlirValueGetType(mlirBlockGetArgument(body, i));
    intptr_t rank = mlirShapedTypeGetRank(type);
    fprintf(entry, "%sb[%d], b[%d], 0L", i ? ", " : "", (int)i, (int)i);
    for (intptr_t d = 0; d < rank; d++)
      fprintf(entry, ", %" PRId64 "L", mlirShapedTypeGetDimSize(type, d));
    for (intptr_t d = 0; d < rank; d++) {
      int64_t stride = 1;
      for (intptr_t inner = d + 1; inner < rank; inner++)
        stride *= mlirShapedTypeGetDimSize(type, inner);
      fprintf(entry, ", %" PRId64 "L", stride);
    }
  }
  fprintf(entry, ");\n}\n");
}

static bool writeFunctions(MlirOperation module, FILE *signature, FILE *entry,
                           bool described) {
  OpList ops = collectOps(module);
  bool ok = true;
  int number = 0;
  for (size_t i = 0; i < ops.count && ok; i++) {
    MlirAttribute kinds = mlirOperationGetDiscardableAttributeByName(
        ops.items[i], str(ARGUMENTS_ATTRIBUTE));
    if (!opIs(ops.items[i], "func.func") || mlirAttributeIsNull(kinds))
      continue;
    if (described) {
      ok =
          writeFunction(signature, ops.items[i], mlirStringAttrGetValue(kinds));
      continue;
    }
    char name[48];
    snprintf(name, sizeof name, "tt_check_function_%d", number);
    MlirContext context = mlirOperationGetContext(module);
    mlirOperationSetAttributeByName(ops.items[i], str("sym_name"),
                                    mlirStringAttrGet(context, str(name)));
    writeEntry(entry, ops.items[i], number++);
    mlirOperationRemoveDiscardableAttributeByName(ops.items[i],
                                                  str(ARGUMENTS_ATTRIBUTE));
    mlirOperationRemoveDiscardableAttributeByName(ops.items[i],
                                                  str(BLOCKS_ATTRIBUTE));
  }
  free(ops.items);
  return ok;
}

bool trackModule(MlirOperation module, const char *signature,
                 const char *entry) {
  FILE *signatureFile = fopen(signature, "w"), *entryFile = fopen(entry, "w");
  bool ok = signatureFile && entryFile;
  if (!ok)
    fprintf(stderr, "cannot write '%s' or '%s'\n", signature, entry);
  ok = ok && writeFunctions(module, signatureFile, NULL, true) &&
       trackAll(module);
  if (ok) {
    declareRules(module);
    writeFunctions(module, NULL, entryFile, false);
  }
  if (signatureFile)
    ok &= fclose(signatureFile) == 0;
  if (entryFile)
    ok &= fclose(entryFile) == 0;
  return ok;
}
