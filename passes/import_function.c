//===- import_function.c - from a function to a host ----------------------===//
//
// The host takes the function's name and place; its buffers come first, then
// one kernel per grid in the order of the grids. Buffers are created last,
// because their direction is what the kernels did to them.
//
//===----------------------------------------------------------------------===//

#include "import.h"
#include "mlir-c/BuiltinAttributes.h"
#include "stb_ds.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/gen/FuncOps.h"
#include "tt-c/gen/ScfOps.h"
#include "tt-c/gen/TtOps.h"
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

//===--- Names ------------------------------------------------------------===//

typedef struct {
  char *key;
  char value;
} Names; // stb_ds string map

/// A copy of `text` in which every character may stand in a C identifier.
static char *identifier(MlirStringRef text) {
  char *name = NULL;
  if (text.length == 0 || isdigit((unsigned char)text.data[0]))
    arrput(name, '_');
  for (size_t i = 0; i < text.length; ++i) {
    unsigned char c = (unsigned char)text.data[i];
    arrput(name, (char)(isalnum(c) ? c : '_'));
  }
  arrput(name, '\0');
  char *copy = strdup(name);
  arrfree(name);
  return copy;
}

static char *numbered(const char *base, int64_t number) {
  size_t size = strlen(base) + 24;
  char *name = malloc(size);
  if (!name)
    abort();
  snprintf(name, size, "%s%" PRId64, base, number);
  return name;
}

/// The wanted name, or one with a number added, that no other symbol has.
static char *unique(Names **taken, char *wanted) {
  char *name = wanted;
  for (int i = 0; shgeti(*taken, name) >= 0; ++i) {
    char *base = numbered(wanted, 0);
    base[strlen(wanted)] = '_';
    base[strlen(wanted) + 1] = '\0';
    if (name != wanted)
      free(name);
    name = numbered(base, i);
    free(base);
  }
  shput(*taken, name, 1);
  if (name != wanted)
    free(wanted);
  return name;
}

static char *wantedName(const TtImportBuffer *buffer, int64_t *numScratch) {
  if (buffer->wantedName.length > 0)
    return identifier(buffer->wantedName);
  if (buffer->argument >= 0)
    return numbered("arg", buffer->argument);
  if (buffer->result >= 0)
    return numbered("result", buffer->result);
  return numbered("tmp", (*numScratch)++);
}

static void nameBuffers(TtImportFunction *f, int64_t numKernels) {
  Names *taken = NULL;
  sh_new_strdup(taken);
  MlirStringRef function = ttFuncFuncGetSymName(f->func);
  for (int64_t i = 0; i < numKernels; ++i) {
    char *base = calloc(function.length + 2, 1);
    if (!base)
      abort();
    memcpy(base, function.data, function.length);
    base[function.length] = '_';
    char *kernel = numbered(base, i);
    shput(taken, kernel, 1);
    free(kernel);
    free(base);
  }
  int64_t numScratch = 0;
  // Names that the user chose go before those made here.
  for (int chosen = 1; chosen >= 0; --chosen)
    for (ptrdiff_t i = 0; i < arrlen(f->buffers); ++i)
      if ((f->buffers[i].wantedName.length > 0) == chosen)
        f->buffers[i].name =
            unique(&taken, wantedName(&f->buffers[i], &numScratch));
  shfree(taken);
}

//===--- The host ---------------------------------------------------------===//

static void createHost(TtImportFunction *f) {
  TtBuilder b = ttBuilderBefore(f->func);
  f->host = ttHostCreate(&b, mlirOperationGetLocation(f->func),
                         ttFuncFuncGetSymName(f->func), f->defaults->device);
  if (f->defaults->api.length > 0)
    ttHostSetApi(f->host, f->defaults->api);
  mlirRegionAppendOwnedBlock(ttHostGetBody(f->host),
                             mlirBlockCreate(0, NULL, NULL));
}

/// Whether nothing sees what is in the buffer.
static bool isDead(const TtImportBuffer *buffer) {
  return buffer->argument < 0 && buffer->result < 0 && !buffer->read;
}

static MlirLogicalResult createBuffer(const TtBuilder *b,
                                      const TtImportBuffer *buffer) {
  bool caller = buffer->argument >= 0 || buffer->result >= 0;
  if (!mlirOperationIsNull(buffer->fill) && caller)
    return ttImportRefuseTop(buffer->fill);
  if (buffer->result >= 0 && !buffer->written)
    return ttEmitError(buffer->loc,
                       "'%s' is returned as result %" PRId64
                       ", but no grid writes it",
                       buffer->name, buffer->result);
  MlirOperation op = ttBufferCreate(
      b, buffer->loc, mlirStringRefCreateFromCString(buffer->name),
      buffer->type, ttImportBufferDirection(buffer));
  if (buffer->argument >= 0)
    ttBufferSetArgument(op, buffer->argument);
  if (buffer->result >= 0)
    ttBufferSetResult(op, buffer->result);
  if (!mlirAttributeIsNull(buffer->layout))
    ttBufferSetLayout(op, ttLayoutAttrGet(buffer->layout));
  return mlirLogicalResultSuccess();
}

