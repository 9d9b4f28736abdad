// Argument lists of a kernel: every address knows its buffer, every constant
// its value. Host, kernel and plan print the same lists.

#include "model_args.h"

#include "mlir-c/BuiltinAttributes.h"
#include "tt-c/Diagnostics.h"

#include <inttypes.h>
#include <stdlib.h>

static intptr_t listLength(MlirAttribute list) {
  return mlirAttributeIsNull(list) ? 0 : mlirArrayAttrGetNumElements(list);
}

static MlirLogicalResult findBuffer(const ModelHost *host, MlirOperation op,
                                    MlirAttribute symbol, intptr_t *buffer) {
  *buffer = -1;
  if (mlirAttributeIsNull(symbol))
    return mlirLogicalResultSuccess();
  MlirStringRef name = mlirFlatSymbolRefAttrGetValue(symbol);
  *buffer = modelFindBuffer(host, name);
  if (*buffer < 0)
    return ttEmitOpError(op, "names '@%.*s', which is no buffer of its host",
                         (int)name.length, name.data);
  return mlirLogicalResultSuccess();
}

// Tile extents come from the one contraction of the program.
static bool extentOf(const ModelProgram *program, ModelArg *arg) {
  if (program->numContractions != 1)
    return false;
  const TtContractionAttr *c = &program->contractions[0];
  switch (arg->kind) {
  case TtArgKindMt:
    arg->value = c->mt;
    return true;
  case TtArgKindKt:
    arg->value = c->kt;
    return true;
  case TtArgKindNt:
    arg->value = c->nt;
    return true;
  default:
    return false;
  }
}

static bool perCore(TtArgKind kind) {
  return kind == TtArgKindStartId || kind == TtArgKindCount;
}

static MlirLogicalResult resolve(const ModelProgram *program, MlirOperation op,
                                 TtArgScope scope, int64_t given,
                                 ModelArg *arg) {
  const char *kind = ttArgKindToString(arg->kind);
  const char *where = ttArgScopeToString(scope);
  arg->value = given;
  if (arg->kind == TtArgKindAddress)
    return arg->buffer >= 0 && scope != TtArgScopeCompileTime
               ? mlirLogicalResultSuccess()
               : ttEmitOpError(op,
                               "has a %s argument '%s' that main.cpp "
                               "cannot set",
                               where, kind);
  if (perCore(arg->kind) && scope != TtArgScopePerCore)
    return ttEmitOpError(op, "has a %s argument '%s', which differs by core",
                         where, kind);
  if (!perCore(arg->kind) && arg->value == 0 && !extentOf(program, arg))
    return ttEmitOpError(op, "has a %s argument '%s' without a value", where,
                         kind);
  return mlirLogicalResultSuccess();
}

static MlirLogicalResult readList(const ModelHost *host,
                                  const ModelProgram *program, MlirOperation op,
                                  TtArgScope scope, MlirAttribute list,
                                  ModelArgs *args) {
  intptr_t count = listLength(list);
  args->items = calloc((size_t)count + 1, sizeof(*args->items));
  if (!args->items)
    abort();
  for (; args->count < count; ++args->count) {
    TtArgAttr from = ttArgAttrGet(mlirArrayAttrGetElement(list, args->count));
    ModelArg *arg = &args->items[args->count];
    arg->kind = from.kind;
    if (mlirLogicalResultIsFailure(
            findBuffer(host, op, from.buffer, &arg->buffer)) ||
        mlirLogicalResultIsFailure(
            resolve(program, op, scope, from.value, arg)))
      return mlirLogicalResultFailure();
  }
  return mlirLogicalResultSuccess();
}

static MlirLogicalResult readAccessors(const ModelHost *host,
                                       ModelKernel *kernel) {
  MlirAttribute list = ttFuncGetAccessors(kernel->op);
  intptr_t count = listLength(list);
  kernel->accessors = calloc((size_t)count + 1, sizeof(*kernel->accessors));
  if (!kernel->accessors)
    abort();
  for (intptr_t i = 0; i < count; ++i) {
    if (mlirLogicalResultIsFailure(findBuffer(host, kernel->op,
                                              mlirArrayAttrGetElement(list, i),
                                              &kernel->accessors[i])))
      return mlirLogicalResultFailure();
    ++kernel->numAccessors;
  }
  return mlirLogicalResultSuccess();
}

MlirLogicalResult modelReadArgs(const ModelHost *host,
                                const ModelProgram *program,
                                ModelKernel *kernel) {
  MlirOperation op = kernel->op;
  if (mlirLogicalResultIsFailure(
          readList(host, program, op, TtArgScopeCompileTime,
                   ttFuncGetCompileArgs(op), &kernel->compileArgs)) ||
      mlirLogicalResultIsFailure(readList(host, program, op, TtArgScopeCommon,
                                          ttFuncGetCommonArgs(op),
                                          &kernel->commonArgs)) ||
      mlirLogicalResultIsFailure(readList(host, program, op, TtArgScopePerCore,
                                          ttFuncGetCoreArgs(op),
                                          &kernel->coreArgs)))
    return mlirLogicalResultFailure();
  return readAccessors(host, kernel);
}
