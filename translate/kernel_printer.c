// A kernel as a C++ file: the frame, its arguments by name, loops, and the
// calls of kernel_calls.c. The body is printed first; what it uses (headers,
// circular buffers) then stands above it.

#include "kernel_printer.h"

#include "kernel_state.h"
#include "locations.h"
#include "mlir-c/BuiltinAttributes.h"
#include "mlir-c/BuiltinTypes.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/IR.h"
#include "tt-c/gen/ScfOps.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static void indent(KernelPrinter *p) {
  fprintf(p->body, "%*s", 2 * p->indent, "");
}

void statementBegin(KernelPrinter *p, MlirOperation op) {
  SourceLine at = sourceLine(&p->pool, mlirOperationGetLocation(op));
  if (at.file &&
      (at.line != p->line || !p->file || strcmp(at.file, p->file) != 0)) {
    indent(p);
    fprintf(p->body, "// %s:%d\n", at.file, at.line);
    p->file = at.file;
    p->line = at.line;
  }
  indent(p);
}

void useHeader(KernelPrinter *p, const char *header) {
  for (size_t i = 0; i < p->headers.count; ++i)
    if (strcmp(p->headers.items[i], header) == 0)
      return;
  if (p->headers.count == p->headers.capacity) {
    p->headers.capacity = p->headers.capacity ? 2 * p->headers.capacity : 16;
    p->headers.items = realloc(p->headers.items,
                               p->headers.capacity * sizeof(*p->headers.items));
    if (!p->headers.items)
      abort();
  }
  p->headers.items[p->headers.count++] = header;
}

const char *cbName(KernelPrinter *p, MlirStringRef symbol) {
  const ModelCB *cb = modelFindCB(p->program, symbol);
  if (!cb) // the verifiers refuse it
    return "";
  const char **name = &p->cbNames[cb - p->program->cbs];
  bool prefixed = strncmp(cb->name, "cb_", 3) == 0;
  if (!*name)
    *name = nameMake(&p->pool, &p->names, prefixed ? "" : "cb_",
                     mlirStringRefCreateFromCString(cb->name), reservedCBNames);
  return *name;
}

void bindValue(KernelPrinter *p, MlirValue value, const char *name) {
  if (p->numValues == p->capacity) {
    p->capacity = p->capacity ? 2 * p->capacity : 64;
    p->values = realloc(p->values, p->capacity * sizeof(*p->values));
    if (!p->values)
      abort();
  }
  p->values[p->numValues++] = (NamedValue){value, name};
}

const char *boundName(const KernelPrinter *p, MlirValue value) {
  for (size_t i = p->numValues; i-- > 0;)
    if (mlirValueEqual(p->values[i].value, value))
      return p->values[i].name;
  return NULL;
}

const char *freshName(KernelPrinter *p, const char *prefix,
                      MlirStringRef name) {
  return nameMake(&p->pool, &p->names, prefix, name, NULL);
}

// --- Arguments

static const char *bufferName(KernelPrinter *p, MlirStringRef symbol,
                              MlirOperation op) {
  intptr_t buffer = modelFindBuffer(p->host, symbol);
  if (buffer >= 0)
    return p->host->buffers[buffer].name;
  ttEmitOpError(op, "names '@%.*s', which is no buffer of its host",
                (int)symbol.length, symbol.data);
  return NULL;
}

static MlirLogicalResult printRuntimeArg(KernelPrinter *p, MlirOperation op) {
  MlirValue result = ttRuntimeArgGetResult(op);
  if (valueUses(result).count == 0)
    return mlirLogicalResultSuccess();
  if (!ttRuntimeArgHasScope(op) || !ttRuntimeArgHasIndex(op))
    return ttEmitOpError(op, "has no 'scope' and 'index'; run "
                             "tt-finalize-persistent-signature first");
  const char *prefix = ttArgKindToString(ttRuntimeArgGetKind(op));
  MlirStringRef rest = {"", 0};
  if (ttRuntimeArgHasBuffer(op)) {
    const char *buffer = bufferName(p, ttRuntimeArgGetBuffer(op), op);
    if (!buffer)
      return mlirLogicalResultFailure();
    prefix = "addr_";
    rest = mlirStringRefCreateFromCString(buffer);
  }
  const char *name = freshName(p, prefix, rest);
  const char *get = ttRuntimeArgGetScope(op) == TtArgScopeCommon
                        ? "get_common_arg_val"
                        : "get_arg_val";
  statementBegin(p, op);
  fprintf(p->body, "const uint32_t %s = %s<uint32_t>(%" PRId64 ");\n", name,
          get, ttRuntimeArgGetIndex(op));
  bindValue(p, result, name);
  return mlirLogicalResultSuccess();
}

static MlirLogicalResult printCompileArg(KernelPrinter *p, MlirOperation op) {
  MlirValue result = ttCompileArgGetResult(op);
  if (valueUses(result).count == 0)
    return mlirLogicalResultSuccess();
  const char *name = freshName(p, ttArgKindToString(ttCompileArgGetKind(op)),
                               (MlirStringRef){"", 0});
  statementBegin(p, op);
  fprintf(p->body,
          "constexpr uint32_t %s = get_compile_time_arg_val(%" PRId64 ");\n",
          name, ttCompileArgGetIndex(op));
  bindValue(p, result, name);
  return mlirLogicalResultSuccess();
}