typedef struct {
  const char *buffer;
  MlirOperation *ops; // stb_ds array
} Writes;

static MlirWalkResult addWrite(MlirOperation op, void *data) {
  Writes *writes = data;
  if (ttWriteBlockIsa(op) &&
      mlirStringRefEqual(ttWriteBlockGetBuffer(op),
                         mlirStringRefCreateFromCString(writes->buffer)))
    arrput(writes->ops, op);
  return MlirWalkResultAdvance;
}

static void dropWrites(TtImportFunction *f, const TtImportBuffer *buffer) {
  Writes writes = {buffer->name, NULL};
  mlirOperationWalk(f->host, addWrite, &writes, MlirWalkPreOrder);
  for (ptrdiff_t i = 0; i < arrlen(writes.ops); ++i)
    mlirOperationDestroy(writes.ops[i]);
  arrfree(writes.ops);
}

static MlirLogicalResult createBuffers(TtImportFunction *f) {
  MlirBlock body = mlirRegionGetFirstBlock(ttHostGetBody(f->host));
  TtBuilder b = ttBuilderAtStart(f->context, body);
  for (ptrdiff_t i = 0; i < arrlen(f->buffers); ++i) {
    const TtImportBuffer *buffer = &f->buffers[i];
    if (isDead(buffer))
      dropWrites(f, buffer);
    else if (mlirLogicalResultIsFailure(createBuffer(&b, buffer)))
      return mlirLogicalResultFailure();
  }
  return mlirLogicalResultSuccess();
}

//===--- The function -----------------------------------------------------===//

static MlirLogicalResult checkShape(MlirOperation func, int64_t *numGrids) {
  MlirBlock entry = mlirRegionGetFirstBlock(ttFuncFuncGetBody(func));
  if (mlirBlockIsNull(entry))
    return ttEmitOpError(func, "has no body to compile");
  if (!mlirBlockIsNull(mlirBlockGetNextInRegion(entry)))
    return ttEmitOpError(func, "has branches between blocks of ops; only "
                               "structured control flow (scf) is supported");
  *numGrids = 0;
  MlirOperation op = mlirBlockGetFirstOperation(entry);
  for (; !mlirOperationIsNull(op); op = mlirOperationGetNextInBlock(op))
    *numGrids += ttScfForallIsa(op);
  if (*numGrids > 0)
    return mlirLogicalResultSuccess();
  TtDiagnostic *d = ttDiagnosticOpError(func, "has no grid of blocks to run");
  ttDiagnosticHint(d, "each scf.forall at the top level of a function becomes "
                      "a kernel; tile the function first");
  return ttDiagnosticReport(d);
}

static MlirLogicalResult importBody(TtImportFunction *f, int64_t numGrids) {
  if (mlirLogicalResultIsFailure(
          ttImportResolveSchedule(f->defaults, f->func, &f->schedule)) ||
      mlirLogicalResultIsFailure(ttImportCollectBuffers(f)))
    return mlirLogicalResultFailure();
  nameBuffers(f, numGrids);
  createHost(f);
  MlirBlock entry = mlirRegionGetFirstBlock(ttFuncFuncGetBody(f->func));
  MlirOperation op = mlirBlockGetFirstOperation(entry);
  for (; !mlirOperationIsNull(op); op = mlirOperationGetNextInBlock(op)) {
    int filled;
    if (ttImportFillsBuffer(f, op, &filled))
      f->buffers[filled].fill = op;
    if (ttScfForallIsa(op) &&
        mlirLogicalResultIsFailure(ttImportKernelRun(f, op)))
      return mlirLogicalResultFailure();
  }
  if (mlirLogicalResultIsFailure(createBuffers(f)))
    return mlirLogicalResultFailure();
  mlirOperationDestroy(f->func);
  return mlirLogicalResultSuccess();
}

MlirLogicalResult ttImportFunctionRun(const TtImportDefaults *defaults,
                                      MlirOperation func, int64_t *numKernels) {
  if (mlirLogicalResultIsFailure(checkShape(func, numKernels)))
    return mlirLogicalResultFailure();
  TtImportFunction f = {.defaults = defaults,
                        .context = mlirOperationGetContext(func),
                        .func = func};
  MlirLogicalResult result = importBody(&f, *numKernels);
  for (ptrdiff_t i = 0; i < arrlen(f.buffers); ++i)
    free(f.buffers[i].name);
  arrfree(f.buffers);
  hmfree(f.values);
  return result;
}