// Declares the chain of accessor arguments up to position `last`.
static const char *chainTo(KernelPrinter *p, MlirOperation op, intptr_t last) {
  const char *name = NULL;
  for (intptr_t i = 0; i <= last; ++i) {
    const ModelBuffer *buffer = &p->host->buffers[p->kernel->accessors[i]];
    const char *previous = name;
    name = textFormat(&p->pool, "args_%s", buffer->name);
    if (i < p->chained)
      continue;
    statementBegin(p, op);
    fprintf(p->body, "constexpr auto %s = TensorAccessorArgs<", name);
    if (previous)
      fprintf(p->body, "%s.next_compile_time_args_offset()", previous);
    else
      fprintf(p->body, "%td", p->kernel->compileArgs.count);
    fprintf(p->body, ">();\n");
    p->chained = i + 1;
  }
  return name;
}

static MlirLogicalResult printAccessor(KernelPrinter *p, MlirOperation op) {
  MlirStringRef symbol = ttTensorAccessorGetBuffer(op);
  intptr_t buffer = modelFindBuffer(p->host, symbol);
  if (valueUses(ttTensorAccessorGetResult(op)).count == 0)
    return mlirLogicalResultSuccess();
  intptr_t position = 0;
  while (position < p->kernel->numAccessors &&
         p->kernel->accessors[position] != buffer)
    ++position;
  if (buffer < 0 || position == p->kernel->numAccessors)
    return ttEmitOpError(op, "is not in the kernel's 'accessors'; run "
                             "tt-finalize-persistent-signature first");
  const char *address = exprText(p, ttTensorAccessorGetAddress(op));
  if (!address)
    return mlirLogicalResultFailure();
  const char *args = chainTo(p, op, position);
  const ModelBuffer *of = &p->host->buffers[buffer];
  const char *name =
      freshName(p, "tensor_", mlirStringRefCreateFromCString(of->name));
  statementBegin(p, op);
  fprintf(p->body, "const auto %s = TensorAccessor(%s, %s", name, args,
          address);
  if (accessorTakesPageSize(p->api))
    fprintf(p->body, ", %" PRId64, of->info.pageBytes);
  fprintf(p->body, ");\n");
  bindValue(p, ttTensorAccessorGetResult(op), name);
  return mlirLogicalResultSuccess();
}

// --- Statements

static MlirLogicalResult printBlock(KernelPrinter *p, MlirBlock block);

static MlirLogicalResult printFor(KernelPrinter *p, MlirOperation op) {
  static const char *const counters[] = {"i", "j", "k", "m", "n", "p"};
  if (ttScfForGetNumResults(op) > 0)
    return ttEmitOpError(op, "carries values, which a kernel's loop cannot");
  const char *lower = exprText(p, ttScfForGetLowerBound(op));
  const char *upper = operandText(p, ttScfForGetUpperBound(op), StrengthSum);
  const char *step = exprText(p, ttScfForGetStep(op));
  if (!lower || !upper || !step)
    return mlirLogicalResultFailure();
  int known = (int)(sizeof(counters) / sizeof(*counters));
  const char *counter = p->loops < known
                            ? counters[p->loops]
                            : textFormat(&p->pool, "i%d", p->loops);
  statementBegin(p, op);
  fprintf(p->body, "for (uint32_t %s = %s; %s < %s; ", counter, lower, counter,
          upper);
  if (strcmp(step, "1") == 0)
    fprintf(p->body, "++%s) {\n", counter);
  else
    fprintf(p->body, "%s += %s) {\n", counter, step);
  MlirBlock body = mlirRegionGetFirstBlock(ttScfForGetRegion(op));
  bindValue(p, mlirBlockGetArgument(body, 0), counter);
  ++p->loops;
  ++p->indent;
  MlirLogicalResult result = printBlock(p, body);
  --p->indent;
  --p->loops;
  indent(p);
  fprintf(p->body, "}\n");
  return result;
}

static bool hasStatements(MlirBlock block) {
  return !mlirBlockIsNull(block) &&
         !ttScfYieldIsa(mlirBlockGetFirstOperation(block));
}

static MlirLogicalResult printIf(KernelPrinter *p, MlirOperation op) {
  if (ttScfIfGetNumResults(op) > 0)
    return ttEmitOpError(op, "yields values, which a kernel's 'if' cannot");
  const char *condition = exprText(p, ttScfIfGetCondition(op));
  if (!condition)
    return mlirLogicalResultFailure();
  statementBegin(p, op);
  fprintf(p->body, "if (%s) {\n", condition);
  ++p->indent;
  MlirLogicalResult result =
      printBlock(p, mlirRegionGetFirstBlock(ttScfIfGetThenRegion(op)));
  MlirBlock otherwise = mlirRegionGetFirstBlock(ttScfIfGetElseRegion(op));
  if (mlirLogicalResultIsSuccess(result) && hasStatements(otherwise)) {
    --p->indent;
    indent(p);
    fprintf(p->body, "} else {\n");
    ++p->indent;
    result = printBlock(p, otherwise);
  }
  --p->indent;
  indent(p);
  fprintf(p->body, "}\n");
  return result;
}

// Names the results that are worth a name; the others are printed in place.
static MlirLogicalResult nameResults(KernelPrinter *p, MlirOperation op) {
  for (intptr_t i = 0; i < mlirOperationGetNumResults(op); ++i) {
    MlirValue value = mlirOperationGetResult(op, i);
    ValueUses uses = valueUses(value);
    int64_t constant;
    if (uses.count == 0 || (uses.count == 1 && !uses.inner) ||
        ttValueGetConstantInt(value, &constant))
      continue;
    Expr expr = exprOf(p, value);
    if (!expr.text)
      return mlirLogicalResultFailure();
    if (expr.strength == StrengthAtom)
      continue; // as short as a name
    bool flag = mlirTypeIsAInteger(mlirValueGetType(value)) &&
                mlirIntegerTypeGetWidth(mlirValueGetType(value)) == 1;
    const char *name = textFormat(&p->pool, "n%d", p->numbers++);
    statementBegin(p, op);
    fprintf(p->body, "const %s %s = %s;\n", flag ? "bool" : "uint32_t", name,
            expr.text);
    bindValue(p, value, name);
  }
  return mlirLogicalResultSuccess();
}

static MlirLogicalResult printOp(KernelPrinter *p, MlirOperation op) {
  if (isExpression(op))
    return nameResults(p, op);
  if (ttScfForIsa(op))
    return printFor(p, op);
  if (ttScfIfIsa(op))
    return printIf(p, op);
  if (ttScfYieldIsa(op))
    return mlirLogicalResultSuccess();
  switch (ttOpKind(op)) {
  case TtOpKindRuntimeArg:
    return printRuntimeArg(p, op);
  case TtOpKindCompileArg:
    return printCompileArg(p, op);
  case TtOpKindTensorAccessor:
    return printAccessor(p, op);
  default:
    return printDeviceOp(p, op);
  }
}

static MlirLogicalResult printBlock(KernelPrinter *p, MlirBlock block) {
  for (MlirOperation op = mlirBlockGetFirstOperation(block);
       !mlirOperationIsNull(op); op = mlirOperationGetNextInBlock(op))
    if (mlirLogicalResultIsFailure(printOp(p, op)))
      return mlirLogicalResultFailure();
  return mlirLogicalResultSuccess();
}

// --- The file

static int byText(const void *a, const void *b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void printIncludes(KernelPrinter *p, FILE *out) {
  if (p->kernel->role != TtRoleCompute) {
    fprintf(out, "#include \"%s\"\n\n", dataflowHeader(p->api));
    return;
  }
  useHeader(p, "common.h");
  for (size_t i = 0; i < p->headers.count; ++i)
    p->headers.items[i] = computeHeader(&p->pool, p->api, p->headers.items[i]);
  qsort(p->headers.items, p->headers.count, sizeof(*p->headers.items), byText);
  for (size_t i = 0; i < p->headers.count; ++i)
    fprintf(out, "#include \"%s\"\n", p->headers.items[i]);
  fprintf(out, "\n");
}

static void printCBs(const KernelPrinter *p, FILE *out) {
  for (intptr_t i = 0; i < p->program->numCBs; ++i)
    if (p->cbNames[i])
      fprintf(out, "  constexpr uint32_t %s = tt::CBIndex::c_%" PRId64 ";\n",
              p->cbNames[i], p->program->cbs[i].id);
}

static void freePrinter(KernelPrinter *p) {
  nameScopeFree(&p->names);
  nameScopeFree(&p->headers);
  free(p->values);
  free(p->cbNames);
  textFree(&p->pool);
}

MlirLogicalResult kernelPrint(const ModelHost *host,
                              const ModelProgram *program,
                              const ModelKernel *kernel, FILE *out) {
  char *body = NULL;
  size_t length = 0;
  KernelPrinter p = {.host = host,
                     .program = program,
                     .kernel = kernel,
                     .api = host->api,
                     .indent = 1};
  p.body = open_memstream(&body, &length);
  p.cbNames = calloc((size_t)program->numCBs + 1, sizeof(*p.cbNames));
  if (!p.body || !p.cbNames)
    abort();
  MlirLogicalResult result =
      printBlock(&p, mlirRegionGetFirstBlock(ttFuncGetBody(kernel->op)));
  fclose(p.body);
  if (mlirLogicalResultIsSuccess(result)) {
    fprintf(out, "// The %s of program %s, made by tt-translate.\n",
            ttRoleToString(kernel->role), program->name);
    printIncludes(&p, out);
    fprintf(out, "%s", kernelOpening(host->api, kernel->role));
    printCBs(&p, out);
    fwrite(body, 1, length, out);
    fprintf(out, "%s", kernelClosing(host->api, kernel->role));
  }
  free(body);
  freePrinter(&p);
  return result;
}
